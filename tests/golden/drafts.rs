//! What people type and drop, checked against the models: every problem is named, with its figures, and nothing is
//! lost.

use crate::support::{base, cases, draft, find};
use serde_json::{Value as Json, json};
use std::sync::Arc;
use wan_playground::catalog::{Catalog, FieldId};
use wan_playground::checked::{Checked, ProblemKind, WhyUnsent, check};
use wan_playground::draft::{Draft, Media, Value};
use wan_playground::media::LocalFile;
use wan_playground::media::looked::Fault;
use wan_playground::media::{is_transparent, sniff};

/// A problem as text: the field, what is wrong, and every figure.
fn problem(kind: &ProblemKind) -> String {
    match kind {
        ProblemKind::Missing => "missing".to_owned(),
        ProblemKind::TooLong { chars, max } => format!("{chars} of {max} characters"),
        ProblemKind::ControlCharacter { code, at } => format!("control character {code} at {at}"),
        ProblemKind::NotANumber => "no number".to_owned(),
        ProblemKind::OutOfRange { min, max } => format!("outside {min} to {max}"),
        ProblemKind::NotOneOf(legal) => format!("not one of {legal:?}"),
        ProblemKind::NotOffered { word, options } => format!("{word} is not among {}", options.join(", ")),
        ProblemKind::NoSuchSize { tier, ratios } => format!("{tier} has only {}", ratios.join(", ")),
        ProblemKind::Address(fault) => format!("address: {fault:?}"),
        ProblemKind::Format { legal } => format!("format: not {}", legal.join(", ")),
        ProblemKind::LinkOnly => "a link only".to_owned(),
        ProblemKind::NotUploaded => "not uploaded yet".to_owned(),
        ProblemKind::OssLink => "oss:// is not opened here".to_owned(),
        ProblemKind::File(fault) => file_fault(fault),
        ProblemKind::TooMany { kind, max } => format!("more than {max} ({kind:?})"),
        ProblemKind::KindNotTaken(kind) => format!("no {kind:?} here"),
        ProblemKind::MediaSet(sets) => format!("not one of {} sets", sets.len()),
    }
}

fn file_fault(fault: &Fault) -> String {
    match fault {
        Fault::Empty => "empty".to_owned(),
        Fault::Gone => "gone".to_owned(),
        Fault::Format { legal, .. } => format!("format: not {}", legal.join(", ")),
        Fault::Bytes { bytes, max } => format!("{bytes} of {max} bytes"),
        Fault::Transparent => "transparent".to_owned(),
        Fault::Pixels { width, height, min, max } => format!("{width}x{height} is not {min} to {max}"),
        Fault::Narrow { max } => format!("beyond 1:{max}"),
        Fault::Unreadable => "no image".to_owned(),
        Fault::Seconds { millis, min, max, .. } => format!("{millis} ms is not {min} to {max} s"),
    }
}

fn problems(checked: &Checked<'_>) -> String {
    let said: Vec<String> =
        checked.problems().iter().map(|found| format!("{}: {}", found.field.name(), problem(&found.kind))).collect();
    said.join("; ")
}

/// The problems of a draft for a model, as text.
fn say(gateway: &str, model: &str, draft: &Draft) -> String {
    let catalog = Catalog::built_in();
    let (gateway, model) = find(catalog, gateway, model);
    let (base, region) = base(gateway, model);
    let before = draft.clone();
    let checked = check(draft, gateway, model, &base, region);
    assert_eq!(*draft, before, "a check never changes the draft");
    // A draft with problems cannot be sent, one without can.
    assert_eq!(checked.generation().is_some(), checked.problems().is_empty());
    problems(&checked)
}

fn check_row(gateway: &str, model: &str, values: &Json, expected: &str) {
    assert_eq!(say(gateway, model, &draft("a row", values)), expected, "{gateway}/{model} {values}");
}

#[test]
fn prompts_are_counted_in_characters_and_both_numbers_are_told() {
    for (character, name) in [("猫", "Chinese"), ("😀", "emoji"), ("a", "Latin"), ("\u{202e}", "marks")] {
        let (just, over) = (character.repeat(1500), character.repeat(1501));
        for (gateway, model) in
            [("dashscope", "wan2.5-t2v-preview"), ("crazyrouter", "wan2.5-t2v-preview"), ("acedata", "wan2.6-t2v")]
        {
            assert_eq!(say(gateway, model, &draft(name, &json!({"prompt": just}))), "", "{gateway} {name}");
            let told = say(gateway, model, &draft(name, &json!({"prompt": over})));
            assert_eq!(told, "prompt: 1501 of 1500 characters", "{gateway} {name}");
        }
    }
    let long = json!({"prompt": "p", "negative_prompt": "否".repeat(501)});
    check_row("dashscope", "wan2.5-t2v-preview", &long, "negative_prompt: 501 of 500 characters");
}

#[test]
fn blank_prompts_are_missing_and_unseen_characters_are_pointed_at() {
    for (prompt, expected) in [
        ("", "prompt: missing"),
        (" \n\t\u{3000} ", "prompt: missing"),
        ("a\u{0}b", "prompt: control character 0 at 2"),
        ("猫\u{1b}[31m", "prompt: control character 27 at 2"),
        ("\u{7f}x", "prompt: control character 127 at 1"),
        ("x\u{9b}", "prompt: control character 155 at 2"),
        ("line\nline\r\n\ttab", ""),
        ("\"quotes\" 'and' \\ $HOME `id` $(id) !! %PATH% 😀", ""),
    ] {
        check_row("dashscope", "wan2.5-t2v-preview", &json!({"prompt": prompt}), expected);
    }
}

#[test]
fn all_problems_are_told_at_once_in_the_order_of_the_form() {
    let values = json!({
        "prompt": "", "negative_prompt": "否".repeat(501), "audio": {"url": "javascript:alert(1)"}, "tier": "4K",
        "duration": "7", "seed": "-1"
    });
    check_row(
        "dashscope",
        "wan2.5-t2v-preview",
        &values,
        "prompt: missing; negative_prompt: 501 of 500 characters; audio: address: Scheme; tier: 4K is not among 480P, 720P, 1080P; \
         duration: not one of [5, 10]; seed: outside 0 to 2147483647",
    );
}

#[test]
fn numbers_are_whole_and_within_their_range() {
    for (seed, expected) in [
        ("0", ""),
        ("2147483647", ""),
        (" 12 ", ""),
        ("-1", "seed: outside 0 to 2147483647"),
        ("2147483648", "seed: outside 0 to 2147483647"),
        ("1.5", "seed: no number"),
        ("1e3", "seed: no number"),
        ("abc", "seed: no number"),
        ("１２", ""),
        ("－１", "seed: outside 0 to 2147483647"),
        ("十二", "seed: no number"),
        ("0x10", "seed: no number"),
        ("99999999999999999999", "seed: no number"),
        ("1,000", "seed: no number"),
        ("--1", "seed: no number"),
    ] {
        check_row("dashscope", "wan2.5-t2v-preview", &json!({"prompt": "p", "seed": seed}), expected);
    }
    for (duration, expected) in [
        ("5", ""),
        ("10", ""),
        ("6", "duration: not one of [5, 10]"),
        ("5.0", "duration: no number"),
        ("five", "duration: no number"),
    ] {
        check_row("dashscope", "wan2.5-t2v-preview", &json!({"prompt": "p", "duration": duration}), expected);
    }
    let frame = json!({"url": "https://h/a.png"});
    check_row("dashscope", "wan2.7-i2v", &json!({"first_frame": frame, "duration": "16"}), "duration: outside 2 to 15");
    check_row("dashscope", "wan2.7-i2v", &json!({"first_frame": frame, "duration": "1"}), "duration: outside 2 to 15");
}

#[test]
fn links_are_judged_by_scheme_host_and_ending() {
    for (url, expected) in [
        ("https://h/a.png", ""),
        ("https://h/a.PNG?x=.gif#y", ""),
        ("http://h/a.jpg", ""),
        ("https://h/no-ending", ""),
        ("oss://dashscope-instant/a.png", ""),
        ("  https://h/a.png\n", ""),
        ("https://h/a.gif", "first_frame: format: not jpg, jpeg, png, bmp, webp"),
        ("https://h/a.mp4", "first_frame: format: not jpg, jpeg, png, bmp, webp"),
        ("javascript:alert(1)//.png", "first_frame: address: Scheme"),
        ("JAVASCRIPT://h/a.png", "first_frame: address: Scheme"),
        ("data:image/png;base64,AA", "first_frame: address: Scheme"),
        ("file:///etc/passwd.png", "first_frame: address: Scheme"),
        ("h/a.png", "first_frame: address: NoScheme"),
        ("//h/a.png", "first_frame: address: NoScheme"),
        ("https:///a.png", "first_frame: address: Host"),
        ("https://h/a b.png", "first_frame: address: Character"),
        ("https://h/a\u{0}.png", "first_frame: address: Character"),
        ("https://user:password@h/a.png", "first_frame: address: Credentials"),
    ] {
        let values = json!({"prompt": "p", "first_frame": {"url": url}});
        check_row("dashscope", "wan2.6-i2v", &values, expected);
    }
    let values = json!({"prompt": "p", "callback_url": "javascript:alert(1)"});
    check_row("acedata", "wan2.6-t2v", &values, "callback_url: address: Scheme");
    let values = json!({"prompt": "p", "callback_url": "oss://x/y"});
    check_row("acedata", "wan2.6-t2v", &values, "callback_url: address: Scheme");
}

/// A draft with a local file as its first frame.
fn with_file(head: &[u8], name: &str, bytes: u64, pixels: Option<(u32, u32)>) -> Draft {
    let mut wishes = draft("a file", &json!({"prompt": "p"}));
    let file = LocalFile {
        name: name.to_owned(),
        format: sniff(head),
        bytes,
        pixels,
        alpha: is_transparent(head),
        base64: "iVBORw0KGgo=".to_owned(),
        ..LocalFile::default()
    };
    wishes.set(FieldId::FirstFrame, Value::Media(Media::File(Arc::new(file))));
    wishes
}

#[test]
fn local_files_are_judged_by_what_they_are_not_by_their_name() {
    const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";
    const FORMATS: &str = "first_frame: format: not jpg, jpeg, png, bmp, webp";
    let rows: [(&str, &str, Draft, &str); 11] = [
        ("dashscope", "wan2.7-i2v", with_file(PNG, "a.png", 1000, Some((1280, 720))), ""),
        ("dashscope", "wan2.7-i2v", with_file(b"hello, I am text", "a.png", 1000, None), FORMATS),
        ("dashscope", "wan2.7-i2v", with_file(b"", "empty.png", 0, None), "first_frame: empty"),
        ("dashscope", "wan2.7-i2v", with_file(b"GIF89a", "a.png", 1000, Some((1280, 720))), FORMATS),
        (
            "dashscope",
            "wan2.7-i2v",
            with_file(PNG, "a.png", 31_457_280, Some((4000, 3000))),
            "first_frame: 31457280 of 20971520 bytes",
        ),
        (
            "dashscope",
            "wan2.7-i2v",
            with_file(PNG, "a.png", 1000, Some((239, 400))),
            "first_frame: 239x400 is not 240 to 8000",
        ),
        (
            "dashscope",
            "wan2.7-i2v",
            with_file(PNG, "a.png", 1000, Some((8001, 4000))),
            "first_frame: 8001x4000 is not 240 to 8000",
        ),
        ("dashscope", "wan2.7-i2v", with_file(PNG, "a.png", 1000, Some((2401, 300))), "first_frame: beyond 1:8"),
        ("dashscope", "wan2.7-i2v", with_file(PNG, "a.png", 1000, None), "first_frame: no image"),
        ("acedata", "wan2.6-i2v", with_file(PNG, "a.png", 1000, Some((1280, 720))), "first_frame: not uploaded yet"),
        ("ope", "wan2.7-i2v", with_file(PNG, "a.png", 1000, Some((1280, 720))), "first_frame: a link only"),
    ];
    for (gateway, model, draft, expected) in rows {
        assert_eq!(say(gateway, model, &draft), expected, "{gateway}/{model} {draft:?}");
    }
}

#[test]
fn a_local_file_travels_whole_and_is_shown_short() {
    use wan_playground::http::Files;
    let catalog = Catalog::built_in();
    let (gateway, model) = find(catalog, "dashscope", "wan2.7-i2v");
    let (base, region) = base(gateway, model);
    let draft = with_file(b"\x89PNG\r\n\x1a\n", "cat \"x\" \u{202e}.png", 9, Some((1280, 720)));
    let request = check(&draft, gateway, model, &base, region).preview();
    let body = request.body.as_ref().expect("a create call has a body");
    let sent: Json = serde_json::from_str(&body.print(Files::Whole)).expect("JSON");
    assert_eq!(sent["input"]["media"][0]["url"], "data:image/png;base64,iVBORw0KGgo=");
    let shown: Json = serde_json::from_str(&body.print(Files::Marked)).expect("the preview is JSON too");
    let shown = shown["input"]["media"][0]["url"].as_str().expect("text").to_owned();
    assert!(shown.contains("cat \"x\"") && shown.contains("9 B") && !shown.contains("iVBORw0KGgo"), "{shown}");
}

#[test]
fn of_the_sixteen_media_sets_of_wan_2_7_six_are_legal() {
    const LEGAL: [&[&str]; 6] = [
        &["first_frame"],
        &["first_frame", "audio"],
        &["first_frame", "last_frame"],
        &["first_frame", "last_frame", "audio"],
        &["first_clip"],
        &["first_clip", "last_frame"],
    ];
    let media = [("first_frame", "a.png"), ("last_frame", "b.png"), ("first_clip", "c.mp4"), ("audio", "d.mp3")];
    for (gateway, model) in [("dashscope", "wan2.7-i2v"), ("ope", "wan2.7-i2v@native")] {
        for bits in 0..16 {
            let mut values = json!({"prompt": "p"});
            let mut chosen: Vec<&str> = Vec::new();
            for (index, (name, file)) in media.iter().enumerate() {
                if bits >> index & 1 == 1 {
                    values[*name] = json!({"url": format!("https://h/{file}")});
                    chosen.push(name);
                }
            }
            let legal =
                LEGAL.iter().any(|set| set.len() == chosen.len() && set.iter().all(|name| chosen.contains(name)));
            let told = say(gateway, model, &draft("a set", &values));
            assert_eq!(told.is_empty(), legal, "{gateway} {chosen:?}: {told}");
            assert!(legal || told.ends_with("not one of 6 sets"), "{gateway} {chosen:?}: {told}");
        }
    }
}

/// The body of a draft, and what is not sent, as text.
fn sent(gateway: &str, model: &str, draft: &Draft) -> (Json, String) {
    let catalog = Catalog::built_in();
    let (gateway, model) = find(catalog, gateway, model);
    let (base, region) = base(gateway, model);
    let checked = check(draft, gateway, model, &base, region);
    let body = checked.preview().body_text().expect("a create call has a body");
    let unsent: Vec<String> = checked
        .unsent()
        .iter()
        .map(|(id, why)| match why {
            WhyUnsent::NoSuchField => format!("{}: no such field", id.name()),
            WhyUnsent::FileNotTaken => format!("{}: no file", id.name()),
            WhyUnsent::WithoutEffect(condition) => {
                format!("{}: only if {} is {:?}", id.name(), condition.field.name(), condition.is)
            }
        })
        .collect();
    (serde_json::from_str(&body).expect("the body is JSON"), unsent.join("; "))
}

#[test]
fn a_field_without_effect_is_listed_and_stays_at_home() {
    let frame = json!({"url": "https://h/a.png"});
    for (gateway, model, parameters) in [("acedata", "wan2.6-i2v", ""), ("dashscope", "wan2.6-i2v", "/parameters")] {
        for (extend, travels) in [(json!(null), true), (json!(true), true), (json!(false), false)] {
            let mut values = json!({"prompt": "p", "first_frame": frame, "shot_type": "multi"});
            if !extend.is_null() {
                values["prompt_extend"] = extend.clone();
            }
            let (body, unsent) = sent(gateway, model, &draft("a row", &values));
            let place = format!("{parameters}/shot_type");
            assert_eq!(body.pointer(&place), travels.then_some(&json!("multi")), "{gateway} {extend} {body}");
            let listed = "shot_type: only if prompt_extend is Flag(true)";
            assert_eq!(unsent, if travels { "" } else { listed }, "{gateway} {extend}");
        }
    }
    for (gateway, model, place) in
        [("acedata", "wan2.6-i2v-flash", "/audio_url"), ("dashscope", "wan2.6-i2v-flash", "/input/audio_url")]
    {
        for (sound, travels) in [(json!(null), true), (json!(true), true), (json!(false), false)] {
            let mut values = json!({"prompt": "p", "first_frame": frame, "audio": {"url": "https://h/a.mp3"}});
            if !sound.is_null() {
                values["sound"] = sound.clone();
            }
            let (body, unsent) = sent(gateway, model, &draft("a row", &values));
            assert_eq!(body.pointer(place), travels.then_some(&json!("https://h/a.mp3")), "{gateway} {sound} {body}");
            let listed = "audio: only if sound is Flag(true)";
            assert_eq!(unsent, if travels { "" } else { listed }, "{gateway} {sound}");
        }
    }
}

#[test]
fn switching_the_model_and_back_loses_nothing() {
    let values = json!({
        "prompt": "p", "negative_prompt": "n", "first_frame": {"url": "https://h/a.png"}, "tier": "720P", "ratio": "9:16",
        "duration": "10", "seed": "7", "shot_type": "multi", "watermark": true
    });
    let wishes = draft("a switch", &values);
    let there = sent("dashscope", "wan2.6-t2v", &wishes);
    assert_eq!(there.1, "first_frame: no such field");
    let elsewhere = sent("ope", "wan2.7-i2v", &wishes);
    assert_eq!(elsewhere.1, "negative_prompt: no such field; shot_type: no such field; watermark: no such field");
    assert_eq!(elsewhere.0["size"], "720x1280");
    assert_eq!(elsewhere.0["seconds"], "10");
    let back = sent("dashscope", "wan2.6-t2v", &wishes);
    assert_eq!(there, back);
    assert_eq!(back.0["parameters"]["size"], "720*1280");
    assert_eq!(wishes, draft("a switch", &values));
}

/// Every field filled with a value that is legal for some model.
fn full() -> Draft {
    draft(
        "everything",
        &json!({
            "prompt": "p", "negative_prompt": "n", "first_frame": {"url": "https://h/a.png"}, "last_frame": {"url": "https://h/b.png"},
            "first_clip": {"url": "https://h/c.mp4"}, "source_video": {"url": "https://h/h.mp4"}, "portrait": {"url": "https://h/d.png"}, "audio": {"url": "https://h/e.mp3"},
            "references": [{"url": "https://h/f.mp4", "kind": "video", "voice": "https://h/g.mp3"}], "template": "flying",
            "tier": "1080P", "ratio": "1:1", "duration": "5", "sound": true, "audio_setting": "auto", "prompt_extend": true, "shot_type": "single",
            "check_image": true,
            "watermark": false, "seed": "1", "async": true, "callback_url": "https://h/back"
        }),
    )
}

#[test]
fn every_filled_field_of_any_draft_is_sent_or_listed_or_a_problem() {
    let catalog = Catalog::built_in();
    let mut drafts: Vec<(String, Draft)> = cases().into_iter().map(|case| (case.name, case.draft)).collect();
    let everything = full();
    assert_eq!(everything.filled_fields().count(), FieldId::ALL.len(), "a field is missing here");
    drafts.push(("everything".to_owned(), everything));
    for (name, draft) in &drafts {
        for gateway in catalog.gateways {
            for model in gateway.models {
                let (base, region) = base(gateway, model);
                let checked = check(draft, gateway, model, &base, region);
                for (id, _) in draft.filled_fields() {
                    let sent = checked.sent().iter().any(|(field, _)| field.id == id);
                    let listed = checked.unsent().iter().filter(|(other, _)| *other == id).count();
                    let problem = checked.problems().iter().any(|problem| problem.field == id);
                    let place = format!("{name} at {}/{}: {}", gateway.id, model.id, id.name());
                    assert!(sent || listed == 1 || problem, "{place} vanished");
                    assert!(!(sent && listed > 0), "{place} is sent and listed as not sent");
                }
            }
        }
    }
}

#[test]
fn a_tier_without_the_ratio_says_which_ratios_there_are() {
    let catalog = Catalog::built_in();
    let mut tried = 0;
    for gateway in catalog.gateways {
        for model in gateway.models {
            let Some(size) = &model.size else { continue };
            for (tier, ratios) in size.table {
                for ratio in ["16:9", "9:16", "1:1", "4:3", "3:4"] {
                    let mut values = Draft::default();
                    values.set(FieldId::Tier, Value::Text((*tier).to_owned()));
                    values.set(FieldId::Ratio, Value::Text(ratio.to_owned()));
                    let (base, region) = base(gateway, model);
                    let checked = check(&values, gateway, model, &base, region);
                    let known = ratios.iter().find(|(name, _)| *name == ratio);
                    assert_eq!(checked.size().map(|(_, wire)| wire), known.map(|(_, wire)| *wire));
                    tried += 1;
                    if known.is_none() {
                        let told = problems(&checked);
                        assert!(told.contains("ratio: "), "{}/{} {tier} {ratio}: {told}", gateway.id, model.id);
                    }
                }
            }
        }
    }
    assert!(tried > 50, "only {tried} sizes were tried");
}

#[test]
fn sizes_have_the_ratio_they_are_named_by() {
    let catalog = Catalog::built_in();
    for gateway in catalog.gateways {
        for model in gateway.models {
            for (tier, ratios) in model.size.iter().flat_map(|size| size.table) {
                for (ratio, wire) in *ratios {
                    let number = |text: &str| {
                        text.parse::<f64>().unwrap_or_else(|_| panic!("{}/{}: {wire}", gateway.id, model.id))
                    };
                    let Some((width, height)) = wire.split_once(['*', 'x']) else {
                        assert_eq!(tier, wire, "{}/{}: a size is pixels or the tier's own name", gateway.id, model.id);
                        continue;
                    };
                    let (across, down) = ratio.split_once(':').expect("a ratio");
                    let off = (number(width) / number(height)) / (number(across) / number(down));
                    assert!((0.97..1.03).contains(&off), "{}/{} {tier} {ratio}: {wire}", gateway.id, model.id);
                }
            }
        }
    }
}
