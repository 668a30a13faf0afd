//! The price and Run, always near.

use crate::catalog::{Basis, FieldId, Gateway, Length};
use crate::lazy;
use crate::price::{Estimate, NoPrice};
use crate::web::component::button;
use crate::web::component::dom::{El, View, class, el, keyed_part, memo, nothing, text, yes};
use crate::web::component::later::{later, when_whole};
use crate::web::component::parts::source;
use crate::web::component::price::{amount, formula};
use crate::web::panel::after_run::{PressedTwice, ToStage};
use crate::web::panel::press::press;
use crate::web::state::App;
use crate::web::state::pressed::{Asked, Sender};
use crate::words;
use crate::words::lang::Lang;
use leptos::prelude::*;

/// The bar at the end of the desk.
pub fn bar(app: App) -> El {
    let texts = app.texts();
    let words = move || {
        app.outlook.with(|outlook| match &outlook.estimate {
            Ok(estimate) => amount(estimate, app.lang()),
            Err(_) => texts.price_none.to_owned(),
        })
    };
    let details = move |_: &str| {
        app.outlook.with(|outlook| match &outlook.estimate {
            Ok(estimate) => explained(app, app.the_gateway(), estimate, unknown_length(app)),
            Err(NoPrice::NotForTier(tier)) => text(tier),
            Err(NoPrice::Unpublished) => nothing(),
        })
    };
    let reasons = move || {
        app.outlook.with(|outlook| match &outlook.estimate {
            Ok(estimate) => {
                [&facts(estimate, app.lang(), unknown_length(app)), basis(app, estimate), &estimate.source].concat()
            }
            Err(NoPrice::NotForTier(tier)) => tier.clone(),
            Err(NoPrice::Unpublished) => String::new(),
        })
    };
    let (colon, comma) = if app.lang() == Lang::Zh { ("：", "、") } else { (": ", ", ") };
    let blocked = memo(move || blocked(app).join(comma));
    let missing = move || {
        let names = blocked.get();
        if names.is_empty() || !app.tried.get() {
            return String::new();
        }
        [texts.run_blocked, colon, &names].concat()
    };
    let amount = class("strong", "amount")
        .attr("id", "amount")
        .toggle("none", move || app.outlook.with(|outlook| outlook.estimate.is_err()))
        .words(words);
    // Never disabled: a button that does nothing teaches nothing. It says what is missing.
    let run = button("run", texts.run, move || press(app, Sender::Page, Asked::Once))
        .attrs(&[
            ("id", "run"),
            ("title", texts.run_keys),
            ("aria-keyshortcuts", "Control+Enter"),
            ("aria-describedby", "blocked"),
        ])
        .toggle("waiting", move || !blocked.with(String::is_empty));
    let shown = class("div", "price")
        .attrs(&[("id", "price"), ("aria-label", texts.price), ("role", "group"), ("tabindex", "-1")])
        .add(amount)
        .add(class("div", "explained").add(keyed_part(reasons, details)));
    let go = class("div", "go")
        .add(class("p", "problem").attrs(&[("id", "blocked"), ("role", "status")]).words(missing))
        .add(
            class("div", "pressed")
                .attrs(&[("id", "pressed"), ("role", "status")])
                .add(when_whole(app, move || pressed_twice(app))),
        )
        .add(when_whole(app, move || to_stage(app)))
        .add(run);
    class("div", "runbar").add(when_whole(app, move || diagnosis_notice(app))).add(along(app)).add(shown).add(go)
}

/// What travels without a row of its own, where anything does.
fn along(app: App) -> View {
    let is_any = move || yes(app.outlook.with(|outlook| outlook.along.iter().any(|one| !one.stray.is_as_pasted())));
    keyed_part(is_any, move |is| if is.is_empty() { nothing() } else { later(app, move || along_list(app)) })
}

lazy!(tasks:
    fn along_list(app: App) -> View {
        crate::web::panel::along::list(app)
    }
);

lazy!(tasks:
    fn diagnosis_notice(app: App) -> View {
        View::of(crate::web::panel::diagnosis::notice(app))
    }
);

lazy!(tasks:
    fn pressed_twice(app: App) -> View {
        View::of(view! { <PressedTwice app /> })
    }
);

lazy!(tasks:
    fn to_stage(app: App) -> View {
        View::of(view! { <ToStage app /> })
    }
);

/// Names of what keeps the draft from running.
fn blocked(app: App) -> Vec<&'static str> {
    let texts = app.texts();
    let outlook = app.outlook.get();
    let mut names: Vec<&'static str> = Vec::new();
    if outlook.base_fault.is_some() || outlook.not_offered {
        names.push(texts.base);
    }
    for problem in &outlook.problems {
        let name = words::field(app.lang(), problem.field);
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let gateway = app.the_gateway();
    if let Ok(target) = app.target()
        && app.key_now(gateway.id, &target.base).is_none()
    {
        names.push(texts.key);
    }
    names
}

/// Formula, tier, silence and free quota.
fn facts(estimate: &Estimate, lang: Lang, unknown_length: &str) -> String {
    let zh = lang == Lang::Zh;
    let mut facts = Vec::new();
    let formula = formula(estimate, lang);
    facts.push(if formula.is_empty() { unknown_length.to_owned() } else { formula });
    let tier = if estimate.tier_by_default {
        [estimate.tier.as_str(), if zh { "（默认）" } else { " (default)" }].concat()
    } else {
        estimate.tier.clone()
    };
    facts.push(tier);
    if estimate.silent {
        facts.push((if zh { "无声" } else { "silent" }).to_owned());
    }
    if let Some((free, days)) = estimate.free {
        let days = days.map(|days| days.to_string()).unwrap_or_default();
        let free = free.to_string();
        facts.push(match (zh, days.is_empty()) {
            (true, true) => ["新开通用户赠送 ", &free, " 秒"].concat(),
            (true, false) => ["新开通用户赠送 ", &free, " 秒（", &days, " 天有效）"].concat(),
            (false, true) => ["new accounts: ", &free, " s free"].concat(),
            (false, false) => ["new accounts: ", &free, " s free for ", &days, " days"].concat(),
        });
    }
    facts.join(" · ")
}

/// Whose price it is.
fn basis(app: App, estimate: &Estimate) -> &'static str {
    let texts = app.texts();
    match estimate.basis {
        Basis::Own => texts.price_own,
        Basis::Quoted => texts.price_quoted,
        Basis::Reference => texts.price_reference,
        Basis::Unpublished => texts.price_none,
    }
}

/// Why there is a price per second alone.
fn unknown_length(app: App) -> &'static str {
    let texts = app.texts();
    let is_wrong = || app.outlook.with(|o| o.problems.iter().any(|problem| problem.field == FieldId::Duration));
    match app.the_model().length {
        Length::Audio => texts.price_by_audio,
        Length::Field if is_wrong() => texts.price_no_length,
        Length::Field => texts.price_by_model,
    }
}

fn explained(app: App, gateway: &'static Gateway, estimate: &Estimate, unknown_length: &str) -> View {
    let texts = app.texts();
    let basis = class("span", "basis")
        .text(basis(app, estimate))
        .text(" · ")
        .text(if gateway.says_failed_is_free() { texts.price_failed_free } else { texts.price_failed_unsaid })
        .text(" · ")
        .add(source(app, gateway, &estimate.source));
    View::from(el("span").attr("id", "formula").text(&facts(estimate, app.lang(), unknown_length))).and(basis)
}
