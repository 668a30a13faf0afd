//! What the store remembers: which policies it has given, and which files it has.

use std::collections::VecDeque;

/// Bytes of a file at the store; the policy says the same in MB.
pub(super) const STORE_BYTES: u64 = 100 << 20;
/// Bytes of all pictures of a day and a user at Crazyrouter.
const DAY_BYTES: u64 = 200 << 20;
const DAY_MS: i64 = 86_400_000;
/// Policies and files that are remembered; the oldest are forgotten first.
const MOST: usize = 500;
/// How long a file is kept.
const KEPT_MS: i64 = 48 * 3_600_000;

#[derive(Debug, Clone)]
pub(in crate::server::simulator) struct Policy {
    text: String,
    pub signature: String,
    pub folder: String,
    pub model: String,
    pub account: u64,
    pub ends_ms: i64,
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

    pub fn policy(&self, text: &str) -> Option<Policy> {
        self.policies.iter().find(|policy| policy.text == text).cloned()
    }

    /// Keeps a file, unless there is one of this name.
    pub fn put(&mut self, key: &str, policy: &Policy, since_ms: i64) -> bool {
        let is_new = self.files.iter().all(|file| file.key != key);
        if is_new {
            let (key, model) = (key.to_owned(), policy.model.clone());
            push(&mut self.files, Stored { key, model, account: policy.account, since_ms });
        }
        is_new
    }
}
