//! Words that were given up do not come back. Which they are, and why, stands in `docs/words.md`.

use std::fs;
use std::path::{Path, PathBuf};

/// Where strings for people are, from the folder of the package.
const PLACES: [&str; 5] = ["src/words.rs", "src/words", "src/catalog", "index.html", "embed"];
/// Endings of files that hold some.
const ENDINGS: [&str; 4] = ["rs", "json", "html", "js"];

fn top() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_path_buf()
}

/// The first column of the table under “Given up”, in lower case.
fn given_up() -> Vec<String> {
    let page = fs::read_to_string(top().join("docs/words.md")).expect("docs/words.md can be read");
    let table = page.split("## Given up").nth(1).expect("there is a section of given up words");
    let rows = table.lines().filter_map(|line| line.strip_prefix("| ")?.split(" |").next());
    rows.filter(|word| *word != "word" && !word.starts_with("---")).map(str::to_lowercase).collect()
}

fn files(place: &Path, found: &mut Vec<PathBuf>) {
    if place.is_dir() {
        for entry in fs::read_dir(place).expect("a folder can be listed") {
            files(&entry.expect("it has entries").path(), found);
        }
    } else if place.extension().is_some_and(|ending| ENDINGS.iter().any(|known| ending == *known)) {
        let is_test = place.components().any(|part| part.as_os_str() == "tests") || place.ends_with("tests.rs");
        if !is_test && !place.ends_with("walk.rs") {
            found.push(place.to_path_buf());
        }
    }
}

/// The literals of a Rust, JSON or JavaScript text: without comments, and without the tests at its end. In HTML, which
/// has none that matter, the whole text.
fn literals(text: &str, is_html: bool) -> Vec<String> {
    if is_html {
        return text.lines().map(str::to_owned).collect();
    }
    let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    let mut found = Vec::new();
    let mut signs = text.chars().peekable();
    let mut last = '\n';
    while let Some(sign) = signs.next() {
        match sign {
            '/' if last != ':' && signs.peek() == Some(&'/') => while signs.next().is_some_and(|next| next != '\n') {},
            '"' if last != '\'' => found.extend(Some(literal(&mut signs)).filter(|said| !is_name(said))),
            _ => {}
        }
        last = sign;
    }
    found
}

/// A name in code or JSON, and no string for people.
fn is_name(said: &str) -> bool {
    !said.contains(' ') && said.starts_with(|first: char| first.is_ascii_lowercase() || first == '/')
}

/// What follows the opening quote, up to the closing one; a line that is continued is one line.
fn literal(signs: &mut std::iter::Peekable<std::str::Chars<'_>>) -> String {
    let mut out = String::new();
    while let Some(sign) = signs.next().filter(|sign| *sign != '"') {
        match (sign, signs.peek()) {
            ('\\', Some('\n')) => while signs.next_if(|next| next.is_whitespace()).is_some() {},
            ('\\', _) => out.extend(signs.next()),
            _ => out.push(sign),
        }
    }
    out
}

/// Whether a word is in a text: an English one as a whole word, or as its beginning where it ends in `*`.
fn holds(text: &str, word: &str) -> bool {
    let (word, is_open) = word.strip_suffix('*').map_or((word, false), |word| (word, true));
    let is_letter = |sign: char| sign.is_ascii_alphabetic() || sign == '_';
    text.match_indices(word).any(|(at, _)| {
        let (before, after) = (text[..at].chars().next_back(), text[at + word.len()..].chars().next());
        !word.is_ascii() || (!before.is_some_and(is_letter) && (is_open || !after.is_some_and(is_letter)))
    })
}

#[test]
fn words_that_were_given_up_do_not_come_back() {
    let words = given_up();
    assert!(words.len() > 30, "the table was not read: {words:?}");
    let mut found = Vec::new();
    for place in PLACES {
        files(&top().join(place), &mut found);
    }
    let mut wrong = Vec::new();
    let mut read = 0;
    for file in &found {
        let text = fs::read_to_string(file).expect("a file can be read");
        for said in literals(&text, file.extension().is_some_and(|ending| ending == "html")) {
            read += 1;
            let lower = said.to_lowercase();
            let back = words.iter().filter(|word| holds(&lower, word));
            wrong.extend(back.map(|word| format!("{}: “{word}” in “{said}”", file.display())));
        }
    }
    assert!(read > 2000, "only {read} strings were found");
    assert!(wrong.is_empty(), "docs/words.md says what to write instead:\n{}", wrong.join("\n"));
}

#[test]
fn a_word_is_found_whole_or_by_its_beginning() {
    assert!(holds("where it stands now", "stands") && !holds("it understands", "stands"));
    assert!(holds("the answers", "answer*") && !holds("the answers", "answer") && !holds("unanswered", "answer*"));
    assert!(holds("没有应答。", "应答"));
    let text = "// \"no\"\nsay('\"', \"one \\\n   two\", \"a \\\"b\\\"\"); // \"no\"\n#[cfg(test)]\nmod tests {\"no\"}";
    assert_eq!(literals(text, false), ["one two", "a \"b\""]);
}
