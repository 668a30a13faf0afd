//! The course of an examination: where the call goes, which model is meant, then the body from its structure to its
//! values. Findings are fixed immediately, so that later steps see the corrected request.

use super::patient::Patient;
use super::{Correction, Effect, Examination, Fault, Finding, Part, diff, head, kinds, limits, link, members, model};
use crate::address::{BaseUrl, is_on_this_machine, origin_of};
use crate::catalog::{Catalog, Endpoint, Gateway};
use crate::http::lenient::Slip;
use crate::http::{Files, Json, Request};
use crate::import::Call;
use crate::protocol;
use crate::reading::{self, Contents, Purpose, Reading, region_of};
use crate::takeup::{endpoint, place};

/// Where a call goes, as far as its URL tells.
struct Way<'a> {
    gateway: &'a Gateway,
    base: BaseUrl,
    /// The endpoint whose path it is.
    endpoint: Option<&'a Endpoint>,
    /// Its destination is unknown: the gateway is guessed from the body, and only the body is judged.
    is_guess: bool,
}

pub fn examine(
    catalog: &Catalog,
    bases: &[(String, BaseUrl)],
    call: &Call,
    reading: &Reading,
    now_ms: u64,
) -> Examination {
    let mut seen = look(catalog, bases, call, reading, now_ms);
    if seen.correction.is_none() {
        // Correcting only the method is no help if the rest of the request cannot be determined.
        for finding in &mut seen.findings {
            finding.mended = false;
        }
    }
    seen
}

fn look(catalog: &Catalog, bases: &[(String, BaseUrl)], call: &Call, reading: &Reading, now_ms: u64) -> Examination {
    let mut findings = Vec::new();
    if let Some(better) = reading::encrypted(&call.url)
        && reading::owner(catalog, bases, &better).is_some()
    {
        let plain = call;
        let call = Call { url: better, ..call.clone() };
        let reading = reading::read(catalog, bases, &call);
        let finding = Finding { part: Part::Url, fault: Fault::PlainHttp, effect: Effect::Refused, mended: true };
        let mut seen = examine(catalog, bases, &call, &reading, now_ms);
        seen.findings.insert(0, finding);
        if seen.correction.is_none() {
            seen.correction = unchanged(catalog, &call, &reading, &seen.findings);
        }
        if let Some(correction) = &mut seen.correction {
            correction.diff = diff::lines(&before(plain, &reading), &after(&correction.request, false));
        }
        return seen;
    }
    let way = way(catalog, bases, call, reading, &mut findings);
    match (&reading.purpose, way) {
        (Purpose::Create, Some(way)) => create(catalog, call, reading, way, findings, now_ms),
        (Purpose::Unknown, way) if reading.body.value().is_some() => {
            let guessed = || {
                let wish = reading.wishes.first()?;
                let gateway = catalog.gateway(&wish.gateway)?;
                Some(Way { gateway, base: wish.base.clone(), endpoint: None, is_guess: true })
            };
            match way.or_else(guessed) {
                Some(way) => create(catalog, call, reading, way, findings, now_ms),
                None => Examination { findings, correction: None },
            }
        }
        (Purpose::Create | Purpose::Unknown, _) | (_, None) => Examination { findings, correction: None },
        (purpose, Some(way)) => ask(catalog, call, reading, purpose, &way, findings),
    }
}

fn way<'a>(
    catalog: &'a Catalog,
    bases: &[(String, BaseUrl)],
    call: &Call,
    reading: &Reading,
    findings: &mut Vec<Finding>,
) -> Option<Way<'a>> {
    if let Some(place) = &reading.place {
        let base = place.base.clone()?;
        let gateway = catalog.gateway(&place.gateway)?;
        findings.extend(undocumented(gateway, bases, &base));
        return Some(Way { gateway, base, endpoint: endpoint(catalog, place), is_guess: false });
    }
    if call.url.is_empty() {
        return None;
    }
    if let Some((gateway, base)) = reading::owner(catalog, bases, &call.url) {
        return Some(Way { gateway, base, endpoint: None, is_guess: false });
    }
    let (fault, effect) = if call.url.contains("{WorkspaceId}") || call.url.contains("%7BWorkspaceId%7D") {
        (Fault::Placeholder, Effect::Refused)
    } else {
        (Fault::ForeignHost, Effect::Noted)
    };
    findings.push(Finding { part: Part::Url, fault, effect, mended: false });
    None
}

/// A host that neither the catalog nor the user has named: a custom gateway, or a lookalike name.
fn undocumented(gateway: &Gateway, bases: &[(String, BaseUrl)], base: &BaseUrl) -> Option<Finding> {
    let origin = base.origin();
    let is_known = reading::is_listed(gateway, origin)
        || bases.iter().any(|(_, known)| known.origin() == origin)
        || is_on_this_machine(origin);
    let should = gateway.bases.first().and_then(|first| origin_of(first.url));
    let should = should.filter(|_| !is_known)?;
    let fault = Fault::UndocumentedHost { should };
    Some(Finding { part: Part::Url, fault, effect: Effect::Noted, mended: false })
}

/// A call that queries a task, cancels it, downloads its video or lists tasks.
fn ask(
    catalog: &Catalog,
    call: &Call,
    reading: &Reading,
    purpose: &Purpose,
    way: &Way<'_>,
    mut findings: Vec<Finding>,
) -> Examination {
    let Some(endpoint) = way.endpoint else { return Examination { findings, correction: None } };
    let request = match purpose {
        Purpose::Query(id) => Some(protocol::query(endpoint, &way.base, id)),
        Purpose::Cancel(id) => protocol::cancel(endpoint, &way.base, id),
        Purpose::Content(id) => protocol::content(endpoint, &way.base, id),
        Purpose::List | Purpose::Create | Purpose::Unknown => None,
    };
    if let Some(request) = &request {
        head::method(call, request.method.name(), &mut findings);
        head::idle_headers(call, endpoint, &mut findings);
    }
    let region = region_of(way.gateway, &way.base);
    head::key(catalog, way.gateway, region, &reading.proof, &mut findings);
    let mended = findings.iter().any(|finding| finding.mended);
    let correction = request.filter(|_| mended).map(|request| correction(call, reading, request, &findings));
    Examination { findings, correction }
}

/// A call that creates a task.
fn create(
    catalog: &Catalog,
    call: &Call,
    reading: &Reading,
    way: Way<'_>,
    mut findings: Vec<Finding>,
    now_ms: u64,
) -> Examination {
    let is_bare = call.url.is_empty();
    head::method(call, "POST", &mut findings);
    let region = region_of(way.gateway, &way.base).to_owned();
    if !way.is_guess {
        head::key(catalog, way.gateway, &region, &reading.proof, &mut findings);
    }
    let Some(body) = contents(reading, &mut findings) else { return Examination { findings, correction: None } };
    if reading::size(&body) > reading::MOST_MEMBERS {
        let part = Part::Body(String::new());
        findings.push(Finding { part, fault: Fault::UnknownMember, effect: Effect::Refused, mended: false });
        return Examination { findings, correction: None };
    }
    let Some((model, body)) = model::meant(catalog, reading, way.gateway, way.endpoint, body, &mut findings) else {
        return Examination { findings, correction: None };
    };
    let Some(endpoint) = way.gateway.endpoint(model) else { return Examination { findings, correction: None } };
    if !way.is_guess {
        path(call, &way, endpoint, &mut findings);
    }
    if !way.is_guess && !model.is_offered_in(&region) {
        let base = way.gateway.bases.iter().find(|base| model.regions.contains(&base.region));
        let should = base.map(|base| base.url).unwrap_or_default().to_owned();
        findings.push(Finding {
            part: Part::Url,
            fault: Fault::NotInRegion { should },
            effect: Effect::Refused,
            mended: false,
        });
    }
    let mut patient = Patient {
        catalog,
        gateway: way.gateway,
        model,
        endpoint,
        base: way.base.clone(),
        region,
        body,
        findings,
        patience: 100,
    };
    members::examine(&mut patient);
    kinds::examine(&mut patient);
    link::examine(&mut patient, now_ms);
    limits::examine(&mut patient);
    let headers = head::headers(call, endpoint, &patient.body, &mut patient.findings);
    let request = protocol::create_with(endpoint, &patient.base, headers, patient.body);
    let mut findings = patient.findings;
    findings.sort_by_key(|finding| match &finding.part {
        Part::Method => 0,
        Part::Url => 1,
        Part::Header(_) => 2,
        Part::Key => 3,
        Part::Text(_) | Part::Body(_) => 4,
    });
    if way.is_guess && !is_bare {
        // Nobody knows where it should go, so there is no corrected request.
        return Examination { findings, correction: None };
    }
    let mended = findings.iter().any(|finding| finding.mended);
    let correction = mended.then(|| correction(call, reading, request, &findings));
    Examination { findings, correction }
}

/// The body as a value, and the syntax errors in its text.
fn contents(reading: &Reading, findings: &mut Vec<Finding>) -> Option<Json> {
    let whole = || Part::Body(String::new());
    let mut add = |part, fault, effect, mended| findings.push(Finding { part, fault, effect, mended });
    let body = match &reading.body {
        Contents::None => {
            add(whole(), Fault::NoBody, Effect::Refused, false);
            return None;
        }
        Contents::Elsewhere(name) => {
            add(whole(), Fault::BodyElsewhere { name: name.clone() }, Effect::Noted, false);
            return None;
        }
        Contents::Broken(spot) => {
            add(Part::Text(*spot), Fault::NotJson, Effect::Refused, false);
            return None;
        }
        Contents::Form(value) => {
            add(whole(), Fault::Form, Effect::Refused, true);
            value.clone()
        }
        Contents::Json(parsed) => {
            let mut told: Vec<Slip> = Vec::new();
            for (slip, spot) in &parsed.slips {
                if !told.contains(slip) {
                    told.push(*slip);
                    // What a placeholder stands for is not known.
                    add(Part::Text(*spot), Fault::Slip(*slip), Effect::Refused, *slip != Slip::Placeholder);
                }
            }
            let mut value = parsed.value.clone();
            for path in &parsed.twice {
                add(Part::Body(path.clone()), Fault::Twice, Effect::Astray, true);
            }
            once(&mut value);
            value
        }
    };
    if !matches!(body, Json::Object(_)) {
        add(whole(), Fault::NoObject, Effect::Refused, false);
        return None;
    }
    Some(body)
}

/// Of duplicate properties, keeps the last, as parsers do.
fn once(value: &mut Json) {
    match value {
        Json::List(list) => list.iter_mut().for_each(once),
        Json::Object(members) => {
            let mut index = 0;
            while index < members.len() {
                let (name, _) = &members[index];
                let later = members.len() < 200 && members[index + 1..].iter().any(|(other, _)| other == name);
                if later {
                    members.remove(index);
                } else {
                    once(&mut members[index].1);
                    index += 1;
                }
            }
        }
        _ => {}
    }
}

fn path(call: &Call, way: &Way<'_>, endpoint: &Endpoint, findings: &mut Vec<Finding>) {
    if call.url.is_empty() || place::asked(&call.url, endpoint.create).is_some_and(|(base, _)| base == way.base) {
        return;
    }
    let should = endpoint.create.to_owned();
    let creates = |known: &Endpoint| place::asked(&call.url, known.create).is_some();
    let fault = match way.endpoint {
        Some(known) if creates(known) => Fault::PathOfAnother { should },
        Some(_) => Fault::CreateAtQuery { should },
        None if is_query(call, way.gateway) => Fault::CreateAtQuery { should },
        None => Fault::NoSuchPath { should },
    };
    findings.push(Finding { part: Part::Url, fault, effect: Effect::Refused, mended: true });
}

/// A query path without the ID that belongs at its end.
fn is_query(call: &Call, gateway: &Gateway) -> bool {
    let bare = call.url.split(['?', '#']).next().unwrap_or_default().trim_end_matches('/');
    let ends = |endpoint: &Endpoint| {
        let path = endpoint.query.split("{task_id}").next().unwrap_or_default().trim_end_matches('/');
        bare.ends_with(path)
    };
    gateway.endpoints.values().any(ends)
}

fn correction(call: &Call, reading: &Reading, request: Request, findings: &[Finding]) -> Correction {
    let complete = findings.iter().all(|finding| finding.mended || finding.effect != Effect::Refused);
    let diff = diff::lines(&before(call, reading), &after(&request, call.url.is_empty()));
    Correction { request, complete, diff }
}

/// The call itself, if only its URL changes.
fn unchanged(catalog: &Catalog, call: &Call, reading: &Reading, findings: &[Finding]) -> Option<Correction> {
    let place = reading.place.as_ref()?;
    let (endpoint, base) = (endpoint(catalog, place)?, place.base.as_ref()?);
    let body = reading.body.value().filter(|_| reading.purpose == Purpose::Create)?.clone();
    let request = protocol::create_with(endpoint, base, call.headers.clone(), body);
    Some(correction(call, reading, request, findings))
}

fn before(call: &Call, reading: &Reading) -> String {
    let body = match (&reading.body, &call.body) {
        (Contents::Json(parsed), _) if parsed.slips.is_empty() => parsed.value.print(Files::Marked),
        (_, Some(crate::import::Body::Text(text))) => text.clone(),
        (Contents::Form(value), _) => value.print(Files::Marked),
        _ => String::new(),
    };
    written(&call.method, &call.url, &call.headers, &body)
}

fn after(request: &Request, body_only: bool) -> String {
    let body = request.body.as_ref().map(|body| body.print(Files::Marked)).unwrap_or_default();
    if body_only {
        return written("", "", &[], &body);
    }
    written(request.method.name(), &request.url, &request.headers, &body)
}

fn written(method: &str, url: &str, headers: &[(String, String)], body: &str) -> String {
    let mut out = String::new();
    if !url.is_empty() {
        out.push_str(&[method, " ", url, "\n"].concat());
    }
    for (name, value) in headers {
        out.push_str(&[name, ": ", value, "\n"].concat());
    }
    if !body.is_empty() {
        out.push_str(&["\n", body, "\n"].concat());
    }
    out
}
