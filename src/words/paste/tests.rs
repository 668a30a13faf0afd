//! The sentences about cards: each in both languages, and those of some cases as people read them, in
//! `tests/golden/cards.txt`. With `WAN_BLESS=1` in the environment that file is written anew.

use super::*;
use crate::catalog::{Catalog, MediaKind};
use crate::complaint::Legal;
use crate::paste::read;
use crate::words::tests::{check_language, golden};
use std::fmt::Write as _;

/// The time of the reading: 30 November 2026.
const NOW_MS: u64 = 1_796_000_000_000;

/// Cases whose cards are written out.
const CASES: [&str; 17] = [
    "a-01", "a-07", "a-10", "a-13", "a-22", "a-29", "b-05", "b-13", "b-16", "b-17", "c-01", "c-11", "c-13", "d-19",
    "e-02", "e-17", "k-17",
];

#[test]
fn the_cards_of_some_cases_read_well_in_both_languages() {
    let mut text = String::new();
    for name in CASES {
        let path = format!("{}/tests/cases/data/{name}.txt", env!("CARGO_MANIFEST_DIR"));
        let pasted = std::fs::read_to_string(&path).expect("the case is there");
        let paste = read(Catalog::built_in(), &[], &pasted, NOW_MS);
        for lang in [Lang::En, Lang::Zh] {
            writeln!(text, "{name} {}", lang.tag()).expect("a text");
            for card in &paste.cards {
                writeln!(text, "  {}", title(lang, card)).expect("a text");
                for line in lines(lang, card, NOW_MS) {
                    writeln!(text, "    {line}").expect("a text");
                }
            }
        }
    }
    golden("cards", &text);
}

#[test]
fn every_sentence_about_a_card_is_there_in_its_own_language() {
    let at = || "1.2".to_owned();
    let hints = [
        Hint::FixedLength(at()),
        Hint::SeedZero(at()),
        Hint::Trap(Trap::Unused { path: at() }),
        Hint::Trap(Trap::NoSuchReference { name: at(), kind: Some(MediaKind::Image), there: 1 }),
        Hint::Trap(Trap::NamedOtherwise { name: at(), by_kind: true }),
        Hint::DearDefault(at()),
        Hint::OtherModel(at()),
        Hint::RegionalName(at()),
        Hint::LoginInLink(at()),
        Hint::NoAction,
        Hint::OddHeader(at()),
        Hint::PrivateHost,
        Hint::BrokenText(at()),
        Hint::Understood(vec![at()]),
    ];
    let verdicts = [
        Verdict::RefusedAtOnce,
        Verdict::FailsLater,
        Verdict::IgnoredAndBilled,
        Verdict::NotDocumented,
        Verdict::Noted,
    ];
    let does_all = [Does::Create, Does::Query(Vec::new()), Does::List, Does::NotVideo, Does::Foreign, Does::Unknown];
    let owners = [Whose::ByPath(at()), Whose::TokenPlan, Whose::Nobody(at()), Whose::ThisMachine(at()), Whose::Unsaid];
    let states = [
        State::Queued,
        State::Running,
        State::Succeeded,
        State::Failed,
        State::Canceled,
        State::Lost,
        State::Refused,
        State::Unsaid,
    ];
    let bills = [Billing::Refused, Billing::FailedFree, Billing::FailedUnsaid, Billing::MayBe, Billing::Billed];
    let odds = [
        AnswerRemark::NoLink,
        AnswerRemark::NoId,
        AnswerRemark::Template,
        AnswerRemark::ForeignHost,
        AnswerRemark::NotWan,
    ];
    let troubles = [
        Trouble::SingleQuotes,
        Trouble::NoSuchHost,
        Trouble::BadAddress,
        Trouble::NoConnection,
        Trouble::Certificate,
        Trouble::CutCommand,
        Trouble::NotCurl,
        Trouble::Other,
    ];
    for lang in [Lang::En, Lang::Zh] {
        let mut all: Vec<String> = vec![unread(lang).to_owned(), failure::legal(lang, &Legal::Needed)];
        all.extend(hints.iter().map(|known| hint(lang, known)));
        all.extend(verdicts.map(|known| verdict(lang, known).to_owned()));
        all.extend(does_all.iter().map(|known| does(lang, known).to_owned()));
        all.extend(owners.iter().filter_map(|known| whose(lang, known)));
        all.extend(states.map(|known| state(lang, known).to_owned()));
        all.extend(bills.iter().filter_map(|known| billing(lang, *known).map(str::to_owned)));
        all.extend(odds.map(|known| odd(lang, known).to_owned()));
        all.extend([None, Some(1), Some(u64::MAX)].map(|end| ends(lang, end, 5).to_owned()));
        let message = |trouble| Message { number: None, said: String::new(), trouble };
        all.extend(troubles.map(|known| trouble(lang, &message(known)).to_owned()));
        for text in all {
            assert_eq!(check_language(&text, lang), Ok(()));
        }
    }
}
