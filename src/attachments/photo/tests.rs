use image::codecs::png::PngEncoder;
use image::{ExtendedColorType, ImageEncoder, Rgb};
use proptest::prelude::*;

use super::*;

/// Left half red, right half blue; the upper left corner white.
fn picture(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| match (x < width / 4 && y < height / 4, x < width / 2) {
        (true, _) => Rgb([255; 3]),
        (_, true) => Rgb([220, 20, 20]),
        (_, false) => Rgb([20, 20, 220]),
    })
}

fn jpeg(width: u32, height: u32) -> Vec<u8> {
    write(&picture(width, height)).unwrap()
}

fn png(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    let encoder = PngEncoder::new(&mut bytes);
    encoder.write_image(picture(width, height).as_raw(), width, height, ExtendedColorType::Rgb8).unwrap();
    bytes
}

/// An EXIF block with an orientation, a serial number of the camera and a position.
fn exif(orientation: u8) -> Vec<u8> {
    let mut tiff = b"II*\0\x08\0\0\0\x03\0".to_vec();
    tiff.extend([0x12, 0x01, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0]);
    // BodySerialNumber as text at 0x32, and the position's block at 0x40.
    tiff.extend([0x31, 0xa4, 2, 0, 12, 0, 0, 0, 0x32, 0, 0, 0]);
    tiff.extend([0x25, 0x88, 4, 0, 1, 0, 0, 0, 0x40, 0, 0, 0]);
    tiff.extend([0; 4]);
    tiff.extend(b"SN-12345678\0\0\0");
    tiff.extend(b"\x01\0\x01\0\x02\0\x02\0\0\0N\0\0\0\0\0\0\0");
    [b"Exif\0\0".as_slice(), &tiff].concat()
}

fn app1(content: &[u8]) -> Vec<u8> {
    let length = u16::try_from(content.len() + 2).unwrap().to_be_bytes();
    [&[0xff, 0xe1], length.as_slice(), content].concat()
}

/// A JPEG as a telephone makes it: EXIF, XMP and a comment in front of the picture.
fn from_telephone(width: u32, height: u32, orientation: u8) -> Vec<u8> {
    let plain = jpeg(width, height);
    let xmp = b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta GPSLatitude=\"51,3.5N\" SerialNumber=\"SN-12345678\"/>";
    let comment = b"\xff\xfe\0\x0eSN-12345678\0";
    [&plain[..2], &app1(&exif(orientation)), &app1(xmp), comment, &plain[2..]].concat()
}

/// The markers of a JPEG before its picture, and what stands after its end.
fn parts(jpeg: &[u8]) -> (Vec<u8>, usize) {
    let (mut at, mut markers) = (2, Vec::new());
    while jpeg[at] == 0xff {
        markers.push(jpeg[at + 1]);
        if jpeg[at + 1] == 0xda {
            break;
        }
        at += 2 + usize::from(u16::from_be_bytes([jpeg[at + 2], jpeg[at + 3]]));
    }
    let end = jpeg.windows(2).rposition(|pair| pair == [0xff, 0xd9]).unwrap();
    (markers, jpeg.len() - end - 2)
}

fn slug(bytes: &[u8]) -> &'static str {
    clean(bytes).unwrap_err().slug
}

fn contains(bytes: &[u8], text: &[u8]) -> bool {
    bytes.windows(text.len()).any(|part| part == text)
}

fn read_back(jpeg: &[u8]) -> RgbImage {
    image::load_from_memory(jpeg).unwrap().into_rgb8()
}

fn is_near(found: Rgb<u8>, expected: [u8; 3]) -> bool {
    found.0.iter().zip(expected).all(|(a, b)| a.abs_diff(b) < 40)
}

#[test]
fn nothing_but_the_picture_is_left_of_a_file() {
    let file = from_telephone(400, 300, 1);
    assert!(contains(&file, b"SN-12345678") && contains(&file, b"GPSLatitude"));
    for file in [file, [jpeg(400, 300), b"PK\x03\x04<script>alert(1)</script>".to_vec()].concat()] {
        let kept = clean(&file).unwrap();
        let (markers, behind) = parts(&kept);
        // The frame, its tables, the scan and JFIF's own eighteen bytes; no EXIF, no XMP, no profile, no comment.
        assert!(markers.iter().all(|m| [0xe0, 0xdb, 0xc0, 0xc4, 0xda].contains(m)), "{markers:02x?}");
        assert_eq!(behind, 0);
        for word in [b"Exif".as_slice(), b"SN-1234", b"GPS", b"xap", b"script", b"PK\x03"] {
            assert!(!contains(&kept, word), "{}", String::from_utf8_lossy(word));
        }
    }
}

#[test]
fn a_photo_stands_upright() {
    let white = [255; 3];
    for (orientation, size, corner) in
        [(1, (40, 24), (2, 2)), (3, (40, 24), (37, 21)), (6, (24, 40), (21, 2)), (8, (24, 40), (2, 37))]
    {
        let kept = read_back(&clean(&from_telephone(40, 24, orientation)).unwrap());
        assert_eq!(kept.dimensions(), size, "orientation {orientation}");
        assert!(is_near(*kept.get_pixel(corner.0, corner.1), white), "orientation {orientation}");
    }
}

#[test]
fn a_large_photo_is_scaled_and_a_small_one_is_not() {
    assert_eq!(read_back(&clean(&jpeg(4000, 3000)).unwrap()).dimensions(), (1600, 1200));
    assert_eq!(read_back(&clean(&png(900, 3000)).unwrap()).dimensions(), (480, 1600));
    assert_eq!(read_back(&clean(&png(30, 20)).unwrap()).dimensions(), (30, 20));
    let kept = read_back(&clean(&jpeg(3000, 2000)).unwrap());
    assert!(is_near(*kept.get_pixel(700, 900), [220, 20, 20]) && is_near(*kept.get_pixel(900, 900), [20, 20, 220]));
}

/// A PNG that promises a size and brings next to nothing.
fn promise(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = png(1, 1);
    bytes[16..20].copy_from_slice(&width.to_be_bytes());
    bytes[20..24].copy_from_slice(&height.to_be_bytes());
    let sum = crc(&bytes[12..29]);
    bytes[29..33].copy_from_slice(&sum.to_be_bytes());
    bytes
}

/// The check sum of a PNG chunk (ISO 3309).
fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| if sum & 1 == 1 { (sum >> 1) ^ 0xedb8_8320 } else { sum >> 1 })
    })
}

#[test]
fn a_promise_of_too_many_pixels_is_refused_before_one_is_read() {
    assert_eq!(slug(&promise(30_000, 30_000)), "photo_too_many_pixels");
    assert_eq!(slug(&promise(4_001, 4_000)), "photo_too_many_pixels");
    assert_eq!(slug(&promise(u32::MAX, u32::MAX)), "photo_too_many_pixels");
    assert_eq!(slug(&promise(19_999, 1)), "photo_broken");
    let mut huge = jpeg(8, 8);
    let frame = huge.windows(2).position(|pair| pair == [0xff, 0xc0]).unwrap();
    huge[frame + 5..frame + 9].copy_from_slice(&[0xff, 0xff, 0xff, 0xff]);
    assert_eq!(slug(&huge), "photo_too_many_pixels");
    // WebP without loss: fourteen bits for each side.
    let mut webp = b"RIFF\x1a\0\0\0WEBPVP8L\x0d\0\0\0\x2f\xfe\xbf\xff\x0f".to_vec();
    webp.extend([0; 9]);
    assert_eq!(slug(&webp), "photo_too_many_pixels");
}

#[test]
fn a_photo_told_in_endless_passes_is_refused() {
    let one = jpeg(8, 8);
    let scan = one.windows(2).position(|pair| pair == [0xff, 0xda]).unwrap();
    let passes = one[scan..one.len() - 2].repeat(MAX_SCANS + 1);
    assert_eq!(slug(&[&one[..scan], &passes, &[0xff, 0xd9]].concat()), "photo_broken");
}

#[test]
fn other_files_are_named_by_what_they_are() {
    let heic = [b"\0\0\0\x18ftypheic\0\0\0\0mif1heic".as_slice(), &vec![7; 15 << 20]].concat();
    assert_eq!(slug(&heic), "photo_heic");
    assert_eq!(slug(b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic"), "photo_heic");
    let bomb = b"GIF89a\x30\x75\x30\x75\xf0\0\0\0\0\0\xff\xff\xff!\xff\x0bNETSCAPE2.0\x03\x01\0\0\0";
    assert_eq!(slug(bomb), "photo_kind");
    let moving = [
        b"RIFF\x4c\0\0\0WEBPVP8X\x0a\0\0\0\x02\0\0\0\x07\0\0\x07\0\0".as_slice(),
        b"ANIM\x06\0\0\0\0\0\0\0\0\0",
        b"ANMF\x20\0\0\0\0\0\0\0\0\0\x07\0\0\x07\0\0\x64\0\0\0",
        b"VP8L\x08\0\0\0\x2f\x07\xc0\x01\0\0\0\0",
    ];
    assert_eq!(slug(&moving.concat()), "photo_kind");
    for other in [b"".as_slice(), b"%PDF-1.7", b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>", b"PK\x03\x04", b"BM"] {
        assert_eq!(slug(other), "photo_kind", "{other:?}");
    }
}

#[test]
fn a_file_that_breaks_off_harms_nobody() {
    let (jpeg, png) = (from_telephone(64, 48, 6), png(64, 48));
    for file in [&jpeg, &png] {
        for length in 8..file.len() {
            // What a lenient reader makes of half a JPEG is a picture too.
            if let Ok(kept) = clean(&file[..length]) {
                assert!(!contains(&kept, b"SN-1234"));
            }
        }
    }
    assert_eq!(slug(&png[..png.len() / 2]), "photo_broken");
}

proptest! {
    #[test]
    fn bytes_that_are_changed_or_made_up_never_bring_the_reader_down(
        made_up in proptest::collection::vec(any::<u8>(), 0..400),
        start in 0_usize..4,
        changes in proptest::collection::vec((any::<proptest::sample::Index>(), any::<u8>()), 0..12),
    ) {
        let starts: [&[u8]; 4] = [b"", &[0xff, 0xd8, 0xff], b"\x89PNG\r\n\x1a\n", b"RIFF\x40\0\0\0WEBPVP8 "];
        let _ = clean(&[starts[start], &made_up].concat());
        for mut file in [from_telephone(24, 16, 6), png(24, 16)] {
            for (at, byte) in &changes {
                let at = at.index(file.len());
                file[at] = *byte;
            }
            if let Ok(kept) = clean(&file) {
                prop_assert!(!contains(&kept, b"Exif"));
            }
        }
    }
}
