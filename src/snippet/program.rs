//! The whole job as one script or program: create, poll until it finishes, save the video. One file per language and
//! its row in [`Program::language`]; the program text is the file of that language next to it, with placeholders for
//! whatever depends on the request, the endpoint and the dialect.
//!
//! All of them do the same. The create call is sent once. A failed query is only about the query; the third refusal
//! without a usable response in between ends the program, not the task, whose ID was printed when it became known.

mod go;
mod java;
mod javascript;
mod language;
mod literal;
mod named;
mod powershell;
mod python;
mod rust;
mod sh;
mod text;
mod uploading;

use super::command::why_apart;
use super::printed::{Note, Snippet};
use crate::catalog::{Dialect, Endpoint, UploadWay};
use crate::http::{Body, Request};
use crate::protocol::{self, FORM, Part, Recipe, TaskId, WRAPS};
use crate::upload::{Plan, Step};
use language::{Language, Uploads};
use named::Named;
use text::{ID, query, query_text, split};

pub use language::Job;

/// What the job can be printed as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Program {
    /// A POSIX shell with curl and jq.
    Sh,
    /// Windows PowerShell 5.1 and PowerShell 7, without dependencies.
    PowerShell,
    /// Python with `requests`.
    Python,
    /// Python with Alibaba's `dashscope`.
    PythonSdk,
    /// Python with `openai`.
    PythonOpenAi,
    /// Node.js without dependencies.
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

impl Program {
    /// All, in the order they are offered.
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

    /// Its name: the same in every UI language.
    pub const fn name(self) -> &'static str {
        self.names()[0]
    }

    /// The file name to save it under. It must not be the name of a module that the program uses.
    pub const fn file_name(self) -> &'static str {
        self.names()[1]
    }

    /// Name and file name. Not in the language's table: the page offers all programs before it has their texts.
    const fn names(self) -> [&'static str; 2] {
        match self {
            Self::Sh => ["sh (curl, jq)", "wan.sh"],
            Self::PowerShell => ["PowerShell", "wan.ps1"],
            Self::Python => ["Python (requests)", "wan.py"],
            Self::PythonSdk => ["Python (dashscope)", "wan_dashscope.py"],
            Self::PythonOpenAi => ["Python (openai)", "wan_openai.py"],
            Self::JavaScript => ["JavaScript (Node)", "wan.mjs"],
            Self::Browser => ["JavaScript (browser)", "wan-browser.mjs"],
            Self::Go => ["Go (net/http)", "wan.go"],
            Self::Rust => ["Rust (reqwest)", "main.rs"],
            Self::Java => ["Java (java.net.http)", "Main.java"],
        }
    }

    /// All that can do the job at an endpoint.
    pub fn all_at(endpoint: &Endpoint) -> Vec<Self> {
        Self::ALL.into_iter().filter(|program| program.fits(endpoint)).collect()
    }

    /// Whether it can do the job at an endpoint: a gateway's own library only works there.
    pub fn fits(self, endpoint: &Endpoint) -> bool {
        match self {
            Self::PythonSdk => endpoint.create.starts_with("/api/v1/services/aigc/"),
            Self::PythonOpenAi => endpoint.dialect == Dialect::Unified && endpoint.create == "/v1/videos",
            _ => true,
        }
    }

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

/// The program that does the whole job. It contains the name of the key's variable, never a key.
pub fn print_program(program: Program, job: &Job<'_>) -> Snippet {
    let language = program.language();
    let (create, files) = named::named(job).map_or((None, Vec::new()), |(create, files)| (Some(create), files));
    let job = &Job { create: create.as_ref().unwrap_or(job.create), ..*job };
    let needs_file = job.create.body.as_ref().is_some_and(Body::is_apart);
    // Alibaba's library knows one way.
    let is_known =
        |named: &Named| program != Program::PythonSdk || named.plan.place().upload().way == UploadWay::Policy;
    let is_able = !needs_file && files.first().is_some_and(is_known);
    let uploads = language.uploads.as_ref().filter(|_| is_able);
    let mut notes: Vec<Note> = job.create.body.as_ref().filter(|_| needs_file).map(why_apart).into_iter().collect();
    if !job.uploads.is_empty() {
        notes.push(uploads.map_or(Note::UploadFirst, |uploads| uploads.note));
    }
    let recipe = protocol::recipe(job.endpoint.dialect);
    let filler = Filler { program, language, job, recipe, needs_file, uploads, files };
    Snippet { text: filler.fill(language.text), needs_file, notes }
}

struct Filler<'a> {
    program: Program,
    language: &'static Language,
    job: &'a Job<'a>,
    recipe: &'static Recipe,
    needs_file: bool,
    /// How the files are uploaded, if this program does it.
    uploads: Option<&'static Uploads>,
    files: Vec<Named>,
}

impl Filler<'_> {
    /// `⟦name⟧` is a value; the text between `⟦?name⟧` and `⟦/⟧` is kept if that condition is true, between `⟦!name⟧`
    /// and `⟦/⟧` if it is not. A mark alone on its line is removed together with the line.
    fn fill(&self, text: &str) -> String {
        let (mut out, mut rest, mut shown) = (String::new(), text, true);
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
            "plain" => !self.needs_file && self.uploads.is_none(),
            "upload" => self.uploads.is_some(),
            "policy" => self.uploads.is_some() && self.way() == Some(UploadWay::Policy),
            "form" => self.uploads.is_some() && self.way() == Some(UploadWay::Form),
            "undocumented" => {
                self.uploads.is_some() && self.plan().is_some_and(|plan| plan.place().upload().undocumented)
            }
            "post" => query(self.job).body.is_some(),
            // Whether the ID is part of a URL.
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
            "file name" => out.push_str(self.program.file_name()),
            "body file" => quote(out, job.body_file),
            "url" => quote(out, &job.create.url),
            "headers" => self.headers(out, job.create),
            "body" => {
                if let Some(body) = job.create.body.as_ref().and_then(Body::json) {
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
            "files" | "parts" | "upload url" | "upload base" | "upload model" | "wraps" | "answer" | "uploading" => {
                self.put_upload(out, name);
            }
            "arguments" => out.push_str(&self.arguments()),
            _ => (language.own)(out, name, job),
        }
    }

    /// The first upload: all go to the same place, and differ in the file only.
    fn plan(&self) -> Option<&Plan> {
        self.files.first().map(|named| &named.plan)
    }

    fn way(&self) -> Option<UploadWay> {
        self.plan().map(|plan| plan.place().upload().way)
    }

    fn put_upload(&self, out: &mut String, name: &str) {
        let (Some(uploads), Some(plan)) = (self.uploads, self.plan()) else { return };
        let (first, quote) = (plan.begin(), self.language.quote);
        match (name, &first) {
            ("uploading", _) => out.push_str(&self.fill(uploads.steps)),
            ("files", _) => {
                for Named { mark, path, plan } in &self.files {
                    (uploads.file)(out, mark, path, plan);
                }
            }
            ("parts", Step::Ask(_)) => FORM.into_iter().for_each(|(name, part)| (uploads.part)(out, name, part)),
            ("parts", Step::Send(_)) => {
                for (name, value) in &plan.place().upload().fields {
                    (uploads.part)(out, name, Part::Always(value));
                }
            }
            ("upload url", Step::Ask(ask)) => quote(out, &ask.url),
            ("upload url", Step::Send(form)) => quote(out, &form.url),
            // The library adds the last part of the path.
            ("upload base", _) => {
                let path = plan.place().upload().path;
                quote(out, &plan.place().base().join(path.strip_suffix("/uploads").unwrap_or(path)));
            }
            ("upload model", _) => quote(out, plan.model()),
            ("wraps", _) => self.places(out, &WRAPS),
            _ => {
                let at = plan.place().upload().answer;
                let wrapped = WRAPS.map(|wrap| [wrap, ".", at].concat());
                self.places(out, &[at, &wrapped[0], &wrapped[1]]);
            }
        }
    }

    /// The arguments of a library's call, in which links take the place of the files.
    fn arguments(&self) -> String {
        let mut text = String::new();
        (self.language.own)(&mut text, "arguments", self.job);
        for Named { mark, .. } in self.files.iter().filter(|_| self.uploads.is_some()) {
            let mut quoted = String::new();
            (self.language.quote)(&mut quoted, mark);
            // Within a string there is a backslash before each quote.
            for before in ["=", " "] {
                text = text.replace(&[before, &*quoted].concat(), &[before, "links[", &*quoted, "]"].concat());
            }
        }
        text
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

fn join(out: &mut String, items: &[&str], between: &str, write: fn(&mut String, &str)) {
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            out.push_str(between);
        }
        write(out, item);
    }
}

/// Whole seconds, rounded up.
const fn seconds(ms: u32) -> u32 {
    ms.div_ceil(1000)
}
