//! A form as it was before one press replaced much of it.

use crate::draft::Draft;

/// What the form held, and what the press left of it.
#[derive(Clone)]
pub struct Before {
    /// Index of the gateway.
    pub gateway: usize,
    /// Index of its model.
    pub model: usize,
    /// What was wanted.
    pub draft: Draft,
    /// As the press left it.
    pub left: Draft,
}
