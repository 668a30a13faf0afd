//! A part of a view that comes, goes or changes by a decision.

use crate::web::browser::held;
use leptos::prelude::*;

/// Draws what is decided, and draws it anew when the decision is another. Who had the focus in what goes, keeps it near.
#[component]
pub fn Part<T, F, V>(
    /// The decision.
    of: Memo<T>,
    /// Its view.
    children: F,
) -> impl IntoView
where
    T: Clone + Send + Sync + 'static,
    F: Fn(T) -> V + Send + 'static,
    V: IntoView + 'static,
{
    // Boxed and of one type: the code that draws anew exists once, not for every decision and every view.
    let draw: Box<dyn FnMut() -> AnyView + Send> = Box::new(move || {
        held::keep();
        let decided = of.get();
        untrack(|| children(decided)).into_any()
    });
    draw
}
