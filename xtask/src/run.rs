//! `cargo xtask run`: from a fresh checkout to the demo neighbourhood in the browser.

use std::process::Command;

use crate::process::{self, Folder, Running};
use crate::server::{self, Profile};
use crate::{Misuse, Outcome, frontend};

/// Builds what is missing and serves the demo from a fresh folder, until it is told to stop.
pub fn run(mut words: &[&str]) -> Outcome {
    let (mut listen, mut profile) = ("127.0.0.1:8080", Profile::Dev);
    loop {
        match words {
            [] => break,
            ["--release", rest @ ..] => (profile, words) = (Profile::Release, rest),
            ["--listen", address, rest @ ..] => (listen, words) = (address, rest),
            _ => return Err(Misuse.into()),
        }
    }

    frontend::build()?;
    process::run(&mut server::build(profile))?;
    let folder = Folder::new("run")?;
    let mut demo = Command::new(server::program(profile)?);
    demo.arg("demo").arg("--data-dir").arg(folder.path()).args(["--listen", listen]);
    match Running::start(&mut demo)?.wait()? {
        status if status.success() => Ok(()),
        status => Err(format!("the server ended ({status})").into()),
    }
}
