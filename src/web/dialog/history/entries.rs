//! The rows of the history: as many as were asked for, and more when one comes near the end of them.

use crate::snapshot::list::List;
use crate::web::browser;
use crate::web::browser::dates::Moments;
use crate::web::dialog::history::room::Room;
use crate::web::dialog::history::row::Entry;
use leptos::html;
use leptos::prelude::*;
use std::sync::Arc;
use web_sys::Element;

/// This close to the end of the rows, more come.
const AHEAD_PX: i32 = 600;

/// The rows, what stands in their place where there are none, and the button for more.
#[component]
pub fn Entries(
    /// The history.
    room: Room,
    /// Puts a task on the stage.
    open: Callback<Arc<str>>,
    /// Uses it again.
    again: Callback<Arc<str>>,
    /// Deletes it.
    remove: Callback<Arc<str>>,
) -> impl IntoView {
    let app = room.app;
    let words = app.lang().history();
    let moments = StoredValue::new_local(Moments::new(app.lang()));
    let button = NodeRef::<html::Button>::new();
    let hint = move || match room.list.with(List::counts) {
        (0, _) if !room.is_read.get() => Some(words.loading),
        (0, 0) => Some(words.empty),
        (0, _) => Some(words.none_found),
        _ => None,
    };
    let more = move |_| {
        // The button may be gone: the first of the new rows is where the reader goes on.
        let next = room.rows.with_untracked(Vec::len);
        room.extend();
        room.focus_at(next);
    };
    let scrolled = move |list: &Element| {
        let left = list.scroll_height() - list.scroll_top() - list.client_height();
        // Who came to the button by keyboard wants the button.
        let focused = browser::document().active_element();
        let is_on_button = button.get_untracked().is_some_and(|button| focused.as_ref() == Some(&button));
        if left < AHEAD_PX && !is_on_button && untrack(|| room.has_more()) {
            room.extend();
        }
    };
    view! {
        <div class="entries" on:scroll:target=move |event| scrolled(&event.target())>
            <ul id="history-list" aria-label=words.title>
                <For each=move || room.rows.get() key=|row| row.uid.clone() let:row>
                    <Entry app row moments open again remove />
                </For>
                {move || hint().map(|words| view! { <li class="hint">{words}</li> })}
            </ul>
            <div id="history-more">
                <Show when=move || room.has_more()>
                    <button type="button" node_ref=button on:click=more>{words.more}</button>
                </Show>
            </div>
        </div>
    }
}
