//! Other people's programs that figures are held against, run as they would be used.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use super::{Aim, Figure, Outcome, Random};

/// What a peer needed.
pub struct Peer {
    /// Its name.
    pub name: String,
    /// Wall time, in seconds.
    pub seconds: f64,
    /// The most memory its process held, in MB.
    pub mb: f64,
    /// All it said.
    pub said: Value,
}

impl Peer {
    /// Runs a peer's script in Python; none, with a word about it, where it cannot be run.
    pub fn python(script: &str, words: &[&str]) -> Option<Self> {
        let python = std::env::var_os("BENCH_PYTHON");
        Self::ask(Command::new(python.as_deref().unwrap_or_default()), python.is_some(), script, words)
    }

    /// Runs a peer's script in Node.js; none, with a word about it, where it cannot be run.
    pub fn node(script: &str, words: &[&str]) -> Option<Self> {
        let is_there = std::env::var_os("BENCH_NODE_MODULES").is_some();
        Self::ask(Command::new("node"), is_there, script, words)
    }

    fn ask(mut command: Command, is_there: bool, script: &str, words: &[&str]) -> Option<Self> {
        if !is_there {
            println!("  {script}: the peer could not be installed, so there is nothing to hold this against");
            return None;
        }
        match run(command.arg(folder().join(script)).args(words)) {
            Ok(peer) => Some(peer),
            Err(error) => {
                println!("  {script}: the peer failed: {error}");
                None
            }
        }
    }
}

fn run(command: &mut Command) -> Outcome<Peer> {
    let output = command.env("PYTHONDONTWRITEBYTECODE", "1").output()?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into());
    }
    let text = String::from_utf8(output.stdout)?;
    let said: Value = serde_json::from_str(text.lines().next_back().ok_or("it said nothing")?)?;
    let number = |field: &str| said[field].as_f64().ok_or_else(|| format!("it told no {field}"));
    let name = said["peer"].as_str().ok_or("it told no name")?.to_owned();
    Ok(Peer { name, seconds: number("seconds")?, mb: number("mb")?, said })
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/peers")
}

/// Tells a time in milliseconds, that of the peer, and how many times faster it is, where that must be at least so many.
pub fn tell_faster(task: &'static str, what: &str, seconds: f64, peer: Option<(&str, f64)>, times: f64) -> Outcome {
    let figure = |what: String, value, unit, aim| Figure { task, what, value, unit, aim }.tell();
    figure(what.to_owned(), seconds * 1e3, "ms", None)?;
    let Some((name, peer)) = peer else { return Ok(()) };
    figure(format!("  {name} for that"), peer * 1e3, "ms", None)?;
    figure(format!("  faster than {name}"), peer / seconds, "×", Some(Aim::AtLeast(times)))
}

/// A made-up pin of the city.
#[derive(Clone, Copy)]
pub struct Point {
    /// Degrees east.
    pub lon: f64,
    /// Degrees north.
    pub lat: f64,
    /// Whether it says unsafe.
    pub is_unsafe: bool,
    /// One of eight.
    pub theme: u8,
    /// One of four.
    pub time: u8,
}

/// The box of the city: west, south, east, north.
pub const CITY: [f64; 4] = [3.65, 51.0, 3.80, 51.10];

/// So many pins as `points.py` makes them; where there is no Python some of the same kind.
pub fn points(n: usize) -> Outcome<Vec<Point>> {
    let (Some(python), Some(folder)) = (std::env::var_os("BENCH_PYTHON"), std::env::var_os("BENCH_POINTS")) else {
        return Ok(made_up(n));
    };
    let folder = PathBuf::from(folder);
    let script = self::folder().join("points.py");
    let status = Command::new(python).arg(script).arg(&folder).arg(n.to_string()).status()?;
    if !status.success() {
        return Err(format!("points.py failed ({status})").into());
    }
    let bytes = std::fs::read(folder.join(format!("points_{n}.bin")))?;
    let float = |at: &[u8]| at.try_into().map(f64::from_le_bytes);
    let point = |row: &[u8]| -> Outcome<Point> {
        let (lon, lat) = (float(&row[..8])?, float(&row[8..16])?);
        Ok(Point { lon, lat, is_unsafe: row[16] == 1, theme: row[17], time: row[18] })
    };
    bytes.chunks_exact(20).map(point).collect()
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "under eight")]
fn made_up(n: usize) -> Vec<Point> {
    let [west, south, east, north] = CITY;
    let mut random = Random::new(3);
    let anywhere = |random: &mut Random| {
        (west + random.share() * (east - west), south + random.share() * (north - south), random.share())
    };
    let busy: Vec<_> = (0..50).map(|_| anywhere(&mut random)).collect();
    let point = |_| {
        let (x, y, share) = if random.share() < 0.25 { anywhere(&mut random) } else { *random.one(&busy) };
        let spread = 0.0006 + share * 0.0034;
        let lon = random.around(x, spread * 1.55).clamp(west, east - 1e-9);
        let lat = random.around(y, spread).clamp(south, north - 1e-9);
        let is_unsafe = random.share() < 0.4 + share * 0.4;
        Point { lon, lat, is_unsafe, theme: (random.share() * 8.0) as u8, time: (random.share() * 4.0) as u8 }
    };
    (0..n).map(point).collect()
}
