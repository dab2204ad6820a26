//! How long paper and pictures take, and how much memory the server and its renderer need for a picture.
#![allow(missing_docs, clippy::print_stdout, reason = "a measurement speaks to whoever runs it")]

mod bench;

use std::time::Instant;

use bench::http::Client;
use bench::workshop::Desk;
use bench::{Aim, Figure, Outcome, children, forget_highest_memory, memory_mb, told};
use serde_json::{Value, json};

/// The product's aims, on two cores.
const SHEET_S: f64 = 3.0;
const POSTER_S: f64 = 10.0;
const PICTURE_S: f64 = 2.0;
const PICTURE_MB: f64 = 400.0;

fn main() -> Outcome {
    let server = told("BUURTSIGNAAL_PID")?;
    let mut staff = Desk::sign_in()?.client()?;
    let demo: Value = serde_json::from_str(&std::fs::read_to_string(told("BUURTSIGNAAL_DEMO")?)?)?;
    let quarter =
        format!("/api/neighbourhoods/{}", demo["neighbourhood"].as_str().ok_or("the demo has no neighbourhood")?);
    let hotspots = staff.json("GET", &format!("{quarter}/hotspots"), &Value::Null)?;
    let found = hotspots["features"].as_array().ok_or("the demo has no hotspots")?;
    let stop = |n: usize| json!({"name": format!("Plek {n}"), "point": found[n]["properties"]["centre"]});
    let stops: Vec<Value> = (0..found.len().min(8)).map(stop).collect();
    let walk = json!({"name": "Wandeling na school", "day": "2026-11-25", "override": true, "stops": stops});
    let walk = staff.json("POST", &format!("{quarter}/walks"), &walk)?;
    let stations =
        json!({"name": "Datawandeling", "day": "2026-12-15", "languages": ["nl"], "stations": [{"kind": "unsafe"}]});
    let data_walk = staff.json("POST", &format!("{quarter}/data-walks"), &stations)?;
    let id = |made: &Value| made["id"].as_str().unwrap_or_default().to_owned();

    let sheet = format!("{quarter}/walks/{}/sheet.pdf", id(&walk));
    tell(&mut staff, "A4 walk sheet with map", &sheet, SHEET_S)?;
    let poster = format!("{quarter}/data-walks/{}/posters.pdf?paper=a1", id(&data_walk));
    tell(&mut staff, "A1 poster with map", &poster, POSTER_S)?;
    forget_highest_memory(&server)?;
    tell(&mut staff, "picture, 1600 by 900, surface", &format!("{quarter}/picture.png?layer=surface"), PICTURE_S)?;
    let tell_memory = |what: &str, value| {
        Figure { task: "print", what: what.into(), value, unit: "MB", aim: Some(Aim::AtMost(PICTURE_MB)) }.tell()
    };
    tell_memory("memory of the server while it draws", memory_mb(&server, "VmHWM")?)?;
    for renderer in children(&server)? {
        tell_memory("memory of the renderer beside it", memory_mb(&renderer, "VmHWM")?)?;
    }
    Ok(())
}

/// The second time is told: the first one reads fonts and starts the renderer.
fn tell(staff: &mut Client, what: &str, path: &str, aim_s: f64) -> Outcome {
    let mut seconds = 0.0;
    for _ in 0..2 {
        let begun = Instant::now();
        let (status, body) = staff.send("GET", path, "")?;
        if status != 200 {
            return Err(format!("{path}: {status} {}", String::from_utf8_lossy(body)).into());
        }
        seconds = begun.elapsed().as_secs_f64();
    }
    Figure { task: "print", what: what.into(), value: seconds, unit: "s", aim: Some(Aim::AtMost(aim_s)) }.tell()
}
