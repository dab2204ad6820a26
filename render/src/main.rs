//! Draws the ground of map pictures with maplibre-rs, one square cell after another, until its input ends.
//!
//! It reads from standard input and writes to standard output; each number is four bytes, the lowest first.
//!
//! 1. A line of text: the side of a cell in pixels, then the colours of the layers from the bottom up, with spaces between.
//! 2. For each cell a number and so many bytes: a vector tile whose layers are called `0`, `1` and so on, each with the
//!    colour of that place in the line. It holds polygons only, in units of 4096 to the side.
//! 3. The answer to a cell: a number and so many bytes, a PNG of it. The first line is answered by `ready` and a line break.
//!
//! maplibre-rs 0.0.3 knows neither text nor circles nor transparency, a line's width is a share of the picture, the order
//! of layers is their index, and beyond 2048 pixels it gives blank pictures or none. What is missing is drawn over the
//! cells by who asks for them.

use std::error::Error;
use std::io::{BufRead, Read, Write, stdin, stdout};
use std::path::{Path, PathBuf};
use std::{env, fs, process};

use csscolorparser::Color;
use maplibre::headless::map::HeadlessMap;
use maplibre::headless::{HeadlessPlugin, create_headless_renderer};
use maplibre::plugin::Plugin;
use maplibre::render::RenderPlugin;
use maplibre::style::Style;
use maplibre::style::layer::{FillPaint, LayerPaint, StyleLayer};
use maplibre::vector::{DefaultVectorTransferables, VectorPlugin};

/// A picture beyond this is blank or ends the program.
const LARGEST_CELL: u32 = 2048;
/// No honest cell is larger, in bytes.
const LARGEST_TILE: u32 = 64 * 1024 * 1024;

fn main() {
    if let Err(error) = draw() {
        eprintln!("{error}");
        process::exit(1);
    }
}

fn draw() -> Result<(), Box<dyn Error>> {
    let mut input = stdin().lock();
    let mut output = stdout().lock();
    let mut line = String::new();
    input.read_line(&mut line)?;
    let mut words = line.split_whitespace();
    let side: u32 = words.next().ok_or("the first line holds the side of a cell")?.parse()?;
    if !(64..=LARGEST_CELL).contains(&side) {
        return Err(format!("a cell has 64 to {LARGEST_CELL} pixels").into());
    }
    let colours = words.map(str::parse).collect::<Result<Vec<Color>, _>>()?;

    // The library writes its pictures into the folder it runs in.
    let folder = Folder::new()?;
    env::set_current_dir(&folder.0)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let mut map = runtime.block_on(open(side, &colours))?;
    let names: Vec<String> = (0..colours.len()).map(|at| at.to_string()).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    output.write_all(b"ready\n")?;
    output.flush()?;

    let mut frame = 0;
    while let Some(tile) = next(&mut input)? {
        let layers = runtime.block_on(map.process_tile(tile.into_boxed_slice(), &names));
        map.render_tile(layers);
        let picture = Path::new(&format!("frame_{frame}.png")).to_path_buf();
        let png = fs::read(&picture)?;
        fs::remove_file(&picture)?;
        output.write_all(&u32::try_from(png.len())?.to_le_bytes())?;
        output.write_all(&png)?;
        output.flush()?;
        frame += 1;
    }
    Ok(())
}

async fn open(side: u32, colours: &[Color]) -> Result<HeadlessMap, Box<dyn Error>> {
    // What has the index 0 is not drawn.
    let layer = |(index, colour): (u32, &Color)| StyleLayer {
        index: index + 1,
        id: index.to_string(),
        source_layer: Some(index.to_string()),
        paint: Some(LayerPaint::Fill(FillPaint { fill_color: Some(colour.clone()) })),
        ..StyleLayer::default()
    };
    let style = Style { layers: (0..).zip(colours).map(layer).collect(), ..Style::default() };
    let (kernel, renderer) = create_headless_renderer(side, None).await;
    let plugins: Vec<Box<dyn Plugin<_>>> = vec![
        Box::new(RenderPlugin),
        Box::new(VectorPlugin::<DefaultVectorTransferables>::default()),
        Box::new(HeadlessPlugin::new(true)),
    ];
    HeadlessMap::new(style, renderer, kernel, plugins).map_err(|error| format!("no map can be made: {error:?}").into())
}

/// The next cell; none where the input ends.
fn next(input: &mut impl Read) -> Result<Option<Vec<u8>>, Box<dyn Error>> {
    let mut length = [0; 4];
    if input.read(&mut length[..1])? == 0 {
        return Ok(None);
    }
    input.read_exact(&mut length[1..])?;
    let length = u32::from_le_bytes(length);
    if length > LARGEST_TILE {
        return Err("a cell is too large".into());
    }
    let mut tile = vec![0; usize::try_from(length)?];
    input.read_exact(&mut tile)?;
    Ok(Some(tile))
}

/// A folder of its own that goes with the program.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Result<Self, std::io::Error> {
        let folder = env::temp_dir().join(format!("buurtsignaal-render-{}", process::id()));
        fs::create_dir(&folder)?;
        Ok(Self(folder))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}
