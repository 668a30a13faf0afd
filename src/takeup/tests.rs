use super::*;
use crate::protocol::Call;

const ID: &str = "0385dc79-5ff8-4d82-bcb6-000000000001";

fn taken(text: &str) -> Taken {
    let local = |id: &str| BaseUrl::parse(&["http://127.0.0.1:8080/sim/", id].concat()).expect("a base");
    let bases: Vec<_> =
        ["crazyrouter", "ope", "acedata", "dashscope"].map(|id| (id.to_owned(), local(id))).into_iter().collect();
    read(Catalog::built_in(), &bases, text)
}

/// A finding in one line: the ID and its places, or the kind.
fn said(text: &str) -> String {
    match taken(text).found {
        Found::Task { id, places, model, answer } => {
            let places: Vec<String> = places.iter().map(|place| format!("{place:?}").trim().to_owned()).collect();
            let model = if model.is_empty() { model } else { format!(" [{model}]") };
            let answered = if answer.is_some() { " with answer" } else { "" };
            format!("{} at {}{model}{answered}", id.0, places.join(" or "))
        }
        Found::CreateCall(place) => format!("create {place:?}"),
        Found::Refusal(fault) => format!("refusal {} {} {}", fault.status, fault.code, fault.request_id),
        found => format!("{found:?}"),
    }
}

const ANYWHERE: &str = "crazyrouter/alibailian or ope/native or ope/unified or acedata/wan or dashscope/image2video";

#[test]
fn ids_are_found_alone_and_in_messages() {
    let anywhere = format!("{ID} at {ANYWHERE}");
    for text in [
        ID.to_owned(),
        format!("  {ID}\n"),
        format!("\u{feff}{ID}"),
        format!("客户说任务失败了，task_id: {ID}，请帮忙看一下"),
        format!("request_id=caa62a12-8841-41a6-8af2-000000000001 task_id={ID} FAILED"),
        format!("the task {ID} has been running for an hour"),
        format!("任务ID {ID}"),
    ] {
        assert_eq!(said(&text), anywhere, "{text}");
    }
    assert_eq!(
        said("task_0385dc795ff84d82bcb6000000000001"),
        "task_0385dc795ff84d82bcb6000000000001 at crazyrouter/generations"
    );
    for text in ["video_task_abc123", "the task video_task_abc123 has been running for an hour"] {
        assert_eq!(said(text), "video_task_abc123 at crazyrouter/generations");
    }
    // What is named as the ID of a request or of a trace is no task.
    for label in ["request_id: ", "requestId ", "x-request-id: ", "trace_id: ", "Request id: "] {
        assert_eq!(said(&format!("failed, {label}{ID}, please help")), "Unknown", "{label}");
    }
    // Two IDs and nothing to say which: no guess is made.
    assert_eq!(said(&format!("{ID} caa62a12-8841-41a6-8af2-000000000001")), "Unknown");
    assert_eq!(said("hello there, how are you"), "Unknown");
    assert_eq!(said("wan-playground"), "Unknown");
}

#[test]
fn answers_tell_their_dialect() {
    for (text, expected) in [
        (
            r#"{"output":{"task_status":"PENDING","task_id":"0385dc79-5ff8-4d82-bcb6-000000000001"},"request_id":"r"}"#,
            "at crazyrouter/alibailian or ope/native or dashscope/image2video with answer",
        ),
        (
            r#"{"id":"0385dc79-5ff8-4d82-bcb6-000000000001","object":"video","status":"QUEUED","model":"wan2.7-i2v"}"#,
            "at ope/unified [wan2.7-i2v] with answer",
        ),
        (
            r#"{"code":"success","message":"","data":{"task_id":"0385dc79-5ff8-4d82-bcb6-000000000001","status":"SUCCESS"}}"#,
            "at crazyrouter/generations with answer",
        ),
        (r#"{"task_id":"0385dc79-5ff8-4d82-bcb6-000000000001"}"#, "at acedata/wan with answer"),
        (
            r#"{"id":"0385dc79-5ff8-4d82-bcb6-000000000001","request":{"model":"wan2.6-t2v"},"trace_id":"t"}"#,
            "at acedata/wan [wan2.6-t2v] with answer",
        ),
    ] {
        for around in [
            ("", ""),
            ("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n", "\n"),
            ("the answer was:\n", "\nthanks"),
        ] {
            let text = [around.0, text, around.1].concat();
            assert_eq!(said(&text), format!("{ID} {expected}"), "{text}");
        }
    }
}

#[test]
fn addresses_and_commands_tell_gateway_and_base() {
    for (url, expected) in [
        (
            "https://dashscope.aliyuncs.com/api/v1/tasks/0385dc79-5ff8-4d82-bcb6-000000000001",
            "dashscope/image2video https://dashscope.aliyuncs.com",
        ),
        (
            "https://dashscope-intl.aliyuncs.com/api/v1/tasks/0385dc79-5ff8-4d82-bcb6-000000000001/",
            "dashscope/image2video https://dashscope-intl.aliyuncs.com",
        ),
        (
            "https://w1.cn-beijing.maas.aliyuncs.com/api/v1/tasks/0385dc79-5ff8-4d82-bcb6-000000000001?x=1",
            "dashscope/image2video https://w1.cn-beijing.maas.aliyuncs.com",
        ),
        (
            "https://crazyrouter.com/alibailian/api/v1/tasks/0385dc79-5ff8-4d82-bcb6-000000000001",
            "crazyrouter/alibailian https://crazyrouter.com",
        ),
        (
            "https://api.crazyrouter.com/v1/video/generations/0385dc79-5ff8-4d82-bcb6-000000000001",
            "crazyrouter/generations https://api.crazyrouter.com",
        ),
        (
            "https://api-platform.ope.ai/v1/videos/0385dc79-5ff8-4d82-bcb6-000000000001/content",
            "ope/unified https://api-platform.ope.ai",
        ),
        (
            "https://api-platform.ope.ai/aliyun/v1/tasks/0385dc79-5ff8-4d82-bcb6-000000000001",
            "ope/native https://api-platform.ope.ai",
        ),
        (
            "http://127.0.0.1:8080/sim/ope/v1/videos/0385dc79%2D5ff8-4d82-bcb6-000000000001",
            "ope/unified http://127.0.0.1:8080/sim/ope",
        ),
        (
            "http://127.0.0.1:8080/sim/crazyrouter/alibailian/api/v1/tasks/0385dc79-5ff8-4d82-bcb6-000000000001",
            "crazyrouter/alibailian http://127.0.0.1:8080/sim/crazyrouter",
        ),
    ] {
        let expected = format!("{ID} at {expected}");
        assert_eq!(said(url), expected, "{url}");
        for command in [
            format!("curl '{url}' \\\n  -H \"Authorization: Bearer $KEY\""),
            format!("curl -X GET \"{url}\" -H 'Authorization: Bearer ${{KEY}}'"),
            format!("curl --url $'{url}' --compressed -s"),
            format!("$ curl -sS -H Accept:\\ application/json {url} | jq ."),
        ] {
            assert_eq!(said(&command), expected, "{command}");
        }
    }
    let ask = format!(
        "curl -X POST 'https://api.acedata.cloud/wan/tasks' -H 'Content-Type: application/json' -d '{{\"action\": \"retrieve\", \"id\": \"{ID}\"}}'"
    );
    assert_eq!(said(&ask), format!("{ID} at acedata/wan https://api.acedata.cloud"));
}

#[test]
fn a_command_that_creates_is_not_run_again() {
    for (url, place) in [
        ("https://api.acedata.cloud/wan/videos", "acedata/wan https://api.acedata.cloud"),
        ("https://api-platform.ope.ai/v1/videos", "ope/unified https://api-platform.ope.ai"),
        (
            "https://dashscope.aliyuncs.com/api/v1/services/aigc/image2video/video-synthesis",
            "dashscope/image2video https://dashscope.aliyuncs.com",
        ),
        ("https://crazyrouter.com/v1/video/generations", "crazyrouter/generations https://crazyrouter.com"),
    ] {
        let command = format!("curl -X POST '{url}' -d '{{\"model\":\"m\"}}'");
        assert_eq!(said(&command), format!("create {place}"), "{command}");
    }
}

#[test]
fn what_is_no_task_is_told_apart() {
    assert_eq!(said(""), "Nothing");
    assert_eq!(said(" \n\t"), "Nothing");
    assert_eq!(said("<!DOCTYPE html><html><title>502</title></html>"), "Page");
    assert_eq!(
        said(r#"{"code":"Throttling.AllocationQuota","message":"m","request_id":"r-1"}"#),
        "refusal 200 Throttling.AllocationQuota r-1"
    );
    assert_eq!(
        said("HTTP/2 401 \n\n{\"error\":{\"code\":\"invalid_token\",\"message\":\"m\"},\"trace_id\":\"t-1\"}"),
        "refusal 401 invalid_token t-1"
    );
    assert_eq!(
        said("<?xml version=\"1.0\"?><Error><Code>AccessDenied</Code><Message>Request has expired.</Message></Error>"),
        "ExpiredLink"
    );
    let link = "https://dashscope-result-sh.oss-accelerate.aliyuncs.com/1d/x.mp4?Expires=1&Signature=%2b";
    assert_eq!(said(link), format!("Link({link:?})"));
    assert_eq!(said("http://host.example/x.mp4"), "Link(\"https://host.example/x.mp4\")");
    assert_eq!(said("javascript:alert(1)"), "Unknown");
    assert_eq!(said("{\"a\":"), "Unknown");
    assert_eq!(said("{}"), "Unknown");
    assert_eq!(said("curl"), "Unknown");
    assert_eq!(said("curl https://example.com/"), "Unknown");
}

#[test]
fn five_megabytes_are_refused_and_deep_nesting_does_no_harm() {
    assert_eq!(said(&"x".repeat(5 << 20)), "TooLong");
    assert_eq!(said(&"猫".repeat(LONGEST / 3 + 1)), "TooLong");
    assert_eq!(said(&"{".repeat(100_000)), "Unknown");
    assert_eq!(said(&"'".repeat(100_001)), "Unknown");
    assert!(answer(&"猫".repeat(LONGEST)).cut);
}

#[test]
fn a_key_is_told_and_never_kept() {
    for text in [
        "sk-canary-alone-123456",
        " Bearer sk-canary-alone-123456 ",
        "Authorization: Bearer sk-canary-alone-123456",
        "0123456789abcdef0123456789abcdef",
    ] {
        let taken = taken(text);
        assert_eq!(taken.found, Found::Key, "{text}");
        assert!(taken.secret.is_some());
        assert!(!format!("{taken:?}").contains("canary"));
    }
    let command = format!(
        "curl https://dashscope.aliyuncs.com/api/v1/tasks/{ID} -H 'Authorization: Bearer sk-canary-in-a-command'"
    );
    let found = taken(&command);
    assert_eq!(found.secret.as_ref().map(Secret::reveal), Some("sk-canary-in-a-command"));
    assert!(matches!(found.found, Found::Task { .. }));
    let json = format!(
        r#"{{"output":{{"task_status":"PENDING","task_id":"{ID}"}},"note":"Bearer abcdefgh12345678 sk-canary-x-1234"}}"#
    );
    let found = taken(&json);
    let Found::Task { answer: Some(answer), .. } = found.found else { panic!("a task") };
    assert!(!answer.body.contains("canary") && !answer.body.contains("abcdefgh"), "{}", answer.body);
    // The name of a variable is not a key.
    assert_eq!(
        taken(&format!("curl https://x.example/ -H 'Authorization: Bearer $DASHSCOPE_API_KEY' # {ID}")).secret,
        None
    );
}

#[test]
fn a_pasted_answer_keeps_its_status() {
    let pasted =
        answer("HTTP/1.1 100 Continue\r\n\r\nHTTP/2 404 \r\ncontent-type: application/json\r\n\r\n{\"a\": 1}\r\n");
    assert_eq!((pasted.status, &*pasted.body), (404, "{\"a\": 1}"));
    assert_eq!(answer("  {\"a\": 1}  ").status, 200);
    assert_eq!(answer("no json").body, "no json");
}

#[test]
fn every_query_the_page_prints_is_recognized() {
    let catalog = Catalog::built_in();
    for gateway in catalog.gateways {
        for (name, endpoint) in gateway.endpoints.iter() {
            let base = BaseUrl::parse(gateway.bases[0].url).expect("a base");
            let request = protocol::query(endpoint, &base, &TaskId(ID.to_owned()));
            let how = crate::snippet::Curl { key_variable: "KEY", output: None, body_file: "f" };
            let Found::Task { id, places, .. } = read(catalog, &[], &crate::snippet::posix(&request, how)).found else {
                panic!("{} {name}", gateway.id);
            };
            assert_eq!(id.0, ID);
            let query = &endpoint.query;
            let same = |place: &Place| {
                place.gateway == gateway.id
                    && gateway.endpoints.get(&place.endpoint).map(|found| &found.query) == Some(query)
            };
            assert!(places.len() == 1 && same(&places[0]), "{} {name}: {places:?}", gateway.id);
            assert_eq!(places[0].base, Some(base));
        }
    }
    let _ = Call::Query;
}
