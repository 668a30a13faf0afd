//! The sentences about cards: each in both languages, and those of some cases as people read them, in
//! `tests/golden/cards.txt`. With `WAN_BLESS=1` in the environment that file is written anew.

use super::answer::{billing, complaints, cost, ends, length, no_cost, odd, said, state};
use super::message::{page, trouble, unread};
use super::request::{does, hint, notes, unfilled, verdict, whose};
use super::*;
use crate::catalog::{Catalog, MediaKind};
use crate::checked::Trap;
use crate::complaint::Legal;
use crate::import::Language;
use crate::paste::{
    Answer, AnswerRemark, Asked, Billing, Does, Hint, Message, NoCost, State, Trouble, Verdict, Whose, read,
};
use crate::words::tests::{check_language, golden};
use crate::words::{doctor, failure};
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
                for line in lines(lang, card) {
                    writeln!(text, "    {line}").expect("a text");
                }
            }
        }
    }
    golden("cards", &text);
}

/// All that is said of a card, in its order.
fn lines(lang: Lang, card: &Card) -> Vec<String> {
    match &card.holds {
        Holds::Request(asked) => of_request(lang, asked),
        Holds::Answer(answer) => of_answer(lang, answer),
        Holds::Message(message) => vec![message.said.clone(), trouble(lang, message).to_owned()],
        Holds::Mention(Mention::Link { ends_ms, .. }) => vec![ends(lang, *ends_ms, NOW_MS, "DAY")],
        Holds::Mention(Mention::Task(..)) => Vec::new(),
        Holds::Page => vec![page(lang).to_owned()],
        Holds::Unread(language) => vec![unread(lang, *language)],
    }
}

fn of_request(lang: Lang, asked: &Asked) -> Vec<String> {
    let mut lines = notes(lang, asked);
    lines.extend(unfilled(lang, asked));
    for (finding, kind) in asked.judged.first().map(|judged| judged.findings.as_slice()).unwrap_or_default() {
        let (wrong, mend) = doctor::finding(lang, finding);
        let place = doctor::part(lang, &finding.part);
        let sign = pick(lang, ": ", "：");
        lines.push([verdict(lang, *kind), " · ", &*place, sign, &*wrong, " ", &*mend].concat());
    }
    lines.extend(asked.hints.iter().map(|known| hint(lang, known)));
    lines.extend(asked.cause.map(|at| [words(lang).cause, " → ", &(at + 1).to_string()].concat()));
    lines
}

fn of_answer(lang: Lang, answer: &Answer) -> Vec<String> {
    let mut lines: Vec<String> = said(answer).into_iter().collect();
    lines.extend(answer.advice.map(|advice| failure::advice(lang, advice)));
    lines.extend(complaints(lang, answer));
    lines.extend(billing(lang, answer.billing).map(str::to_owned));
    lines.extend(
        answer.link.as_ref().map(|link| [&*link.host, " · ", &*ends(lang, link.ends_ms, NOW_MS, "DAY")].concat()),
    );
    let named = |name: &str, value: String| [name, " · ", &*value].concat();
    lines.extend(length(lang, answer).map(|length| named(words(lang).length, length)));
    lines.extend(answer.cost.as_ref().map(|known| named(words(lang).cost, cost(lang, known))));
    lines.extend(answer.remarks.iter().map(|remark| odd(lang, *remark).to_owned()));
    let rest = [(words(lang).lay_at, &answer.lay_at), (words(lang).request_id, &answer.request_id)];
    lines.extend(
        rest.into_iter().filter(|(_, value)| !value.is_empty()).map(|(name, value)| named(name, value.clone())),
    );
    lines
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
        Hint::NearHost(at()),
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
    let costs =
        [NoCost::Length, NoCost::Model, NoCost::NotListed, NoCost::Gateway, NoCost::Price, NoCost::Tier, NoCost::Sound];
    for lang in [Lang::En, Lang::Zh] {
        let mut all: Vec<String> = vec![unread(lang, Language::Python), failure::legal(lang, &Legal::Needed)];
        all.extend(hints.iter().map(|known| hint(lang, known)));
        all.extend(verdicts.map(|known| verdict(lang, known).to_owned()));
        all.extend(does_all.iter().map(|known| does(lang, known).to_owned()));
        all.extend(owners.iter().filter_map(|known| whose(lang, known)));
        all.extend(states.map(|known| state(lang, known).to_owned()));
        all.extend(bills.iter().filter_map(|known| billing(lang, *known).map(str::to_owned)));
        all.extend(odds.map(|known| odd(lang, known).to_owned()));
        all.extend([None, Some(1), Some(u64::MAX)].map(|end| ends(lang, end, 5, "1")));
        let message = |trouble| Message { number: None, said: String::new(), trouble };
        all.extend(troubles.map(|known| trouble(lang, &message(known)).to_owned()));
        all.extend(costs.map(|known| no_cost(lang, known).to_owned()));
        all.push(page(lang).to_owned());
        let fixed = words(lang);
        all.extend(
            [
                fixed.lead,
                fixed.more,
                fixed.cause,
                fixed.for_cmd,
                fixed.meant_for,
                fixed.judged_as,
                fixed.cost,
                fixed.length,
                fixed.took,
                fixed.link,
                fixed.lay_at,
                fixed.request_id,
                fixed.load,
                fixed.load_why,
                fixed.load_failed,
                fixed.dearer,
                fixed.runs,
                fixed.hints,
            ]
            .map(str::to_owned),
        );
        for text in all {
            assert_eq!(check_language(&text, lang), Ok(()));
        }
    }
}
