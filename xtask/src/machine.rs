//! What the machine must have: the tools of the trade, and Debian's packages where they are missing.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::Outcome;
use crate::process;

/// The oldest Node.js that the pages build with.
const NODE: u32 = 20;

/// Checks that Node.js and npm are there and new enough; Rust is, or this would not run.
pub fn check_node() -> Outcome {
    let advice = format!("install Node.js {NODE} or newer with npm, from https://nodejs.org or your system's packages");
    let version = process::output(Command::new("node").arg("--version"))
        .map_err(|_| format!("Node.js is missing: the pages are built with it\n  {advice}"))?;
    let major = version.trim().trim_start_matches('v').split('.').next().and_then(|n| n.parse::<u32>().ok());
    if major.is_none_or(|major| major < NODE) {
        return Err(format!("Node.js {} is too old\n  {advice}", version.trim()).into());
    }
    process::output(Command::new("npm").arg("--version")).map_err(|_| format!("npm is missing\n  {advice}"))?;
    Ok(())
}

/// Finds a program by name in `PATH`.
pub fn find(name: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    env::split_paths(&path).map(|folder| folder.join(name)).find(|program| program.is_file())
}

/// Whether this program runs as root.
pub fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}

/// Gives what `look` finds, installing the Debian package when it finds nothing and that is allowed.
pub fn find_or_install(what: &str, package: &str, look: impl Fn() -> Option<PathBuf>) -> Outcome<PathBuf> {
    if let Some(found) = look() {
        return Ok(found);
    }
    let missing = format!("{what} is missing: it comes with Debian's package `{package}` (apt-get install {package})");
    let Some(mut apt) = apt() else {
        return Err(
            format!("{missing}; it can be installed from here only as root or with a sudo that asks nothing").into()
        );
    };
    println!("installing Debian's {package} …");
    let mut apt_get = |words: &[&str]| {
        let mut command = apt();
        process::output(command.args(words)).map_err(|error| format!("{missing}\n{error}"))
    };
    apt_get(&["update"])?;
    apt_get(&["install", "--yes", "--no-install-recommends", package])?;
    look().ok_or_else(|| format!("{missing}; installing it did not help").into())
}

/// Finds what holds printed sheets against the format, installing it where it is missing.
pub fn find_paper_tools() -> Outcome {
    find_or_install("qpdf", "qpdf", || find("qpdf"))?;
    find_or_install("poppler's pdftotext", "poppler-utils", || find("pdftotext"))?;
    Ok(())
}

/// Finds what the program needs that draws the ground of map pictures: a compiler of its protocol, a Vulkan driver.
pub fn find_vulkan() -> Outcome {
    find_or_install("the compiler of protocol buffers", "protobuf-compiler", || find("protoc"))?;
    find_or_install("a Vulkan driver", "mesa-vulkan-drivers", || {
        let mut drivers = std::fs::read_dir("/usr/share/vulkan/icd.d").ok()?;
        drivers.find_map(|driver| Some(driver.ok()?.path()))
    })?;
    Ok(())
}

/// How `apt-get` is called here, if it may be.
fn apt() -> Option<impl FnMut() -> Command> {
    find("apt-get")?;
    let by_sudo = !is_root();
    if by_sudo && !Command::new("sudo").args(["--non-interactive", "true"]).output().is_ok_and(|o| o.status.success()) {
        return None;
    }
    Some(move || {
        let mut command = Command::new(if by_sudo { "sudo" } else { "apt-get" });
        if by_sudo {
            command.args(["--non-interactive", "--preserve-env=DEBIAN_FRONTEND", "apt-get"]);
        }
        command.env("DEBIAN_FRONTEND", "noninteractive");
        command
    })
}

/// The user and group numbers of an account, from the machine's list.
pub fn account(name: &str) -> Option<(u32, u32)> {
    let list = std::fs::read_to_string(Path::new("/etc/passwd")).ok()?;
    let line = list.lines().find(|line| line.split(':').next() == Some(name))?;
    let mut fields = line.split(':').skip(2);
    Some((fields.next()?.parse().ok()?, fields.next()?.parse().ok()?))
}
