//! One request to its answer. The key is added here, for its own origin only, and taken out of whatever comes back.

use crate::http::{Request, Response};
use crate::key::ApiKey;
use crate::route::Relayed;
use crate::task::NetFault;
use js_sys::{Array, Reflect, Uint8Array};
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

/// Sends a request once, straight or by the relay. Nothing is retried here.
pub async fn send(
    request: &Request,
    key: Option<&ApiKey>,
    relayed: Option<&Relayed>,
    timeout_ms: u64,
    expect: Expect,
    progress: Progress,
) -> Result<Arrival, NetFault> {
    let url = relayed.map_or(&*request.url, Relayed::address);
    if super::browser::is_offline() && !crate::address::is_on_this_machine(url) {
        return Err(NetFault::Offline);
    }
    let controller = AbortController::new().ok();
    let timer = controller.clone().map(|controller| {
        let bound = u32::try_from(timeout_ms).unwrap_or(u32::MAX / 2);
        gloo_timers::callback::Timeout::new(bound, move || controller.abort())
    });
    let signal = controller.as_ref().map(AbortController::signal);
    let answer = exchange(request, key, relayed, signal.as_ref(), expect, progress).await;
    let timed_out = signal.is_some_and(|signal| signal.aborted());
    drop(timer);
    answer.map_err(|()| if timed_out { NetFault::Timeout } else { NetFault::NoAnswer })
}

async fn exchange(
    request: &Request,
    key: Option<&ApiKey>,
    relayed: Option<&Relayed>,
    signal: Option<&web_sys::AbortSignal>,
    expect: Expect,
    progress: Progress,
) -> Result<Arrival, ()> {
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
    init.set_headers(&headers);
    if let Some(body) = request.body_text() {
        init.set_body(&JsValue::from_str(&body));
    }
    let url = relayed.map_or(&*request.url, Relayed::address);
    let outgoing = web_sys::Request::new_with_str_and_init(url, &init).map_err(drop)?;
    let answer = gloo_net::http::Request::from(outgoing).send().await.map_err(drop)?;
    let status = answer.status();
    let wanted = ["content-type", "content-length", "retry-after", "date", "x-request-id", crate::route::MARK];
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
    let mut body = String::from_utf8_lossy(&bytes).into_owned();
    if let Some(key) = key {
        body = key.redact(&body);
    }
    let answer = Response { status, headers, body, cut };
    let own = relayed.and_then(|_| crate::route::refusal(&answer));
    Ok(Arrival::Text(own.unwrap_or(answer)))
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
