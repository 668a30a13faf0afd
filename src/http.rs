//! Requests and responses as plain values. A request exists once: fetch, cURL and the preview all read it.

use crate::media::LocalFile;
use std::sync::Arc;

pub mod lenient;
pub mod path;
pub mod scalar;

/// The methods the gateways use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// `GET`.
    Get,
    /// `POST`.
    Post,
}

impl Method {
    /// As on the wire.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
        }
    }
}

/// An outgoing JSON value. A custom small type, because it carries a file without copying it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Json {
    /// A string.
    Text(String),
    /// An integer: no gateway accepts another kind of number.
    Number(i64),
    /// `true` or `false`.
    Flag(bool),
    /// An array.
    List(Vec<Json>),
    /// An object, in insertion order.
    Object(Vec<(String, Json)>),
    /// A local file as a `data:` URI.
    File(Arc<LocalFile>),
    /// `null`, or a number that is no integer or too long, as it was written. Only pasted text has these.
    Raw(String),
}

/// How files are written when a body is turned into text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Files {
    /// In full, as they are sent.
    Whole,
    /// As a short marker with name and size, for people.
    Marked,
}

impl Json {
    /// An empty object.
    pub fn object() -> Self {
        Self::Object(Vec::new())
    }

    /// Sets a property by its dotted path, creating missing objects.
    pub fn put(&mut self, path: &str, value: Json) {
        let (name, rest) = path.split_once('.').map_or((path, None), |(name, rest)| (name, Some(rest)));
        let Self::Object(members) = self else { return };
        let index = members.iter().position(|(known, _)| known == name).unwrap_or_else(|| {
            members.push((name.to_owned(), Self::object()));
            members.len() - 1
        });
        match rest {
            Some(rest) => members[index].1.put(rest, value),
            None => members[index].1 = value,
        }
    }

    /// Appends an entry to the list at a dotted path, creating the list if needed.
    pub fn push(&mut self, path: &str, value: Json) {
        if let Some(Self::List(list)) = self.at_mut(path) {
            list.push(value);
        } else {
            self.put(path, Self::List(vec![value]));
        }
    }

    /// Whether any text within is an `oss://` link.
    pub fn links_oss(&self) -> bool {
        match self {
            Self::Text(text) => crate::address::is_oss(text),
            Self::List(list) => list.iter().any(Self::links_oss),
            Self::Object(members) => members.iter().any(|(_, value)| value.links_oss()),
            Self::Number(_) | Self::Flag(_) | Self::File(_) | Self::Raw(_) => false,
        }
    }

    /// Pretty-printed text, two spaces per level. These are the bytes that are sent.
    pub fn print(&self, files: Files) -> String {
        let mut out = String::new();
        self.write(&mut out, 0, files);
        out
    }

    /// Whether it contains a local file.
    pub fn has_file(&self) -> bool {
        match self {
            Self::File(_) => true,
            Self::List(list) => list.iter().any(Self::has_file),
            Self::Object(members) => members.iter().any(|(_, value)| value.has_file()),
            _ => false,
        }
    }

    /// Whether it contains a local file of which only the metadata is left: such a body cannot be sent.
    pub fn lacks_file(&self) -> bool {
        match self {
            Self::File(file) => file.is_missing(),
            Self::List(list) => list.iter().any(Self::lacks_file),
            Self::Object(members) => members.iter().any(|(_, value)| value.lacks_file()),
            _ => false,
        }
    }

    fn write(&self, out: &mut String, depth: usize, files: Files) {
        match self {
            Self::Text(text) => write_text(out, text),
            Self::Number(number) => out.push_str(&number.to_string()),
            Self::Raw(text) => out.push_str(text),
            Self::Flag(flag) => out.push_str(if *flag { "true" } else { "false" }),
            Self::List(list) => {
                write_all(out, depth, ['[', ']'], list, |out, value| value.write(out, depth + 1, files));
            }
            Self::Object(members) => write_all(out, depth, ['{', '}'], members, |out, (name, value)| {
                write_text(out, name);
                out.push_str(": ");
                value.write(out, depth + 1, files);
            }),
            Self::File(file) => {
                let media_type = file.format.map_or("application/octet-stream", crate::media::Format::media_type);
                out.push_str("\"data:");
                out.push_str(media_type);
                out.push_str(";base64,");
                match files {
                    Files::Whole => out.push_str(&file.base64),
                    Files::Marked => {
                        out.push_str("… ");
                        let mut name = String::new();
                        write_text(&mut name, &file.name);
                        out.push_str(name.trim_matches('"'));
                        out.push_str(", ");
                        out.push_str(&file.bytes.to_string());
                        out.push_str(" B …");
                    }
                }
                out.push('"');
            }
        }
    }
}

fn write_all<T>(out: &mut String, depth: usize, marks: [char; 2], items: &[T], mut each: impl FnMut(&mut String, &T)) {
    let line = |out: &mut String, depth: usize| {
        out.push('\n');
        for _ in 0..depth {
            out.push_str("  ");
        }
    };
    out.push(marks[0]);
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            out.push(',');
        }
        line(out, depth + 1);
        each(out, item);
    }
    if !items.is_empty() {
        line(out, depth);
    }
    out.push(marks[1]);
}

fn write_text(out: &mut String, text: &str) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            // Controls must be escaped in JSON; the others would reorder or hide text in a terminal or a ticket.
            c if c.is_control() || matches!(c, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}') => {
                out.push_str("\\u");
                crate::hex::lower(out, c as u32, 4);
            }
            c => out.push(c),
        }
    }
    out.push('"');
}

/// The body of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Body {
    /// JSON, printed by the page.
    Json(Json),
    /// Text that is sent to the byte as it is, JSON or not: somebody else's request.
    Exact(String),
}

impl From<Json> for Body {
    fn from(json: Json) -> Self {
        Self::Json(json)
    }
}

impl Body {
    /// The value, if the page prints it.
    pub fn json(&self) -> Option<&Json> {
        match self {
            Self::Json(json) => Some(json),
            Self::Exact(_) => None,
        }
    }

    /// As text; the bytes that are sent, if files are whole.
    pub fn print(&self, files: Files) -> String {
        match self {
            Self::Json(json) => json.print(files),
            Self::Exact(text) => text.clone(),
        }
    }

    /// Whether it contains a local file.
    pub fn has_file(&self) -> bool {
        self.json().is_some_and(Json::has_file)
    }

    /// Whether a command or program reads it from a file beside it: base64 is too long for one, and what the page has
    /// not printed may contain whatever ends a text there.
    pub fn is_apart(&self) -> bool {
        self.json().is_none() || self.has_file()
    }

    /// Whether it contains a local file of which only the metadata is left: it cannot be sent.
    pub fn lacks_file(&self) -> bool {
        self.json().is_some_and(Json::lacks_file)
    }
}

/// A request. It holds no key: whoever sends it adds the authorization, for its own origin only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// Method.
    pub method: Method,
    /// Absolute address.
    pub url: String,
    /// Headers besides the authorization, in order.
    pub headers: Vec<(String, String)>,
    /// Body, if there is one.
    pub body: Option<Body>,
}

impl Request {
    /// The same request at another address.
    #[must_use]
    pub fn at(&self, url: &str) -> Self {
        Self { url: url.to_owned(), ..self.clone() }
    }

    /// The same call with other headers and another body.
    #[must_use]
    pub fn holding(&self, headers: Vec<(String, String)>, body: Json) -> Self {
        Self { headers, body: Some(body.into()), ..self.clone() }
    }

    /// The same with name and size in place of each file: for people, who cannot send it so.
    #[must_use]
    pub fn told(self) -> Self {
        Self { body: self.body.map(|body| Json::Raw(body.print(Files::Marked)).into()), ..self }
    }

    /// Requests the file at a link, with nothing added.
    pub fn file(link: &str) -> Self {
        Self { method: Method::Get, url: link.to_owned(), headers: Vec::new(), body: None }
    }

    /// The body in full, as it is sent.
    pub fn body_text(&self) -> Option<String> {
        self.body.as_ref().map(|body| body.print(Files::Whole))
    }
}

/// A form with a file (`multipart/form-data`): the parts in this order, then the file as the part `file`. The bytes of the
/// file are with whoever sends it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    /// Absolute address.
    pub url: String,
    /// Whether the authorization goes with it.
    pub keyed: bool,
    /// Names and values before the file.
    pub parts: Vec<(String, String)>,
    /// The name that the file is sent under, in ASCII.
    pub file_name: String,
    /// The file's media type.
    pub media_type: &'static str,
    /// The file's size in bytes.
    pub bytes: u64,
}

/// A response.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Response {
    /// HTTP status.
    pub status: u16,
    /// Headers that JavaScript may read, names in lower case.
    pub headers: Vec<(String, String)>,
    /// Body as text, cut at a limit.
    pub body: String,
    /// The body was longer than the limit.
    pub cut: bool,
}

impl Response {
    /// A header by its lower-case name.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// `Retry-After` in milliseconds, if given in seconds. A date would need a clock that agrees with the server's.
    pub fn retry_after_ms(&self) -> Option<u64> {
        let seconds: u64 = self.header("retry-after")?.trim().parse().ok()?;
        Some(seconds.min(3600) * 1000)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn members_keep_the_order_of_their_making() {
        let mut body = Json::object();
        body.put("model", Json::Text("m".into()));
        body.put("input.prompt", Json::Text("猫 \"\\\u{0}\n\u{202e}".into()));
        body.push("input.media", Json::Number(1));
        body.push("input.media", Json::Flag(true));
        let text = body.print(Files::Whole);
        assert_eq!(
            text,
            "{\n  \"model\": \"m\",\n  \"input\": {\n    \"prompt\": \"猫 \\\"\\\\\\u0000\\n\\u202e\",\n    \"media\": [\n      1,\n      true\n    ]\n  }\n}"
        );
    }

    proptest! {
        #[test]
        fn any_text_comes_back_from_a_json_reader(text in any::<String>()) {
            let printed = Json::Text(text.clone()).print(Files::Whole);
            let back: String = serde_json::from_str(&printed).expect("printed JSON reads");
            prop_assert_eq!(back, text);
        }
    }
}
