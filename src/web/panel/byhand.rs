//! The paste-back loop: the command to run in a terminal, and a place for its answer. It works with no server at all.

use crate::http::Request;
use crate::protocol::{self, Call};
use crate::snippet::{self, Curl};
use crate::takeup;
use crate::task::{Following, Input, State, Task};
use crate::web::browser;
use crate::web::component::button;
use crate::web::component::dom::{El, View, class, el, keyed_part, memo, nothing, typed, yes};
use crate::web::component::parts::copy_button;
use crate::web::drive::printed::BODY_FILE;
use crate::web::drive::runner::feed;
use crate::web::state::App;
use crate::web::state::route::Way;
use crate::web::state::tasks::TaskHandle;
use crate::words::takeup as words;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

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
pub fn panel(app: App, handle: &TaskHandle, call: Call) -> View {
    let words = words::words(app.lang());
    let Some(request) = handle.task.with_untracked(|task| request(task, call)) else { return nothing() };
    let gateway = handle.task.with_untracked(|task| app.catalog().gateway(&task.origin.gateway));
    let key_variable = gateway.map_or("API_KEY", |gateway| &gateway.key_variable);
    let file = ["wan-", &handle.number.to_string(), ".mp4"].concat();
    let output = (call == Call::Content).then_some(file);
    // Followed piece by piece: an answer that is half pasted outlives a change of the shell.
    let body = request.body.clone();
    let printed = memo(move || {
        let how = Curl { key_variable, output: output.as_deref(), body_file: BODY_FILE };
        let printed = snippet::print(app.shell(), &request, how);
        [&yes(printed.needs_file), "\n", &*printed.text].concat()
    });
    let command = move |printed: &str| printed.split_once('\n').map(|(_, text)| text.to_owned()).unwrap_or_default();
    let needs_file = move || yes(!printed.read().starts_with('\n'));
    let save_body = move |needs_file: &str| {
        let Some(text) = body.as_ref().filter(|_| !needs_file.is_empty()) else { return nothing() };
        let text = text.print(crate::http::Files::Whole);
        button("small", app.texts().body_file, move || browser::save_text(BODY_FILE, &text)).into()
    };
    let mut panel = class("section", "by-hand")
        .attrs(&[("id", "by-hand"), ("aria-label", words.by_hand)])
        .add(el("h3").text(words.by_hand))
        .add(class("p", "hint").text(if call == Call::Content { words.download_lead } else { words.by_hand_lead }))
        .add(el("p").add(el("b").text(words::step(app.lang(), call))))
        .add(
            el("pre")
                .attrs(&[("id", "hand-command"), ("tabindex", "0"), ("role", "group"), ("aria-label", words.by_hand)])
                .words(move || command(&printed.read())),
        )
        .add(
            class("div", "buttons")
                .add(copy_button(app, move || command(&printed.read_untracked())).attr("id", "copy-hand"))
                .add(keyed_part(needs_file, save_body)),
        );
    panel =
        if call == Call::Content { panel.add(file_row(app, handle)) } else { panel.add(answer_row(app, handle, call)) };
    panel.into()
}

/// Whether the page itself cannot ask, as far as it knows.
fn is_closed(app: App, handle: &TaskHandle) -> bool {
    let origin = handle.task.with_untracked(|task| task.origin.base.origin().to_owned());
    matches!(app.way(&origin), Way::Closed | Way::Offered)
}

/// The loop under a task that the page does not ask after itself, because it cannot or may not.
pub fn under(app: App, handle: &TaskHandle) -> View {
    let shown = handle.clone();
    let step = move || {
        let by_hand = shown.task.with(|task| {
            let waits =
                matches!(task.following, Following::ByHand | Following::NeedsKey) || task.state == State::ByHand;
            let found = next_call(task).map(|call| words::step(app.lang(), call)).unwrap_or_default();
            (waits, found)
        });
        if by_hand.0 || is_closed(app, &shown) { by_hand.1.to_owned() } else { String::new() }
    };
    let handle = handle.clone();
    keyed_part(step, move |step| match handle.task.with_untracked(next_call) {
        Some(call) if !step.is_empty() => panel(app, &handle, call),
        _ => nothing(),
    })
}

/// The place for the answer.
fn answer_row(app: App, handle: &TaskHandle, call: Call) -> El {
    let words = words::words(app.lang());
    let text = RwSignal::new(String::new());
    let problem = RwSignal::new(String::new());
    let handle = handle.clone();
    let take = move || {
        let answer = takeup::answer(&text.read_untracked());
        if let Some(why) = handle.task.with_untracked(|task| task.misfit(call, &answer)) {
            problem.set(words::misfit(app.lang(), why).to_owned());
            return;
        }
        problem.set(String::new());
        text.set(String::new());
        let asks = handle.task.with_untracked(|task| task.following == Following::Yes);
        if asks && untrack(|| is_closed(app, &handle)) {
            feed(app, &handle, Input::ByHand);
        }
        feed(app, &handle, Input::Pasted(call, answer));
    };
    let area = el("textarea")
        .attrs(&[("id", "hand-answer"), ("rows", "4"), ("spellcheck", "false"), ("autocomplete", "off")])
        .attr("aria-describedby", "hand-problem")
        .value(move || text.get())
        .on("input", move |event| text.set(typed(&event)));
    class("div", "hand-answer")
        .add(el("label").attr("for", "hand-answer").text(words.paste))
        .add(area)
        .add(class("p", "problem").attrs(&[("id", "hand-problem"), ("role", "status")]).words(move || problem.get()))
        .add(button("primary", words.take_answer, take).attr("id", "hand-take"))
}

/// The downloaded file, opened on this computer.
fn file_row(app: App, handle: &TaskHandle) -> El {
    let words = words::words(app.lang());
    let handle = handle.clone();
    let input =
        el("input").attrs(&[("id", "hand-file"), ("type", "file"), ("accept", "video/*")]).on("change", move |event| {
            let input = event.target().and_then(|target| target.dyn_into::<web_sys::HtmlInputElement>().ok());
            let Some(file) = input.and_then(|input| input.files()).and_then(|files| files.get(0)) else { return };
            if let Ok(link) = web_sys::Url::create_object_url_with_blob(&file) {
                handle.memory.set(Some(link));
            }
        });
    class("div", "hand-file").add(el("label").attr("for", "hand-file").text(words.open_file)).add(input)
}
