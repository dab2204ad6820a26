//! The fonts that everything on paper is set in: how wide a text is, and whether there is a glyph for each letter of it.

use std::sync::LazyLock;

use ttf_parser::Face;

/// A font of the press.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cut {
    /// Its file, as TrueType.
    pub file: &'static [u8],
    /// Its family.
    pub family: &'static str,
    /// From 400 (text) to 700 (headings).
    pub weight: u16,
    /// Whether it leans.
    pub italic: bool,
}

/// The family of all that is written here; the others hold the letters that it has not.
pub const FAMILY: &str = "Atkinson Hyperlegible Next";

const fn cut(file: &'static [u8], weight: u16) -> Cut {
    Cut { file, family: FAMILY, weight, italic: false }
}

/// Every font, the text's own first (SIL Open Font License, see the files beside them).
pub const CUTS: &[Cut] = &[
    cut(include_bytes!("fonts/atkinson-400.ttf"), 400),
    cut(include_bytes!("fonts/atkinson-500.ttf"), 500),
    cut(include_bytes!("fonts/atkinson-600.ttf"), 600),
    cut(include_bytes!("fonts/atkinson-700.ttf"), 700),
    Cut { italic: true, ..cut(include_bytes!("fonts/atkinson-400-italic.ttf"), 400) },
    Cut { family: "Noto Sans", ..cut(include_bytes!("fonts/noto-sans-400.ttf"), 400) },
    Cut { family: "Noto Sans Arabic", ..cut(include_bytes!("fonts/noto-sans-arabic-400.ttf"), 400) },
];

static FACES: LazyLock<Vec<(Cut, Face<'static>)>> =
    LazyLock::new(|| CUTS.iter().filter_map(|cut| Some((*cut, Face::parse(cut.file, 0).ok()?))).collect());

/// How wide a text is when it is set at a size, in the size's unit; letters that change their shape by their neighbours
/// are taken as they stand alone.
#[must_use]
pub fn width(text: &str, weight: u16, italic: bool, size: f64) -> f64 {
    let own = FACES.iter().find(|(cut, _)| cut.family == FAMILY && cut.weight == weight && cut.italic == italic);
    let advance = |letter: char| {
        let faces = own.into_iter().chain(FACES.iter());
        let found = faces.into_iter().find_map(|(_, face)| {
            let advance = face.glyph_hor_advance(face.glyph_index(letter)?)?;
            Some(f64::from(advance) / f64::from(face.units_per_em()))
        });
        found.unwrap_or(0.6)
    };
    text.chars().map(advance).sum::<f64>() * size
}

/// A text as it can be printed: one line break stays one, other control characters are spaces, and what no font has is
/// left out, since a reader of the file could not tell it either.
#[must_use]
pub fn printable(text: &str) -> String {
    let known = |letter: &char| {
        *letter == '\n' || letter.is_whitespace() || FACES.iter().any(|(_, face)| face.glyph_index(*letter).is_some())
    };
    let shown = text.chars().map(|letter| if letter != '\n' && letter.is_control() { ' ' } else { letter });
    shown.filter(known).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_font_can_be_read() {
        assert_eq!(FACES.len(), CUTS.len());
    }

    #[test]
    fn a_text_is_as_wide_as_its_letters() {
        assert!((width("nn", 400, false, 10.0) - 2.0 * width("n", 400, false, 10.0)).abs() < 1e-9);
        assert!(width("m", 700, false, 10.0) > width("i", 700, false, 10.0));
        assert!(width("سوق", 400, false, 10.0) > 5.0);
    }

    #[test]
    fn what_no_font_has_is_left_out() {
        assert_eq!(printable("Café “Ďáblice” ў é"), "Café “Ďáblice” ў é");
        assert_eq!(printable("سوق الحي"), "سوق الحي");
        assert_eq!(printable("a\u{7}b\tc\nd"), "a b c\nd");
        assert_eq!(printable("fijn 🙂!"), "fijn !");
        assert_eq!(printable("漢"), "");
    }
}
