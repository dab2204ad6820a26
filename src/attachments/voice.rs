//! A voice note: what a recording is by its first bytes, how long and how large it may be.

use super::Media;
use crate::error::{Error, Kind, Result};

/// A minute, in milliseconds.
pub const LONGEST_MS: i64 = 60_000;
/// So many bytes at most.
pub const MAX_BYTES: usize = 1_500_000;

/// Checks a recording: of the kind that is said, at most a minute, at most 1.5 MB.
///
/// # Errors
///
/// `voice_kind`, `voice_too_long`, `voice_too_large`.
pub fn check(bytes: &[u8], said: Media, duration_ms: i64) -> Result<()> {
    if !(1..=LONGEST_MS).contains(&duration_ms) {
        return Err(refuse("voice_too_long", "duration_ms", "must be at most a minute"));
    }
    if bytes.len() > MAX_BYTES {
        return Err(refuse("voice_too_large", "audio", "must be at most 1.5 MB"));
    }
    if sniff(bytes) != Some(said) {
        return Err(refuse("voice_kind", "audio", "must be a recording of the kind that is said"));
    }
    Ok(())
}

fn sniff(bytes: &[u8]) -> Option<Media> {
    if bytes.starts_with(&[0x1a, 0x45, 0xdf, 0xa3]) {
        Some(Media::Webm)
    } else if bytes.starts_with(b"OggS") {
        Some(Media::Ogg)
    } else if bytes.get(4..8) == Some(b"ftyp") {
        Some(Media::Mp4)
    } else {
        None
    }
}

fn refuse(slug: &'static str, field: &str, reason: &str) -> Error {
    Error::new(Kind::Invalid, slug, reason).with_field(field)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_recording_is_what_its_bytes_say() {
        let webm = [&[0x1a, 0x45, 0xdf, 0xa3][..], &[0; 60]].concat();
        let slug = |bytes: &[u8], said, ms| check(bytes, said, ms).err().map(|error| error.slug);
        assert_eq!(slug(&webm, Media::Webm, 60_000), None);
        assert_eq!(slug(b"OggS....", Media::Ogg, 1), None);
        assert_eq!(slug(b"\0\0\0\x20ftypiso5", Media::Mp4, 1), None);
        assert_eq!(slug(&webm, Media::Ogg, 1000), Some("voice_kind"));
        assert_eq!(slug(b"<html>", Media::Webm, 1000), Some("voice_kind"));
        assert_eq!(slug(b"", Media::Webm, 1000), Some("voice_kind"));
        assert_eq!(slug(&webm, Media::Jpeg, 1000), Some("voice_kind"));
        assert_eq!(slug(&webm, Media::Webm, 60_001), Some("voice_too_long"));
        assert_eq!(slug(&webm, Media::Webm, 0), Some("voice_too_long"));
        assert_eq!(slug(&vec![0; MAX_BYTES + 1], Media::Webm, 1000), Some("voice_too_large"));
    }
}
