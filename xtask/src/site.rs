//! The built page: cargo compiles it, wasm-bindgen writes its glue, we finish it, and a list of its inputs tells whether
//! it has to be rebuilt. Not Trunk: nothing can run there between the compiler and wasm-bindgen, where the packed page is
//! taken apart. For development, Trunk builds the same page (see `serve`).

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::UNIX_EPOCH;

use crate::project::Project;
use crate::run::{self, Failure, Step};
use crate::{catalog, css, html, tools};

/// All inputs of the page. The server's sources are not among them: the page compiles without them.
const INPUTS: [&str; 12] = [
    "build",
    "build.rs",
    "src",
    "style",
    "assets",
    "embed",
    "index.html",
    "Cargo.toml",
    "Cargo.lock",
    "rust-toolchain.toml",
    ".cargo/config.toml",
    "xtask",
];
const NOT_INPUTS: [&str; 6] =
    ["src/bin", "src/server", "src/server.rs", "xtask/lighthouse", "xtask/node", "xtask/target"];

/// A little optimization keeps the page small. Set from outside, so that the macros are the same builds that tests and
/// server use (see .cargo/config.toml); a separate profile would build them once more.
pub const PLAY: [(&str, &str); 2] = [("CARGO_PROFILE_DEV_OPT_LEVEL", "1"), ("CARGO_PROFILE_DEV_DEBUG", "false")];

/// How the page is compiled.
#[derive(Clone, Copy, PartialEq)]
pub enum Profile {
    /// Quick to build, small enough to load quickly: for `play` and the browser tests.
    Play,
    /// As small as possible: for `dist`.
    Page,
}

impl Profile {
    fn name(self) -> &'static str {
        match self {
            Self::Play => "play",
            Self::Page => "page",
        }
    }

    fn typical(self) -> &'static str {
        match self {
            Self::Play => "1 to 3 min the first time, then about 15 s",
            Self::Page => "3 to 6 min the first time, then about a minute",
        }
    }

    fn folder(self, project: &Project) -> PathBuf {
        match self {
            Self::Play => project.site(),
            Self::Page => project.own("site-page"),
        }
    }
}

/// Builds the finished page unless it is up to date, and returns its folder.
pub fn build(project: &Project, profile: Profile) -> Result<PathBuf, Failure> {
    let folder = profile.folder(project);
    let stamp = stamp(project, profile);
    let inputs =
        inputs(project).map_err(|error| Failure::remedy(format!("cannot look through the sources: {error}")))?;
    if folder.join("index.html").is_file() && fs::read_to_string(&stamp).is_ok_and(|built| built == inputs) {
        return Ok(folder);
    }
    tools::wasm_target()?;
    if profile == Profile::Page {
        tools::standard_library()?;
    }
    let wasm_bindgen = tools::wasm_bindgen(project)?;
    let raw = project.own(&format!("site-{}-raw", profile.name()));
    files(project, &raw).map_err(|error| Failure::step(format!("cannot put the page together: {error}")))?;
    let what = format!("building the page, profile `{}`", profile.name());
    let module = compile(project, profile, &Step { what: &what, typical: profile.typical() })?;
    let module = if profile == Profile::Page { apart(project, &module, &raw)? } else { module };
    let mut bind = Command::new(wasm_bindgen);
    bind.arg(&module).args(["--target", "web", "--no-typescript", "--out-name", html::NAME, "--out-dir"]).arg(&raw);
    if profile == Profile::Page {
        // The parts import from the first module by the linker's names.
        bind.arg("--keep-lld-exports");
    }
    Step { what: "writing the page's glue", typical: "a few seconds" }.run(&mut bind)?;
    complete(project, &raw)?;
    replace(&raw, &folder).map_err(|error| Failure::step(format!("cannot finish the page: {error}")))?;
    fs::write(&stamp, inputs).map_err(|error| Failure::step(format!("cannot write {}: {error}", stamp.display())))?;
    Ok(folder)
}

/// Compiles the page and returns the module.
fn compile(project: &Project, profile: Profile, step: &Step) -> Result<PathBuf, Failure> {
    let mut cargo = run::cargo();
    cargo.args(["build", "--locked", "--no-default-features", "--bin", html::NAME, "--target", tools::WASM]);
    let folder = match profile {
        Profile::Play => {
            cargo.args(["--features", "web"]);
            cargo.envs(PLAY);
            "debug"
        }
        // The standard library is built with the page, for size, and a panic is a trap and nothing else: messages,
        // source locations and debug formatting took 15 kB of 135 in brotli. boot.js shows a message after a trap. The
        // pinned compiler accepts these options only with this variable.
        Profile::Page => {
            cargo
                .args(["--features", "split", "--profile", "page"])
                .env("CARGO_ENCODED_RUSTFLAGS", smallest(project))
                .env("RUSTC_BOOTSTRAP", "1")
                .env("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort")
                .env("CARGO_UNSTABLE_BUILD_STD_FEATURES", "optimize_for_size");
            "page"
        }
    };
    step.run(cargo.current_dir(&project.root))?;
    Ok(project.own(tools::WASM).join(folder).join(format!("{}.wasm", html::NAME)))
}

/// Takes the module apart: the parts and their loader go into the page, the first module is returned.
fn apart(project: &Project, module: &Path, raw: &Path) -> Result<PathBuf, Failure> {
    let step = Step { what: "building the tool that takes the page apart", typical: "about half a minute, once" };
    step.run(run::cargo().args(["build", "--locked", "--package", "split"]).current_dir(&project.root))?;
    let folder = project.own("site-page-parts");
    let broken = |error: std::io::Error| Failure::step(format!("{}: {error}", folder.display()));
    if folder.exists() {
        fs::remove_dir_all(&folder).map_err(broken)?;
    }
    let step = Step { what: "taking the page apart", typical: "a few seconds" };
    step.run(Command::new(project.own("debug/split")).arg(module).arg(&folder).arg(html::NAME))?;
    let first = folder.join(format!("{}.wasm", html::NAME));
    for entry in fs::read_dir(&folder).map_err(broken)?.flatten() {
        if entry.path() != first {
            fs::copy(entry.path(), raw.join(entry.file_name())).map_err(broken)?;
        }
    }
    Ok(first)
}

/// The files of the page beside its module and glue.
fn files(project: &Project, raw: &Path) -> std::io::Result<()> {
    if raw.exists() {
        fs::remove_dir_all(raw)?;
    }
    fs::create_dir_all(raw)?;
    let page = html::plain(&fs::read_to_string(project.path("index.html"))?);
    for file in page.files {
        let name = Path::new(&file).file_name().unwrap_or_default();
        fs::copy(project.path(&file), raw.join(name))?;
    }
    fs::write(raw.join("index.html"), page.html)
}

/// What the packed page is made of beside the page: one line for each file of the packer.
pub fn packer(project: &Project) -> std::io::Result<String> {
    let mut list = String::new();
    for script in fs::read_dir(project.path("xtask/node"))?.flatten() {
        let script = script.path();
        if script.is_file() {
            describe(&project.root, script.strip_prefix(&project.root).unwrap_or(&script), &mut list)?;
        }
    }
    Ok(list)
}

/// The list of inputs that a page of this profile was built from last.
pub fn stamp(project: &Project, profile: Profile) -> PathBuf {
    project.own(&format!("site-{}.stamp", profile.name()))
}

/// Compiler flags for the smallest module, in addition to those the user set. They also keep this machine's folders out
/// of it.
fn smallest(project: &Project) -> String {
    let home = std::env::home_dir();
    let cargo = std::env::var_os("CARGO_HOME").map(PathBuf::from).or_else(|| Some(home.as_ref()?.join(".cargo")));
    let places =
        [(home, "home"), (Some(project.root.clone()), "page"), (cargo.map(|cargo| cargo.join("registry")), "crates")];
    let set = |name: &str| std::env::var(name).ok().filter(|flags| !flags.is_empty());
    let mut flags: Vec<String> = match (set("CARGO_ENCODED_RUSTFLAGS"), set("RUSTFLAGS")) {
        (Some(encoded), _) => encoded.split('\x1f').map(str::to_owned).collect(),
        (None, Some(plain)) => plain.split_whitespace().map(str::to_owned).collect(),
        (None, None) => Vec::new(),
    };
    let small = [
        "-Zunstable-options",
        "-Cpanic=immediate-abort",
        "-Zlocation-detail=none",
        "-Zfmt-debug=none",
        "-Csymbol-mangling-version=v0",
        // Views of components share one type, and with it the code that draws and changes them.
        "--cfg=erase_components",
    ];
    flags.extend(small.map(str::to_owned));
    // The page is taken apart by what refers to what.
    flags.push("-Clink-arg=--emit-relocs".to_owned());
    // The last match wins, so the widest folder comes first.
    for (place, name) in places {
        flags.extend(place.map(|place| format!("--remap-path-prefix={}={name}", place.display())));
    }
    flags.join("\x1f")
}

/// Turns the files of a folder into the finished page.
pub fn complete(project: &Project, raw: &Path) -> Result<(), Failure> {
    let broken = |error: String| Failure::step(format!("cannot finish the page: {error}"));
    let index = raw.join("index.html");
    let page = fs::read_to_string(&index).map_err(|error| broken(format!("{}: {error}", index.display())))?;
    let page = html::finish(&page).map_err(broken)?;
    for sheet in sheets(raw).map_err(|error| broken(error.to_string()))? {
        let source = project.path("style").join(sheet.file_name().unwrap_or_default());
        if source.is_file() {
            let flat = css::flatten(&source).map_err(broken)?;
            fs::write(&sheet, flat).map_err(|error| broken(error.to_string()))?;
        }
    }
    let glue = raw.join(html::GLUE);
    let gated = fs::read_to_string(&glue).map_err(|error| broken(format!("{}: {error}", glue.display())))?;
    let gated = html::gate(&gated).map_err(broken)?;
    let put = fs::write(&index, page)
        .and_then(|()| fs::write(&glue, gated))
        .and_then(|()| fs::copy(project.path("xtask/boot.js"), raw.join("boot.js")))
        .and_then(|_| fs::copy(project.path("xtask/rest.js"), raw.join("sw.js")))
        .and_then(|_| fs::copy(project.path("embed/embed.js"), raw.join("embed.js")))
        .and_then(|_| fs::copy(project.path("embed/embed.d.ts"), raw.join("embed.d.ts")))
        .and_then(|_| catalog::put(project, raw))
        .and_then(|()| samples(project, raw));
    put.map_err(|error| broken(error.to_string()))
}

/// Copies the sample videos and pictures, not the scripts that drew them.
fn samples(project: &Project, raw: &Path) -> std::io::Result<()> {
    let folder = raw.join("samples");
    fs::create_dir_all(&folder)?;
    for entry in fs::read_dir(project.path("samples"))? {
        let path = entry?.path();
        let is_media = |ending: &std::ffi::OsStr| ["mp4", "webp", "mp3"].iter().any(|known| ending == *known);
        if path.extension().is_some_and(is_media) {
            fs::copy(&path, folder.join(path.file_name().unwrap_or_default()))?;
        }
    }
    Ok(())
}

fn sheets(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut sheets = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|ending| ending == "css") {
            sheets.push(path);
        }
    }
    Ok(sheets)
}

/// Replaces a folder with a finished one.
pub fn replace(new: &Path, old: &Path) -> std::io::Result<()> {
    if old.exists() {
        fs::remove_dir_all(old)?;
    }
    if let Some(parent) = old.parent() {
        fs::create_dir_all(parent)?;
    }
    fs::rename(new, old)
}

/// One line for each input file: path, size, modification time.
fn inputs(project: &Project) -> std::io::Result<String> {
    let mut list = String::new();
    for input in INPUTS {
        describe(&project.root, Path::new(input), &mut list)?;
    }
    Ok(list)
}

fn describe(root: &Path, relative: &Path, list: &mut String) -> std::io::Result<()> {
    if NOT_INPUTS.iter().any(|not| Path::new(not) == relative) {
        return Ok(());
    }
    let path = root.join(relative);
    let Ok(about) = fs::metadata(&path) else { return Ok(()) };
    if about.is_dir() {
        let mut names =
            fs::read_dir(&path)?.map(|entry| entry.map(|entry| entry.file_name())).collect::<Result<Vec<_>, _>>()?;
        names.sort();
        return names.iter().try_for_each(|name| describe(root, &relative.join(name), list));
    }
    let changed = about.modified()?.duration_since(UNIX_EPOCH).unwrap_or_default();
    let _ = writeln!(list, "{} {} {}", relative.display(), about.len(), changed.as_nanos());
    Ok(())
}
