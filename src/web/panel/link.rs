//! What is said of a link that was opened: what it was, what was not understood of it or is missing, and the way back.

use crate::checked::ProblemKind;
use crate::link::Misread;
use crate::web::component::link::NotUnderstood;
use crate::web::drive::embed;
use crate::web::drive::link::take_back;
use crate::web::state::App;
use crate::words;
use crate::words::lang::Lang;
use crate::words::share::{misread, words};
use leptos::prelude::*;

/// What there is to say.
#[derive(Clone, PartialEq, Eq, Default)]
struct News {
    /// Grows: what is said once more is read out once more.
    number: u32,
    /// What was not understood.
    misread: Vec<Misread>,
    /// Something stood here before.
    has_before: bool,
    /// Values came with it.
    has_opened: bool,
}

impl News {
    /// Followed. Nothing until there is something to say.
    fn of(app: App) -> Option<Self> {
        let number = app.link_news.get();
        (number > 0).then(|| {
            app.with_link(|room| Self {
                number,
                misread: room.misread.clone(),
                has_before: room.before.is_some(),
                has_opened: room.opened.is_some(),
            })
        })
    }
}

/// The notice, once there is something to say. The place around it stands before, so that the words are read out.
#[component]
pub fn LinkNotice(
    /// The page.
    app: App,
) -> impl IntoView {
    let news = Memo::new(move |_| News::of(app));
    if app.embedded {
        Effect::new(move |_| news.with(|news| to_the_author(app, news.as_ref())));
    }
    let is_there = move || !app.embedded && news.with(Option::is_some);
    let has_before = move || news.with(|news| news.as_ref().is_some_and(|news| news.has_before));
    let is_understood = move || news.with(|news| news.as_ref().is_none_or(|news| news.misread.is_empty()));
    let (texts, words) = (app.texts(), words(app.lang()));
    view! {
        <Show when=is_there>
            <div class=move || if is_understood() { "notice opened" } else { "notice" } id="link-notice">
                // Only what is said is made anew: the buttons may have the focus.
                <For each=move || news.get() key=|news| news.number children=move |news| view! { <Said app news /> } />
                <div class="buttons">
                    <Show when=has_before>
                        <button type="button" class="small" id="take-back" on:click=move |_| take_back(app)>
                            {words.take_back}
                        </button>
                    </Show>
                    <button type="button" class="small" id="link-close" on:click=move |_| app.link_news.set(0)>
                        {texts.close}
                    </button>
                </div>
            </div>
        </Show>
    }
}

/// In a frame it is the author of the page around it who wrote the link: its reader can mend nothing.
fn to_the_author(app: App, news: Option<&News>) {
    let Some(news) = news else { return };
    let told: Vec<_> = news.misread.iter().map(|why| misread(Lang::En, why)).collect();
    let told = told.join("; ");
    leptos::logging::warn!("Wan Playground: {told}");
    embed::fault(app, &told);
}

/// What was opened, what was not understood of it, and what is missing.
#[component]
fn Said(
    /// The page.
    app: App,
    /// What there is to say.
    news: News,
) -> impl IntoView {
    let words = words(app.lang());
    let missing = move || view! { <p><span id="link-missing">{move || missing(app)}</span></p> };
    view! {
        <div id="link-said">
            <p>{if news.has_opened { words.opened } else { words.opened_not }}</p>
            <NotUnderstood app list=news.misread />
            {news.has_opened.then(missing)}
        </div>
    }
}

/// What the model wants and nobody has said, followed. It grows shorter while the form is filled.
fn missing(app: App) -> String {
    let lang = app.lang();
    let problems = app.outlook.with(|outlook| outlook.problems.clone());
    let names = problems.iter().filter(|problem| matches!(problem.kind, ProblemKind::Missing));
    let names: Vec<_> = names.map(|problem| words::field(lang, problem.field)).collect();
    if names.is_empty() {
        return String::new();
    }
    format!("{} {}", words(lang).missing, names.join(if lang == Lang::Zh { "、" } else { ", " }))
}
