//! Places for files: the page's own steps against the simulator's rules, and every refusal of the places.

use crate::harness::{CRAZYROUTER_PATH, IMAGE_PATH, Reply, Sim, VIDEO_PATH, png};
use axum::body::Body;
use serde_json::{Value, json};
use wan_playground::address::BaseUrl;
use wan_playground::catalog::{Catalog, FieldId, Gateway, Kind, MediaKind, Model};
use wan_playground::http::{Form, Response};
use wan_playground::media::Format;
use wan_playground::upload::trouble::{Next, Trouble};
use wan_playground::upload::{FileFacts, Place, Plan, Step, Uploaded};

const GOOD: (&str, &str) = ("authorization", "Bearer sk-canary-good");
const BOUNDARY: &str = "----canary0123456789";

type Parts = Vec<(String, String)>;

fn part(name: &str, value: &str) -> String {
    format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
}

/// The text of a form around its file.
fn around(parts: &Parts, name: &str) -> (String, String) {
    let mut before = String::new();
    for (name, value) in parts {
        before.push_str(&part(name, value));
    }
    let lines = [
        format!("--{BOUNDARY}"),
        format!("Content-Disposition: form-data; name=\"file\"; filename=\"{name}\""),
        "Content-Type: application/octet-stream\r\n\r\n".to_owned(),
    ];
    before.push_str(&lines.join("\r\n"));
    (before, format!("\r\n--{BOUNDARY}--\r\n"))
}

fn body(parts: &Parts, name: &str, file: &[u8]) -> Vec<u8> {
    let (before, after) = around(parts, name);
    [before.as_bytes(), file, after.as_bytes()].concat()
}

async fn post(sim: &Sim, path: &str, keyed: bool, body: impl Into<Body>) -> Reply {
    let kind = format!("multipart/form-data; boundary={BOUNDARY}");
    let mut headers = vec![("content-type", kind.as_str())];
    if keyed {
        headers.push(GOOD);
    }
    sim.send("POST", path, &headers, body).await
}

fn response(reply: &Reply) -> Response {
    Response { status: reply.status, body: reply.text(), ..Response::default() }
}

fn model(gateway: &str, model: &str) -> (&'static Gateway, &'static Model) {
    let gateway = Catalog::built_in().gateway(gateway).expect("a gateway");
    (gateway, gateway.model(model).expect("a model"))
}

/// The plan of an image for a field, at the simulator.
fn plan(gateway: &str, name: &str, field: FieldId, bytes: u64, mark: u32) -> Plan {
    let (gateway, model) = model(gateway, name);
    let Some(Kind::Media { rule, .. }) = model.field(field).map(|field| field.kind) else { panic!("a medium") };
    let base = BaseUrl::parse(&format!("http://127.0.0.1:8080/sim/{}", gateway.id)).expect("a base");
    let file = FileFacts { name: "张三.png".into(), format: Some(Format::Png), kind: MediaKind::Image, bytes };
    Place::of(gateway, &rule, &base).expect("a place").plan(model, file, mark).expect("it fits")
}

/// The path below the server.
fn path(url: &str) -> String {
    url.split_once("://")
        .and_then(|(_, rest)| rest.split_once('/'))
        .map(|(_, path)| format!("/{path}"))
        .expect("a path")
}

async fn allowed(sim: &Sim, plan: &Plan) -> Form {
    let Step::Ask(ask) = plan.begin() else { panic!("a policy is asked for") };
    let reply = sim.send("GET", &path(&ask.url), &[GOOD, ("host", "127.0.0.1:8080")], "").await;
    plan.allowed(&response(&reply)).unwrap_or_else(|why| panic!("{why:?}: {}", reply.text()))
}

/// The page's steps, one after the other.
async fn upload(sim: &Sim, plan: &Plan, file: &[u8]) -> Result<Uploaded, Trouble> {
    let form = match plan.begin() {
        Step::Ask(_) => allowed(sim, plan).await,
        Step::Send(form) => form,
    };
    let reply = post(sim, &path(&form.url), form.keyed, body(&form.parts, &form.file_name, file)).await;
    plan.sent(&form, &response(&reply), 0)
}

async fn create(sim: &Sim, at: &str, body: &Value, key: &str) -> Reply {
    let headers = [
        ("authorization", key),
        ("content-type", "application/json"),
        ("x-dashscope-async", "enable"),
        ("x-dashscope-ossresourceresolve", "enable"),
    ];
    sim.send("POST", at, &headers, body.to_string()).await
}

#[tokio::test]
async fn a_file_that_was_uploaded_makes_a_task_of_its_model_and_account_for_two_days() {
    let sim = Sim::new();
    let picture = png(640, 640);
    let plan = plan("dashscope", "wan2.2-s2v", FieldId::Portrait, picture.len() as u64, 1);
    let file = upload(&sim, &plan, &picture).await.expect("it is taken");
    assert!(file.link.starts_with("oss://dashscope-instant/") && file.link.ends_with("/00000001.png"), "{}", file.link);
    let s2v = json!({"model": "wan2.2-s2v", "input": {"image_url": file.link, "audio_url": "https://e.com/a.mp3"}, "parameters": {"resolution": "480P"}});
    let told = |reply: &Reply| (reply.status, reply.at("/code"));
    let lost = (400, "InvalidParameter.DataInspection".to_owned());
    assert_eq!(create(&sim, IMAGE_PATH, &s2v, GOOD.1).await.status, 200);
    assert_eq!(told(&create(&sim, IMAGE_PATH, &s2v, "Bearer sk-canary-other").await), lost, "another account");
    let i2v = json!({"model": "wan2.6-i2v", "input": {"prompt": "p", "img_url": file.link}});
    assert_eq!(told(&create(&sim, VIDEO_PATH, &i2v, GOOD.1).await), lost, "another model");
    let mut other = s2v.clone();
    other["input"]["image_url"] = "oss://dashscope-instant/0/a.png".into();
    assert_eq!(told(&create(&sim, IMAGE_PATH, &other, GOOD.1).await), lost, "a file that nobody uploaded");
    assert_eq!(sim.post(IMAGE_PATH, &s2v).await.status, 400, "without the header");
    sim.advance(48 * 3600);
    assert_eq!(told(&create(&sim, IMAGE_PATH, &s2v, GOOD.1).await), lost, "it is deleted");
}

#[tokio::test]
async fn a_policy_that_is_too_old_and_a_name_that_is_taken_are_told_and_the_next_press_helps() {
    let sim = Sim::new();
    let first = plan("dashscope", "wan2.2-s2v", FieldId::Portrait, 3, 7);
    let form = allowed(&sim, &first).await;
    let send = async |form: &Form| {
        let reply = post(&sim, &path(&form.url), false, body(&form.parts, &form.file_name, b"abc")).await;
        first.sent(form, &response(&reply), 0)
    };
    assert!(send(&form).await.is_ok());
    assert_eq!(send(&form).await, Err(Trouble::NameTaken));
    sim.advance(300);
    let old = send(&form).await.expect_err("too old");
    assert_eq!((&old, old.next()), (&Trouble::Expired, Next::Again));
    assert!(upload(&sim, &first, b"abc").await.is_ok(), "a new policy has a folder of its own");
}

#[tokio::test]
async fn the_store_refuses_as_alibabas_does() {
    let sim = Sim::new();
    let plan = plan("dashscope", "wan2.2-s2v", FieldId::Portrait, 3, 1);
    let good = allowed(&sim, &plan).await;
    let changed = |name: &str, value: Option<&str>| {
        let mut parts = good.parts.clone();
        match value {
            Some(value) => parts.iter_mut().find(|(known, _)| known == name).expect("a part").1 = value.to_owned(),
            None => parts.retain(|(known, _)| known != name),
        }
        parts
    };
    let rows = [
        ("key", None, 400, "InvalidArgument"),
        ("policy", None, 403, "AccessDenied"),
        ("Signature", None, 403, "AccessDenied"),
        ("OSSAccessKeyId", None, 403, "AccessDenied"),
        ("OSSAccessKeyId", Some("LTAI-other"), 403, "InvalidAccessKeyId"),
        ("Signature", Some("other"), 403, "SignatureDoesNotMatch"),
        ("policy", Some("other"), 403, "SignatureDoesNotMatch"),
        ("key", Some("elsewhere/a.png"), 403, "AccessDenied"),
        ("key", Some("dashscope-instant/../a.png"), 403, "AccessDenied"),
        ("x-oss-object-acl", Some("public-read"), 403, "AccessDenied"),
        ("x-oss-forbid-overwrite", None, 403, "AccessDenied"),
        ("x-oss-forbid-overwrite", Some("false"), 403, "AccessDenied"),
    ];
    for (name, value, status, code) in rows {
        let reply = post(&sim, "/sim/dashscope/oss", false, body(&changed(name, value), "a.png", b"abc")).await;
        assert_eq!(reply.status, status, "{name} {value:?}: {}", reply.text());
        assert!(reply.text().contains(&format!("<Code>{code}</Code>")), "{name} {value:?}: {}", reply.text());
        assert_eq!(reply.header("content-type"), Some("application/xml"));
    }
    let bytes = body(&good.parts, "a.png", b"abc");
    let told = async |reply: Reply| (reply.status, reply.text());
    let (status, text) = told(post(&sim, "/sim/dashscope/oss", true, bytes.clone()).await).await;
    assert!(status == 400 && text.contains("Authorization"), "a key at the store: {text}");
    let (status, _) =
        told(sim.send("POST", "/sim/dashscope/oss", &[("content-type", "application/json")], "{}").await).await;
    assert_eq!(status, 412);
    // The file comes last: what follows it is not read.
    let (before, after) = around(&vec![good.parts[0].clone()], "a.png");
    let mut late = before + "abc\r\n";
    for (name, value) in &good.parts[1..] {
        late.push_str(&part(name, value));
    }
    late += &after[2..];
    let (status, text) = told(post(&sim, "/sim/dashscope/oss", false, late).await).await;
    assert!(status == 400 && text.contains("order of the fields"), "{text}");
    // Cut at every tenth, nothing is stored.
    for tenth in 1..10 {
        let cut = bytes[..bytes.len() * tenth / 10].to_vec();
        let reply = post(&sim, "/sim/dashscope/oss", false, cut).await;
        assert_eq!(reply.status, 400, "{tenth} tenths: {}", reply.text());
    }
    assert_eq!(post(&sim, "/sim/dashscope/oss", false, bytes).await.status, 200, "none of these stored anything");
}

/// The link of a picture that was uploaded for a model of `DashScope` that begins with one.
pub async fn picture(sim: &Sim, model: &str) -> String {
    let picture = png(640, 640);
    let field = if model == "wan2.2-s2v" { FieldId::Portrait } else { FieldId::FirstFrame };
    let plan = plan("dashscope", model, field, picture.len() as u64, 0xabc);
    upload(sim, &plan, &picture).await.expect("it is taken").link
}

#[tokio::test]
async fn a_file_beyond_the_policy_is_too_large() {
    let sim = Sim::new();
    let plan = plan("dashscope", "wan2.2-s2v", FieldId::Portrait, 100 << 20, 1);
    let form = allowed(&sim, &plan).await;
    let reply = post(&sim, "/sim/dashscope/oss", false, body(&form.parts, "a.png", &vec![0; (100 << 20) + 1])).await;
    let why = plan.sent(&form, &response(&reply), 0).expect_err("too large");
    assert_eq!((reply.status, why), (400, Trouble::TooLarge(None)), "{}", reply.text());
    assert!(upload(&sim, &plan, &vec![0; 100 << 20]).await.is_ok(), "to the last byte");
}

#[tokio::test]
async fn crazyrouter_takes_pictures_up_to_its_limits() {
    let sim = Sim::new();
    let picture = png(640, 640);
    let first = plan("crazyrouter", "wan2.2-s2v", FieldId::Portrait, picture.len() as u64, 1);
    let file = upload(&sim, &first, &picture).await.expect("it is taken");
    assert!(file.link.starts_with("https://media.crazyrouter.com/") && file.link.contains(".png"), "{}", file.link);
    let s2v = json!({"model": "wan2.2-s2v", "input": {"image_url": file.link, "audio_url": "https://e.com/a.mp3"}, "parameters": {"resolution": "480P"}});
    assert_eq!(sim.post(CRAZYROUTER_PATH, &s2v).await.status, 200);
    let at = "/sim/crazyrouter/v1/files/uploads";
    let purpose = vec![("purpose".to_owned(), "model_input".to_owned())];
    let of = |length: usize| [picture.clone(), vec![0; length - picture.len()]].concat();
    let read = |reply: &Reply| {
        first.sent(
            &match first.begin() {
                Step::Send(form) => form,
                Step::Ask(_) => panic!(),
            },
            &response(reply),
            0,
        )
    };
    for (keyed, parts, bytes, status, next) in [
        (false, purpose.clone(), picture.clone(), 401, Next::OtherKey),
        (true, Vec::new(), picture.clone(), 400, Next::Elsewhere),
        (true, purpose.clone(), b"GIF no, text".to_vec(), 415, Next::OtherFile),
        (true, purpose.clone(), Vec::new(), 400, Next::Elsewhere),
        (true, purpose.clone(), of((20 << 20) + 1), 413, Next::OtherFile),
    ] {
        let reply = post(&sim, at, keyed, body(&parts, "a.png", &bytes)).await;
        assert_eq!(reply.status, status, "{}", reply.text());
        assert_eq!(read(&reply).expect_err("a refusal").next(), next, "{}", reply.text());
    }
    for count in 0..10 {
        let reply = post(&sim, at, true, body(&purpose, "a.png", &of(20 << 20))).await;
        // The first picture of this test counts too.
        let status = if count < 9 { 200 } else { 429 };
        assert_eq!(reply.status, status, "{count}: {}", reply.text());
        if status == 429 {
            assert_eq!(read(&reply).expect_err("a refusal").next(), Next::Later);
        }
    }
    sim.advance(86_400);
    assert_eq!(post(&sim, at, true, body(&purpose, "a.png", &picture)).await.status, 200, "the next day");
}

#[tokio::test]
async fn acedatacloud_names_the_file_on_its_own_host() {
    let sim = Sim::new();
    let picture = png(640, 640);
    let plan = plan("acedata", "wan2.6-i2v", FieldId::FirstFrame, picture.len() as u64, 1);
    let file = upload(&sim, &plan, &picture).await.expect("it is taken");
    assert!(file.link.starts_with("https://cdn.acedata.cloud/"), "{}", file.link);
    assert_eq!((file.ends_ms, file.model), (None, None));
}

#[tokio::test]
async fn a_policy_is_asked_for_in_one_way_only() {
    let sim = Sim::new();
    for (query, headers, status) in [
        ("action=getPolicy&model=wan2.2-s2v", &[GOOD][..], 200),
        ("model=wan2.2-s2v&action=getPolicy", &[GOOD], 200),
        ("action=getPolicy&model=wan2.2-s2v", &[], 401),
        ("action=getPolicy", &[GOOD], 400),
        ("model=wan2.2-s2v", &[GOOD], 400),
        ("action=list&model=wan2.2-s2v", &[GOOD], 400),
        ("action=getPolicy&model=wan9", &[GOOD], 404),
        ("action=getPolicy&model=wan2.2-s2v&x=y", &[GOOD], 400),
        ("action=getPolicy&model=wan2.2-s2v", &[GOOD, ("x-sim-scenario", "sim:throttled")], 429),
    ] {
        let reply = sim.send("GET", &format!("/sim/dashscope/api/v1/uploads?{query}"), headers, "").await;
        assert_eq!(reply.status, status, "{query}: {}", reply.text());
    }
    // The log tells of a form what it held, and no signature.
    let plan = plan("dashscope", "wan2.2-s2v", FieldId::Portrait, 3, 1);
    upload(&sim, &plan, b"abc").await.expect("it is taken");
    let log = sim.send("GET", "/sim/_log", &[], "").await.json();
    let last = log.as_array().and_then(|log| log.last()).cloned().unwrap_or_default();
    let told = r#"{"parts":["OSSAccessKeyId","Signature","policy","key","x-oss-object-acl","x-oss-forbid-overwrite","success_action_status"],"file":{"name":"00000001.png","bytes":3}}"#;
    assert_eq!((&last["path"], &last["body"]), (&json!("/oss"), &json!(told)));
    assert_eq!(last["headers"]["authorization"], "absent");
}
