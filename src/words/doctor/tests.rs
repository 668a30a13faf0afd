//! Every fault, worded in both languages. The sentences stand in `tests/golden/doctor.txt`; with `WAN_BLESS=1` in the
//! environment that file is written anew.

use crate::catalog::{Choice, Condition, FieldId};
use crate::doctor::Spot;
use crate::words::doctor::*;
use crate::words::tests::{check_language, golden};
use std::fmt::Write as _;

/// One of each. A new fault does not compile until it has its place in [`kind`], and is missed below without its row.
fn all() -> Vec<Fault> {
    let should = || "0.1".to_owned();
    let slips = [
        Slip::TrailingComma,
        Slip::MissingComma,
        Slip::SingleQuotes,
        Slip::CurlyQuotes,
        Slip::FullWidth,
        Slip::Comment,
        Slip::BareName,
        Slip::PythonWord,
        Slip::Control,
        Slip::Escape,
        Slip::Placeholder,
    ];
    let mut all = vec![
        Fault::Method { should: "POST" },
        Fault::PlainHttp,
        Fault::Placeholder,
        Fault::ForeignHost,
        Fault::UndocumentedHost { should: should() },
        Fault::NoSuchPath { should: should() },
        Fault::PathOfAnother { should: should() },
        Fault::CreateAtQuery { should: should() },
        Fault::HeaderMissing { should: should() },
        Fault::HeaderWrong { should: should() },
        Fault::HeaderIdle,
        Fault::KeyMissing,
        Fault::KeyPlaceholder,
        Fault::KeyOfGateway { gateway: "acedata".to_owned() },
        Fault::KeyOfGateway { gateway: String::new() },
        Fault::KeyOfRegion { should: should() },
        Fault::NoBody,
        Fault::BodyElsewhere { name: should() },
        Fault::Form,
        Fault::NotJson,
        Fault::Twice,
        Fault::NoObject,
        Fault::ModelMissing,
        Fault::ModelUnknown { name: "0.0".to_owned(), near: Some(should()) },
        Fault::ModelUnknown { name: "0.0".to_owned(), near: None },
        Fault::ModelDated { model: should() },
        Fault::ModelBeyond,
        Fault::ModelElsewhere { gateways: vec!["ope".to_owned(), "dashscope".to_owned()] },
        Fault::NotInRegion { should: should() },
        Fault::Constant { should: should() },
        Fault::NameOfAnother { field: FieldId::FirstFrame, should: should() },
        Fault::NotOfThisModel { field: FieldId::Audio },
        Fault::Misplaced { should: should() },
        Fault::Misspelt { should: should() },
        Fault::UnknownMember,
        Fault::Idle,
        Fault::OlderName { should: should() },
        Fault::NoMedium,
        Fault::Null,
        Fault::Empty,
        Fault::ForEveryModel,
        Fault::TierForSize { should: should() },
        Fault::SizeForTier { should: should() },
        Fault::TierInSize { should: should() },
        Fault::SizeSign { should: should() },
        Fault::SizeUnknown { should: should() },
        Fault::SizeUnknown { should: String::new() },
        Fault::Letters { should: should() },
        Fault::TextForNumber,
        Fault::FractionForNumber,
        Fault::NumberForText,
        Fault::NoFlag,
        Fault::OtherKind,
        Fault::Value(FieldId::Prompt, ProblemKind::Missing),
        Fault::Value(FieldId::Prompt, ProblemKind::TooLong { chars: 900, max: 800 }),
        Fault::Value(FieldId::Duration, ProblemKind::NotOneOf(&[5, 10])),
        Fault::Value(FieldId::LastFrame, ProblemKind::MediaSet(&[&[FieldId::FirstFrame, FieldId::LastFrame]])),
        Fault::NoEffect(FieldId::ShotType, Condition { field: FieldId::PromptExtend, is: Choice::Flag(true) }),
        Fault::HeldOpen,
        Fault::LinkExpired { ended_ms: 0 },
        Fault::LinkToThisMachine,
        Fault::LinkToPrivateNetwork,
        Fault::LinkToDisk,
        Fault::LinkInBrowser,
        Fault::LinkQuoted,
        Fault::LinkSpaced,
        Fault::LinkBare,
        Fault::Base64Bare,
        Fault::LinkToStore,
    ];
    all.extend(slips.map(Fault::Slip));
    all
}

/// A number for each kind of fault, without a gap.
fn kind(fault: &Fault) -> usize {
    match fault {
        Fault::Method { .. } => 0,
        Fault::PlainHttp => 1,
        Fault::Placeholder => 2,
        Fault::ForeignHost => 3,
        Fault::NoSuchPath { .. } => 4,
        Fault::PathOfAnother { .. } => 5,
        Fault::CreateAtQuery { .. } => 6,
        Fault::HeaderMissing { .. } => 7,
        Fault::HeaderWrong { .. } => 8,
        Fault::HeaderIdle => 9,
        Fault::KeyMissing => 10,
        Fault::KeyPlaceholder => 11,
        Fault::KeyOfGateway { .. } => 12,
        Fault::KeyOfRegion { .. } => 13,
        Fault::NoBody => 14,
        Fault::BodyElsewhere { .. } => 15,
        Fault::Form => 16,
        Fault::NotJson => 17,
        Fault::Slip(_) => 18,
        Fault::Twice => 19,
        Fault::NoObject => 20,
        Fault::ModelMissing => 21,
        Fault::ModelUnknown { .. } => 22,
        Fault::ModelElsewhere { .. } => 23,
        Fault::NotInRegion { .. } => 24,
        Fault::Constant { .. } => 25,
        Fault::NameOfAnother { .. } => 26,
        Fault::NotOfThisModel { .. } => 27,
        Fault::Misplaced { .. } => 28,
        Fault::Misspelt { .. } => 29,
        Fault::UnknownMember => 30,
        Fault::Idle => 31,
        Fault::OlderName { .. } => 32,
        Fault::NoMedium => 33,
        Fault::Null => 34,
        Fault::TierForSize { .. } => 35,
        Fault::SizeForTier { .. } => 36,
        Fault::TierInSize { .. } => 37,
        Fault::SizeSign { .. } => 38,
        Fault::SizeUnknown { .. } => 39,
        Fault::Letters { .. } => 40,
        Fault::TextForNumber => 41,
        Fault::FractionForNumber => 42,
        Fault::NumberForText => 43,
        Fault::NoFlag => 44,
        Fault::OtherKind => 45,
        Fault::Value(..) => 46,
        Fault::NoEffect(..) => 47,
        Fault::HeldOpen => 48,
        Fault::LinkExpired { .. } => 49,
        Fault::LinkToThisMachine => 50,
        Fault::LinkToPrivateNetwork => 51,
        Fault::LinkToDisk => 52,
        Fault::LinkInBrowser => 53,
        Fault::LinkQuoted => 54,
        Fault::LinkSpaced => 55,
        Fault::LinkBare => 56,
        Fault::Base64Bare => 57,
        Fault::LinkToStore => 58,
        Fault::ModelDated { .. } => 59,
        Fault::ModelBeyond => 60,
        Fault::UndocumentedHost { .. } => 61,
        Fault::Empty => 62,
        Fault::ForEveryModel => 63,
    }
}

#[test]
fn every_fault_is_worded_in_both_languages() {
    let mut text = String::new();
    let mut told: Vec<String> = Vec::new();
    let all = all();
    let mut kinds: Vec<usize> = all.iter().map(kind).collect();
    kinds.sort_unstable();
    kinds.dedup();
    assert_eq!(kinds, (0..=63).collect::<Vec<_>>(), "every kind of fault stands in the list");
    let mut one = |fault: &Fault, part: Part, effect: Effect, mended: bool| {
        let found = Finding { part, fault: fault.clone(), effect, mended };
        writeln!(text, "\n{fault:?}{}", if mended { ", mended" } else { "" }).expect("a text grows");
        for lang in [Lang::En, Lang::Zh] {
            let (what, remedy) = finding(lang, &found);
            for sentence in [&what, &remedy] {
                check_language(sentence, lang).unwrap_or_else(|why| panic!("{fault:?}: {why}"));
                assert!(!sentence.contains("{}"), "{fault:?}: a gap is left in {sentence}");
            }
            writeln!(text, "  {}: {what} | {remedy}", lang.tag()).expect("a text grows");
            told.push(format!("{fault:?} {what}"));
        }
    };
    for fault in &all {
        one(fault, Part::Body("input".to_owned()), Effect::Refused, false);
    }
    for fault in [Fault::ModelMissing, Fault::Form, Fault::Slip(Slip::Comment)] {
        one(&fault, Part::Body(String::new()), Effect::Refused, true);
    }
    for fault in [Fault::Null, Fault::Empty] {
        one(&fault, Part::Body("input".to_owned()), Effect::Noted, true);
    }
    let header = Part::Header("X-DashScope-Async".to_owned());
    one(&Fault::HeaderMissing { should: "1".to_owned() }, header, Effect::Refused, true);
    writeln!(text).expect("a text grows");
    let parts = [
        Part::Method,
        Part::Url,
        Part::Header("A-B".to_owned()),
        Part::Key,
        Part::Text(Spot { line: 3, column: 14 }),
        Part::Body(String::new()),
        Part::Body("input.prompt".to_owned()),
    ];
    for known in parts {
        writeln!(text, "{known:?}: {} | {}", part(Lang::En, &known), part(Lang::Zh, &known)).expect("a text grows");
    }
    golden("doctor", &text);
}
