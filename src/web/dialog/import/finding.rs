//! What is wrong with a pasted request, and the corrected request.

use crate::catalog::Gateway;
use crate::doctor::diff::Line;
use crate::doctor::{Correction, Effect, Finding};
use crate::import::Proof;
use crate::snippet::{self, Curl};
use crate::web::component::copy::Copy;
use crate::web::drive::printed::BODY_FILE;
use crate::web::state::App;
use crate::words::doctor;
use crate::words::import::words;
use leptos::either::{Either, EitherOf3};
use leptos::prelude::*;

/// What is wrong, worst first, each with what to do.
#[component]
pub fn Findings(
    /// The page.
    app: App,
    /// What it is.
    list: Vec<Finding>,
) -> impl IntoView {
    let (lang, words) = (app.lang(), words(app.lang()));
    if list.is_empty() {
        return Either::Left(view! { <p class="advice good" id="import-healthy">{words.healthy}</p> });
    }
    let mut list = list;
    list.sort_by_key(|finding| finding.effect);
    let row = |finding: &Finding| {
        let (wrong, remedy) = doctor::finding(lang, finding);
        let tone = match finding.effect {
            Effect::Refused => "badge bad",
            Effect::Astray => "badge warn",
            Effect::Noted => "badge",
        };
        view! {
            <li>
                <span class=tone>{doctor::effect(lang, finding.effect)}</span>
                " "
                <code>{doctor::part(lang, &finding.part)}</code>
                " "
                <b>{wrong}</b>
                " "
                <span>{remedy}</span>
            </li>
        }
    };
    let rows: Vec<_> = list.iter().map(row).collect();
    Either::Right(view! {
        <h3>{words.findings}</h3>
        <ul class="findings" id="import-findings">{rows}</ul>
    })
}

/// The corrected request: what changes, and the command.
#[component]
pub fn Corrected(
    /// The page.
    app: App,
    /// How the request proved who sent it: its variable is the command's.
    proof: Proof,
    /// The gateway it is meant for.
    gateway: Option<&'static Gateway>,
    /// The corrected request.
    correction: Correction,
) -> impl IntoView {
    let words = words(app.lang());
    let variable = match proof {
        Proof::Variable(name) if !name.starts_with('$') => name,
        _ => gateway.map_or("API_KEY".to_owned(), |gateway| gateway.key_variable.to_owned()),
    };
    let Correction { request, complete, diff } = correction;
    let command = move |()| {
        let how = Curl { key_variable: &variable, output: None, body_file: BODY_FILE };
        untrack(|| snippet::print(app.shell(), &request, how).text)
    };
    let lines: Vec<_> = diff.into_iter().map(line).collect();
    let incomplete = (!complete).then(|| view! { <p class="hint">{words.incomplete}</p> });
    view! {
        <section class="correction" id="import-correction">
            <h3>{words.correction}</h3>
            <pre tabindex="0" role="group" aria-label=words.correction>{lines}</pre>
            {incomplete}
            <p class="copy-corrected">{words.copy_corrected}" "<Copy app text=command attr:id="import-copy" /></p>
        </section>
    }
}

/// A line of the request before and after.
fn line(line: Line) -> impl IntoView {
    match line {
        Line::Kept(text) => EitherOf3::A(view! { <span class="diff-kept">{format!("  {text}\n")}</span> }),
        Line::Gone(text) => EitherOf3::B(view! { <del class="diff-gone">{format!("- {text}\n")}</del> }),
        Line::New(text) => EitherOf3::C(view! { <ins class="diff-new">{format!("+ {text}\n")}</ins> }),
    }
}
