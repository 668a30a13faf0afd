//! Makes the finished page of `index.html`: our `boot.js`, early hints and a strict policy, nothing inline.

use std::fmt::Write as _;

/// The policy the page runs under. `https:` for media and connections because the user chooses the gateways and a
/// gateway chooses where its videos are stored; loopback for a gateway that runs on the user's own machine.
pub const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
    img-src 'self' data: blob:; \
    media-src 'self' blob: https: http://127.0.0.1:* http://localhost:*; \
    connect-src 'self' blob: https: http://127.0.0.1:* http://localhost:*; \
    font-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; object-src 'none'";

/// Marks an `index.html` as one of ours, so that `dist` may safely replace the folder it is in.
pub const MARK: &str = r#"<meta name="generator" content="cargo xtask">"#;

/// The program, and what its glue and module are named after.
pub const NAME: &str = "wan-playground";
/// The glue.
pub const GLUE: &str = "wan-playground.js";
/// The module.
pub const MODULE: &str = "wan-playground_bg.wasm";

/// A page without instructions for Trunk, and the files they name.
pub struct Plain {
    /// The page.
    pub html: String,
    /// The files, relative to the project.
    pub files: Vec<String>,
}

/// Carries out the instructions for Trunk in the page: a style sheet is linked under its bare name, the other files go
/// beside the page.
pub fn plain(raw: &str) -> Plain {
    let mut files = Vec::new();
    let mut html = String::with_capacity(raw.len());
    for line in raw.lines() {
        if line.contains("data-trunk") {
            let Some(file) = attribute(line, "href") else { continue };
            if attribute(line, "rel").as_deref() == Some("css") {
                let name = file.rsplit('/').next().unwrap_or(&file);
                let _ = writeln!(html, "<link rel=\"stylesheet\" href=\"./{name}\">");
            }
            files.push(file);
        } else {
            html.push_str(line);
            html.push('\n');
        }
    }
    Plain { html, files }
}

/// Finishes the page, or reports what in it the policy would block.
pub fn finish(raw: &str) -> Result<String, String> {
    let page = without_elements(raw, "<script", "</script>", |tag| {
        attribute(tag, "type").as_deref() == Some("module") && attribute(tag, "src").is_none()
    });
    let page = without_elements(&page, "<link", ">", |tag| {
        matches!(attribute(tag, "rel").as_deref(), Some("preload" | "modulepreload"))
            && attribute(tag, "href").is_some_and(|href| href.ends_with(GLUE) || href.ends_with(MODULE))
    });
    let page = without_nonces(&page);
    if let Some(problem) = blocked_by_policy(&page) {
        return Err(format!("index.html has {problem}, which the page's Content-Security-Policy blocks"));
    }
    let start = find_ignoring_case(&page, "<meta charset").ok_or("index.html has no <meta charset=...>")?;
    let end = page[start..].find('>').ok_or("index.html has an unclosed <meta charset=...>")? + start + 1;
    // Without a declared icon, browsers request one from the host's root, which is outside a sub-folder.
    let icon =
        if find_ignoring_case(&page, "rel=\"icon\"").is_some() { "" } else { "\n<link rel=\"icon\" href=\"data:,\">" };
    let ours = format!(
        "\n<meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n{MARK}\n\
         <script src=\"./boot.js\" data-glue=\"./{GLUE}\" data-wasm=\"./{MODULE}\"></script>\n\
         <link rel=\"modulepreload\" href=\"./{GLUE}\">{icon}"
    );
    Ok(format!("{}{ours}{}", &page[..end], &page[end..]))
}

/// A page that Trunk serves, and the script that reloads it.
pub struct Served {
    /// The page, with a link to the script.
    pub page: String,
    /// The script.
    pub script: String,
}

/// Takes the script by which Trunk reloads the page out of it, because the policy allows nothing inline. A page that is
/// only built has none.
pub fn served(raw: &str, name: &str) -> Result<Option<Served>, String> {
    const OPEN: &str = "<script>";
    const CLOSE: &str = "</script>";
    for (at, _) in raw.match_indices(OPEN) {
        let begin = at + OPEN.len();
        let Some(end) = raw[begin..].find(CLOSE).map(|length| begin + length) else { break };
        let script = &raw[begin..end];
        if !script.contains("/trunk/ws") {
            continue;
        }
        // Trunk fills these in, but in HTML only.
        let script = script.replace("'{{__TRUNK_ADDRESS__}}'", "location.host").replace("{{__TRUNK_WS_BASE__}}", "/");
        if script.contains("{{__TRUNK") {
            return Err("Trunk's script for reloading is not as expected".to_owned());
        }
        let page = format!("{}<script src=\"./{name}\"></script>{}", &raw[..at], &raw[end + CLOSE.len()..]);
        return Ok(Some(Served { page, script }));
    }
    Ok(None)
}

/// The page with the mark that our server sets: there is a simulator beside it, this fast.
pub fn simulated(page: &str, speed: f64) -> String {
    page.replace(
        r#"<meta name="wan-server" content="none">"#,
        &format!(r#"<meta name="wan-server" content="simulator speed={speed}">"#),
    )
}

/// The glue, changed to call the module through the gate in `boot.js`, which closes on a trap. The parts of the page get
/// the exports themselves: modules call each other straight.
pub fn gate(glue: &str) -> Result<String, String> {
    const OPEN: &str = "    wasm = instance.exports;\n";
    match glue.matches(OPEN).count() {
        1 => Ok(glue.replace(OPEN, "    ownExports = instance.exports;\n    wasm = wanGate(ownExports);\n")
            + "\nlet ownExports;\nexport const modulesExports = () => ownExports;\n"),
        count => Err(format!("{GLUE} is not as expected: it takes the module's exports {count} times")),
    }
}

/// The page without the elements whose opening tag is unwanted.
fn without_elements(page: &str, open: &str, close: &str, unwanted: impl Fn(&str) -> bool) -> String {
    let mut kept = String::with_capacity(page.len());
    let mut rest = page;
    while let Some(start) = find_ignoring_case(rest, open) {
        let Some(tag_end) = rest[start..].find('>').map(|at| start + at + 1) else { break };
        let element_end =
            find_ignoring_case(&rest[tag_end - 1..], close).map_or(tag_end, |at| tag_end - 1 + at + close.len());
        if unwanted(&rest[start..tag_end]) {
            kept.push_str(&rest[..start]);
            rest = &rest[element_end..];
        } else {
            kept.push_str(&rest[..tag_end]);
            rest = &rest[tag_end..];
        }
    }
    kept.push_str(rest);
    kept
}

fn without_nonces(page: &str) -> String {
    let mut kept = String::with_capacity(page.len());
    let mut parts = page.split(" nonce=\"");
    kept.push_str(parts.next().unwrap_or_default());
    for part in parts {
        kept.push_str(part.split_once('"').map_or(part, |(_, after)| after));
    }
    kept
}

/// The value of an attribute in an opening tag.
fn attribute(tag: &str, name: &str) -> Option<String> {
    let start = format!(" {name}=");
    let value = &tag[find_ignoring_case(tag, &start)? + start.len()..];
    let value = match value.chars().next()? {
        quote @ ('"' | '\'') => value[1..].split(quote).next()?,
        _ => value.split(|end: char| end.is_whitespace() || end == '>').next()?,
    };
    Some(value.to_owned())
}

fn blocked_by_policy(page: &str) -> Option<&'static str> {
    let mut inline_script = false;
    let mut handler = false;
    let mut style = false;
    for piece in page.split('<').skip(1) {
        let tag = piece.split('>').next().unwrap_or_default().to_ascii_lowercase();
        if tag.starts_with('!') || tag.starts_with('/') {
            continue;
        }
        inline_script |= tag.starts_with("script") && !tag.contains(" src=");
        style |= tag == "style" || tag.starts_with("style ") || tag.contains(" style=");
        handler |= tag.split_whitespace().skip(1).any(|word| word.starts_with("on") && word.contains('='));
    }
    match (inline_script, style, handler) {
        (true, _, _) => Some("an inline script"),
        (_, true, _) => Some("an inline style"),
        (_, _, true) => Some("an inline event handler"),
        _ => None,
    }
}

fn find_ignoring_case(text: &str, part: &str) -> Option<usize> {
    // ASCII lowercasing keeps every byte offset.
    text.to_ascii_lowercase().find(&part.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    const RAW: &str = r#"<!doctype html><html><head>
<meta charset="utf-8">
<script type="module" nonce="abc">import init from './wan-playground.js'; init();</script>
<link rel="stylesheet" href="./main.css" nonce="abc">
<link rel="modulepreload" href="./wan-playground.js" crossorigin="anonymous"><link rel="preload" href="./wan-playground_bg.wasm" as="fetch">
</head><body><p>Loading</p></body></html>"#;

    #[test]
    fn the_glue_calls_through_the_gate_or_the_build_stops() {
        let glue = "    wasmInstance = instance;\n    wasm = instance.exports;\n    wasm.__wbindgen_start();\n";
        let gated = gate(glue).expect("it is as expected");
        assert!(gated.contains("    wasm = wanGate(ownExports);\n") && !gated.contains("wasm = instance.exports"));
        assert!(gate("wasm = made;").is_err());
    }

    #[test]
    fn bootstrap_and_nonces_go_and_ours_comes_first() {
        let page = finish(RAW).expect("finishes");
        assert!(!page.contains("import init") && !page.contains("nonce"), "{page}");
        assert_eq!(page.matches("modulepreload").count(), 1);
        let policy = page.find("Content-Security-Policy").expect("has the policy");
        assert!(policy < page.find("boot.js").expect("has boot.js"));
        assert!(page.find("boot.js") < page.find("main.css"));
        assert!(page.ends_with("<p>Loading</p></body></html>"));
    }

    #[test]
    fn trunks_script_for_reloading_moves_into_a_file() {
        let script = "const a = '{{__TRUNK_ADDRESS__}}';\nconst b = '{{__TRUNK_WS_BASE__}}';\n\
                      const url = 'ws://' + a + b + '.well-known/trunk/ws';";
        let raw = RAW.replace("</body>", &format!("<script>{script}</script></body>"));
        let moved = served(&raw, "reload.js").expect("it is as expected").expect("there is one");
        assert!(moved.script.starts_with("const a = location.host;\nconst b = '/';\n"), "{}", moved.script);
        let page = finish(&moved.page).expect("nothing inline is left");
        assert!(page.contains("<script src=\"./reload.js\"></script></body>"), "{page}");
        assert!(served(RAW, "reload.js").expect("fine without").is_none());
        let other = raw.replace("__TRUNK_ADDRESS__", "__TRUNK_HOST__");
        assert!(served(&other, "reload.js").is_err());
    }

    #[test]
    fn the_mark_of_the_simulator_is_that_of_our_server() {
        let page = include_str!("../../index.html");
        assert!(simulated(page, 20.0).contains(r#"<meta name="wan-server" content="simulator speed=20">"#));
    }

    #[test]
    fn what_the_policy_would_block_is_refused() {
        for bad in ["<script>alert(1)</script>", "<style>p{}</style>", "<p style=\"color:red\">", "<p onclick=\"x()\">"]
        {
            let page = RAW.replace("<p>", &format!("{bad}<p>"));
            assert!(finish(&page).is_err(), "{bad}");
        }
    }

    #[test]
    fn an_icon_is_given_only_where_there_is_none() {
        let with = RAW.replace("</head>", "<link rel=\"icon\" href=\"./icon.svg\"></head>");
        assert!(finish(RAW).expect("finishes").contains("data:,"));
        assert!(!finish(&with).expect("finishes").contains("data:,"));
    }

    #[test]
    fn our_own_scripts_with_a_source_stay() {
        let page = RAW.replace("<p>", "<script type=\"module\" src=\"./extra.js\"></script><p>");
        assert!(finish(&page).expect("finishes").contains("extra.js"));
    }
}
