//! The program itself, built and started on its demo neighbourhood.

use std::fs::File;
use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::process::{self, Folder, Running};
use crate::{Outcome, cargo, root};

/// Which optimisations the program is built with.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Profile {
    /// Quick to build.
    Dev,
    /// Quick to run.
    Release,
}

impl Profile {
    fn folder(self) -> &'static str {
        match self {
            Self::Dev => "debug",
            Self::Release => "release",
        }
    }
}

/// The command that builds the program.
pub fn build(profile: Profile) -> Command {
    let mut command = cargo();
    command.args(["build", "--locked", "--bin", "buurtsignaal"]);
    if profile == Profile::Release {
        command.arg("--release");
    }
    command
}

/// The command that builds the program that draws the ground of map pictures, beside the server.
pub fn build_render(profile: Profile) -> Outcome<Command> {
    let mut command = cargo();
    command.args(["build", "--locked", "--manifest-path"]).arg(root().join("render/Cargo.toml"));
    command.arg("--target-dir").arg(target()?);
    if profile == Profile::Release {
        command.arg("--release");
    }
    Ok(command)
}

/// Where the program that draws the ground of map pictures is.
pub fn render(profile: Profile) -> Outcome<PathBuf> {
    Ok(program(profile)?.with_file_name("buurtsignaal-render"))
}

/// Where cargo puts what it builds.
pub fn target() -> Outcome<PathBuf> {
    let metadata = process::output(cargo().args(["metadata", "--no-deps", "--locked", "--format-version=1"]))?;
    let metadata: serde_json::Value = serde_json::from_str(&metadata)?;
    Ok(metadata["target_directory"].as_str().ok_or("cargo does not say where it builds")?.into())
}

/// Where the built program is.
pub fn program(profile: Profile) -> Outcome<PathBuf> {
    Ok(target()?.join(profile.folder()).join("buurtsignaal"))
}

/// A port of this machine that nobody listens on.
pub fn free_port() -> Outcome<u16> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port())
}

/// The demo, serving on a free port from a fresh data folder.
pub struct Server {
    address: SocketAddr,
    // Dropped in this order: first the server ends, then its folder goes.
    running: Running,
    folder: Folder,
}

impl Server {
    /// Starts the demo and waits until it answers; on SQLite when no database is given.
    pub fn start(program: &Path, database_url: Option<&str>, log: &Path) -> Outcome<Self> {
        let folder = Folder::new("demo")?;
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, free_port()?));
        let file = File::options().create(true).append(true).open(log)?;
        let mut command = Command::new(program);
        command.arg("demo").arg("--data-dir").arg(folder.path()).arg("--listen").arg(address.to_string());
        if let Some(url) = database_url {
            command.arg("--database-url").arg(url);
        }
        without_settings(&mut command).current_dir(root()).stdin(Stdio::null());
        let running = Running::start(command.stdout(file.try_clone()?).stderr(file))?;
        let server = Self { address, running, folder };
        process::wait_until("starting the server", Duration::from_mins(2), || {
            if server.running.has_ended() {
                return Err(format!("the server ended at once, see {}", log.display()).into());
            }
            Ok(is_healthy(address) && server.demo().is_file())
        })?;
        Ok(server)
    }

    /// Its base address, without a slash at the end.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The file with the demo's addresses.
    pub fn demo(&self) -> PathBuf {
        self.folder.path().join("demo.json")
    }

    /// Tells a command where the server is.
    pub fn tell<'c>(&self, command: &'c mut Command) -> &'c mut Command {
        command
            .env("BUURTSIGNAAL_URL", self.url())
            .env("BUURTSIGNAAL_DEMO", self.demo())
            .env("BUURTSIGNAAL_DATA", self.folder.path())
            .env("BUURTSIGNAAL_PID", self.running.id().to_string())
    }
}

/// Keeps the settings of whoever runs this away from a server that is started for a purpose.
pub fn without_settings(command: &mut Command) -> &mut Command {
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("BUURTSIGNAAL_") {
            command.env_remove(name);
        }
    }
    command
}

fn is_healthy(address: SocketAddr) -> bool {
    let ask = || -> std::io::Result<String> {
        let mut stream = TcpStream::connect_timeout(&address, Duration::from_secs(1))?;
        stream.set_read_timeout(Some(Duration::from_secs(2)))?;
        write!(stream, "GET /health HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n")?;
        let mut start = [0; 12];
        stream.read_exact(&mut start)?;
        Ok(String::from_utf8_lossy(&start).into_owned())
    };
    ask().is_ok_and(|start| start == "HTTP/1.1 200")
}
