//! A line of the history on the screen: what was wanted, where it ran, what became of it.

use crate::catalog::Basis;
use crate::snapshot::list::Tone;
use crate::snapshot::{Kind, Summary};
use crate::web::browser;
use crate::web::browser::dates::Moments;
use crate::web::component::parts::named;
use crate::web::component::picture::Picture;
use crate::web::drive::pictures;
use crate::web::state::App;
use crate::words::{self, stage};
use leptos::prelude::*;
use std::sync::Arc;

/// Below this a time is told from now on; above it, as day and hour.
const RECENT_MS: u64 = 24 * 3_600_000;

/// A task that has a row.
#[derive(Clone)]
pub struct Row {
    /// Its name in the journal.
    pub uid: Arc<str>,
    /// What is known of it.
    summary: ArcRwSignal<Summary>,
}

impl Row {
    /// A row for a task.
    pub fn new(summary: &Summary) -> Self {
        Self { uid: summary.uid.as_str().into(), summary: ArcRwSignal::new(summary.clone()) }
    }

    /// The row, told what became of its task.
    pub fn told(self, now: &Summary) -> Self {
        self.summary.maybe_update(|known| {
            let is_news = known != now;
            if is_news {
                known.clone_from(now);
            }
            is_news
        });
        self
    }
}

/// The id of a task's row.
pub fn id(uid: &str) -> String {
    format!("entry-{uid}")
}

/// The row. What is done with it is told by the task's name.
#[component]
pub fn Entry(
    /// The page.
    app: App,
    /// The task.
    row: Row,
    /// Writes when it was started.
    moments: StoredValue<Moments, LocalStorage>,
    /// Puts it on the stage.
    open: Callback<Arc<str>>,
    /// Uses it again.
    again: Callback<Arc<str>>,
    /// Deletes it.
    remove: Callback<Arc<str>>,
) -> impl IntoView {
    let words = app.lang().history();
    let Row { uid, summary } = row;
    // Of a task that is here only its state and its price can change.
    let Summary { prompt, gateway, model, started_ms, .. } = summary.get_untracked();
    let prompt = if prompt.is_empty() { words.no_prompt.to_owned() } else { prompt };
    let gateway = app.catalog().gateway(&gateway).map_or(gateway, |one| app.pick(&one.name).to_owned());
    let full = moments.with_value(|moments| moments.write(started_ms));
    let since_ms = browser::now_ms().saturating_sub(started_ms);
    let when = if since_ms < RECENT_MS { stage::ago(app.lang(), since_ms) } else { full.clone() };
    let picture = pictures::of(app, &uid);
    let [again_name, remove_name] = [words.run_again, words.delete].map(|what| named(app, what, &prompt));
    let cost = summary.clone();
    let press = |what: Callback<Arc<str>>| {
        let uid = uid.clone();
        move |_| what.run(uid.clone())
    };
    view! {
        <li id=id(&uid)>
            <button type="button" class="entry" on:click=press(open)>
                <Picture picture />
                {move || summary.with(|summary| badge(app, summary.kind))}
                <b class="entry-prompt">{prompt}</b>
                <span class="entry-where">{gateway}" · "{model}</span>
                <span class="entry-when" title=full>{when}</span>
                <span class="entry-price">{move || cost.with(|summary| price(app, summary))}</span>
            </button>
            <div class="entry-tools">
                <button type="button" class="small" aria-label=again_name on:click=press(again)>
                    {words.run_again}
                </button>
                <button type="button" class="small" aria-label=remove_name on:click=press(remove)>
                    {words.delete}
                </button>
            </div>
        </li>
    }
}

fn badge(app: App, kind: Kind) -> impl IntoView {
    view! { <span class=format!("badge {}", Tone::of(kind).name())>{words::kind(app.lang(), kind)}</span> }
}

/// What it cost, or was to cost at most.
fn price(app: App, summary: &Summary) -> Option<String> {
    // What failed or never ran is free by the documents: a price would say otherwise.
    if matches!(summary.kind, Kind::Failed | Kind::Refused | Kind::NotSent | Kind::Canceled) {
        return None;
    }
    let (money, currency) = summary.price.as_ref()?;
    let known = app.catalog().gateway(&summary.gateway).and_then(|gateway| gateway.model(&summary.model));
    let is_own = known.is_none_or(|model| model.price.basis == Basis::Own);
    let sum = words::everyone::sum(app.lang(), *money, currency);
    Some(if is_own { sum } else { format!("≈ {sum}") })
}
