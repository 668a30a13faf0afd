//! Code that comes when it is needed. The packed page is in several files: the first holds what the form needs, each of
//! the others a part that [`lazy!`](crate::lazy) names. Calling such a function fetches its part first, unless it is
//! here; one that did not come is asked for again at the next call.

use std::future::Future;

/// A part of the page did not come: the network failed, or the server no longer has this version of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Missing;

#[cfg(feature = "split")]
impl From<leptos::wasm_split::SplitLoaderError> for Missing {
    fn from(_: leptos::wasm_split::SplitLoaderError) -> Self {
        Self
    }
}

/// What a lazy function gives, where its part came.
pub type Arrived<T> = Result<T, Missing>;

/// First pause after a part did not come, and the longest.
const FIRST_PAUSE_MS: u32 = 500;
const LONGEST_PAUSE_MS: u32 = 60_000;

/// Calls until the part has come: for what the page does by itself, where nobody presses again.
pub async fn insist<T, F: Future<Output = Arrived<T>>>(call: impl Fn() -> F) -> T {
    let mut pause_ms = FIRST_PAUSE_MS;
    loop {
        if let Ok(value) = call().await {
            return value;
        }
        gloo_timers::future::TimeoutFuture::new(pause_ms).await;
        pause_ms = (pause_ms * 2).min(LONGEST_PAUSE_MS);
    }
}

/// Declares a function that lives in a part of the page: `lazy!(history: pub fn open(app: App) { … })` becomes
/// `pub async fn open(app: App) -> Arrived<()>`. Arguments are owned, and there are no generics: they cross from one
/// module to another. Without the feature `split` the page is one module, and the call is an ordinary one.
#[macro_export]
macro_rules! lazy {
    ($part:ident: $(#[$attribute:meta])* $vis:vis fn $name:ident($($argument:ident: $type:ty),* $(,)?) $body:block) => {
        $crate::lazy!($part: $(#[$attribute])* $vis fn $name($($argument: $type),*) -> () $body);
    };
    ($part:ident: $(#[$attribute:meta])* $vis:vis fn $name:ident($($argument:ident: $type:ty),* $(,)?) -> $out:ty $body:block) => {
        $(#[$attribute])*
        #[cfg(feature = "split")]
        #[leptos::wasm_split::wasm_split($part, fallible, wasm_split_path = ::leptos::wasm_split)]
        $vis fn $name($($argument: $type),*) -> $crate::web::browser::part::Arrived<$out> {
            let body = move || -> $out { $body };
            Ok(body())
        }

        $(#[$attribute])*
        #[cfg(not(feature = "split"))]
        #[allow(clippy::unused_async)]
        $vis async fn $name($($argument: $type),*) -> $crate::web::browser::part::Arrived<$out> {
            let body = move || -> $out { $body };
            Ok(body())
        }
    };
}
