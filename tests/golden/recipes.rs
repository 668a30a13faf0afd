//! What printed programs know of the responses, compared with how the page reads them.

use super::answers::{answer, endpoint, rows};
use serde_json::Value;
use wan_playground::address::result_link;
use wan_playground::catalog::Catalog;
use wan_playground::protocol::{Call, Event, Recipe, VideoAt, read, recipe};

/// The first non-empty value at these positions of the response, as every program looks for it.
fn pick(answer: &Value, places: &[&str]) -> Option<String> {
    let found = places.iter().map(|place| answer.pointer(&["/", &place.replace('.', "/")].concat()));
    found.flatten().find(|value| !value.is_null() && *value != "").map(|value| match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    })
}

/// The same event as a program reports it.
fn told(recipe: &Recipe, call: Call, status: u16, answer: &Value) -> String {
    if call == Call::Create {
        return pick(answer, recipe.id).map_or("nothing".to_owned(), |id| format!("accepted {id}"));
    }
    if !(200..300).contains(&status) {
        return "a refusal".to_owned();
    }
    let word = pick(answer, recipe.state).unwrap_or_default().to_uppercase();
    let is = |words: &[&str]| words.contains(&word.as_str());
    let attempt = pick(answer, recipe.attempt).is_some() || is(recipe.failed) || is(recipe.late);
    let open = recipe.ended.iter().any(|name| answer.get(name).is_some_and(Value::is_null));
    let runs = open || is(recipe.running);
    let ended = attempt && !is(recipe.done) && pick(answer, recipe.ended).is_some();
    if runs {
        return "on its way".to_owned();
    }
    if is(recipe.failed) || ended || pick(answer, recipe.trouble).is_some() {
        let part = |places| pick(answer, places).unwrap_or_default();
        return format!("failed {} {}", part(recipe.code), part(recipe.message));
    }
    match pick(answer, recipe.link) {
        // The page makes an unsafe link safe.
        Some(link) if is(recipe.done) => format!("done {}", result_link(&link).unwrap_or_default()),
        None if is(recipe.done) && recipe.link.is_empty() => "done by download".to_owned(),
        _ if is(recipe.lost) => "lost".to_owned(),
        _ => "on its way".to_owned(),
    }
}

fn meant(event: &Event) -> Option<String> {
    Some(match event {
        Event::Accepted(id) | Event::Done { id: Some(id), .. } => format!("accepted {}", id.0),
        Event::Done { video: VideoAt::Link { url, .. }, .. } => format!("done {url}"),
        Event::Done { video: VideoAt::Content, .. } => "done by download".to_owned(),
        // The page reports immediately that no link came; a program polls again.
        Event::Progress(..) | Event::Setback(..) | Event::Done { video: VideoAt::Nowhere, .. } => {
            "on its way".to_owned()
        }
        Event::Failed(fault, _) => format!("failed {} {}", fault.code, fault.message),
        Event::Lost(_) => "lost".to_owned(),
        Event::Canceled | Event::CancelTaken | Event::Refused(_) | Event::Unreadable(_) => return None,
    })
}

#[test]
fn a_printed_program_takes_every_answer_as_the_page_does() {
    let catalog = Catalog::built_in();
    let (mut found, mut compared) = (Vec::new(), 0);
    for row in rows().iter().filter(|row| matches!(row.call, Call::Create | Call::Query)) {
        let (endpoint, answer) = (endpoint(catalog, row), answer(row));
        let value = serde_json::from_str(&answer.body).unwrap_or_default();
        let told = told(recipe(endpoint.dialect), row.call, answer.status, &value);
        let event = read(endpoint, row.call, &answer);
        let right = match (meant(&event), &event) {
            (_, Event::Canceled) => told.starts_with("failed "),
            // If a gateway reports this with an error status, it is queried again, and then believed.
            (_, Event::Lost(_)) if !(200..300).contains(&answer.status) => told == "a refusal",
            (_, Event::Failed(..)) if row.call == Call::Create => told == "nothing",
            // Without a code of its own, the gateway's status string takes its place.
            (Some(meant), Event::Failed(fault, word)) if fault.code.is_empty() => {
                told == meant || told == format!("failed {word} {}", fault.message)
            }
            (Some(meant), _) => told == meant,
            (None, _) => matches!(&*told, "nothing" | "a refusal" | "on its way"),
        };
        compared += 1;
        if !right {
            found.push(format!("{} {}\n    the page says {event:?}\n    a program {told}", row.gateway, row.file));
        }
    }
    assert!(compared > 80, "{compared} answers");
    assert!(found.is_empty(), "{}", found.join("\n"));
}
