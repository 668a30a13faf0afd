//! What the user wants: model, address, key, fields.

use super::super::app::{App, Place};
use super::super::text::Lang;
use super::super::wording;
use super::parts::{advice, radios, source, typed};
use super::{field, run};
use crate::address::BaseUrl;
use crate::catalog::{Basis, Capability, Field, FieldId, Gateway, Model, Status};
use crate::draft::Value;
use leptos::prelude::*;

/// The desk. The form is made anew when the model changes, never while one types.
pub fn desk(app: App) -> AnyView {
    let form = move || {
        let gateway = app.the_gateway();
        let model = app.the_model();
        fields(app, gateway, model)
    };
    view! {
        <section class="desk" id="desk" tabindex="-1" aria-label=app.texts().inputs>
            {move || model_row(app, app.the_gateway())}
            {move || connection(app, app.the_gateway())}
            {form}
            {unsent(app)}
            {run::bar(app)}
        </section>
    }
    .into_any()
}

fn model_row(app: App, gateway: &'static Gateway) -> AnyView {
    let texts = app.texts();
    let kinds: Vec<(String, String)> = Capability::ALL
        .iter()
        .zip(texts.capabilities)
        .filter(|(capability, _)| gateway.models.iter().any(|model| model.capability == **capability))
        .map(|(capability, words)| (tag(*capability).to_owned(), words.to_owned()))
        .collect();
    let chosen = Signal::derive(move || tag(app.the_model().capability).to_owned());
    let choose = Callback::new(move |kind: String| {
        if let Some(index) = gateway.models.iter().position(|model| tag(model.capability) == kind) {
            app.choose_model(index);
        }
    });
    let options = move || {
        let kind = app.the_model().capability;
        let chosen = app.seats.with(|seats| seats[app.gateway.get()].model);
        gateway
            .models
            .iter()
            .enumerate()
            .filter(|(_, model)| model.capability == kind)
            .map(|(index, model)| {
                view! { <option value=index.to_string() selected=index == chosen>{model_words(app, model)}</option> }
            })
            .collect_view()
    };
    let about = move || {
        let model = app.the_model();
        let status = match model.status {
            Status::Verified => view! { <span class="chip ok">{texts.verified}</span> }.into_any(),
            Status::Beta => view! { <span class="chip beta">{texts.beta}</span> }.into_any(),
            Status::Documented => ().into_any(),
        };
        let advices = model.advice.iter().map(|item| advice(app, gateway, item)).collect_view();
        view! { <div class="about">{status} {source(app, gateway, &model.source)}</div> {advices} }
    };
    view! {
        <div class="model">
            {radios("capability".into(), view! { <span class="hidden">{texts.capability}</span> }.into_any(), kinds, chosen, choose, String::new())}
            <label class="hidden" for="model">{texts.model}</label>
            <select
                id="model"
                on:change=move |event| {
                    if let Ok(index) = typed(&event).parse() {
                        app.choose_model(index);
                    }
                }
            >
                {options}
            </select>
            {about}
        </div>
    }
    .into_any()
}

fn tag(capability: Capability) -> &'static str {
    match capability {
        Capability::Text => "t2v",
        Capability::Image => "i2v",
        Capability::Frames => "kf2v",
        Capability::Speech => "s2v",
        Capability::Reference => "r2v",
    }
}

/// Name and price per second, from the cheapest tier to the dearest.
fn model_words(app: App, model: &Model) -> String {
    let mut text = model.id.clone();
    let gateway = app.gateway.get();
    let region = app.catalog.gateways[gateway].bases.first().map_or("", |base| &base.region);
    let Some(rates) = crate::price::rates(model, region) else { return text };
    let figures =
        || rates.per_second.values().chain(rates.silent.values()).filter_map(|f| crate::price::Money::parse(f));
    let (Some(least), Some(most)) = (figures().min(), figures().max()) else { return text };
    text.push_str(if model.price.basis == Basis::Reference { "  ≈ " } else { "  " });
    text.push_str(&least.with_sign(&rates.currency));
    if least != most {
        text.push('–');
        text.push_str(&most.decimal());
    }
    text.push_str(if app.lang() == Lang::Zh { "/秒" } else { "/s" });
    text
}

/// Address and key.
fn connection(app: App, gateway: &'static Gateway) -> AnyView {
    let texts = app.texts();
    let index = app.gateway.get_untracked();
    let place = move || app.seats.with(|seats| seats[index].place.clone());
    let value_of = |place: &Place| match place {
        Place::Simulator => "simulator".to_owned(),
        Place::Listed(number) => number.to_string(),
        Place::Typed(_) => "typed".to_owned(),
    };
    let mut options: Vec<(String, String)> = Vec::new();
    if app.simulator.is_some() {
        options.push(("simulator".into(), texts.simulator.to_owned()));
    }
    for (number, base) in gateway.bases.iter().enumerate() {
        let name = [app.pick(&base.name), " · ", base.url.trim_start_matches("https://")].concat();
        options.push((number.to_string(), name));
    }
    options.push(("typed".into(), texts.base_custom.to_owned()));
    let options = options
        .into_iter()
        .map(|(value, words)| {
            let own = value.clone();
            view! { <option value=value prop:selected=move || value_of(&place()) == own>{words}</option> }
        })
        .collect_view();
    let choose = move |event: leptos::ev::Event| {
        let chosen = typed(&event);
        app.choose_place(match chosen.as_str() {
            "simulator" => Place::Simulator,
            "typed" => Place::Typed(String::new()),
            number => {
                let number: usize = number.parse().unwrap_or(0);
                let url = &gateway.bases[number].url;
                // A base with a place to fill in becomes a typed one at once.
                if url.contains('{') { Place::Typed(url.clone()) } else { Place::Listed(number) }
            }
        });
    };
    let is_typed = move || matches!(place(), Place::Typed(_));
    let typed_text = move || match place() {
        Place::Typed(text) => text,
        _ => String::new(),
    };
    let fault = move || {
        let outlook = app.outlook.get();
        match outlook.base_fault {
            Some(fault) => wording::address(app.lang(), fault),
            None if outlook.not_offered => texts.not_offered_here,
            None => "",
        }
    };
    view! {
        <div class="connection">
            <div class="line">
                <label for="base">{texts.base}</label>
                <select id="base" on:change=choose aria-describedby="base-fault">{options}</select>
            </div>
            <Show when=is_typed>
                <div class="line">
                    <label for="base-typed">{texts.base_custom_label}</label>
                    <input
                        id="base-typed"
                        type="url"
                        spellcheck="false"
                        autocomplete="off"
                        placeholder="https://"
                        prop:value=typed_text
                        aria-describedby="base-fault"
                        on:input=move |event| app.choose_place(Place::Typed(typed(&event)))
                    />
                </div>
            </Show>
            <p class="problem" id="base-fault" aria-live="polite">{fault}</p>
            {move || key_row(app, gateway)}
        </div>
    }
    .into_any()
}

/// The key of this gateway at this address. Made anew when the origin changes, never while one types.
fn key_row(app: App, gateway: &'static Gateway) -> AnyView {
    let texts = app.texts();
    let origin =
        Memo::new(move |_| app.target().ok().map(|target| (target.base.origin().to_owned(), target.simulated)));
    let row = move || {
        let Some((origin, simulated)) = origin.get() else { return ().into_any() };
        if simulated {
            return view! { <p class="hint no-key">{texts.key_simulator}</p> }.into_any();
        }
        let Ok(base) = BaseUrl::parse(&origin) else { return ().into_any() };
        let shown = RwSignal::new(false);
        let (read, write, fault_base) = (base.clone(), base.clone(), base.clone());
        let clear = base.clone();
        let problem = move || {
            let typed = app.typed_key(&gateway.id, &fault_base);
            match crate::key::ApiKey::new(&typed, &fault_base) {
                Ok(_) => "",
                Err(crate::key::KeyFault::Empty) if !app.tried.get() => "",
                Err(crate::key::KeyFault::Empty) => wording::key_missing(app.lang()),
                Err(crate::key::KeyFault::Character) => wording::key_character(app.lang()),
            }
        };
        view! {
            <div class="line key">
                <label for="key">{texts.key} " " <code>{gateway.key_variable.as_str()}</code></label>
                <div class="with-buttons">
                    <input
                        id="key"
                        type=move || if shown.get() { "text" } else { "password" }
                        autocomplete="off"
                        spellcheck="false"
                        aria-describedby="key-hint key-fault"
                        prop:value=move || app.typed_key(&gateway.id, &read)
                        on:input=move |event| app.set_key(&gateway.id, &write, typed(&event))
                    />
                    <button class="small" type="button" aria-pressed=move || shown.get().to_string() on:click=move |_| shown.update(|s| *s = !*s)>
                        {move || if shown.get() { texts.key_hide } else { texts.key_show }}
                    </button>
                    <button class="small" type="button" on:click=move |_| app.set_key(&gateway.id, &clear, String::new())>
                        {texts.key_clear}
                    </button>
                </div>
                <p class="hint" id="key-hint">{texts.key_hint} " " <b>{origin}</b></p>
                <p class="problem" id="key-fault" aria-live="polite">{problem}</p>
            </div>
        }
        .into_any()
    };
    row.into_any()
}

/// The form of a model: what matters first, the rest one step away and counted.
fn fields(app: App, gateway: &'static Gateway, model: &'static Model) -> AnyView {
    let texts = app.texts();
    let is_main = |field: &Field| {
        field.required
            || matches!(
                field.id,
                FieldId::Prompt
                    | FieldId::FirstFrame
                    | FieldId::LastFrame
                    | FieldId::References
                    | FieldId::Tier
                    | FieldId::Ratio
                    | FieldId::Duration
                    | FieldId::Sound
            )
    };
    let (mut main, more): (Vec<&Field>, Vec<&Field>) = model.fields.iter().partition(|field| is_main(field));
    // Tier and seconds make the price together, and share a line.
    let place = |main: &[&Field], id| main.iter().position(|field| field.id == id);
    if let (Some(tier), Some(duration)) = (place(&main, FieldId::Tier), place(&main, FieldId::Duration))
        && duration > tier
    {
        main[tier + 1..=duration].rotate_right(1);
    }
    let ids: Vec<FieldId> = more.iter().map(|field| field.id).collect();
    let wrong_ids = ids.clone();
    let set = move || app.draft.with(|draft| ids.iter().filter(|id| draft.filled(**id).is_some()).count());
    let wrong = move || app.outlook.with(|outlook| outlook.problems.iter().any(|p| wrong_ids.contains(&p.field)));
    let count = move || {
        let mut text = texts.more.to_owned();
        let number = set();
        if number > 0 {
            text.push_str(" · ");
            text.push_str(&number.to_string());
        }
        text
    };
    let has_more = !more.is_empty();
    let show = move |list: Vec<&'static Field>| {
        list.into_iter().map(|item| field::row(app, gateway, model, item)).collect_view()
    };
    let more_view = has_more.then(|| {
        let rows = show(more);
        view! {
            <details id="more" prop:open=move || wrong().then_some(true)>
                <summary>{count}</summary>
                <div class="fields">{rows}</div>
            </details>
        }
    });
    let examples = wording::examples(app.lang(), model.capability)
        .into_iter()
        .map(|example| {
            view! {
                <button
                    type="button"
                    class="example"
                    title=example
                    on:click=move |_| app.set(FieldId::Prompt, Some(Value::Text(example.to_owned())))
                >
                    {example}
                </button>
            }
        })
        .collect_view();
    let prompt_blank = move || app.draft.with(|draft| draft.filled(FieldId::Prompt).is_none());
    let examples = model.field(FieldId::Prompt).map(|_| {
        view! {
            <div class="examples" class:gone=move || !prompt_blank()>
                <span class="hint">{texts.examples}</span>
                {examples}
            </div>
        }
    });
    let mut main = main.into_iter();
    let first = main.next().map(|item| field::row(app, gateway, model, item));
    view! { <div class="fields">{first} {examples} {show(main.collect())} {more_view}</div> }.into_any()
}

/// What is kept but not sent.
fn unsent(app: App) -> AnyView {
    let texts = app.texts();
    let list = Memo::new(move |_| app.outlook.with(|outlook| outlook.unsent.clone()));
    let rows = move || {
        list.get()
            .into_iter()
            .map(|(id, why)| {
                let name = wording::field(app.lang(), id);
                view! { <li><b>{name}</b> " — " {wording::unsent(app.lang(), &why)}</li> }
            })
            .collect_view()
    };
    view! {
        <Show when=move || !list.with(Vec::is_empty)>
            <div class="unsent" id="unsent">
                <h3>{texts.unsent}</h3>
                <ul>{rows}</ul>
                <p class="hint">{texts.unsent_lead}</p>
            </div>
        </Show>
    }
    .into_any()
}
