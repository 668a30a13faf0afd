//! A thin layer between Leptos' signals and the document: elements are built once, and effects change what moves.
//!
//! Why not the `view!` macro: it makes a type of every element, and code for every type. Measured on this very page, the
//! wasm was 276 kB in brotli with it; the page's whole first load may have 110. Here every closure is boxed at the door,
//! so the machinery exists once. Text goes in as text nodes only: there is no way to write HTML through this file.

use leptos::prelude::{Owner, RenderEffect, on_cleanup};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{Element, Event, Node};

/// An element under construction.
pub struct El(Element);

/// A piece of a view: nothing, one node, or several.
#[derive(Default)]
pub struct View(Vec<Node>);

/// A new element.
pub fn el(tag: &str) -> El {
    El(super::browser::document().create_element(tag).expect("the tag names are ours"))
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
    View(vec![super::browser::document().create_text_node(text).into()])
}

/// Runs now and whenever a signal it reads changes, for as long as the surrounding view lives.
pub fn effect(mut run: impl FnMut() + 'static) {
    watch(Box::new(move |()| run()));
}

fn watch(mut run: Box<dyn FnMut(())>) {
    let effect = RenderEffect::new(move |_| run(()));
    on_cleanup(move || drop(effect));
}

/// A part of a view that is made anew when a signal it reads changes. What was in it is taken away with its effects.
pub fn dynamic(make: impl Fn() -> View + 'static) -> View {
    dynamic_boxed(Box::new(make))
}

fn dynamic_boxed(make: Box<dyn Fn() -> View>) -> View {
    let document = super::browser::document();
    let (start, end): (Node, Node) = (document.create_comment("").into(), document.create_comment("").into());
    let first = Rc::new(RefCell::new(Some(vec![start.clone()])));
    let (handed, last) = (Rc::clone(&first), end.clone());
    effect(move || {
        let mut made = make().0;
        // The first run has no parent yet: its nodes go into the view that is returned.
        if let Some(view) = handed.borrow_mut().as_mut() {
            view.append(&mut made);
            return;
        }
        // Whatever lies between the two marks goes, also what parts within have put there since.
        while let Some(old) = start.next_sibling().filter(|node| *node != last) {
            if let Some(parent) = old.parent_node() {
                let _ = parent.remove_child(&old);
            }
        }
        if let Some(parent) = last.parent_node() {
            for node in &made {
                let _ = parent.insert_before(node, Some(&last));
            }
        }
    });
    let mut nodes = first.borrow_mut().take().unwrap_or_default();
    nodes.push(end);
    View(nodes)
}

/// A list whose rows keep their elements while their key stays.
pub fn keyed<T: 'static>(
    parent: El,
    items: impl Fn() -> Vec<T> + 'static,
    key: impl Fn(&T) -> String + 'static,
    row: impl Fn(T) -> El + 'static,
) -> El {
    let kept: RefCell<Vec<(String, Element, Owner)>> = RefCell::default();
    // Rows outlive a run of the effect, so their effects hang on an owner of their own below this one.
    let owner = Owner::current().unwrap_or_default();
    let target = parent.0.clone();
    effect(move || {
        let mut old = kept.take();
        let mut next = Vec::new();
        for item in items() {
            let name = key(&item);
            let place = old.iter().position(|(known, _, _)| *known == name);
            next.push(match place {
                Some(index) => old.swap_remove(index),
                None => {
                    let own = owner.with(Owner::new);
                    let element = own.with(|| row(item)).0;
                    (name, element, own)
                }
            });
        }
        for (_, element, own) in old {
            element.remove();
            own.cleanup();
        }
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
    });
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
        let element = self.0.clone();
        self.watch(Box::new(move || {
            let _ = element.set_attribute(name, &value());
        }))
    }

    /// Keeps a class on or off.
    pub fn toggle(self, class: &'static str, on: impl Fn() -> bool + 'static) -> Self {
        let element = self.0.clone();
        self.watch(Box::new(move || {
            let _ = element.class_list().toggle_with_force(class, on());
        }))
    }

    /// Keeps a property up to date: `value`, `checked`, `open`. Nothing is written that stands there already, so that
    /// an input method in the middle of composing is not disturbed.
    pub fn prop(self, name: &'static str, value: impl Fn() -> JsValue + 'static) -> Self {
        let element = self.0.clone();
        self.watch(Box::new(move || {
            let (name, value) = (JsValue::from_str(name), value());
            if js_sys::Reflect::get(&element, &name).ok().as_ref() != Some(&value) {
                let _ = js_sys::Reflect::set(&element, &name, &value);
            }
        }))
    }

    /// Keeps the `value` of an input up to date.
    pub fn value(self, value: impl Fn() -> String + 'static) -> Self {
        self.prop("value", move || JsValue::from_str(&value()))
    }

    /// Keeps the text up to date. The element holds nothing else.
    pub fn words(self, text: impl Fn() -> String + 'static) -> Self {
        let element = self.0.clone();
        self.watch(Box::new(move || {
            let text = text();
            if element.text_content().as_deref() != Some(&text) {
                element.set_text_content(Some(&text));
            }
        }))
    }

    fn watch(self, mut run: Box<dyn FnMut()>) -> Self {
        effect(move || run());
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

impl View {
    /// Adds another part behind this one.
    #[must_use]
    pub fn and(mut self, part: impl Into<Self>) -> Self {
        self.0.extend(part.into().0);
        self
    }
}

/// Puts a view at the end of the body.
pub fn mount(view: View) {
    if let Some(body) = super::browser::document().body() {
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
