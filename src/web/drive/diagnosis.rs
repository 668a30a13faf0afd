//! Finds out why a call got no answer. Every probe goes without key, cookies and referrer, and nothing of its answer is
//! used but whether there was one. What the facts mean the centre decides.

use crate::address::origin_of;
use crate::diagnosis::{Diagnosis, Facts, Probe, at_once, diagnose};
use crate::web::browser;
use gloo_net::http::RequestBuilder;
use js_sys::Reflect;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{AbortController, ReferrerPolicy, RequestCache, RequestCredentials, RequestMode, RequestRedirect};

/// Longest wait for the answer to a probe.
const PROBE_MS: u32 = 8_000;

/// How long the browser's word on its policy is waited for.
const POLICY_MS: u32 = 100;

/// How a probe asks.
#[derive(Clone, Copy)]
enum Asking {
    /// Without wanting to read the answer: only the host has to be there.
    Blindly,
    /// To read the answer: the answer has to allow it.
    Plainly,
    /// With a header that the browser asks permission for beforehand.
    Beforehand,
}

/// Why a call to this address got no answer.
pub async fn find(url: &str, timed_out: bool) -> Diagnosis {
    let mut facts = Facts {
        url: url.to_owned(),
        page_is_secure: browser::origin().starts_with("https:"),
        offline: browser::is_offline(),
        timed_out,
        ..Facts::default()
    };
    if let Some(known) = at_once(&facts) {
        return known;
    }
    let Some(origin) = origin_of(url) else { return diagnose(&facts) };
    let policy = Watch::begin(&origin);
    facts.opaque = probe(&[&origin, "/"].concat(), Asking::Blindly).await;
    if facts.opaque == Probe::Failed {
        // The browser's word on its policy is an event of its own and may come after the failure.
        gloo_timers::future::TimeoutFuture::new(POLICY_MS).await;
    }
    facts.blocked_by_policy = policy.saw_it();
    // Its own origin is closed to no page.
    let is_own = origin == browser::origin();
    if !facts.blocked_by_policy && !is_own && facts.opaque == Probe::Answered {
        facts.simple = probe(url, Asking::Plainly).await;
        facts.asked = probe(url, Asking::Beforehand).await;
    }
    facts.offline = browser::is_offline();
    diagnose(&facts)
}

async fn probe(url: &str, asking: Asking) -> Probe {
    let controller = AbortController::new().ok();
    let timer =
        controller.clone().map(|controller| gloo_timers::callback::Timeout::new(PROBE_MS, move || controller.abort()));
    let signal = controller.as_ref().map(AbortController::signal);
    let (mode, redirect) = match asking {
        Asking::Blindly => (RequestMode::NoCors, RequestRedirect::Follow),
        Asking::Plainly | Asking::Beforehand => (RequestMode::Cors, RequestRedirect::Error),
    };
    let mut builder = RequestBuilder::new(url)
        .mode(mode)
        .credentials(RequestCredentials::Omit)
        .cache(RequestCache::NoStore)
        .referrer_policy(ReferrerPolicy::NoReferrer)
        .redirect(redirect)
        .abort_signal(signal.as_ref());
    if matches!(asking, Asking::Beforehand) {
        builder = builder.header("Content-Type", "application/json");
    }
    let answered = builder.send().await.is_ok();
    drop(timer);
    if answered { Probe::Answered } else { Probe::Failed }
}

/// Listens for the browser's word that the page's policy blocked a call to an origin.
struct Watch {
    seen: Rc<RefCell<bool>>,
    listener: Closure<dyn FnMut(web_sys::Event)>,
}

const VIOLATION: &str = "securitypolicyviolation";

impl Watch {
    fn begin(origin: &str) -> Self {
        let (seen, origin) = (Rc::new(RefCell::new(false)), origin.to_owned());
        let mark = Rc::clone(&seen);
        let listener = Closure::<dyn FnMut(web_sys::Event)>::new(move |event: web_sys::Event| {
            let blocked = Reflect::get(&event, &JsValue::from_str("blockedURI")).ok().and_then(|uri| uri.as_string());
            if blocked.as_deref().and_then(origin_of).as_deref() == Some(&origin) {
                mark.replace(true);
            }
        });
        let _ = browser::document().add_event_listener_with_callback(VIOLATION, listener.as_ref().unchecked_ref());
        Self { seen, listener }
    }

    fn saw_it(self) -> bool {
        let listener = self.listener.as_ref().unchecked_ref();
        let _ = browser::document().remove_event_listener_with_callback(VIOLATION, listener);
        *self.seen.borrow()
    }
}
