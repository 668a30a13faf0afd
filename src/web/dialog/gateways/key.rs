//! The key of a task whose gateway is not in the list any more: the task goes on all the same.

use crate::address::BaseUrl;
use crate::web::browser;
use crate::web::component::dialog::Dialog;
use crate::web::dialog::gateways::line::{Line, described_by};
use crate::web::drive::journal::follow;
use crate::web::drive::keys;
use crate::web::state::App;
use crate::web::state::tasks::TaskHandle;
use crate::words::gateways as words;
use leptos::prelude::*;

const ID: &str = "orphan-key";
const INPUT: &str = "orphan-key-input";

/// Asks for it, and says where it goes.
pub fn ask(app: App, handle: &TaskHandle) {
    let (gateway, base) = handle.task.with_untracked(|task| (task.origin.gateway.clone(), task.origin.base.clone()));
    app.show(ID, move || view! { <OrphanKey app gateway=gateway.clone() base=base.clone() /> });
    browser::focus(INPUT);
}

/// The dialog.
#[component]
fn OrphanKey(
    /// The page.
    app: App,
    /// The gateway of the task.
    gateway: String,
    /// Where the task is.
    base: BaseUrl,
) -> impl IntoView {
    let words = words::words(app.lang());
    let origin = base.origin().to_owned();
    let typed = RwSignal::new(String::new());
    let use_it = move |_| {
        let typed = typed.get_untracked();
        if !typed.trim().is_empty() {
            keys::set_key(app, &gateway, &base, typed);
            follow::key_given(app);
            app.hide(ID);
        }
    };
    view! {
        <Dialog app id=ID title=app.texts().key>
            <p>{words.orphan}" "<b>{origin}</b></p>
            <Line id=INPUT label=app.texts().key>
                <input
                    type="password"
                    id=INPUT
                    autocomplete="off"
                    spellcheck="false"
                    aria-describedby=described_by(INPUT)
                    on:input:target=move |event| typed.set(event.target().value())
                />
            </Line>
            <button type="button" class="primary" id="orphan-key-use" on:click=use_it>
                {words.use_key}
            </button>
        </Dialog>
    }
}
