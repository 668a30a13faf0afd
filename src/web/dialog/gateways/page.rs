//! What the pages of the dialog share: which there are, how one leads to another, and the gateways that are kept.

use crate::catalog::own::{Kept, Own, Refusal, Unread};
use crate::web::drive::gateways as own;
use crate::web::state::App;
use crate::words::gateways as words;

/// A page of the dialog.
#[derive(Clone)]
pub(super) enum Page {
    /// The list, and what has just been done, a line each.
    List(Vec<String>),
    /// The form of a new gateway, or of one that is there.
    Form(Option<Own>),
}

/// Goes to a page. The dialog knows the pages and hands this to them: they do not know each other.
pub(super) type Go = fn(App, Page);

/// The gateways that are kept.
pub(super) fn kept(app: App) -> Result<Kept, Unread> {
    Kept::read(&own::stored(app))
}

/// Whether an id is in use, by whoever's gateway.
pub(super) fn is_taken(app: App, id: &str) -> bool {
    app.catalog().gateway(id).is_some() || kept(app).is_ok_and(|kept| kept.entry(id).is_some())
}

/// The list, with what a change came to.
pub(super) fn list_after(app: App, done: Result<Vec<String>, Refusal>) -> Page {
    Page::List(done.unwrap_or_else(|refusal| vec![words::refusal(app.lang(), refusal).to_owned()]))
}
