//! A line of a form: a label, its control, a hint, and what is wrong.

use leptos::prelude::*;

/// What is wrong with something that was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Wrong {
    /// Grows with every look: what is said once more is read aloud once more.
    pub turn: u32,
    /// What is said.
    pub words: String,
}

/// A label, its control and what is said of it. The control has this id, and is [`described_by`] the rest.
#[component]
pub(super) fn Line(
    /// Id of the control.
    id: &'static str,
    /// Its label.
    label: &'static str,
    /// What helps to fill it in.
    #[prop(optional)]
    hint: &'static str,
    /// What is wrong with it.
    #[prop(optional, into)]
    wrong: Signal<Option<Wrong>>,
    /// The control.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="line">
            <label for=id>{label}</label>
            {children()}
            <p class="hint" id=format!("{id}-hint")>{hint}</p>
            <Problem id=format!("{id}-fault") wrong />
        </div>
    }
}

/// Ids of what describes the control of a line.
pub(super) fn described_by(id: &str) -> String {
    format!("{id}-hint {id}-fault")
}

/// The line that says what is wrong.
#[component]
pub(super) fn Problem(
    /// Its id.
    #[prop(into)]
    id: String,
    /// What is wrong.
    #[prop(into)]
    wrong: Signal<Option<Wrong>>,
) -> impl IntoView {
    view! {
        <p class="problem" id=id aria-live="polite">
            <For each=move || wrong.get() key=|wrong| wrong.turn children=|wrong| wrong.words />
        </p>
    }
}
