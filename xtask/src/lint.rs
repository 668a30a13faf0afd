//! `cargo xtask lint`: formatting, and clippy on every feature for host and wasm; a warning is an error.

use std::process::Command;

use crate::project::Project;
use crate::run::{self, Failure, Step};
use crate::tools::{self, WASM};

const CLIPPY: [(&str, &[&str]); 5] = [
    ("the centre", &["--all-targets"]),
    ("the server", &["--all-targets", "--features", "server"]),
    ("the page, on this machine", &["--all-targets", "--features", "web"]),
    ("the page, for the browser", &["--features", "web", "--target", WASM]),
    ("the tasks", &["--package", "xtask", "--all-targets"]),
];

/// Runs every check and reports at the end which of them failed.
pub fn lint(project: &Project) -> Result<(), Failure> {
    tools::lint_components()?;
    tools::wasm_target()?;
    let mut failed = Vec::new();
    let mut check =
        |name: String, typical: &str, command: &mut Command| match (Step { what: &name, typical }).run(command) {
            Ok(()) => Ok(()),
            Err(failure) if failure.code == 1 => {
                failed.push(name.clone());
                Ok(())
            }
            Err(failure) => Err(failure),
        };
    let cargo = || {
        let mut command = run::cargo();
        command.current_dir(&project.root);
        command
    };
    check("checking the formatting".into(), "a second", cargo().args(["fmt", "--all", "--check"]))?;
    for (what, options) in CLIPPY {
        let mut command = cargo();
        command.arg("clippy").args(options).args(["--", "-D", "warnings"]);
        check(format!("clippy on {what}"), "up to two minutes the first time", &mut command)?;
    }
    if failed.is_empty() {
        run::say("lint: everything is in order");
        return Ok(());
    }
    Err(Failure::step(format!("lint failed: {}; what is wrong stands above", failed.join(", "))))
}
