//! Somebody else's create call, sent to the byte as it was pasted: method, path, body, and the headers that decide what a
//! gateway makes of it. A corrected request shows what should have been sent; this one shows what came of it.

use super::Generation;
use crate::address::{BaseUrl, origin_of};
use crate::catalog::{Catalog, Endpoint, Gateway, Model};
use crate::checked::check;
use crate::draft::Draft;
use crate::http::Method;
use crate::import::{Body, Call, RemarkKind};
use crate::key::ApiKey;
use crate::key::mark::MARK;
use crate::price::{Estimate, estimate};
use crate::protocol;
use crate::reading::{self, Purpose, Reading, Wish};
use crate::redact::redact;
use crate::route;

/// A create call of a known gateway with an exact body. It can only be made from a pasted call, and becomes a
/// [`Generation`] at a base of that gateway.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exact {
    gateway: String,
    endpoint: Endpoint,
    model: String,
    base: Option<BaseUrl>,
    tail: String,
    headers: Vec<(String, String)>,
    left_out: Vec<String>,
    body: String,
    same: Same,
    wish: Option<Wish>,
}

/// What of the body is the same as in the original.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Same {
    /// Every byte.
    Bytes,
    /// Every value; the program's library may write spaces and escapes in another way.
    Values,
}

/// Why a pasted call cannot be sent exactly.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotExact {
    /// It does not create a task at a known gateway, or does not say where.
    NoCreateCall,
    /// A create call with this method cannot be sent by a page.
    Method(String),
    /// It has no body.
    NoBody,
    /// Its body, or part of it, is in a file that is not here.
    File,
    /// Its body is a multipart form.
    Form,
    /// Its address, headers or body hold a key, which was taken out.
    Key,
    /// A shell or program fills something in that the text does not show.
    Filled,
    /// Some letters in it are broken: what was sent in their place is not known.
    Broken,
    /// It may be for one shell or for another one, which would send something else.
    EitherShell,
    /// It was read as it was meant, and would have been sent otherwise.
    Repaired,
}

/// Where a call comes from.
#[derive(Debug, Clone, Copy)]
pub struct Pasted<'a> {
    /// The call.
    pub call: &'a Call,
    /// What it means.
    pub reading: &'a Reading,
    /// It is meant to create a task, whatever its path.
    pub creates: bool,
    /// Something in it is only known to the program that would make it.
    pub is_open: bool,
    /// What of its body is the same.
    pub same: Same,
    /// The remarks about it.
    pub remarks: &'a [RemarkKind],
}

impl Exact {
    /// The call as it was pasted. `bases` are the URLs in use in addition to those of the catalog, by gateway ID.
    ///
    /// # Errors
    /// Why it cannot be sent exactly.
    pub fn of(catalog: &Catalog, bases: &[(String, BaseUrl)], pasted: Pasted<'_>) -> Result<Self, NotExact> {
        let Pasted { call, reading, creates, is_open, same, remarks } = pasted;
        let call = &*reading::direct(catalog, call);
        let wish = reading.wishes.first();
        let (gateway, endpoint) = place(catalog, bases, call, reading, creates).ok_or(NotExact::NoCreateCall)?;
        if call.method != Method::Post.name() {
            return Err(NotExact::Method(call.method.clone()));
        }
        let body = match &call.body {
            None => return Err(NotExact::NoBody),
            Some(Body::File(_)) => return Err(NotExact::File),
            Some(Body::Form(_)) => return Err(NotExact::Form),
            Some(Body::Text(text)) => text.clone(),
        };
        if let Some(why) = remarks.iter().find_map(|kind| fault(*kind)) {
            return Err(why);
        }
        if is_open {
            return Err(NotExact::Filled);
        }
        // A printed request names a local file, and its bytes are not here.
        if wish.is_some_and(|wish| wish.draft.filled_fields().any(|(_, value)| value.lacks_file())) {
            return Err(NotExact::File);
        }
        let (base, tail) = parts(gateway, bases, &call.url).ok_or(NotExact::NoCreateCall)?;
        let (headers, others): (Vec<_>, Vec<_>) = call.headers.iter().cloned().partition(|(name, _)| counts(name));
        whole(headers.iter().map(|(_, value)| value).chain([&tail, &body]))?;
        let named = reading.body.value().and_then(protocol::model_of).unwrap_or_default();
        let is_called = |model: &&Model| model.wire_name() == named && gateway.endpoint(model) == Some(endpoint);
        let model = gateway.models.iter().find(is_called).map_or(named, |model| model.id);
        Ok(Self {
            gateway: gateway.id.to_owned(),
            endpoint: *endpoint,
            model: model.to_owned(),
            base,
            tail,
            headers,
            left_out: others.into_iter().map(|(name, _)| name).collect(),
            body,
            same,
            wish: wish.filter(|wish| wish.gateway == gateway.id).cloned(),
        })
    }

    /// The gateway's ID.
    pub fn gateway(&self) -> &str {
        &self.gateway
    }

    /// The endpoint whose tasks it creates.
    pub fn endpoint(&self) -> &Endpoint {
        &self.endpoint
    }

    /// The model: its ID where the catalog has it, otherwise the name in the body, which may be missing.
    pub fn model(&self) -> &str {
        &self.model
    }

    /// The base it was sent to, if that is known to be the gateway's.
    pub fn base(&self) -> Option<&BaseUrl> {
        self.base.as_ref()
    }

    /// The headers that are sent besides the authorization.
    pub fn headers(&self) -> &[(String, String)] {
        &self.headers
    }

    /// The names of the headers that are not sent: a page cannot set them, or they decide nothing.
    pub fn left_out(&self) -> &[String] {
        &self.left_out
    }

    /// The body.
    pub fn body(&self) -> &str {
        &self.body
    }

    /// What of the body is the same as in the original.
    pub fn same(&self) -> Same {
        self.same
    }

    /// What the form would hold of it: for lists, which show the prompt.
    pub fn draft(&self) -> Draft {
        let Some(wish) = &self.wish else { return Draft::default() };
        let mut draft = wish.draft.clone();
        draft.keep_extra(wish.unknown.clone());
        draft
    }

    /// The names of the headers that a relay would not pass on.
    pub fn not_relayed(&self) -> Vec<&str> {
        self.headers.iter().map(|(name, _)| name.as_str()).filter(|name| !route::passes(name)).collect()
    }

    /// The request as HTTP writes it, for people: what arrives at a base of the gateway, directly or through a relay,
    /// without the authorization.
    pub fn written(&self, base: &BaseUrl, is_relayed: bool) -> String {
        let mut out = [Method::Post.name(), " ", &base.join(&self.tail), "\n"].concat();
        for (name, value) in self.headers.iter().filter(|(name, _)| !is_relayed || route::passes(name)) {
            out.push_str(&[name, ": ", value, "\n"].concat());
        }
        [&out, "\n", &self.body].concat()
    }

    /// What it costs at a base in this price region, if the body says enough.
    pub fn estimate(&self, catalog: &Catalog, base: &BaseUrl, region: &str) -> Option<Estimate> {
        let wish = self.wish.as_ref().filter(|wish| wish.named)?;
        let (gateway, model) = wish.find(catalog).filter(|(_, model)| model.id == self.model)?;
        estimate(&check(&wish.draft, gateway, model, base, region)).ok()
    }

    /// What may be sent to a base of the gateway. `keys` are those of this visit.
    ///
    /// # Errors
    /// [`NotExact::Key`] if one of them is in it.
    pub fn generation(
        &self,
        catalog: &Catalog,
        base: &BaseUrl,
        region: &str,
        keys: &[ApiKey],
    ) -> Result<Generation, NotExact> {
        let texts = self.headers.iter().map(|(_, value)| value).chain([&self.tail, &self.body]);
        if texts.into_iter().any(|text| redact(keys, text) != *text) {
            return Err(NotExact::Key);
        }
        let request = protocol::create_exactly(base, &self.tail, &self.headers, &self.body);
        Ok(Generation { request, estimate: self.estimate(catalog, base, region) })
    }
}

/// Whether texts are as they were written: what was a key has a mark, what was no text a letter that stands for it.
fn whole<'a>(texts: impl Iterator<Item = &'a String> + Clone) -> Result<(), NotExact> {
    let has = |mark: &str| texts.clone().any(|text| text.contains(mark));
    if has(MARK) {
        return Err(NotExact::Key);
    }
    if has("\u{fffd}") { Err(NotExact::Broken) } else { Ok(()) }
}

/// The gateway, and the endpoint whose tasks a call creates.
fn place<'a>(
    catalog: &'a Catalog,
    bases: &[(String, BaseUrl)],
    call: &Call,
    reading: &Reading,
    creates: bool,
) -> Option<(&'a Gateway, &'a Endpoint)> {
    if let Some(place) = reading.place.as_ref().filter(|_| reading.purpose == Purpose::Create) {
        let gateway = catalog.gateway(&place.gateway)?;
        return Some((gateway, gateway.endpoints.get(&place.endpoint)?));
    }
    // A path that no document has: the gateway says so itself.
    let (gateway, _) = reading::owner(catalog, bases, &call.url).filter(|_| creates)?;
    let meant = reading.wishes.first().filter(|wish| wish.gateway == gateway.id);
    let model = meant.and_then(|wish| gateway.model(&wish.model)).or(gateway.models.get(gateway.opens_with()))?;
    Some((gateway, gateway.endpoint(model)?))
}

/// The base of a URL, if it is known to be the gateway's, and what follows it. A fragment is never sent.
fn parts(gateway: &Gateway, bases: &[(String, BaseUrl)], url: &str) -> Option<(Option<BaseUrl>, String)> {
    let url = url.split('#').next()?;
    let origin = origin_of(url)?;
    let start = url.find("://")? + 3;
    let path = &url[url[start..].find(['/', '?']).map_or(url.len(), |at| at + start)..];
    let listed = gateway.bases.iter().filter_map(|base| BaseUrl::parse(base.url).ok());
    let used = bases.iter().filter(|(id, _)| id == gateway.id).map(|(_, base)| base.clone());
    let fits = |base: BaseUrl| {
        let own = base.join("").strip_prefix(base.origin())?.to_owned();
        let tail = path.strip_prefix(&*own)?;
        (base.origin() == origin && (tail.is_empty() || tail.starts_with(['/', '?']))).then_some((own.len(), base))
    };
    // The longest: a base may lie below another.
    let known = used.chain(listed).filter_map(fits).max_by_key(|(length, _)| *length);
    let in_pattern = || reading::is_listed(gateway, url).then(|| BaseUrl::parse(&origin).ok()).flatten();
    Some(match known {
        Some((length, base)) => (Some(base), path[length..].to_owned()),
        None => (in_pattern(), path.to_owned()),
    })
}

/// Whether a header decides what a gateway makes of the request. A page cannot set the others, or a gateway allows a
/// page no others, and the call would fail before it left.
fn counts(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    matches!(&*lower, "content-type" | "accept") || lower.starts_with("x-dashscope-")
}

/// What a remark says against sending a call exactly.
fn fault(kind: RemarkKind) -> Option<NotExact> {
    use RemarkKind as Kind;
    Some(match kind {
        Kind::KeyTaken => NotExact::Key,
        Kind::Substitution => NotExact::Filled,
        Kind::FileRead => NotExact::File,
        Kind::EitherShell => NotExact::EitherShell,
        Kind::UnbalancedQuote
        | Kind::Apostrophe
        | Kind::MissingValue
        | Kind::UnknownOption
        | Kind::AmbiguousOption
        | Kind::JoinedValue
        | Kind::SingleQuotes
        | Kind::SmartQuotes
        | Kind::SmartDashes
        | Kind::WideSpaces
        | Kind::BlankAfterContinuation
        | Kind::LostContinuation
        | Kind::DoubledContinuation
        | Kind::LostBreaks
        | Kind::Entities
        | Kind::BareBody
        | Kind::Printed
        | Kind::PrintedPercent
        | Kind::ControlCharacters
        | Kind::CutAddress
        | Kind::OddMethod
        | Kind::DoubledBackslashes
        | Kind::QuotedCarets
        | Kind::HalfLetter
        | Kind::TooDeep
        | Kind::FormDetail
        | Kind::TooLong => NotExact::Repaired,
        Kind::NoEffect
        | Kind::Security
        | Kind::Output
        | Kind::Next
        | Kind::FurtherCommand
        | Kind::NoAddress
        | Kind::TooMany
        | Kind::QuotedVariable
        | Kind::PromptsRemoved
        | Kind::LineNumbersRemoved
        | Kind::Surroundings
        | Kind::BidiMarks
        | Kind::BadHeader
        | Kind::HeaderRemoved
        | Kind::ImpliedType
        | Kind::BasicLogin
        | Kind::Cookies
        | Kind::BrokenJson
        | Kind::Html
        | Kind::Unrecognized => return None,
    })
}
