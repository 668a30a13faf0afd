//! What is looked for in the history.

use crate::snapshot::list::Tone;
use crate::web::dialog::history::room::Room;
use leptos::prelude::*;

/// Search and choices.
#[component]
pub fn Filters(
    /// The history.
    room: Room,
) -> impl IntoView {
    let app = room.app;
    let words = app.lang().history();
    let gateways = app.catalog().gateways.iter().map(|one| (one.id.to_owned(), app.pick(&one.name).to_owned()));
    let gateways = Signal::stored(gateways.collect::<Vec<_>>());
    let models = move || room.models.get().into_iter().map(|model| (model.clone(), model)).collect::<Vec<_>>();
    let states = words.states.iter().map(|(tone, words)| (tone.name().to_owned(), (*words).to_owned()));
    let states = Signal::stored(states.collect::<Vec<_>>());
    let any = words.any;
    let by_gateway = move |id| room.ask(|wanted| wanted.gateway = id);
    let by_model = move |id| room.ask(|wanted| wanted.model = id);
    let by_tone = move |name: Option<String>| room.ask(|wanted| wanted.tone = Tone::named(&name.unwrap_or_default()));
    view! {
        <div class="filters" role="search">
            <div class="filter">
                <label for="history-search">{words.search}</label>
                <input
                    id="history-search"
                    type="search"
                    autocomplete="off"
                    spellcheck="false"
                    placeholder=words.search_hint
                    on:input:target=move |event| room.ask(|wanted| wanted.search(&event.target().value()))
                />
            </div>
            <Pick
                id="history-gateway"
                label=words.gateway
                any
                options=gateways
                choose=by_gateway
            />
            <Pick
                id="history-model"
                label=words.model
                any
                options=Signal::derive(models)
                choose=by_model
            />
            <Pick
                id="history-state"
                label=words.state
                any
                options=states
                choose=by_tone
            />
        </div>
    }
}

/// One of several, or any.
#[component]
fn Pick(
    /// Its id.
    id: &'static str,
    /// Its label.
    label: &'static str,
    /// What stands for any.
    any: &'static str,
    /// Values and words.
    options: Signal<Vec<(String, String)>>,
    /// What a choice does; any is none.
    #[prop(into)]
    choose: Callback<Option<String>>,
) -> impl IntoView {
    let chosen = move |value: String| choose.run(Some(value).filter(|value| !value.is_empty()));
    view! {
        <div class="filter">
            <label for=id>{label}</label>
            <select id=id on:change:target=move |event| chosen(event.target().value())>
                <option value="">{any}</option>
                <For each=move || options.get() key=|(value, _)| value.clone() let((value, words))>
                    <option value=value>{words}</option>
                </For>
            </select>
        </div>
    }
}
