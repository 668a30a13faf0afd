//! The table of a language, and what it is filled from.

use crate::address::BaseUrl;
use crate::catalog::{Endpoint, PollRule};
use crate::http::{Json, Request};

/// What a program is printed of.
#[derive(Debug, Clone, Copy)]
pub struct Job<'a> {
    /// The create call.
    pub create: &'a Request,
    /// Where it goes.
    pub endpoint: &'a Endpoint,
    /// The base of the calls that follow.
    pub base: &'a BaseUrl,
    /// When to ask.
    pub poll: PollRule,
    /// Variable that holds the key.
    pub key_variable: &'a str,
    /// Name of the file that holds the body, for a body that cannot stand in a text.
    pub body_file: &'a str,
}

/// What there is to a language. A new one is a file with such a value in it.
pub struct Language {
    /// Its name: the same in every language of the page.
    pub name: &'static str,
    /// What its file is called. It cannot be called like a module that it uses.
    pub file: &'static str,
    /// The text with its marks.
    pub text: &'static str,
    /// Whether it can do the job at an endpoint.
    pub fits: fn(&Endpoint) -> bool,
    /// One text, so that nothing in it means anything.
    pub quote: fn(&mut String, &str),
    /// The body of the create call.
    pub body: fn(&mut String, &Json),
    /// A place of an answer.
    pub place: fn(&mut String, &str),
    /// One word for a state.
    pub word: fn(&mut String, &str),
    /// What joins texts, and the id of the task as a part of an address.
    pub id: [&'static str; 2],
    /// Between words, and between places.
    pub between: [&'static str; 2],
    /// Before a header, between its name and its value, and after it.
    pub header: [&'static str; 3],
    /// What no other language has.
    pub own: fn(&mut String, &str, &Job<'_>),
}

/// Fits everywhere.
pub fn anywhere(_: &Endpoint) -> bool {
    true
}

/// Nothing of its own.
pub fn nothing(_: &mut String, _: &str, _: &Job<'_>) {}
