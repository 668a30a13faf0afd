//! Records: everything that is kept is restored, and everything that cannot be read reports why.

use super::*;
use crate::address::BaseUrl;
use crate::catalog::{Catalog, FieldId, MediaKind};
use crate::draft::{Draft, Media, Reference, Value};
use crate::http::Response;
use crate::http::{Body, Json};
use crate::media::Format;
use crate::media::LocalFile;
use crate::price::Money;
use crate::protocol::{Call, Fault, Stage, TaskId, Usage, VideoAt};
use crate::task::Task;
use crate::task::{Cancel, Doubt, Effect, Finished, Following, Input, NetFault, Origin, State};
use std::sync::Arc;

const ODD: &str = "猫 \"\\\n\u{0}\u{202e}\u{1f}</script> 😀";

fn file() -> LocalFile {
    LocalFile {
        name: "照片 1.png".into(),
        format: Some(Format::Png),
        bytes: 20_000_000,
        pixels: Some((1280, 720)),
        alpha: false,
        base64: "QUJD".into(),
        ..LocalFile::default()
    }
}

/// A task right after Run was pressed, with a local file and a draft with every kind of value.
fn started(gateway: &str, model: &str) -> Saved {
    let catalog = Catalog::built_in();
    let gateway = catalog.gateway(gateway).expect("built in");
    let model = gateway.model(model).expect("built in");
    let base = BaseUrl::parse(gateway.bases[0].url).expect("a base");
    let mut draft = Draft::default();
    draft.set(FieldId::Prompt, Value::Text("a cat 猫 \"\\\n</script> 😀".into()));
    let frame = if model.field(FieldId::FirstFrame).is_some() && gateway.id == "dashscope" {
        Media::File(Arc::new(file()))
    } else {
        Media::Url("https://example.com/a.png".into())
    };
    draft.set(FieldId::FirstFrame, Value::Media(frame));
    draft.set(FieldId::Sound, Value::Flag(true));
    let reference =
        |kind, voice: &str| Reference { media: Media::Url("https://e.com/r".into()), kind, voice: voice.into() };
    let local = Reference { media: Media::File(Arc::new(file())), ..reference(MediaKind::Image, "") };
    let references = vec![local, reference(MediaKind::Image, ""), reference(MediaKind::Video, "https://e.com/v")];
    draft.set(FieldId::References, Value::References(references));
    let checked = crate::checked::check(&draft, gateway, model, &base, "cn");
    let generation = checked.generation().unwrap_or_else(|| panic!("{:?}", checked.problems()));
    let origin = Origin::of(gateway, model, base.clone(), "cn").expect("built in");
    Saved { task: Task::start("u-1".into(), origin, &generation, 1_795_262_400_000).0, draft }
}

/// What is restored from a record: the same without the bytes of files, and with nothing in flight.
fn kept(saved: &Saved) -> Saved {
    let mut kept = saved.clone();
    kept.task.now = crate::task::Present::default();
    let bare = Arc::new(LocalFile { base64: String::new(), ..file() });
    if let Some(Value::Media(Media::File(_))) = kept.draft.get(FieldId::FirstFrame) {
        kept.draft.set(FieldId::FirstFrame, Value::Media(Media::File(Arc::clone(&bare))));
    }
    if let Some(Value::References(list)) = kept.draft.get(FieldId::References) {
        let mut list = list.clone();
        let files = list.iter_mut().filter(|entry| entry.media.file().is_some());
        files.for_each(|entry| entry.media = Media::File(Arc::clone(&bare)));
        kept.draft.set(FieldId::References, Value::References(list));
    }
    if let Some(Body::Json(body)) = kept.task.create.as_mut().and_then(|create| create.body.as_mut()) {
        strip(body, &bare);
    }
    kept
}

fn strip(body: &mut Json, bare: &Arc<LocalFile>) {
    match body {
        Json::File(file) => *file = Arc::clone(bare),
        Json::List(list) => list.iter_mut().for_each(|item| strip(item, bare)),
        Json::Object(members) => members.iter_mut().for_each(|(_, member)| strip(member, bare)),
        _ => {}
    }
}

fn fault() -> Fault {
    Fault { status: 503, code: ODD.into(), message: ODD.into(), request_id: "r-1".into(), after_ms: Some(116) }
}

fn finished(video: VideoAt) -> Finished {
    let usage = Usage {
        billed_ms: Some(5000),
        output_ms: Some(5041),
        input_ms: Some(1),
        tier: Some("720P".into()),
        size: Some("1280*720".into()),
    };
    Finished { video, usage, word: "SUCCEEDED".into(), actual_prompt: Some(ODD.into()), at_ms: 1_795_262_500_000 }
}

fn link() -> VideoAt {
    VideoAt::Link { url: "https://h/v.mp4?Signature=a%2Bb&Expires=1".into(), found_at: "output.video_url".into() }
}

/// Every state, with every field filled in.
fn states() -> Vec<State> {
    let unreadable = super::names::UNREADABLE.map(|(_, why)| State::Doubtful(Doubt::Unreadable(why)));
    let net = super::names::NET.map(|(_, net)| State::Doubtful(Doubt::Network(net)));
    let waiting = super::names::STAGES.map(|(_, stage)| State::Waiting { stage, word: ODD.into() });
    let mut states = vec![
        State::Sending,
        State::NotSent,
        State::ByHand,
        State::Refused(fault()),
        State::Doubtful(Doubt::Server(fault())),
        State::Waiting { stage: Stage::Queued, word: String::new() },
        State::Fetching { received: 10, total: Some(20), finished: finished(VideoAt::Content) },
        State::Fetching { received: 0, total: None, finished: finished(VideoAt::Content) },
        State::Done(finished(link())),
        State::Done(finished(VideoAt::Content)),
        State::Done(finished(VideoAt::Nowhere)),
        State::Failed(fault(), "FAILED".into()),
        State::Canceled,
        State::Lost("UNKNOWN".into()),
    ];
    states.extend(unreadable.into_iter().chain(net).chain(waiting));
    states
}

#[test]
fn every_field_of_every_state_comes_back() {
    let models = [
        ("dashscope", "wan2.7-i2v"),
        ("dashscope", "wan2.5-t2v-preview"),
        ("ope", "wan2.7-i2v"),
        ("acedata", "wan2.6-t2v"),
        ("crazyrouter", "wan2.5-i2v-preview"),
    ];
    for (gateway, model) in models {
        for (index, state) in states().into_iter().enumerate() {
            let mut saved = started(gateway, model);
            let task = &mut saved.task;
            task.id = Some(TaskId(ODD.into()));
            task.state = state;
            task.following = super::names::FOLLOWING[index % 6].1.clone();
            task.cancel =
                [None, Some(Cancel::Asked), Some(Cancel::Taken), Some(Cancel::Refused(fault()))][index % 4].clone();
            task.setback = Some(fault()).filter(|_| index % 3 == 1);
            task.ended_ms = Some(7).filter(|_| index % 2 == 0);
            task.next_ms = Some(8).filter(|_| index % 3 == 0);
            (task.rev, task.failures) = (9, 3);
            let exchange = &mut task.exchanges[0];
            (exchange.took_ms, exchange.status, exchange.net) = (Some(5), Some(200), Some(NetFault::Timeout));
            (exchange.received, exchange.request_id) = (ODD.into(), "r".into());
            let text = write(&saved);
            assert_eq!(read(&text), Ok(kept(&saved)), "{gateway} {model} {index}: {text}");
        }
    }
}

#[test]
fn the_body_keeps_its_order_and_the_file_its_marks_but_not_its_bytes() {
    let saved = started("dashscope", "wan2.7-i2v");
    let body = saved.task.create.as_ref().and_then(|create| create.body.clone()).expect("a body");
    assert!(body.has_file());
    let text = write(&saved);
    assert!(!text.contains("QUJD"), "the bytes are not in the record");
    let back = read(&text).expect("it reads");
    let marked = back.task.create.and_then(|create| create.body).expect("a body").print(crate::http::Files::Marked);
    assert_eq!(marked, body.print(crate::http::Files::Marked));
    let Some(Value::Media(Media::File(file))) = back.draft.get(FieldId::FirstFrame) else { panic!("a file") };
    assert!(file.is_missing() && file.name == "照片 1.png");
}

#[test]
fn what_was_brought_along_comes_back_and_nothing_forged_with_it() {
    let mut saved = started("dashscope", "wan2.7-i2v");
    let odd = Json::List(vec![Json::Raw("null".into()), Json::Raw("1.50".into()), Json::Text(ODD.into())]);
    saved.draft.keep_extra(vec![("input['a.b']".into(), odd.clone()), ("x".into(), Json::Raw("1e400".into()))]);
    if let Some(request) = &mut saved.task.create {
        let Some(Body::Json(body)) = &mut request.body else { panic!("a create call has a body") };
        body.put("extra", odd);
    }
    let text = write(&saved);
    assert_eq!(read(&text), Ok(kept(&saved)));
    // A number is printed verbatim, so it must be one.
    let forged = text.replace("1e400", "1, \\\"model\\\": 2");
    assert_ne!(forged, text);
    assert!(matches!(read(&forged), Err(Unreadable::Part(_))));
}

#[test]
fn a_draft_with_a_missing_file_cannot_be_sent() {
    let back = read(&write(&started("dashscope", "wan2.7-i2v"))).expect("it reads");
    let catalog = Catalog::built_in();
    let gateway = catalog.gateway("dashscope").expect("built in");
    let model = gateway.model("wan2.7-i2v").expect("built in");
    let base = BaseUrl::parse(gateway.bases[0].url).expect("a base");
    let checked = crate::checked::check(&back.draft, gateway, model, &base, "cn");
    let gone = |problem: &&crate::checked::Problem| {
        problem.kind == crate::checked::ProblemKind::File(crate::media::looked::Fault::Gone)
    };
    assert_eq!(checked.problems().iter().filter(gone).count(), 1);
    assert_eq!(checked.generation(), None);
}

#[test]
fn what_cannot_be_read_says_why() {
    let good = write(&started("dashscope", "wan2.5-t2v-preview"));
    for cut in [1, good.len() / 3, good.len() / 2, good.len() - 1] {
        assert_eq!(read(&good[..cut]), Err(Unreadable::NotJson), "{cut}");
    }
    for text in ["null", "[]", "7", "{}", "{\"wan-playground-task\":\"1\"}", "{\"wan-playground-task\":0}"] {
        assert_eq!(read(text), Err(Unreadable::NotARecord), "{text}");
    }
    let later = good.replace("\"wan-playground-task\": 1", "\"wan-playground-task\": 3");
    assert_eq!(read(&later), Err(Unreadable::Future(3)));
    let forged = |from: &str, to: &str| {
        let text = good.replace(from, to);
        assert_ne!(text, good, "{from}");
        read(&text)
    };
    assert_eq!(forged("\"uid\": \"u-1\"", "\"uid\": \"\""), Err(Unreadable::Part("uid")));
    assert_eq!(forged("\"rev\": 1", "\"rev\": -1"), Err(Unreadable::Part("rev")));
    assert_eq!(forged("\"is\": \"sending\"", "\"is\": \"sleeping\""), Err(Unreadable::Part("is")));
    // No page writes a running task without an ID.
    let running = "\"is\": \"waiting\", \"stage\": \"queued\"";
    assert_eq!(forged("\"is\": \"sending\"", running), Err(Unreadable::Part("id")));
    // Paths that lead out of the gateway's own origin.
    for path in ["//evil.example", "@evil.example", ".evil.example/x", "/../x", "/a?b", "/a#b", "/a b"] {
        let query = ["\"query\": \"", path, "\""].concat();
        assert_eq!(forged("\"query\": \"/api/v1/tasks/{task_id}\"", &query), Err(Unreadable::Part("query")), "{path}");
    }
    for base in ["http://evil.example", "javascript:alert(1)", "https://u:p@h"] {
        let base = ["\"base\": \"", base, "\""].concat();
        assert_eq!(forged("\"base\": \"https://dashscope.aliyuncs.com\"", &base), Err(Unreadable::Part("base")));
    }
}

#[test]
fn every_path_that_a_catalog_may_hold_is_read_again() {
    let mut saved = started("dashscope", "wan2.5-t2v-preview");
    let endpoint = &mut saved.task.origin.endpoint;
    endpoint.create = "/~proxy/v1/videos:generate";
    endpoint.query = "/v1/a..b/{task_id}:get";
    endpoint.cancel = Some("/v1/tasks/{task_id}:cancel");
    endpoint.list = Some("/v1/tasks/");
    let again = read(&write(&saved)).expect("it is legal");
    assert_eq!(again.task.origin.endpoint, saved.task.origin.endpoint);
}

#[test]
fn a_forged_result_link_is_not_taken() {
    let mut saved = started("dashscope", "wan2.5-t2v-preview");
    saved.task.state = State::Done(finished(link()));
    let text = write(&saved);
    for evil in ["javascript:alert(1)", "data:text/html,x", "//h/v.mp4", "https://u:p@h/v.mp4"] {
        let forged = text.replace("https://h/v.mp4?Signature=a%2Bb&Expires=1", evil);
        assert_eq!(read(&forged), Err(Unreadable::Part("link")), "{evil}");
    }
}

#[test]
fn no_part_of_a_record_may_be_of_any_type_and_none_makes_the_reader_fail() {
    let mut saved = started("dashscope", "wan2.7-i2v");
    saved.task.state = State::Done(finished(link()));
    let value: serde_json::Value = serde_json::from_str(&write(&saved)).expect("JSON");
    let mut places = Vec::new();
    walk(&value, String::new(), &mut places);
    assert!(places.len() > 100, "the walk finds the members");
    for place in &places {
        for strange in ["null", "true", "-1", "1e300", "18446744073709551615", "\"x\"", "[]", "[[[]]]", "{}"] {
            let mut broken = value.clone();
            *broken.pointer_mut(place).expect("it was found") = serde_json::from_str(strange).expect("JSON");
            // It is read or rejected, but never panics; and what is read can be written and read again.
            if let Ok(saved) = read(&broken.to_string()) {
                assert_eq!(read(&write(&saved)), Ok(saved), "{place} {strange}");
            }
        }
    }
}

fn walk(value: &serde_json::Value, at: String, out: &mut Vec<String>) {
    use serde_json::Value as Any;
    match value {
        Any::Object(members) => members.iter().for_each(|(name, member)| walk(member, [&at, "/", name].concat(), out)),
        Any::Array(list) => list.iter().enumerate().for_each(|(at_index, member)| {
            walk(member, [&at, "/", &at_index.to_string()].concat(), out);
        }),
        _ => {}
    }
    out.push(at);
}

/// A request that no form makes, sent to the byte.
const PASTED: &str =
    "{\"model\": \"wan2.5-t2v-preview\",\r\n  \"prompt\": \"猫 \\u0021 \\\"\", \"resolution\": 720P,}\n";

/// A task of such a request, and a draft with a field that is kept unsent.
fn pasted() -> Saved {
    let mut saved = started("dashscope", "wan2.5-t2v-preview");
    if let Some(create) = &mut saved.task.create {
        create.body = Some(Body::Exact(PASTED.to_owned()));
    }
    saved.draft.withhold(FieldId::PromptExtend);
    saved.draft.withhold(FieldId::Async);
    saved
}

#[test]
fn a_request_that_was_sent_as_pasted_comes_back_to_the_byte_in_the_second_version() {
    for text in [PASTED, "", "{", ODD] {
        let mut saved = pasted();
        if let Some(create) = &mut saved.task.create {
            create.body = Some(Body::Exact(text.to_owned()));
        }
        let record = write(&saved);
        assert!(record.contains("\"wan-playground-task\": 2"), "{record}");
        assert_eq!(read(&record), Ok(kept(&saved)), "{record}");
        // Sent again it is the same.
        let again = read(&record).expect("it reads").task.again("u-2".into(), 9).expect("it can be sent").0;
        assert_eq!(again.create.and_then(|create| create.body), Some(Body::Exact(text.to_owned())));
        // A page that does not know such bodies must not send it without one.
        let old = record.replace("\"wan-playground-task\": 2", "\"wan-playground-task\": 3");
        assert_eq!(read(&old), Err(Unreadable::Future(3)));
    }
    // What the page printed stays readable for earlier pages.
    assert!(write(&started("dashscope", "wan2.7-i2v")).contains("\"wan-playground-task\": 1"));
}

#[test]
fn a_record_of_version_2_is_read() {
    let text = include_str!("../../tests/fixtures/snapshots/2-exact.json");
    let saved = read(text).expect("version 2 is read");
    assert!(saved.task.is_exact());
    assert_eq!(saved.task.create.and_then(|create| create.body_text()).as_deref(), Some(PASTED));
    assert_eq!(saved.draft.withheld(), [FieldId::PromptExtend, FieldId::Async]);
}

#[test]
fn records_of_version_1_are_read() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/snapshots/");
    let text = |name: &str| std::fs::read_to_string([folder, name].concat()).expect("the fixture is there");
    let sending = read(&text("1-sending.json")).expect("version 1 is read");
    assert_eq!((sending.task.state, sending.task.id), (State::Sending, None));
    let create = sending.task.create.expect("its create call");
    assert_eq!(create.url, "https://dashscope.aliyuncs.com/api/v1/services/aigc/video-generation/video-synthesis");
    assert!(create.body.expect("a body").has_file());
    assert!(sending.draft.get(FieldId::Prompt).is_some() && sending.draft.get(FieldId::References).is_some());
    let waiting = read(&text("1-waiting.json")).expect("version 1 is read").task;
    assert_eq!(waiting.id, Some(TaskId("t-1".into())));
    assert_eq!(waiting.state, State::Waiting { stage: Stage::Running, word: "RUNNING".into() });
    assert_eq!((waiting.rev, waiting.failures, waiting.calls, waiting.next_ms), (3, 0, 2, Some(1_795_262_430_000)));
    assert_eq!(waiting.exchanges[1].call, Call::Query);
    let estimate = waiting.estimate.expect("an estimate");
    assert_eq!((estimate.total, estimate.tier.as_str()), (Money::parse("5.00"), "1080P"));
    let done = read(&text("1-done.json")).expect("version 1 is read").task;
    let State::Done(finished) = done.state else { panic!("{:?}", done.state) };
    assert_eq!(finished.video, link());
    assert_eq!((finished.usage.billed_ms, done.ended_ms), (Some(5000), Some(1_795_262_430_000)));
    let doubtful = read(&text("1-doubtful.json")).expect("version 1 is read").task;
    assert_eq!(doubtful.state, State::Doubtful(Doubt::Network(NetFault::Closed)));
    assert_eq!(doubtful.following, Following::Yes);
}

/// Writes the fixtures of a new version, in a folder of their own. Run by hand when there is a new one; the old ones never
/// change.
#[test]
#[ignore = "writes files"]
fn write_the_fixtures_of_this_version() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/target/snapshots/");
    std::fs::create_dir_all(folder).expect("it can be made");
    let save = |name: &str, saved: &Saved| {
        let path = [folder, &VERSION.to_string(), "-", name, ".json"].concat();
        std::fs::write(path, write(saved)).expect("it can be written");
    };
    save("exact", &pasted());
    let answer = |body: &str| Response { status: 200, body: body.into(), ..Response::default() };
    let mut saved = started("dashscope", "wan2.7-i2v");
    save("sending", &saved);
    let at = |seconds: u64| 1_795_262_400_000 + seconds * 1000;
    let created = answer(r#"{"output":{"task_status":"PENDING","task_id":"t-1"},"request_id":"r-1"}"#);
    saved.task.advance(Input::Answered(1, created), at(1), false);
    saved.task.next_ms = Some(at(15));
    let effects = saved.task.advance(Input::Due, at(15), false);
    assert!(matches!(effects[..], [Effect::Send { .. }]));
    saved.task.advance(Input::Answered(2, answer(r#"{"output":{"task_status":"RUNNING"}}"#)), at(15), false);
    save("waiting", &saved);
    saved.task.advance(Input::Due, at(30), false);
    let done = r#"{"output":{"task_status":"SUCCEEDED","video_url":"https://h/v.mp4?Signature=a%2Bb&Expires=1"},"usage":{"duration":5,"SR":720}}"#;
    saved.task.advance(Input::Answered(3, answer(done)), at(30), false);
    save("done", &saved);
    let mut closed = read(&write(&started("acedata", "wan2.6-t2v"))).expect("it reads");
    closed.task.resume(at(99));
    save("doubtful", &closed);
}

#[test]
fn a_line_tells_what_a_list_shows() {
    let mut saved = started("dashscope", "wan2.7-i2v");
    saved.draft.set(FieldId::Prompt, Value::Text(["a\ncat\u{1f}", &"x".repeat(500)].concat()));
    saved.task.id = Some(TaskId("t\u{1f}\n1".into()));
    for state in states() {
        saved.task.state = state;
        let summary = Summary::of(&saved);
        assert_eq!(summary.kind, Kind::of(&saved.task.state));
        assert_eq!(Summary::read(&summary.line()), Some(summary.clone()));
        assert_eq!(summary.prompt.chars().count(), 120);
        let is_billed = matches!(&saved.task.state, State::Done(done) if done.usage.billed_ms.is_some());
        assert!(is_billed || summary.price == Some((Money::parse("5").expect("money"), "CNY".into())));
        assert!(!summary.line().contains('\n'));
    }
    // Once the gateway has reported what it billed, that is the price.
    let mut usage = Usage { billed_ms: Some(4_300), tier: None, ..Usage::default() };
    let mut price_of = |usage: &Usage| {
        let finished = Finished {
            usage: usage.clone(),
            video: VideoAt::Content,
            word: String::new(),
            actual_prompt: None,
            at_ms: 1,
        };
        saved.task.state = State::Done(finished);
        Summary::of(&saved).price.map(|(money, _)| money.decimal())
    };
    assert_eq!(price_of(&usage).as_deref(), Some("4.30"));
    usage.tier = Some("4K".to_owned());
    assert_eq!(price_of(&usage), None, "made in another tier than the price was for");
    usage.billed_ms = None;
    assert_eq!(price_of(&usage).as_deref(), Some("5.00"));
    for line in ["", "1", "2\u{1f}u", &Summary::of(&saved).line()[..40], "{\"wan-playground-task\":1}"] {
        assert_eq!(Summary::read(line), None, "{line:?}");
    }
}

#[test]
fn an_export_brings_back_every_record_readable_or_not() {
    let good = write(&started("dashscope", "wan2.7-i2v"));
    let later = good.replace("\"wan-playground-task\": 1", "\"wan-playground-task\": 99");
    let texts = [good.as_str(), "half of {\"a rec", later.as_str(), "", "[1,2", good.as_str(), ODD];
    let file = export(texts.into_iter());
    let whole: serde_json::Value = serde_json::from_str(&file).expect("the file is JSON");
    assert_eq!(whole["wan-playground-export"], 1);
    assert_eq!(whole["records"].as_array().map(Vec::len), Some(texts.len()));
    let back = entries(&file).expect("it reads");
    assert_eq!(back, texts);
    assert_eq!(read(&back[0]), read(&good));
    assert_eq!(entries(&export(std::iter::empty())), Ok(Vec::new()));
    assert_eq!(entries(&file[..file.len() - 4]), Err(Unreadable::NotJson));
    assert_eq!(entries("{\"records\":[]}"), Err(Unreadable::NotARecord));
    assert_eq!(entries("<html>"), Err(Unreadable::NotJson));
    assert_eq!(entries("{\"wan-playground-export\":2,\"records\":[]}"), Err(Unreadable::Future(2)));
    assert_eq!(entries("{\"wan-playground-export\":1}"), Err(Unreadable::Part("records")));
}
