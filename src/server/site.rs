//! The built page as static files: the right types, the compressed version if there is one, and cache rules that follow
//! from the names. Only the start page is modified: its `wan-server` mark says that a simulator is available.

use std::path::{Path, PathBuf};

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::any;
use tower::ServiceExt;
use tower_http::services::ServeDir;

/// What other sites load to embed the page.
const EMBED: &str = "/embed.js";
/// The longest file name in bytes, on any file system.
const LONGEST_NAME: usize = 255;
const MARK: &str = r#"<meta name="wan-server" content="none">"#;

#[derive(Clone)]
struct Site {
    folder: PathBuf,
    speed: f64,
}

/// Everything below `folder`; `speed` is passed to the start page.
pub fn router(folder: PathBuf, speed: f64) -> Router {
    Router::new().fallback(any(serve)).with_state(Site { folder, speed })
}

async fn serve(State(site): State<Site>, request: Request) -> Response {
    let path = request.uri().path().to_owned();
    if path == "/" || path == "/index.html" {
        return start_page(&site, request.method()).await;
    }
    // Longer than a file name can be: the file system's error would pass for one of ours.
    if path.split('/').any(|segment| segment.len() > LONGEST_NAME) {
        return StatusCode::NOT_FOUND.into_response();
    }
    let files =
        ServeDir::new(&site.folder).precompressed_br().precompressed_gzip().append_index_html_on_directories(false);
    let mut response = match files.oneshot(request).await {
        Ok(response) => response.map(axum::body::Body::new),
        Err(never) => match never {},
    };
    let cache = if response.status().is_success() && is_named_by_content(&path) {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    };
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
    if path == EMBED {
        // A module of another origin is fetched with CORS. It is the same for everyone.
        response.headers_mut().insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    }
    response
}

async fn start_page(site: &Site, method: &Method) -> Response {
    if method != Method::GET && method != Method::HEAD {
        return StatusCode::METHOD_NOT_ALLOWED.into_response();
    }
    let file = site.folder.join("index.html");
    match tokio::fs::read_to_string(&file).await {
        Ok(page) => {
            let mark = format!(r#"<meta name="wan-server" content="simulator speed={}">"#, site.speed);
            let headers = [(header::CONTENT_TYPE, "text/html; charset=utf-8"), (header::CACHE_CONTROL, "no-cache")];
            (headers, page.replace(MARK, &mark)).into_response()
        }
        Err(error) => {
            (StatusCode::NOT_FOUND, format!("There is no start page at {}: {error}\n", file.display())).into_response()
        }
    }
}

/// Whether part of the file name is a hash of its content: eight or more hexadecimal digits, not all of them letters.
fn is_named_by_content(path: &str) -> bool {
    let name = Path::new(path).file_name().and_then(|name| name.to_str()).unwrap_or_default();
    name.split(['-', '_', '.']).any(|part| {
        part.len() >= 8
            && part.bytes().all(|byte| byte.is_ascii_hexdigit())
            && part.bytes().any(|byte| byte.is_ascii_digit())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_in_the_name_is_recognized() {
        for path in ["/wan-playground-0123456789abcdef_bg.wasm", "/main-9f8e7d6c5b4a.css", "/sub/x.1a2b3c4d.js"] {
            assert!(is_named_by_content(path), "{path}");
        }
        for path in ["/", "/index.html", "/defaced.js", "/picture-1080.png", "/facade-decade.css"] {
            assert!(!is_named_by_content(path), "{path}");
        }
    }
}
