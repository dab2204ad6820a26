//! What the measurements share: a lean HTTP client, a workshop of its own, figures as JSON lines.
#![allow(dead_code, reason = "each measurement uses a part")]

pub mod http;
pub mod peers;
pub mod workshop;

use std::fs::{self, File};
use std::io::Write;
use std::time::Duration;

/// The result of a measurement; any error ends it.
pub type Outcome<T = ()> = Result<T, Box<dyn std::error::Error + Send + Sync>>;

/// Reads what `cargo xtask bench` says about the server.
pub fn told(name: &str) -> Outcome<String> {
    std::env::var(name).map_err(|_| format!("{name} is not set: run `cargo xtask bench`").into())
}

/// A figure and what it is held against.
pub struct Figure {
    /// Which measurement.
    pub task: &'static str,
    /// What of it.
    pub what: String,
    /// The figure.
    pub value: f64,
    /// Its unit.
    pub unit: &'static str,
    /// At least or at most this, where there is an aim.
    pub aim: Option<Aim>,
}

/// What a figure is held against.
#[derive(Clone, Copy)]
pub enum Aim {
    /// More is better.
    AtLeast(f64),
    /// Less is better.
    AtMost(f64),
}

impl Figure {
    /// Writes the figure as a JSON line.
    pub fn tell(self) -> Outcome {
        let mut line =
            serde_json::json!({"task": self.task, "what": self.what, "value": self.value, "unit": self.unit});
        if let Some(aim) = self.aim {
            let (aim, better) = match aim {
                Aim::AtLeast(aim) => (aim, "more"),
                Aim::AtMost(aim) => (aim, "less"),
            };
            line["aim"] = aim.into();
            line["better"] = better.into();
        }
        println!("  {}: {:.3} {}", self.what, self.value, self.unit);
        let mut out = File::options().append(true).create(true).open(told("BENCH_OUT")?)?;
        Ok(writeln!(out, "{line}")?)
    }
}

/// The time that so many of a hundred do not exceed, in milliseconds.
pub fn percentile_ms(times: &mut [Duration], percent: usize) -> f64 {
    times.sort_unstable();
    let at = (times.len() * percent).div_ceil(100).clamp(1, times.len()) - 1;
    times[at].as_secs_f64() * 1e3
}

/// What a process holds in memory, in MB: now (`VmRSS`) or at most since it was asked to forget (`VmHWM`).
pub fn memory_mb(process: &str, field: &str) -> Outcome<f64> {
    let status = fs::read_to_string(format!("/proc/{process}/status"))?;
    let line = status.lines().find(|line| line.starts_with(field)).ok_or("the process has ended")?;
    let kilobytes: f64 = line.split_whitespace().nth(1).ok_or("no number")?.parse()?;
    Ok(kilobytes / 1024.0)
}

/// The processes that a process started and that still run.
pub fn children(process: &str) -> Outcome<Vec<String>> {
    let mut found = Vec::new();
    for task in fs::read_dir(format!("/proc/{process}/task"))? {
        let listed = fs::read_to_string(task?.path().join("children"))?;
        found.extend(listed.split_whitespace().map(str::to_owned));
    }
    Ok(found)
}

/// Makes a process's highest memory start again from now.
pub fn forget_highest_memory(process: &str) -> Outcome {
    Ok(fs::write(format!("/proc/{process}/clear_refs"), "5")?)
}

/// Seeded random numbers, the same in every run.
pub struct Random(u64);

impl Random {
    /// A row of numbers of its own for every seed.
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// Between 0 and 1.
    pub fn share(&mut self) -> f64 {
        (self.bits() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// One of the things.
    pub fn one<'t, T>(&mut self, of: &'t [T]) -> &'t T {
        let at = usize::try_from(self.bits() >> 33).unwrap_or(0) % of.len();
        &of[at]
    }

    /// About a normal distribution, by adding up.
    pub fn around(&mut self, middle: f64, spread: f64) -> f64 {
        let sum: f64 = (0..12).map(|_| self.share()).sum();
        middle + (sum - 6.0) * spread
    }

    fn bits(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }
}
