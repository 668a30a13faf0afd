//! `third-party.txt` beside the page: the crates it is built from, with their licenses and the license texts.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use crate::project::Project;
use crate::run::{self, Failure};
use crate::tools;

/// Name of the file.
pub const FILE: &str = "third-party.txt";

/// A crate that the page uses.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Crate {
    name: String,
    version: String,
    license: String,
}

/// The text of the file.
pub fn text(project: &Project) -> Result<String, Failure> {
    let manifest = project.path("Cargo.toml");
    let listed = run::output_of(
        "cargo",
        &[
            "tree",
            "--quiet",
            "--manifest-path",
            &manifest.to_string_lossy(),
            "--no-default-features",
            "--features",
            "web",
            "--target",
            tools::WASM,
            "--edges",
            "normal,no-proc-macro",
            "--prefix",
            "none",
            "--format",
            "{p}|{l}",
        ],
    );
    let crates = crates(&listed.ok_or_else(|| Failure::step("cargo tree does not tell what the page is built from"))?);
    let mut texts: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for one in &crates {
        let found = sources(one).into_iter().flat_map(|folder| licenses(&folder));
        let found: Vec<String> = found.collect();
        for text in found {
            texts.entry(text).or_default().push(format!("{} {}", one.name, one.version));
        }
    }
    Ok(print(&crates, &texts))
}

fn print(crates: &BTreeSet<Crate>, texts: &BTreeMap<String, Vec<String>>) -> String {
    let mut out = String::from(
        "This page contains code of the following packages, and of the Rust standard library (MIT OR Apache-2.0).\n\n",
    );
    for Crate { name, version, license } in crates {
        let _ = writeln!(out, "{name} {version}: {license}");
    }
    for (text, of) in texts {
        let _ = write!(out, "\n{}\n{}\n\n{}\n", "-".repeat(80), of.join(", "), text.trim());
    }
    out
}

/// The crates in a list of `name vVERSION|LICENSE` lines. Our own have a folder in place of a license.
fn crates(listed: &str) -> BTreeSet<Crate> {
    let one = |line: &str| {
        let (package, license) = line.trim_end_matches(" (*)").split_once('|')?;
        let (name, version) = package.split_once(" v")?;
        let is_ours = version.contains('(');
        (!is_ours).then(|| Crate { name: name.to_owned(), version: version.to_owned(), license: license.to_owned() })
    };
    listed.lines().filter_map(one).collect()
}

/// Where cargo keeps the sources of a crate.
fn sources(one: &Crate) -> Vec<PathBuf> {
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| Some(std::env::home_dir()?.join(".cargo"))).unwrap_or_default();
    let registries = fs::read_dir(home.join("registry/src")).into_iter().flatten().flatten();
    let folder = format!("{}-{}", one.name, one.version);
    registries.map(|registry| registry.path().join(&folder)).filter(|folder| folder.is_dir()).collect()
}

/// The license texts in a folder, with normalized line endings.
fn licenses(folder: &Path) -> Vec<String> {
    let is_license = |name: &str| {
        let name = name.to_ascii_uppercase();
        ["LICENSE", "LICENCE", "COPYING", "NOTICE", "UNLICENSE"].iter().any(|start| name.starts_with(start))
    };
    let mut files: Vec<PathBuf> =
        fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    files.retain(|file| file.is_file() && file.file_name().is_some_and(|name| is_license(&name.to_string_lossy())));
    files.sort();
    files.iter().filter_map(|file| fs::read_to_string(file).ok()).map(|text| text.replace("\r\n", "\n")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_crate_of_the_page_is_named_with_its_license_and_its_text() {
        let text = text(&Project::locate().expect("in the project")).expect("cargo tells");
        for name in ["leptos 0.8", "web-sys 0.3", "serde_json 1"] {
            let line = text.lines().find(|line| line.starts_with(name)).unwrap_or_default();
            assert!(line.contains("MIT"), "{name}: {line}");
        }
        assert!(text.contains("Permission is hereby granted"), "no license text");
        assert!(!text.contains("axum "), "the server is not part of the page");
        assert!(!text.contains("wan-playground"), "our own code is no third party's");
        assert!(!text.contains("(*)"));
    }

    #[test]
    fn a_crate_that_is_told_twice_is_one() {
        let two = crates("a v1.0.0|MIT\na v1.0.0|MIT (*)\nours v0.1.0 (/a/folder)|\n");
        assert_eq!(two.len(), 1);
    }
}
