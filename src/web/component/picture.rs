//! The picture of a task, or a sign in its place.

use leptos::prelude::*;

/// A small picture. To those who listen it says nothing that does not stand beside it.
#[component]
pub fn Picture(
    /// A `data:` URL, once there is one.
    picture: ArcRwSignal<Option<String>>,
) -> impl IntoView {
    view! {
        <span class="thumb" aria-hidden="true">
            {move || match picture.get() {
                Some(url) => view! { <img src=url alt="" /> }.into_any(),
                None => view! { <svg class="icon"><use href="#i-mark"></use></svg> }.into_any(),
            }}
        </span>
    }
}
