//! `cargo xtask bench`: the release build against its aims.

use std::fmt::Write as _;
use std::fs::{self, File};
use std::path::Path;
use std::process::Stdio;

use serde_json::Value;

use crate::peers::Peers;
use crate::postgres::{self, Postgres};
use crate::process::{self, Running};
use crate::server::{self, Profile, Server};
use crate::{Outcome, browser, cargo, frontend, root};

/// A program that measures and prints a JSON line per figure.
struct Measurement {
    name: &'static str,
    what: &'static str,
    needs: Needs,
}

#[derive(PartialEq, Eq)]
enum Needs {
    /// Only the built program.
    Program,
    /// The built program, and other people's programs to hold it against.
    Peers,
    /// A server on the demo.
    Server,
    /// A server on the demo and, where it can be had, a PostgreSQL for the peer.
    ServerAndPostgres,
    /// A server and a browser.
    Browser,
}

const ALL: &[Measurement] = &[
    Measurement {
        name: "ingest",
        what: "acknowledged pins a second, and how soon the room is told",
        needs: Needs::Server,
    },
    Measurement { name: "exports", what: "GeoJSON of a million pins: time and memory", needs: Needs::Server },
    Measurement {
        name: "tiles",
        what: "vector tiles of a million pins against PostGIS, and kept tiles a second",
        needs: Needs::ServerAndPostgres,
    },
    Measurement {
        name: "basemap",
        what: "import of an extract of a million nodes: time and memory",
        needs: Needs::Program,
    },
    Measurement {
        name: "statistics",
        what: "false hotspots and real ones by simulation, and how soon verdicts are there",
        needs: Needs::Peers,
    },
    Measurement {
        name: "hotspots",
        what: "statistics of a city of a million pins, beside what others use",
        needs: Needs::Peers,
    },
    Measurement {
        name: "walks",
        what: "the shortest round of ten stops on a network of 50,000 edges",
        needs: Needs::Program,
    },
    Measurement {
        name: "print",
        what: "how long sheets, posters and pictures take, and the memory of a picture",
        needs: Needs::Server,
    },
    Measurement { name: "pages", what: "weight and wait of the tablet page, pin to wall", needs: Needs::Browser },
];

/// Runs the measurements with these names, or all of them, and prints a table.
pub fn bench(names: &[&str]) -> Outcome {
    if names.contains(&"--list") {
        for measurement in ALL {
            println!("{:<10}{}", measurement.name, measurement.what);
        }
        return Ok(());
    }
    if let Some(name) = names.iter().find(|name| ALL.iter().all(|measurement| measurement.name != **name)) {
        return Err(format!("there is no measurement {name:?}; `cargo xtask bench --list` names them").into());
    }
    frontend::build()?;
    process::run(&mut server::build(Profile::Release))?;
    process::run(&mut server::build_render(Profile::Release)?)?;
    let program = server::program(Profile::Release)?;
    warn_when_busy();
    let lines_file = server::target()?.join("bench.jsonl");
    let mut lines = String::new();
    let mut broken = Vec::new();
    let chosen = || ALL.iter().filter(|one| names.is_empty() || names.contains(&one.name));
    let peers = if chosen().any(|one| one.needs == Needs::Peers) { Peers::install()? } else { Peers::default() };
    for measurement in chosen() {
        println!("measuring {}: {} …", measurement.name, measurement.what);
        match measure(measurement, &program, &peers) {
            Ok(printed) => lines.push_str(&printed),
            Err(error) => broken.push(format!("{}: {error}", measurement.name)),
        }
        fs::write(&lines_file, &lines)?;
    }
    let (table, missed) = table(&lines)?;
    print!("{table}");
    println!("(as JSON lines in {})", lines_file.display());
    match (missed, broken.is_empty()) {
        (0, true) => Ok(()),
        (_, true) => Err(format!("{missed} of the aims were missed").into()),
        _ => Err(broken.join("\n").into()),
    }
}

/// Says when others use the machine too, because every figure is worse then.
fn warn_when_busy() {
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let load: f64 = load.split(' ').next().and_then(|text| text.parse().ok()).unwrap_or(0.0);
    let cores = std::thread::available_parallelism().map_or(1.0, |cores| cores.get() as f64);
    if load > cores {
        println!("the machine is busy (load {load:.1} on {cores} cores): the figures will be worse than it can do");
    }
}

/// Runs one measurement and gives the JSON lines it printed.
fn measure(measurement: &Measurement, program: &Path, peers: &Peers) -> Outcome<String> {
    let logs = server::target()?;
    let printed = logs.join(format!("bench-{}.out", measurement.name));
    let server = match measurement.needs {
        Needs::Program | Needs::Peers => None,
        _ => Some(Server::start(program, None, &logs.join(format!("bench-{}.server.log", measurement.name)))?),
    };
    let mut command = if let (Some(server), Needs::Browser) = (&server, &measurement.needs) {
        browser::playwright(&browser::find()?, server, "playwright.bench.config.ts")
    } else {
        let mut command = cargo();
        command.args(["bench", "--locked", "--bench", measurement.name]);
        command
    };
    if let Some(server) = &server {
        server.tell(&mut command);
    }
    peers.tell(&mut command);
    let peer = if measurement.needs == Needs::ServerAndPostgres {
        let log = logs.join(format!("bench-{}.postgres.log", measurement.name));
        let started = postgres::find().and_then(|programs| Postgres::start(&programs, &log));
        started.inspect_err(|error| println!("  without its peer: {error}")).ok()
    } else {
        None
    };
    if let Some(peer) = &peer {
        command.env("BENCH_POSTGRES", peer.url("postgres"));
    }
    command.env("BUURTSIGNAAL_PROGRAM", program).env("BENCH_OUT", &printed).current_dir(match measurement.needs {
        Needs::Browser => frontend::folder(),
        _ => root().to_path_buf(),
    });
    File::create(&printed)?;
    let status = Running::start(command.stdin(Stdio::null()))?.wait()?;
    let printed = fs::read_to_string(&printed)?;
    if !status.success() {
        return Err(format!("the measurement failed ({status})").into());
    }
    Ok(printed)
}

/// The figures beside their aims, and how many missed them.
fn table(lines: &str) -> Outcome<(String, usize)> {
    let (mut text, mut missed) = (String::new(), 0);
    writeln!(text, "\n{:<50}{:>14}{:>14}{:>8}", "", "product", "aim or peer", "ratio")?;
    for line in lines.lines().filter(|line| line.starts_with('{')) {
        let figure: Value = serde_json::from_str(line)?;
        let name = format!("{}: {}", figure["task"].as_str().unwrap_or("?"), figure["what"].as_str().unwrap_or("?"));
        let unit = figure["unit"].as_str().unwrap_or("");
        let value = figure["value"].as_f64().ok_or_else(|| format!("a figure without a value: {line}"))?;
        let shown = format!("{} {unit}", rounded(value));
        let Some(aim) = figure["aim"].as_f64() else {
            writeln!(text, "  {name:<48}{shown:>14}")?;
            continue;
        };
        let more_is_better = figure["better"] == "more";
        let ratio = if more_is_better { value / aim } else { aim / value };
        let mark = if ratio >= 1.0 { '✓' } else { '✗' };
        missed += usize::from(ratio < 1.0);
        let sign = if more_is_better { '≥' } else { '≤' };
        writeln!(text, "{mark} {name:<48}{shown:>14}{:>14}{:>7.1}×", format!("{sign} {} {unit}", rounded(aim)), ratio)?;
    }
    Ok((text, missed))
}

fn rounded(value: f64) -> String {
    match value.abs() {
        size if size >= 100.0 => format!("{value:.0}"),
        size if size >= 1.0 => format!("{value:.1}"),
        _ => format!("{value:.3}"),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn figures_are_held_against_their_aims() {
        let lines = concat!(
            r#"{"task":"ingest","what":"pins a second","value":9000,"unit":"/s","aim":2000,"better":"more"}"#,
            "\n",
            r#"{"task":"ingest","what":"p99","value":80,"unit":"ms","aim":50,"better":"less"}"#,
            "\n",
            r#"{"task":"ingest","what":"people","value":64,"unit":""}"#,
            "\n",
        );
        let (table, missed) = super::table(lines).unwrap();
        assert_eq!(missed, 1, "{table}");
        assert!(table.contains("4.5×") && table.contains("0.6×"), "{table}");
    }
}
