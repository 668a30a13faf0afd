//! What can be done with a finished video, and the reminder of links that end soon.

use crate::catalog::FieldId;
use crate::draft::{Draft, Value};
use crate::expiry::{ends_soon, link_ends_ms};
use crate::http::Request;
use crate::web::browser;
use crate::web::browser::fetch::{self, Arrival, Expect};
use crate::web::component::button;
use crate::web::component::dom::{El, View, class, el, keyed_part, nothing};
use crate::web::component::parts::{copy_button, named};
use crate::web::drive::kept::{self, Kept};
use crate::web::state::App;
use crate::web::state::tasks::TaskHandle;
use crate::words;
use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::HtmlVideoElement;

/// Longest wait for a video: a big file over a slow line.
const PATIENCE_MS: u64 = 30 * 60_000;
/// Letters of a prompt that a list shows.
const PROMPT_SHOWN: usize = 120;

/// A finished video: its task and where it is.
#[derive(Clone)]
struct Finished {
    app: App,
    handle: TaskHandle,
    link: String,
}

/// The file's name, unique within the visit.
fn file_name(handle: &TaskHandle) -> String {
    ["wan-", &handle.number.to_string(), ".mp4"].concat()
}

/// Under which a task's video is kept.
fn key(handle: &TaskHandle) -> String {
    handle.task.with_untracked(|task| {
        let id = task.id.as_ref().map_or_else(|| task.started_ms.to_string(), |id| id.0.clone());
        [&task.origin.gateway, "/", &id].concat()
    })
}

/// Download, open, keep, and the command that does it elsewhere.
pub fn actions(app: App, handle: &TaskHandle, link: &str, player: Option<HtmlVideoElement>) -> El {
    let words = app.lang().kept();
    let result = Finished { app, handle: handle.clone(), link: link.to_owned() };
    let progress = RwSignal::new(String::new());
    let said = RwSignal::new(String::new());
    let is_kept = RwSignal::new(false);
    let (one, two) = (result.clone(), result.clone());
    let download =
        button("primary", words.download, move || one.clone().download(progress, said)).attr("id", "download");
    let keep = button("", "", move || two.clone().toggle(is_kept, progress, said))
        .attr("id", "keep")
        .bind("aria-pressed", move || is_kept.get().to_string())
        .add(el("span").words(move || if is_kept.get() { words.kept } else { words.keep }.to_owned()));
    // A copy kept earlier takes the place of a link that has ended.
    let memory = handle.memory.clone();
    let (place, ended) = (key(handle), has_ended(handle));
    spawn_local(async move {
        let Some(copy) = kept::link(&place).await else {
            if ended {
                said.try_set(words.ended.to_owned());
            }
            return;
        };
        is_kept.try_set(true);
        if memory.with_untracked(Option::is_none) {
            memory.set(Some(copy.clone()));
        }
        if let Some(player) = player.filter(|player| ended || player.error().is_some()) {
            player.set_src(&copy);
            said.try_set(words.playing_kept.to_owned());
        }
    });
    let outside =
        if link.starts_with("blob:") {
            nothing()
        } else {
            let (link_now, name) = (link.to_owned(), file_name(handle));
            let command = move || untrack(|| crate::snippet::download(app.shell(), &link_now, &name).text);
            let open = class("a", "button")
                .attrs(&[("href", link), ("target", "_blank"), ("rel", "noreferrer noopener")])
                .text(app.texts().open);
            let copy = class("span", "copy-curl").text(app.texts().save_curl).text(" ");
            View::from(open).and(copy.add(
                copy_button(app, command).attr("aria-label", &named(app, app.texts().copy, app.texts().save_curl)),
            ))
        };
    class("div", "result-actions")
        .add(class("div", "buttons").add(download).add(keep).add(outside))
        .add(class("p", "bytes").attr("id", "download-progress").words(move || progress.get()))
        .add(class("p", "hint").attrs(&[("id", "download-said"), ("role", "status")]).words(move || said.get()))
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

fn has_ended(handle: &TaskHandle) -> bool {
    handle.task.with_untracked(|task| link_ends_ms(task).is_some_and(|end| end <= browser::now_ms()))
}

impl Finished {
    /// The video in memory: the copy that is there already, or one that is fetched now. The words say why not.
    async fn obtain(&self, progress: RwSignal<String>) -> Result<String, String> {
        if let Some(memory) = self.handle.memory.get_untracked() {
            return Ok(memory);
        }
        if self.link.starts_with("blob:") {
            return Ok(self.link.clone());
        }
        let words = self.app.lang().kept();
        let tell = Box::new(move |received, total: Option<u64>| {
            let received = words::bytes(received);
            let line = match total {
                Some(total) => [words.downloading, " ", &received, " / ", &words::bytes(total)].concat(),
                None => [words.downloading, " ", &received].concat(),
            };
            progress.try_set(line);
        });
        let answer = fetch::send(&Request::file(&self.link), None, None, PATIENCE_MS, Expect::Video, tell).await;
        progress.try_set(String::new());
        match answer {
            Ok(Arrival::Video(copy, _)) => {
                self.handle.memory.set(Some(copy.clone()));
                Ok(copy)
            }
            Ok(Arrival::Text(answer)) => Err([words.refused, " ", &answer.status.to_string()].concat()),
            Err(_) => Err(words.blocked.to_owned()),
        }
    }

    fn download(self, progress: RwSignal<String>, said: RwSignal<String>) {
        said.set(String::new());
        spawn_local(async move {
            match self.obtain(progress).await {
                Ok(copy) => browser::save_link(&file_name(&self.handle), &copy),
                Err(why) => drop(said.try_set(why)),
            }
        });
    }

    /// Keeps the video, or takes the copy away again.
    fn toggle(self, is_kept: RwSignal<bool>, progress: RwSignal<String>, said: RwSignal<String>) {
        let words = self.app.lang().kept();
        let keeps = !is_kept.get_untracked();
        said.set(if keeps { words.keeping } else { "" }.to_owned());
        spawn_local(async move {
            let outcome = if keeps { self.keep(progress).await } else { self.remove().await };
            if outcome.is_ok() {
                is_kept.try_set(keeps);
            }
            said.try_set(outcome.err().unwrap_or_default());
        });
    }

    async fn keep(&self, progress: RwSignal<String>) -> Result<(), String> {
        let copy = self.obtain(progress).await?;
        let model = self.handle.task.with_untracked(|task| task.origin.model.clone());
        let kept = Kept {
            key: key(&self.handle),
            name: file_name(&self.handle),
            model,
            prompt: prompt(&self.handle.draft),
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
fn prompt(draft: &Draft) -> String {
    match draft.filled(FieldId::Prompt) {
        Some(Value::Text(prompt)) => prompt.chars().take(PROMPT_SHOWN).collect(),
        _ => String::new(),
    }
}

/// Says that links end soon, while there is time. Finished videos whose copy is here are not meant.
#[inline(never)]
pub fn reminder(app: App) -> View {
    let soon = move || {
        let now = app.now.get();
        app.tasks.with(|tasks| {
            let ending = |handle: &&TaskHandle| {
                handle.memory.with(Option::is_none) && handle.task.with(|task| ends_soon(task, now))
            };
            let numbers: Vec<String> = tasks.iter().filter(ending).map(|handle| handle.number.to_string()).collect();
            numbers.join(" ")
        })
    };
    keyed_part(soon, move |numbers| {
        let Some(first) = numbers.split(' ').next_back().and_then(|number| number.parse().ok()) else {
            return nothing();
        };
        let words = app.lang().kept();
        let many = numbers.contains(' ');
        let lead = if many { words.ends_many } else { words.ends_one };
        let left = move || {
            let earliest = app.tasks.with(|tasks| {
                let end = |handle: &TaskHandle| handle.task.with(link_ends_ms);
                tasks.iter().filter_map(end).filter(|end| *end > app.now.get()).min()
            });
            words::clock(earliest.unwrap_or(0).saturating_sub(app.now.get()))
        };
        class("div", "reminder")
            .attrs(&[("id", "reminder"), ("role", "status")])
            .add(el("span").text(lead).text(" "))
            .add(class("span", "figure").attr("aria-hidden", "true").words(left))
            .add(el("span").text(" ").text(words.ends_do))
            .add(button("small", words.show, move || app.selected.set(Some(first))))
            .into()
    })
}
