//! The root view, and what is opened with it. The only file that knows every panel and dialog.

use crate::lazy;
use crate::web::browser::{self, part};
use crate::web::component::dom::{self, View, class, el, held, keyed_part, nothing, piece, yes};
use crate::web::component::later::later;
use crate::web::component::parts;
use crate::web::dialog::gateways::faults::CatalogFaults;
use crate::web::dialog::{self, account, forget, help::Help, history, kept, scenarios, share, takeup};
use crate::web::drive::{embed, gateways, link, offline, open};
use crate::web::panel::{desk, header, link::LinkNotice, notice, request, shortcuts, stage, tasks};
use crate::web::state::App;
use crate::web::state::dialogs::Dialog;
use crate::web::state::tasks::TaskHandle;
use crate::words::keys;
use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::FileList;

/// The root. Leptos owns what lives here; the view itself goes into the body through `dom`.
pub fn page() {
    let app = App::new(open);
    shortcuts::listen(app);
    // An event comes to nobody's view: what is shown then hangs on the same owner as what is shown now.
    let owner = Owner::current().unwrap_or_default();
    if browser::has_more_gateways() {
        // Nothing is shown before they are there: the form would jump.
        spawn_local(async move {
            let is_missing = gateways_applied(app).await.is_err();
            show(app, owner);
            if is_missing {
                app.missing.set(true);
                part::insist(|| gateways_applied(app)).await;
                app.missing.set(false);
            }
        });
    } else {
        show(app, owner);
    }
}

/// Shows the page; what the form does not need comes when the browser has nothing else to do.
fn show(app: App, owner: Owner) {
    owner.with(|| link::start(app));
    let draw = move || {
        owner.with(|| {
            browser::clear_boot();
            // The whole view is made anew when the language changes, or the catalog: texts need no signal each, and
            // nothing is lost, because every value lives in the signals of the state.
            dom::mount(dom::dynamic(move || {
                app.edition.track();
                browser::show_language(app.lang.get());
                view(app)
            }));
        });
    };
    dom::in_pieces(draw, move || {
        browser::tell("shown");
        browser::when_idle(move || spawn_local(part::insist(move || tasks_opened(app))));
    });
}

lazy!(tasks:
    /// Takes up the tasks of earlier visits, and whatever else need not be there at first.
    fn tasks_opened(app: App) {
        open::tasks(app);
        gateways::follow(app);
        embed::open(app);
        offline::register(app);
    }
);

lazy!(gateways:
    fn gateways_applied(app: App) {
        gateways::rebuild(app);
    }
);

/// The page, in one language.
fn view(app: App) -> View {
    let texts = app.texts();
    // From above to below, so that nothing that is seen already moves.
    let side = move || class("div", "side").add(stage::stage(app)).add(request::request(app)).into();
    let rest = move || {
        View::from(class("footer", "foot").text(texts.footer).text(" ").add(parts::opener(
            app,
            "forget-button",
            keys::words(app.lang()).forget,
            || Dialog::Forget,
        )))
    };
    View::from(class("a", "skip").attr("href", "#desk").text(texts.skip))
        .and(header::header(app))
        .and(notice::notice(app))
        .and(link_news(app))
        .and(catalog_news(app))
        .and(class("main", "shell").add(desk::desk(app)).add(piece(side)).add(piece(move || tasks::strip(app).into())))
        .and(piece(rest))
}

/// What is said of a link that was opened.
fn link_news(app: App) -> View {
    let is_news = move || yes(app.link_news.get() > 0);
    let content =
        keyed_part(is_news, move |is| if is.is_empty() { nothing() } else { later(app, move || link_told(app)) });
    // The place stands before the words come, so that they are read out.
    el("div").attr("role", "status").add(content).into()
}

/// What is wrong with the catalog files that were applied, if any were.
fn catalog_news(app: App) -> View {
    if app.edition.get_untracked() == 0 { nothing() } else { later(app, move || faults_told(app)) }
}

/// Opens a dialog, once its part of the page is here.
fn open(app: App, dialog: Dialog) {
    match dialog {
        Dialog::Account => app.fetch(open_account(app)),
        Dialog::Gateways => app.fetch(open_gateways(app)),
        Dialog::TaskKey(handle) => app.fetch(open_task_key(app, handle)),
        Dialog::Share => app.fetch(open_share(app)),
        Dialog::Paste => app.fetch(open_paste(app)),
        Dialog::Brought(text) => app.fetch(open_brought(app, text)),
        Dialog::Dropped(files) => app.fetch(open_dropped(app, files)),
        Dialog::History => app.fetch(open_history(app)),
        Dialog::Kept => app.fetch(open_kept(app)),
        Dialog::Forget => app.fetch(open_forget(app)),
        Dialog::Help => app.fetch(open_help(app)),
        Dialog::Scenarios => app.fetch(open_scenarios(app)),
    }
}

lazy!(gateways:
    fn open_account(app: App) {
        account::open(app);
    }
);

lazy!(gateways:
    fn open_gateways(app: App) {
        dialog::gateways::open(app);
    }
);

lazy!(gateways:
    fn open_task_key(app: App, handle: TaskHandle) {
        dialog::gateways::key::ask(app, &handle);
    }
);

lazy!(gateways:
    fn faults_told(app: App) -> View {
        held(view! { <CatalogFaults app /> })
    }
);

lazy!(share:
    fn open_share(app: App) {
        share::open(app);
    }
);

lazy!(share:
    fn link_told(app: App) -> View {
        held(view! { <LinkNotice app /> })
    }
);

lazy!(paste:
    fn open_paste(app: App) {
        open::tasks(app);
        takeup::open(app);
    }
);

lazy!(paste:
    fn open_brought(app: App, text: String) {
        open::tasks(app);
        takeup::open_with(app, text);
    }
);

lazy!(paste:
    fn open_dropped(app: App, files: FileList) {
        open::tasks(app);
        takeup::dropped(app, &files);
    }
);

lazy!(history:
    fn open_history(app: App) {
        open::tasks(app);
        history::open(app);
    }
);

lazy!(history:
    fn open_kept(app: App) {
        kept::open(app);
    }
);

lazy!(history:
    fn open_forget(app: App) {
        open::tasks(app);
        forget::open(app);
    }
);

lazy!(history:
    fn open_help(app: App) {
        app.show("help", move || view! { <Help app /> });
    }
);

lazy!(history:
    fn open_scenarios(app: App) {
        scenarios::open(app);
    }
);
