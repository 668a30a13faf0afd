//! Programs whose request names local files: they upload them, and then create one task.

use super::life::{build, runtimes};
use super::runtime::{End, Folder, Runtime, all_at_once};
use super::way::Way;
use crate::bench::Bench;
use base64::Engine;
use serde_json::Value;
use std::fs;
use std::process::Command;
use std::sync::Arc;
use wan_playground::catalog::FieldId;
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

const UPLOADING: [Program; 3] = [Program::Sh, Program::Python, Program::JavaScript];

fn uploading() -> impl Iterator<Item = Runtime> {
    runtimes().filter(|runtime| UPLOADING.contains(&runtime.program))
}

/// The calls of a kind that the simulator has received.
fn calls<'a>(log: &'a [Value], path: &str) -> Vec<&'a Value> {
    let is_it = |call: &&Value| call["path"].as_str().is_some_and(|known| known.split('?').next() == Some(path));
    log.iter().filter(is_it).collect()
}

fn run(runtime: Runtime, folder: &Folder, way: &Way) -> End {
    let printed = way.print(runtime.program);
    assert_eq!((printed.needs_file, &*printed.notes), (false, &[Note::Uploads][..]), "{}", printed.text);
    runtime.run_with_key(folder, &printed.text, way.gateway.key_variable, &[])
}

const NAMES: [(&str, &str); 2] = [("me.png", "voice.wav"), ("it's me; \"$HOME\", 张三 \\.png", "a b & 'c'.wav")];

/// What is wrong with the video of one program; its simulator is its own, which counts.
fn film_of_files(runtime: Runtime, names: (&str, &str)) -> Result<(), String> {
    let bench = Bench::start_at(&["dash"], SPEED);
    let folder = Folder::new();
    made(&folder, names.0, names.1);
    let end = run(runtime, &folder, &talking(&bench, &folder, "dashscope", names));
    let want = |is: bool, what: &str| {
        if is { Ok(()) } else { Err(format!("{} {names:?}: {what}\n{}\n{}", runtime.name(), end.out, end.err)) }
    };
    let film = fs::read(folder.0.join(end.file())).unwrap_or_default();
    want(end.ok && film.get(4..8) == Some(&b"ftyp"[..]), "no video")?;
    let log = bench.take_log();
    want(calls(&log, "/api/v1/uploads").len() == 2, "two policies")?;
    let files = calls(&log, "/oss");
    want(files.len() == 2, "two files")?;
    for (call, name) in files.iter().zip([names.0, names.1]) {
        want(call["status"] == 200 && call["headers"]["authorization"] == "absent", "a key at the store")?;
        let told: Value = serde_json::from_str(call["body"].as_str().unwrap_or_default()).expect("JSON");
        let bytes = fs::metadata(folder.0.join(name)).expect("it is there").len();
        want(told["file"]["bytes"] == bytes, "another file")?;
    }
    let creates = calls(&log, "/api/v1/services/aigc/image2video/video-synthesis");
    want(creates.len() == 1, "one create call")?;
    want(creates[0]["headers"]["x-dashscope-ossresourceresolve"] == "enable", "the header")?;
    let sent: Value = serde_json::from_str(creates[0]["body"].as_str().unwrap_or_default()).expect("JSON");
    for (name, ending) in [("image_url", ".png"), ("audio_url", ".wav")] {
        let link = sent["input"][name].as_str().unwrap_or_default();
        want(link.starts_with("oss://") && link.ends_with(ending), &format!("{name} is {link}"))?;
    }
    Ok(())
}

#[test]
fn a_portrait_and_a_voice_on_the_disk_become_a_talking_video_by_one_program() {
    let work = NAMES.into_iter().flat_map(|names| uploading().map(move |runtime| (runtime, names)));
    all_at_once(work.collect(), |(runtime, names)| film_of_files(runtime, names));
}

#[test]
fn at_crazyrouter_the_picture_goes_with_the_key_and_its_link_comes_back() {
    for runtime in uploading() {
        let bench = Bench::start_at(&["dash"], SPEED);
        let folder = Folder::new();
        made(&folder, "me.png", "voice.wav");
        let end = run(runtime, &folder, &talking(&bench, &folder, "crazyrouter", ("me.png", "voice.wav")));
        let place = format!("{}\n{}\n{}", runtime.name(), end.out, end.err);
        assert!(end.ok, "{place}");
        let log = bench.take_log();
        let files = calls(&log, "/v1/files/uploads");
        assert_eq!(files.len(), 1, "{place}");
        assert_eq!(files[0]["headers"]["authorization"], "present", "{place}");
        let creates: Vec<&Value> =
            log.iter().filter(|call| call["body"].as_str().is_some_and(|body| body.contains("voice.mp3"))).collect();
        assert_eq!(creates.len(), 1, "{place}");
        assert!(
            creates[0]["body"].as_str().is_some_and(|body| body.contains("https://media.crazyrouter.com/")),
            "{place}"
        );
    }
}

#[test]
fn a_file_that_is_not_there_and_a_refused_upload_are_told_and_nothing_is_created() {
    let bench = Bench::start_at(&["dash"], SPEED);
    let mut work = Vec::new();
    for runtime in uploading() {
        for what in ["no file", "wrong key"] {
            let folder = Folder::new();
            made(&folder, "me.png", "voice.wav");
            let way = talking(&bench, &folder, "dashscope", ("me.png", "voice.wav"));
            if what == "no file" {
                fs::remove_file(folder.0.join("voice.wav")).expect("it is there");
            }
            work.push((runtime, what, folder, way));
        }
    }
    all_at_once(work, |(runtime, what, folder, way)| {
        let key = if what == "no file" { crate::bench::CANARY } else { "sk-canary-invalid" };
        let text = way.print(runtime.program).text;
        let end = runtime.run(&folder, &text, Some((way.gateway.key_variable, key)), &[]);
        let told = if what == "no file" { "voice.wav" } else { "HTTP 401 InvalidApiKey" };
        let right = !end.ok && end.err.contains("No upload") && end.err.contains(told) && !end.err.contains("billed");
        if right { Ok(()) } else { Err(format!("{} {what}\n{}\n{}", runtime.name(), end.out, end.err)) }
    });
    let log = bench.take_log();
    assert!(calls(&log, "/api/v1/services/aigc/image2video/video-synthesis").is_empty());
}

#[test]
fn a_task_is_taken_up_without_an_upload() {
    let bench = Bench::start_at(&["dash"], SPEED);
    let folder = Folder::new();
    made(&folder, "me.png", "voice.wav");
    let way = talking(&bench, &folder, "dashscope", ("me.png", "voice.wav"));
    for runtime in uploading() {
        let text = way.print(runtime.program).text;
        runtime.run_with_key(&Folder::new(), &text, way.gateway.key_variable, &["no-such-task"]);
    }
    let log = bench.take_log();
    assert!(
        !log.is_empty() && log.iter().all(|call| call["path"].as_str().is_some_and(|path| path.contains("/tasks/")))
    );
}

#[test]
fn a_program_that_uploads_nothing_says_that_the_file_comes_first_and_only_names_it() {
    let bench = Bench::start(&["dash"]);
    let folder = Folder::new();
    made(&folder, "me.png", "voice.wav");
    let way = talking(&bench, &folder, "dashscope", ("me.png", "voice.wav"));
    for program in Program::all_at(&way.endpoint).into_iter().filter(|program| !UPLOADING.contains(program)) {
        let printed = way.print(program);
        assert_eq!((printed.needs_file, &*printed.notes), (false, &[Note::UploadFirst][..]), "{program:?}");
        assert!(printed.text.contains("me.png") && printed.text.len() < 20_000, "{program:?}\n{}", printed.text);
    }
    build("uploads", std::iter::empty());
}
