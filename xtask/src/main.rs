//! The repository's own commands.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "commands speak to whoever runs them")]

mod bench;
mod browser;
mod frontend;
mod machine;
mod peers;
mod postgres;
mod process;
mod run;
mod screenshots;
mod server;
mod test;
mod typescript;

use std::path::Path;
use std::process::{Command, ExitCode};

/// What a command comes to: done, or the reason why not.
pub type Outcome<T = ()> = Result<T, Box<dyn std::error::Error + Send + Sync>>;

const HELP: &str = "\
the repository's own commands

cargo xtask run [--listen 127.0.0.1:8080] [--release]
    builds what is missing and serves the demo neighbourhood from a fresh folder, until Ctrl-C
cargo xtask test
    everything: style, lints, documentation, Rust and browser tests, on SQLite and on PostgreSQL
cargo xtask screenshots DIR
    every page and state, as PNG, at the size of a tablet, a phone, a projector and a desk
cargo xtask bench [NAME…]
    measures the release build against its aims; --list names the measurements
cargo xtask types
    writes frontend/src/api/types.ts from the server's OpenAPI document
";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let outcome = process::end_everything_on_signal().and_then(|()| match words.split_first() {
        Some((&"run", rest)) => run::run(rest),
        Some((&"test", [])) => test::test(),
        Some((&"screenshots", [folder])) => screenshots::screenshots(Path::new(folder)),
        Some((&"bench", names)) => bench::bench(names),
        Some((&"types", [])) => typescript::write(),
        Some((&("help" | "--help" | "-h"), _)) => {
            print!("{HELP}");
            Ok(())
        }
        _ => Err(Box::from(Misuse)),
    });
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) if error.is::<Misuse>() => {
            eprint!("{HELP}");
            ExitCode::from(2)
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// The words do not make a command.
#[derive(Debug)]
pub struct Misuse;

impl std::error::Error for Misuse {}

impl std::fmt::Display for Misuse {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("these words are not a command")
    }
}

/// The repository's top folder.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new("."))
}

/// Cargo, the one that runs this.
pub fn cargo() -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or("cargo".into()));
    command.current_dir(root());
    // Set by `cargo run` for this program; left in place they would make build scripts run again.
    for (name, _) in std::env::vars_os() {
        let name_text = name.to_string_lossy();
        if name_text.starts_with("CARGO_PKG_") || name_text.starts_with("CARGO_MANIFEST_") {
            command.env_remove(&name);
        }
    }
    command
}
