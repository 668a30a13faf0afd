//! Marks in the place of what was taken out of a text.

use std::ops::Range;

/// What stands for a key that was taken out.
pub const MARK: &str = "•••";

/// The text with a mark in each of these places, in any order, and over the whole of an escape that one begins or ends
/// within: half of one would spoil the JSON around it.
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

/// The text with a mark in each of these places, which stand in order and apart.
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

/// The JSON escape that a place lies within.
fn escape_around(text: &str, at: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    (at.saturating_sub(5)..at).rev().find_map(|start| {
        let before = bytes[..=start].iter().rev().take_while(|byte| **byte == b'\\').count();
        let length = if bytes.get(start + 1) == Some(&b'u') { 6 } else { 2 };
        // After a backslash that stands for itself a further one begins an escape, and so on.
        let end = (before % 2 == 1).then(|| (start + length).min(text.len()))?;
        (at < end && text.is_char_boundary(end)).then_some(start..end)
    })
}
