//! An upload from a terminal, where the gateway lets no page in: the commands, and a place for what they print.

use crate::snippet::{self, Curl};
use crate::upload::Step;
use crate::web::browser;
use crate::web::component::copy::Copy;
use crate::web::component::part::Part;
use crate::web::drive::printed::BODY_FILE;
use crate::web::drive::upload::ByHand;
use crate::web::state::App;
use crate::words::hand::{step, words};
use crate::words::upload::trouble;
use leptos::html::Textarea;
use leptos::prelude::*;

/// The step at hand, and since when it is shown.
type Now = (Step, u64);

/// All of it, step by step.
#[component]
pub fn InTerminal(
    /// The page.
    app: App,
    /// What is done.
    upload: ByHand,
) -> impl IntoView {
    let words = words(app.lang());
    let now = RwSignal::new((upload.plan.begin(), browser::now_ms()));
    let shown = Memo::new(move |_| now.get());
    view! {
        <details class="by-hand">
            <summary>{words.title}</summary>
            <p class="hint">{words.lead}</p>
            <Part of=shown let:shown>
                <OneStep app upload=upload.clone() shown now />
            </Part>
        </details>
    }
}

/// A command, and the place for what it prints.
#[component]
fn OneStep(
    /// The page.
    app: App,
    /// What is done.
    upload: ByHand,
    /// The step.
    shown: Now,
    /// Where the next one goes.
    now: RwSignal<Now>,
) -> impl IntoView {
    let words = words(app.lang());
    let (said, label) = step(app.lang(), &shown.0);
    let text = RwSignal::new(String::new());
    let problem = RwSignal::new(String::new());
    let (plan, begun) = (upload.clone(), shown.clone());
    let field = NodeRef::<Textarea>::new();
    let take = move |_| {
        let (step, began_ms) = &begun;
        match plan.take(app, step, &text.read_untracked(), *began_ms) {
            Ok(None) => {}
            Ok(Some(form)) => {
                // The next step is drawn with this very field.
                if let Some(field) = field.get_untracked() {
                    field.set_value("");
                }
                now.set((Step::Send(form), browser::now_ms()));
            }
            Err(why) => problem.set(trouble(app.lang(), &why)),
        }
    };
    view! {
        <p><b>{said}</b></p>
        <Command app upload shown=shown.0 />
        <label class="hand-answer">
            {label}
            <textarea
                node_ref=field
                rows="3"
                spellcheck="false"
                autocomplete="off"
                on:input:target=move |event| text.set(event.target().value())
            ></textarea>
        </label>
        <p class="problem" role="status">{problem}</p>
        <button type="button" class="small hand-take" on:click=take>{words.take}</button>
    }
}

/// The command of a step, for the chosen shell.
#[component]
fn Command(
    /// The page.
    app: App,
    /// What is done.
    upload: ByHand,
    /// The step.
    shown: Step,
) -> impl IntoView {
    let words = words(app.lang());
    let sends = matches!(shown, Step::Send(_));
    let (key_variable, file) = (upload.key_variable, upload.plan.file().name.clone());
    let command = Memo::new(move |_| {
        let how = Curl { key_variable, output: None, body_file: BODY_FILE };
        match &shown {
            Step::Ask(request) => snippet::print(app.shell(), request, how).text,
            Step::Send(form) => snippet::form(app.shell(), form, &file, how).text,
        }
    });
    view! {
        <pre tabindex="0" role="group" aria-label=words.title>{command}</pre>
        <div class="buttons">
            <Copy app text=move || command.get_untracked() />
            {sends.then(|| {
                view! {
                    <button type="button" class="small" on:click=move |_| upload.save_file(app)>
                        {words.save}
                    </button>
                }
            })}
        </div>
    }
}
