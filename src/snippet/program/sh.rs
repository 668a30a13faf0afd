//! A POSIX shell with curl and jq.

use super::language::{Language, Uploads};
use super::text::{ID, plain, query_text};
use crate::http::Files;
use crate::protocol::Part;
use crate::snippet::Note;
use crate::snippet::command::form_file;
use crate::snippet::curl::quote;
use crate::upload::Plan;

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
    uploads: Some(Uploads { note: Note::Uploads, steps: "", file, part }),
};

/// Uploads a file, and puts its link into the body.
fn file(out: &mut String, mark: &str, path: &str, plan: &Plan) {
    out.push_str("  link=$(upload ");
    quote(out, path);
    out.push(' ');
    quote(out, &form_file(path, plan.stored(), plan.media_type()));
    out.push(' ');
    quote(out, plan.stored());
    out.push_str(") || exit 1\n  body=$(printf %s \"$body\" | jq --arg mark ");
    quote(out, mark);
    out.push_str(" --arg link \"$link\" '(.. | select(. == $mark)) |= $link') || exit 1\n");
}

fn part(out: &mut String, name: &str, part: Part) {
    out.push_str(" \\\n    --form-string ");
    match part {
        Part::Key => out.extend(["\"", name, "=$key\""]),
        Part::Always(text) => quote(out, &[name, "=", text].concat()),
        Part::Given(member, otherwise) => {
            out.extend(["\"", name, "=$(given ", member]);
            if !otherwise.is_empty() {
                out.extend([" ", otherwise]);
            }
            out.push_str(")\"");
        }
    }
}

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
