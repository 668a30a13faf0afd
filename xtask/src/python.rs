//! A Python environment for the project, for the gateways' real clients.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::project::Project;
use crate::run::{self, Failure, Step};

/// Makes sure that the packages of a requirements file are installed, and returns the interpreter.
pub fn with_packages(project: &Project, requirements: &Path) -> Result<PathBuf, Failure> {
    let wanted = fs::read_to_string(requirements)
        .map_err(|error| Failure::step(format!("cannot read {}: {error}", requirements.display())))?;
    let venv = project.tools().join("venv");
    let python = venv.join(if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" });
    let stamp = venv.join(".installed-requirements");
    if python.is_file() && fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(python);
    }
    let system = run::on_path(&["python3", "python"])
        .ok_or_else(|| Failure::remedy("python3 is not installed; install Python 3.9 or newer"))?;
    let step = Step { what: "making a Python environment in target/tools/venv", typical: "a few seconds" };
    if step.run(Command::new(&system).args(["-m", "venv", "--clear"]).arg(&venv)).is_err() {
        return Err(Failure::remedy("python3 cannot make environments; on Debian install the package `python3-venv`"));
    }
    let what = format!("installing the Python packages of {}", requirements.display());
    Step { what: &what, typical: "about 30 s" }.run(
        Command::new(&python)
            .args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement"])
            .arg(requirements),
    )?;
    fs::write(&stamp, wanted).map_err(|error| Failure::step(format!("cannot write {}: {error}", stamp.display())))?;
    Ok(python)
}
