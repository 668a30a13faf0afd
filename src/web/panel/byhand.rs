//! The paste-back loop: the command to run in a terminal, and a place for its answer. It works with no server at all.

use crate::http::{Body, Files, Request};
use crate::protocol::{self, Call};
use crate::snippet::{self, Curl};
use crate::takeup;
use crate::task::{Following, Input, State, Task};
use crate::web::browser;
use crate::web::component::copy::Copy;
use crate::web::component::part::Part;
use crate::web::drive::printed::BODY_FILE;
use crate::web::drive::runner::feed;
use crate::web::state::App;
use crate::web::state::route::Way;
use crate::web::state::tasks::TaskHandle;
use crate::words::takeup as words;
use leptos::either::Either;
use leptos::prelude::*;
use web_sys::HtmlInputElement;

/// The call that comes next.
pub fn next_call(task: &Task) -> Option<Call> {
    match &task.state {
        State::ByHand | State::NotSent | State::Doubtful(_) if task.id.is_none() => Some(Call::Create),
        State::Waiting { .. } | State::Lost(_) => Some(Call::Query),
        State::Fetching { .. } => Some(Call::Content),
        State::Done(done) if done.video == protocol::VideoAt::Content => Some(Call::Content),
        _ => None,
    }
}

fn request(task: &Task, call: Call) -> Option<Request> {
    let (endpoint, base) = (&task.origin.endpoint, &task.origin.base);
    match call {
        Call::Create => task.create.clone(),
        Call::Query => Some(protocol::query(endpoint, base, task.id.as_ref()?)),
        Call::Content => protocol::content(endpoint, base, task.id.as_ref()?),
        Call::Cancel => protocol::cancel(endpoint, base, task.id.as_ref()?),
        Call::LookUp => {
            let model = task.origin.model.split('@').next().unwrap_or_default();
            protocol::look_up(endpoint, base, model, "USER_ID")
        }
    }
}

/// The loop at its present step.
#[component]
pub fn ByHand(
    /// The page.
    app: App,
    /// The task.
    handle: TaskHandle,
    /// The step.
    call: Call,
) -> impl IntoView {
    let words = words::words(app.lang());
    let request = handle.task.with_untracked(|task| request(task, call))?;
    let lead = if call == Call::Content { words.download_lead } else { words.by_hand_lead };
    Some(view! {
        <section class="by-hand" id="by-hand" aria-label=words.by_hand>
            <h3>{words.by_hand}</h3>
            <p class="hint">{lead}</p>
            <p><b>{words::step(app.lang(), call)}</b></p>
            <Command app handle=handle.clone() call request />
            {if call == Call::Content {
                Either::Left(view! { <FileRow app handle /> })
            } else {
                Either::Right(view! { <AnswerRow app handle call /> })
            }}
        </section>
    })
}

/// The command of a step. It follows the shell, and what is half pasted below it outlives that.
#[component]
fn Command(
    /// The page.
    app: App,
    /// The task.
    handle: TaskHandle,
    /// The step.
    call: Call,
    /// What the command sends.
    request: Request,
) -> impl IntoView {
    let words = words::words(app.lang());
    let gateway = handle.task.with_untracked(|task| app.catalog().gateway(&task.origin.gateway));
    let key_variable = gateway.map_or("API_KEY", |gateway| gateway.key_variable);
    let output = (call == Call::Content).then(|| format!("wan-{}.mp4", handle.number));
    let body = request.body.clone();
    let printed = Memo::new(move |_| {
        let how = Curl { key_variable, output: output.as_deref(), body_file: BODY_FILE };
        snippet::print(app.shell(), &request, how)
    });
    let needs_file = Memo::new(move |_| printed.with(|printed| printed.needs_file));
    view! {
        <pre id="hand-command" tabindex="0" role="group" aria-label=words.by_hand>
            {move || printed.with(|printed| printed.text.clone())}
        </pre>
        <div class="buttons">
            <Copy app text=move || printed.with_untracked(|printed| printed.text.clone()) attr:id="copy-hand" />
            <Part of=needs_file let:needs_file>
                {body.clone().filter(|_| needs_file).map(|body| view! { <SaveBody app body /> })}
            </Part>
        </div>
    }
}

/// The body as a file, for a shell whose commands cannot hold it.
#[component]
fn SaveBody(
    /// The page.
    app: App,
    /// The body.
    body: Body,
) -> impl IntoView {
    let text = body.print(Files::Whole);
    view! {
        <button type="button" class="small" on:click=move |_| browser::save_text(BODY_FILE, &text)>
            {app.texts().body_file}
        </button>
    }
}

/// Whether the page itself cannot ask, as far as it knows. Followed.
fn is_closed(app: App, handle: &TaskHandle) -> bool {
    let origin = handle.task.with_untracked(|task| task.origin.base.origin().to_owned());
    matches!(app.way(&origin), Way::Closed | Way::Offered)
}

/// The loop under a task that the page does not ask after itself, because it cannot or may not.
#[component]
pub fn UnderTask(
    /// The page.
    app: App,
    /// The task.
    handle: TaskHandle,
) -> impl IntoView {
    let shown = handle.clone();
    let call = Memo::new(move |_| {
        let (waits, call) = shown.task.with(|task| {
            let waits = matches!(task.following, Following::ByHand | Following::NeedsKey);
            (waits || task.state == State::ByHand, next_call(task))
        });
        call.filter(|_| waits || is_closed(app, &shown))
    });
    view! {
        <Part of=call let:call>
            {call.map(|call| view! { <ByHand app handle=handle.clone() call /> })}
        </Part>
    }
}

/// The place for the answer.
#[component]
fn AnswerRow(
    /// The page.
    app: App,
    /// The task.
    handle: TaskHandle,
    /// The step.
    call: Call,
) -> impl IntoView {
    let words = words::words(app.lang());
    let text = RwSignal::new(String::new());
    // What is typed is not written back, so that an input method composes undisturbed.
    let given = RwSignal::new("");
    let problem = RwSignal::new("");
    let take = move |_| {
        let answer = takeup::answer(&text.read_untracked());
        if let Some(why) = handle.task.with_untracked(|task| task.misfit(call, &answer)) {
            problem.set(words::misfit(app.lang(), why));
            return;
        }
        problem.set("");
        text.set(String::new());
        given.set("");
        let asks = handle.task.with_untracked(|task| task.following == Following::Yes);
        if asks && untrack(|| is_closed(app, &handle)) {
            feed(app, &handle, Input::ByHand);
        }
        feed(app, &handle, Input::Pasted(call, answer));
    };
    view! {
        <div class="hand-answer">
            <label for="hand-answer">{words.paste}</label>
            <textarea
                id="hand-answer"
                rows="4"
                spellcheck="false"
                autocomplete="off"
                aria-describedby="hand-problem"
                prop:value=given
                on:input:target=move |event| text.set(event.target().value())
            ></textarea>
            <p class="problem" id="hand-problem" role="status">{problem}</p>
            <button type="button" class="primary" id="hand-take" on:click=take>{words.take_answer}</button>
        </div>
    }
}

/// The downloaded file, opened on this computer.
#[component]
fn FileRow(
    /// The page.
    app: App,
    /// The task.
    handle: TaskHandle,
) -> impl IntoView {
    let open = move |input: HtmlInputElement| {
        let file = input.files().and_then(|files| files.get(0));
        let link = file.and_then(|file| web_sys::Url::create_object_url_with_blob(&file).ok());
        if link.is_some() {
            handle.memory.set(link);
        }
    };
    view! {
        <div class="hand-file">
            <label for="hand-file">{words::words(app.lang()).open_file}</label>
            <input
                id="hand-file"
                type="file"
                accept="video/*"
                on:change:target=move |event| open(event.target())
            />
        </div>
    }
}
