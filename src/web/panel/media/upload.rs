//! The way of a file to the gateway's place: what it would cost and mean, how far it is, and what lies there.

use crate::media::LocalFile;
use crate::media::looked::faults;
use crate::upload::shelf::Again;
use crate::upload::{FileFacts, NoPlace, Unfit};
use crate::web::browser;
use crate::web::component::part::Part;
use crate::web::drive::upload::{self, ByHand};
use crate::web::panel::media::hand::InTerminal;
use crate::web::panel::media::place::Place;
use crate::web::state::files::Course;
use crate::web::state::route::Way;
use crate::words::files;
use crate::words::upload as sentences;
use leptos::prelude::*;

/// What is shown of a file that does not travel inside the request.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Shown {
    /// There is nothing to say: no file, or one that needs no upload.
    Nothing,
    /// No place takes it.
    NoPlace(NoPlace),
    /// The place does not take this one.
    Unfit(Unfit),
    /// It may be uploaded.
    Offer(Offer),
    /// It is on its way.
    Running,
    /// It lies there: what is said of it.
    There(String),
}

/// An upload that a press would start.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Offer {
    /// Hours it is kept.
    hours: Option<u32>,
    /// The host, where it is another than that of the tasks, and whether no document tells of it.
    terms: Option<(String, bool)>,
    /// Why what was uploaded is of no use.
    again: Option<Again>,
    /// How the last try ended.
    last: Option<Course>,
    /// The same in a terminal, where the page gets no answer.
    by_hand: Option<Box<ByHand>>,
}

impl Place {
    /// The file, where it goes by an upload and nothing is wrong with it. Followed.
    fn uploadable(self) -> Option<std::sync::Arc<LocalFile>> {
        let rule = self.rule.get();
        let file = self.file().filter(|_| rule.upload && !rule.inline)?;
        (file.seen.held > 0 && faults(&file, rule, false).is_empty()).then_some(file)
    }

    fn shown(self) -> Shown {
        let Some(file) = self.uploadable() else { return Shown::Nothing };
        let Ok(target) = self.app.target() else { return Shown::Nothing };
        let (app, lang, held) = (self.app, self.app.lang(), file.seen.held);
        let place = match upload::place(app, self.rule.get()) {
            Ok(place) => place,
            Err(why) => return Shown::NoPlace(why),
        };
        if let Err(why) = FileFacts::of(&file).map_or(Err(Unfit::Kind), |facts| place.takes(&facts)) {
            return Shown::Unfit(why);
        }
        let good = app.with_goal(|goal| app.files.shelf.with(|shelf| shelf.good(held, goal).cloned()));
        if let Some(good) = good.flatten() {
            let until = good.ends_ms.map(browser::local_time);
            return Shown::There(files::there(lang, until.as_deref(), good.model.as_deref()));
        }
        let last = app.files.course(held);
        if last.as_ref().is_some_and(Course::is_running) {
            return Shown::Running;
        }
        let again = app.with_goal(|goal| app.files.shelf.with(|shelf| shelf.again(held, goal))).flatten();
        let host = place.base().origin().trim_start_matches("https://").to_owned();
        let has_terms = place.base().origin() != target.base.origin() || place.upload().undocumented;
        let terms = has_terms.then_some((host, place.upload().undocumented));
        let is_closed = matches!(app.way(target.base.origin()), Way::Closed | Way::Offered);
        let by_hand = is_closed || last == Some(Course::NoAnswer);
        let by_hand = by_hand.then(|| upload::by_hand(app, &file, self.rule.get())).flatten().map(Box::new);
        Shown::Offer(Offer { hours: place.upload().hours, terms, again, last, by_hand })
    }
}

/// The upload of the file in a place.
#[component]
pub fn Uploading(
    /// The place.
    place: Place,
) -> impl IntoView {
    let shown = Memo::new(move |_| place.shown());
    let lang = place.app.lang();
    view! {
        <div class="upload" role="status">
            <Part of=shown let:shown>
                {match shown {
                    Shown::Nothing => ().into_any(),
                    Shown::NoPlace(why) => view! { <p class="hint">{sentences::no_place(lang, why)}</p> }.into_any(),
                    Shown::Unfit(why) => view! { <p class="problem">{sentences::unfit(lang, why)}</p> }.into_any(),
                    Shown::Running => view! { <Running place /> }.into_any(),
                    Shown::There(said) => view! { <p class="hint lies">"✓ " {said}</p> }.into_any(),
                    Shown::Offer(offer) => view! { <Offered place offer /> }.into_any(),
                }}
            </Part>
        </div>
    }
}

/// The button that uploads, with what has to be known before.
#[component]
fn Offered(
    /// The place.
    place: Place,
    /// What a press would start.
    offer: Offer,
) -> impl IntoView {
    let lang = place.app.lang();
    let words = files::words(lang);
    let gateway = untrack(|| place.app.the_gateway());
    let is_again = offer.again.is_some() || offer.last.is_some();
    let button =
        if is_again { words.again.to_owned() } else { files::upload(lang, place.app.pick(&gateway.name), offer.hours) };
    let why = offer.again.map(|why| files::again(lang, why).to_owned());
    let last = offer.last.map(|course| match course {
        Course::Refused(trouble) => sentences::trouble(lang, &trouble),
        Course::Vanished => words.vanished.to_owned(),
        Course::NoAnswer => words.no_answer.to_owned(),
        Course::Stopped | Course::Asking | Course::Sending(..) => words.stopped.to_owned(),
    });
    let terms = offer.terms.map(|(host, undocumented)| files::terms(lang, &host, undocumented));
    view! {
        {why.map(|why| view! { <p class="advice risk">{why}</p> })}
        {last.map(|last| view! { <p class="problem">{last}</p> })}
        <button type="button" class="small upload-now" on:click=move |_| start(place)>
            {button}
        </button>
        {terms.map(|terms| view! { <p class="hint">{terms}</p> })}
        {offer.by_hand.map(|upload| view! { <InTerminal app=place.app upload=*upload /> })}
    }
}

fn start(place: Place) {
    if let Some(file) = untrack(|| place.uploadable()) {
        upload::start(place.app, &file, place.rule.get_untracked());
    }
}

/// How far it is, with a button that stops it.
#[component]
fn Running(
    /// The place.
    place: Place,
) -> impl IntoView {
    let lang = place.app.lang();
    let words = files::words(lang);
    let held = untrack(|| place.file()).map_or(0, |file| file.seen.held);
    let course = move || place.app.files.course(held);
    let said = move || match course() {
        Some(Course::Sending(sent, of)) => files::sending(lang, sent, of),
        _ => words.asking.to_owned(),
    };
    // A share is a small number.
    #[allow(clippy::cast_precision_loss)]
    let share = move || match course() {
        Some(Course::Sending(sent, of)) if of > 0 => (sent as f64 / of as f64).to_string(),
        _ => "0".to_owned(),
    };
    view! {
        <p class="hint" aria-live="off">{said}</p>
        <progress value=share max="1" aria-label=words.asking></progress>
        <button type="button" class="small" on:click=move |_| upload::stop(place.app, held)>
            {words.cancel}
        </button>
    }
}
