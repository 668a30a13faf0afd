//! Scripts that a command hands to another shell: `sh -c '…'`, also behind `docker exec`, `kubectl exec` or `sudo`. What
//! the outer shell makes of the word is what the inner one reads.

use super::raw::{Placed, RawCall};
use super::remark::{Remark, RemarkKind};
use super::word::Word;
use std::ops::Range;

/// A script.
pub struct Script<'a> {
    /// The word that holds it.
    pub word: &'a Word,
    /// It is for fish.
    pub is_fish: bool,
}

/// The script that a command hands to a shell.
pub fn of(words: &[Word]) -> Option<Script<'_>> {
    let index = words.iter().position(|word| is_shell(&word.text))?;
    if matches!(words[0].text.as_str(), "echo" | "printf" | "cat") {
        return None;
    }
    let mut rest = words[index + 1..].iter();
    let mut is_script = false;
    while let Some(word) = rest.next() {
        let letters = word.text.strip_prefix(['-', '+']);
        match letters {
            Some(letters) if letters.starts_with('-') => {}
            Some(letters) => {
                is_script |= letters.contains('c');
                if letters.ends_with('o') {
                    // `-o pipefail`
                    rest.next();
                }
            }
            None => {
                let is_fish = name(&words[index].text) == "fish";
                return is_script.then_some(Script { word, is_fish });
            }
        }
    }
    None
}

/// Whether a line hands a script to a shell.
pub fn is_handed(line: &str) -> bool {
    let mut words = line.split_whitespace();
    while let Some(word) = words.next() {
        if is_shell(word) && words.clone().next().is_some_and(|next| next.starts_with('-')) {
            let options = words.by_ref().take_while(|word| word.starts_with(['-', '+']) || *word == "pipefail");
            if options.into_iter().any(|word| !word.starts_with("--") && word.contains('c')) {
                return true;
            }
        }
    }
    false
}

fn is_shell(word: &str) -> bool {
    matches!(name(word), "sh" | "bash" | "zsh" | "dash" | "ash" | "ksh" | "fish")
}

fn name(word: &str) -> &str {
    let name = word.rsplit(['/', '\\']).next().unwrap_or_default();
    name.strip_suffix(".exe").unwrap_or(name)
}

/// Places of a script as places of the text that it was written in.
pub struct Places {
    word: Range<usize>,
    /// Positions of the script, each with the distance to the text from there on.
    layer: Vec<(usize, usize)>,
}

impl Places {
    /// Finds every letter of the script in the text. Quotes and backslashes, which are no letters of it, are skipped;
    /// where the shell put something in, there are no places but the whole word.
    pub fn of(text: &str, word: &Word) -> Self {
        let mut places = Self { word: word.at.clone(), layer: Vec::new() };
        let written = text.get(word.at.clone()).unwrap_or_default();
        let mut letters = written.char_indices();
        for (index, letter) in word.text.char_indices() {
            let Some((at, _)) = letters.find(|(_, written)| *written == letter) else {
                places.layer.clear();
                return places;
            };
            let distance = word.at.start + at - index;
            if places.layer.last().is_none_or(|(_, known)| *known != distance) {
                places.layer.push((index, distance));
            }
        }
        places
    }

    fn place(&self, at: &Range<usize>) -> Range<usize> {
        if self.layer.is_empty() {
            return self.word.clone();
        }
        let shift = |at: usize| self.layer.get(at.wrapping_sub(1)).or(self.layer.first()).map_or(0, |(_, by)| *by);
        let start = at.start + shift(self.layer.partition_point(|(from, _)| *from <= at.start));
        let end = at.end + shift(self.layer.partition_point(|(from, _)| *from < at.end));
        start.min(self.word.end)..end.clamp(start, self.word.end)
    }

    /// A call of the script as one of the text.
    pub fn call(&self, raw: RawCall, word: &Word) -> RawCall {
        // What the outer shell puts in reaches the inner one as plain text, whatever quotes stand around it there.
        let is_filled = |text: &str| !word.open.is_empty() && text.contains(['$', '`']);
        let placed = |placed: Placed| {
            let at = self.place(&placed.at);
            let mut open: Vec<Range<usize>> = placed.open.iter().map(|at| self.place(at)).collect();
            if open.is_empty() && is_filled(&placed.text) {
                open.push(at.clone());
            }
            Placed { at, open, ..placed }
        };
        RawCall {
            url: placed(raw.url),
            headers: raw.headers.into_iter().map(|(name, value)| (name, placed(value))).collect(),
            body_at: self.place(&raw.body_at),
            login: raw.login.map(|(login, value)| (login, placed(value))),
            at: self.place(&raw.at),
            ..raw
        }
    }

    /// A remark on the script as one on the text.
    pub fn remark(&self, remark: &Remark, word: &Word) -> Option<Remark> {
        let is_of_inner_quotes = remark.kind == RemarkKind::QuotedVariable && !word.open.is_empty();
        (!is_of_inner_quotes).then(|| Remark { at: self.place(&remark.at), kind: remark.kind })
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Body, Proof, read};
    use super::*;

    const INNER: &str = r#"curl https://h.example/v1 -H "Authorization: Bearer $KEY" -d '{"a": "b c"}'"#;

    #[test]
    fn a_script_for_another_shell_is_read_as_that_shell_reads_it() {
        let single = INNER.replace('\'', r"'\''");
        let double = INNER.replace('\\', r"\\").replace('"', "\\\"").replace('$', r"\$");
        for text in [
            format!("sh -c '{single}'"),
            format!("bash -lc \"{double}\""),
            format!("$ /bin/bash -c '{single}'"),
            format!("docker exec -it web sh -c '{single}'"),
            format!("kubectl exec web -- /bin/sh -c \"{double}\""),
            format!("sudo -u www bash -e -o pipefail -c '{single}'"),
            format!("bash --login -c $'{}'", INNER.replace('\'', r"\'")),
            format!("log: ran\nsh -c '{single}'\nexit 1"),
        ] {
            let pasted = read(&text);
            assert_eq!(pasted.calls.len(), 1, "{text}\n{pasted:?}");
            let call = &pasted.calls[0];
            assert_eq!(call.url, "https://h.example/v1", "{text}");
            assert_eq!(call.body, Some(Body::Text(r#"{"a": "b c"}"#.to_owned())), "{text}");
            assert_eq!(call.proof, Proof::Variable("KEY".to_owned()), "{text}");
            assert!(text[call.at.clone()].starts_with("curl "), "{text}: {}", &text[call.at.clone()]);
            let odd = pasted.remarks.iter().find(|remark| remark.kind.changes());
            assert_eq!(odd, None, "{text}");
        }
    }

    #[test]
    fn what_the_outer_shell_fills_in_is_open_in_the_inner_ones_single_quotes() {
        let text = r#"sh -c "curl https://h.example/v1 -H 'Authorization: Bearer $KEY' -d '{\"a\": \"$B\"}'""#;
        let pasted = read(text);
        assert_eq!(pasted.calls[0].proof, Proof::Variable("KEY".to_owned()));
        assert_eq!(pasted.calls[0].body, Some(Body::Text(r#"{"a": "$B"}"#.to_owned())));
        let kinds: Vec<(RemarkKind, &str)> =
            pasted.remarks.iter().map(|remark| (remark.kind, &text[remark.at.clone()])).collect();
        assert!(kinds.contains(&(RemarkKind::Substitution, "$B")), "{kinds:?}");
        assert!(kinds.iter().all(|(kind, _)| *kind != RemarkKind::QuotedVariable), "{kinds:?}");
    }

    #[test]
    fn a_script_within_a_script_ends_and_what_is_none_stays() {
        let nested = format!("sh -c {}", "sh\\ -c\\ ".repeat(4000));
        assert!(read(&nested).calls.is_empty());
        for text in ["sh -c", "sh -x run.sh", "bash -c run.sh"] {
            assert!(read(text).calls.is_empty(), "{text}: {:?}", read(text).calls);
        }
    }
}
