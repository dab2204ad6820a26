//! Other people's programs that figures are held against: installed on demand, in versions that are written down.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::{Outcome, machine, process, root, server};

/// What could be installed.
#[derive(Default)]
pub struct Peers {
    /// The Python with the peers' packages.
    python: Option<PathBuf>,
    /// The folder with those of Node.js.
    node_modules: Option<PathBuf>,
    /// Where the made-up points are kept.
    points: Option<PathBuf>,
}

impl Peers {
    /// Installs what is missing; what cannot be is said plainly, and the product is measured without it.
    pub fn install() -> Outcome<Self> {
        let folder = server::target()?.join("peers");
        let points = folder.join("points");
        fs::create_dir_all(&points)?;
        let said = |what: &str, installed: Outcome<PathBuf>| {
            installed.map_err(|error| println!("the peers in {what} could not be installed: {error}")).ok()
        };
        Ok(Self {
            python: said("Python", python(&folder)),
            node_modules: said("Node.js", node(&folder)),
            points: Some(points),
        })
    }

    /// Tells a measurement where they are.
    pub fn tell(&self, command: &mut Command) {
        for (name, path) in
            [("BENCH_PYTHON", &self.python), ("BENCH_NODE_MODULES", &self.node_modules), ("BENCH_POINTS", &self.points)]
        {
            if let Some(path) = path {
                command.env(name, path);
            }
        }
    }
}

/// An environment of its own with the packages of `requirements.txt`.
fn python(folder: &Path) -> Outcome<PathBuf> {
    let python = folder.join("python");
    let program = python.join("bin/python");
    install(&root().join("benches/peers/requirements.txt"), &python, |wanted| {
        let python3 = machine::find("python3").ok_or("python3 is missing")?;
        process::output(Command::new(python3).args(["-m", "venv"]).arg(&python))?;
        let pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement"];
        process::output(Command::new(&program).args(pip).arg(wanted))?;
        Ok(())
    })?;
    Ok(program)
}

/// The packages of `package.json`.
fn node(folder: &Path) -> Outcome<PathBuf> {
    let node = folder.join("node");
    install(&root().join("benches/peers/package.json"), &node, |wanted| {
        fs::create_dir_all(&node)?;
        fs::copy(wanted, node.join("package.json"))?;
        let npm = ["install", "--silent", "--no-audit", "--no-fund", "--no-package-lock"];
        process::output(Command::new("npm").args(npm).current_dir(&node))?;
        Ok(())
    })?;
    Ok(node.join("node_modules"))
}

/// Fills a folder anew unless it was filled from the same list.
fn install(wanted: &Path, folder: &Path, fill: impl Fn(&Path) -> Outcome) -> Outcome {
    let list = fs::read_to_string(wanted)?;
    let done = folder.join("installed");
    if fs::read_to_string(&done).is_ok_and(|installed| installed == list) {
        return Ok(());
    }
    println!("installing {} into {} …", list.split_whitespace().collect::<Vec<_>>().join(" "), folder.display());
    let _ = fs::remove_dir_all(folder);
    fill(wanted)?;
    Ok(fs::write(done, list)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::process::Folder;

    #[test]
    fn what_was_installed_is_not_installed_again_until_the_list_changes() {
        let folder = Folder::new("peers").unwrap();
        let (list, into) = (folder.path().join("list"), folder.path().join("into"));
        let count = std::cell::Cell::new(0);
        let fill = |_: &Path| {
            count.set(count.get() + 1);
            Ok(fs::create_dir_all(&into)?)
        };
        fs::write(&list, "numpy==1").unwrap();
        install(&list, &into, fill).unwrap();
        install(&list, &into, fill).unwrap();
        assert_eq!(count.get(), 1);
        fs::write(&list, "numpy==2").unwrap();
        install(&list, &into, fill).unwrap();
        assert_eq!(count.get(), 2);
        fs::write(&list, "numpy==3").unwrap();
        assert!(install(&list, &into, |_| Err("no network".into())).is_err());
        install(&list, &into, fill).unwrap();
        assert_eq!(count.get(), 3);
    }
}
