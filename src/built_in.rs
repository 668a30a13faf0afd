//! The built-in catalog: packed by `build.rs` from the files in `catalog/`.

use crate::catalog::{Catalog, unpack};

impl Catalog {
    /// The built-in catalog.
    pub fn built_in() -> Self {
        Self { gateways: unpack(include_bytes!(concat!(env!("OUT_DIR"), "/catalog.bin"))) }
    }
}
