//! The native server: built, and started either in place of this process or as a child that ends with it.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use crate::project::Project;
use crate::run::{self, Failure, Step};

/// How long a started server may take to report its address.
const PATIENCE: Duration = Duration::from_secs(20);

/// Builds the server and returns the program. The `dev` profile: it only simulates, and shares its crates with the
/// tests.
pub fn build(project: &Project) -> Result<PathBuf, Failure> {
    let step = Step { what: "building the server", typical: "about a minute the first time, then a few seconds" };
    let alive = step.begin();
    let mut command = run::cargo();
    command
        .args(["build", "--features", "server", "--bin", "server", "--message-format", "json-render-diagnostics"])
        .current_dir(&project.root)
        .stdin(Stdio::null())
        .stderr(Stdio::inherit());
    let output =
        run::clean(&mut command).output().map_err(|error| Failure::remedy(format!("cannot start cargo: {error}")))?;
    alive.finish();
    if !output.status.success() {
        return Err(Failure::step("the server does not compile; the compiler's words are above"));
    }
    // Cargo knows where it put the program, whatever target folder or triple the user has configured.
    executable(&String::from_utf8_lossy(&output.stdout))
        .ok_or_else(|| Failure::step("cargo did not say where it put the server"))
}

fn executable(messages: &str) -> Option<PathBuf> {
    let (_, rest) = messages.rsplit_once("\"executable\":\"")?;
    let (path, _) = rest.split_once("\",\"fresh\"").or_else(|| rest.split_once('"'))?;
    Some(PathBuf::from(path.replace("\\\\", "\\").replace("\\\"", "\"")))
}

/// A running server that ends when this value is dropped.
pub struct Running {
    child: Child,
    /// Its address: `http://127.0.0.1:PORT/`.
    pub url: String,
}

impl Running {
    /// What keeps a simulator alive: it ends when every program that holds this has ended.
    pub fn life_line(&mut self) -> Option<ChildStdin> {
        self.child.stdin.take()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have exited already; then there is nothing to end or wait for.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Builds and starts the server on a free port and waits until it reports its address.
pub fn start(project: &Project, site: &Path, arguments: &[&str]) -> Result<Running, Failure> {
    let mut command = Command::new(build(project)?);
    command.arg("--site").arg(site).args(arguments).stdin(Stdio::null());
    listening(project, command)
}

/// Builds and starts the server without a page, to end with whoever holds its life line.
pub fn simulator(project: &Project, arguments: &[&str]) -> Result<Running, Failure> {
    let mut command = Command::new(build(project)?);
    command.arg("--end-with-input").args(arguments).stdin(Stdio::piped());
    listening(project, command)
}

fn listening(project: &Project, mut command: Command) -> Result<Running, Failure> {
    command.args(["--port", "0"]).current_dir(&project.root).stdout(Stdio::piped());
    let mut child = run::clean(&mut command)
        .spawn()
        .map_err(|error| Failure::step(format!("cannot start {}: {error}", command.get_program().to_string_lossy())))?;
    let pipe = child.stdout.take();
    let mut running = Running { child, url: String::new() };
    let (send, receive) = mpsc::channel();
    // The thread keeps reading, so that the server never blocks on a full pipe.
    thread::spawn(move || {
        for line in pipe.into_iter().flat_map(|pipe| BufReader::new(pipe).lines()).map_while(Result::ok) {
            if let Some(url) = listening_on(&line) {
                let _ = send.send(url);
            }
        }
    });
    running.url = receive
        .recv_timeout(PATIENCE)
        .map_err(|_| Failure::step("the server did not say `listening on http://127.0.0.1:PORT/`"))?;
    Ok(running)
}

fn listening_on(line: &str) -> Option<String> {
    let (_, rest) = line.split_once("listening on ")?;
    rest.split_whitespace().next().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_executable_of_cargos_messages_is_the_server() {
        let messages = r#"{"reason":"compiler-artifact","executable":null,"fresh":true}
{"reason":"compiler-artifact","executable":"/a b/target/debug/server","fresh":true}
{"reason":"build-finished","success":true}"#;
        assert_eq!(executable(messages), Some(PathBuf::from("/a b/target/debug/server")));
    }

    #[test]
    fn the_address_is_read_from_the_line_that_announces_it() {
        assert_eq!(listening_on("listening on http://127.0.0.1:8080/").as_deref(), Some("http://127.0.0.1:8080/"));
        assert_eq!(listening_on("warming up"), None);
    }
}
