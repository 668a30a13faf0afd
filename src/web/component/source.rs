//! Where a figure or statement was read.

use crate::catalog::{Gateway, Source};
use crate::web::browser;
use crate::web::state::App;
use crate::words::lang::Lang;
use leptos::either::Either;
use leptos::prelude::*;

/// The title of a source and the day it was read, as a link where it has an address.
#[component]
pub fn SourceLink(
    /// The page.
    app: App,
    /// The gateway whose sources are meant.
    gateway: &'static Gateway,
    /// The name of the source.
    name: &'static str,
) -> impl IntoView {
    gateway.sources.get(name).map(|source| {
        let comma = if app.lang() == Lang::Zh { "，" } else { ", " };
        // Read in the language it is written in.
        let is_chinese = source.title.chars().any(|sign| ('\u{4e00}'..='\u{9fff}').contains(&sign));
        let tag = if is_chinese { Lang::Zh } else { Lang::En }.tag();
        let day = browser::local_day(source.read);
        link(source, view! { <span lang=tag>{source.title}</span>{comma}{day} }.into_any())
    })
}

fn link(source: &'static Source, content: AnyView) -> impl IntoView {
    match source.url {
        Some(url) => Either::Left(view! {
            <a class="source" href=url target="_blank" rel="noreferrer noopener">{content}</a>
        }),
        None => Either::Right(view! { <span class="source">{content}</span> }),
    }
}
