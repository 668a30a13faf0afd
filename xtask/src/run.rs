//! Child processes: with a line that says what runs and how long it typically takes, a heartbeat while it runs, and one
//! sentence when it fails.

use std::ffi::OsStr;
use std::fmt;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// How often a long step reports that it is still running.
const HEARTBEAT: Duration = Duration::from_secs(15);

/// Why a task ended early, as one sentence for people.
#[derive(Debug)]
pub struct Failure {
    /// The sentence, with the remedy where there is one.
    pub sentence: String,
    /// 2 if the user has to change something first, 1 if a step failed and has reported why itself.
    pub code: u8,
}

impl Failure {
    /// Something the user can fix; the sentence says how.
    pub fn remedy(sentence: impl fmt::Display) -> Self {
        Self { sentence: sentence.to_string(), code: 2 }
    }

    /// A step that failed.
    pub fn step(sentence: impl fmt::Display) -> Self {
        Self { sentence: sentence.to_string(), code: 1 }
    }
}

/// A step as it is announced.
pub struct Step<'a> {
    /// What it does: "building the page".
    pub what: &'a str,
    /// How long that typically takes: "about a minute the first time".
    pub typical: &'a str,
}

impl Step<'_> {
    /// Announces the step and keeps printing heartbeats until the returned value is dropped or finished.
    pub fn begin(&self) -> Alive {
        say(&format!("==> {} ({})", self.what, self.typical));
        let (stop, stopped) = mpsc::channel::<()>();
        let began = Instant::now();
        let what = self.what.to_owned();
        let ticker = thread::spawn(move || {
            while stopped.recv_timeout(HEARTBEAT) == Err(RecvTimeoutError::Timeout) {
                say(&format!("    ... still {what}, {}", elapsed(began.elapsed())));
            }
        });
        Alive { stop: Some(stop), ticker: Some(ticker), began }
    }

    /// Runs a command with its output passed through.
    pub fn run(&self, command: &mut Command) -> Result<(), Failure> {
        let alive = self.begin();
        let status = clean(command).status().map_err(|error| cannot_start(command, &error))?;
        alive.finish();
        self.judge(command, status)
    }

    /// Runs a command, passes its output through and returns it as well.
    pub fn tee(&self, command: &mut Command) -> Result<(ExitStatus, String), Failure> {
        let alive = self.begin();
        let result = tee(command);
        alive.finish();
        result
    }

    fn judge(&self, command: &Command, status: ExitStatus) -> Result<(), Failure> {
        if status.success() {
            return Ok(());
        }
        Err(Failure::step(format!(
            "{} failed: `{}` ended with {status}; its own words are above",
            self.what,
            shown(command)
        )))
    }
}

/// A step in progress.
pub struct Alive {
    stop: Option<Sender<()>>,
    ticker: Option<JoinHandle<()>>,
    began: Instant,
}

impl Alive {
    /// Finishes the step and prints the time it took, if that was long enough to matter.
    pub fn finish(self) {
        let took = self.began.elapsed();
        if took >= Duration::from_secs(1) {
            say(&format!("    took {}", elapsed(took)));
        }
    }
}

impl Drop for Alive {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(ticker) = self.ticker.take() {
            // The ticker only prints; if it panicked, there is nothing to recover.
            let _ = ticker.join();
        }
    }
}

/// Progress goes to stderr, so that stdout holds results only. A closed stream is no reason to stop.
pub fn say(line: &str) {
    let _ = writeln!(std::io::stderr(), "{line}");
}

/// `75 s` as `1 min 15 s`.
pub fn elapsed(duration: Duration) -> String {
    let seconds = duration.as_secs();
    if seconds < 60 { format!("{seconds} s") } else { format!("{} min {} s", seconds / 60, seconds % 60) }
}

/// A command without the variables that `cargo run` set in our environment for this package: build scripts that watch
/// such variables would otherwise run again on every switch between `cargo` and `cargo xtask`.
pub fn clean(command: &mut Command) -> &mut Command {
    for (name, _) in std::env::vars_os() {
        let text = name.to_string_lossy();
        if text.starts_with("CARGO_PKG_") || text.starts_with("CARGO_MANIFEST_") || text == "CARGO_PRIMARY_PACKAGE" {
            command.env_remove(&name);
        }
    }
    command
}

/// The cargo that runs us.
pub fn cargo() -> Command {
    Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// What a short, silent command prints, or nothing if it cannot be run or fails.
pub fn output_of(program: impl AsRef<OsStr>, arguments: &[&str]) -> Option<String> {
    let output = Command::new(program).args(arguments).stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// The first program of these names on `PATH`.
pub fn on_path(names: &[&str]) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    names.iter().find_map(|name| folders.iter().find_map(|folder| program_in(folder, name)))
}

/// A program in a folder, with this system's extension.
pub fn program_in(folder: &Path, name: &str) -> Option<PathBuf> {
    let endings: &[&str] = if cfg!(windows) { &["exe", "cmd", "bat"] } else { &[""] };
    endings.iter().map(|ending| folder.join(name).with_extension(ending)).find(|file| file.is_file())
}

/// `PATH` with a folder in front.
pub fn path_with(folder: &Path) -> Result<std::ffi::OsString, Failure> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::join_paths(std::iter::once(folder.to_path_buf()).chain(std::env::split_paths(&path)))
        .map_err(|error| Failure::remedy(format!("the path of this repository cannot stand in PATH: {error}")))
}

/// Runs a command, passes its output through line by line and returns all of it.
pub fn tee(command: &mut Command) -> Result<(ExitStatus, String), Failure> {
    clean(command).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().map_err(|error| cannot_start(command, &error))?;
    let output = child.stdout.take().map(|pipe| pass_on(pipe, std::io::stdout()));
    let errors = child.stderr.take().map(|pipe| pass_on(pipe, std::io::stderr()));
    let status = child.wait().map_err(|error| cannot_start(command, &error))?;
    let mut text = String::new();
    for reader in [output, errors].into_iter().flatten() {
        text.push_str(&reader.join().unwrap_or_default());
    }
    Ok((status, text))
}

fn pass_on(pipe: impl Read + Send + 'static, mut to: impl Write + Send + 'static) -> JoinHandle<String> {
    thread::spawn(move || {
        let mut all = String::new();
        let mut line = Vec::new();
        let mut pipe = BufReader::new(pipe);
        while matches!(pipe.read_until(b'\n', &mut line), Ok(1..)) {
            let _ = to.write_all(&line).and_then(|()| to.flush());
            all.push_str(&String::from_utf8_lossy(&line));
            line.clear();
        }
        all
    })
}

fn cannot_start(command: &Command, error: &std::io::Error) -> Failure {
    let program = command.get_program().to_string_lossy();
    Failure::remedy(format!("cannot start `{program}`: {error}"))
}

fn shown(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_name().unwrap_or_default().to_string_lossy();
    let words = command.get_args().take(4).map(OsStr::to_string_lossy);
    std::iter::once(program).chain(words).collect::<Vec<_>>().join(" ")
}
