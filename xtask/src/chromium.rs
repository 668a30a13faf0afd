//! A Chromium for the browser tests: the user's choice, Chromium's headless shell, the system's browser, or
//! Playwright's own.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::debian;
use crate::run::{self, Failure, Step};

/// Chromium without windows around the page. The full browser creates several of these for every page that is opened,
/// and takes two and a half times the CPU time to open ours: measured with Chromium 156, 7.5 s against 3.0 s for eight.
const SHELL: &str = "chromium-headless-shell";
const NAMES: [&str; 5] = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome"];
const PLACES: [&str; 4] = [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Google/Chrome/Application/chrome.exe",
];

/// The browsers the tests drive.
pub struct Chromium {
    /// Opens the pages; none: the browser that Playwright has installed for itself.
    pages: Option<PathBuf>,
    /// Is killed and restarted on a profile of its own, which the headless shell does not have.
    whole: Option<PathBuf>,
}

impl Chromium {
    /// Tells a command which browsers to use.
    pub fn tell(&self, command: &mut Command) {
        for (name, program) in [("WAN_CHROMIUM", &self.pages), ("WAN_BROWSER", &self.whole)] {
            if let Some(program) = program {
                command.env(name, program);
            }
        }
    }
}

/// Finds a Chromium, or installs one.
pub fn find(e2e: &Path) -> Result<Chromium, Failure> {
    if let Some(named) = std::env::var_os("WAN_CHROMIUM").filter(|named| !named.is_empty()) {
        let named = PathBuf::from(named);
        return if named.is_file() {
            Ok(Chromium { pages: Some(named.clone()), whole: Some(installed().unwrap_or(named)) })
        } else {
            Err(Failure::remedy(format!("WAN_CHROMIUM names {}, which is not there", named.display())))
        };
    }
    let (shell, whole) = (|| run::on_path(&[SHELL]), installed);
    if shell().is_none() || whole().is_none() {
        let step = Step { what: "installing Chromium and a Chinese font with apt", typical: "1 to 2 min, once" };
        debian::install(&step, &["chromium", SHELL, "fonts-noto-cjk"]);
    }
    if let Some(whole) = whole() {
        return Ok(Chromium { pages: shell().or_else(|| Some(whole.clone())), whole: Some(whole) });
    }
    let npx = if cfg!(windows) { "npx.cmd" } else { "npx" };
    let step = Step { what: "installing Playwright's Chromium", typical: "about a minute, once" };
    match step.run(Command::new(npx).args(["playwright", "install", "chromium"]).current_dir(e2e)) {
        Ok(()) => Ok(Chromium { pages: None, whole: None }),
        Err(_) => Err(Failure::remedy(
            "there is no Chromium for the browser tests; install Chromium or Chrome, or name one with WAN_CHROMIUM=/path",
        )),
    }
}

fn installed() -> Option<PathBuf> {
    run::on_path(&NAMES).or_else(|| PLACES.iter().map(PathBuf::from).find(|place| place.is_file()))
}
