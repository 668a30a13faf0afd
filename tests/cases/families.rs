//! Families: every case as others would have pasted it. What is told stays the same, and nothing becomes harmful.

use super::judge::{Mark, cases, faults, fits};
use super::tell::tell;
use std::collections::BTreeMap;

/// The least number of variations that tell the same as their case. It only rises.
const FLOOR: usize = 1485;

type Vary = fn(&str) -> String;

/// Ways in which a text arrives.
const WAYS: [(&str, Vary); 10] = [
    ("after a greeting", |text| format!("您好，客户反馈下面的内容，帮忙看一下：\n\n{text}\n谢谢！")),
    ("before a question", |text| format!("{text}\n\nWhy does this not work? Is it billed?\n")),
    ("in a fence", |text| format!("Here it is:\n\n```\n{text}\n```\n")),
    ("with the line ends of Windows", |text| text.replace("\r\n", "\n").replace('\n', "\r\n")),
    ("with a byte order mark", |text| format!("\u{feff}{text}")),
    ("after a line of a log", |text| {
        format!(
            "2026-11-28 10:22:31.123 INFO [worker-3] request_id=4909100c-0000-9a00-8b00-aabbccddeeff submit\n{text}"
        )
    }),
    ("before a line of a log", |text| format!("{text}\n2026-11-28 10:22:35.881 WARN [worker-3] retrying in 5 s\n")),
    ("between blank lines", |text| format!("\n\n\n{text}\n\n\n")),
    ("indented", |text| format!("    {}\n", text.trim_end().replace('\n', "\n    "))),
    ("as a quotation of a letter", |text| {
        format!("On Fri, Nov 27, 2026 Li wrote:\n\n{text}\n\n-- \nLi Wei\nExample Ltd.\n")
    }),
];

/// Ways that change the lines themselves: what was copied out of an editor, a log, a letter or a document.
const HARD: [(&str, Vary); 8] = [
    ("with the numbers of an editor", |text| numbered(text, |number| format!("{number:4}  "))),
    ("with numbers and a line", |text| numbered(text, |number| format!("{number} | "))),
    ("with the times of a log", |text| {
        numbered(text, |number| format!("2026-11-28 10:22:{:02}.123 INFO [worker-3] c.e.video.Client - ", number % 60))
    }),
    ("with times in brackets", |text| numbered(text, |number| format!("[10:{:02}:31] ", number % 60))),
    ("out of a container", |text| numbered(text, |_| "web-1  | ".to_owned())),
    ("quoted in a letter", |text| numbered(text, |_| "> ".to_owned())),
    ("in a document's quotes", |text| curly(text)),
    ("with tabs in front", |text| numbered(text, |_| "\t\t".to_owned())),
];

fn numbered(text: &str, front: impl Fn(usize) -> String) -> String {
    text.lines().enumerate().map(|(index, line)| front(index + 1) + line + "\n").collect()
}

/// Straight quotes as a word processor turns them.
fn curly(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        let opens = out.chars().next_back().is_none_or(|last| last.is_whitespace() || "({[=:,‘“".contains(last));
        out.push(match c {
            '"' if opens => '“',
            '"' => '”',
            '\'' if opens => '‘',
            '\'' => '’',
            c => c,
        });
    }
    out
}

/// The least number of those that tell the same. It only rises.
const HARD_FLOOR: usize = 1105;

/// What may differ: places, and what is said about the way the text was written.
fn is_of_the_text(fact: &str) -> bool {
    ["card", "main card", "remark", "answered by", "follows", "form written", "nothing"]
        .iter()
        .any(|start| fact.starts_with(start))
        || fact.contains("· text ")
}

#[test]
fn every_case_is_told_the_same_however_it_arrives() {
    hold(&WAYS, FLOOR);
}

#[test]
fn every_case_is_told_the_same_with_something_in_front_of_its_lines() {
    hold(&HARD, HARD_FLOOR);
}

/// In a log that is read in blocks.
const LONG: [(&str, Vary); 2] = [
    ("in a long log", |text| {
        let log =
            "2026-11-28 10:22:31.123 INFO [worker-3] c.e.video.Client - polling, attempt 17, it's fine\n".repeat(380);
        [&log, text, "\n", &log].concat()
    }),
    ("among many lines of JSON", |text| {
        let log = "{\"time\": \"10:22:31\", \"level\": \"info\", \"msg\": \"polling\", \"attempt\": 17}\n".repeat(460);
        [&log, text, "\n", &log].concat()
    }),
];

/// The least number of those that tell the same. It only rises.
const LONG_FLOOR: usize = 272;

#[test]
fn every_case_is_told_the_same_in_a_long_text() {
    hold(&LONG, LONG_FLOOR);
}

#[test]
fn no_case_shows_a_key_wherever_it_is_cut() {
    let mut harmful = Vec::new();
    for case in cases() {
        let places: Vec<usize> = case.text.char_indices().map(|(at, _)| at).collect();
        for tenth in 1..10 {
            let at = places.get(places.len() * tenth / 10).copied().unwrap_or(0);
            for part in [&case.text[..at], &case.text[at..]] {
                // What forbids the rest may have been cut off.
                let (faults, is_harmful) = faults(&case, &tell(part), |fact| fact.contains("canary"));
                if is_harmful {
                    harmful.push(format!("{} at {at}: {}", case.name, faults.join("; ")));
                }
            }
        }
    }
    assert!(harmful.is_empty(), "{}", harmful.join("\n"));
}

/// Two cases in one text: what is wanted of either is told.
#[test]
fn a_case_is_told_beside_another() {
    let cases = cases();
    let (mut good, mut all, mut lost) = (0, 0, Vec::new());
    for (index, case) in cases.iter().enumerate() {
        let other = &cases[(index + 7) % cases.len()];
        let told = tell(&[&case.text, "\n\n----\n\n", &other.text].concat());
        for one in [case, other] {
            let wanted = one.expected.iter().filter(|(mark, fact)| *mark == Mark::Want && !is_of_the_text(fact));
            let missing: Vec<&str> = wanted
                .map(|(_, fact)| fact.as_str())
                .filter(|fact| !told.iter().any(|line| fits(line, fact)))
                .collect();
            all += 1;
            if missing.is_empty() {
                good += 1;
            } else {
                lost.push(format!("{} of {}+{}: {}", one.name, case.name, other.name, missing.join("; ")));
            }
        }
    }
    println!("{good} of {all} are told beside another\n{}", lost.join("\n"));
    assert!(good >= MIXED_FLOOR, "{good} of {all}, the floor is {MIXED_FLOOR}");
}

/// The least number of cases that are told beside another. It only rises.
const MIXED_FLOOR: usize = 252;

fn hold(ways: &[(&'static str, Vary)], floor: usize) {
    let (mut good, mut all) = (0, 0);
    let mut harmful = Vec::new();
    let mut by_way: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for case in cases() {
        for (way, vary) in ways {
            // There the fault that the case is about is gone.
            let is_about_quotes =
                || case.expected.iter().any(|(_, fact)| fact.contains("Quote") || fact.contains("hint: Odd"));
            if way.contains("document's quotes") && is_about_quotes() {
                continue;
            }
            all += 1;
            let (faults, is_harmful) = faults(&case, &tell(&vary(&case.text)), |fact| !is_of_the_text(fact));
            if is_harmful {
                harmful.push(format!("{} {way}: {}", case.name, faults.join("; ")));
            }
            if faults.is_empty() {
                good += 1;
            } else {
                by_way.entry(way).or_default().push(format!("{}: {}", case.name, faults.join("; ")));
            }
        }
    }
    println!("{good} of {all} variations tell the same");
    for (way, faults) in &by_way {
        println!("== {way}: {} differ\n{}", faults.len(), faults.join("\n"));
    }
    assert!(harmful.is_empty(), "harmful:\n{}", harmful.join("\n"));
    assert!(good >= floor, "{good} of {all}, the floor is {floor}");
}
