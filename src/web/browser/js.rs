//! Parts of the browser reached by name. For a capability with a handful of calls this is a fraction of the bytes of
//! its typed bindings, and some of them (Web Locks) have none that are stable.

use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;

/// What a call came to: an error is whatever the browser threw.
pub type Outcome<T> = Result<T, JsValue>;

/// A member; `undefined` if there is none or it may not be looked at.
pub fn get(target: &JsValue, name: &str) -> JsValue {
    Reflect::get(target, &JsValue::from_str(name)).unwrap_or(JsValue::UNDEFINED)
}

/// A member that is a text, or none.
pub fn get_text(target: &JsValue, name: &str) -> String {
    get(target, name).as_string().unwrap_or_default()
}

/// Sets a member. What refuses it is no object, and then nobody reads it either.
pub fn set(target: &JsValue, name: &str, value: &JsValue) {
    let _ = Reflect::set(target, &JsValue::from_str(name), value);
}

/// Sets a property of an element's style, also a custom one. Through the object model: the page's policy allows no
/// attribute for it.
pub fn set_look(element: &JsValue, property: &str, value: &str) {
    let _ = call(&get(element, "style"), "setProperty", &[&JsValue::from_str(property), &JsValue::from_str(value)]);
}

/// Calls a method.
pub fn call(target: &JsValue, method: &str, arguments: &[&JsValue]) -> Outcome<JsValue> {
    let function: Function = get(target, method).dyn_into()?;
    let list = Array::new();
    for argument in arguments {
        list.push(argument);
    }
    Reflect::apply(&function, target, &list)
}

/// Makes an object of a class of the browser.
pub fn make(class: &str, arguments: &[&JsValue]) -> Outcome<JsValue> {
    let class: Function = get(&js_sys::global(), class).dyn_into()?;
    let list = Array::new();
    for argument in arguments {
        list.push(argument);
    }
    Reflect::construct(&class, &list)
}

/// An object with these members.
pub fn record(members: &[(&str, &JsValue)]) -> JsValue {
    let object = Object::new().into();
    for (name, value) in members {
        set(&object, name, value);
    }
    object
}

/// Waits for a promise.
pub async fn wait(promise: JsValue) -> Outcome<JsValue> {
    JsFuture::from(Promise::resolve(&promise)).await
}

/// A promise that is settled by two handlers of an object: `good` keeps it, any of `bad` breaks it. Made before
/// anything can happen, so that nothing is missed.
pub fn settled(target: &JsValue, good: &str, bad: &[&str]) -> Promise {
    Promise::new(&mut |keep: Function, give_up: Function| {
        set(target, good, &keep);
        for name in bad {
            set(target, name, &give_up);
        }
    })
}

/// A function for the browser to call once, freed when it was called.
pub fn once(run: impl FnOnce(JsValue) -> JsValue + 'static) -> JsValue {
    let boxed: Box<dyn FnOnce(JsValue) -> JsValue> = Box::new(run);
    Closure::once_into_js(boxed)
}

/// A function for the browser to call for as long as the page lives.
pub fn always(run: impl FnMut(JsValue) + 'static) -> JsValue {
    let boxed: Box<dyn FnMut(JsValue)> = Box::new(run);
    Closure::wrap(boxed).into_js_value()
}
