//! Uploads on the wire: the call that asks `DashScope` for a policy, the policy, and the link in the response to a form.

use super::answer::{Amiss, fault, whole};
use super::event::Unreadable;
use crate::http::{Method, Request, Response};
use crate::percent;
use serde_json::Value;

/// Longest value that is taken over from a policy; the longest known has some hundred characters.
const LONGEST_VALUE: usize = 8 << 10;

/// The permission to put one file into Alibaba's store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    /// The address that takes the form.
    pub store: String,
    /// Most bytes of a file, if it says so.
    pub max_bytes: Option<u64>,
    folder: String,
    key_id: String,
    signature: String,
    text: String,
    acl: String,
    forbids_overwrite: String,
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
    let store = found("upload_host")?;
    let store = if store.contains("://") { store } else { ["https://", &store].concat() };
    Some(Policy {
        store,
        max_bytes: found("max_file_size_mb").and_then(|mb| mb.parse::<u64>().ok()?.checked_mul(1 << 20)),
        folder: found("upload_dir")?.trim_end_matches('/').to_owned(),
        key_id: found("oss_access_key_id")?,
        signature: found("signature")?,
        text: found("policy")?,
        acl: found("x_oss_object_acl").unwrap_or_else(|| "private".to_owned()),
        forbids_overwrite: found("x_oss_forbid_overwrite").unwrap_or_else(|| "true".to_owned()),
    })
}

impl Policy {
    /// What the store keeps a file of this name under.
    pub fn key(&self, name: &str) -> String {
        [&self.folder, "/", name].concat()
    }

    /// The fields of the form, in the documented order; the file comes last.
    pub fn parts(&self, name: &str) -> Vec<(String, String)> {
        let key = self.key(name);
        [
            ("OSSAccessKeyId", &*self.key_id),
            ("Signature", &self.signature),
            ("policy", &self.text),
            ("key", &key),
            ("x-oss-object-acl", &self.acl),
            ("x-oss-forbid-overwrite", &self.forbids_overwrite),
            ("success_action_status", "200"),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .to_vec()
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

/// What the response is about: gateways wrap it, or do not.
fn within(value: &Value) -> &Value {
    ["data", "output"].iter().map(|name| &value[*name]).find(|inner| inner.is_object()).unwrap_or(value)
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
