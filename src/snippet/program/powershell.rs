//! PowerShell, 5.1 and 7, with the .NET that both have. Their own cmdlets for HTTP report a refusal in two different
//! ways, so they are not used. The text is ASCII: 5.1 reads a script without a BOM in the system's code page.

use super::language::{Language, Uploads, nothing};
use super::text::{ascii_json, units};
use super::uploading::{Field, ascii_mark};
use crate::snippet::Note;
use crate::snippet::powershell::quote;
use crate::upload::Plan;

pub(super) const POWER_SHELL: Language = Language {
    text: include_str!("wan.ps1"),
    quote,
    body: |out, body| {
        // In a here-string everything is literal except a line that starts with `'@`, and no line of printed JSON does.
        out.push_str("@'\n");
        ascii_json(out, body, "\\u");
        out.push_str("\n'@");
    },
    place: quote,
    word: quote,
    id: [" + ", "[Uri]::EscapeDataString($Task)"],
    between: [", ", ", "],
    header: ["\n        ", " = ", ""],
    own: nothing,
    uploads: Some(Uploads {
        note: Note::Uploads,
        steps: "",
        file,
        part: |out, name, part| FIELD.write(out, name, part),
    }),
};

const FIELD: Field =
    Field { quote, between: ["\n        ", ", ", ""], key: "$place", given: ["(Get-Given $asked ", " ", ")"] };

/// Uploads a file, and puts its link into the body.
fn file(out: &mut String, mark: &str, path: &str, plan: &Plan) {
    out.push_str("    $link = Send-File ");
    literal(out, path);
    for text in [plan.stored(), plan.media_type()] {
        out.push(' ');
        quote(out, text);
    }
    out.push_str(" | ConvertTo-Json\n    $body = $body.Replace(");
    quote(out, &[" ", &ascii_mark(mark)].concat());
    out.push_str(", \" $link\")\n");
}

/// A string as an argument, in ASCII.
fn literal(out: &mut String, text: &str) {
    if text.is_ascii() {
        return quote(out, text);
    }
    let mut pattern = String::new();
    text.chars().for_each(|c| match c {
        '\\' => pattern.push_str("\\\\"),
        c => units(&mut pattern, c, "\\u"),
    });
    out.push_str("([Regex]::Unescape(");
    quote(out, &pattern);
    out.push_str("))");
}
