//! Families: every case as others would have pasted it. What is told stays the same, and nothing becomes harmful.

use super::judge::{cases, faults};
use super::tell::tell;
use std::collections::BTreeMap;

/// The least number of variations that tell the same as their case. It only rises.
const FLOOR: usize = 1060;

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

/// What may differ: places, and what is said about the way the text was written.
fn is_of_the_text(fact: &str) -> bool {
    ["card", "main card", "remark", "answered by", "follows", "form written", "nothing"]
        .iter()
        .any(|start| fact.starts_with(start))
        || fact.contains("· text ")
}

#[test]
fn every_case_is_told_the_same_however_it_arrives() {
    let (mut good, mut all) = (0, 0);
    let mut harmful = Vec::new();
    let mut by_way: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for case in cases() {
        for (way, vary) in WAYS {
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
    assert!(good >= FLOOR, "{good} of {all}, the floor is {FLOOR}");
}
