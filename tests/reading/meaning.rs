//! What a call requests, and what of it the form cannot hold.

use super::wishes::bare;
use proptest::prelude::*;
use wan_playground::address::BaseUrl;
use wan_playground::catalog::{Catalog, FieldId};
use wan_playground::draft::Value as Filled;
use wan_playground::http::Files;
use wan_playground::import::{Body, Call, Proof};
use wan_playground::reading::{Contents, Purpose, Reading, read};

fn call(method: &str, url: &str, body: &str) -> Call {
    let body = (!body.is_empty()).then(|| Body::Text(body.to_owned()));
    Call { method: method.to_owned(), url: url.to_owned(), body, ..bare("") }
}

fn told(reading: &Reading) -> String {
    let place = reading.place.as_ref().map(|place| format!("{place:?}")).unwrap_or_default();
    let models: Vec<String> = reading.wishes.iter().map(|wish| format!("{}/{}", wish.gateway, wish.model)).collect();
    format!("{:?} at {place} [{}]", reading.purpose, models.join(", "))
}

fn check_row(method: &str, url: &str, body: &str, expected: &str) {
    let catalog = Catalog::built_in();
    let own = BaseUrl::parse("http://127.0.0.1:8080/sim/ope").expect("a base");
    let reading = read(catalog, &[("ope".to_owned(), own)], &call(method, url, body));
    assert_eq!(told(&reading), expected, "{method} {url} {body}");
}

#[test]
fn an_address_says_what_is_asked_and_where() {
    const DASH: &str = "https://dashscope.aliyuncs.com";
    let rows = [
        ("GET", format!("{DASH}/api/v1/tasks/t-1"), "", format!("Query(TaskId(\"t-1\")) at dashscope/image2video {DASH} []")),
        ("POST", format!("{DASH}/api/v1/tasks/t-1/cancel"), "", format!("Cancel(TaskId(\"t-1\")) at dashscope/image2video {DASH} []")),
        ("GET", format!("{DASH}/api/v1/tasks/?page_no=1"), "", format!("List at dashscope/image2video {DASH} []")),
        (
            "POST",
            "https://ws-1.ap-southeast-1.maas.aliyuncs.com/api/v1/services/aigc/image2video/video-synthesis".to_owned(),
            r#"{"model": "wan2.2-kf2v-flash", "input": {"first_frame_url": "https://h/a.png"}}"#,
            "Create at dashscope/image2video https://ws-1.ap-southeast-1.maas.aliyuncs.com [dashscope/wan2.2-kf2v-flash]".to_owned(),
        ),
        (
            "GET",
            "https://api.crazyrouter.com/alibailian/api/v1/tasks/t-1".to_owned(),
            "",
            "Query(TaskId(\"t-1\")) at crazyrouter/alibailian https://api.crazyrouter.com []".to_owned(),
        ),
        (
            "GET",
            "http://127.0.0.1:8080/sim/ope/v1/videos/v-1/content".to_owned(),
            "",
            "Content(TaskId(\"v-1\")) at ope/unified http://127.0.0.1:8080/sim/ope []".to_owned(),
        ),
        (
            "POST",
            "https://api.acedata.cloud/wan/tasks".to_owned(),
            r#"{"action": "retrieve", "id": "a-1"}"#,
            "Query(TaskId(\"a-1\")) at acedata/wan https://api.acedata.cloud []".to_owned(),
        ),
        (
            "POST",
            "https://api.acedata.cloud/wan/tasks".to_owned(),
            r#"{"action": "retrieve_batch", "user_id": "u"}"#,
            "List at acedata/wan https://api.acedata.cloud []".to_owned(),
        ),
        // Through a page's relay, as copied from a browser.
        (
            "GET",
            "https://wan.example/tools/relay/dashscope/dashscope-intl.aliyuncs.com/api/v1/tasks/t-1".to_owned(),
            "",
            "Query(TaskId(\"t-1\")) at dashscope/image2video https://dashscope-intl.aliyuncs.com []".to_owned(),
        ),
        // Whatever the address, a body that names a model is a create request.
        (
            "POST",
            format!("{DASH}/api/v1/tasks/t-1"),
            r#"{"model": "wan2.6-t2v", "input": {"prompt": "p"}}"#,
            format!("Create at dashscope/video {DASH} [dashscope/wan2.6-t2v]"),
        ),
        ("GET", "https://example.com/v1/chat".to_owned(), "", "Unknown at  []".to_owned()),
        // A custom gateway: the path decides.
        (
            "POST",
            "https://my.proxy.example/x/wan/videos".to_owned(),
            r#"{"action": "text2video", "model": "wan2.6-t2v", "prompt": "p"}"#,
            "Create at acedata/wan https://my.proxy.example/x [acedata/wan2.6-t2v]".to_owned(),
        ),
    ];
    for (method, url, body, expected) in rows {
        check_row(method, &url, body, &expected);
    }
}

#[test]
fn a_bare_body_may_mean_several_things_and_says_so() {
    let t2v = r#"{"model": "wan2.6-t2v", "input": {"prompt": "p"}, "parameters": {"size": "1280*720"}}"#;
    check_row("", "", t2v, "Unknown at  [dashscope/wan2.6-t2v]");
    let i2v = r#"{"model": "wan2.2-i2v-plus", "input": {"img_url": "https://h/a.png"}}"#;
    check_row("", "", i2v, "Unknown at  [crazyrouter/wan2.2-i2v-plus, dashscope/wan2.2-i2v-plus]");
    let unnamed = r#"{"input": {"first_frame_url": "https://h/a.png", "last_frame_url": "https://h/b.png"}}"#;
    check_row("", "", unnamed, "Unknown at  [crazyrouter/wan2.2-kf2v-flash, dashscope/wan2.2-kf2v-flash]");
    check_row("", "", r#"{"hello": 1}"#, "Unknown at  []");
    check_row("", "", "[1]", "Unknown at  []");
}

#[test]
fn a_known_host_and_a_name_cut_short_narrow_the_guess() {
    let i2v = r#"{"model": "wan2.2-i2v-plus", "input": {"img_url": "https://h/a.png"}}"#;
    check_row("POST", "https://api.crazyrouter.com/nowhere", i2v, "Unknown at  [crazyrouter/wan2.2-i2v-plus]");
    check_row("POST", "http://api.crazyrouter.com/nowhere", i2v, "Unknown at  [crazyrouter/wan2.2-i2v-plus]");
    let cut = r#"{"model": "wan2.5-t2v", "input": {"prompt": "p"}}"#;
    check_row("POST", "https://dashscope.aliyuncs.com/nowhere", cut, "Unknown at  [dashscope/wan2.5-t2v-preview]");
    check_row("", "", cut, "Unknown at  [crazyrouter/wan2.5-t2v-preview, dashscope/wan2.5-t2v-preview]");
}

#[test]
fn nothing_is_lost_of_what_the_form_cannot_hold() {
    let catalog = Catalog::built_in();
    let body = r#"{
        "model": "wan2.7-i2v", "x.y": null,
        "input": {"prompt": "p", "media": [
            {"type": "first_frame", "url": "https://h/a.png", "weight": 0.5},
            {"type": "mystery", "url": "https://h/b.png"},
            {"type": "first_frame", "url": "https://h/twice.png"}
        ], "deep": {"er": [1, {"a": 1e400}]}},
        "parameters": {"duration": "7", "resolution": "720p", "watermark": "yes", "seed": 1.5, "fps": 24}
    }"#;
    let url = "https://dashscope.aliyuncs.com/api/v1/services/aigc/video-generation/video-synthesis";
    let reading = read(catalog, &[], &call("POST", url, body));
    let wish = &reading.wishes[0];
    let unknown: Vec<String> = wish
        .unknown
        .iter()
        .map(|(path, value)| {
            let value: Vec<String> = value.print(Files::Whole).split_whitespace().map(str::to_owned).collect();
            format!("{path} = {}", value.concat())
        })
        .collect();
    assert_eq!(
        unknown,
        [
            "input.media[0].weight = 0.5",
            "input.media[1] = {\"type\":\"mystery\",\"url\":\"https://h/b.png\"}",
            "input.media[2] = {\"type\":\"first_frame\",\"url\":\"https://h/twice.png\"}",
            "['x.y'] = null",
            "input.deep = {\"er\":[1,{\"a\":1e400}]}",
            "parameters.watermark = \"yes\"",
            "parameters.fps = 24",
        ]
    );
    assert_eq!(wish.draft.get(FieldId::Tier), Some(&Filled::Text("720P".into())));
    assert_eq!(wish.draft.get(FieldId::Seed), Some(&Filled::Text("1.5".into())));
    let problems: Vec<FieldId> = wish.problems.iter().map(|problem| problem.field).collect();
    assert_eq!(problems, [FieldId::Seed], "a fraction is shown as it was typed, and explained");
    // If kept, all of it is sent again.
    let mut kept = wish.clone();
    kept.draft.keep_extra(wish.unknown.clone());
    let sent = kept.check(catalog).expect("a model").preview();
    let again = read(catalog, &[], &super::wishes::call_of(&sent));
    let mut paths: Vec<&str> = again.wishes[0].unknown.iter().map(|(path, _)| path.as_str()).collect();
    let mut before: Vec<&str> = wish.unknown.iter().map(|(path, _)| path.as_str()).collect();
    paths.sort_unstable();
    before.sort_unstable();
    assert_eq!(paths, before);
}

#[test]
fn options_without_effect_and_bodies_that_are_not_here_are_told() {
    let catalog = Catalog::built_in();
    let body = r#"{"action": "image2video", "model": "wan2.6-i2v", "prompt": "p", "image_url": "https://h/a.png",
        "prompt_extend": false, "shot_type": "multi"}"#;
    let reading = read(catalog, &[], &call("POST", "https://api.acedata.cloud/wan/videos", body));
    let unsent: Vec<FieldId> = reading.wishes[0].unsent.iter().map(|(id, _)| *id).collect();
    assert_eq!(unsent, [FieldId::ShotType]);

    let file = Call {
        body: Some(Body::File("body.json".into())),
        ..call("POST", "https://api.acedata.cloud/wan/videos", "x")
    };
    let reading = read(catalog, &[], &file);
    assert_eq!(reading.body, Contents::Elsewhere("body.json".into()));
    assert_eq!((reading.purpose, reading.wishes.len()), (Purpose::Create, 0));
    assert_eq!(read(catalog, &[], &call("GET", "https://h/x", "")).proof, Proof::None);
}

#[test]
fn a_picture_in_the_body_is_a_local_file_again() {
    let catalog = Catalog::built_in();
    let uri = "data:image/jpg;base64,iVBORw0KGgoAAAANSUhEUgAABQAAAALQCAIAAAA=";
    let body = format!(r#"{{"model": "wan2.2-kf2v-flash", "input": {{"first_frame_url": "{uri}"}}}}"#);
    let url = "https://dashscope.aliyuncs.com/api/v1/services/aigc/image2video/video-synthesis";
    let reading = read(catalog, &[], &call("POST", url, &body));
    let wish = &reading.wishes[0];
    assert_eq!((wish.problems.len(), wish.unknown.len()), (0, 0), "{:?}", wish.problems);
    let Some(Filled::Media(wan_playground::draft::Media::File(file))) = wish.draft.get(FieldId::FirstFrame) else {
        panic!("no file: {:?}", wish.draft)
    };
    assert_eq!((file.pixels, file.name.as_str()), (Some((1280, 720)), "first_frame.png"));
}

/// Texts, some of which make sense.
fn scraps() -> impl Strategy<Value = String> {
    let words = [
        "https://dashscope.aliyuncs.com",
        "https://api-platform.ope.ai",
        "/api/v1/services/aigc/image2video/video-synthesis",
        "/v1/videos",
        "/wan/videos",
        "/relay/ope/",
        "/api/v1/tasks/",
        "{\"model\": \"wan2.7-i2v\", ",
        "\"input\": {",
        "\"media\": [",
        "{\"type\": \"first_frame\", \"url\": ",
        "\"data:image/png;base64,iVBO\"",
        "\"oss://\"",
        "\"size\": \"1280x720\"",
        "}",
        "]",
        ",",
        ": ",
        "'",
        "null",
        "-1.5",
        "猫",
        "\u{0}",
    ];
    prop::collection::vec(
        prop_oneof![4 => prop::sample::select(words.to_vec()).prop_map(str::to_owned), 1 => any::<String>()],
        0..12,
    )
    .prop_map(|parts| parts.concat())
}

proptest! {
    #[test]
    fn any_call_is_read_and_examined_in_peace(
        method in "(GET|POST|PUT||[a-z]{0,3})",
        url in scraps(),
        header in (scraps(), scraps()),
        body in scraps(),
        variable in scraps(),
    ) {
        let catalog = Catalog::built_in();
        let call = Call {
            headers: vec![header, ("Content-Type".to_owned(), "text/plain".to_owned())],
            proof: Proof::Variable(variable),
            ..call(&method, &url, &body)
        };
        let reading = read(catalog, &[], &call);
        let seen = wan_playground::doctor::examine_read(catalog, &[], &call, &reading, 0);
        for finding in &seen.findings {
            prop_assert!(!finding.mended || seen.correction.is_some());
        }
    }
}
