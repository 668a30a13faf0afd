//! A second task from the one create call.

use super::*;

/// A task whose create call the browser may have repeated, accepted as `t-1`.
fn maybe_twice() -> Bench {
    let mut bench = start("dashscope");
    bench.feed(Input::MayBeTwice);
    bench.answer(200, ACCEPTED);
    bench
}

/// The gateway's list with these tasks: ID, model, seconds after the first.
fn list(tasks: &[(&str, &str, u64)]) -> String {
    let row = |(id, model, second): &(&str, &str, u64)| {
        format!(
            r#"{{"task_id":"{id}","model_name":"{model}","gmt_create":{},"status":"RUNNING"}}"#,
            1_764_000_000_000 + second * 1000
        )
    };
    format!(r#"{{"request_id":"r","data":[{}]}}"#, tasks.iter().map(row).collect::<Vec<_>>().join(","))
}

#[test]
fn a_call_that_left_once_is_not_looked_for() {
    let mut bench = start("dashscope");
    bench.answer(200, ACCEPTED);
    assert!(!bench.sends(Call::LookUp));
    assert_eq!(bench.task.twin, Twin::None);
}

#[test]
fn a_call_that_may_have_left_twice_is_looked_for_once_the_id_is_known_and_its_twin_is_named() {
    let mut bench = maybe_twice();
    assert!(bench.sends(Call::LookUp), "{:?}", bench.effects);
    let model = "wan2.5-t2v-preview";
    let rows = [("t-0", model, 0), ("t-1", model, 1), ("t-far", model, 400), ("t-other", "wan2.2-t2v-plus", 1)];
    bench.answer(200, &list(&rows));
    assert_eq!(bench.task.twin, Twin::Found(vec![TaskId("t-0".into())]));
    assert_eq!(bench.effects.first(), Some(&Effect::Save), "what is found is written down");
    assert!(bench.task.look_up.is_none(), "nobody asked for the list");
    assert_eq!(bench.creates, 1);
}

#[test]
fn a_list_that_shows_one_task_ends_the_search() {
    let mut bench = maybe_twice();
    bench.answer(200, &list(&[("t-1", "wan2.5-t2v-preview", 1)]));
    assert_eq!(bench.task.twin, Twin::None);
    bench.due();
    bench.answer(200, r#"{"output":{"task_status":"RUNNING","task_id":"t-1"},"request_id":"r"}"#);
    assert!(!bench.sends(Call::LookUp));
}

#[test]
fn a_list_that_lags_or_fails_is_asked_again_a_few_times_and_a_reload_forgets_nothing() {
    let mut bench = maybe_twice();
    bench.answer(200, &list(&[]));
    assert_eq!(bench.task.twin, Twin::Possible, "the list does not have the task itself yet");
    let mut looks = 1;
    // Temporary errors are retried; a list that is refused, or lacks the task, is requested only a few times in all.
    for trouble in [(500, ""), (502, "<html>"), (403, "{}"), (403, "{}"), (403, "{}"), (403, "{}")] {
        bench.due();
        bench.answer(200, r#"{"output":{"task_status":"RUNNING","task_id":"t-1"},"request_id":"r"}"#);
        if bench.sends(Call::LookUp) {
            looks += 1;
            bench.answer(trouble.0, trouble.1);
        }
    }
    assert_eq!(looks, 5);
    bench.feed(Input::LookForTwin);
    assert!(bench.sends(Call::LookUp), "whoever asks gets a look");
    let no = bench.number();
    bench.feed(Input::NoAnswer(no, NetFault::NoAnswer)).feed(Input::Stop).feed(Input::LookForTwin);
    assert!(bench.sends(Call::LookUp), "whether or not the page asks by itself");
    let no = bench.number();
    bench.feed(Input::NoAnswer(no, NetFault::NoAnswer));
    assert!(matches!(bench.task.state, State::Waiting { .. }), "a list that fails says nothing of the task");
    let saved = crate::snapshot::Saved { task: bench.task.clone(), draft: Draft::default() };
    let text = crate::snapshot::write(&saved);
    let back = crate::snapshot::read(&text).expect("it was just written");
    assert_eq!(back.task.twin, Twin::Possible);
}

#[test]
fn what_was_sent_again_stays_so() {
    let mut bench = start("dashscope");
    bench.answer(500, "");
    bench.feed(Input::SentAgain("u-2".into()));
    assert_eq!(bench.effects, [Effect::Save]);
    bench.feed(Input::SentAgain("u-3".into()));
    assert_eq!(bench.task.again.as_deref(), Some("u-2"));
}
