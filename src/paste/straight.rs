//! Programs that went through a word processor: their quotes are typographic, and no quote of theirs is left. Commands
//! of shells and JSON are read with such quotes as they are.

use crate::import;
use std::ops::Range;

/// The text with straight quotes, of the same length, and the place of the first quote that was turned; `None` if there
/// is nothing to turn, or if it is not certain that all of them were.
pub fn quotes(text: &str) -> Option<(String, Range<usize>)> {
    let first = text.find(['“', '”', '‘', '’'])?;
    if text.contains(['"', '\'']) || text.lines().any(|line| line.trim_start().starts_with("curl ")) {
        return None;
    }
    import::language(text)?;
    let mut out = String::with_capacity(text.len());
    // The quote that closes the string that was opened.
    let mut open: Option<char> = None;
    let mut letters = text.char_indices().peekable();
    while let Some((at, c)) = letters.next() {
        let sign = match c {
            '“' | '”' => '"',
            '‘' | '’' => '\'',
            c => {
                out.push(c);
                continue;
            }
        };
        let next = letters.peek().map(|(_, next)| *next);
        if open == Some(sign) {
            let is_apostrophe = sign == '\'' && next.is_some_and(char::is_alphanumeric);
            if is_apostrophe {
                out.push(c);
            } else {
                open = None;
                out.push(sign);
                out.push_str("  ");
            }
        } else if open.is_none() {
            open = Some(sign);
            // A letter in front of a quote belongs to it: `f“…”`.
            let before = &text[..at];
            let is_prefix = before.ends_with(['f', 'r', 'b', '@', '$'])
                && !before[..before.len() - 1].ends_with(|c: char| c.is_alphanumeric() || c == '_');
            let prefix = if is_prefix { out.pop() } else { None };
            out.push_str("  ");
            out.extend(prefix);
            out.push(sign);
        } else {
            out.push(c);
        }
    }
    (open.is_none() && out.len() == text.len()).then(|| (out, first..first + '“'.len_utf8()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_quotes_of_a_program_are_turned_back_and_apostrophes_stay() {
        let text = "import requests\nrequests.post(f“https://h.example/{x}”, json={‘a’: “it’s ‘so’”})";
        let (plain, first) = quotes(text).expect("turned");
        assert_eq!(
            plain,
            "import requests\nrequests.post(  f\"https://h.example/{x}\"  , json={  'a'  :   \"it’s ‘so’\"  })"
        );
        assert_eq!(&text[first], "“");
        assert_eq!(plain.len(), text.len());
    }

    #[test]
    fn what_is_no_program_or_has_quotes_of_its_own_stays() {
        for text in [
            "“hello”",
            "{“model”: “a”}",
            "curl -d ‘{“a”: 1}’ # import requests",
            "import requests\nprint(\"“a”\")",
            "import requests # “a",
        ] {
            assert_eq!(quotes(text), None, "{text}");
        }
    }
}
