//! A million pins as GeoJSON: how long it takes from the database to the socket, and how much memory the server needs.
#![allow(missing_docs, clippy::print_stdout, reason = "a measurement speaks to whoever runs it")]

mod bench;

use std::fs::File;
use std::io::{BufWriter, Write};
use std::ops::ControlFlow;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use bench::http::Client;
use bench::workshop::{BOUNDS, Desk, Workshop};
use bench::{Aim, Figure, Outcome, Random, forget_highest_memory, memory_mb, told};

const PINS: u32 = 1_000_000;
const FEW: u32 = 10_000;
/// Growth that no longer depends on how many pins there are: buffers, and what the allocator keeps.
const FLAT_MB: f64 = 32.0;
/// The product's aim against ogr2ogr.
const FASTER: f64 = 8.0;

fn main() -> Outcome {
    let server = told("BUURTSIGNAAL_PID")?;
    let desk = Desk::sign_in()?;
    let few = desk.filled_workshop(FEW)?;
    let many = desk.filled_workshop(PINS)?;
    export(&few, FEW)?;

    let before = memory_mb(&server, "VmRSS")?;
    forget_highest_memory(&server)?;
    let (seconds, bytes) = export(&many, PINS)?;
    let growth = (memory_mb(&server, "VmHWM")? - before).max(0.0);

    let task = "exports";
    let peer = ogr2ogr()?.map(|peer| Aim::AtMost(peer / FASTER));
    Figure { task, what: "1,000,000 pins (aim: 1/8 of ogr2ogr)".into(), value: seconds, unit: "s", aim: peer }
        .tell()?;
    Figure { task, what: "size".into(), value: bytes as f64 / 1e6, unit: "MB", aim: None }.tell()?;
    Figure { task, what: "growth of the server".into(), value: growth, unit: "MB", aim: Some(Aim::AtMost(FLAT_MB)) }
        .tell()
}

/// Downloads all pins of a workshop and checks that they are all there; gives the seconds and the bytes.
fn export(workshop: &Workshop, pins: u32) -> Outcome<(f64, usize)> {
    let mut client = Client::connect_staff(&workshop.url, &workshop.cookie)?;
    let path = format!("/api/neighbourhoods/{}/pins", workshop.neighbourhood);
    let (begun, mut bytes, mut features, mut end) = (Instant::now(), 0, 0, Vec::new());
    client.stream(&path, |part| {
        bytes += part.len();
        // One feature a line.
        features += part.split(|byte| *byte == b'\n').count() - 1;
        end = part[part.len().saturating_sub(8)..].to_vec();
        ControlFlow::Continue(())
    })?;
    let seconds = begun.elapsed().as_secs_f64();
    let is_whole = String::from_utf8_lossy(&end).trim_end().ends_with("]}") || end.ends_with(b"}\n");
    if features < pins as usize || !is_whole {
        return Err(format!("the export of {pins} pins has {features} lines and ends with {end:?}").into());
    }
    Ok((seconds, bytes))
}

/// How many seconds ogr2ogr takes to write as many points of six properties as GeoJSON, where it is installed.
fn ogr2ogr() -> Outcome<Option<f64>> {
    let Ok(version) = Command::new("ogr2ogr").arg("--version").stdout(Stdio::null()).status() else { return Ok(None) };
    if !version.success() {
        return Ok(None);
    }
    let folder = std::env::temp_dir().join(format!("buurtsignaal-peer-{}", std::process::id()));
    std::fs::create_dir(&folder)?;
    let seconds = time_ogr2ogr(&folder);
    std::fs::remove_dir_all(&folder)?;
    let seconds = seconds?;
    Figure { task: "exports", what: "ogr2ogr, 1,000,000 points".into(), value: seconds, unit: "s", aim: None }
        .tell()?;
    Ok(Some(seconds))
}

fn time_ogr2ogr(folder: &Path) -> Outcome<f64> {
    let source = folder.join("points.csv");
    let mut csv = BufWriter::new(File::create(&source)?);
    let mut random = Random::new(3);
    writeln!(csv, "lon,lat,feeling,intensity,radius_m,themes,effect,round")?;
    for number in 0..PINS {
        let (lon, lat) = (BOUNDS[0] + random.share() * 0.03, BOUNDS[1] + random.share() * 0.02);
        writeln!(csv, "{lon:.6},{lat:.6},unsafe,{},50,light sight,detour,2026-1", number % 3)?;
    }
    csv.flush()?;
    let mut command = Command::new("ogr2ogr");
    command.args(["-f", "GeoJSON"]).arg(folder.join("points.geojson")).arg(&source);
    command.args(["-oo", "X_POSSIBLE_NAMES=lon", "-oo", "Y_POSSIBLE_NAMES=lat", "-oo", "KEEP_GEOM_COLUMNS=NO", "-q"]);
    let begun = Instant::now();
    if !command.status()?.success() {
        return Err("ogr2ogr failed".into());
    }
    Ok(begun.elapsed().as_secs_f64())
}
