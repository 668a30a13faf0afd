//! How long a running task takes: the time so far, beside the usual time, and what comes next.

use crate::catalog::FieldId;
use crate::draft::{Draft, Value};
use crate::pace;
use crate::protocol::Stage;
use crate::task::{State, Task};
use crate::web::browser::{self, js};
use crate::web::drive::usual;
use crate::web::state::App;
use crate::web::state::tasks::TaskHandle;
use crate::words::lang::Lang;
use crate::words::{self, stage};
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Time so far, a bar by the usual time, the usual time with its source, and what comes next.
#[component]
pub fn Takes(
    /// The page.
    app: App,
    /// The task.
    handle: TaskHandle,
) -> impl IntoView {
    let texts = app.texts();
    // How long one's own tasks took, once that was looked up.
    let own = RwSignal::new(None);
    let asked = handle.clone();
    spawn_local(async move {
        own.try_set(usual::own_ms(app, &asked).await);
    });
    let started_ms = handle.task.with_untracked(|task| task.started_ms);
    let elapsed_ms = move || app.now.get().saturating_sub(started_ms);
    let speed = handle.task.with_untracked(|task| speed(app, task));
    let usual_ms = move || own.get().unwrap_or_else(|| faster(pace::DOCUMENTED_MS.1, speed));
    let width = move || {
        let fill = pace::fill(elapsed_ms(), usual_ms());
        format!("{}.{}%", fill / 10, fill % 10)
    };
    let bar = NodeRef::<html::I>::new();
    Effect::new(move |_| {
        if let Some(bar) = bar.get() {
            js::set_look(&bar, "width", &width());
        }
    });
    let draft = handle.draft.clone();
    let comes = handle.words(move |task| comes(app, task, &draft).to_owned());
    view! {
        <div class="pulse" aria-hidden="true"><i node_ref=bar></i></div>
        <p class="big">{move || format!("{} {}", texts.elapsed, words::clock(elapsed_ms()))}</p>
        <p class="hint usual"><Usual app own is_simulated=speed.is_some() /></p>
        <p class="comes">{comes}</p>
    }
}

/// The usual time: one's own, else the documented one with its source.
#[component]
fn Usual(
    /// The page.
    app: App,
    /// The typical time of one's own tasks, in milliseconds, once it is known.
    own: RwSignal<Option<u64>>,
    /// The task runs at the simulator.
    is_simulated: bool,
) -> impl IntoView {
    let words = stage::words(app.lang());
    let (open, close) = if app.lang() == Lang::Zh { ("（", "）。") } else { (" (", "). ") };
    let source = app.built_in.gateway(pace::SOURCE_GATEWAY).and_then(|gateway| gateway.sources.get(pace::SOURCE));
    let documented = move || {
        let address = source.and_then(|source| source.url);
        view! {
            {words.documented}{open}
            <a class="source" href=address title=source.map(|source| source.title) target="_blank" rel="noreferrer noopener">
                {words.documented_source}
            </a>
            {close}{is_simulated.then_some(words.simulated)}
        }
    };
    move || match own.get() {
        Some(ms) => stage::by_history(app.lang(), &words::clock(ms)).into_any(),
        None => documented().into_any(),
    }
}

/// How much faster than life the task's gateway runs, if it is the simulator.
fn speed(app: App, task: &Task) -> Option<f64> {
    app.is_simulator(&task.origin.base).then_some(app.speed)
}

/// A time at this speed, in milliseconds.
fn faster(ms: u64, speed: Option<f64>) -> u64 {
    // Minutes in milliseconds, divided by what is above zero: small and positive.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss)]
    let scaled = (ms as f64 / speed.unwrap_or(1.0)) as u64;
    scaled
}

/// What comes next, in a sentence.
fn comes(app: App, task: &Task, draft: &Draft) -> &'static str {
    let words = stage::words(app.lang());
    match &task.state {
        State::Sending if is_held(app, task, draft) => words.held,
        State::Sending => words.sending,
        State::Waiting { stage: Stage::Queued, .. } => words.queued,
        State::Waiting { .. } if app.unkept.get().is_empty() && !browser::is_embedded() => words.running,
        State::Waiting { .. } => words.running_unkept,
        State::Fetching { .. } => words.fetching,
        _ => "",
    }
}

/// Whether the gateway answers the create call only once the video is done: asked to, and not told where else to report.
fn is_held(app: App, task: &Task, draft: &Draft) -> bool {
    let model = app.catalog().gateway(&task.origin.gateway).and_then(|gateway| gateway.model(&task.origin.model));
    let has_switch = model.is_some_and(|model| model.field(FieldId::Async).is_some());
    let is_off = draft.filled(FieldId::Async) == Some(&Value::Flag(false)) || draft.is_withheld(FieldId::Async);
    has_switch && is_off && draft.filled(FieldId::CallbackUrl).is_none()
}
