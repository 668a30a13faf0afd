//! Alibaba's libraries: their calls by keyword or by builder, as the body that they send.

use super::found::Found;
use crate::http::Json;
use crate::import::literal::{Kind, Node};
use crate::protocol;
use std::ops::Range;

/// Arguments that are no part of the body.
const OUTSIDE: [&str; 9] =
    ["api_key", "workspace", "headers", "base_address", "task", "task_group", "function_name", "timeout", "session"];

/// Whether a function creates a video.
pub fn is_video_call(name: &str) -> bool {
    let mut parts = name.rsplit('.');
    let (last, owner) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    matches!(owner, "VideoSynthesis" | "AioVideoSynthesis") && matches!(last, "call" | "async_call" | "asyncCall")
}

/// The body that a call's arguments become.
pub fn of_arguments(arguments: &[(String, Node)], end: usize) -> Node {
    let (mut input, mut parameters, mut top) = (Vec::new(), Vec::new(), Vec::new());
    for (index, (name, node)) in arguments.iter().enumerate() {
        // The first two may be given without a name.
        let name = match (name.as_str(), index) {
            ("", 0) => "model",
            ("", 1) => "prompt",
            (name, _) => name,
        };
        match name {
            "" => {}
            "model" => top.push((name.to_owned(), node.clone())),
            "parameters" => parameters.extend(node.members().iter().cloned()),
            "extra_input" => input.extend(node.members().iter().cloned()),
            _ if OUTSIDE.contains(&name) => {}
            _ if protocol::is_input(name) => input.push((name.to_owned(), node.clone())),
            _ => parameters.push((name.to_owned(), node.clone())),
        }
    }
    let at = arguments.first().map_or(end, |(_, node)| node.at.start)..end;
    let table = |members| Node { kind: Kind::Table(members), at: at.clone(), open: Vec::new() };
    if !input.is_empty() {
        top.push(("input".to_owned(), table(input)));
    }
    if !parameters.is_empty() {
        top.push(("parameters".to_owned(), table(parameters)));
    }
    table(top)
}

/// The call that the library makes, with its headers: to the address that the program gives it, or else to Alibaba's.
/// `task` is the last part of the path where the program names it.
pub fn found(body: Node, base: Option<&Node>, at: Range<usize>, task: Option<&str>) -> Found {
    let is_image_path = |node: &Node| {
        let model = node.get("model").and_then(Node::as_text).unwrap_or_default();
        ["kf2v", "s2v", "animate"].iter().any(|mark| model.contains(mark))
    };
    let path = if task == Some("image2video") || is_image_path(&body) { "image2video" } else { "video-generation" };
    let own = base.map(Node::text).filter(|base| base.starts_with("http"));
    let base_url = own.as_deref().map_or("https://dashscope.aliyuncs.com/api/v1", |base| base.trim_end_matches('/'));
    let url = [base_url, "/services/aigc/", path, "/video-synthesis"].concat();
    let open = base.filter(|_| own.is_some()).map_or(Vec::new(), |base| base.open.clone());
    let url = Node { kind: Kind::Text(url), at: at.clone(), open };
    let headers = [
        ("Content-Type", "application/json"),
        ("X-DashScope-Async", "enable"),
        ("Authorization", "Bearer $DASHSCOPE_API_KEY"),
    ];
    let headers = Some(headers_of(&headers, &at));
    Found { method: "POST".to_owned(), url: Some(url), headers, body: Some(body), at, ..Found::default() }
}

/// Headers that a library adds by itself.
pub fn headers_of(headers: &[(&str, &str)], at: &Range<usize>) -> Node {
    let text = |text: &str| Node { kind: Kind::Text(text.to_owned()), at: at.clone(), open: Vec::new() };
    let headers = headers.iter().map(|(name, value)| ((*name).to_owned(), text(value)));
    Node { kind: Kind::Table(headers.collect()), at: at.clone(), open: Vec::new() }
}

/// `imgUrl` as `img_url`.
pub fn snake(name: &str) -> String {
    let mut out = String::new();
    for c in name.chars() {
        if c.is_ascii_uppercase() {
            out.push('_');
        }
        out.push(c.to_ascii_lowercase());
    }
    out
}

/// A constant of a library or a language.
pub fn constant(code: &str) -> Option<Json> {
    let mut parts = code.trim().rsplit('.');
    let (last, owner) = (parts.next()?, parts.next()?);
    match (owner, last) {
        ("Boolean", "TRUE") => Some(Json::Flag(true)),
        ("Boolean", "FALSE") => Some(Json::Flag(false)),
        // `wanx_2_1_t2v_turbo`
        ("Models", word) => {
            let rest = word.to_ascii_lowercase().strip_prefix("wanx_2_1_")?.replace('_', "-");
            Some(Json::Text(["wanx2.1-", &rest].concat()))
        }
        ("ShotType", word) => Some(Json::Text(word.to_ascii_lowercase())),
        ("Size" | "Resolution", word) => {
            let size = word.strip_prefix("SIZE_").or_else(|| word.strip_prefix('_')).unwrap_or(word);
            Some(Json::Text(size.replace(['x', '_'], "*")))
        }
        _ => None,
    }
}

/// `openai`'s call for videos.
pub fn is_openai(name: &str) -> bool {
    name.ends_with("videos.create")
        || name.ends_with("videos.create_and_poll")
        || name.ends_with("videos.createAndPoll")
}

/// The call that it makes, at a base URL.
pub fn of_openai(arguments: Vec<(String, Node)>, base: &str, at: Range<usize>) -> Found {
    let mut members: Vec<(String, Node)> = Vec::new();
    let mut own = Vec::new();
    for (name, node) in arguments {
        match name.as_str() {
            "extra_body" | "" => members.extend(node.members().iter().cloned()),
            "extra_headers" => own.extend(node.members().iter().cloned()),
            "timeout" => {}
            _ => members.push((name, node)),
        }
    }
    let open = if base.is_empty() { vec![at.clone()] } else { Vec::new() };
    let base = if base.is_empty() { "{base_url}/v1" } else { base };
    let url = Node { kind: Kind::Text([base, "/videos"].concat()), at: at.clone(), open };
    let body = Node { kind: Kind::Table(members), at: at.clone(), open: Vec::new() };
    // The library sends both, whatever the key comes from.
    let headers = [("Content-Type", "application/json"), ("Authorization", "Bearer $OPENAI_API_KEY")];
    let mut headers = headers_of(&headers, &at);
    for (name, value) in own {
        headers.put(name, value);
    }
    let headers = Some(headers);
    Found { method: "POST".to_owned(), url: Some(url), headers, body: Some(body), at, ..Found::default() }
}
