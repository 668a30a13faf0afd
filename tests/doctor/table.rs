//! The table: files of broken requests, each with the simulator's reaction, the doctor's findings, and the corrected
//! request. With `WAN_BLESS=1` in the environment findings and corrections are rewritten, for review.

use crate::harness::Sim;
use crate::wishes::call_of;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use wan_playground::catalog::Catalog;
use wan_playground::doctor::{Effect, Examination, Finding, Part, examine};
use wan_playground::http::{Files, Request};
use wan_playground::import::{Body, Call, Proof};
use wan_playground::key;

/// The time of the examination: 22 November 2026, 06:15 UTC.
const NOW_MS: u64 = 1_795_328_100_000;

/// One broken request.
struct Row {
    /// What is wrong with it, from its heading.
    name: String,
    /// What the gateway does: a status it refuses with, or the reason why it accepts it.
    fate: Fate,
    /// The request as written.
    broken: String,
    /// The expected findings, one per line.
    found: String,
    /// The expected correction.
    corrected: String,
}

enum Fate {
    Refused(u16),
    Taken(String),
}

const PARTS: [&str; 3] = ["=== broken\n", "=== found\n", "=== corrected\n"];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/doctor")
}

fn files() -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|ending| ending == "txt"));
    files.sort();
    files
}

fn rows(path: &Path) -> Vec<Row> {
    let text = std::fs::read_to_string(path).unwrap();
    text.split("#### ").skip(1).map(row).collect()
}

fn row(text: &str) -> Row {
    let (name, rest) = text.split_once('\n').unwrap();
    let (fate, rest) = rest.split_once('\n').unwrap();
    let fate = match (fate.strip_prefix("refused: "), fate.strip_prefix("taken: ")) {
        (Some(status), None) => Fate::Refused(status.trim().parse().unwrap()),
        (None, Some(why)) if why.len() > 10 => Fate::Taken(why.to_owned()),
        _ => panic!("{name}: `{fate}` is neither `refused: <status>` nor `taken: <why>`"),
    };
    let (_, rest) = rest.split_once(PARTS[0]).unwrap_or_else(|| panic!("{name}: no request"));
    let (broken, rest) = rest.split_once(PARTS[1]).unwrap_or((rest, ""));
    let (found, corrected) = rest.split_once(PARTS[2]).unwrap_or((rest, ""));
    let part = |text: &str| text.trim_end().to_owned();
    Row { name: name.to_owned(), fate, broken: part(broken), found: part(found), corrected: part(corrected) }
}

/// A call as written in the table: method and address, headers, an empty line, the body.
fn call(text: &str) -> Call {
    let (head, body) = text.split_once("\n\n").unwrap_or((text, ""));
    let mut lines = head.lines();
    let (method, url) = lines.next().unwrap().split_once(' ').unwrap();
    let mut proof = Proof::None;
    let mut headers = Vec::new();
    for line in lines {
        let (name, value) = line.split_once(':').unwrap();
        let value = value.trim();
        match (name, value.strip_prefix("Bearer $")) {
            ("Authorization", Some(variable)) => proof = Proof::Variable(variable.to_owned()),
            ("Authorization", None) => proof = takeup_key(value),
            _ => headers.push((name.to_owned(), value.to_owned())),
        }
    }
    let body = (!body.is_empty()).then(|| Body::Text(body.to_owned()));
    Call { method: method.to_owned(), url: url.to_owned(), headers, body, proof, at: 0..0 }
}

fn takeup_key(value: &str) -> Proof {
    let found = key::found::find(&["Authorization: ", value].concat());
    Proof::Key(found.unwrap_or_else(|| panic!("{value} is no key")))
}

fn seen(call: &Call) -> Examination {
    examine(Catalog::built_in(), &[], call, NOW_MS)
}

fn verdicts(seen: &Examination) -> String {
    let line = |finding: &Finding| {
        let part = match &finding.part {
            Part::Method => "method".to_owned(),
            Part::Url => "address".to_owned(),
            Part::Header(name) => format!("header {name}"),
            Part::Key => "key".to_owned(),
            Part::Text(spot) => format!("body {}:{}", spot.line, spot.column),
            Part::Body(path) => format!("body {path}").trim_end().to_owned(),
        };
        let mended = if finding.mended { "" } else { ", left as it is" };
        format!("{:?} at {part}: {:?}{mended}", finding.effect, finding.fault)
    };
    seen.findings.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn correction(seen: &Examination) -> String {
    let Some(correction) = &seen.correction else { return "nothing".to_owned() };
    let request = &correction.request;
    let mut out = String::new();
    if !correction.complete {
        out.push_str("not yet right:\n");
    }
    writeln!(out, "{} {}", request.method.name(), request.url).unwrap();
    for (name, value) in &request.headers {
        writeln!(out, "{name}: {value}").unwrap();
    }
    if let Some(body) = &request.body {
        write!(out, "\n{}", body.print(Files::Whole)).unwrap();
    }
    out.trim_end().to_owned()
}

/// The simulator's path for an address in the table.
fn in_simulator(url: &str) -> String {
    let bare = url.replacen("http://", "https://", 1);
    let catalog = Catalog::built_in();
    for gateway in catalog.gateways {
        for base in gateway.bases {
            if let Some(path) = bare.strip_prefix(base.url) {
                return format!("/sim/{}{path}", gateway.id);
            }
        }
    }
    panic!("{url} is at no gateway");
}

pub async fn send(sim: &Sim, call: &Call) -> (u16, String) {
    let mut headers: Vec<(&str, &str)> =
        call.headers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let key = match &call.proof {
        Proof::None => None,
        Proof::Variable(_) => Some("Bearer sk-canary-good".to_owned()),
        Proof::Key(secret) => Some(format!("Bearer {}", secret.reveal())),
    };
    headers.extend(key.as_deref().map(|key| ("authorization", key)));
    let body = match &call.body {
        Some(Body::Text(text)) => text.clone(),
        _ => String::new(),
    };
    let reply = sim.send(&call.method, &in_simulator(&call.url), &headers, body).await;
    (reply.status, reply.text())
}

/// Whether a request was taken. That nothing lies behind the link of a made-up file is the last thing that is checked.
pub fn is_taken(status: u16, answer: &str) -> bool {
    status == 200 || answer.contains("Failed to find the requested media resource")
}

async fn send_request(sim: &Sim, request: &Request) -> (u16, String) {
    send(sim, &call_of(request)).await
}

#[tokio::test]
async fn every_broken_request_is_refused_or_flagged_and_every_corrected_one_is_taken() {
    let sim = Sim::new();
    let bless = std::env::var_os("WAN_BLESS").is_some();
    let mut faults: Vec<String> = Vec::new();
    let (mut count, mut complete, mut refused) = (0, 0, 0);
    for path in files() {
        let mut text = String::new();
        for row in rows(&path) {
            count += 1;
            let call = call(&row.broken);
            let seen = seen(&call);
            let place = format!("{}: {}", path.file_stem().unwrap().to_string_lossy(), row.name);
            let mut fault = |what: String| faults.push(format!("{place}: {what}"));

            let (status, answer) = send(&sim, &call).await;
            let flagged = seen.findings.iter().any(|finding| finding.effect != Effect::Noted);
            match &row.fate {
                Fate::Refused(expected) if status != *expected => {
                    fault(format!("answered with {status}, not {expected}: {answer}"));
                }
                Fate::Refused(_) if !flagged => fault("refused by the gateway, not by the doctor".to_owned()),
                Fate::Refused(_) => refused += 1,
                Fate::Taken(_) if status != 200 => fault(format!("not taken but answered with {status}: {answer}")),
                Fate::Taken(_) if seen.findings.is_empty() => fault("not flagged".to_owned()),
                Fate::Taken(_) => {}
            }
            if let Some(correction) = &seen.correction {
                let right = correction.request.body.is_none() || correction.complete;
                if right && correction.request.body.is_some() {
                    complete += 1;
                    let (status, answer) = send_request(&sim, &correction.request).await;
                    if !is_taken(status, &answer) {
                        fault(format!("the correction is answered with {status}: {answer}"));
                    }
                }
                let mut again = call_of(&correction.request);
                again.proof = call.proof.clone();
                let again = examine(Catalog::built_in(), &[], &again, NOW_MS);
                if let Some(finding) = again.findings.iter().find(|finding| finding.mended) {
                    fault(format!("the correction can be corrected: {finding:?}"));
                }
                if !correction.diff.iter().any(|line| !matches!(line, wan_playground::doctor::diff::Line::Kept(_))) {
                    fault("a correction that changes nothing".to_owned());
                }
            }
            let (found, corrected) = (verdicts(&seen), correction(&seen));
            if !bless && found != row.found {
                fault(format!("found\n{found}\ninstead of\n{}", row.found));
            }
            if !bless && corrected != row.corrected {
                fault(format!("corrected to\n{corrected}\ninstead of\n{}", row.corrected));
            }
            let fate = match &row.fate {
                Fate::Refused(status) => format!("refused: {status}"),
                Fate::Taken(why) => format!("taken: {why}"),
            };
            let [a, b, c] = PARTS;
            writeln!(text, "#### {}\n{fate}\n{a}{}\n{b}{found}\n{c}{corrected}\n", row.name, row.broken).unwrap();
        }
        if bless {
            std::fs::write(&path, text.trim_end().to_owned() + "\n").unwrap();
        }
    }
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n\n"));
    println!(
        "{count} broken requests: {refused} refused by the simulator, the others flagged; {complete} corrected ones taken"
    );
    assert!(count >= 40 && complete >= 40, "{count} rows, {complete} corrections");
}
