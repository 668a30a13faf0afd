use super::store::is_store;
use super::trouble::Next;
use super::*;
use crate::catalog::{Catalog, FieldId, Kind};
use crate::http::Method;

const DAY_MS: u64 = 24 * HOUR_MS;

fn gateway(id: &str) -> &'static Gateway {
    Catalog::built_in().gateway(id).expect("a built-in gateway")
}

fn rule(gateway: &Gateway, model: &str, field: FieldId) -> MediaRule {
    match gateway.model(model).and_then(|model| model.field(field)).map(|field| field.kind) {
        Some(Kind::Media { rule, .. }) => rule,
        _ => panic!("{model} has no such field"),
    }
}

fn base(text: &str) -> BaseUrl {
    BaseUrl::parse(text).expect("a base")
}

fn portrait() -> FileFacts {
    FileFacts { name: "张三 的照片.PNG".into(), format: Some(Format::Png), kind: MediaKind::Image, bytes: 5 << 20 }
}

fn place(id: &str, at: &str) -> Result<Place, NoPlace> {
    let gateway = gateway(id);
    Place::of(gateway, &rule(gateway, "wan2.2-s2v", FieldId::Portrait), &base(at))
}

fn plan(id: &str, at: &str) -> Plan {
    let model = gateway(id).model("wan2.2-s2v").expect("the model");
    place(id, at).expect("a place").plan(model, portrait(), 0x00c0_ffee).expect("it fits")
}

fn answer(status: u16, body: &str) -> Response {
    Response { status, body: body.to_owned(), ..Response::default() }
}

/// The policy of the official page, with this member changed.
fn policy(name: &str, value: &str) -> Response {
    let mut data = serde_json::json!({
        "policy": "eyJl…1ZX0=",
        "signature": "g5K…d40=",
        "upload_dir": "dashscope-instant/3d3c/2026-11-28/d9a2",
        "upload_host": "https://dashscope-file-mgr.oss-cn-beijing.aliyuncs.com",
        "expire_in_seconds": 300,
        "max_file_size_mb": 100,
        "capacity_limit_mb": 999_999_999,
        "oss_access_key_id": "LTAI5tG7vL6zZ",
        "x_oss_object_acl": "private",
        "x_oss_forbid_overwrite": true
    });
    if !name.is_empty() {
        data[name] = serde_json::from_str(value).expect("JSON");
    }
    answer(200, &serde_json::json!({"request_id": "b744", "data": data}).to_string())
}

#[test]
fn dashscope_is_asked_for_a_policy_and_its_store_gets_the_form_without_the_key() {
    let plan = plan("dashscope", "https://dashscope.aliyuncs.com");
    let Step::Ask(ask) = plan.begin() else { panic!("a policy is asked for") };
    assert_eq!(ask.method, Method::Get);
    assert_eq!(ask.url, "https://dashscope.aliyuncs.com/api/v1/uploads?action=getPolicy&model=wan2.2-s2v");
    assert_eq!(ask.body, None);
    let form = plan.allowed(&policy("", "")).expect("a policy");
    assert_eq!(form.url, "https://dashscope-file-mgr.oss-cn-beijing.aliyuncs.com");
    assert!(!form.keyed, "the store gets no key");
    let key = "dashscope-instant/3d3c/2026-11-28/d9a2/00c0ffee.png";
    let parts: Vec<(&str, &str)> = form.parts.iter().map(|(name, value)| (&**name, &**value)).collect();
    assert_eq!(
        parts,
        [
            ("OSSAccessKeyId", "LTAI5tG7vL6zZ"),
            ("Signature", "g5K…d40="),
            ("policy", "eyJl…1ZX0="),
            ("key", key),
            ("x-oss-object-acl", "private"),
            ("x-oss-forbid-overwrite", "true"),
            ("success_action_status", "200"),
        ]
    );
    assert_eq!((&*form.file_name, form.media_type, form.bytes), ("00c0ffee.png", "image/png", 5 << 20));
    let uploaded = plan.sent(&form, &answer(200, ""), DAY_MS).expect("it is there");
    assert_eq!(uploaded.link, ["oss://", key].concat());
    assert_eq!(uploaded.ends_ms, Some(3 * DAY_MS), "48 hours after the form left");
    assert_eq!((&*uploaded.name, uploaded.size), ("张三 的照片.PNG", 5 << 20));
}

#[test]
fn an_uploaded_file_is_good_for_its_model_and_gateway_until_its_end() {
    let plan = plan("dashscope", "https://dashscope.aliyuncs.com");
    let form = plan.allowed(&policy("", "")).expect("a policy");
    let uploaded = plan.sent(&form, &answer(204, ""), 0).expect("it is there");
    let good = |gateway, model, now_ms| uploaded.still_good(gateway, model, now_ms);
    assert_eq!(good("dashscope", "wan2.2-s2v", 2 * DAY_MS - 1), Ok(()));
    assert_eq!(good("dashscope", "wan2.2-s2v", 2 * DAY_MS), Err(Stale::Ended));
    assert_eq!(good("dashscope", "wan2.7-i2v", 1), Err(Stale::Model));
    assert_eq!(good("ope", "wan2.2-s2v", 1), Err(Stale::Gateway));
    let any = Uploaded { model: None, ends_ms: None, ..uploaded };
    assert_eq!(any.still_good("dashscope", "wan2.7-i2v", u64::MAX), Ok(()));
}

#[test]
fn a_policy_in_another_spelling_is_read_and_one_with_a_hole_is_not() {
    let plan = plan("dashscope", "https://dashscope.aliyuncs.com");
    let said = |name, value| plan.allowed(&policy(name, value));
    let forbids = |form: Form| form.parts[5].1.clone();
    assert_eq!(said("x_oss_forbid_overwrite", "\"true\"").map(forbids), Ok("true".into()));
    assert_eq!(said("x_oss_forbid_overwrite", "null").map(forbids), Ok("true".into()));
    let host = "\"dashscope-file-mgr.oss-cn-beijing.aliyuncs.com\"";
    let url = said("upload_host", host).expect("a bare host is one").url;
    assert_eq!(url, "https://dashscope-file-mgr.oss-cn-beijing.aliyuncs.com");
    assert_eq!(said("max_file_size_mb", "\"4\""), Err(Trouble::TooLarge(Some(4 << 20))));
    for hole in ["policy", "signature", "upload_dir", "upload_host", "oss_access_key_id"] {
        for value in ["null", "\"\"", "{}", "\"a\\r\\nb\""] {
            assert_eq!(said(hole, value), Err(Trouble::Unreadable(Unreadable::Shape)), "{hole} {value}");
        }
    }
}

#[test]
fn a_file_goes_to_no_other_store() {
    let plan = plan("dashscope", "https://dashscope.aliyuncs.com");
    for store in [
        "https://evil.example",
        "http://dashscope-file-mgr.oss-cn-beijing.aliyuncs.com",
        "https://dashscope-file-mgr.oss-cn-beijing.aliyuncs.com.evil.example",
        "https://dashscope-file-mgr.oss-cn-beijing.aliyuncs.com@evil.example",
        "https://dashscope-file-mgr.oss-cn-beijing.aliyuncs.com:8443",
        "https://evil.oss-cn-beijing.aliyuncs.com",
        "https://dashscope-file-.oss-cn-beijing.aliyuncs.com",
        "https://dashscope-file-a.b.oss-cn-beijing.aliyuncs.com",
        "https://dashscope-file-a.oss-cn-.aliyuncs.com",
        "https://dashscope-file-a.oss-us-east-1.aliyuncs.com",
        "https://dashscope-file-mgr.oss-cn-beijing.aliyuncs.com?x=y",
    ] {
        let found = plan.allowed(&policy("upload_host", &format!("{store:?}")));
        assert!(matches!(found, Err(Trouble::Store(_))), "{store}: {found:?}");
    }
    assert!(is_store("dashscope-file-mgr.oss-cn-beijing.aliyuncs.com"));
    // A stand-in keeps the file itself, and only itself.
    let own = super::tests::plan("dashscope", "http://127.0.0.1:8080/sim/dashscope");
    let Step::Ask(ask) = own.begin() else { panic!("a policy is asked for") };
    assert!(ask.url.starts_with("http://127.0.0.1:8080/sim/dashscope/api/v1/uploads?"), "{}", ask.url);
    assert!(own.allowed(&policy("upload_host", "\"http://127.0.0.1:8080/sim/dashscope/oss\"")).is_ok());
    assert!(own.allowed(&policy("upload_host", "\"http://127.0.0.1:9/oss\"")).is_err());
}

#[test]
fn the_places_are_where_the_catalog_has_them() {
    let at = |id, url| place(id, url).map(|place| place.base().text());
    assert_eq!(
        at("dashscope", "https://llm-1.cn-beijing.maas.aliyuncs.com"),
        Ok("https://dashscope.aliyuncs.com".into())
    );
    assert_eq!(at("dashscope", "https://dashscope-intl.aliyuncs.com"), Err(NoPlace::Region));
    assert_eq!(at("crazyrouter", "https://crazyrouter.com"), Ok("https://api.crazyrouter.com".into()));
    assert_eq!(at("crazyrouter", "https://proxy.example/cr"), Ok("https://proxy.example/cr".into()));
    let crazyrouter = gateway("crazyrouter");
    let audio = rule(crazyrouter, "wan2.2-s2v", FieldId::Audio);
    assert_eq!(Place::of(crazyrouter, &audio, &base("https://crazyrouter.com")), Err(NoPlace::None));
    let ope = gateway("ope");
    let frame = rule(ope, "wan2.7-i2v", FieldId::FirstFrame);
    assert_eq!(Place::of(ope, &frame, &base("https://api-platform.ope.ai")), Err(NoPlace::None));
    assert!(gateway("acedata").upload.is_some_and(|upload| upload.undocumented));
}

#[test]
fn a_place_takes_what_it_says() {
    let place = place("crazyrouter", "https://crazyrouter.com").expect("a place");
    let with = |change: fn(&mut FileFacts)| {
        let mut file = portrait();
        change(&mut file);
        place.takes(&file)
    };
    assert_eq!(with(|_| ()), Ok(()));
    assert_eq!(with(|file| file.bytes = 20 << 20), Ok(()));
    assert_eq!(with(|file| file.bytes = (20 << 20) + 1), Err(Unfit::TooLarge(20 << 20)));
    assert_eq!(with(|file| file.bytes = 0), Err(Unfit::Empty));
    assert_eq!(with(|file| file.kind = MediaKind::Audio), Err(Unfit::Kind));
    let formats = place.upload().formats;
    assert_eq!(with(|file| file.format = Some(Format::Bmp)), Err(Unfit::Format(formats)));
    assert_eq!(with(|file| file.format = None), Err(Unfit::Format(formats)));
}

#[test]
fn crazyrouter_gets_one_form_with_the_key_and_names_the_link() {
    let plan = plan("crazyrouter", "https://crazyrouter.com");
    let Step::Send(form) = plan.begin() else { panic!("there is no policy") };
    assert_eq!(form.url, "https://api.crazyrouter.com/v1/files/uploads");
    assert!(form.keyed);
    assert_eq!(form.parts, [("purpose".to_owned(), "model_input".to_owned())]);
    let link = |body: &str| plan.sent(&form, &answer(200, body), 0).map(|uploaded| uploaded.link);
    let url = "https://media.crazyrouter.com/u/00c0ffee.png";
    assert_eq!(link(&format!(r#"{{"id":"f1","url":"{url}","bytes":5}}"#)), Ok(url.into()));
    assert_eq!(link(&format!(r#"{{"success":true,"data":{{"url":"{url}"}}}}"#)), Ok(url.into()));
    for body in
        [r#"{"url":"javascript:alert(1)"}"#, r#"{"url":"http://a/b"}"#, r#"{"url":"oss://a/b"}"#, "{}", r#"{"url":7}"#]
    {
        assert_eq!(link(body), Err(Trouble::Unreadable(Unreadable::Shape)), "{body}");
    }
    assert_eq!(link("<html>"), Err(Trouble::Unreadable(Unreadable::Html)));
    assert_eq!(plan.sent(&form, &answer(200, &format!(r#"{{"url":"{url}"}}"#)), 0).map(|file| file.model), Ok(None));
}

#[test]
fn every_refusal_says_what_to_do() {
    let plan = plan("dashscope", "https://dashscope.aliyuncs.com");
    let form = plan.allowed(&policy("", "")).expect("a policy");
    let store = |status, code: &str, message: &str| {
        let xml = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error>\n  <Code>{code}</Code>\n  <Message>{message}</Message>\n  <RequestId>674</RequestId>\n  <HostId>dashscope-file-mgr.oss-cn-beijing.aliyuncs.com</HostId>\n</Error>\n"
        );
        plan.sent(&form, &answer(status, &xml), 0).expect_err("a refusal")
    };
    assert_eq!(store(403, "AccessDenied", "Invalid according to Policy: Policy expired."), Trouble::Expired);
    let taken = "The object you specified already exists and can not be overwritten.";
    assert_eq!(store(409, "FileAlreadyExists", taken), Trouble::NameTaken);
    let large = "Your proposed upload exceeds the maximum allowed size";
    assert_eq!(store(400, "EntityTooLarge", large), Trouble::TooLarge(None));
    let other = store(403, "AccessDenied", "Invalid according to Policy: Policy Condition failed");
    assert!(matches!(&other, Trouble::Refused(fault) if fault.code == "AccessDenied" && fault.request_id == "674"));
    let asked = |status, body: &str| plan.allowed(&answer(status, body)).expect_err("a refusal").next();
    let json = |code: &str, message: &str| format!(r#"{{"code":"{code}","message":"{message}","request_id":"r"}}"#);
    assert_eq!(asked(401, &json("InvalidApiKey", "Invalid API-key provided.")), Next::OtherKey);
    assert_eq!(asked(429, &json("Throttling.RateQuota", "Requests rate limit exceeded")), Next::Later);
    assert_eq!(asked(400, &json("InvalidParameter", "url error")), Next::Elsewhere);
    assert_eq!(asked(404, &json("ModelNotFound", "Model not exist.")), Next::Elsewhere);
    assert_eq!(asked(500, &json("InternalError", "oops")), Next::Later);
    assert_eq!(asked(424, &json("Relay.busy", "HTTP 503. Too many calls are under way.")), Next::Later);
    assert_eq!(asked(200, "{}"), Next::Again);
    for status in [413, 424] {
        let large = answer(status, &json("Relay.request_too_large", "m"));
        assert_eq!(plan.sent(&form, &large, 0), Err(Trouble::TooLarge(None)));
    }
    assert_eq!(plan.sent(&form, &answer(424, &json("Relay.store", "m")), 0), Err(Trouble::Expired));
    assert_eq!(plan.sent(&form, &answer(200, "<!DOCTYPE html>"), 0), Err(Trouble::Unreadable(Unreadable::Html)));
}

#[test]
fn a_stored_name_says_nothing_of_the_users() {
    let named = |name: &str, format| name::stored(name, format, 7);
    assert_eq!(named("../../secret.exe", Some(Format::Mp4)), "00000007.mp4");
    assert_eq!(named("clip.AVI", None), "00000007.avi");
    assert_eq!(named("no ending", None), "00000007");
    assert_eq!(named("a.b/c d", None), "00000007");
    assert_eq!(named("x.电影", None), "00000007");
}

#[test]
fn a_link_that_is_two_days_old_is_over() {
    assert!(is_over("oss://a/b", 5, 5 + 2 * DAY_MS));
    assert!(!is_over("oss://a/b", 5, 4 + 2 * DAY_MS));
    assert!(!is_over("https://a/b", 5, u64::MAX));
}
