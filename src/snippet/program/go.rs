//! Go with its standard library.

use super::language::{Language, nothing};
use super::text::json_text;
use crate::http::Files;

pub(super) const GO: Language = Language {
    text: include_str!("wan.go"),
    quote: json_text,
    body: |out, body| {
        // Between backticks everything is literal; a backtick itself only occurs in strings, where JSON can escape it.
        out.push('`');
        out.push_str(&body.print(Files::Whole).replace('`', "\\u0060"));
        out.push('`');
    },
    place: json_text,
    word: json_text,
    id: [" + ", "url.PathEscape(task)"],
    between: [", ", ", "],
    header: [", ", ", ", ""],
    own: nothing,
    uploads: None,
};
