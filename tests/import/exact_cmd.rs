//! "Send exactly as pasted" at the Windows prompt: what the page would send of a command is what the real curl sends with
//! the arguments that Wine's prompt hands to it, to the byte. Over the corpus, and over random bodies in every way in
//! which people, browsers and documents write them for that prompt.

use super::corpus::cases;
use super::dice::Dice;
use super::exact::{CREATE, base, body, difference, exact, request};
use super::real::Server;
use crate::wine::{Place, Words, all_words, words};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use wan_playground::address::BaseUrl;
use wan_playground::generation::{Exact, NotExact, Same};
use wan_playground::http::{Files, Json};
use wan_playground::import::{Written, read};

/// What the variable of the commands holds.
const KEY: (&str, &str) = ("WAN_KEY", "sk-canary-0123456789");

fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("exact-{name}-{}", std::process::id()));
    fs::create_dir_all(&folder).expect("the target folder can be written");
    folder
}

/// Runs the real curl with these arguments.
fn curl(folder: &Path, words: &Words) {
    let mut command = Command::new("curl");
    command.args(words).current_dir(folder).env("CURL_HOME", folder).env("no_proxy", "*");
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().expect("curl is here");
}

/// How what the prompt made of a text differs from what the page offers to send.
fn differs(one: &Exact, given: &[Words], (folder, server, base): (&Path, &Server, &BaseUrl)) -> Option<String> {
    let [words] = given else { return Some(format!("{} calls of curl: {given:?}", given.len())) };
    // Of a protected line break Wine keeps the carriage return, Windows the line feed.
    let words = &words.iter().map(|word| word.replace('\r', "\n")).collect::<Words>();
    server.take();
    curl(folder, words);
    match &server.take()[..] {
        [arrived] => difference(&request(one, base), arrived, base),
        arrived => Some(format!("{} requests of curl {words:?}", arrived.len())),
    }
}

/// Cases that Wine cannot judge: it hands the output of one program to no other one that is not of Windows.
const APART: [&str; 1] = ["cmd/lines: piped into it"];

#[test]
fn what_is_sent_exactly_is_what_the_prompt_of_wine_makes_curl_send_over_the_corpus() {
    let (server, folder) = (Server::start(), folder("corpus"));
    let base = base(server.port);
    let (mut offered, mut texts, mut refused) = (Vec::new(), Vec::new(), 0);
    for case in cases().iter().filter(|case| case.dialect == "cmd" && !APART.contains(&case.place.as_str())) {
        let text = case.input.replace("https://h.example", &[base.origin(), CREATE, "#"].concat());
        match &exact(&text, &base)[..] {
            [Ok(one)] if one.base() == Some(&base) && one.same() == Same::Bytes => {
                offered.push((case.place.clone(), one.clone(), text.starts_with("@echo")));
                texts.push(text);
            }
            others => refused += others.len(),
        }
    }
    let given = all_words(&folder, &texts, KEY);
    let mut wrong = Vec::new();
    for (((place, one, is_batch), text), mut given) in offered.iter().zip(&texts).zip(given) {
        if *is_batch {
            given = words(&folder, text, Place::Batch, KEY).into_iter().collect();
        }
        if let Some(why) = differs(one, &given, (&folder, &server, &base)) {
            wrong.push(format!("{place}: {why}\n{text}"));
        }
    }
    println!("{} requests compared, {refused} not offered", offered.len());
    assert!(wrong.is_empty(), "{} of {}\n{}", wrong.len(), offered.len(), wrong.join("\n\n"));
    assert!(offered.len() >= 10, "{}", offered.len());
    fs::remove_dir_all(folder).expect("it is ours");
}

/// A way to write a body at the Windows prompt.
#[derive(Debug, Clone, Copy)]
enum Way {
    /// Quotes around it, a backslash before each quote, backslashes before it doubled.
    Escaped,
    /// The same without doubling: right as long as no backslash stands before a quote.
    Naive,
    /// Two quotes for one.
    Doubled,
    /// A caret before whatever the prompt acts on, quotes among it.
    Carets,
    /// As Chrome copies it.
    Chrome,
    /// No quotes around it, and carets before whatever the prompt acts on.
    Bare,
}

impl Way {
    const ALL: [Self; 6] = [Self::Escaped, Self::Naive, Self::Doubled, Self::Carets, Self::Chrome, Self::Bare];

    fn write(self, body: &str) -> String {
        let (mut out, mut backslashes) = (String::new(), 0);
        for c in body.chars() {
            match (self, c) {
                (Self::Doubled, '"') => out.push_str(&["\\".repeat(backslashes), "\"\"".to_owned()].concat()),
                (Self::Naive, '"') => out.push_str("\\\""),
                (Self::Escaped, '"') => out.push_str(&["\\".repeat(backslashes + 1), "\"".to_owned()].concat()),
                (Self::Carets | Self::Bare, '"') => {
                    out.push_str(&["\\".repeat(backslashes + 1), "^\"".to_owned()].concat());
                }
                (Self::Chrome, '"') => out.push_str("^\\^\""),
                (Self::Chrome, c) if !c.is_alphanumeric() && c != ' ' => out.extend(['^', c]),
                (Self::Carets | Self::Bare, '^' | '&' | '|' | '<' | '>' | '(' | ')' | '%') => out.extend(['^', c]),
                (_, c) => out.push(c),
            }
            backslashes = if c == '\\' { backslashes + 1 } else { 0 };
        }
        let end = "\\".repeat(backslashes);
        match self {
            Self::Escaped | Self::Doubled | Self::Naive => ["\"", &out, &end, "\""].concat(),
            Self::Carets => ["^\"", &out, &end, "^\""].concat(),
            Self::Chrome => ["^\"", &out, "^\""].concat(),
            Self::Bare => out,
        }
    }
}

/// A command with a body in one of the ways, of which it may be broken.
fn command(dice: &mut Dice, base: &BaseUrl) -> String {
    let signs = "aaab0  \\\"'%^&|<>(){}[],;=`$~*?#@:猫é\u{1f600}";
    let signs: Vec<char> = signs.chars().collect();
    let prompt: String = (0..dice.below(16)).map(|_| signs[dice.below(signs.len())]).collect();
    let way = Way::ALL[dice.below(Way::ALL.len())];
    // Within quotes of quotes Wine keeps a caret that Windows, which sees the end of the quotes there, takes away.
    let prompt = if matches!(way, Way::Escaped | Way::Naive) { prompt.replace('^', "") } else { prompt };
    let body = match dice.below(4) {
        0 => body(&prompt),
        _ => body(&Json::Text(prompt).print(Files::Whole)),
    };
    let option = dice.pick(&["-d", "--data-raw", "--data-binary", "--data", "--json"]);
    let line = dice.pick(&[" ", " ^\n  "]);
    let key = dice.pick(&["\"Authorization: Bearer %WAN_KEY%\"", "^\"Authorization: Bearer %WAN_KEY%^\""]);
    format!(
        "curl -sS -X POST {}{CREATE} -H {key}{line}-H \"Content-Type: application/json\"{line}{option} {}\n",
        base.origin(),
        way.write(&body)
    )
}

#[test]
fn what_is_sent_exactly_is_what_the_prompt_of_wine_makes_curl_send_of_any_body() {
    let (server, folder) = (Server::start(), folder("random"));
    let base = base(server.port);
    let mut dice = Dice::new(16);
    let (mut offered, mut texts, mut refused) = (Vec::new(), Vec::new(), 0);
    while texts.len() < 300 {
        let text = command(&mut dice, &base);
        assert!(refused < 3000, "too little is offered");
        match &exact(&text, &base)[..] {
            [Ok(one)] if read(&text).written == Some(Written::Cmd) => {
                offered.push(one.clone());
                texts.push(text);
            }
            _ => refused += 1,
        }
    }
    let given = all_words(&folder, &texts, KEY);
    let mut wrong = Vec::new();
    for ((one, text), given) in offered.iter().zip(&texts).zip(given) {
        if let Some(why) = differs(one, &given, (&folder, &server, &base)) {
            wrong.push(format!("{why}\n{text}"));
        }
    }
    println!("{} requests compared, {refused} not offered", texts.len());
    assert!(wrong.is_empty(), "{} of {}\n{}", wrong.len(), texts.len(), wrong.join("\n\n"));
    fs::remove_dir_all(folder).expect("it is ours");
}

#[test]
fn a_command_of_either_shell_is_offered_only_if_both_send_the_same() {
    let base = base(4821);
    let text = |prompt: &str| {
        let body = format!("{{\\\"model\\\":\\\"wan2.6-t2v\\\",\\\"input\\\":{{\\\"prompt\\\":\\\"{prompt}\\\"}}}}");
        format!("curl {} -H \"Content-Type: application/json\" -d \"{body}\"\n", base.join(CREATE))
    };
    // bash makes one backslash of two, the prompt only before a quote.
    let apart = text(r"C:\\films");
    assert_eq!(exact(&apart, &base).remove(0).map(|_| ()), Err(NotExact::EitherShell), "{apart}");
    // Something tells which one it is for.
    for known in [apart.replace(" -H", " \\\n -H"), ["user@host:~$ ", &apart].concat(), apart.replace(" -H", " ^\n -H")]
    {
        assert!(exact(&known, &base).remove(0).is_ok(), "{known}");
    }
    for same in [text("a cat"), text(r"one\ntwo"), text(r#"a \\\"cat\\\""#)] {
        assert!(exact(&same, &base).remove(0).is_ok(), "{same}");
    }
}

#[test]
fn what_the_prompt_would_cut_is_not_offered() {
    let base = base(4821);
    // The prompt sees the end of the quotes before the ampersand, and starts another command there.
    let body = Way::Escaped.write(r#"{"model":"wan2.5-t2v-preview","input":{"prompt":"a \"cat\" & more"}}"#);
    let text = format!(
        "curl -X POST \"{}\" -H \"Authorization: Bearer %WAN_KEY%\" -H \"Content-Type: application/json\" -d {body}\n",
        base.join(CREATE)
    );
    let offered = exact(&text, &base);
    assert!(matches!(offered[..], [Err(NotExact::Repaired)]), "{offered:?}");
}
