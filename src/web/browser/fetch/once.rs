//! A body that a browser can send once.
//!
//! A browser repeats a request by itself when a connection it had used before ends without an answer (in Chromium also
//! after a 408), and the question that precedes a call to another origin makes every create call's connection such a
//! one. It can do so only with a body it still has. This one is handed over while it is sent, and is gone after that;
//! and whether it was ever asked for tells whether anything left.
//!
//! Browsers take such a body over HTTP/2 and HTTP/3 only. Over HTTP/1.1 they refuse it before anything leaves.

use js_sys::{Object, Reflect, Uint8Array};
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{QueuingStrategy, ReadableStream, ReadableStreamDefaultController, RequestInit};

/// The body and what became of it.
pub struct OnceBody {
    stream: ReadableStream,
    taken: Rc<Cell<bool>>,
    _pull: Closure<dyn FnMut(ReadableStreamDefaultController)>,
}

impl OnceBody {
    /// This text as a body, where the browser has such bodies.
    pub fn of(text: &str) -> Option<Self> {
        if !is_supported() {
            return None;
        }
        let taken = Rc::new(Cell::new(false));
        let pull = {
            let (taken, bytes) = (Rc::clone(&taken), Uint8Array::from(text.as_bytes()));
            Closure::new(move |controller: ReadableStreamDefaultController| {
                taken.set(true);
                let _ = controller.enqueue_with_chunk(&bytes);
                let _ = controller.close();
            })
        };
        let stream = stream(Some(pull.as_ref().unchecked_ref()))?;
        Some(Self { stream, taken, _pull: pull })
    }

    /// Makes it the body of a request.
    pub fn put(&self, init: &RequestInit) {
        init.set_body(&self.stream);
        let _ = Reflect::set(init, &"duplex".into(), &"half".into());
    }

    /// Whether the browser asked for it: until then nothing of the call has left.
    pub fn was_taken(&self) -> bool {
        self.taken.get()
    }
}

/// A stream that is asked for its content by whoever sends it, and by nobody before.
fn stream(pull: Option<&js_sys::Function>) -> Option<ReadableStream> {
    let source = Object::new();
    if let Some(pull) = pull {
        Reflect::set(&source, &"pull".into(), pull).ok()?;
    }
    let strategy = QueuingStrategy::new();
    strategy.set_high_water_mark(0.0);
    ReadableStream::new_with_underlying_source_and_strategy(&source, &strategy).ok()
}

/// Whether streams can be bodies here. A browser without them would print the stream's name into the request instead,
/// with a type of content for it, or never look at how it is to be sent.
fn is_supported() -> bool {
    let supported = || -> Option<bool> {
        let looked_at = Rc::new(Cell::new(false));
        let getter = {
            let looked_at = Rc::clone(&looked_at);
            Closure::<dyn FnMut() -> JsValue>::new(move || {
                looked_at.set(true);
                "half".into()
            })
        };
        let init = RequestInit::new();
        init.set_method("POST");
        init.set_body(&stream(None)?.into());
        let property = Object::new();
        Reflect::set(&property, &"get".into(), getter.as_ref()).ok()?;
        Object::define_property(&init, &"duplex".into(), &property);
        let request = web_sys::Request::new_with_str_and_init("/", &init).ok()?;
        Some(looked_at.get() && !request.headers().has("Content-Type").ok()?)
    };
    supported().unwrap_or(false)
}
