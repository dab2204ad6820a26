//! Child processes and temporary folders: whatever is started here is ended here, also on Ctrl-C.

use std::fs::{self, File};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, WaitId, WaitIdOptions, kill_process_group, waitid};
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::iterator::Signals;

use crate::Outcome;

/// How long a process may take to end by itself before it is killed.
const GRACE: Duration = Duration::from_secs(8);
/// How often a condition is looked at while waiting for it.
const GLANCE: Duration = Duration::from_millis(20);

/// Everything that must not outlive this program.
#[derive(Default)]
struct Started {
    groups: Vec<(Pid, Signal)>,
    folders: Vec<PathBuf>,
}

static STARTED: Mutex<Started> = Mutex::new(Started { groups: Vec::new(), folders: Vec::new() });

fn started() -> MutexGuard<'static, Started> {
    STARTED.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Ends everything that was started, in a thread of its own, when the program is told to stop.
pub fn end_everything_on_signal() -> Outcome {
    let mut signals = Signals::new([SIGINT, SIGTERM, SIGHUP])?;
    thread::spawn(move || {
        if let Some(signal) = signals.forever().next() {
            eprintln!("\nstopping what was started …");
            // Held until the end: nobody starts anything any more.
            let everything = started();
            for (group, signal) in &everything.groups {
                let _ = kill_process_group(*group, *signal);
            }
            for (group, _) in &everything.groups {
                end_group(*group, None);
            }
            for folder in &everything.folders {
                let _ = fs::remove_dir_all(folder);
            }
            std::process::exit(128 + signal);
        }
    });
    Ok(())
}

/// Waits for the leader of a group to end, killing the whole group when it takes too long.
/// The leader is left for its owner to reap, so its number cannot have been given to anybody else.
fn end_group(group: Pid, signal: Option<Signal>) {
    if let Some(signal) = signal {
        let _ = kill_process_group(group, signal);
    }
    let deadline = Instant::now() + GRACE;
    while !has_ended(group) && Instant::now() < deadline {
        thread::sleep(GLANCE);
    }
    let _ = kill_process_group(group, Signal::KILL);
}

fn has_ended(leader: Pid) -> bool {
    let options = WaitIdOptions::EXITED | WaitIdOptions::NOWAIT | WaitIdOptions::NOHANG;
    !matches!(waitid(WaitId::Pid(leader), options), Ok(None))
}

/// A process in a group of its own; dropping it ends the group.
pub struct Running {
    child: Child,
    group: Pid,
    signal: Signal,
    name: String,
}

impl Running {
    /// Starts a command that a `SIGTERM` ends.
    pub fn start(command: &mut Command) -> Outcome<Self> {
        Self::start_ended_by(command, Signal::TERM)
    }

    /// Starts a command that ends on the given signal.
    pub fn start_ended_by(command: &mut Command, signal: Signal) -> Outcome<Self> {
        let name = command.get_program().to_string_lossy().into_owned();
        let mut everything = started();
        let child = command.process_group(0).spawn().map_err(|e| format!("cannot start {name}: {e}"))?;
        let group = Pid::from_child(&child);
        everything.groups.push((group, signal));
        Ok(Self { child, group, signal, name })
    }

    /// The process's number.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Whether it has ended by itself.
    pub fn has_ended(&self) -> bool {
        has_ended(self.group)
    }

    /// Waits for it to end by itself, and ends what it left behind.
    pub fn wait(mut self) -> Outcome<ExitStatus> {
        waitid(WaitId::Pid(self.group), WaitIdOptions::EXITED | WaitIdOptions::NOWAIT)?;
        self.reap().map_err(Into::into)
    }

    fn reap(&mut self) -> std::io::Result<ExitStatus> {
        let mut everything = started();
        let _ = kill_process_group(self.group, Signal::KILL);
        let status = self.child.wait();
        everything.groups.retain(|(group, _)| *group != self.group);
        status
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if started().groups.iter().any(|(group, _)| *group == self.group) {
            end_group(self.group, Some(self.signal));
            if let Err(error) = self.reap() {
                eprintln!("{} cannot be ended: {error}", self.name);
            }
        }
    }
}

/// Runs a command to its end; anything but success is an error.
pub fn run(command: &mut Command) -> Outcome {
    let shown = shown(command);
    match Running::start(command)?.wait()? {
        status if status.success() => Ok(()),
        status => Err(format!("`{shown}` failed ({status})").into()),
    }
}

/// Runs a command with all it says going to the end of a file.
pub fn run_into(command: &mut Command, log: &Path) -> Outcome {
    let file = File::options().create(true).append(true).open(log)?;
    command
        .env("NO_COLOR", "1")
        .env("CARGO_TERM_COLOR", "never")
        .env_remove("FORCE_COLOR")
        .env_remove("CLICOLOR_FORCE");
    run(command.stdin(Stdio::null()).stdout(file.try_clone()?).stderr(file))
}

/// Runs a short command and gives what it printed.
pub fn output(command: &mut Command) -> Outcome<String> {
    let shown = shown(command);
    let output = command.stdin(Stdio::null()).output().map_err(|e| format!("cannot start `{shown}`: {e}"))?;
    if !output.status.success() {
        return Err(format!("`{shown}` failed ({})\n{}", output.status, String::from_utf8_lossy(&output.stderr)).into());
    }
    Ok(String::from_utf8(output.stdout)?)
}

fn shown(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}

/// Waits until something holds; what was waited for is named when it takes too long.
pub fn wait_until(what: &str, at_most: Duration, mut holds: impl FnMut() -> Outcome<bool>) -> Outcome {
    let deadline = Instant::now() + at_most;
    while !holds()? {
        if Instant::now() > deadline {
            return Err(format!("{what} took longer than {} s", at_most.as_secs()).into());
        }
        thread::sleep(GLANCE);
    }
    Ok(())
}

/// An empty folder of its own, removed when dropped.
pub struct Folder(PathBuf);

impl Folder {
    /// Makes a folder under the machine's temporary folder.
    pub fn new(what: &str) -> Outcome<Self> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("buurtsignaal-{what}-{}-{number}", std::process::id()));
        fs::create_dir(&path).map_err(|e| format!("cannot make the folder {}: {e}", path.display()))?;
        started().folders.push(path.clone());
        Ok(Self(path))
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if let Err(error) = fs::remove_dir_all(&self.0) {
            eprintln!("{} cannot be removed: {error}", self.0.display());
        }
        started().folders.retain(|folder| *folder != self.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sh(script: &str) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        command
    }

    #[test]
    fn a_dropped_process_takes_its_children_with_it() {
        let folder = Folder::new("test").unwrap();
        let number = folder.path().join("child");
        let running = Running::start(sh("sleep 600 & echo $! > child; wait").current_dir(folder.path())).unwrap();
        let read = || fs::read_to_string(&number).ok().and_then(|text| text.trim().parse::<i32>().ok());
        wait_until("the child", Duration::from_secs(10), || Ok(read().is_some())).unwrap();
        let child = Pid::from_raw(read().unwrap()).unwrap();
        assert!(rustix::process::test_kill_process(child).is_ok());
        drop(running);
        wait_until("its end", Duration::from_secs(10), || {
            // Ended, or only waiting to be reaped by whoever adopted it.
            let status = fs::read_to_string(format!("/proc/{}/stat", child.as_raw_nonzero()));
            Ok(status.is_ok_and(|status| status.contains(") Z ")) || rustix::process::test_kill_process(child).is_err())
        })
        .unwrap();
    }

    #[test]
    fn a_failing_command_is_named() {
        let error = run(&mut sh("exit 3")).unwrap_err().to_string();
        assert!(error.contains("sh -c exit 3") && error.contains('3'), "{error}");
    }

    #[test]
    fn a_folder_goes_when_dropped() {
        let folder = Folder::new("test").unwrap();
        let path = folder.path().to_path_buf();
        fs::write(path.join("file"), "x").unwrap();
        drop(folder);
        assert!(!path.exists());
    }

    #[test]
    fn what_takes_too_long_is_named() {
        let error = wait_until("the bus", Duration::ZERO, || Ok(false)).unwrap_err().to_string();
        assert!(error.contains("the bus"), "{error}");
    }
}
