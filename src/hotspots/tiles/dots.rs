//! Single pins by place, ready to be drawn: rounded as the exports round them, and in an order that tells nothing.

use std::collections::HashMap;

use super::mvt::{EXTENT, Sheet};
use super::{Address, BUFFER, in_world};
use crate::neighbourhoods::themes::Theme;
use crate::pins::selection::Selection;
use crate::pins::{Basis, Feeling, When};
use crate::words;

/// Dots lie in squares of this zoom: small against a tile that is drawn, large against a street.
const SQUARE_ZOOM: u32 = 16;

/// A place in the square of the world, in parts of 2⁻³², as a pin leaves: rounded to four decimals.
pub type Place = [u32; 2];

/// Where a pin of this longitude and latitude is drawn.
#[must_use]
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "saturates at the edges of the world")]
pub fn place(lon: f64, lat: f64) -> Place {
    let rounded = |degrees: f64| (degrees * 1e4).round() / 1e4;
    let at = in_world(rounded(lon), rounded(lat));
    [(at.x * 2_f64.powi(32)) as u32, (at.y * 2_f64.powi(32)) as u32]
}

/// What is drawn of a pin. Dots are in order of place and then of what they say, never of who came when.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Dot {
    y: u32,
    x: u32,
    /// Themes in the low 16 bits, then 6 of when, 2 of the feeling, 1 of the basis.
    says: u32,
    /// The participant's place in the index.
    participant: u32,
}

impl Dot {
    /// A dot of what a pin says.
    #[must_use]
    pub fn new([x, y]: Place, spot: &crate::hotspots::Spot) -> Self {
        let says = u32::from(spot.themes)
            | u32::from(spot.when) << 16
            | (spot.feeling as u32) << 22
            | (spot.basis as u32) << 24;
        Self { y, x, says, participant: spot.participant }
    }

    fn themes(self) -> u16 {
        (self.says & 0xffff) as u16
    }

    fn when(self) -> u8 {
        (self.says >> 16 & 0x3f) as u8
    }

    fn feeling(self) -> Feeling {
        Feeling::ALL[(self.says >> 22 & 3) as usize]
    }

    fn basis(self) -> Basis {
        Basis::ALL[(self.says >> 24 & 1) as usize]
    }

    fn square(self) -> (u32, u32) {
        (self.y >> SQUARE_ZOOM, self.x >> SQUARE_ZOOM)
    }
}

/// Every pin of a neighbourhood by place.
#[derive(Debug, Default)]
pub struct Dots {
    squares: HashMap<(u32, u32), Vec<Dot>>,
}

impl Dots {
    /// Adds a dot without putting it in order; [`Dots::sort`] must follow.
    pub fn add(&mut self, dot: Dot) {
        self.squares.entry(dot.square()).or_default().push(dot);
    }

    /// Puts all dots in order.
    pub fn sort(&mut self) {
        self.squares.values_mut().for_each(|dots| dots.sort_unstable());
    }

    /// Adds a dot in its order.
    pub fn insert(&mut self, dot: Dot) {
        let dots = self.squares.entry(dot.square()).or_default();
        let at = dots.partition_point(|other| *other < dot);
        dots.insert(at, dot);
    }

    /// Takes one dot out.
    pub fn remove(&mut self, dot: Dot) {
        if let Some(dots) = self.squares.get_mut(&dot.square())
            && let Ok(at) = dots.binary_search(&dot)
        {
            dots.remove(at);
        }
    }

    /// The dots between two places, the second one left out.
    fn within(&self, from: [u64; 2], to: [u64; 2]) -> impl Iterator<Item = Dot> {
        let squares = move |at: usize| from[at] >> SQUARE_ZOOM..=(to[at] - 1) >> SQUARE_ZOOM;
        let between = move |v: u32, at: usize| (from[at]..to[at]).contains(&u64::from(v));
        squares(1)
            .flat_map(move |row| squares(0).map(move |col| (row, col)))
            .filter_map(|(row, col)| self.squares.get(&(u32::try_from(row).ok()?, u32::try_from(col).ok()?)))
            .flatten()
            .copied()
            .filter(move |dot| between(dot.x, 0) && between(dot.y, 1))
    }
}

/// Draws the single pins of a selection; `speaks` says of each participant whether they are meant, where not all are.
#[must_use]
pub fn pins(dots: &Dots, selection: &Selection, speaks: Option<&[bool]>, address: Address) -> Vec<u8> {
    let span = 1_u64 << (32 - address.z);
    let buffer = span * u64::from(BUFFER) / u64::from(EXTENT);
    let corner = [u64::from(address.x) * span, u64::from(address.y) * span];
    let from = corner.map(|v| v.saturating_sub(buffer));
    let to = corner.map(|v| (v + span + buffer).min(1 << 32));
    let mut sheet = Sheet::new("pins", &["feeling", "when", "themes"]);
    let mut said = Said::new(&mut sheet);
    // A tile has 2¹² units along its edge.
    let shift = 20 - address.z;
    let unit =
        |at: u32, corner: u64| i32::try_from((i64::from(at) - corner.cast_signed()) >> shift).unwrap_or_default();
    for dot in dots.within(from, to) {
        let speaks = speaks.is_none_or(|speaks| speaks[dot.participant as usize]);
        let has_theme = |theme: Theme| dot.themes() & 1 << theme as u16 != 0;
        let has_when = |when: When| dot.when() & 1 << when as u8 != 0;
        if speaks && selection.fits_told(dot.feeling(), dot.basis(), has_theme, has_when) {
            let (tags, count) = said.tags(&mut sheet, dot);
            sheet.point(&tags[..count], [unit(dot.x, corner[0]), unit(dot.y, corner[1])]);
        }
    }
    sheet.finish()
}

/// The words of a tile by the bits that stand for them, each written once.
struct Said {
    feelings: [u32; 3],
    when: [Option<u32>; 64],
    themes: HashMap<u16, u32>,
    /// The themes of the dot before, which often are those of the next.
    last: (u16, u32),
}

impl Said {
    fn new(sheet: &mut Sheet) -> Self {
        let feelings = [Feeling::Safe, Feeling::Unsafe, Feeling::Mixed].map(|feeling| sheet.text(feeling.code()));
        Self { feelings, when: [None; 64], themes: HashMap::new(), last: (0, 0) }
    }

    /// Keys and values of a dot, and how many.
    fn tags(&mut self, sheet: &mut Sheet, dot: Dot) -> ([u32; 6], usize) {
        let mut tags = [0, self.feelings[dot.feeling() as usize], 0, 0, 0, 0];
        let mut count = 2;
        if dot.when() != 0 {
            let place = self.when[dot.when() as usize].get_or_insert_with(|| {
                let words = When::ALL.iter().filter(|when| dot.when() & 1 << **when as u8 != 0);
                sheet.text(&words::join(words.map(|when| when.code())))
            });
            tags[2..4].copy_from_slice(&[1, *place]);
            count = 4;
        }
        if dot.themes() != 0 {
            if self.last.0 != dot.themes() {
                let place = self.themes.entry(dot.themes()).or_insert_with(|| {
                    let themes = Theme::ALL.iter().filter(|theme| dot.themes() & 1 << **theme as u16 != 0);
                    sheet.text(&words::join(themes.map(|theme| theme.code())))
                });
                self.last = (dot.themes(), *place);
            }
            tags[count..count + 2].copy_from_slice(&[2, self.last.1]);
            count += 2;
        }
        (tags, count)
    }
}
