//! A finished task: its video, what can be done with it, and what is known of it.

use crate::expiry::link_ends_ms;
use crate::price::seconds;
use crate::task::Finished;
use crate::web::component::parts::named;
use crate::web::component::task::{paid, unit};
use crate::web::panel::result::{Actions, prompt};
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
                on:error=move |_| failed.set(true)
            ></video>
            <div class="problem" class:gone=move || !failed.get() role="status">
                {texts.video_failed}" "
                <button type="button" class="small" on:click=reload>{texts.reload_video}</button>
            </div>
            <Actions app handle=handle.clone() link player />
            <Facts app handle finished measured />
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
    let billed = usage.billed_ms.map(|ms| format!("{}{}", seconds(ms), unit(app)));
    let billed = billed.map(|billed| view! { <dt>{texts.fact_billed}</dt><dd class="figure">{billed}</dd> });
    let paid = handle.task.with_untracked(|task| paid(app, task, &usage));
    let paid = paid.map(|(sum, of)| view! { <dt>{texts.fact_price}</dt><dd class="figure" id="paid">{sum + &of}</dd> });
    let ends = handle.task.with_untracked(link_ends_ms).map(|end| {
        let left = move || match end.saturating_sub(app.now.get()) {
            0 => texts.expired.to_owned(),
            left => words::clock(left),
        };
        view! { <dt>{texts.fact_expires}</dt><dd class="figure">{left}</dd> }
    });
    let rewritten = finished.actual_prompt.map(|prompt| view! { <dt>{texts.fact_prompt}</dt><dd>{prompt}</dd> });
    view! {
        <dl class="facts" aria-label=texts.facts>
            <dt>{texts.fact_size}</dt>
            <dd class="figure" id="measured-size">{size}</dd>
            <dt>{texts.fact_length}</dt>
            <dd class="figure">{length}</dd>
            {billed}
            {paid}
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
