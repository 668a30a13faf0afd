//! The table of a language, and what its template is filled from.

use crate::address::BaseUrl;
use crate::catalog::{Endpoint, PollRule};
use crate::http::{Json, Request};
use crate::protocol::Part;
use crate::snippet::Note;
use crate::upload::Plan;
use crate::upload::first::First;

/// The input of a printed program.
#[derive(Debug, Clone, Copy)]
pub struct Job<'a> {
    /// The create call.
    pub create: &'a Request,
    /// The endpoint it goes to.
    pub endpoint: &'a Endpoint,
    /// The base of the calls that follow.
    pub base: &'a BaseUrl,
    /// When to poll.
    pub poll: PollRule,
    /// Variable that holds the key.
    pub key_variable: &'a str,
    /// Name of the file with the body, for a body that cannot be part of the program.
    pub body_file: &'a str,
    /// The uploads that the create call needs first. A file that has no place at the gateway is only named.
    pub uploads: &'a [First],
}

/// Everything about a language. A new one is a file with such a value in it.
pub struct Language {
    /// The text with its placeholders.
    pub text: &'static str,
    /// Quotes one string, so that nothing in it has a special meaning.
    pub quote: fn(&mut String, &str),
    /// The body of the create call.
    pub body: fn(&mut String, &Json),
    /// A path in a response.
    pub place: fn(&mut String, &str),
    /// One status string.
    pub word: fn(&mut String, &str),
    /// The string concatenation operator, and the task ID as part of a URL.
    pub id: [&'static str; 2],
    /// Between status strings, and between paths.
    pub between: [&'static str; 2],
    /// Before a header, between its name and its value, and after it.
    pub header: [&'static str; 3],
    /// What is specific to this language.
    pub own: fn(&mut String, &str, &Job<'_>),
    /// How it uploads local files; `None` if it is only printed where no gateway has a place for them.
    pub uploads: Option<Uploads>,
}

/// How a language writes an upload.
pub struct Uploads {
    /// What the user has to know.
    pub note: Note,
    /// The steps, for languages that share them. Otherwise they are in the language's text.
    pub steps: &'static str,
    /// A file: what stands for it in the body, where it is, and its plan.
    pub file: fn(&mut String, &str, &str, &Plan),
    /// A part of the form: its name, and what it holds.
    pub part: fn(&mut String, &str, Part),
}

/// Nothing specific.
pub fn nothing(_: &mut String, _: &str, _: &Job<'_>) {}
