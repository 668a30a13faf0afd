//! What the parts of a printed request are, so that they can be coloured: keys, strings, numbers, variables and the like.
//! Nothing is understood beyond that, and a text of another language still comes back whole: the pieces, joined, are the
//! text.

mod grammar;
mod quote;
mod scan;

use std::ops::Range;

pub use grammar::{Grammar, Kind};

/// The pieces of a text, in order and without gaps. Neighbours are of different kinds.
pub fn pieces(grammar: Grammar, text: &str) -> Vec<(Kind, &str)> {
    scan::scan(grammar, text)
}

/// The lines of a text that differ from those before: from the first to the last that does, whole. Empty where lines only
/// went.
pub fn changed(before: &str, now: &str) -> Range<usize> {
    let same = |(one, other): &(&str, &str)| one == other;
    let old: Vec<&str> = before.split_inclusive('\n').collect();
    let new: Vec<&str> = now.split_inclusive('\n').collect();
    let first = old.iter().copied().zip(new.iter().copied()).take_while(same).count();
    let (old, new) = (&old[first..], &new[first..]);
    let last = old.iter().rev().copied().zip(new.iter().rev().copied()).take_while(same).count();
    let length = |lines: &[&str]| lines.iter().map(|line| line.len()).sum::<usize>();
    let from = now.len() - length(new);
    from..from + length(&new[..new.len() - last])
}

#[cfg(test)]
mod tests;
