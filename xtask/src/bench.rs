//! `cargo xtask bench …`: performance figures of a page under load, measured in Chromium, of the parser for pasted
//! text, and of the packed page by Lighthouse. Also `cargo xtask fuzz`, which feeds that parser millions of texts.

use std::process::Command;

use crate::project::Project;
use crate::run::{self, Failure, Step};
use crate::{chromium, dist, server, site, tools};

/// Measures the history and prints its figures.
pub fn history(project: &Project) -> Result<(), Failure> {
    let folder = project.path("tests/e2e");
    tools::npm_packages(&folder, "the browser tests")?;
    let chromium = chromium::find(&folder)?;
    let site = site::build(project, site::Profile::Play)?;
    let server = server::start(project, &site, &["--speed", "1"])?;
    let mut command = Command::new("node");
    command.arg("bench/history.mjs").current_dir(&folder).env("WAN_URL", &server.url);
    chromium.tell(&mut command);
    Step { what: "ten thousand tasks in the history", typical: "two to four minutes" }.run(&mut command)
}

/// Measures the packed page under phone conditions, three times, and prints the medians.
pub fn lighthouse(project: &Project) -> Result<(), Failure> {
    let folder = tools::npm_project(project, "xtask/lighthouse", "Lighthouse")?;
    let chromium = chromium::find(&project.path("tests/e2e"))?;
    let site = project.own("dist-measured");
    dist::dist(project, &site)?;
    // Our own server sends the compressed files, as a host would.
    let server = server::start(project, &site, &["--speed", "20"])?;
    let mut command = Command::new("node");
    command.args(["run.mjs", &server.url, "3"]).current_dir(&folder);
    chromium.tell(&mut command);
    Step { what: "Lighthouse, three times", typical: "two minutes" }.run(&mut command)
}

/// Measures how long it takes to read pasted text, and fails if that is not linear.
pub fn import(project: &Project) -> Result<(), Failure> {
    let words = ["pace::", "--", "--ignored", "--nocapture", "--test-threads", "1"];
    Step { what: "reading texts of three sizes", typical: "two minutes the first time" }
        .run(&mut optimized(project, &words))
}

/// Reads texts that are broken on purpose.
pub fn fuzz(project: &Project, cases: u64, seed: u64) -> Result<(), Failure> {
    let mut command = optimized(project, &["fuzz::", "--", "--nocapture"]);
    command.env("WAN_FUZZ_CASES", cases.to_string()).env("WAN_FUZZ_SEED", seed.to_string());
    Step { what: "reading texts broken on purpose", typical: "two minutes the first time, and one for a million texts" }
        .run(&mut command)
}

/// The tests of the parser, fully optimized, with all checks.
fn optimized(project: &Project, words: &[&str]) -> Command {
    let mut cargo = run::cargo();
    cargo.args(["test", "--profile", "fuzz", "--test", "import"]).args(words).current_dir(&project.root);
    cargo
}
