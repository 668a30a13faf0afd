//! The rules for prices.

use super::super::fault::Rule;
use super::super::{Basis, FieldId, Gateway, Kind, Model, Rates};
use super::faults::Faults;
use crate::money::Money;

pub(super) fn check(gateway: &Gateway, model: &Model, place: &str, found: &mut Faults) {
    let price = &model.price;
    let unpublished = price.basis == Basis::Unpublished;
    found.unless(unpublished == price.rates.is_empty(), place, Rule::RatesOrWord);
    let tiers = match model.field(FieldId::Tier).map(|field| &field.kind) {
        Some(Kind::Choice { options }) => *options,
        _ => &[],
    };
    found.unless(price.rates.is_empty() || !tiers.is_empty(), place, Rule::NeedsTier);
    for (region, rates) in &price.rates {
        let place = [place, "/rates/", &super::super::lines::step(region)].concat();
        let known = gateway.bases.iter().any(|base| base.region == region);
        found.known(known, &place, Rule::UnknownRegion, region);
        let source = gateway.sources.contains_key(rates.source);
        found.known(source, &[&place, "/source"].concat(), Rule::UnknownSource, rates.source);
        found.unless(is_currency(rates.currency), &[&place, "/currency"].concat(), Rule::BadCurrency);
        check_figures(rates, tiers, &place, found);
        if gateway.bases.first().is_some_and(|base| base.region == region) {
            for tier in tiers.iter().filter(|tier| !rates.per_second.contains_key(tier)) {
                found.known(false, &[&place, "/per_second"].concat(), Rule::TierUnpriced, tier);
            }
        }
    }
}

pub(super) fn is_currency(code: &str) -> bool {
    code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_uppercase())
}

fn check_figures(rates: &Rates, tiers: &[&str], place: &str, found: &mut Faults) {
    for (member, table) in [("/per_second/", &rates.per_second), ("/silent/", &rates.silent)] {
        for (tier, figure) in table {
            let place = [place, member, &super::super::lines::step(tier)].concat();
            found.known(tiers.contains(&tier), &place, Rule::NotOffered, tier);
            found.unless(Money::parse(figure).is_some(), &place, Rule::BadPrice);
        }
    }
}
