//! What is known of the file or link that stands in a place: facts, what would mend it, and what speaks against it.

use crate::address::is_oss;
use crate::draft::Media;
use crate::media::link::{self, Doubt};
use crate::media::looked::faults;
use crate::media::mend::{Mend, Step, mend};
use crate::upload::shelf::Again;
use crate::web::browser::{self, files as disk};
use crate::web::component::part::Part;
use crate::web::drive::upload::save_file;
use crate::web::panel::media::capture::Capture;
use crate::web::panel::media::place::Place;
use crate::web::panel::media::upload::Uploading;
use crate::words::files;
use crate::words::hand::words;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;

/// What is shown of a file: compared in place of its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Facts {
    name: String,
    line: String,
    misnamed: Option<String>,
    number: u32,
    is_made: bool,
}

impl Place {
    /// What is shown of its file, followed.
    fn facts(self) -> Option<Facts> {
        let (file, lang) = (self.file()?, self.app.lang());
        let rule = self.rule.get();
        let is_sent = rule.inline && !file.is_missing() && faults(&file, rule, true).is_empty();
        let base64 = is_sent.then(|| file.base64.len() as u64);
        let named = |format: crate::media::Format| format.ending().to_ascii_uppercase();
        let misnamed = file.format.filter(|_| file.is_misnamed());
        Some(Facts {
            name: file.name.clone(),
            line: files::facts(lang, file.bytes, file.pixels, file.seen.millis, base64),
            misnamed: misnamed.map(|format| files::misnamed(lang, &file.ending(), &named(format))),
            number: file.seen.held,
            is_made: file.seen.is_made,
        })
    }

    /// What is said of a link into Alibaba's store, and whether it is certainly of no use. Followed.
    fn stored(self) -> Option<(bool, &'static str)> {
        let (app, link) = (self.app, self.link());
        if !is_oss(&link) {
            return None;
        }
        let lang = app.lang();
        let stale = app.with_goal(|goal| app.files.shelf.with(|shelf| shelf.stale(&link, goal))).flatten();
        Some(stale.map_or((false, files::words(lang).stored), |why| (true, files::again(lang, Again::Stale(why)))))
    }

    /// What would make its file fit, followed.
    fn plan(self) -> Option<(Mend, Vec<Step>)> {
        let rule = self.rule.get();
        let takes = crate::draft::home::takes_files(rule);
        self.file().filter(|_| takes).and_then(|file| mend(&file, rule, rule.inline))
    }
}

/// All of it.
#[component]
pub fn Beside(
    /// The place.
    place: Place,
) -> impl IntoView {
    let facts = Memo::new(move |_| place.facts());
    let plan = Memo::new(move |_| place.plan());
    let stale = Memo::new(move |_| place.stored());
    let doubt = Memo::new(move |_| link::doubt(&place.link(), browser::now_ms()));
    view! {
        <Part of=facts let:facts>{facts.map(|facts| view! { <Picked place facts /> })}</Part>
        <Part of=plan let:plan>
            {plan.map(|(mend, steps)| view! { <Mending place mend steps /> })}
        </Part>
        <Capture place />
        <Uploading place />
        <Part of=stale let:stale>
            {stale.map(|(stale, said)| view! { <p class=if stale { "advice risk stored" } else { "hint stored" } role="status">{said}</p> })}
        </Part>
        <Part of=doubt let:doubt>{doubt.map(|doubt| view! { <Doubted place doubt /> })}</Part>
    }
}

/// The file, with a small picture of it.
#[component]
fn Picked(
    /// Where it stands.
    place: Place,
    /// What is shown of it.
    facts: Facts,
) -> impl IntoView {
    let picture = untrack(|| place.file()).and_then(|file| disk::thumbnail(&file));
    let (app, name) = (place.app, facts.name.clone());
    let save = facts.is_made.then(|| {
        view! {
            <button type="button" class="small save-made" on:click=move |_| save_file(app, facts.number, &name)>
                {words(app.lang()).save}
            </button>
        }
    });
    view! {
        <div class="picked">
            {picture.map(|link| view! { <img src=link alt="" /> })} <div>
                <b>{facts.name}</b>
                <br />
                <span class="hint">{facts.line}</span>
                {facts.misnamed.map(|said| view! { <span class="hint misnamed">{said}</span> })}
            </div> {save}
            <button type="button" class="small" on:click=move |_| place.remove.run(())>
                {place.app.texts().remove}
            </button>
        </div>
    }
}

/// The button that mends a file.
#[component]
fn Mending(
    /// Where it stands.
    place: Place,
    /// What would be done.
    mend: Mend,
    /// The same, step by step.
    steps: Vec<Step>,
) -> impl IntoView {
    view! {
        <p class="mends">
            <button type="button" class="small" on:click=move |_| carry_out(place, mend)>
                {files::mend(place.app.lang(), &steps)}
            </button>
        </p>
    }
}

/// Mends the file of a place. What comes of it is looked at as any other file.
fn carry_out(place: Place, mend: Mend) {
    let Some(file) = untrack(|| place.file()) else { return };
    let (app, words) = (place.app, files::words(place.app.lang()));
    place.note.set(words.mending);
    spawn_local(async move {
        let original = app.files.held(file.seen.held).or_else(|| disk::of_base64(&file));
        let made = match (original, mend) {
            (Some(original), Mend::Picture(plan)) => disk::picture::draw(&original, plan).await,
            (Some(original), Mend::Sound(plan)) => disk::sound::cut(&original, &file, plan).await,
            (None, _) => None,
        };
        let mut mended = match &made {
            Some(made) => disk::read(made, app.files.hold(made.clone())).await,
            None => None,
        };
        if let Some(file) = mended.as_mut().and_then(Arc::get_mut) {
            file.seen.is_made = true;
        }
        // Unless another one was chosen meanwhile.
        let is_same = untrack(|| place.file()).is_some_and(|now| Arc::ptr_eq(&now, &file));
        let said = if mended.is_some() { "" } else { words.not_mended };
        if let Some(mended) = mended.filter(|_| is_same) {
            place.put.run(Media::File(mended));
        }
        place.note.try_set(said);
    });
}

/// What speaks against a link, with the mend where there is one.
#[component]
fn Doubted(
    /// Where it stands.
    place: Place,
    /// What speaks against it.
    doubt: Doubt,
) -> impl IntoView {
    let lang = place.app.lang();
    let ended = if let Doubt::Ended(at_ms) = doubt { browser::local_time(at_ms) } else { String::new() };
    let said = files::doubt(lang, &doubt, &ended);
    let file = if let Doubt::Page { file, .. } = doubt { file } else { None };
    let mend = file.map(|file| {
        view! {
            " "
            <button type="button" class="small" on:click=move |_| place.put.run(Media::Url(file.clone()))>
                {files::words(lang).use_file}
            </button>
        }
    });
    view! {
        <p class="advice risk doubted" role="status">
            {said}
            {mend}
        </p>
    }
}
