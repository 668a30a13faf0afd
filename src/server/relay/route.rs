//! Where a call may go: the hosts of the catalog's bases and the paths of its endpoints, with the method of each, and
//! nothing else. The path is compared as received, byte by byte; nothing is decoded, so nothing can have two meanings.

use axum::http::{Method, Uri};

use super::Target;
use super::refusal::Refusal;
use crate::catalog::{Catalog, Endpoint, Gateway, Upload, UploadWay};
use crate::upload::store::is_store;

/// The placeholder for a task id in the catalog's paths.
pub(super) const ID: &str = "{task_id}";
/// Longest id; the longest known has 40 characters.
pub(super) const ID_LENGTH: usize = 200;
/// Longest query.
const QUERY_LENGTH: usize = 2048;

#[derive(Debug)]
pub(super) struct Routes {
    ways: Vec<Way>,
}

/// The allowed calls of a gateway.
#[derive(Debug)]
pub(super) struct Way {
    pub gateway: String,
    pub hosts: Vec<Host>,
    pub doors: Vec<Door>,
    /// Authority and path prefix of what is called in its place.
    target: Option<(String, String)>,
}

/// A host, and the path its base adds.
#[derive(Debug)]
pub(super) struct Host {
    /// The user fills in one label before the rest.
    pub free_label: bool,
    pub rest: String,
    pub prefix: String,
}

#[derive(Debug, PartialEq, Eq)]
pub(super) struct Door {
    pub method: Method,
    pub path: String,
    pub creates: bool,
    /// Which hosts have it.
    pub at: At,
    /// The body is a form with a file of at most so many bytes, not JSON.
    pub form: Option<u64>,
}

/// Which hosts of a gateway have a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum At {
    /// Those of its bases.
    Bases,
    /// This one: the place for files, with the key.
    Host(String),
    /// Alibaba's stores for files, without the key, once a policy has named them.
    Store,
}

/// Bytes of a file where the gateway names no limit.
const FILE_BYTES: u64 = 100 << 20;
/// The query of the call that asks for a policy, before the model.
pub(super) const POLICY_QUERY: &str = "action=getPolicy&model=";
/// Where a stand-in takes the form for the store.
const STAND_IN_STORE: &str = "/oss";

/// A call that is allowed.
#[derive(Debug)]
pub(super) struct Goal {
    pub method: Method,
    pub gateway: String,
    /// The gateway's host, which the call is about.
    pub host: String,
    /// Value of the `Host` header.
    pub authority: String,
    pub path_and_query: String,
    /// The documented path, without the id.
    pub pattern: String,
    /// Whether a stand-in on this machine is called.
    pub is_stand_in: bool,
    /// Whether it is a create call, which costs money.
    pub creates: bool,
    pub carries: Carries,
}

/// What a call carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Carries {
    /// JSON, or nothing.
    Json,
    /// Nothing; its answer names the store that a file may go to.
    Policy,
    /// A form with a file of at most so many bytes, with the key.
    Form(u64),
    /// The same to a store, without the key.
    Store(u64),
}

impl Goal {
    /// Most bytes of the file, if the body is a form with one.
    pub fn form(&self) -> Option<u64> {
        match self.carries {
            Carries::Json | Carries::Policy => None,
            Carries::Form(bytes) | Carries::Store(bytes) => Some(bytes),
        }
    }

    /// Whether it goes to a store.
    pub fn to_store(&self) -> bool {
        matches!(self.carries, Carries::Store(_))
    }

    /// Whether it asks for a policy.
    pub fn asks_policy(&self) -> bool {
        self.carries == Carries::Policy
    }
}

impl Routes {
    pub fn of(catalog: &Catalog, targets: &[Target]) -> Self {
        Self { ways: catalog.gateways.iter().map(|gateway| Way::of(gateway, targets)).collect() }
    }

    pub fn gateways(&self) -> impl Iterator<Item = &str> {
        self.ways.iter().map(|way| way.gateway.as_str())
    }

    /// Finds where `/relay/<gateway>/<host>/<path>` leads.
    pub fn find(&self, method: &Method, uri: &Uri) -> Result<Goal, Refusal> {
        let rest = uri.path().strip_prefix("/relay/").ok_or(Refusal::Path)?;
        let (gateway, rest) = rest.split_once('/').unwrap_or((rest, ""));
        let way = self.ways.iter().find(|way| way.gateway == gateway).ok_or(Refusal::Gateway)?;
        let (name, _) = rest.split_once('/').unwrap_or((rest, ""));
        let host = way.hosts.iter().find(|host| host.is(name));
        let path = &rest[name.len()..];
        let below = host.map_or(Some(path), |host| path.strip_prefix(host.prefix.as_str())).ok_or(Refusal::Path)?;
        let is_there = |door: &&Door| match &door.at {
            At::Bases => host.is_some(),
            At::Host(place) => place == name,
            At::Store => is_store(name),
        };
        if !way.doors.iter().any(|door| is_there(&door)) {
            return Err(Refusal::UnknownHost);
        }
        let mut doors = way.doors.iter().filter(is_there).filter(|door| door.leads_to(below)).peekable();
        let Some(first) = doors.peek().map(|door| door.method.clone()) else { return Err(Refusal::Path) };
        let door = doors.find(|door| door.method == *method).ok_or(Refusal::Method(first))?;
        let query = uri.query().map(|query| format!("?{query}")).unwrap_or_default();
        if query.len() > QUERY_LENGTH {
            return Err(Refusal::AddressTooLong);
        }
        let carries = door.carries();
        let is_known_query = match carries {
            Carries::Json => true,
            Carries::Policy => uri.query().is_some_and(is_policy_query),
            Carries::Form(_) | Carries::Store(_) => uri.query().is_none(),
        };
        if !is_known_query {
            return Err(Refusal::Path);
        }
        let path = if door.at == At::Store && way.target.is_some() { STAND_IN_STORE } else { path };
        let (authority, prefix) = match &way.target {
            Some((authority, prefix)) => (authority.as_str(), prefix.as_str()),
            None => (name, ""),
        };
        Ok(Goal {
            method: method.clone(),
            gateway: way.gateway.clone(),
            host: name.to_owned(),
            authority: authority.to_owned(),
            path_and_query: format!("{prefix}{path}{query}"),
            pattern: door.path.clone(),
            is_stand_in: way.target.is_some(),
            creates: door.creates,
            carries,
        })
    }
}

impl Way {
    pub fn of(gateway: &Gateway, targets: &[Target]) -> Self {
        Self {
            gateway: gateway.id.to_owned(),
            hosts: gateway.bases.iter().filter_map(|base| Host::of(base.url)).collect(),
            doors: Door::all(gateway),
            target: targets.iter().find(|target| target.gateway == gateway.id).map(|target| {
                let authority = target.base.origin().trim_start_matches("http://").to_owned();
                (authority, target.base.text()[target.base.origin().len()..].to_owned())
            }),
        }
    }
}

impl Host {
    fn of(base: &str) -> Option<Self> {
        let rest = base.strip_prefix("https://")?;
        let (rest, prefix) = rest.find('/').map_or((rest, ""), |at| rest.split_at(at));
        let placeholder = rest.strip_prefix('{').and_then(|rest| rest.split_once('}')).map(|(_, rest)| rest);
        let free_label = placeholder.is_some();
        Some(Self { free_label, rest: placeholder.unwrap_or(rest).to_owned(), prefix: prefix.to_owned() })
    }

    fn is(&self, name: &str) -> bool {
        match name.strip_suffix(self.rest.as_str()) {
            Some(label) if self.free_label => is_label(label),
            Some(label) => label.is_empty(),
            None => false,
        }
    }
}

/// One label of a host name, in lower case as browsers send it.
fn is_label(text: &str) -> bool {
    let inner = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    (1..=63).contains(&text.len()) && text.bytes().all(inner) && !text.starts_with('-') && !text.ends_with('-')
}

impl Door {
    /// The documented calls of a gateway.
    fn all(gateway: &Gateway) -> Vec<Self> {
        let mut doors: Vec<Self> = gateway.endpoints.values().flat_map(Self::of).collect();
        doors.extend(gateway.model_list.iter().map(|list| Self { ..Self::of_bases(Method::GET, list.path) }));
        let checks = gateway.models.iter().flat_map(|model| model.fields).filter_map(|field| field.check.as_ref());
        // A check costs money: with a name it is forwarded once, like a create call.
        doors.extend(checks.map(|check| Self { creates: true, ..Self::of_bases(Method::POST, check.path) }));
        doors.extend(gateway.upload.into_iter().flat_map(Self::of_upload));
        doors
    }

    fn of_bases(method: Method, path: &str) -> Self {
        Self { method, path: path.to_owned(), creates: false, at: At::Bases, form: None }
    }

    /// The calls of a place for files.
    fn of_upload(upload: &Upload) -> Vec<Self> {
        let at = At::Host(upload.base.trim_start_matches("https://").to_owned());
        let form = Some(if upload.max_bytes == 0 { FILE_BYTES } else { upload.max_bytes });
        match upload.way {
            UploadWay::Policy => vec![
                Self { at, ..Self::of_bases(Method::GET, upload.path) },
                Self { at: At::Store, form, ..Self::of_bases(Method::POST, "/") },
            ],
            UploadWay::Form => vec![Self { at, form, ..Self::of_bases(Method::POST, upload.path) }],
        }
    }

    /// The documented calls of an endpoint.
    fn of(endpoint: &Endpoint) -> Vec<Self> {
        // Every field is named: a call that is added to the catalog must be allowed here, or left out on purpose.
        let Endpoint { dialect, create, query, cancel, content, list, headers: _, oss_headers: _ } = *endpoint;
        let asking = if dialect.asks_by_post() { Method::POST } else { Method::GET };
        let mut calls = vec![(asking.clone(), query)];
        calls.extend(list.map(|path| (asking, path)));
        calls.extend(cancel.map(|path| (Method::POST, path)));
        calls.extend(content.map(|path| (Method::GET, path)));
        let mut doors = vec![Self { creates: true, ..Self::of_bases(Method::POST, create) }];
        doors.extend(calls.into_iter().map(|(method, path)| Self::of_bases(method, path)));
        doors
    }

    fn carries(&self) -> Carries {
        match (&self.at, self.form) {
            (At::Store, Some(bytes)) => Carries::Store(bytes),
            (_, Some(bytes)) => Carries::Form(bytes),
            (At::Host(_), None) => Carries::Policy,
            (At::Bases | At::Store, None) => Carries::Json,
        }
    }

    fn leads_to(&self, path: &str) -> bool {
        let mut given = path.split('/');
        let fits = self.path.split('/').all(|part| match given.next() {
            Some(segment) if part == ID => is_id(segment),
            Some(segment) => segment == part,
            None => false,
        });
        fits && given.next().is_none()
    }
}

/// Whether a query asks for a policy for one model.
fn is_policy_query(query: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~%".contains(&byte);
    query.strip_prefix(POLICY_QUERY).is_some_and(|model| (1..=120).contains(&model.len()) && model.bytes().all(plain))
}

/// A task id as one clean segment: letters, digits and marks that have no meaning in a path, as they are or, for a few,
/// percent-encoded. No slash, backslash, percent sign, question mark or control character in any encoding, and not dots
/// alone.
fn is_id(segment: &str) -> bool {
    if segment.is_empty() || segment.len() > ID_LENGTH || segment.starts_with('.') {
        return false;
    }
    let mut bytes = segment.bytes();
    while let Some(byte) = bytes.next() {
        let good = match byte {
            b'%' => {
                let digit = |byte: Option<u8>| byte.and_then(|byte| char::from(byte).to_digit(16));
                match (digit(bytes.next()), digit(bytes.next())) {
                    (Some(high), Some(low)) => b":=+,@!$&'()*".iter().any(|mark| u32::from(*mark) == high * 16 + low),
                    _ => false,
                }
            }
            byte => byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte),
        };
        if !good {
            return false;
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(method: &str, address: &str) -> Result<Goal, Refusal> {
        let uri: Uri = address.parse().expect("an address");
        Routes::of(Catalog::built_in(), &[]).find(&method.parse().expect("a method"), &uri)
    }

    fn code(method: &str, address: &str) -> &'static str {
        find(method, address).map_or_else(|refusal| refusal.code(), |_| "goes on")
    }

    #[test]
    fn every_documented_call_of_every_base_finds_its_way() {
        let mut seen = 0;
        for gateway in Catalog::built_in().gateways {
            for base in gateway.bases {
                let host = base.url.trim_start_matches("https://").replace("{WorkspaceId}", "llm-a1b2");
                for door in Door::all(gateway).into_iter().filter(|door| door.at == At::Bases) {
                    let path = door.path.replace(ID, "0385dc79-5ff8-4d82-bcb6-9a8b7c6d5e4f");
                    let goal = find(door.method.as_str(), &format!("/relay/{}/{host}{path}?a=b", gateway.id));
                    let goal = goal.unwrap_or_else(|refusal| panic!("{path}: {}", refusal.code()));
                    assert_eq!((goal.authority.as_str(), goal.path_and_query), (host.as_str(), format!("{path}?a=b")));
                    assert_eq!(goal.pattern, door.path);
                    seen += 1;
                }
            }
        }
        assert!(seen > 50, "{seen} calls");
    }

    #[test]
    fn acedatacloud_is_asked_by_post_and_the_others_by_get() {
        assert_eq!(code("POST", "/relay/acedata/api.acedata.cloud/wan/tasks"), "goes on");
        assert_eq!(code("GET", "/relay/acedata/api.acedata.cloud/wan/tasks"), "method");
        assert_eq!(code("GET", "/relay/ope/api-platform.ope.ai/v1/videos/a"), "goes on");
        assert_eq!(code("POST", "/relay/ope/api-platform.ope.ai/v1/videos/a"), "method");
        assert_eq!(code("DELETE", "/relay/ope/api-platform.ope.ai/v1/videos/a"), "method");
    }

    #[test]
    fn the_list_of_models_and_the_check_of_a_portrait_are_open_where_they_are_documented() {
        let models = "/relay/dashscope/dashscope-intl.aliyuncs.com/api/v1/models";
        let check = "/relay/dashscope/dashscope.aliyuncs.com/api/v1/services/aigc/image2video/face-detect";
        assert_eq!(code("GET", &format!("{models}?capabilities=VG&page_no=1&page_size=20")), "goes on");
        assert_eq!(code("GET", "/relay/crazyrouter/api.crazyrouter.com/v1/models"), "goes on");
        assert!(find("POST", check).expect("it goes on").creates, "under a name it is passed on once");
        for (method, path, refused) in [
            ("POST", models.to_owned(), "method"),
            ("GET", format!("{models}/"), "path"),
            ("GET", format!("{models}/wan2.7-t2v"), "path"),
            ("GET", check.to_owned(), "method"),
            ("POST", check.replace("face-detect", "face-swap"), "path"),
            ("GET", "/relay/crazyrouter/api.crazyrouter.com/alibailian/api/v1/models".to_owned(), "path"),
            ("GET", "/relay/ope/api-platform.ope.ai/v1/models".to_owned(), "path"),
            ("GET", "/relay/acedata/api.acedata.cloud/api/v1/models".to_owned(), "path"),
        ] {
            assert_eq!(code(method, &path), refused, "{method} {path}");
        }
    }

    #[test]
    fn files_go_to_the_places_of_the_catalog_and_nothing_else_goes_there() {
        let policy = "/relay/dashscope/dashscope.aliyuncs.com/api/v1/uploads";
        let store = "/relay/dashscope/dashscope-file-mgr.oss-cn-beijing.aliyuncs.com";
        let good = find("GET", &format!("{policy}?action=getPolicy&model=wan2.2-s2v")).expect("it goes on");
        assert_eq!(good.carries, Carries::Policy);
        let form = find("POST", &format!("{store}/")).expect("it goes on");
        assert_eq!((form.carries, form.path_and_query.as_str()), (Carries::Store(100 << 20), "/"));
        let keyed = find("POST", "/relay/crazyrouter/api.crazyrouter.com/v1/files/uploads").expect("it goes on");
        assert_eq!(keyed.carries, Carries::Form(20 << 20));
        assert!(find("POST", "/relay/acedata/platform.acedata.cloud/api/v1/files/").is_ok());
        for (method, path, refused) in [
            ("GET", policy.to_owned(), "path"),
            ("GET", format!("{policy}?action=getPolicy"), "path"),
            ("GET", format!("{policy}?action=getPolicy&model="), "path"),
            ("GET", format!("{policy}?action=getPolicy&model=a&x=y"), "path"),
            ("GET", format!("{policy}?action=list&model=a"), "path"),
            ("GET", format!("{policy}?action=getPolicy&model={}", "a".repeat(121)), "path"),
            ("GET", policy.replace("dashscope.aliyuncs", "dashscope-intl.aliyuncs"), "path"),
            ("POST", format!("{policy}?action=getPolicy&model=a"), "method"),
            ("GET", format!("{store}/"), "method"),
            ("POST", format!("{store}/?x=y"), "path"),
            ("POST", format!("{store}/a"), "path"),
            ("POST", store.to_owned(), "path"),
            ("POST", format!("{store}/api/v1/uploads"), "path"),
            ("POST", store.replace("dashscope-file-mgr", "evil") + "/", "host"),
            ("POST", store.replace("dashscope-file-mgr", "dashscope-file-") + "/", "host"),
            ("POST", store.replace("oss-cn-beijing", "oss-us-east-1") + "/", "host"),
            ("POST", store.replace("mgr.", "mgr.evil.") + "/", "host"),
            ("POST", format!("{store}.evil.example/"), "host"),
            ("POST", store.replace("/dashscope/", "/crazyrouter/") + "/", "host"),
            ("POST", "/relay/crazyrouter/crazyrouter.com/v1/files/uploads".to_owned(), "path"),
            ("POST", "/relay/crazyrouter/api.crazyrouter.com/v1/files/uploads/base64".to_owned(), "path"),
            ("POST", "/relay/crazyrouter/api.crazyrouter.com/v1/files/uploads?x=y".to_owned(), "path"),
            ("POST", "/relay/acedata/platform.acedata.cloud/wan/videos".to_owned(), "path"),
            ("POST", "/relay/acedata/platform.acedata.cloud/api/v1/files".to_owned(), "path"),
            ("GET", "/relay/acedata/platform.acedata.cloud/api/v1/files/".to_owned(), "method"),
        ] {
            assert_eq!(code(method, &path), refused, "{method} {path}");
        }
    }

    #[test]
    fn nothing_leads_to_another_host() {
        for host in [
            "evil.example",
            "api-platform.ope.ai.evil.example",
            "evil.example%2Fapi-platform.ope.ai",
            "evilapi-platform.ope.ai",
            "x.api-platform.ope.ai",
            "api-platform.ope.ai.",
            "API-PLATFORM.ope.ai",
            "api-platform.ope.ai:443",
            "api-platform.ope.ai@evil.example",
            "user:pass@api-platform.ope.ai",
            "api-platform.ope.ai%00",
            "api.acedata.cloud",
            "127.0.0.1",
            "[::ffff:127.0.0.1]",
            "",
        ] {
            assert_eq!(code("POST", &format!("/relay/ope/{host}/v1/videos")), "host", "{host}");
        }
        for label in ["", "a.b", "-a", "a-", "A", "a_b", "a%2e", "evil.example%23", "a@b", &"a".repeat(64)] {
            let address = format!("/relay/dashscope/{label}.cn-beijing.maas.aliyuncs.com/api/v1/tasks/a");
            assert_eq!(code("GET", &address), "host", "{label}");
        }
        for gateway in ["", "OPE", "ope%2f", "nobody", "..", "%2e%2e"] {
            let address = format!("/relay/{gateway}/api-platform.ope.ai/v1/videos");
            assert_eq!(code("POST", &address), "gateway", "{gateway}");
        }
    }

    #[test]
    fn an_id_is_one_clean_segment() {
        for id in ["a", "video_1", "0385dc79-5ff8", "a.b", "a..b", "task%3A1", "a%3d%3D", "~"] {
            assert_eq!(code("GET", &format!("/relay/ope/api-platform.ope.ai/v1/videos/{id}")), "goes on", "{id}");
        }
        for id in [
            "",
            ".",
            "..",
            "...",
            "%2e",
            "%2e%2e",
            "%2E%2e",
            ".%2e",
            "a%2Fb",
            "a%2fb",
            "%2F",
            "a%5Cb",
            "%252e%252e",
            "%25",
            "%00",
            "a%0d%0ab",
            "%",
            "%2",
            "%zz",
            "%c0%ae",
            "%e4%b8%ad",
            "a;b",
            "a%3Fb",
            "a%23b",
            "a%20b",
            "a/b",
            "a//",
            "a/",
            "a/content/",
            "a/content/..",
            "a/../b",
            "a/./content",
            "../../admin",
            &"a".repeat(201),
        ] {
            let found = code("GET", &format!("/relay/ope/api-platform.ope.ai/v1/videos/{id}"));
            assert_eq!(found, "path", "{id}");
        }
        for path in ["", "/", "//v1/videos", "/v1//videos", "/V1/videos", "/v1/videos/", "/v1/models", "/v1%2Fvideos"] {
            assert_eq!(code("POST", &format!("/relay/ope/api-platform.ope.ai{path}")), "path", "{path}");
        }
    }

    #[test]
    fn a_stand_in_takes_the_place_of_every_host_of_its_gateway() {
        let target: Target = "dashscope=http://127.0.0.1:9/sim/dashscope".parse().expect("a target");
        let routes = Routes::of(Catalog::built_in(), &[target]);
        let uri: Uri = "/relay/dashscope/dashscope-intl.aliyuncs.com/api/v1/tasks/a?b".parse().expect("an address");
        let goal = routes.find(&Method::GET, &uri).expect("it goes on");
        assert_eq!(
            (goal.authority.as_str(), goal.path_and_query.as_str()),
            ("127.0.0.1:9", "/sim/dashscope/api/v1/tasks/a?b")
        );
        let elsewhere: Uri = "/relay/dashscope/127.0.0.1:9/api/v1/tasks/a".parse().expect("an address");
        assert!(routes.find(&Method::GET, &elsewhere).is_err(), "a stand-in opens no host of its own");
        for broken in ["ope", "ope=https://api-platform.ope.ai", "ope=http://10.0.0.1/", "nobody=http://127.0.0.1:9"] {
            assert!(broken.parse::<Target>().is_err(), "{broken}");
        }
    }
}
