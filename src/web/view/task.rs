//! One task on the stage: state, video or failure, facts, exchanges.

use super::super::app::App;
use super::super::runner::{TaskHandle, feed};
use super::super::text::Lang;
use super::super::{browser, wording};
use super::parts::copy_button;
use super::tasks::tone;
use crate::failure::remedy;
use crate::price::seconds;
use crate::protocol::{Call, Fault, VideoAt};
use crate::task::{Cancel, Doubt, Exchange, Finished, Following, Input, State, Task};
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// The panel of a task.
pub fn panel(app: App, handle: TaskHandle) -> AnyView {
    let (head, body) = (handle.clone(), handle.clone());
    // The body changes with the state, not with every tick or exchange.
    let kind = {
        let task = handle.task.clone();
        Memo::new(move |_| task.with(|task| (tone(&task.state), matches!(task.state, State::Fetching { .. }))))
    };
    let content = move || {
        // Read, not only tracked: a memo that nobody reads is never computed.
        let _ = kind.get();
        let task = body.task.clone();
        match task.get_untracked().state {
            State::Done(done) => done_view(app, body.clone(), done),
            state if state.is_final() => ended_view(app, &state),
            _ => running_view(app, body.clone()),
        }
    };
    view! {
        {heading(app, head)}
        {content}
        {log(app, handle)}
    }
    .into_any()
}

/// Name, state and id; the state is announced when it changes.
fn heading(app: App, handle: TaskHandle) -> AnyView {
    let texts = app.texts();
    let model = handle.task.with_untracked(|task| {
        let gateway = app.catalog.gateway(&task.origin.gateway).map_or("", |gateway| app.pick(&gateway.name));
        [gateway, " · ", &task.origin.model].concat()
    });
    let state = {
        let task = handle.task.clone();
        Memo::new(move |_| {
            task.with(|task| {
                let said = match &task.state {
                    State::Waiting { word, .. } | State::Failed(_, word) | State::Lost(word) => word.clone(),
                    State::Done(done) => done.word.clone(),
                    State::Fetching { finished, .. } => finished.word.clone(),
                    _ => String::new(),
                };
                (tone(&task.state), wording::state(app.lang(), &task.state), said)
            })
        })
    };
    let badge = move || {
        let (tone, words, said) = state.get();
        let said = (!said.is_empty()).then(|| view! { <code>{said}</code> });
        view! { <span class=["badge ", tone].concat()>{words}</span> {said} }
    };
    let id = {
        let task = handle.task.clone();
        Memo::new(move |_| task.with(|task| task.id.clone().map(|id| id.0)))
    };
    let id_view = move || {
        id.get().map(|id| {
            let copied = id.clone();
            view! { <span class="id">{texts.task_id} " " <code>{id}</code> {copy_button(app, move || copied.clone())}</span> }
        })
    };
    view! {
        <div class="task-head">
            <h2>{["#", &handle.number.to_string(), " "].concat()} {model}</h2>
            <span role="status" id="state">{badge}</span>
            {id_view}
        </div>
    }
    .into_any()
}

fn running_view(app: App, handle: TaskHandle) -> AnyView {
    let texts = app.texts();
    let task = handle.task.clone();
    let follows = {
        let task = task.clone();
        Memo::new(move |_| task.with(|task| task.following.clone()))
    };
    let progress = {
        let task = task.clone();
        move || {
            task.with(|task| match &task.state {
                State::Fetching { received, total: Some(total), .. } => {
                    [&wording::bytes(*received), " / ", &wording::bytes(*total)].concat()
                }
                State::Fetching { received, .. } => wording::bytes(*received),
                _ => String::new(),
            })
        }
    };
    let elapsed = {
        let task = task.clone();
        move || {
            task.with(|task| {
                [texts.elapsed, " ", &wording::clock(app.now.get().saturating_sub(task.started_ms))].concat()
            })
        }
    };
    let next = {
        let task = task.clone();
        move || {
            task.with(|task| match (&task.following, task.next_ms) {
                (Following::Yes, Some(due)) => {
                    let left = due.saturating_sub(app.now.get()).div_ceil(1000);
                    wording::next_look(app.lang(), left, task.failures)
                }
                (Following::Yes, None) => "…".to_owned(),
                (paused, _) => wording::paused(app.lang(), paused).to_owned(),
            })
        }
    };
    let cancel = {
        let task = task.clone();
        move || {
            task.with(|task| match &task.cancel {
                Some(Cancel::Asked) => texts.cancel_asked.to_owned(),
                Some(Cancel::Taken) => texts.cancel_taken.to_owned(),
                Some(Cancel::Refused(fault)) => [texts.cancel_refused, " ", &fault.code, " ", &fault.message].concat(),
                None => String::new(),
            })
        }
    };
    let can_cancel = {
        let task = task.clone();
        Memo::new(move |_| task.with(Task::can_cancel))
    };
    let has_id = Memo::new(move |_| task.with(|task| task.id.is_some()));
    let button = move |id: &'static str, words: &'static str, make: fn() -> Input| {
        let handle = handle.clone();
        view! { <button type="button" id=id on:click=move |_| feed(app, &handle, make())>{words}</button> }
    };
    let buttons = move || {
        let following = follows.get() == Following::Yes;
        let pair = if following {
            view! { {button("ask", texts.ask_now, || Input::AskNow)} {button("stop", texts.stop, || Input::Stop)} }
                .into_any()
        } else {
            button("follow", texts.follow, || Input::Follow).into_any()
        };
        let cancel = can_cancel.get().then(|| button("cancel", texts.cancel, || Input::Cancel));
        view! { {has_id.get().then_some(pair)} {cancel} }
    };
    view! {
        <div class="running-view">
            <div class="pulse" aria-hidden="true"></div>
            <p class="big">{elapsed}</p>
            <p>{next}</p>
            <p class="bytes">{progress}</p>
            <p class="hint" aria-live="polite">{cancel}</p>
            <div class="buttons">{buttons}</div>
        </div>
    }
    .into_any()
}

fn done_view(app: App, handle: TaskHandle, done: Finished) -> AnyView {
    let texts = app.texts();
    let link = match &done.video {
        VideoAt::Link { url, .. } => Some(url.clone()),
        VideoAt::Content => handle.memory.get_untracked(),
    };
    let Some(link) = link else {
        return view! { <div class="ended"><p class="problem">{texts.no_link}</p></div> }.into_any();
    };
    let local = link.starts_with("blob:");
    let failed = RwSignal::new(false);
    let measured: RwSignal<Option<(u32, u32, u64)>> = RwSignal::new(None);
    let loaded = move |event: web_sys::Event| {
        let Some(video) = event.target().and_then(|target| target.dyn_into::<web_sys::HtmlVideoElement>().ok()) else {
            return;
        };
        let length = video.duration();
        // A length of a video is far below 2^53 milliseconds; endless ones are left out.
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let milliseconds = if length.is_finite() && length >= 0.0 { (length * 1000.0 + 0.5) as u64 } else { 0 };
        measured.set(Some((video.video_width(), video.video_height(), milliseconds)));
        failed.set(false);
    };
    let reload = move |_| {
        failed.set(false);
        if let Some(video) =
            browser::document().get_element_by_id("video").and_then(|e| e.dyn_into::<web_sys::HtmlVideoElement>().ok())
        {
            video.load();
        }
    };
    let name = ["wan-", &handle.number.to_string(), ".mp4"].concat();
    let command = ["curl -L -o ", &name, " '", &link.replace('\'', "%27"), "'"].concat();
    let expiry = expiry(app, &handle, &done);
    let open_view = (!local).then(|| {
        let href = link.clone();
        let command = command.clone();
        view! {
            <a class="button" href=href target="_blank" rel="noreferrer noopener">{texts.open}</a>
            <span class="copy-curl">{texts.save_curl} " " {copy_button(app, move || command.clone())}</span>
        }
    });
    let download = link.clone();
    view! {
        <div class="done-view">
            <video id="video" src=link controls=true playsinline=true loop=true preload="auto"
                on:loadedmetadata=move |event| loaded(event.into())
                on:error=move |_| failed.set(true)
            ></video>
            <div class="problem" role="status" class:gone=move || !failed.get()>
                {texts.video_failed} " " <button class="small" type="button" on:click=reload>{texts.reload_video}</button>
            </div>
            <div class="buttons">
                <a class="button primary" id="download" href=download download=name>{texts.download}</a>
                {open_view}
            </div>
            {facts(app, &handle, &done, measured, expiry)}
        </div>
    }
    .into_any()
}

/// When the link dies, where the gateway says so.
fn expiry(app: App, handle: &TaskHandle, done: &Finished) -> Option<impl Fn() -> String + Send + 'static> {
    let texts = app.texts();
    let hours = handle.task.with_untracked(|task| task.origin.link_hours)?;
    let end = done.at_ms + u64::from(hours) * 3_600_000;
    Some(move || {
        let left = end.saturating_sub(app.now.get());
        if left == 0 { texts.expired.to_owned() } else { wording::clock(left) }
    })
}

fn facts(
    app: App,
    handle: &TaskHandle,
    done: &Finished,
    measured: RwSignal<Option<(u32, u32, u64)>>,
    expiry: Option<impl Fn() -> String + Send + 'static>,
) -> AnyView {
    let texts = app.texts();
    let unit = if app.lang() == Lang::Zh { " 秒" } else { " s" };
    let usage = done.usage.clone();
    let paid = handle.task.with_untracked(|task| {
        let gateway = app.catalog.gateway(&task.origin.gateway)?;
        let model = gateway.model(&task.origin.model)?;
        let before = task.estimate.as_ref();
        let tier = usage.tier.clone().or_else(|| before.map(|estimate| estimate.tier.clone()))?;
        let silent = before.is_some_and(|estimate| estimate.silent);
        let (money, currency) = crate::price::billed(model, &task.origin.region, &tier, silent, usage.billed_ms?)?;
        let sign = if before.is_some_and(|e| e.basis == crate::catalog::Basis::Own) { "" } else { "≈ " };
        Some([sign, &money.with_sign(&currency), " (", &tier, " × ", &seconds(usage.billed_ms?), unit, ")"].concat())
    });
    let size = move || match measured.get() {
        Some((width, height, _)) => [&width.to_string(), " × ", &height.to_string()].concat(),
        None => "…".to_owned(),
    };
    let length = move || match measured.get() {
        Some((_, _, ms)) => {
            // Containers round to a frame; only a difference a person would notice is worth a word.
            let odd = usage.output_ms.is_some_and(|said| said.abs_diff(ms) > 500);
            let mut text = [&seconds(ms / 10 * 10), unit].concat();
            if odd {
                text.push_str("  ⚠ ");
                text.push_str(texts.mismatch);
            }
            text
        }
        None => "…".to_owned(),
    };
    let billed = done.usage.billed_ms.map_or_else(|| texts.unknown.to_owned(), |ms| [&seconds(ms), unit].concat());
    let expiry = expiry.map(|left| view! { <dt>{texts.fact_expires}</dt><dd class="figure">{left}</dd> });
    let prompt = done.actual_prompt.clone().map(|prompt| view! { <dt>{texts.fact_prompt}</dt><dd>{prompt}</dd> });
    view! {
        <dl class="facts" aria-label=texts.facts>
            <dt>{texts.fact_size}</dt><dd class="figure" id="measured-size">{size}</dd>
            <dt>{texts.fact_length}</dt><dd class="figure">{length}</dd>
            <dt>{texts.fact_billed}</dt><dd class="figure">{billed}</dd>
            <dt>{texts.fact_price}</dt><dd class="figure" id="paid">{paid.unwrap_or_else(|| texts.unknown.to_owned())}</dd>
            {expiry}
            {prompt}
        </dl>
    }
    .into_any()
}

/// An unhappy end: what happened, was it billed, what to do, in this order.
fn ended_view(app: App, state: &State) -> AnyView {
    let texts = app.texts();
    let lang = app.lang();
    let fault = match state {
        State::Refused(fault) | State::Failed(fault, _) | State::Doubtful(Doubt::Server(fault)) => Some(fault.clone()),
        _ => None,
    };
    let advice = match (&fault, state) {
        (Some(fault), State::Refused(_) | State::Failed(..)) => wording::remedy(lang, remedy(fault)),
        _ => wording::next_step(lang, state),
    };
    let advice = (!advice.is_empty()).then(|| view! { <dt>{texts.what_to_do}</dt><dd id="advice">{advice}</dd> });
    view! {
        <div class="ended">
            <dl>
                <dt>{texts.what_happened}</dt><dd>{wording::what_happened(lang, state)}</dd>
                <dt>{texts.was_it_billed}</dt><dd>{wording::billed(lang, state)}</dd>
                {advice}
            </dl>
            {fault.map(|fault| said(app, fault))}
            <div class="buttons">
                <button type="button" on:click=move |_| app.selected.set(None)>{texts.new_draft}</button>
            </div>
        </div>
    }
    .into_any()
}

/// What the gateway said, copyable.
fn said(app: App, fault: Fault) -> AnyView {
    let texts = app.texts();
    let mut lines = vec![["HTTP ", &fault.status.to_string()].concat()];
    for (name, value) in
        [(texts.code, &fault.code), (texts.said, &fault.message), (texts.request_id, &fault.request_id)]
    {
        if !value.is_empty() {
            lines.push([name, ": ", value].concat());
        }
    }
    let text = lines.join("\n");
    let shown = text.clone();
    view! { <div class="said"><pre id="said">{shown}</pre> {copy_button(app, move || text.clone())}</div> }.into_any()
}

/// Every exchange, newest last. Rows are made when they are opened: answers can be long.
fn log(app: App, handle: TaskHandle) -> AnyView {
    let texts = app.texts();
    let task = handle.task.clone();
    let count = {
        let task = task.clone();
        Memo::new(move |_| task.with(|task| task.exchanges.len()))
    };
    let open = RwSignal::new(false);
    let rows =
        move || open.get().then(|| task.with(|task| task.exchanges.iter().map(|e| exchange(app, e)).collect_view()));
    view! {
        <details class="log" id="log" on:toggle=move |event| {
            let details: web_sys::Element = event_target(&event);
            open.set(details.has_attribute("open"));
        }>
            <summary>{texts.log} " " {move || count.get()}</summary>
            <ol>{rows}</ol>
        </details>
    }
    .into_any()
}

fn exchange(app: App, item: &Exchange) -> AnyView {
    let texts = app.texts();
    let call = match item.call {
        Call::Create => texts.call_create,
        Call::Query => texts.call_query,
        Call::Cancel => texts.call_cancel,
        Call::Content => texts.call_content,
    };
    let mut line = [call, " · "].concat();
    match (item.status, item.took_ms) {
        (Some(status), _) => line.push_str(&["HTTP ", &status.to_string()].concat()),
        (None, Some(_)) => line.push_str(texts.no_answer),
        (None, None) => line.push('…'),
    }
    if let Some(took) = item.took_ms {
        line.push_str(&[" · ", &took.to_string(), " ms"].concat());
    }
    if !item.request_id.is_empty() {
        line.push_str(&[" · ", texts.request_id, " ", &item.request_id].concat());
    }
    let part = |name: &'static str, text: &str| {
        (!text.is_empty()).then(|| {
            let cut: String = text.chars().take(20_000).collect();
            view! { <p class="hint">{name}</p><pre>{cut}</pre> }
        })
    };
    view! {
        <li>
            <b>{line}</b>
            <code class="url">{item.line.clone()}</code>
            {part(texts.sent, &item.sent)}
            {part(texts.received, &item.received)}
        </li>
    }
    .into_any()
}
