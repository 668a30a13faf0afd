//! A request: what it does, whose it is, what is not filled in, and how it is judged.

use super::asked::{Asked, Does, Form, Standing};
use super::judge;
use super::open::{self, At, Open, Why};
use super::place::placed;
use super::scene::Scene;
use super::whose::{self, Whose};
use crate::catalog::Endpoint;
use crate::generation::{Exact, NotExact, Pasted, Same};
use crate::http::{Files, Json};
use crate::import::{Body, Call, RemarkKind, Unknown, Written};
use crate::protocol::{self, TaskId};
use crate::reading::{self, Contents, Purpose, Reading};
use crate::takeup::{Place, place};

/// Reads a request. `unknown` is what its program computes.
pub fn read(scene: Scene<'_>, call: Call, unknown: Vec<Unknown>, form: Option<Form>) -> Asked {
    read_filled(scene, call, unknown, form, None, &[])
}

/// The same. `filled` are the pieces of the text that a shell would put something into, if it was read as a shell does;
/// `remarks` how it was read.
pub fn read_filled(
    scene: Scene<'_>,
    call: Call,
    unknown: Vec<Unknown>,
    form: Option<Form>,
    filled: Option<&[&str]>,
    remarks: &[RemarkKind],
) -> Asked {
    let first = reading::read(scene.catalog, scene.bases, &call);
    let (whole, is_form) = whole(&call, &first);
    let mut open: Vec<Open> = unknown.into_iter().map(Open::of).collect();
    for found in open::of_call(&call, whole.as_ref(), filled) {
        if open.iter().all(|known| known.at != found.at) {
            open.push(found);
        }
    }
    let body = whole.as_ref().map(|body| open::without(body, &open));
    let front = open.iter().find(|open| open.at == At::Host).map(|open| open.written.clone());
    let whose = match front {
        // A program computes what stands in front of the path.
        Some(written) if call.url.is_empty() || call.url.starts_with('/') => Whose::Open(written),
        _ => whose::of(scene, &call.url),
    };
    let model = model(whole.as_ref(), &call, &open);
    let like = match &whose {
        Whose::Gateway { id, .. } | Whose::ByPath(id) => id.clone(),
        Whose::TokenPlan => "dashscope".to_owned(),
        _ => whose::like(scene, open::host(&call.url).as_ref().map_or(call.url.as_str(), |(_, rest)| rest))
            .unwrap_or_default(),
    };
    let is_ours = matches!(whose, Whose::Gateway { .. } | Whose::ByPath(_) | Whose::TokenPlan);
    let standing = standing(scene, is_ours, &like, &model, first.wishes.first().map(|wish| wish.gateway.as_str()));
    let plain = plain(&call, is_form, body.as_ref(), &open);
    let reading = reading::read(scene.catalog, scene.bases, &placed(scene, &plain, &whose, &like));
    let does = does(&call, &reading, &whose, &like, whole.as_ref(), &standing, &mut open);
    let exact = {
        let (creates, is_open) = (does == Does::Create, is_open(form, &open));
        let pasted = Pasted { call: &call, reading: &first, creates, is_open, same: same(form), remarks };
        // Another's host may resell the same protocol, with keys and models of its own.
        match whose {
            Whose::Nobody(_) | Whose::TokenPlan => Err(NotExact::NoCreateCall),
            _ => Exact::of(scene.catalog, scene.bases, pasted),
        }
    };
    let mut request = Asked {
        call,
        form,
        does,
        whose,
        like,
        model,
        standing,
        body,
        is_form,
        open,
        judged: Vec::new(),
        hints: Vec::new(),
        exact,
        places: Vec::new(),
        answer: None,
        cause: None,
        follows: None,
    };
    request.places = places(scene, &request);
    judge::judge(scene, &mut request, &plain, &first);
    request
}

/// Whether something in it is only known to the program that makes it. What a shell would fill in has a remark; the rest
/// of a command is sent as it stands, whatever it looks like. So is a placeholder.
fn is_open(form: Option<Form>, open: &[Open]) -> bool {
    let is_shell = matches!(form, Some(Form::Shell(Written::Posix | Written::Fish | Written::Cmd | Written::Har)));
    !is_shell && open.iter().any(|open| open.why != Why::Placeholder)
}

/// What of a body that was read is the same as in what is sent: a program prints the value itself.
fn same(form: Option<Form>) -> Same {
    match form {
        Some(Form::Shell(Written::Fetch | Written::PowerShell) | Form::Program(_)) => Same::Values,
        _ => Same::Bytes,
    }
}

/// Where the task of a call that is about one may have been created: by its address, or else by its protocol.
fn places(scene: Scene<'_>, request: &Asked) -> Vec<Place> {
    let id = match &request.does {
        Does::Query(ids) => ids.first(),
        Does::Cancel(id) | Does::Content(id) => Some(id),
        Does::Create | Does::List | Does::NotVideo | Does::Foreign | Does::Unknown => None,
    };
    let Some(id) = id.filter(|id| open::placeholder(&id.0).is_none()) else { return Vec::new() };
    let call = reading::direct(scene.catalog, &request.call);
    let body = request.body.as_ref().map(|body| body.print(Files::Marked)).unwrap_or_default();
    if let Some((_, places)) = place::of_call(scene.catalog, scene.bases, &call.url, &body) {
        return places;
    }
    let could_be = |endpoint: &Endpoint| protocol::could_be_id(endpoint.dialect, &id.0);
    let all = place::all(scene.catalog, could_be);
    all.into_iter().filter(|place| request.like.is_empty() || place.gateway == request.like).collect()
}

/// The body as an object, and whether it is a form: fields written as `input[prompt]=…`, or some that hold JSON.
fn whole(call: &Call, first: &Reading) -> (Option<Json>, bool) {
    match (&first.body, &call.body) {
        (Contents::Form(Json::Object(members)), _) => (Some(of_fields(members)), true),
        (Contents::Broken(_), Some(Body::Text(text))) if is_form(text) => {
            let fields = text.split('&').filter_map(|pair| pair.split_once('='));
            let fields: Vec<(String, Json)> =
                fields.map(|(name, value)| (decoded(name), Json::Text(decoded(value)))).collect();
            (Some(of_fields(&fields)), true)
        }
        (contents, _) => (contents.value().cloned(), false),
    }
}

fn is_form(text: &str) -> bool {
    let mut pairs = text.split('&').map(|pair| pair.split_once('='));
    let is_name =
        |name: &str| !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || "_[].%-".contains(c));
    text.contains("model=") && pairs.all(|pair| pair.is_some_and(|(name, _)| is_name(name)))
}

fn decoded(text: &str) -> String {
    let plain = text.replace('+', " ");
    crate::percent::decoded(&plain).unwrap_or(plain)
}

/// The object that form fields stand for.
fn of_fields(fields: &[(String, Json)]) -> Json {
    let mut out = Json::object();
    for (name, value) in fields {
        let Json::Text(text) = value else { continue };
        let inner = || match reading::json::parse(text.trim()).ok()?.value {
            Json::Object(members) => Some(members),
            _ => None,
        };
        // new-api merges the JSON of this field over the rest.
        if name == "metadata"
            && let Some(members) = inner()
        {
            for (name, value) in members {
                match value {
                    Json::Object(inner) => inner.into_iter().for_each(|(inner, value)| {
                        out.put(&[&*name, ".", &*inner].concat(), value);
                    }),
                    value => out.put(&name, value),
                }
            }
            continue;
        }
        let bare = text.trim();
        let number = crate::http::scalar::scalar(bare).filter(|_| bare.bytes().any(|byte| byte.is_ascii_digit()));
        let value = match bare {
            "true" | "false" => Json::Flag(bare == "true"),
            _ => number.unwrap_or_else(|| value.clone()),
        };
        // There the prompt is moved into the input that the field holds.
        let is_moved = name == "prompt" && fields.iter().any(|(name, _)| name == "metadata");
        let path = if is_moved { "input.prompt".to_owned() } else { name.replace('[', ".").replace(']', "") };
        if !path.contains(['\'', '\\']) && !path.starts_with('.') {
            out.put(&path, value);
        }
    }
    out
}

/// The model as it is named: in the body, or in the address.
fn model(body: Option<&Json>, call: &Call, open: &[Open]) -> String {
    let named = body.and_then(protocol::model_of).unwrap_or_default();
    let is_open = open.iter().any(|open| matches!(&open.at, At::Body(path) if path == protocol::MODEL));
    if is_open || !named.is_empty() {
        return if is_open { String::new() } else { named.to_owned() };
    }
    let bare = call.url.split(['?', '#']).next().unwrap_or_default();
    let last = bare.rsplit('/').next().unwrap_or_default();
    let is_model = ["-t2v", "-i2v", "-r2v", "-s2v", "-kf2v"].iter().any(|mark| last.contains(mark));
    if is_model { last.to_owned() } else { String::new() }
}

fn has_model(gateway: &crate::catalog::Gateway, name: &str) -> bool {
    gateway.models.iter().any(|known| known.wire_name() == name)
}

fn standing(scene: Scene<'_>, is_ours: bool, like: &str, model: &str, meant: Option<&str>) -> Standing {
    if model.is_empty() {
        return Standing::Unnamed;
    }
    if makes_no_video(model) {
        return Standing::NotVideo;
    }
    let gateway = if like.is_empty() { meant.unwrap_or("dashscope") } else { like };
    // Where the host is none of the four, the protocol's owner says what the name means.
    let gateway = if is_ours || scene.catalog.gateway(gateway).is_some_and(|known| has_model(known, model)) {
        gateway
    } else {
        let owners = scene.catalog.gateways.iter().filter(|known| has_model(known, model));
        owners.map(|known| known.id).next_back().unwrap_or(gateway)
    };
    let Some(gateway) = scene.catalog.gateway(gateway) else { return Standing::Unlisted(None) };
    let has = |name: &str| has_model(gateway, name);
    let undated = reading::undated(model);
    if has(model) {
        return Standing::Listed;
    }
    if undated != model && has(undated) {
        return Standing::Dated(undated.to_owned());
    }
    if reading::name::is_beyond("dashscope", model) {
        return Standing::ByName;
    }
    let near = reading::name::nearest_model(model, gateway.models.iter().map(crate::catalog::Model::wire_name));
    Standing::Unlisted(near.map(str::to_owned))
}

/// Names of models that make pictures or text.
fn makes_no_video(model: &str) -> bool {
    let lower = model.to_ascii_lowercase();
    let is_text = ["qwen", "gpt-", "deepseek", "glm-", "claude", "gemini"].iter().any(|start| lower.starts_with(start));
    is_text || lower.contains("-t2i") || lower == "wanx-v1" || lower.contains("text-embedding")
}

/// The call with the body that is known, for those who read and judge calls.
fn plain(call: &Call, is_form: bool, body: Option<&Json>, open: &[Open]) -> Call {
    let is_open = open.iter().any(|open| matches!(open.at, At::Body(_) | At::Header(_)));
    let mut plain = call.clone();
    plain.headers.retain(|(name, _)| !open.iter().any(|open| open.at == At::Header(name.clone())));
    if let Some(body) = body.filter(|_| is_open || is_form) {
        plain.body = Some(Body::Text(body.print(Files::Whole)));
    }
    plain
}

fn does(
    call: &Call,
    reading: &Reading,
    whose: &Whose,
    like: &str,
    body: Option<&Json>,
    standing: &Standing,
    open: &mut Vec<Open>,
) -> Does {
    let has = |name: &str| body.is_some_and(|body| body.at(name).is_some());
    if whose::is_not_video(&call.url)
        || has("messages")
        || has("input.messages")
        || *standing == Standing::NotVideo && like.is_empty()
    {
        return Does::NotVideo;
    }
    let mut ask = |id: &TaskId, does: fn(TaskId) -> Does| {
        if let Some(why) = open::placeholder(&id.0) {
            open.push(Open { at: At::Id, written: id.0.clone(), why });
        }
        does(id.clone())
    };
    let ids = protocol::loose::asked_ids(&call.url, body);
    match &reading.purpose {
        Purpose::Create => return Does::Create,
        Purpose::List | Purpose::Unknown if !ids.is_empty() => return Does::Query(ids),
        Purpose::Query(id) => return ask(id, |id| Does::Query(vec![id])),
        Purpose::Cancel(id) => return ask(id, Does::Cancel),
        Purpose::Content(id) => return ask(id, Does::Content),
        Purpose::List => return Does::List,
        Purpose::Unknown => {}
    }
    let is_bare = matches!(whose, Whose::Unsaid);
    let names_video = has("model") && (has("input") || has("prompt") || has("parameters"));
    if is_bare && body.is_some() {
        let is_guess = reading.wishes.iter().any(|wish| wish.unknown.is_empty());
        let is_ours = has("model") || is_guess || (has("input") && has("parameters"));
        return if is_ours { Does::Create } else { Does::Foreign };
    }
    let is_create = call.url.contains("/video/create") || call.url.contains("video-synthesis");
    if (names_video || is_create || has("input")) && call.method != "GET" { Does::Create } else { Does::Unknown }
}
