//! The list of videos kept in this browser.

use crate::web::browser;
use crate::web::component::dialog::Dialog;
use crate::web::drive::kept::{self, Kept, Refusal};
use crate::web::state::App;
use crate::words;
use leptos::prelude::*;
use leptos::task::spawn_local;

const ID: &str = "kept";

/// Opens the list and fills it.
pub fn open(app: App) {
    app.show(ID, move || view! { <KeptVideos app /> });
}

/// What is kept, and how many bytes more there is room for, if the browser says so.
#[derive(Clone)]
struct Stock {
    videos: Vec<Kept>,
    room: Option<u64>,
}

/// The list as it was read last; none before.
type Found = RwSignal<Option<Result<Stock, Refusal>>>;

async fn read(found: Found) {
    let (videos, room) = (kept::list().await, kept::room().await);
    found.try_set(Some(videos.map(|videos| Stock { videos, room })));
}

/// The dialog.
#[component]
fn KeptVideos(
    /// The page.
    app: App,
) -> impl IntoView {
    let words = app.lang().kept();
    let found: Found = RwSignal::new(None);
    spawn_local(read(found));
    let videos = move || found.with(|found| Some(found.as_ref()?.as_ref().ok()?.videos.clone())).unwrap_or_default();
    let remove = Callback::new(move |key: String| {
        spawn_local(async move {
            if kept::remove(&key).await.is_ok() {
                read(found).await;
                // The button that had the focus is gone.
                browser::focus("kept-title");
            }
        });
    });
    view! {
        <Dialog app id=ID title=words.list>
            <p>{words.list_lead}</p>
            <div class="kept" id="kept-list">
                {move || found.with(|found| found.as_ref().map(|found| lead(app, found)))}
                <Show when=move || found.with(|found| matches!(found, Some(Ok(stock)) if !stock.videos.is_empty()))>
                    <ul>
                        <For each=videos key=|kept| kept.key.clone() let:kept>
                            <Video app kept remove />
                        </For>
                    </ul>
                </Show>
            </div>
        </Dialog>
    }
}

/// What stands above the list: how much there is, or why there is none.
fn lead(app: App, found: &Result<Stock, Refusal>) -> impl IntoView + use<> {
    let words = app.lang().kept();
    let (class, said) = match found {
        Err(refusal) => ("problem", refusal.words(app.lang()).to_owned()),
        Ok(stock) if stock.videos.is_empty() => ("hint", words.empty.to_owned()),
        Ok(Stock { videos, room }) => {
            let bytes = words::bytes(videos.iter().map(|kept| kept.bytes).sum());
            let room = room.map(|room| format!(" · {} {}", words.room, words::bytes(room))).unwrap_or_default();
            ("hint", format!("{} {} · {bytes}{room}", words.in_all, videos.len()))
        }
    };
    view! { <p class=class>{said}</p> }
}

/// One of them.
#[component]
fn Video(
    /// The page.
    app: App,
    /// What is known of it.
    kept: Kept,
    /// Takes away the one of this key.
    remove: Callback<String>,
) -> impl IntoView {
    let words = app.lang().kept();
    let Kept { key, name, model, prompt, bytes, at_ms } = kept;
    let title = format!("{model} · {} · {}", words::bytes(bytes), browser::local_time(at_ms));
    let about = if prompt.is_empty() { words.no_prompt.to_owned() } else { prompt };
    let link = RwSignal::new(None::<String>);
    let (played, saved) = (key.clone(), key.clone());
    let play = move |_| {
        let key = played.clone();
        spawn_local(async move {
            if let Some(found) = kept::link(&key).await {
                link.try_set(Some(found));
            }
        });
    };
    let save = move |_| {
        let (key, name) = (saved.clone(), name.clone());
        spawn_local(async move {
            if let Some(link) = kept::link(&key).await {
                browser::save_link(&name, &link);
            }
        });
    };
    let remove = move |_| remove.run(key.clone());
    let screen = move || link.get().map(|link| view! { <video controls playsinline autoplay src=link></video> });
    view! {
        <li>
            <b>{title}</b>
            <p class="prompt">{about}</p>
            <div class="buttons">
                <button type="button" class="small" on:click=play>{words.play}</button>
                <button type="button" class="small" on:click=save>{words.save}</button>
                <button type="button" class="small" on:click=remove>{words.remove}</button>
            </div>
            <div class="screen">{screen}</div>
        </li>
    }
}
