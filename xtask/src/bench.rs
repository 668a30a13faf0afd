//! `cargo xtask bench history`: figures of a page under load, measured in Chromium. Nothing passes or fails here.

use std::process::Command;

use crate::project::Project;
use crate::run::{Failure, Step};
use crate::{chromium, server, site, tools};

/// Measures the history and prints its figures.
pub fn history(project: &Project) -> Result<(), Failure> {
    let folder = project.path("tests/e2e");
    tools::npm_packages(&folder, "the browser tests")?;
    let chromium = chromium::find(&folder)?;
    let site = site::build(project, site::Profile::Play)?;
    let server = server::start(project, &site, &["--speed", "1"])?;
    let mut command = Command::new("node");
    command.arg("bench/history.mjs").current_dir(&folder).env("WAN_URL", &server.url);
    if let Some(chromium) = chromium {
        command.env("WAN_CHROMIUM", chromium);
    }
    Step { what: "ten thousand tasks in the history", typical: "two to four minutes" }.run(&mut command)
}
