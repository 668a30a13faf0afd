//! A task in a few words.

use crate::price::seconds;
use crate::protocol::Usage;
use crate::task::{State, Task};
use crate::web::component::price::amount;
use crate::web::state::App;
use crate::words;
use crate::words::lang::Lang;

/// A word for styling: what a state means.
pub fn tone(state: &State) -> &'static str {
    match state {
        State::Sending | State::ByHand | State::Waiting { .. } | State::Fetching { .. } => "running",
        State::Done(_) => "done",
        State::Doubtful(_) | State::Lost(_) | State::Canceled => "doubt",
        State::NotSent | State::Refused(_) | State::Failed(..) => "failed",
    }
}

/// What it cost by the gateway's own report: the sum with its sign, and what it was made of.
pub fn paid(app: App, task: &Task, usage: &Usage) -> Option<(String, String)> {
    let model = app.catalog().gateway(&task.origin.gateway)?.model(&task.origin.model)?;
    let before = task.estimate.as_ref();
    let tier = usage.tier.clone().or_else(|| before.map(|estimate| estimate.tier.clone()))?;
    let silent = before.is_some_and(|estimate| estimate.silent);
    let milliseconds = usage.billed_ms?;
    let (money, currency) = crate::price::billed(model, &task.origin.region, &tier, silent, milliseconds)?;
    let sign = if model.price.basis == crate::catalog::Basis::Own { "" } else { "≈ " };
    let (open, close) = if app.lang() == Lang::Zh { ("（", "）") } else { (" (", ")") };
    let money = words::everyone::sum(app.lang(), money, &currency);
    let of = format!("{open}{tier} × {}{}{close}", seconds(milliseconds), unit(app));
    Some((format!("{sign}{money}"), of))
}

/// The price of a task in a few words: what was paid once that is known, what it will cost before; nothing where it
/// came to no video.
pub fn price(app: App, task: &Task) -> String {
    let paid = match &task.state {
        State::NotSent | State::Refused(_) | State::Failed(..) | State::Canceled => return String::new(),
        State::Done(done) => paid(app, task, &done.usage),
        _ => None,
    };
    let before = || task.estimate.as_ref().map(|estimate| amount(estimate, app.lang()));
    paid.map(|(sum, _)| sum).or_else(before).unwrap_or_default()
}

/// The unit of a length.
pub fn unit(app: App) -> &'static str {
    if app.lang() == Lang::Zh { " 秒" } else { " s" }
}
