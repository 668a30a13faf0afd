//! What the form sends or leaves out because a pasted request has it so, each with a press that ends it; and what it
//! keeps without sending.

use crate::catalog::FieldId;
use crate::checked::WhyUnsent;
use crate::generation::{Along, Stray};
use crate::web::browser;
use crate::web::component::dom::{View, held};
use crate::web::component::part::Part;
use crate::web::component::voice;
use crate::web::panel::along::line;
use crate::web::state::App;
use crate::words;
use crate::words::{exact, form};
use leptos::either::Either;
use leptos::prelude::*;

/// The box of what is as it was pasted.
pub fn as_pasted(app: App) -> View {
    held(view! { <AsPasted app /> })
}

/// What is kept but not sent: each with the reason.
pub fn unsent(app: App) -> View {
    held(view! { <Unsent app /> })
}

#[component]
fn Unsent(
    /// The page.
    app: App,
) -> impl IntoView {
    let texts = app.texts();
    let rows = move || {
        let unsent = app.outlook.with(|outlook| outlook.unsent.clone());
        let row = |(id, why): &(FieldId, WhyUnsent)| {
            let (name, why) = (words::field(app.lang(), *id), words::unsent(app.lang(), why));
            view! { <li><b>{name}</b> " — " {why}</li> }
        };
        unsent.iter().map(row).collect::<Vec<_>>()
    };
    view! {
        <div class="unsent" id="unsent">
            <h3>{texts.unsent}</h3>
            <ul>{rows}</ul>
            <p class="hint">{words::beside::unsent_lead(app.lang())}</p>
        </div>
    }
}

/// What is sent besides the fields, and which fields are not sent.
#[component]
fn AsPasted(
    /// The page.
    app: App,
) -> impl IntoView {
    let words = exact::words(app.lang());
    let all = Memo::new(move |_| {
        app.outlook
            .with(|outlook| outlook.along.iter().filter(|one| one.stray.is_as_pasted()).cloned().collect::<Vec<_>>())
    });
    let of = move |is_sent: bool| {
        Memo::new(move |_| {
            all.with(|all| all.iter().filter(|one| is_extra(one) == is_sent).cloned().collect::<Vec<_>>())
        })
    };
    view! {
        <div class="as-pasted" id="as-pasted" role="group" aria-label=words.sent>
            <Part of=of(true) let:list>
                <Strays app heading=words.sent all=words.remove_all list />
            </Part>
            <Part of=of(false) let:list>
                <Strays app heading=words.not_sent all=words.send_all list />
            </Part>
            <p class="hint">{words.ends}</p>
        </div>
    }
}

fn is_extra(one: &Along) -> bool {
    matches!(one.stray, Stray::Extra { .. })
}

/// Some of them under a heading, with a press for all. Nothing, if there are none.
#[component]
fn Strays(
    /// The page.
    app: App,
    /// The heading.
    heading: &'static str,
    /// The press for all.
    all: &'static str,
    /// What they are.
    list: Vec<Along>,
) -> impl IntoView {
    (!list.is_empty()).then(|| {
        let strays: Vec<Stray> = list.iter().map(|one| one.stray.clone()).collect();
        let several = strays.len() > 1;
        let heading = exact::counted(app.lang(), heading, strays.len());
        let rows: Vec<_> = list.into_iter().map(|one| view! { <Row app one /> }).collect();
        view! {
            <div class="as-pasted-head">
                <b>{heading}</b>
                {several.then(|| view! {
                    <button type="button" class="small" on:click=move |_| end(app, &strays)>{all}</button>
                })}
            </div>
            <ul>{rows}</ul>
        }
    })
}

/// One of them.
#[component]
fn Row(
    /// The page.
    app: App,
    /// What it is.
    one: Along,
) -> impl IntoView {
    let lang = app.lang();
    let [name, value, from, price, trap] = untrack(|| {
        let traps = app.outlook.with(|outlook| outlook.traps.clone());
        line(app, &one, &traps)
    });
    let (press, label) = match &one.stray {
        Stray::Withheld { .. } => (exact::words(lang).send, exact::send_as_usual(lang, &name)),
        Stray::Field { .. } | Stray::Extra { .. } => (app.texts().remove, form::remove(lang, &name)),
    };
    let facts = [from, price].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" · ");
    let trap = (!trap.is_empty()).then(|| view! { <span class="along-trap">{trap}</span> });
    let shown = (!value.is_empty()).then(|| view! { <code>{value}</code> });
    let name = match &one.stray {
        // A path in the body is code.
        Stray::Extra { .. } => Either::Left(view! { <code class="path">{name}</code> }),
        Stray::Field { .. } | Stray::Withheld { .. } => Either::Right(view! { <b>{name}</b> }),
    };
    let stray = one.stray;
    view! {
        <li>
            {name}
            " "
            {shown}
            " "
            <span class="hint">{facts}</span>
            <button
                type="button"
                class="small"
                aria-label=label
                on:click=move |_| end(app, std::slice::from_ref(&stray))
            >
                {press}
            </button>
            {trap}
        </li>
    }
}

/// Ends some of them.
fn end(app: App, strays: &[Stray]) {
    let is_sent = strays.iter().any(|stray| matches!(stray, Stray::Withheld { .. }));
    app.draft.update(|draft| strays.iter().for_each(|stray| stray.remove_from(draft)));
    voice::say(if is_sent { exact::sent_as_usual(app.lang()) } else { form::words(app.lang()).removed });
    // Not to Run: who holds Enter would press it.
    browser::focus("price");
}
