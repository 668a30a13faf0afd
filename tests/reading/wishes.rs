//! Random drafts, and the calls they become.

use proptest::prelude::*;
use std::sync::Arc;
use wan_playground::catalog::{Field, FieldId, Gateway, Kind, MediaKind, Model};
use wan_playground::draft::{Draft, Media, Reference, Value};
use wan_playground::http::{Json, Request};
use wan_playground::import::{Body, Call, Proof};
use wan_playground::media::LocalFile;
use wan_playground::media::sniff;

/// A request as a pasted call.
pub fn call_of(request: &Request) -> Call {
    Call {
        method: request.method.name().to_owned(),
        url: request.url.clone(),
        headers: request.headers.clone(),
        body: request.body_text().map(Body::Text),
        proof: Proof::Variable("KEY".to_owned()),
        at: 0..0,
    }
}

/// A bare body.
pub fn bare(body: &str) -> Call {
    Call {
        method: String::new(),
        url: String::new(),
        headers: Vec::new(),
        body: Some(Body::Text(body.to_owned())),
        proof: Proof::None,
        at: 0..0,
    }
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => any::<String>(),
        2 => "[猫狗 ，。a-z\"'\\\\$`\n\t\u{0}\u{1b}\u{202e}😀]{0,60}",
        1 => Just("{\"model\": \"wan2.2-s2v\"}".to_owned()),
        1 => Just("data:image/png;base64,AAAA".to_owned()),
    ]
}

fn link() -> impl Strategy<Value = String> {
    ("[a-z]{1,8}", prop_oneof![Just(""), Just(".png"), Just(".mp4"), Just(".mp3")], "[a-zA-Z0-9%&=._~'$-]{0,20}")
        .prop_map(|(name, ending, query)| format!("https://{name}.example/{name}{ending}?{query}"))
}

fn file() -> impl Strategy<Value = Media> {
    let heads: [&[u8]; 4] =
        [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x05\0\0\0\x02\xd0", b"\xff\xd8\xff", b"ID3", b"nothing known"];
    (prop::sample::select(heads.to_vec()), prop::collection::vec(any::<u8>(), 0..40)).prop_map(|(head, rest)| {
        let bytes = [head, &rest].concat();
        let file = LocalFile {
            name: "a file".to_owned(),
            format: sniff(&bytes),
            bytes: bytes.len() as u64,
            pixels: None,
            alpha: false,
            base64: base64(&bytes),
            ..LocalFile::default()
        };
        Media::File(Arc::new(file))
    })
}

/// Standard base64, implemented once more: the centre's tests use no crates of the server.
pub fn base64(bytes: &[u8]) -> String {
    const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for three in bytes.chunks(3) {
        let bits = three.iter().fold(0u32, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - three.len()));
        for sign in 0..4 {
            let index = bits >> (18 - 6 * sign) & 63;
            out.push(if sign <= three.len() { char::from(SIGNS[index as usize]) } else { '=' });
        }
    }
    out
}

fn value(field: &Field) -> BoxedStrategy<Value> {
    match &field.kind {
        Kind::Text { .. } => text().prop_map(Value::Text).boxed(),
        Kind::Url => link().prop_map(Value::Text).boxed(),
        Kind::Integer { min, max, one_of, auto, .. } => {
            let mut legal = if one_of.is_empty() { vec![*min, *max] } else { one_of.to_vec() };
            legal.extend(auto);
            let any = prop_oneof![3 => prop::sample::select(legal), 1 => any::<i64>()];
            any.prop_map(|number| Value::Text(number.to_string())).boxed()
        }
        Kind::Flag => any::<bool>().prop_map(Value::Flag).boxed(),
        Kind::Choice { options } => {
            prop::sample::select(*options).prop_map(|word| Value::Text(word.to_owned())).boxed()
        }
        Kind::Media { .. } => prop_oneof![2 => link().prop_map(Media::Url), 1 => file()].prop_map(Value::Media).boxed(),
        Kind::References { voices, .. } => {
            let voice =
                if *voices { prop_oneof![Just(String::new()), link()].boxed() } else { Just(String::new()).boxed() };
            let kind = prop_oneof![Just(MediaKind::Image), Just(MediaKind::Video), Just(MediaKind::Audio)];
            let media = prop_oneof![2 => link().prop_map(Media::Url), 1 => file()];
            let entry = (media, kind, voice).prop_map(|(media, kind, voice)| Reference { media, kind, voice });
            prop::collection::vec(entry, 0..6).prop_map(Value::References).boxed()
        }
    }
}

/// Any values for a model, good or bad.
pub fn draft(model: &Model) -> impl Strategy<Value = Draft> + use<> {
    let fields: Vec<BoxedStrategy<Option<(FieldId, Value)>>> = model
        .fields
        .iter()
        .map(|field| {
            let id = field.id;
            prop::option::weighted(0.7, value(field)).prop_map(move |value| Some((id, value?))).boxed()
        })
        .collect();
    (fields, any::<bool>()).prop_map(|(values, extra)| {
        let mut draft = Draft::default();
        for (id, value) in values.into_iter().flatten() {
            draft.set(id, value);
        }
        if extra {
            draft.keep_extra(vec![
                ("not.known".to_owned(), Json::Raw("1.5".to_owned())),
                ("odd['a.b']".to_owned(), Json::List(vec![Json::Raw("null".to_owned()), Json::Flag(true)])),
            ]);
        }
        draft
    })
}

/// Every model of every gateway.
pub fn models(catalog: &wan_playground::catalog::Catalog) -> Vec<(&Gateway, &Model)> {
    catalog.gateways.iter().flat_map(|gateway| gateway.models.iter().map(move |model| (gateway, model))).collect()
}
