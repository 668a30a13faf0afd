//! The whole job as one script or program: create, ask until it ends, save the video. One file per language and its
//! row in [`Program::language`]; the text itself is the file of that language beside it, with marks where the request,
//! the endpoint and the dialect have their say.
//!
//! All of them do the same. The create call is sent once. A query that fails says something about the query only; the
//! third refusal with no sensible answer in between ends the program, not the task, whose id was told when it was known.

mod go;
mod java;
mod javascript;
mod literal;
mod powershell;
mod python;
mod rust;
mod sh;

use super::{Note, Snippet};
use crate::address::BaseUrl;
use crate::catalog::{Endpoint, PollRule};
use crate::http::{Files, Json, Request};
use crate::protocol::{self, Recipe, TaskId};

/// What the job can be printed as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Program {
    /// A POSIX shell with curl and jq.
    Sh,
    /// Windows PowerShell 5.1 and PowerShell 7, with nothing beside them.
    PowerShell,
    /// Python with `requests`.
    Python,
    /// Python with Alibaba's `dashscope`.
    PythonSdk,
    /// Python with `openai`.
    PythonOpenAi,
    /// Node.js with nothing beside it.
    JavaScript,
    /// JavaScript for a page, as a module with one function.
    Browser,
    /// Go with its standard library.
    Go,
    /// Rust with `reqwest` and `serde_json`.
    Rust,
    /// Java with its standard library.
    Java,
}

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
struct Language {
    name: &'static str,
    /// What its file is called. It cannot be called like a module that it uses.
    file: &'static str,
    /// The text with its marks.
    text: &'static str,
    fits: fn(&Endpoint) -> bool,
    /// One text, so that nothing in it means anything.
    quote: fn(&mut String, &str),
    /// The body of the create call.
    body: fn(&mut String, &Json),
    /// A place of an answer.
    place: fn(&mut String, &str),
    /// One word for a state.
    word: fn(&mut String, &str),
    /// What joins texts, and the id of the task as a part of an address.
    id: [&'static str; 2],
    /// Between words, and between places.
    between: [&'static str; 2],
    /// Before a header, between its name and its value, and after it.
    header: [&'static str; 3],
    /// What no other language has.
    own: fn(&mut String, &str, &Job<'_>),
}

impl Program {
    /// All, in the order they are offered in.
    pub const ALL: [Self; 10] = [
        Self::Sh,
        Self::PowerShell,
        Self::Python,
        Self::PythonSdk,
        Self::PythonOpenAi,
        Self::JavaScript,
        Self::Browser,
        Self::Go,
        Self::Rust,
        Self::Java,
    ];

    /// Its name: the same in every language of the page.
    #[inline(never)]
    pub const fn name(self) -> &'static str {
        self.language().name
    }

    /// What to save it as.
    #[inline(never)]
    pub const fn file_name(self) -> &'static str {
        self.language().file
    }

    /// All that can do the job at an endpoint.
    #[inline(never)]
    pub fn all_at(endpoint: &Endpoint) -> Vec<Self> {
        Self::ALL.into_iter().filter(|program| program.fits(endpoint)).collect()
    }

    /// Whether it can do the job at an endpoint: a gateway's own library can only there.
    pub fn fits(self, endpoint: &Endpoint) -> bool {
        (self.language().fits)(endpoint)
    }

    // The page loads the texts later than the form, and this is where it reaches them.
    #[inline(never)]
    const fn language(self) -> &'static Language {
        match self {
            Self::Sh => &sh::SH,
            Self::PowerShell => &powershell::POWER_SHELL,
            Self::Python => &python::REQUESTS,
            Self::PythonSdk => &python::DASHSCOPE,
            Self::PythonOpenAi => &python::OPENAI,
            Self::JavaScript => &javascript::NODE,
            Self::Browser => &javascript::BROWSER,
            Self::Go => &go::GO,
            Self::Rust => &rust::RUST,
            Self::Java => &java::JAVA,
        }
    }
}

/// The program that does the whole job. It holds the name of the key's variable, never a key.
#[inline(never)]
pub fn print_program(program: Program, job: &Job<'_>) -> Snippet {
    let needs_file = job.create.body.as_ref().is_some_and(Json::has_file);
    let filler =
        Filler { language: program.language(), job, recipe: protocol::recipe(job.endpoint.dialect), needs_file };
    let notes = if needs_file { vec![Note::FileForMedia] } else { Vec::new() };
    Snippet { text: filler.fill(), needs_file, notes }
}

/// Stands for the id of the task in a call that is taken apart.
const ID: &str = "task0id";

struct Filler<'a> {
    language: &'static Language,
    job: &'a Job<'a>,
    recipe: &'static Recipe,
    needs_file: bool,
}

impl Filler<'_> {
    /// `⟦name⟧` is a value; what stands between `⟦?name⟧` and `⟦/⟧` stays where that is so, between `⟦!name⟧` and `⟦/⟧`
    /// where it is not. A mark alone in its line goes with the line.
    fn fill(&self) -> String {
        let (mut out, mut rest, mut shown) = (String::new(), self.language.text, true);
        while let Some((before, after)) = rest.split_once('⟦') {
            let (mark, after) = after.split_once('⟧').unwrap_or((after, ""));
            if shown {
                out.push_str(before);
            }
            let is_value = !mark.starts_with(['?', '!', '/']);
            let alone = !is_value && (before.is_empty() || before.ends_with('\n'));
            rest = if alone { after.strip_prefix('\n').unwrap_or(after) } else { after };
            match mark.split_at(1) {
                ("?", name) => shown = self.is_so(name),
                ("!", name) => shown = !self.is_so(name),
                ("/", _) => shown = true,
                _ if shown => self.put(&mut out, mark),
                _ => {}
            }
        }
        out.push_str(rest);
        out
    }

    fn is_so(&self, name: &str) -> bool {
        match name {
            "file" => self.needs_file,
            "post" => query(self.job).body.is_some(),
            // Whether the id stands in an address.
            "id" => query(self.job).body.is_none() || self.recipe.link.is_empty(),
            "link" => !self.recipe.link.is_empty(),
            _ => !self.recipe.trouble.is_empty(),
        }
    }

    fn put(&self, out: &mut String, name: &str) {
        let (job, recipe, language) = (self.job, self.recipe, self.language);
        let quote = language.quote;
        match name {
            "key" => out.push_str(job.key_variable),
            "file name" => out.push_str(language.file),
            "body file" => quote(out, job.body_file),
            "url" => quote(out, &job.create.url),
            "headers" => self.headers(out, job.create),
            "body" => {
                if let Some(body) = &job.create.body {
                    (language.body)(out, body);
                }
            }
            "query headers" => self.headers(out, &query(job)),
            "query" => self.address(out, &query(job).url),
            "content" => self.address(out, &self.content()),
            "ask" => out.push_str(&query_text(job).replace(ID, "task")),
            "ask before" => quote(out, split(&query_text(job)).0),
            "ask after" => quote(out, split(&query_text(job)).1),
            "first" => out.push_str(&seconds(job.poll.first_ms).to_string()),
            "interval" => out.push_str(&seconds(job.poll.interval_ms).to_string()),
            "polls" => out.push_str(&(job.poll.give_up_min * 60 / seconds(job.poll.interval_ms).max(1)).to_string()),
            "id" => self.places(out, recipe.id),
            "state" => self.places(out, recipe.state),
            "trouble" => self.places(out, recipe.trouble),
            "attempt" => self.places(out, recipe.attempt),
            "ended" => self.places(out, recipe.ended),
            "ended name" => recipe.ended.iter().for_each(|name| out.push_str(name)),
            "running" => self.words(out, recipe.running),
            "late" => self.words(out, recipe.late),
            "links" => self.places(out, recipe.link),
            "code" => self.places(out, recipe.code),
            "message" => self.places(out, recipe.message),
            "done" => self.words(out, recipe.done),
            "failed" => self.words(out, recipe.failed),
            "lost" => self.words(out, recipe.lost),
            _ => (language.own)(out, name, job),
        }
    }

    fn content(&self) -> String {
        protocol::content(self.job.endpoint, self.job.base, &TaskId(ID.to_owned()))
            .map_or(String::new(), |call| call.url)
    }

    fn address(&self, out: &mut String, url: &str) {
        let Language { quote, id: [plus, id], .. } = self.language;
        let (before, after) = split(url);
        quote(out, before);
        if before.len() < url.len() {
            out.push_str(plus);
            out.push_str(id);
        }
        if !after.is_empty() {
            out.push_str(plus);
            quote(out, after);
        }
    }

    fn headers(&self, out: &mut String, request: &Request) {
        let [before, between, after] = self.language.header;
        for (name, value) in &request.headers {
            out.push_str(before);
            if between.is_empty() {
                (self.language.quote)(out, &[name, ": ", value].concat());
            } else {
                (self.language.quote)(out, name);
                out.push_str(between);
                (self.language.quote)(out, value);
            }
            out.push_str(after);
        }
    }

    fn places(&self, out: &mut String, places: &[&str]) {
        join(out, places, self.language.between[1], self.language.place);
    }

    fn words(&self, out: &mut String, words: &[&str]) {
        join(out, words, self.language.between[0], self.language.word);
    }
}

fn query(job: &Job<'_>) -> Request {
    protocol::query(job.endpoint, job.base, &TaskId(ID.to_owned()))
}

/// The body of the query on one line, in which the id and its quotes are the mark.
fn query_text(job: &Job<'_>) -> String {
    let body = query(job).body.map(|body| body.print(Files::Whole)).unwrap_or_default();
    let lines: Vec<&str> = body.lines().map(str::trim_start).collect();
    lines.concat().replace(',', ", ").replace(&["\"", ID, "\""].concat(), ID)
}

fn join(out: &mut String, items: &[&str], between: &str, write: fn(&mut String, &str)) {
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            out.push_str(between);
        }
        write(out, item);
    }
}

/// What stands before the id and after it; all before it where there is none.
fn split(text: &str) -> (&str, &str) {
    text.split_once(ID).unwrap_or((text, ""))
}

/// Whole seconds, not fewer.
const fn seconds(ms: u32) -> u32 {
    ms.div_ceil(1000)
}

/// Fits everywhere.
fn anywhere(_: &Endpoint) -> bool {
    true
}

fn nothing(_: &mut String, _: &str, _: &Job<'_>) {}

fn plain(out: &mut String, word: &str) {
    out.push_str(word);
}

/// A text as JSON writes it, which Python, JavaScript and Go read the same way.
fn json_text(out: &mut String, text: &str) {
    out.push_str(&Json::Text(text.to_owned()).print(Files::Whole));
}

/// JSON in which what is not ASCII is left to JSON's own escapes, behind this mark; a backslash is written as often as
/// in the mark.
fn ascii_json(out: &mut String, value: &Json, mark: &str) {
    value.print(Files::Whole).chars().for_each(|c| match c {
        '\\' => out.push_str(mark.trim_end_matches('u')),
        '\n' => out.push('\n'),
        c => units(out, c, mark),
    });
}

/// A character, or its UTF-16 units in hexadecimal behind a mark.
fn units(out: &mut String, c: char, mark: &str) {
    if matches!(c, ' '..='~') {
        return out.push(c);
    }
    for unit in c.encode_utf16(&mut [0; 2]) {
        out.push_str(mark);
        for shift in [12, 8, 4, 0] {
            out.push(char::from(b"0123456789abcdef"[usize::from(*unit >> shift & 15)]));
        }
    }
}
