//! Every model, smallest and fullest; the query, download and cancel commands; a local file.

use crate::bench::{Answer, BODY_FILE, Bench, SHELLS, as_the_page};
use crate::support::{cases, draft, find};
use serde_json::json;
use std::collections::BTreeSet;
use std::fs;
use std::sync::Arc;
use std::time::{Duration, Instant};
use wan_playground::catalog::{Catalog, Endpoint, FieldId, Kind, MediaKind};
use wan_playground::draft::{Media, Value};
use wan_playground::http::Response;
use wan_playground::media::Format;
use wan_playground::media::LocalFile;
use wan_playground::protocol::{Call, Event, TaskId, cancel, content, query, read};
use wan_playground::snippet::{self, Curl, Shell, posix, print};
use wan_playground::upload::{FileFacts, Place, Step};

fn event(endpoint: &Endpoint, call: Call, answer: &Answer) -> Event {
    let body = String::from_utf8_lossy(&answer.body).into_owned();
    read(endpoint, call, &Response { status: answer.status, body, ..Response::default() })
}

/// The id of the task in the response to a create call.
fn task_of(place: &str, endpoint: &Endpoint, answer: &Answer) -> TaskId {
    match event(endpoint, Call::Create, answer) {
        Event::Accepted(id) | Event::Done { id: Some(id), .. } => id,
        other => panic!("{place}: {other:?}\n{}", String::from_utf8_lossy(&answer.body)),
    }
}

#[test]
fn the_command_of_every_model_is_answered_as_the_page_is() {
    let bench = Bench::start(&SHELLS);
    let catalog = Catalog::built_in();
    let mut models = BTreeSet::new();
    for case in cases().iter().filter(|case| case.is_extreme()) {
        let (gateway, model) = case.find(catalog);
        let place = format!("{} ({})", case.name, case.json["title"]);
        let request = bench.create(gateway, model, &case.draft);
        let answer = bench.compare(&place, &request, gateway.key_variable);
        assert_eq!(answer.status, 200, "{place}: {}", answer.json());
        let endpoint = gateway.endpoint(model).expect("the catalog check guarantees it");
        let id = task_of(&place, endpoint, &answer);
        let bases = bench.base(gateway.id);
        let finished = finished(&place, &bench, endpoint, &id, gateway.id);
        assert!(matches!(finished, Event::Done { .. }), "{place}: {finished:?}");
        bench.compare(&place, &query(endpoint, &bases, &id), gateway.key_variable);
        models.insert((case.gateway.clone(), case.model.clone()));
    }
    let all: usize = catalog.gateways.iter().map(|gateway| gateway.models.len()).sum();
    assert_eq!(models.len(), all, "every model is covered");
}

/// Polls until the task finishes: the simulator's clock runs ten thousand times faster.
fn finished(place: &str, bench: &Bench, endpoint: &Endpoint, id: &TaskId, gateway: &str) -> Event {
    let request = query(endpoint, &bench.base(gateway), id);
    let deadline = Instant::now() + Duration::from_secs(20);
    loop {
        let answer = as_the_page(&request);
        match event(endpoint, Call::Query, &answer) {
            Event::Progress(..) | Event::Setback(..) if Instant::now() < deadline => {}
            Event::Progress(..) | Event::Setback(..) => panic!("{place} does not end: {}", answer.json()),
            end => return end,
        }
    }
}

/// The link of a file in a gateway's place, put there by the printed commands: what each says, the page reads.
fn uploaded(bench: &Bench, gateway: &str, model: &str, field: FieldId, name: &str) -> String {
    let (gateway, model) = find(Catalog::built_in(), gateway, model);
    let Some(Kind::Media { rule, .. }) = model.field(field).map(|field| field.kind) else { panic!("a medium") };
    let picture = b"\x89PNG\r\n\x1a\n and more";
    fs::write(bench.folder.join(name), picture).expect("the folder can be written");
    let how = Curl { key_variable: gateway.key_variable, output: None, body_file: BODY_FILE };
    let response = |answer: &Answer| Response {
        status: answer.status,
        body: String::from_utf8_lossy(&answer.body).into_owned(),
        ..Response::default()
    };
    let mut link = String::new();
    for (mark, shell) in SHELLS.into_iter().enumerate() {
        let file = FileFacts {
            name: name.to_owned(),
            format: Some(Format::Png),
            kind: MediaKind::Image,
            bytes: picture.len() as u64,
        };
        let place = Place::of(gateway, &rule, &bench.base(gateway.id)).expect("a place");
        let plan = place.plan(model, file, u32::try_from(mark).expect("few")).expect("it fits");
        let form = match plan.begin() {
            Step::Send(form) => form,
            Step::Ask(ask) => {
                let said = bench.run(shell, &print(Shell::Posix, &ask, how).text, how.key_variable);
                plan.allowed(&response(&said)).expect("a policy")
            }
        };
        let command = snippet::form(Shell::Posix, &form, name, how).text;
        assert_eq!(command.contains(how.key_variable), form.keyed, "{command}");
        let said = bench.run(shell, &command, how.key_variable);
        link = plan.sent(&form, &response(&said), 0).unwrap_or_else(|why| panic!("{why:?}\n{command}")).link;
    }
    fs::remove_file(bench.folder.join(name)).expect("the file can be removed");
    link
}

#[test]
fn the_printed_commands_bring_a_file_to_its_place_whatever_its_name() {
    let bench = Bench::start(&SHELLS);
    for name in ["a.png", "it's 张三, 1; \"$HOME\".png", "-F @x.png", "back\\slash.png"] {
        let link = uploaded(&bench, "dashscope", "wan2.2-s2v", FieldId::Portrait, name);
        assert!(link.starts_with("oss://"), "{name}: {link}");
        let link = uploaded(&bench, "crazyrouter", "wan2.2-s2v", FieldId::Portrait, name);
        assert!(link.starts_with("https://media.crazyrouter.com/"), "{name}: {link}");
    }
}

#[test]
fn a_link_into_alibabas_store_is_opened_for_curl_as_for_the_page() {
    let bench = Bench::start(&SHELLS);
    let catalog = Catalog::built_in();
    for (model, field) in [("wan2.7-i2v", FieldId::FirstFrame), ("wan2.2-s2v", FieldId::Portrait)] {
        let (gateway, model) = find(catalog, "dashscope", model);
        let mut values = json!({"prompt": "p", "audio": {"url": "https://example.com/a.mp3"}});
        values[field.name()] = json!({"url": uploaded(&bench, "dashscope", model.id, field, "a.png")});
        let request = bench.create(gateway, model, &draft(model.id, &values));
        let answer = bench.compare(model.id, &request, gateway.key_variable);
        assert_eq!(answer.status, 200, "{}: {}", model.id, answer.json());
    }
}

#[test]
fn the_download_command_brings_the_film_that_the_page_gets() {
    let bench = Bench::start(&SHELLS);
    let catalog = Catalog::built_in();
    for model in ["wan2.7-i2v", "wan2.7-i2v@native"] {
        let (gateway, model) = find(catalog, "ope", model);
        let wishes = draft(model.id, &json!({"prompt": "p", "first_frame": {"url": "https://example.com/a.png"}}));
        let endpoint = gateway.endpoint(model).expect("the catalog check guarantees it");
        let id = task_of(model.id, endpoint, &as_the_page(&bench.create(gateway, model, &wishes)));
        finished(model.id, &bench, endpoint, &id, "ope");
        let request = content(endpoint, &bench.base("ope"), &id).expect("OPE.AI has a download");
        let film = as_the_page(&request);
        assert_eq!((film.status, film.body.get(4..8)), (200, Some(&b"ftyp"[..])), "{}", model.id);
        for shell in SHELLS {
            let how =
                Curl { key_variable: gateway.key_variable, output: Some("it's a film.mp4"), body_file: BODY_FILE };
            let told = bench.run(shell, &posix(&request, how), gateway.key_variable);
            assert_eq!((told.status, told.body.len()), (200, 0), "{shell}");
            let saved = bench.folder.join("it's a film.mp4");
            assert!(fs::read(&saved).expect("the film is there") == film.body, "{shell}: another film");
            fs::remove_file(saved).expect("the film can be removed");
        }
    }
}

#[test]
fn the_cancel_command_is_answered_as_the_page_is() {
    let bench = Bench::start(&SHELLS);
    let catalog = Catalog::built_in();
    let (gateway, model) = find(catalog, "dashscope", "wan2.5-t2v-preview");
    let endpoint = gateway.endpoint(model).expect("the catalog check guarantees it");
    let wishes = draft("cancel", &json!({"prompt": "p"}));
    let id = task_of("cancel", endpoint, &as_the_page(&bench.create(gateway, model, &wishes)));
    finished("cancel", &bench, endpoint, &id, "dashscope");
    for id in [id, TaskId("no-such-task".to_owned()), TaskId("../../x?y=`id`&$HOME'\"".to_owned())] {
        let request = cancel(endpoint, &bench.base("dashscope"), &id).expect("DashScope can cancel");
        bench.compare(&format!("cancel {}", id.0), &request, gateway.key_variable);
        let request = query(endpoint, &bench.base("dashscope"), &id);
        bench.compare(&format!("query {}", id.0), &request, gateway.key_variable);
    }
}

/// The first bytes of a PNG of 1280 by 720, as much as anyone reads before decoding it.
fn picture() -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
    bytes.extend_from_slice(&1280_u32.to_be_bytes());
    bytes.extend_from_slice(&720_u32.to_be_bytes());
    bytes.extend_from_slice(&[8, 2, 0, 0, 0, 0, 0, 0, 0]);
    // Longer than any command argument may be.
    bytes.resize(300_000, b'x');
    bytes
}

#[test]
fn a_local_file_travels_by_a_body_file() {
    use base64::Engine as _;
    let bench = Bench::start(&SHELLS);
    let catalog = Catalog::built_in();
    let (gateway, model) = find(catalog, "dashscope", "wan2.7-i2v");
    let picture = picture();
    let file = LocalFile {
        name: "it's a cat.png".to_owned(),
        format: Some(Format::Png),
        bytes: picture.len() as u64,
        pixels: Some((1280, 720)),
        alpha: false,
        base64: base64::engine::general_purpose::STANDARD.encode(&picture),
        ..LocalFile::default()
    };
    let mut wishes = draft("a file", &json!({"prompt": "p"}));
    wishes.set(FieldId::FirstFrame, Value::Media(Media::File(Arc::new(file))));
    let request = bench.create(gateway, model, &wishes);
    let command = posix(&request, Curl { key_variable: gateway.key_variable, output: None, body_file: BODY_FILE });
    assert!(command.len() < 1000 && command.contains("--data-binary '@request.json'"), "{command}");
    fs::write(bench.folder.join(BODY_FILE), request.body_text().expect("a body")).expect("the folder can be written");
    let page = as_the_page(&request);
    assert_eq!(page.status, 200, "{}", page.json());
    for shell in SHELLS {
        let answer = bench.run(shell, &command, gateway.key_variable);
        assert_eq!(answer.shape(), page.shape(), "{shell}");
    }
    let lengths: Vec<_> = bench.take_log().iter().map(|entry| entry["body_bytes"].clone()).collect();
    let length = json!(request.body_text().expect("a body").len());
    assert_eq!(lengths, vec![length.clone(), length.clone(), length]);
}
