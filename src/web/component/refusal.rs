//! What a gateway said to a call that is no task's: what to do, its own words, and the call as a command.

use crate::catalog::Gateway;
use crate::failure::{Scene, remedy};
use crate::http::Request;
use crate::protocol::Fault;
use crate::redact::redact;
use crate::snippet::{self, Curl, Shell};
use crate::web::component::dom::{El, class};
use crate::web::component::parts::copy_as;
use crate::web::drive::printed::BODY_FILE;
use crate::web::state::App;
use crate::words::{account as words, failure};

/// What to do about a refusal.
pub fn advice(app: App, gateway: &Gateway, model: &str, region: &str, fault: &Fault) -> String {
    failure::remedy(app.lang(), remedy(fault, Scene::of(gateway, model, region))).to_owned()
}

/// What the gateway itself said.
pub fn quoted(app: App, fault: &Fault) -> El {
    let parts = ["HTTP", &fault.status.to_string(), &fault.code, &fault.message].map(str::to_owned);
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    class("p", "hint").text(&redact(&app.known_keys(), &parts.join(" ")))
}

/// The button that copies a call as a command.
pub fn curl(app: App, key_variable: &str, request: Request) -> El {
    let words = words::words(app.lang());
    let variable = key_variable.to_owned();
    copy_as(app, words.copy_curl, app.texts().copied, move || {
        let how = Curl { key_variable: &variable, output: None, body_file: BODY_FILE };
        snippet::print(Shell::Posix, &request, how).text
    })
}
