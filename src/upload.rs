//! Files from the user's device, at the place a gateway has for them: the steps as data, and what the responses mean.
//!
//! At `DashScope`: ask for a policy with the key, send a form with the policy's fields and the file to the store that the
//! policy names, without the key; the link is `oss://` and what the store keeps the file under. At other gateways: one
//! form with the key, and the response names the link. The file itself never comes here: whoever sends a
//! [`Form`] appends it.
//!
//! - here: whether there is a place, the steps, and how long the link that comes of them is good
//! - [`store`]: where a file may go; [`trouble`]: what can go wrong, and what to do about it
//! - [`name`]: what the file is called there; [`first`]: the uploads that a draft needs before its create call
//! - [`hand`]: the steps in a terminal, and what is pasted back of them

pub mod first;
pub mod hand;
pub mod name;
pub mod shelf;
pub mod store;
pub mod trouble;

use crate::address::{BaseUrl, check_media_link, is_oss};
use crate::catalog::{Gateway, MediaKind, MediaRule, Model, Upload, UploadWay};
use crate::http::{Form, Request, Response};
use crate::media::{Format, LocalFile};
use crate::protocol::{self, Unreadable};
use crate::reading::{is_listed, region_of};
pub use trouble::Trouble;

/// The hours after which the store of `DashScope` has deleted a file.
const OSS_HOURS: u64 = 48;
const HOUR_MS: u64 = 3_600_000;

/// A file, as far as an upload needs to know it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileFacts {
    /// Its name on the user's device.
    pub name: String,
    /// Its format according to its first bytes, `None` if unknown.
    pub format: Option<Format>,
    /// Image, audio or video.
    pub kind: MediaKind,
    /// Size in bytes.
    pub bytes: u64,
}

impl FileFacts {
    /// Those of a file. `None` for one of no known kind.
    pub fn of(file: &LocalFile) -> Option<Self> {
        Some(Self { name: file.name.clone(), format: file.format, kind: file.kind()?, bytes: file.bytes })
    }
}

/// A place that takes files for tasks at some base.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    gateway: String,
    upload: Upload,
    base: BaseUrl,
}

/// Why there is no place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoPlace {
    /// The gateway has none for this field: it takes links only, or files inside the request.
    None,
    /// It has one, for bases of other regions than this.
    Region,
}

/// Why a place does not take a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unfit {
    /// There is nothing in it.
    Empty,
    /// It has more than this many bytes.
    TooLarge(u64),
    /// The place takes these formats only, by their extensions.
    Format(&'static [&'static str]),
    /// The place takes no files of this kind.
    Kind,
}

impl Place {
    /// The place for a medium of this rule, for tasks that are created at this base.
    ///
    /// # Errors
    /// If there is none.
    pub fn of(gateway: &Gateway, rule: &MediaRule, base: &BaseUrl) -> Result<Self, NoPlace> {
        let upload = *gateway.upload_for(rule).ok_or(NoPlace::None)?;
        let place = |base| Self { gateway: gateway.id.to_owned(), upload, base };
        // At an address that is not the gateway's own, a stand-in or a proxy, the key and the file go nowhere else.
        if !is_listed(gateway, &base.text()) {
            return Ok(place(base.clone()));
        }
        let region = region_of(gateway, base);
        if !upload.regions.is_empty() && !upload.regions.contains(&region) {
            return Err(NoPlace::Region);
        }
        BaseUrl::parse(upload.base).map(place).map_err(|_| NoPlace::None)
    }

    /// Where the call that takes the key goes. It may have another origin than the base of the tasks: a key is bound to
    /// one origin, so the user decides whether the key may go here too.
    pub fn base(&self) -> &BaseUrl {
        &self.base
    }

    /// Its entry in the catalog.
    pub fn upload(&self) -> &Upload {
        &self.upload
    }

    /// Whether it takes a file.
    ///
    /// # Errors
    /// Why it does not.
    pub fn takes(&self, file: &FileFacts) -> Result<(), Unfit> {
        let Upload { accepts, formats, max_bytes, .. } = self.upload;
        if file.bytes == 0 {
            return Err(Unfit::Empty);
        }
        if !accepts.contains(&file.kind) {
            return Err(Unfit::Kind);
        }
        if !formats.is_empty() && !file.format.is_some_and(|format| format.is_among(formats)) {
            return Err(Unfit::Format(formats));
        }
        if max_bytes > 0 && file.bytes > max_bytes {
            return Err(Unfit::TooLarge(max_bytes));
        }
        Ok(())
    }

    /// The upload of a file for a model. `mark` is random: it makes the name unique, because no file replaces another.
    ///
    /// # Errors
    /// If the place does not take the file.
    pub fn plan(&self, model: &Model, file: FileFacts, mark: u32) -> Result<Plan, Unfit> {
        self.takes(&file)?;
        let stored = name::stored(&file.name, file.format, mark);
        Ok(Plan { place: self.clone(), model: model.wire_name().to_owned(), file, stored })
    }
}

/// The upload of one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    place: Place,
    model: String,
    file: FileFacts,
    stored: String,
}

/// What is sent first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// A call that asks for the policy, with the key; [`Plan::allowed`] reads its response.
    Ask(Request),
    /// The form with the file; [`Plan::sent`] reads its response.
    Send(Form),
}

impl Plan {
    /// The first step.
    pub fn begin(&self) -> Step {
        let Upload { way, path, fields, .. } = self.place.upload;
        let url = self.place.base.join(path);
        match way {
            UploadWay::Policy => Step::Ask(protocol::policy_call(&url, &self.model)),
            UploadWay::Form => {
                let parts = fields.iter().map(|(name, value)| (name.to_owned(), (*value).to_owned())).collect();
                Step::Send(self.form(url, true, parts))
            }
        }
    }

    /// The form that a policy allows, which is the second step. A policy is good for some minutes.
    ///
    /// # Errors
    /// If the response is a refusal or makes no sense, if it names a store that is not Alibaba's, or allows no file of
    /// this size.
    pub fn allowed(&self, answer: &Response) -> Result<Form, Trouble> {
        let policy = protocol::policy(answer).map_err(Trouble::of_policy)?;
        store::check(&policy.store, &self.place.base)?;
        match policy.max_bytes {
            Some(limit) if self.file.bytes > limit => return Err(Trouble::TooLarge(Some(limit))),
            _ => {}
        }
        let parts = policy.parts(&self.stored);
        Ok(self.form(policy.store, false, parts))
    }

    /// What comes of the form. `began_ms` is when it was sent: the file may be kept from then on.
    ///
    /// # Errors
    /// If the response is a refusal or makes no sense.
    pub fn sent(&self, form: &Form, answer: &Response, began_ms: u64) -> Result<Uploaded, Trouble> {
        let Upload { way, answer: at, .. } = self.place.upload;
        let link = match way {
            UploadWay::Policy => {
                trouble::stored(answer)?;
                let key = form.parts.iter().find(|(name, _)| name == "key").map_or("", |(_, key)| key);
                ["oss://", key].concat()
            }
            UploadWay::Form => {
                let link = protocol::uploaded(answer, at).map_err(Trouble::of)?;
                // Anything else than a web address would be sent to the gateway as one.
                let is_web = link.starts_with("https://") && check_media_link(&link).is_ok();
                if !is_web {
                    return Err(Trouble::Unreadable(Unreadable::Shape));
                }
                link
            }
        };
        Ok(self.lies(link, began_ms))
    }

    /// The file at this link.
    fn lies(&self, link: String, began_ms: u64) -> Uploaded {
        let Upload { hours, bound_to_model, .. } = self.place.upload;
        Uploaded {
            link,
            gateway: self.place.gateway.clone(),
            model: bound_to_model.then(|| self.model.clone()),
            ends_ms: hours.map(|hours| began_ms.saturating_add(u64::from(hours) * HOUR_MS)),
            name: self.file.name.clone(),
            size: self.file.bytes,
        }
    }

    /// The name the file gets there.
    pub fn stored(&self) -> &str {
        &self.stored
    }

    /// The model it is for, as on the wire.
    pub fn model(&self) -> &str {
        &self.model
    }

    /// The file's media type.
    pub fn media_type(&self) -> &'static str {
        self.file.format.map_or("application/octet-stream", Format::media_type)
    }

    /// What is uploaded.
    pub fn file(&self) -> &FileFacts {
        &self.file
    }

    /// Where it goes.
    pub fn place(&self) -> &Place {
        &self.place
    }

    fn form(&self, url: String, keyed: bool, parts: Vec<(String, String)>) -> Form {
        let (media_type, bytes) = (self.media_type(), self.file.bytes);
        Form { url, keyed, parts, file_name: self.stored.clone(), media_type, bytes }
    }
}

/// A file at a gateway's place, and how far its link reaches. It lasts for a visit: no link of the page and no record
/// holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Uploaded {
    /// The link for the field.
    pub link: String,
    /// Id of the gateway.
    pub gateway: String,
    /// The model it is bound to, as on the wire. `None`: any.
    pub model: Option<String>,
    /// When it is deleted, in milliseconds since 1970. `None`: the gateway does not say.
    pub ends_ms: Option<u64>,
    /// The file's name on the user's device.
    pub name: String,
    /// Size in bytes.
    pub size: u64,
}

/// Why a link is of no use any more, or here. The file has to be uploaded again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stale {
    /// The gateway has deleted the file.
    Ended,
    /// It is at another gateway.
    Gateway,
    /// It was uploaded for another model.
    Model,
}

impl Uploaded {
    /// What is known of a link that was there at this time: its file was uploaded before, and is deleted two days later
    /// at the latest.
    pub fn of_link(link: &str, gateway: &str, model: Option<String>, known_ms: u64) -> Self {
        Self {
            link: link.to_owned(),
            gateway: gateway.to_owned(),
            model,
            ends_ms: Some(known_ms.saturating_add(OSS_HOURS * HOUR_MS)),
            name: String::new(),
            size: 0,
        }
    }

    /// The latest time at which the file was certainly there, for what [`Uploaded::of_link`] made.
    pub fn known_ms(&self) -> Option<u64> {
        self.ends_ms.map(|ends_ms| ends_ms.saturating_sub(OSS_HOURS * HOUR_MS))
    }

    /// Whether the link can be used for this model (as on the wire) at this gateway now. Whether the key is still the
    /// one that uploaded the file, the caller knows.
    ///
    /// # Errors
    /// Why it cannot.
    pub fn still_good(&self, gateway: &str, model: &str, now_ms: u64) -> Result<(), Stale> {
        if self.gateway != gateway {
            return Err(Stale::Gateway);
        }
        if self.model.as_deref().is_some_and(|bound| bound != model) {
            return Err(Stale::Model);
        }
        if self.ends_ms.is_some_and(|ends_ms| ends_ms <= now_ms) {
            return Err(Stale::Ended);
        }
        Ok(())
    }
}

/// Whether a link is certainly over that was in a request sent at this time: what Alibaba's store keeps for two days.
pub fn is_over(link: &str, sent_ms: u64, now_ms: u64) -> bool {
    is_oss(link) && now_ms >= sent_ms.saturating_add(OSS_HOURS * HOUR_MS)
}

#[cfg(test)]
mod tests;
