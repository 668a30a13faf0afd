//! `split MODULE FOLDER NAME`: takes a module that was linked with `--emit-relocs` apart. FOLDER gets `NAME.wasm`, one
//! file per part, and `parts.js`, which loads them.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use wasm_split_cli_support::{Options, transform};

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [module, folder, name] = &words[..] else {
        eprintln!("usage: split MODULE FOLDER NAME");
        return ExitCode::from(2);
    };
    match split(Path::new(module), Path::new(folder), name) {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("{why}");
            ExitCode::FAILURE
        }
    }
}

fn split(module: &Path, folder: &Path, name: &str) -> Result<(), String> {
    let input = std::fs::read(module).map_err(|error| format!("{}: {error}", module.display()))?;
    let main: PathBuf = folder.join(format!("{name}.wasm"));
    let glue = format!("./{name}.js");
    let mut options = Options::new(&input);
    options.output_dir = folder;
    options.main_out_path = &main;
    options.main_module = &glue;
    options.link_name = "./parts.js";
    transform(options).map(drop).map_err(|error| format!("{}: {error:#}", module.display()))
}
