//! Responses that no document shows in full: mixed shapes, errors within errors, and what clients write for missing
//! values.

use super::*;
use crate::catalog::Catalog;

fn event(gateway: &str, endpoint: &str, call: Call, status: u16, body: &str) -> Event {
    let catalog = Catalog::built_in();
    let gateway = catalog.gateway(gateway).expect("a gateway of the catalog");
    let endpoint = gateway.endpoints.get(endpoint).expect("an endpoint of the catalog");
    read(endpoint, call, &Response { status, body: body.to_owned(), ..Response::default() })
}

fn dashscope(body: &str) -> Event {
    event("dashscope", "video", Call::Query, 200, body)
}

fn place(body: &str) -> String {
    match dashscope(body) {
        Event::Done { video: VideoAt::Link { url, found_at }, .. } => [&url, " at ", &found_at].concat(),
        other => format!("{other:?}"),
    }
}

fn usage(usage: &str) -> Usage {
    match dashscope(&format!(r#"{{"output":{{"task_status":"SUCCEEDED"}},"usage":{usage}}}"#)) {
        Event::Done { usage, .. } => usage,
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_link_is_found_in_every_shape_of_results_and_beside_them() {
    let link = "https://dashscope-result-wlcb-acdr-1.oss-cn-wulanchabu-acdr-1.aliyuncs.com/v.mp4";
    for (output, at) in [
        (r#""video_url":"LINK""#, "output.video_url"),
        (r#""results":{"video_url":"LINK"}"#, "output.results.video_url"),
        (r#""results":[{"url":"LINK"}]"#, "output.results[0].url"),
        (r#""results":[{"video_url":"LINK"}]"#, "output.results[0].video_url"),
        // Old and new names together, and empty values or values that are not links.
        (r#""video_url":"LINK","results":{"video_url":"https://h/other.mp4"}"#, "output.video_url"),
        (r#""video_url":"","results":{"video_url":"LINK"}"#, "output.results.video_url"),
        (r#""video_url":null,"results":{"video_url":"","url":7},"results":[{"url":"LINK"}]"#, "output.results[0].url"),
        (r#""video_url":"javascript:alert(1)","results":{"video_url":"LINK"}"#, "output.results.video_url"),
        (r#""video_url":{"url":"x"},"results":{"video_url":"LINK"}"#, "output.results.video_url"),
    ] {
        let body = format!(r#"{{"output":{{"task_status":"SUCCEEDED",{}}}}}"#, output.replace("LINK", link));
        assert_eq!(place(&body), format!("{link} at {at}"), "{output}");
    }
    for host in ["zjk", "sz", "hy", "cd"] {
        let link = format!("http://dashscope-result-{host}.oss-cn-x.aliyuncs.com/v.mp4?Signature=%2b");
        let body = format!(r#"{{"output":{{"task_status":"SUCCEEDED","results":{{"video_url":"{link}"}}}}}}"#);
        assert_eq!(place(&body), format!("{} at output.results.video_url", link.replace("http:", "https:")));
    }
    let amazon =
        r#"{"output":{"task_status":"SUCCEEDED","video_url":"https://b.s3.cn-northwest-1.amazonaws.com.cn/v.mp4"}}"#;
    assert!(place(amazon).starts_with("https://b.s3.cn-northwest-1.amazonaws.com.cn/"));
    for nowhere in [r#""results":{}"#, r#""results":[]"#, r#""results":null"#, r#""results":"https://h/v.mp4""#] {
        let body = format!(r#"{{"output":{{"task_status":"SUCCEEDED",{nowhere}}}}}"#);
        assert!(matches!(dashscope(&body), Event::Done { video: VideoAt::Nowhere, .. }), "{nowhere}");
    }
}

#[test]
fn usage_is_read_with_fractions_sums_and_numbers_as_text() {
    let of = |text: &str| {
        let Usage { billed_ms, output_ms, input_ms, tier, size } = usage(text);
        (billed_ms, output_ms, input_ms, tier, size)
    };
    let tier = |tier: &str| Some(tier.to_owned());
    let speech = r#"{"duration":18.13,"video_count":1,"SR":480,"size":"","fps":16}"#;
    assert_eq!(of(speech), (Some(18_130), None, None, tier("480P"), None));
    let animate = r#"{"video_duration":5.2,"video_ratio":"standard"}"#;
    assert_eq!(of(animate), (Some(5200), Some(5200), None, tier("wan-std"), None));
    // The cost of references is a sum with a fraction.
    let sum = r#"{"duration":10.04,"input_video_duration":5.04,"output_video_duration":5,"SR":"720"}"#;
    assert_eq!(of(sum), (Some(10_040), Some(5000), Some(5040), tier("720P"), None));
    let text = r#"{"duration":"5","output_video_duration":"5.0","SR":"540P","ratio":"3368:3409","fps":"30","x":[1]}"#;
    assert_eq!(of(text), (Some(5000), Some(5000), None, tier("540P"), None));
    assert_eq!(of(r#"{"SR":1080.0,"duration":5}"#), (Some(5000), None, None, tier("1080P"), None));
    for nothing in
        [r#"{"SR":"","duration":"","size":""}"#, r#"{"SR":null,"duration":null}"#, "null", "[]", "\"\"", "{}"]
    {
        assert_eq!(of(nothing), (None, None, None, None, None), "{nothing}");
    }
    let template =
        r#"{"output":{"task_status":"SUCCEEDED","video_url":"https://h/v.mp4","orig_prompt":"","actual_prompt":""}}"#;
    assert!(matches!(dashscope(template), Event::Done { actual_prompt: None, .. }), "an empty prompt is none");
}

#[test]
fn states_in_other_languages_go_on_and_empty_texts_are_nothing() {
    for word in ["处理中", "等待中", "En cours", "выполняется", "SUSPENDED"] {
        let body = format!(r#"{{"output":{{"task_id":"t","task_status":"{word}"}}}}"#);
        assert_eq!(dashscope(&body), Event::Progress(Stage::Unknown, word.to_owned()));
        let body = format!(r#"{{"id":"t","request":{{}},"response":{{"state":"{word}"}}}}"#);
        let read = event("acedata", "wan", Call::Query, 200, &body);
        assert_eq!(read, Event::Progress(Stage::Unknown, word.to_owned()));
    }
    // Alibaba's own client writes both for a successful call.
    let well = r#"{"code":"","message":"","error":"","status":"queued","task_id":"task_1"}"#;
    let created = event("crazyrouter", "generations", Call::Create, 200, well);
    assert_eq!(created, Event::Accepted(TaskId("task_1".to_owned())));
    let well = r#"{"code":"","message":"","output":{"task_id":"t","task_status":"PENDING"}}"#;
    assert_eq!(event("dashscope", "video", Call::Create, 200, well), Event::Accepted(TaskId("t".to_owned())));
    assert_eq!(event("dashscope", "video", Call::Cancel, 200, r#"{"code":"","request_id":"r"}"#), Event::CancelTaken);
    // Numbers where strings are documented.
    let number = r#"{"output":{"task_id":7001,"task_status":"PENDING"}}"#;
    assert_eq!(event("dashscope", "video", Call::Create, 200, number), Event::Accepted(TaskId("7001".to_owned())));
    // An error status needs no code.
    let bare = event("dashscope", "video", Call::Create, 400, r#"{"code":"","message":"why"}"#);
    assert!(matches!(bare, Event::Refused(fault) if fault.message == "why"));
}

#[test]
fn errors_within_errors_are_unwrapped_up_to_three_levels() {
    let wrap = |code: &str, inner: &str| serde_json::json!({"code": code, "message": inner, "data": null}).to_string();
    let upstream = r#"{"code":"DataInspectionFailed","message":"Input data may contain inappropriate content."}"#;
    let openai = r#"{"error":{"message":"no such model","type":"new_api_error","code":"model_not_found"}}"#;
    let of = |body: &str| match event("crazyrouter", "generations", Call::Create, 200, body) {
        Event::Refused(fault) => format!("{}: {}", fault.code, fault.message),
        other => format!("{other:?}"),
    };
    let moderated = "DataInspectionFailed: Input data may contain inappropriate content.";
    let once = wrap("fail_to_fetch_task", upstream);
    let twice = wrap("ali_api_error", &once);
    let thrice = wrap("server_error", &twice);
    for body in [&once, &twice, &thrice] {
        assert_eq!(of(body), moderated, "{body}");
    }
    // Deeper than any gateway writes: what is there stays unchanged.
    assert!(of(&wrap("x", &thrice)).contains(r#"{"code":"DataInspectionFailed""#));
    assert_eq!(of(&wrap("fail_to_fetch_task", openai)), "model_not_found: no such model");
    let quota = r#"{"code":"insufficient_user_quota","message":"user quota is not enough"}"#;
    assert_eq!(of(&wrap("fail_to_fetch_task", quota)), "insufficient_user_quota: user quota is not enough");
    // After other text; with a number for a code; without a code inside.
    assert_eq!(of(&wrap("x", &format!("status 400, body: {upstream}"))), moderated);
    assert_eq!(of(&wrap("x", upstream).replacen("\"x\"", "400", 1)), moderated);
    assert_eq!(of(&wrap("outer", r#"{"error":{"message":"within"}}"#)), "outer: within");
    assert_eq!(of(r#"{"code":400,"message":"bad"}"#), "400: bad");
    // What only looks like it stays unchanged.
    for plain in ["use {name} here", "{", "}{", "{\"ok\":true}", "{\"code\":0}", ""] {
        assert_eq!(of(&wrap("x", plain)), format!("x: {plain}"));
    }
    // The same inside a failed task, and as the error itself.
    let failed = serde_json::json!({"output": {"task_status": "FAILED", "code": "InternalError", "message": upstream}});
    assert!(matches!(dashscope(&failed.to_string()), Event::Failed(fault, _) if fault.code == "DataInspectionFailed"));
    let failed = serde_json::json!({"code": "success", "data": {"status": "failed", "fail_reason": upstream}});
    let failed = event("crazyrouter", "generations", Call::Query, 200, &failed.to_string());
    assert!(matches!(failed, Event::Failed(fault, _) if fault.code == "DataInspectionFailed"));
    let text = serde_json::json!({"error": openai}).to_string();
    assert_eq!(of(&text), "model_not_found: no such model");
}
