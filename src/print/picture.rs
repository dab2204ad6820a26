//! Pictures of maps: drawings as pixels.

use std::sync::{Arc, LazyLock};

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{ImageHrefResolver, Options, Tree, fontdb};

use super::letters::{CUTS, FAMILY};
use super::map::{self, Contents, Drawing, Look, Theme, View};
use super::renderer::{Renderer, cell};
use crate::basemap::archive::Archive;
use crate::error::{Error, Result};
use crate::id::digest;

/// How wide and high a picture may be, in pixels.
pub const SIDES: std::ops::RangeInclusive<u32> = 64..=4096;
/// Millimetres of a pixel.
const PIXEL_MM: f64 = 25.4 / 96.0;
/// A picture as wide as this has lines and letters of the usual size; a larger one larger ones, by the root.
const USUAL: f64 = 820.0;

/// A picture to be drawn.
#[derive(Debug, Clone, Copy)]
pub struct Picture<'a> {
    /// The map under it.
    pub archive: Option<&'a Archive>,
    /// What part of the ground it shows.
    pub view: &'a View,
    /// What is drawn on it.
    pub contents: &'a Contents,
    /// By day or at night.
    pub theme: Theme,
    /// The letter of north.
    pub north: &'a str,
    /// Pixels wide and high.
    pub size: [u32; 2],
    /// What draws the ground, where it can.
    pub renderer: &'a Renderer,
}

impl Picture<'_> {
    /// The view of a box (west, south, east, north) in so many pixels.
    #[must_use]
    pub fn view(bbox: [f64; 4], size: [u32; 2]) -> View {
        let paper = size.map(|side| f64::from(side) * PIXEL_MM);
        let larger = (f64::from(size[0]).hypot(f64::from(size[1])) / USUAL).sqrt().max(0.6);
        View::around(bbox, paper, 12.0 * PIXEL_MM, larger)
    }

    /// What stands on the ground of the picture.
    pub fn top(&self) -> Result<Drawing> {
        self.drawing(true)
    }

    /// A mark that changes whenever the picture would, there sooner than the picture.
    #[must_use]
    pub fn mark(&self, top: &Drawing) -> String {
        let ground = self.archive.map(Archive::version).unwrap_or_default();
        digest(&format!("{ground} {:?} {}", self.size, top.svg))
    }

    /// Draws it as PNG, with what stands on its ground.
    pub fn png(&self, top: &Drawing) -> Result<Vec<u8>> {
        let ground = match self.archive {
            Some(archive) => {
                let cells = map::cells(archive, self.view, self.theme, f64::from(cell(self.size)) * PIXEL_MM)?;
                self.renderer.draw(&cells, self.size)
            }
            None => None,
        };
        match ground {
            Some(ground) => rasterised(&top.svg, self.size, Some(ground.as_raw())),
            None => rasterised(&self.drawing(false)?.svg, self.size, None),
        }
    }

    fn drawing(&self, bare: bool) -> Result<Drawing> {
        let look = Look { theme: self.theme, larger: 1.0, north: self.north, ratio: false, bare };
        map::draw(self.archive, self.view, self.contents, look)
    }
}

static FONTS: LazyLock<Arc<fontdb::Database>> = LazyLock::new(|| {
    let mut fonts = fontdb::Database::new();
    for cut in CUTS {
        fonts.load_font_data(cut.file.to_vec());
    }
    Arc::new(fonts)
});

/// Draws an SVG as PNG of so many pixels, over what is there already (straight RGBA of that size) or over nothing.
///
/// Nothing that the drawing refers to is read from anywhere.
pub fn rasterised(svg: &str, [width, height]: [u32; 2], over: Option<&[u8]>) -> Result<Vec<u8>> {
    let options = Options {
        fontdb: FONTS.clone(),
        font_family: FAMILY.to_owned(),
        image_href_resolver: ImageHrefResolver {
            resolve_data: Box::new(|_, _, _| None),
            resolve_string: Box::new(|_, _| None),
        },
        ..Options::default()
    };
    let tree = Tree::from_str(svg, &options).map_err(Error::internal)?;
    let mut pixels = Pixmap::new(width, height).ok_or_else(|| Error::internal("a picture without pixels"))?;
    if let Some(below) = over.filter(|below| below.len() == pixels.data().len()) {
        pixels.data_mut().copy_from_slice(below);
    }
    let size = tree.size();
    #[expect(clippy::cast_precision_loss, reason = "pixels of a picture")]
    let scale = (width as f32 / size.width(), height as f32 / size.height());
    resvg::render(&tree, Transform::from_scale(scale.0, scale.1), &mut pixels.as_mut());
    pixels.encode_png().map_err(Error::internal)
}
