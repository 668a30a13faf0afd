//! A line-by-line diff between two texts.

/// A line of a diff.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Line {
    /// In both.
    Kept(String),
    /// In the first only.
    Gone(String),
    /// In the second only.
    New(String),
}

/// Maximum number of lines on either side, between the common beginning and end, that are compared one by one.
const MOST: usize = 600;

/// The shortest edit script from one text to the other in whole lines.
pub fn lines(before: &str, after: &str) -> Vec<Line> {
    let (before, after): (Vec<&str>, Vec<&str>) = (before.lines().collect(), after.lines().collect());
    let start = before.iter().zip(&after).take_while(|(a, b)| a == b).count();
    let rest = before[start..].iter().rev().zip(after[start..].iter().rev());
    let end = rest.take_while(|(a, b)| a == b).count();
    let (old, new) = (&before[start..before.len() - end], &after[start..after.len() - end]);
    let kept = |line: &&str| Line::Kept((*line).to_owned());
    let mut out: Vec<Line> = before[..start].iter().map(kept).collect();
    middle(old, new, &mut out);
    out.extend(before[before.len() - end..].iter().map(kept));
    out
}

fn middle(old: &[&str], new: &[&str], out: &mut Vec<Line>) {
    let gone = |line: &&str| Line::Gone((*line).to_owned());
    let fresh = |line: &&str| Line::New((*line).to_owned());
    if old.len().max(new.len()) > MOST {
        out.extend(old.iter().map(gone));
        out.extend(new.iter().map(fresh));
        return;
    }
    // How many lines the rest of both have in common, from each pair of positions on.
    let width = new.len() + 1;
    let mut common = vec![0usize; (old.len() + 1) * width];
    for a in (0..old.len()).rev() {
        for b in (0..new.len()).rev() {
            common[a * width + b] = if old[a] == new[b] {
                common[(a + 1) * width + b + 1] + 1
            } else {
                common[(a + 1) * width + b].max(common[a * width + b + 1])
            };
        }
    }
    let (mut a, mut b) = (0, 0);
    while a < old.len() || b < new.len() {
        if a < old.len() && b < new.len() && old[a] == new[b] {
            out.push(Line::Kept(old[a].to_owned()));
            (a, b) = (a + 1, b + 1);
        } else if b == new.len() || (a < old.len() && common[(a + 1) * width + b] >= common[a * width + b + 1]) {
            out.push(gone(&old[a]));
            a += 1;
        } else {
            out.push(fresh(&new[b]));
            b += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn only_changed_lines_are_marked() {
        let text = |line: &Line| match line {
            Line::Kept(text) => format!(" {text}"),
            Line::Gone(text) => format!("-{text}"),
            Line::New(text) => format!("+{text}"),
        };
        let told: Vec<String> = lines("a\nb\nc\nd", "a\nx\nc\ny\nd").iter().map(text).collect();
        assert_eq!(told, [" a", "-b", "+x", " c", "+y", " d"]);
        assert_eq!(lines("", ""), []);
    }

    proptest! {
        #[test]
        fn both_texts_can_be_read_off(before in "([ab]\n){0,20}", after in "([abc]\n){0,20}") {
            let difference = lines(&before, &after);
            let side = |new: bool| -> String {
                let text = |line: &Line| match line {
                    Line::Kept(text) => Some(format!("{text}\n")),
                    Line::Gone(text) => (!new).then(|| format!("{text}\n")),
                    Line::New(text) => new.then(|| format!("{text}\n")),
                };
                difference.iter().filter_map(text).collect()
            };
            prop_assert_eq!(side(false), before);
            prop_assert_eq!(side(true), after);
        }
    }
}
