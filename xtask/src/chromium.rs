//! A Chromium for the browser tests: the user's word, the system's, Debian's package, or Playwright's own.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::debian;
use crate::run::{self, Failure, Step};

const NAMES: [&str; 5] = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome"];
const PLACES: [&str; 4] = [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Google/Chrome/Application/chrome.exe",
];

/// The program to drive, or `None` for the one that Playwright has installed for itself.
pub fn find(e2e: &Path) -> Result<Option<PathBuf>, Failure> {
    if let Some(named) = std::env::var_os("WAN_CHROMIUM").filter(|named| !named.is_empty()) {
        let named = PathBuf::from(named);
        return if named.is_file() {
            Ok(Some(named))
        } else {
            Err(Failure::remedy(format!("WAN_CHROMIUM names {}, which is not there", named.display())))
        };
    }
    if let Some(found) = installed() {
        return Ok(Some(found));
    }
    let step = Step { what: "installing Chromium and a Chinese font with apt", typical: "1 to 2 min, once" };
    if debian::install(&step, &["chromium", "fonts-noto-cjk"])
        && let Some(found) = installed()
    {
        return Ok(Some(found));
    }
    let npx = if cfg!(windows) { "npx.cmd" } else { "npx" };
    let step = Step { what: "installing Playwright's Chromium", typical: "about a minute, once" };
    match step.run(Command::new(npx).args(["playwright", "install", "chromium"]).current_dir(e2e)) {
        Ok(()) => Ok(None),
        Err(_) => Err(Failure::remedy(
            "there is no Chromium for the browser tests; install Chromium or Chrome, or name one with WAN_CHROMIUM=/path",
        )),
    }
}

fn installed() -> Option<PathBuf> {
    run::on_path(&NAMES).or_else(|| PLACES.iter().map(PathBuf::from).find(|place| place.is_file()))
}
