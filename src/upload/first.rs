//! The uploads that a draft needs before its create call, for a program that carries out both.

use super::{FileFacts, Place, Plan};
use crate::catalog::{Kind, MediaKind, MediaRule};
use crate::checked::{Checked, Sent};
use crate::draft::Media;
use crate::media::LocalFile;
use std::sync::Arc;

/// A local file of a request, and its upload.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct First {
    /// The file.
    pub file: Arc<LocalFile>,
    /// The upload. `None`: nothing takes the file here; its link has to come from elsewhere.
    pub plan: Option<Plan>,
}

/// The uploads before the create call of a draft, in the order of the form and one for each file. Empty if every file
/// can travel inside the request. If one cannot, all are uploaded that the gateway has a place for: a body with another
/// file in it would be too long for a program.
pub fn first(checked: &Checked<'_>) -> Vec<First> {
    let files = files(checked);
    if files.iter().all(|(_, rule)| rule.inline) {
        return Vec::new();
    }
    let mut all: Vec<First> = Vec::new();
    for (file, rule) in files {
        let is_there = all.iter().any(|known| known.file == *file);
        if is_there || rule.inline && !rule.upload {
            continue;
        }
        let mark = u32::try_from(all.len() + 1).unwrap_or(u32::MAX);
        all.push(First { file: Arc::clone(file), plan: plan(checked, file, rule, mark) });
    }
    all
}

fn plan(checked: &Checked<'_>, file: &LocalFile, rule: &MediaRule, mark: u32) -> Option<Plan> {
    let place = Place::of(checked.gateway(), rule, checked.base()).ok()?;
    place.plan(checked.model(), FileFacts::of(file)?, mark).ok()
}

/// The files that are sent, each with its rule.
fn files<'a>(checked: &'a Checked<'_>) -> Vec<(&'a Arc<LocalFile>, &'a MediaRule)> {
    let mut found = Vec::new();
    for (field, value) in checked.sent() {
        match (&field.kind, value) {
            (Kind::Media { rule, .. }, Sent::Media(media)) => found.extend(media.file().map(|file| (file, rule))),
            (Kind::References { accepts, .. }, Sent::References(list)) => {
                let rule = |kind: MediaKind| accepts.iter().find(|rule| rule.media == kind);
                let entries = list.iter().filter_map(|entry| Some((Media::file(&entry.media)?, rule(entry.kind)?)));
                found.extend(entries);
            }
            _ => {}
        }
    }
    found
}
