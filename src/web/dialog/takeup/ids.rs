//! Element ids of the cards: those of the main card are plain, those of others bear its number.

/// The ids of a card.
#[derive(Debug, Clone, Copy)]
pub struct Ids(Option<usize>);

impl Ids {
    /// Those of the main card, and of what is in no card.
    pub const MAIN: Self = Self(None);

    /// Those of a card by its number; `main` is the number of the main one.
    pub fn at(at: usize, main: Option<usize>) -> Self {
        Self(Some(at).filter(|_| main != Some(at)))
    }

    /// The id for a name.
    pub fn of(self, name: &str) -> String {
        match self.0 {
            None => name.to_owned(),
            Some(at) => [name, "-", &at.to_string()].concat(),
        }
    }
}
