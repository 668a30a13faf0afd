//! PowerShell, 5.1 and 7, with the .NET that both have. Their own cmdlets for HTTP report a refusal in two different
//! ways, so they are not used. The text is ASCII: 5.1 reads a script without a BOM in the system's code page.

use super::language::{Language, nothing};
use super::text::ascii_json;
use crate::snippet::powershell::quote;

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
    uploads: None,
};
