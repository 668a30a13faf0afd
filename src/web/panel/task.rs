//! One task on the stage: what it is, where it stands, what came of it, and its calls.

use crate::protocol::{TaskId, VideoAt};
use crate::task::{Finished, Input, State, Task};
use crate::web::component::copy::Copy;
use crate::web::component::part::Part;
use crate::web::component::parts::named;
use crate::web::component::task::tone;
use crate::web::drive::runner::feed;
use crate::web::panel::asked::Asked;
use crate::web::panel::byhand::UnderTask;
use crate::web::panel::done::Done;
use crate::web::panel::ending::Ending;
use crate::web::panel::log::Log;
use crate::web::panel::result;
use crate::web::panel::running::Running;
use crate::web::panel::twin::Twins;
use crate::web::state::App;
use crate::web::state::tasks::TaskHandle;
use crate::words::{self, exact};
use leptos::prelude::*;

/// What stands below the heading. It changes with what there is to show, not with every tick or call.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Body {
    /// Not at an end.
    Running,
    /// Finished; the video is here, or at this link.
    Video(Finished, String),
    /// Finished; the video has to be fetched from the gateway.
    Away,
    /// Finished without a video that may be opened.
    Nowhere,
    /// Another end, to be explained.
    Ended(State),
}

impl Body {
    /// Followed.
    fn of(handle: &TaskHandle) -> Self {
        handle.task.with(|task| match &task.state {
            State::Done(done) => match &done.video {
                VideoAt::Link { url, .. } => Self::Video(done.clone(), url.clone()),
                VideoAt::Content => handle.memory.get().map_or(Self::Away, |memory| Self::Video(done.clone(), memory)),
                VideoAt::Nowhere => Self::Nowhere,
            },
            state if state.is_final() => Self::Ended(state.clone()),
            _ => Self::Running,
        })
    }
}

/// The panel of a task.
pub fn panel(app: App, handle: &TaskHandle) -> impl IntoView + use<> {
    let (handle, followed) = (handle.clone(), handle.clone());
    let body = Memo::new(move |_| Body::of(&followed));
    let shown = handle.clone();
    view! {
        <Heading app handle=handle.clone() />
        <Asked app handle=handle.clone() />
        <Twins app handle=handle.clone() />
        <Part of=body let:body>
            {below(app, shown.clone(), body)}
        </Part>
        <Log app handle />
    }
}

fn below(app: App, handle: TaskHandle, body: Body) -> AnyView {
    match body {
        Body::Running => view! { <Running app handle /> }.into_any(),
        Body::Video(finished, link) => view! { <Done app handle finished link /> }.into_any(),
        Body::Away => view! { <Away app handle /> }.into_any(),
        Body::Nowhere => view! { <div class="ended"><p class="problem">{app.texts().no_link}</p></div> }.into_any(),
        Body::Ended(state) => view! { <Ending app handle state /> }.into_any(),
    }
}

/// Name, state and id. What changes is said by the strip of tasks, for all of them.
#[component]
fn Heading(
    /// The page.
    app: App,
    /// The task.
    handle: TaskHandle,
) -> impl IntoView {
    let title = handle.task.with_untracked(|task| {
        let gateway = app.catalog().gateway(&task.origin.gateway);
        let gateway = gateway.map_or(&*task.origin.gateway, |gateway| app.pick(&gateway.name));
        let dot = if task.origin.model.is_empty() { "" } else { " · " };
        format!("#{} {gateway}{dot}{}", handle.number, task.origin.model)
    });
    let is_exact = handle.task.with_untracked(Task::is_exact);
    // What it means, in our words, and in the gateway's own.
    let look = handle.memo(|task| tone(&task.state));
    let means = handle.memo(move |task| words::state(app.lang(), &task.state));
    let said = handle.memo(|task| said(&task.state).to_owned());
    let id = handle.memo(|task| task.id.clone());
    view! {
        <div class="task-head">
            <h2>{title}</h2>
            {is_exact.then(|| view! { <span class="badge" id="as-sent">{exact::words(app.lang()).badge}</span> })}
            <span id="state">
                <span class=move || format!("badge {}", look.get())>{means}</span>
                <Show when=move || said.with(|said| !said.is_empty())>
                    <code>{said}</code>
                </Show>
            </span>
            <Part of=id let:id>
                {id.map(|id| view! { <Name app id /> })}
            </Part>
        </div>
    }
}

/// The gateway's own word for a state.
fn said(state: &State) -> &str {
    match state {
        State::Waiting { word, .. } | State::Failed(_, word) | State::Lost(word) => word,
        State::Done(done) => &done.word,
        State::Fetching { finished, .. } => &finished.word,
        _ => "",
    }
}

/// The gateway's id of the task, to be copied.
#[component]
fn Name(
    /// The page.
    app: App,
    /// The id.
    id: TaskId,
) -> impl IntoView {
    let texts = app.texts();
    let (shown, name) = (id.0.clone(), named(app, texts.copy, texts.task_id));
    view! {
        <span class="id">
            {texts.task_id}" "<code>{shown}</code>" "
            <Copy app text=move || id.0.clone() attr:aria-label=name />
        </span>
    }
}

/// Finished, and the video is not here: a copy kept earlier is looked for, and it can be fetched again.
#[component]
fn Away(
    /// The page.
    app: App,
    /// The task.
    handle: TaskHandle,
) -> impl IntoView {
    let texts = app.texts();
    result::look(&handle);
    let wanted = handle.clone();
    view! {
        <div class="ended">
            <p>{texts.fetch_again_why}</p>
            <div class="buttons">
                <button
                    type="button"
                    class="primary"
                    id="fetch-again"
                    on:click=move |_| feed(app, &wanted, Input::FetchAgain)
                >
                    {texts.fetch_again}
                </button>
            </div>
            <UnderTask app handle />
        </div>
    }
}
