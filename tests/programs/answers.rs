//! Responses that come in more than one shape, read by every program: where the link is, and what is not final yet.

use super::gateway::{Answer, Asked, Gateway};
use super::life::{build, runtimes};
use super::runtime::{Folder, Runtime, all_at_once};
use super::way::Way;
use crate::bench::Bench;
use serde_json::Value;
use std::collections::HashMap;
use std::fs;
use std::sync::{Arc, Mutex};
use wan_playground::address::BaseUrl;
use wan_playground::snippet::Program;

const KEY: &str = "sk-canary-answers-0123456789";
const FILM: &[u8] = b"\0\0\0\x18ftypmp42";

/// A program, and a gateway that serves only this program.
struct Stage {
    runtime: Runtime,
    way: Way,
    text: String,
    gateway: Gateway,
}

/// Each of these programs with a gateway of its own, built.
fn stages(name: &str, of: (&str, &str), gateway: impl Fn() -> Gateway) -> Vec<Arc<Stage>> {
    let simulator = Bench::start(&["dash"]);
    let stage = |runtime: Runtime| {
        let mut way = Way::new(&simulator, of, "p");
        let gateway = gateway();
        way.base = BaseUrl::parse(&format!("http://127.0.0.1:{}", gateway.port)).expect("a loopback base");
        let text = way.print(runtime.program).text;
        runtime.program.fits(&way.endpoint).then(|| Arc::new(Stage { runtime, way, text, gateway }))
    };
    let stages: Vec<_> = runtimes().filter_map(stage).collect();
    build(name, stages.iter().map(|stage| (stage.runtime, &*stage.text)));
    stages
}

/// What a program made of the task with this id: its error output if it delivered the video, or if it did not.
fn told(stage: &Stage, id: &str) -> Result<String, String> {
    let folder = Folder::new();
    let end = stage.runtime.run(&folder, &stage.text, Some((stage.way.gateway.key_variable, KEY)), &[id]);
    let film = end.ok.then(|| fs::read(folder.0.join(end.file())).unwrap_or_default());
    if film.as_deref() == Some(FILM) { Ok(end.err) } else { Err(end.err) }
}

fn json(text: String) -> Answer {
    Answer::Full(200, "Content-Type: application/json\r\n", text.into_bytes())
}

fn film(asked: &Asked) -> Option<Answer> {
    asked.path.ends_with("/film.mp4").then(|| Answer::Full(200, "", FILM.to_vec()))
}

fn with_link(text: &str, port: u16) -> String {
    text.replace("LINK", &format!("http://127.0.0.1:{port}/film.mp4"))
}

/// Tasks, and the fields of their `output` that concern the link.
const LINKS: [(&str, &str); 6] = [
    ("task-plain", r#""video_url":"LINK""#),
    ("task-object", r#""results":{"video_url":"LINK"}"#),
    ("task-list", r#""results":[{"url":"LINK"}]"#),
    ("task-empty", r#""video_url":"","results":{"video_url":"LINK","url":7}"#),
    ("task-null", r#""video_url":null,"results":[{"url":"LINK"},"x"]"#),
    ("task-both", r#""video_url":"LINK","results":{"video_url":"https://127.0.0.1:1/other.mp4"}"#),
];

#[test]
fn the_link_is_found_in_an_object_in_a_list_and_beside_them() {
    let answer = |asked: &Asked, _: usize, port: u16| {
        film(asked).unwrap_or_else(|| {
            let output = LINKS.iter().find(|(id, _)| asked.path.ends_with(id)).map_or("", |(_, output)| output);
            let id = asked.path.rsplit('/').next().unwrap_or_default();
            let body = format!(r#"{{"output":{{"task_id":"{id}","task_status":"SUCCEEDED",{output}}}}}"#);
            json(with_link(&body, port))
        })
    };
    let stages = stages("links", ("dashscope", "wan2.5-t2v-preview"), || Gateway::start(answer));
    assert!(stages.iter().any(|stage| stage.runtime.program == Program::PythonSdk) || stages.len() < 4);
    let work = stages.iter().flat_map(|stage| LINKS.map(|(id, _)| (Arc::clone(stage), id)));
    all_at_once(work.collect(), |(stage, id)| {
        told(&stage, id).map(drop).map_err(|err| format!("{} {id}\n{err}", stage.runtime.name()))
    });
}

/// Consecutive records of a task, each as the fields beside the response, and the response; and what the program
/// reports at the end, or nothing if it delivers the video.
type Life = (&'static str, &'static [(&'static str, &'static str)], Option<&'static str>);

const OPEN: &str = r#""finished_at":null,"#;
const ENDED: &str = r#""finished_at":1780021242.331,"#;
const DONE: &str = r#""success":true,"state":"completed","video_url":"LINK""#;
const LIVES: [Life; 6] = [
    (
        "task-attempts",
        &[
            (OPEN, r#""success":false,"error":{"code":"api_error","message":"one provider failed"}"#),
            (OPEN, r#""success":false,"state":"failed","error":{"code":"api_error","message":"one provider failed"}"#),
            ("", r#""success":false,"state":"processing","error":{"code":"api_error","message":"it is busy"}"#),
            ("", r#""success":false,"error":"busy""#),
            ("", r#""success":false,"error":null"#),
            (OPEN, DONE),
            (ENDED, DONE),
        ],
        None,
    ),
    ("task-warned", &[("", r#""success":true,"error":"a warning","state":"completed","video_url":"LINK""#)], None),
    (
        "task-code",
        &[("", r#""success":false,"error":{"code":"api_error","message":"all failed"}"#)],
        Some("all failed"),
    ),
    ("task-word", &[("", r#""success":true,"state":"failed""#)], Some("HTTP 200")),
    ("task-late", &[(ENDED, r#""success":false,"error":"all failed""#)], Some("all failed")),
    ("task-false", &[(ENDED, r#""success":false"#)], Some("HTTP 200")),
];

#[test]
fn an_attempt_that_failed_is_told_and_ends_nothing_while_the_gateway_goes_on() {
    let start = || {
        let asked_for: Mutex<HashMap<String, usize>> = Mutex::default();
        Gateway::start(move |asked, _, port| {
            film(asked).unwrap_or_else(|| {
                let body: Value = serde_json::from_slice(&asked.body).unwrap_or_default();
                let id = body["id"].as_str().unwrap_or_default();
                let (_, records, _) = LIVES.iter().find(|(known, ..)| *known == id).expect("a task of these");
                let mut asked_for = asked_for.lock().expect("nobody panics with it");
                let times = asked_for.entry(id.to_owned()).or_default();
                let (beside, response) = records[(*times).min(records.len() - 1)];
                *times += 1;
                let body = format!(r#"{{"id":"{id}","request":{{}},{beside}"response":{{{response}}}}}"#);
                json(with_link(&body, port))
            })
        })
    };
    let stages = stages("attempts", ("acedata", "wan2.6-t2v"), start);
    let work = stages.iter().flat_map(|stage| LIVES.map(|life| (Arc::clone(stage), life)));
    all_at_once(work.collect(), |(stage, (id, records, expected))| {
        let told = told(&stage, id);
        let is_of = |asked: &&Asked| String::from_utf8_lossy(&asked.body).contains(id);
        let asked = stage.gateway.asked().iter().filter(is_of).count();
        let goes_on = "An attempt failed, and the gateway goes on: HTTP 200";
        let right = match (&told, expected) {
            (Ok(err), None) if records.len() > 1 => {
                // Each attempt is reported, and the one that continued is not.
                err.matches(goes_on).count() == 5 && err.contains("it is busy") && !err.contains("The task failed")
            }
            (Ok(err), None) => !err.contains("The task failed") && !err.contains(goes_on),
            (Err(err), Some(why)) => err.contains("The task failed") && err.contains(why) && !err.contains(goes_on),
            _ => false,
        };
        if right && asked == records.len() {
            return Ok(());
        }
        Err(format!("{} {id}, asked {asked} times\n{told:?}", stage.runtime.name()))
    });
}
