//! Options of an embedded page: `embed,theme=dark,lang=en,lock=model`.

use super::misread::{Misread, note, short};
use super::value::Language;

/// How an embedded page looks and what it locks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct EmbedOptions {
    /// Light, dark, or the system setting.
    pub theme: Theme,
    /// The language, if the host names one.
    pub lang: Option<Language>,
    /// What its reader cannot change.
    pub lock: Lock,
    /// What is shown of it.
    pub show: Show,
}

/// Light or dark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    /// The system setting.
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

/// What is shown of an embedded page. A result shows itself once there is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Show {
    /// Everything.
    #[default]
    All,
    /// The form.
    Form,
    /// The request.
    Request,
    /// Both.
    FormRequest,
    /// Both, in less room.
    Compact,
}

/// What follows `embed` in a fragment, if it starts with it.
pub(super) fn part(fragment: &str) -> Option<&str> {
    fragment.strip_prefix("embed").filter(|after| after.is_empty() || after.starts_with([',', '/']))
}

/// Reads the options. Those that are not understood keep their default and are reported.
pub(super) fn read(options: &str, misread: &mut Vec<Misread>) -> EmbedOptions {
    let mut read = EmbedOptions::default();
    for option in options.split(',').filter(|option| !option.is_empty()) {
        match option.split_once('=') {
            Some(("theme", "auto")) => read.theme = Theme::Auto,
            Some(("theme", "light")) => read.theme = Theme::Light,
            Some(("theme", "dark")) => read.theme = Theme::Dark,
            Some(("lock", "gateway")) => read.lock = Lock::Gateway,
            Some(("lock", "model")) => read.lock = Lock::Model,
            Some(("show", "form")) => read.show = Show::Form,
            Some(("show", "request")) => read.show = Show::Request,
            Some(("show", "form-request")) => read.show = Show::FormRequest,
            Some(("show", "compact")) => read.show = Show::Compact,
            Some(("lang", tag)) if Language::of(tag).is_some() => read.lang = Language::of(tag),
            _ => note(misread, Misread::Option(short(option))),
        }
    }
    read
}
