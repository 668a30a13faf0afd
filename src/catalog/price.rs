//! Price rules: what a second costs, by region, tier and audio.

use super::Table;

/// Whose price it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    /// The gateway's own published price.
    Own,
    /// Alibaba's list price, quoted in the gateway's document; what the gateway charges is not published.
    Quoted,
    /// The gateway publishes nothing; Alibaba's list price serves as a reference.
    Reference,
    /// Nothing is published at all.
    Unpublished,
}

/// Prices per second in one region.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rates {
    /// ISO 4217 code: `CNY`, `USD`.
    pub currency: &'static str,
    /// Tier to decimal price per second.
    pub per_second: Table<&'static str>,
    /// The same for a silent video, where that costs less.
    pub silent: Table<&'static str>,
    /// Free seconds for a new account.
    pub free_seconds: Option<u32>,
    /// Days the free quota lasts.
    pub free_days: Option<u32>,
    /// Short name of the document the figures come from.
    pub source: &'static str,
}

/// The price of a model at a gateway.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PriceRule {
    /// Whose price it is.
    pub basis: Basis,
    /// By price region of the base. A region without an entry is unpublished.
    pub rates: Table<Rates>,
    /// Maximum seconds of reference video that are billed on top of the result. Zero: input is free.
    pub billed_input_seconds: u32,
    /// Maximum seconds of input and output combined, if they are billed as one. Zero: no such limit.
    pub billed_seconds: u32,
}
