//! A thin layer between Leptos' signals and the document: elements are built once, and effects change what moves.
//!
//! Why not the `view!` macro: it makes a type of every element, and code for every type. Measured on this very page, the
//! page was 290 kB in brotli with it; its whole first load may have 179. Here every closure is boxed at the door, so the
//! machinery exists once. Text goes in as text nodes only: there is no way to write HTML through this file.

use crate::web::browser::held;
use leptos::prelude::{Get, IntoView, Memo, Mountable, Owner, Render, RenderEffect, on_cleanup, untrack};
use send_wrapper::SendWrapper;
use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{Element, Event, Node};

/// An element under construction.
pub struct El(Element);

/// What of an element follows a signal.
#[derive(Clone, Copy)]
enum What {
    Attribute(&'static str),
    Class(&'static str),
    Value,
    Checked,
    Words,
}

/// A piece of a view: nothing, one node, or several.
#[derive(Default)]
pub struct View(Vec<Node>);

/// A new element.
pub fn el(tag: &str) -> El {
    El(crate::web::browser::document().create_element(tag).expect("the tag names are ours"))
}

/// An element with a class.
pub fn class(tag: &str, class: &str) -> El {
    el(tag).attr("class", class)
}

/// An empty view.
pub fn nothing() -> View {
    View::default()
}

/// A text.
pub fn text(text: &str) -> View {
    View(vec![crate::web::browser::document().create_text_node(text).into()])
}

/// Runs now and whenever a signal it reads changes, for as long as the surrounding view lives.
pub fn effect(run: impl FnMut() + 'static) {
    effect_boxed(Box::new(run));
}

fn effect_boxed(mut run: Box<dyn FnMut()>) {
    let effect = RenderEffect::new(move |_| run());
    on_cleanup(move || drop(effect));
}

/// A part of a view that is made anew when a signal it reads changes. What was in it is taken away with its effects.
pub fn dynamic(make: impl Fn() -> View + 'static) -> View {
    dynamic_boxed(Box::new(make))
}

fn dynamic_boxed(make: Box<dyn Fn() -> View>) -> View {
    let document = crate::web::browser::document();
    let (start, end): (Node, Node) = (document.create_comment("").into(), document.create_comment("").into());
    let first = Rc::new(RefCell::new(Some(vec![start.clone()])));
    let (handed, last) = (Rc::clone(&first), end.clone());
    effect_boxed(Box::new(move || {
        let mut made = make().0;
        // The first run has no parent yet: its nodes go into the view that is returned.
        if let Some(view) = handed.borrow_mut().as_mut() {
            view.append(&mut made);
            return;
        }
        // Whatever lies between the two marks goes, also what parts within have put there since.
        let next = |node: &Node| node.next_sibling().filter(|node| *node != last);
        let held = held::within(&std::iter::successors(next(&start), next).collect::<Vec<_>>());
        while let Some(old) = next(&start) {
            if let Some(parent) = old.parent_node() {
                let _ = parent.remove_child(&old);
            }
        }
        if let Some(parent) = last.parent_node() {
            for node in &made {
                let _ = parent.insert_before(node, Some(&last));
            }
        }
        held::give_back(held);
    }));
    let mut nodes = first.borrow_mut().take().unwrap_or_default();
    nodes.push(end);
    View(nodes)
}

/// A text that is worked out when what it reads changes, and wakes its readers only when it differs. Everything that
/// decides between parts of a view is put as such a text, so that the machinery exists for one type.
pub fn memo(work: impl Fn() -> String + Send + Sync + 'static) -> Memo<String> {
    memo_boxed(Box::new(work))
}

fn memo_boxed(work: Box<dyn Fn() -> String + Send + Sync>) -> Memo<String> {
    Memo::new(move |_| work())
}

/// A part that is made anew when its key changes, and only then.
pub fn keyed_part(key: impl Fn() -> String + Send + Sync + 'static, make: impl Fn(&str) -> View + 'static) -> View {
    keyed_part_boxed(memo(key), Box::new(make))
}

fn keyed_part_boxed(key: Memo<String>, make: Box<dyn Fn(&str) -> View>) -> View {
    dynamic_boxed(Box::new(move || {
        // Read, not only tracked: a memo that nobody reads is never computed.
        let key = key.get();
        untrack(|| make(&key))
    }))
}

/// `1` for yes, nothing for no: a key for a part that is there or not.
pub fn yes(flag: bool) -> String {
    (if flag { "1" } else { "" }).to_owned()
}

type Piece = Box<dyn FnOnce()>;

thread_local! {
    /// What is left to make of a view that is made in pieces; nothing while views are made at once.
    static REST: RefCell<Option<VecDeque<Piece>>> = const { RefCell::new(None) };
}

/// Makes a view in pieces: first `make`, then what stands in a [`piece`] of it, each in a turn of its own, so that the
/// browser can paint and answer in between. `done` runs once nothing is left.
pub fn in_pieces(make: impl FnOnce() + 'static, done: impl FnOnce() + 'static) {
    REST.set(Some(VecDeque::from([Box::new(make) as Piece])));
    next_piece(Box::new(done));
}

fn next_piece(done: Box<dyn FnOnce()>) {
    // A turn of a timer, and not of a promise: those all run before anything is painted.
    gloo_timers::callback::Timeout::new(0, move || {
        let next = REST.with_borrow_mut(|rest| rest.as_mut().and_then(VecDeque::pop_front));
        if let Some(make) = next {
            make();
            next_piece(done);
        } else {
            REST.set(None);
            done();
        }
    })
    .forget();
}

/// A part that may come a moment later, while its view is made [`in_pieces`]; else it is made at once.
pub fn piece(make: impl FnOnce() -> View + 'static) -> View {
    piece_boxed(Box::new(make))
}

fn piece_boxed(make: Box<dyn FnOnce() -> View>) -> View {
    if REST.with_borrow(Option::is_none) {
        return make();
    }
    let place: Node = crate::web::browser::document().create_comment("").into();
    let (owner, mark) = (Owner::current().unwrap_or_default(), place.clone());
    let put = move || {
        // Where the view around it was made anew in the meantime, it has its own.
        if let (true, Some(parent)) = (mark.is_connected(), mark.parent_node()) {
            for node in owner.with(make).0 {
                let _ = parent.insert_before(&node, Some(&mark));
            }
            let _ = parent.remove_child(&mark);
        }
    };
    REST.with_borrow_mut(|rest| rest.as_mut().map(|rest| rest.push_back(Box::new(put))));
    View(vec![place])
}

/// A row of a list: its key, and how it is made.
pub type Keyed = (String, Box<dyn FnOnce() -> El>);

/// A list whose rows keep their elements while their key stays.
pub fn keyed(parent: El, rows: impl Fn() -> Vec<Keyed> + 'static) -> El {
    keyed_boxed(parent, Box::new(rows))
}

fn keyed_boxed(parent: El, rows: Box<dyn Fn() -> Vec<Keyed>>) -> El {
    let kept: RefCell<Vec<(String, Element, Owner)>> = RefCell::default();
    // Rows outlive a run of the effect, so their effects hang on an owner of their own below this one.
    let owner = Owner::current().unwrap_or_default();
    let target = parent.0.clone();
    effect_boxed(Box::new(move || {
        let mut old = kept.take();
        let mut next = Vec::new();
        for (key, make) in rows() {
            let place = old.iter().position(|(known, _, _)| *known == key);
            next.push(if let Some(index) = place {
                old.swap_remove(index)
            } else {
                let own = owner.with(Owner::new);
                let element = own.with(make).0;
                (key, element, own)
            });
        }
        let held = held::within(old.iter().map(|(_, element, _)| element.as_ref()));
        for (_, element, own) in old {
            element.remove();
            own.cleanup();
        }
        held::give_back(held);
        let mut before = target.first_element_child();
        for (_, element, _) in &next {
            if before.as_ref() == Some(element) {
                before = element.next_element_sibling();
            } else {
                let reference: Option<&Node> = before.as_ref().map(AsRef::as_ref);
                let _ = target.insert_before(element, reference);
            }
        }
        kept.replace(next);
    }));
    parent
}

impl El {
    /// Sets an attribute.
    pub fn attr(self, name: &str, value: &str) -> Self {
        let _ = self.0.set_attribute(name, value);
        self
    }

    /// Sets several attributes.
    pub fn attrs(self, pairs: &[(&str, &str)]) -> Self {
        for (name, value) in pairs {
            let _ = self.0.set_attribute(name, value);
        }
        self
    }

    /// Keeps an attribute up to date.
    pub fn bind(self, name: &'static str, value: impl Fn() -> String + 'static) -> Self {
        self.follow(What::Attribute(name), Box::new(value))
    }

    /// Keeps a class on or off.
    pub fn toggle(self, class: &'static str, on: impl Fn() -> bool + 'static) -> Self {
        self.follow(What::Class(class), Box::new(move || yes(on())))
    }

    /// Keeps the `value` of an input up to date. Nothing is written that stands there already, so that an input method
    /// in the middle of composing is not disturbed.
    pub fn value(self, value: impl Fn() -> String + 'static) -> Self {
        self.follow(What::Value, Box::new(value))
    }

    /// Keeps a radio button on or off.
    pub fn checked(self, on: impl Fn() -> bool + 'static) -> Self {
        self.follow(What::Checked, Box::new(move || yes(on())))
    }

    /// Keeps the text up to date. The element holds nothing else.
    pub fn words(self, text: impl Fn() -> String + 'static) -> Self {
        self.follow(What::Words, Box::new(text))
    }

    /// One function for all that follows a signal, so that each use adds only its own closure.
    fn follow(self, what: What, value: Box<dyn Fn() -> String>) -> Self {
        let element = self.0.clone();
        effect_boxed(Box::new(move || {
            let value = value();
            match what {
                What::Attribute(name) => {
                    let _ = element.set_attribute(name, &value);
                }
                What::Class(class) => {
                    let _ = element.class_list().toggle_with_force(class, !value.is_empty());
                }
                What::Words if element.text_content().as_deref() == Some(&value) => {}
                What::Words => element.set_text_content(Some(&value)),
                What::Value | What::Checked => {
                    let (name, value) = match what {
                        What::Value => ("value", JsValue::from_str(&value)),
                        _ => ("checked", JsValue::from_bool(!value.is_empty())),
                    };
                    let name = JsValue::from_str(name);
                    if js_sys::Reflect::get(&element, &name).ok().as_ref() != Some(&value) {
                        let _ = js_sys::Reflect::set(&element, &name, &value);
                    }
                }
            }
        }));
        self
    }

    /// Adds a text.
    pub fn text(self, words: &str) -> Self {
        self.add(text(words))
    }

    /// Adds a part.
    pub fn add(self, part: impl Into<View>) -> Self {
        for node in part.into().0 {
            let _ = self.0.append_child(&node);
        }
        self
    }

    /// Adds several parts.
    pub fn all(self, parts: impl IntoIterator<Item = El>) -> Self {
        for part in parts {
            let _ = self.0.append_child(&part.0);
        }
        self
    }

    /// Adds a part that is made anew when a signal it reads changes.
    pub fn live(self, make: impl Fn() -> View + 'static) -> Self {
        self.add(dynamic(make))
    }

    /// Listens to an event.
    pub fn on(self, event: &str, run: impl FnMut(Event) + 'static) -> Self {
        self.listen(event, Box::new(run))
    }

    fn listen(self, event: &str, run: Box<dyn FnMut(Event)>) -> Self {
        // Freed by the browser together with the element.
        let listener = Closure::wrap(run).into_js_value();
        let _ = self.0.add_event_listener_with_callback(event, listener.unchecked_ref());
        self
    }

    /// The element itself.
    pub fn element(&self) -> &Element {
        &self.0
    }
}

impl From<Element> for El {
    fn from(element: Element) -> Self {
        Self(element)
    }
}

impl From<El> for View {
    fn from(element: El) -> Self {
        Self(vec![element.0.into()])
    }
}

impl From<Option<El>> for View {
    fn from(element: Option<El>) -> Self {
        element.map(Self::from).unwrap_or_default()
    }
}

impl From<Vec<El>> for View {
    fn from(elements: Vec<El>) -> Self {
        Self(elements.into_iter().map(|element| element.0.into()).collect())
    }
}

impl From<Node> for View {
    fn from(node: Node) -> Self {
        Self(vec![node])
    }
}

impl View {
    /// A Leptos view among hand-made ones. At its top stands no list: that would keep the parent it was built in.
    pub fn of(view: impl IntoView + 'static) -> Self {
        let El(parent) = el("div").hold(view);
        Self(std::iter::successors(parent.first_child(), Node::next_sibling).collect())
    }

    /// Puts it into the document, before a node.
    pub fn put_before(self, parent: &Node, before: &Node) {
        for node in self.0 {
            let _ = parent.insert_before(&node, Some(before));
        }
    }

    /// Adds another part behind this one.
    #[must_use]
    pub fn and(mut self, part: impl Into<Self>) -> Self {
        self.0.extend(part.into().0);
        self
    }
}

/// Puts a view at the end of the body.
pub fn mount(view: View) {
    if let Some(body) = crate::web::browser::document().body() {
        for node in view.0 {
            let _ = body.append_child(&node);
        }
    }
}

/// The value of the input an event came from.
pub fn typed(event: &Event) -> String {
    let target = event.target().unwrap_or_else(|| event.clone().unchecked_into());
    js_sys::Reflect::get(&target, &JsValue::from_str("value")).ok().and_then(|v| v.as_string()).unwrap_or_default()
}

impl El {
    /// Adds a Leptos view. Lists within it keep their parent, so it is mounted where it stays.
    pub fn hold(self, view: impl IntoView + 'static) -> Self {
        let mut state = view.into_view().build();
        state.mount(&self.0, None);
        let state = SendWrapper::new(state);
        on_cleanup(move || drop(state));
        self
    }
}

/// A Leptos view in an element of its own, which has no box.
pub fn held(view: impl IntoView + 'static) -> View {
    class("div", "held").hold(view).into()
}
