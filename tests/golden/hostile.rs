//! Responses as a broken proxy, a changed gateway or an attacker would send them: no panic, and never a false end.

use super::answers::{answer, endpoint, rows};
use serde_json::{Value, json};
use wan_playground::catalog::{Catalog, Endpoint};
use wan_playground::http::Response;
use wan_playground::protocol::{Call, Event, Unreadable, VideoAt, read};

const CALLS: [Call; 4] = [Call::Create, Call::Query, Call::Cancel, Call::Content];

/// What is wrong with an event: an end whose video cannot be fetched, or a task without an id.
fn fault(endpoint: &Endpoint, event: &Event) -> Option<String> {
    let is_usable = match event {
        Event::Done { video: VideoAt::Link { url, .. }, .. } => {
            let local = url.starts_with("http://127.0.0.1") || url.starts_with("http://localhost");
            (url.starts_with("https://") || local) && !url.contains(char::is_whitespace)
        }
        Event::Done { video: VideoAt::Content, .. } => endpoint.content.is_some(),
        // An end without a link is reported as such; where there is a download, there is no such end.
        Event::Done { video: VideoAt::Nowhere, .. } => endpoint.content.is_none(),
        Event::Accepted(id) => !id.0.trim().is_empty(),
        _ => true,
    };
    (!is_usable).then(|| format!("{event:?}"))
}

fn endpoints(catalog: &Catalog) -> impl Iterator<Item = (String, &Endpoint)> {
    catalog.gateways.iter().flat_map(|gateway| {
        gateway.endpoints.iter().map(|(name, endpoint)| (format!("{}/{name}", gateway.id), endpoint))
    })
}

fn plain(status: u16, body: &str) -> Response {
    Response { status, body: body.to_owned(), ..Response::default() }
}

/// Pointers to every property and item of a document, and to the document itself.
fn places(value: &Value, at: &str, out: &mut Vec<String>) {
    out.push(at.to_owned());
    match value {
        Value::Object(members) => {
            members.iter().for_each(|(name, member)| places(member, &format!("{at}/{name}"), out));
        }
        Value::Array(list) => {
            list.iter().enumerate().for_each(|(index, member)| places(member, &format!("{at}/{index}"), out));
        }
        _ => {}
    }
}

#[test]
fn every_member_of_every_answer_may_have_any_type() {
    let catalog = Catalog::built_in();
    let strange = [
        json!(null),
        json!(true),
        json!(false),
        json!(0),
        json!(-1),
        json!(1e300),
        json!(200),
        json!([]),
        json!([[], {}, null]),
        json!({}),
        json!({"code": [], "message": {}}),
        json!(""),
        json!(" "),
        json!("javascript:alert(1)"),
        json!("data:text/html,<script>"),
        json!("//host/without-scheme"),
        json!("https://user:password@host/v.mp4"),
        json!("SUCCEEDED"),
        json!("success"),
        json!("completed"),
        json!("\u{0}\u{202e}<b>"),
    ];
    let mut tried = 0;
    let mut found = Vec::new();
    for row in rows() {
        let endpoint = endpoint(catalog, &row);
        let given = answer(&row);
        let Ok(document) = serde_json::from_str::<Value>(&given.body) else { continue };
        let mut all = Vec::new();
        places(&document, "", &mut all);
        for place in all {
            for value in &strange {
                let mut changed = document.clone();
                *changed.pointer_mut(&place).expect("a place of the document") = value.clone();
                let body = changed.to_string();
                for call in CALLS {
                    let other = if given.status == 500 { 200 } else { 500 };
                    for status in [given.status, other] {
                        tried += 1;
                        let event = read(endpoint, call, &plain(status, &body));
                        if let Some(what) = fault(endpoint, &event) {
                            found.push(format!("{}/{} {place} = {value} on {call:?}: {what}", row.gateway, row.file));
                        }
                        let no_status = matches!(&event, Event::Refused(why) if why.status != status);
                        if no_status {
                            found
                                .push(format!("{}/{} {place} = {value} on {call:?}: {event:?}", row.gateway, row.file));
                        }
                    }
                }
            }
        }
    }
    assert!(tried > 10_000, "only {tried} answers were tried");
    assert!(found.is_empty(), "{} of {tried}:\n{}", found.len(), found[..found.len().min(20)].join("\n"));
}

#[test]
fn every_member_of_every_answer_may_be_missing() {
    let catalog = Catalog::built_in();
    for row in rows() {
        let endpoint = endpoint(catalog, &row);
        let given = answer(&row);
        let Ok(document) = serde_json::from_str::<Value>(&given.body) else { continue };
        let mut all = Vec::new();
        places(&document, "", &mut all);
        for place in all {
            let Some((parent, name)) = place.rsplit_once('/') else { continue };
            let mut changed = document.clone();
            if let Some(object) = changed.pointer_mut(parent).and_then(Value::as_object_mut) {
                object.remove(name);
            }
            for call in CALLS {
                let event = read(endpoint, call, &plain(given.status, &changed.to_string()));
                assert_eq!(fault(endpoint, &event), None, "{}/{} without {place} on {call:?}", row.gateway, row.file);
            }
        }
    }
}

#[test]
fn an_answer_cut_off_anywhere_is_no_answer() {
    let catalog = Catalog::built_in();
    for row in rows() {
        let endpoint = endpoint(catalog, &row);
        let given = answer(&row);
        if !given.body.starts_with('{') {
            continue;
        }
        for (end, _) in given.body.char_indices().skip(1) {
            let event = read(endpoint, row.call, &plain(200, &given.body[..end]));
            assert_eq!(event, Event::Unreadable(Unreadable::NotJson), "{}/{} cut at {end}", row.gateway, row.file);
            let event = read(endpoint, row.call, &plain(502, &given.body[..end]));
            assert!(matches!(&event, Event::Refused(fault) if fault.status == 502), "{event:?}");
        }
    }
}

#[test]
fn what_is_no_json_is_said_to_be_what_it_is() {
    let catalog = Catalog::built_in();
    let deep = "[".repeat(100_000);
    for (name, endpoint) in endpoints(catalog) {
        for call in CALLS {
            for (body, why) in [
                ("", Unreadable::Empty),
                ("  \r\n", Unreadable::Empty),
                ("\u{feff}", Unreadable::Empty),
                ("<!doctype html><title>Sign in</title>", Unreadable::Html),
                ("\u{feff}\n <html>", Unreadable::Html),
                ("{\"output\": {\"task_sta", Unreadable::NotJson),
                ("upstream connect error", Unreadable::NotJson),
                ("{\"a\": 1} {\"b\": 2}", Unreadable::NotJson),
                ("{'task_id': 'x'}", Unreadable::NotJson),
                (deep.as_str(), Unreadable::NotJson),
            ] {
                let event = read(endpoint, call, &plain(200, body));
                assert_eq!(event, Event::Unreadable(why), "{name} {call:?} {body:.40}");
                for status in [401, 404, 429, 500, 502] {
                    let event = read(endpoint, call, &plain(status, body));
                    assert!(
                        matches!(&event, Event::Refused(fault) if fault.status == status),
                        "{name} {call:?} {status}: {event:?}"
                    );
                }
            }
        }
    }
}

#[test]
fn json_of_another_kind_is_said_to_be_of_the_wrong_shape() {
    let catalog = Catalog::built_in();
    for (name, endpoint) in endpoints(catalog) {
        for body in ["null", "true", "17", "\"text\"", "[]", "{}", "[{\"task_id\": \"x\"}]"] {
            let event = read(endpoint, Call::Query, &plain(200, body));
            assert_eq!(event, Event::Unreadable(Unreadable::Shape), "{name} {body}");
            let event = read(endpoint, Call::Create, &plain(200, body));
            assert_eq!(event, Event::Unreadable(Unreadable::Shape), "{name} {body}");
            let event = read(endpoint, Call::Create, &plain(503, body));
            assert!(matches!(&event, Event::Refused(fault) if fault.status == 503), "{name} {body}: {event:?}");
        }
    }
}

#[test]
fn an_answer_longer_than_the_bound_is_not_read_even_if_it_looks_whole() {
    let catalog = Catalog::built_in();
    for row in rows() {
        let cut = Response { cut: true, ..answer(&row) };
        let event = read(endpoint(catalog, &row), row.call, &cut);
        assert_eq!(event, Event::Unreadable(Unreadable::TooLong), "{}/{}", row.gateway, row.file);
    }
}

/// A finished response for each way to name the video, with this link in it.
fn finished(link: &str) -> [(&'static str, &'static str, Call, String); 5] {
    let link = json!(link);
    [
        (
            "dashscope",
            "video",
            Call::Query,
            json!({"output": {"task_id": "t", "task_status": "SUCCEEDED", "video_url": link}}),
        ),
        (
            "dashscope",
            "video",
            Call::Query,
            json!({"output": {"task_id": "t", "task_status": "SUCCEEDED", "results": [{"url": link}]}}),
        ),
        (
            "crazyrouter",
            "generations",
            Call::Query,
            json!({"code": "success", "data": {"status": "SUCCESS", "result_url": link}}),
        ),
        (
            "acedata",
            "wan",
            Call::Query,
            json!({"id": "t", "response": {"success": true, "state": "completed", "video_url": link}}),
        ),
        (
            "acedata",
            "wan",
            Call::Create,
            json!({"success": true, "task_id": "t", "state": "completed", "video_url": link}),
        ),
    ]
    .map(|(gateway, endpoint, call, body)| (gateway, endpoint, call, body.to_string()))
}

#[test]
fn a_link_is_upgraded_or_refused_but_never_opened_as_a_script() {
    let catalog = Catalog::built_in();
    for (link, expected) in [
        ("https://h/v.mp4?Signature=a%2Bb&Expires=1", Some("https://h/v.mp4?Signature=a%2Bb&Expires=1")),
        ("http://h/v.mp4?Signature=a%2Bb", Some("https://h/v.mp4?Signature=a%2Bb")),
        ("HTTP://h/v.mp4", Some("https://h/v.mp4")),
        ("http://127.0.0.1:8080/sim/v.mp4", Some("http://127.0.0.1:8080/sim/v.mp4")),
        ("javascript:alert(1)", None),
        ("JavaScript://h/%0aalert(1)", None),
        ("data:video/mp4;base64,AA", None),
        ("blob:https://h/1", None),
        ("file:///etc/passwd", None),
        ("ftp://h/v.mp4", None),
        ("//h/v.mp4", None),
        ("/v.mp4", None),
        ("https://user:password@h/v.mp4", None),
        ("https://", None),
        ("https://h/a b.mp4", None),
        ("https://h/\u{0}", None),
        ("java\nscript:alert(1)", None),
    ] {
        for (gateway, name, call, body) in finished(link) {
            let endpoint = catalog.gateway(gateway).expect("a gateway").endpoints.get(name).expect("built in");
            let event = read(endpoint, call, &plain(200, &body));
            let url = match &event {
                Event::Done { video: VideoAt::Link { url, .. }, .. } => Some(url.as_str()),
                _ => None,
            };
            assert_eq!(url, expected, "{gateway} {link}: {event:?}");
            let nowhere = matches!(event, Event::Done { video: VideoAt::Nowhere, .. });
            let is_end = matches!(event, Event::Done { .. });
            assert!(expected.is_some() || !is_end || nowhere, "{gateway} {link}: {event:?}");
        }
    }
}

#[test]
fn what_is_kept_of_an_answer_has_a_bound() {
    let catalog = Catalog::built_in();
    for (name, endpoint) in endpoints(catalog) {
        let long = "猫".repeat(500_000);
        let event = read(endpoint, Call::Query, &plain(500, &json!({"error": {"message": long}}).to_string()));
        assert_eq!(event, Event::Unreadable(Unreadable::TooLong), "{name}");
        let message = "猫".repeat(100_000);
        let event = read(endpoint, Call::Query, &plain(500, &json!({"error": {"message": message}}).to_string()));
        assert!(matches!(&event, Event::Refused(fault) if fault.message.chars().count() == 4000), "{name}");
        let id = "t".repeat(513);
        let body = json!({"output": {"task_status": "PENDING", "task_id": id}, "id": id, "task_id": id});
        let event = read(endpoint, Call::Create, &plain(200, &body.to_string()));
        assert_eq!(event, Event::Unreadable(Unreadable::Shape), "{name}");
    }
}

#[test]
fn odd_lengths_are_left_out_of_the_usage() {
    let catalog = Catalog::built_in();
    let endpoint = catalog.gateway("dashscope").expect("a gateway").endpoints.get("video").expect("built in");
    for (length, expected) in [
        (json!(5), Some(5000)),
        (json!(5.041), Some(5041)),
        (json!("10"), Some(10_000)),
        (json!(-5), None),
        (json!("NaN"), None),
        (json!("inf"), None),
        (json!(1e300), None),
        (json!("five"), None),
        (json!(null), None),
        (json!([5]), None),
        (json!({"seconds": 5}), None),
    ] {
        let body = json!({
            "output": {"task_status": "SUCCEEDED", "video_url": "https://h/v.mp4"},
            "usage": {"duration": length, "SR": {"odd": 1}, "size": 7}
        });
        let event = read(endpoint, Call::Query, &plain(200, &body.to_string()));
        let Event::Done { usage, .. } = event else { panic!("{event:?}") };
        assert_eq!((usage.billed_ms, usage.tier), (expected, None), "{body}");
    }
}
