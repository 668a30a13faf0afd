//! How a request travels: directly to the gateway, or through the relay of the server this page came from.
//!
//! The relay is next to the page: `relay/` relative to the page's own address. `relay/<gateway>/<host>/<path>` forwards
//! to `https://<host>/<path>`. A relay is made only from the page's address, so a key can go to no other.

use crate::address::origin_of;
use crate::http::{Files, Json, Response};
use serde_json::Value;

/// The relay next to a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relay {
    origin: String,
    folder: String,
}

/// A gateway's address in the form the relay takes. Only a [`Relay`] makes one: whoever holds it knows that it leads to
/// the page's own server, and where that forwards it to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relayed {
    address: String,
    target: String,
}

impl Relay {
    /// The relay next to the page at this address.
    pub fn beside(page: &str) -> Option<Self> {
        let origin = origin_of(page)?;
        let page = page.split(['?', '#']).next().unwrap_or(page);
        let path = page.split_once("://")?.1.split_once('/').map_or("", |(_, path)| path);
        let folder = path.rsplit_once('/').map_or(String::new(), |(folder, _)| ["/", folder].concat());
        Some(Self { origin, folder })
    }

    /// The address that shows whether there is a relay: it responds with JSON.
    pub fn probe(&self) -> String {
        [&self.origin, &*self.folder, "/relay/"].concat()
    }

    /// The origin that a key passes through.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// A gateway's address through the relay. Only https is relayed, and only to the standard port.
    pub fn to(&self, gateway: &str, url: &str) -> Option<Relayed> {
        let origin = origin_of(url)?;
        let host = origin.strip_prefix("https://").filter(|host| !host.contains(':'))?;
        let rest = url.split_once("://")?.1.split_once('/').map_or("", |(_, rest)| rest);
        let plain = |text: &str| text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-.".contains(&byte));
        if gateway.is_empty() || !plain(gateway) || !plain(host) || has_dot_segment(rest) {
            return None;
        }
        let address = [&self.probe(), gateway, "/", host, "/", rest].concat();
        Some(Relayed { address, target: url.to_owned() })
    }
}

/// Where any page's relay forwards an address to, if it is a relay address: what a browser copies of a relayed call.
pub fn target_of(url: &str) -> Option<String> {
    let (_, rest) = url.split_once("://")?;
    let (_, path) = rest.split_once("/relay/")?;
    let (gateway, onward) = path.split_once('/')?;
    let (host, _) = onward.split_once('/')?;
    let known = !gateway.is_empty() && host.contains('.');
    let target = ["https://", onward].concat();
    (known && origin_of(&target).is_some() && !has_dot_segment(onward)).then_some(target)
}

/// The headers of a request that a relay passes on, in lower case. A gateway gets no others.
pub const PASSED: [&str; 9] = [
    "accept",
    "accept-encoding",
    "authorization",
    "content-type",
    "if-range",
    "range",
    // The caller's own, as in a direct call: some gateways refuse requests that name no browser.
    "user-agent",
    "x-dashscope-async",
    "x-dashscope-ossresourceresolve",
];

/// Whether a relay passes on a header of a request.
pub fn passes(name: &str) -> bool {
    PASSED.iter().any(|known| known.eq_ignore_ascii_case(name))
}

/// The header that says whose response it is.
pub const MARK: &str = "x-relay";

/// The header of a create call that makes the relay accept it only once: the call's name.
pub const ONCE: &str = "x-relay-once";

/// The header that every form through a relay has: a page of another origin can send a form, but not with a header of its
/// own.
pub const FORM: &str = "x-relay-form";

/// The header in which a relay says that it accepted a call under its name: `first` for the one that was forwarded,
/// `again` for the same response returned once more.
pub const NAMED: &str = "x-relay-named";

/// The gateway's own status, where a browser would retry the call if it saw that status.
pub const STATUS: &str = "x-relay-status";

/// A response that came through the relay, as the gateway gave it or as the relay means it.
pub fn unwrapped(mut answer: Response) -> Response {
    if let Some(own) = refusal(&answer) {
        return own;
    }
    if let Some(status) = answer.header(STATUS).and_then(|status| status.parse().ok()) {
        answer.status = status;
    }
    answer
}

/// The relay's own error as a response in the shape of a gateway's. Whatever was not forwarded is a plain refusal, so
/// that it leaves no task in doubt; what may have been forwarded stays in doubt.
pub fn refusal(answer: &Response) -> Option<Response> {
    if answer.header(MARK) != Some("refused") {
        return None;
    }
    let told: Value = serde_json::from_str(&answer.body).unwrap_or_default();
    let text = |name: &str| told[name].as_str().unwrap_or_default();
    let mut body = Json::object();
    body.put("code", Json::Text(["Relay.", text("error")].concat()));
    body.put("message", Json::Text(["HTTP ", &answer.status.to_string(), ". ", text("message")].concat()));
    let may_have_been_sent = told["sent"] != Value::Bool(false);
    let status = if may_have_been_sent { 504 } else { 424 };
    Some(Response { status, headers: answer.headers.clone(), body: body.print(Files::Whole), cut: false })
}

/// A browser would resolve such a path before sending it, out of the part the relay is meant to see.
fn has_dot_segment(path: &str) -> bool {
    let path = path.split(['?', '#']).next().unwrap_or_default().to_ascii_lowercase().replace("%2e", ".");
    path.split(['/', '\\']).any(|segment| segment == "." || segment == "..")
}

impl Relayed {
    /// The address at the page's own server.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Where the relay forwards it to.
    pub fn target(&self) -> &str {
        &self.target
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_of_a_relay_tells_where_it_leads() {
        let relay = Relay::beside("https://page.example/wan/").expect("a page");
        let url = "https://gateway.example/v1/videos?x=/relay/";
        let relayed = relay.to("ope", url).expect("an address");
        assert_eq!(target_of(relayed.address()).as_deref(), Some(url));
        for url in
            [url, "https://page.example/relay/", "https://page.example/relay/ope/x", "https://p.example/relay/a/b/c"]
        {
            assert_eq!(target_of(url), None, "{url}");
        }
        assert_eq!(target_of("https://p.example/relay/ope/h.example/../x"), None);
    }

    #[test]
    fn the_relay_stands_beside_the_page() {
        for (page, probe) in [
            ("https://wan.example/", "https://wan.example/relay/"),
            ("https://wan.example", "https://wan.example/relay/"),
            ("https://wan.example/tools/wan/index.html?x=/y/#/z/", "https://wan.example/tools/wan/relay/"),
            ("http://127.0.0.1:8080/#draft", "http://127.0.0.1:8080/relay/"),
        ] {
            assert_eq!(Relay::beside(page).map(|relay| relay.probe()).as_deref(), Some(probe), "{page}");
        }
        assert_eq!(Relay::beside("file:///C:/page/index.html"), None);
    }

    #[test]
    fn an_address_keeps_its_path_and_query() {
        let relay = Relay::beside("https://wan.example/x/index.html").expect("a page");
        let relayed = relay.to("dashscope", "https://dashscope.aliyuncs.com/api/v1/tasks/a%2Fb?page=1&b=%2b");
        let relayed = relayed.expect("a gateway's address");
        assert_eq!(
            relayed.address(),
            "https://wan.example/x/relay/dashscope/dashscope.aliyuncs.com/api/v1/tasks/a%2Fb?page=1&b=%2b"
        );
        assert_eq!(relayed.target(), "https://dashscope.aliyuncs.com/api/v1/tasks/a%2Fb?page=1&b=%2b");
    }

    #[test]
    fn what_the_relay_could_misread_is_not_sent_to_it() {
        let relay = Relay::beside("https://wan.example/").expect("a page");
        for url in [
            "http://gateway.example/x",
            "https://gateway.example:8443/x",
            "https://user@gateway.example/x",
            "https://gateway.example/a/../../b",
            "https://gateway.example/%2e%2E/b",
            "https://gateway.example/a\\..\\b",
            "gateway.example/x",
        ] {
            assert_eq!(relay.to("ope", url), None, "{url}");
        }
        assert_eq!(relay.to("../evil", "https://gateway.example/x"), None);
        assert_eq!(relay.to("", "https://gateway.example/x"), None);
    }

    #[test]
    fn what_the_relay_did_not_send_on_is_no_doubt() {
        let of = |mark: &str, sent: &str| {
            let headers = vec![("x-relay".to_owned(), mark.to_owned())];
            let body = ["{\"relay\":\"refused\",\"error\":\"tls\",\"message\":\"m\"", sent, "}"].concat();
            refusal(&Response { status: 502, headers, body, cut: false }).map(|answer| (answer.status, answer.body))
        };
        let body = "{\n  \"code\": \"Relay.tls\",\n  \"message\": \"HTTP 502. m\"\n}".to_owned();
        assert_eq!(of("refused", ",\"sent\":false"), Some((424, body.clone())));
        assert_eq!(of("refused", ",\"sent\":true"), Some((504, body.clone())));
        assert_eq!(of("refused", ""), Some((504, body)));
        assert_eq!(of("forwarded", ",\"sent\":false"), None);
    }
}
