//! The corpus for the Windows prompt, run in Wine's: the arguments that it passes to curl are read as the same call as
//! the command is.

use super::corpus::cases;
use crate::wine::{Place, words};
use std::fs;
use std::path::{Path, PathBuf};
use wan_playground::import::{Body, Call, Proof, read};

fn folder() -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("prompt-{}", std::process::id()));
    fs::create_dir_all(&folder).expect("the target folder can be written");
    folder
}

/// Cases that are read as intended, not as the prompt does, or that Wine cannot judge.
const MEANT: [&str; 21] = [
    // They begin with the text of a prompt.
    "cmd/lines: a drive's prompt",
    "cmd/lines: a folder's prompt",
    "cmd/lines: lines that go on",
    // The command would end there, or words would be joined.
    "cmd/browsers: Chrome with plain quotes around",
    "cmd/lines: a blank after the caret",
    "cmd/lines: a caret glued to a word",
    "cmd/lines: lines apart from each other",
    "cmd/quotes: a body over lines",
    "cmd/quotes: an ampersand within quotes that the prompt does not see",
    "cmd/quotes: an open quote",
    // Chrome doubled backslashes, and an older version put carets within quotes: the prompt keeps them.
    "cmd/browsers: Chrome doubles backslashes",
    "cmd/quotes: carets in quotes that an older browser wrote",
    "cmd/browsers: the older way with an encoded address",
    // There is a variable of this name.
    "cmd/variables: a variable within a body",
    // Characters that mean nothing to the prompt.
    "cmd/lines: wide spaces and long dashes",
    "cmd/quotes: single quotes are none",
    "cmd/quotes: smart quotes",
    // Wine runs nothing: it waits for another line, or the file or program does not exist.
    "cmd/lines: a caret at the end",
    "cmd/lines: a file as input",
    "cmd/lines: with its path",
    // Piped input is not among the arguments.
    "cmd/lines: piped into it",
];

/// A command with these arguments, all in single quotes.
fn written(words: &[String]) -> String {
    let quoted = |word: &String| format!(" '{}'", word.replace('\'', "'\\''"));
    ["curl", &words.iter().map(quoted).collect::<String>(), "\n"].concat()
}

/// What is compared: Wine does not keep line breaks, and a variable has become its value.
fn essence(call: &Call) -> String {
    let body = match &call.body {
        Some(Body::Text(text)) => Some(text.replace(['\r', '\n'], "")),
        other => other.as_ref().map(|body| format!("{body:?}")),
    };
    let has_key = !matches!(call.proof, Proof::None);
    format!("{} {} {:?} {body:?} {has_key}", call.method, call.url, call.headers)
}

#[test]
fn the_corpus_is_read_as_the_prompt_of_wine_hands_it_over() {
    let folder = folder();
    let mut compared = 0;
    for case in cases().iter().filter(|case| case.dialect == "cmd" && !MEANT.contains(&case.place.as_str())) {
        let ours = read(&case.input).calls;
        // For several curls Wine does not say which came first, and `!` depends on its settings.
        let (true, false) = (ours.iter().all(|call| call.at == ours[0].at), case.input.contains('!')) else { continue };
        let place = if case.input.starts_with("@echo") { Place::Batch } else { Place::Prompt };
        let given = words(&folder, &case.input, place, ("WAN_KEY", "sk-canary-0123456789"));
        let given = given.unwrap_or_else(|| panic!("{}: curl was not called", case.place));
        let theirs: Vec<String> = read(&written(&given)).calls.iter().map(essence).collect();
        let ours: Vec<String> = ours.iter().map(essence).collect();
        assert_eq!(ours, theirs, "{}\n{}\n{given:?}", case.place, case.input);
        compared += 1;
    }
    println!("{compared} readings compared with the prompt of Wine");
    assert!(compared >= 30, "{compared}");
    fs::remove_dir_all(folder).expect("it is ours");
}
