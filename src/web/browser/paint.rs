//! Colours over a text, without a change of its nodes: what is selected, copied and read out is the text alone. A browser
//! that cannot shows it in one colour.

use crate::web::browser::js;
use wasm_bindgen::JsValue;
use web_sys::Node;

fn registry() -> JsValue {
    js::get(&js::get(&js_sys::global(), "CSS"), "highlights")
}

/// Whether the browser can.
pub fn is_there() -> bool {
    registry().is_object()
}

/// Paints these parts of a text node, as the style sheet says for that name, and no others. Parts are counted in UTF-16
/// units; those that reach past the text are not painted.
pub fn paint(name: &str, text: &Node, parts: &[(u32, u32)]) {
    let node: &JsValue = text.as_ref();
    let range = |(from, to): &(u32, u32)| {
        let ends = [("startContainer", node), ("endContainer", node)];
        let range = js::record(&ends);
        js::set(&range, "startOffset", &JsValue::from(*from));
        js::set(&range, "endOffset", &JsValue::from(*to));
        js::make("StaticRange", &[&range]).ok()
    };
    let ranges: Vec<JsValue> = parts.iter().filter_map(range).collect();
    let ranges: Vec<&JsValue> = ranges.iter().collect();
    if let Ok(highlight) = js::make("Highlight", &ranges) {
        let _ = js::call(&registry(), "set", &[&JsValue::from_str(name), &highlight]);
    }
}

/// Takes the paint of a name away.
pub fn clear(name: &str) {
    let _ = js::call(&registry(), "delete", &[&JsValue::from_str(name)]);
}
