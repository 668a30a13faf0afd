//! Any draft → link → the same draft, except for what was reported.

use crate::prompts;
use crate::support::cases;
use proptest::prelude::*;
use std::sync::Arc;
use wan_playground::address::BaseUrl;
use wan_playground::catalog::{FieldId, MediaKind};
use wan_playground::draft::{Draft, Media, Reference, Value};
use wan_playground::http::Json;
use wan_playground::key::ApiKey;
use wan_playground::link::carry::{NotCarried, Standing, link_of};
use wan_playground::link::{self, Language, Link, Opened, View, file, find, packed, print};
use wan_playground::media::LocalFile;
use wan_playground::snapshot::desk::{Desk, Seat};

const CANARY: &str = "sk-canary-links-0123456789";
/// A key that does not look like one: only recognized because it was typed.
const ODD: &str = "canary~odd~key~links";

pub fn keys() -> Vec<ApiKey> {
    let base = BaseUrl::parse("https://gateway.example").expect("a base");
    [CANARY, ODD].map(|key| ApiKey::new(key, &base).expect("a key")).into()
}

pub fn standing<'a>(gateway: &'a str, model: &'a str) -> Standing<'a> {
    Standing { gateway, model, lang: Some(Language::Zh), view: View::of("python") }
}

/// A link read from its text, in any form.
pub fn reopened(fragment: &str) -> Link {
    let opened = link::open(fragment);
    assert_eq!(opened.misread, [], "{fragment}");
    match (opened.wish, opened.packed) {
        (Some(link), None) => link,
        (None, Some(packed)) => {
            let mut misread = Vec::new();
            let text = packed::unpack(&packed).unwrap_or_else(|why| panic!("{why:?}: {fragment}"));
            let link = link::read(&text, &mut misread);
            assert_eq!(misread, [], "{fragment}");
            link
        }
        both => panic!("{both:?}"),
    }
}

/// A field as it should come back: white space around addresses is removed, and so are blank references and files.
fn plain(value: &Value) -> Value {
    match value {
        Value::Media(Media::Url(url)) => Value::Media(Media::Url(url.trim().to_owned())),
        Value::References(list) => Value::References(
            list.iter()
                .filter(|entry| !entry.media.link().trim().is_empty())
                .map(|entry| Reference {
                    media: entry.media.trimmed(),
                    kind: entry.kind,
                    voice: entry.voice.trim().to_owned(),
                })
                .collect(),
        ),
        other => other.clone(),
    }
}

/// A field as it is stored: files by their marks.
fn bare(value: &Value) -> Value {
    let bare = |media: &Media| match media {
        Media::File(file) => {
            let LocalFile { format, bytes, pixels, alpha, .. } = **file;
            let (name, base64) = (file.name.clone(), String::new());
            Media::File(Arc::new(LocalFile { name, format, bytes, pixels, alpha, base64, ..LocalFile::default() }))
        }
        Media::Url(_) => media.clone(),
    };
    match value {
        Value::Media(media) => Value::Media(bare(media)),
        Value::References(list) => {
            let entry = |entry: &Reference| Reference { media: bare(&entry.media), ..entry.clone() };
            Value::References(list.iter().map(entry).collect())
        }
        other => other.clone(),
    }
}

fn named(left: &[NotCarried]) -> Vec<FieldId> {
    let field = |left: &NotCarried| match left {
        NotCarried::File(id, _)
        | NotCarried::HalfTyped(id)
        | NotCarried::Uploaded(id)
        | NotCarried::KeyMasked(id)
        | NotCarried::KeyInAddress(id)
        | NotCarried::Unfit(id) => Some(*id),
        NotCarried::Callback => Some(FieldId::CallbackUrl),
        NotCarried::Extra(_) | NotCarried::Name(_) => None,
    };
    left.iter().filter_map(field).collect()
}

/// Every promise about a draft and its link.
fn holds(draft: &Draft) {
    let keys = keys();
    let (link, left) = link_of(draft, standing("dashscope", "wan2.7-t2v"), &keys);
    let named = named(&left);
    let back = link.draft();
    for (id, value) in draft.filled_fields() {
        if !named.contains(&id) {
            assert_eq!(back.get(id), Some(&plain(value)), "{}", id.name());
        }
    }
    for (id, value) in back.filled_fields() {
        let before = draft.filled(id).unwrap_or_else(|| panic!("{} was not in the draft", id.name()));
        assert!(named.contains(&id) || *value == plain(before), "{}", id.name());
    }
    assert_eq!(back.get(FieldId::CallbackUrl), None);
    assert_eq!(back.extra(), []);
    let extra = left.iter().filter(|left| matches!(left, NotCarried::Extra(_))).count();
    assert_eq!(extra, draft.extra().len());

    // Each form gives exactly the same link.
    let (readable, short, whole) = (print::readable(&link), packed::fragment(&link), file::write(&link));
    assert_eq!(reopened(&readable), link);
    assert_eq!(reopened(&short), link);
    assert!(short.len() <= readable.len());
    let opened = file::read(&whole).expect("our own file");
    assert_eq!(opened, Opened { wish: Some(link.clone()), ..Opened::default() });
    let message = format!("看这个：https://h.example/wan/#{short} 。");
    let found = find::find(&message).expect("a link in the message");
    assert_eq!((found.place, found.fragment), (Some("https://h.example/wan/"), &*short));

    // No key in any of them, nor in what is reported about it; a file's name may be that of a file.
    for text in [readable, whole, format!("{left:?}")] {
        assert!(!text.contains(CANARY) && !text.contains("odd~key") && !text.contains("odd%7Ekey"), "{text}");
    }

    // What is stored for a reload is the whole draft, except the bytes of files and keys.
    let seat = Seat { gateway: "ope".into(), model: "wan2.7-i2v".into(), place: "https://own.example/x".into() };
    let desk = Desk::of(draft, &link, vec![seat], &keys);
    let kept = desk.write();
    assert!(!kept.contains(CANARY) && !kept.contains("odd~key"), "{kept}");
    assert!(!kept.contains("aGVsbG8"), "the bytes of a file are kept: {kept}");
    let read = Desk::read(&kept).expect("our own text");
    assert_eq!(read.seats, desk.seats);
    let with_key = |id| {
        left.iter().any(|left| matches!(left, NotCarried::KeyMasked(at) | NotCarried::KeyInAddress(at) if *at == id))
    };
    for (id, value) in draft.filled_fields() {
        match (read.rest.get(id).or(back.get(id)), value) {
            (Some(kept), _) if *kept == bare(value) || *kept == plain(value) => {}
            (kept, _) => assert!(with_key(id) || has_key(value), "{} is kept as {kept:?}", id.name()),
        }
    }
}

fn has_key(value: &Value) -> bool {
    let texts: Vec<&str> = match value {
        Value::Text(text) | Value::Media(Media::Url(text)) => vec![text],
        Value::Media(Media::File(file)) => vec![&file.name],
        Value::References(list) => list.iter().flat_map(|entry| [entry.media.name(), &*entry.voice]).collect(),
        Value::Flag(_) => Vec::new(),
    };
    texts.iter().any(|text| wan_playground::redact::redact(&keys(), text) != *text)
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => ".{0,200}",
        2 => "[ -~]{0,60}",
        1 => "[\\x00-\\x7f猫%&=?#+/.~]{0,80}",
        1 => Just(format!("use {CANARY} please")),
        1 => Just(ODD.to_owned()),
        1 => "[a-f0-9]{32}",
        1 => "(猫|cat|狗 )\\PC{100,400}",
    ]
}

fn address() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "https://[a-z]{1,9}\\.example/[a-zA-Z0-9/._%猫-]{0,40}(\\?[a-zA-Z0-9=&%+./-]{0,60})?",
        1 => " ?oss://[a-z/]{1,20} ?",
        1 => "(http|htt|https:/|javascript:|data:|file:///)[ -~]{0,20}",
        1 => Just(format!("https://h.example/x?token={CANARY}")),
        1 => Just("https://h.example/x?k=sk%2Dcanary-links-0123456789".to_owned()),
        1 => Just(format!("https://h.example/{ODD}/a.png")),
        1 => text(),
    ]
}

fn kind() -> impl Strategy<Value = MediaKind> {
    prop_oneof![Just(MediaKind::Image), Just(MediaKind::Audio), Just(MediaKind::Video)]
}

fn local() -> impl Strategy<Value = Media> {
    ("[a-z猫 ]{1,12}\\.png", 1_u64..9_000_000).prop_map(|(name, bytes)| {
        let file = LocalFile {
            name,
            format: None,
            bytes,
            pixels: Some((64, 48)),
            alpha: false,
            base64: "aGVsbG8=".into(),
            ..LocalFile::default()
        };
        Media::File(Arc::new(file))
    })
}

fn reference() -> impl Strategy<Value = Reference> {
    let voice = prop_oneof![3 => Just(String::new()), 1 => address()];
    let media = prop_oneof![4 => address().prop_map(Media::Url), 1 => local()];
    (media, kind(), voice).prop_map(|(media, kind, voice)| Reference { media, kind, voice })
}

fn value() -> impl Strategy<Value = Value> {
    prop_oneof![
        3 => text().prop_map(Value::Text),
        1 => any::<bool>().prop_map(Value::Flag),
        3 => address().prop_map(|url| Value::Media(Media::Url(url))),
        1 => local().prop_map(Value::Media),
        2 => proptest::collection::vec(reference(), 0..5).prop_map(Value::References),
    ]
}

/// Drafts as the page makes them, and some that no page makes.
fn draft() -> impl Strategy<Value = Draft> {
    let entry = (0..FieldId::ALL.len(), value(), 0..4_u8);
    let extra =
        prop_oneof![3 => Just(Vec::new()), 1 => Just(vec![("parameters.x".to_owned(), Json::Text(CANARY.into()))])];
    (proptest::collection::vec(entry, 0..12), extra).prop_map(|(entries, extra)| {
        let mut draft = Draft::default();
        for (index, value, odd) in entries {
            let id = FieldId::ALL[index];
            // Mostly of the field's own kind.
            let value = match (id, value) {
                (_, value) if odd == 0 => value,
                (FieldId::References, Value::Text(url) | Value::Media(Media::Url(url))) => {
                    let media = Media::Url(url);
                    Value::References(vec![Reference { media, kind: MediaKind::Video, voice: String::new() }])
                }
                (
                    FieldId::FirstFrame
                    | FieldId::LastFrame
                    | FieldId::FirstClip
                    | FieldId::SourceVideo
                    | FieldId::Portrait
                    | FieldId::Audio,
                    Value::Text(url),
                ) => Value::Media(Media::Url(url)),
                (FieldId::Sound | FieldId::PromptExtend | FieldId::Watermark | FieldId::Async, value) => {
                    Value::Flag(matches!(value, Value::Flag(true) | Value::Text(_)))
                }
                (_, value) => value,
            };
            draft.set(id, value);
        }
        draft.keep_extra(extra);
        draft
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3000, ..ProptestConfig::default() })]

    #[test]
    fn any_draft_comes_back_from_its_link(draft in draft()) {
        holds(&draft);
    }
}

#[test]
fn every_documented_request_comes_back_whole() {
    let mut whole = 0;
    for case in cases() {
        let (link, left) = link_of(&case.draft, standing(&case.gateway, &case.model), &keys());
        let only_callback = left
            .iter()
            .all(|left| matches!(left, NotCarried::Callback | NotCarried::File(..) | NotCarried::Uploaded(_)));
        assert!(only_callback, "{}: {left:?}", case.name);
        if left.is_empty() {
            whole += 1;
            assert_eq!(reopened(&packed::fragment(&link)).draft(), case.draft, "{}", case.name);
        }
        holds(&case.draft);
    }
    assert!(whole >= 50, "only {whole} cases are whole");
}

#[test]
fn prompts_that_mean_something_elsewhere_come_back() {
    for prompt in prompts::prompts() {
        let mut draft = Draft::default();
        draft.set(FieldId::Prompt, Value::Text(prompt));
        holds(&draft);
    }
}

#[test]
fn what_is_left_out_is_named_with_its_reason() {
    let url = |url: &str| Value::Media(Media::Url(url.into()));
    let mut draft = Draft::default();
    draft.set(FieldId::Prompt, Value::Text(format!("{CANARY} and {ODD}")));
    draft.set(FieldId::FirstFrame, url("https://h/x?api_key=0123456789abcdef"));
    draft.set(FieldId::LastFrame, url("javascript:alert(1)"));
    draft.set(FieldId::FirstClip, url(" OSS://dashscope-instant/a/clip.mp4"));
    draft.set(FieldId::Audio, Value::Text("https://h/a.mp3".into()));
    draft.set(FieldId::CallbackUrl, Value::Text("https://mine.example/hook".into()));
    let file = LocalFile {
        name: "me.png".into(),
        format: None,
        bytes: 5,
        pixels: None,
        alpha: false,
        base64: "aGVsbG8=".into(),
        ..LocalFile::default()
    };
    draft.set(FieldId::Portrait, Value::Media(Media::File(Arc::new(file))));
    draft.keep_extra(vec![("input.x".into(), Json::Flag(true))]);
    let (link, left) = link_of(&draft, standing("sk-canary-gateway-1", "a model"), &keys());
    let expected = [
        NotCarried::Name("•••".into()),
        NotCarried::Name("a model".into()),
        NotCarried::KeyMasked(FieldId::Prompt),
        NotCarried::KeyInAddress(FieldId::FirstFrame),
        NotCarried::HalfTyped(FieldId::LastFrame),
        NotCarried::Uploaded(FieldId::FirstClip),
        NotCarried::File(FieldId::Portrait, "me.png".into()),
        NotCarried::Unfit(FieldId::Audio),
        NotCarried::Callback,
        NotCarried::Extra("input.x".into()),
    ];
    assert_eq!(left, expected);
    assert_eq!(link.fields().collect::<Vec<_>>(), [FieldId::Prompt]);
    assert_eq!(link.draft().get(FieldId::Prompt), Some(&Value::Text("••• and •••".into())));
    assert_eq!((link.gateway, link.model), (None, None));
}

#[test]
fn a_key_that_is_only_begun_is_not_looked_for() {
    let base = BaseUrl::parse("https://gateway.example").expect("a base");
    let mut draft = Draft::default();
    draft.set(FieldId::Prompt, Value::Text("a snake in the sun".into()));
    let begun = [ApiKey::new("s", &base).expect("a key")];
    let (link, left) = link_of(&draft, standing("ope", "wan2.7-i2v"), &begun);
    assert_eq!((link.draft(), left), (draft, Vec::new()));
}

#[test]
fn a_long_link_is_packed_and_a_very_long_one_is_not() {
    let link = |length: usize| {
        let mut draft = Draft::default();
        draft.set(FieldId::Prompt, Value::Text("猫和狗在花园里玩。".repeat(length / 9)));
        link_of(&draft, standing("dashscope", "wan2.7-t2v"), &[]).0
    };
    assert!(packed::fragment(&link(9)).starts_with("1/dashscope/wan2.7-t2v?prompt=%E7%8C%AB"));
    let packed = packed::fragment(&link(5000));
    assert!(packed.starts_with("1z/") && packed.len() < 600, "{}", packed.len());
    assert!(packed.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_/".contains(&byte)));
    // What a page would not unpack is not packed.
    assert!(packed::fragment(&link(40_000)).starts_with("1/"));
    assert_eq!(reopened(&packed::fragment(&link(40_000))), link(40_000));
}

#[test]
fn a_link_is_found_in_what_people_paste_and_anchors_are_none() {
    for (text, place, fragment) in [
        ("#1/ope/wan2.7-i2v", None, "1/ope/wan2.7-i2v"),
        ("打开链接http://h.example#1/a", Some("http://h.example"), "1/a"),
        ("试试 https://h.example/#1z/abc，谢谢", Some("https://h.example/"), "1z/abc"),
        (
            "<http://127.0.0.1:8080/wan/#embed,lock=model/1/a/b?x=1>",
            Some("http://127.0.0.1:8080/wan/"),
            "embed,lock=model/1/a/b?x=1",
        ),
        ("https://h.example/#9/new", Some("https://h.example/"), "9/new"),
    ] {
        let found = find::find(text).unwrap_or_else(|| panic!("{text}"));
        assert_eq!((found.place, found.fragment), (place, fragment), "{text}");
    }
    for text in [
        "",
        "https://h.example/page#section/2",
        "#1",
        "javascript:x#1/a/b",
        "# 1/a/b",
        "issue #12/3x",
        "see #1/2, please",
        "{\"a\":\"#\"}",
    ] {
        assert_eq!(find::find(text), None, "{text}");
    }
}
