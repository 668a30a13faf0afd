//! Sends whose outcome nobody knows, and the ways out: the gateway's list, an ID, a pasted response.

use super::*;

#[test]
fn an_id_from_the_user_ends_a_doubt_and_is_saved_before_it_is_asked_for() {
    let mut bench = start("ope");
    bench.answer(502, "<html>");
    assert!(bench.task.can_attach() && bench.task.ended_ms.is_some());
    bench.feed(Input::Attach(TaskId("  ".into())));
    assert!(matches!(bench.task.state, State::Doubtful(_)) && bench.effects.is_empty());
    bench.feed(Input::Attach(TaskId("v-7".into())));
    assert!(matches!(bench.effects[..], [Effect::Save, Effect::Send { call: Call::Query, .. }]));
    assert_eq!((bench.task.id.clone(), bench.task.ended_ms), (Some(TaskId("v-7".into())), None));
    bench.feed(Input::Attach(TaskId("v-8".into())));
    assert_eq!(bench.task.id, Some(TaskId("v-7".into())), "a running task keeps its id");
    assert_eq!(bench.creates, 1);
}

#[test]
fn what_was_made_is_found_in_the_gateways_list_likeliest_first() {
    let mut bench = start("dashscope");
    assert_eq!(bench.task.can_look_up(), Lookable::No);
    bench.feed(Input::NoAnswer(1, NetFault::NoAnswer));
    assert_eq!(bench.task.can_look_up(), Lookable::Yes);
    bench.feed(Input::LookUp(String::new()));
    let [Effect::Send { request, .. }] = &bench.effects[..] else { panic!("{:?}", bench.effects) };
    let list = "https://dashscope.aliyuncs.com/api/v1/tasks/?page_no=1&page_size=50&model_name=wan2.5-t2v-preview";
    assert_eq!((request.url.as_str(), request.method.name()), (list, "GET"));
    bench.feed(Input::LookUp(String::new()));
    assert!(bench.effects.is_empty(), "one look at a time");
    bench.answer(
        200,
        r#"{"total":4,"data":[
            {"task_id":"far","model_name":"wan2.5-t2v-preview","status":"RUNNING","gmt_create":900000},
            {"task_id":"other","model_name":"wan2.6-t2v","status":"RUNNING","gmt_create":1000},
            {"status":"RUNNING"}, 7,
            {"task_id":"near","model_name":"wan2.5-t2v-preview","status":"SUCCEEDED","gmt_create":1400}]}"#,
    );
    let Some(LookUp::Found(found)) = &bench.task.look_up else { panic!("{:?}", bench.task.look_up) };
    assert_eq!(found.iter().map(|task| task.id.0.as_str()).collect::<Vec<_>>(), ["near", "far", "other"]);
    assert_eq!((found[0].created_ms, found[0].word.as_str()), (Some(1400), "SUCCEEDED"));
    assert!(matches!(bench.task.state, State::Doubtful(_)), "looking changes nothing");
    bench.feed(Input::LookUp(String::new())).answer(401, r#"{"code":"InvalidApiKey","message":"no"}"#);
    assert!(matches!(&bench.task.look_up, Some(LookUp::Refused(fault)) if fault.code == "InvalidApiKey"));
    bench.feed(Input::LookUp(String::new())).answer(200, "<html>");
    assert_eq!(bench.task.look_up, Some(LookUp::Unreadable(Unreadable::Html)));
}

#[test]
fn acedatacloud_lists_a_users_tasks_and_asks_whose() {
    let mut bench = start("acedata");
    bench.answer(500, "");
    assert_eq!(bench.task.can_look_up(), Lookable::ByAccount);
    bench.feed(Input::LookUp(" ".into()));
    assert!(bench.effects.is_empty());
    bench.feed(Input::LookUp("user-1".into()));
    let [Effect::Send { request, .. }] = &bench.effects[..] else { panic!("{:?}", bench.effects) };
    let body = request.body_text().expect("a body");
    assert!(request.url.ends_with("/wan/tasks") && body.contains("\"user-1\""), "{body}");
    bench.answer(
        200,
        r#"{"count":1,"items":[{"id":"a-1","created_at":1.25,"request":{"model":"wan2.6-t2v","prompt":"a cat"},
            "response":{"state":"processing"},"user_id":"user-1"}]}"#,
    );
    let Some(LookUp::Found(found)) = &bench.task.look_up else { panic!("{:?}", bench.task.look_up) };
    assert_eq!((found[0].created_ms, found[0].prompt.as_str()), (Some(1250), "a cat"));
    let endpoint = &bench.task.origin.endpoint;
    assert_eq!(protocol::account(endpoint, r#"{"id":"a-1","user_id":"user-1"}"#), Some("user-1".into()));
    let other = start("ope");
    assert_eq!(other.task.can_look_up(), Lookable::No);
}

#[test]
fn the_paste_back_loop_needs_no_network() {
    let page = |status, body: &str| Response { status, body: body.into(), ..Response::default() };
    for (gateway, created, running, done) in [
        (
            "dashscope",
            ACCEPTED,
            r#"{"output":{"task_id":"t-1","task_status":"RUNNING"}}"#,
            r#"{"output":{"task_id":"t-1","task_status":"SUCCEEDED","video_url":"https://h/v.mp4"}}"#,
        ),
        (
            "ope",
            r#"{"id":"v-1","status":"QUEUED"}"#,
            r#"{"id":"v-1","status":"IN_PROGRESS"}"#,
            r#"{"id":"v-1","status":"SUCCESS"}"#,
        ),
        (
            "acedata",
            r#"{"task_id":"a-1"}"#,
            r#"{"id":"a-1","request":{},"response":{"state":"processing"}}"#,
            r#"{"id":"a-1","response":{"success":true,"state":"completed","video_url":"https://h/v.mp4"}}"#,
        ),
    ] {
        let sent = start(gateway).task;
        let catalog = Catalog::built_in();
        let model = catalog.gateway(gateway).and_then(|known| known.model(&sent.origin.model)).expect("built in");
        let mut draft = Draft::default();
        draft.set(FieldId::Prompt, Value::Text("a cat".into()));
        draft.set(FieldId::FirstFrame, Value::Media(crate::draft::Media::Url("https://e.com/a.png".into())));
        let known = catalog.gateway(gateway).expect("built in");
        let base = sent.origin.base.clone();
        let checked = crate::checked::check(&draft, known, model, &base, "cn");
        let generation = checked.generation().expect("nothing is wrong");
        let (task, effects) = Task::by_hand("u".into(), sent.origin, &generation, 1000);
        assert_eq!(effects, [Effect::Save]);
        let mut bench = Bench { task, now: 1000, effects, creates: 0 };
        bench.reopen(10);
        assert_eq!((&bench.task.state, bench.effects.len()), (&State::ByHand, 0), "{gateway}: it waits");
        // Text that is not a response, or not the expected one, changes nothing.
        for (call, answer) in [
            (Call::Query, page(200, running)),
            (Call::Create, page(200, "<html>")),
            (Call::Create, page(200, "")),
            (Call::Create, page(200, "{\"half\":")),
        ] {
            assert!(bench.task.misfit(call, &answer).is_some(), "{gateway} {call:?} {answer:?}");
            bench.feed(Input::Pasted(call, answer));
            assert_eq!((&bench.task.state, bench.effects.len()), (&State::ByHand, 0), "{gateway}");
        }
        bench.feed(Input::Pasted(Call::Create, page(200, created)));
        assert!(bench.task.id.is_some() && bench.effects == [Effect::Save], "{gateway}: {:?}", bench.effects);
        let other = running.replace("-1\"", "-2\"");
        assert_eq!(bench.task.misfit(Call::Query, &page(200, &other)), Some(Misfit::OtherTask), "{gateway}");
        bench.feed(Input::Pasted(Call::Query, page(200, &other)));
        assert!(matches!(bench.task.state, State::Waiting { stage: Stage::Queued, .. }), "{gateway}");
        bench.feed(Input::Pasted(Call::Query, page(200, running)));
        assert!(matches!(bench.task.state, State::Waiting { stage: Stage::Running, .. }), "{gateway}");
        assert_eq!(bench.effects, [Effect::Save], "{gateway}: nothing is asked by itself");
        bench.reopen(10).feed(Input::Due);
        assert!(!bench.sends(Call::Query), "{gateway}: nothing is asked after a reload");
        bench.feed(Input::Pasted(Call::Query, page(200, done)));
        let State::Done(end) = &bench.task.state else { panic!("{gateway}: {:?}", bench.task.state) };
        assert_ne!(end.video, VideoAt::Nowhere, "{gateway}");
        assert_eq!(bench.creates, 0);
    }
}

#[test]
fn a_pasted_answer_of_the_create_call_ends_a_doubt() {
    let mut bench = start("dashscope");
    bench.answer(504, "");
    bench.feed(Input::Pasted(Call::Create, Response { status: 200, body: ACCEPTED.into(), ..Response::default() }));
    assert_eq!(bench.task.id, Some(TaskId("t-1".into())));
    assert!(bench.effects.contains(&Effect::Wake(16_000)), "{:?}", bench.effects);
}

#[test]
fn the_answer_of_the_create_call_is_taken_even_when_it_comes_after_the_time_was_up() {
    let mut bench = start("ope");
    bench.feed(Input::NoAnswer(1, NetFault::Timeout));
    assert!(matches!(bench.task.state, State::Doubtful(_)));
    let late = |body: &str| Input::Answered(1, Response { status: 200, body: body.into(), ..Response::default() });
    bench.feed(late("<html>"));
    assert!(matches!(bench.task.state, State::Doubtful(Doubt::Network(NetFault::Timeout))));
    bench.feed(late(r#"{"id":"v-1","status":"QUEUED"}"#));
    assert_eq!((bench.task.id.clone(), bench.effects[0].clone()), (Some(TaskId("v-1".into())), Effect::Save));
    bench.feed(late(r#"{"id":"v-2","status":"QUEUED"}"#));
    assert_eq!(bench.task.id, Some(TaskId("v-1".into())), "once");
}

#[test]
fn an_end_that_comes_late_is_written_too() {
    for answer in [
        r#"{"success":true,"task_id":"t-9","data":[{"video_url":"https://h/v.mp4","state":"succeeded"}]}"#,
        r#"{"success":true,"task_id":"t-9","data":[{"state":"failed"}]}"#,
    ] {
        let mut bench = start("acedata");
        bench.feed(Input::NoAnswer(1, NetFault::Timeout));
        assert!(matches!(bench.task.state, State::Doubtful(_)) && bench.task.ended_ms.is_some());
        let rev = bench.task.rev;
        bench.feed(Input::Answered(1, Response { status: 200, body: answer.into(), ..Response::default() }));
        assert!(!matches!(bench.task.state, State::Doubtful(_)), "{answer}");
        assert!(bench.effects.contains(&Effect::Save) && bench.task.rev > rev, "{answer}: {:?}", bench.effects);
    }
}

#[test]
fn only_an_error_that_came_before_anything_was_made_is_a_refusal() {
    let doubtful = [408, 409, 425, 499, 500, 502, 503, 504, 520, 599, 302, 0];
    for status in (400..430).chain(doubtful) {
        for body in [r#"{"error":{"code":"x","message":"y"}}"#, "<html>", ""] {
            let mut bench = start("ope");
            bench.answer(status, body);
            let is_doubtful = matches!(bench.task.state, State::Doubtful(Doubt::Server(_)));
            assert_eq!(is_doubtful, doubtful.contains(&status), "{status} {body} {:?}", bench.task.state);
        }
    }
    // An error inside a success response: judged by its code.
    let mut bench = start("dashscope");
    bench.answer(200, r#"{"code":"InvalidParameter","message":"no"}"#);
    assert!(matches!(bench.task.state, State::Refused(_)));
    let mut bench = start("dashscope");
    bench.answer(200, r#"{"code":"InternalError","message":"no"}"#);
    assert!(matches!(bench.task.state, State::Doubtful(_)));
}

#[test]
fn a_double_press_is_one_wish_and_a_later_one_another() {
    let mut bench = start("dashscope");
    let catalog = Catalog::built_in();
    let gateway = catalog.gateway("dashscope").expect("built in");
    let model = gateway.model("wan2.5-t2v-preview").expect("built in");
    let base = bench.task.origin.base.clone();
    let generation = |prompt: &str| {
        let mut draft = Draft::default();
        draft.set(FieldId::Prompt, Value::Text(prompt.into()));
        crate::checked::check(&draft, gateway, model, &base, "cn").generation().expect("nothing is wrong")
    };
    let at = |task: &Task, prompt: &str, pressed_ms| press(task, generation(prompt).request(), pressed_ms);
    assert_eq!(at(&bench.task, "a cat", 1000 + 1499), Press::Same);
    // The clock may be set back between the two; or the page was busy when the first press was made, and the task is
    // dated later than both.
    assert_eq!(at(&bench.task, "a cat", 900), Press::Same);
    // Its call is still in flight.
    assert_eq!(at(&bench.task, "a cat", 1000 + 1500), Press::UnderWay);
    assert_eq!(at(&bench.task, "a dog", 1000), Press::New);
    bench.answer(200, ACCEPTED);
    assert_eq!(at(&bench.task, "a cat", 1000 + 1500), Press::New);
    // A task that another clock has dated far ahead does not hide a press.
    bench.task.started_ms = 100_000_000;
    assert_eq!(at(&bench.task, "a cat", 2000), Press::New);
}
