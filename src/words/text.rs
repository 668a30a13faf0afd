//! Fixed words of the page: one struct, two statics.

mod en;
pub mod history;
mod kept;
mod texts;
mod zh;

pub use crate::words::lang::Lang;
pub use texts::Texts;

impl Lang {
    /// The fixed words in this language.
    pub fn texts(self) -> &'static Texts {
        match self {
            Self::En => &en::TEXTS,
            Self::Zh => &zh::TEXTS,
        }
    }
}
