//! Every message seen so far, and hostile ones.

use super::*;
use crate::catalog::Catalog;

fn list(values: &[&str]) -> Legal {
    Legal::OneOf(values.iter().map(|value| (*value).to_owned()).collect())
}

/// The marks of a message at a model of `DashScope`.
fn at_model(model: &str, message: &str) -> Vec<(FieldId, Legal)> {
    let catalog = Catalog::built_in();
    let model = catalog.gateway("dashscope").and_then(|gateway| gateway.model(model)).expect("a model of the catalog");
    marks(model, message).into_iter().map(|mark| (mark.field, mark.legal)).collect()
}

#[test]
fn every_message_leads_to_its_field_and_its_values() {
    let sizes = "1080*1920,1920*1080,1440*1440,1632*1248,1248*1632,480*832,832*480,624*624";
    let all_sizes: Vec<&str> = sizes.split(',').collect();
    let rows: [(&str, &str, FieldId, Legal); 13] = [
        (
            "wan2.7-t2v",
            "Input should be '1080P' or '720P': parameters.resolution",
            FieldId::Tier,
            list(&["1080P", "720P"]),
        ),
        ("wan2.7-t2v", "Input should be '1080P' or '720P'", FieldId::Tier, list(&["1080P", "720P"])),
        ("wan2.2-t2v-plus", &format!("size must be in {sizes}"), FieldId::Tier, list(&all_sizes)),
        ("wan2.2-t2v-plus", "duration customization is not supported", FieldId::Duration, Legal::LeaveOut),
        ("wan2.7-r2v", "Only first frame provided is not allowed", FieldId::References, Legal::Needed),
        ("wan2.7-t2v", "prompt must contain words", FieldId::Prompt, Legal::Needed),
        ("wan2.7-i2v", "Field required: input.media", FieldId::FirstFrame, Legal::Needed),
        ("wan2.7-r2v", "Field required: input.media", FieldId::References, Legal::Needed),
        ("wan2.7-t2v", "Duration should be between 2 and 15", FieldId::Duration, Legal::Range("2".into(), "15".into())),
        (
            "wan2.5-t2v-preview",
            "Invalid input format, expected format like '480*832'",
            FieldId::Tier,
            Legal::Like("480*832".into()),
        ),
        (
            "wan2.7-i2v",
            "Input should be 'first_frame', 'last_frame', 'driving_audio' or 'first_clip'",
            FieldId::FirstFrame,
            list(&["first_frame", "last_frame", "driving_audio", "first_clip"]),
        ),
        (
            "wan2.7-i2v",
            "Input should be 'first_frame' or 'first_clip': input.media[0].type",
            FieldId::FirstFrame,
            list(&["first_frame", "first_clip"]),
        ),
        ("wan2.7-t2v", "parameters.seed: is not an integer", FieldId::Seed, Legal::Unsaid),
    ];
    for (model, message, field, legal) in rows {
        assert_eq!(at_model(model, message), [(field, legal)], "{model}: {message}");
    }
}

#[test]
fn complaints_joined_in_one_message_are_parted() {
    let message = "Input should be '1080P' or '720P': parameters.resolution & Duration should be between 2 and 15 & \
                   Input should be '16:9', '9:16': parameters.ratio & Input should be 'x': parameters.resolution";
    let found = at_model("wan2.7-t2v", message);
    assert_eq!(
        found,
        [
            (FieldId::Tier, list(&["1080P", "720P"])),
            (FieldId::Duration, Legal::Range("2".into(), "15".into())),
            (FieldId::Ratio, list(&["16:9", "9:16"])),
        ]
    );
    assert_eq!(read(message)[0].said, "Input should be '1080P' or '720P': parameters.resolution");
}

#[test]
fn other_messages_mark_nothing() {
    for message in [
        "",
        "m",
        " & ",
        "url error, please check url!",
        "Model not exist.",
        "Input data may contain inappropriate content.",
        "Required body invalid, please check the request body format.",
        "The input image could not be downloaded or read.",
        "Field required: input.nothing_we_know",
        "Input should be '1' or '2': parameters.fps",
        "size must be in",
    ] {
        assert_eq!(at_model("wan2.7-t2v", message), [], "{message}");
    }
}

#[test]
fn hostile_messages_are_bounded_and_lose_what_hides_text() {
    let many: Vec<String> = (0..5000).map(|number| format!("'{number}{}'", "é".repeat(90))).collect();
    let message = format!("Input should be {}: parameters.resolution", many.join(", "));
    for complaint in read(&message) {
        assert!(complaint.said.chars().count() <= SENTENCE_CHARS);
        if let Legal::OneOf(values) = &complaint.legal {
            assert!(values.len() <= VALUES && values.iter().all(|value| value.chars().count() <= VALUE_CHARS));
        }
    }
    assert!(read(&"a & ".repeat(9000)).len() <= SENTENCES);
    let turned = "Input should be '\u{202e}P0801' or '720P\n\u{0}': parameters.resolution";
    let [complaint] = &read(turned)[..] else { panic!("one complaint") };
    assert_eq!(complaint.legal, list(&["P0801", "720P  "]));
    assert!(!complaint.said.contains(['\u{202e}', '\n', '\0']));
    for text in ["İ should be 'a'", "'''''", "should be between and", "only  provided", ": : :", "İİİ must be in ,,,'"]
    {
        let _ = at_model("wan2.7-t2v", text);
    }
}
