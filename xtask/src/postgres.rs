//! A PostgreSQL of its own: a fresh cluster on a free port, gone afterwards.

use std::os::unix::fs::chown;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use rustix::process::Signal;

use crate::process::{self, Folder, Running};
use crate::{Outcome, machine, server};

/// A running cluster, reachable on 127.0.0.1 only.
pub struct Postgres {
    port: u16,
    programs: PathBuf,
    // Dropped in this order: first the server ends, then its folder goes.
    _server: Running,
    _folder: Folder,
}

/// Finds the folder with PostgreSQL's server programs, the newest of them, installing it if need be.
pub fn find() -> Outcome<PathBuf> {
    machine::find_or_install("PostgreSQL", "postgresql", || {
        let of_debian = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
        let newest = of_debian
            .map(|version| version.path())
            .filter(|version| version.join("bin/initdb").is_file())
            .max_by_key(|version| version.file_name().and_then(|n| n.to_str()?.parse::<u32>().ok()));
        newest.map(|version| version.join("bin")).or_else(|| machine::find("initdb")?.parent().map(Path::to_path_buf))
    })
}

impl Postgres {
    /// Makes a cluster in a temporary folder and waits until it answers.
    pub fn start(programs: &Path, log: &Path) -> Outcome<Self> {
        let folder = Folder::new("postgres")?;
        let data = folder.path().join("data");
        // PostgreSQL refuses to run as root.
        let account = if machine::is_root() {
            let found = ["postgres", "nobody"].into_iter().find_map(machine::account);
            let (user, group) =
                found.ok_or("PostgreSQL does not run as root, and there is no other account to run it as")?;
            chown(folder.path(), Some(user), Some(group))?;
            Some((user, group))
        } else {
            None
        };
        let command = |program: &str| {
            let mut command = Command::new(programs.join(program));
            command.current_dir(folder.path());
            if let Some((user, group)) = account {
                command.uid(user).gid(group);
            }
            command
        };

        let mut initdb = command("initdb");
        initdb.args(["--auth=trust", "--username=postgres", "--encoding=UTF8", "--locale=C", "--no-sync", "--pgdata"]);
        process::run_into(initdb.arg(&data), log)?;

        let port = server::free_port()?;
        let file = std::fs::File::options().create(true).append(true).open(log)?;
        let mut postgres = command("postgres");
        postgres.arg("-D").arg(&data).arg("-k").arg(folder.path()).arg("-p").arg(port.to_string());
        // The cluster lives for minutes: nothing has to survive a power cut. Tests open many small pools.
        for setting in ["listen_addresses=127.0.0.1", "fsync=off", "shared_buffers=64MB", "max_connections=300"] {
            postgres.arg("-c").arg(setting);
        }
        postgres.stdin(Stdio::null()).stdout(file.try_clone()?).stderr(file);
        let running = Running::start_ended_by(&mut postgres, Signal::INT)?;
        process::wait_until("starting PostgreSQL", Duration::from_mins(1), || {
            if running.has_ended() {
                return Err(format!("PostgreSQL ended at once, see {}", log.display()).into());
            }
            let mut is_ready = Command::new(programs.join("pg_isready"));
            is_ready.args(["--quiet", "--host=127.0.0.1", "--port", &port.to_string()]);
            Ok(is_ready.status()?.success())
        })?;
        Ok(Self { port, programs: programs.to_path_buf(), _server: running, _folder: folder })
    }

    /// The address of one of its databases, for a user who may make others.
    pub fn url(&self, database: &str) -> String {
        format!("postgres://postgres@127.0.0.1:{}/{database}", self.port)
    }

    /// Makes an empty database and gives its address.
    pub fn create(&self, database: &str) -> Outcome<String> {
        let mut createdb = Command::new(self.programs.join("createdb"));
        createdb.args(["--host=127.0.0.1", "--username=postgres", "--port", &self.port.to_string(), database]);
        process::output(&mut createdb)?;
        Ok(self.url(database))
    }
}
