//! `cargo xtask dist`: the static site, for any host and any folder on it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::project::Project;
use crate::run::{Failure, Step};
use crate::{html, notices, site, tools};

/// Builds the smallest page and packs it into `out`.
pub fn dist(project: &Project, out: &Path) -> Result<(), Failure> {
    let out = std::path::absolute(out).map_err(|error| Failure::remedy(format!("{}: {error}", out.display())))?;
    may_replace(&out)?;
    let packer = tools::npm_project(project, "xtask/node", "the packer")?.join("pack.mjs");
    let page = site::build(project, site::Profile::Page)?;
    let fresh = project.own("dist-fresh");
    let step = Step { what: "shrinking, naming and compressing the files", typical: "about 20 s" };
    step.run(Command::new("node").arg(packer).arg(&page).arg(&fresh).current_dir(&project.root))?;
    fs::write(fresh.join(notices::FILE), notices::text(project)?)
        .map_err(|error| Failure::step(format!("cannot write {}: {error}", notices::FILE)))?;
    put(&fresh, &out).map_err(|error| Failure::step(format!("cannot write {}: {error}", out.display())))?;
    println!("the static site is in {}", out.display());
    Ok(())
}

/// The packed page for the browser tests, packed anew only where something in it has changed.
pub fn tested(project: &Project) -> Result<PathBuf, Failure> {
    let folder = project.own("dist-tested");
    let stamp = project.own("dist-tested.stamp");
    let broken = |error: std::io::Error| Failure::step(format!("cannot tell what the page was packed from: {error}"));
    site::build(project, site::Profile::Page)?;
    let mut inputs = fs::read_to_string(site::stamp(project, site::Profile::Page)).map_err(broken)?;
    inputs.push_str(&site::packer(project).map_err(broken)?);
    if folder.join("index.html").is_file() && fs::read_to_string(&stamp).is_ok_and(|packed| packed == inputs) {
        return Ok(folder);
    }
    dist(project, &folder)?;
    fs::write(&stamp, inputs).map_err(broken)?;
    Ok(folder)
}

/// Only an empty folder or an earlier site of ours is replaced.
fn may_replace(out: &Path) -> Result<(), Failure> {
    let ours = || fs::read_to_string(out.join("index.html")).is_ok_and(|page| page.contains(html::MARK));
    let empty = || fs::read_dir(out).is_ok_and(|mut entries| entries.next().is_none());
    if !out.exists() || empty() || ours() {
        return Ok(());
    }
    Err(Failure::remedy(format!(
        "{} holds something that is not an earlier `cargo xtask dist`; choose another folder with --out",
        out.display()
    )))
}

/// Moves the site into place; across file systems it is copied.
fn put(fresh: &Path, out: &Path) -> std::io::Result<()> {
    if site::replace(fresh, out).is_ok() {
        return Ok(());
    }
    copy(fresh, out)
}

/// Copies a folder with all its contents.
pub fn copy(from: &Path, to: &Path) -> std::io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}
