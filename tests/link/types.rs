//! By type a link holds no key, no gateway's address, no request, no field of a body and no script: the definitions are
//! traced in the source, from the link down to the last string. Samples check it as well.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use wan_playground::catalog::FieldId;
use wan_playground::draft::{Media, Value};
use wan_playground::link::{self, Id, MediaLink, Misread, View};

/// Structs and enums of a source text: their names, and what is between the braces or brackets.
fn definitions(source: &str) -> BTreeMap<String, String> {
    let code: String =
        source.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
    let mut found = BTreeMap::new();
    for word in ["struct ", "enum "] {
        for (at, _) in code.match_indices(word) {
            let is_word = code[..at].chars().next_back().is_none_or(|c| c.is_whitespace() || c == ')');
            let rest = &code[at + word.len()..];
            let name: String = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            let open = rest.find(['{', '(', ';']).unwrap_or(0);
            if !is_word || name.is_empty() || rest[open..].starts_with(';') {
                continue;
            }
            let mut depth = 0;
            let body = rest[open..].chars().take_while(|c| {
                depth += i32::from("{(".contains(*c)) - i32::from("})".contains(*c));
                depth > 0
            });
            found.insert(name, [word.trim(), &body.collect::<String>()].concat());
        }
    }
    found
}

/// The types a definition names. A name before a colon is that of a field, and one that begins an entry of an enum that
/// of a variant.
fn types(definition: &str) -> BTreeSet<String> {
    let is_enum = definition.starts_with("enum");
    let body = definition.trim_start_matches(|c: char| c.is_alphabetic());
    let mut out = BTreeSet::new();
    let mut word = String::new();
    let (mut depth, mut begins) = (0, false);
    for c in body.chars().chain([' ']) {
        if c.is_alphanumeric() || c == '_' {
            word.push(c);
            continue;
        }
        if !word.is_empty() {
            let is_variant = is_enum && depth == 1 && begins;
            let is_word = matches!(&*word, "pub" | "super" | "crate" | "static" | "default");
            if !(is_word || is_variant || c == ':') {
                out.insert(word.clone());
            }
            begins &= is_word;
            word.clear();
        }
        depth += i32::from("{(<[".contains(c)) - i32::from("})>]".contains(c));
        begins |= depth == 1 && (c == ',' || c == '{' || c == ']');
    }
    out
}

fn sources() -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut paths = vec![root.join("link.rs")];
    let folder = fs::read_dir(root.join("link")).expect("the folder is there");
    paths.extend(folder.map(|entry| entry.expect("it can be listed").path()));
    let read = |path: &std::path::PathBuf| fs::read_to_string(path).expect("it can be read");
    paths.iter().filter(|path| path.extension().is_some_and(|ending| ending == "rs")).map(read).collect()
}

/// Every type that is reachable from one of ours, and which of them hold plain strings.
fn reached(all: &BTreeMap<String, String>, from: &str) -> (BTreeSet<String>, BTreeSet<String>) {
    let (mut reached, mut holders) = (BTreeSet::new(), BTreeSet::new());
    let mut open = vec![from.to_owned()];
    while let Some(name) = open.pop() {
        let Some(body) = all.get(&name) else { continue };
        for held in types(body) {
            if held == "String" || held == "str" {
                holders.insert(name.clone());
            }
            if reached.insert(held.clone()) {
                open.push(held);
            }
        }
    }
    (reached, holders)
}

fn names(list: &[&str]) -> BTreeSet<String> {
    list.iter().map(|name| (*name).to_owned()).collect()
}

#[test]
fn no_type_of_a_link_can_hold_what_it_must_not() {
    let mut all = BTreeMap::new();
    for source in sources() {
        all.extend(definitions(&source));
    }
    let (link, holders) = reached(&all, "Link");
    let ours = ["Held", "Id", "Language", "MediaLink", "Referred", "View"];
    let plain = ["FieldId", "MediaKind", "Option", "String", "Vec", "bool", "str"];
    assert_eq!(link, names(&[&ours[..], &plain[..]].concat()), "a link holds something new: is it harmless?");
    // Strings are only in these: ids from an alphabet, checked addresses, words from a list, and the text of fields.
    assert_eq!(holders, names(&["Held", "Id", "MediaLink", "View"]));
    let (opened, _) = reached(&all, "Opened");
    let more = ["EmbedOptions", "Link", "Lock", "Misread", "Show", "Theme"];
    assert_eq!(opened, names(&[&ours[..], &plain[..], &more[..]].concat()));
    // The fields of these are private, and each type is created in one place only.
    let whole = sources().concat();
    for name in ["Id", "MediaLink"] {
        assert!(whole.contains(&format!("pub struct {name}(String);")), "{name} has become open");
        let call = format!("{name}(");
        let by_name = whole.match_indices(&call).filter(|(at, _)| {
            let before = &whole[..*at];
            !before.ends_with(char::is_alphanumeric) && !before.ends_with("struct ")
        });
        assert_eq!(
            by_name.map(|(at, _)| &whole[at - 20..at + 20]).collect::<Vec<_>>(),
            Vec::<&str>::new(),
            "made by its name"
        );
    }
    assert_eq!(whole.matches("Self(text.to_owned())").count(), 2, "an id or an address is made elsewhere");
    // Nothing in these files knows what a link must not hold, except the part that looks for keys to leave them out.
    for word in ["BaseUrl", "http::Request", "extra_mut", "LocalFile", "base64:"] {
        assert!(!whole.contains(word), "{word} stands in a file of links");
    }
}

#[test]
fn the_walk_finds_what_it_looks_for() {
    let source = "/// A link.\npub struct Link {\n    /// Its key.\n    pub key: Option<ApiKey>,\n    more: Vec<(FieldId, Held)>,\n}\nenum Held {\n    Text(String),\n    Sent(Request),\n    Bare,\n}\npub struct Id(pub String);\n";
    let all: BTreeMap<String, String> = definitions(source);
    let (types, holders) = reached(&all, "Link");
    assert_eq!(types, names(&["ApiKey", "FieldId", "Held", "Option", "Request", "String", "Vec"]));
    assert_eq!(holders, names(&["Held"]));
}

#[test]
fn hostile_values_do_not_become_addresses_or_ids() {
    for text in [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "data:image/png;base64,AAAA",
        "vbscript:x",
        "file:///etc/passwd",
        "blob:https://h/1",
        "//h/x.png",
        "https:h/x",
        "https://user:secret@h/x.png",
        "https://h@evil/x.png",
        "https:///x",
        "https://h/a b.png",
        "https://h/\u{0}",
        "https://{h}/x",
        "",
    ] {
        assert_eq!(MediaLink::new(text), None, "{text:?}");
    }
    let long = "a".repeat(81);
    for text in ["", "a b", "a/b", "<b>", "https://h", "a?b", "猫", "a%20b", "\"", long.as_str()] {
        assert_eq!(Id::new(text), None, "{text:?}");
    }
    for word in ["", "Bash", "wan.py", "javascript", "<b>"] {
        assert_eq!(View::of(word), None, "{word:?}");
    }
}

#[test]
fn a_hostile_link_holds_nothing_but_texts() {
    let text = "1/dashscope/wan2.7-i2v?first_frame=javascript:alert(1)&callback_url=https://evil.example/\
                &base=https://evil.example&gateway_url=https://evil.example&key=sk-canary-1234567&extra=1&headers=x\
                &prompt=%3Cscript%3Ealert(1)%3C/script%3E&__proto__=1&last_frame=data:text/html,x";
    let opened = link::open(text);
    let wish = opened.wish.expect("a wish");
    assert_eq!(wish.fields().collect::<Vec<_>>(), [FieldId::Prompt]);
    // Text stays text: the page shows it as such.
    let prompt = Value::Text("<script>alert(1)</script>".into());
    assert_eq!(wish.draft().get(FieldId::Prompt), Some(&prompt));
    assert!(opened.misread.contains(&Misread::Refused("callback_url".into())));
    assert!(opened.misread.contains(&Misread::Field("key".into())));
    assert_eq!(opened.misread.len(), 9, "{:?}", opened.misread);
    assert!(!wish.draft().filled_fields().any(|(_, value)| matches!(value, Value::Media(Media::File(_)))));
}
