//! Memory for what a catalog consists of when it is read at run time.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

/// A text that stays in memory until the program ends, as the texts of the built-in catalog do. Gateways are read a few
/// times per visit, saved tasks each time their record is read; a text that was kept before is not kept again.
pub fn keep(text: &str) -> &'static str {
    static KEPT: Mutex<BTreeSet<&'static str>> = Mutex::new(BTreeSet::new());
    let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = kept.get(text) {
        return known;
    }
    let text: &'static str = Box::leak(text.into());
    kept.insert(text);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_equal_text_is_kept_once() {
        let (first, second) = (keep(&String::from("a text of this test")), keep(&["a text", " of this test"].concat()));
        assert_eq!((first, first.as_ptr()), ("a text of this test", second.as_ptr()));
    }
}
