//! Alibaba's store: which policies it has given, which files it has, and what it refuses, in its own XML.

use std::collections::VecDeque;

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::form::{Broken, Received};
use super::{DAY_BYTES, DAY_MS, STORE_BYTES, xml};
use crate::server::simulator::call::Call;
use crate::server::simulator::state::Simulator;

/// Policies and files that are remembered; the oldest are forgotten first.
const MOST: usize = 500;
/// How long a file is kept.
const KEPT_MS: i64 = 48 * 3_600_000;
/// The id that all policies name.
const KEY_ID: &str = "LTAI5tSIMULATOR";

#[derive(Debug, Clone)]
struct Policy {
    text: String,
    signature: String,
    folder: String,
    model: String,
    account: u64,
    ends_ms: i64,
}

#[derive(Debug)]
struct Stored {
    key: String,
    model: String,
    account: u64,
    since_ms: i64,
}

/// What the store remembers.
#[derive(Debug, Default)]
pub(in crate::server::simulator) struct Store {
    policies: VecDeque<Policy>,
    files: VecDeque<Stored>,
    /// Uploads to Crazyrouter: account, bytes, when.
    pictures: VecDeque<(u64, u64, i64)>,
}

fn push<T>(list: &mut VecDeque<T>, item: T) {
    if list.len() >= MOST {
        list.pop_front();
    }
    list.push_back(item);
}

impl Store {
    pub fn allow(&mut self, text: &str, signature: &str, folder: &str, model: &str, account: u64, ends_ms: i64) {
        let [text, signature, folder, model] = [text, signature, folder, model].map(str::to_owned);
        push(&mut self.policies, Policy { text, signature, folder, model, account, ends_ms });
    }

    /// Whether a file was uploaded by this account, for this model where one is named, and is still there.
    pub fn has(&self, key: &str, account: u64, model: Option<&str>, now_ms: i64) -> bool {
        self.files.iter().any(|file| {
            file.key == key
                && file.account == account
                && model.is_none_or(|model| model == file.model)
                && now_ms < file.since_ms + KEPT_MS
        })
    }

    /// Counts a picture at Crazyrouter, if it fits into the account's day.
    pub fn within_day(&mut self, account: u64, bytes: u64, now_ms: i64) -> bool {
        self.pictures.retain(|(_, _, at)| now_ms < at + DAY_MS);
        let sum: u64 = self.pictures.iter().filter(|(known, ..)| *known == account).map(|(_, bytes, _)| bytes).sum();
        let fits = sum + bytes <= DAY_BYTES;
        if fits {
            push(&mut self.pictures, (account, bytes, now_ms));
        }
        fits
    }

    fn policy(&self, text: &str) -> Option<Policy> {
        self.policies.iter().find(|policy| policy.text == text).cloned()
    }
}

/// Answers the form.
pub(super) fn answer(simulator: &Simulator, call: &Call, received: Result<Received, Broken>) -> Response {
    match check(simulator, call, received) {
        Ok(status) => status.into_response(),
        Err((status, code, message)) => xml(simulator, status, code, message),
    }
}

type Refused = (u16, &'static str, &'static str);

fn check(simulator: &Simulator, call: &Call, received: Result<Received, Broken>) -> Result<StatusCode, Refused> {
    if call.headers.contains_key(header::AUTHORIZATION) {
        return Err((
            400,
            "InvalidArgument",
            "A form carries its own signature; the Authorization header is not allowed.",
        ));
    }
    let form = received.map_err(|broken| match broken {
        Broken::NotAForm => {
            (412, "PreconditionFailed", "Bucket POST must be of the enclosure-type multipart/form-data.")
        }
        Broken::Cut => {
            (400, "MalformedPOSTRequest", "The body of your POST request is not well-formed multipart/form-data.")
        }
    })?;
    let key = form.part("key").ok_or((
        400,
        "InvalidArgument",
        "Bucket POST must contain a field named 'key'. If it is specified, please check the order of the fields.",
    ))?;
    let part = |name| {
        form.part(name).ok_or((403, "AccessDenied", "You have no right to access this object because of bucket acl."))
    };
    let (text, signature, id) = (part("policy")?, part("Signature")?, part("OSSAccessKeyId")?);
    let file = form.file.as_ref().filter(|_| !form.has_more);
    let file = file.ok_or((
        400,
        "IncorrectNumberOfFilesInPOSTRequest",
        "POST requires exactly one file upload per request, as the last field.",
    ))?;
    if id != KEY_ID {
        return Err((403, "InvalidAccessKeyId", "The OSS Access Key Id you provided does not exist in our records."));
    }
    let policy = simulator.store(|store| store.policy(text)).filter(|policy| policy.signature == signature).ok_or((
        403,
        "SignatureDoesNotMatch",
        "The request signature we calculated does not match the signature you provided. Check your key and signing method.",
    ))?;
    if simulator.clock.now_ms() >= policy.ends_ms {
        return Err((403, "AccessDenied", "Invalid according to Policy: Policy expired."));
    }
    let name = key.strip_prefix(&policy.folder).and_then(|rest| rest.strip_prefix('/'));
    let is_plain =
        name.is_some_and(|name| !name.is_empty() && !name.split('/').any(|step| step == ".." || step.is_empty()));
    let agrees = form.part("x-oss-object-acl") == Some("private")
        && form.part("x-oss-forbid-overwrite").is_some_and(|forbids| forbids.eq_ignore_ascii_case("true"));
    if !is_plain || !agrees {
        return Err((403, "AccessDenied", "Invalid according to Policy: Policy Condition failed."));
    }
    if file.bytes > STORE_BYTES {
        return Err((400, "EntityTooLarge", "Your proposed upload exceeds the maximum allowed size."));
    }
    let (key, since_ms) = (key.to_owned(), simulator.clock.now_ms());
    let is_new = simulator.store(|store| {
        let is_new = store.files.iter().all(|file| file.key != key);
        if is_new {
            push(&mut store.files, Stored { key, model: policy.model, account: policy.account, since_ms });
        }
        is_new
    });
    if !is_new {
        return Err((409, "FileAlreadyExists", "The object you specified already exists and can not be overwritten."));
    }
    Ok(if form.part("success_action_status") == Some("200") { StatusCode::OK } else { StatusCode::NO_CONTENT })
}
