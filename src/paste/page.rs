//! Pages that stand where data was due.

use std::ops::Range;

/// The page in a text that begins outside of these places.
pub fn find(text: &str, taken: &[Range<usize>]) -> Option<Range<usize>> {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let bare = line.trim_start_matches(['\u{feff}', ' ', '\t']);
        let start = at + (line.len() - bare.len());
        at += line.len();
        if bare.starts_with('<') && begins(bare) && !taken.iter().any(|known| known.contains(&start)) {
            let rest = &text[start..];
            let end = ["</html>", "</HTML>"].iter().find_map(|end| Some(rest.find(end)? + end.len()));
            let end = end.unwrap_or(rest.trim_end().len());
            return Some(start..start + end);
        }
    }
    None
}

fn begins(line: &str) -> bool {
    let start: String = line.chars().take(14).collect::<String>().to_ascii_lowercase();
    ["<!doctype html", "<html", "<head", "<body"].iter().any(|tag| start.starts_with(tag))
}
