//! The list of the gateways that a user added, and what can be done with them.

use crate::catalog::own::{Own, id_for};
use crate::task::{State, Task};
use crate::web::browser;
use crate::web::dialog::gateways::page::{Go, Page, is_taken, kept, list_after};
use crate::web::dialog::gateways::takein::TakeIn;
use crate::web::drive::gateways as own;
use crate::web::state::App;
use crate::words::gateways as words;
use leptos::html;
use leptos::prelude::*;
use serde_json::Value;

/// The list, and the ways to more of them.
#[component]
pub(super) fn List(
    /// The page.
    app: App,
    /// What has just been done, a line each.
    said: Vec<String>,
    /// Goes to another page of the dialog.
    go: Go,
) -> impl IntoView {
    let words = words::words(app.lang());
    let note = if own::is_stored(app) { words.kept } else { words.not_kept };
    // The row that asks whether it shall go.
    let asking = RwSignal::new(None);
    let entries = kept(app).map(|kept| kept.entries().to_vec()).unwrap_or_default();
    let rows =
        entries.into_iter().enumerate().map(|(at, entry)| view! { <Row item=Item::of(app, entry) at asking go /> });
    let rows: Vec<_> = rows.collect();
    let said: Vec<_> = said.into_iter().map(|line| view! { <p>{line}</p> }).collect();
    view! {
        <p>{words.lead}" "{note}</p>
        <ul class="own-gateways" id="own-gateways">
            {rows}
        </ul>
        <div class="buttons">
            <button type="button" class="primary" id="gateways-add" on:click=move |_| go(app, Page::Form(None))>
                {words.add}
            </button>
            <button
                type="button"
                id="gateways-export"
                on:click=move |_| browser::save_text("wan-gateways.json", &own::stored(app))
            >
                {words.export}
            </button>
            <TakeIn app go />
        </div>
        <div class="own-said" id="gateways-said" role="status">
            {said}
        </div>
    }
}

/// A gateway of the list.
#[derive(Clone)]
struct Item {
    app: App,
    entry: Value,
    id: String,
    name: String,
}

impl Item {
    fn of(app: App, entry: Value) -> Self {
        let (id, name) = (member(&entry, "id").to_owned(), name_of(app, &entry));
        Self { app, entry, id, name }
    }
}

/// Text of a member of an entry.
fn member<'a>(entry: &'a Value, name: &str) -> &'a str {
    entry[name].as_str().unwrap_or_default()
}

/// The name of an entry in the language of the page.
fn name_of(app: App, entry: &Value) -> String {
    let id = member(entry, "id");
    if let Some(gateway) = app.catalog().gateway(id) {
        return app.pick(&gateway.name).to_owned();
    }
    let name = member(entry, "name");
    (if name.is_empty() { id } else { name }).to_owned()
}

/// A gateway, or the question whether it shall go.
#[component]
fn Row(
    /// The gateway.
    item: Item,
    /// Its place in the list.
    at: usize,
    /// The row that asks.
    asking: RwSignal<Option<usize>>,
    /// Goes to another page of the dialog.
    go: Go,
) -> impl IntoView {
    let asked = item.clone();
    let entry = move || view! { <Entry item=item.clone() ask=move || asking.set(Some(at)) go /> };
    view! {
        <li class="own-gateway">
            <Show when=move || asking.get() == Some(at) fallback=entry>
                <Question item=asked.clone() go />
            </Show>
        </li>
    }
}

/// A gateway, with its buttons.
#[component]
fn Entry(
    /// The gateway.
    item: Item,
    /// Asks whether it shall go.
    ask: impl Fn() + 'static,
    /// Goes to another page of the dialog.
    go: Go,
) -> impl IntoView {
    let Item { app, entry, id, name } = item;
    let words = words::words(app.lang());
    let gateway = app.catalog().gateway(&id);
    let about = gateway.and_then(|gateway| gateway.bases.first()).map_or("", |base| base.url);
    let left_out = gateway.is_none().then(|| view! { <p class="problem">{words.left_out}</p> });
    let button = |word: &str, what: &'static str, press: Box<dyn Fn()>| {
        view! {
            <button type="button" class="small" id=format!("{word}-{id}") aria-label=format!("{what}: {name}") on:click=move |_| press()>
                {what}
            </button>
        }
    };
    let edit =
        Own::of(&entry).map(|own| button("edit", words.edit, Box::new(move || go(app, Page::Form(Some(own.clone()))))));
    let copy = button("duplicate", words.duplicate, Box::new(move || duplicate(app, &entry, go)));
    let remove = button("remove", words.remove, Box::new(ask));
    view! {
        <div class="what">
            <b>{name.clone()}</b>
            <code>{about}</code>
        </div>
        {left_out}
        <div class="buttons">{edit}{copy}{remove}</div>
    }
}

/// The question, in the place of the row: what becomes of its tasks is said before anything is gone.
#[component]
fn Question(
    /// The gateway.
    item: Item,
    /// Goes to the list.
    go: Go,
) -> impl IntoView {
    let Item { app, id, name, .. } = item;
    let words = words::words(app.lang());
    let question = NodeRef::<html::P>::new();
    Effect::new(move |_| question.get().map(|question| question.focus()));
    let words_of_it = words::remove(app.lang(), &name, running(app, &id));
    let remove = move |_| {
        let done = own::change(app, |kept| kept.remove(&id));
        go(app, list_after(app, done.map(|()| vec![format!("{}{name}", words.removed)])));
    };
    view! {
        <p class="what" tabindex="-1" node_ref=question>
            {words_of_it}
        </p>
        <div class="buttons">
            <button type="button" class="danger" id="remove-yes" on:click=remove>
                {words.remove}
            </button>
            <button type="button" on:click=move |_| go(app, Page::List(Vec::new()))>
                {words.keep}
            </button>
        </div>
    }
}

/// How many tasks of a gateway still run.
fn running(app: App, id: &str) -> usize {
    let runs = |task: &Task| {
        task.origin.gateway == id && matches!(task.state, State::Waiting { .. } | State::Sending | State::ByHand)
    };
    app.tasks.with_untracked(|tasks| tasks.iter().filter(|handle| handle.task.with_untracked(runs)).count())
}

/// Puts a copy of an entry into the form, or beside it where the form cannot show all of it.
fn duplicate(app: App, entry: &Value, go: Go) {
    let name = format!("{}{}", name_of(app, entry), words::words(app.lang()).copy);
    let mut copy = entry.clone();
    copy["id"] = id_for(&name, &|id| is_taken(app, id)).into();
    copy["name"] = name.into();
    // The variable belongs to the id, unless it was chosen.
    if let Some(own) = Own::of(&copy) {
        return go(app, Page::Form(Some(own)));
    }
    let done = own::change(app, |kept| kept.put(copy));
    go(app, list_after(app, done.map(|_| Vec::new())));
}
