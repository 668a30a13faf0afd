//! JavaScript for Node.js, and for a page.

use super::language::{Language, Uploads};
use super::literal;
use super::text::json_text;
use super::uploading::{Field, GIVEN, Row};
use crate::snippet::Note;

pub(super) const NODE: Language = Language {
    text: include_str!("wan.mjs"),
    quote: json_text,
    body: |out, body| literal::write(out, body, &STYLE),
    place: json_text,
    word: json_text,
    id: [" + ", "encodeURIComponent(task)"],
    between: [", ", ", "],
    header: ["\n      ", ": ", ","],
    own: |out, _, _| out.push_str("call("),
    uploads: Some(UPLOADS),
};

pub(super) const BROWSER: Language = Language {
    text: include_str!("wan-browser.mjs"),
    own: |out, _, _| out.push_str("call(key, "),
    uploads: Some(Uploads { note: Note::AsksForFiles, ..UPLOADS }),
    ..NODE
};

const UPLOADS: Uploads = Uploads {
    note: Note::Uploads,
    steps: include_str!("upload.mjs"),
    file: |out, mark, path, plan| FILE.write(out, mark, path, plan),
    part: |out, name, part| FIELD.write(out, name, part),
};

const FILE: Row = Row { mark: json_text, quote: json_text, between: ["  ", ": [", ", ", "],\n"] };

const FIELD: Field = Field { quote: json_text, between: ["\n  form.append(", ", ", ");"], key: "place", given: GIVEN };

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
