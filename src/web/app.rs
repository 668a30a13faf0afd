//! The root view, and what is opened with it. The only file that knows every panel and dialog.

use crate::web::browser;
use crate::web::component::dialog::Dialogs;
use crate::web::component::dom::{View, class, el, piece};
use crate::web::component::parts;
use crate::web::dialog::gateways::faults::CatalogFaults;
use crate::web::dialog::{account, forget, gateways, help::Help, history, kept, scenarios, share, takeup};
use crate::web::panel::{desk, header, link::LinkNotice, notice, request, shortcuts, stage, tasks};
use crate::web::state::App;
use crate::web::state::dialogs::Dialog;
use crate::words::keys;
use leptos::prelude::*;

/// The root. Leptos owns what lives here; the view itself goes into the body through `dom`.
pub fn page() {
    let app = App::new(open);
    // Where gateways are added or values are taken up, nothing is shown before they are: the form would jump.
    let waits = browser::has_more_gateways() || crate::web::drive::link::waits(app);
    // An event comes to nobody's view: what is shown then hangs on the same owner as what is shown now.
    let owner = Owner::current().unwrap_or_default();
    browser::when_whole(move || whole(app, waits.then_some(owner)));
    shortcuts::listen(app);
    if waits {
        browser::tell("rest");
    } else {
        let owner = Owner::current().unwrap_or_default();
        crate::web::component::dom::in_pieces(move || owner.with(|| show(app)), || browser::tell("rest"));
    }
}

/// The second part of the page is there. `waited`: the owner of a view that waited for it.
#[inline(never)]
fn whole(app: App, waited: Option<Owner>) {
    crate::web::drive::runner::keep_time(app);
    crate::web::drive::gateways::open(app);
    if let Some(owner) = waited {
        owner.with(|| show(app));
    }
    app.whole.set(true);
    crate::web::drive::keep::open(app);
    crate::web::drive::link::open_rest(app);
    crate::web::drive::embed::open(app);
    crate::web::drive::journal::follow::open(app);
    crate::web::drive::offline::register(app);
}

#[inline(never)]
fn show(app: App) {
    browser::clear_boot();
    crate::web::drive::link::start(app);
    // The whole view is made anew when the language changes, or the catalog: texts need no signal each, and nothing is
    // lost, because every value lives in the signals above.
    crate::web::component::dom::mount(crate::web::component::dom::dynamic(move || {
        app.edition.track();
        browser::show_language(app.lang.get());
        view(app)
    }));
}

/// The page, in one language.
fn view(app: App) -> View {
    let texts = app.texts();
    // From above to below, so that nothing that is seen already moves.
    let side = move || {
        class("div", "side").add(class("div", "pinned").add(stage::stage(app)).add(request::request(app))).into()
    };
    let rest = move || {
        View::from(class("footer", "foot").text(texts.footer).text(" ").add(parts::opener(
            app,
            "forget-button",
            keys::words(app.lang()).forget,
            || Dialog::Forget,
        )))
        .and(kept::dialog(app))
        .and(history::place(app))
        .and(el("div").hold(view! { <Dialogs app /> }))
    };
    View::from(class("a", "skip").attr("href", "#desk").text(texts.skip))
        .and(header::header(app))
        .and(notice::notice(app))
        // The place stands before the words come, so that they are read out.
        .and(el("div").attr("role", "status").hold(view! { <LinkNotice app /> }))
        .and(el("div").hold(view! { <CatalogFaults app /> }))
        .and(class("main", "shell").add(desk::desk(app)).add(piece(side)).add(piece(move || tasks::strip(app).into())))
        .and(piece(rest))
}

/// Opens a dialog.
fn open(app: App, dialog: Dialog) {
    match dialog {
        Dialog::Account => account::open(app),
        Dialog::Gateways => gateways::open(app),
        Dialog::TaskKey(handle) => gateways::key::ask(app, &handle),
        Dialog::Share => share::open(app),
        Dialog::Paste => takeup::open(app),
        Dialog::Dropped(files) => takeup::dropped(app, &files),
        Dialog::History => history::open(app),
        Dialog::Kept => kept::open(app),
        Dialog::Forget => forget::open(app),
        Dialog::Help => app.show("help", move || view! { <Help app /> }),
        Dialog::Scenarios => scenarios::open(app),
    }
}
