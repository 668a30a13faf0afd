//! Responses that repeat the key.

use super::*;
use crate::draft::Draft;
use crate::key::ApiKey;
use crate::redact::redact;
use crate::snapshot::{self, Saved};

/// Does not look like any gateway's key: only code that knows it can recognize it.
const KEY: &str = "canary/odd_key-7.7";
const SPELLINGS: [&str; 7] = [
    KEY,
    r"canary\/odd_key-7.7",
    r"canary\u002fodd\u005Fkey\u002d7.7",
    "canary%2Fodd_key%2D7%252E7",
    "canary&#47;odd&lowbar;key&#x2D;7.7",
    r"canary\\u002fodd_key-7.7",
    "Y2FuYXJ5L29kZF9rZXktNy43",
];

fn key() -> ApiKey {
    let base = BaseUrl::parse("https://dashscope.aliyuncs.com").expect("a base");
    ApiKey::new(KEY, &base).expect("a key")
}

fn clean(task: &mut Task) {
    task.clean(|text| redact([&key()], text));
}

/// Everything of a task that is shown or saved, with escapes undone.
fn told(task: &Task) -> String {
    let record = snapshot::write(&Saved { task: task.clone(), draft: Draft::default() });
    [format!("{task:?}"), crate::key::spelling::plain(&record).0, record].concat()
}

fn headed(body: &str, id: &str) -> Response {
    Response { status: 400, headers: vec![("x-request-id".into(), id.into())], body: body.into(), cut: false }
}

/// How a task gets a response.
type Way<'a> = &'a dyn Fn(&mut Bench);

#[test]
fn an_answer_that_repeats_the_key_leaves_no_trace_of_it() {
    for spelt in SPELLINGS {
        let error =
            format!(r#"{{"code":"x {spelt}","message":"bad key {spelt}, see there","request_id":"r {spelt}"}}"#);
        let ways: [(&str, Way<'_>); 6] = [
            ("refused", &|bench| {
                bench.feed(Input::Answered(1, headed("{\"code\":\"x\",\"message\":\"y\"}", spelt)));
            }),
            ("refused with a body", &|bench| {
                bench.answer(400, &error);
            }),
            ("in doubt", &|bench| {
                bench.answer(500, &error);
            }),
            ("a page", &|bench| {
                bench.answer(502, &format!("<html>{spelt}</html>"));
            }),
            ("failed", &|bench| {
                let failed = format!(
                    r#"{{"output":{{"task_id":"t-1","task_status":"FAILED","code":"c","message":"{spelt}"}}}}"#
                );
                bench.answer(200, ACCEPTED).due().answer(200, &failed);
            }),
            ("done", &|bench| {
                let done = format!(
                    r#"{{"output":{{"task_id":"t-1","task_status":"SUCCEEDED","video_url":"https://h/v.mp4","actual_prompt":"a {spelt}"}},"usage":{{"SR":"{spelt}"}}}}"#
                );
                bench.answer(200, ACCEPTED).due().answer(200, &done);
            }),
        ];
        for (name, way) in ways {
            let mut bench = start("dashscope");
            way(&mut bench);
            let is_told = bench.task.exchanges.iter().any(|exchange| exchange.received.contains(spelt))
                || bench.task.exchanges[0].request_id == spelt;
            assert!(is_told, "{name}: the test looks for what is there");
            clean(&mut bench.task);
            let told = told(&bench.task);
            assert!(!told.contains(KEY) && !told.contains("Y2FuYXJ5"), "{name} {spelt}: {told}");
            assert!(told.contains("•••"), "{name} {spelt}: {told}");
            for exchange in &bench.task.exchanges {
                let is_json = serde_json::from_str::<serde_json::Value>(&exchange.received).is_ok();
                assert!(is_json || name == "a page", "{name} {spelt}: {}", exchange.received);
            }
        }
    }
}

#[test]
fn what_is_found_in_a_list_and_what_refuses_to_cancel_is_cleaned() {
    let mut bench = start("dashscope");
    bench.task.state = State::Doubtful(Doubt::Network(NetFault::NoAnswer));
    let fault = Fault { status: 400, code: KEY.into(), message: KEY.into(), request_id: KEY.into(), after_ms: None };
    bench.task.cancel = Some(Cancel::Refused(fault.clone()));
    bench.task.setback = Some(fault.clone());
    let found = Candidate {
        id: TaskId("t-1".into()),
        created_ms: None,
        model: KEY.into(),
        word: KEY.into(),
        prompt: KEY.into(),
    };
    for look_up in [LookUp::Found(vec![found]), LookUp::Refused(fault)] {
        bench.task.look_up = Some(look_up);
        clean(&mut bench.task);
        assert!(!format!("{:?}", bench.task).contains(KEY), "{:?}", bench.task);
    }
}

#[test]
fn a_paid_video_is_asked_after_and_opened_whatever_its_id_and_link_are_called() {
    let mut bench = start("dashscope");
    bench.answer(200, &format!(r#"{{"output":{{"task_status":"PENDING","task_id":"t-{KEY}"}}}}"#));
    clean(&mut bench.task);
    bench.due();
    let path = crate::address::segment(&["t-", KEY].concat());
    let asks = |effect: &Effect| matches!(effect, Effect::Send { request, .. } if request.url.ends_with(&path));
    assert!(bench.effects.iter().any(asks), "{:?}", bench.effects);
    let done = format!(
        r#"{{"output":{{"task_id":"t-{KEY}","task_status":"SUCCEEDED","video_url":"https://h/v.mp4?by={KEY}"}}}}"#
    );
    bench.answer(200, &done);
    clean(&mut bench.task);
    let State::Done(Finished { video: VideoAt::Link { url, .. }, .. }) = &bench.task.state else { panic!() };
    assert_eq!(*url, ["https://h/v.mp4?by=", KEY].concat());
    assert!(
        bench.task.exchanges.iter().all(|exchange| !exchange.received.contains(KEY) && !exchange.line.contains(KEY))
    );
}

#[test]
fn earlier_records_are_cleaned_of_what_looks_like_a_key() {
    let mut bench = start("dashscope");
    bench.feed(Input::Answered(
        1,
        headed(r#"{"code":"x","message":"no sk\u002dcanary-earlier%2D1"}"#, "sk-canary-earlier-2"),
    ));
    let text = snapshot::write(&Saved { task: bench.task.clone(), draft: Draft::default() });
    assert!(text.contains("canary-earlier"));
    let clean = snapshot::cleaned(&text).expect("there is a key in it");
    let back = snapshot::read(&text).expect("it reads");
    for text in [&clean, &snapshot::write(&back), &snapshot::export([&*text].into_iter())] {
        assert!(!text.contains("canary-earlier") && text.contains("•••"), "{text}");
    }
    assert_eq!(snapshot::cleaned(&clean), None);
    assert_eq!(snapshot::read(&clean), Ok(back));
}
