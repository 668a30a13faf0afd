//! Rust with `reqwest` and `serde_json`.

use super::language::{Language, Uploads, nothing};
use super::uploading::{Field, GIVEN, Row};
use crate::http::{Files, Json};
use crate::snippet::Note;

pub(super) const RUST: Language = Language {
    text: include_str!("wan.rs.txt"),
    quote,
    body: |out, body| raw(out, &body.print(Files::Whole)),
    place: |out, place| {
        out.push_str("\"/");
        out.push_str(&place.replace('.', "/"));
        out.push('"');
    },
    word: quote,
    id: [", ", "&id"],
    between: [" | ", ", "],
    header: ["\n        .header(", ", ", ")"],
    own: nothing,
    uploads: Some(Uploads {
        note: Note::Uploads,
        steps: "",
        file: |out, mark, path, plan| FILE.write(out, mark, path, plan),
        part: |out, name, part| FIELD.write(out, name, part),
    }),
};

const FILE: Row = Row {
    mark: |out, mark| raw(out, &Json::Text(mark.to_owned()).print(Files::Whole)),
    quote,
    between: ["    [", ", ", ", ", "],\n"],
};

const FIELD: Field = Field { quote, between: ["\n        .text(", ", ", ")"], key: "place.clone()", given: GIVEN };

fn quote(out: &mut String, text: &str) {
    out.push('"');
    text.chars().for_each(|c| match c {
        '"' | '\\' => out.extend(['\\', c]),
        ' '..='~' => out.push(c),
        _ => out.extend(c.escape_unicode()),
    });
    out.push('"');
}

/// A raw string with more hashes than follow any quote inside it. Characters that a source must not contain are written
/// as JSON escapes.
fn raw(out: &mut String, text: &str) {
    let longest = text.split('"').skip(1).map(|part| part.bytes().take_while(|byte| *byte == b'#').count()).max();
    let hashes = "#".repeat(longest.map_or(0, |count| count + 1));
    out.extend(["r", &hashes, "\"", text, "\"", &hashes]);
}
