//! Texts broken on purpose: cases of the corpus, cut, duplicated, mixed and sprinkled with special characters. The
//! reader must not crash, its positions must be within the text, and it must leave no key in a call.
//!
//! `cargo xtask fuzz --cases N --seed S` runs more of them, optimized; a case that fails is printed with its number,
//! and is run again with `WAN_FUZZ_ONLY`.

use super::corpus::cases;
use super::dice::Dice;
use std::time::{Duration, Instant};
use wan_playground::catalog::Catalog;
use wan_playground::import::{Body, Call, Pasted, Proof, read};
use wan_playground::paste::{self, Holds, Paste};

/// How many are run by default: a few seconds in a build without optimization.
const CASES: u64 = 4000;

const CANARY: &str = "sk-canary-0123456789";

/// Characters and words that readers act on.
const PIECES: [&str; 96] = [
    "'",
    "\"",
    "`",
    "\\",
    "^",
    "$",
    "%",
    "!",
    "&",
    "|",
    ";",
    "<",
    ">",
    "(",
    ")",
    "{",
    "}",
    "[",
    "]",
    "#",
    "@",
    "~",
    "*",
    "?",
    "=",
    ":",
    ",",
    "+",
    "-",
    "--",
    "\n",
    "\r\n",
    "\r",
    "\t",
    " ",
    "\0",
    "\u{1b}",
    "\\\n",
    "^\n",
    "`\n",
    "^\n\n",
    "$'",
    "$\"",
    "$(",
    "${",
    "<<EOF\n",
    "<<-'X'\n",
    "<<<",
    "EOF\n",
    "@'\n",
    "\n'@",
    "@\"\n",
    "\n\"@",
    "@{",
    "^\"",
    "^\\^\"",
    "\\\"",
    "\"\"",
    "''",
    "'\\''",
    "%^",
    "^%^",
    "%PATH%",
    "$HOME",
    "$env:X",
    "$([char]55357)",
    "\\ud83d",
    "\\u{1F600}",
    "\\x",
    "\\U0001F600",
    "“",
    "”",
    "‘",
    "’",
    "\u{3000}",
    "\u{a0}",
    "\u{202e}",
    "\u{200b}",
    "\u{feff}",
    "—",
    "猫",
    "😀",
    "é",
    "curl ",
    "-H ",
    "-d ",
    "--json ",
    "-u ",
    "Authorization: Bearer ",
    CANARY,
    "https://h.example/v1 ",
    "--next ",
    "fetch(",
    "Invoke-WebRequest ",
    "JSON.stringify(",
    "log",
];

/// The text with this number.
fn text(seed: u64, number: u64, corpus: &[String]) -> String {
    let mut dice = Dice::new(seed.wrapping_mul(0x1000_0000_01b3) ^ number);
    let mut text = corpus[dice.below(corpus.len())].clone();
    if dice.below(8) == 0 {
        let other = &corpus[dice.below(corpus.len())];
        let (from, to) = (place(&mut dice, &text), place(&mut dice, other));
        text.truncate(from);
        text.push_str(&other[to..]);
    }
    for _ in 0..=dice.below(6) {
        let at = place(&mut dice, &text);
        match dice.below(8) {
            0..=3 => text.insert_str(at, dice.pick(&PIECES)),
            4 => {
                let to = place(&mut dice, &text);
                let (from, mut to) = (at.min(to), at.max(to).min(at.min(to) + 12));
                while !text.is_char_boundary(to) {
                    to -= 1;
                }
                text.replace_range(from..to, "");
            }
            5 => text.truncate(at),
            6 => {
                let to = place(&mut dice, &text);
                let part = text[at.min(to)..at.max(to)].to_owned();
                text.insert_str(at.min(to), &part);
            }
            _ => {
                let piece = dice.pick(&PIECES).repeat(1 + dice.below(40));
                text.insert_str(at, &piece);
            }
        }
        let mut end = text.len().min(4096);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        text.truncate(end);
    }
    text
}

/// A position between two characters.
fn place(dice: &mut Dice, text: &str) -> usize {
    let mut at = dice.below(text.len() + 1);
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// What is wrong with a result.
pub fn fault(text: &str, pasted: &Pasted) -> Option<String> {
    let ranges = pasted.remarks.iter().map(|remark| (&remark.at, format!("{:?}", remark.kind)));
    let ranges = ranges.chain(pasted.calls.iter().map(|call| (&call.at, "a call".to_owned())));
    for (at, of) in ranges {
        if at.start > at.end || text.get(at.clone()).is_none() {
            return Some(format!("{of} is at {at:?} of {}", text.len()));
        }
    }
    for call in &pasted.calls {
        if let Some(place) = leak(call) {
            return Some(format!("a key is left in {place}"));
        }
        if format!("{call:?}").contains("canary-0123456789") && whole(&format!("{call:?}")) {
            return Some("a key is printed".to_owned());
        }
    }
    None
}

/// The canary by its form, complete and with word boundaries: truncated or joined with other letters it is not a key.
fn whole(text: &str) -> bool {
    text.match_indices("sk-canary-").any(|(at, _)| {
        let is_part = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
        let before = text[..at].chars().next_back();
        let length = text[at..].find(|c| !is_part(c)).unwrap_or(text.len() - at);
        !before.is_some_and(is_part) && length >= 11
    })
}

/// What is wrong with a reading of everything that a text holds.
fn fault_of_paste(text: &str, paste: &Paste) -> Option<String> {
    let places = paste.cards.iter().map(|card| &card.at).chain(paste.remarks.iter().map(|remark| &remark.at));
    for at in places {
        if at.start > at.end || text.get(at.clone()).is_none() {
            return Some(format!("{at:?} of {}", text.len()));
        }
    }
    if paste.main.is_some_and(|main| main >= paste.cards.len()) {
        return Some("no such card is the main one".to_owned());
    }
    for card in &paste.cards {
        let Holds::Request(asked) = &card.holds else { continue };
        if let Some(place) = leak(&asked.call) {
            return Some(format!("a key is left in {place}"));
        }
        let others = [asked.answer, asked.follows];
        if others.iter().flatten().any(|at| *at >= paste.cards.len()) {
            return Some("a request belongs to a card that is not there".to_owned());
        }
    }
    None
}

/// The part of a call that contains a key.
fn leak(call: &Call) -> Option<&'static str> {
    let headers = call.headers.iter().any(|(name, value)| whole(name) || whole(value));
    let named = call.headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("authorization"));
    let body = match &call.body {
        None => false,
        Some(Body::Text(text) | Body::File(text)) => whole(text),
        Some(Body::Form(fields)) => fields.iter().any(|(name, value)| whole(name) || whole(value)),
    };
    let variable = matches!(&call.proof, Proof::Variable(name) if whole(name));
    let places = [
        (headers, "the headers"),
        (named, "the authorization, among the headers"),
        (whole(&call.url), "the address"),
        (whole(&call.method), "the method"),
        (body, "the body"),
        (variable, "the name of a variable"),
    ];
    places.into_iter().find(|(is_leak, _)| *is_leak).map(|(_, place)| place)
}

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok().map(|text| text.parse().unwrap_or_else(|_| panic!("{name} is a number, not {text}")))
}

/// Far beyond what a text of a few kilobytes may take: anything worse than linear is caught.
const LONGEST: Duration = Duration::from_millis(if cfg!(debug_assertions) { 2000 } else { 250 });

/// Cases of the paste box, which the corpus of commands does not have: programs, answers, logs, chats.
fn pastes() -> Vec<String> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/data");
    let mut paths: Vec<_> = std::fs::read_dir(folder)
        .expect("the folder of the cases")
        .map(|entry| entry.expect("a folder can be listed").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "txt"))
        .collect();
    paths.sort();
    paths.iter().map(|path| std::fs::read_to_string(path).expect("a case is text")).collect()
}

#[test]
fn broken_texts_are_read_without_harm() {
    let corpus: Vec<String> = cases().into_iter().map(|case| case.input).collect();
    run("calls", &corpus, |text| {
        let pasted = read(text);
        (pasted.calls.len(), fault(text, &pasted))
    });
}

#[test]
fn broken_texts_are_put_together_without_harm() {
    let corpus: Vec<String> = cases().into_iter().map(|case| case.input).chain(pastes()).collect();
    let catalog = Catalog::built_in();
    run("cards", &corpus, |text| {
        let paste = paste::read(catalog, &[], text, 1_796_000_000_000);
        (paste.cards.len(), fault_of_paste(text, &paste))
    });
}

/// Feeds a reader. It says how much it found, and what is wrong.
fn run(what: &str, corpus: &[String], reader: impl Fn(&str) -> (usize, Option<String>) + std::panic::RefUnwindSafe) {
    let (count, seed) = (number("WAN_FUZZ_CASES").unwrap_or(CASES), number("WAN_FUZZ_SEED").unwrap_or(1));
    let numbers = match number("WAN_FUZZ_ONLY") {
        Some(only) => only..only + 1,
        None => 0..count,
    };
    let began = Instant::now();
    let (mut found, mut bytes) = (0, 0);
    for number in numbers {
        let text = text(seed, number, corpus);
        let started = Instant::now();
        let outcome = std::panic::catch_unwind(|| reader(&text));
        let took = started.elapsed();
        let (some, fault) = outcome.unwrap_or_else(|_| panic!("seed {seed}, case {number}, panics:\n{text:?}"));
        if let Some(fault) = fault {
            panic!("seed {seed}, case {number}: {fault}\n{text:?}");
        }
        // Once more, in case a busy machine was slow.
        if took > LONGEST {
            let again = Instant::now();
            reader(&text);
            assert!(again.elapsed() < LONGEST, "seed {seed}, case {number}: {took:?}\n{text:?}");
        }
        found += some;
        bytes += text.len();
        if number > 0 && number % 1_000_000 == 0 {
            println!("{number} cases, {} s", began.elapsed().as_secs());
        }
    }
    println!("{count} cases of seed {seed}: {bytes} bytes, {found} {what} read, {} s", began.elapsed().as_secs());
}
