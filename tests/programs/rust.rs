//! Rust programs, built beforehand and all at once: their dependencies are built once and kept.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;

static BUILT: Mutex<Option<HashMap<String, PathBuf>>> = Mutex::new(None);

/// The dependencies that the head of the programs lists, without TLS, which nothing here needs.
const MANIFEST: &str = r#"[package]
name = "NAME"
version = "0.0.0"
edition = "2024"

[dependencies]
reqwest = { version = "0.12", default-features = false, features = FEATURES }
serde_json = "1"

[profile.dev]
debug = false
incremental = false

[workspace]
"#;

/// The features that the head of a program asks for.
fn features(text: &str) -> &str {
    let found =
        text.split_once("reqwest = { version = \"0.12\", features = ").and_then(|(_, rest)| rest.split_once(" }"));
    found.expect("it says what it needs").0
}

/// Builds these programs, which need the same, under a name.
pub fn build(name: &str, texts: Vec<String>) {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("rust-programs");
    let (package, target) = (folder.join(name), folder.join("target"));
    drop(fs::remove_dir_all(&package));
    fs::create_dir_all(package.join("src/bin")).expect("the target folder can be written");
    let needs = features(&texts[0]).to_owned();
    let manifest = MANIFEST.replace("NAME", name).replace("FEATURES", &needs);
    fs::write(package.join("Cargo.toml"), manifest).expect("it can be written");
    let mut built = BUILT.lock().expect("nobody panics with it");
    let built = built.get_or_insert_default();
    for (number, text) in texts.into_iter().enumerate() {
        let program = format!("{name}-{number}");
        assert_eq!(features(&text), needs, "they need the same");
        fs::write(package.join(format!("src/bin/{program}.rs")), &text).expect("it can be written");
        built.insert(text, target.join("debug").join(program));
    }
    let mut cargo = Command::new(env!("CARGO"));
    cargo
        .args(["build", "--quiet"])
        .current_dir(&package)
        .env("CARGO_TARGET_DIR", &target)
        .env("RUSTFLAGS", "-D warnings");
    // The variables cargo set for this test are not meant for another package.
    let output = cargo.output().expect("cargo runs");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr).chars().take(4000).collect::<String>()
    );
}

/// The built program of a text.
pub fn built(text: &str) -> PathBuf {
    BUILT
        .lock()
        .expect("nobody panics with it")
        .as_ref()
        .and_then(|built| built.get(text))
        .expect("it was built")
        .clone()
}
