//! What a gateway said to a call that is no task's: what to do, its own words, and the call as a command.

use crate::catalog::Gateway;
use crate::failure::{Scene, remedy};
use crate::http::Request;
use crate::protocol::Fault;
use crate::redact::redact;
use crate::snippet::{self, Curl, Shell};
use crate::web::component::copy::Copy;
use crate::web::drive::printed::BODY_FILE;
use crate::web::state::App;
use crate::words::{account as words, failure};
use leptos::prelude::*;

/// What to do about a refusal.
pub fn advice(app: App, gateway: &Gateway, model: &str, region: &str, fault: &Fault) -> String {
    failure::remedy(app.lang(), remedy(fault, Scene::of(gateway, model, region))).to_owned()
}

/// What the gateway itself said.
#[component]
pub fn Quoted(
    /// The page.
    app: App,
    /// What it refused.
    fault: Fault,
) -> impl IntoView {
    let parts = ["HTTP".to_owned(), fault.status.to_string(), fault.code, fault.message];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    view! { <p class="hint">{redact(&app.known_keys(), &parts.join(" "))}</p> }
}

/// The button that copies a call as a command.
#[component]
pub fn CopyCurl(
    /// The page.
    app: App,
    /// The gateway that is called.
    gateway: &'static Gateway,
    /// The call.
    request: Request,
) -> impl IntoView {
    let text = move |()| {
        let how = Curl { key_variable: gateway.key_variable, output: None, body_file: BODY_FILE };
        snippet::print(Shell::Posix, &request, how).text
    };
    view! { <Copy app text name=words::words(app.lang()).copy_curl /> }
}
