//! What is sent without the user noticing: values of another model, links that only one gateway can open, files that a
//! model does not accept, and requests that are accepted, billed, and unintended.

use crate::support::{base, draft, find};
use serde_json::{Value as Json, json};
use std::sync::Arc;
use wan_playground::catalog::{Catalog, FieldId, Kind, MediaKind, Model};
use wan_playground::checked::{ProblemKind, Trap, WhyUnsent, check};
use wan_playground::draft::{Draft, Media, Origins, Reference, Value};
use wan_playground::generation::{Stray, along};
use wan_playground::http;
use wan_playground::media::Format;
use wan_playground::media::LocalFile;
use wan_playground::media::looked::Fault;
use wan_playground::price::{estimate, seconds};
use wan_playground::snippet::{Job, Program, print_program};
use wan_playground::upload::Place;

const OSS: &str = "oss://dashscope-instant/canary/a.png";

fn reference(media: Media, kind: MediaKind) -> Reference {
    Reference { media, kind, voice: String::new() }
}

fn local(alpha: bool) -> Media {
    Media::File(Arc::new(LocalFile {
        name: "a.png".to_owned(),
        format: Some(Format::Png),
        bytes: 1000,
        pixels: Some((1280, 720)),
        alpha,
        base64: "iVBORw0KGgo=".to_owned(),
        ..LocalFile::default()
    }))
}

/// Every draft for a model with links of this kind: each media field alone.
fn with_link(model: &wan_playground::catalog::Model, link: &str) -> Vec<(FieldId, Draft)> {
    use wan_playground::catalog::Kind;
    let value = |kind: &Kind| match kind {
        Kind::Media { .. } => Some(Value::Media(Media::Url(link.to_owned()))),
        Kind::References { accepts, .. } => {
            let kind = accepts[0].media;
            Some(Value::References(vec![reference(Media::Url(link.to_owned()), kind)]))
        }
        _ => None,
    };
    let one = |field: &wan_playground::catalog::Field| {
        let mut draft = draft("a link", &json!({"prompt": "p"}));
        draft.set(field.id, value(&field.kind)?);
        Some((field.id, draft))
    };
    model.fields.iter().filter_map(one).collect()
}

#[test]
fn an_oss_link_travels_with_its_header_or_is_refused_with_the_reason() {
    let catalog = Catalog::built_in();
    let (mut opened, mut refused) = (0, 0);
    for gateway in catalog.gateways {
        for model in gateway.models {
            let (base, region) = base(gateway, model);
            for link in [OSS, "OSS://bucket/a.png"] {
                for (id, draft) in with_link(model, link) {
                    let place = format!("{}/{} {}", gateway.id, model.id, id.name());
                    let checked = check(&draft, gateway, model, &base, region);
                    let told = checked.problems().iter().any(|p| p.field == id && p.kind == ProblemKind::OssLink);
                    let request = checked.preview();
                    let bears = request
                        .headers
                        .iter()
                        .any(|(name, value)| name == "X-DashScope-OssResourceResolve" && value == "enable");
                    let is_dashscope = gateway.id == "dashscope";
                    assert_eq!((told, bears), (!is_dashscope, is_dashscope), "{place}");
                    *(if told { &mut refused } else { &mut opened }) += 1;
                }
            }
            for (id, draft) in with_link(model, "https://example.com/oss://a") {
                let request = check(&draft, gateway, model, &base, region).preview();
                let bears = request.headers.iter().any(|(name, _)| name.contains("Oss"));
                assert!(!bears, "{}/{} {} bears it without need", gateway.id, model.id, id.name());
            }
        }
    }
    assert!(opened >= 30 && refused >= 20, "{opened} {refused}");
}

#[test]
fn a_voice_and_what_was_brought_along_count_as_links_too() {
    let catalog = Catalog::built_in();
    let (gateway, model) = find(catalog, "dashscope", "wan2.7-r2v");
    let (base, region) = base(gateway, model);
    let entry = |voice: &str| {
        let image = reference(Media::Url("https://h/a.png".to_owned()), MediaKind::Image);
        let entry = Reference { voice: voice.to_owned(), ..image };
        let mut draft = draft("voices", &json!({"prompt": "Image 1 sings"}));
        draft.set(FieldId::References, Value::References(vec![entry]));
        draft
    };
    let mut brought = entry("");
    brought.keep_extra(vec![("input.later".to_owned(), http::Json::Text(OSS.to_owned()))]);
    for (draft, bears) in [(entry(""), false), (entry(OSS), true), (brought, true)] {
        let request = check(&draft, gateway, model, &base, region).preview();
        assert_eq!(request.headers.iter().any(|(name, _)| name == "X-DashScope-OssResourceResolve"), bears);
    }
}

#[test]
fn every_printed_program_says_the_header_of_an_oss_link() {
    let catalog = Catalog::built_in();
    let (gateway, model) = find(catalog, "dashscope", "wan2.2-s2v");
    let (base, region) = base(gateway, model);
    let print = |portrait: &str, program: Program| {
        let media = json!({"portrait": {"url": portrait}, "audio": {"url": "https://h/a.mp3"}});
        let request = check(&draft("s2v", &media), gateway, model, &base, region).preview();
        let endpoint = gateway.endpoint(model).expect("it has one");
        let key_variable = &gateway.key_variable;
        let poll = gateway.poll;
        let job = Job {
            create: &request,
            endpoint,
            base: &base,
            poll,
            key_variable,
            body_file: "wan-request.json",
            uploads: &[],
        };
        print_program(program, &job).text
    };
    let mut printed = 0;
    for program in Program::ALL {
        if !program.fits(gateway.endpoint(model).expect("it has one")) {
            continue;
        }
        let text = print(OSS, program);
        assert!(text.contains("X-DashScope-OssResourceResolve"), "{program:?}\n{text}");
        assert!(!print("https://h/a.png", program).contains("OssResourceResolve"), "{program:?}");
        printed += 1;
        if program == Program::PythonSdk {
            // The library inspects its own arguments itself, but not the contents of `extra_input`.
            let headers = "headers={\n                \"X-DashScope-OssResourceResolve\": \"enable\",\n            },";
            assert!(text.contains(headers), "{text}");
            assert!(!text.contains("X-DashScope-Async"), "{text}");
        }
    }
    assert!(printed >= 9, "{printed}");
}

#[test]
fn a_local_file_that_a_model_does_not_take_is_kept_and_never_in_the_way() {
    let catalog = Catalog::built_in();
    for gateway in catalog.gateways {
        for model in gateway.models {
            let (base, region) = base(gateway, model);
            for field in model.fields {
                let wan_playground::catalog::Kind::Media { rule, .. } = &field.kind else { continue };
                let mut draft = draft("a file", &json!({"prompt": "p"}));
                draft.set(field.id, Value::Media(local(false)));
                let checked = check(&draft, gateway, model, &base, region);
                let refused = checked.problems().iter().any(|p| p.field == field.id && p.kind == ProblemKind::LinkOnly);
                let kept = checked.unsent().contains(&(field.id, WhyUnsent::FileNotTaken));
                let place = format!("{}/{} {}", gateway.id, model.id, field.id.name());
                let is_lost = !rule.inline && Place::of(gateway, rule, &base).is_err();
                assert_eq!((refused, kept), (is_lost && field.required, is_lost && !field.required), "{place}");
                let waits =
                    checked.problems().iter().any(|p| p.field == field.id && p.kind == ProblemKind::NotUploaded);
                // The file is a picture: in a place for a sound it is told so first.
                assert_eq!(waits, !rule.inline && !is_lost && rule.media == MediaKind::Image, "{place}");
                let body = checked.preview().body_text().expect("a body");
                assert_eq!(kept, kept && !body.contains("data:"), "{place}: kept means not sent");
            }
        }
    }
}

#[test]
fn a_local_picture_among_the_references_travels_where_the_documents_say_so() {
    let catalog = Catalog::built_in();
    let (mut taken, mut refused) = (Vec::new(), 0);
    for gateway in catalog.gateways {
        for model in gateway.models {
            let Some(field) = model.field(FieldId::References) else { continue };
            let Kind::References { accepts, .. } = &field.kind else { panic!("a list") };
            let (base, region) = base(gateway, model);
            let place = format!("{}/{}", gateway.id, model.id);
            for rule in *accepts {
                let link = |name: &str| reference(Media::Url(format!("https://h/{name}")), rule.media);
                let mut draft = draft("a file", &json!({"prompt": "p", "source_video": {"url": "https://h/v.mp4"}}));
                let list = vec![link("a"), reference(local(false), rule.media), link("b")];
                draft.set(FieldId::References, Value::References(list));
                let checked = check(&draft, gateway, model, &base, region);
                let told = checked.problems().iter().any(|p| p.kind == ProblemKind::LinkOnly);
                let kept = checked.unsent().contains(&(field.id, WhyUnsent::FileNotTaken));
                let is_lost = !rule.inline && Place::of(gateway, rule, &base).is_err();
                assert_eq!(
                    (told, kept),
                    (is_lost && field.required, is_lost && !field.required),
                    "{place} {:?}",
                    rule.media
                );
                let waits = checked.problems().iter().any(|p| p.kind == ProblemKind::NotUploaded);
                refused += usize::from(told || waits);
                if !rule.inline {
                    assert!(checked.generation().is_none() || kept, "{place}");
                    continue;
                }
                // In its position between the links, and at the price of a link.
                let request = checked.generation().expect("nothing is wrong").request().clone();
                let body: Json = serde_json::from_str(&request.body_text().expect("a body")).expect("JSON");
                let media = body["input"]["media"].as_array().expect("a list");
                let urls: Vec<&str> = media
                    .iter()
                    .filter(|item| item["type"] == "reference_image")
                    .map(|item| item["url"].as_str().expect("a text"))
                    .collect();
                assert_eq!(urls, ["https://h/a", "data:image/png;base64,iVBORw0KGgo=", "https://h/b"], "{place}");
                let mut linked = draft.clone();
                let list = vec![link("a"), link("c"), link("b")];
                linked.set(FieldId::References, Value::References(list));
                let linked = check(&linked, gateway, model, &base, region);
                assert_eq!(estimate(&checked), estimate(&linked), "{place}");
                // Every limit for images applies here too.
                draft.set(FieldId::References, Value::References(vec![reference(local(true), rule.media)]));
                let clear = check(&draft, gateway, model, &base, region);
                assert!(clear.problems().iter().any(|p| p.kind == ProblemKind::File(Fault::Transparent)), "{place}");
                taken.push(model.id);
            }
        }
    }
    let documented = ["wan2.7-videoedit", "wan2.7-r2v", "wan3.0-video@references", "wan3.0-video-prime@references"];
    assert_eq!((taken.len(), documented.iter().all(|id| taken.contains(id))), (4, true), "{taken:?}");
    assert!(refused >= 3, "{refused}");
}

#[test]
fn local_references_that_a_model_does_without_are_in_nobody_s_way() {
    // A custom model: its references are links only, and optional.
    let (gateway, model) = find(Catalog::built_in(), "dashscope", "wan2.7-videoedit");
    let mut fields = model.fields.to_vec();
    for field in &mut fields {
        if let Kind::References { accepts, .. } = &mut field.kind {
            let mut rules = accepts.to_vec();
            rules[0].inline = false;
            rules[0].upload = false;
            *accepts = rules.leak();
        }
    }
    let model = &Model { fields: fields.leak(), ..*model };
    let (base, region) = base(gateway, model);
    let link = reference(Media::Url("https://h/a".to_owned()), MediaKind::Image);
    let file = reference(local(false), MediaKind::Image);
    for (list, sent) in [(vec![file.clone(), link], 1), (vec![file], 0)] {
        let mut draft = draft("a file", &json!({"prompt": "p", "source_video": {"url": "https://h/v.mp4"}}));
        draft.set(FieldId::References, Value::References(list));
        let checked = check(&draft, gateway, model, &base, region);
        assert_eq!(checked.unsent(), [(FieldId::References, WhyUnsent::FileNotTaken)]);
        let generation = checked.generation().expect("nothing is in the way");
        let body = generation.request().body_text().expect("a body");
        assert_eq!((body.matches("reference_image").count(), body.contains("data:")), (sent, false), "{body}");
    }
}

#[test]
fn transparency_is_told_where_the_documents_exclude_it() {
    let catalog = Catalog::built_in();
    for (gateway, model, told) in [
        ("dashscope", "wan2.7-i2v", true),
        ("dashscope", "wan2.2-kf2v-flash", true),
        ("crazyrouter", "wan2.5-i2v-preview", true),
        ("ope", "wan2.7-i2v@native", true),
    ] {
        let (gateway, model) = find(catalog, gateway, model);
        let (base, region) = base(gateway, model);
        for alpha in [false, true] {
            let mut draft = draft("a file", &json!({"prompt": "p"}));
            draft.set(FieldId::FirstFrame, Value::Media(local(alpha)));
            let checked = check(&draft, gateway, model, &base, region);
            let found = checked.problems().iter().any(|p| p.kind == ProblemKind::File(Fault::Transparent));
            assert_eq!(found, told && alpha, "{}", model.id);
            assert_eq!(checked.generation().is_some(), !found, "{}", model.id);
        }
    }
}

#[test]
fn numbers_of_a_chinese_input_method_are_read() {
    let catalog = Catalog::built_in();
    let (gateway, model) = find(catalog, "dashscope", "wan2.6-t2v");
    let (base, region) = base(gateway, model);
    for (duration, seed, sent) in [
        ("１２", "４２", Some((12, 42))),
        (" 5\u{3000}", "+7", Some((5, 7))),
        ("一", "1", None),
        ("1２", "9", Some((12, 9))),
    ] {
        let values = json!({"prompt": "p", "duration": duration, "seed": seed});
        let checked = check(&draft("digits", &values), gateway, model, &base, region);
        let body: Json = serde_json::from_str(&checked.preview().body_text().expect("a body")).expect("JSON");
        let read = body["parameters"]["duration"].as_i64().zip(body["parameters"]["seed"].as_i64());
        assert_eq!(read, sent, "{duration} {seed}");
    }
}

/// Stray values, which are sent although the draft was filled in for another model: names, and the price without each.
fn strays(first: &str, values: &Json, then: &str, more: &Json, extra: &[(&str, &str)]) -> Vec<String> {
    let catalog = Catalog::built_in();
    let mut origins = Origins::default();
    let mut wishes = draft("first", values);
    origins.follow(&wishes, first);
    for (id, value) in draft("then", more).filled_fields() {
        wishes.set(id, value.clone());
    }
    wishes.keep_extra(
        extra.iter().map(|(path, text)| ((*path).to_owned(), http::Json::Text((*text).to_owned()))).collect(),
    );
    let (gateway, model) = find(catalog, "dashscope", then);
    origins.follow(&wishes, model.wire_name());
    let (base, region) = base(gateway, model);
    let checked = check(&wishes, gateway, model, &base, region);
    let found = along(&wishes, &checked, &origins);
    for one in &found {
        let mut without = wishes.clone();
        one.stray.remove_from(&mut without);
        let checked = check(&without, gateway, model, &base, region);
        assert!(!along(&without, &checked, &origins).contains(one), "one press removes it: {one:?}");
    }
    found
        .into_iter()
        .map(|one| {
            let name = match one.stray {
                Stray::Field { id, model } => format!("{} of {model}", id.name()),
                Stray::Extra { path, .. } => path,
                Stray::Withheld { id, .. } => format!("{} unsent", id.name()),
            };
            let price = one.without.map(|price| match price {
                Ok(estimate) => format!(", else {} s", estimate.output_ms.map(seconds).unwrap_or_default()),
                Err(_) => ", else no price".to_owned(),
            });
            name + &price.unwrap_or_default()
        })
        .collect()
}

#[test]
fn what_was_set_for_another_model_and_travels_on_is_named() {
    let speech =
        json!({"portrait": {"url": "https://h/a.png"}, "audio": {"url": "https://h/voice.mp3"}, "tier": "480P"});
    let rows: [(&str, Vec<String>, &[&str]); 6] = [
        (
            "the speech in a text's request",
            strays("wan2.2-s2v", &speech, "wan2.5-t2v-preview", &json!({"prompt": "p"}), &[]),
            &["audio of wan2.2-s2v"],
        ),
        (
            "set anew under this model",
            strays("wan2.2-s2v", &speech, "wan2.5-t2v-preview", &json!({"audio": {"url": "https://h/b.mp3"}}), &[]),
            &[],
        ),
        ("the same model", strays("wan2.2-s2v", &speech, "wan2.2-s2v", &json!({}), &[]), &[]),
        ("not sent there", strays("wan2.2-s2v", &speech, "wan2.2-t2v-plus", &json!({"prompt": "p"}), &[]), &[]),
        (
            "what stands open is seen",
            strays(
                "wan2.6-t2v",
                &json!({"prompt": "p", "duration": "15", "seed": "7"}),
                "wan2.5-t2v-preview",
                &json!({}),
                &[],
            ),
            &["seed of wan2.6-t2v"],
        ),
        (
            "what was brought along has no row",
            strays("wan2.7-t2v", &json!({"prompt": "p"}), "wan2.7-t2v", &json!({}), &[("parameters.fps", "24")]),
            &["parameters.fps"],
        ),
    ];
    for (what, found, expected) in rows {
        assert_eq!(found, expected, "{what}");
    }
}

/// The traps in a draft, as text.
fn traps(model: &str, values: &Json, extra: &[&str]) -> String {
    let catalog = Catalog::built_in();
    let (gateway, model) = find(catalog, "dashscope", model);
    let (base, region) = base(gateway, model);
    let mut wishes = draft("traps", values);
    wishes.keep_extra(extra.iter().map(|path| ((*path).to_owned(), http::Json::Text("x".to_owned()))).collect());
    let told = check(&wishes, gateway, model, &base, region).traps().into_iter().map(|trap| match trap {
        Trap::Unused { path } => format!("{path} is unused"),
        Trap::NoSuchReference { name, kind, there } => format!("{name} of {there} {kind:?}"),
        Trap::NamedOtherwise { name, by_kind } => format!("{name} where by_kind is {by_kind}"),
    });
    told.collect::<Vec<_>>().join("; ")
}

#[test]
fn what_would_be_taken_paid_and_not_meant_is_told_before() {
    let image = json!({"url": "https://h/a.png", "kind": "image"});
    let video = json!({"url": "https://h/a.mp4", "kind": "video"});
    let asked = |prompt: &str, references: &[&Json]| json!({"prompt": prompt, "references": references});
    for (model, values, extra, expected) in [
        // Media that a text model accepts and ignores.
        ("wan2.7-t2v", json!({"prompt": "p"}), &["input.media"][..], "input.media is unused"),
        (
            "wan2.7-t2v",
            json!({"prompt": "p"}),
            &["input.media[0].url", "parameters.fps"],
            "input.media[0].url is unused",
        ),
        ("wan2.7-i2v", json!({"prompt": "p"}), &["input.media[1].more"], ""),
        ("wan2.5-t2v-preview", json!({"prompt": "p"}), &["input.img_url"], "input.img_url is unused"),
        ("wan2.7-t2v", json!({"prompt": "p"}), &["input.mediation"], ""),
        // Missing references, by the model's own naming.
        ("wan2.7-r2v", asked("Image 1 dances with Video 1", &[&image, &video]), &[], ""),
        ("wan2.7-r2v", asked("Image 1 walks into a café", &[&video]), &[], "Image 1 of 0 Some(Image)"),
        ("wan2.7-r2v", asked("图1 和图2、图2 跳舞", &[&image]), &[], "图2 of 1 Some(Image)"),
        ("wan2.7-r2v", asked("视频3 里的人", &[&video, &video]), &[], "视频3 of 2 Some(Video)"),
        ("wan2.7-r2v", asked("character1 sings", &[&image]), &[], "character1 where by_kind is true"),
        ("wan2.6-r2v", asked("character1 and character2 sing", &[&image, &video]), &[], ""),
        ("wan2.6-r2v", asked("character3 sings", &[&image, &video]), &[], "character3 of 2 None"),
        ("wan2.6-r2v", asked("Image 1 sings", &[&image]), &[], "Image 1 where by_kind is false"),
        // Without references there is nothing to name; if required ones are missing, that is reported at the field.
        ("wan2.7-t2v", json!({"prompt": "Image 1 sings"}), &[], ""),
        ("wan2.7-r2v", json!({"prompt": "Image 1 sings"}), &[], ""),
        (
            "wan2.7-r2v",
            asked("Image 4 Image 5 Image 6 Image 7", &[&image]),
            &[],
            "Image 4 of 1 Some(Image); Image 5 of 1 Some(Image); Image 6 of 1 Some(Image)",
        ),
    ] {
        assert_eq!(traps(model, &values, extra), expected, "{model} {values} {extra:?}");
    }
}
