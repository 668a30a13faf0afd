//! Go with its standard library.

use super::language::{Language, Uploads, nothing};
use super::text::json_text;
use super::uploading::{Field, GIVEN, Row};
use crate::http::{Files, Json};
use crate::snippet::Note;

pub(super) const GO: Language = Language {
    text: include_str!("wan.go"),
    quote: json_text,
    body,
    place: json_text,
    word: json_text,
    id: [" + ", "url.PathEscape(task)"],
    between: [", ", ", "],
    header: [", ", ", ", ""],
    own: nothing,
    uploads: Some(Uploads {
        note: Note::Uploads,
        steps: "",
        file: |out, mark, path, plan| FILE.write(out, mark, path, plan),
        part: |out, name, part| FIELD.write(out, name, part),
    }),
};

const FILE: Row = Row {
    mark: |out, mark| body(out, &Json::Text(mark.to_owned())),
    quote: json_text,
    between: ["\t{", ", ", ", ", "},\n"],
};

const FIELD: Field = Field { quote: json_text, between: ["\n\t\t", ", ", ","], key: "place", given: GIVEN };

/// Between backticks everything is literal; a backtick itself only occurs in strings, where JSON can escape it.
fn body(out: &mut String, body: &Json) {
    out.push('`');
    out.push_str(&body.print(Files::Whole).replace('`', "\\u0060"));
    out.push('`');
}
