//! What travels along, named where Run is, and what the prompt says in vain.

use crate::checked::Trap;
use crate::draft::{Media, Value};
use crate::generation::{Along, Stray};
use crate::http::Files;
use crate::web::browser;
use crate::web::component::button;
use crate::web::component::dom::{El, View, class, el, held, keyed_part, nothing};
use crate::web::component::voice;
use crate::web::panel::row::Row;
use crate::web::state::App;
use crate::web::state::dialogs::Dialog;
use crate::words::{self, exact, form};
use leptos::prelude::*;

/// Characters of a value that are shown.
const SHOWN: usize = 40;

/// What travels without a row of its own before the eyes, each with a press that takes it out.
pub fn list(app: App) -> View {
    let found = move || {
        app.outlook.with(|outlook| {
            let own = outlook.along.iter().filter(|one| !one.stray.is_as_pasted()).cloned().collect::<Vec<_>>();
            (own, outlook.traps.clone())
        })
    };
    let mark = move || {
        let (along, traps) = found();
        along.iter().map(|one| line(app, one, &traps).concat()).collect::<Vec<_>>().join("\n")
    };
    keyed_part(mark, move |mark| {
        if mark.is_empty() {
            return nothing();
        }
        let (along, traps) = untrack(found);
        let rows = along.into_iter().map(|one| row(app, one, &traps));
        class("div", "along")
            .attrs(&[("id", "along"), ("role", "group"), ("aria-label", form::words(app.lang()).along)])
            .add(class("b", "along-title").text(form::words(app.lang()).along))
            .add(el("ul").all(rows))
            .into()
    })
}

fn name(app: App, stray: &Stray) -> String {
    match stray {
        Stray::Field { id, .. } | Stray::Withheld { id, .. } => words::field(app.lang(), *id).to_owned(),
        Stray::Extra { path, .. } => path.clone(),
    }
}

/// Name, value, where it comes from, what it costs, and what is wrong with it.
pub(super) fn line(app: App, one: &Along, traps: &[Trap]) -> [String; 5] {
    let words = form::words(app.lang());
    let from = match &one.stray {
        Stray::Field { model, .. } => form::set_for(app.lang(), model),
        Stray::Extra { .. } => String::new(),
        Stray::Withheld { id, usual } => exact::usual(app.lang(), *id, usual),
    };
    let price = one.without.as_ref().map(|price| {
        let amount = price
            .as_ref()
            .map_or(app.texts().price_none.to_owned(), |price| crate::web::component::price::amount(price, app.lang()));
        [words.without, " ", &amount].concat()
    });
    let is_mine = |trap: &&Trap| matches!((trap, &one.stray), (Trap::Unused { path }, Stray::Extra { path: mine, .. }) if path == mine);
    let trap = traps.iter().find(is_mine).map(|trap| form::trap(app.lang(), trap));
    [name(app, &one.stray), value(app, &one.stray), from, price.unwrap_or_default(), trap.unwrap_or_default()]
}

/// The value, as short as it is still known by.
fn value(app: App, stray: &Stray) -> String {
    let text = match stray {
        Stray::Extra { value, .. } => value.print(Files::Marked),
        Stray::Withheld { .. } => String::new(),
        Stray::Field { id, .. } => app.draft.with_untracked(|draft| match draft.get(*id) {
            Some(Value::Text(text)) => words::choice(app.lang(), *id, text),
            Some(Value::Flag(flag)) => (if *flag { app.texts().yes } else { app.texts().no }).to_owned(),
            Some(Value::Media(Media::File(file))) => file.name.clone(),
            Some(Value::Media(Media::Url(url))) => {
                let path = url.split(['?', '#']).next().unwrap_or(url).trim_end_matches('/');
                path.rsplit('/').next().unwrap_or(path).to_owned()
            }
            Some(Value::References(_)) | None => String::new(),
        }),
    };
    let plain = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match plain.char_indices().nth(SHOWN) {
        Some((end, _)) => [&plain[..end], "…"].concat(),
        None => plain,
    }
}

fn row(app: App, one: Along, traps: &[Trap]) -> El {
    let [name, value, from, price, trap] = line(app, &one, traps);
    let facts = [from, price].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" · ");
    let label = form::remove(app.lang(), &name);
    let stray = one.stray;
    let remove = button("small", app.texts().remove, move || {
        app.draft.update(|draft| stray.remove_from(draft));
        voice::say(form::words(app.lang()).removed);
        // Not to Run: who holds Enter would press it.
        browser::focus("price");
    })
    .attr("aria-label", &label);
    let shown = if value.is_empty() { None } else { Some(el("code").text(&value)) };
    let advice = (!trap.is_empty()).then(|| class("span", "along-trap").text(&trap));
    el("li")
        .add(el("b").text(&name))
        .text(" ")
        .add(shown)
        .text(" ")
        .add(class("span", "hint").text(&facts))
        .add(remove)
        .add(advice)
}

/// What the prompt names and is not there.
pub fn traps(app: App) -> View {
    let lines = move || {
        let of_prompt = |trap: &&Trap| !matches!(trap, Trap::Unused { .. });
        let said = |traps: &[Trap]| {
            traps.iter().filter(of_prompt).map(|trap| form::trap(app.lang(), trap)).collect::<Vec<_>>()
        };
        app.outlook.with(|outlook| said(&outlook.traps)).join("\n")
    };
    keyed_part(lines, |lines| {
        let one = |line: &str| class("p", "advice risk").attr("data-trap", "").text(line);
        View::from(lines.lines().map(one).collect::<Vec<El>>())
    })
}

/// The offer to read a prompt that begins like a command as what it is.
pub fn import_offer(row: Row) -> View {
    held(view! { <ImportOffer row /> })
}

#[component]
fn ImportOffer(
    /// The row of the prompt.
    row: Row,
) -> impl IntoView {
    let app = row.app;
    let read = move |_| app.open(Dialog::Brought(untrack(|| row.text())));
    view! {
        <p class="hint offer" role="status">
            <span>{words::beside::import_prompt(app.lang())}</span> " "
            <button type="button" class="small" id="import-prompt" on:click=read>{app.texts().import}</button>
        </p>
    }
}
