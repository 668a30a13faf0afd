//! Small pictures of finished videos, for the lists: drawn once when a video was looked at, where its host lets a page
//! read it, and held in memory only. Nothing is fetched for them that was not shown.

use crate::web::browser::files::frame;
use crate::web::state::App;
use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::HtmlVideoElement;

/// The place of a task's picture, by the task's name: a `data:` URL once there is one.
pub fn of(app: App, uid: &str) -> ArcRwSignal<Option<String>> {
    let mut all = app.drive.pictures.borrow_mut();
    all.entry(uid.to_owned()).or_insert_with(|| ArcRwSignal::new(None)).clone()
}

/// Draws the picture of a task whose video the player shows, unless it is there.
pub fn draw(app: App, uid: &str, player: &HtmlVideoElement) {
    let place = of(app, uid);
    if place.with_untracked(Option::is_some) {
        return;
    }
    if let Some(picture) = frame::small_of(player) {
        return place.set(Some(picture));
    }
    let link = player.src();
    spawn_local(async move {
        if let Some(picture) = frame::small(&link).await {
            place.set(Some(picture));
        }
    });
}
