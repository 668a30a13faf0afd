//! Whatever the page prints is read as the request it was printed from: every shell, every program, HAR and reports,
//! alone, in a line of a log, in a chat, twice, and followed by its answer. Nothing is added, and no key stays.

use super::dice::Dice;
use crate::prompts::prompts;
use crate::support::{base, cases};
use crate::wishes::{draft, models};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use wan_playground::catalog::{Catalog, FieldId, Gateway, Model};
use wan_playground::checked::check;
use wan_playground::draft::{Draft, Value};
use wan_playground::http::{Body as Sent, Request, Response};
use wan_playground::import::{Body, Proof};
use wan_playground::key::ApiKey;
use wan_playground::paste::{self, Asked, Does, Holds, Paste, Verdict};
use wan_playground::report::{self, About};
use wan_playground::snapshot::Saved;
use wan_playground::snippet::{Curl, Job, Program, Shell, print, print_program, with_key};
use wan_playground::task::{Effect, Input, Origin, Task};

const HOW: Curl<'_> = Curl { key_variable: "WAN_KEY", output: None, body_file: "request.json" };
const KEY: &str = "sk-canary-0123456789abcdef";
const NOW_MS: u64 = 1_796_000_000_000;

/// A printed request.
struct Printed {
    /// Its language.
    by: String,
    text: String,
    /// The body is in a file next to it.
    needs_file: bool,
    /// It says more than the request: an answer, for instance.
    has_answer: bool,
    /// What it says of the key.
    key: Key,
}

/// What a text says of the key.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Key {
    /// The name of its variable.
    Named,
    /// That there is one.
    Nameless,
    /// The key itself.
    Whole,
    /// Nothing: a library has it, and knows the headers.
    Library,
}

impl Printed {
    fn of(by: &str, text: String) -> Self {
        let by = by.to_owned();
        Self { by, text, needs_file: false, has_answer: false, key: Key::Named }
    }
}

/// How a text arrives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Alone,
    Log,
    LogLines,
    Chat,
    Fence,
    Quoted,
    Twice,
    Answered,
}

impl Way {
    const ALL: [Self; 8] =
        [Self::Alone, Self::Log, Self::LogLines, Self::Chat, Self::Fence, Self::Quoted, Self::Twice, Self::Answered];

    fn put(self, text: &str, answer: &str) -> String {
        match self {
            Self::Alone => text.to_owned(),
            Self::Log => format!("2026-11-28 10:22:31.123 INFO [worker-3] sending: {text}\n"),
            Self::LogLines => format!(
                "2026-11-28 10:22:31.123 INFO [worker-3] request_id=4909100c-0000-9a00-8b00-aabbccddeeff submit\n{text}\n\
                 2026-11-28 10:22:35.881 WARN [worker-3] retrying in 5 s\n"
            ),
            Self::Chat => format!("小李 10:21\n您好，这个请求为什么不行？\n{text}\n小王 10:25\n请问是哪个 key？\n"),
            Self::Fence => format!("Hi,\n\nthis is what we run:\n\n````\n{text}\n````\n\nIt fails since Monday.\n"),
            Self::Quoted => {
                let lines: Vec<String> = text.split('\n').map(|line| format!("> {line}")).collect();
                format!("On Monday Li wrote:\n{}\n\nWhat is wrong with it?\n", lines.join("\n"))
            }
            Self::Twice => format!("{text}\n\n{text}\n"),
            Self::Answered => format!("{text}\n\n{answer}\n"),
        }
    }
}

/// Everything that the page prints of a request.
fn printed(request: &Request, gateway: &Gateway, model: &Model, draft: &Draft) -> Vec<Printed> {
    let mut all = Vec::new();
    let (base, region) = base(gateway, model);
    let key = ApiKey::new(KEY, &base).expect("a key");
    for shell in Shell::ALL {
        let plain = print(shell, request, HOW);
        let needs_file = plain.needs_file;
        if let Some(text) = with_key(shell, &plain.text, request, HOW, &key) {
            let by = format!("{} with the key", shell.name());
            all.push(Printed { needs_file, key: Key::Whole, ..Printed::of(&by, text) });
        }
        all.push(Printed { needs_file, ..Printed::of(shell.name(), plain.text) });
    }
    let endpoint = gateway.endpoint(model).expect("the catalog check guarantees it");
    let (poll, key_variable) = (gateway.poll, HOW.key_variable);
    let job =
        Job { create: request, endpoint, base: &base, poll, key_variable, body_file: HOW.body_file, uploads: &[] };
    for program in Program::all_at(endpoint) {
        let snippet = print_program(program, &job);
        let key = match program {
            Program::PythonSdk | Program::PythonOpenAi => Key::Library,
            Program::Browser => Key::Nameless,
            _ => Key::Named,
        };
        let needs_file = snippet.needs_file;
        all.push(Printed { needs_file, key, ..Printed::of(program.name(), snippet.text) });
    }
    let checked = check(draft, gateway, model, &base, region);
    if let Some(generation) = checked.generation() {
        let origin = Origin::of(gateway, model, base, region).expect("built in");
        let (mut task, effects) = Task::start("u-1".into(), origin, &generation, NOW_MS - 5000);
        let Some(Effect::Send { no, .. }) = effects.last() else { panic!("{effects:?}") };
        let body = answer(gateway.id).to_owned();
        let answered = Response { status: 200, headers: Vec::new(), body, cut: false };
        task.advance(Input::Answered(*no, answered), NOW_MS - 4000, false);
        let about = About {
            now_ms: NOW_MS,
            page: "https://page.example/wan/",
            browser: "Browser/1.0",
            language: "en",
            ahead_ms: None,
            key: None,
            key_variable: HOW.key_variable,
        };
        let needs_file = request.body.as_ref().is_some_and(Sent::has_file);
        let saved = Saved { task, draft: draft.clone() };
        for (by, text) in [
            ("HAR", report::har(&saved.task, &about)),
            ("report", report::markdown(&saved.task, &about)),
            ("report, as a file", report::json(&saved, &about)),
        ] {
            let key = if by == "report, as a file" { Key::Nameless } else { Key::Named };
            all.push(Printed { needs_file, has_answer: true, key, ..Printed::of(by, text) });
        }
    }
    all
}

/// What a gateway answers to a create call.
fn answer(gateway: &str) -> &'static str {
    match gateway {
        "acedata" => include_str!("../fixtures/acedata/answers/create-accepted.json"),
        "dashscope" => {
            r#"{"output":{"task_status":"PENDING","task_id":"0385dc79-5ff8-4d82-bcb6-aabbccddeeff"},"request_id":"4909100c-7b5a-9f92-bfe5-aabbccddeeff"}"#
        }
        _ => r#"{"id":"video_0385dc79aabbcc","object":"video","status":"queued","progress":0}"#,
    }
}

fn value(text: &str) -> Option<serde_json::Value> {
    serde_json::from_str(text).ok()
}

/// Headers that change what the gateway does, in lower case and in order of their names.
fn headers(all: &[(String, String)]) -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> =
        all.iter().map(|(name, value)| (name.to_ascii_lowercase(), value.clone())).collect();
    all.sort();
    all
}

/// Whether a text has something that a shell or a template would put something into: it is held open then.
fn has_gap(body: &str) -> bool {
    ["{{", "${", "$", "<", "%", "xxx", "...", "…", "your"].iter().any(|mark| body.to_ascii_lowercase().contains(mark))
}

/// What is wrong with one request that was read.
fn differs(request: &Request, printed: &Printed, asked: &Asked) -> Option<String> {
    let call = &asked.call;
    if call.method != request.method.name() || call.url != request.url {
        return Some(format!("{} {} is not {} {}", call.method, call.url, request.method.name(), request.url));
    }
    if printed.key != Key::Library && headers(&call.headers) != headers(&request.headers) {
        return Some(format!("{:?} are not {:?}", call.headers, request.headers));
    }
    let sent = request.body_text().unwrap_or_default();
    match &call.body {
        Some(Body::Text(text)) if !printed.needs_file => {
            // The library has no place for members that it does not know: they are sent among the parameters.
            if value(text) != value(&sent) && !(printed.key == Key::Library && sent.contains("\"odd\"")) {
                return Some(format!("{text}\nis not\n{sent}"));
            }
        }
        _ if printed.needs_file => {}
        body => return Some(format!("{body:?} is not {sent}")),
    }
    match (&call.proof, printed.key) {
        (Proof::Key(key), Key::Whole) if key.reveal() == KEY => {}
        (Proof::Variable(name), Key::Named) if name == HOW.key_variable => {}
        (Proof::Variable(_), Key::Nameless) | (_, Key::Library) => {}
        (proof, _) => return Some(format!("the key is {proof:?}")),
    }
    if let Some(open) = asked.open.first()
        && !printed.needs_file
        && !has_gap(&sent)
    {
        return Some(format!("open: {open:?}"));
    }
    None
}

/// What is wrong with a reading.
fn fault(request: &Request, printed: &Printed, way: Way, paste: &Paste) -> Option<String> {
    let creates: Vec<&Asked> = paste
        .cards
        .iter()
        .filter_map(|card| match &card.holds {
            // A program also downloads the video, from a link that it does not know yet.
            Holds::Request(asked) if asked.does == Does::Unknown && asked.call.method == "GET" => None,
            Holds::Request(asked) if matches!(asked.does, Does::Create | Does::Unknown | Does::Foreign) => {
                Some(&**asked)
            }
            _ => None,
        })
        .collect();
    let most = if way == Way::Twice { 2 } else { 1 };
    if creates.is_empty() || creates.len() > most {
        let said: Vec<String> =
            creates.iter().map(|asked| format!("{:?} {} {}", asked.does, asked.call.method, asked.call.url)).collect();
        let cards: Vec<&Holds> = paste.cards.iter().map(|card| &card.holds).collect();
        return Some(format!(
            "{} requests: {said:?} of {}",
            creates.len(),
            format!("{cards:?}").chars().take(600).collect::<String>()
        ));
    }
    if let Some(asked) = creates.iter().find(|asked| asked.does != Does::Create) {
        return Some(format!("it does {:?}", asked.does));
    }
    if let Some(why) = creates.iter().find_map(|asked| differs(request, printed, asked)) {
        return Some(why);
    }
    if way == Way::Answered
        && !printed.has_answer
        && !paste.cards.iter().any(|card| matches!(card.holds, Holds::Answer(_)))
    {
        return Some("the answer is lost".to_owned());
    }
    if printed.key == Key::Whole && !paste.secrets.iter().any(|secret| secret.reveal() == KEY) {
        return Some("the key is not extracted".to_owned());
    }
    format!("{paste:?}").contains("canary-0123").then(|| "the key is left in it".to_owned())
}

/// Faults by language and way.
#[derive(Default)]
struct Faults(BTreeMap<String, (usize, String)>);

impl Faults {
    fn note(&mut self, by: &str, way: Way, why: String) {
        let entry = self.0.entry(format!("{by}, {way:?}")).or_insert((0, why));
        entry.0 += 1;
    }

    fn expect_none(&self, count: usize) {
        let mut said = String::new();
        for (place, (times, first)) in &self.0 {
            let first: String = first.chars().take(3000).collect();
            writeln!(said, "{place}: {times} times, first {first}\n").expect("a text");
        }
        assert!(self.0.is_empty(), "of {count} texts:\n{said}");
    }
}

fn try_all(
    faults: &mut Faults,
    place: &str,
    (gateway, model, draft): (&Gateway, &Model, &Draft),
    dice: &mut Dice,
    ways: usize,
) -> usize {
    let catalog = Catalog::built_in();
    let (base, region) = base(gateway, model);
    let request = check(draft, gateway, model, &base, region).preview();
    let mut count = 0;
    for printed in printed(&request, gateway, model, draft) {
        let first = dice.below(Way::ALL.len());
        let ways = (0..ways).map(|index| Way::ALL[(first + index) % Way::ALL.len()]);
        for way in ways {
            let text = way.put(&printed.text, answer(gateway.id));
            let paste = paste::read(catalog, &[], &text, NOW_MS);
            count += 1;
            if let Some(why) = fault(&request, &printed, way, &paste) {
                if std::env::var_os("WAN_SHOW").is_some() {
                    println!("=== {} {way:?} {place}\n{text}\n", printed.by);
                }
                faults.note(&printed.by, way, format!("{place}: {why}"));
            }
        }
    }
    count
}

#[test]
fn whatever_is_printed_of_the_golden_cases_is_read_as_it_was() {
    let catalog = Catalog::built_in();
    let (mut faults, mut count, mut dice) = (Faults::default(), 0, Dice::new(13));
    for case in cases() {
        let (gateway, model) = case.find(catalog);
        let ways = if case.is_extreme() { Way::ALL.len() } else { 2 };
        count += try_all(&mut faults, &case.name, (gateway, model, &case.draft), &mut dice, ways);
    }
    println!("{count} texts");
    faults.expect_none(count);
    assert!(count > 5000, "{count}");
}

#[test]
fn whatever_is_printed_of_any_draft_is_read_as_it_was() {
    let (mut faults, mut count, mut dice) = (Faults::default(), 0, Dice::new(14));
    let mut runner = TestRunner::deterministic();
    for (gateway, model) in models(Catalog::built_in()) {
        let drafts = draft(model);
        for number in 0..3 {
            let draft = drafts.new_tree(&mut runner).expect("a draft").current();
            let place = format!("{}/{} {number}", gateway.id, model.id);
            count += try_all(&mut faults, &place, (gateway, model, &draft), &mut dice, 2);
        }
    }
    println!("{count} texts");
    faults.expect_none(count);
}

#[test]
fn whatever_is_printed_of_a_hostile_prompt_is_read_as_it_was() {
    let catalog = Catalog::built_in();
    let (mut faults, mut count, mut dice) = (Faults::default(), 0, Dice::new(15));
    for (gateway, model) in [("dashscope", "wan2.6-t2v"), ("ope", "wan2.7-i2v"), ("acedata", "wan2.6-t2v")] {
        let (gateway, model) = crate::support::find(catalog, gateway, model);
        for prompt in prompts() {
            let mut draft = Draft::default();
            draft.set(FieldId::Prompt, Value::Text(prompt.clone()));
            count +=
                try_all(&mut faults, &format!("{} {prompt:?}", gateway.id), (gateway, model, &draft), &mut dice, 3);
        }
    }
    println!("{count} texts");
    faults.expect_none(count);
}

/// A text as a word processor leaves it: a quote opens behind a blank or a bracket, and closes elsewhere.
fn curled(text: &str) -> String {
    let mut before = '\n';
    let turned = text.chars().map(|c| {
        let opens = before.is_whitespace() || "([{=,:".contains(before);
        before = c;
        match (c, opens) {
            ('"', true) => '“',
            ('"', false) => '”',
            ('\'', true) => '‘',
            ('\'', false) => '’',
            _ => c,
        }
    });
    turned.collect()
}

/// A JSON text whose quotes are all alike: which of them a word processor turned is not known.
fn alike(text: &str) -> Option<serde_json::Value> {
    fn level(value: serde_json::Value) -> serde_json::Value {
        use serde_json::Value as Any;
        match value {
            Any::String(text) => Any::String(text.replace(['“', '”', '"'], "'").replace(['‘', '’'], "'")),
            Any::Array(list) => Any::Array(list.into_iter().map(level).collect()),
            Any::Object(members) => {
                Any::Object(members.into_iter().map(|(name, value)| (name, level(value))).collect())
            }
            other => other,
        }
    }
    value(text).map(level)
}

/// What is wrong with the reading of a text with turned quotes. It is read as it was and said so, or it is said that it
/// could not be read; another request than the one that was written is wrong.
fn fault_of_curled(request: &Request, printed: &Printed, paste: &Paste) -> Result<bool, String> {
    let sent = request.body_text().unwrap_or_default();
    let finds = |card: &paste::Card| match &card.holds {
        Holds::Request(asked) => {
            let mut findings = asked.judged.iter().flat_map(|judged| &judged.findings);
            findings.any(|(_, verdict)| *verdict == Verdict::RefusedAtOnce)
        }
        _ => false,
    };
    let is_said = paste.remarks.iter().any(|remark| remark.kind.changes()) || paste.cards.iter().any(finds);
    for card in &paste.cards {
        let Holds::Request(asked) = &card.holds else { continue };
        let Some(Body::Text(body)) = asked.call.body.as_ref().filter(|_| asked.does == Does::Create) else { continue };
        if alike(body).is_some() && alike(body) == alike(&sent) && asked.call.url == request.url {
            return if is_said { Ok(true) } else { Err("read, and not said".to_owned()) };
        }
        if alike(body).is_some() && asked.open.is_empty() && !is_said {
            return Err(format!("{} {body}\nis not\n{sent}", asked.call.url));
        }
        // PowerShell takes such quotes for its own: it sends what stands between them.
        if asked.exact.is_ok() && !printed.by.starts_with("PowerShell") {
            return Err(format!("{body} is offered to be sent exactly"));
        }
    }
    if is_said || paste.cards.iter().any(|card| matches!(card.holds, Holds::Unread(_))) {
        return Ok(false);
    }
    let open = |card: &paste::Card| matches!(&card.holds, Holds::Request(asked) if !asked.open.is_empty());
    if paste.cards.iter().any(open) || paste.cards.is_empty() { Ok(false) } else { Err(format!("{:?}", paste.cards)) }
}

#[test]
fn whatever_is_printed_is_read_or_said_with_the_quotes_of_a_word_processor() {
    let catalog = Catalog::built_in();
    let (mut faults, mut count) = (Faults::default(), 0);
    let mut read: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for case in cases() {
        let (gateway, model) = case.find(catalog);
        let (base, region) = base(gateway, model);
        let request = check(&case.draft, gateway, model, &base, region).preview();
        for printed in printed(&request, gateway, model, &case.draft).iter().filter(|one| !one.needs_file) {
            let text = curled(&printed.text);
            let paste = paste::read(catalog, &[], &text, NOW_MS);
            count += 1;
            let counts = read.entry(printed.by.clone()).or_default();
            match fault_of_curled(&request, printed, &paste) {
                Ok(is_read) => counts.0 += usize::from(is_read),
                Err(why) => faults.note(&printed.by, Way::Alone, format!("{}: {why}\n{text}", case.name)),
            }
            counts.1 += 1;
        }
    }
    println!("{read:?} of {count} texts");
    // No quote in these stands for anything but the end of a text.
    for by in ["Python (requests)", "Python (dashscope)", "JavaScript (browser)"] {
        let (good, all) = read[by];
        assert!(good == all && all > 0, "{by}: {good} of {all}");
    }
    faults.expect_none(count);
}
