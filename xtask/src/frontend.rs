//! The pages: their packages, their build, each done again only when something changed.

use std::collections::BTreeSet;
use std::fs;
use std::hash::{DefaultHasher, Hasher};
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::{Outcome, machine, root};

/// The folder of the pages.
pub fn folder() -> PathBuf {
    root().join("frontend")
}

/// A command of one of the installed packages.
pub fn tool(name: &str) -> Command {
    let mut command = Command::new(folder().join("node_modules/.bin").join(name));
    command.current_dir(folder()).env("CI", "1");
    command
}

/// One of the scripts of `frontend/package.json`.
pub fn script(name: &str) -> Command {
    let mut command = Command::new("npm");
    command.current_dir(folder()).env("CI", "1").args(["run", "--silent", name]);
    command
}

/// Work on the pages that is done again only when what it is made from has changed.
pub struct Work {
    what: &'static str,
    stamp: PathBuf,
    fingerprint: String,
    made: PathBuf,
}

impl Work {
    /// The packages, from the lock file.
    pub fn packages() -> Outcome<Self> {
        let made = folder().join("node_modules");
        let fingerprint = fingerprint(&[folder().join("package-lock.json")])?;
        Ok(Self { what: "packages", stamp: made.join(".buurtsignaal-packages"), fingerprint, made })
    }

    /// The built pages, from everything but the tests.
    pub fn pages() -> Outcome<Self> {
        let mut sources = BTreeSet::new();
        for entry in fs::read_dir(folder())? {
            let path = entry?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let apart = ["node_modules", "dist", "tests", "test-results", "playwright-report"].contains(&name.as_str());
            if !apart && !name.starts_with("playwright.") {
                collect(&path, &mut sources)?;
            }
        }
        let sources: Vec<_> = sources.into_iter().collect();
        let stamp = folder().join("node_modules/.buurtsignaal-pages");
        Ok(Self { what: "pages", stamp, fingerprint: fingerprint(&sources)?, made: folder().join("dist") })
    }

    /// Whether it was done already, from the same sources.
    pub fn is_done(&self) -> bool {
        self.made.is_dir() && fs::read_to_string(&self.stamp).is_ok_and(|stamp| stamp == self.fingerprint)
    }

    /// The command that does it.
    pub fn command(&self) -> Command {
        if self.what == "pages" {
            return script("build");
        }
        let mut command = Command::new("npm");
        command.current_dir(folder()).args(["ci", "--no-audit", "--no-fund"]);
        command
    }

    /// Remembers that it was done.
    pub fn remember(&self) -> Outcome {
        Ok(fs::write(&self.stamp, &self.fingerprint)?)
    }

    fn ensure(&self) -> Outcome {
        if !self.is_done() {
            println!("building the {} …", self.what);
            crate::process::run(&mut self.command())?;
            self.remember()?;
        }
        Ok(())
    }
}

/// Installs the packages and builds the pages where that is needed.
pub fn build() -> Outcome {
    packages()?;
    Work::pages()?.ensure()
}

/// Installs the packages where that is needed.
pub fn packages() -> Outcome {
    machine::check_node()?;
    Work::packages()?.ensure()
}

fn collect(path: &Path, into: &mut BTreeSet<PathBuf>) -> Outcome {
    if path.is_dir() {
        for entry in fs::read_dir(path)? {
            collect(&entry?.path(), into)?;
        }
    } else {
        into.insert(path.to_path_buf());
    }
    Ok(())
}

fn fingerprint(files: &[PathBuf]) -> Outcome<String> {
    let mut hasher = DefaultHasher::new();
    for file in files {
        let bytes = fs::read(file).map_err(|e| format!("cannot read {}: {e}", file.display()))?;
        hasher.write(file.strip_prefix(root()).unwrap_or(file).as_os_str().as_encoded_bytes());
        hasher.write_usize(bytes.len());
        hasher.write(&bytes);
    }
    Ok(format!("{:016x}", hasher.finish()))
}
