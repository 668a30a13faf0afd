//! A report of a task for whoever has to find out what happened: as JSON that this page can import again, as Markdown
//! to read, and as HAR. Everything written here passes through [`redact`](crate::redact) before it leaves; of the key
//! it has at most a fingerprint.

use crate::http::{Files, Json};
use crate::snapshot::{self, Saved};
use crate::task::Task;

mod har;
mod markdown;
mod moment;

pub use har::har;
pub use markdown::markdown;

/// Tells two keys apart without revealing either.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fingerprint {
    /// The key's last four characters.
    pub ends: String,
    /// The salt of the hash, in hexadecimal: made for this one report.
    pub salt: String,
    /// HMAC-SHA256 of the key under the salt, in hexadecimal; empty if the browser could not compute it.
    pub hash: String,
}

/// What a report says besides the task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct About<'a> {
    /// When the report is made.
    pub now_ms: u64,
    /// The page's URL, without query and fragment.
    pub page: &'a str,
    /// The browser, as it identifies itself.
    pub browser: &'a str,
    /// Language of the page.
    pub language: &'a str,
    /// How far the local clock is ahead of the clock of the page's own server, if the server gave its time.
    pub ahead_ms: Option<i64>,
    /// The key in use, if there is one.
    pub key: Option<&'a Fingerprint>,
    /// The name of the variable for the key.
    pub key_variable: &'a str,
}

/// The version of this page.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The report as one JSON file: an export with one record, plus its circumstances.
pub fn json(saved: &Saved, about: &About<'_>) -> String {
    let mut known = Json::object();
    let mut put = |name: &str, text: &str| known.put(name, Json::Text(text.to_owned()));
    put("made", &moment::iso(about.now_ms));
    put("version", VERSION);
    put("page", about.page);
    put("browser", about.browser);
    put("language", about.language);
    if let Some(ahead) = about.ahead_ms {
        known.put("clock_ahead_ms", Json::Number(ahead));
    }
    if let Some(key) = about.key {
        for (name, text) in [("key.ends", &key.ends), ("key.salt", &key.salt), ("key.hmac_sha256", &key.hash)] {
            known.put(name, Json::Text(text.clone()));
        }
    }
    let record = snapshot::write(saved);
    let export = snapshot::export(std::iter::once(&*record));
    // The report is next to the records, as one more property.
    let rest = export.strip_prefix('{').unwrap_or(&export);
    ["{\"report\": ", &known.print(Files::Whole), ",\n", rest].concat()
}

/// A file name that sorts by time and identifies the task.
pub fn file_name(task: &Task, ending: &str) -> String {
    let id: String = match &task.id {
        Some(id) => id.0.chars().filter(char::is_ascii_alphanumeric).take(12).collect(),
        None => "no-id".to_owned(),
    };
    let day: String = moment::iso(task.started_ms).chars().take(10).collect();
    ["wan-", &day, "-", &id, ".", ending].concat()
}

#[cfg(test)]
mod tests;
