//! Broken rules, as they are found.

use super::super::fault::{Fault, Rule};

/// What has been found.
#[derive(Default)]
pub struct Faults(pub Vec<Fault>);

impl Faults {
    /// A fault unless something holds.
    pub fn unless(&mut self, holds: bool, place: &str, rule: Rule) {
        self.known(holds, place, rule, "");
    }

    /// The same, with a word or value that the fault is about.
    pub fn known(&mut self, holds: bool, place: &str, rule: Rule, detail: &str) {
        if !holds {
            self.0.push(Fault::with(place, rule, detail));
        }
    }
}
