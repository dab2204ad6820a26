//! Blurring parts of a stored photo, so that nobody can undo it: of each area only a few averages are left.

use image::codecs::jpeg::JpegDecoder;
use image::imageops::{self, FilterType};
use image::{DynamicImage, RgbImage};

use super::photo;
use crate::error::{Error, Result};

/// An area as shares of the picture: left, top, width, height, each from 0 to 1.
pub type Area = [f64; 4];

/// So many areas at a time at most.
pub const MAX_AREAS: usize = 40;
/// The longer side of an area keeps so many averages.
const CELLS: u32 = 4;

/// Checks areas that a moderator drew.
pub fn check(areas: &[Area]) -> Result<()> {
    if areas.is_empty() || areas.len() > MAX_AREAS {
        return Err(Error::invalid("areas", "must be 1 to 40 areas"));
    }
    for (at, [x, y, width, height]) in areas.iter().enumerate() {
        let within = |from: f64, length: f64| (0.0..=1.0).contains(&from) && length > 0.0 && from + length <= 1.000_001;
        if !within(*x, *width) || !within(*y, *height) {
            return Err(Error::invalid(format!("areas[{at}]"), "must lie within the picture"));
        }
    }
    Ok(())
}

/// Blurs areas of a JPEG that [`photo::clean`] wrote and writes it anew. An area covers each pixel that it touches.
pub fn blur(jpeg: &[u8], areas: &[Area]) -> Result<Vec<u8>> {
    let decoder = JpegDecoder::new(std::io::Cursor::new(jpeg)).map_err(Error::internal)?;
    let mut picture = DynamicImage::from_decoder(decoder).map_err(Error::internal)?.into_rgb8();
    for area in areas {
        blur_one(&mut picture, area);
    }
    photo::write(&picture)
}

fn blur_one(picture: &mut RgbImage, &[x, y, width, height]: &Area) {
    let (left, right) = pixels(x, width, picture.width());
    let (top, bottom) = pixels(y, height, picture.height());
    let (wide, high) = (right - left, bottom - top);
    let longest = wide.max(high);
    let cells = |side: u32| (side * CELLS).div_ceil(longest).clamp(1, side);
    let part = imageops::crop_imm(picture, left, top, wide, high).to_image();
    let averages = imageops::thumbnail(&part, cells(wide), cells(high));
    let blurred = imageops::resize(&averages, wide, high, FilterType::Triangle);
    imageops::replace(picture, &blurred, i64::from(left), i64::from(top));
}

/// From which to before which pixel a share of a side goes; one pixel at least.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "shares of a side, clamped to it")]
fn pixels(from: f64, length: f64, side: u32) -> (u32, u32) {
    let all = f64::from(side);
    let first = (from * all).floor().clamp(0.0, all - 1.0) as u32;
    let end = ((from + length) * all).ceil().clamp(0.0, all) as u32;
    (first, end.max(first + 1))
}

#[cfg(test)]
mod tests {
    use image::Rgb;

    use super::*;

    /// Fine black and white stripes, as letters on a plate are.
    fn stripes(width: u32, height: u32) -> Vec<u8> {
        let picture = RgbImage::from_fn(width, height, |x, _| Rgb([if x % 8 < 4 { 0 } else { 255 }; 3]));
        photo::write(&picture).unwrap()
    }

    fn read(jpeg: &[u8]) -> RgbImage {
        image::load_from_memory(jpeg).unwrap().into_rgb8()
    }

    fn contrast(picture: &RgbImage, left: u32, right: u32) -> u8 {
        let row = picture.height() / 2;
        let lights: Vec<u8> = (left..right).map(|x| picture.get_pixel(x, row)[0]).collect();
        lights.iter().max().unwrap() - lights.iter().min().unwrap()
    }

    #[test]
    fn what_was_inside_cannot_be_read_and_what_was_outside_stays() {
        let blurred = read(&blur(&stripes(320, 160), &[[0.5, 0.0, 0.5, 1.0]]).unwrap());
        assert_eq!(blurred.dimensions(), (320, 160));
        assert!(contrast(&blurred, 176, 310) < 16, "the stripes are gone");
        assert!(contrast(&blurred, 10, 144) > 200, "the other half is as it was");
    }

    #[test]
    fn the_smallest_and_the_largest_area_are_blurred_without_harm() {
        for areas in [vec![[0.0, 0.0, 1.0, 1.0]], vec![[1.0, 1.0, 1e-9, 1e-9]], vec![[0.999, 0.0, 0.001, 1.0]]] {
            let blurred = blur(&stripes(33, 17), &areas).unwrap();
            assert_eq!(read(&blurred).dimensions(), (33, 17));
        }
        assert!(contrast(&read(&blur(&stripes(320, 160), &[[0.0, 0.0, 1.0, 1.0]]).unwrap()), 0, 320) < 16);
    }

    #[test]
    fn areas_lie_within_the_picture_and_are_numbers() {
        assert!(check(&[[0.0, 0.0, 1.0, 1.0]]).is_ok());
        assert!(check(&[]).is_err());
        assert!(check(&vec![[0.1, 0.1, 0.1, 0.1]; 41]).is_err());
        for bad in [[-0.1, 0.0, 0.5, 0.5], [0.6, 0.0, 0.5, 0.5], [0.0, 0.0, 0.0, 0.5], [f64::NAN, 0.0, 0.5, 0.5]] {
            assert_eq!(check(&[[0.0, 0.0, 1.0, 1.0], bad]).unwrap_err().field.as_deref(), Some("areas[1]"));
        }
    }
}
