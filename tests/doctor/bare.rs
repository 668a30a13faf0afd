//! Incomplete calls: a bare body, a form, a missing file, an unknown host; and bodies of several megabytes.

use crate::wishes::bare;
use std::time::{Duration, Instant};
use wan_playground::address::BaseUrl;
use wan_playground::catalog::Catalog;
use wan_playground::doctor::diff::Line;
use wan_playground::doctor::{Effect, Examination, Fault, Part, examine};
use wan_playground::import::{Body, Call, Proof};
use wan_playground::reading::read;

const NOW_MS: u64 = 1_795_328_100_000;

fn seen(call: &Call) -> Examination {
    examine(Catalog::built_in(), &[], call, NOW_MS)
}

fn faults(seen: &Examination) -> Vec<&Fault> {
    seen.findings.iter().map(|finding| &finding.fault).collect()
}

fn to(url: &str, body: Body) -> Call {
    Call {
        method: "POST".to_owned(),
        url: url.to_owned(),
        headers: vec![("Content-Type".to_owned(), "application/json".to_owned())],
        body: Some(body),
        proof: Proof::Variable("KEY".to_owned()),
        at: 0..0,
    }
}

#[test]
fn of_a_bare_body_only_the_body_is_judged_and_only_its_lines_differ() {
    let body = "{\n  \"model\": \"wan2.6-t2v\",\n  \"input\": {\n    \"prompt\": \"a cat\"\n  },\n  \"parameters\": {\n    \"size\": \"720P\"\n  }\n}";
    let seen = seen(&bare(body));
    assert_eq!(faults(&seen), [&Fault::TierInSize { should: "1280*720".to_owned() }]);
    let changed: Vec<Line> =
        seen.correction.unwrap().diff.into_iter().filter(|line| !matches!(line, Line::Kept(_))).collect();
    let gone = Line::Gone("    \"size\": \"720P\"".to_owned());
    assert_eq!(changed, [gone, Line::New("    \"size\": \"1280*720\"".to_owned())]);
}

#[test]
fn a_form_becomes_the_json_it_stands_for() {
    let fields = [("model", "wan2.7-i2v"), ("prompt", "walks"), ("seconds", "5"), ("generate_audio", "true")];
    let fields = fields.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
    let call = to("https://api-platform.ope.ai/v1/videos", Body::Form(fields));
    let seen = seen(&call);
    assert_eq!(faults(&seen)[..2], [&Fault::Form, &Fault::NoFlag]);
    let correction = seen.correction.unwrap();
    assert!(!correction.complete, "the picture of a form is not here");
    let wish = &read(Catalog::built_in(), &[], &call).wishes[0];
    assert_eq!((wish.model.as_str(), wish.unknown.len()), ("wan2.7-i2v", 0));
}

#[test]
fn what_is_not_here_is_not_judged() {
    let file = to("https://api.acedata.cloud/wan/videos", Body::File("body.json".to_owned()));
    assert_eq!(faults(&seen(&file)), [&Fault::BodyElsewhere { name: "body.json".to_owned() }]);
    // A host of no gateway: the body is checked, and no correction is returned for it.
    let body = r#"{"model": "wan2.2-kf2v-flash", "input": {"img_url": "https://h.example/a.png"}}"#;
    let seen = seen(&to("https://relay.example/v9/make", Body::Text(body.to_owned())));
    assert_eq!(seen.findings[0].fault, Fault::ForeignHost);
    assert!(matches!(seen.findings[1].fault, Fault::NameOfAnother { .. }) && seen.correction.is_none());
    assert!(seen.findings.iter().all(|finding| !finding.mended));
    let chat = to("https://chat.example/v1/chat", Body::Text(r#"{"model": "m", "messages": []}"#.to_owned()));
    assert_eq!(examine(Catalog::built_in(), &[], &chat, NOW_MS).findings.len(), 1);
}

#[test]
fn a_host_that_no_document_names_is_told_before_a_key_goes_there() {
    let path = "/api/v1/services/aigc/video-generation/video-synthesis";
    let told = |host: &str, bases: &[(String, BaseUrl)]| {
        let body = Body::Text(r#"{"model": "wan2.5-t2v-preview", "input": {"prompt": "a"}}"#.to_owned());
        let seen = examine(Catalog::built_in(), bases, &to(&format!("https://{host}{path}"), body), NOW_MS);
        seen.findings.into_iter().any(|finding| {
            finding.fault == Fault::UndocumentedHost { should: "https://dashscope.aliyuncs.com".to_owned() }
        })
    };
    assert!(told("dashscope.aliyun.com", &[]) && told("dashscope.aliyuncs.com.example", &[]));
    for known in ["dashscope.aliyuncs.com", "dashscope-intl.aliyuncs.com", "ws-1.ap-southeast-1.maas.aliyuncs.com"] {
        assert!(!told(known, &[]), "{known}");
    }
    let own = BaseUrl::parse("https://gateway.example").unwrap();
    assert!(told("gateway.example", &[]) && !told("gateway.example", &[("dashscope".to_owned(), own)]));
}

#[test]
fn nothing_is_called_mended_where_there_is_no_corrected_request() {
    let path = "/api/v1/services/aigc/image2video/video-synthesis";
    for (scheme, body) in
        [("https", ""), ("http", ""), ("https", "{"), ("http", "[]"), ("https", r#"{"model": "none"}"#)]
    {
        let url = format!("{scheme}://dashscope.aliyuncs.com{path}");
        let call = Call { method: "PUT".to_owned(), ..to(&url, Body::Text(body.to_owned())) };
        let seen = seen(&call);
        assert!(seen.findings.len() > 1, "{scheme} {body}");
        match seen.correction {
            None => assert!(seen.findings.iter().all(|finding| !finding.mended), "{scheme} {body}"),
            // Only the scheme is fixed: whatever else the gateway refuses is still in it.
            Some(correction) => assert!(!correction.complete, "{scheme} {body}"),
        }
    }
}

#[test]
fn a_model_of_the_documents_that_the_page_has_no_fields_for_is_not_called_wrong() {
    let url = "https://dashscope.aliyuncs.com/api/v1/services/aigc/video-generation/video-synthesis";
    for (model, expected) in [("wanx2.1-vace-plus", Effect::Noted), ("wan9.0-video", Effect::Refused)] {
        let body = format!("{{\"model\": \"{model}\", \"input\": {{\"prompt\": \"p\", \"strange\": 1}}}}");
        let seen = seen(&to(url, Body::Text(body)));
        assert_eq!(seen.findings.iter().map(|finding| finding.effect).collect::<Vec<_>>(), [expected], "{model}");
    }
}

#[test]
fn megabytes_are_read_and_examined_in_good_time() {
    let member = |index: usize| format!("\"member {index}\": {{\"x\": [{index}, null]}}");
    let members: Vec<String> = (0..20_000).map(member).collect();
    let prompt = "猫".repeat(340_000);
    let bodies = [
        format!("{{\"model\": \"wan2.6-t2v\", {}}}", members.join(", ")),
        format!("{{\"model\": \"wan2.6-t2v\", \"input\": {{\"prompt\": \"{prompt}\"}}}}"),
        format!(
            "{{\"model\": \"wan2.2-kf2v-flash\", \"input\": {{\"first_frame_url\": \"{}\"}}}}",
            "A".repeat(1_000_000)
        ),
        format!("{{\"model\": \"wan2.6-t2v\", \"input\": {}", "{\"a\": ".repeat(160_000)),
        format!("{{\"model\": \"wan2.6-t2v\"{}", ", \"model\": \"wan2.6-t2v\",,".repeat(40_000)),
        format!(
            "{{\"model\": \"wan2.7-i2v\", \"input\": {{\"media\": [{}]}}}}",
            vec!["{\"type\": \"x\"}"; 60_000].join(",")
        ),
    ];
    for body in bodies {
        let call = to(
            "https://dashscope.aliyuncs.com/api/v1/services/aigc/video-generation/video-synthesis",
            Body::Text(body.clone()),
        );
        let start = Instant::now();
        let seen = seen(&call);
        let took = start.elapsed();
        assert!(seen.findings.iter().any(|finding| finding.effect != Effect::Noted), "{}", &body[..60]);
        if body.matches(':').count() > 2000 && !seen.findings.iter().any(|finding| finding.fault == Fault::NotJson) {
            // Thousands of fields are not checked one by one.
            assert_eq!(seen.findings.last().map(|last| &last.part), Some(&Part::Body(String::new())));
            assert!(seen.correction.is_none());
        }
        // Without optimization, on a busy machine; anything quadratic would take hours.
        assert!(took < Duration::from_secs(45), "{took:?} for {}", &body[..60]);
        println!("{took:?} for {} bytes: {}…", body.len(), &body[..40]);
    }
}
