//! The program beside the server that draws the ground of pictures with maplibre-rs (`render/`): kept warm between
//! pictures, ended where it hangs.
//!
//! Where there is no such program, or it finds no Vulkan driver, the vector layers are rasterised here, and the log says so
//! once.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use image::RgbaImage;
use image::imageops::{self, FilterType};

use super::map::Cells;

/// A cell is drawn so many times as wide and high as it stands in the picture, for smooth edges.
const FINER: u32 = 2;
/// Pixels of the picture to the side of a cell at most: a larger one takes more memory than it saves time.
const LARGEST_CELL: u32 = 600;
/// How long it may take to find its driver, or to draw a cell.
pub const PATIENCE: Duration = Duration::from_secs(10);
/// The name of the program beside our own.
const NAME: &str = "buurtsignaal-render";
/// No picture of a cell is larger.
const LARGEST: u32 = 64 * 1024 * 1024;

/// How many pixels of the picture lie to the side of each of its cells: as few cells as may be, and none larger than it
/// must be.
#[must_use]
pub fn cell([width, height]: [u32; 2]) -> u32 {
    let fit = |length: u32| length.div_ceil(length.div_ceil(LARGEST_CELL));
    fit(width).max(fit(height))
}

/// The renderer of a running server.
#[derive(Debug)]
pub struct Renderer {
    program: Option<PathBuf>,
    patience: Duration,
    running: Mutex<Option<Running>>,
    told: AtomicBool,
}

impl Renderer {
    /// A renderer that runs this program, and ends it when an answer takes longer than this; without a program, the one
    /// beside our own where there is one.
    #[must_use]
    pub fn new(program: Option<PathBuf>, patience: Duration) -> Self {
        let beside = || Some(std::env::current_exe().ok()?.with_file_name(NAME)).filter(|program| program.is_file());
        Self { program: program.or_else(beside), patience, running: Mutex::default(), told: AtomicBool::new(false) }
    }

    /// Draws a ground as a picture of so many pixels; none where it cannot, which the log says once.
    pub fn draw(&self, cells: &Cells, size: [u32; 2]) -> Option<RgbaImage> {
        let Some(program) = &self.program else {
            self.tell("there is no program to draw them");
            return None;
        };
        let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        let cell = cell(size);
        if running.as_ref().is_some_and(|running| running.colours != cells.colours || running.cell != cell) {
            *running = None;
        }
        let drawn = match running.take() {
            Some(warm) => Ok(warm),
            None => Running::start(program, cell, &cells.colours, self.patience),
        };
        let drawn = drawn.and_then(|mut warm| Ok((warm.picture(cells, size)?, warm)));
        match drawn {
            Ok((picture, warm)) => {
                *running = Some(warm);
                Some(picture)
            }
            Err(error) => {
                self.tell(&error.to_string());
                None
            }
        }
    }

    fn tell(&self, why: &str) {
        if !self.told.swap(true, Ordering::Relaxed) {
            tracing::warn!("pictures of maps are rasterised from their vector layers: {why}");
        }
    }
}

#[derive(Debug)]
struct Running {
    child: Child,
    to: ChildStdin,
    from: Receiver<io::Result<Vec<u8>>>,
    cell: u32,
    colours: Vec<&'static str>,
    patience: Duration,
}

impl Running {
    fn start(program: &PathBuf, cell: u32, colours: &[&'static str], patience: Duration) -> io::Result<Self> {
        let mut command = Command::new(program);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
        let (Some(mut to), Some(answers)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(io::Error::other("it has no standard input and output"));
        };
        let (send, from) = sync_channel(1);
        thread::spawn(move || {
            let mut answers = BufReader::new(answers);
            let mut line = String::new();
            let first = answers.read_line(&mut line).and_then(|_| {
                if line == "ready\n" { Ok(Vec::new()) } else { Err(io::Error::other("it found no Vulkan driver")) }
            });
            let mut going = first.is_ok() && send.send(first).is_ok();
            while going {
                let answer = picture(&mut answers);
                going = answer.is_ok() && send.send(answer).is_ok();
            }
        });
        to.write_all(format!("{} {}\n", cell * FINER, colours.join(" ")).as_bytes())?;
        to.flush()?;
        let running = Self { child, to, from, cell, colours: colours.to_vec(), patience };
        running.answer()?;
        Ok(running)
    }

    fn answer(&self) -> io::Result<Vec<u8>> {
        self.from
            .recv_timeout(self.patience)
            .map_err(|_| io::Error::other("the program that draws them does not answer"))?
    }

    fn picture(&mut self, cells: &Cells, [width, height]: [u32; 2]) -> io::Result<RgbaImage> {
        let mut whole = RgbaImage::new(width, height);
        for (at, tile) in cells.tiles.iter().enumerate() {
            let length = u32::try_from(tile.len()).map_err(io::Error::other)?;
            self.to.write_all(&length.to_le_bytes())?;
            self.to.write_all(tile)?;
            self.to.flush()?;
            let png = self.answer()?;
            let drawn = image::load_from_memory(&png).map_err(io::Error::other)?.into_rgba8();
            let drawn = imageops::resize(&drawn, self.cell, self.cell, FilterType::Triangle);
            let (col, row) = (at % cells.across, at / cells.across);
            let pixels = |n: usize| i64::try_from(n).unwrap_or_default() * i64::from(self.cell);
            imageops::replace(&mut whole, &drawn, pixels(col), pixels(row));
        }
        Ok(whole)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn picture(answers: &mut impl Read) -> io::Result<Vec<u8>> {
    let mut length = [0; 4];
    answers.read_exact(&mut length)?;
    let length = u32::from_le_bytes(length);
    if length > LARGEST {
        return Err(io::Error::other("it answers with too much"));
    }
    let mut png = vec![0; length as usize];
    answers.read_exact(&mut png)?;
    Ok(png)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_has_few_cells_and_none_larger_than_it_must_be() {
        for (size, side) in [([1600, 900], 534), ([320, 200], 320), ([600, 64], 600), ([601, 64], 301), ([64, 64], 64)]
        {
            assert_eq!(cell(size), side, "{size:?}");
        }
        assert!(cell([4096, 4096]) <= LARGEST_CELL);
    }
}
