//! The command line, parsed into one value.

use std::path::PathBuf;

/// What `cargo xtask` and `cargo xtask help` print.
pub const HELP: &str = "\
cargo xtask <command>

  play [--port N] [--no-open] [--speed F] [--callbacks] [--embed-from URL]…
            build the page and serve it with the simulated gateways at http://127.0.0.1:8080/
            --port N     another port
            --no-open    do not open a browser
            --speed F    simulated tasks run F times as fast (the server's own default if absent)
            --callbacks  post results to the callback addresses on this machine that requests name
            --embed-from URL  let a site, such as http://localhost:5173, show the page in a frame; may be repeated
  serve [--port N] [--speed F]
            for development: build the page and serve it with the simulated gateways at http://127.0.0.1:8080/;
            after an edit, build it again and reload it in the browser
  test [--only NAME]... [--schedules N] [--seed S]
            run every test and count; with --only, these parts
            (unit, golden, simulator, invariants, chaos, curl, shells, import, doctor, programs,
            relay, sdk, e2e, serve, axe, embed, dist)
            --schedules N  chaos: play the schedules 1 to N (500)
            --seed S       chaos: play this one and tell its steps
  bench history
            ten thousand tasks in the history and two hundred followed at once, measured in Chromium
  bench import
            pasted texts of 50 kB, 500 kB and 5 MB in every dialect: how long each takes to be read
  bench lighthouse
            the packed page as on a phone, three times by Lighthouse: the medians, and what they should be
  fuzz [--cases N] [--seed S]
            pasted texts broken on purpose, N of them (10 million), from a seed (1)
  catalog check FILE
            what is wrong with a deployer's catalog.json, as the page would tell it
  lint      rustfmt, and clippy on every feature for host and wasm
  dist [--out DIR]
            the static site for any host and folder, in DIR (dist)
  site      build the page only, into target/site
  help      this text

What is missing (wasm target, trunk, wasm-bindgen, npm packages, Chromium) is set up on the way.";

/// The port of `play` and `serve` by default.
pub const DEFAULT_PORT: u16 = 8080;

/// How many texts `fuzz` reads by default.
pub const DEFAULT_CASES: u64 = 10_000_000;

/// One command with its options.
#[derive(Debug, PartialEq)]
pub enum Task {
    /// Print the commands.
    Help,
    /// Build the page only.
    Site,
    /// Build, serve, open.
    Play(Wishes),
    /// Serve the page while it is worked on.
    Serve {
        /// The port to serve at.
        port: u16,
        /// Passed to the server unchanged.
        speed: Option<String>,
    },
    /// Internal: finishes the page that Trunk has built. See `serve`.
    Finish,
    /// Build the static site.
    Dist {
        /// The output folder; none means `dist` in the repository.
        out: Option<PathBuf>,
    },
    /// Measure the history under load.
    BenchHistory,
    /// Measure how long it takes to read pasted text.
    BenchImport,
    /// Measure the packed page with Lighthouse.
    BenchLighthouse,
    /// Read texts that are broken on purpose.
    Fuzz {
        /// How many.
        cases: u64,
        /// The seed of the series.
        seed: u64,
    },
    /// Check a catalog file.
    CheckCatalog {
        /// The file.
        file: PathBuf,
    },
    /// Formatting and clippy.
    Lint,
    /// Run tests.
    Test(Tests),
    /// Internal: waits for a server, then opens a browser. See `open`.
    OpenWhenReady {
        /// The page's address.
        url: String,
    },
}

/// Options of `play`.
#[derive(Debug, PartialEq)]
pub struct Wishes {
    /// The port to serve at.
    pub port: u16,
    /// Whether to open a browser.
    pub open: bool,
    /// Passed to the server unchanged.
    pub speed: Option<String>,
    /// Whether callbacks are made.
    pub callbacks: bool,
    /// Sites that may show the page in a frame of theirs.
    pub embed_from: Vec<String>,
}

/// Parses the arguments after `cargo xtask`; an error is a full sentence.
pub fn parse(arguments: &[String]) -> Result<Task, String> {
    let mut words = arguments.iter().map(String::as_str);
    let command = words.next().unwrap_or("help");
    let mut options = Options { words, command };
    match command {
        "help" | "--help" | "-h" => Ok(Task::Help),
        "site" => options.none(Task::Site),
        "lint" => options.none(Task::Lint),
        "bench" => match options.next()?.as_deref() {
            Some("history") => options.none(Task::BenchHistory),
            Some("import") => options.none(Task::BenchImport),
            Some("lighthouse") => options.none(Task::BenchLighthouse),
            _ => Err("`cargo xtask bench` measures `history`, `import` or `lighthouse`".to_owned()),
        },
        "catalog" => match options.next()?.as_deref() {
            Some("check") => Ok(Task::CheckCatalog { file: PathBuf::from(options.value("check")?) }),
            _ => Err("`cargo xtask catalog check FILE` is all there is".to_owned()),
        },
        "fuzz" => {
            let (mut cases, mut seed) = (DEFAULT_CASES, 1);
            while let Some(option) = options.next()? {
                match option.as_str() {
                    "--cases" => cases = count("--cases", &options.value("--cases")?)?,
                    "--seed" => seed = count("--seed", &options.value("--seed")?)?,
                    other => return Err(options.unknown(other)),
                }
            }
            Ok(Task::Fuzz { cases, seed })
        }
        "play" => {
            let mut wishes =
                Wishes { port: DEFAULT_PORT, open: true, speed: None, callbacks: false, embed_from: Vec::new() };
            while let Some(option) = options.next()? {
                match option.as_str() {
                    "--no-open" => wishes.open = false,
                    "--callbacks" => wishes.callbacks = true,
                    "--embed-from" => wishes.embed_from.push(site(options.value("--embed-from")?)?),
                    "--port" => wishes.port = port(&options.value("--port")?)?,
                    "--speed" => wishes.speed = Some(speed(options.value("--speed")?)?),
                    other => return Err(options.unknown(other)),
                }
            }
            Ok(Task::Play(wishes))
        }
        "serve" => {
            let (mut at, mut fast) = (DEFAULT_PORT, None);
            while let Some(option) = options.next()? {
                match option.as_str() {
                    "--port" => at = port(&options.value("--port")?)?,
                    "--speed" => fast = Some(speed(options.value("--speed")?)?),
                    other => return Err(options.unknown(other)),
                }
            }
            Ok(Task::Serve { port: at, speed: fast })
        }
        "finish" => options.none(Task::Finish),
        "dist" => {
            let mut out = None;
            while let Some(option) = options.next()? {
                match option.as_str() {
                    "--out" => out = Some(PathBuf::from(options.value("--out")?)),
                    other => return Err(options.unknown(other)),
                }
            }
            Ok(Task::Dist { out })
        }
        "test" => {
            let mut tests = Tests::default();
            while let Some(option) = options.next()? {
                match option.as_str() {
                    "--only" => tests.only.extend(options.value("--only")?.split(',').map(str::to_owned)),
                    "--schedules" => tests.schedules = Some(count("--schedules", &options.value("--schedules")?)?),
                    "--seed" => tests.seed = Some(count("--seed", &options.value("--seed")?)?),
                    other => return Err(options.unknown(other)),
                }
            }
            Ok(Task::Test(tests))
        }
        "open-when-ready" => Ok(Task::OpenWhenReady { url: options.value("open-when-ready")? }),
        other => Err(format!("there is no command `{other}`; `cargo xtask help` lists them")),
    }
}

/// Which tests.
#[derive(Debug, Default, PartialEq)]
pub struct Tests {
    /// Names of parts; empty means all.
    pub only: Vec<String>,
    /// How many chaos schedules are run.
    pub schedules: Option<u64>,
    /// The one chaos schedule that is run and printed.
    pub seed: Option<u64>,
}

struct Options<'a, I> {
    words: I,
    command: &'a str,
}

impl<'a, I: Iterator<Item = &'a str>> Options<'a, I> {
    /// The next option.
    fn next(&mut self) -> Result<Option<String>, String> {
        match self.words.next() {
            Some("--help" | "-h") => Err(format!("`cargo xtask help` explains `{}`", self.command)),
            Some(word) if word.contains('=') => {
                Err(format!("write `{word}` as two words, with a space in place of `=`"))
            }
            other => Ok(other.map(str::to_owned)),
        }
    }

    fn value(&mut self, option: &str) -> Result<String, String> {
        self.words.next().map(str::to_owned).ok_or_else(|| format!("`{option}` needs a value after it"))
    }

    fn none(&mut self, task: Task) -> Result<Task, String> {
        match self.next()? {
            None => Ok(task),
            Some(word) => Err(self.unknown(&word)),
        }
    }

    fn unknown(&self, word: &str) -> String {
        format!("`cargo xtask {}` does not know `{word}`; `cargo xtask help` lists its options", self.command)
    }
}

fn port(text: &str) -> Result<u16, String> {
    match text.parse() {
        Ok(0) | Err(_) => Err(format!("`--port` takes a number from 1 to 65535, not `{text}`")),
        Ok(port) => Ok(port),
    }
}

fn count(option: &str, text: &str) -> Result<u64, String> {
    match text.parse() {
        Ok(0) | Err(_) => Err(format!("`{option}` takes a whole number above 0, not `{text}`")),
        Ok(number) => Ok(number),
    }
}

fn speed(text: String) -> Result<String, String> {
    match text.parse::<f64>() {
        Ok(factor) if factor.is_finite() && factor > 0.0 => Ok(text),
        _ => Err(format!("`--speed` takes a number above 0, not `{text}`")),
    }
}

/// The origin of a site, as policies name it.
fn site(text: String) -> Result<String, String> {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let is_host = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':' | '*' | '[' | ']');
    match rest.map(|rest| rest.strip_suffix('/').unwrap_or(rest)) {
        Some(host) if !host.is_empty() && host.chars().all(is_host) => Ok(text.trim_end_matches('/').to_owned()),
        _ => Err(format!("`--embed-from` takes a site such as http://localhost:5173, not `{text}`")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &str) -> Result<Task, String> {
        parse(&line.split_whitespace().map(str::to_owned).collect::<Vec<_>>())
    }

    #[test]
    fn no_command_is_help() {
        assert_eq!(parsed(""), Ok(Task::Help));
    }

    #[test]
    fn play_takes_its_options_in_any_order() {
        let wishes =
            Wishes { port: 9000, open: false, speed: Some("2.5".into()), callbacks: true, embed_from: Vec::new() };
        assert_eq!(parsed("play --no-open --speed 2.5 --callbacks --port 9000"), Ok(Task::Play(wishes)));
    }

    #[test]
    fn play_takes_sites_that_may_embed_it() {
        let Ok(Task::Play(wishes)) =
            parsed("play --embed-from http://localhost:5173/ --embed-from https://docs.example.com")
        else {
            panic!("two sites are taken")
        };
        assert_eq!(wishes.embed_from, ["http://localhost:5173", "https://docs.example.com"]);
        for wrong in ["localhost:5173", "http://", "https://a.example/path", "https://a.example;script-src"] {
            let answer = parsed(&format!("play --embed-from {wrong}"));
            assert!(answer.is_err_and(|words| words.contains("--embed-from")), "{wrong}");
        }
    }

    #[test]
    fn serve_takes_port_and_speed() {
        assert_eq!(parsed("serve"), Ok(Task::Serve { port: DEFAULT_PORT, speed: None }));
        assert_eq!(parsed("serve --speed 20 --port 9000"), Ok(Task::Serve { port: 9000, speed: Some("20".into()) }));
        assert!(parsed("serve --no-open").is_err() && parsed("serve --speed 0").is_err());
        assert_eq!(parsed("finish"), Ok(Task::Finish));
    }

    #[test]
    fn bench_names_what_it_measures() {
        assert_eq!(parsed("bench history"), Ok(Task::BenchHistory));
        assert_eq!(parsed("bench import"), Ok(Task::BenchImport));
        assert_eq!(parsed("bench lighthouse"), Ok(Task::BenchLighthouse));
        assert!(parsed("bench").is_err() && parsed("bench speed").is_err());
    }

    #[test]
    fn a_catalog_is_checked_by_its_file() {
        assert_eq!(parsed("catalog check a/b.json"), Ok(Task::CheckCatalog { file: "a/b.json".into() }));
        assert!(parsed("catalog").is_err() && parsed("catalog check").is_err() && parsed("catalog mend x").is_err());
    }

    #[test]
    fn fuzz_is_told_how_many_and_which() {
        assert_eq!(parsed("fuzz"), Ok(Task::Fuzz { cases: DEFAULT_CASES, seed: 1 }));
        assert_eq!(parsed("fuzz --cases 1000 --seed 7"), Ok(Task::Fuzz { cases: 1000, seed: 7 }));
        assert!(parsed("fuzz --cases 0").is_err() && parsed("fuzz 5").is_err());
    }

    #[test]
    fn wrong_values_are_named_in_a_sentence() {
        for line in ["play --port 0", "play --port 70000", "play --port", "play --speed -1", "play --wide", "dance"] {
            let sentence = parsed(line).expect_err(line);
            assert!(sentence.contains('`'), "{line}: {sentence}");
        }
    }

    #[test]
    fn only_may_be_repeated_or_listed() {
        assert_eq!(
            parsed("test --only unit,curl --only e2e"),
            Ok(Task::Test(Tests { only: vec!["unit".into(), "curl".into(), "e2e".into()], ..Tests::default() }))
        );
    }

    #[test]
    fn chaos_is_told_how_many_or_which() {
        let chaos = |schedules, seed| Ok(Task::Test(Tests { only: vec!["chaos".into()], schedules, seed }));
        assert_eq!(parsed("test --only chaos --schedules 2000"), chaos(Some(2000), None));
        assert_eq!(parsed("test --only chaos --seed 17"), chaos(None, Some(17)));
        assert!(parsed("test --seed x").is_err() && parsed("test --schedules 0").is_err());
    }
}
