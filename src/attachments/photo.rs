//! A photo is read within limits, turned upright, scaled and written anew: only the picture itself goes on.

use std::io::Cursor;

use image::codecs::jpeg::{JpegDecoder, JpegEncoder};
use image::codecs::png::PngDecoder;
use image::codecs::webp::WebPDecoder;
use image::{DynamicImage, ImageDecoder, ImageError, Limits, RgbImage};

use crate::error::{Error, Kind, Result};

/// The longer side of a stored photo, in pixels, at most.
pub const LONGEST_SIDE: u32 = 1600;
/// A photo of more pixels is not read; 16 million take 48 MB.
pub const MAX_PIXELS: u64 = 16_000_000;
/// So many bytes of pixels are read at most: four for each pixel.
const MAX_DECODED: u64 = 4 * MAX_PIXELS;
/// A side longer than this is refused by the first line of the file.
const MAX_SIDE: u32 = 20_000;
/// A photo that is told in many passes costs as many readings; cameras and editors need ten.
const MAX_SCANS: usize = 32;
/// Of 100.
const QUALITY: u8 = 82;

/// What a file is by its first bytes, whatever its name says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    Jpeg,
    Png,
    Webp,
    Heic,
}

fn sniff(bytes: &[u8]) -> Option<Format> {
    let at = |from: usize, magic: &[u8]| bytes.get(from..from + magic.len()) == Some(magic);
    let brands = [b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"];
    match bytes {
        _ if at(0, &[0xff, 0xd8, 0xff]) => Some(Format::Jpeg),
        _ if at(0, b"\x89PNG\r\n\x1a\n") => Some(Format::Png),
        _ if at(0, b"RIFF") && at(8, b"WEBP") => Some(Format::Webp),
        _ if at(4, b"ftyp") && brands.iter().any(|brand| at(8, *brand)) => Some(Format::Heic),
        _ => None,
    }
}

/// Makes of a file that a device sent the JPEG that is kept: upright, at most [`LONGEST_SIDE`] pixels long, without
/// place, time, device or anything else that stood in the file. Takes up to some 150 MB and a second of one core.
///
/// # Errors
///
/// `photo_heic`, `photo_kind` (neither JPEG, PNG nor a WebP that stands still), `photo_too_many_pixels`, `photo_broken`.
pub fn clean(bytes: &[u8]) -> Result<Vec<u8>> {
    let limits = limits();
    let file = Cursor::new(bytes);
    let upright = match sniff(bytes) {
        Some(Format::Jpeg) if scans(bytes) > MAX_SCANS => return Err(broken()),
        Some(Format::Jpeg) => read(JpegDecoder::new(file).map_err(|error| refusal(&error))?),
        Some(Format::Png) => read(PngDecoder::with_limits(file, limits).map_err(|error| refusal(&error))?),
        Some(Format::Webp) => match WebPDecoder::new(file).map_err(|error| refusal(&error))? {
            moving if moving.has_animation() => return Err(no_photo()),
            still => read(still),
        },
        Some(Format::Heic) => return Err(refuse("photo_heic", "a HEIC photo cannot be read, send it as JPEG")),
        None => return Err(no_photo()),
    }?;
    write(&upright)
}

fn limits() -> Limits {
    let mut limits = Limits::default();
    limits.max_image_width = Some(MAX_SIDE);
    limits.max_image_height = Some(MAX_SIDE);
    limits.max_alloc = Some(MAX_DECODED);
    limits
}

/// Reads a picture whose header promises not too much, turned upright and scaled.
fn read(mut decoder: impl ImageDecoder) -> Result<RgbImage> {
    decoder.set_limits(limits()).map_err(|error| refusal(&error))?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MAX_PIXELS || decoder.total_bytes() > MAX_DECODED {
        return Err(too_many_pixels());
    }
    if width == 0 || height == 0 {
        return Err(broken());
    }
    let turned = decoder.orientation().map_err(|error| refusal(&error))?;
    let mut picture = DynamicImage::from_decoder(decoder).map_err(|error| refusal(&error))?;
    if width.max(height) > LONGEST_SIDE {
        picture = picture.thumbnail(LONGEST_SIDE, LONGEST_SIDE);
    }
    picture.apply_orientation(turned);
    Ok(picture.into_rgb8())
}

/// Writes a picture as JPEG with nothing beside it.
pub(super) fn write(picture: &RgbImage) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, QUALITY).encode_image(picture).map_err(Error::internal)?;
    Ok(bytes)
}

/// How many passes a JPEG is told in; a thumbnail inside counts too.
fn scans(bytes: &[u8]) -> usize {
    bytes.windows(2).filter(|pair| *pair == [0xff, 0xda]).count()
}

fn refuse(slug: &'static str, reason: &str) -> Error {
    Error::new(Kind::Invalid, slug, reason).with_field("image")
}

fn no_photo() -> Error {
    refuse("photo_kind", "must be a photo: JPEG, PNG or WebP that stands still")
}

fn too_many_pixels() -> Error {
    refuse("photo_too_many_pixels", "must have at most 16 million pixels")
}

/// The error for a file that starts like a photo and is none.
pub fn broken() -> Error {
    refuse("photo_broken", "the photo cannot be read")
}

fn refusal(error: &ImageError) -> Error {
    match error {
        ImageError::Limits(_) => too_many_pixels(),
        _ => broken(),
    }
}

#[cfg(test)]
mod tests;
