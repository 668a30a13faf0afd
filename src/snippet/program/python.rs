//! Python, with three libraries.

use super::language::{Job, Language, Uploads, nothing};
use super::literal;
use super::text::json_text;
use super::uploading::{Field, GIVEN, Row};
use crate::catalog::Dialect;

use crate::http::{Body, Json, lenient};
use crate::protocol::{self, recipe};
use crate::snippet::Note;

pub(super) const REQUESTS: Language = Language {
    text: include_str!("wan.py"),
    quote: json_text,
    body,
    place: json_text,
    word: json_text,
    id: [" + ", "quote(task, safe='')"],
    between: [", ", ", "],
    header: ["\n        ", ": ", ","],
    own: nothing,
    uploads: Some(Uploads {
        note: Note::Uploads,
        steps: "",
        file: |out, mark, path, plan| FILE.write(out, mark, path, plan),
        part: |out, name, part| FIELD.write(out, name, part),
    }),
};

pub(super) const DASHSCOPE: Language = Language {
    text: include_str!("wan_dashscope.py"),
    own: |out, name, job| library(out, name, job, "/api/v1"),
    uploads: Some(Uploads {
        note: Note::Uploads,
        steps: "",
        // The library chooses the name at the store.
        file: |out, mark, path, _| {
            out.push_str("    ");
            json_text(out, mark);
            out.push_str(": ");
            json_text(out, path);
            out.push_str(",\n");
        },
        part: |_, _, _| {},
    }),
    ..REQUESTS
};

pub(super) const OPENAI: Language = Language {
    text: include_str!("wan_openai.py"),
    header: ["\n                ", ": ", ","],
    own: |out, name, job| library(out, name, job, "/v1"),
    uploads: None,
    ..REQUESTS
};

const STYLE: literal::Style = literal::Style { flags: ["True", "False"], indent: "    ", name: json_text };

fn body(out: &mut String, body: &Json) {
    literal::write(out, body, &STYLE);
}

const FILE: Row = Row { mark: json_text, quote: json_text, between: ["    ", ": (", ", ", "),\n"] };

const FIELD: Field = Field { quote: json_text, between: ["\n        ", ": ", ","], key: "key", given: GIVEN };

/// Indentation depth of the arguments of a call.
const DEPTH: usize = 3;

fn library(out: &mut String, mark: &str, job: &Job<'_>, base: &str) {
    let recipe = recipe(job.endpoint.dialect);
    match mark {
        "base" => json_text(out, &job.base.join(base)),
        "arguments" => arguments(out, job),
        "task" if is_of_images(job) => out.extend(["\n", &STYLE.indent.repeat(DEPTH), "task=\"image2video\","]),
        "task" => {}
        "last id" => last(out, recipe.id),
        "last state" => last(out, recipe.state),
        "last code" => last(out, recipe.code),
        _ => last(out, recipe.message),
    }
}

fn is_of_images(job: &Job<'_>) -> bool {
    job.endpoint.create.contains("/image2video/")
}

/// The last name of the first of these paths: a library has already parsed the response.
fn last(out: &mut String, places: &[&str]) {
    out.extend(places.first().and_then(|place| place.rsplit('.').next()));
}

fn arguments(out: &mut String, job: &Job<'_>) {
    let parsed;
    let body = match &job.create.body {
        Some(Body::Json(body)) => body,
        // The library prints it again: only what it says is the same.
        Some(Body::Exact(text)) => match lenient::parse(text) {
            Ok(read) => {
                parsed = read.value;
                &parsed
            }
            Err(_) => return,
        },
        None => return,
    };
    let call = protocol::library_call(job.endpoint.dialect, body);
    let (names, others): (Vec<_>, Vec<_>) = call.named.into_iter().partition(|(name, _)| is_name(name));
    let indent = STYLE.indent.repeat(DEPTH);
    let mut argument = |name: &str, value: &Json| {
        out.push_str(&indent);
        out.push_str(name);
        literal::nested(out, value, &STYLE, DEPTH);
        out.push_str(",\n");
    };
    for (name, value) in names {
        argument(&[name, "="].concat(), value);
    }
    // The library appends the last part of the path automatically, for the models it knows.
    if is_of_images(job) {
        argument("task=", &Json::Text("image2video".to_owned()));
    }
    // The library sets the headers that every call needs; it only gets the others of this call as separate arguments.
    let is_set = |name: &str| {
        let known = ["Content-Type", "Authorization"].into_iter().chain(job.endpoint.headers.keys());
        known.into_iter().any(|known| known.eq_ignore_ascii_case(name))
    };
    let headers = job.create.headers.iter().filter(|(name, _)| !is_set(name));
    let headers: Vec<_> = headers.map(|(name, value)| (name.clone(), Json::Text(value.clone()))).collect();
    if !headers.is_empty() && job.endpoint.dialect == Dialect::Bailian {
        argument("headers=", &Json::Object(headers));
    }
    for (name, members) in [("**", others), (&*[call.rest.0, "="].concat(), call.rest.1)] {
        if !members.is_empty() {
            let members = members.into_iter().map(|(name, value)| (name.to_owned(), value.clone())).collect();
            argument(name, &Json::Object(members));
        }
    }
    // The line's own line break follows.
    out.pop();
}

/// Whether an argument can have this name. Excludes those Python keywords that could be the name of a property.
fn is_name(name: &str) -> bool {
    let taken = "and as assert async await break class continue def del else except for from global if import in is \
                 lambda not or pass raise return try while with yield";
    name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
        && !taken.split_ascii_whitespace().any(|word| word == name)
}
