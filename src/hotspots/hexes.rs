//! People by hexagon of the H3 grid, and which hexagons stand out.
//!
//! A participant counts once in a hexagon on each side, with a mixed pin on both. A point lies in the hexagon that H3
//! itself gives at that resolution, not in the parent of a finer one: hexagons do not nest, and at resolution 10 the
//! parent is another one for seven points in a hundred. A line or an area counts in every hexagon that it touches.

mod columns;
mod marks;
mod touched;

pub use columns::Columns;
pub use marks::{FALSE_DISCOVERIES, MANY_PEOPLE, MIN_EFFECT, MIN_EFFECT_PEOPLE, Marked, Marks, marks};

use geo::{LineString, Polygon, coord};
use h3o::{CellIndex, LatLng, Resolution};

use super::surface::shrunken;
use super::{Footprint, MIN_PEOPLE, Spot};
use crate::error::{Error, Result};
use crate::geometry::{Plane, round7};

/// The resolutions that are offered, coarse to fine: edges of some 530, 200, 76 and 29 m.
pub const RESOLUTIONS: [Resolution; 4] = [Resolution::Eight, Resolution::Nine, Resolution::Ten, Resolution::Eleven];
/// The usual resolution: hexagons of 1.3 ha.
pub const USUAL: Resolution = Resolution::Ten;

/// Checks that a resolution is one from 8 to 11.
pub fn check_resolution(resolution: u8) -> Result<Resolution> {
    let known = RESOLUTIONS.iter().find(|known| u8::from(**known) == resolution);
    known.copied().ok_or_else(|| Error::invalid("resolution", "must be a whole number from 8 to 11"))
}

/// How many people speak in a hexagon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hex {
    /// Which hexagon.
    pub cell: CellIndex,
    /// Distinct participants with an own pin in it.
    pub people: u32,
    /// Those with one that says unsafe or mixed.
    pub people_unsafe: u32,
    /// Those with one that says safe or mixed.
    pub people_safe: u32,
}

impl Hex {
    /// Whether there are people enough to tell their numbers: five.
    #[must_use]
    pub fn is_told(&self) -> bool {
        self.people >= MIN_PEOPLE
    }
}

/// The hexagons in which people speak.
#[derive(Debug, Clone, PartialEq)]
pub struct Hexes {
    /// Their resolution.
    pub resolution: Resolution,
    /// Every hexagon with an own pin, in the order of H3's numbers.
    pub hexes: Vec<Hex>,
    /// The share of unsafe over all of them, p₀; a half where nobody speaks.
    pub overall_share: f64,
    /// Distinct participants with an own pin.
    pub people: u32,
}

impl Hexes {
    /// Counts the people behind own pins. `cells` has the hexagon of each pin at the resolution, as [`cell_at`] gives it;
    /// those of lines and areas are found anew.
    #[must_use]
    pub fn of(spots: &[Spot], cells: &[CellIndex], resolution: Resolution, plane: &Plane) -> Self {
        let mut voices: Vec<Voice> = Vec::with_capacity(spots.len());
        for (spot, cell) in spots.iter().zip(cells).filter(|(spot, _)| spot.is_own()) {
            let voice = |cell| Voice { cell, participant: spot.participant, sides: sides(spot) };
            match &spot.footprint {
                None => voices.push(voice(*cell)),
                Some(footprint) => voices.extend(touched::cells(footprint, plane, resolution).into_iter().map(voice)),
            }
        }
        let mut people: Vec<u32> = spots.iter().filter(|s| s.is_own()).map(|s| s.participant).collect();
        people.sort_unstable();
        people.dedup();
        let hexes = count(voices);
        let total = |by: fn(&Hex) -> u32| hexes.iter().map(|hex| f64::from(by(hex))).sum::<f64>();
        let (u, s) = (total(|hex| hex.people_unsafe), total(|hex| hex.people_safe));
        let overall_share = if u + s > 0.0 { u / (u + s) } else { 0.5 };
        Self { resolution, hexes, overall_share, people: u32::try_from(people.len()).unwrap_or(u32::MAX) }
    }

    /// The share of unsafe of a hexagon, drawn towards the overall share by two people like the surface's.
    #[must_use]
    pub fn share(&self, hex: &Hex) -> f64 {
        shrunken(f64::from(hex.people_unsafe), f64::from(hex.people_safe), self.overall_share)
    }
}

/// The hexagon that a point of the plane lies in.
#[must_use]
pub fn cell_at(plane: &Plane, x: f64, y: f64, resolution: Resolution) -> CellIndex {
    let (lon, lat) = plane.to_lonlat(x, y);
    cell_of(lon, lat, resolution)
}

/// The hexagon that a position in degrees lies in; what is no position lies at 0, 0.
#[must_use]
pub fn cell_of(lon: f64, lat: f64, resolution: Resolution) -> CellIndex {
    LatLng::new(lat, lon).unwrap_or_default().to_cell(resolution)
}

/// The hexagon's edge in degrees of seven decimals, wound as RFC 7946 asks.
#[must_use]
pub fn outline(cell: CellIndex) -> Polygon<f64> {
    let middle = LatLng::from(cell).lng();
    // On the 180th meridian both halves are told on the side of the middle.
    let near = |lon: f64| lon - ((lon - middle) / 360.0).round() * 360.0;
    let corners = cell.boundary().iter().map(|at| coord! { x: round7(near(at.lng())), y: round7(at.lat()) }).collect();
    Polygon::new(LineString::new(corners), Vec::new())
}

/// Somebody who speaks in a hexagon.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Voice {
    cell: CellIndex,
    participant: u32,
    sides: u8,
}

const UNSAFE: u8 = 1;
const SAFE: u8 = 2;

fn sides(spot: &Spot) -> u8 {
    match (spot.says_unsafe(), spot.says_safe()) {
        (true, false) => UNSAFE,
        (false, true) => SAFE,
        _ => UNSAFE | SAFE,
    }
}

fn count(mut voices: Vec<Voice>) -> Vec<Hex> {
    voices.sort_unstable();
    let hex = |voices: &[Voice]| {
        let mut hex = Hex { cell: voices[0].cell, people: 0, people_unsafe: 0, people_safe: 0 };
        for person in voices.chunk_by(|a, b| a.participant == b.participant) {
            let sides = person.iter().fold(0, |sides, voice| sides | voice.sides);
            hex.people += 1;
            hex.people_unsafe += u32::from(sides & UNSAFE != 0);
            hex.people_safe += u32::from(sides & SAFE != 0);
        }
        hex
    };
    voices.chunk_by(|a, b| a.cell == b.cell).map(hex).collect()
}

#[cfg(test)]
mod tests;
