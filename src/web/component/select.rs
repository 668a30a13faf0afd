//! A labelled list to choose from.

use leptos::prelude::*;

/// A labelled list. At first its first option is chosen.
#[component]
pub fn Select(
    /// Its id.
    #[prop(into)]
    id: String,
    /// Its label.
    #[prop(into)]
    label: String,
    /// The options: value and words.
    options: Vec<(String, String)>,
    /// Which one is chosen.
    chosen: RwSignal<usize>,
) -> impl IntoView {
    let options: Vec<_> =
        options.into_iter().map(|(value, words)| view! { <option value=value>{words}</option> }).collect();
    view! {
        <div class="line">
            <label for=id.clone()>{label}</label>
            <select
                id=id
                // Below zero: none is chosen, which no list of ours allows.
                on:change:target=move |event| {
                    if let Ok(at) = usize::try_from(event.target().selected_index()) {
                        chosen.set(at);
                    }
                }
            >
                {options}
            </select>
        </div>
    }
}
