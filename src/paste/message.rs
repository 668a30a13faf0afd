//! The messages of curl, shells and PowerShell: what they say about the command, and what they prove.

use super::card::{Message, Trouble};
use std::ops::Range;

/// Maximum number of messages that are kept.
const MOST: usize = 64;

/// The messages in a text, each with the place of its line.
pub fn find(text: &str) -> Vec<(Range<usize>, Message)> {
    let mut found = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let bare = line.trim();
        let start = at + (line.len() - line.trim_start().len());
        if let Some(message) = one(bare) {
            found.push((start..start + bare.len(), message));
            if found.len() == MOST {
                break;
            }
        }
        at += line.len();
    }
    found
}

fn one(line: &str) -> Option<Message> {
    let line = line.trim_start_matches('\u{feff}');
    if let Some(rest) = line.strip_prefix("curl: (") {
        let (number, said) = rest.split_once(')')?;
        let number: u16 = number.parse().ok()?;
        let said = said.trim();
        return Some(Message { number: Some(number), said: said.to_owned(), trouble: of_curl(number, said) });
    }
    let lower = line.to_ascii_lowercase();
    let says = |words: &str| lower.contains(words);
    let is_shell =
        ["bash: ", "zsh: ", "sh: ", "dash: ", "fish: ", "-bash: "].iter().any(|start| lower.starts_with(start));
    let trouble = if is_shell && (says("command not found") || says("not found")) {
        Trouble::CutCommand
    } else if is_shell && says("no matches found") {
        Trouble::BadAddress
    } else if says("is not recognized as an internal or external command") || line.contains("不是内部或外部命令")
    {
        if lower.starts_with("'-") || lower.starts_with("'curl'") { Trouble::CutCommand } else { Trouble::Other }
    } else if lower.starts_with("invoke-webrequest :")
        || lower.starts_with("curl : ")
        || lower.starts_with("invoke-restmethod :")
    {
        if says("cannot bind parameter") || says("无法绑定参数") { Trouble::NotCurl } else { Trouble::Other }
    } else if says("syntax error near unexpected token") || says("unexpected eof while looking for matching") {
        Trouble::CutCommand
    } else {
        return None;
    };
    Some(Message { number: None, said: line.chars().take(300).collect(), trouble })
}

fn of_curl(number: u16, said: &str) -> Trouble {
    let host = said.rsplit(": ").next().unwrap_or_default();
    match number {
        // A quote in front of the protocol can only come from a shell that does not know it.
        1 if said.contains("\"'") || said.contains("‘'") => Trouble::SingleQuotes,
        // Words of a body that were taken for hosts.
        6 if host.ends_with([',', '}', ']', '\'', '"']) || (!host.contains('.') && host != "localhost") => {
            Trouble::SingleQuotes
        }
        6 => Trouble::NoSuchHost,
        3 => Trouble::BadAddress,
        7 | 28 | 52 | 56 => Trouble::NoConnection,
        35 | 51 | 58 | 60 | 77 => Trouble::Certificate,
        _ => Trouble::Other,
    }
}
