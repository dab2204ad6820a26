//! Rasterises a drawing.

use std::sync::{Arc, LazyLock};

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{ImageHrefResolver, Options, Tree, fontdb};

use super::letters::{CUTS, FAMILY};
use crate::error::{Error, Result};

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
