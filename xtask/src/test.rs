//! `cargo xtask test`: all tests, part by part, with one line of totals at the end.

use std::fs;
use std::path::Path;
use std::process::{Command, ExitCode};
use std::time::Instant;

use crate::chromium::{self, Chromium};
use crate::cli::Tests;
use crate::project::Project;
use crate::run::{self, Failure, Step};
use crate::tally::Tally;
use crate::{debian, dist, examples, python, server, site, tools};

/// One part: its name, the file it requires, what runs it.
struct Part {
    name: &'static str,
    needs: &'static str,
    typical: &'static str,
    run: How,
}

/// Tells the chaos suite what to run.
const SCHEDULES: &str = "WAN_CHAOS_SCHEDULES";
const SEED: &str = "WAN_CHAOS_SEED";
/// Tests that are known to need a retry now and then: `title | reason`, one per line.
const KNOWN_FLAKY: &str = "tests/flaky.txt";

enum How {
    /// `cargo test` with these arguments.
    Cargo(&'static [&'static [&'static str]]),
    /// Something with a custom set-up.
    Own(fn(&Project, &Part) -> Result<Tally, Failure>),
}

const PARTS: [Part; 18] = [
    Part {
        name: "unit",
        needs: "src/lib.rs",
        typical: "about a minute the first time",
        run: How::Cargo(&[&["--lib", "--bins", "--features", "server"], &["--package", "xtask"]]),
    },
    Part {
        name: "golden",
        needs: "tests/golden.rs",
        typical: "half a minute the first time",
        run: How::Cargo(&[&["--test", "golden"], &["--test", "catalog"], &["--test", "link"]]),
    },
    Part {
        name: "simulator",
        needs: "tests/simulator.rs",
        typical: "half a minute the first time",
        run: How::Cargo(&[&["--features", "server", "--test", "simulator"]]),
    },
    Part {
        name: "invariants",
        needs: "tests/invariants.rs",
        typical: "half a minute the first time",
        run: How::Cargo(&[&["--test", "invariants"], &["--test", "modules"]]),
    },
    Part {
        name: "chaos",
        needs: "tests/chaos.rs",
        typical: "a minute the first time",
        run: How::Cargo(&[&["--features", "server", "--test", "chaos", "--", "--nocapture"]]),
    },
    Part {
        name: "curl",
        needs: "tests/curl.rs",
        typical: "half a minute the first time",
        run: How::Cargo(&[&["--features", "server", "--test", "curl"]]),
    },
    Part { name: "shells", needs: "tests/shells.rs", typical: "two minutes the first time", run: How::Own(shells) },
    Part {
        name: "doctor",
        needs: "tests/doctor.rs",
        typical: "half a minute the first time",
        run: How::Cargo(&[&["--test", "reading"], &["--features", "server", "--test", "doctor"]]),
    },
    Part {
        name: "cases",
        needs: "tests/cases.rs",
        typical: "half a minute the first time",
        run: How::Cargo(&[&["--test", "cases", "--", "--nocapture"]]),
    },
    Part {
        name: "programs",
        needs: "tests/programs.rs",
        typical: "four minutes the first time",
        run: How::Own(programs),
    },
    Part { name: "import", needs: "tests/import.rs", typical: "a minute the first time", run: How::Own(import) },
    Part { name: "relay", needs: "tests/relay.rs", typical: "about a minute the first time", run: How::Own(relay) },
    Part { name: "sdk", needs: "tests/sdk/requirements.txt", typical: "about a minute", run: How::Own(sdk) },
    Part {
        name: "e2e",
        needs: "tests/e2e/smoke.spec.mjs",
        typical: "twelve minutes, five more the first time",
        run: How::Own(e2e),
    },
    Part {
        name: "serve",
        needs: "tests/e2e/serve.spec.mjs",
        typical: "a minute, three more the first time",
        run: How::Own(serve),
    },
    Part { name: "axe", needs: "tests/e2e/everyone/axe.spec.mjs", typical: "eight minutes", run: How::Own(axe) },
    Part {
        name: "embed",
        needs: "tests/e2e/embed.spec.mjs",
        typical: "one to two minutes, five more the first time",
        run: How::Own(embed),
    },
    Part { name: "dist", needs: "tests/e2e/dist.spec.mjs", typical: "two to four minutes", run: How::Own(packed) },
];

/// Runs the named parts, or all, and prints `N passed, M failed`.
pub fn test(project: &Project, tests: &Tests) -> Result<ExitCode, Failure> {
    let only = &tests.only;
    if let Some(unknown) = only.iter().find(|name| PARTS.iter().all(|part| part.name != name.as_str())) {
        let names: Vec<_> = PARTS.iter().map(|part| part.name).collect();
        return Err(Failure::remedy(format!("there is no part `{unknown}`; the parts are {}", names.join(", "))));
    }
    let (mut all, mut failed, mut times) = (Tally::default(), Vec::new(), Vec::new());
    for part in PARTS.iter().filter(|part| only.is_empty() || only.iter().any(|name| name == part.name)) {
        run::say(&format!("\n=== {} ===", part.name));
        let begun = Instant::now();
        let mut tally = part.tried(project, tests);
        if tally.failed > 0 && std::env::var_os("CI").is_some() && !(part.plays() && tally.passed > 0) {
            // A package server that hung up, a machine that stalled: a retry tells these from a defect. Playwright has
            // retried each test on its own: what is still red would be red after another half hour.
            run::say(&format!("=== {}: {} failed; once more ===", part.name, tally.failed));
            tally = part.tried(project, tests);
            tally.flaky.push(format!("the whole part {}", part.name));
        }
        run::say(&format!("=== {}: {} passed, {} failed ===", part.name, tally.passed, tally.failed));
        times.push((part.name, tally.passed, begun.elapsed().as_secs()));
        if tally.failed > 0 {
            failed.push(part.name);
        }
        all += tally;
    }
    run::say("");
    for (name, passed, seconds) in times {
        run::say(&format!("{name:10} {passed:5} passed  {:2} min {:02} s", seconds / 60, seconds % 60));
    }
    let known = fs::read_to_string(project.path(KNOWN_FLAKY)).unwrap_or_default();
    let is_known =
        |name: &str| known.lines().any(|line| line.split_once(" | ").is_some_and(|(known, _)| known == name));
    for name in &all.flaky {
        run::say(&format!("passed only when it was run again: {name}{}", if is_known(name) { " (known)" } else { "" }));
    }
    run::say(&format!("flaky: {}", all.flaky.len()));
    if !failed.is_empty() {
        run::say(&format!("failed: {}", failed.join(", ")));
    }
    println!("{} passed, {} failed", all.passed, all.failed);
    Ok(if all.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

impl Part {
    fn tried(&self, project: &Project, tests: &Tests) -> Tally {
        self.tally(project, tests).unwrap_or_else(|failure| {
            run::say(&format!("FAILED: part `{}`: {}", self.name, failure.sentence));
            Tally::failure()
        })
    }

    /// Whether Playwright runs it.
    fn plays(&self) -> bool {
        self.needs.starts_with("tests/e2e/")
    }

    fn tally(&self, project: &Project, tests: &Tests) -> Result<Tally, Failure> {
        if !project.path(self.needs).is_file() {
            return Err(Failure::step(format!("{} is missing", self.needs)));
        }
        match &self.run {
            How::Cargo(commands) => {
                let mut all = Tally::default();
                for words in *commands {
                    all += self.cargo(project, words, tests)?;
                }
                Ok(all)
            }
            How::Own(function) => function(project, self),
        }
    }

    fn cargo(&self, project: &Project, words: &[&str], tests: &Tests) -> Result<Tally, Failure> {
        let mut cargo = run::cargo();
        cargo.arg("test").args(words).current_dir(&project.root);
        for (name, number) in [(SCHEDULES, tests.schedules), (SEED, tests.seed)] {
            if let Some(number) = number {
                cargo.env(name, number.to_string());
            }
        }
        self.tally_of(cargo)
    }

    fn tally_of(&self, mut cargo: Command) -> Result<Tally, Failure> {
        let (status, output) = self.step("cargo test").tee(&mut cargo)?;
        Ok(Tally::of_cargo(&output).judged(status.success()))
    }

    fn step<'a>(&'a self, what: &'a str) -> Step<'a> {
        Step { what, typical: self.typical }
    }
}

/// The commands of every shell, run in that shell.
fn shells(project: &Project, part: &Part) -> Result<Tally, Failure> {
    debian::shells();
    debian::wine();
    part.cargo(project, &["--features", "server", "--test", "shells"], &Tests::default())
}

/// The scripts and programs, run by their interpreters and compilers.
fn programs(project: &Project, part: &Part) -> Result<Tally, Failure> {
    debian::runtimes();
    let python = python::with_packages(project, &project.path("tests/sdk/requirements.txt"))?;
    let mut cargo = run::cargo();
    cargo.args(["test", "--features", "server", "--test", "programs"]).current_dir(&project.root);
    cargo.env("WAN_PYTHON", python);
    part.tally_of(cargo)
}

/// What people paste, and the shells that show how it is meant.
fn import(project: &Project, part: &Part) -> Result<Tally, Failure> {
    debian::shells();
    debian::wine();
    part.cargo(project, &["--test", "import"], &Tests::default())
}

/// The relay under attack; and the web servers that take its place in production, with the same attacks. What it
/// measures is printed.
fn relay(project: &Project, part: &Part) -> Result<Tally, Failure> {
    debian::web_servers();
    part.cargo(project, &["--features", "server", "--test", "relay", "--", "--show-output"], &Tests::default())
}

/// The gateways' real clients, in Python and node, against the simulator.
fn sdk(project: &Project, part: &Part) -> Result<Tally, Failure> {
    let folder = project.path("tests/sdk");
    let python = python::with_packages(project, &folder.join("requirements.txt"))?;
    tools::npm_packages(&folder, "the client tests")?;
    let site = site::build(project, site::Profile::Play)?;
    let server = server::start(project, &site, &["--speed", "20"])?;
    let mut command = Command::new(python);
    command.args(["-m", "unittest", "discover", "--verbose"]).current_dir(&folder);
    command.env("WAN_SERVER", &server.url).env("PYTHONDONTWRITEBYTECODE", "1");
    let (status, output) = part.step("the gateways' Python clients").tee(&mut command)?;
    let mut all = Tally::of_unittest(&output).judged(status.success());
    let mut command = Command::new("node");
    command.args(["--test", "--test-reporter", "tap", "alibaba.mjs"]).current_dir(&folder);
    command.env("WAN_SERVER", &server.url);
    let (status, output) = part.step("the gateways' clients for node").tee(&mut command)?;
    all += Tally::of_node(&output).judged(status.success());
    Ok(all)
}

/// The page in a real Chromium, served by the real server; and what only the page for development has.
fn e2e(project: &Project, part: &Part) -> Result<Tally, Failure> {
    debian::shells();
    let mut all = on_the_page(project, part, "page", &dist::tested(project)?)?;
    all += on_the_page(project, part, "play", &site::build(project, site::Profile::Play)?)?;
    Ok(all)
}

/// The development loop, which Trunk builds and serves. The spec starts it.
fn serve(project: &Project, part: &Part) -> Result<Tally, Failure> {
    let folder = project.path("tests/e2e");
    tools::npm_packages(&folder, "the browser tests")?;
    let chromium = chromium::find(&folder)?;
    tools::trunk(project)?;
    played(project, part, &mut playwright(&folder, "serve", &chromium))
}

/// Accessibility in every state of the page, and what axe cannot check: focus, speech, input methods, touch, both
/// languages.
fn axe(project: &Project, part: &Part) -> Result<Tally, Failure> {
    on_the_page(project, part, "axe", &dist::tested(project)?)
}

/// A Playwright suite on a page with the simulator behind it.
fn on_the_page(project: &Project, part: &Part, suite: &str, site: &Path) -> Result<Tally, Failure> {
    let folder = project.path("tests/e2e");
    tools::npm_packages(&folder, "the browser tests")?;
    let chromium = chromium::find(&folder)?;
    let server = server::start(project, site, &["--speed", "20"])?;
    let mut command = playwright(&folder, suite, &chromium);
    command.env("WAN_URL", &server.url);
    // Some tests start servers of their own: with saved state, or the page from a plain file server and the gateways
    // elsewhere.
    command.env("WAN_SERVER_PROGRAM", server::build(project)?).env("WAN_SITE", site);
    played(project, part, &mut command)
}

/// The page within three sites that are built as their owners would build them, at another origin.
fn embed(project: &Project, part: &Part) -> Result<Tally, Failure> {
    let folder = project.path("tests/e2e");
    tools::npm_packages(&folder, "the browser tests")?;
    let chromium = chromium::find(&folder)?;
    let examples = examples::build(project)?;
    let site = dist::tested(project)?;
    let ancestors = "'self' http://localhost:* http://127.0.0.1:*";
    let server = server::start(project, &site, &["--speed", "20", "--frame-ancestors", ancestors])?;
    let mut command = playwright(&folder, "embed", &chromium);
    command.env("WAN_URL", &server.url).env("WAN_SITE", &site).env("WAN_EXAMPLES", &examples);
    command.env("WAN_SERVER_PROGRAM", server::build(project)?);
    played(project, part, &mut command)
}

/// What is special to the packed page: its size, its files, and how it behaves without a network.
fn packed(project: &Project, part: &Part) -> Result<Tally, Failure> {
    let folder = project.path("tests/e2e");
    tools::npm_packages(&folder, "the browser tests")?;
    let chromium = chromium::find(&folder)?;
    let site = dist::tested(project)?;
    let server = server::start(project, &site, &["--speed", "20"])?;
    let mut command = playwright(&folder, "dist", &chromium);
    command.env("WAN_DIST", &site).env("WAN_URL", &server.url);
    // A test that goes offline stops its server, so it has one of its own.
    command.env("WAN_SERVER_PROGRAM", server::build(project)?).env("WAN_SITE", &site);
    played(project, part, &mut command)
}

fn playwright(folder: &Path, suite: &str, chromium: &Chromium) -> Command {
    let mut command = Command::new(if cfg!(windows) { "npx.cmd" } else { "npx" });
    command.args(["--no-install", "playwright", "test", "--project", suite]).current_dir(folder);
    chromium.tell(&mut command);
    command
}

fn played(project: &Project, part: &Part, command: &mut Command) -> Result<Tally, Failure> {
    let report = project.own(&format!("playwright-{}.json", part.name));
    // An earlier run's report must not be counted for this one.
    let _ = fs::remove_file(&report);
    command.env("WAN_REPORT", &report);
    let (status, _) = part.step("Playwright").tee(command)?;
    let report = fs::read_to_string(&report).unwrap_or_default();
    Ok(Tally::of_playwright(&report).judged(status.success()))
}
