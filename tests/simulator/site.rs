//! The built page: the mark, the types, the compressed versions, the cache rules and the headers of all responses.

use std::path::PathBuf;

use crate::harness::Sim;

/// A small built page in a folder of its own, gone when dropped.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("wan-site-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        let folder = Self(path);
        let page = r#"<html><head><meta name="wan-server" content="none"></head></html>"#;
        folder.write("index.html", page);
        folder.write("app-0123456789abcdef.js", "export {};");
        folder.write("app-0123456789abcdef.js.br", "in brotli");
        folder.write("app-0123456789abcdef.js.gz", "in gzip");
        folder.write("app-0123456789abcdef_bg.wasm", "\0asm");
        folder.write("catalog.json", "{}");
        folder.write("style.css", "");
        folder.write("clip.mp4", "0123456789");
        folder
    }

    fn write(&self, name: &str, text: &str) {
        std::fs::write(self.0.join(name), text).unwrap();
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.0).ok();
    }
}

#[tokio::test]
async fn the_start_page_is_marked_and_guarded() {
    let folder = Folder::new("mark");
    let sim = Sim::with(Some(folder.0.clone()), &[]);
    for path in ["/", "/index.html"] {
        let page = sim.get(path).await;
        assert!(page.text().contains(r#"<meta name="wan-server" content="simulator speed=1">"#), "{}", page.text());
        assert_eq!(
            (page.header("content-type"), page.header("cache-control")),
            (Some("text/html; charset=utf-8"), Some("no-cache"))
        );
        assert_eq!(page.header("x-content-type-options"), Some("nosniff"));
        assert_eq!(page.header("referrer-policy"), Some("no-referrer"));
        assert_eq!(page.header("content-security-policy"), Some("frame-ancestors 'self'"));
    }
    assert_eq!(sim.send("POST", "/", &[], "").await.status, 405);
}

#[tokio::test]
async fn the_element_alone_may_be_loaded_by_other_sites() {
    let folder = Folder::new("embed");
    folder.write("embed.js", "");
    let sim = Sim::with(Some(folder.0.clone()), &[]);
    assert_eq!(sim.get("/embed.js").await.header("access-control-allow-origin"), Some("*"));
    for path in ["/", "/style.css", "/catalog.json"] {
        assert_eq!(sim.get(path).await.header("access-control-allow-origin"), None, "{path}");
    }
}

#[tokio::test]
async fn files_have_their_types_and_cache_rules() {
    let folder = Folder::new("types");
    let sim = Sim::with(Some(folder.0.clone()), &[]);
    let forever = "public, max-age=31536000, immutable";
    for (path, kind, cache) in [
        ("/app-0123456789abcdef.js", "text/javascript", forever),
        ("/app-0123456789abcdef_bg.wasm", "application/wasm", forever),
        ("/catalog.json", "application/json", "no-cache"),
        ("/style.css", "text/css", "no-cache"),
        ("/clip.mp4", "video/mp4", "no-cache"),
    ] {
        let reply = sim.get(path).await;
        assert_eq!(
            (reply.status, reply.header("content-type"), reply.header("cache-control")),
            (200, Some(kind), Some(cache)),
            "{path}"
        );
    }
    assert_eq!(sim.send("GET", "/clip.mp4", &[("range", "bytes=2-4")], "").await.text(), "234");
    for path in ["/missing-0123456789abcdef.js", "/../Cargo.toml", "/%2e%2e/Cargo.toml"] {
        let reply = sim.get(path).await;
        assert_eq!((reply.status, reply.header("cache-control")), (404, Some("no-cache")), "{path}");
    }
}

#[tokio::test]
async fn a_compressed_twin_is_sent_to_who_takes_it() {
    let folder = Folder::new("twin");
    let sim = Sim::with(Some(folder.0.clone()), &[]);
    let path = "/app-0123456789abcdef.js";
    for (accepts, encoding, text) in [
        ("gzip, deflate, br", Some("br"), "in brotli"),
        ("gzip", Some("gzip"), "in gzip"),
        ("identity", None, "export {};"),
    ] {
        let reply = sim.send("GET", path, &[("accept-encoding", accepts)], "").await;
        assert_eq!((reply.header("content-encoding"), reply.text().as_str()), (encoding, text));
        assert_eq!(reply.header("content-type"), Some("text/javascript"));
    }
}
