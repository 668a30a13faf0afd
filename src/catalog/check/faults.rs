//! Collects broken rules as they are found.

use super::super::fault::{Fault, Rule};

/// The faults found so far.
#[derive(Default)]
pub struct Faults(pub Vec<Fault>);

impl Faults {
    /// Adds a fault unless the condition holds.
    pub fn unless(&mut self, holds: bool, place: &str, rule: Rule) {
        self.known(holds, place, rule, "");
    }

    /// The same, with the name or value that the fault is about.
    pub fn known(&mut self, holds: bool, place: &str, rule: Rule, detail: &str) {
        if !holds {
            self.0.push(Fault::with(place, rule, detail));
        }
    }
}
