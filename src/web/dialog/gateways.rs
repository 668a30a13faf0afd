//! Gateways that a user adds: the dialog with their list and their form, the key of a task whose gateway is gone, and the
//! notice of what is wrong with a file.

pub mod faults;
mod fields;
mod form;
pub mod key;
mod line;
mod list;
mod models;
mod page;
mod takein;

use crate::web::browser;
use crate::web::component::dialog::Dialog;
use crate::web::drive::gateways as own;
use crate::web::state::App;
use crate::words::gateways as words;
use form::Form;
use leptos::either::Either;
use leptos::html;
use leptos::prelude::*;
use list::List;
use page::{Page, kept};

const ID: &str = "gateways";

/// Opens the dialog: the list, or the form where there is none yet.
pub fn open(app: App) {
    let is_empty = kept(app).is_ok_and(|kept| kept.entries().is_empty());
    show(app, if is_empty { Page::Form(None) } else { Page::List(Vec::new()) });
}

/// Shows a page of the dialog, drawn anew.
fn show(app: App, page: Page) {
    app.show(ID, move || view! { <Gateways app page=page.clone() /> });
}

/// The dialog, at one of its pages.
#[component]
fn Gateways(
    /// The page.
    app: App,
    /// The page of the dialog.
    page: Page,
) -> impl IntoView {
    let words = words::words(app.lang());
    let node = NodeRef::<html::Dialog>::new();
    let leave = move |()| {
        if !own::stored(app).is_empty() {
            show(app, Page::List(Vec::new()));
        } else if let Some(dialog) = node.get_untracked() {
            // The focus returns to what opened it.
            dialog.close();
        }
    };
    let saved = move |id: String| {
        app.hide(ID);
        own::choose(app, &id);
        browser::focus(&format!("gateway-{id}"));
    };
    match page {
        Page::List(said) => {
            Either::Left(view! { <Dialog app id=ID title=words.title><List app said go=show /></Dialog> })
        }
        Page::Form(edited) => {
            let title = if edited.is_some() { words.edit_title } else { words.add_title };
            Either::Right(view! {
                <Dialog app id=ID title node><Form app edited go=show leave saved /></Dialog>
            })
        }
    }
}
