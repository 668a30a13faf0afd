//! What a generation will cost or has cost.

use crate::catalog::{Basis, FieldId, Kind, Length, Model, Rates, Sound};
use crate::checked::Checked;
pub use crate::money::Money;
use crate::protocol::Usage;

/// A length in milliseconds as seconds, without trailing zeros: `5`, `10.23`.
pub fn seconds(milliseconds: u64) -> String {
    let mut text = (milliseconds / 1000).to_string();
    let part = (milliseconds % 1000 + 1000).to_string().split_off(1);
    let part = part.trim_end_matches('0');
    if !part.is_empty() {
        text.push('.');
        text.push_str(part);
    }
    text
}

/// What a generation will cost, before it is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Estimate {
    /// Whose price it is.
    pub basis: Basis,
    /// ISO 4217 code.
    pub currency: String,
    /// Tier the price is for.
    pub tier: String,
    /// The tier was not chosen: it is the gateway's default.
    pub tier_by_default: bool,
    /// The price is the lower one for a silent video.
    pub silent: bool,
    /// Price per second.
    pub per_second: Money,
    /// Length of the result, if known in advance: not if it depends on an audio file or the model decides.
    pub output_ms: Option<u64>,
    /// Maximum milliseconds of reference video billed on top. Zero: none.
    pub input_up_to_ms: u64,
    /// Price of the result alone, if its length is known.
    pub total: Option<Money>,
    /// Price with all billed input. Equal to `total` if input is free; the only price if the model decides the length.
    pub at_most: Option<Money>,
    /// Free seconds of a new account, and the days they last.
    pub free: Option<(u32, Option<u32>)>,
    /// Short name of the source in the gateway's table.
    pub source: String,
}

/// Why there is no estimate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoPrice {
    /// Nobody publishes a price for this model at this base.
    Unpublished,
    /// There are prices, but none for this tier.
    NotForTier(String),
}

/// The estimate for a checked draft. Works with problems in other fields, so that the price updates while typing.
pub fn estimate(checked: &Checked<'_>) -> Result<Estimate, NoPrice> {
    let model = checked.model();
    let rates = rates(model, checked.region()).ok_or(NoPrice::Unpublished)?;
    let chosen = checked.word(FieldId::Tier);
    let tier = chosen.or_else(|| model.default_tier()).unwrap_or_default();
    let silent = model.sound == Sound::Field && checked.flag(FieldId::Sound) == Some(false);
    let per_second = per_second(rates, tier, silent).ok_or_else(|| NoPrice::NotForTier(tier.to_owned()))?;
    let is_open = checked.is_length_open();
    let output_ms = match model.length {
        Length::Field if !is_open => number_ms(checked.number(FieldId::Duration)),
        Length::Field | Length::Audio => None,
    };
    let input_ms = if checked.has_billed_video() { u64::from(model.price.billed_input_seconds) * 1000 } else { 0 };
    let together_ms = match model.price.billed_seconds {
        0 => u64::MAX,
        seconds => u64::from(seconds) * 1000,
    };
    let longest_ms = || match &model.field(FieldId::Duration)?.kind {
        Kind::Integer { max, .. } => number_ms(Some(*max)),
        _ => None,
    };
    let most_ms = if is_open { longest_ms() } else { output_ms }.map(|ms| (ms + input_ms).min(together_ms).max(ms));
    let input_up_to_ms = match output_ms.zip(most_ms) {
        Some((output_ms, most_ms)) => most_ms - output_ms,
        None => input_ms,
    };
    Ok(Estimate {
        basis: model.price.basis,
        currency: rates.currency.to_owned(),
        tier: tier.to_owned(),
        tier_by_default: chosen.is_none(),
        silent: silent && rates.silent.contains_key(tier),
        per_second,
        output_ms,
        input_up_to_ms,
        total: output_ms.map(|ms| per_second.times_ms(ms)),
        at_most: most_ms.map(|ms| per_second.times_ms(ms)),
        free: rates.free_seconds.map(|seconds| (seconds, rates.free_days)),
        source: rates.source.to_owned(),
    })
}

fn number_ms(seconds: Option<i64>) -> Option<u64> {
    seconds.and_then(|seconds| u64::try_from(seconds).ok()).map(|seconds| seconds * 1000)
}

/// The price of what the gateway reports it made: billed milliseconds at a tier.
pub fn billed(model: &Model, region: &str, tier: &str, silent: bool, milliseconds: u64) -> Option<(Money, String)> {
    let rates = rates(model, region)?;
    let each = per_second(rates, tier, silent)?;
    Some((each.times_ms(milliseconds), rates.currency.to_owned()))
}

/// What was paid, from the seconds the gateway reports and the estimated price per second. `None` if it reports none,
/// or made a different tier than the price was for.
pub fn paid(estimate: &Estimate, usage: &Usage) -> Option<Money> {
    let is_same = usage.tier.as_ref().is_none_or(|tier| *tier == estimate.tier);
    usage.billed_ms.filter(|_| is_same).map(|ms| estimate.per_second.times_ms(ms))
}

/// The prices of a model in a region.
pub fn rates<'a>(model: &'a Model, region: &str) -> Option<&'a Rates> {
    model.price.rates.get(region)
}

fn per_second(rates: &Rates, tier: &str, silent: bool) -> Option<Money> {
    let quieter = if silent { rates.silent.get(tier) } else { None };
    Money::parse(quieter.or_else(|| rates.per_second.get(tier))?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_lose_their_trailing_zeros() {
        assert_eq!((seconds(5000), seconds(10_230), seconds(40)), ("5".into(), "10.23".into(), "0.04".into()));
    }
}
