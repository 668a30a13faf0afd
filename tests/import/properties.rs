//! What holds for every text and every request: what is printed is read back the same, nothing crashes, and every
//! reported position is within the text.

use super::fuzz::fault;
use crate::prompts::prompts;
use crate::support::cases as golden;
use proptest::prelude::*;
use wan_playground::catalog::Catalog;
use wan_playground::checked::check;
use wan_playground::http::{Json, Method, Request};
use wan_playground::import::{Body, Call, Proof, Written, read};
use wan_playground::snippet::{Curl, Job, Program, Shell, print, print_program};

const HOW: Curl<'_> = Curl { key_variable: "WAN_KEY", output: None, body_file: "request.json" };

/// Compares a request with the call it is read back as, as far as the text shows it.
fn compare(shell: Shell, request: &Request) -> Result<(), String> {
    let printed = print(shell, request, HOW);
    let pasted = read(&printed.text);
    let place = || format!("{}:\n{}\n{pasted:?}", shell.name(), printed.text);
    let [call] = &pasted.calls[..] else { return Err(format!("{} calls in {}", pasted.calls.len(), place())) };
    let body = match (&request.body, printed.needs_file) {
        (None, _) => None,
        // The body is beside the command: only that fact and its file name are read back.
        (Some(_), true) => Some(Body::File(HOW.body_file.to_owned())),
        (Some(_), false) => request.body_text().map(Body::Text),
    };
    let expected = Call {
        method: request.method.name().to_owned(),
        url: request.url.clone(),
        headers: request.headers.clone(),
        body,
        proof: Proof::Variable("WAN_KEY".to_owned()),
        at: call.at.clone(),
    };
    if call != &expected {
        return Err(format!("{call:?}\nis not\n{expected:?}\n{}", place()));
    }
    let written = match shell {
        Shell::Posix | Shell::Bash | Shell::Fish => &[Written::Posix, Written::Fish][..],
        Shell::Cmd => &[Written::Cmd],
        Shell::PowerShell => &[Written::PowerShell],
    };
    if !pasted.written.is_some_and(|found| written.contains(&found)) {
        return Err(format!("read as {:?}: {}", pasted.written, place()));
    }
    fault(&printed.text, &pasted).map_or(Ok(()), Err)
}

fn request(body: Option<Json>) -> Request {
    let headers = vec![("Content-Type".to_owned(), "application/json".to_owned())];
    Request {
        method: Method::Post,
        url: "https://h.example/v1/a?b=c&d=%2Fe%20f".to_owned(),
        headers,
        body: body.map(Into::into),
    }
}

#[test]
fn every_request_of_the_golden_cases_comes_back_from_every_shell() {
    let catalog = Catalog::built_in();
    let mut count = 0;
    for case in golden() {
        let (gateway, model) = case.find(catalog);
        let (base, region) = crate::support::base(gateway, model);
        let request = check(&case.draft, gateway, model, &base, region).preview();
        for shell in Shell::ALL {
            compare(shell, &request).unwrap_or_else(|why| panic!("{}: {why}", case.name));
            count += 1;
        }
    }
    assert!(count > 300, "{count}");
}

/// The script for a shell and the one for Node: their first call is the create call. The other programs are written in
/// languages that are not parsed.
#[test]
fn every_script_comes_back_as_the_request_it_makes() {
    let catalog = Catalog::built_in();
    for case in golden() {
        let (gateway, model) = case.find(catalog);
        let (base, region) = crate::support::base(gateway, model);
        let request = check(&case.draft, gateway, model, &base, region).preview();
        let endpoint = gateway.endpoint(model).expect("the catalog check guarantees it");
        let (poll, key_variable) = (gateway.poll, HOW.key_variable);
        let job =
            Job { create: &request, endpoint, base: &base, poll, key_variable, body_file: HOW.body_file, uploads: &[] };
        for program in [Program::Sh, Program::JavaScript] {
            let printed = print_program(program, &job);
            let pasted = read(&printed.text);
            let place = || format!("{} by {}\n{}\n{:?}", case.name, program.name(), printed.text, pasted.calls);
            let call = pasted.calls.first().unwrap_or_else(|| panic!("{}", place()));
            let made = (&*call.method, &*call.url, &call.headers);
            assert_eq!(made, (request.method.name(), &*request.url, &request.headers), "{}", place());
            let json = |text: &str| serde_json::from_str::<serde_json::Value>(text).expect("a body of ours is JSON");
            match &call.body {
                Some(Body::Text(text)) => {
                    assert_eq!(Some(json(text)), request.body_text().as_deref().map(json), "{}", place());
                }
                body => assert!(printed.needs_file && body.is_some(), "{}", place()),
            }
        }
    }
}

#[test]
fn every_hostile_prompt_comes_back_from_every_shell() {
    for prompt in prompts() {
        let mut body = Json::object();
        body.put("model", Json::Text("wan2.6-t2v".to_owned()));
        body.put("input.prompt", Json::Text(prompt));
        for shell in Shell::ALL {
            compare(shell, &request(Some(body.clone()))).unwrap_or_else(|why| panic!("{why}"));
        }
    }
}

#[test]
fn a_request_without_a_body_comes_back_from_every_shell() {
    for shell in Shell::ALL {
        for method in [Method::Get, Method::Post] {
            compare(shell, &Request { method, ..request(None) }).unwrap_or_else(|why| panic!("{why}"));
        }
    }
}

/// Characters of all kinds: Chinese, emoji, controls, and those that shells act on.
fn text() -> impl Strategy<Value = String> {
    let signs = prop::sample::select(vec![
        '\'', '"', '\\', '$', '`', '!', '%', '^', '&', '|', ';', '<', '>', '(', ')', '{', '}', '@', '#', '\n', '\r',
        '\t', '\0', '\u{7}', '\u{1b}', '\u{7f}', '\u{85}', '\u{202e}', '\u{200b}', '\u{feff}', '\u{2028}', '‘', '’',
        '“', '”', '\u{3000}', '猫', '你', '😀', '𠮷', 'é', ' ', 'a', 'n', 'u', '0', '-',
    ]);
    prop_oneof![
        3 => prop::collection::vec(signs, 0..40).prop_map(|letters| letters.into_iter().collect::<String>()),
        1 => any::<String>(),
    ]
}

fn json() -> impl Strategy<Value = Json> {
    let leaf = prop_oneof![
        text().prop_map(Json::Text),
        any::<i64>().prop_map(Json::Number),
        any::<bool>().prop_map(Json::Flag)
    ];
    leaf.prop_recursive(3, 24, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Json::List),
            prop::collection::vec((text(), inner), 0..5).prop_map(Json::Object),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_request_comes_back_from_every_shell(members in prop::collection::vec((text(), json()), 0..6)) {
        let request = request(Some(Json::Object(members)));
        for shell in Shell::ALL {
            if let Err(why) = compare(shell, &request) {
                return Err(TestCaseError::fail(why));
            }
        }
    }

    #[test]
    fn any_text_is_read_without_harm(text in text()) {
        prop_assert_eq!(fault(&text, &read(&text)), None);
    }

    #[test]
    fn any_text_after_a_program_is_read_without_harm(text in text(), head in "(curl |curl\\.exe |iwr |fetch\\(|\\{|\\$ curl -d |curl \\^\"|irm -Body @\\{)") {
        let text = [head, text].concat();
        prop_assert_eq!(fault(&text, &read(&text)), None);
    }
}
