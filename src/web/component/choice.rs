//! A group of radio buttons that looks like one control.

use leptos::prelude::*;

/// One option: its value and its words.
pub type Options = Vec<(String, String)>;

/// A group of radio buttons. An option without a value is the automatic one.
#[component]
pub fn Choice(
    /// Id and name of the group.
    #[prop(into)]
    name: String,
    /// Its label.
    label: AnyView,
    /// The options.
    options: Options,
    /// The value that is on; empty for none.
    #[prop(into)]
    chosen: Signal<String>,
    /// What a choice does.
    #[prop(into)]
    choose: Callback<String>,
    /// Ids of what describes it.
    #[prop(optional, into)]
    described_by: Option<String>,
) -> impl IntoView {
    let buttons = options.into_iter().map(|(value, words)| {
        let id = if value.is_empty() { [&*name, "-auto"].concat() } else { [&*name, "-", &value].concat() };
        let (mine, given) = (value.clone(), value.clone());
        view! {
            <label class="seg">
                <input
                    type="radio"
                    id=id
                    name=name.clone()
                    value=given
                    prop:checked=move || chosen.with(|chosen| *chosen == mine)
                    on:change=move |_| choose.run(value.clone())
                />
                <span>{words}</span>
            </label>
        }
    });
    let buttons: Vec<_> = buttons.collect();
    view! {
        <fieldset class="group" id=name.clone() tabindex="-1" role="radiogroup" aria-describedby=described_by>
            <legend>{label}</legend>
            <div class="segs">{buttons}</div>
        </fieldset>
    }
}
