//! The colours of the request, and its changed lines, lit for a moment.

use crate::snippet::{Program, Shell};
use crate::syntax::{Grammar, Kind, changed, pieces};
use crate::web::browser::paint;
use crate::web::drive::printed::{Form, form, form_id};
use crate::web::state::App;
use gloo_timers::callback::Timeout;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::cell::RefCell;
use std::ops::Range;
use std::rc::Rc;
use web_sys::Element;

/// Bytes of the longest text that is coloured: what is longer is not read for its colours.
const LONGEST: usize = 200_000;
/// Milliseconds for which a changed line is lit. Then it fades.
const LIT_MS: u32 = 700;
/// The name of the lit lines in the style sheet, and the class that lights them.
const CHANGED: &str = "code-changed";
const LIT: &str = "lit";

/// What was shown before: as what, and its text.
type Seen = Option<(String, String)>;

/// Nothing that is seen by itself.
#[component]
pub fn Colours(
    /// The page.
    app: App,
    /// Where the text is.
    place: Element,
    /// The call that is shown.
    call: RwSignal<String>,
    /// The text.
    shown: Memo<String>,
) -> impl IntoView {
    let fading: Rc<RefCell<Option<Timeout>>> = Rc::default();
    if paint::is_there() {
        Effect::new(move |before: Option<Seen>| {
            let (form, text) = (form(app), shown.get());
            let task = app.requested.get().map(|number| number.to_string()).unwrap_or_default();
            let what = [form_id(form), " ", &*call.read(), " ", &task].concat();
            let old = before.flatten().filter(|(before, _)| *before == what).map(|(_, text)| text);
            let lit = old.map_or(0..0, |old| changed(&old, &text));
            let (place, fading, copy) = (place.clone(), fading.clone(), text.clone());
            // Once the text stands in its place.
            spawn_local(async move { draw(&place, grammar(form), &copy, lit, &fading) });
            Some((what, text))
        });
        on_cleanup(|| {
            for kind in Kind::COLOURED {
                paint::clear(name(kind));
            }
            paint::clear(CHANGED);
        });
    }
}

/// What a form is written in.
fn grammar(form: Form) -> Grammar {
    match form {
        Form::Http => Grammar::Http,
        Form::Shell(Shell::Cmd) => Grammar::Cmd,
        Form::Shell(Shell::PowerShell) | Form::Program(Program::PowerShell) => Grammar::PowerShell,
        Form::Shell(Shell::Posix | Shell::Bash | Shell::Fish) | Form::Program(Program::Sh) => Grammar::Shell,
        Form::Program(Program::Python | Program::PythonSdk | Program::PythonOpenAi) => Grammar::Python,
        Form::Program(Program::JavaScript | Program::Browser) => Grammar::JavaScript,
        Form::Program(Program::Go) => Grammar::Go,
        Form::Program(Program::Rust) => Grammar::Rust,
        Form::Program(Program::Java) => Grammar::Java,
    }
}

/// The name of a colour in the style sheet.
const fn name(kind: Kind) -> &'static str {
    match kind {
        Kind::Plain => "code-plain",
        Kind::Key => "code-key",
        Kind::Text => "code-text",
        Kind::Number => "code-number",
        Kind::Word => "code-word",
        Kind::Variable => "code-variable",
        Kind::Flag => "code-flag",
        Kind::Comment => "code-comment",
    }
}

/// Paints a text that stands in its place by now.
fn draw(place: &Element, grammar: Grammar, text: &str, lit: Range<usize>, fading: &RefCell<Option<Timeout>>) {
    let Some(node) = place.first_child().filter(|node| node.node_value().as_deref() == Some(text)) else { return };
    let mut parts: [Vec<(u32, u32)>; Kind::COLOURED.len()] = Default::default();
    let (mut at, mut units, mut lines) = (0, 0, (0, 0));
    let text = if text.len() > LONGEST { "" } else { text };
    for (kind, piece) in pieces(grammar, text) {
        let end = units + wide(piece);
        for (edge, unit) in [(lit.start, &mut lines.0), (lit.end, &mut lines.1)] {
            if (at..=at + piece.len()).contains(&edge) {
                *unit = units + wide(&piece[..edge - at]);
            }
        }
        if let Some(index) = Kind::COLOURED.iter().position(|one| *one == kind) {
            parts[index].push((units, end));
        }
        (at, units) = (at + piece.len(), end);
    }
    for (kind, parts) in Kind::COLOURED.iter().zip(&parts) {
        paint::paint(name(*kind), &node, parts);
    }
    if lines.0 < lines.1 {
        paint::paint(CHANGED, &node, &[lines]);
        let list = place.class_list();
        let _ = list.add_1(LIT);
        let off = Timeout::new(LIT_MS, move || drop(list.remove_1(LIT)));
        fading.replace(Some(off));
    } else {
        paint::clear(CHANGED);
    }
}

/// UTF-16 units of a text.
fn wide(text: &str) -> u32 {
    let units = if text.is_ascii() { text.len() } else { text.encode_utf16().count() };
    u32::try_from(units).unwrap_or(u32::MAX)
}
