//! The corpus in real shells: what bash, dash, zsh and fish pass to curl is what the reader predicts. A program of ours
//! takes curl's place and writes down its arguments, and whatever a shell pipes into it.

use super::corpus::cases;
use proptest::prelude::*;
use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use wan_playground::import::words;

/// A folder with a `curl` that writes down its arguments, first how many there are, each terminated by a NUL.
fn stand_in() -> &'static Path {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    FOLDER.get_or_init(|| {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("stand-in-{}", std::process::id()));
        fs::create_dir_all(&folder).expect("the target folder can be written");
        for name in ["curl", "curl.exe", "sudo", "time"] {
            let program = folder.join(name);
            let text = match name {
                "sudo" | "time" => "#!/bin/sh\nexec \"$@\"\n",
                _ => "#!/bin/sh\nprintf '%s\\0' \"$#\" \"$@\" >>\"$WORDS\"\n",
            };
            fs::write(&program, text).expect("the target folder can be written");
            fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).expect("a program may be run");
        }
        folder
    })
}

/// The arguments of each curl that a text runs in a shell.
fn run(shell: &str, text: &str) -> Vec<Vec<String>> {
    let folder = stand_in();
    let file = folder.join(format!("words-{:?}", std::thread::current().id()));
    fs::write(&file, "").expect("the target folder can be written");
    let mut command = Command::new(shell);
    if shell == "bash" {
        command.arg("--norc");
    }
    // The names in the home folder must not matter, and nothing may run automatically.
    command.current_dir(folder).env_clear().env("PATH", format!("{}:/usr/bin:/bin", folder.display()));
    command.env("HOME", folder).env("WORDS", &file).env("LC_ALL", "C.UTF-8");
    for place in ["XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"] {
        command.env(place, folder.join("own"));
    }
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("a shell");
    let mut pipe = child.stdin.take().expect("a pipe");
    // A shell that gives up early closes the pipe.
    drop(pipe.write_all(text.as_bytes()));
    drop(pipe);
    child.wait().expect("a shell ends");
    let said = fs::read(&file).expect("the words are there");
    let said = String::from_utf8_lossy(&said).into_owned();
    let mut words = said.split_terminator('\0').map(str::to_owned);
    let mut runs = Vec::new();
    while let Some(count) = words.next() {
        runs.push(words.by_ref().take(count.parse().expect("a count")).collect());
    }
    runs
}

/// Files of the corpus that hold plain commands.
const PLAIN: [&str; 12] = [
    "posix/quotes",
    "posix/ansi",
    "posix/data",
    "posix/query",
    "posix/form",
    "posix/headers",
    "posix/options",
    "posix/keys",
    "posix/browsers",
    "posix/hostile",
    "posix/lines",
    "fish/quotes",
];

/// Names of cases that are read as intended, not as a shell does, and why: what is repaired, what a shell expands, what
/// ends differently in each of them.
const MEANT: [&str; 11] = [
    // The shell ends the command at this character.
    "posix/query: cut at the ampersand",
    // The shell ends the command there.
    "posix/lines: a blank after the backslash",
    "posix/lines: lines apart from each other",
    "posix/lines: continued lines of Windows",
    // Each shell keeps or drops the last backslash in its own way.
    "posix/lines: a backslash at the end",
    "posix/lines: blank lines at the end",
    // Bytes that are not a character.
    "posix/ansi: half a letter alone",
    "posix/ansi: halves of a letter as browsers write them",
    // The shell expands it.
    "posix/keys: as a login of a variable",
    // Never closed.
    "fish/quotes: an open quote",
    // fish refuses it.
    "fish/quotes: a dollar sign before a quote is itself",
];

#[test]
fn the_words_of_the_corpus_are_those_that_real_shells_hand_over() {
    let mut compared = 0;
    for case in cases() {
        let (file, _) = case.place.split_once(": ").expect("a place has a name");
        let has_variable = case.input.contains("$WAN_KEY") || case.input.contains("_API_KEY\"");
        if !PLAIN.contains(&file) || MEANT.contains(&case.place.as_str()) || has_variable {
            continue;
        }
        let is_fish = case.dialect == "fish";
        let own = words(&case.input, is_fish);
        // Not every shell has here-strings and `$'…'`.
        let shells: &[&str] = match file {
            _ if is_fish => &["fish"],
            "posix/ansi" | "posix/browsers" => &["bash", "zsh"],
            _ if case.input.contains("$\"") => &["bash"],
            _ => &["bash", "dash", "zsh"],
        };
        for shell in shells {
            // zsh has no such escapes, and treats a question mark as a pattern.
            let is_other = match (*shell, case.place.as_str()) {
                (
                    "zsh",
                    "posix/ansi: a NUL ends the string"
                    | "posix/ansi: hexadecimal without digits"
                    | "posix/ansi: control letters"
                    | "posix/ansi: no escape at all",
                ) => true,
                ("zsh", place) => case.input.contains("v1?") && !place.contains("browsers"),
                _ => false,
            };
            if !is_other {
                assert_eq!(run(shell, &case.input), own, "{} in {shell}:\n{}", case.place, case.input);
                compared += 1;
            }
        }
    }
    println!("{compared} readings compared with a real shell's");
    assert!(compared >= 350, "{compared}");
}

#[test]
fn documents_and_pipes_reach_curl_as_the_reader_says() {
    // Piped input is compared by a curl that writes its input in place of `@-`.
    for case in cases().iter().filter(|case| case.place.starts_with("posix/documents")) {
        let is_run = !case.expected.contains("FileRead")
            && !case.input.contains("$NAME")
            && !case.expected.contains("UnbalancedQuote")
            && !case.input.contains("body.json");
        if is_run {
            let shell = if case.input.contains("<<<") { "bash" } else { "dash" };
            assert_eq!(run(shell, &case.input), words(&case.input, false), "{}", case.place);
        }
    }
}

/// A text as a shell word might contain it: characters with a special meaning more often than others.
fn word() -> impl Strategy<Value = String> {
    let letters = prop::sample::select(vec![
        'a', 'n', 'x', '0', '7', ' ', '\t', '\n', '\'', '"', '\\', '$', '`', '!', '#', '&', '|', ';', '<', '>', '(',
        ')', '{', '}', '*', '?', '[', ']', '~', '=', '%', '^', '-', ',', '猫', 'é', '😀', '\u{3000}', '\u{1b}',
    ]);
    prop::collection::vec(letters, 0..12).prop_map(|letters| letters.into_iter().collect())
}

/// A word written in one of a shell's quoting styles, chosen for each part of it.
pub fn written(word: &str, ways: &[u8], is_fish: bool) -> String {
    let mut out = String::new();
    if word.is_empty() {
        return "''".to_owned();
    }
    for (index, c) in word.chars().enumerate() {
        let way = ways.get(index % ways.len().max(1)).copied().unwrap_or(0);
        match way {
            0 if c == '\'' => out.push_str("\"'\""),
            0 if c == '\\' && is_fish => out.push_str("'\\\\'"),
            0 => out.extend(['\'', c, '\'']),
            1 if matches!(c, '"' | '\\' | '$') || (c == '`' && !is_fish) => out.extend(['"', '\\', c, '"']),
            // Interactive shells act on it in double quotes; these are not interactive, but zsh's reader may.
            1 => out.extend(['"', c, '"']),
            2 if !is_fish && c == '\'' => out.push_str("$'\\''"),
            2 if !is_fish && c == '\\' => out.push_str("$'\\\\'"),
            2 if !is_fish && c.is_ascii() => write!(out, "$'\\x{:02x}'", c as u32).expect("a string takes all"),
            2 if !is_fish => out.extend(['$', '\'', c, '\'']),
            _ if c == '\n' || (c.is_whitespace() && index + 1 == word.chars().count()) => out.extend(['\'', c, '\'']),
            _ if is_fish && c.is_ascii_alphanumeric() => out.push(c),
            _ if is_fish && c == '\t' => out.push_str("\\t"),
            _ if is_fish && c == '\u{1b}' => out.push_str("\\e"),
            _ if c.is_ascii() => out.extend(['\\', c]),
            _ => out.extend(['\'', c, '\'']),
        }
    }
    out
}

fn command(words: &[(String, Vec<u8>)], is_fish: bool) -> String {
    let mut out = String::from("curl");
    for (word, ways) in words {
        out.push(' ');
        out.push_str(&written(word, ways, is_fish));
    }
    out.push('\n');
    out
}

/// Words and the quoting styles they are written in.
fn words_and_ways() -> impl Strategy<Value = Vec<(String, Vec<u8>)>> {
    prop::collection::vec((word(), prop::collection::vec(0..4_u8, 1..5)), 1..6)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 120, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_words_in_random_quotes_are_read_as_bash_reads_them(meant in words_and_ways()) {
        let text = command(&meant, false);
        let own = words(&text, false);
        prop_assert_eq!(&run("bash", &text), &own, "{}", text);
        let meant: Vec<String> = meant.into_iter().map(|(word, _)| word).collect();
        prop_assert_eq!(&own, &[meant], "{}", text);
    }

    #[test]
    fn random_words_in_random_quotes_are_read_as_fish_reads_them(meant in words_and_ways()) {
        let text = command(&meant, true);
        let own = words(&text, true);
        prop_assert_eq!(&run("fish", &text), &own, "{}", text);
        let meant: Vec<String> = meant.into_iter().map(|(word, _)| word).collect();
        prop_assert_eq!(&own, &[meant], "{}", text);
    }

    /// Not only intended words: random characters, as long as they neither run nor expand anything.
    #[test]
    fn random_signs_are_read_as_dash_reads_them(signs in "[a'\"\\\\ \n#;=x-]{0,24}") {
        let text = ["curl ", &signs, "\n"].concat();
        let balanced = run("dash", &[&text, "curl end"].concat());
        // An open quote swallows what comes after it; a text that the shell refuses cannot be compared.
        prop_assume!(balanced.last().is_some_and(|words| words == &["end"]));
        prop_assume!(!signs.contains("\\\n") && !signs.contains("\\ "));
        let own = words(&text, false);
        let shell: Vec<Vec<String>> = balanced[..balanced.len() - 1].to_vec();
        prop_assert_eq!(shell, own, "{:?}", text);
    }
}
