//! The wire dialects. Each file in `protocol/` is the only place that knows its dialect's JSON names. A dialect is one
//! such file with its table, plus its rows in `dialects`.
//!
//! `create`, `query`, `cancel` and `content` build requests; `read` turns any response into one [`Event`].

use crate::address::{BaseUrl, segment};
use crate::catalog::{Dialect, Endpoint, MediaCheck, ModelList};
use crate::http::{Json, Method, Request, Response};
use answer::{is_too_long, parse, task_id};
use wire::Wanted;

mod acedata;
mod answer;
mod back;
mod bailian;
mod body;
mod dialects;
mod event;
mod generations;
mod item;
pub mod loose;
mod offer;
mod recipe;
mod unified;
mod upload;
mod wire;

pub use answer::{Amiss, fault, request_id, whole};
pub use back::{Back, LinkAt, MODEL, complete_items, draft_of, links, model_of, read_size, value_of, write};
pub use body::{create, create_exactly, create_with, posted};
pub use event::{Call, Candidate, Event, Fault, Listed, Lookable, Stage, TaskId, Unreadable, Usage, VideoAt};
pub use offer::{CheckSaid, Listing, MOST_MODELS, MOST_QUOTES, Offer, Page, Quote, word};
pub use recipe::{LibraryCall, Recipe};
pub use upload::{FOLDER, FORM, Part, Policy, STORE, WRAPS, policy, policy_call, uploaded};

/// Maximum characters kept of an error that is not JSON.
const EXCERPT: usize = 300;

/// Whether a service ignores a property that it has no use for.
pub fn is_idle(dialect: Dialect, path: &str) -> bool {
    dialect.wire().idle.contains(&path)
}

/// Whether one of a gateway's documents lists the property at this path for all its models.
pub fn is_shared(dialect: Dialect, path: &str) -> bool {
    dialect.wire().shared.contains(&path)
}

/// Whether `null`, and an empty string where text is expected, mean "not given" at the top level of a body: the clients
/// of this dialect write them for values left open.
pub fn blank_is_absent(dialect: Dialect) -> bool {
    dialect.wire().blank_is_absent
}

/// The object that a create call of a dialect must have; without it the call is refused at once.
pub fn needed(dialect: Dialect) -> Option<&'static str> {
    dialect.wire().needed
}

/// The documented name of a property that is given by an older name.
pub fn renamed(dialect: Dialect, path: &str) -> Option<&'static str> {
    dialect.wire().older.iter().find(|(older, _)| *older == path).map(|(_, name)| *name)
}

/// The query call of a task.
pub fn query(endpoint: &Endpoint, base: &BaseUrl, id: &TaskId) -> Request {
    match endpoint.dialect.query() {
        Some(query) => query(base.join(endpoint.query), id),
        None => get(base, endpoint.query, id),
    }
}

/// The cancel call, if the gateway documents one.
pub fn cancel(endpoint: &Endpoint, base: &BaseUrl, id: &TaskId) -> Option<Request> {
    let path = endpoint.cancel.as_ref()?;
    Some(Request { method: Method::Post, ..get(base, path, id) })
}

/// The download call, if the result is not a link.
pub fn content(endpoint: &Endpoint, base: &BaseUrl, id: &TaskId) -> Option<Request> {
    Some(get(base, endpoint.content.as_ref()?, id))
}

fn get(base: &BaseUrl, path: &str, id: &TaskId) -> Request {
    let url = base.join(&path.replace("{task_id}", &segment(&id.0)));
    Request { method: Method::Get, url, headers: Vec::new(), body: None }
}

/// Whether an endpoint has a searchable list of tasks.
pub fn lookable(endpoint: &Endpoint) -> Lookable {
    let list = endpoint.dialect.wire().list.as_ref().filter(|_| endpoint.list.is_some());
    list.map_or(Lookable::No, |list| list.lookable)
}

/// The temporary key in the response to a gateway's token call, and when it expires, in milliseconds since 1970.
pub fn temporary_key(answer: &str) -> Option<(String, u64)> {
    bailian::temporary_key(&parse(answer).ok()?)
}

/// The call that lists the account's tasks, if the gateway documents one. `account` is the user id in the gateway's
/// records; only some gateways require it.
pub fn look_up(endpoint: &Endpoint, base: &BaseUrl, model: &str, account: &str) -> Option<Request> {
    let url = base.join(endpoint.list.as_ref()?);
    endpoint.dialect.wire().list.as_ref().map(|list| (list.call)(url, Wanted { model, account }))
}

/// What the response to a list call means.
pub fn listed(endpoint: &Endpoint, answer: &Response) -> Listed {
    if is_too_long(answer) {
        return Listed::Unreadable(Unreadable::TooLong);
    }
    let ok = (200..300).contains(&answer.status);
    let bare = || Fault { status: answer.status, ..Fault::default() };
    let value = match parse(&answer.body) {
        Ok(value) => value,
        Err(_) if !ok => return Listed::Refused(bare()),
        Err(why) => return Listed::Unreadable(why),
    };
    if !ok {
        return Listed::Refused(fault(answer.status, &value).unwrap_or_else(bare));
    }
    let found = endpoint.dialect.wire().list.as_ref().and_then(|list| (list.read)(&value));
    match (found, fault(answer.status, &value)) {
        (Some(found), _) => Listed::Found(found),
        (None, Some(fault)) => Listed::Refused(fault),
        (None, None) => Listed::Unreadable(Unreadable::Shape),
    }
}

/// The call that lists the models that the key may use.
pub fn model_list(list: &ModelList, base: &BaseUrl, page: u32) -> Request {
    let url = base.join(list.path);
    let url = match &list.dialect.wire().models {
        Some(models) => (models.page)(url, page),
        None => url,
    };
    Request { method: Method::Get, url, headers: Vec::new(), body: None }
}

/// What the response to that call means.
pub fn models_listed(list: &ModelList, answer: &Response) -> Listing {
    let value = match whole(answer) {
        Ok(value) => value,
        Err(Amiss::Refused(fault)) => return Listing::Refused(fault),
        Err(Amiss::Unreadable(why)) => return Listing::Unreadable(why),
    };
    let page = list.dialect.wire().models.as_ref().and_then(|models| (models.read)(&value));
    match (page, fault(answer.status, &value)) {
        (Some(page), _) => Listing::Page(page),
        (None, Some(fault)) => Listing::Refused(fault),
        (None, None) => Listing::Unreadable(Unreadable::Shape),
    }
}

/// The call that checks a medium at this link.
pub fn media_check(check: &MediaCheck, endpoint: &Endpoint, base: &BaseUrl, link: &str) -> Request {
    let mut headers = vec![("Content-Type".to_owned(), "application/json".to_owned())];
    let body = bailian::media_check(check.model, link);
    // Not those of the create call: this call responds immediately.
    if body.links_oss() {
        headers.extend(endpoint.oss_headers.iter().map(|(name, value)| (name.to_owned(), (*value).to_owned())));
    }
    Request { method: Method::Post, url: base.join(check.path), headers, body: Some(body.into()) }
}

/// What the response to that call means.
pub fn media_checked(answer: &Response) -> CheckSaid {
    match whole(answer) {
        Err(Amiss::Refused(fault)) => CheckSaid::Refused(fault),
        Err(Amiss::Unreadable(why)) => CheckSaid::Unreadable(why),
        Ok(value) => match (bailian::media_checked(&value), fault(answer.status, &value)) {
            (Some(said), _) => said,
            (None, Some(fault)) => CheckSaid::Refused(fault),
            (None, None) => CheckSaid::Unreadable(Unreadable::Shape),
        },
    }
}

/// The account's user id in a response of this gateway: what [`look_up`] may require.
pub fn account(endpoint: &Endpoint, answer: &str) -> Option<String> {
    (endpoint.dialect.wire().account)(&parse(answer).ok()?)
}

/// What a program needs to know about a dialect's responses.
pub const fn recipe(dialect: Dialect) -> &'static Recipe {
    dialect.wire().recipe
}

/// The create call for a dialect's own Python library, if there is one.
pub fn library_call(dialect: Dialect, body: &Json) -> LibraryCall<'_> {
    (dialect.wire().by_library)(body)
}

/// Whether Alibaba's library puts an argument of this name into the input.
pub fn is_input(name: &str) -> bool {
    bailian::is_input(name)
}

/// The task a response is about, if it names one.
pub fn named_task(endpoint: &Endpoint, answer: &Response) -> Option<TaskId> {
    (endpoint.dialect.wire().named_task)(&parse(&answer.body).ok()?)
}

/// The task a response is about, if it names one and nowhere names the requested one. An id can be in several places,
/// and gateways in a chain put their own next to the one they were given.
pub fn names_another(endpoint: &Endpoint, answer: &Response, id: &TaskId) -> Option<TaskId> {
    let named = named_task(endpoint, answer).filter(|named| named != id)?;
    let value = parse(&answer.body).ok()?;
    let parts = std::iter::once(&value).chain(value.as_object().into_iter().flat_map(|members| members.values()));
    let mut ids = parts.flat_map(|part| [task_id(&part["task_id"]), task_id(&part["id"])]);
    (!ids.any(|known| known.is_some_and(|known| known == *id))).then_some(named)
}

/// Whether a response of unknown origin looks like one about a task in a dialect.
pub fn is_about_task(dialect: Dialect, answer: &str) -> bool {
    parse(answer).is_ok_and(|value| (dialect.wire().is_ours)(&value))
}

/// The model that such a response names, empty if it names none.
pub fn named_model(dialect: Dialect, answer: &str) -> String {
    (dialect.wire().named_model)(&parse(answer).unwrap_or_default()).unwrap_or_default().to_owned()
}

/// The task that the body of a query asks for, if the dialect puts it there.
pub fn asked_task(dialect: Dialect, body: &str) -> Option<TaskId> {
    (dialect.wire().asked_task)(&parse(body).ok()?)
}

/// Whether a bare id could belong to this dialect.
pub fn could_be_id(dialect: Dialect, id: &str) -> bool {
    generations::could_be_ours(id) == dialect.wire().marks_ids
}

/// The error in a response that is about no task.
pub fn bare_fault(answer: &Response) -> Option<Fault> {
    fault(answer.status, &parse(&answer.body).ok()?)
}

/// What a response means.
pub fn read(endpoint: &Endpoint, call: Call, answer: &Response) -> Event {
    if is_too_long(answer) {
        return Event::Unreadable(Unreadable::TooLong);
    }
    let ok = (200..300).contains(&answer.status);
    let value = match parse(&answer.body) {
        Ok(value) => value,
        // Without JSON, an error status still means the call was refused, and a person may recognize the page it came
        // with.
        Err(_) if !ok => {
            let words: Vec<&str> = answer.body.trim_start_matches('\u{feff}').split_whitespace().collect();
            let message = words.join(" ").chars().take(EXCERPT).collect();
            let request_id = request_id(answer);
            return Event::Refused(Fault { status: answer.status, message, request_id, ..Fault::default() });
        }
        Err(why) => return Event::Unreadable(why),
    };
    let event = (endpoint.dialect.wire().read)(call, answer.status, &value);
    let event = event.map(|event| with_request_id(event, answer));
    match event {
        // Finished, but the link is missing or unsafe to open, and there is no download call instead.
        Some(Event::Done { id, video: VideoAt::Content, usage, word, actual_prompt }) if endpoint.content.is_none() => {
            Event::Done { id, video: VideoAt::Nowhere, usage, word, actual_prompt }
        }
        Some(event) => event,
        None if !ok => {
            let bare = Fault { status: answer.status, ..Fault::default() };
            with_request_id(Event::Refused(fault(answer.status, &value).unwrap_or(bare)), answer)
        }
        None => match fault(answer.status, &value) {
            Some(fault) => with_request_id(Event::Refused(fault), answer),
            None => Event::Unreadable(Unreadable::Shape),
        },
    }
}

/// The request id that support asks for may be only in a header.
fn with_request_id(mut event: Event, answer: &Response) -> Event {
    if let Event::Failed(fault, _) | Event::Refused(fault) | Event::Setback(_, _, fault) = &mut event
        && fault.request_id.is_empty()
    {
        fault.request_id = request_id(answer);
    }
    event
}

#[cfg(test)]
mod tests;
