//! Uploads on the wire: the call that asks `DashScope` for a policy, the policy, and the link in the response to a form.

use super::answer::{Amiss, fault, whole};
use super::event::Unreadable;
use crate::http::{Method, Request, Response};
use crate::percent;
use serde_json::Value;

/// Longest value that is taken over from a policy; the longest known has some hundred characters.
const LONGEST_VALUE: usize = 8 << 10;

/// Where a response has what it is about: gateways wrap it in one of these, or do not.
pub const WRAPS: [&str; 2] = ["data", "output"];
/// Members of a policy: the address of the store, and the folder that the file goes to.
pub const STORE: &str = "upload_host";
/// See [`STORE`].
pub const FOLDER: &str = "upload_dir";

/// What a part of the store's form holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// What the policy has under the first name; the second where it has nothing, unless that is empty.
    Given(&'static str, &'static str),
    /// The policy's folder, a slash and the name of the file: what the store keeps it under.
    Key,
    /// Always this.
    Always(&'static str),
}

/// The parts of the store's form in the documented order; the file comes last.
pub const FORM: [(&str, Part); 7] = [
    ("OSSAccessKeyId", Part::Given("oss_access_key_id", "")),
    ("Signature", Part::Given("signature", "")),
    ("policy", Part::Given("policy", "")),
    ("key", Part::Key),
    ("x-oss-object-acl", Part::Given("x_oss_object_acl", "private")),
    ("x-oss-forbid-overwrite", Part::Given("x_oss_forbid_overwrite", "true")),
    ("success_action_status", Part::Always("200")),
];

/// The permission to put one file into Alibaba's store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    /// The address that takes the form.
    pub store: String,
    /// Most bytes of a file, if it says so.
    pub max_bytes: Option<u64>,
    folder: String,
    /// By the names of the form.
    given: Vec<(&'static str, String)>,
}

/// The call that asks for a policy for a model.
pub fn policy_call(url: &str, model: &str) -> Request {
    let mut url = [url, "?action=getPolicy&model="].concat();
    for byte in model.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            url.push(char::from(byte));
        } else {
            percent::escape(&mut url, byte);
        }
    }
    Request { method: Method::Get, url, headers: Vec::new(), body: None }
}

/// The policy in the response to that call.
///
/// # Errors
/// If it is a refusal, or lacks something that the form needs.
pub fn policy(answer: &Response) -> Result<Policy, Amiss> {
    let value = whole(answer)?;
    read_policy(within(&value)).ok_or_else(|| without(answer, &value))
}

fn read_policy(data: &Value) -> Option<Policy> {
    let found = |name: &str| text(&data[name]);
    let store = found(STORE)?;
    let store = if store.contains("://") { store } else { ["https://", &store].concat() };
    let mut given = Vec::new();
    for (name, part) in FORM {
        if let Part::Given(member, otherwise) = part {
            let otherwise = (!otherwise.is_empty()).then(|| otherwise.to_owned());
            given.push((name, found(member).or(otherwise)?));
        }
    }
    Some(Policy {
        store,
        max_bytes: found("max_file_size_mb").and_then(|mb| mb.parse::<u64>().ok()?.checked_mul(1 << 20)),
        folder: found(FOLDER)?.trim_end_matches('/').to_owned(),
        given,
    })
}

impl Policy {
    /// What the store keeps a file of this name under.
    pub fn key(&self, name: &str) -> String {
        [&self.folder, "/", name].concat()
    }

    /// The fields of the form, in the documented order; the file comes last.
    pub fn parts(&self, name: &str) -> Vec<(String, String)> {
        let value = |(form_name, part): (&'static str, Part)| match part {
            Part::Key => self.key(name),
            Part::Always(text) => text.to_owned(),
            Part::Given(..) => self
                .given
                .iter()
                .find(|(known, _)| *known == form_name)
                .map(|(_, text)| text.clone())
                .unwrap_or_default(),
        };
        FORM.into_iter().map(|part| (part.0.to_owned(), value(part))).collect()
    }
}

/// The link in the response to a form, at its documented place.
///
/// # Errors
/// If it is a refusal, or there is no text at that place.
pub fn uploaded(answer: &Response, at: &str) -> Result<String, Amiss> {
    let value = whole(answer)?;
    let find = |value: &Value| {
        let found = at.split('.').try_fold(value, |value, name| value.get(name));
        found.and_then(text)
    };
    find(&value).or_else(|| find(within(&value))).ok_or_else(|| without(answer, &value))
}

/// What the response is about.
fn within(value: &Value) -> &Value {
    WRAPS.iter().map(|name| &value[*name]).find(|inner| inner.is_object()).unwrap_or(value)
}

/// A response with a status that is no error and without what it should hold.
fn without(answer: &Response, value: &Value) -> Amiss {
    fault(answer.status, value).map_or(Amiss::Unreadable(Unreadable::Shape), Amiss::Refused)
}

/// A value as text; some are sent as booleans or numbers.
fn text(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Bool(flag) => flag.to_string(),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    // A control character would end a field of the form.
    (!text.is_empty() && text.len() <= LONGEST_VALUE && !text.chars().any(char::is_control)).then_some(text)
}
