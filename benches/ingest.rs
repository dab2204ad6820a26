//! How many pins a second the server acknowledges, each on disk, and how soon those who follow the gathering are told.
#![allow(missing_docs, clippy::print_stdout, reason = "a measurement speaks to whoever runs it")]

mod bench;

use std::ops::ControlFlow;
use std::sync::{Arc, Barrier};
use std::thread;
use std::time::{Duration, Instant};

use bench::http::Client;
use bench::workshop::Desk;
use bench::{Aim, Figure, Outcome, Random, percentile_ms};

const CLIENTS: u64 = 64;
const LISTENERS: usize = 50;
/// So many pins of one device: a device that sends more at once is slowed.
const PINS_A_DEVICE: usize = 240;
const LASTS: Duration = Duration::from_secs(10);
const PACED_PINS: u64 = 400;
const PACE: Duration = Duration::from_millis(25);

fn main() -> Outcome {
    let desk = Desk::sign_in()?;
    throughput(&desk)?;
    told_to_the_room(&desk)
}

/// Sixty-four clients as fast as they can, each with one device after another.
fn throughput(desk: &Desk) -> Outcome {
    let workshop = Arc::new(desk.open_workshop()?);
    let start = Arc::new(Barrier::new(usize::try_from(CLIENTS)?));
    let tablets: Vec<_> = (0..CLIENTS)
        .map(|seed| {
            let (workshop, start) = (Arc::clone(&workshop), Arc::clone(&start));
            thread::spawn(move || -> Outcome<Vec<Duration>> {
                let ready = workshop.join().and_then(|mut device| Ok((device.participant()?, device)));
                start.wait();
                let (mut participant, mut device) = ready?;
                let (begun, mut random, mut times) = (Instant::now(), Random::new(seed + 1), Vec::new());
                while begun.elapsed() < LASTS {
                    if times.len() % PINS_A_DEVICE == PINS_A_DEVICE - 1 {
                        device = workshop.join()?;
                        participant = device.participant()?;
                    } else if times.len() % 6 == 5 {
                        participant = device.participant()?;
                    }
                    let sent = Instant::now();
                    device.pin(&participant, &mut random)?;
                    times.push(sent.elapsed());
                }
                Ok(times)
            })
        })
        .collect();
    let mut times = Vec::new();
    for tablet in tablets {
        times.extend(tablet.join().map_err(|_| "a tablet panicked")??);
    }
    let (_, kept) = workshop.counts()?;
    if kept != times.len() as u64 {
        return Err(format!("{} pins were acknowledged and {kept} are kept", times.len()).into());
    }
    let a_second = times.len() as f64 / LASTS.as_secs_f64();
    let (task, half, most) = ("ingest", percentile_ms(&mut times, 50), percentile_ms(&mut times, 99));
    Figure {
        task,
        what: "acknowledged pins, 64 clients".into(),
        value: a_second,
        unit: "/s",
        aim: Some(Aim::AtLeast(2000.0)),
    }
    .tell()?;
    Figure { task, what: "acknowledgement, median".into(), value: half, unit: "ms", aim: None }.tell()?;
    Figure { task, what: "acknowledgement, p99".into(), value: most, unit: "ms", aim: None }.tell()
}

/// A lively workshop: a pin every 25 ms, and fifty who follow it.
fn told_to_the_room(desk: &Desk) -> Outcome {
    let workshop = desk.open_workshop()?;
    let mut device = workshop.join()?;
    let follows = Arc::new(Barrier::new(LISTENERS + 1));
    let listeners: Vec<_> = (0..LISTENERS)
        .map(|_| {
            let client = Client::connect_device(&workshop.url, &device.token);
            let path = format!("/api/gatherings/{}/events", workshop.gathering);
            let follows = Arc::clone(&follows);
            thread::spawn(move || listen(client?, &path, &follows))
        })
        .collect();
    follows.wait();

    let (mut random, mut acknowledged, mut participant) = (Random::new(7), Vec::new(), String::new());
    for number in 0..PACED_PINS {
        if number == PACED_PINS / 2 {
            device = workshop.join()?;
        }
        if number % 6 == 0 || number == PACED_PINS / 2 {
            participant = device.participant()?;
        }
        device.pin(&participant, &mut random)?;
        acknowledged.push(Instant::now());
        thread::sleep(PACE);
    }

    let mut times = Vec::new();
    for listener in listeners {
        let events = listener.join().map_err(|_| "a listener panicked")??;
        for (number, sent) in (1..).zip(&acknowledged) {
            // An event tells how many pins there are, and so of every pin up to that number.
            let (_, told) =
                events.iter().find(|(pins, _)| *pins >= number).ok_or("a listener was not told of a pin")?;
            times.push(told.saturating_duration_since(*sent));
        }
    }
    let (task, most, longest) = ("live", percentile_ms(&mut times, 99), percentile_ms(&mut times, 100));
    Figure {
        task,
        what: "pin to event, 50 listeners, p99".into(),
        value: most,
        unit: "ms",
        aim: Some(Aim::AtMost(50.0)),
    }
    .tell()?;
    Figure { task, what: "pin to event, longest".into(), value: longest, unit: "ms", aim: None }.tell()
}

/// Every number of pins that a listener is told, and when, up to the last pin. The first event tells how it stands.
fn listen(mut client: Client, path: &str, follows: &Barrier) -> Outcome<Vec<(u64, Instant)>> {
    let (mut text, mut events) = (String::new(), Vec::new());
    client.stream(path, |part| {
        let now = Instant::now();
        text.push_str(&String::from_utf8_lossy(part));
        while let Some(end) = text.find("\n\n") {
            let event: String = text.drain(..end + 2).collect();
            let Some(pins) = pins_in(&event) else { continue };
            if events.is_empty() {
                follows.wait();
            }
            events.push((pins, now));
            if pins == PACED_PINS {
                return ControlFlow::Break(());
            }
        }
        ControlFlow::Continue(())
    })?;
    Ok(events)
}

/// The number of pins in an event about the gathering.
fn pins_in(event: &str) -> Option<u64> {
    let data = event.lines().find_map(|line| line.strip_prefix("data:"))?;
    serde_json::from_str::<serde_json::Value>(data.trim()).ok()?["pins"].as_u64()
}
