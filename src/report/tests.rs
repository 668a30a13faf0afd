use super::*;
use crate::address::BaseUrl;
use crate::catalog::{Catalog, FieldId};
use crate::draft::{Draft, Value};
use crate::http::Response;
use crate::key::ApiKey;
use crate::redact::redact;
use crate::task::{Effect, Input, Origin};

const KEY: &str = "sk-canary-report-77aa";
const PROMPT: &str = "a cat ``` ```` \n```\n# no heading 猫";

/// A task that was refused with a response that contains the key.
fn refused() -> (Saved, ApiKey) {
    let catalog = Catalog::built_in();
    let gateway = catalog.gateway("dashscope").expect("built in");
    let model = gateway.model("wan2.5-t2v-preview").expect("built in");
    let base = BaseUrl::parse(gateway.bases[0].url).expect("a base");
    let mut draft = Draft::default();
    draft.set(FieldId::Prompt, Value::Text([PROMPT, " ", KEY].concat()));
    let checked = crate::checked::check(&draft, gateway, model, &base, "cn");
    let generation = checked.generation().expect("nothing is wrong with it");
    let origin = Origin::of(gateway, model, base.clone(), "cn").expect("built in");
    let (mut task, effects) = Task::start("u-1".into(), origin, &generation, 1_795_262_400_000);
    let Some(Effect::Send { no, .. }) = effects.last() else { panic!("{effects:?}") };
    let body = ["{\"code\":\"InvalidApiKey\",\"message\":\"bad key ", KEY, "\",\"request_id\":\"r-1\"}"].concat();
    let answer = Response { status: 401, headers: Vec::new(), body, cut: false };
    task.advance(Input::Answered(*no, answer), 1_795_262_400_321, false);
    (Saved { task, draft }, ApiKey::new(KEY, &base).expect("a key"))
}

fn about(key: &Fingerprint) -> About<'_> {
    About {
        now_ms: 1_795_262_500_000,
        page: "https://page.example/wan/",
        browser: "Browser/1.0",
        language: "en",
        ahead_ms: Some(-1500),
        key: Some(key),
        key_variable: "DASHSCOPE_API_KEY",
    }
}

fn fingerprint() -> Fingerprint {
    Fingerprint { ends: "77aa".into(), salt: "00ff".into(), hash: "abcd".into() }
}

#[test]
fn a_report_is_an_export_that_is_taken_in_again() {
    let (saved, _) = refused();
    let text = json(&saved, &about(&fingerprint()));
    let value: serde_json::Value = serde_json::from_str(&text).expect("it is JSON");
    assert_eq!(value["report"]["key"]["ends"], "77aa");
    assert_eq!(value["report"]["clock_ahead_ms"], -1500);
    assert_eq!(value["report"]["made"], "2026-11-21T12:01:40.000Z");
    let entries = snapshot::entries(&text).expect("it is an export");
    assert_eq!(entries.len(), 1);
    let back = snapshot::read(&entries[0]).expect("the record reads");
    let mut saved = saved;
    saved.task.clean(crate::key::without_keys);
    assert_eq!((back.task.uid, back.task.exchanges, back.draft), (saved.task.uid, saved.task.exchanges, saved.draft));
}

#[test]
fn every_call_stands_in_the_har() {
    let (saved, _) = refused();
    let value: serde_json::Value = serde_json::from_str(&har(&saved.task, &about(&fingerprint()))).expect("JSON");
    assert_eq!(value["log"]["version"], "1.2");
    let entry = &value["log"]["entries"][0];
    assert_eq!(entry["startedDateTime"], "2026-11-21T12:00:00.000Z");
    assert_eq!(entry["time"], 321);
    assert_eq!(entry["request"]["method"], "POST");
    assert_eq!(entry["response"]["status"], 401);
    assert_eq!(entry["request"]["headers"][0]["value"], "Bearer $DASHSCOPE_API_KEY");
    let sent: serde_json::Value =
        serde_json::from_str(entry["request"]["postData"]["text"].as_str().expect("a body")).expect("JSON");
    assert_eq!(sent["model"], "wan2.5-t2v-preview");
    assert_eq!(value["log"]["entries"].as_array().map(Vec::len), Some(1));
}

#[test]
fn nothing_from_outside_ends_a_block_of_the_markdown() {
    let (saved, _) = refused();
    let text = markdown(&saved.task, &about(&fingerprint()));
    // The prompt has at most four backticks in a row: its fence is longer.
    assert!(text.contains("\n`````sh\n"), "{text}");
    let headings: Vec<&str> = text.lines().filter(|line| line.starts_with("## ")).collect();
    assert_eq!(headings, ["## Request", "## Calls"]);
    assert!(text.contains("- Code: `InvalidApiKey`"), "{text}");
    assert!(text.contains("### 1. create, HTTP 401, 321 ms, 2026-11-21T12:00:00.000Z"), "{text}");
}

#[test]
fn no_form_of_a_report_has_the_key() {
    let (saved, key) = refused();
    let known = fingerprint();
    let about = about(&known);
    for text in [json(&saved, &about), har(&saved.task, &about), markdown(&saved.task, &about)] {
        assert!(text.contains(KEY), "the test looks for what is there: {text}");
        let clean = redact([&key], &text);
        assert!(!clean.contains(KEY) && !clean.contains("canary"), "{clean}");
    }
    let entries = snapshot::entries(&redact([&key], &json(&saved, &about))).expect("still an export");
    assert!(snapshot::read(&entries[0]).is_ok());
}

#[test]
fn a_file_is_named_after_its_task() {
    let (saved, _) = refused();
    assert_eq!(file_name(&saved.task, "md"), "wan-2026-11-21-no-id.md");
}
