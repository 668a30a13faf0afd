//! What a reading tells, as plain lines: one fact each.

use wan_playground::catalog::Catalog;
use wan_playground::complaint::Complaint;
use wan_playground::doctor::Part;
use wan_playground::http::{Body, Files, Json, path};
use wan_playground::import::Proof;
use wan_playground::money::Money;
use wan_playground::paste::{
    self, Answer, Asked, At, Does, Holds, Judged, Mention, Open, Paste, Standing, State, Whose,
};
use wan_playground::price::seconds;

/// The time of the reading: 30 November 2026.
const NOW_MS: u64 = 1_796_000_000_000;

/// The facts of a text.
pub fn tell(text: &str) -> Vec<String> {
    lines(&paste::read(Catalog::built_in(), &[], text, NOW_MS))
}

/// The facts of a reading.
pub fn lines(paste: &Paste) -> Vec<String> {
    let mut out = Vec::new();
    for (index, card) in paste.cards.iter().enumerate() {
        let sign = if paste.main == Some(index) { "main " } else { "" };
        match &card.holds {
            Holds::Request(request) => {
                out.push(format!("{sign}card {}: request", index + 1));
                of_request(request, &mut out);
            }
            Holds::Answer(answer) => {
                out.push(format!("{sign}card {}: answer", index + 1));
                of_answer(answer, &mut out);
            }
            Holds::Message(message) => out.push(format!("message: {:?} · {}", message.trouble, message.said)),
            Holds::Mention(Mention::Task(id, places)) => {
                let places: Vec<String> = places.iter().map(|place| format!("{place:?}")).collect();
                out.push(format!("mention: task {} at {}", id.0, places.join(", ")));
            }
            Holds::Mention(Mention::Link { host, ends_ms, .. }) => {
                out.push(format!("mention: link {host} until {}", ends_ms.map_or("?".to_owned(), |ms| ms.to_string())));
            }
            Holds::Page => out.push("page".to_owned()),
            Holds::Unread(language) => out.push(format!("not read: {language:?}")),
        }
    }
    for remark in &paste.remarks {
        out.push(format!("remark: {:?} at {}", remark.kind, remark.at.start));
    }
    if paste.cards.is_empty() {
        out.push("nothing".to_owned());
    }
    out.dedup();
    out
}

fn of_request(request: &Asked, out: &mut Vec<String>) {
    let does = match &request.does {
        Does::Query(ids) => {
            let ids: Vec<&str> = ids.iter().map(|id| id.0.as_str()).collect();
            format!("query {}", ids.join(" "))
        }
        Does::Cancel(id) => format!("cancel {}", id.0),
        Does::Content(id) => format!("content {}", id.0),
        does => format!("{does:?}").to_lowercase(),
    };
    out.push(format!("request: {does}"));
    out.push(format!("method: {}", request.call.method));
    out.push(format!("address: {}", request.call.url));
    let whose = match &request.whose {
        Whose::Gateway { id, region, .. } => format!("{id} {region}"),
        Whose::ByPath(id) => format!("{id} by path"),
        Whose::TokenPlan => "token plan".to_owned(),
        Whose::Nobody(host) => format!("none of the four: {host}"),
        Whose::ThisMachine(host) => format!("this machine: {host}"),
        Whose::Open(written) => format!("open: {written}"),
        Whose::Unsaid => "unsaid".to_owned(),
    };
    out.push(format!("gateway: {whose}"));
    out.push(format!("like: {}", request.like));
    out.push(format!("model: {}", request.model));
    let standing = match &request.standing {
        Standing::Dated(model) => format!("dated {model}"),
        Standing::Unlisted(near) => format!("unlisted, near {}", near.as_deref().unwrap_or("none")),
        standing => format!("{standing:?}").to_lowercase(),
    };
    out.push(format!("standing: {standing}"));
    let key = match &request.call.proof {
        Proof::None => "none".to_owned(),
        Proof::Variable(name) => format!("variable {name}"),
        Proof::Key(_) => "literal".to_owned(),
    };
    out.push(format!("key: {key}"));
    out.extend(request.call.headers.iter().map(|(name, value)| format!("header: {name} = {value}")));
    if request.is_form {
        out.push("form".to_owned());
    }
    if let Some(body) = &request.body {
        of_value(body, "", out);
    }
    out.extend(request.open.iter().map(of_open));
    out.push(format!("form written: {:?}", request.form));
    for judged in &request.judged {
        of_judged(judged, out);
    }
    out.extend(request.hints.iter().map(|hint| format!("hint: {hint:?}")));
    out.extend(request.answer.map(|at| format!("answered by card {}", at + 1)));
    out.extend(request.follows.map(|at| format!("follows card {}", at + 1)));
}

fn of_value(value: &Json, at: &str, out: &mut Vec<String>) {
    match value {
        Json::Object(members) => {
            for (name, member) in members {
                of_value(member, &path::member(at, name), out);
            }
        }
        Json::List(list) => {
            list.iter().enumerate().for_each(|(index, entry)| of_value(entry, &path::item(at, index), out));
        }
        value => out.push(format!("value: {at} = {}", value.print(Files::Marked))),
    }
}

fn of_open(open: &Open) -> String {
    let at = match &open.at {
        At::Host => "host".to_owned(),
        At::Url => "url".to_owned(),
        At::Id => "id".to_owned(),
        At::Header(name) => format!("header {name}"),
        At::Body(path) => format!("body {path}"),
    };
    format!("open: {at} · {:?} · {}", open.why, open.written)
}

fn of_judged(judged: &Judged, out: &mut Vec<String>) {
    out.push(format!("judged: {} {}", judged.gateway, judged.model));
    for (finding, verdict) in &judged.findings {
        let part = match &finding.part {
            Part::Method => "method".to_owned(),
            Part::Url => "url".to_owned(),
            Part::Header(name) => format!("header {name}"),
            Part::Key => "key".to_owned(),
            Part::Text(spot) => format!("text {}:{}", spot.line, spot.column),
            Part::Body(path) => format!("body {path}"),
        };
        out.push(format!("finding: {verdict:?} · {part} · {:?}", finding.fault));
    }
    if !judged.is_checked {
        out.push(format!("not checked at {}", judged.gateway));
    } else if judged.findings.iter().all(|(_, verdict)| *verdict == wan_playground::paste::Verdict::Noted) {
        out.push(format!("nothing wrong at {}", judged.gateway));
    }
    if let Some(correction) = &judged.correction {
        out.push(format!("correction: {}{}", judged.gateway, if judged.is_dearer { ", dearer" } else { "" }));
        if let Some(body) = correction.request.body.as_ref().and_then(Body::json) {
            let mut values = Vec::new();
            of_value(body, "", &mut values);
            out.extend(values.into_iter().map(|line| format!("corrected {line}")));
        }
        out.extend(judged.removed.iter().map(|path| format!("removed: {path}")));
    }
    if let Some(price) = &judged.price {
        let most = price.at_most.map_or("?".to_owned(), Money::decimal);
        let total = price.total.map_or("?".to_owned(), Money::decimal);
        let tier = &price.tier;
        out.push(format!(
            "price: {total} to {most} {} at {tier}, {} a second",
            price.currency,
            price.per_second.decimal()
        ));
    }
}

fn of_answer(answer: &Answer, out: &mut Vec<String>) {
    let state = match answer.state {
        State::Refused => "error".to_owned(),
        state => format!("{state:?}").to_lowercase(),
    };
    out.push(format!("answer: {state}"));
    out.push(format!("word: {}", answer.word));
    out.push(format!("id: {}", answer.id.as_ref().map_or("none", |id| &id.0)));
    if let Some(fault) = &answer.fault {
        out.push(format!("status: {}", fault.status));
        out.push(format!("code: {}", fault.code));
        out.push(format!("said: {}", fault.message));
    }
    out.extend(answer.remedy.map(|remedy| format!("remedy: {remedy:?}")));
    let complaint =
        |complaint: &Complaint| format!("complaint: {} {} {:?}", complaint.path, complaint.name, complaint.legal);
    out.extend(answer.complaints.iter().map(complaint));
    if let Some(link) = &answer.link {
        out.push(format!("link: {} at {}", link.url, link.found_at));
        out.push(format!("host: {}", link.host));
        let ends = link.ends_ms.map_or("?".to_owned(), |ms| ms.to_string());
        out.push(format!("ends: {ends} {}", if link.is_signed { "signed" } else { "by rule" }));
    } else {
        out.push("link: none".to_owned());
    }
    let length = |ms: Option<u64>| ms.map_or("?".to_owned(), seconds);
    out.push(format!("billed: {} s", length(answer.made.billed_ms)));
    out.push(format!("length: {} s", length(answer.made.output_ms)));
    out.push(format!("tier: {} size: {} ratio: {}", answer.made.tier, answer.made.size, answer.made.ratio));
    out.push(format!("usage at: {}", answer.made.found_at));
    out.push(format!("billing: {:?}", answer.billing));
    out.push(format!("took: {} s", length(answer.took_ms)));
    out.push(format!("request id: {}", answer.request_id));
    out.push(format!("lay at: {}", answer.lay_at));
    let places: Vec<String> = answer.places.iter().map(|place| format!("{place:?}").trim().to_owned()).collect();
    out.push(format!("places: {}", places.join(", ")));
    out.extend(answer.remarks.iter().map(|remark| format!("odd: {remark:?}")));
}
