//! The form of a gateway that a user adds.

use crate::catalog::Dialect;
use crate::catalog::own::Own;
use crate::web::browser;
use crate::web::component::choice::Choice;
use crate::web::dialog::gateways::fields::{Fields, Input};
use crate::web::dialog::gateways::line::{Line, Problem, described_by};
use crate::web::dialog::gateways::models::Models;
use crate::web::dialog::gateways::page::Go;
use crate::web::dialog::gateways::takein::TakeIn;
use crate::web::state::App;
use crate::words::gateways as words;
use leptos::prelude::*;

const REGION: &str = "own-region";
const HINT: &str = "own-protocol-hint";

/// The form, empty or with what is edited.
#[component]
pub(super) fn Form(
    /// The page.
    app: App,
    /// What is edited.
    edited: Option<Own>,
    /// Goes to another page of the dialog.
    go: Go,
    /// Leaves the form as it was.
    #[prop(into)]
    leave: Callback<()>,
    /// Goes to the gateway of this id, which has been saved.
    #[prop(into)]
    saved: Callback<String>,
) -> impl IntoView {
    let words = words::words(app.lang());
    let is_new = edited.is_none();
    let fields = Fields::new(app, edited);
    let protocol = fields.protocol;
    let hint = move || protocol.get().map(|protocol| words::protocol_hint(app.lang(), protocol));
    let variable = Signal::derive(move || fields.own_variable());
    let save = move |_| match fields.save() {
        Ok(id) => saved.run(id),
        Err(Input::Any) => {}
        Err(first) => browser::focus(first.id()),
    };
    view! {
        <div class="own-form">
            <Text fields input=Input::Name label=words.name typed=fields.name maxlength="60" />
            <Protocol app fields />
            <p class="hint" id=HINT>
                {hint}
            </p>
            <Text
                fields
                input=Input::Base
                label=words.base
                hint=words.base_hint
                typed=fields.base
                inputmode="url"
                placeholder="https://"
            />
            // Drawn anew with the protocol: they begin with what they were opened with.
            <For each=move || protocol.get() key=|protocol| *protocol let:protocol>
                <Region app fields protocol />
            </For>
            <Text
                fields
                input=Input::Variable
                label=words.variable
                hint=words.variable_hint
                typed=fields.variable
                placeholder=variable
            />
            <For each=move || protocol.get() key=|protocol| *protocol let:protocol>
                <Models app fields protocol />
            </For>
            <Problem id=Input::Any.id() wrong=fields.wrong(Input::Any) />
            <div class="buttons">
                <button type="button" class="primary" id="own-save" on:click=save>
                    {words.save}
                </button>
                <button type="button" on:click=move |_| leave.run(())>
                    {words.cancel}
                </button>
                {is_new.then(|| view! { <TakeIn app go /> })}
            </div>
        </div>
    }
}

/// A line with an input for a text. The input is built once and nothing is written to it, so that an input method is not
/// disturbed.
#[component]
fn Text(
    /// The form.
    fields: Fields,
    /// The input.
    input: Input,
    /// Its label.
    label: &'static str,
    /// What helps to fill it in.
    #[prop(optional)]
    hint: &'static str,
    /// What is typed.
    typed: RwSignal<String>,
    /// How long it may be.
    #[prop(optional)]
    maxlength: Option<&'static str>,
    /// Which keyboard a phone shows.
    #[prop(optional)]
    inputmode: Option<&'static str>,
    /// What stands in it while it is empty.
    #[prop(optional, into)]
    placeholder: MaybeProp<String>,
) -> impl IntoView {
    let id = input.id();
    view! {
        <Line id label hint wrong=fields.wrong(input)>
            <input
                type="text"
                id=id
                autocomplete="off"
                spellcheck="false"
                maxlength=maxlength
                inputmode=inputmode
                placeholder=move || placeholder.get()
                value=typed.get_untracked()
                aria-describedby=described_by(id)
                aria-invalid=move || fields.is_wrong(input)
                on:input:target=move |event| typed.set(event.target().value())
            />
        </Line>
    }
}

/// The protocols, one of which it speaks.
#[component]
fn Protocol(
    /// The page.
    app: App,
    /// The form.
    fields: Fields,
) -> impl IntoView {
    let label = view! { <span>{words::words(app.lang()).protocol}</span> }.into_any();
    let option = |protocol: Dialect| (protocol.word().to_owned(), words::protocol(app.lang(), protocol).to_owned());
    let options = Dialect::ALL.map(option).into();
    let chosen = move || fields.protocol.get().map_or("", Dialect::word).to_owned();
    let choose = move |word: String| fields.speak(Dialect::of_word(&word));
    view! { <Choice name="own-protocol" label options chosen=Signal::derive(chosen) choose described_by=HINT /> }
}

/// Where its prices are those of several regions: which one it is.
#[component]
fn Region(
    /// The page.
    app: App,
    /// The form.
    fields: Fields,
    /// The protocol.
    protocol: Dialect,
) -> impl IntoView {
    let words = words::words(app.lang());
    let regions = fields.regions(protocol);
    let find = regions.clone();
    let choose = move |value: String| {
        if let Some((region, _)) = find.iter().find(|(region, _)| *region == value) {
            fields.region.set(region);
        }
    };
    let chosen = fields.region.get_untracked();
    let options: Vec<_> = regions
        .into_iter()
        .map(|(region, name)| view! { <option value=region selected=region == chosen>{name}</option> })
        .collect();
    (!options.is_empty()).then(|| {
        view! {
            <Line id=REGION label=words.region hint=words.region_hint>
                <select
                    id=REGION
                    aria-describedby=described_by(REGION)
                    on:change:target=move |event| choose(event.target().value())
                >
                    {options}
                </select>
            </Line>
        }
    })
}
