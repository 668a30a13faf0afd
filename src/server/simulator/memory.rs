//! The simulator's memory on disk, so that its tasks survive a restart: with `--state FILE` every change is written
//! before the response. The log is not kept.

use std::collections::HashMap;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::task::Task;

/// What the file holds.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Memory {
    /// Signs result links, so that those returned before a restart stay valid.
    pub secret: u64,
    /// Ids given so far.
    pub counter: u64,
    pub tasks: HashMap<String, Task>,
}

/// Where the memory is stored.
#[derive(Debug)]
pub struct StateFile(PathBuf);

impl StateFile {
    /// Checks that an existing file can be read; a missing one means a fresh start.
    ///
    /// # Errors
    /// The file cannot be read, or holds something else.
    pub fn open(path: PathBuf) -> io::Result<Self> {
        load(&path)?;
        Ok(Self(path))
    }

    pub(super) fn read(&self) -> Option<Memory> {
        load(&self.0).ok().flatten()
    }

    /// The old file stays until the new one is complete.
    pub(super) fn write(&self, memory: &Memory) {
        let new = self.0.with_extension("new");
        let text = serde_json::to_vec(memory).expect("tasks are made of texts and numbers");
        if let Err(error) = std::fs::write(&new, text).and_then(|()| std::fs::rename(&new, &self.0)) {
            tracing::error!("cannot write {}: {error}", self.0.display());
        }
    }
}

fn load(path: &Path) -> io::Result<Option<Memory>> {
    match std::fs::read(path) {
        Ok(bytes) => Ok(Some(serde_json::from_slice(&bytes)?)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}
