//! Calls in programs: Python, JavaScript, Java and others. Literals are read; what a program computes is not known
//! here, and nothing is guessed or run.

use super::call::{Body, Call};
use super::literal::{Kind, Node};
use super::proof::{self, Quotes};
use super::raw::{Placed, RawCall};
use super::remark::Notes;
use super::word::Variables;
use crate::http::scalar::scalar;
use crate::http::{Files, Json, path};
use found::Found;

mod arguments;
mod chain;
mod found;
mod helper;
mod literals;
mod scan;
mod sdk;

/// A language that a text is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// Python.
    Python,
    /// JavaScript or TypeScript.
    JavaScript,
    /// Java or Kotlin.
    Java,
    /// Go.
    Go,
    /// PHP.
    Php,
    /// C#.
    CSharp,
    /// C or C++.
    Cpp,
    /// Rust.
    Rust,
    /// Ruby.
    Ruby,
    /// Swift or Objective-C.
    Swift,
    /// PowerShell, by the classes of .NET. Its own commands are read as those of a shell.
    PowerShell,
}

/// A call in a program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Program {
    /// The call, as far as it is literal.
    pub call: Call,
    /// What is not known here.
    pub open: Vec<Unknown>,
    /// The language.
    pub language: Language,
}

/// A value that a program computes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Unknown {
    /// A header's, by its name.
    pub header: Option<String>,
    /// A member's of the body, by its path; the empty path is the whole body.
    pub path: Option<String>,
    /// The beginning of the URL's.
    pub is_host: bool,
    /// It is a file on a disk.
    pub is_file: bool,
    /// As written.
    pub written: String,
}

/// The language of a text, if it is a program.
pub fn language(text: &str) -> Option<Language> {
    const MARKS: [(Language, &[&str]); 11] = [
        (Language::PowerShell, &["New-Object Net.Http", "New-Object System.Net.Http", "[Net.Http."]),
        (
            Language::Python,
            &[
                "import requests",
                "requests.post(",
                "requests.get(",
                "requests.request(",
                "httpx.",
                "aiohttp",
                "http.client",
                "VideoSynthesis.call(",
                "VideoSynthesis.async_call(",
                "VideoSynthesis.fetch(",
                "import dashscope",
                "from openai",
                "import openai",
                "json.dumps(",
                "print(json",
                "urllib.request",
            ],
        ),
        (
            Language::Java,
            &[
                "VideoSynthesisParam",
                "OkHttpClient",
                "HttpRequest.newBuilder",
                "RequestBody.create",
                "HttpRequest.post(",
                "HttpUtil.post(",
                "Unirest.post(",
                "RestTemplate",
                "restTemplate.",
                "Request.Builder()",
                "HttpURLConnection",
                "public static void",
            ],
        ),
        (Language::Go, &["http.NewRequest", "package main", "strings.NewReader", ":= http."]),
        (Language::Php, &["curl_setopt", "<?php", "curl_init(", "GuzzleHttp"]),
        (Language::CSharp, &["HttpRequestMessage", "new HttpClient", "StringContent(", "RestClient"]),
        (Language::Cpp, &["curl_easy_setopt", "#include <", "std::string"]),
        (Language::Rust, &["reqwest::", "fn main()", "serde_json::json!"]),
        (Language::Ruby, &["Net::HTTP", "require 'net/http'", "require \"net/http\""]),
        (Language::Swift, &["URLSession", "NSMutableURLRequest", "URLRequest(url"]),
        (
            Language::JavaScript,
            &[
                "axios",
                "JSON.stringify(",
                "XMLHttpRequest",
                "fetch(`",
                "await fetch(",
                "async function",
                "$.ajax(",
                "from \"openai\"",
                "from 'openai'",
                "await client.videos.create(",
                "await openai.videos.create(",
                "got.post(",
            ],
        ),
    ];
    MARKS.iter().find(|(_, marks)| marks.iter().any(|mark| text.contains(mark))).map(|(language, _)| *language)
}

/// The calls in a program.
pub fn programs(text: &str, language: Language) -> Vec<Program> {
    let found = if language == Language::PowerShell {
        helper::calls(text)
    } else {
        let mut variables = Variables::new(text.len());
        let found = scan::calls(text, &mut variables);
        let is_literal =
            |node: &Node| node.as_text().is_some_and(|url| url.starts_with("http") && node.open.is_empty());
        let is_known = |body: &Node| !matches!(body.kind, Kind::Computed(_));
        let is_named = |(name, _): &(String, Node)| name.eq_ignore_ascii_case("authorization");
        // Otherwise it is a function of the program's own that sends, or that adds the key.
        let is_whole = |found: &Found| {
            found.url.as_ref().is_some_and(is_literal)
                && found.body.as_ref().is_some_and(is_known)
                && found.headers.as_ref().is_some_and(|headers| headers.members().iter().any(is_named))
        };
        let own = if found.iter().any(is_whole) { Vec::new() } else { helper::calls(text) };
        if own.is_empty() { found } else { own }
    };
    found.into_iter().map(|found| program(text, found, language)).collect()
}

/// Objects that are written as a program writes them, with values that it computes.
pub fn bodies(text: &str, places: &[usize]) -> Vec<Program> {
    let found = places.iter().filter_map(|at| scan::object(text, *at)).take(8);
    let found = found.map(|node| Found { at: node.at.clone(), body: Some(node), ..Found::default() });
    found.map(|found| program(text, found, Language::JavaScript)).collect()
}

fn program(text: &str, mut found: Found, language: Language) -> Program {
    let mut open = Vec::new();
    // What is broken off may end within a letter.
    let end = (found.at.end.min(text.len())..=text.len()).find(|end| text.is_char_boundary(*end));
    found.at = found.at.start..end.unwrap_or(text.len());
    let mut raw = RawCall { method: found.method, at: found.at.clone(), ..RawCall::default() };
    if let Some(url) = &found.url {
        raw.url = address(text, url, &found.host, &mut open);
    }
    if let Some(headers) = &found.headers {
        if headers.members().is_empty() && !matches!(headers.kind, Kind::Table(_)) {
            // Headers of a variable that is set elsewhere.
            let header = Some("Authorization".to_owned());
            open.push(Unknown { header, path: None, is_host: false, is_file: false, written: written(text, headers) });
        }
        for (name, value) in headers.members() {
            let is_open = !value.open.is_empty() || matches!(value.kind, Kind::Computed(_));
            let placed = Placed { text: value.text(), at: value.at.clone(), open: value.all_open() };
            if is_open && !name.eq_ignore_ascii_case("authorization") {
                let header = Some(name.clone());
                open.push(Unknown {
                    header,
                    path: None,
                    is_host: false,
                    is_file: false,
                    written: written(text, value),
                });
            } else {
                raw.headers.push((name.clone(), placed));
            }
        }
    }
    if let Some(body) = &found.body {
        raw.body_at = body.at.clone();
        if let Some(json) = known(text, body, "", &mut open) {
            raw.body = Some(Body::Text(json.print(Files::Whole)));
        } else if open.iter().all(|unknown| unknown.path.is_none()) {
            raw.body = None;
        }
    }
    let mut notes = Notes::default();
    Program { call: proof::call(raw, Quotes::DoNot, &mut notes), open, language }
}

/// The address, and what of it is computed.
fn address(text: &str, node: &Node, host: &str, open: &mut Vec<Unknown>) -> Placed {
    let own = node.text();
    let url = if own.starts_with('/') && !host.is_empty() { ["https://", host, &own].concat() } else { own };
    let is_open = !node.open.is_empty() || matches!(node.kind, Kind::Computed(_));
    let is_literal = url.starts_with("http://") || url.starts_with("https://") || url.starts_with('/');
    if is_open && !is_literal {
        // What is computed stands in front; the path may still be literal.
        let path =
            url.find("}/").map(|at| at + 1).or_else(|| url.find("//").is_none().then(|| url.find('/')).flatten());
        let front = path.map_or(url.as_str(), |at| &url[..at]).to_owned();
        open.push(Unknown { header: None, path: None, is_host: true, is_file: false, written: front });
        let rest = path.map_or(String::new(), |at| url[at..].to_owned());
        return Placed { text: rest, at: node.at.clone(), open: Vec::new() };
    }
    if is_open {
        open.push(Unknown { header: None, path: None, is_host: false, is_file: false, written: written(text, node) });
    }
    Placed { text: url, at: node.at.clone(), open: Vec::new() }
}

/// A value as JSON, as far as it is literal.
fn known(text: &str, node: &Node, at: &str, open: &mut Vec<Unknown>) -> Option<Json> {
    match &node.kind {
        Kind::Text(value) if node.open.is_empty() => Some(Json::Text(value.clone())),
        Kind::Plain(word) => match word.as_str() {
            "true" | "True" => Some(Json::Flag(true)),
            "false" | "False" => Some(Json::Flag(false)),
            word => scalar(word),
        },
        Kind::Computed(code) if sdk::constant(code).is_some() => sdk::constant(code),
        Kind::List(entries) => {
            let known = |(index, entry)| known(text, entry, &path::item(at, index), open);
            let list: Vec<Json> = entries.iter().enumerate().filter_map(known).collect();
            Some(Json::List(list))
        }
        Kind::Table(members) => {
            let mut all = Vec::new();
            for (name, value) in members {
                if let Some(json) = known(text, value, &path::member(at, name), open) {
                    all.push((name.clone(), json));
                }
            }
            Some(Json::Object(all))
        }
        Kind::Text(_) | Kind::Computed(_) => {
            let written = written(text, node);
            let is_file = ["file://", ".as_uri()", "File(", "Paths.get(", "open(", "fs::read(", "ReadAll", ".json\""]
                .iter()
                .any(|mark| written.contains(mark));
            open.push(Unknown { header: None, path: Some(at.to_owned()), is_host: false, is_file, written });
            None
        }
    }
}

/// A value as the program writes it, on one line.
fn written(text: &str, node: &Node) -> String {
    let code = text.get(node.at.clone()).unwrap_or_default();
    code.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(120).collect()
}
