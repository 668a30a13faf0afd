//! Opens the browser when the server responds. A failure is harmless: the address is on the screen.

use std::net::TcpStream;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

/// Leaves the waiting to a separate process, because `play` is replaced by the server.
pub fn later(url: &str) {
    let Ok(myself) = std::env::current_exe() else { return };
    let _ = silent(Command::new(myself).args(["open-when-ready", url])).spawn();
}

/// Waits up to ten seconds for the server, then opens its page.
pub fn when_ready(url: &str) {
    let host = url.trim_start_matches("http://").trim_end_matches('/');
    for _ in 0..100 {
        thread::sleep(Duration::from_millis(100));
        if TcpStream::connect(host).is_ok() {
            let _ = silent(opener().arg(url)).spawn();
            return;
        }
    }
}

fn opener() -> Command {
    if cfg!(target_os = "macos") {
        Command::new("open")
    } else if cfg!(windows) {
        let mut command = Command::new("cmd");
        // `start` treats its first quoted argument as a window title.
        command.args(["/C", "start", ""]);
        command
    } else {
        Command::new("xdg-open")
    }
}

fn silent(command: &mut Command) -> &mut Command {
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null())
}
