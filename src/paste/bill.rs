//! What a finished task cost, as far as it can be said.

use crate::catalog::Basis;
use crate::money::Money;

/// The cost of a finished task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cost {
    /// By a price of the catalog.
    Listed(Box<Listed>),
    /// It cannot be said.
    Unknown(NoCost),
}

/// A cost by a price of the catalog.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The sum.
    pub sum: Money,
    /// ISO 4217 code.
    pub currency: String,
    /// Billed milliseconds.
    pub billed_ms: u64,
    /// Price per second.
    pub per_second: Money,
    /// The tier the price is for.
    pub tier: String,
    /// Whose price it is.
    pub basis: Basis,
    /// Gateway ID.
    pub gateway: String,
    /// Short name of the source in the gateway's table.
    pub source: &'static str,
}

/// Why a cost cannot be said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoCost {
    /// The answer reports no billed seconds.
    Length,
    /// Nothing names the model.
    Model,
    /// The model is not in the catalog, or makes other things.
    NotListed,
    /// Nothing names the gateway, or its region.
    Gateway,
    /// Nobody publishes a price for it there.
    Price,
    /// The resolution is not told, or has no price.
    Tier,
    /// Videos with and without sound have different prices, and nothing says which this is.
    Sound,
}
