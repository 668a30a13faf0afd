//! An answer as it is pasted: its state, what it says about the video and its bill, and its error with what to do, are
//! read from the answer itself.

use super::bill::Cost;
use super::scene::Scene;
use crate::address::origin_of;
use crate::catalog::Dialect;
use crate::complaint::{self, Complaint};
use crate::expiry::signed_until_ms;
use crate::failure::{self, Remedy};
use crate::http::{Files, Json};
use crate::protocol::loose::{self, Loose, Made};
use crate::protocol::{self, Fault, TaskId};
use crate::takeup::{Place, place};
use crate::verdict::Advice;

pub use crate::protocol::loose::State;

/// What an answer says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The task it is about.
    pub id: Option<TaskId>,
    /// The model that it names; empty if it names none.
    pub model: String,
    /// The state of that task.
    pub state: State,
    /// The gateway's own word for it.
    pub word: String,
    /// The error, if it reports one.
    pub fault: Option<Fault>,
    /// What to do about that.
    pub remedy: Option<Remedy>,
    /// The members of the request that the message names.
    pub complaints: Vec<Complaint>,
    /// The video.
    pub link: Option<Link>,
    /// What was made.
    pub made: Made,
    /// Whether it is billed.
    pub billing: Billing,
    /// What to do now. Nothing is said of a task that goes on, or of one that is done and can be fetched.
    pub advice: Option<Advice>,
    /// What it cost by the catalog; `None` where nothing is finished.
    pub cost: Option<Cost>,
    /// Milliseconds from its submission to its end.
    pub took_ms: Option<u64>,
    /// The request id, for support. It is no task id.
    pub request_id: String,
    /// Where the answer lay in what was pasted; empty if it was the whole.
    pub lay_at: String,
    /// Where such a task may have been created.
    pub places: Vec<Place>,
    /// What is odd about it.
    pub remarks: Vec<Remark>,
    /// The answer itself, printed.
    pub body: String,
    /// The same without what was wrapped around it.
    pub proper: String,
}

/// Whether it is billed, as far as the answer proves it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Billing {
    /// A call that creates a task was refused: nothing was made.
    Refused,
    /// The task failed. Alibaba's pages say that failed tasks are free; resellers do not say.
    FailedFree,
    /// The task failed, and this gateway does not say whether failed tasks are free.
    FailedUnsaid,
    /// It is finished, and billed.
    Billed,
    /// A task may exist, and may be billed.
    MayBe,
    /// Nothing can be said.
    Unsaid,
}

/// The link to a video.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The link, made safe. It is opened by a press only.
    pub url: String,
    /// Its host.
    pub host: String,
    /// Its path in what was pasted.
    pub found_at: String,
    /// When it ends, in milliseconds since 1970.
    pub ends_ms: Option<u64>,
    /// The link says so itself; otherwise it is Alibaba's rule of 24 hours.
    pub is_signed: bool,
}

/// What is odd about an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Remark {
    /// It is finished, but there is no link to the video in it.
    NoLink,
    /// A state, but no id: nothing can be followed.
    NoId,
    /// A template from a document: `xxx` stands where a code is due.
    Template,
    /// The video lies at a host that is none of Alibaba's.
    ForeignHost,
    /// It names no Wan result: another vendor's size or host.
    NotWan,
}

/// How long Alibaba keeps a result.
const KEPT_MS: u64 = 24 * 3_600_000;

/// Reads an answer. `status` is that of a header block before it.
pub fn read(scene: Scene<'_>, value: &Json, status: Option<u16>) -> Option<Answer> {
    let found = loose::read(value, status)?;
    let remedy = found.fault.as_ref().map(|fault| failure::remedy(fault, failure::Scene::default()));
    let complaints = found.fault.as_ref().map(|fault| named(&fault.message)).unwrap_or_default();
    let link = found.link.as_ref().and_then(|(url, at)| link(url, at, found.times.1));
    let places = places(scene, &found, link.as_ref());
    let billing = billing(&found, &places);
    let remarks = remarks(scene, &found, link.as_ref(), &places);
    let took_ms = found.times.0.zip(found.times.1).and_then(|(from, until)| until.checked_sub(from));
    Some(Answer {
        id: found.id,
        model: named_model(scene, &places, &found.proper),
        state: found.state,
        word: found.word,
        fault: found.fault,
        remedy,
        complaints,
        link,
        made: found.made,
        billing,
        advice: None,
        cost: None,
        took_ms,
        request_id: found.request_id,
        lay_at: found.lay_at,
        places,
        remarks,
        body: value.print(Files::Whole),
        proper: found.proper,
    })
}

/// The model that an answer names, as one of the places would read it.
fn named_model(scene: Scene<'_>, places: &[Place], proper: &str) -> String {
    let endpoints = places.iter().filter_map(|place| crate::takeup::endpoint(scene.catalog, place));
    let mut dialects: Vec<Dialect> = endpoints.map(|endpoint| endpoint.dialect).collect();
    dialects.dedup();
    let names = dialects.into_iter().map(|dialect| protocol::named_model(dialect, proper));
    names.into_iter().find(|name| !name.is_empty()).unwrap_or_default()
}

/// The same for a list of tasks: an answer for each.
pub fn read_all(scene: Scene<'_>, value: &Json, status: Option<u16>) -> Vec<Answer> {
    let parts = loose::parts(value);
    if parts.is_empty() {
        return read(scene, value, status).into_iter().collect();
    }
    parts.into_iter().filter_map(|part| read(scene, part, status)).collect()
}

fn remarks(scene: Scene<'_>, found: &Loose, link: Option<&Link>, places: &[Place]) -> Vec<Remark> {
    let mut remarks = Vec::new();
    if found.state == State::Succeeded && link.is_none() && !is_content(scene, places) {
        remarks.push(Remark::NoLink);
    }
    if found.id.is_none() && matches!(found.state, State::Queued | State::Running) {
        remarks.push(Remark::NoId);
    }
    let is_open = |fault: &Fault| is_template(&fault.code) || is_template(&fault.message);
    if found.fault.as_ref().is_some_and(is_open) {
        remarks.push(Remark::Template);
    }
    if let Some(link) = link.filter(|link| !is_alibabas(&link.host)) {
        remarks.push(Remark::ForeignHost);
        if link.host.contains("vidu") || link.host.contains("kling") {
            remarks.push(Remark::NotWan);
        }
    }
    remarks
}

/// Complaints that name a member or legal values.
fn named(message: &str) -> Vec<Complaint> {
    let says = |complaint: &Complaint| {
        !complaint.path.is_empty() || !complaint.name.is_empty() || complaint.legal != complaint::Legal::Unsaid
    };
    complaint::read(message).into_iter().filter(says).collect()
}

fn link(url: &str, found_at: &str, until_ms: Option<u64>) -> Option<Link> {
    let host = origin_of(url)?.split_once("://")?.1.to_owned();
    let signed = signed_until_ms(url);
    // Alibaba's rule holds at Alibaba's hosts only.
    let by_rule = until_ms.filter(|_| is_alibabas(&host)).map(|until| until + KEPT_MS);
    let (url, found_at) = (url.to_owned(), found_at.to_owned());
    Some(Link { url, host, found_at, ends_ms: signed.or(by_rule), is_signed: signed.is_some() })
}

fn is_alibabas(host: &str) -> bool {
    host.ends_with(".aliyuncs.com") || host.ends_with(".alicdn.com")
}

fn places(scene: Scene<'_>, found: &Loose, link: Option<&Link>) -> Vec<Place> {
    let owner = found.asked.as_ref().and_then(|url| crate::reading::owner(scene.catalog, scene.bases, url));
    if let Some((gateway, base)) = owner {
        let all = place::all(scene.catalog, |_| true);
        let there = all.into_iter().filter(|place| place.gateway == gateway.id);
        return there.map(|place| Place { base: Some(base.clone()), ..place }).collect();
    }
    let mut places = place::all(scene.catalog, |endpoint| protocol::is_about_task(endpoint.dialect, &found.proper));
    if places.is_empty()
        && let Some(id) = &found.id
    {
        places = place::all(scene.catalog, |endpoint| protocol::could_be_id(endpoint.dialect, &id.0));
    }
    // The names of Alibaba's buckets are its own; a reseller may pass them on, so others stay possible.
    if link.is_some_and(|link| link.host.starts_with("dashscope-result-")) {
        places.sort_by_key(|place| place.gateway != "dashscope");
    }
    places
}

/// Whether a finished task's video is fetched by a call of its own where it may have been created.
fn is_content(scene: Scene<'_>, places: &[Place]) -> bool {
    let has = |place: &Place| {
        crate::takeup::endpoint(scene.catalog, place).is_some_and(|endpoint| endpoint.content.is_some())
    };
    !places.is_empty() && places.iter().all(has)
}

fn billing(found: &Loose, places: &[Place]) -> Billing {
    match found.state {
        State::Succeeded => Billing::Billed,
        State::Failed if places.iter().any(|place| place.gateway == "dashscope") => Billing::FailedFree,
        State::Failed => Billing::FailedUnsaid,
        State::Queued | State::Running => Billing::MayBe,
        State::Refused if found.proves_refusal => Billing::Refused,
        State::Canceled | State::Lost | State::Refused | State::Unsaid => Billing::Unsaid,
    }
}

/// `xxx`, as documents write what they leave open.
fn is_template(word: &str) -> bool {
    word.len() >= 3 && word.bytes().all(|byte| byte == b'x' || byte == b'X')
}
