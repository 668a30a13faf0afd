//! The relay's rules as tables for Caddy and nginx, printed from the catalog: the gateways, their hosts and their documented
//! calls. The rest of `deploy/Caddyfile` and `deploy/nginx.conf` is written by hand and reads these tables.

use std::fmt::Write as _;
use std::fmt::{self, Display};

use super::route::{Door, Host, ID, ID_LENGTH, Way};
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
    format!("{}(?:\\?{query}*)?", parts.join("/"))
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
    }
    line("\t\tdefault \"\" \"\"\n\t}");
    line("\tmap \"{http.request.orig_method} {http.request.orig_uri}\" {relay_call} {");
    for way in ways {
        for door in doors(way) {
            // A brace in a query would mean something to Caddy.
            let path = path(door, "[^{} ]");
            line(&format!("\t\t\"~^{} /relay/{}/[^/]+({path})$\" \"${{1}}\"", door.method, way.gateway));
        }
    }
    line("\t\tdefault \"\"\n\t}");
    out
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
    let hosts = ways.iter().flat_map(|way| way.hosts.iter().map(move |host| (way, host)));
    for (number, (way, host)) in hosts.enumerate() {
        line(&format!("        \"~^/relay/{}/(?<relay_host_{number}>{host})/\" $relay_host_{number};", way.gateway));
    }
    line("        default \"\";\n    }");
    line("    map \"$request_method $request_uri\" $relay_call {");
    let calls = ways.iter().flat_map(|way| doors(way).into_iter().map(move |door| (way, door)));
    for (number, (way, door)) in calls.enumerate() {
        let (path, name) = (path(door, "[^ ]"), format!("relay_call_{number}"));
        line(&format!("        \"~^{} /relay/{}/[^/]+(?<{name}>{path})$\" ${name};", door.method, way.gateway));
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
