//! `cargo xtask screenshots`: every page and state as a picture.

use std::fs;
use std::path::Path;

use crate::server::{self, Profile, Server};
use crate::{Outcome, browser, frontend, process};

/// Plays the demo in the browser and keeps a picture of every page and state.
pub fn screenshots(into: &Path) -> Outcome {
    fs::create_dir_all(into).map_err(|e| format!("cannot make the folder {}: {e}", into.display()))?;
    let into = into.canonicalize()?;
    let chromium = browser::find()?;
    frontend::build()?;
    process::run(&mut server::build(Profile::Dev))?;
    let server = Server::start(&server::program(Profile::Dev)?, None, &into.join("server.log"))?;
    let mut playwright = browser::playwright(&chromium, &server, "playwright.screenshots.config.ts");
    process::run(playwright.env("SCREENSHOTS_DIR", &into))?;
    println!("the pictures are in {}", into.display());
    Ok(())
}
