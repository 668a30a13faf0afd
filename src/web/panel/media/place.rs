//! A place for one medium.

use crate::catalog::{FieldId, MediaRule};
use crate::draft::Media;
use crate::media::LocalFile;
use crate::web::state::App;
use leptos::prelude::*;
use std::sync::Arc;

/// A place for one medium: a field of its own, or an entry of a list of references.
#[derive(Clone, Copy)]
pub struct Place {
    pub app: App,
    /// The field it is, or belongs to.
    pub field: FieldId,
    /// What stands there, followed.
    pub media: Signal<Option<Media>>,
    /// The rule for it, followed: an entry has that of its kind.
    pub rule: Signal<&'static MediaRule>,
    /// Puts something there.
    pub put: Callback<Media>,
    /// Takes away what stands there.
    pub remove: Callback<()>,
    /// Camera or microphone were asked for.
    pub live: RwSignal<bool>,
    /// What is said of a file while it is looked at.
    pub note: RwSignal<&'static str>,
}

impl Place {
    /// The link as typed, followed.
    pub fn link(self) -> String {
        self.media.with(|media| media.as_ref().map(|media| media.link().to_owned()).unwrap_or_default())
    }

    /// The file, followed.
    pub fn file(self) -> Option<Arc<LocalFile>> {
        self.media.with(|media| media.as_ref().and_then(Media::file).cloned())
    }
}
