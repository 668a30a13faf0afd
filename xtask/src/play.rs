//! `cargo xtask play`: the page and the simulated gateways on this machine, from scratch.

use std::net::TcpListener;
use std::process::{Command, ExitCode};

use crate::cli::Wishes;
use crate::project::Project;
use crate::run::{self, Failure};
use crate::{open, server, site};

/// Builds what has changed, then becomes the server.
pub fn play(project: &Project, wishes: &Wishes) -> Result<ExitCode, Failure> {
    // Before the long build, not after it.
    free("play", wishes.port)?;
    let folder = site::build(project, site::Profile::Play)?;
    let program = server::build(project)?;
    free("play", wishes.port)?;
    if wishes.open {
        open::later(&format!("http://127.0.0.1:{}/", wishes.port));
    }
    let mut command = Command::new(program);
    command.arg("--site").arg(folder).args(["--port", &wishes.port.to_string()]);
    if let Some(speed) = &wishes.speed {
        command.args(["--speed", speed]);
    }
    if !wishes.embed_from.is_empty() {
        command.args(["--frame-ancestors", &format!("'self' {}", wishes.embed_from.join(" "))]);
    }
    if wishes.callbacks {
        command.arg("--callbacks");
    }
    command.current_dir(&project.root);
    become_it(run::clean(&mut command))
}

/// Reports a port that is in use, and another one for the same command.
pub fn free(command: &str, port: u16) -> Result<(), Failure> {
    let Err(error) = TcpListener::bind(("127.0.0.1", port)) else { return Ok(()) };
    let other = (port.saturating_add(1)..=u16::MAX)
        .find(|other| TcpListener::bind(("127.0.0.1", *other)).is_ok())
        .unwrap_or(crate::cli::DEFAULT_PORT);
    Err(Failure::remedy(match error.kind() {
        std::io::ErrorKind::AddrInUse => format!(
            "port {port} is in use, perhaps by an earlier `cargo xtask {command}`: stop that program, \
             or choose another port with `cargo xtask {command} --port {other}`"
        ),
        _ => format!("port {port} cannot be used ({error}); try `cargo xtask {command} --port {other}`"),
    }))
}

/// The program replaces this process, so that ending `cargo xtask` ends the program.
#[cfg(unix)]
pub fn become_it(command: &mut Command) -> Result<ExitCode, Failure> {
    use std::os::unix::process::CommandExt;
    let error = command.exec();
    Err(cannot_start(command, &error))
}

#[cfg(not(unix))]
pub fn become_it(command: &mut Command) -> Result<ExitCode, Failure> {
    let status = command.status().map_err(|error| cannot_start(command, &error))?;
    Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn cannot_start(command: &Command, error: &std::io::Error) -> Failure {
    Failure::step(format!("cannot start {}: {error}", command.get_program().to_string_lossy()))
}
