//! The catalog files beside the page: the empty one that a deployer fills, its schema, and the built-in one for others.
//! People rely on their names as addresses, so they never get a hash.

use std::fs;
use std::io;
use std::path::Path;
use std::process::Command;

use crate::project::Project;
use crate::run::Failure;
use crate::server;

/// Shipped unchanged from `assets`.
const SHIPPED: [&str; 2] = ["catalog.json", "catalog.schema.json"];
/// The built-in gateways, in the order of the tabs.
const BUILT_IN: [&str; 4] = ["crazyrouter", "ope", "acedata", "dashscope"];

/// Puts them into a page's folder.
pub fn put(project: &Project, folder: &Path) -> io::Result<()> {
    for name in SHIPPED {
        fs::copy(project.path("assets").join(name), folder.join(name))?;
    }
    fs::write(folder.join("catalog.built-in.json"), built_in(project)?)
}

/// The built-in catalog in the format of `catalog.json`: the four files in one.
fn built_in(project: &Project) -> io::Result<String> {
    let mut gateways = Vec::new();
    for name in BUILT_IN {
        gateways.push(fs::read_to_string(project.path("src/catalog").join(format!("{name}.json")))?.trim().to_owned());
    }
    Ok(format!(
        "{{\n\"$schema\": \"./catalog.schema.json\",\n\"version\": 1,\n\"gateways\": [\n{}\n]\n}}\n",
        gateways.join(",\n")
    ))
}

/// `cargo xtask catalog check FILE`: reports what is wrong with a deployer's file, as the page would.
pub fn check(project: &Project, file: &Path) -> Result<(), Failure> {
    let status = Command::new(server::build(project)?).arg("--check-catalog").arg(file).status();
    match status {
        Ok(status) if status.success() => Ok(()),
        Ok(_) => Err(Failure::step(format!("{} is not in order", file.display()))),
        Err(error) => Err(Failure::step(format!("cannot run the checker: {error}"))),
    }
}
