//! Debian's packages for what the tests drive. On other systems, or without root, the user is told what to install.

use std::path::Path;
use std::process::Command;

use crate::run::{self, Step};

/// Installs packages where that is possible, and returns whether it did.
pub fn install(step: &Step, packages: &[&str]) -> bool {
    if !is_debian_root() {
        return false;
    }
    let apt = || {
        let mut command = Command::new("apt-get");
        // Without a run level no package starts its service.
        command.env("DEBIAN_FRONTEND", "noninteractive").env("RUNLEVEL", "1");
        command
    };
    let update = step.run(apt().args(["update", "--quiet"]));
    let install = || step.run(apt().args(["install", "--yes", "--quiet", "--no-install-recommends"]).args(packages));
    update.and_then(|()| install()).is_ok()
}

/// Makes sure that the web servers whose configurations are tested are installed; reports what is missing if they
/// cannot be.
pub fn web_servers() {
    let missing = || {
        let there = |name: &str| run::on_path(&[name]).is_some() || Path::new("/usr/sbin").join(name).is_file();
        let brotli = Path::new("/etc/nginx/modules-enabled/50-mod-http-brotli-static.conf");
        !(there("caddy") && there("nginx") && brotli.is_file())
    };
    let packages = ["caddy", "nginx", "libnginx-mod-http-brotli-static"];
    let step = Step { what: "installing Caddy and nginx with apt", typical: "about 20 s, once" };
    if missing() && !install(&step, &packages) {
        run::say(&format!(
            "Caddy and nginx are tested too, and something of theirs is not here: install {} (Debian's packages).",
            packages.join(", ")
        ));
    }
}

/// Makes sure that the shells whose commands are run are installed, with what a script of theirs needs; the tests name
/// the one that is missing.
pub fn shells() {
    let shells = ["curl", "bash", "dash", "zsh", "fish", "jq"];
    let step = Step { what: "installing zsh, fish and jq with apt", typical: "about 20 s, once" };
    let missing = shells.iter().any(|name| run::on_path(&[*name]).is_none());
    if missing && !install(&step, &shells) {
        run::say(&format!("Commands are run in each shell, and one is not here: install {}.", shells.join(", ")));
    }
}

/// Makes sure that Wine is installed, for its command prompt.
pub fn wine() {
    let step = Step { what: "installing Wine with apt (100 MB)", typical: "about half a minute, once" };
    // Debian keeps it outside the path.
    let missing = !Path::new("/usr/lib/wine/wine64").is_file() && run::on_path(&["wine64", "wine"]).is_none();
    if missing && !install(&step, &["wine64"]) {
        run::say("Commands for Windows are run in Wine's command prompt, and it is not here: install wine64.");
    }
}

/// Makes sure that the runtimes of the programs are installed; the tests name the one that is missing.
pub fn runtimes() {
    shells();
    let missing = ["go", "java"].iter().any(|name| run::on_path(&[*name]).is_none());
    let step = Step { what: "installing Go and Java with apt", typical: "about a minute, once" };
    if missing && !install(&step, &["golang-go", "default-jdk-headless"]) {
        run::say("Programs are run by what they are written for, and one is not here: install Go and a JDK.");
    }
}

/// Debian itself: its derivatives may have packages of these names that only point elsewhere.
fn is_debian_root() -> bool {
    let about = std::fs::read_to_string("/etc/os-release").unwrap_or_default();
    about.lines().any(|line| line == "ID=debian") && run::output_of("id", &["-u"]).as_deref() == Some("0")
}
