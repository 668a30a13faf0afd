//! One task on the stage: state, video or failure, facts, exchanges.

use crate::catalog::FieldId;
use crate::draft::Value;
use crate::expiry::link_ends_ms;
use crate::http::Response;
use crate::price::seconds;
use crate::protocol::{Call, VideoAt};
use crate::task::{Cancel, Exchange, Finished, Following, Input, State, Task};
use crate::web::browser;
use crate::web::component::button;
use crate::web::component::dom::{El, View, class, el, keyed_part, nothing, yes};
use crate::web::component::parts::{copy_button, named};
use crate::web::component::task::{paid, tone, unit};
use crate::web::drive::runner::feed;
use crate::web::panel::result;
use crate::web::state::App;
use crate::web::state::dialogs::Dialog;
use crate::web::state::tasks::TaskHandle;
use crate::words;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlVideoElement;

/// Signs of a prompt that name its video.
const PROMPT_SAID: usize = 100;

/// A signal's task, read by a closure of its own.
type Signal = ArcRwSignal<Task>;

/// The panel of a task.
#[inline(never)]
pub fn panel(app: App, handle: &TaskHandle) -> View {
    // The body changes with the state, not with every tick or exchange.
    let task = handle.task.clone();
    // A video that is only here, in memory, changes it once more: when a copy kept earlier was found.
    let memory = handle.memory.clone();
    let kind = move || {
        task.with(|task| {
            let fetching = matches!(task.state, State::Fetching { .. });
            let content = matches!(&task.state, State::Done(done) if done.video == VideoAt::Content);
            [tone(&task.state), &yes(fetching), " ", &yes(content && memory.with(Option::is_some))].concat()
        })
    };
    let body = handle.clone();
    let content = keyed_part(kind, move |_| match body.task.with_untracked(|task| task.state.clone()) {
        State::Done(done) => done_view(app, &body, &done),
        state if state.is_final() => crate::web::panel::ending::view(app, &body),
        _ => running_view(app, &body).into(),
    });
    View::from(heading(app, handle))
        .and(crate::web::panel::twin::notice(app, handle))
        .and(content)
        .and(log(app, handle))
}

/// Name, state and id. What changes is said by the strip of tasks, for all of them.
fn heading(app: App, handle: &TaskHandle) -> El {
    let texts = app.texts();
    let title = handle.task.with_untracked(|task| {
        let gateway = app
            .catalog()
            .gateway(&task.origin.gateway)
            .map_or(&*task.origin.gateway, |gateway| app.pick(&gateway.name));
        let dot = if task.origin.model.is_empty() { "" } else { " · " };
        ["#", &handle.number.to_string(), " ", gateway, dot, &task.origin.model].concat()
    });
    let task = handle.task.clone();
    // What it means, in our words, and in the gateway's own.
    let state = move || {
        task.with(|task| {
            let said = match &task.state {
                State::Waiting { word, .. } | State::Failed(_, word) | State::Lost(word) => word,
                State::Done(done) => &done.word,
                State::Fetching { finished, .. } => &finished.word,
                _ => "",
            };
            [tone(&task.state), "\n", words::state(app.lang(), &task.state), "\n", said].concat()
        })
    };
    let badge = |state: &str| {
        let mut parts = state.splitn(3, '\n');
        let mut part = || parts.next().unwrap_or_default();
        let badge = class("span", &["badge ", part()].concat()).text(part());
        let said = part();
        View::from(badge).and((!said.is_empty()).then(|| el("code").text(said)))
    };
    let task = handle.task.clone();
    let id = move || task.with(|task| task.id.clone().map(|id| id.0).unwrap_or_default());
    let id_view = move |id: &str| {
        if id.is_empty() {
            return nothing();
        }
        let copied = id.to_owned();
        let line = class("span", "id").text(texts.task_id).text(" ").add(el("code").text(id)).text(" ");
        let copy = copy_button(app, move || copied.clone()).attr("aria-label", &named(app, texts.copy, texts.task_id));
        line.add(copy).into()
    };
    class("div", "task-head")
        .add(el("h2").text(&title))
        .add(el("span").attr("id", "state").add(keyed_part(state, badge)))
        .add(keyed_part(id, id_view))
}

/// A line of text that follows a task.
fn line(look: &str, task: &Signal, words: impl Fn(&Task) -> String + 'static) -> El {
    line_boxed(look, task.clone(), Box::new(words))
}

fn line_boxed(look: &str, task: Signal, words: Box<dyn Fn(&Task) -> String>) -> El {
    class("p", look).words(move || task.with(|task| words(task)))
}

fn running_view(app: App, handle: &TaskHandle) -> El {
    let task = &handle.task;
    let elapsed = line("big", task, move |task| {
        [app.texts().elapsed, " ", &words::clock(app.now.get().saturating_sub(task.started_ms))].concat()
    });
    let elsewhere = handle.elsewhere.clone();
    let next = line("next", task, move |task| match (&task.following, task.next_ms) {
        (Following::Yes, _) if elsewhere.get() => app.texts().elsewhere.to_owned(),
        (Following::Yes, Some(due)) => {
            let left = due.saturating_sub(app.now.get()).div_ceil(1000);
            words::next_look(app.lang(), left, task.failures)
        }
        (Following::Yes, None) => "…".to_owned(),
        (paused, _) => words::paused(app.lang(), paused).to_owned(),
    });
    let trouble = line("hint", task, move |task| crate::web::panel::ending::trouble(app, task));
    let progress = line("bytes", task, |task| match &task.state {
        State::Fetching { received, total: Some(total), .. } => {
            [&words::bytes(*received), " / ", &words::bytes(*total)].concat()
        }
        State::Fetching { received, .. } => words::bytes(*received),
        _ => String::new(),
    });
    let cancel = line("hint", task, move |task| {
        let texts = app.texts();
        match &task.cancel {
            Some(Cancel::Asked) => texts.cancel_asked.to_owned(),
            Some(Cancel::Taken) => texts.cancel_taken.to_owned(),
            Some(Cancel::Refused(fault)) => {
                let told = crate::web::component::verdict::told(app, task, Call::Cancel, fault);
                [&words::failure::advice(app.lang(), told), " ", &fault.code, " ", &fault.message].concat()
            }
            None => String::new(),
        }
    });
    // It comes by itself with a state that is told already: read where it stands, not said.
    let past = line("hint", task, move |task| {
        let is_past = task.cancel.is_none() && task.is_past_cancel();
        if is_past { words::failure::past_cancel(app.lang()).to_owned() } else { String::new() }
    });
    class("div", "running-view")
        .add(class("div", "pulse").attr("aria-hidden", "true"))
        .add(elapsed)
        .add(next)
        .add(trouble.attr("id", "trouble"))
        .add(progress)
        .add(cancel.attr("aria-live", "polite"))
        .add(past)
        .add(class("div", "buttons").add(buttons(app, handle)))
        .add(crate::web::panel::ending::silence(app, handle))
        .add(crate::web::panel::byhand::under(app, handle))
}

/// What can be done with a running task.
fn buttons(app: App, handle: &TaskHandle) -> View {
    let texts = app.texts();
    let task = handle.task.clone();
    let offered = move || {
        task.with(|task| {
            let pair = match (task.id.is_some(), task.following == Following::Yes) {
                (false, _) => "",
                (true, true) => "ask",
                (true, false) => "follow",
            };
            let lacks_key = matches!(task.following, Following::NeedsKey | Following::KeyRefused);
            let key = if lacks_key { " key" } else { "" };
            [pair, key, if task.can_cancel() { " cancel" } else { "" }].concat()
        })
    };
    let handle = handle.clone();
    keyed_part(offered, move |offered| {
        // Who stops to follow, or follows again, finds the focus on what undoes it.
        let press = |id: &str, words: &str, input: Input, next: &'static str| {
            let handle = handle.clone();
            let press = move || {
                feed(app, &handle, input.clone());
                browser::focus(next);
            };
            button("", words, press).attr("id", id)
        };
        let mut out = nothing();
        if offered.starts_with("ask") {
            out = out.and(press("ask", texts.ask_now, Input::AskNow, "ask")).and(press(
                "stop",
                texts.stop,
                Input::Stop,
                "follow",
            ));
        } else if offered.starts_with("follow") {
            out = out.and(press("follow", texts.follow, Input::Follow, "stop"));
        }
        if offered.contains(" key") {
            let handle = handle.clone();
            out = out.and(button("primary", texts.give_key, move || give_key(app, &handle)).attr("id", "give-key"));
        }
        out.and(offered.ends_with("cancel").then(|| press("cancel", texts.cancel, Input::Cancel, "ask")))
    })
}

/// Goes to the key of a task's gateway, at the task's address.
fn give_key(app: App, handle: &TaskHandle) {
    let (gateway, base) = handle.task.with_untracked(|task| (task.origin.gateway.clone(), task.origin.base.clone()));
    let Some(index) = app.catalog().gateways.iter().position(|known| known.id == gateway) else {
        return app.open(Dialog::TaskKey(handle.clone()));
    };
    app.gateway.set(index);
    app.choose_place(app.place_of(&app.catalog().gateways[index], &base));
    browser::focus("key");
}

fn done_view(app: App, handle: &TaskHandle, done: &Finished) -> View {
    let texts = app.texts();
    let link = match &done.video {
        VideoAt::Link { url, .. } => Some(url.clone()),
        VideoAt::Content => handle.memory.get_untracked(),
        VideoAt::Nowhere => None,
    };
    if done.video == VideoAt::Content && link.is_none() {
        result::look(handle);
        let wanted = handle.clone();
        let again = button("primary", texts.fetch_again, move || feed(app, &wanted, Input::FetchAgain));
        return class("div", "ended")
            .add(el("p").text(texts.fetch_again_why))
            .add(class("div", "buttons").add(again.attr("id", "fetch-again")))
            .add(crate::web::panel::byhand::under(app, handle))
            .into();
    }
    let Some(link) = link else {
        return class("div", "ended").add(class("p", "problem").text(texts.no_link)).into();
    };
    let failed = RwSignal::new(false);
    let measured: RwSignal<Option<(u32, u32, u64)>> = RwSignal::new(None);
    let video = el("video")
        .attrs(&[("id", "video"), ("controls", ""), ("playsinline", ""), ("loop", ""), ("preload", "auto")])
        .on("loadedmetadata", move |event| {
            measured.set(event.target().and_then(|video| video.dyn_into().ok()).as_ref().map(measure));
            failed.set(false);
        })
        .on("error", move |_| failed.set(true))
        .attr("src", &link);
    let prompt = match handle.draft.filled(FieldId::Prompt) {
        Some(Value::Text(prompt)) => prompt.chars().take(PROMPT_SAID).collect(),
        _ => String::new(),
    };
    let video = video.attr("aria-label", &named(app, texts.video, &prompt));
    let player: Option<HtmlVideoElement> = video.element().clone().dyn_into().ok();
    let reloaded = player.clone();
    let reload = button("small", texts.reload_video, move || {
        failed.set(false);
        if let Some(player) = &reloaded {
            player.load();
        }
    });
    let trouble = class("div", "problem")
        .attr("role", "status")
        .toggle("gone", move || !failed.get())
        .text(texts.video_failed)
        .text(" ")
        .add(reload);
    let actions = result::actions(app, handle, &link, player);
    class("div", "done-view").add(video).add(trouble).add(actions).add(facts(app, handle, done, measured)).into()
}

/// Width, height and milliseconds of a video that has loaded.
fn measure(video: &HtmlVideoElement) -> (u32, u32, u64) {
    let length = video.duration();
    // A length of a video is far below 2^53 milliseconds; endless ones are left out.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let milliseconds = if length.is_finite() && length >= 0.0 { (length * 1000.0 + 0.5) as u64 } else { 0 };
    (video.video_width(), video.video_height(), milliseconds)
}

fn facts(app: App, handle: &TaskHandle, done: &Finished, measured: RwSignal<Option<(u32, u32, u64)>>) -> El {
    let texts = app.texts();
    let usage = &done.usage;
    let size = move || match measured.get() {
        Some((width, height, _)) => [&width.to_string(), " × ", &height.to_string()].concat(),
        None => "…".to_owned(),
    };
    let said = usage.output_ms;
    let length = move || {
        let Some((_, _, ms)) = measured.get() else { return "…".to_owned() };
        let mut text = [&seconds(ms / 10 * 10), unit(app)].concat();
        // Containers round to a frame; only a difference a person would notice is worth a word.
        if said.is_some_and(|said| said.abs_diff(ms) > 500) {
            text.push_str("  ⚠ ");
            text.push_str(texts.mismatch);
        }
        text
    };
    // What a gateway does not report has no row.
    let billed = usage.billed_ms.map(|ms| [&seconds(ms), unit(app)].concat());
    let paid = handle.task.with_untracked(|task| paid(app, task, usage)).map(|(sum, of)| sum + &of);
    let (title, value) = (|words: &str| el("dt").text(words), || class("dd", "figure"));
    let mut list = class("dl", "facts")
        .attr("aria-label", texts.facts)
        .add(title(texts.fact_size))
        .add(value().attr("id", "measured-size").words(size))
        .add(title(texts.fact_length))
        .add(value().words(length));
    if let Some(billed) = billed {
        list = list.add(title(texts.fact_billed)).add(value().text(&billed));
    }
    if let Some(paid) = paid {
        list = list.add(title(texts.fact_price)).add(value().attr("id", "paid").text(&paid));
    }
    // When the link dies, where the gateway says so.
    if let Some(end) = handle.task.with_untracked(link_ends_ms) {
        let left = move || match end.saturating_sub(app.now.get()) {
            0 => texts.expired.to_owned(),
            left => words::clock(left),
        };
        list = list.add(title(texts.fact_expires)).add(value().words(left));
    }
    if let Some(prompt) = &done.actual_prompt {
        list = list.add(title(texts.fact_prompt)).add(el("dd").text(prompt));
    }
    list
}

/// Every exchange, newest last. Rows are made when they are opened: answers can be long.
fn log(app: App, handle: &TaskHandle) -> El {
    let texts = app.texts();
    let (task, counted) = (handle.task.clone(), handle.task.clone());
    let count = move || counted.with(|task| task.exchanges.len().to_string());
    let open = RwSignal::new(false);
    let rows = move || {
        if !open.get() {
            return nothing();
        }
        View::from(task.with(|task| task.exchanges.iter().map(|item| exchange(app, task, item)).collect::<Vec<El>>()))
    };
    class("details", "log")
        .attr("id", "log")
        .on("toggle", move |event| {
            let details = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
            open.set(details.is_some_and(|details| details.has_attribute("open")));
        })
        .add(el("summary").words(move || [texts.log, " ", &count()].concat()))
        .add(el("ol").live(rows))
        .add(crate::web::panel::report::row(app, handle))
}

fn exchange(app: App, task: &Task, item: &Exchange) -> El {
    let texts = app.texts();
    let call = match item.call {
        Call::Create => texts.call_create,
        Call::Query => texts.call_query,
        Call::Cancel => texts.call_cancel,
        Call::Content => texts.call_content,
        Call::LookUp => texts.call_look_up,
    };
    let mut line = [call, " · "].concat();
    match (item.status, item.took_ms) {
        (Some(status), _) => line.push_str(&["HTTP ", &status.to_string()].concat()),
        (None, took) if took.is_some() || item.net.is_some() => line.push_str(texts.no_answer),
        (None, _) => line.push('…'),
    }
    if let Some(took) = item.took_ms {
        line.push_str(&[" · ", &took.to_string(), " ms"].concat());
    }
    if !item.request_id.is_empty() {
        line.push_str(&[" · ", texts.request_id, " ", &item.request_id].concat());
    }
    let mut row = el("li").add(el("b").text(&line)).add(class("code", "url").text(&item.line));
    if item.call == Call::Query
        && let Some(status) = item.status
        && let Some(other) = task.other_task(&Response { status, body: item.received.clone(), ..Response::default() })
    {
        let words = [words::failure::other_task(app.lang()), " ", &other.0].concat();
        row = row.add(class("p", "hint").text(&words));
    }
    for (name, text) in [(texts.sent, &item.sent), (texts.received, &item.received)] {
        if !text.is_empty() {
            let shown: String = text.chars().take(20_000).collect();
            row = row
                .add(class("p", "hint").text(name))
                .add(el("pre").attrs(&[("tabindex", "0"), ("role", "group"), ("aria-label", name)]).text(&shown));
        }
    }
    row
}
