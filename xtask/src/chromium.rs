//! A Chromium for the browser tests: the user's word, the system's, Debian's package, or Playwright's own.

use std::path::{Path, PathBuf};
use std::process::Command;

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
    if is_debian_root() {
        let step = Step { what: "installing Chromium and a Chinese font with apt", typical: "1 to 2 min, once" };
        let apt = || {
            let mut command = Command::new("apt-get");
            command.env("DEBIAN_FRONTEND", "noninteractive");
            command
        };
        let there = step.run(apt().args(["update", "--quiet"])).and_then(|()| {
            step.run(apt().args([
                "install",
                "--yes",
                "--quiet",
                "--no-install-recommends",
                "chromium",
                "fonts-noto-cjk",
            ]))
        });
        if let (Ok(()), Some(found)) = (there, installed()) {
            return Ok(Some(found));
        }
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

/// Debian itself: its relatives may have a `chromium` package that only points elsewhere.
fn is_debian_root() -> bool {
    let about = std::fs::read_to_string("/etc/os-release").unwrap_or_default();
    about.lines().any(|line| line == "ID=debian") && run::output_of("id", &["-u"]).as_deref() == Some("0")
}
