//! Options of a page that is shown within another one: `embed,theme=dark,lang=en,lock=model`.

use super::misread::{Misread, note, short};
use super::value::Language;

/// How an embedded page shows itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct EmbedOptions {
    /// Light, dark, or as the system is.
    pub theme: Theme,
    /// The language, where the host names one.
    pub lang: Option<Language>,
    /// What its reader cannot change.
    pub lock: Lock,
}

/// Light or dark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    /// As the system is.
    #[default]
    Auto,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// What the reader of an embedded page cannot change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Lock {
    /// Nothing is locked.
    #[default]
    Nothing,
    /// The gateway.
    Gateway,
    /// Gateway and model.
    Model,
}

/// What stands behind `embed` in a fragment, if it begins with it.
pub(super) fn part(fragment: &str) -> Option<&str> {
    fragment.strip_prefix("embed").filter(|after| after.is_empty() || after.starts_with([',', '/']))
}

/// Reads the options. What is not understood is left at its default, and named.
pub(super) fn read(options: &str, misread: &mut Vec<Misread>) -> EmbedOptions {
    let mut read = EmbedOptions::default();
    for option in options.split(',').filter(|option| !option.is_empty()) {
        match option.split_once('=') {
            Some(("theme", "auto")) => read.theme = Theme::Auto,
            Some(("theme", "light")) => read.theme = Theme::Light,
            Some(("theme", "dark")) => read.theme = Theme::Dark,
            Some(("lock", "gateway")) => read.lock = Lock::Gateway,
            Some(("lock", "model")) => read.lock = Lock::Model,
            Some(("lang", tag)) if Language::of(tag).is_some() => read.lang = Language::of(tag),
            _ => note(misread, Misread::Option(short(option))),
        }
    }
    read
}
