//! `cargo xtask serve`: the development loop. Trunk builds the page, serves it and reloads it after an edit, and passes
//! on what the page asks of the simulator and the relay.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use crate::project::Project;
use crate::run::{self, Failure};
use crate::{html, play, server, site, tools};

/// Tells the hook how fast the simulator is.
const SPEED: &str = "WAN_SIMULATOR_SPEED";
/// Trunk's script that waits for a new build, in a file of its own.
const RELOAD: &str = "reload.js";

/// Starts the simulator, then becomes Trunk; the simulator ends with it.
pub fn serve(project: &Project, port: u16, speed: Option<&str>) -> Result<ExitCode, Failure> {
    play::free("serve", port)?;
    tools::wasm_target()?;
    let trunk = tools::trunk(project)?;
    let wasm_bindgen = tools::wasm_bindgen(project)?;
    let speed = speed.unwrap_or("1");
    // The page is at another port than the server, which knows that only by these names.
    let mut server = server::simulator(project, &["--speed", speed, "--host", "127.0.0.1", "--host", "localhost"])?;
    play::free("serve", port)?;
    let settings = settings(project, &server.url, port)?;
    let mut command = Command::new(trunk);
    command.args(["--skip-version-check", "serve", "--config"]).arg(settings).args(["--port", &port.to_string()]);
    command.current_dir(&project.root).env(SPEED, speed).envs(site::PLAY);
    // Trunk takes the wasm-bindgen it finds, if that has the right version.
    command.env("PATH", run::path_with(wasm_bindgen.parent().unwrap_or(&project.root))?);
    if std::env::var_os("NO_COLOR").is_some() {
        // Trunk accepts no other value.
        command.env("NO_COLOR", "true");
    }
    if let Some(line) = server.life_line() {
        command.stdin(line);
    }
    play::become_it(run::clean(&mut command))
}

/// Writes the settings for Trunk: those of `Trunk.toml`, with other ports.
fn settings(project: &Project, simulator: &str, port: u16) -> Result<PathBuf, Failure> {
    let broken = |error: &dyn std::fmt::Display| Failure::step(format!("cannot prepare Trunk's settings: {error}"));
    let own = std::env::current_exe().map_err(|error| broken(&error))?;
    let plain = fs::read_to_string(project.path("Trunk.toml")).map_err(|error| broken(&error))?;
    let text = moved(&plain, &project.root, &own, simulator, port).map_err(|error| broken(&error))?;
    let folder = project.own("serve");
    let file = folder.join(format!("Trunk-{port}.toml"));
    fs::create_dir_all(&folder).and_then(|()| fs::write(&file, text)).map_err(|error| broken(&error))?;
    Ok(file)
}

/// The settings as they are read from another folder, with the simulator and the page elsewhere, and with this program
/// as the hook: cargo would compile it once more, with the page's settings.
fn moved(plain: &str, root: &Path, own: &Path, simulator: &str, port: u16) -> Result<String, String> {
    const PATHS: [&str; 4] = ["target = ", "dist = ", "watch = ", "ignore = "];
    let mut text = String::with_capacity(plain.len() * 2);
    for line in plain.lines() {
        if PATHS.iter().any(|start| line.starts_with(start)) {
            for (at, piece) in line.split('"').enumerate() {
                match at % 2 {
                    0 => text.push_str(piece),
                    _ => text.push_str(&quoted(&root.join(piece))),
                }
            }
        } else {
            text.push_str(line);
        }
        text.push('\n');
    }
    let replaced = [
        ("backend = \"http://127.0.0.1:8080/", format!("backend = \"{simulator}")),
        ("host = \"127.0.0.1:8081\"", format!("host = \"127.0.0.1:{port}\"")),
        (
            "command = \"cargo\"\ncommand_arguments = [\"xtask\", \"finish\"]",
            format!("command = {}\ncommand_arguments = [\"finish\"]", quoted(own)),
        ),
    ];
    for (from, to) in replaced {
        if !text.contains(from) {
            return Err(format!("Trunk.toml has no `{from}`"));
        }
        text = text.replace(from, &to);
    }
    Ok(text)
}

fn quoted(path: &Path) -> String {
    // A basic string of TOML escapes as Rust does.
    format!("{:?}", path.to_string_lossy())
}

/// What Trunk calls when it has built the page: finishes it in the folder that the environment names.
pub fn finish(project: &Project) -> Result<(), Failure> {
    let Some(folder) = std::env::var_os("TRUNK_STAGING_DIR").map(PathBuf::from) else {
        return Err(Failure::remedy("`cargo xtask finish` is called by Trunk; what you want is `cargo xtask serve`"));
    };
    let broken = |error: &dyn std::fmt::Display| Failure::step(format!("cannot finish Trunk's page: {error}"));
    let index = folder.join("index.html");
    let page = fs::read_to_string(&index).map_err(|error| broken(&error))?;
    if let Some(served) = html::served(&page, RELOAD).map_err(|error| broken(&error))? {
        let speed = std::env::var(SPEED).ok().and_then(|speed| speed.parse().ok()).unwrap_or(1.0);
        fs::write(folder.join(RELOAD), served.script)
            .and_then(|()| fs::write(&index, html::simulated(&served.page, speed)))
            .map_err(|error| broken(&error))?;
    }
    site::complete(project, &folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TRUNK: &str = include_str!("../../Trunk.toml");

    #[test]
    fn trunks_settings_are_moved_to_the_ports_of_this_run() {
        let (root, own) = (Path::new("/a b"), Path::new("/a b/target/debug/xtask"));
        let text = moved(TRUNK, root, own, "http://127.0.0.1:4567/", 9000).expect("Trunk.toml is as expected");
        for line in [
            "target = \"/a b/index.html\"",
            "ignore = [\"/a b/src/server\", \"/a b/src/server.rs\", \"/a b/src/bin\"]",
            "command = \"/a b/target/debug/xtask\"",
            "command_arguments = [\"finish\"]",
            "backend = \"http://127.0.0.1:4567/sim/\"",
            "backend = \"http://127.0.0.1:4567/relay/\"",
            "request_headers = { host = \"127.0.0.1:9000\" }",
        ] {
            assert!(text.lines().any(|there| there == line), "{line}\n{text}");
        }
        assert!(!text.contains("127.0.0.1:8080") && !text.contains("127.0.0.1:8081"), "{text}");
    }

    #[test]
    fn settings_that_cannot_be_moved_are_refused() {
        let strange = TRUNK.replace("127.0.0.1:8080", "localhost:8080");
        assert!(moved(&strange, Path::new("/"), Path::new("/x"), "http://127.0.0.1:1/", 2).is_err());
    }
}
