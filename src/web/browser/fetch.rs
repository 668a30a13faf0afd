//! One request to its answer. The key is added here, for its own origin only. The answer is handed on as it came: a task
//! may be named by what looks like a key, so [`clean`](crate::task::Task::clean) masks where the record is made.

mod once;

use crate::http::{Request, Response};
use crate::key::ApiKey;
use crate::route::Relayed;
use crate::task::NetFault;
use js_sys::{Array, Reflect, Uint8Array};
use once::OnceBody;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortController, Blob, BlobPropertyBag, Headers, ReadableStreamDefaultReader, ReferrerPolicy, RequestCache,
    RequestCredentials, RequestInit, RequestRedirect,
};

/// Longest answer read as text. The gateways' own are below 100 kB.
const TEXT_LIMIT: u64 = 2 << 20;
/// Longest video taken into memory.
const VIDEO_LIMIT: u64 = 1 << 30;

/// What came.
pub enum Arrival {
    /// An answer as text.
    Text(Response),
    /// A video: a link to it in memory, and its bytes.
    Video(String, u64),
}

/// Told how many bytes came, of how many.
pub type Progress = Box<dyn Fn(u64, Option<u64>)>;

/// How an answer is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expect {
    /// As text.
    Text,
    /// As bytes if the call succeeds, as text otherwise.
    Video,
}

/// What came of a create call.
pub struct Created {
    /// The answer, or why there is none.
    pub answer: Result<Response, NetFault>,
    /// The browser may have sent it twice, without a word: it kept a body that it could send again.
    pub may_be_twice: bool,
}

/// How a call leaves.
struct Outgoing<'a> {
    request: &'a Request,
    key: Option<&'a ApiKey>,
    relayed: Option<&'a Relayed>,
    /// The name by which a relay takes a create call once.
    name: Option<&'a str>,
    /// The body, where it can be sent once only; otherwise as text.
    once: Option<&'a OnceBody>,
}

/// Sends a request, straight or by the relay. Nothing is retried here.
pub async fn send(
    request: &Request,
    key: Option<&ApiKey>,
    relayed: Option<&Relayed>,
    timeout_ms: u64,
    expect: Expect,
    progress: Progress,
) -> Result<Arrival, NetFault> {
    within(Outgoing { request, key, relayed, name: None, once: None }, timeout_ms, expect, progress).await
}

/// Sends a create call, which costs money: by a relay under a name that it takes once, straight with a body that the
/// browser can send once. Where the connection does not take such a body nothing has left, and it goes as text: then
/// the browser may repeat it, and the answer says so.
pub async fn create(
    request: &Request,
    key: Option<&ApiKey>,
    relayed: Option<&Relayed>,
    name: &str,
    timeout_ms: u64,
) -> Created {
    let body = request.body_text().filter(|_| relayed.is_none() && request.url.starts_with("https://"));
    let once = body.and_then(|body| OnceBody::of(&body));
    let mut left_ms = timeout_ms;
    if let Some(once) = &once {
        let started_ms = crate::web::browser::now_ms();
        let outgoing = Outgoing { request, key, relayed, name: None, once: Some(once) };
        let answer = as_text(within(outgoing, timeout_ms, Expect::Text, Box::new(|_, _| ())).await);
        // A gateway that wants to know the length before it reads has taken nothing either.
        let was_refused = match &answer {
            Ok(answer) => answer.status == 411,
            Err(fault) => *fault == NetFault::NoAnswer && !once.was_taken(),
        };
        if !was_refused {
            return Created { answer, may_be_twice: false };
        }
        left_ms = timeout_ms.saturating_sub(crate::web::browser::now_ms().saturating_sub(started_ms));
    }
    let outgoing = Outgoing { request, key, relayed, name: Some(name), once: None };
    let answer = as_text(within(outgoing, left_ms, Expect::Text, Box::new(|_, _| ())).await);
    let was_named = answer.as_ref().is_ok_and(|answer| answer.header(crate::route::NAMED).is_some());
    let never_left = answer == Err(NetFault::Offline);
    Created { may_be_twice: !was_named && !never_left, answer }
}

fn as_text(arrival: Result<Arrival, NetFault>) -> Result<Response, NetFault> {
    match arrival? {
        Arrival::Text(answer) => Ok(answer),
        // A create call is read as text, whatever it brings.
        Arrival::Video(..) => Err(NetFault::NoAnswer),
    }
}

async fn within(
    outgoing: Outgoing<'_>,
    timeout_ms: u64,
    expect: Expect,
    progress: Progress,
) -> Result<Arrival, NetFault> {
    let url = outgoing.relayed.map_or(&*outgoing.request.url, Relayed::address);
    if crate::web::browser::is_offline() && !crate::address::is_on_this_machine(url) {
        return Err(NetFault::Offline);
    }
    let controller = AbortController::new().ok();
    let timer = controller.clone().map(|controller| {
        let bound = u32::try_from(timeout_ms).unwrap_or(u32::MAX / 2);
        gloo_timers::callback::Timeout::new(bound, move || controller.abort())
    });
    let signal = controller.as_ref().map(AbortController::signal);
    let answer = exchange(outgoing, signal.as_ref(), expect, progress).await;
    let timed_out = signal.is_some_and(|signal| signal.aborted());
    drop(timer);
    answer.map_err(|()| if timed_out { NetFault::Timeout } else { NetFault::NoAnswer })
}

async fn exchange(
    outgoing: Outgoing<'_>,
    signal: Option<&web_sys::AbortSignal>,
    expect: Expect,
    progress: Progress,
) -> Result<Arrival, ()> {
    let Outgoing { request, key, relayed, name, once } = outgoing;
    // A redirected POST could reach another host; a download may be handed on to a store, and then the browser drops
    // the authorization when the origin changes.
    let redirect = if expect == Expect::Video { RequestRedirect::Follow } else { RequestRedirect::Error };
    // Not by the library's builder, which writes the query of an address anew: a signed link must arrive as it is.
    let init = RequestInit::new();
    init.set_method(request.method.name());
    init.set_credentials(RequestCredentials::Omit);
    init.set_cache(RequestCache::NoStore);
    init.set_referrer_policy(ReferrerPolicy::NoReferrer);
    init.set_redirect(redirect);
    init.set_signal(signal);
    let headers = Headers::new().map_err(drop)?;
    for (name, value) in &request.headers {
        headers.set(name, value).map_err(drop)?;
    }
    let authorization = key.and_then(|key| match relayed {
        Some(relayed) => key.authorization_by_relay(relayed),
        None => key.authorization_for(&request.url),
    });
    if let Some(authorization) = authorization {
        headers.set("Authorization", &authorization).map_err(drop)?;
    }
    if let Some(name) = name.filter(|_| relayed.is_some()) {
        headers.set(crate::route::ONCE, name).map_err(drop)?;
    }
    init.set_headers(&headers);
    if let Some(once) = once {
        once.put(&init);
    } else if let Some(body) = request.body_text() {
        if headers.has("Content-Type").map_err(drop)? {
            init.set_body(&JsValue::from_str(&body));
        } else {
            // For a text the browser would add a type of content.
            init.set_body(&Uint8Array::from(body.as_bytes()));
        }
    }
    let url = relayed.map_or(&*request.url, Relayed::address);
    let sent = web_sys::Request::new_with_str_and_init(url, &init).map_err(drop)?;
    let answer = gloo_net::http::Request::from(sent).send().await.map_err(drop)?;
    let status = answer.status();
    let wanted = [
        "content-type",
        "content-length",
        "retry-after",
        "date",
        "x-request-id",
        crate::route::MARK,
        crate::route::NAMED,
        crate::route::STATUS,
    ];
    let headers: Vec<(String, String)> =
        wanted.iter().filter_map(|name| answer.headers().get(name).map(|value| ((*name).to_owned(), value))).collect();
    let total = answer.headers().get("content-length").and_then(|length| length.parse().ok());
    let media_type = answer.headers().get("content-type").unwrap_or_default();
    let as_video =
        expect == Expect::Video && answer.ok() && !media_type.contains("json") && !media_type.contains("html");
    let limit = if as_video { VIDEO_LIMIT } else { TEXT_LIMIT };
    let (parts, received, cut) = read(answer.body(), limit, |so_far| {
        if as_video {
            progress(so_far, total);
        }
    })
    .await?;
    if as_video {
        // A body that breaks off must not pass for a video.
        if cut || total.is_some_and(|total: u64| total > received) || received == 0 {
            return Err(());
        }
        return Ok(Arrival::Video(blob_link(&parts)?, received));
    }
    let mut bytes = Vec::new();
    for part in parts.iter() {
        bytes.extend_from_slice(&part.unchecked_into::<Uint8Array>().to_vec());
    }
    let body = String::from_utf8_lossy(&bytes).into_owned();
    let answer = Response { status, headers, body, cut };
    Ok(Arrival::Text(if relayed.is_some() { crate::route::unwrapped(answer) } else { answer }))
}

/// Reads a body part by part, up to a limit. The flag says that there was more.
async fn read(
    body: Option<web_sys::ReadableStream>,
    limit: u64,
    progress: impl Fn(u64),
) -> Result<(Array, u64, bool), ()> {
    let parts = Array::new();
    let Some(stream) = body else { return Ok((parts, 0, false)) };
    let reader: ReadableStreamDefaultReader = stream.get_reader().unchecked_into();
    let mut received = 0;
    loop {
        let step = JsFuture::from(reader.read()).await.map_err(drop)?;
        let member = |name: &str| Reflect::get(&step, &JsValue::from_str(name)).unwrap_or(JsValue::UNDEFINED);
        if member("done").is_truthy() {
            return Ok((parts, received, false));
        }
        let part: Uint8Array = member("value").unchecked_into();
        received += u64::from(part.length());
        if received > limit {
            drop(JsFuture::from(reader.cancel()).await);
            return Ok((parts, received, true));
        }
        parts.push(&part);
        progress(received);
    }
}

fn blob_link(parts: &Array) -> Result<String, ()> {
    let options = BlobPropertyBag::new();
    options.set_type("video/mp4");
    let blob = Blob::new_with_u8_array_sequence_and_options(parts, &options).map_err(drop)?;
    web_sys::Url::create_object_url_with_blob(&blob).map_err(drop)
}
