//! Java with its standard library, as one file that can be run directly.

use super::language::{Language, Uploads, nothing};
use super::text::{ascii_json, units};
use super::uploading::{Field, Row, ascii_mark};
use crate::snippet::Note;

pub(super) const JAVA: Language = Language {
    text: include_str!("Main.java"),
    quote,
    body: |out, body| {
        // In a text block backslashes are doubled. Before Java 18 a source is read in the system's encoding, so it is
        // ASCII.
        out.push_str("\"\"\"\n");
        ascii_json(out, body, "\\\\u");
        out.push_str("\"\"\"");
    },
    place: |out, place| out.extend(["\"", place, "\""]),
    word: |out, word| out.extend(["\"", word, "\""]),
    id: [" + ", "encoded(task)"],
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

const FILE: Row =
    Row { mark: |out, mark| quote(out, &ascii_mark(mark)), quote, between: ["        {", ", ", ", ", "},\n"] };

const FIELD: Field =
    Field { quote, between: ["\n            ", ", ", ","], key: "place", given: ["given(asked, ", ", ", ")"] };

fn quote(out: &mut String, text: &str) {
    out.push('"');
    within_quotes(out, text);
    out.push('"');
}

fn within_quotes(out: &mut String, text: &str) {
    text.chars().for_each(|c| match c {
        '"' | '\\' => out.extend(['\\', c]),
        // A line break that is written as `\u000a` ends the line before the string is read.
        '\0'..='\x1f' => {
            out.push_str("\\0");
            out.extend([3, 0].map(|shift| char::from(b'0' + (c as u8 >> shift & 7))));
        }
        c => units(out, c, "\\u"),
    });
}
