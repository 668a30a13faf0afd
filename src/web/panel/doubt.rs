//! A send in doubt: look for the task, say which it is, or send it again with the price in view.

use crate::protocol::{Call, Candidate, Lookable, TaskId};
use crate::snapshot::Saved;
use crate::task::{Input, LookUp, Task, Whose, whose};
use crate::web::browser;
use crate::web::component::button;
use crate::web::component::dom::{El, View, class, el, keyed_part, nothing, typed, yes};
use crate::web::drive::journal::record;
use crate::web::drive::runner::{self, feed};
use crate::web::state::App;
use crate::web::state::tasks::TaskHandle;
use crate::words::takeup::{self as words, Words};
use crate::words::{failure, once, takeup};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The panel of a doubtful send.
pub fn panel(app: App, handle: &TaskHandle) -> El {
    let words = words::words(app.lang());
    class("section", "in-doubt")
        .attrs(&[("id", "doubt"), ("aria-label", words.doubt)])
        .add(el("h3").text(words.doubt))
        .add(class("p", "hint").text(words.doubt_lead))
        .add(look_up(app, handle))
        .add(attach_row(app, handle))
        .add(again(app, handle))
}

fn look_up(app: App, handle: &TaskHandle) -> View {
    let words = words::words(app.lang());
    let lookable = handle.task.with_untracked(|task| crate::protocol::lookable(&task.origin.endpoint));
    if lookable == Lookable::No {
        return class("p", "hint").attr("id", "no-list").text(words.no_list).into();
    }
    let account = RwSignal::new(known_account(app, handle));
    let asked = handle.clone();
    let ask = button("", words.look, move || feed(app, &asked, Input::LookUp(account.get_untracked())));
    let mut row = class("div", "with-buttons");
    if lookable == Lookable::ByAccount {
        let input = el("input")
            .attrs(&[("id", "look-account"), ("type", "text"), ("autocomplete", "off"), ("spellcheck", "false")])
            .attr("aria-label", words.account)
            .attr("placeholder", words.account)
            .value(move || account.get())
            .on("input", move |event| account.set(typed(&event)));
        row = row.add(input);
    }
    let task = handle.task.clone();
    let kind = move || {
        task.with(|task| match &task.look_up {
            None => String::new(),
            Some(LookUp::Asked) => "asked".to_owned(),
            Some(LookUp::NeedsKey) => "key".to_owned(),
            Some(LookUp::NoAnswer(_)) => "none".to_owned(),
            Some(LookUp::Refused(_)) => "refused".to_owned(),
            Some(LookUp::Unreadable(_)) => "unreadable".to_owned(),
            Some(LookUp::Found(found)) => ["found ", &found.len().to_string()].concat(),
        })
    };
    let handle = handle.clone();
    let result = keyed_part(kind, move |_| outcome(app, &handle, words));
    let out = class("div", "looked").attrs(&[("id", "looked"), ("role", "status")]).add(result);
    View::from(row.add(ask.attr("id", "look-up"))).and(out)
}

/// The user id of an earlier answer of the same gateway: its list asks for one.
fn known_account(app: App, handle: &TaskHandle) -> String {
    let gateway = handle.task.with_untracked(|task| task.origin.gateway.clone());
    app.tasks.with_untracked(|tasks| {
        let of = |task: &Task| {
            let mut answers = task.exchanges.iter().rev().filter(|exchange| !exchange.received.is_empty());
            answers.find_map(|exchange| crate::protocol::account(&task.origin.endpoint, &exchange.received))
        };
        let same = |known: &&TaskHandle| known.task.with_untracked(|task| task.origin.gateway == gateway);
        tasks.iter().filter(same).find_map(|known| known.task.with_untracked(of)).unwrap_or_default()
    })
}

fn outcome(app: App, handle: &TaskHandle, words: &'static Words) -> View {
    let task = handle.task.get_untracked();
    let hint = |text: &str| class("p", "hint").text(text).into();
    match &task.look_up {
        None => nothing(),
        Some(LookUp::Asked) => hint(words.looking),
        Some(LookUp::NeedsKey) => hint(words.look_needs_key),
        Some(LookUp::NoAnswer(_)) => hint(words.look_no_answer),
        Some(LookUp::Unreadable(why)) => hint(takeup::misfit(app.lang(), crate::task::Misfit::Unreadable(*why))),
        Some(LookUp::Refused(fault)) => {
            let advice =
                failure::advice(app.lang(), crate::web::component::verdict::told(app, &task, Call::LookUp, fault));
            let said = ["HTTP ", &fault.status.to_string(), " ", &fault.code, " ", &fault.message].concat();
            View::from(el("p").text(&advice)).and(class("p", "hint").text(&said))
        }
        Some(LookUp::Found(found)) if found.is_empty() => hint(words.found_none),
        Some(LookUp::Found(found)) => {
            let found: Vec<Candidate> = found.iter().take(20).cloned().collect();
            let pressed_ms = task.started_ms;
            // What lies in the history only is known a moment later.
            let kept: RwSignal<Vec<TaskId>> = RwSignal::new(Vec::new());
            spawn_local(async move {
                let ids = record::ids_since(app, pressed_ms).await;
                kept.try_set(ids);
            });
            let handle = handle.clone();
            let rows = move || {
                let here = app.tasks.with(|tasks| {
                    let id = |known: &TaskHandle| known.task.with_untracked(|task| task.id.clone());
                    tasks.iter().filter_map(|known| Some((id(known)?, known.number))).collect::<Vec<_>>()
                });
                let kept = kept.get();
                let row = |one| candidate(app, &handle, one, whose(&one.id, &here, &kept), words);
                View::from(found.iter().map(row).collect::<Vec<El>>())
            };
            View::from(el("p").text(words.found)).and(class("ul", "candidates").live(rows))
        }
    }
}

/// A task of the list: to be taken, unless another record has it.
fn candidate(app: App, handle: &TaskHandle, one: &Candidate, whose: Whose, words: &'static Words) -> El {
    let when = one.created_ms.map(browser::local_time).unwrap_or_default();
    let prompt: String = one.prompt.chars().take(120).collect();
    let facts = [when.as_str(), &one.model, &one.word, &prompt];
    let facts: Vec<&str> = facts.into_iter().filter(|fact| !fact.is_empty()).collect();
    let row = el("li").add(el("code").text(&one.id.0)).add(class("span", "hint").text(&facts.join(" · ")));
    if let Whose::Yours(number) = whose {
        return row.add(class("span", "hint").text(&takeup::yours(app.lang(), number)));
    }
    let (id, handle) = (one.id.clone(), handle.clone());
    row.add(button("small", words.attach, move || feed(app, &handle, Input::Attach(id.clone()))))
}

/// Attaching by an id the user has from elsewhere.
fn attach_row(app: App, handle: &TaskHandle) -> El {
    let words = words::words(app.lang());
    let id = RwSignal::new(String::new());
    let handle = handle.clone();
    let attach = move || {
        let id = id.get_untracked().trim().to_owned();
        if !id.is_empty() {
            feed(app, &handle, Input::Attach(TaskId(id)));
        }
    };
    let input = el("input")
        .attrs(&[("id", "attach-id"), ("type", "text"), ("autocomplete", "off"), ("spellcheck", "false")])
        .attr("aria-label", app.texts().task_id)
        .attr("placeholder", app.texts().task_id)
        .value(move || id.get())
        .on("input", move |event| id.set(typed(&event)));
    class("div", "with-buttons").add(input).add(button("", words.attach_id, attach).attr("id", "attach"))
}

/// Sending it again: the price, and a second press. Once it was sent again, here or in another tab, it is that task's
/// turn.
fn again(app: App, handle: &TaskHandle) -> View {
    let (task, handle) = (handle.task.clone(), handle.clone());
    let successor = move || task.with(|task| task.again.clone()).unwrap_or_default();
    keyed_part(successor, move |uid| if uid.is_empty() { send_again(app, &handle) } else { sent_again(app, uid) })
}

fn sent_again(app: App, uid: &str) -> View {
    let number = app.task(uid).map(|handle| handle.number);
    let line = class("p", "hint").attr("id", "sent-again").text(&once::sent_again(app.lang(), number));
    let Some(number) = number else { return line.into() };
    let go = move || app.selected.set(Some(number));
    View::from(line).and(button("small", &["#", &number.to_string()].concat(), go))
}

fn send_again(app: App, handle: &TaskHandle) -> View {
    let words = words::words(app.lang());
    let Some(price) = handle.task.with_untracked(|task| {
        let price = task.estimate.as_ref().map(|estimate| crate::web::component::price::amount(estimate, app.lang()));
        task.create.as_ref().map(|_| price.unwrap_or_else(|| app.texts().unknown.to_owned()))
    }) else {
        return nothing();
    };
    let sure = RwSignal::new(false);
    let handle = handle.clone();
    keyed_part(
        move || yes(sure.get()),
        move |is_sure| {
            if is_sure.is_empty() {
                let ask = move || {
                    sure.set(true);
                    // Not on the button that pays: a key that is held down would press it.
                    browser::focus("again-no");
                };
                return button("", words.again, ask).attr("id", "again").into();
            }
            let handle = handle.clone();
            let send = move || {
                let (create, is_open) = handle.task.with_untracked(|task| (task.create.clone(), task.again.is_none()));
                let is_under_way =
                    |create| runner::is_pressed_already(app, &create, browser::pressed_ms(), Some(&*handle.uid));
                if !is_open || create.is_some_and(is_under_way) {
                    return;
                }
                let made = handle.task.with_untracked(|task| task.again(runner::fresh_uid(), browser::now_ms()));
                if let Some((task, effects)) = made {
                    feed(app, &handle, Input::SentAgain(task.uid.clone()));
                    runner::launch(app, Saved { task, draft: (*handle.draft).clone() }, effects);
                }
            };
            let line = class("p", "problem").text(words.again_sure).text(" ").add(el("b").text(&price));
            let yes = button("primary", words.again_yes, send).attr("id", "again-yes");
            let no = button("", words.again_no, move || {
                sure.set(false);
                browser::focus("again");
            })
            .attr("id", "again-no");
            class("div", "sure").attr("role", "alert").add(line).add(class("div", "buttons").add(yes).add(no)).into()
        },
    )
}
