//! What an account may call, as its gateway lists it, compared with the catalog; and what a media check reported.

use crate::catalog::{Gateway, Model, Table};
use crate::money::Money;
use crate::price;
pub use crate::protocol::{CheckSaid, Listing, MOST_MODELS, MOST_QUOTES, Offer, Page, Quote, word};
use std::collections::BTreeSet;

/// Maximum number of pages requested of a list: twenty models each, and no gateway has a thousand that make videos.
pub const MOST_PAGES: u32 = 50;
/// How a quoted price compares with the catalog's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Match {
    /// It is a price of the catalog.
    Same,
    /// The catalog has a different one.
    Differs,
    /// Undecidable: another unit or currency, no figure, or no price in the catalog.
    Open,
}

/// Whether a model is in the catalog and in the account's list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// In both.
    Both,
    /// In the catalog, but the account does not list it.
    NotListed,
    /// Listed, but not in the catalog.
    NotInCatalog,
}

/// A model from the list or the catalog.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its id.
    pub id: String,
    /// Its display name, empty if there is none.
    pub name: String,
    /// Where it is listed.
    pub standing: Standing,
    /// The gateway's prices, each with how it compares with the catalog's.
    pub quotes: Vec<(Quote, Match)>,
    /// The catalog's prices per second here: tier, price, currency.
    pub ours: Vec<(String, Money, String)>,
    /// When it is retired, as the gateway writes it; empty if not stated.
    pub retires: String,
}

/// The account's models next to the catalog's.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Comparison {
    /// The catalog's models of this region in catalog order, listed ones first; then Wan models that the catalog lacks.
    pub rows: Vec<Row>,
    /// Listed models that are not Wan models.
    pub others: usize,
}

/// Whether to request another page, after this many pages with this many models.
pub fn has_more(page: &Page, asked: u32, so_far: usize) -> bool {
    let known = u64::try_from(so_far).unwrap_or(u64::MAX);
    asked < MOST_PAGES && !page.offers.is_empty() && page.total.is_some_and(|total| known < total)
}

/// Compares a list with the catalog.
pub fn compare(gateway: &Gateway, region: &str, offers: &[Offer]) -> Comparison {
    let mut listed = Vec::new();
    let mut absent = Vec::new();
    let mut known = BTreeSet::new();
    for model in gateway.models {
        // A second entry for the same model is the same model at the gateway.
        if !known.insert(model.wire_name()) {
            continue;
        }
        let offer = offers.iter().find(|offer| offer.id == model.wire_name());
        match offer {
            Some(offer) => listed.push(row(offer, Standing::Both, Some(model), region)),
            None if model.is_offered_in(region) => {
                let bare = Offer { id: model.wire_name().to_owned(), ..Offer::default() };
                absent.push(row(&bare, Standing::NotListed, Some(model), region));
            }
            None => {}
        }
    }
    let mut more = Vec::new();
    let mut others = 0;
    for offer in offers.iter().filter(|offer| !known.contains(&*offer.id)) {
        if is_wan(&offer.id) { more.push(row(offer, Standing::NotInCatalog, None, region)) } else { others += 1 }
    }
    more.sort_by(|one, other| one.id.cmp(&other.id));
    more.dedup_by(|one, other| one.id == other.id);
    listed.extend(absent);
    listed.extend(more);
    Comparison { rows: listed, others }
}

fn row(offer: &Offer, standing: Standing, model: Option<&Model>, region: &str) -> Row {
    let rates = model.and_then(|model| price::rates(model, region));
    let figures = |table: Table<&str>| -> Vec<(&'static str, Money)> {
        table.iter().filter_map(|(tier, figure)| Some((tier, Money::parse(figure)?))).collect()
    };
    let (mut own, silent) = rates.map(|rates| (figures(rates.per_second), figures(rates.silent))).unwrap_or_default();
    // Tables are ordered by name, which puts 1080P before 480P.
    own.sort_by_key(|(_, figure)| *figure);
    let currency = rates.map(|rates| rates.currency).unwrap_or_default();
    let all: Vec<&(&str, Money)> = own.iter().chain(&silent).collect();
    let judged = offer.quotes.iter().map(|quote| (quote.clone(), matched(quote, &all, currency)));
    Row {
        id: offer.id.clone(),
        name: offer.name.clone(),
        standing,
        quotes: judged.collect(),
        ours: own.iter().map(|(tier, figure)| ((*tier).to_owned(), *figure, currency.to_owned())).collect(),
        retires: offer.retires.clone(),
    }
}

/// A figure per second, in the catalog's currency or with no currency named, is comparable: with the prices of its tier
/// if its description names one, with all of them otherwise.
fn matched(quote: &Quote, ours: &[&(&str, Money)], currency: &str) -> Match {
    let Some(amount) = quote.amount.filter(|_| is_per_second(&quote.unit)) else { return Match::Open };
    if currency_of(&quote.unit).is_some_and(|named| named != currency) {
        return Match::Open;
    }
    let words = quote.what.to_ascii_lowercase();
    let tier = |word: &str| {
        let digits = word.trim_end_matches(['p', 'k']);
        (digits.len() < word.len() || digits.len() > 2) && digits.parse::<u32>().is_ok()
    };
    let named: Vec<&str> = words.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| tier(word)).collect();
    let names_tier = !named.is_empty();
    let of_tier = |tier: &str| {
        let tier = tier.to_ascii_lowercase();
        named.iter().any(|word| *word == tier || *word == tier.trim_end_matches('p'))
    };
    let mut fitting = ours.iter().filter(|(tier, _)| !names_tier || of_tier(tier)).peekable();
    if fitting.peek().is_none() {
        return Match::Open;
    }
    if fitting.any(|(_, figure)| *figure == amount) {
        return Match::Same;
    }
    // A price for no particular tier could be any of ours.
    if names_tier || ours.len() == 1 { Match::Differs } else { Match::Open }
}

fn is_per_second(unit: &str) -> bool {
    let unit = unit.to_ascii_lowercase();
    unit.contains("sec") || unit.contains('秒') || unit.ends_with("/s")
}

fn currency_of(unit: &str) -> Option<&'static str> {
    let upper = unit.to_ascii_uppercase();
    let says = |words: &[&str]| words.iter().any(|word| upper.contains(word));
    if says(&["USD", "$", "美元", "DOLLAR"]) {
        return Some("USD");
    }
    says(&["CNY", "RMB", "¥", "￥", "元", "YUAN"]).then_some("CNY")
}

/// Whether an id is that of a Wan model, alone or after its vendor's name: `wan2.7-t2v`, `alibaba/wan-2.6`.
fn is_wan(id: &str) -> bool {
    let lower = id.to_ascii_lowercase();
    lower.split(|c: char| !c.is_ascii_alphanumeric()).any(|part| {
        let rest = part.strip_prefix("wanx").or_else(|| part.strip_prefix("wan"));
        rest.is_some_and(|rest| rest.chars().all(|c| c.is_ascii_digit()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Catalog;

    fn gateway() -> Gateway {
        *Catalog::built_in().gateway("dashscope").expect("it is built in")
    }

    fn offer(id: &str, quotes: &[(&str, &str, &str)]) -> Offer {
        let quote = |(what, written, unit): &(&str, &str, &str)| Quote {
            what: (*what).to_owned(),
            amount: Money::parse(written),
            written: (*written).to_owned(),
            unit: (*unit).to_owned(),
        };
        Offer { id: id.to_owned(), quotes: quotes.iter().map(quote).collect(), ..Offer::default() }
    }

    #[test]
    fn every_model_is_told_once_and_where_it_is() {
        let offers = [
            offer("wan2.7-t2v", &[]),
            offer("wan9.9-t2v", &[]),
            offer("wan9.9-t2v", &[]),
            offer("wanx2.1-t2v-turbo", &[]),
            offer("kling/v3", &[]),
            offer("swan-1", &[]),
            offer("wander", &[]),
        ];
        let found = compare(&gateway(), "cn", &offers);
        let of = |standing| {
            let rows = found.rows.iter().filter(move |row| row.standing == standing);
            rows.map(|row| row.id.as_str()).collect::<Vec<_>>()
        };
        assert_eq!(of(Standing::Both), ["wan2.7-t2v"]);
        assert_eq!(of(Standing::NotInCatalog), ["wan9.9-t2v", "wanx2.1-t2v-turbo"]);
        assert!(of(Standing::NotListed).contains(&"wan2.2-s2v") && !of(Standing::NotListed).contains(&"wan2.7-t2v"));
        assert_eq!(found.others, 3);
        assert_eq!(found.rows[0].id, "wan2.7-t2v");
        // It is offered only in Beijing: its absence elsewhere is not news.
        let elsewhere = compare(&gateway(), "intl", &offers);
        assert!(!elsewhere.rows.iter().any(|row| row.id == "wan2.2-s2v"));
    }

    #[test]
    fn a_price_is_held_against_that_of_its_tier() {
        let quotes = [
            ("720P", "0.6", "元/秒"),
            ("1080P", "0.9", "Per second"),
            ("720P", "0.1", "USD per second"),
            ("720P", "0.6", "per million tokens"),
            ("4K", "1", "per second"),
            ("", "7", "per second"),
            ("1080P video", "1.000000", "CNY/s"),
            ("480P", "0.3", "per second"),
            ("720P", "on request", "per second"),
        ];
        let found = compare(&gateway(), "cn", &[offer("wan2.7-t2v", &quotes)]);
        let judged: Vec<Match> = found.rows[0].quotes.iter().map(|(_, judged)| *judged).collect();
        let (same, differs, open) = (Match::Same, Match::Differs, Match::Open);
        assert_eq!(judged, [same, differs, open, open, open, open, same, open, open]);
        assert_eq!(found.rows[0].ours[0], ("720P".to_owned(), Money::of_micros(600_000), "CNY".to_owned()));
    }

    #[test]
    fn pages_end() {
        let page = |count: usize, total| Page { offers: vec![Offer::default(); count], total };
        assert!(has_more(&page(20, Some(45)), 1, 20));
        assert!(!has_more(&page(5, Some(45)), 3, 45));
        assert!(!has_more(&page(20, None), 1, 20), "a list that names no total is whole");
        assert!(!has_more(&page(0, Some(45)), 2, 20), "an empty page brings no more");
        assert!(!has_more(&page(20, Some(u64::MAX)), MOST_PAGES, 1000));
    }
}
