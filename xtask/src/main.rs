//! The tasks of the repository, run as `cargo xtask <command>`: set-up, build, play, lint, test and the static site.
//!
//! Standard library only, so that the first thing a newcomer types starts within seconds.
//! Reading order: `cli` defines the commands, `play`, `serve`, `dist`, `test` and `lint` run them with the help of `site` (the
//! built page), `tools` (what has to be installed) and `run` (child processes).

mod bench;
mod catalog;
mod chromium;
mod cli;
mod css;
mod debian;
mod dist;
mod examples;
mod html;
mod lint;
mod notices;
mod open;
mod play;
mod project;
mod python;
mod run;
mod serve;
mod server;
mod site;
mod tally;
mod test;
mod tools;

use std::process::ExitCode;

use cli::Task;
use project::Project;
use run::Failure;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match perform(&arguments) {
        Ok(code) => code,
        Err(failure) => {
            eprintln!("error: {}", failure.sentence);
            ExitCode::from(failure.code)
        }
    }
}

fn perform(arguments: &[String]) -> Result<ExitCode, Failure> {
    let task = cli::parse(arguments).map_err(Failure::remedy)?;
    let project = Project::locate()?;
    match task {
        Task::Help => println!("{}", cli::HELP),
        Task::Site => {
            site::build(&project, site::Profile::Play)?;
        }
        Task::Play(wishes) => return play::play(&project, &wishes),
        Task::Serve { port, speed } => return serve::serve(&project, port, speed.as_deref()),
        Task::Finish => serve::finish(&project)?,
        Task::Dist { out } => dist::dist(&project, &out.unwrap_or_else(|| project.path("dist")))?,
        Task::BenchHistory => bench::history(&project)?,
        Task::BenchImport => bench::import(&project)?,
        Task::BenchLighthouse => bench::lighthouse(&project)?,
        Task::Fuzz { cases, seed } => bench::fuzz(&project, cases, seed)?,
        Task::CheckCatalog { file } => catalog::check(&project, &file)?,
        Task::Lint => lint::lint(&project)?,
        Task::Test(tests) => return test::test(&project, &tests),
        Task::OpenWhenReady { url } => open::when_ready(&url),
    }
    Ok(ExitCode::SUCCESS)
}
