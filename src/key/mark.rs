//! Marks that replace what was removed from a text.

use std::ops::Range;

/// Replaces a key that was removed.
pub const MARK: &str = "•••";

/// The text with a mark in place of each of these spans, in any order. A span that starts or ends within an escape
/// covers all of it: half an escape would break the JSON around it.
pub fn marked(text: &str, mut places: Vec<Range<usize>>) -> String {
    for place in &mut places {
        let (start, end) = (escape_around(text, place.start), escape_around(text, place.end));
        *place = start.map_or(place.start, |escape| escape.start)..end.map_or(place.end, |escape| escape.end);
    }
    places.sort_by_key(|place| place.start);
    let mut apart: Vec<Range<usize>> = Vec::new();
    for place in places {
        match apart.last_mut() {
            Some(last) if place.start <= last.end => last.end = last.end.max(place.end),
            _ => apart.push(place),
        }
    }
    with_marks(text, &apart)
}

/// The text with a mark in place of each of these spans, which are in order and do not overlap.
pub fn with_marks(text: &str, places: &[Range<usize>]) -> String {
    let mut out = String::new();
    let mut from = 0;
    for at in places {
        out.push_str(&text[from..at.start]);
        out.push_str(MARK);
        from = at.end;
    }
    out.push_str(&text[from..]);
    out
}

/// The JSON escape that contains a position.
fn escape_around(text: &str, at: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    (at.saturating_sub(5)..at).rev().find_map(|start| {
        let before = bytes[..=start].iter().rev().take_while(|byte| **byte == b'\\').count();
        let length = if bytes.get(start + 1) == Some(&b'u') { 6 } else { 2 };
        // A backslash after an escaped backslash starts a new escape, and so on.
        let end = (before % 2 == 1).then(|| (start + length).min(text.len()))?;
        (at < end && text.is_char_boundary(end)).then_some(start..end)
    })
}
