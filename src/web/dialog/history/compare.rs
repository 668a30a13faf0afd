//! Using a task again: what of the draft would change, before it changes.

use crate::catalog::FieldId;
use crate::draft::{Draft, Media, Reference, Value};
use crate::snapshot::Saved;
use crate::task::Origin;
use crate::web::browser;
use crate::web::component::button;
use crate::web::component::dom::{View, class, el};
use crate::web::dialog::history::{close, fill, say};
use crate::web::drive::journal::record;
use crate::web::state::App;
use crate::words;
use crate::words::lang::Lang;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Characters shown of a value.
const SHOWN: usize = 160;

/// Shows what would change, with a button that changes it.
pub fn show(app: App, uid: String) {
    spawn_local(async move {
        let saved = match app.task(&uid) {
            Some(handle) => Some(Saved { task: handle.task.get_untracked(), draft: handle.draft.as_ref().clone() }),
            None => record::load(app, &uid).await,
        };
        if let Some(saved) = saved {
            return panel(app, saved);
        }
        say(app.lang().history().gone);
        crate::web::dialog::history::aside::show(app).await;
    });
}

fn panel(app: App, saved: Saved) {
    let words = app.lang().history();
    let origin = &saved.task.origin;
    let known = app.catalog().gateway(&origin.gateway).is_some_and(|gateway| gateway.model(&origin.model).is_some());
    let changes = differences(app, &saved);
    let cell = |text: &str| {
        let shown: String = text.chars().take(SHOWN).collect();
        el("td").text(if shown.is_empty() { words.blank } else { &shown })
    };
    let rows = changes
        .iter()
        .map(|(name, now, then)| el("tr").add(el("th").attr("scope", "row").text(name)).add(cell(now)).add(cell(then)));
    let head = [words.field, words.now, words.then].map(|name| el("th").attr("scope", "col").text(name));
    let table = el("table").add(el("thead").add(el("tr").all(head))).add(el("tbody").all(rows));
    let content = if changes.is_empty() { View::from(el("p").text(words.same)) } else { table.into() };
    let uid = saved.task.uid.clone();
    let take = button("primary", words.take, move || take_over(app, &saved)).attr("id", "history-take");
    let keep = button("", words.leave, move || {
        fill("history-beside", crate::web::component::dom::nothing());
        crate::web::dialog::history::row::focus(Some(uid.clone()));
        spawn_local(crate::web::dialog::history::aside::show(app));
    });
    let note = (!known).then(|| class("p", "hint").text(words.model_gone));
    let box_of_it = class("section", "compare")
        .attr("id", "history-compare-box")
        .attr("aria-labelledby", "history-compare")
        .add(el("h3").attr("id", "history-compare").text(words.compare))
        .add(content)
        .add(note)
        .add(class("div", "buttons").add(take).add(keep));
    fill("history-beside", box_of_it);
    crate::web::dialog::history::row::focus_first("history-compare-box");
}

/// Name, value now, value then, for all that differs.
fn differences(app: App, saved: &Saved) -> Vec<(&'static str, String, String)> {
    let words = app.lang().history();
    let origin = &saved.task.origin;
    let (gateway, model) = untrack(|| (app.the_gateway(), app.the_model()));
    let name = |id: &str| app.catalog().gateway(id).map_or(id, |gateway| app.pick(&gateway.name)).to_owned();
    let address = untrack(|| app.target()).map(|target| target.base.text().clone()).unwrap_or_default();
    let mut rows = vec![
        (words.gateway, name(gateway.id), name(&origin.gateway)),
        (words.model, model.id.to_owned(), origin.model.clone()),
        (app.texts().base, address, origin.base.text().clone()),
    ];
    app.draft.with_untracked(|draft| {
        for id in FieldId::ALL {
            let of = |draft: &Draft| draft.filled(id).map(|value| in_words(app.lang(), id, value)).unwrap_or_default();
            rows.push((words::field(app.lang(), id), of(draft), of(&saved.draft)));
        }
    });
    rows.retain(|(_, now, then)| now != then);
    rows
}

/// A value as a person reads it.
fn in_words(lang: Lang, id: FieldId, value: &Value) -> String {
    match value {
        Value::Text(text) => words::choice(lang, id, text),
        Value::Flag(flag) => (if *flag { lang.texts().yes } else { lang.texts().no }).to_owned(),
        Value::Media(media) => medium_in_words(lang, media),
        Value::References(list) => {
            let line = |entry: &Reference| [&medium_in_words(lang, &entry.media), " ", &*entry.voice].concat();
            list.iter().map(line).collect::<Vec<_>>().join("\n")
        }
    }
}

fn medium_in_words(lang: Lang, media: &Media) -> String {
    match media.file().filter(|file| file.base64.is_empty()) {
        Some(file) => [file.name.as_str(), " — ", lang.history().file_again].concat(),
        None => media.name().to_owned(),
    }
}

/// Makes the task's wishes the draft.
fn take_over(app: App, saved: &Saved) {
    seat(app, &saved.task.origin);
    app.draft.set(saved.draft.clone());
    app.tried.set(false);
    app.selected.set(None);
    close();
    browser::focus("f-prompt");
}

/// Chooses gateway, model and address of a task, as far as the page still offers them.
fn seat(app: App, origin: &Origin) {
    let Some(index) = app.catalog().gateways.iter().position(|gateway| gateway.id == origin.gateway) else { return };
    let gateway = &app.catalog().gateways[index];
    app.gateway.set(index);
    if let Some(model) = gateway.models.iter().position(|model| model.id == origin.model) {
        app.choose_model(model);
    }
    app.choose_place(app.place_of(gateway, &origin.base));
}
