//! Records that could not be read: shown as what they are, saved as files, deleted only by their owner.

use crate::web::browser;
use crate::web::component::button;
use crate::web::component::dom::{class, el};
use crate::web::dialog::history::{fill, say};
use crate::web::drive::journal;
use crate::web::state::App;
use crate::words::text::history::aside as title;
use leptos::task::spawn_local;

/// Characters shown of a record.
const SHOWN: usize = 300;

/// Shows what lies aside, if anything does.
pub async fn show(app: App) {
    let words = app.lang().history();
    let Ok(store) = journal::store(app).await else { return };
    let list = store.aside().await.unwrap_or_default();
    if list.is_empty() {
        return fill("history-beside", crate::web::component::dom::nothing());
    }
    let number = list.len();
    let rows = list.into_iter().map(|item| {
        let beginning: String = item.text.chars().take(SHOWN).collect();
        let name = ["wan-record-", &item.uid, ".txt"].concat();
        let (text, key) = (item.text, item.key);
        let save = button("small", words.save_file, move || browser::save_text(&name, &text));
        let remove = button("small", words.delete, move || {
            let key = key.clone();
            spawn_local(async move {
                let Ok(store) = journal::store(app).await else { return };
                if store.forget_aside(&key).await.is_err() {
                    say(words.refused);
                }
                Box::pin(show(app)).await;
            });
        });
        el("li")
            .add(el("code").text(&item.uid))
            .add(el("pre").attr("tabindex", "0").text(&beginning))
            .add(class("div", "buttons").add(save).add(remove))
    });
    let box_of_them = class("details", "aside")
        .add(el("summary").text(&title(app.lang(), number)))
        .add(class("p", "hint").text(words.aside_why))
        .add(el("ul").all(rows));
    fill("history-beside", box_of_them);
}
