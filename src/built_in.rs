//! The built-in catalog: a static that `build.rs` writes from the files in `catalog/`.

use crate::catalog::{self, Catalog};

#[allow(clippy::unreadable_literal)] // It is written for the compiler, not for readers.
static BUILT_IN: Catalog = include!(concat!(env!("OUT_DIR"), "/catalog.rs"));

impl Catalog {
    /// The built-in catalog.
    pub fn built_in() -> &'static Self {
        &BUILT_IN
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::{FILES, Gateway};

    #[test]
    fn it_holds_what_its_files_say() {
        let read = FILES.map(|(name, text)| Gateway::from_json(text).map_err(|fault| (name, fault)));
        for (gateway, read) in Catalog::built_in().gateways.iter().zip(&read) {
            assert_eq!(Ok(gateway), read.as_ref());
        }
        assert_eq!(Catalog::built_in().gateways.len(), read.len());
    }
}
