//! Programs whose request names local files: they upload them, and then create one task.

use super::life::{build, runtimes};
use super::runtime::{End, Folder, Runtime, all_at_once};
use super::way::Way;
use crate::bench::{Bench, CANARY};
use crate::grammar;
use base64::Engine;
use serde_json::Value;
use std::fs;
use std::process::Command;
use std::sync::Arc;
use wan_playground::catalog::{Catalog, FieldId};
use wan_playground::draft::{Draft, Media, Value as Wish};
use wan_playground::media::{LocalFile, data_uri};
use wan_playground::snippet::{Note, Program};

const SPEED: f64 = 12.0;

/// A portrait and a voice, as cameras and recorders make them.
fn made(folder: &Folder, portrait: &str, voice: &str) {
    for (source, name) in [("testsrc=size=640x640:duration=1", portrait), ("sine=duration=5", voice)] {
        let mut ffmpeg = Command::new("ffmpeg");
        ffmpeg.current_dir(&folder.0).args(["-v", "error", "-f", "lavfi", "-i", source]);
        if name == portrait {
            ffmpeg.args(["-frames:v", "1"]);
        }
        let ended = ffmpeg.arg(["file:", name].concat()).status().expect("ffmpeg is needed: install it");
        assert!(ended.success(), "ffmpeg makes no {name}");
    }
}

/// The file as the page reads it.
fn local(folder: &Folder, name: &str, held: u32) -> Arc<LocalFile> {
    let bytes = fs::read(folder.0.join(name)).expect("it was made");
    let base64 = base64::engine::general_purpose::STANDARD.encode(bytes);
    let mut file = data_uri::of_base64(&base64, "x").expect("it is base64");
    name.clone_into(&mut file.name);
    file.seen.held = held;
    Arc::new(file)
}

/// Talking video from a portrait and a voice in this folder; at a gateway that has no place for a voice, it has a link.
fn talking(bench: &Bench, folder: &Folder, gateway: &str, (portrait, voice): (&str, &str)) -> Way {
    let mut draft = Draft::default();
    draft.set(FieldId::Portrait, Wish::Media(Media::File(local(folder, portrait, 1))));
    let voice = if gateway == "dashscope" {
        Media::File(local(folder, voice, 2))
    } else {
        Media::Url("https://example.com/voice.mp3".to_owned())
    };
    draft.set(FieldId::Audio, Wish::Media(voice));
    draft.set(FieldId::Tier, Wish::Text("480P".to_owned()));
    Way::of(bench, (gateway, "wan2.2-s2v"), &draft)
}

/// A picture that moves, of this file, with a prompt that says what the program has in place of the file.
fn moving(bench: &Bench, folder: &Folder, picture: &str) -> (Way, String) {
    let file = local(folder, picture, 1);
    let prompt = format!("a sign says \"{}", file.mark(picture));
    let mut draft = Draft::default();
    draft.set(FieldId::FirstFrame, Wish::Media(Media::File(file)));
    draft.set(FieldId::Prompt, Wish::Text(prompt.clone()));
    (Way::of(bench, ("acedata", "wan2.6-i2v"), &draft), prompt)
}

/// The calls of a kind that the simulator has received.
fn calls<'a>(log: &'a [Value], path: &str) -> Vec<&'a Value> {
    let is_it = |call: &&Value| call["path"].as_str().is_some_and(|known| known.split('?').next() == Some(path));
    log.iter().filter(is_it).collect()
}

fn print(program: Program, way: &Way) -> String {
    let printed = way.print(program);
    let note = if program == Program::Browser { Note::AsksForFiles } else { Note::Uploads };
    assert_eq!((printed.needs_file, &*printed.notes), (false, &[note][..]), "{program:?}\n{}", printed.text);
    assert!(!printed.text.contains('⟦'), "{}", printed.text);
    printed.text
}

/// A program, its folder with the files, and its own simulator, which counts.
struct Run {
    runtime: Runtime,
    names: (&'static str, &'static str),
    bench: Bench,
    folder: Folder,
    way: Way,
    text: String,
    prompt: String,
}

impl Run {
    fn new(runtime: Runtime, gateway: &str, names: (&'static str, &'static str)) -> Option<Self> {
        let (bench, folder) = (Bench::start_at(&["dash"], SPEED), Folder::new());
        made(&folder, names.0, names.1);
        let (way, prompt) = match gateway {
            "acedata" => moving(&bench, &folder, names.0),
            _ => (talking(&bench, &folder, gateway, names), String::new()),
        };
        let text = runtime.program.fits(&way.endpoint).then(|| print(runtime.program, &way))?;
        Some(Self { runtime, names, bench, folder, way, text, prompt })
    }

    fn all(name: &str, wishes: &[(&str, (&'static str, &'static str))]) -> Vec<Self> {
        let runs = |(gateway, names): &(&str, _)| {
            runtimes().filter_map(|runtime| Self::new(runtime, gateway, *names)).collect::<Vec<Self>>()
        };
        let all: Vec<Self> = wishes.iter().flat_map(runs).collect();
        build(name, all.iter().map(|run| (run.runtime, &*run.text)));
        all
    }

    fn end(&self, key: &str, arguments: &[&str]) -> End {
        self.runtime.run(&self.folder, &self.text, Some((self.way.gateway.key_variable, key)), arguments)
    }

    /// The one create call of a run, which has made a video.
    fn created(&self, end: &End, log: &[Value]) -> Result<Value, String> {
        let film = fs::read(self.folder.0.join(end.file())).unwrap_or_default();
        self.want(end, end.ok && film.get(4..8) == Some(&b"ftyp"[..]), "no video")?;
        let creates = calls(log, self.way.endpoint.create);
        self.want(end, creates.len() == 1, &format!("{} create calls", creates.len()))?;
        Ok(creates[0].clone())
    }

    fn want(&self, end: &End, is: bool, what: &str) -> Result<(), String> {
        let place = || format!("{} {} {:?}", self.runtime.name(), self.way.name, self.names);
        if is { Ok(()) } else { Err(format!("{}: {what}\n{}\n{}", place(), end.out, end.err)) }
    }
}

fn sent(call: &Value) -> Value {
    serde_json::from_str(call["body"].as_str().unwrap_or_default()).expect("JSON")
}

const PLAIN: (&str, &str) = ("me.png", "voice.wav");
const HOSTILE: (&str, &str) = ("it's me; \"$HOME\", 张三 `a` \\.png", "a b & 'c' %d {0}.wav");

#[test]
fn a_portrait_and_a_voice_on_the_disk_become_a_talking_video_by_one_program() {
    let runs = Run::all("films", &[("dashscope", PLAIN), ("dashscope", HOSTILE)]);
    all_at_once(runs, |run| {
        let end = run.end(CANARY, &[]);
        let log = run.bench.take_log();
        let want = |is: bool, what: &str| run.want(&end, is, what);
        let create = run.created(&end, &log)?;
        want(calls(&log, "/api/v1/uploads").len() == 2, "two policies")?;
        let files = calls(&log, "/oss");
        want(files.len() == 2, "two files")?;
        for (call, name) in files.iter().zip([run.names.0, run.names.1]) {
            want(call["status"] == 200 && call["headers"]["authorization"] == "absent", "a key at the store")?;
            let bytes = fs::metadata(run.folder.0.join(name)).expect("it is there").len();
            want(sent(call)["file"]["bytes"] == bytes, "another file")?;
        }
        want(create["headers"]["x-dashscope-ossresourceresolve"] == "enable", "the header")?;
        let body = sent(&create);
        for (name, ending) in [("image_url", ".png"), ("audio_url", ".wav")] {
            let link = body["input"][name].as_str().unwrap_or_default();
            want(link.starts_with("oss://") && link.ends_with(ending), &format!("{name} is {link}"))?;
        }
        Ok(())
    });
}

#[test]
fn at_the_other_gateways_the_picture_goes_with_the_key_and_its_link_comes_back() {
    let runs = Run::all("forms", &[("crazyrouter", PLAIN), ("acedata", HOSTILE)]);
    all_at_once(runs, |run| {
        let end = run.end(CANARY, &[]);
        let log = run.bench.take_log();
        let want = |is: bool, what: &str| run.want(&end, is, what);
        let body = sent(&run.created(&end, &log)?);
        let is_crazyrouter = run.way.gateway.id == "crazyrouter";
        let files = calls(&log, if is_crazyrouter { "/v1/files/uploads" } else { "/api/v1/files/" });
        want(files.len() == 1 && files[0]["headers"]["authorization"] == "present", "one upload with the key")?;
        let link = if is_crazyrouter { &body["input"]["image_url"] } else { &body["image_url"] };
        want(link.as_str().is_some_and(|link| link.starts_with("https://")), &format!("the link is {link}"))?;
        want(is_crazyrouter || body["prompt"] == *run.prompt, &format!("the prompt is {}", body["prompt"]))
    });
}

#[test]
fn a_file_that_is_not_there_and_a_refused_upload_are_told_and_nothing_is_created() {
    let runs = Run::all("no-files", &[("dashscope", PLAIN), ("crazyrouter", PLAIN)]);
    all_at_once(runs, |run| {
        let refused = run.end("sk-canary-invalid", &[]);
        let is_told = refused.err.contains("401") || refused.err.contains("InvalidApiKey");
        run.want(&refused, is_told, "not refused")?;
        let is_voice = run.way.gateway.id == "dashscope";
        let missing = if is_voice { run.names.1 } else { run.names.0 };
        fs::remove_file(run.folder.0.join(missing)).expect("it is there");
        let gone = run.end(CANARY, &[]);
        run.want(&gone, gone.err.contains(missing), "the file is not named")?;
        for end in [&refused, &gone] {
            let is_right = !end.ok && end.err.contains("No upload") && !end.err.contains("billed");
            run.want(end, is_right && end.err.lines().count() < 4, "not told clearly")?;
        }
        let log = run.bench.take_log();
        run.want(&gone, calls(&log, run.way.endpoint.create).is_empty(), "a create call")?;
        // Nothing is tried again.
        let tries = calls(&log, "/api/v1/uploads").len() + calls(&log, "/v1/files/uploads").len();
        run.want(&gone, tries <= 3, &format!("{tries} tries"))
    });
}

#[test]
fn a_task_is_taken_up_without_an_upload() {
    let runs = Run::all("taken-up-with-files", &[("dashscope", PLAIN)]);
    all_at_once(runs, |run| {
        for name in [run.names.0, run.names.1] {
            fs::remove_file(run.folder.0.join(name)).expect("it is there");
        }
        let end = run.end(CANARY, &["no-such-task"]);
        let log = run.bench.take_log();
        let is_query = |call: &Value| call["path"].as_str().is_some_and(|path| path.contains("/tasks/"));
        run.want(&end, !log.is_empty() && log.iter().all(is_query), "more than queries")
    });
}

#[test]
fn a_grammar_of_power_shell_finds_no_fault_and_the_link_takes_the_place_of_the_file() {
    let bench = Bench::start(&["dash"]);
    for names in [PLAIN, HOSTILE] {
        let folder = Folder::new();
        made(&folder, names.0, names.1);
        let talking = |gateway| (talking(&bench, &folder, gateway, names), String::new());
        for (way, prompt) in [talking("dashscope"), talking("crazyrouter"), moving(&bench, &folder, names.0)] {
            let text = print(Program::PowerShell, &way);
            assert!(text.is_ascii(), "{text}");
            let found = grammar::read(&text);
            assert_eq!(found.faults(), Vec::<&str>::new(), "{text}");
            let called = found.called();
            assert!(["Send-File", "New-Form", "ConvertTo-Json"].iter().all(|name| called.contains(name)), "{called:?}");
            let strings = found.strings();
            let mut body = strings.iter().find(|text| text.starts_with("{\n")).expect("a here-string").clone();
            let marks: Vec<&String> = strings.iter().filter(|text| text.starts_with(" \"data:")).collect();
            assert_eq!(marks.len(), way.uploads.len(), "{strings:?}");
            for mark in marks {
                assert_eq!(body.matches(&**mark).count(), 1, "{mark}\n{body}");
                body = body.replace(&**mark, " \"oss://it\"");
            }
            let body: Value = serde_json::from_str(&body).expect("JSON");
            let link = if prompt.is_empty() { &body["input"]["image_url"] } else { &body["image_url"] };
            assert_eq!(link, "oss://it", "{body}");
            assert!(prompt.is_empty() || body["prompt"] == *prompt, "{body}");
        }
    }
}

#[test]
fn the_one_program_without_uploads_is_for_a_gateway_that_has_no_place_for_files() {
    for gateway in Catalog::built_in().gateways {
        let mut endpoints = gateway.models.iter().filter_map(|model| gateway.endpoint(model));
        let is_printed = endpoints.any(|endpoint| Program::PythonOpenAi.fits(endpoint));
        assert!(gateway.upload.is_none() || !is_printed, "{}", gateway.id);
    }
}
