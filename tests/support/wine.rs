//! Wine's command prompt: third-party code, run as it is. Between it and what it starts as `curl`, a script, Wine's own
//! parsing of a command line takes place.
//!
//! Wine is not Windows. It is known not to keep line breaks within an argument.

use std::fmt::Write;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};

/// How long anything may take: creating a Windows prefix takes ten seconds.
const PATIENCE: Duration = Duration::from_secs(30);

/// A separate Windows prefix, created once.
struct Windows {
    wine: PathBuf,
    prefix: PathBuf,
    /// Where `curl.exe` is.
    programs: PathBuf,
    /// Keeps it running: each start of it takes a second. It exits when its input closes, which is when the tests end.
    awake: Option<Child>,
}

fn windows() -> &'static Windows {
    static WINDOWS: OnceLock<Windows> = OnceLock::new();
    WINDOWS.get_or_init(|| {
        let target = Path::new(env!("CARGO_TARGET_TMPDIR"));
        let (prefix, programs) = (target.join("wine"), target.join("wine-programs"));
        let mut windows = Windows { wine: wine(), prefix, programs, awake: None };
        fs::create_dir_all(&windows.programs).expect("the target folder can be written");
        let curl = windows.programs.join("curl.exe");
        let script =
            format!("#!/bin/sh\ncd \"$HOME\"\nto={WORDS}${{{NUMBER}:+.$$.${NUMBER}}}\nprintf '%s\\0' \"$@\" > $to.part\nmv $to.part $to\n");
        fs::write(&curl, script).expect("the target folder can be written");
        fs::set_permissions(&curl, fs::Permissions::from_mode(0o755)).expect("the file is ours");
        let made = end(windows.command(target).args(["wineboot", "--init"]));
        assert!(made.success(), "{made}");
        let awake = windows.command(target).args(["cmd", "/d", "/q"]).stdin(Stdio::piped()).spawn();
        windows.awake = Some(awake.expect("Wine starts"));
        windows
    })
}

/// The program that starts others: Debian keeps it outside the path.
fn wine() -> PathBuf {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let on_path = std::env::split_paths(&path).flat_map(|folder| [folder.join("wine64"), folder.join("wine")]);
    let mut places = std::iter::once(PathBuf::from("/usr/lib/wine/wine64")).chain(on_path);
    places.find(|place| place.is_file()).expect(
        "This test runs the printed commands with Wine's command prompt, which is not here: install the package `wine64`.",
    )
}

/// Waits for a program, but not forever.
fn end(command: &mut Command) -> ExitStatus {
    let mut child = command.spawn().expect("Wine starts");
    let started = Instant::now();
    loop {
        if let Some(status) = child.try_wait().expect("the program is ours") {
            return status;
        }
        if started.elapsed() > PATIENCE {
            child.kill().expect("the program is ours");
        }
        std::thread::sleep(Duration::from_millis(2));
    }
}

impl Windows {
    fn command(&self, folder: &Path) -> Command {
        let mut command = Command::new(&self.wine);
        command.current_dir(folder).env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default());
        command.env("HOME", folder).env("WINEPREFIX", &self.prefix);
        command.env("WINEPATH", format!("Z:{}", self.programs.display()).replace('/', "\\"));
        // No output of its own, no menus, and neither .NET nor a browser, which it would offer to install.
        command.env("WINEDEBUG", "-all").env("WINEDLLOVERRIDES", "mscoree,mshtml,winemenubuilder.exe=");
        // Its services stay alive with their inherited handles, so they get none that somebody waits for.
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        command
    }
}

/// Where a command is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Typed at the prompt.
    Prompt,
    /// In a batch file.
    Batch,
}

/// What a command is read from: a file even at the prompt, because Wine loses the second line of a pipe.
const FILE: &str = "wan.cmd";
/// The arguments of `curl`, each terminated by a NUL.
const WORDS: &str = "words";

/// The variable with the number of a text among several.
const NUMBER: &str = "WAN_TEXT";

/// What one `curl` got.
pub type Words = Vec<String>;

/// The arguments that every `curl` of several texts gets at one prompt, in a separate folder and with a variable: by text,
/// in no particular order. A text after which the prompt reads no other one is run alone, and those after it again.
pub fn all_words(folder: &Path, texts: &[String], variable: (&str, &str)) -> Vec<Vec<Words>> {
    let mut all: Vec<Vec<Words>> = vec![Vec::new(); texts.len()];
    let mut said = String::new();
    for (number, text) in texts.iter().enumerate() {
        write!(said, "\nset {NUMBER}={number}\n{text}\n\n").expect("a string takes all");
    }
    write!(said, "\nset {NUMBER}={}\ncurl end\n", texts.len()).expect("a string takes all");
    let file = folder.join(FILE);
    fs::write(&file, said.replace("\r\n", "\n").replace('\n', "\r\n")).expect("the folder can be written");
    let mut command = windows().command(folder);
    command.args(["cmd", "/d", "/q"]).env(variable.0, variable.1).env("LC_ALL", "C.UTF-8");
    end(command.stdin(fs::File::open(&file).expect("it was written")));
    // Wine does not wait for what it started, but starts it in order: after the last one the others are almost there.
    let ended = Instant::now();
    let mut is_whole = false;
    while !is_whole && ended.elapsed() < PATIENCE / 10 {
        std::thread::sleep(Duration::from_millis(20));
        for (number, words) in written(folder) {
            match all.get_mut(number) {
                Some(all) => all.push(words),
                None => is_whole = true,
            }
        }
    }
    std::thread::sleep(Duration::from_millis(200));
    for (number, words) in written(folder) {
        all[number].push(words);
    }
    fs::remove_file(file).expect("it was written");
    if !is_whole && texts.len() > 1 {
        let (first, second) = texts.split_at(texts.len() / 2);
        return [all_words(folder, first, variable), all_words(folder, second, variable)].concat();
    }
    all
}

/// What Wine reads for the bytes from 128 on in a file: the letters of the first PC.
const LETTERS: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐\
    └┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{a0}";

/// A word as it was written in the file, whose bytes Wine takes for letters of the first PC.
fn as_written(word: &str) -> String {
    let byte = |c: char| match LETTERS.chars().position(|known| known == c) {
        Some(at) => u8::try_from(at + 128).ok(),
        None => u8::try_from(c).ok().filter(u8::is_ascii),
    };
    let bytes: Option<Vec<u8>> = word.chars().map(byte).collect();
    bytes.and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_else(|| word.to_owned())
}

/// Takes what was written down so far: the number of the text, and the words.
fn written(folder: &Path) -> Vec<(usize, Words)> {
    let mut all = Vec::new();
    for entry in fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("a folder can be listed").path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let number = name.strip_prefix(WORDS).and_then(|rest| rest.rsplit('.').next()?.parse().ok());
        if let Some(number) = number {
            let said = String::from_utf8(fs::read(&path).expect("it was written")).expect("the words are UTF-8");
            all.push((number, said.split_terminator('\0').map(as_written).collect()));
            fs::remove_file(path).expect("it was there");
        }
    }
    all
}

/// The arguments that the only `curl` of a text gets, in a separate folder and with a variable; none if it is not
/// called.
pub fn words(folder: &Path, text: &str, place: Place, variable: (&str, &str)) -> Option<Vec<String>> {
    // Started several times in parallel, Wine now and then starts nothing; on a stalled machine perhaps even when
    // started once.
    static ONE_BY_ONE: Mutex<()> = Mutex::new(());
    let turn = ONE_BY_ONE.lock().unwrap_or_else(PoisonError::into_inner);
    let said = (0..2).find_map(|_| run(folder, text, place, variable));
    drop(turn);
    said.map(|said| said.split_terminator('\0').map(str::to_owned).collect())
}

fn run(folder: &Path, text: &str, place: Place, (name, value): (&str, &str)) -> Option<String> {
    let (file, words) = (folder.join(FILE), folder.join(WORDS));
    let echo = if place == Place::Batch { "@echo off\n" } else { "" };
    let text = format!("{echo}{text}\n").replace("\r\n", "\n").replace('\n', "\r\n");
    fs::write(&file, text).expect("the folder can be written");
    let mut command = windows().command(folder);
    command.args(["cmd", "/d", "/q"]).env(name, value).stdin(fs::File::open(&file).expect("it was written"));
    if place == Place::Batch {
        command.args(["/c", FILE]);
    }
    end(&mut command);
    // Wine does not wait for a program that is not a Windows program.
    let ended = Instant::now();
    while !words.exists() && ended.elapsed() < PATIENCE {
        std::thread::sleep(Duration::from_millis(2));
    }
    fs::remove_file(file).expect("it was written");
    let said = fs::read(&words).ok()?;
    fs::remove_file(words).expect("it was there");
    Some(String::from_utf8(said).expect("the words are UTF-8"))
}
