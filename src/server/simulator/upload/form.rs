//! A form, read part by part. A file of any length takes a few kilobytes of memory.

use axum::body::Body;
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::header;
use axum::http::request::Parts;
use serde_json::{Value, json};

/// Bytes of a part that is no file.
const PART_BYTES: usize = 16 << 10;
/// Parts of a form.
const PARTS: usize = 32;
/// Bytes of a file that are kept.
const HEAD_BYTES: usize = 64;

/// Why a form cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Broken {
    NotAForm,
    Cut,
}

/// What is kept of a file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct File {
    pub name: String,
    pub bytes: u64,
    head: Vec<u8>,
}

impl File {
    fn format(&self) -> Option<crate::media::Format> {
        crate::media::sniff(&self.head)
    }

    /// Whether its bytes are those of a PNG, JPEG, WEBP or GIF.
    pub fn is_picture(&self) -> bool {
        self.format().is_some_and(|format| format.is_among(&["png", "jpeg", "webp", "gif"]))
    }

    pub fn ending(&self) -> &'static str {
        self.format().map_or("bin", crate::media::Format::ending)
    }
}

/// A form.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Received {
    /// Names and values of the parts before the file. What comes after it is not read: a store stops there.
    pub parts: Vec<(String, String)>,
    pub file: Option<File>,
    /// Whether something came after the file.
    pub has_more: bool,
}

impl Received {
    pub fn part(&self, name: &str) -> Option<&str> {
        self.parts.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The form as the log has it: no values, which may be signatures.
    pub fn told(&self) -> Value {
        let names: Vec<&str> = self.parts.iter().map(|(name, _)| name.as_str()).collect();
        let file = self.file.as_ref().map(|file| json!({"name": file.name, "bytes": file.bytes}));
        json!({"parts": names, "file": file})
    }
}

/// Reads a form to its end.
pub(super) async fn read(head: Parts, body: Body) -> Result<Received, Broken> {
    let kind = head.headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    if !kind.to_ascii_lowercase().starts_with("multipart/form-data") {
        return Err(Broken::NotAForm);
    }
    let request = Request::from_parts(head, body);
    let mut form = Multipart::from_request(request, &()).await.map_err(|_| Broken::NotAForm)?;
    let mut received = Received::default();
    while let Some(mut part) = form.next_field().await.map_err(|_| Broken::Cut)? {
        let name = part.name().unwrap_or_default().to_owned();
        let is_file = name == "file" && received.file.is_none();
        let mut file = File { name: part.file_name().unwrap_or_default().to_owned(), ..File::default() };
        let most = if is_file { HEAD_BYTES } else { PART_BYTES + 1 };
        while let Some(bytes) = part.chunk().await.map_err(|_| Broken::Cut)? {
            file.bytes += bytes.len() as u64;
            let room = most - file.head.len();
            file.head.extend_from_slice(&bytes[..bytes.len().min(room)]);
        }
        if is_file {
            received.file = Some(file);
        } else if received.file.is_some() {
            received.has_more = true;
        } else if received.parts.len() >= PARTS || file.head.len() > PART_BYTES {
            return Err(Broken::Cut);
        } else {
            received.parts.push((name, String::from_utf8(file.head).map_err(|_| Broken::Cut)?));
        }
    }
    Ok(received)
}
