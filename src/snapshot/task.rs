//! A task as a record. Where it runs is kept by value, so that it can continue after its model has left the catalog.

use super::names::{BASES, CALLS, FOLLOWING, NET, STAGES, UNREADABLE};
use super::part::{Out, Part, Read};
use super::request;
use crate::address::{BaseUrl, result_link};
use crate::catalog::{Dialect, Endpoint, PollRule, Table, is_endpoint_path, keep};
use crate::http::Json;
use crate::price::{Estimate, Money};
use crate::protocol::{Fault, TaskId, Usage, VideoAt};
use crate::task::{Cancel, Doubt, Exchange, Finished, Origin, Present, State, Task, Twin};

pub fn write(task: &Task) -> Json {
    let mut out = Out::default();
    out.text("uid", &task.uid);
    out.number("rev", task.rev);
    out.put("origin", origin(&task.origin));
    if let Some(create) = &task.create {
        out.put("create", request::write(create));
    }
    if let Some(known) = &task.estimate {
        out.put("estimate", estimate(known));
    }
    out.number("started_ms", task.started_ms);
    out.some_number("ended_ms", task.ended_ms);
    if let Some(id) = &task.id {
        out.text("id", &id.0);
    }
    out.put("state", state(&task.state));
    out.word("following", &FOLLOWING, &task.following);
    if let Some(wish) = &task.cancel {
        out.put("cancel", cancel(wish));
    }
    match &task.twin {
        Twin::None => {}
        Twin::Possible => out.put("twin", Json::List(Vec::new())),
        Twin::Found(ids) => out.put("twin", Json::List(ids.iter().map(|id| Json::Text(id.0.clone())).collect())),
    }
    if let Some(uid) = &task.again {
        out.text("again", uid);
    }
    if let Some(known) = &task.setback {
        out.put("setback", fault(known));
    }
    out.put("exchanges", Json::List(task.exchanges.iter().map(exchange).collect()));
    out.some_number("next_ms", task.next_ms);
    out.some_number("planned_ms", Some(task.planned_ms).filter(|planned_ms| *planned_ms > 0));
    out.number("failures", u64::from(task.failures));
    out.number("calls", u64::from(task.calls));
    out.into()
}

pub fn read(part: &Part<'_>) -> Read<Task> {
    let task = Task {
        uid: part.at("uid").text()?,
        rev: part.at("rev").number()?,
        origin: read_origin(&part.at("origin"))?,
        create: part.at("create").some().map(|part| request::read(&part)).transpose()?,
        estimate: part.at("estimate").some().map(|part| read_estimate(&part)).transpose()?,
        started_ms: part.at("started_ms").number()?,
        ended_ms: part.at("ended_ms").some_number()?,
        id: part.at("id").some().map(|part| part.text().map(TaskId)).transpose()?,
        state: read_state(&part.at("state"))?,
        following: part.at("following").word(&FOLLOWING)?,
        cancel: part.at("cancel").some().map(|part| read_cancel(&part)).transpose()?,
        look_up: None,
        twin: part.at("twin").some().map(|part| read_twin(&part)).transpose()?.unwrap_or_default(),
        again: part.at("again").some().map(|part| part.text()).transpose()?,
        setback: part.at("setback").some().map(|part| read_fault(&part)).transpose()?,
        exchanges: part.at("exchanges").list()?.iter().map(read_exchange).collect::<Read<_>>()?,
        next_ms: part.at("next_ms").some_number()?,
        planned_ms: part.at("planned_ms").some_number()?.unwrap_or(0),
        failures: part.at("failures").number()?,
        calls: part.at("calls").number()?,
        now: Present::default(),
    };
    // Otherwise the record is forged or incomplete: these two go together or not at all.
    let needs_id = matches!(task.state, State::Waiting { .. } | State::Fetching { .. });
    if needs_id && task.id.as_ref().is_none_or(|id| id.0.trim().is_empty()) {
        return part.at("id").fault();
    }
    if task.uid.is_empty() {
        return part.at("uid").fault();
    }
    Ok(task)
}

fn origin(origin: &Origin) -> Json {
    let mut out = Out::default();
    out.text("gateway", &origin.gateway);
    out.text("model", &origin.model);
    out.text("base", &origin.base.text());
    out.text("region", &origin.region);
    out.put("endpoint", endpoint(&origin.endpoint));
    let poll = [origin.poll.first_ms, origin.poll.interval_ms, origin.poll.give_up_min];
    out.put("poll", Json::List(poll.iter().map(|number| Json::Number(i64::from(*number))).collect()));
    out.some_number("link_hours", origin.link_hours.map(u64::from));
    out.into()
}

fn read_origin(part: &Part<'_>) -> Read<Origin> {
    let poll = part.at("poll");
    let poll = match poll.list()?.as_slice() {
        [first, interval, give_up] => PollRule {
            first_ms: first.number()?,
            // A forged record must not make the page poll without a pause.
            interval_ms: interval.number::<u32>()?.max(100),
            give_up_min: give_up.number()?,
        },
        _ => return poll.fault(),
    };
    let base = part.at("base");
    let Ok(base) = BaseUrl::parse(&base.text()?) else { return base.fault() };
    Ok(Origin {
        gateway: part.at("gateway").text()?,
        model: part.at("model").text()?,
        endpoint: read_endpoint(&part.at("endpoint"))?,
        base,
        region: part.at("region").text()?,
        poll,
        link_hours: part.at("link_hours").some_number()?,
    })
}

fn endpoint(endpoint: &Endpoint) -> Json {
    let mut out = Out::default();
    out.text("dialect", endpoint.dialect.word());
    out.text("create", endpoint.create);
    out.text("query", endpoint.query);
    for (name, path) in [("cancel", endpoint.cancel), ("content", endpoint.content), ("list", endpoint.list)] {
        if let Some(path) = path {
            out.text(name, path);
        }
    }
    let pairs = |headers: Table<&str>| {
        let pairs: Vec<_> = headers.iter().map(|(name, value)| (name.to_owned(), (*value).to_owned())).collect();
        request::pairs(&pairs)
    };
    out.put("headers", pairs(endpoint.headers));
    if !endpoint.oss_headers.is_empty() {
        out.put("oss_headers", pairs(endpoint.oss_headers));
    }
    out.into()
}

fn read_endpoint(part: &Part<'_>) -> Read<Endpoint> {
    let table = |part: Part<'_>| -> Read<Table<&'static str>> {
        let pairs = request::read_pairs(&part)?;
        Ok(Table::of(pairs.iter().map(|(name, value)| (keep(name), keep(value))).collect()))
    };
    let path = |part: &Part<'_>, is_list: bool| -> Read<&'static str> {
        let path = part.text()?;
        // Only what a catalog may contain: it must not lead out of the gateway's own origin.
        if is_endpoint_path(&path, is_list) { Ok(keep(&path)) } else { part.fault() }
    };
    let some_path = |part: Part<'_>, is_list: bool| part.some().map(|part| path(&part, is_list)).transpose();
    Ok(Endpoint {
        dialect: Dialect::of_word(&part.at("dialect").text()?).map_or_else(|| part.at("dialect").fault(), Ok)?,
        create: path(&part.at("create"), false)?,
        query: path(&part.at("query"), false)?,
        cancel: some_path(part.at("cancel"), false)?,
        content: some_path(part.at("content"), false)?,
        list: some_path(part.at("list"), true)?,
        headers: table(part.at("headers"))?,
        // Missing in earlier records.
        oss_headers: table(part.at("oss_headers"))?,
    })
}

fn estimate(known: &Estimate) -> Json {
    let mut out = Out::default();
    out.word("basis", &BASES, &known.basis);
    out.text("currency", &known.currency);
    out.text("tier", &known.tier);
    out.put("tier_by_default", Json::Flag(known.tier_by_default));
    out.put("silent", Json::Flag(known.silent));
    out.put("per_second", Json::Number(known.per_second.micros()));
    out.some_number("output_ms", known.output_ms);
    out.number("input_up_to_ms", known.input_up_to_ms);
    for (name, amount) in [("total", known.total), ("at_most", known.at_most)] {
        if let Some(amount) = amount {
            out.put(name, Json::Number(amount.micros()));
        }
    }
    if let Some((seconds, days)) = known.free {
        out.number("free_seconds", u64::from(seconds));
        out.some_number("free_days", days.map(u64::from));
    }
    out.text("source", &known.source);
    out.into()
}

fn read_estimate(part: &Part<'_>) -> Read<Estimate> {
    let money = |part: Part<'_>| part.signed().map(Money::of_micros);
    let free = part.at("free_seconds").some_number()?;
    let days = part.at("free_days").some_number()?;
    Ok(Estimate {
        basis: part.at("basis").word(&BASES)?,
        currency: part.at("currency").text()?,
        tier: part.at("tier").text()?,
        tier_by_default: part.at("tier_by_default").flag()?,
        silent: part.at("silent").flag()?,
        per_second: money(part.at("per_second"))?,
        output_ms: part.at("output_ms").some_number()?,
        input_up_to_ms: part.at("input_up_to_ms").number()?,
        total: part.at("total").some().map(money).transpose()?,
        at_most: part.at("at_most").some().map(money).transpose()?,
        free: free.map(|seconds| (seconds, days)),
        source: part.at("source").text()?,
    })
}

fn state(state: &State) -> Json {
    let mut out = Out::default();
    out.text("is", super::Kind::of(state).name());
    match state {
        State::Sending | State::NotSent | State::ByHand | State::Canceled => {}
        State::Doubtful(Doubt::Network(net)) => out.word("net", &NET, net),
        State::Refused(known) | State::Doubtful(Doubt::Server(known)) => out.put("fault", fault(known)),
        State::Doubtful(Doubt::Unreadable(why)) => out.word("unreadable", &UNREADABLE, why),
        State::Waiting { stage, word } => {
            out.word("stage", &STAGES, stage);
            out.some_text("word", word);
        }
        State::Fetching { received, total, finished: done } => {
            out.number("received", *received);
            out.some_number("total", *total);
            out.put("finished", finished(done));
        }
        State::Done(done) => out.put("finished", finished(done)),
        State::Failed(known, word) => {
            out.put("fault", fault(known));
            out.some_text("word", word);
        }
        State::Lost(word) => out.some_text("word", word),
    }
    out.into()
}

fn read_state(part: &Part<'_>) -> Read<State> {
    use super::Kind;
    let word = || part.at("word").some_text();
    let fault = || read_fault(&part.at("fault"));
    let finished = || read_finished(&part.at("finished"));
    let Some(kind) = Kind::named(&part.at("is").text()?) else { return part.at("is").fault() };
    Ok(match kind {
        Kind::Sending => State::Sending,
        Kind::NotSent => State::NotSent,
        Kind::ByHand => State::ByHand,
        Kind::Canceled => State::Canceled,
        Kind::Refused => State::Refused(fault()?),
        Kind::Doubtful => State::Doubtful(match (part.at("net").some(), part.at("unreadable").some()) {
            (Some(net), _) => Doubt::Network(net.word(&NET)?),
            (None, Some(why)) => Doubt::Unreadable(why.word(&UNREADABLE)?),
            (None, None) => Doubt::Server(fault()?),
        }),
        Kind::Waiting => State::Waiting { stage: part.at("stage").word(&STAGES)?, word: word()? },
        Kind::Fetching => State::Fetching {
            received: part.at("received").number()?,
            total: part.at("total").some_number()?,
            finished: finished()?,
        },
        Kind::Done => State::Done(finished()?),
        Kind::Failed => State::Failed(fault()?, word()?),
        Kind::Lost => State::Lost(word()?),
    })
}

fn finished(done: &Finished) -> Json {
    let mut out = Out::default();
    match &done.video {
        VideoAt::Link { url, found_at } => {
            out.text("link", url);
            out.text("found_at", found_at);
        }
        VideoAt::Content => out.put("by_content", Json::Flag(true)),
        VideoAt::Nowhere => {}
    }
    let usage = &done.usage;
    for (name, length) in [("billed_ms", usage.billed_ms), ("output_ms", usage.output_ms), ("input_ms", usage.input_ms)]
    {
        out.some_number(name, length);
    }
    for (name, text) in [("tier", &usage.tier), ("size", &usage.size), ("rewritten", &done.actual_prompt)] {
        if let Some(text) = text {
            out.text(name, text);
        }
    }
    out.some_text("word", &done.word);
    out.number("at_ms", done.at_ms);
    out.into()
}

fn read_finished(part: &Part<'_>) -> Read<Finished> {
    let optional = |part: Part<'_>| part.some().map(|part| part.text()).transpose();
    let video = match part.at("link").some() {
        // A record may be forged: the same rule as for a gateway's response.
        Some(link) => match result_link(&link.text()?) {
            Some(url) => VideoAt::Link { url, found_at: part.at("found_at").some_text()? },
            None => return link.fault(),
        },
        None if part.at("by_content").flag()? => VideoAt::Content,
        None => VideoAt::Nowhere,
    };
    Ok(Finished {
        video,
        usage: Usage {
            billed_ms: part.at("billed_ms").some_number()?,
            output_ms: part.at("output_ms").some_number()?,
            input_ms: part.at("input_ms").some_number()?,
            tier: optional(part.at("tier"))?,
            size: optional(part.at("size"))?,
        },
        word: part.at("word").some_text()?,
        actual_prompt: optional(part.at("rewritten"))?,
        at_ms: part.at("at_ms").number()?,
    })
}

fn fault(fault: &Fault) -> Json {
    let mut out = Out::default();
    out.number("status", u64::from(fault.status));
    out.some_text("code", &fault.code);
    out.some_text("message", &fault.message);
    out.some_text("request_id", &fault.request_id);
    out.some_number("after_ms", fault.after_ms);
    out.into()
}

fn read_fault(part: &Part<'_>) -> Read<Fault> {
    Ok(Fault {
        status: part.at("status").number()?,
        code: part.at("code").some_text()?,
        message: part.at("message").some_text()?,
        request_id: part.at("request_id").some_text()?,
        after_ms: part.at("after_ms").some_number()?,
    })
}

fn cancel(wish: &Cancel) -> Json {
    match wish {
        Cancel::Asked => Json::Text("asked".to_owned()),
        Cancel::Taken => Json::Text("taken".to_owned()),
        Cancel::Refused(known) => fault(known),
    }
}

fn read_cancel(part: &Part<'_>) -> Read<Cancel> {
    match part.value().as_str() {
        Some("asked") => Ok(Cancel::Asked),
        Some("taken") => Ok(Cancel::Taken),
        Some(_) => part.fault(),
        None => read_fault(part).map(Cancel::Refused),
    }
}

/// An empty list means: a second task is possible, and nobody has checked.
fn read_twin(part: &Part<'_>) -> Read<Twin> {
    let ids: Vec<TaskId> = part.list()?.iter().map(|id| id.text().map(TaskId)).collect::<Read<_>>()?;
    Ok(if ids.is_empty() { Twin::Possible } else { Twin::Found(ids) })
}

fn exchange(exchange: &Exchange) -> Json {
    let mut out = Out::default();
    out.number("no", u64::from(exchange.no));
    out.word("call", &CALLS, &exchange.call);
    out.some_text("line", &exchange.line);
    out.some_text("sent", &exchange.sent);
    out.number("at_ms", exchange.at_ms);
    out.some_number("took_ms", exchange.took_ms);
    out.some_number("status", exchange.status.map(u64::from));
    out.some_text("received", &exchange.received);
    out.some_text("request_id", &exchange.request_id);
    if let Some(net) = &exchange.net {
        out.word("net", &NET, net);
    }
    out.into()
}

fn read_exchange(part: &Part<'_>) -> Read<Exchange> {
    Ok(Exchange {
        no: part.at("no").number()?,
        call: part.at("call").word(&CALLS)?,
        line: part.at("line").some_text()?,
        sent: part.at("sent").some_text()?,
        at_ms: part.at("at_ms").number()?,
        took_ms: part.at("took_ms").some_number()?,
        status: part.at("status").some_number()?,
        received: part.at("received").some_text()?,
        request_id: part.at("request_id").some_text()?,
        net: part.at("net").some().map(|part| part.word(&NET)).transpose()?,
    })
}
