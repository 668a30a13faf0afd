//! What is wrong with a pasted request, and the corrected request.

use crate::catalog::Gateway;
use crate::doctor::diff::Line;
use crate::doctor::{Correction, Finding};
use crate::import::Proof;
use crate::paste::{self, Judged, Verdict};
use crate::snippet::{self, Curl};
use crate::web::component::copy::Copy;
use crate::web::component::source::SourceLink;
use crate::web::dialog::takeup::ids::Ids;
use crate::web::drive::printed::BODY_FILE;
use crate::web::state::App;
use crate::words::doctor;
use crate::words::import::words;
use crate::words::paste::request as said;
use leptos::either::{Either, EitherOf3};
use leptos::prelude::*;

/// What is wrong, worst first, each with what comes of it and what to do.
#[component]
pub fn Findings(
    /// The page.
    app: App,
    /// The ids of the card.
    ids: Ids,
    /// The judgement.
    judged: Judged,
    /// That nothing is wrong may be said.
    is_healthy: bool,
) -> impl IntoView {
    let words = words(app.lang());
    if judged.findings.is_empty() {
        let healthy =
            is_healthy.then(|| view! { <p class="advice good" id=ids.of("import-healthy")>{words.healthy}</p> });
        return Either::Left(healthy);
    }
    let Judged { mut findings, gateway, model, .. } = judged;
    findings.sort_by_key(|(_, verdict)| *verdict);
    let rows: Vec<_> = findings
        .into_iter()
        .map(|(finding, verdict)| {
            let sources = paste::sources(app.catalog(), &finding, verdict, &gateway, &model);
            view! { <Row app finding verdict gateway=app.catalog().gateway(&gateway) sources /> }
        })
        .collect();
    Either::Right(view! {
        <h4>{words.findings}</h4>
        <ul class="findings" id=ids.of("import-findings")>{rows}</ul>
    })
}

/// A finding.
#[component]
fn Row(
    /// The page.
    app: App,
    /// What is wrong.
    finding: Finding,
    /// What comes of it.
    verdict: Verdict,
    /// The gateway it was judged for.
    gateway: Option<&'static Gateway>,
    /// The documents that say so.
    sources: Vec<&'static str>,
) -> impl IntoView {
    let lang = app.lang();
    let (wrong, remedy) = doctor::finding(lang, &finding);
    let tone = match verdict {
        Verdict::RefusedAtOnce | Verdict::FailsLater => "badge bad",
        Verdict::IgnoredAndBilled => "badge warn",
        Verdict::NotDocumented | Verdict::Noted => "badge",
    };
    let link = |name| gateway.map(|gateway| view! { " "<SourceLink app gateway name /> });
    let sources: Vec<_> = sources.into_iter().map(link).collect();
    view! {
        <li>
            <span class=tone>{said::verdict(lang, verdict)}</span>
            " "
            <code>{doctor::part(lang, &finding.part)}</code>
            " "
            <b>{wrong}</b>
            " "
            <span>{remedy}</span>
            {sources}
        </li>
    }
}

/// The corrected request: what changes, and the command.
#[component]
pub fn Corrected(
    /// The page.
    app: App,
    /// The ids of the card.
    ids: Ids,
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
        <section class="correction" id=ids.of("import-correction")>
            <h4>{words.correction}</h4>
            <pre tabindex="0" role="group" aria-label=words.correction>{lines}</pre>
            {incomplete}
            <p class="copy-corrected">{words.copy_corrected}" "<Copy app text=command attr:id=ids.of("import-copy") /></p>
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
