//! The list of videos kept in this browser.

use crate::web::browser;
use crate::web::component::button;
use crate::web::component::dialogs;
use crate::web::component::dom::{El, class, el};
use crate::web::drive::kept::{self, Kept};
use crate::web::state::App;
use crate::words;
use leptos::task::spawn_local;

/// The list of kept videos. It is filled when it is opened.
pub fn dialog(app: App) -> El {
    let words = app.lang().kept();
    dialogs::dialog(app, "kept", words.list)
        .add(el("p").text(words.list_lead))
        .add(class("div", "kept").attr("id", "kept-list"))
}

/// Opens the list and fills it.
pub fn open(app: App) {
    dialogs::put("kept", || dialog(app));
    dialogs::show("kept");
    spawn_local(fill(app));
}

async fn fill(app: App) {
    let words = app.lang().kept();
    let (kept, room) = (kept::list().await, kept::room().await);
    let Some(place) = browser::document().get_element_by_id("kept-list") else { return };
    place.set_text_content(None);
    let place = El::from(place);
    let kept = match kept {
        Err(refusal) => {
            place.add(class("p", "problem").text(refusal.words(app.lang())));
            return;
        }
        Ok(kept) if kept.is_empty() => {
            place.add(class("p", "hint").text(words.empty));
            return;
        }
        Ok(kept) => kept,
    };
    let bytes = kept.iter().map(|kept| kept.bytes).sum();
    let mut sum = [words.in_all, " ", &kept.len().to_string(), " · ", &words::bytes(bytes)].concat();
    if let Some(room) = room {
        sum.push_str(&[" · ", words.room, " ", &words::bytes(room)].concat());
    }
    let rows: Vec<El> = kept.into_iter().map(|kept| row(app, kept)).collect();
    place.add(class("p", "hint").text(&sum)).add(el("ul").add(rows));
}

fn row(app: App, kept: Kept) -> El {
    let words = app.lang().kept();
    let title = [&kept.model, " · ", &words::bytes(kept.bytes), " · ", &browser::local_time(kept.at_ms)].concat();
    let about = if kept.prompt.is_empty() { words.no_prompt } else { &kept.prompt };
    let screen = class("div", "screen");
    let (place, key) = (screen.element().clone(), kept.key.clone());
    let play = button("small", words.play, move || {
        let (place, key) = (place.clone(), key.clone());
        spawn_local(async move {
            let Some(link) = kept::link(&key).await else { return };
            place.set_text_content(None);
            El::from(place).add(el("video").attrs(&[
                ("controls", ""),
                ("playsinline", ""),
                ("autoplay", ""),
                ("src", &link),
            ]));
        });
    });
    let (key, name) = (kept.key.clone(), kept.name.clone());
    let save = button("small", words.save, move || {
        let (key, name) = (key.clone(), name.clone());
        spawn_local(async move {
            if let Some(link) = kept::link(&key).await {
                browser::save_link(&name, &link);
            }
        });
    });
    let key = kept.key.clone();
    let remove = button("small", words.remove, move || {
        let key = key.clone();
        spawn_local(async move {
            if kept::remove(&key).await.is_ok() {
                fill(app).await;
                // The button that had the focus is gone.
                browser::focus("kept-title");
            }
        });
    });
    el("li")
        .add(el("b").text(&title))
        .add(class("p", "prompt").text(about))
        .add(class("div", "buttons").add(play).add(save).add(remove))
        .add(screen)
}
