//! What can be done with a finished video, and the reminder of links that end soon.

use crate::catalog::FieldId;
use crate::draft::{Draft, Value};
use crate::expiry::{ends_soon, link_ends_ms};
use crate::filename;
use crate::http::Request;
use crate::web::browser;
use crate::web::browser::fetch::{self, Arrival, Expect};
use crate::web::component::copy::Copy;
use crate::web::component::part::Part;
use crate::web::component::parts::named;
use crate::web::drive::kept::{self, Kept};
use crate::web::state::App;
use crate::web::state::tasks::TaskHandle;
use crate::words::{self, stage};
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Longest wait for a video: a big file over a slow line.
const PATIENCE_MS: u64 = 30 * 60_000;
/// Letters of a prompt that a list shows.
const PROMPT_SHOWN: usize = 120;

/// A finished video: its task, where it is, and what is told of it.
#[derive(Clone)]
struct Video {
    app: App,
    handle: TaskHandle,
    link: String,
    told: Told,
}

/// What is told of a video while it is fetched and kept.
#[derive(Clone, Copy)]
struct Told {
    progress: RwSignal<String>,
    said: RwSignal<String>,
    is_kept: RwSignal<bool>,
}

/// The name of the video's file: after its model, prompt and task.
fn file_name(handle: &TaskHandle) -> String {
    file_stem(handle) + ".mp4"
}

/// The same without its ending.
pub fn file_stem(handle: &TaskHandle) -> String {
    handle.task.with_untracked(|task| {
        let id = task.id.as_ref().map_or(&*task.uid, |id| &id.0);
        filename::stem(&task.origin.model, &prompt(&handle.draft, PROMPT_SHOWN), id)
    })
}

/// Under which a task's video is kept.
fn key(handle: &TaskHandle) -> String {
    handle.task.with_untracked(|task| {
        let id = task.id.as_ref().map_or_else(|| task.started_ms.to_string(), |id| id.0.clone());
        format!("{}/{id}", task.origin.gateway)
    })
}

/// Download, open, keep, and the command that does it elsewhere.
#[component]
pub fn Actions(
    /// The page.
    app: App,
    /// The task.
    handle: TaskHandle,
    /// Where the video is.
    link: String,
    /// What plays it.
    player: NodeRef<html::Video>,
) -> impl IntoView {
    let words = app.lang().kept();
    let (progress, said, is_kept) = (RwSignal::new(String::new()), RwSignal::new(String::new()), RwSignal::new(false));
    let told = Told { progress, said, is_kept };
    let video = Video { app, handle: handle.clone(), link: link.clone(), told };
    video.clone().recall(player);
    let wanted = video.clone();
    let outside = (!link.starts_with("blob:")).then(|| view! { <Outside app handle link /> });
    view! {
        <div class="result-actions">
            <div class="buttons">
                <button type="button" class="primary" id="download" on:click=move |_| wanted.clone().download()>
                    {stage::words(app.lang()).save}
                </button>
                <button
                    type="button"
                    id="keep"
                    aria-pressed=move || is_kept.get().to_string()
                    on:click=move |_| video.clone().toggle()
                >
                    <span>{move || if is_kept.get() { words.kept } else { words.keep }}</span>
                </button>
                {outside}
            </div>
            <p class="bytes" id="download-progress">{progress}</p>
            <p class="hint" id="download-said" role="status">{said}</p>
        </div>
    }
}

/// The link, to be opened, and the command that downloads it.
#[component]
fn Outside(
    /// The page.
    app: App,
    /// The task.
    handle: TaskHandle,
    /// The link.
    link: String,
) -> impl IntoView {
    let texts = app.texts();
    let words = stage::words(app.lang());
    let (href, copied, file) = (link.clone(), link.clone(), file_name(&handle));
    let command = move || untrack(|| crate::snippet::download(app.shell(), &link, &file).text);
    let name = named(app, texts.copy, texts.save_curl);
    view! {
        <Copy app text=move || copied.clone() name=words.copy_link copied=words.link_copied class="" attr:id="copy-video" />
        <a class="button" href=href target="_blank" rel="noreferrer noopener">{texts.open}</a>
        <span class="copy-curl">{texts.save_curl}" "<Copy app text=command attr:aria-label=name /></span>
    }
}

/// Looks whether a copy of the video was kept, and puts it into memory.
pub fn look(handle: &TaskHandle) {
    let (memory, place) = (handle.memory.clone(), key(handle));
    spawn_local(async move {
        if let Some(copy) = kept::link(&place).await {
            memory.set(Some(copy));
        }
    });
}

impl Video {
    /// A copy kept earlier takes the place of a link that has ended.
    fn recall(self, player: NodeRef<html::Video>) {
        let words = self.app.lang().kept();
        let Told { said, is_kept, .. } = self.told;
        let end = self.handle.task.with_untracked(link_ends_ms);
        let has_ended = end.is_some_and(|end| end <= browser::now_ms());
        spawn_local(async move {
            let Some(copy) = kept::link(&key(&self.handle)).await else {
                if has_ended {
                    said.try_set(words.ended.to_owned());
                }
                return;
            };
            is_kept.try_set(true);
            if self.handle.memory.with_untracked(Option::is_none) {
                self.handle.memory.set(Some(copy.clone()));
            }
            let player = player.try_get_untracked().flatten();
            if let Some(player) = player.filter(|player| has_ended || player.error().is_some()) {
                player.set_src(&copy);
                said.try_set(words.playing_kept.to_owned());
            }
        });
    }

    /// The video in memory: the copy that is there already, or one that is fetched now. The words say why not.
    async fn obtain(&self) -> Result<String, String> {
        if let Some(memory) = self.handle.memory.get_untracked() {
            return Ok(memory);
        }
        if self.link.starts_with("blob:") {
            return Ok(self.link.clone());
        }
        let words = self.app.lang().kept();
        let progress = self.told.progress;
        let tell = Box::new(move |received, total: Option<u64>| {
            let of = total.map(|total| format!(" / {}", words::bytes(total))).unwrap_or_default();
            progress.try_set(format!("{} {}{of}", words.downloading, words::bytes(received)));
        });
        let answer = fetch::send(&Request::file(&self.link), None, None, PATIENCE_MS, Expect::Video, tell).await;
        progress.try_set(String::new());
        match answer {
            Ok(Arrival::Video(copy, _)) => {
                self.handle.memory.set(Some(copy.clone()));
                Ok(copy)
            }
            Ok(Arrival::Text(answer)) => Err(format!("{} {}", words.refused, answer.status)),
            Err(_) => Err(words.blocked.to_owned()),
        }
    }

    fn download(self) {
        self.told.said.set(String::new());
        spawn_local(async move {
            match self.obtain().await {
                Ok(copy) => browser::save_link(&file_name(&self.handle), &copy),
                Err(why) => drop(self.told.said.try_set(why)),
            }
        });
    }

    /// Keeps the video, or takes the copy away again.
    fn toggle(self) {
        let words = self.app.lang().kept();
        let Told { said, is_kept, .. } = self.told;
        let keeps = !is_kept.get_untracked();
        said.set(if keeps { words.keeping } else { "" }.to_owned());
        spawn_local(async move {
            let outcome = if keeps { self.keep().await } else { self.remove().await };
            if outcome.is_ok() {
                is_kept.try_set(keeps);
            }
            said.try_set(outcome.err().unwrap_or_default());
        });
    }

    async fn keep(&self) -> Result<(), String> {
        let copy = self.obtain().await?;
        let kept = Kept {
            key: key(&self.handle),
            name: file_name(&self.handle),
            model: self.handle.task.with_untracked(|task| task.origin.model.clone()),
            prompt: prompt(&self.handle.draft, PROMPT_SHOWN),
            bytes: kept::size(&copy).await.unwrap_or(0),
            at_ms: browser::now_ms(),
        };
        kept::keep(&kept, &copy).await.map_err(|refusal| refusal.words(self.app.lang()).to_owned())
    }

    async fn remove(&self) -> Result<(), String> {
        kept::remove(&key(&self.handle)).await.map_err(|refusal| refusal.words(self.app.lang()).to_owned())
    }
}

/// The beginning of a draft's prompt.
pub fn prompt(draft: &Draft, letters: usize) -> String {
    match draft.filled(FieldId::Prompt) {
        Some(Value::Text(prompt)) => prompt.chars().take(letters).collect(),
        _ => String::new(),
    }
}

/// Says that links end soon, while there is time. Finished videos whose copy is here are not meant.
pub fn reminder(app: App) -> impl IntoView {
    // Numbers of the tasks, newest first.
    let ending = Memo::new(move |_| {
        let now = app.now.get();
        let ends =
            |handle: &&TaskHandle| handle.memory.with(Option::is_none) && handle.task.with(|task| ends_soon(task, now));
        app.tasks.with(|tasks| tasks.iter().filter(ends).map(|handle| handle.number).collect::<Vec<_>>())
    });
    let told = move |numbers: Vec<u32>| {
        let (oldest, is_many) = (*numbers.last()?, numbers.len() > 1);
        Some(view! { <Reminder app oldest is_many /> })
    };
    view! { <Part of=ending let:numbers>{told(numbers)}</Part> }
}

/// The words of the reminder, with the time that is left.
#[component]
fn Reminder(
    /// The page.
    app: App,
    /// The number of the oldest task that is meant.
    oldest: u32,
    /// There are others.
    is_many: bool,
) -> impl IntoView {
    let words = app.lang().kept();
    let lead = if is_many { words.ends_many } else { words.ends_one };
    let left = move || {
        let end = |handle: &TaskHandle| handle.task.with(link_ends_ms).filter(|end| *end > app.now.get());
        let earliest = app.tasks.with(|tasks| tasks.iter().filter_map(end).min());
        words::clock(earliest.unwrap_or(0).saturating_sub(app.now.get()))
    };
    view! {
        <div class="reminder" id="reminder" role="status">
            <span>{lead}" "</span>
            <span class="figure" aria-hidden="true">{left}</span>
            <span>" "{words.ends_do}</span>
            <button type="button" class="small" on:click=move |_| app.selected.set(Some(oldest))>{words.show}</button>
        </div>
    }
}
