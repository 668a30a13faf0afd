//! The example sites that embed the page, each built with its usual tool, in `target/embed`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::project::Project;
use crate::run::{Failure, Step};
use crate::{dist, tools};

/// Builds all three and returns the folder they are in.
pub fn build(project: &Project) -> Result<PathBuf, Failure> {
    let (sources, out) = (project.path("examples/embed"), project.own("embed"));
    copied(&sources.join("plain"), &out.join("plain"))?;
    let book = tools::mdbook(project)?;
    Step { what: "building the example book", typical: "a few seconds" }
        .run(Command::new(book).arg("build").arg(sources.join("mdbook")).arg("--dest-dir").arg(out.join("mdbook")))?;
    // Its packages stay out of the source tree.
    let work = out.join("vitepress-work");
    copied(&sources.join("vitepress"), &work)?;
    tools::npm_packages(&work, "the example site")?;
    let npx = if cfg!(windows) { "npx.cmd" } else { "npx" };
    Step { what: "building the example site", typical: "about 10 s" }.run(
        Command::new(npx)
            .args(["--no-install", "vitepress", "build", "--outDir"])
            .arg(out.join("vitepress"))
            .current_dir(&work),
    )?;
    Ok(out)
}

fn copied(from: &Path, to: &Path) -> Result<(), Failure> {
    fs::create_dir_all(to)
        .and_then(|()| dist::copy(from, to))
        .map_err(|error| Failure::step(format!("cannot copy {}: {error}", from.display())))
}
