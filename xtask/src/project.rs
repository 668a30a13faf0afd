//! Where things are: the repository, and the folder below it for tools and built pages.

use std::path::{Path, PathBuf};

use crate::run::Failure;

/// The repository's folders.
pub struct Project {
    /// The folder with the workspace's `Cargo.toml`.
    pub root: PathBuf,
}

impl Project {
    /// Finds the repository from where this program was compiled, or from the environment of `cargo run`.
    pub fn locate() -> Result<Self, Failure> {
        let manifest =
            std::env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| env!("CARGO_MANIFEST_DIR").into(), PathBuf::from);
        let root = manifest.parent().map(Path::to_path_buf).unwrap_or_default();
        if root.join("index.html").is_file() {
            Ok(Self { root })
        } else {
            Err(Failure::remedy("cannot find the repository; run `cargo xtask` inside it"))
        }
    }

    /// A path inside the repository.
    pub fn path(&self, relative: &str) -> PathBuf {
        self.root.join(relative)
    }

    /// The project's own `target` folder. Tools and built pages stay here even if `CARGO_TARGET_DIR` points elsewhere:
    /// that folder may be shared by several projects, whose pages must not overwrite each other.
    pub fn own(&self, relative: &str) -> PathBuf {
        self.root.join("target").join(relative)
    }

    /// Where tools are installed, never over the user's own.
    pub fn tools(&self) -> PathBuf {
        self.own("tools")
    }

    /// The page as `play` serves it.
    pub fn site(&self) -> PathBuf {
        self.own("site")
    }
}
