//! The apostrophe that ended a quote: `'{"prompt": "it's a cat"}'` ends at `it`, and what follows is taken apart.

use crate::import::{Remark, RemarkKind};
use std::ops::Range;

/// The remark about it, where the text shows that a quote went wrong. `from` is where the command begins.
pub fn apostrophe(text: &str, remarks: &[Remark], from: usize) -> Option<Remark> {
    let is_wrong = |remark: &Remark| matches!(remark.kind, RemarkKind::UnbalancedQuote | RemarkKind::BrokenJson);
    if !remarks.iter().any(is_wrong) {
        return None;
    }
    let at = culprit(text, from)?;
    Some(Remark { at: word(text, at), kind: RemarkKind::Apostrophe })
}

/// The first apostrophe between two letters that closes a quote, by the rules of a POSIX shell.
fn culprit(text: &str, from: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut open: Option<u8> = None;
    let mut at = from;
    while at < bytes.len() {
        match (bytes[at], open) {
            (b'\\', None | Some(b'"')) => at += 1,
            (b'\'', Some(b'\'')) => {
                let is_letter = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_alphabetic);
                if at > 0 && is_letter(at - 1) && is_letter(at + 1) {
                    return Some(at);
                }
                open = None;
            }
            (quote @ (b'\'' | b'"'), None) => open = Some(quote),
            (b'"', Some(b'"')) => open = None,
            _ => {}
        }
        at += 1;
    }
    None
}

/// The word around a place.
fn word(text: &str, at: usize) -> Range<usize> {
    let is_letter = |byte: &u8| byte.is_ascii_alphabetic();
    let before = text.as_bytes()[..at].iter().rev().take_while(|byte| is_letter(byte)).count();
    let after = text.as_bytes()[at + 1..].iter().take_while(|byte| is_letter(byte)).count();
    at - before..at + 1 + after
}
