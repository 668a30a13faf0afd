//! The lives of a task, each run by every program at every gateway.

use super::runtime::{End, Folder, REAL, Runtime, all_at_once};
use super::way::{WAYS, Way};
use crate::bench::{Answer, Bench, CANARY, as_the_page, send};
use serde_json::Value;
use std::fs;
use wan_playground::http::{Body, Json, Request, Response};
use wan_playground::protocol::{self, Call, Event, Fault, TaskId, VideoAt};
use wan_playground::snippet::Program;

/// Simulated seconds per second: a video takes two.
const SPEED: f64 = 12.0;

/// The expected outcome of a life.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Expected {
    Video,
    /// The task itself failed.
    Failed,
    /// The gateway no longer knows it.
    Lost,
    /// Nothing was created.
    Refused,
    /// It is not known whether anything was created.
    Doubtful,
}

const LIVES: [(&str, Expected); 11] = [
    ("", Expected::Video),
    ("sim:throttled ", Expected::Video),
    ("sim:server-error", Expected::Video),
    ("sim:html", Expected::Video),
    ("sim:unknown-state", Expected::Video),
    ("sim:not-ready", Expected::Video),
    ("sim:attempt-failed", Expected::Video),
    ("sim:moderation", Expected::Failed),
    ("sim:expired", Expected::Lost),
    ("sim:quota", Expected::Refused),
    ("sim:create-500", Expected::Doubtful),
];

/// The runtimes available here, or the part of them that `WAN_PROGRAMS` names.
pub fn runtimes() -> impl Iterator<Item = Runtime> {
    let only = std::env::var("WAN_PROGRAMS").unwrap_or_default();
    REAL.into_iter().filter(move |runtime| runtime.name().contains(&only))
}

fn event(way: &Way, id: &str) -> Event {
    let request = protocol::query(&way.endpoint, &way.base, &TaskId(id.to_owned()));
    event_of(way, Call::Query, as_the_page(&request))
}

fn event_of(way: &Way, call: Call, answer: Answer) -> Event {
    let body = String::from_utf8_lossy(&answer.body).into_owned();
    protocol::read(&way.endpoint, call, &Response { status: answer.status, body, ..Response::default() })
}

/// The video as the page gets it.
fn video(way: &Way, id: &str) -> Vec<u8> {
    let request = match event(way, id) {
        Event::Done { video: VideoAt::Link { url, .. }, .. } => Request::file(&url),
        Event::Done { video: VideoAt::Content, .. } => {
            protocol::content(&way.endpoint, &way.base, &TaskId(id.to_owned())).expect("there is a content call")
        }
        other => panic!("{}: {other:?}", way.name),
    };
    let answer = as_the_page(&request);
    assert_eq!((answer.status, answer.body.get(4..8)), (200, Some(&b"ftyp"[..])), "{}", way.name);
    answer.body
}

fn check(end: &End, expected: Expected, way: &Way, folder: &Folder) -> Result<(), String> {
    let want = |is: bool, what: &str| if is { Ok(()) } else { Err(what.to_owned()) };
    let names = folder.names();
    if expected == Expected::Video {
        want(end.ok, "ends badly")?;
        want(names == [end.file()], &format!("there is {names:?}"))?;
        let saved = fs::read(folder.0.join(end.file())).expect("it was listed");
        return want(saved == video(way, end.task().ok_or("tells no id")?), "another video");
    }
    want(!end.ok && names.is_empty() && end.out.is_empty(), "does not end badly, and with nothing")?;
    match expected {
        Expected::Failed => {
            let Event::Failed(Fault { code, message, .. }, _) = event(way, end.task().ok_or("tells no id")?) else {
                return Err("it did not fail".to_owned());
            };
            want(
                end.err.contains("failed") && end.err.contains(&code) && end.err.contains(&message),
                "does not say why",
            )
        }
        Expected::Lost => {
            let id = end.task().ok_or("tells no id")?;
            let hint = end.err.lines().find(|line| line.contains("To ask again"));
            want(hint.is_some_and(|line| line.contains(id)), "does not say how to go on")
        }
        _ => {
            want(end.task().is_none(), "tells an id")?;
            want(end.err.contains("HTTP"), "does not say why")?;
            want(end.err.contains("billed") == (expected == Expected::Doubtful), "is wrong about doubt")
        }
    }
}

/// The create calls whose body contains this mark.
fn creates<'a>(log: &'a [Value], way: &Way, mark: &str) -> Vec<&'a Value> {
    let is_create = |entry: &&Value| {
        entry["method"] == "POST" && entry["path"].as_str().is_some_and(|path| path == way.endpoint.create)
    };
    let is_ours = |entry: &&Value| entry["body"].as_str().is_some_and(|body| body.contains(mark));
    log.iter().filter(is_create).filter(is_ours).collect()
}

/// Ways that differ in how they are polled and how the video is fetched.
const DIFFERENT: [usize; 3] = [0, 4, 6];

/// The dialect that none of these speaks.
const GENERATIONS: usize = 3;

/// One run of a program.
struct Run {
    runtime: Runtime,
    way: Way,
    text: String,
    life: usize,
    mark: String,
}

impl Run {
    fn new(bench: &Bench, runtime: Runtime, way: usize, life: usize, what: &str) -> Option<Self> {
        let mark = format!("mark-{:?}-{}-{way}-{life}-{what}", runtime.program, runtime.by);
        let way = Way::new(bench, WAYS[way], &format!("a cat, {mark}, {}", LIVES[life].0));
        let text = way.print(runtime.program).text;
        runtime.program.fits(&way.endpoint).then_some(Self { runtime, way, text, life, mark })
    }

    fn text(&self) -> (Runtime, &str) {
        (self.runtime, &self.text)
    }

    fn place(&self) -> String {
        format!("{} at {}, {}", self.runtime.name(), self.way.name, self.mark)
    }

    fn told(&self, end: &End, fault: &str) -> String {
        format!("{} {fault}\n--- out\n{}\n--- err\n{}", self.place(), end.out, end.err)
    }
}

/// Builds whatever has to be built beforehand.
pub fn build<'a>(name: &str, work: impl Iterator<Item = (Runtime, &'a str)>) {
    let rust = work.filter(|(runtime, _)| runtime.program == Program::Rust);
    let texts: Vec<String> = rust.map(|(_, text)| text.to_owned()).collect();
    if !texts.is_empty() {
        super::rust::build(name, texts);
    }
}

/// Whether a run tests something new: a second shell only runs the cases where shells differ, odd lives run where the
/// dialects differ, and a runtime that takes seconds to start runs each of them at one gateway only.
fn is_worth_it(runtime: Runtime, way: usize, life: usize) -> bool {
    let plain = matches!(LIVES[life].0, "" | "sim:throttled " | "sim:moderation");
    let happy = LIVES[life].0.is_empty();
    match runtime.by {
        "bash" | "zsh" => happy || plain && way == life % WAYS.len(),
        _ if runtime.is_compiled() => happy || way == life % WAYS.len(),
        _ => plain || DIFFERENT.contains(&way) || way == GENERATIONS,
    }
}

#[test]
fn every_program_tells_every_life_at_every_gateway() {
    let bench = Bench::start_at(&["dash", "bash", "zsh"], SPEED);
    let mut work = Vec::new();
    for life in 0..LIVES.len() {
        for runtime in runtimes() {
            let ways = (0..WAYS.len()).filter(|way| is_worth_it(runtime, *way, life));
            work.extend(ways.filter_map(|way| Run::new(&bench, runtime, way, life, "life")));
        }
    }
    build("lives", work.iter().map(Run::text));
    let runs = std::sync::Mutex::new(Vec::new());
    all_at_once(work, |run| {
        let folder = Folder::new();
        let end = run.runtime.run_with_key(&folder, &run.text, run.way.gateway.key_variable, &[]);
        check(&end, LIVES[run.life].1, &run.way, &folder).map_err(|fault| run.told(&end, &fault))?;
        runs.lock().expect("nobody panics").push(run);
        Ok(())
    });
    let log = bench.take_log();
    for run in runs.into_inner().expect("nobody panics") {
        let creates = creates(&log, &run.way, &run.mark);
        assert_eq!(creates.len(), 1, "{}: create calls", run.place());
        let sent: Value = serde_json::from_str(creates[0]["body"].as_str().expect("a body")).expect("JSON");
        let meant: Value = serde_json::from_str(&run.way.create.body_text().expect("a body")).expect("JSON");
        assert_eq!(run.runtime.own(sent), meant, "{}", run.place());
    }
}

#[test]
fn a_task_is_taken_up_by_its_id_and_none_is_created() {
    let bench = Bench::start_at(&["dash"], SPEED);
    let ways = |runtime: Runtime| (0..WAYS.len()).filter(move |way| !runtime.is_compiled() || DIFFERENT.contains(way));
    let work: Vec<Run> = runtimes()
        .flat_map(|runtime| ways(runtime).map(move |way| (runtime, way)))
        .filter_map(|(runtime, way)| Run::new(&bench, runtime, way, 0, "taken up"))
        .collect();
    build("taken-up", work.iter().map(Run::text));
    let created: Vec<(Run, String)> = work
        .into_iter()
        .map(|run| match event_of(&run.way, Call::Create, as_the_page(&run.way.create)) {
            Event::Accepted(id) => (run, id.0),
            other => panic!("{}: {other:?}", run.place()),
        })
        .collect();
    let own = bench.take_log().len();
    assert_eq!(own, created.len());
    all_at_once(created, |(run, id)| {
        let folder = Folder::new();
        let end = run.runtime.run_with_key(&folder, &run.text, run.way.gateway.key_variable, &[&id]);
        let told = check(&end, Expected::Video, &run.way, &folder);
        let told = told.and_then(|()| if end.task() == Some(&id) { Ok(()) } else { Err("another id".to_owned()) });
        told.map_err(|fault| run.told(&end, &fault))
    });
    let log = bench.take_log();
    assert!(
        log.len() > own && !log.iter().any(|entry| entry["body"].as_str().is_some_and(|body| body.contains("mark-")))
    );
}

#[test]
fn a_wrong_key_and_a_wrong_request_are_refused_in_the_gateway_s_words_and_no_key_sends_nothing() {
    let bench = Bench::start_at(&["dash"], SPEED);
    let mut work = Vec::new();
    for runtime in runtimes() {
        for way in (0..WAYS.len()).filter(|way| !runtime.is_compiled() || DIFFERENT.contains(way)) {
            for what in ["no key", "wrong key", "wrong request"] {
                let Some(mut run) = Run::new(&bench, runtime, way, 0, what) else { continue };
                if let Some(Body::Json(body)) = &mut run.way.create.body
                    && what == "wrong request"
                {
                    body.put("model", Json::Text("no-such-model".to_owned()));
                    run.text = run.way.print(runtime.program).text;
                }
                work.push((run, what));
            }
        }
    }
    let count = work.len();
    let (runs, whats): (Vec<Run>, Vec<&str>) = work.into_iter().unzip();
    build("refused", runs.iter().map(Run::text));
    all_at_once(runs.into_iter().zip(whats).collect(), |(run, what)| {
        let key = match what {
            "no key" => None,
            "wrong key" => Some("sk-canary-invalid"),
            _ => Some(CANARY),
        };
        let variable = run.way.gateway.key_variable;
        let told = key.map(|key| {
            let Answer { status, body } = send(&run.way.create, key);
            let body = String::from_utf8_lossy(&body).into_owned();
            protocol::bare_fault(&Response { status, body, ..Response::default() }).expect("a refusal").message
        });
        // A message can end with the request id of its response.
        let of_none = if run.runtime.program == Program::Browser { "There is no key" } else { variable };
        let told = told.as_deref().and_then(|told| told.split(['(', ':']).next()).unwrap_or(of_none).trim();
        let folder = Folder::new();
        let end = run.runtime.run(&folder, &run.text, key.map(|key| (variable, key)), &[]);
        if end.ok || !end.err.contains(told) || end.task().is_some() || end.err.contains("billed") {
            return Err(run.told(&end, told));
        }
        Ok(())
    });
    // With a key, once by each program and once by the test; without one, never.
    assert_eq!(bench.take_log().len(), count / 3 * 4);
}
