//! `cargo xtask screenshots`: every page and state as a picture.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::server::{self, Profile, Server};
use crate::{Outcome, browser, frontend, machine, process};

/// Plays the demo in the browser and keeps a picture of every page and state.
pub fn screenshots(into: &Path) -> Outcome {
    fs::create_dir_all(into).map_err(|e| format!("cannot make the folder {}: {e}", into.display()))?;
    let into = into.canonicalize()?;
    let chromium = browser::find()?;
    machine::find_paper_tools()?;
    machine::find_vulkan()?;
    frontend::build()?;
    process::run(&mut server::build(Profile::Dev))?;
    process::run(&mut server::build_render(Profile::Dev)?)?;
    let server = Server::start(&server::program(Profile::Dev)?, None, &into.join("server.log"))?;
    let mut playwright = browser::playwright(&chromium, &server, "playwright.screenshots.config.ts");
    process::run(playwright.env("SCREENSHOTS_DIR", &into))?;
    for file in fs::read_dir(&into)? {
        let file = file?.path();
        if file.extension().is_some_and(|kind| kind == "pdf") {
            process::run(Command::new("pdftoppm").args(["-r", "70", "-png"]).arg(&file).arg(file.with_extension("")))?;
        }
    }
    println!("the pictures are in {}", into.display());
    Ok(())
}
