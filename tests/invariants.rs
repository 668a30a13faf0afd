//! What must never happen, as far as a tool can check it: the centre stays pure, dialects keep to their files, keys
//! stay secret, the page fetches nothing from elsewhere, and the project names no machine of ours.
//!
//! These tests read the project's files and call cargo and git. Each search is first shown to find what it looks for.

use std::collections::BTreeSet;
use std::fmt::Display;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use wan_playground::address::BaseUrl;
use wan_playground::key::ApiKey;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn run(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).current_dir(root()).output();
    let output = output.unwrap_or_else(|why| panic!("`{program}` cannot be run ({why}): install it and try again"));
    assert!(output.status.success(), "{program} {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// Files below a folder with this extension, as paths from the project's root with forward slashes.
fn files(folder: &str, ending: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut open = vec![root().join(folder)];
    while let Some(folder) = open.pop() {
        let entries = fs::read_dir(&folder).unwrap_or_else(|why| panic!("{}: {why}", folder.display()));
        for entry in entries {
            let path: PathBuf = entry.expect("a folder can be listed").path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|found| found == ending) {
                let path = path.strip_prefix(root()).expect("it is below the top");
                found.push(path.to_string_lossy().replace('\\', "/"));
            }
        }
    }
    found.sort();
    found
}

fn is_below(path: &str, part: &str) -> bool {
    path == format!("src/{part}.rs") || path.starts_with(&format!("src/{part}/"))
}

/// Rust files of the centre.
fn centre() -> Vec<String> {
    let is_shell = |path: &String| {
        is_below(path, "web") || is_below(path, "server") || path == "src/main.rs" || path.starts_with("src/bin/")
    };
    files("src", "rs").into_iter().filter(|path| !is_shell(path)).collect()
}

/// Code without its comments and without its tests. Good enough for searching: a `//` inside a string ends the line
/// only if a space comes before it.
fn code(path: &str) -> String {
    if path.ends_with("/tests.rs") {
        return String::new();
    }
    let text = fs::read_to_string(root().join(path)).unwrap_or_else(|why| panic!("{path}: {why}"));
    bare(&text)
}

fn bare(text: &str) -> String {
    let mut out = String::new();
    for line in text.lines() {
        if line.trim() == "#[cfg(test)]" {
            break;
        }
        let line = if line.trim_start().starts_with("//") { "" } else { line.split(" // ").next().unwrap_or(line) };
        out.push_str(line);
        out.push('\n');
    }
    out
}

/// Whether a word occurs in a text, not as part of a longer name.
fn has_word(text: &str, word: &str) -> bool {
    let part_of_name = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    text.match_indices(word).any(|(at, _)| {
        !part_of_name(text[..at].chars().next_back()) && !part_of_name(text[at + word.len()..].chars().next())
    })
}

/// Strings in double quotes.
fn literals(code: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut current: Option<String> = None;
    let mut chars = code.chars();
    while let Some(c) = chars.next() {
        match (&mut current, c) {
            (None, '\'') => {
                // A character such as '"' opens no string.
                let mut ahead = chars.clone();
                if ahead.next() == Some('"') && ahead.next() == Some('\'') {
                    chars = ahead;
                }
            }
            (None, '"') => current = Some(String::new()),
            (Some(_), '"') => found.extend(current.take()),
            (Some(text), '\\') => text.extend(chars.next()),
            (Some(text), c) => text.push(c),
            (None, _) => {}
        }
    }
    found
}

#[test]
fn the_centre_stands_on_no_browser_and_no_server() {
    const STRANGERS: [&str; 16] = [
        "leptos",
        "web-sys",
        "js-sys",
        "wasm-bindgen",
        "wasm-bindgen-futures",
        "gloo-net",
        "gloo-timers",
        "send_wrapper",
        "axum",
        "tokio",
        "hyper",
        "rustls",
        "tower",
        "tower-http",
        "clap",
        "tracing",
    ];
    let tree = |features: &[&str]| -> BTreeSet<String> {
        let mut arguments = vec![
            "tree",
            "--locked",
            "-p",
            "wan-playground",
            "--no-default-features",
            "-e",
            "normal",
            "--prefix",
            "none",
        ];
        arguments.extend_from_slice(features);
        let tree = run(env!("CARGO"), &arguments);
        tree.lines().filter_map(|line| line.split(' ').next()).map(str::to_owned).collect()
    };
    let names = tree(&[]);
    assert!(names.contains("serde_json"), "cargo tree says nothing: {names:?}");
    let found: Vec<_> = STRANGERS.iter().filter(|name| names.contains(**name)).collect();
    assert!(found.is_empty(), "the centre stands on {found:?}");
    let default = run(env!("CARGO"), &["tree", "--locked", "-p", "wan-playground", "-e", "normal", "--prefix", "none"]);
    assert!(!default.contains("leptos") && !default.contains("axum"), "a feature is on by default");
    // The page does not include the server's crates; the same query for the server finds them, so the query works.
    let page = tree(&["--features", "web", "--target", "wasm32-unknown-unknown"]);
    let server = tree(&["--features", "server"]);
    for name in ["axum", "tokio", "hyper", "rustls", "tower-http", "clap"] {
        assert!(server.contains(name) && !page.contains(name), "{name} belongs to the server");
    }
    assert!(page.contains("leptos"));
}

#[test]
fn the_centre_names_no_browser_no_server_no_clock_and_no_dice() {
    const WORDS: [&str; 18] = [
        "leptos",
        "web_sys",
        "js_sys",
        "wasm_bindgen",
        "gloo",
        "gloo_net",
        "gloo_timers",
        "send_wrapper",
        "axum",
        "tokio",
        "hyper",
        "tower_http",
        "Instant",
        "SystemTime",
        "UNIX_EPOCH",
        "rand",
        "getrandom",
        "thread",
    ];
    let find = |code: &str| WORDS.into_iter().filter(|word| has_word(code, word)).collect::<Vec<_>>();
    assert_eq!(
        find(&bare("use std::time::Instant; // leptos")),
        ["Instant"].as_slice(),
        "the search finds what it looks for"
    );
    assert_eq!(find(&bare("//! tokio\nlet operand = 1; // gloo")), Vec::<&str>::new());
    let centre = centre();
    assert!(centre.len() > 20, "the centre is larger than {centre:?}");
    let mut found = Vec::new();
    for path in centre {
        found.extend(find(&code(&path)).into_iter().map(|word| format!("{path}: {word}")));
    }
    assert!(found.is_empty(), "{found:#?}");
}

/// JSON names and the dialect files that may know them. Names that several dialects share are listed with all of them.
const NAMES: [(&str, &[&str]); 24] = [
    ("task_status", &["bailian"]),
    ("orig_prompt", &["bailian"]),
    ("actual_prompt", &["bailian"]),
    ("output_video_duration", &["bailian"]),
    ("input_video_duration", &["bailian"]),
    ("video_duration", &["bailian"]),
    ("video_ratio", &["bailian"]),
    ("reference_voice", &["bailian"]),
    ("reference_image", &["bailian"]),
    ("reference_video", &["bailian"]),
    ("SR", &["bailian"]),
    ("input_reference", &["unified"]),
    ("image_url.url", &["unified"]),
    ("image_url", &["unified", "bailian"]),
    ("generate_audio", &["unified"]),
    ("artifact_url", &["generations"]),
    ("result_url", &["generations"]),
    ("fail_reason", &["generations"]),
    ("reference_video_urls", &["acedata", "bailian"]),
    ("retrieve", &["acedata"]),
    ("retrieve_batch", &["acedata"]),
    ("action", &["acedata"]),
    ("response", &["acedata"]),
    ("video_url", &["bailian", "acedata"]),
];

#[test]
fn each_dialect_s_names_stand_in_its_own_file_only() {
    assert_eq!(literals(r#"f("a\"b", '"', 'x', "c")"#), ["a\"b", "c"]);
    let paths: Vec<String> = files("src", "rs").into_iter().filter(|path| !is_below(path, "server")).collect();
    let mut found = Vec::new();
    let mut seen = BTreeSet::new();
    for path in &paths {
        for literal in literals(&code(path)) {
            let Some((name, dialects)) = NAMES.iter().find(|(name, _)| *name == literal) else { continue };
            seen.insert(*name);
            // Answers of unknown origin are read in one place, whatever the dialect.
            let is_loose = is_below(path, "protocol/loose");
            if !is_loose && !dialects.iter().any(|dialect| *path == format!("src/protocol/{dialect}.rs")) {
                found.push(format!("{path}: \"{name}\""));
            }
        }
    }
    assert!(found.is_empty(), "{found:#?}");
    assert!(seen.len() > 12, "the search finds too little: {seen:?}");
}

#[test]
fn no_member_that_a_dialect_reads_is_read_elsewhere() {
    let members = |path: &str| -> BTreeSet<String> {
        let code = code(path);
        let starts = code.match_indices("[\"").filter_map(|(at, _)| code[at + 2..].split('"').next());
        starts.map(str::to_owned).collect()
    };
    let dialects = ["bailian", "unified", "generations", "acedata"].map(|name| format!("src/protocol/{name}.rs"));
    let known: BTreeSet<String> = dialects.iter().flat_map(|path| members(path)).collect();
    assert!(known.len() > 15, "the dialects read more than {known:?}");
    let mut found = Vec::new();
    for path in files("src", "rs") {
        // Files of the catalog have fields of their own, and the form for custom gateways writes such a file.
        let is_catalog = is_below(&path, "catalog") || path == "src/web/dialog/gateways/list.rs";
        if !is_below(&path, "server") && !is_below(&path, "protocol") && !is_catalog {
            found.extend(members(&path).intersection(&known).map(|name| format!("{path}: [\"{name}\"]")));
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}

/// Compiles only for types without the trait: for others the compiler cannot choose.
macro_rules! assert_lacks {
    ($type:ty, $trait:path) => {
        const _: fn() = || {
            trait Ambiguous<A> {
                fn choose() {}
            }
            impl<T: ?Sized> Ambiguous<()> for T {}
            impl<T: ?Sized + $trait> Ambiguous<u8> for T {}
            let _ = <$type as Ambiguous<_>>::choose;
        };
    };
}

assert_lacks!(ApiKey, Display);
assert_lacks!(ApiKey, AsRef<str>);
assert_lacks!(ApiKey, std::ops::Deref);
assert_lacks!(ApiKey, Into<String>);

#[test]
fn a_key_hides_itself() {
    let base = BaseUrl::parse("https://gateway.example").expect("a base");
    let key = ApiKey::new("sk-canary-hidden-0123456789", &base).expect("a key");
    for shown in [format!("{key:?}"), format!("{key:#?}"), format!("{:?}", Some(vec![key.clone()]))] {
        assert!(!shown.contains("canary") && shown.contains("ApiKey"), "{shown}");
    }
    let source = code("src/key.rs");
    assert!(!source.contains("pub secret") && !source.contains("pub(crate) secret"), "the secret is private");
}

#[test]
fn what_the_check_found_and_what_may_be_sent_cannot_be_changed() {
    for (path, name) in [("src/checked.rs", "Checked"), ("src/generation.rs", "Generation")] {
        let code = code(path);
        let start = code.find(&format!("pub struct {name}")).unwrap_or_else(|| panic!("{path} has no {name}"));
        let fields = code[start..].split_inclusive("\n}").next().expect("it ends");
        assert!(
            fields.contains(": ") && !fields[1..].contains("pub"),
            "{name} has fields that others can set: {fields}"
        );
        assert!(!code.contains("&mut [") && !code.contains("-> &mut"), "{path} hands out what can be changed");
    }
}

#[test]
fn nothing_from_outside_becomes_markup() {
    const WAYS: [&str; 8] = [
        "inner_html",
        "innerHTML",
        "set_inner_html",
        "outer_html",
        "set_outer_html",
        "insert_adjacent_html",
        "document_write",
        "eval",
    ];
    for path in files("src", "rs") {
        let code = code(&path);
        for way in WAYS {
            assert!(!has_word(&code, way), "{path}: {way}");
        }
    }
}

/// Tags of a page, each from `<` to `>`.
fn tags(html: &str) -> Vec<&str> {
    html.match_indices('<').filter_map(|(at, _)| html[at..].split_inclusive('>').next()).collect()
}

/// What a page must not contain under a strict policy, and what it must not load.
fn faults_of_page(html: &str) -> Vec<String> {
    let mut found = Vec::new();
    for tag in tags(html) {
        let lower = tag.to_ascii_lowercase();
        let handler = lower.split_ascii_whitespace().any(|part| part.starts_with("on") && part.contains('='));
        let script = lower.starts_with("<script") && !lower.contains("src=");
        let away = lower.contains("http://") || lower.contains("https://") || lower.contains("=\"//");
        if lower.contains(" style=")
            || lower.starts_with("<style")
            || handler
            || script
            || lower.contains("javascript:")
        {
            found.push(format!("inline: {tag}"));
        }
        // A link that a person clicks, and the name of the SVG namespace, load nothing.
        if away && !lower.starts_with("<a ") && !lower.contains("xmlns=") && !lower.starts_with("<!--") {
            found.push(format!("from elsewhere: {tag}"));
        }
    }
    found
}

#[test]
fn the_page_has_nothing_inline_and_nothing_from_elsewhere() {
    let bad = "<a href=\"https://x\"><p style=\"x\"><script>1</script><img src=\"//cdn/x\"><b onclick=\"x\"><style>";
    assert_eq!(faults_of_page(bad).len(), 5, "the search finds what it looks for: {:?}", faults_of_page(bad));
    let page = fs::read_to_string(root().join("index.html")).expect("there is a page");
    assert_eq!(faults_of_page(&page), Vec::<String>::new());
    for path in files("style", "css") {
        let text = fs::read_to_string(root().join(&path)).expect("it was listed");
        // Sheets are put together from our own files when the page is built.
        let text = text.replace("http://www.w3.org/", "").replace("@import \"./", "");
        for away in ["http:", "https:", "url(//", "url(\"//", "@import"] {
            assert!(!text.contains(away), "{path}: {away}");
        }
    }
    for path in files("src", "rs").into_iter().filter(|path| is_below(path, "web")) {
        let code = code(&path);
        // `style:width=…` sets a property by script, which the policy allows; a style attribute it does not.
        assert!(!code.contains(" style="), "{path}: a style attribute");
        assert!(!code.contains("<script") && !code.contains("<style"), "{path}: an inline script or style");
    }
}

/// Places where a request is built: `Request {` that is neither a declaration nor the end of a signature.
fn makes_request(code: &str) -> bool {
    code.match_indices("Request {").any(|(at, _)| {
        let before = code[..at].trim_end_matches(|c: char| c.is_alphanumeric() || c == ':' || c == '_').trim_end();
        let before = before.trim_end_matches('&').trim_end();
        let longer = code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_');
        !longer && !["->", "struct", "impl", "for", "enum"].iter().any(|word| before.ends_with(word))
    })
}

/// Reads back a request that the protocol built before it was saved.
const READS_ONE_BACK: &str = "src/snapshot/request.rs";

#[test]
fn a_request_is_made_in_the_protocol_only() {
    assert!(makes_request("let x = Request { method };") && makes_request("Some(http::Request { .. })"));
    assert!(!makes_request("fn get() -> Request {") && !makes_request("pub struct Request {"));
    let mut makers = Vec::new();
    for path in files("src", "rs").into_iter().filter(|path| !is_below(path, "server")) {
        if makes_request(&code(&path)) {
            makers.push(path);
        }
    }
    let strangers: Vec<_> = makers
        .iter()
        .filter(|path| !is_below(path, "protocol") && *path != "src/http.rs")
        .filter(|path| *path != READS_ONE_BACK)
        .collect();
    assert!(strangers.is_empty(), "{strangers:?}");
    assert!(!makers.is_empty(), "the search finds nothing");
}

/// Files tracked by git, with their text. Cargo's lock file names the registry in every entry, as its format requires.
fn tracked() -> Vec<(String, String)> {
    let names = run("git", &["ls-files", "-z"]);
    let names = names.split('\0').filter(|name| !name.is_empty() && !name.ends_with("Cargo.lock"));
    names
        .filter_map(|name| {
            // A file that was removed but not yet committed is skipped.
            let bytes = fs::read(root().join(name)).ok()?;
            Some((name.to_owned(), String::from_utf8_lossy(&bytes).into_owned()))
        })
        .collect()
}

#[test]
fn no_tracked_file_names_a_machine_of_ours_or_a_package_registry() {
    // Written in two parts each, so that this file does not contain them either.
    const FORBIDDEN: [&str; 16] = [
        concat!("/wo", "rk/"),
        concat!("/wo", "rk "),
        concat!("/tm", "p/"),
        concat!("/ro", "ot/"),
        concat!("/home", "/"),
        concat!(".lib", "rary"),
        concat!("crates", ".io"),
        concat!("npm", "js.org"),
        concat!("npm", "js.com"),
        concat!("py", "pi.org"),
        concat!("python", "hosted.org"),
        concat!("deb.deb", "ian.org"),
        concat!("proxy.go", "lang.org"),
        concat!("npm", "mirror"),
        concat!("rs", "proxy"),
        concat!("tuna.ts", "inghua"),
    ];
    let tracked = tracked();
    assert!(tracked.len() > 50, "git lists only {} files", tracked.len());
    let mut found = Vec::new();
    for (name, text) in &tracked {
        for word in FORBIDDEN {
            if let Some(line) = text.lines().position(|line| line.contains(word)) {
                found.push(format!("{name}:{}: {word}", line + 1));
            }
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}

/// Strings that look like a key: `sk-` and twenty or more characters.
fn keys(text: &str) -> Vec<&str> {
    text.match_indices("sk-")
        .filter(|(at, _)| !text[..*at].ends_with(|c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_'))
        .filter_map(|(at, _)| {
            let rest = &text[at + 3..];
            let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_').unwrap_or(rest.len());
            (end >= 20).then(|| &text[at..at + 3 + end])
        })
        .collect()
}

#[test]
fn no_tracked_file_holds_a_key() {
    let real = concat!("sk", "-0123456789abcdef0123456789abcdef");
    assert_eq!(keys(&format!("x \"{real}\" y")), [real]);
    assert_eq!(keys("task-failed-moderation-of-everything sk-short"), Vec::<&str>::new());
    let mut found = Vec::new();
    for (name, text) in tracked() {
        found.extend(
            keys(&text).into_iter().filter(|key| !key.contains("canary")).map(|key| format!("{name}: {key:.8}…")),
        );
    }
    assert!(found.is_empty(), "{found:#?}");
}
