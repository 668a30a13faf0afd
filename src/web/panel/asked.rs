//! What was asked of a task: its prompt, and the settings that count. It stands on the stage in every state.

use crate::catalog::FieldId;
use crate::draft::{Draft, Media, Value};
use crate::price::seconds;
use crate::task::Task;
use crate::web::component::task::unit;
use crate::web::state::App;
use crate::web::state::tasks::TaskHandle;
use crate::words::{self, stage};
use leptos::either::Either;
use leptos::prelude::*;

/// Columns of text that two short lines hold; a Chinese sign takes two.
const SHORT: usize = 84;
/// Signs of a longer prompt that stand in its fold.
const START: usize = 240;
/// Signs of a file's name.
const NAME: usize = 32;

/// Prompt and settings. Nothing for a task that was brought from elsewhere, of which the page knows neither.
#[component]
pub fn Asked(
    /// The page.
    app: App,
    /// The task.
    handle: TaskHandle,
) -> impl IntoView {
    let words = stage::words(app.lang());
    let prompt = match handle.draft.filled(FieldId::Prompt) {
        Some(Value::Text(prompt)) => prompt.trim().to_owned(),
        _ => String::new(),
    };
    let settings = handle.task.with_untracked(|task| settings(app, task, &handle.draft));
    let is_known = !prompt.is_empty() || !settings.is_empty();
    let prompt = (!prompt.is_empty()).then(|| {
        if is_short(&prompt) {
            Either::Left(view! { <p class="prompt" lang="" dir="auto">{prompt}</p> })
        } else {
            let start: String = prompt.chars().take(START).collect();
            Either::Right(view! {
                <details class="prompt">
                    <summary>
                        <span class="start" lang="" dir="auto">{start}</span>
                        <span class="name">{words.prompt}</span>
                    </summary>
                    <p lang="" dir="auto" tabindex="0">{prompt}</p>
                </details>
            })
        }
    });
    let settings = (!settings.is_empty()).then(|| view! { <p class="settings">{settings.join(" · ")}</p> });
    is_known.then(|| view! { <div class="asked" role="group" aria-label=words.asked>{prompt}{settings}</div> })
}

fn is_short(prompt: &str) -> bool {
    let wide = |sign: char| if u32::from(sign) >= 0x2e80 { 2 } else { 1 };
    !prompt.contains('\n') && prompt.chars().take(SHORT + 1).map(wide).sum::<usize>() <= SHORT
}

/// The settings that count, in words: what is seen and what is paid for, then what was given along.
fn settings(app: App, task: &Task, draft: &Draft) -> Vec<String> {
    let lang = app.lang();
    let text = |id: FieldId| match draft.filled(id) {
        Some(Value::Text(text)) => Some(text.trim().to_owned()),
        _ => None,
    };
    let before = task.estimate.as_ref();
    let tier = text(FieldId::Tier).or_else(|| before.map(|estimate| estimate.tier.clone()));
    let tier = tier.filter(|tier| !tier.is_empty()).map(|tier| words::choice(lang, FieldId::Tier, &tier));
    let ratio = text(FieldId::Ratio).map(|ratio| words::choice(lang, FieldId::Ratio, &ratio));
    let length = before.and_then(|estimate| estimate.output_ms).map(seconds);
    let length = length.or_else(|| text(FieldId::Duration).filter(|length| !length.starts_with('-')));
    let length = length.map(|length| length + unit(app));
    let seed = text(FieldId::Seed).map(|seed| format!("{} {seed}", stage::words(lang).seed));
    [tier, ratio, length, seed].into_iter().flatten().chain(given(app, draft)).collect()
}

/// Pictures, sounds and videos that were given, by their names.
fn given(app: App, draft: &Draft) -> Vec<String> {
    let named = |id: FieldId, media: &Media| {
        let name: String = short(media).chars().take(NAME).collect();
        format!("{} {name}", words::field(app.lang(), id))
    };
    let of = |(id, value): (FieldId, &Value)| match value {
        Value::Media(media) => vec![named(id, media)],
        Value::References(list) => list.iter().map(|entry| named(id, &entry.media)).collect(),
        Value::Text(_) | Value::Flag(_) => Vec::new(),
    };
    draft.filled_fields().flat_map(of).collect()
}

/// The name of a file, or the end of a link's path: what follows it may be a signature.
fn short(media: &Media) -> &str {
    let path = media.link().split(['?', '#']).next().unwrap_or_default();
    let name = path.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    if media.file().is_some() { media.name() } else { name }
}
