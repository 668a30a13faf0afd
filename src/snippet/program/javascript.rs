//! JavaScript for Node.js, and for a page.

use super::language::{Language, nothing};
use super::literal;
use super::text::json_text;

pub(super) const NODE: Language = Language {
    text: include_str!("wan.mjs"),
    quote: json_text,
    body: |out, body| literal::write(out, body, &STYLE),
    place: json_text,
    word: json_text,
    id: [" + ", "encodeURIComponent(task)"],
    between: [", ", ", "],
    header: ["\n      ", ": ", ","],
    own: nothing,
};

pub(super) const BROWSER: Language = Language { text: include_str!("wan-browser.mjs"), ..NODE };

const STYLE: literal::Style = literal::Style { flags: ["true", "false"], indent: "  ", name };

/// Without quotes if it is a valid name; in brackets if it would mean something else.
fn name(out: &mut String, name: &str) {
    let is_name = name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    if is_name {
        out.push_str(name);
    } else {
        let marks = if name == "__proto__" { ["[", "]"] } else { [""; 2] };
        out.push_str(marks[0]);
        json_text(out, name);
        out.push_str(marks[1]);
    }
}
