//! The life of a task under a virtual clock.

use super::*;
use crate::catalog::{Catalog, FieldId};
use crate::draft::{Draft, Value};
use crate::http::Response;
use crate::protocol::{Candidate, Unreadable, VideoAt};

mod clean;
mod doubt;
mod end;
mod news;
mod resume;
mod twin;

struct Bench {
    task: Task,
    now: u64,
    effects: Vec<Effect>,
    creates: usize,
}

const MODELS: [(&str, &str); 3] =
    [("dashscope", "wan2.5-t2v-preview"), ("ope", "wan2.7-i2v"), ("acedata", "wan2.6-t2v")];

fn start(gateway: &str) -> Bench {
    let catalog = Catalog::built_in();
    let model = MODELS.iter().find(|(id, _)| *id == gateway).expect("listed above").1;
    let gateway = catalog.gateway(gateway).expect("built in");
    let model = gateway.model(model).expect("built in");
    let base = BaseUrl::parse(gateway.bases[0].url).expect("a base");
    let mut draft = Draft::default();
    draft.set(FieldId::Prompt, Value::Text("a cat".into()));
    draft.set(FieldId::FirstFrame, Value::Media(crate::draft::Media::Url("https://example.com/a.png".into())));
    let checked = crate::checked::check(&draft, gateway, model, &base, "cn");
    let generation = checked.generation().expect("nothing is wrong");
    let origin = Origin::of(gateway, model, base.clone(), "cn").expect("built in");
    let (task, effects) = Task::start("u".into(), origin, &generation, 1000);
    let mut bench = Bench { task, now: 1000, effects, creates: 0 };
    bench.count();
    bench
}

impl Bench {
    fn count(&mut self) {
        let is_create = |effect: &&Effect| matches!(effect, Effect::Send { call: Call::Create, .. });
        self.creates += self.effects.iter().filter(is_create).count();
    }

    fn feed(&mut self, input: Input) -> &mut Self {
        self.effects = self.task.advance(input, self.now, false);
        self.count();
        self
    }

    fn number(&self) -> u32 {
        self.task.calls
    }

    fn answer(&mut self, status: u16, body: &str) -> &mut Self {
        let no = self.number();
        self.feed(Input::Answered(no, Response { status, body: body.into(), ..Response::default() }))
    }

    fn due(&mut self) -> &mut Self {
        self.now = self.task.next_ms.expect("a query is planned");
        self.feed(Input::Due)
    }

    fn sends(&self, call: Call) -> bool {
        self.effects.iter().any(|effect| matches!(effect, Effect::Send { call: known, .. } if *known == call))
    }
}

const ACCEPTED: &str = r#"{"output":{"task_status":"PENDING","task_id":"t-1"},"request_id":"r"}"#;

#[test]
fn the_record_is_saved_before_the_create_call_and_the_id_before_the_first_query() {
    let mut bench = start("dashscope");
    assert!(matches!(bench.effects[..], [Effect::Save, Effect::Send { call: Call::Create, .. }]));
    bench.answer(200, ACCEPTED);
    assert_eq!(bench.effects, [Effect::Save, Effect::Wake(16_000)]);
    assert_eq!(bench.task.id, Some(TaskId("t-1".into())));
    bench.due();
    assert!(bench.sends(Call::Query));
}

#[test]
fn failed_queries_of_every_kind_change_nothing_and_create_is_never_sent_again() {
    let mut bench = start("dashscope");
    bench.answer(200, ACCEPTED);
    bench.due().answer(200, r#"{"output":{"task_status":"RUNNING","task_id":"t-1"}}"#);
    let running = bench.task.state.clone();
    for (status, body) in [
        (500, ""),
        (502, "<html>"),
        (200, "{\"output\":{"),
        (200, ""),
        (429, "{\"code\":\"Throttling\",\"message\":\"\"}"),
        (403, "{}"),
        (200, "[1,2]"),
    ] {
        bench.due().answer(status, body);
        assert_eq!(bench.task.state, running, "{status} {body}");
    }
    bench.due();
    let no = bench.number();
    bench.feed(Input::NoAnswer(no, NetFault::NoAnswer));
    assert_eq!(bench.task.state, running);
    bench.due().answer(
        200,
        r#"{"output":{"task_status":"SUCCEEDED","video_url":"https://h/v.mp4?S=1"},"usage":{"duration":5,"SR":720}}"#,
    );
    assert!(matches!(&bench.task.state, State::Done(done) if done.usage.billed_ms == Some(5000)));
    assert_eq!(bench.creates, 1);
}

#[test]
fn an_unknown_word_means_still_running() {
    let mut bench = start("dashscope");
    bench.answer(200, ACCEPTED);
    bench.due().answer(200, r#"{"output":{"task_status":"POLISHING"}}"#);
    assert_eq!(bench.task.state, State::Waiting { stage: Stage::Unknown, word: "POLISHING".into() });
    assert!(bench.task.next_ms.is_some());
}

#[test]
fn a_create_call_without_a_clear_answer_is_doubtful_and_stays_so() {
    for body in ["", "<html></html>", "{\"output\":{}}", "{"] {
        let mut bench = start("dashscope");
        bench.answer(200, body);
        assert!(matches!(bench.task.state, State::Doubtful(_)), "{body}");
        bench.feed(Input::Due).feed(Input::Follow).feed(Input::AskNow);
        assert_eq!((bench.creates, bench.effects.len()), (1, 0), "{body}");
    }
    let mut bench = start("ope");
    bench.answer(503, "upstream");
    assert!(matches!(bench.task.state, State::Doubtful(Doubt::Server(_))));
    let mut bench = start("acedata");
    bench.feed(Input::NoAnswer(1, NetFault::NoAnswer));
    assert!(matches!(bench.task.state, State::Doubtful(Doubt::Network(_))));
}

#[test]
fn a_refused_create_call_is_no_task() {
    let mut bench = start("dashscope");
    bench.answer(401, r#"{"code":"InvalidApiKey","message":"no","request_id":"r-9"}"#);
    assert!(matches!(&bench.task.state, State::Refused(fault) if fault.request_id == "r-9"));
}

#[test]
fn late_answer_is_ignored() {
    let mut bench = start("dashscope");
    bench.answer(200, ACCEPTED);
    bench.due();
    let late = bench.number();
    bench.answer(200, r#"{"output":{"task_status":"SUCCEEDED","video_url":"https://h/v.mp4"}}"#);
    let done = bench.task.state.clone();
    bench.feed(Input::Answered(
        late,
        Response { status: 200, body: r#"{"output":{"task_status":"RUNNING"}}"#.into(), ..Response::default() },
    ));
    assert_eq!(bench.task.state, done);
}

#[test]
fn looking_at_the_page_again_does_not_undercut_what_the_gateway_asked_for() {
    let mut bench = start("dashscope");
    bench.answer(200, ACCEPTED);
    bench.due().answer(200, r#"{"output":{"task_status":"RUNNING"}}"#);
    let (now, interval) = (bench.now, u64::from(bench.task.origin.poll.interval_ms));
    assert!(!bench.task.may_ask_early(now + interval), "it was asked a moment ago");
    assert!(bench.task.may_ask_early(now + interval + 1), "a hidden tab waits longer than the gateway wants");
    // The gateway asks for a pause.
    bench.due();
    let (no, headers) = (bench.number(), vec![("retry-after".to_owned(), "300".to_owned())]);
    let body = r#"{"output":{"task_status":"RUNNING"}}"#.to_owned();
    bench.feed(Input::Answered(no, Response { status: 200, headers, body, ..Response::default() }));
    let now = bench.now;
    assert!(!bench.task.may_ask_early(now + 299_000) && bench.task.may_ask_early(now + 300_000));
    // A restored record does not say how long the pause is.
    bench.due().answer(429, r#"{"code":"Throttling","message":"slow down"}"#);
    let now = bench.now;
    bench.task.resume(now);
    assert!(!bench.task.may_ask_early(now + 10 * interval));
}

#[test]
fn a_refused_key_pauses_and_another_goes_on() {
    let mut bench = start("dashscope");
    bench.answer(200, ACCEPTED);
    bench.due().answer(401, r#"{"code":"InvalidApiKey","message":"no"}"#);
    assert_eq!(bench.task.following, Following::KeyRefused);
    assert_eq!(bench.task.next_ms, None);
    bench.feed(Input::Follow);
    assert!(bench.sends(Call::Query));
}

#[test]
fn the_unified_result_is_fetched_and_fetched_again_when_it_is_not_ready() {
    let mut bench = start("ope");
    bench.answer(200, r#"{"id":"v-1","status":"QUEUED"}"#);
    bench.due().answer(200, r#"{"id":"v-1","status":"SUCCESS"}"#);
    assert!(bench.sends(Call::Content));
    bench.answer(400, r#"{"error":{"message":"Task is not completed yet","type":"invalid_request_error"}}"#);
    assert!(matches!(bench.task.state, State::Fetching { .. }));
    bench.due();
    let no = bench.number();
    bench.feed(Input::Received(no, 10, Some(20)));
    assert!(matches!(bench.task.state, State::Fetching { received: 10, total: Some(20), .. }));
    bench.feed(Input::Arrived(no, 20));
    assert!(matches!(bench.task.state, State::Done(_)));
}

#[test]
fn a_synchronous_answer_is_the_end() {
    let mut bench = start("acedata");
    bench.answer(200, r#"{"success":true,"task_id":"a-1","video_url":"http://h/v.mp4","state":"completed"}"#);
    let State::Done(done) = &bench.task.state else { panic!("{:?}", bench.task.state) };
    assert_eq!(done.video, VideoAt::Link { url: "https://h/v.mp4".into(), found_at: "response.video_url".into() });
}

#[test]
fn cancel_is_offered_only_where_it_is_documented_and_asks_at_once() {
    let mut bench = start("dashscope");
    assert!(!bench.task.can_cancel());
    bench.answer(200, ACCEPTED);
    bench.feed(Input::Cancel);
    assert!(bench.sends(Call::Cancel));
    bench.answer(200, r#"{"request_id":"r"}"#);
    assert!(bench.sends(Call::Query));
    bench.answer(200, r#"{"output":{"task_status":"CANCELED"}}"#);
    assert_eq!(bench.task.state, State::Canceled);
    let mut other = start("acedata");
    other.answer(200, r#"{"task_id":"a"}"#);
    assert!(!other.task.can_cancel());
}

#[test]
fn what_runs_is_not_canceled_any_more() {
    let mut bench = start("dashscope");
    bench.answer(200, ACCEPTED);
    assert!(bench.task.can_cancel() && !bench.task.is_past_cancel());
    bench.due().answer(200, r#"{"output":{"task_status":"RUNNING"}}"#);
    assert!(!bench.task.can_cancel() && bench.task.is_past_cancel());
    bench.feed(Input::Cancel);
    assert!(bench.effects.is_empty() && bench.task.cancel.is_none());
}

#[test]
fn a_task_the_gateway_does_not_know_yet_is_said_to_be_so() {
    let mut bench = start("dashscope");
    bench.answer(200, ACCEPTED);
    assert!(!bench.task.is_denied());
    bench.due().answer(200, r#"{"output":{"task_status":"UNKNOWN"}}"#);
    assert!(bench.task.is_denied() && !bench.task.state.is_final());
    bench.due().answer(200, r#"{"output":{"task_status":"RUNNING"}}"#);
    assert!(!bench.task.is_denied());
    // An end without a link is not a denial.
    bench.due().answer(200, r#"{"output":{"task_status":"SUCCEEDED"}}"#);
    assert!(!bench.task.is_denied() && !bench.task.state.is_final());
}

#[test]
fn the_page_gives_up_asking_after_its_time_and_can_be_told_to_go_on() {
    let mut bench = start("dashscope");
    bench.answer(200, ACCEPTED);
    let mut asked = 0;
    while bench.task.following == Following::Yes {
        bench.due().answer(200, r#"{"output":{"task_status":"RUNNING"}}"#);
        asked += 1;
        assert!(asked < 1000, "asking is bounded");
    }
    assert_eq!(bench.task.following, Following::GaveUp);
    bench.feed(Input::Follow);
    assert!(bench.sends(Call::Query));
}

/// The same task, read back from its record by a page that knows nothing else.
fn reopened(bench: &Bench) -> Task {
    let saved = crate::snapshot::Saved { task: bench.task.clone(), draft: Draft::default() };
    crate::snapshot::read(&crate::snapshot::write(&saved)).expect("it reads").task
}

impl Bench {
    /// Closes the page and opens it again after a while.
    fn reopen(&mut self, after_ms: u64) -> &mut Self {
        self.task = reopened(self);
        self.now += after_ms;
        self.effects = self.task.resume(self.now);
        self.count();
        self
    }
}
