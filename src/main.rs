//! Reads the settings and runs the command.
#![allow(clippy::print_stderr, reason = "the last word goes to the person who typed the command")]

use std::process::ExitCode;

use buurtsignaal::cli::{Cli, run};
use buurtsignaal::error::Kind;
use clap::Parser;
use tracing_subscriber::EnvFilter;

fn main() -> ExitCode {
    let cli = Cli::parse();
    let filter = EnvFilter::try_from_env("BUURTSIGNAAL_LOG").unwrap_or_else(|_| EnvFilter::new("info,sqlx=warn"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("error: {error}");
            return ExitCode::from(1);
        }
    };
    match runtime.block_on(run(cli)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            match std::error::Error::source(&error) {
                Some(cause) => eprintln!("error: {error}: {cause}"),
                None => eprintln!("error: {error}"),
            }
            ExitCode::from(if matches!(error.kind, Kind::Invalid | Kind::BadRequest) { 2 } else { 1 })
        }
    }
}
