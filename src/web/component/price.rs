//! Prices in words.

use crate::catalog::{Basis, Gateway, Model};
use crate::money::Money;
use crate::price::{Estimate, seconds};
use crate::words::everyone::{money, sum};
use crate::words::lang::Lang;

/// The amount: one sum, a range where billed input is not known, or per second.
pub fn amount(estimate: &Estimate, lang: Lang) -> String {
    let currency = estimate.currency.as_str();
    let mut text = String::new();
    if estimate.basis == Basis::Reference {
        text.push_str("≈ ");
    }
    match (estimate.total, estimate.at_most) {
        (Some(total), Some(most)) if total != most => {
            text.push_str(&sum(lang, total, currency));
            text.push('–');
            text.push_str(&most.rounded().decimal());
        }
        (Some(total), _) => text.push_str(&sum(lang, total, currency)),
        (None, Some(most)) => {
            text.push_str(if lang == Lang::Zh { "最多 " } else { "up to " });
            text.push_str(&sum(lang, most, currency));
        }
        (None, None) => {
            text.push_str(&money(lang, estimate.per_second, currency));
            text.push_str(if lang == Lang::Zh { " / 秒" } else { " / s" });
        }
    }
    text
}

/// `5 s × ¥0.60 = ¥3.00`, with the seconds of billed input where there are any.
pub fn formula(estimate: &Estimate, lang: Lang) -> String {
    let unit = if lang == Lang::Zh { " 秒" } else { " s" };
    let each = money(lang, estimate.per_second, &estimate.currency);
    if let (None, Some(most)) = (estimate.total, estimate.at_most) {
        let figures = [each.as_str(), " = ", &money(lang, most, &estimate.currency)].concat();
        let most_ms = most.over(estimate.per_second);
        let before = if lang == Lang::Zh { "最多 " } else { "at most " };
        return [before, &seconds(most_ms), unit, " × ", &figures].concat();
    }
    let Some((output_ms, total)) = estimate.output_ms.zip(estimate.total) else { return String::new() };
    let mut text = [&seconds(output_ms), unit, " × ", &each, " = ", &money(lang, total, &estimate.currency)].concat();
    if estimate.input_up_to_ms > 0 {
        let (before, after) = if lang == Lang::Zh {
            ("；输入视频最多另计 ", " 秒")
        } else {
            ("; plus up to ", " s of input video")
        };
        text.push_str(before);
        text.push_str(&seconds(estimate.input_up_to_ms));
        text.push_str(after);
    }
    text
}

/// Price per second of some models, from the lowest to the highest; empty where none is known. Of several currencies the
/// one of the first model counts.
pub fn span(lang: Lang, gateway: &Gateway, models: &'static [Model]) -> String {
    let priced = |model: &'static Model| {
        let rates = crate::price::rates(model, gateway.home(model)?.region)?;
        let figures = rates.per_second.values().chain(rates.silent.values());
        let known: Vec<Money> = figures.filter_map(|figure| Money::parse(figure)).collect();
        Some((model.price.basis, rates.currency, *known.iter().min()?, *known.iter().max()?))
    };
    let mut all = models.iter().filter_map(priced);
    let Some((basis, currency, mut least, mut most)) = all.next() else { return String::new() };
    for (_, _, low, high) in all.filter(|(_, other, ..)| *other == currency) {
        (least, most) = (least.min(low), most.max(high));
    }
    let about = if basis == Basis::Reference { "≈ " } else { "" };
    let up_to = if least == most { String::new() } else { ["–", &most.decimal()].concat() };
    let unit = if lang == Lang::Zh { "/秒" } else { "/s" };
    [about, &money(lang, least, currency), &up_to, unit].concat()
}
