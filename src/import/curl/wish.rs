//! What one command requests, collected option by option, and the resulting calls.

use crate::import::call::Body;
use crate::import::raw::{Login, Placed, RawCall};
use crate::import::remark::{Notes, RemarkKind};
use std::ops::Range;

/// One request under construction, option by option.
#[derive(Debug, Default)]
pub struct Wish {
    pub method: String,
    pub urls: Vec<Placed>,
    pub headers: Vec<(String, Placed)>,
    pub data: Option<Data>,
    pub form: Vec<(String, String)>,
    pub form_at: Option<Range<usize>>,
    pub query: Vec<String>,
    pub is_get: bool,
    pub is_head: bool,
    pub is_json: bool,
    pub upload: Option<(Body, Range<usize>)>,
    pub login: Option<(Login, Placed)>,
}

/// The data of a body so far.
#[derive(Debug)]
pub struct Data {
    pub text: String,
    /// It is a file and nothing else.
    pub file: Option<String>,
    pub at: Range<usize>,
}

impl Wish {
    /// Its calls, one per URL.
    pub fn finish(mut self, at: &Range<usize>, calls: &mut Vec<RawCall>, notes: &mut Notes) {
        let mut query = std::mem::take(&mut self.query);
        if self.is_get
            && let Some(data) = self.data.take()
        {
            query.push(data.text);
        }
        let implied = match () {
            () if self.is_head => "HEAD",
            () if self.upload.is_some() => "PUT",
            () if self.is_get => "GET",
            () if self.data.is_some() || !self.form.is_empty() => "POST",
            () => "GET",
        };
        if self.method.is_empty() {
            implied.clone_into(&mut self.method);
        }
        if self.urls.is_empty() {
            notes.add(RemarkKind::NoAddress, at.clone());
            if self.data.is_none() && self.form.is_empty() && self.headers.is_empty() {
                return;
            }
            self.urls.push(Placed { at: at.start..at.start, ..Placed::default() });
        }
        let has = |headers: &[(String, Placed)], name: &str| {
            headers.iter().any(|(known, _)| known.eq_ignore_ascii_case(name))
        };
        let mut body_at = at.start..at.start;
        let body = if let Some((body, at)) = self.upload {
            body_at = at;
            Some(body)
        } else if let Some(data) = self.data {
            body_at = data.at.clone();
            let kinds: &[(&str, &str)] = if self.is_json {
                &[("Content-Type", "application/json"), ("Accept", "application/json")]
            } else {
                &[("Content-Type", "application/x-www-form-urlencoded")]
            };
            for (name, value) in kinds {
                if !has(&self.headers, name) {
                    if !self.is_json {
                        notes.add(RemarkKind::ImpliedType, data.at.clone());
                    }
                    let value = Placed { text: (*value).to_owned(), at: data.at.clone(), open: Vec::new() };
                    self.headers.push(((*name).to_owned(), value));
                }
            }
            Some(data.file.map_or(Body::Text(data.text), Body::File))
        } else if self.form.is_empty() {
            None
        } else {
            body_at = self.form_at.unwrap_or(body_at);
            Some(Body::Form(self.form))
        };
        let mut raw = RawCall {
            method: self.method,
            url: Placed::default(),
            headers: self.headers,
            body,
            body_at,
            login: self.login,
            at: at.clone(),
        };
        let query = query.join("&");
        let last = self.urls.len() - 1;
        for (index, mut url) in self.urls.into_iter().enumerate() {
            if !query.is_empty() {
                url.text = with_query(&url.text, &query);
            }
            let body = if index == last { raw.body.take() } else { raw.body.clone() };
            calls.push(RawCall { url, body, ..raw.clone() });
        }
    }
}

/// Adds parameters to a URL, before its fragment.
fn with_query(url: &str, query: &str) -> String {
    let (url, fragment) = url.split_at(url.find('#').unwrap_or(url.len()));
    let sign = match url.split_once('?') {
        None => "?",
        Some((_, "")) => "",
        Some(_) => "&",
    };
    [url, sign, query, fragment].concat()
}
