//! Ends without a proof, responses that come after the end, and interrupted downloads.

use super::*;

#[test]
fn an_end_without_a_link_is_believed_the_third_time_and_is_no_failure() {
    const NO_LINK: &str = r#"{"output":{"task_status":"SUCCEEDED","video_url":"javascript:x"},"usage":{"duration":5}}"#;
    let mut bench = start("dashscope");
    bench.answer(200, ACCEPTED);
    for _ in 0..2 {
        bench.due().answer(200, NO_LINK);
        assert!(matches!(bench.task.state, State::Waiting { .. }));
    }
    // A failed query says nothing about the end, and takes nothing back.
    bench.due().answer(500, "");
    bench.due().answer(200, NO_LINK);
    let State::Done(done) = &bench.task.state else { panic!("{:?}", bench.task.state) };
    assert_eq!((&done.video, done.usage.billed_ms), (&VideoAt::Nowhere, Some(5000)));
    // It is queried again when the user asks, and may have its link then.
    bench.feed(Input::Follow);
    assert!(bench.sends(Call::Query) && bench.task.ended_ms.is_none());
    bench.answer(200, r#"{"output":{"task_status":"SUCCEEDED","video_url":"https://h/v.mp4"}}"#);
    assert!(matches!(&bench.task.state, State::Done(done) if matches!(done.video, VideoAt::Link { .. })));
}

#[test]
fn an_unknown_task_is_believed_the_third_time_in_a_row() {
    for (gateway, accepted, unknown, running) in [
        (
            "dashscope",
            ACCEPTED,
            (200, r#"{"output":{"task_status":"UNKNOWN"}}"#),
            r#"{"output":{"task_status":"RUNNING"}}"#,
        ),
        (
            "ope",
            r#"{"id":"v-1","status":"QUEUED"}"#,
            (404, r#"{"error":{"message":"video not found","type":"NotFound","code":"ResourceNotFound"}}"#),
            r#"{"id":"v-1","status":"IN_PROGRESS"}"#,
        ),
    ] {
        let mut bench = start(gateway);
        bench.answer(200, accepted);
        bench.due().answer(unknown.0, unknown.1);
        bench.due().answer(unknown.0, unknown.1);
        bench.due().answer(200, running);
        for _ in 0..2 {
            bench.due().answer(unknown.0, unknown.1);
            assert!(matches!(bench.task.state, State::Waiting { .. }), "{gateway}");
        }
        bench.due().answer(unknown.0, unknown.1);
        assert!(matches!(bench.task.state, State::Lost(_)), "{gateway}");
        bench.feed(Input::Follow);
        assert!(bench.sends(Call::Query), "{gateway}: the user may ask again");
    }
}

#[test]
fn a_task_from_outside_is_asked_at_once_and_the_gateways_word_is_taken() {
    let origin = start("dashscope").task.origin;
    let (task, effects) = Task::adopt("u".into(), origin, TaskId("t-9".into()), 5000);
    assert!(matches!(effects[..], [Effect::Save, Effect::Send { call: Call::Query, .. }]));
    let mut bench = Bench { task, now: 5000, effects, creates: 0 };
    assert_eq!(bench.task.create, None);
    bench.answer(200, r#"{"output":{"task_status":"UNKNOWN"}}"#);
    assert_eq!(bench.task.state, State::Lost("UNKNOWN".into()));
}

#[test]
fn an_answer_on_its_way_when_the_task_ends_changes_nothing_any_more() {
    let mut bench = start("dashscope");
    bench.answer(200, ACCEPTED);
    bench.due();
    let asked = bench.number();
    let done = r#"{"output":{"task_id":"t-1","task_status":"SUCCEEDED","video_url":"https://h/v.mp4"}}"#;
    bench.feed(Input::Pasted(Call::Query, Response { status: 200, body: done.into(), ..Response::default() }));
    let end = bench.task.state.clone();
    assert!(matches!(end, State::Done(_)));
    for body in [r#"{"output":{"task_status":"RUNNING"}}"#, r#"{"output":{"task_status":"FAILED","code":"x"}}"#] {
        bench.feed(Input::Answered(asked, Response { status: 200, body: body.into(), ..Response::default() }));
        assert_eq!((&bench.task.state, bench.effects.len()), (&end, 0));
    }
}

#[test]
fn a_download_that_breaks_off_is_tried_again_and_then_left_to_the_user() {
    let mut bench = start("ope");
    bench.answer(200, r#"{"id":"v-1","status":"QUEUED"}"#);
    bench.due().answer(200, r#"{"id":"v-1","status":"SUCCESS"}"#);
    for tried in 1.. {
        let no = bench.number();
        bench.feed(Input::NoAnswer(no, NetFault::NoAnswer));
        assert!(matches!(bench.task.state, State::Fetching { .. }), "the task is not harmed");
        if bench.task.following == Following::GaveUp {
            assert_eq!(tried, 6);
            break;
        }
        bench.due();
    }
    bench.feed(Input::Follow);
    assert!(bench.sends(Call::Content));
}

#[test]
fn a_wish_to_cancel_ends_with_the_task() {
    let mut bench = start("dashscope");
    bench.answer(200, ACCEPTED);
    bench.due();
    let asked = bench.number();
    bench.feed(Input::Cancel);
    let cancel = bench.number();
    let done = r#"{"output":{"task_status":"SUCCEEDED","video_url":"https://h/v.mp4"}}"#;
    bench.feed(Input::Answered(asked, Response { status: 200, body: done.into(), ..Response::default() }));
    assert_eq!(bench.task.cancel, None);
    bench.feed(Input::Answered(cancel, Response { status: 500, ..Response::default() }));
    assert!(bench.task.cancel.is_none() && matches!(bench.task.state, State::Done(_)));
}
