//! A printed request that names local files, pasted back: the files are named as local ones, and nothing is sent in
//! their place. The calls of an upload are not taken for the request.

use crate::support::{base, find};
use std::sync::Arc;
use wan_playground::catalog::{Catalog, FieldId};
use wan_playground::checked::{Checked, check};
use wan_playground::draft::{Draft, Media, Value};
use wan_playground::media::{Format, LocalFile};
use wan_playground::paste::{self, Asked, Does, Holds};
use wan_playground::snippet::{Curl, Job, Program, Shell, print, print_program};
use wan_playground::upload::first::first;

const HOW: Curl<'_> = Curl { key_variable: "WAN_KEY", output: None, body_file: "request.json" };
const NOW_MS: u64 = 1_796_000_000_000;
const FILES: [(&str, Format, u64); 2] =
    [("it's me (1) \"猫\".png", Format::Png, 60_000), ("voice.wav", Format::Wav, 9)];

fn local((name, format, bytes): (&str, Format, u64)) -> Value {
    Value::Media(Media::File(Arc::new(LocalFile {
        name: name.to_owned(),
        format: Some(format),
        bytes,
        pixels: Some((640, 640)),
        base64: "QUJD".to_owned(),
        ..LocalFile::default()
    })))
}

/// Every printed form of it, by its name.
fn printed(checked: &Checked<'_>) -> Vec<(&'static str, String)> {
    let create = &checked.preview();
    let endpoint = checked.gateway().endpoint(checked.model()).expect("the catalog check guarantees it");
    let (poll, key_variable, body_file) = (checked.gateway().poll, HOW.key_variable, HOW.body_file);
    let uploads = &first(checked);
    let job = Job { create, endpoint, base: checked.base(), poll, key_variable, body_file, uploads };
    let programs = Program::all_at(endpoint).into_iter().map(|program| (program.name(), print_program(program, &job)));
    // What the Windows prompt garbles is in a file, which is not saved before the files are uploaded.
    let shells = Shell::ALL.into_iter().filter(|shell| *shell != Shell::Cmd);
    let commands = shells.map(|shell| (shell.name(), print(shell, &create.clone().told(), HOW)));
    programs.chain(commands).map(|(name, snippet)| (name, snippet.text)).collect()
}

fn fault(asked: &[&Asked], checked: &Checked<'_>, fields: &[FieldId]) -> Option<String> {
    let [asked] = asked else {
        let said: Vec<&str> = asked.iter().map(|asked| asked.call.url.as_str()).collect();
        return Some(format!("{} calls that may create: {said:?}", asked.len()));
    };
    if asked.does != Does::Create || asked.call.url != checked.preview().url {
        return Some(format!("{:?} {}", asked.does, asked.call.url));
    }
    if asked.exact.is_ok() {
        return Some("it may be sent as it is".to_owned());
    }
    let Some(wish) = asked.judged.iter().find_map(|judged| judged.wish.as_ref()) else {
        return Some("no wish".to_owned());
    };
    for (field, (name, format, bytes)) in fields.iter().zip(FILES) {
        let Some(Value::Media(Media::File(file))) = wish.draft.get(*field) else {
            return Some(format!("{field:?} is {:?}, open: {:?}", wish.draft.get(*field), asked.open));
        };
        if (&*file.name, file.format, file.bytes, file.is_gone()) != (name, Some(format), bytes, true) {
            return Some(format!("{field:?} is {file:?}"));
        }
    }
    (!wish.unknown.is_empty()).then(|| format!("{:?}", wish.unknown))
}

#[test]
fn a_local_file_of_a_printed_request_is_still_a_local_file_when_it_is_pasted_back() {
    let catalog = Catalog::built_in();
    let mut faults = Vec::new();
    for (gateway, model, fields) in [
        ("dashscope", "wan2.2-s2v", &[FieldId::Portrait, FieldId::Audio][..]),
        ("dashscope", "wan2.6-i2v", &[FieldId::FirstFrame, FieldId::Audio]),
        ("crazyrouter", "wan2.2-s2v", &[FieldId::Portrait]),
        ("acedata", "wan2.6-i2v", &[FieldId::FirstFrame, FieldId::Audio]),
    ] {
        let (gateway, model) = find(catalog, gateway, model);
        let (base, region) = base(gateway, model);
        let mut draft = Draft::default();
        draft.set(FieldId::Prompt, Value::Text("a cat".to_owned()));
        if !fields.contains(&FieldId::Audio) {
            draft.set(FieldId::Audio, Value::Media(Media::Url("https://example.com/a.mp3".to_owned())));
        }
        for (field, file) in fields.iter().zip(FILES) {
            draft.set(*field, local(file));
        }
        let checked = check(&draft, gateway, model, &base, region);
        for (by, text) in printed(&checked) {
            let paste = paste::read(catalog, &[], &text, NOW_MS);
            let asked: Vec<&Asked> = paste
                .cards
                .iter()
                .filter_map(|card| match &card.holds {
                    Holds::Request(asked) if matches!(asked.does, Does::Create | Does::Foreign) => Some(&**asked),
                    Holds::Request(asked) if asked.does == Does::Unknown && asked.call.method != "GET" => {
                        Some(&**asked)
                    }
                    _ => None,
                })
                .collect();
            if let Some(why) = fault(&asked, &checked, fields) {
                if std::env::var_os("WAN_SHOW").is_some() {
                    println!("=== {by}\n{text}\n");
                }
                faults.push(format!("{}/{} by {by}: {why}", gateway.id, model.id));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
