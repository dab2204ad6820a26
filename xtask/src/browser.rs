//! Playwright, against a running server, in the machine's own Chromium.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::server::Server;
use crate::{Outcome, frontend, machine};

/// Finds Chromium, installing it if need be.
pub fn find() -> Outcome<PathBuf> {
    machine::find_or_install("Chromium", "chromium", || {
        let named = std::env::var_os("CHROMIUM").map(PathBuf::from).filter(|program| program.is_file());
        named.or_else(|| ["chromium", "chromium-browser", "google-chrome"].into_iter().find_map(machine::find))
    })
}

/// The command that plays the tests of a configuration against a server.
pub fn playwright(chromium: &Path, server: &Server, config: &str) -> Command {
    let mut command = frontend::tool("playwright");
    command.args(["test", "--forbid-only", "--config", config]).env("CHROMIUM", chromium);
    server.tell(&mut command);
    command
}
