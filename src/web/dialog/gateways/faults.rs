//! What is wrong with catalog files: a fault in a line, and the notice above the page.

use crate::catalog::Fault;
use crate::catalog::overlay::Whose;
use crate::web::drive::gateways as own;
use crate::web::state::App;
use crate::words::gateways as words;
use leptos::prelude::*;

/// Most faults that are listed on the page; the console has them all.
const SHOWN: usize = 8;

/// What is wrong with the files that were applied: the deployer's, and the user's own.
#[component]
pub fn CatalogFaults(
    /// The page.
    app: App,
) -> impl IntoView {
    let words = words::words(app.lang());
    let all = own::told(app);
    let notice = |(whose, title)| {
        let of_it = all.iter().filter(|(one, _)| *one == whose);
        let faults: Vec<String> = of_it.map(|(_, fault)| fault_line(app, fault)).collect();
        (!faults.is_empty()).then(|| view! { <Notice app title faults /> })
    };
    [(Whose::Deployer, words.file_broken), (Whose::User, words.own_broken)].map(notice)
}

/// The faults of one file, until they are seen.
#[component]
fn Notice(
    /// The page.
    app: App,
    /// Whose file it is.
    title: &'static str,
    /// Its faults, worded.
    faults: Vec<String>,
) -> impl IntoView {
    let is_seen = RwSignal::new(false);
    let close = move |_| {
        own::seen(app);
        is_seen.set(true);
    };
    view! {
        <Show when=move || !is_seen.get()>
            <section class="notice catalog-faults" aria-label=title>
                <div>
                    <p>
                        <b>{title}</b>
                    </p>
                    <ul>{faults.iter().take(SHOWN).map(|fault| view! { <li>{fault.clone()}</li> }).collect::<Vec<_>>()}</ul>
                    {(faults.len() > SHOWN).then(|| view! { <p>{words::more(app.lang(), faults.len() - SHOWN)}</p> })}
                </div>
                <button type="button" class="small" on:click=close>
                    {app.texts().close}
                </button>
            </section>
        </Show>
    }
}

/// A fault in a line.
pub(super) fn fault_line(app: App, fault: &Fault) -> String {
    let line = fault.line.map(|line| words::line(app.lang(), line)).unwrap_or_default();
    let place = if fault.place.is_empty() { String::new() } else { format!(" {}", fault.place) };
    let colon = if line.is_empty() && place.is_empty() { "" } else { ": " };
    let words = fault.message(|words| app.lang().pick(words));
    format!("{line}{place}{colon}{words}")
}
