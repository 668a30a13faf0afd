//! The whole form in a link: gateway, model, fields, language and view, in the fragment of the page's URL.
//!
//! `1/dashscope/wan2.7-t2v?prompt=A%20cat&duration=5` is human-readable; `1z/…` holds the same, compressed. The number
//! is the version: its meaning never changes, and a later page opens every link that was ever made.
//!
//! What a link must not hold, its types cannot hold: no key, no gateway's URL, no callback, no script, none of the
//! extra properties of a pasted body, no local file. Whatever is not understood is reported, and the rest applies.
//!
//! - here: what a link is, and how a readable one is read; the page needs it before the form is there
//! - [`carry`]: which parts of a draft go into a link, and which are left out
//! - [`print`]: the link as text; [`packed`]: the short form of a long one; [`file`]: the same as a file; [`find`]: a
//!   link in pasted text

pub mod carry;
mod embed;
pub mod file;
pub mod find;
mod misread;
pub mod packed;
pub mod print;
mod value;

use crate::catalog::FieldId;
use crate::draft::Draft;
use misread::short;
use value::Held;

pub use embed::{EmbedOptions, Lock, Show, Theme};
pub use misread::{Misread, note};
pub use value::{Id, Language, MediaLink, View};

/// The version that is written.
pub const VERSION: u32 = 1;
/// Longest fragment that is read.
pub const LONGEST: usize = 1 << 20;
/// Maximum number of references. No model accepts a tenth of it.
const MOST_REFERENCES: usize = 100;

/// The contents of a link (`wish` in the code). Each part may be missing: then the page keeps its current value.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Link {
    /// The gateway's ID.
    pub gateway: Option<Id>,
    /// The model's ID.
    pub model: Option<Id>,
    values: Vec<(FieldId, Held)>,
    /// The language of the page.
    pub lang: Option<Language>,
    /// The request format that is shown.
    pub view: Option<View>,
}

/// What a fragment holds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Opened {
    /// The page is embedded in another one, with these options.
    pub embed: Option<EmbedOptions>,
    /// The contents of the link.
    pub wish: Option<Link>,
    /// The contents, still compressed: for [`packed::unpack`].
    pub packed: Option<String>,
    /// What was not understood.
    pub misread: Vec<Misread>,
}

/// Reads the fragment of a URL, without its `#`. A fragment that is not ours yields nothing.
pub fn open(fragment: &str) -> Opened {
    let mut opened = Opened::default();
    let mut rest = fragment;
    if let Some(after) = embed::part(fragment) {
        let (options, wish) = after.split_once('/').unwrap_or((after, ""));
        opened.embed = Some(embed::read(options, &mut opened.misread));
        rest = wish;
    }
    let after = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    let version = &rest[..rest.len() - after.len()];
    let (packed, after) = after.strip_prefix('z').map_or((false, after), |after| (true, after));
    let is_ours = !version.is_empty() && (after.is_empty() || after.starts_with(['/', '?']));
    if !is_ours {
        return opened;
    }
    let wish = after.strip_prefix('/').unwrap_or(after);
    if rest.len() > LONGEST {
        note(&mut opened.misread, Misread::TooLong);
    } else if version.trim_start_matches('0') != "1" {
        note(&mut opened.misread, Misread::Newer);
    } else if packed {
        opened.packed = Some(wish.to_owned());
    } else {
        opened.wish = Some(read(wish, &mut opened.misread));
    }
    opened
}

/// Reads what follows the version in a readable link: `gateway/model?field=value&…`.
pub fn read(text: &str, misread: &mut Vec<Misread>) -> Link {
    let mut link = Link::default();
    let (head, fields) = text.split_once('?').unwrap_or((text, ""));
    let (gateway, model) = head.split_once('/').unwrap_or((head, ""));
    for (name, value) in [("gateway", gateway), ("model", model)].into_iter().chain(pairs(fields)) {
        if !value.is_empty() {
            let read = value::decoded(value).ok_or_else(|| Misread::Value(short(name)));
            let put = read.and_then(|value| link.put(&value::decoded(name).unwrap_or_default(), &value));
            if let Err(why) = put {
                note(misread, why);
            }
        }
    }
    link
}

fn pairs(fields: &str) -> impl Iterator<Item = (&str, &str)> {
    fields.split('&').map(|pair| pair.split_once('=').unwrap_or((pair, "")))
}

impl Link {
    /// Sets one part by its name. The only way in from outside.
    fn put(&mut self, name: &str, text: &str) -> Result<(), Misread> {
        let wrong = || Misread::Value(short(name));
        match name {
            "gateway" => self.gateway = Some(Id::new(text).ok_or_else(|| Misread::Gateway(short(text)))?),
            "model" => self.model = Some(Id::new(text).ok_or_else(|| Misread::Model(short(text)))?),
            "lang" => self.lang = Some(Language::of(text).ok_or_else(wrong)?),
            "view" => self.view = Some(View::of(text).ok_or_else(wrong)?),
            "voice" => {
                let link = MediaLink::new(text).ok_or_else(wrong)?;
                let list = self.values.iter_mut().find_map(|(_, held)| held.references());
                list.and_then(|list| list.last_mut()).ok_or_else(wrong)?.voice = Some(link);
            }
            _ => {
                let id = FieldId::named(name).ok_or_else(|| Misread::Field(short(name)))?;
                if id == FieldId::CallbackUrl {
                    return Err(Misread::Refused(short(name)));
                }
                self.take(id, Held::read(id, text).ok_or_else(wrong)?)?;
            }
        }
        Ok(())
    }

    /// Sets a value. References are appended; for everything else the last one counts.
    fn take(&mut self, id: FieldId, held: Held) -> Result<(), Misread> {
        let place = self.values.iter().position(|(known, _)| *known >= id).unwrap_or(self.values.len());
        match (self.values.get_mut(place), held) {
            (Some((known, Held::References(list))), Held::References(more)) if *known == id => {
                if list.len() + more.len() > MOST_REFERENCES {
                    return Err(Misread::Value(id.name().to_owned()));
                }
                list.extend(more);
            }
            (Some((known, old)), held) if *known == id => *old = held,
            (_, held) => self.values.insert(place, (id, held)),
        }
        Ok(())
    }

    /// The fields it holds.
    pub fn fields(&self) -> impl Iterator<Item = FieldId> {
        self.values.iter().map(|(id, _)| *id)
    }

    /// The media URLs in it.
    pub fn media(&self) -> impl Iterator<Item = &MediaLink> {
        self.values.iter().flat_map(|(_, held)| held.media())
    }

    /// The contents as a draft.
    pub fn draft(&self) -> Draft {
        let mut draft = Draft::default();
        for (id, held) in &self.values {
            draft.set(*id, held.value());
        }
        draft
    }
}

#[cfg(test)]
mod tests;
