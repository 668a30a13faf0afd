//! PowerShell is not among the packages that can be had here. What is printed for it is read by a grammar that others
//! wrote (`tree-sitter-powershell`): it has to find no fault, and the body where it belongs.

use super::hostile;
use super::way::{WAYS, Way};
use crate::bench::Bench;
use serde_json::Value;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use wan_playground::http::Json;
use wan_playground::snippet::Program;

const MANIFEST: &str = r#"[package]
name = "powershell-reader"
version = "0.0.0"
edition = "2024"

[dependencies]
serde_json = "1"
tree-sitter = "0.26"
tree-sitter-powershell = "0.26"

[profile.dev]
debug = false

[workspace]
"#;

/// Prints `[[kind, text], …]`: faults, here-strings, and what is called.
const READER: &str = r#"
use std::io::Read;

fn walk(node: tree_sitter::Node, text: &str, out: &mut Vec<(String, String)>) {
    let kind = if node.is_error() || node.is_missing() { "fault" } else { node.kind() };
    if ["fault", "verbatim_here_string_characters", "command_name"].contains(&kind) {
        out.push((kind.to_owned(), node.utf8_text(text.as_bytes()).expect("text").to_owned()));
    }
    let mut cursor = node.walk();
    node.children(&mut cursor).for_each(|child| walk(child, text, out));
}

fn main() {
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text).expect("text");
    let mut parser = tree_sitter::Parser::new();
    parser.set_language(&tree_sitter_powershell::LANGUAGE.into()).expect("a grammar");
    let mut out = Vec::new();
    walk(parser.parse(&text, None).expect("a tree").root_node(), &text, &mut out);
    println!("{}", serde_json::to_string(&out).expect("JSON"));
}
"#;

fn reader() -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("powershell-reader");
    fs::create_dir_all(folder.join("src")).expect("the target folder can be written");
    fs::write(folder.join("Cargo.toml"), MANIFEST).expect("it can be written");
    fs::write(folder.join("src/main.rs"), READER).expect("it can be written");
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["build", "--quiet"]).current_dir(&folder).env("CARGO_TARGET_DIR", folder.join("target"));
    let output = cargo.output().expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    folder.join("target/debug/powershell-reader")
}

/// What the grammar finds, with its kind.
fn found(reader: &Path, text: &str) -> Vec<(String, String)> {
    let mut child = Command::new(reader).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("it was built");
    child.stdin.take().expect("a pipe").write_all(text.as_bytes()).expect("it reads");
    let output = child.wait_with_output().expect("it ends");
    serde_json::from_slice(&output.stdout).expect("JSON")
}

fn of_kind<'a>(found: &'a [(String, String)], kind: &str) -> Vec<&'a str> {
    found.iter().filter(|(of, _)| of == kind).map(|(_, text)| text.as_str()).collect()
}

#[test]
fn a_grammar_of_power_shell_finds_no_fault_and_the_body_as_it_is() {
    let reader = reader();
    for wrong in ["'a", "if ($x { }", "@'\n'@x'\n", "f $_.A.B().C"] {
        assert!(!of_kind(&found(&reader, wrong), "fault").is_empty(), "the grammar finds faults: {wrong}");
    }
    let bench = Bench::start(&["dash"]);
    let mut alone = Json::object();
    for way in WAYS {
        let texts = hostile::texts();
        let mut bodies = vec![None, Some(hostile::body(&texts))];
        if way == WAYS[0] {
            bodies.extend(texts.into_iter().map(|text| {
                alone.put("input.prompt", Json::Text(text));
                Some(alone.clone())
            }));
        }
        for body in bodies {
            let mut way = Way::new(&bench, way, "a cat");
            way.create.body = body.or(way.create.body);
            let text = way.print(Program::PowerShell).text;
            assert!(text.is_ascii() && !text.contains('⟦'), "{text}");
            let found = found(&reader, &text);
            assert_eq!(of_kind(&found, "fault"), Vec::<&str>::new(), "{text}");
            let here = of_kind(&found, "verbatim_here_string_characters");
            let body = here.first().and_then(|here| here.strip_prefix("@'\n")?.strip_suffix("\n'@"));
            let read: Value = serde_json::from_str(body.expect("a here-string")).expect("JSON");
            let meant = way.create.body_text().expect("a body");
            assert_eq!((here.len(), read), (1, serde_json::from_str(&meant).expect("JSON")), "{text}");
            let mut called = of_kind(&found, "command_name");
            let known = ["Add-Type", "ConvertFrom-Json", "ConvertTo-Json", "Get-Place", "Get-Reason", "Invoke-Call"];
            let more = ["Join-Path", "New-Object", "Save-Video", "Start-Sleep", "Write-Note"];
            called.retain(|name| !known.contains(name) && !more.contains(name));
            assert_eq!(called, Vec::<&str>::new(), "{text}");
        }
    }
}
