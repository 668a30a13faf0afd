//! "Send exactly as pasted" in real shells: what the page would send of a command is what the shell's own curl sends, to
//! the byte. Over the corpus, made create calls of a gateway, and over random bodies in every shell's quotes.

use super::corpus::cases;
use super::real::{Arrived, Server, run};
use super::shells::written;
use proptest::prelude::*;
use wan_playground::address::BaseUrl;
use wan_playground::catalog::Catalog;
use wan_playground::generation::{Exact, NotExact, Same};
use wan_playground::http::{Files, Json, Request};
use wan_playground::import::Written;
use wan_playground::paste::{Holds, read};

/// Where tasks are created.
pub const CREATE: &str = "/api/v1/services/aigc/video-generation/video-synthesis";

/// The base at which a server on this machine plays a gateway.
pub fn base(port: u16) -> BaseUrl {
    BaseUrl::parse(&format!("http://127.0.0.1:{port}")).expect("a base")
}

/// What can be sent exactly of the requests in a text.
pub fn exact(text: &str, base: &BaseUrl) -> Vec<Result<Exact, NotExact>> {
    let bases = [("dashscope".to_owned(), base.clone())];
    let cards = read(Catalog::built_in(), &bases, text, 0).cards;
    let requests = cards.into_iter().filter_map(|card| match card.holds {
        Holds::Request(asked) => Some(asked.exact),
        _ => None,
    });
    requests.collect()
}

/// What the page would send.
pub fn request(exact: &Exact, base: &BaseUrl) -> Request {
    exact.generation(Catalog::built_in(), base, "cn", &[]).expect("it holds no key").request().clone()
}

/// How what a shell sent differs from what the page would send.
pub fn difference(request: &Request, arrived: &Arrived, base: &BaseUrl) -> Option<String> {
    let target = request.url.strip_prefix(base.origin()).unwrap_or(&request.url);
    if (arrived.method.as_str(), arrived.target.as_str()) != (request.method.name(), target) {
        return Some(format!("{} {} is not {target}", arrived.method, arrived.target));
    }
    let body = request.body_text().unwrap_or_default();
    if arrived.body != body.as_bytes() {
        return Some(format!("{:?} arrived, and not {body:?}", String::from_utf8_lossy(&arrived.body)));
    }
    // What decides at the gateway; curl adds an `Accept` of its own.
    let counts = |name: &str| name == "content-type" || name.starts_with("x-dashscope-");
    let mut theirs: Vec<String> = arrived
        .headers
        .iter()
        .map(|(name, value)| (name.to_ascii_lowercase(), value))
        .filter(|(name, _)| counts(name))
        .map(|(name, value)| format!("{name}: {value}"))
        .collect();
    let mut ours: Vec<String> = request
        .headers
        .iter()
        .map(|(name, value)| (name.to_ascii_lowercase(), value))
        .filter(|(name, _)| counts(name))
        .map(|(name, value)| format!("{name}: {value}"))
        .collect();
    theirs.sort();
    ours.sort();
    (theirs != ours).then(|| format!("{theirs:?} arrived, and not {ours:?}"))
}

/// The shells that a case of the corpus is written for.
fn shells(place: &str, dialect: &str) -> &'static [&'static str] {
    match (dialect, place.split(": ").next()) {
        ("fish", _) => &["fish"],
        (_, Some("posix/ansi" | "posix/browsers" | "posix/documents")) => &["bash", "zsh"],
        _ => &["bash", "dash", "zsh"],
    }
}

/// Cases that one shell of several reads in another way, and why.
const APART: [(&str, &str); 4] = [
    // It has no such escapes, or other ones.
    ("posix/ansi: a NUL ends the string", "zsh"),
    ("posix/ansi: hexadecimal without digits", "zsh"),
    ("posix/ansi: control letters", "zsh"),
    ("posix/ansi: no escape at all", "zsh"),
];

/// Cases that are not compared, and why.
const OTHER: [&str; 2] = [
    // It declares more than it sends; a page declares what it sends.
    "posix/headers: a length that is not the body's",
    // It begins with the text of a prompt.
    "fish/commands: a prompt",
];

#[test]
fn what_is_sent_exactly_is_what_real_shells_send_over_the_corpus() {
    let server = Server::start();
    let base = base(server.port);
    let (mut compared, mut refused, mut wrong) = (0, 0, Vec::new());
    for case in cases().into_iter().filter(|case| matches!(case.dialect.as_str(), "posix" | "fish")) {
        let text = case.input.replace("https://h.example", &[base.origin(), CREATE, "#"].concat());
        let offered = exact(&text, &base);
        refused += offered.iter().filter(|one| one.is_err()).count();
        // Of several requests some may be refused: then it is not known which arrived.
        let Ok(offered) = offered.into_iter().collect::<Result<Vec<_>, _>>() else { continue };
        // Nothing leaves this machine.
        let is_here = |one: &Exact| one.base() == Some(&base) && one.same() == Same::Bytes;
        if offered.is_empty() || !offered.iter().all(is_here) || case.input.contains("https://h.example.") {
            continue;
        }
        // What was pasted along was not typed.
        if ["posix/prompts", "posix/surroundings"].iter().any(|file| case.place.starts_with(file))
            || OTHER.contains(&case.place.as_str())
        {
            continue;
        }
        for shell in shells(&case.place, &case.dialect) {
            if APART.contains(&(case.place.as_str(), shell)) {
                continue;
            }
            server.take();
            run(shell, &text);
            let arrived = server.take();
            if arrived.len() != offered.len() {
                wrong.push(format!("{} in {shell}: {} arrived\n{text}", case.place, arrived.len()));
                continue;
            }
            for (one, arrived) in offered.iter().zip(&arrived) {
                if let Some(why) = difference(&request(one, &base), arrived, &base) {
                    wrong.push(format!("{} in {shell}: {why}\n{text}", case.place));
                }
                compared += 1;
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {compared}\n{}", wrong.len(), wrong.join("\n\n"));
    println!("{compared} requests compared, {refused} not offered");
    assert!(compared >= 150, "{compared}");
}

/// A text with whatever a shell acts on.
fn signs() -> impl Strategy<Value = String> {
    let signs = prop::sample::select(vec![
        'a', '0', ' ', '\n', '\'', '"', '\\', '$', '`', '!', '#', '&', '|', ';', '<', '>', '(', ')', '{', '}', '*',
        '?', '[', ']', '~', '=', '%', '^', '@', ':', ',', '猫', 'é', '😀', '\t',
    ]);
    prop::collection::vec(signs, 0..30).prop_map(|signs| signs.into_iter().collect::<String>())
}

/// A body with this in place of the prompt.
pub fn body(prompt: &str) -> String {
    format!("{{\"model\":  \"wan2.5-t2v-preview\",\"input\": {{\"prompt\": {prompt}}} }}")
}

/// A command of a create call with this body, in a shell's quotes, over lines as documents write it.
fn command(body: &str, ways: &[u8], option: &str, is_fish: bool, base: &BaseUrl) -> String {
    // What tells that it is fish's.
    let mark = if is_fish { "set -x A b\nset -gx C d\n" } else { "" };
    format!(
        "{mark}curl -sS -X POST {}{CREATE} -H 'X-DashScope-Async: enable' \\\n -H 'Content-Type: application/json' \\\n {option} {}\n",
        base.origin(),
        written(body, ways, is_fish)
    )
}

/// Runs a command in a shell, and compares. `None` if the shell does not run it.
fn run_and_compare(
    shell: &str,
    text: &str,
    one: &Exact,
    server: &Server,
    base: &BaseUrl,
) -> Option<Result<(), String>> {
    server.take();
    run(shell, text);
    let arrived = server.take();
    let arrived = arrived.first()?;
    Some(difference(&request(one, base), arrived, base).map_or(Ok(()), |why| Err(format!("{shell}: {why}\n{text}"))))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_sent_exactly_is_what_every_shell_sends_of_any_json(
        prompt in signs(),
        ways in prop::collection::vec(0..4_u8, 1..5),
        option in prop::sample::select(vec!["-d", "--data-raw", "--data-binary", "--data"]),
    ) {
        let server = Server::start();
        let base = base(server.port);
        let body = body(&Json::Text(prompt).print(Files::Whole));
        // `$'…'` is not in every shell.
        let plain: Vec<u8> = ways.iter().map(|way| if *way == 2 { 0 } else { *way }).collect();
        for (shell, ways) in [("bash", &ways), ("zsh", &ways), ("dash", &plain), ("fish", &plain)] {
            let text = command(&body, ways, option, shell == "fish", &base);
            let offered = exact(&text, &base);
            let [Ok(one)] = &offered[..] else {
                return Err(TestCaseError::fail(format!("{offered:?}\n{text}")));
            };
            prop_assert_eq!(one.body(), &body, "{}", text);
            let told = run_and_compare(shell, &text, one, &server, &base);
            prop_assert_eq!(told, Some(Ok(())), "{}", text);
        }
    }

    /// Of a body that is no JSON the reader may take the other kind of shell for the right one; then that one counts.
    #[test]
    fn what_is_sent_exactly_is_what_the_shell_that_it_was_read_for_sends_of_any_body(
        broken in signs(),
        ways in prop::collection::vec(0..4_u8, 1..5),
        is_fish in any::<bool>(),
    ) {
        let server = Server::start();
        let base = base(server.port);
        let text = command(&body(&broken), &ways, "--data-raw", is_fish, &base);
        let shell = match wan_playground::import::read(&text).written {
            Some(Written::Posix) => "bash",
            Some(Written::Fish) => "fish",
            _ => return Ok(()),
        };
        if let [Ok(one)] = &exact(&text, &base)[..]
            && let Some(told) = run_and_compare(shell, &text, one, &server, &base)
        {
            prop_assert_eq!(told, Ok(()));
        }
    }
}

#[test]
fn what_is_not_what_was_sent_is_not_offered_and_says_why() {
    let base = BaseUrl::parse("https://dashscope.aliyuncs.com").expect("a base");
    let url = format!("{}{CREATE}", base.origin());
    let of = |text: &str| exact(text, &base).remove(0);
    let body = r#"{"model":"wan2.5-t2v-preview","input":{"prompt":"a cat"}}"#;
    let command = |rest: &str| format!("curl {url} -H 'Authorization: Bearer $DASHSCOPE_API_KEY' {rest}");
    let rows: [(String, NotExact); 10] = [
        (command(&format!("-X PUT -d '{body}'")), NotExact::Method("PUT".into())),
        (command("-d @body.json"), NotExact::File),
        (command("-F model=wan2.5-t2v-preview"), NotExact::Form),
        (
            command("-d \"{\\\"model\\\":\\\"wan2.5-t2v-preview\\\",\\\"input\\\":{\\\"prompt\\\":\\\"$PROMPT\\\"}}\""),
            NotExact::Filled,
        ),
        (command(&format!("-d ‘{body}’")), NotExact::Repaired),
        (
            command("-d '{\"model\":\"wan2.5-t2v-preview\",\"api_key\":\"sk-canary0123456789abcdef0123456789\"}'"),
            NotExact::Key,
        ),
        (command(&format!("-H 'X-Api-Key: sk-canary0123456789abcdef0123456789' -d '{body}'")), NotExact::Key),
        (command(&format!("-H 'X-DashScope-Note: sk-canary0123456789abcdef0123456789' -d '{body}'")), NotExact::Key),
        (format!("curl '{url}?api_key=sk-canary0123456789abcdef0123456789' -d '{body}'"), NotExact::Key),
        (format!("curl https://h.example/v1/videos -d '{body}'"), NotExact::NoCreateCall),
    ];
    for (text, why) in rows {
        assert_eq!(of(&text).map(|one| one.body().to_owned()), Err(why), "{text}");
    }
    // The key of the header is no part of it, whatever it is.
    let one = of(&format!(
        "curl {url} -H 'Authorization: Bearer sk-canary0123456789abcdef0123456789' -H 'Accept: */*' -H 'User-Agent: x' -d '{body}'"
    ));
    let one = one.expect("the key is where it belongs");
    assert!(!format!("{one:?}").contains("canary"));
    assert_eq!((one.body(), one.left_out(), one.same()), (body, &["User-Agent".to_owned()][..], Same::Bytes));
    // A key of the visit that looks like nothing is found all the same.
    let key = wan_playground::key::ApiKey::new("a cat", &base);
    assert!(key.is_err(), "no key has a space");
    let key = wan_playground::key::ApiKey::new("wan2.5-t2v-preview", &base).expect("anything may be a key");
    assert_eq!(one.generation(Catalog::built_in(), &base, "cn", &[key]).map(|_| ()), Err(NotExact::Key));
}

#[test]
fn what_a_relay_would_not_pass_on_is_named_and_not_shown_as_sent() {
    let base = BaseUrl::parse("https://dashscope.aliyuncs.com").expect("a base");
    let text = format!(
        "curl {}{CREATE} -H 'Content-Type: application/json' -H 'X-DashScope-Async: enable' -H 'X-DashScope-WorkSpace: ws-1' -H 'User-Agent: x' -d '{{\"model\":\"wan2.5-t2v-preview\",\"input\":{{\"prompt\":\"a cat\"}}}}'",
        base.origin()
    );
    let one = exact(&text, &base).remove(0).expect("it can be sent");
    assert_eq!((one.not_relayed(), one.left_out()), (vec!["X-DashScope-WorkSpace"], &["User-Agent".to_owned()][..]));
    assert!(one.written(&base, false).contains("X-DashScope-WorkSpace: ws-1"));
    let relayed = one.written(&base, true);
    assert!(!relayed.contains("WorkSpace") && relayed.contains("X-DashScope-Async: enable"), "{relayed}");
}

#[test]
fn a_request_that_no_form_could_make_is_sent_as_it_is_with_its_price_where_that_is_known() {
    let base = BaseUrl::parse("https://dashscope-intl.aliyuncs.com").expect("a base");
    let simulator = BaseUrl::parse("http://127.0.0.1:4820/sim/dashscope").expect("a base");
    let body = "{\"model\": \"wan2.5-t2v-preview\",\r\n \"prompt\": \"a cat\", \"resolution\": \"720P\", }";
    let text =
        format!("curl {}{CREATE}?a=%2F -H 'Content-Type: application/json' --data-binary '{body}'", base.origin());
    let one = exact(&text, &base).remove(0).expect("broken, and sent as it is");
    assert_eq!((one.gateway(), one.model(), one.base()), ("dashscope", "wan2.5-t2v-preview", Some(&base)));
    let sent = request(&one, &simulator);
    assert_eq!(sent.url, format!("http://127.0.0.1:4820/sim/dashscope{CREATE}?a=%2F"));
    assert_eq!(sent.body_text().as_deref(), Some(body));
    let price = one.estimate(Catalog::built_in(), &base, "cn").expect("model and defaults say it");
    assert!(price.total.is_some());
    // A path that no document has is the gateway's to refuse.
    let text = text.replace("video-synthesis", "generation");
    let one = exact(&text, &base).remove(0).expect("a wrong path");
    assert!(request(&one, &base).url.ends_with("/video-generation/generation?a=%2F"));
    // A model that nobody knows is sent, and has no price.
    let one = exact(&text.replace("wan2.5-t2v-preview", "wan9-t2v"), &base).remove(0).expect("an unknown model");
    assert_eq!((one.model(), one.estimate(Catalog::built_in(), &base, "cn")), ("wan9-t2v", None));
}
