//! A POSIX shell with curl and jq.

use super::language::Language;
use super::text::{ID, plain, query_text};
use crate::http::Files;
use crate::snippet::curl::quote;

pub(super) const SH: Language = Language {
    text: include_str!("wan.sh"),
    quote,
    body: |out, body| quote(out, &body.print(Files::Whole)),
    place,
    word: plain,
    id: ["", "\"$id\""],
    between: [" | ", ", "],
    header: [" \\\n    -H ", "", ""],
    own: |out, _, job| quote(out, &query_text(job).replace(ID, "$id")),
};

/// In jq syntax, without an error for a response of another shape.
fn place(out: &mut String, place: &str) {
    out.push('(');
    for name in place.split('.') {
        if name.starts_with(|c: char| c.is_ascii_digit()) {
            out.push('[');
            out.push_str(name);
            out.push(']');
        } else {
            out.push('.');
            out.push_str(name);
        }
    }
    out.push_str(")?");
}
