//! What runs a program.

use super::rust;
use crate::bench::CANARY;
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, mpsc};
use wan_playground::snippet::Program;

/// A program and what runs it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Runtime {
    pub program: Program,
    /// The command, or the variable that holds it.
    pub by: &'static str,
}

/// What is run here. For zsh, nothing separate is printed.
pub const REAL: [Runtime; 11] = [
    Runtime { program: Program::Sh, by: "dash" },
    Runtime { program: Program::Sh, by: "bash" },
    Runtime { program: Program::Sh, by: "zsh" },
    Runtime { program: Program::Python, by: "WAN_PYTHON" },
    Runtime { program: Program::PythonSdk, by: "WAN_PYTHON" },
    Runtime { program: Program::PythonOpenAi, by: "WAN_PYTHON" },
    Runtime { program: Program::JavaScript, by: "node" },
    Runtime { program: Program::Browser, by: "node" },
    Runtime { program: Program::Go, by: "go" },
    Runtime { program: Program::Java, by: "java" },
    Runtime { program: Program::Rust, by: "cargo" },
];

/// Calls the module, in place of a page, and saves what it returns.
const CALLER: &str = r#"
import { readFile, writeFile } from "node:fs/promises";
const { makeVideo } = await import(`${process.cwd()}/wan-browser.mjs`);
const name = Object.keys(process.env).find((name) => name.endsWith("_API_KEY"));
// The files that a user would choose: those that the module lists.
const listed = (await readFile("wan-browser.mjs", "utf8")).matchAll(/^  "data:.*": \[("(?:[^"\\]|\\.)*"), /gm);
const names = [...listed].map((found) => JSON.parse(found[1]));
const files = await Promise.all(names.map((name) => readFile(name).then((bytes) => new Blob([bytes]), () => undefined)));
const options = { files, task: process.argv[1], onTask: (task) => console.error(`task ${task}`), onWord: console.error };
const video = () => makeVideo(process.env[name], options).catch((error) => {
  console.error(name, error.message);
  process.exit(1);
});
let { task, link, blob } = await video();
for (let saved = false; !saved; ) {
  const response = blob ? new Response(blob) : await fetch(link);
  if ((saved = response.ok)) await writeFile("video.mp4", response.body);
  else ({ task, link, blob } = await ((options.task = task), (options.onTask = undefined), video()));
}
console.log("video.mp4");
"#;

/// How a program ended.
#[derive(Debug)]
pub struct End {
    pub ok: bool,
    pub out: String,
    pub err: String,
}

impl End {
    /// The id that was printed, and the file.
    pub fn task(&self) -> Option<&str> {
        self.err.lines().find_map(|line| line.strip_prefix("task "))
    }

    pub fn file(&self) -> &str {
        self.out.trim_end()
    }
}

/// A temporary folder.
pub struct Folder(pub PathBuf);

impl Folder {
    pub fn new() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let name = format!("programs-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        fs::create_dir_all(&folder).expect("the target folder can be written");
        Self(folder)
    }

    /// Its contents.
    pub fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(&self.0).expect("the folder can be listed");
        let mut names: Vec<String> =
            entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // A folder left behind in the target folder is harmless.
        drop(fs::remove_dir_all(&self.0));
    }
}

impl Runtime {
    pub fn name(self) -> String {
        format!("{} by {}", self.program.name(), self.by)
    }

    /// Whether starting a program takes seconds.
    pub fn is_compiled(self) -> bool {
        matches!(self.program, Program::Go | Program::Java | Program::Rust)
    }

    /// A body without what Alibaba's library adds to every body.
    pub fn own(self, mut sent: Value) -> Value {
        if self.program == Program::PythonSdk
            && let Some(body) = sent.as_object_mut()
        {
            if body["parameters"] == serde_json::json!({}) {
                body.remove("parameters");
            }
            if let Some(input) = body["input"].as_object_mut() {
                input.retain(|name, value| {
                    let is_added = matches!(name.as_str(), "extend_prompt" | "function");
                    !is_added && (name != "prompt" || !value.is_null())
                });
            }
        }
        sent
    }

    /// The command that runs a program text in a folder.
    fn command(self, folder: &Folder, text: &str) -> Command {
        let file = folder.0.join(self.program.file_name());
        let mut command = match self.program {
            Program::Rust => Command::new(rust::built(text)),
            _ if self.by == "WAN_PYTHON" => {
                Command::new(std::env::var(self.by).unwrap_or_else(|_| "python3".to_owned()))
            }
            _ => Command::new(self.by),
        };
        if self.program == Program::Rust {
            return command;
        }
        if self.program == Program::Go {
            command.arg("run");
        }
        fs::write(&file, text).expect("the folder can be written");
        if self.program == Program::Browser {
            command.args(["--input-type=module", "--eval", CALLER]);
        } else {
            command.arg(self.program.file_name());
        }
        command
    }

    /// Runs a program text in a folder, with an almost empty environment.
    pub fn run(self, folder: &Folder, text: &str, key: Option<(&str, &str)>, arguments: &[&str]) -> End {
        let mut command = self.command(folder, text);
        command.args(arguments).current_dir(&folder.0).env_clear().stdin(Stdio::null());
        command.env("PATH", std::env::var_os("PATH").unwrap_or_default()).env("HOME", &folder.0);
        command.env("PYTHONDONTWRITEBYTECODE", "1");
        // Java reads the names of files in it.
        command.env("LC_ALL", "C.UTF-8");
        command.env("GOCACHE", Path::new(env!("CARGO_TARGET_TMPDIR")).join("go")).env("GOFLAGS", "-buildvcs=false");
        if let Some((name, value)) = key {
            command.env(name, value);
        }
        let output = command.output().unwrap_or_else(|why| panic!("`{}` cannot be run ({why}): install it", self.by));
        drop(fs::remove_file(folder.0.join(self.program.file_name())));
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let end = End { ok: output.status.success(), out: text(&output.stdout), err: text(&output.stderr) };
        assert!(!end.out.contains("canary") && !end.err.contains("canary"), "{}: a key is told", self.name());
        end
    }

    /// The same with a good key.
    pub fn run_with_key(self, folder: &Folder, text: &str, variable: &str, arguments: &[&str]) -> End {
        assert!(!text.contains(CANARY), "a program never holds a key");
        self.run(folder, text, Some((variable, CANARY)), arguments)
    }
}

/// Runs all of these, some in parallel, and panics with everything that went wrong.
pub fn all_at_once<T: Send>(work: Vec<T>, each: impl Fn(T) -> Result<(), String> + Sync) {
    let count = work.len();
    let work = Mutex::new(work.into_iter());
    let (tell, told) = mpsc::channel();
    std::thread::scope(|scope| {
        for _ in 0..20 {
            let (work, each, tell) = (&work, &each, tell.clone());
            scope.spawn(move || {
                loop {
                    let next = work.lock().expect("nobody panics with it").next();
                    let Some(item) = next else { return };
                    let done = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| each(item)));
                    let done = done.unwrap_or_else(|_| Err("panicked, see above".to_owned()));
                    tell.send(done).expect("the test waits");
                }
            });
        }
    });
    drop(tell);
    let faults: Vec<String> = told.iter().filter_map(Result::err).collect();
    let shown = faults.iter().take(12).map(|fault| fault.chars().take(2000).collect::<String>());
    let shown = shown.collect::<Vec<_>>().join("\n\n");
    assert!(faults.is_empty(), "{} of {count}:\n\n{shown}", faults.len());
}
