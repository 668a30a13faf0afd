//! Java with its standard library, as one file that can be run directly.

use super::language::{Language, nothing};
use super::text::{ascii_json, units};

pub(super) const JAVA: Language = Language {
    text: include_str!("Main.java"),
    quote: |out, text| {
        out.push('"');
        within_quotes(out, text);
        out.push('"');
    },
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
    uploads: None,
};

fn within_quotes(out: &mut String, text: &str) {
    text.chars().for_each(|c| match c {
        '"' | '\\' => out.extend(['\\', c]),
        c => units(out, c, "\\u"),
    });
}
