use super::*;
use crate::failure::Remedy;
use crate::import;
use crate::key::Secret;
use crate::protocol::{self, TaskId};
use crate::verdict::{Advice, Hindrance};

const ID: &str = "0385dc79-5ff8-4d82-bcb6-000000000001";
const CREATE: &str = "https://dashscope.aliyuncs.com/api/v1/services/aigc/video-generation/video-synthesis";
/// 30 November 2026.
const NOW_MS: u64 = 1_796_000_000_000;

fn pasted(text: &str) -> Paste {
    let local = |id: &str| BaseUrl::parse(&["http://127.0.0.1:8080/sim/", id].concat()).expect("a base");
    let bases: Vec<_> =
        ["crazyrouter", "ope", "acedata", "dashscope"].map(|id| (id.to_owned(), local(id))).into_iter().collect();
    read(Catalog::built_in(), &bases, text, NOW_MS)
}

/// The task of each card, with its places.
fn said(text: &str) -> String {
    let of = |card: &Card| {
        let (id, places) = match &card.holds {
            Holds::Mention(Mention::Task(id, places)) => (id.0.clone(), places),
            Holds::Answer(answer) => (answer.id.as_ref()?.0.clone(), &answer.places),
            Holds::Request(asked) => (asked.does.first_id()?.to_owned(), &asked.places),
            _ => return None,
        };
        let places: Vec<String> = places.iter().map(|place| format!("{place:?}").trim().to_owned()).collect();
        Some(format!("{id} at {}", places.join(" or ")))
    };
    pasted(text).cards.iter().filter_map(of).collect::<Vec<_>>().join("; ")
}

fn create(model: &str, more: &str) -> String {
    format!(
        "curl -X POST '{CREATE}' -H \"Authorization: Bearer $KEY\" -H 'Content-Type: application/json' -H 'X-DashScope-Async: enable' -d '{{\"model\":\"{model}\",\"input\":{{\"prompt\":\"a cat\"}},\"parameters\":{{{more}}}}}'"
    )
}

fn done(usage: &str) -> String {
    format!(
        r#"{{"output":{{"task_id":"{ID}","task_status":"SUCCEEDED","video_url":"https://h.example/a.mp4"}},"usage":{usage}}}"#
    )
}

fn answers(text: &str) -> Vec<Answer> {
    let of = |card: Card| match card.holds {
        Holds::Answer(answer) => Some(*answer),
        _ => None,
    };
    pasted(text).cards.into_iter().filter_map(of).collect()
}

fn cost(text: &str) -> String {
    match answers(text).pop().and_then(|answer| answer.cost) {
        None => "nothing".to_owned(),
        Some(Cost::Unknown(why)) => format!("{why:?}"),
        Some(Cost::Listed(listed)) => {
            format!("{} {} at {} by {}", listed.sum.decimal(), listed.currency, listed.tier, listed.source)
        }
    }
}

fn advice(text: &str) -> Option<Advice> {
    answers(text).pop().expect("an answer").advice
}

#[test]
fn ids_are_found_alone_and_in_messages_but_not_those_of_requests() {
    let anywhere =
        format!("{ID} at crazyrouter/alibailian or ope/native or ope/unified or acedata/wan or dashscope/image2video");
    for text in [
        ID.to_owned(),
        format!("\u{feff}{ID}"),
        format!("客户说任务失败了，task_id: {ID}，请帮忙看一下"),
        format!("request_id=caa62a12-8841-41a6-8af2-000000000001 task_id={ID} FAILED"),
        format!("the task {ID} has been running for an hour"),
    ] {
        assert_eq!(said(&text), anywhere, "{text}");
    }
    assert_eq!(said("video_task_abc123"), "video_task_abc123 at crazyrouter/generations");
    for label in ["request_id: ", "requestId ", "x-request-id: ", "trace_id: ", "Request id: "] {
        assert_eq!(said(&format!("failed, {label}{ID}, please help")), "", "{label}");
    }
}

#[test]
fn answers_tell_their_dialect() {
    for (text, expected) in [
        (
            r#"{"output":{"task_status":"PENDING","task_id":"ID"},"request_id":"r"}"#,
            "crazyrouter/alibailian or ope/native or dashscope/image2video",
        ),
        (r#"{"id":"ID","object":"video","status":"QUEUED","model":"wan2.7-i2v"}"#, "ope/unified"),
        (r#"{"code":"success","message":"","data":{"task_id":"ID","status":"SUCCESS"}}"#, "crazyrouter/generations"),
        (r#"{"id":"ID","request":{"model":"wan2.6-t2v"},"trace_id":"t"}"#, "acedata/wan"),
    ] {
        let text = text.replace("ID", ID);
        for around in [("", ""), ("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n", "\n")] {
            let text = [around.0, &text, around.1].concat();
            assert_eq!(said(&text), format!("{ID} at {expected}"), "{text}");
        }
    }
}

#[test]
fn addresses_and_commands_tell_gateway_and_base() {
    for (url, expected) in [
        ("https://dashscope.aliyuncs.com/api/v1/tasks/ID", "dashscope/image2video https://dashscope.aliyuncs.com"),
        (
            "https://w1.cn-beijing.maas.aliyuncs.com/api/v1/tasks/ID?x=1",
            "dashscope/image2video https://w1.cn-beijing.maas.aliyuncs.com",
        ),
        ("https://crazyrouter.com/alibailian/api/v1/tasks/ID", "crazyrouter/alibailian https://crazyrouter.com"),
        ("https://api-platform.ope.ai/v1/videos/ID/content", "ope/unified https://api-platform.ope.ai"),
        ("http://127.0.0.1:8080/sim/ope/v1/videos/ID", "ope/unified http://127.0.0.1:8080/sim/ope"),
    ] {
        let url = url.replace("ID", ID);
        let expected = format!("{ID} at {expected}");
        assert_eq!(said(&url), expected, "{url}");
        for command in [
            format!("curl '{url}' \\\n  -H \"Authorization: Bearer $KEY\""),
            format!("$ curl -sS -H Accept:\\ application/json {url} | jq ."),
        ] {
            assert_eq!(said(&command), expected, "{command}");
        }
    }
}

#[test]
fn every_query_the_page_prints_is_recognized() {
    let catalog = Catalog::built_in();
    for gateway in catalog.gateways {
        for (name, endpoint) in gateway.endpoints.iter() {
            let base = BaseUrl::parse(gateway.bases[0].url).expect("a base");
            let request = protocol::query(endpoint, &base, &TaskId(ID.to_owned()));
            let how = crate::snippet::Curl { key_variable: "KEY", output: None, body_file: "f" };
            let paste = read(catalog, &[], &crate::snippet::posix(&request, how), NOW_MS);
            let [Card { holds: Holds::Request(asked), .. }] = &paste.cards[..] else { panic!("{} {name}", gateway.id) };
            assert_eq!(asked.does.first_id(), Some(ID));
            let [place] = &asked.places[..] else { panic!("{} {name}: {:?}", gateway.id, asked.places) };
            let query = gateway.endpoints.get(&place.endpoint).map(|found| &found.query);
            assert_eq!((&*place.gateway, query, &place.base), (gateway.id, Some(&endpoint.query), &Some(base)));
        }
    }
}

#[test]
fn a_cost_is_told_where_model_gateway_and_region_are_and_not_guessed_elsewhere() {
    let usage = r#"{"duration":5,"SR":720}"#;
    let asked = create("wan2.6-t2v", r#""size":"1280*720","duration":5"#);
    assert_eq!(cost(&format!("{asked}\n{}", done(usage))), "3.00 CNY at 720P by price");
    let abroad = asked.replace("dashscope.", "dashscope-intl.");
    assert_ne!(cost(&format!("{abroad}\n{}", done(usage))), "3.00 CNY at 720P by price");
    assert_eq!(cost(&done(usage)), "Model");
    assert_eq!(cost(&format!("{asked}\n{}", done("{}"))), "Length");
    assert_eq!(cost(&format!("{asked}\n{}", done(r#"{"duration":5,"SR":333}"#))), "Tier");
    // The tier of the request holds where the answer has none.
    assert_eq!(cost(&format!("{asked}\n{}", done(r#"{"duration":5}"#))), "3.00 CNY at 720P by price");
    let other = create("kling-v2", "");
    assert_eq!(cost(&format!("{other}\n{}", done(usage))), "NotListed");
    let elsewhere = asked.replace("dashscope.aliyuncs.com", "api.reseller.example");
    assert_eq!(cost(&format!("{elsewhere}\n{}", done(usage))), "Gateway");
    // A command behind an answer did not make it.
    assert_eq!(cost(&format!("{}\n\n{asked}", done(usage))), "Model");
    let failed = format!(r#"{{"output":{{"task_id":"{ID}","task_status":"FAILED","code":"X.Y","message":"m"}}}}"#);
    assert_eq!(cost(&format!("{asked}\n{failed}")), "nothing");
}

#[test]
fn what_to_do_depends_on_what_was_asked() {
    let asked = create("wan2.6-t2v", "");
    let refused = r#"{"code":"InvalidApiKey","message":"Invalid API-key provided.","request_id":"r"}"#;
    assert_eq!(advice(&format!("{asked}\n{refused}")), Some(Advice::Run(Remedy::CheckKey)));
    let query = format!("curl https://dashscope.aliyuncs.com/api/v1/tasks/{ID} -H 'Authorization: Bearer $KEY'");
    let of_query = advice(&format!("{query}\n{refused}"));
    assert_eq!(of_query, Some(Advice::Ask { why: Hindrance::Key, asks: false }), "the task is unharmed");
    // An error of the server's own may have come after the task was made.
    let broken = "HTTP/1.1 500 Internal Server Error\n\n{\"code\":\"InternalError\",\"message\":\"m\"}";
    let told = answers(&format!("{asked}\n{broken}")).pop().expect("an answer");
    assert_eq!(told.billing, Billing::MayBe);
    assert!(matches!(told.advice, Some(Advice::Look(_))), "{:?}", told.advice);
    assert_eq!(advice(&done("{}")), None);
    let ended = done("{}").replace("a.mp4", "a.mp4?Expires=1764400000");
    assert_eq!(advice(&ended), Some(Advice::Gone));
}

#[test]
fn the_card_that_proves_the_cause_is_named() {
    let asked = create("wan2.6-t2v", "");
    let cause = |text: &str| {
        let paste = pasted(text);
        let of = |card: &Card| match &card.holds {
            Holds::Request(asked) => Some(asked.cause),
            _ => None,
        };
        let at = paste.cards.iter().find_map(of).expect("a request");
        at.map(|at| match &paste.cards[at].holds {
            Holds::Answer(answer) => answer.fault.as_ref().map(|fault| fault.code.clone()).unwrap_or_default(),
            Holds::Message(message) => format!("{:?}", message.trouble),
            _ => String::new(),
        })
    };
    let error = r#"{"code":"InvalidParameter","message":"bad body"}"#;
    let quotes = "curl: (6) Could not resolve host: wan2.6-t2v,";
    assert_eq!(cause(&asked), None);
    assert_eq!(cause(&format!("{asked}\n{error}")).as_deref(), Some("InvalidParameter"));
    // What the shell did to the command explains the answer as well.
    assert_eq!(cause(&format!("{asked}\n{quotes}\n{error}")).as_deref(), Some("SingleQuotes"));
    assert_eq!(cause(&format!("{asked}\ncurl: (7) Failed to connect to h port 443")).as_deref(), Some("NoConnection"));
    assert_eq!(cause(&format!("{asked}\n{}", done("{}"))), None);
}

#[test]
fn an_apostrophe_that_ends_a_quote_is_found_where_it_stands() {
    let text = create("wan2.6-t2v", "").replace("a cat", "it's a cat");
    let found = |text: &str| {
        let remarks = pasted(text).remarks;
        let at = remarks.into_iter().find(|remark| remark.kind == import::RemarkKind::Apostrophe)?.at;
        Some(text[at].to_owned())
    };
    assert_eq!(found(&text).as_deref(), Some("it's"));
    assert_eq!(found(&text.replace("it's", "it'\\''s")), None, "written as it has to be");
    assert_eq!(found(&text.replace("it's", "its")), None);
    assert_eq!(found(&create("wan2.6-t2v", "").replace("a cat", "it’s a cat")), None);
}

#[test]
fn no_card_and_nothing_left_shows_a_key() {
    let key = "sk-canary-0a1b2c3d4e";
    let refused = format!(r#"{{"code":"InvalidApiKey","message":"Incorrect API key provided: {key}."}}"#);
    let texts = [
        create("wan2.6-t2v", "").replace("$KEY", key),
        refused.clone(),
        format!("{}\n{refused}", create("wan2.6-t2v", "").replace("$KEY", key)),
        format!("curl: (6) Could not resolve host: {key}"),
        format!(
            "client.post(url, headers={{'Authorization': make('{key}')}}, json={{'model': 'wan2.6-t2v', 'input': {{'prompt': p('{key}')}}}})"
        ),
    ];
    for text in texts {
        let paste = pasted(&text);
        let left = paste.left(&text);
        assert!(!left.contains("canary"), "{left}");
        assert!(!format!("{:?}", paste.cards).contains("canary"), "{text}: {:?}", paste.cards);
        assert!(paste.secrets.iter().map(Secret::reveal).any(|secret| secret.starts_with(key)), "{text}");
    }
}

#[test]
fn each_verdict_names_documents_of_the_catalog() {
    let catalog = Catalog::built_in();
    let paste = pasted(&create("wan2.6-t2v", r#""duration":99,"fps":24,"size":"1280x720""#));
    let Holds::Request(asked) = &paste.cards[0].holds else { panic!("a request") };
    let judged = &asked.judged[0];
    let of = |path: &str| {
        let (finding, verdict) = judged
            .findings
            .iter()
            .find(|(finding, _)| finding.part == crate::doctor::Part::Body(path.to_owned()))
            .unwrap_or_else(|| panic!("{path} in {:?}", judged.findings));
        sources(catalog, finding, *verdict, &judged.gateway, &judged.model)
    };
    assert_eq!(of("parameters.duration"), ["t2v", "price"], "the rule, and that failed tasks are not billed");
    assert!(of("parameters.fps").is_empty(), "no document speaks of it");
    let gateway = catalog.gateway("dashscope").expect("it is built in");
    for (finding, verdict) in &judged.findings {
        for name in sources(catalog, finding, *verdict, "dashscope", &judged.model) {
            assert!(gateway.sources.contains_key(name), "{name}");
        }
    }
}

/// What comes of each fault of the body of a request: its place, the verdict, and the documents.
fn verdicts(text: &str) -> Vec<(String, Verdict, Vec<&'static str>)> {
    let Some(Holds::Request(asked)) = pasted(text).cards.into_iter().next().map(|card| card.holds) else {
        panic!("no request")
    };
    let model = asked.model.clone();
    let judged = asked.judged.into_iter().next().expect("it is judged");
    let of = |(finding, verdict): (crate::doctor::Finding, Verdict)| match &finding.part {
        crate::doctor::Part::Body(path) => {
            let names = sources(Catalog::built_in(), &finding, verdict, &judged.gateway, &model);
            Some((path.clone(), verdict, names))
        }
        _ => None,
    };
    judged.findings.into_iter().filter_map(of).collect()
}

#[test]
fn a_body_without_input_is_refused_at_once_and_an_input_without_a_member_fails_later() {
    let call = |body: &str| {
        format!(
            "curl {CREATE} -H \"Authorization: Bearer $KEY\" -H 'Content-Type: application/json' -H 'X-DashScope-Async: enable' -d '{body}'"
        )
    };
    let of = |body: &str, path: &str| {
        let all = verdicts(&call(body));
        let found = all.iter().find(|(at, ..)| at == path).unwrap_or_else(|| panic!("{path} is not in {all:?}"));
        (found.1, found.2.contains(&"errors"))
    };
    let at_top = r#"{"model":"wan2.6-t2v","prompt":"a cat","duration":5}"#;
    assert_eq!(of(at_top, "prompt"), (Verdict::RefusedAtOnce, true));
    assert_eq!(of(r#"{"model":"wan2.6-t2v"}"#, "input.prompt"), (Verdict::RefusedAtOnce, true));
    assert_eq!(of(r#"{"model":"wan2.6-t2v","input":{}}"#, "input.prompt"), (Verdict::FailsLater, false));
    let beside = r#"{"model":"wan2.6-t2v","input":{"negative_prompt":"rain"},"prompt":"a cat"}"#;
    assert_eq!(of(beside, "prompt"), (Verdict::FailsLater, false));
    // Where no document speaks, nothing is claimed.
    let reseller = call(at_top).replace(
        CREATE,
        "https://api.crazyrouter.com/alibailian/api/v1/services/aigc/video-generation/video-synthesis",
    );
    let all = verdicts(&reseller);
    assert!(
        all.iter().all(|(_, verdict, names)| *verdict != Verdict::FailsLater && !names.contains(&"errors")),
        "{all:?}"
    );
}

#[test]
fn an_unknown_path_is_refused_where_the_catalog_knows_all_routes_and_not_documented_elsewhere() {
    let of = |url: &str, body: &str| {
        let text =
            format!("curl {url} -H \"Authorization: Bearer $KEY\" -H 'Content-Type: application/json' -d '{body}'");
        let Some(Holds::Request(asked)) = pasted(&text).cards.into_iter().next().map(|card| card.holds) else {
            panic!("no request")
        };
        let is_path =
            |finding: &crate::doctor::Finding| matches!(finding.fault, crate::doctor::Fault::NoSuchPath { .. });
        let found = asked.judged.iter().flat_map(|judged| &judged.findings).find(|(finding, _)| is_path(finding));
        found.map(|(_, verdict)| *verdict)
    };
    let own = r#"{"model":"wan2.6-t2v","input":{"prompt":"a cat"}}"#;
    assert_eq!(of("https://dashscope.aliyuncs.com/api/v1/videos/make", own), Some(Verdict::RefusedAtOnce));
    let unified = r#"{"model":"wan2.7-i2v","prompt":"a cat"}"#;
    assert_eq!(of("https://api-platform.ope.ai/v1/video/make", unified), Some(Verdict::NotDocumented));
    let routes = |id: &str| Catalog::built_in().gateway(id).map(|gateway| gateway.more_routes);
    assert_eq!((routes("dashscope"), routes("ope")), (Some(false), Some(true)));
}

#[test]
fn no_place_lies_within_a_letter() {
    // What is not closed in the first line is told of the second, which begins with a letter of three bytes.
    let text = "{\"error\":\":{\"code\":\"\",\"message\":\"用户额度不足, <<EOF\n剩余额度: ＄0.012340 (request id: 20261030123456789012345ABCDEFGH)\",\"type\":\"new_api_error\"}}";
    let paste = pasted(text);
    assert!(!paste.remarks.is_empty());
    for remark in &paste.remarks {
        assert!(text.get(remark.at.clone()).is_some(), "{remark:?}");
    }
}
