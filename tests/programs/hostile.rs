//! Strings, ids, links and messages that mean something to a shell or a language, and gateways that misbehave.

use super::gateway::{Answer, Asked, Gateway};
use super::life::{build, runtimes};
use super::runtime::{End, Folder, Runtime, all_at_once};
use super::way::{BODY_FILE, Way};
use crate::bench::Bench;
use crate::prompts::prompts;
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use wan_playground::address::BaseUrl;
use wan_playground::http::Json;
use wan_playground::media::LocalFile;
use wan_playground::snippet::Program;

const KEY: &str = "sk-canary-hostile-0123456789";

/// A task id, a video location and a message full of special characters.
const ID: &str = "../x y'$(touch spoiled)\"`touch spoiled`\\?&#%2F{0}猫";
const LINK: &str = "/video.mp4?Signature=a%2Bb%2F%3D&Expires=1&x=%27%20&$HOME&y=(z)*~!;&u=%E7%8C%AB";
const MESSAGE: &str = "50% off: %s %n ${HOME} $(touch spoiled) `touch spoiled` 'it''s' \"so\" \\n {0}";

/// More than what is hostile to a shell.
pub fn texts() -> Vec<String> {
    let mut texts = prompts();
    texts.extend(
        [
            "'''",
            "\"\"\"",
            "\"\"\"\"\"\"",
            "*/ /* // # -- <!--",
            "#{x} {x} {{x}} %{x} \\(x) {0}",
            "\"# \"## \"###",
            "r#\"x\"#",
            "\\u0000 \\u{1f600} \\x00 \\U0001F600 \\N{CAT}",
            "\u{0}\u{1}\u{7f}\u{85}\u{9b}",
            "\u{2028}\u{2029}\u{a0}",
            "\u{200e}\u{200f}\u{202a}\u{2066}\u{2069}",
            "'@\n'@",
            "@'\n\"@",
            "‘’‚‛“”„",
            "`n `0 `` ` $env:PATH $(Get-Date)",
            "</script>",
            "\u{fffd}\u{ffff}\u{10ffff}",
            "⟦body⟧⟦/⟧⟦?x⟧",
            "JSON\nEOF\nEND",
            "",
            " ",
            "\\",
            "\\\\",
            "\"",
            "${",
            "`",
            "task0id",
        ]
        .map(str::to_owned),
    );
    texts
}

/// A body that contains all of these, as values and as names.
pub fn body(texts: &[String]) -> Json {
    let mut body = Json::object();
    body.put("model", Json::Text("wan2.5-t2v-preview".to_owned()));
    // A position where each of them is part of a prompt, too.
    body.put("input.prompt", Json::Text(texts.concat()));
    body.put("input.texts", Json::List(texts.iter().cloned().map(Json::Text).collect()));
    let names = ["__proto__", "constructor", "a b", "$x", "'", "\"", "`", "1", "", "class", "猫"];
    let names = names.iter().map(|name| ((*name).to_owned(), Json::Number(-1))).collect();
    body.put("input.names", Json::Object(names));
    body.put(
        "input.nothing",
        Json::List(vec![Json::List(Vec::new()), Json::object(), Json::Flag(true), Json::Flag(false)]),
    );
    body
}

/// A way to a gateway of this test, at a base with special characters for a shell: `DashScope`'s, or the one that the
/// program is for.
fn way(simulator: &Bench, program: Program, port: u16, mut body: Json) -> Way {
    if program == Program::PythonOpenAi {
        // The library requires it.
        body.put("prompt", Json::Text("p".to_owned()));
    }
    let of = if program == Program::PythonOpenAi { ("ope", "wan2.7-i2v") } else { ("dashscope", "wan2.5-t2v-preview") };
    at(Way::new(simulator, of, "p"), port, body)
}

fn at(mut way: Way, port: u16, body: Json) -> Way {
    let base = format!("http://127.0.0.1:{port}/it's-$HOME-$(id)-%2F");
    way.base = BaseUrl::parse(&base).expect("a loopback base");
    way.create.url = way.base.join(way.endpoint.create);
    way.create.body = Some(body.into());
    way
}

struct Run {
    runtime: Runtime,
    way: Way,
    text: String,
    gateway: Gateway,
}

impl Run {
    /// A run of each of these against a gateway of its own.
    fn all(runtimes: impl Iterator<Item = Runtime>, body: &Json, gateway: impl Fn() -> Gateway) -> Vec<Self> {
        let simulator = Bench::start(&["dash"]);
        let run = |runtime: Runtime| {
            let gateway = gateway();
            Self::new(runtime, way(&simulator, runtime.program, gateway.port, body.clone()), gateway)
        };
        runtimes.map(run).collect()
    }

    fn new(runtime: Runtime, way: Way, gateway: Gateway) -> Self {
        let text = way.print(runtime.program).text;
        Self { runtime, way, text, gateway }
    }

    fn run(&self, folder: &Folder) -> End {
        assert!(!self.text.contains("canary"));
        self.runtime.run(folder, &self.text, Some((self.way.gateway.key_variable, KEY)), &[])
    }
}

fn build_all(name: &str, runs: &[Run]) {
    build(name, runs.iter().map(|run| (run.runtime, &*run.text)));
}

fn refuses() -> Gateway {
    let refusal = r#"{"code":"InvalidParameter","message":"refused here"}"#;
    Gateway::start(move |_, _, _| Answer::Full(400, "Content-Type: application/json\r\n", refusal.into()))
}

fn sends_only(run: &Run, folder: &Folder) -> Result<(), String> {
    let before = folder.names();
    let end = run.run(folder);
    let asked = run.gateway.asked();
    let told = |what: &str| format!("{} {what}\n{}\n{}\n{}", run.runtime.name(), end.out, end.err, run.text);
    if end.ok || !end.err.contains("refused here") || asked.len() != 1 || folder.names() != before {
        return Err(told("does something else"));
    }
    let Asked { method, path, has_key, body } = &asked[0];
    let expected =
        run.way.create.url.split_once("127.0.0.1:").and_then(|(_, rest)| rest.find('/').map(|at| &rest[at..]));
    // A browser encodes addresses without apostrophes.
    if (&**method, Some(&*path.replace("%27", "'")), has_key) != ("POST", expected, &true) {
        return Err(told("calls another place"));
    }
    let sent: Value = serde_json::from_slice(body).map_err(|why| told(&why.to_string()))?;
    let body = run.way.create.body_text().expect("a body");
    let meant: Value = serde_json::from_str(&body).expect("JSON");
    if run.runtime.own(sent) == meant { Ok(()) } else { Err(told("sends something else")) }
}

#[test]
fn every_text_arrives_as_it_is_from_every_program() {
    let texts = texts();
    assert!(texts.len() >= 60);
    let body = body(&texts);
    let runs = Run::all(runtimes(), &body, refuses);
    build_all("texts", &runs);
    all_at_once(runs, |run| sends_only(&run, &Folder::new()));
}

#[test]
fn each_text_alone_leaves_the_shells_alone() {
    let simulator = Bench::start(&["dash"]);
    let mut work = Vec::new();
    for runtime in runtimes().filter(|runtime| runtime.program == Program::Sh) {
        for text in texts() {
            let gateway = refuses();
            let mut body = Json::object();
            body.put("input.prompt", Json::Text(text));
            let way = Way::new(&simulator, ("dashscope", "wan2.5-t2v-preview"), "p");
            let way = at(way, gateway.port, body);
            work.push(Run::new(runtime, way, gateway));
        }
    }
    all_at_once(work, |run| {
        let body = run.way.create.body_text().expect("a body");
        sends_only(&run, &Folder::new())?;
        // To the last byte.
        if run.gateway.asked()[0].body == body.as_bytes() { Ok(()) } else { Err(body) }
    });
}

#[test]
fn local_files_travel_in_the_file_beside_the_program() {
    let file = LocalFile {
        name: "a.png".to_owned(),
        format: None,
        bytes: 300_000,
        pixels: None,
        alpha: false,
        base64: "QUJD".repeat(100_000),
        ..LocalFile::default()
    };
    let mut body = Json::object();
    body.put("input.prompt", Json::Text("猫 'it' \\".to_owned()));
    body.put("model", Json::Text("wan2.5-i2v-preview".to_owned()));
    body.put("input.img_url", Json::File(Arc::new(file)));
    let runs = Run::all(runtimes().filter(|runtime| runtime.program != Program::Browser), &body, refuses);
    build_all("files", &runs);
    all_at_once(runs, |run| {
        assert!(run.way.print(run.runtime.program).needs_file && run.text.len() < 12_000 && !run.text.contains("QUJD"));
        let folder = Folder::new();
        fs::write(folder.0.join(BODY_FILE), run.way.create.body_text().expect("a body"))
            .expect("the folder can be written");
        sends_only(&run, &folder)
    });
}

#[test]
fn a_create_call_without_a_clear_answer_is_not_sent_again_and_may_be_billed() {
    let gone = |_: &Asked, _: usize, _: u16| Answer::HangUp;
    // A response that makes browsers, and some libraries, send the request again automatically.
    let late = |_: &Asked, _: usize, _: u16| {
        Answer::Full(408, "Content-Type: application/json\r\n", b"{\"code\":\"RequestTimeOut\"}".to_vec())
    };
    let mut runs = Run::all(runtimes(), &body(&[]), || Gateway::start(gone));
    runs.extend(Run::all(runtimes(), &body(&[]), || Gateway::start(late)));
    build_all("hang-up", &runs);
    all_at_once(runs, |run| {
        let end = run.run(&Folder::new());
        let asked = run.gateway.asked().len();
        let right = !end.ok && asked == 1 && end.err.contains("billed");
        if right { Ok(()) } else { Err(format!("{} asks {asked} times\n{}", run.runtime.name(), end.err)) }
    });
}

/// Programs that read the responses of this test's gateways.
fn asked_like_dashscope() -> impl Iterator<Item = Runtime> {
    runtimes().filter(|runtime| runtime.program != Program::PythonOpenAi)
}

/// Decodes percent signs.
fn decoded(text: &str) -> String {
    let mut out = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let escape = after.get(..2).and_then(|two| u8::from_str_radix(std::str::from_utf8(two).ok()?, 16).ok());
        if let Some(byte) = escape.filter(|_| *first == b'%') {
            out.push(byte);
            rest = &after[2..];
        } else {
            out.push(*first);
            rest = after;
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

fn json_answer(value: &Value) -> Answer {
    Answer::Full(200, "Content-Type: application/json\r\n", value.to_string().into_bytes())
}

/// A video long enough to be cut in two.
fn film() -> Vec<u8> {
    b"\0\0\0\x18ftypmp42".iter().copied().cycle().take(100_000).collect()
}

/// Everything fails once, and then the video is there.
fn misbehaves(asked: &Asked, number: usize, port: u16) -> Answer {
    let running = json!({"output": {"task_id": ID, "task_status": "RUNNING"}});
    match number {
        0 => json_answer(&json!({"output": {"task_id": ID, "task_status": "PENDING"}, "request_id": "r"})),
        1 => Answer::HangUp,
        2 => Answer::Full(200, "Content-Type: text/html\r\n", b"<html>\"task_status\": \"FAILED\"</html>".to_vec()),
        3 => Answer::Full(401, "", br#"{"code":"InvalidApiKey","message":"for a moment"}"#.to_vec()),
        4 => Answer::Broken(running.to_string().into_bytes()),
        5 => Answer::Full(503, "Retry-After: 2\r\n", br#"{"output":{"task_status":"FAILED"}}"#.to_vec()),
        6 => json_answer(&json!({"output": {"task_id": ID, "task_status": "UNHEARD_OF", "video_url": null}})),
        7 => json_answer(&json!([{"output": "nonsense"}])),
        8 => json_answer(&json!({"output": "nonsense", "code": 7})),
        9 => json_answer(&json!({"output": {"task_id": ID, "task_status": "SUCCEEDED"}})),
        _ if asked.path.starts_with("/video.mp4") && number == 11 => Answer::Broken(film()),
        _ if asked.path.starts_with("/video.mp4") => Answer::Full(200, "", film()),
        _ => {
            let link = format!("http://127.0.0.1:{port}{LINK}");
            // Written as Go escapes an ampersand.
            let told = json!({"output": {"task_id": ID, "task_status": "succeeded", "video_url": link}}).to_string();
            Answer::Full(200, "", told.replace('&', "\\u0026").into_bytes())
        }
    }
}

#[test]
fn a_task_outlives_everything_that_goes_wrong_on_the_way() {
    let runs =
        Run::all(asked_like_dashscope().filter(|runtime| runtime.program != Program::Browser), &body(&[]), || {
            Gateway::start(misbehaves)
        });
    build_all("misbehaves", &runs);
    all_at_once(runs, |run| {
        let folder = Folder::new();
        let end = run.run(&folder);
        let asked = run.gateway.asked();
        let told = |what: &str| Err(format!("{} {what}\n{}\n{}\n{asked:#?}", run.runtime.name(), end.out, end.err));
        // Java prints characters beyond ASCII in the system's encoding.
        let id = end.task().unwrap_or_default().trim_end_matches(['?', '猫']);
        if !end.ok || id != ID.trim_end_matches('猫') {
            return told("does not bring the video");
        }
        let file = end.file();
        let plain = file.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte));
        if folder.names() != [file] || !plain || fs::read(folder.0.join(file)).expect("it was listed") != film() {
            return told("saves something else");
        }
        let paths: Vec<&str> = asked.iter().map(|asked| asked.path.as_str()).collect();
        if paths.len() != 14 || paths[11] != LINK || paths[13] != LINK || asked[11].has_key || asked[13].has_key {
            return told("fetches something else");
        }
        let posts = asked.iter().filter(|asked| asked.method == "POST").count();
        let of_task = |path: &&str| decoded(path).ends_with(&format!("/api/v1/tasks/{ID}"));
        if posts != 1 || paths[1..11].iter().filter(|path| of_task(path)).count() != 10 {
            return told("asks for something else");
        }
        Ok(())
    });
}

#[test]
fn a_message_is_told_as_it_is() {
    let runs = Run::all(asked_like_dashscope(), &body(&[]), || {
        Gateway::start(|_, number, _| match number {
            0 => json_answer(&json!({"output": {"task_id": "a-b_c.d", "task_status": "PENDING"}})),
            _ => json_answer(
                &json!({"output": {"task_id": "a", "task_status": "Failed", "code": "Some.Code", "message": MESSAGE}}),
            ),
        })
    });
    build_all("message", &runs);
    all_at_once(runs, |run| {
        let folder = Folder::new();
        let end = run.run(&folder);
        let told = end.err.contains("Some.Code") && end.err.contains(MESSAGE);
        let right = !end.ok && told && folder.names().is_empty() && run.gateway.asked().len() == 2;
        if right { Ok(()) } else { Err(format!("{}\n{}\n{}", run.runtime.name(), end.out, end.err)) }
    });
}

#[test]
fn a_script_that_could_not_read_the_answer_sends_nothing() {
    let runs = Run::all(runtimes().filter(|runtime| runtime.program == Program::Sh), &body(&[]), refuses);
    for run in runs {
        let folder = Folder::new();
        fs::write(folder.0.join("wan.sh"), &run.text).expect("the folder can be written");
        // A PATH without jq.
        let tools = folder.0.join("tools");
        fs::create_dir(&tools).expect("the folder can be written");
        let shell = Command::new("sh").args(["-c", "command -v curl mktemp rm"]).arg(run.runtime.by).output();
        for tool in String::from_utf8_lossy(&shell.expect("a shell").stdout).lines() {
            let tool = Path::new(tool);
            std::os::unix::fs::symlink(tool, tools.join(tool.file_name().expect("a name"))).expect("a link");
        }
        let by = Command::new("sh").args(["-c", &format!("command -v {}", run.runtime.by)]).output().expect("a shell");
        let mut command = Command::new(String::from_utf8_lossy(&by.stdout).trim());
        command.arg("wan.sh").current_dir(&folder.0).env_clear().env("PATH", &tools);
        let output = command.env(run.way.gateway.key_variable, KEY).output().expect("the shell runs");
        let err = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(!output.status.success() && err.contains("jq has to be installed"), "{err}");
        assert_eq!(run.gateway.asked().len(), 0);
    }
}
