//! What has to be installed before anything can be built: checked first, then set up in `target/tools`.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::project::Project;
use crate::run::{self, Failure, Step};

/// The compiler's target for the browser.
pub const WASM: &str = "wasm32-unknown-unknown";
const TRUNK_VERSION: &str = "0.21.14";
const MDBOOK_VERSION: &str = "0.5.4";
const OLDEST_NODE: u32 = 20;

/// Makes sure that the compiler can build for the browser.
pub fn wasm_target() -> Result<(), Failure> {
    let installed = run::output_of("rustc", &["--print", "target-libdir", "--target", WASM]);
    if installed.is_some_and(|folder| Path::new(&folder).is_dir()) {
        return Ok(());
    }
    rustup(
        &["target", "add", WASM],
        &Step { what: "adding the wasm target to the Rust toolchain", typical: "about 20 s" },
    )
}

/// Makes sure that the sources of the standard library are installed, to be built with the page.
pub fn standard_library() -> Result<(), Failure> {
    let root = run::output_of("rustc", &["--print", "sysroot"]);
    if root.is_some_and(|root| Path::new(&root).join("lib/rustlib/src/rust/library/std").is_dir()) {
        return Ok(());
    }
    rustup(
        &["component", "add", "rust-src"],
        &Step { what: "adding the standard library's sources to the Rust toolchain", typical: "about 20 s" },
    )
}

/// Makes sure that the formatter and clippy are installed.
pub fn lint_components() -> Result<(), Failure> {
    let there = |program: &str| run::output_of(program, &["--version"]).is_some();
    if there("rustfmt") && there("cargo-clippy") {
        return Ok(());
    }
    rustup(
        &["component", "add", "rustfmt", "clippy"],
        &Step { what: "adding rustfmt and clippy to the Rust toolchain", typical: "about 20 s" },
    )
}

fn rustup(arguments: &[&str], step: &Step) -> Result<(), Failure> {
    if run::on_path(&["rustup"]).is_none() {
        return Err(Failure::remedy(format!(
            "{} needs rustup, which is not installed: install it (https://rustup.rs), \
             or get what `rustup {}` would add from where your Rust came from",
            step.what,
            arguments.join(" ")
        )));
    }
    step.run(Command::new("rustup").args(arguments))
}

/// Finds the wasm-bindgen of exactly the version in `Cargo.lock`, or installs it into `target/tools`.
pub fn wasm_bindgen(project: &Project) -> Result<PathBuf, Failure> {
    let version = wasm_bindgen_version(project)?;
    let tool = CrateTool {
        package: "wasm-bindgen-cli",
        program: "wasm-bindgen",
        version: &version,
        typical: "1 to 2 min, once",
    };
    installed(project, &tool)
}

/// Finds trunk, or installs it into `target/tools`: for development, and for the test of it.
pub fn trunk(project: &Project) -> Result<PathBuf, Failure> {
    let tool = CrateTool { package: "trunk", program: "trunk", version: TRUNK_VERSION, typical: "2 to 4 min, once" };
    installed(project, &tool)
}

/// Finds mdBook, or installs it into `target/tools`: one of the example sites is built with it.
pub fn mdbook(project: &Project) -> Result<PathBuf, Failure> {
    installed(
        project,
        &CrateTool { package: "mdbook", program: "mdbook", version: MDBOOK_VERSION, typical: "3 to 6 min, once" },
    )
}

struct CrateTool<'a> {
    package: &'a str,
    program: &'a str,
    version: &'a str,
    typical: &'a str,
}

fn installed(project: &Project, tool: &CrateTool) -> Result<PathBuf, Failure> {
    let own = project.tools().join("bin");
    let right = |file: &PathBuf| {
        run::output_of(file, &["--version"])
            .and_then(|text| text.split_whitespace().nth(1).map(|version| version.trim_start_matches('v').to_owned()))
            .is_some_and(|version| version == tool.version)
    };
    let found = run::program_in(&own, tool.program).filter(right);
    if let Some(program) = found.or_else(|| run::on_path(&[tool.program]).filter(right)) {
        return Ok(program);
    }
    let what = format!("installing {} {} into target/tools", tool.package, tool.version);
    Step { what: &what, typical: tool.typical }.run(
        run::cargo()
            .arg("install")
            .arg(format!("{}@{}", tool.package, tool.version))
            // A debug build takes a third of the time and is fast enough; the default features of both are for
            // downloads and updates, which are not wanted here.
            .args(["--locked", "--no-default-features", "--debug", "--force", "--root"])
            .arg(project.tools())
            .current_dir(&project.root)
            // A persistent folder lets an interrupted installation continue where it stopped.
            .env("CARGO_TARGET_DIR", project.own("tools-build"))
            .env("CARGO_PROFILE_DEV_DEBUG", "false"),
    )?;
    run::program_in(&own, tool.program)
        .filter(right)
        .ok_or_else(|| Failure::step(format!("{} was installed but does not run", tool.program)))
}

/// The page and the tool that generates its glue must have exactly the same version.
fn wasm_bindgen_version(project: &Project) -> Result<String, Failure> {
    let lock = std::fs::read_to_string(project.path("Cargo.lock"))
        .map_err(|error| Failure::remedy(format!("cannot read Cargo.lock ({error}); restore it from git")))?;
    locked_version(&lock, "wasm-bindgen")
        .ok_or_else(|| Failure::remedy("Cargo.lock has no wasm-bindgen; restore it from git"))
}

fn locked_version(lock: &str, package: &str) -> Option<String> {
    let start = format!("name = \"{package}\"\nversion = \"");
    let (_, rest) = lock.split_once(&start)?;
    rest.split('"').next().map(str::to_owned)
}

/// Makes sure that node is installed and not too old, and npm with it.
pub fn node() -> Result<(), Failure> {
    let Some(version) = run::output_of("node", &["--version"]) else {
        return Err(Failure::remedy(format!(
            "node is not installed; install Node.js {OLDEST_NODE} or newer (https://nodejs.org)"
        )));
    };
    let major: u32 = version.trim_start_matches('v').split('.').next().and_then(|text| text.parse().ok()).unwrap_or(0);
    if major < OLDEST_NODE {
        return Err(Failure::remedy(format!(
            "node is {version}, which is too old; install Node.js {OLDEST_NODE} or newer (https://nodejs.org)"
        )));
    }
    if run::on_path(&["npm"]).is_none() {
        return Err(Failure::remedy("npm is not installed; it comes with Node.js, on Debian as the package `npm`"));
    }
    Ok(())
}

/// Installs the locked npm packages of a folder that holds `package-lock.json`, unless exactly that lock is installed.
pub fn npm_packages(folder: &Path, what: &str) -> Result<(), Failure> {
    node()?;
    let lock = std::fs::read_to_string(folder.join("package-lock.json"))
        .map_err(|error| Failure::remedy(format!("cannot read package-lock.json of {what} ({error})")))?;
    let stamp = folder.join("node_modules").join(".installed-lock");
    if std::fs::read_to_string(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    let what = format!("installing the npm packages of {what}");
    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    // No package here needs its install script, so none of them is run.
    Step { what: &what, typical: "about 10 s" }
        .run(Command::new(npm).args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]).current_dir(folder))?;
    std::fs::write(&stamp, lock).map_err(|error| Failure::step(format!("cannot write {}: {error}", stamp.display())))
}

/// Copies a folder of ours that has npm packages into `target/tools`, installs them there, and returns the copy.
pub fn npm_project(project: &Project, source: &str, what: &str) -> Result<PathBuf, Failure> {
    let source = project.path(source);
    let folder = project.tools().join(source.file_name().unwrap_or_default());
    let copied = std::fs::create_dir_all(&folder).and_then(|()| {
        for file in std::fs::read_dir(&source)? {
            let file = file?;
            if file.file_type()?.is_file() {
                std::fs::copy(file.path(), folder.join(file.file_name()))?;
            }
        }
        Ok(())
    });
    copied.map_err(|error| Failure::step(format!("cannot prepare {}: {error}", folder.display())))?;
    npm_packages(&folder, what)?;
    Ok(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn locked_version_is_that_of_the_very_package() {
        let lock = "name = \"wasm-bindgen-macro\"\nversion = \"1\"\n\nname = \"wasm-bindgen\"\nversion = \"0.2.129\"\n";
        assert_eq!(locked_version(lock, "wasm-bindgen").as_deref(), Some("0.2.129"));
        assert_eq!(locked_version(lock, "leptos"), None);
    }
}
