//! JavaScript for Node.js, and for a page.

use super::language::{Language, Uploads, nothing};
use super::literal;
use super::text::json_text;
use crate::protocol::Part;
use crate::upload::Plan;

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
    uploads: Some(Uploads { file, part }),
};

pub(super) const BROWSER: Language = Language { text: include_str!("wan-browser.mjs"), uploads: None, ..NODE };

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

fn file(out: &mut String, mark: &str, path: &str, plan: &Plan) {
    out.push_str("  ");
    json_text(out, mark);
    out.push_str(": ");
    for (before, text) in ["[", ", ", ", "].into_iter().zip([path, plan.stored(), plan.media_type()]) {
        out.push_str(before);
        json_text(out, text);
    }
    out.push_str("],\n");
}

fn part(out: &mut String, name: &str, part: Part) {
    out.push_str("\n  form.append(");
    json_text(out, name);
    out.push_str(", ");
    match part {
        Part::Key => out.push_str("key"),
        Part::Always(text) => json_text(out, text),
        Part::Given(member, otherwise) => {
            out.push_str("pick(policy, ");
            json_text(out, member);
            out.push(')');
            if !otherwise.is_empty() {
                out.push_str(" ?? ");
                json_text(out, otherwise);
            }
        }
    }
    out.push_str(");");
}
