//! The relay's rules as tables for Caddy and nginx, printed from the catalog: the gateways, their hosts and their documented
//! calls. The rest of `deploy/Caddyfile` and `deploy/nginx.conf` is written by hand and reads these tables.

use std::fmt::Write as _;
use std::fmt::{self, Display};

use super::route::{At, Door, Host, ID, ID_LENGTH, POLICY_QUERY, Way};
use crate::catalog::Catalog;

/// A web server with a configuration in `deploy`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Proxy {
    /// `deploy/Caddyfile`.
    Caddy,
    /// `deploy/nginx.conf`.
    Nginx,
}

/// The line before the tables, without its indentation.
pub const BEGIN: &str =
    "# ---- Tables from the catalog, printed by the server's tests (WAN_BLESS=1). Do not edit. ----";
/// The line after them.
pub const END: &str = "# ---- End of the tables ----";

/// The tables, each line indented as in the configuration.
pub fn tables(catalog: &Catalog, proxy: Proxy) -> String {
    let ways: Vec<Way> = catalog.gateways.iter().map(|gateway| Way::of(gateway, &[])).collect();
    match proxy {
        Proxy::Caddy => caddy(&ways),
        Proxy::Nginx => nginx(&ways),
    }
}

/// A regular expression for a literal text, in the dialects of both servers.
struct Literal<'a>(&'a str);

impl Display for Literal<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.chars().try_for_each(|sign| match sign {
            '.' => out.write_str("\\."),
            sign => out.write_char(sign),
        })
    }
}

impl Display for Host {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let label = if self.free_label { "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?" } else { "" };
        write!(out, "{label}{}", Literal(&self.rest))
    }
}

/// The path of a call, with any permitted id, and its query. `query` is what a query may consist of.
fn path(door: &Door, query: &str) -> String {
    // As `is_id` has it: marks without a meaning in a path, a few percent-encoded, and no dot at the start.
    let encoded = "%(?:3[ADad]|2[146789ABCabc]|40)";
    let id = format!("(?:[\\w~-]|{encoded})(?:[\\w.~-]|{encoded}){{0,{}}}", ID_LENGTH - 1);
    let parts: Vec<String> =
        door.path.split('/').map(|part| if part == ID { id.clone() } else { Literal(part).to_string() }).collect();
    let path = parts.join("/");
    match (&door.at, door.form) {
        (At::Bases, _) => format!("{path}(?:\\?{query}*)?"),
        (_, None) => format!("{path}\\?{POLICY_QUERY}[\\w.~%-]{{1,120}}"),
        (_, Some(_)) => path,
    }
}

/// The host of a call, if not every base has it: the place for files, or any of Alibaba's stores.
fn place(door: &Door) -> Option<String> {
    let label = "[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?";
    match &door.at {
        At::Bases => None,
        At::Host(host) => Some(Literal(host).to_string()),
        At::Store => Some(format!("dashscope-file-{label}\\.oss-cn-{label}\\.aliyuncs\\.com")),
    }
}

/// The hosts of a gateway that none of its bases has.
fn places(way: &Way) -> Vec<String> {
    let bases: Vec<String> = way.hosts.iter().map(Host::to_string).collect();
    let mut found: Vec<String> = way.doors.iter().filter_map(place).filter(|host| !bases.contains(host)).collect();
    found.dedup();
    found
}

/// The calls with a host of their own come first: what follows is for the bases, and nothing of it for other hosts.
fn rows(way: &Way) -> Vec<(Option<&Door>, String)> {
    let (own, all): (Vec<&Door>, Vec<&Door>) = doors(way).into_iter().partition(|door| door.at != At::Bases);
    let own = own.into_iter().map(|door| (Some(door), place(door).unwrap_or_default()));
    let closed = places(way).into_iter().map(|host| (None, host));
    let all = all.into_iter().map(|door| (Some(door), "[^/]+".to_owned()));
    own.chain(closed).chain(all).collect()
}

/// What kind of form a call has.
fn form(door: &Door) -> Option<&'static str> {
    door.form.map(|_| if door.at == At::Store { "store" } else { "form" })
}

/// The calls of a gateway, each once: several endpoints may share one.
fn doors(way: &Way) -> Vec<&Door> {
    let mut seen: Vec<&Door> = Vec::new();
    for door in &way.doors {
        if !seen.iter().any(|known| known.method == door.method && known.path == door.path) {
            seen.push(door);
        }
    }
    seen
}

fn names(ways: &[Way]) -> String {
    ways.iter().map(|way| way.gateway.as_str()).collect::<Vec<_>>().join("|")
}

fn caddy(ways: &[Way]) -> String {
    let mut out = String::new();
    let mut line = |text: &str| {
        out.push_str(text);
        out.push('\n');
    };
    line("\tmap {http.request.orig_uri} {relay_known} {");
    line(&format!("\t\t\"~^/relay/({})/\" \"${{1}}\"", names(ways)));
    line("\t\tdefault \"\"\n\t}");
    line("\tmap {http.request.orig_uri} {relay_gateway} {relay_host} {");
    for way in ways {
        for host in &way.hosts {
            line(&format!("\t\t\"~^/relay/({})/({host})/\" \"${{1}}\" \"${{2}}\"", way.gateway));
        }
        for host in places(way) {
            line(&format!("\t\t\"~^/relay/({})/({host})/\" \"${{1}}\" \"${{2}}\"", way.gateway));
        }
    }
    line("\t\tdefault \"\" \"\"\n\t}");
    line("\tmap \"{http.request.orig_method} {http.request.orig_uri}\" {relay_call} {");
    for way in ways {
        for (door, host) in rows(way) {
            let Some(door) = door else {
                line(&format!("\t\t\"~^[A-Z]+ /relay/{}/{host}/\" \"\"", way.gateway));
                continue;
            };
            // A brace in a query would mean something to Caddy.
            let path = path(door, "[^{} ]");
            line(&format!("\t\t\"~^{} /relay/{}/{host}({path})$\" \"${{1}}\"", door.method, way.gateway));
        }
    }
    line("\t\tdefault \"\"\n\t}");
    line("\tmap \"{http.request.orig_method} {http.request.orig_uri}\" {relay_form} {");
    for (way, door, kind) in forms(ways) {
        let (host, path) = (place(door).unwrap_or_default(), path(door, ""));
        line(&format!("\t\t\"~^{} /relay/{}/{host}{path}$\" \"{kind}\"", door.method, way.gateway));
    }
    line("\t\tdefault \"\"\n\t}");
    out
}

fn forms(ways: &[Way]) -> impl Iterator<Item = (&Way, &Door, &'static str)> {
    ways.iter().flat_map(|way| way.doors.iter().filter_map(move |door| Some((way, door, form(door)?))))
}

fn nginx(ways: &[Way]) -> String {
    let mut out = String::new();
    let mut line = |text: &str| {
        out.push_str(text);
        out.push('\n');
    };
    line("    map $request_uri $relay_gateway {");
    line(&format!("        \"~^/relay/(?<gateway>{})/\" $gateway;", names(ways)));
    line("        default \"\";\n    }");
    line("    map $request_uri $relay_host {");
    // Each group needs a name of its own: named groups are variables of the whole configuration.
    let of = |way: &Way| way.hosts.iter().map(Host::to_string).chain(places(way)).collect::<Vec<_>>();
    let hosts = ways.iter().flat_map(|way| of(way).into_iter().map(move |host| (way, host)));
    for (number, (way, host)) in hosts.enumerate() {
        line(&format!("        \"~^/relay/{}/(?<relay_host_{number}>{host})/\" $relay_host_{number};", way.gateway));
    }
    line("        default \"\";\n    }");
    line("    map \"$request_method $request_uri\" $relay_call {");
    let calls = ways.iter().flat_map(|way| rows(way).into_iter().map(move |(door, host)| (way, door, host)));
    for (number, (way, door, host)) in calls.enumerate() {
        let Some(door) = door else {
            line(&format!("        \"~^[A-Z]+ /relay/{}/{host}/\" \"\";", way.gateway));
            continue;
        };
        let (path, name) = (path(door, "[^ ]"), format!("relay_call_{number}"));
        line(&format!("        \"~^{} /relay/{}/{host}(?<{name}>{path})$\" ${name};", door.method, way.gateway));
    }
    line("        default \"\";\n    }");
    line("    map \"$request_method $request_uri\" $relay_form {");
    for (way, door, kind) in forms(ways) {
        let (host, path) = (place(door).unwrap_or_default(), path(door, ""));
        line(&format!("        \"~^{} /relay/{}/{host}{path}$\" {kind};", door.method, way.gateway));
    }
    line("        default \"\";\n    }");
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;
    use std::path::Path;

    /// The configuration with the tables of today between its two marks.
    fn with_tables(text: &str, proxy: Proxy) -> String {
        let (before, rest) = text.split_once(BEGIN).expect("the tables begin with a mark");
        let (_, after) = rest.split_once(END).expect("the tables end with a mark");
        let indent = &before[before.rfind('\n').map_or(0, |at| at + 1)..];
        format!("{before}{BEGIN}\n{}{indent}{END}{after}", tables(Catalog::built_in(), proxy))
    }

    #[test]
    fn the_configurations_have_the_tables_of_the_catalog() {
        for (name, proxy) in [("Caddyfile", Proxy::Caddy), ("nginx.conf", Proxy::Nginx)] {
            let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("deploy").join(name);
            let text = fs::read_to_string(&path).expect("the configuration is there");
            let current = with_tables(&text, proxy);
            if std::env::var_os("WAN_BLESS").is_some() {
                fs::write(&path, &current).expect("the configuration can be written");
            } else {
                assert!(text == current, "deploy/{name} has other tables than the catalog: WAN_BLESS=1 prints them");
            }
        }
    }

    #[test]
    fn both_configurations_name_the_gateways_where_they_say_that_there_is_a_relay() {
        let names: Vec<String> = Catalog::built_in().gateways.iter().map(|one| format!("\"{}\"", one.id)).collect();
        let listed = format!("\"gateways\":[{}]", names.join(","));
        for name in ["Caddyfile", "nginx.conf"] {
            let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("deploy").join(name);
            let text = fs::read_to_string(path).expect("the configuration is there");
            assert!(text.contains(&listed), "deploy/{name} lacks {listed}");
        }
    }

    #[test]
    fn no_base_has_a_path_that_the_tables_would_lose() {
        for gateway in Catalog::built_in().gateways {
            for host in Way::of(gateway, &[]).hosts {
                assert_eq!(host.prefix, "", "{}", gateway.id);
            }
        }
    }
}
