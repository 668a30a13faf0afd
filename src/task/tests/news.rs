//! Responses that only look like an end, and queries that are triggered too often.

use super::*;

const ACE: &str = r#"{"success":true,"task_id":"a-1","trace_id":"r"}"#;

/// A record of that task: the fields beside the response, and the response.
fn record(beside: &str, response: &str) -> String {
    ["{\"id\":\"a-1\",\"request\":{\"model\":\"wan2.6-t2v\"}", beside, ",\"response\":{", response, "}}"].concat()
}

#[test]
fn an_attempt_that_failed_ends_nothing_while_the_gateway_goes_on() {
    const OPEN: &str = r#","finished_at":null"#;
    const ERROR: &str = r#""error":{"code":"api_error","message":"one provider failed"}"#;
    let failed = |more: &str| [r#""success":false,"#, ERROR, more].concat();
    let mut bench = start("acedata");
    bench.answer(200, ACE);
    for (beside, response, code) in [
        (OPEN, failed(""), "api_error"),
        (OPEN, failed(r#","state":"failed""#), "api_error"),
        (OPEN, failed(r#","state":"cancelled""#), "api_error"),
        (OPEN, r#""success":false,"error":"busy""#.to_owned(), ""),
        ("", failed(r#","state":"processing""#), "api_error"),
        ("", failed(r#","state":"Pending""#), "api_error"),
        (r#","finished_at":1.5"#, failed(r#","state":"running""#), "api_error"),
        ("", r#""success":false,"error":"busy""#.to_owned(), ""),
        ("", r#""success":false,"error":null"#.to_owned(), ""),
        ("", r#""success":false,"error":"""#.to_owned(), ""),
        ("", r#""success":false,"error":{"message":"no code"}"#.to_owned(), ""),
        ("", r#""success":false"#.to_owned(), ""),
    ] {
        bench.due().answer(200, &record(beside, &response));
        assert!(matches!(bench.task.state, State::Waiting { .. }), "{beside} {response}: {:?}", bench.task.state);
        assert_eq!(bench.task.setback.as_ref().map(|fault| &*fault.code), Some(code), "{beside} {response}");
        assert!(bench.task.next_ms.is_some() && bench.task.failures == 0, "{response}: it is asked on");
    }
    // The next attempt runs, and produces the video.
    bench.due().answer(200, &record(OPEN, r#""success":true,"state":"processing""#));
    assert_eq!(bench.task.setback, None);
    bench.due().answer(200, &record(OPEN, &failed("")));
    let done = r#""success":true,"state":"completed","video_url":"https://h/v.mp4""#;
    bench.due().answer(200, &record(OPEN, done));
    assert!(matches!(bench.task.state, State::Waiting { .. }), "only the time of the end makes it one");
    bench.due().answer(200, &record(r#","finished_at":1780021242.331"#, done));
    assert!(matches!(bench.task.state, State::Done(_)) && bench.task.setback.is_none());
    assert_eq!(bench.creates, 1);
}

#[test]
fn a_failure_with_a_code_or_after_the_end_is_one() {
    const ERROR: &str = r#""error":{"code":"api_error","message":"all failed"}"#;
    for (beside, response) in [
        ("", [r#""success":false,"#, ERROR].concat()),
        ("", [r#""success":true,"state":"postprocessing","#, ERROR].concat()),
        ("", r#""state":"failed""#.to_owned()),
        (r#","finished_at":1780021242.331"#, r#""success":false,"error":"all failed""#.to_owned()),
        (r#","finished_at":"2026-11-28T10:00:00Z""#, r#""success":false,"error":null"#.to_owned()),
        (r#","finished_at":1780021242"#, r#""success":false"#.to_owned()),
    ] {
        let mut bench = start("acedata");
        bench.answer(200, ACE).due().answer(200, &record(beside, &response));
        assert!(matches!(bench.task.state, State::Failed(..)), "{beside} {response}: {:?}", bench.task.state);
        assert_eq!(bench.task.setback, None);
    }
    // A final status without a video is believed the third time, and is not a failure that advises running again.
    let mut bench = start("acedata");
    bench.answer(200, ACE);
    for _ in 0..3 {
        bench.due().answer(200, &record("", r#""state":"succeeded""#));
    }
    assert!(matches!(&bench.task.state, State::Done(done) if done.video == VideoAt::Nowhere));
    // The link counts even beside a status that reports a failure.
    let mut bench = start("acedata");
    let odd = r#""success":true,"error":"a warning","state":"completed","video_url":"https://h/v.mp4""#;
    bench.answer(200, ACE).due().answer(200, &record("", odd));
    assert!(matches!(&bench.task.state, State::Done(_)));
}

#[test]
fn an_answer_about_another_task_is_no_news_of_this_one() {
    for (gateway, created, answers, own) in [
        (
            "dashscope",
            ACCEPTED,
            [
                r#"{"output":{"task_id":"t-2","task_status":"FAILED","code":"InvalidParameter","message":"m"}}"#,
                r#"{"output":{"task_id":"t-2","task_status":"SUCCEEDED","video_url":"https://h/v.mp4"}}"#,
                r#"{"output":{"task_id":"t-2","task_status":"CANCELED"}}"#,
                r#"{"output":{"task_id":"t-2","task_status":"UNKNOWN"}}"#,
            ],
            r#"{"output":{"task_id":"t-1","task_status":"FAILED"}}"#,
        ),
        (
            "ope",
            r#"{"id":"v-1","status":"QUEUED"}"#,
            [
                r#"{"id":"v-2","status":"FAILURE"}"#,
                r#"{"id":"v-2","task_id":"v-3","status":"SUCCESS"}"#,
                r#"{"task_id":"v-2","status":"FAILED"}"#,
                r#"{"id":"v-2","status":"UNKNOWN"}"#,
            ],
            // A gateway in a chain puts its own ID beside the one it was given.
            r#"{"id":"upstream-9","task_id":"v-1","status":"FAILURE"}"#,
        ),
        (
            "acedata",
            ACE,
            [
                r#"{"id":"a-2","request":{},"response":{"state":"failed"}}"#,
                r#"{"id":"a-2","request":{},"response":{"state":"completed","success":true,"video_url":"https://h/v.mp4"}}"#,
                r#"{"id":"a-2","request":{},"response":{"state":"cancelled"}}"#,
                r#"{"id":"a-2","request":{},"response":{"success":false,"error":{"code":"forbidden","message":"m"}}}"#,
            ],
            r#"{"id":"record-9","request":{},"response":{"task_id":"a-1","state":"failed"}}"#,
        ),
    ] {
        let mut bench = start(gateway);
        bench.answer(200, created);
        let before = bench.task.state.clone();
        for answer in answers.iter().chain(&answers) {
            bench.due().answer(200, answer);
            assert_eq!(bench.task.state, before, "{gateway} {answer}");
            let kept = bench.task.exchanges.last().expect("a line in the log");
            assert_eq!(kept.received, *answer, "it stands in the log");
            let answer = Response { status: 200, body: kept.received.clone(), ..Response::default() };
            assert!(bench.task.other_task(&answer).is_some(), "{gateway}: and is told to be another's");
        }
        bench.due().answer(200, own);
        assert!(matches!(bench.task.state, State::Failed(..)), "{gateway}: {:?}", bench.task.state);
    }
}

#[test]
fn asking_now_is_paced_and_the_last_press_is_not_lost() {
    let mut bench = start("dashscope");
    bench.answer(200, ACCEPTED);
    bench.feed(Input::AskNow);
    assert!(bench.sends(Call::Query), "the first is asked at once");
    bench.answer(200, r#"{"output":{"task_status":"RUNNING"}}"#);
    let asked_ms = bench.now;
    let mut sent = 0;
    for _ in 0..14 {
        bench.now += 70;
        bench.feed(Input::AskNow);
        sent += u32::from(bench.sends(Call::Query));
    }
    assert_eq!((sent, bench.task.next_ms), (0, Some(asked_ms + 2000)), "fourteen in a second are one, soon");
    bench.due();
    assert!(bench.sends(Call::Query));
    bench.answer(200, r#"{"output":{"task_status":"RUNNING"}}"#);
    bench.now += 2000;
    bench.feed(Input::AskNow);
    assert!(bench.sends(Call::Query), "who waited is asked for at once");
    bench.answer(200, r#"{"output":{"task_status":"RUNNING"}}"#);
    // A clock that was set back delays nothing; a gateway with a shorter interval is queried at that interval.
    bench.now -= 2500;
    bench.feed(Input::AskNow);
    assert!(bench.sends(Call::Query));
    bench.answer(200, r#"{"output":{"task_status":"RUNNING"}}"#);
    bench.task.origin.poll.interval_ms = 100;
    bench.now += 100;
    bench.feed(Input::AskNow);
    assert!(bench.sends(Call::Query));
}
