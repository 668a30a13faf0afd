//! PowerShell is not available as a package here. What is printed for it is parsed with a third-party grammar
//! (`tree-sitter-powershell`), in a separate program, which is compiled only for this.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

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

/// Prints `[[kind, text], …]`: errors, strings without variables, and what is called.
const READER: &str = r#"
use std::io::Read;

fn walk(node: tree_sitter::Node, text: &str, out: &mut Vec<(String, String)>) {
    let kind = if node.is_error() || node.is_missing() { "fault" } else { node.kind() };
    if ["fault", "verbatim_here_string_characters", "verbatim_string_characters", "command_name"].contains(&kind) {
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

fn build() -> PathBuf {
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

/// What the grammar finds in a script.
pub struct Found(Vec<(String, String)>);

/// Reads a script.
pub fn read(text: &str) -> Found {
    static READER: OnceLock<PathBuf> = OnceLock::new();
    let mut reader = Command::new(READER.get_or_init(build));
    let mut child = reader.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("it was built");
    child.stdin.take().expect("a pipe").write_all(text.as_bytes()).expect("it reads");
    let output = child.wait_with_output().expect("it ends");
    Found(serde_json::from_slice(&output.stdout).expect("JSON"))
}

impl Found {
    fn of_kind(&self, kind: &str) -> Vec<&str> {
        self.0.iter().filter(|(of, _)| of == kind).map(|(_, text)| text.as_str()).collect()
    }

    /// What is not valid PowerShell.
    pub fn faults(&self) -> Vec<&str> {
        self.of_kind("fault")
    }

    /// Names of what is called.
    pub fn called(&self) -> Vec<&str> {
        self.of_kind("command_name")
    }

    /// The values of the strings without variables, in single quotes and as here-strings.
    pub fn strings(&self) -> Vec<String> {
        let strings = self.0.iter().filter_map(|(kind, text)| match kind.as_str() {
            "verbatim_string_characters" => Some(in_single_quotes(text)),
            "verbatim_here_string_characters" => Some(in_a_here_string(text)),
            _ => None,
        });
        strings.collect()
    }
}

/// Of two quotes within quotes the first is kept, typographic ones too.
fn in_single_quotes(text: &str) -> String {
    let mut letters = text.strip_prefix('\'').and_then(|text| text.strip_suffix('\'')).expect("quotes").chars();
    let mut out = String::new();
    while let Some(c) = letters.next() {
        out.push(c);
        if matches!(c, '\'' | '\u{2018}'..='\u{201b}') {
            letters.next();
        }
    }
    out
}

/// Without the quotes and the line breaks beside them.
fn in_a_here_string(text: &str) -> String {
    let text = text.strip_prefix("@'").and_then(|text| text.strip_suffix("\n'@")).expect("a here-string");
    let text = text.strip_suffix('\r').unwrap_or(text);
    text.strip_prefix('\r').unwrap_or(text).strip_prefix('\n').expect("a here-string begins on its own line").to_owned()
}
