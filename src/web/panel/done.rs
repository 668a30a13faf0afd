//! A finished task: its video, what can be done with it, and what is known of it.

use crate::catalog::FieldId;
use crate::draft::{Draft, Value};
use crate::expiry::link_ends_ms;
use crate::price::seconds;
use crate::task::Finished;
use crate::web::browser::js;
use crate::web::component::parts::named;
use crate::web::component::task::{paid, unit};
use crate::web::drive::pictures;
use crate::web::panel::result::{Actions, prompt};
use crate::web::panel::steps::Steps;
use crate::web::state::App;
use crate::web::state::tasks::TaskHandle;
use crate::words;
use leptos::html;
use leptos::prelude::*;
use web_sys::HtmlVideoElement;

/// Signs of a prompt that name its video.
const PROMPT_SAID: usize = 100;

/// What a video says of itself once it has loaded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Measured {
    width: u32,
    height: u32,
    milliseconds: u64,
}

impl Measured {
    fn of(video: &HtmlVideoElement) -> Self {
        let length = video.duration();
        // A length of a video is far below 2^53 milliseconds; endless ones are left out.
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let milliseconds = if length.is_finite() && length >= 0.0 { (length * 1000.0 + 0.5) as u64 } else { 0 };
        Self { width: video.video_width(), height: video.video_height(), milliseconds }
    }

    /// Width by height, for styles; `None` for what has no picture.
    fn shape(self) -> Option<String> {
        (self.width > 0 && self.height > 0).then(|| format!("{} / {}", self.width, self.height))
    }
}

/// The shape that was asked for, for styles: the frame of a video that has not loaded yet.
fn wanted_shape(draft: &Draft) -> String {
    let ratio = match draft.filled(FieldId::Ratio) {
        Some(Value::Text(ratio)) => ratio.split_once(':'),
        _ => None,
    };
    let is_number = |side: &str| (1..=3).contains(&side.len()) && side.bytes().all(|sign| sign.is_ascii_digit());
    let (width, height) = ratio.filter(|(w, h)| is_number(w) && is_number(h)).unwrap_or(("16", "9"));
    format!("{width} / {height}")
}

/// The video and what belongs to it.
#[component]
pub fn Done(
    /// The page.
    app: App,
    /// The task.
    handle: TaskHandle,
    /// What came of it.
    finished: Finished,
    /// Where the video is.
    link: String,
) -> impl IntoView {
    let texts = app.texts();
    let player = NodeRef::<html::Video>::new();
    let failed = RwSignal::new(false);
    let measured = RwSignal::new(None);
    let reload = move |_| {
        failed.set(false);
        if let Some(player) = player.get_untracked() {
            player.load();
        }
    };
    let src = link.clone();
    let wanted = wanted_shape(&handle.draft);
    let shape = move || measured.get().and_then(Measured::shape).unwrap_or_else(|| wanted.clone());
    Effect::new(move |_| {
        if let Some(player) = player.get() {
            js::set_look(&player, "--shape", &shape());
        }
    });
    let (next, uid) = (link.clone(), handle.uid.clone());
    view! {
        <div class="done-view">
            <video
                id="video"
                node_ref=player
                controls
                playsinline
                loop
                preload="auto"
                aria-label=named(app, texts.video, &prompt(&handle.draft, PROMPT_SAID))
                src=src
                on:loadedmetadata:target=move |event| {
                    measured.set(Some(Measured::of(&event.target())));
                    failed.set(false);
                }
                on:loadeddata:target=move |event| pictures::draw(app, &uid, &event.target())
                on:error=move |_| failed.set(true)
            ></video>
            <div class="problem" class:gone=move || !failed.get() role="status">
                {texts.video_failed}" "
                <button type="button" class="small" on:click=reload>{texts.reload_video}</button>
            </div>
            <Facts app handle=handle.clone() finished measured />
            <Steps app handle=handle.clone() link=next />
            <Actions app handle link player />
        </div>
    }
}

/// Size, length, price and end of the video. What a gateway does not report has no row.
#[component]
fn Facts(
    /// The page.
    app: App,
    /// The task.
    handle: TaskHandle,
    /// What came of it.
    finished: Finished,
    /// What the video says of itself, once it does.
    measured: RwSignal<Option<Measured>>,
) -> impl IntoView {
    let texts = app.texts();
    let usage = finished.usage;
    let size =
        move || measured.get().map_or("…".to_owned(), |measured| format!("{} × {}", measured.width, measured.height));
    let length = move || measured.get().map_or("…".to_owned(), |measured| length(app, measured, usage.output_ms));
    let paid = handle.task.with_untracked(|task| paid(app, task, &usage));
    // What was paid says what it was made of.
    let billed = usage.billed_ms.filter(|_| paid.is_none()).map(|ms| format!("{}{}", seconds(ms), unit(app)));
    let billed = billed.map(|billed| view! { <div><dt>{texts.fact_billed}</dt><dd>{billed}</dd></div> });
    let paid = paid.map(|(sum, of)| {
        view! { <div><dt class="hidden">{texts.fact_price}</dt><dd id="paid">{sum + &of}</dd></div> }
    });
    let ends = handle.task.with_untracked(link_ends_ms).map(|end| {
        let left = move || match end.saturating_sub(app.now.get()) {
            0 => texts.expired.to_owned(),
            left => words::clock(left),
        };
        view! { <div><dt>{texts.fact_expires}</dt><dd>{left}</dd></div> }
    });
    let rewritten = finished.actual_prompt.map(|prompt| {
        view! { <div class="wide"><dt>{texts.fact_prompt}</dt><dd lang="" dir="auto">{prompt}</dd></div> }
    });
    view! {
        <dl class="facts in-line" aria-label=texts.facts>
            <div><dt class="hidden">{texts.fact_size}</dt><dd id="measured-size">{size}</dd></div>
            <div><dt class="hidden">{texts.fact_length}</dt><dd>{length}</dd></div>
            {paid}
            {billed}
            {ends}
            {rewritten}
        </dl>
    }
}

/// The length of the video, with a word where the gateway said another.
fn length(app: App, measured: Measured, said: Option<u64>) -> String {
    let text = format!("{}{}", seconds(measured.milliseconds / 10 * 10), unit(app));
    // Containers round to a frame; only a difference a person would notice is worth a word.
    let differs = said.is_some_and(|said| said.abs_diff(measured.milliseconds) > 500);
    if differs { format!("{text}  ⚠ {}", app.texts().mismatch) } else { text }
}
