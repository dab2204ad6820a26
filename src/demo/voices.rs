//! What people of the Sluiskwartier told at three gatherings, pin by pin. The words are invented, and so are the people.

mod less_safe;
mod mixed;
mod people;
mod safe;
mod told;

use geo::{Contains, Coord, LineString, Polygon};

pub use people::{GATHERINGS, Gathering};
pub use told::Check;

use super::curve::{Walk, smooth};
use super::dice::Dice;
use super::quarter;
use crate::gatherings::Who;
use crate::geometry::round7;
use crate::neighbourhoods::themes::Theme;
use crate::pins::{Basis, Effect, Feeling, When};
use told::{Spot, Told};

/// A person at a gathering and the pins they put down.
#[derive(Debug, Clone, PartialEq)]
pub struct Voice {
    /// Which of [`GATHERINGS`].
    pub gathering: usize,
    /// The tablet in their hands, counted from 0.
    pub device: usize,
    /// What they told about themselves.
    pub who: Who,
    /// Their pins in the order they put them down.
    pub pins: Vec<Pin>,
}

/// A pin with what became of its comment.
#[derive(Debug, Clone, PartialEq)]
pub struct Pin {
    /// Longitude in degrees.
    pub lon: f64,
    /// Latitude in degrees.
    pub lat: f64,
    /// How it feels there.
    pub feeling: Feeling,
    /// A bit, clearly, strongly: 1 to 3.
    pub intensity: Option<i64>,
    /// How far around the point, in metres.
    pub radius_m: i64,
    /// When it feels so.
    pub when: &'static [When],
    /// What it is about.
    pub themes: &'static [Theme],
    /// What they do because of it.
    pub effect: Effect,
    /// Own experience or heard.
    pub basis: Basis,
    /// Their own words.
    pub comment: Option<&'static str>,
    /// What the moderator does with the words.
    pub check: Check,
}

/// Everything that was told, the same every time.
pub fn voices() -> Vec<Voice> {
    let boundary = quarter::boundary();
    let mut room = Room::new(&boundary);
    let mut voices = Vec::new();
    for (at, gathering) in GATHERINGS.iter().enumerate() {
        for (seat, &(age, gender, role)) in gathering.people.iter().enumerate() {
            voices.push(Voice {
                gathering: at,
                device: seat / gathering.people_per_device,
                who: Who { age, gender, role },
                pins: room.listen(gathering),
            });
        }
    }
    voices
}

/// The spots people speak of, with what nobody has said yet.
struct Room<'a> {
    boundary: &'a Polygon,
    safe: Vec<Talk>,
    less_safe: Vec<Talk>,
    dice: Dice,
}

struct Talk {
    spot: &'static Spot,
    line: LineString,
    /// Remarks still unsaid, own experience and heard.
    unsaid: Vec<Told>,
}

impl<'a> Room<'a> {
    fn new(boundary: &'a Polygon) -> Self {
        let talk = |spot: &'static Spot| Talk { spot, line: smooth(spot.along), unsaid: spot.told.to_vec() };
        Self {
            boundary,
            safe: safe::SPOTS.iter().map(talk).collect(),
            less_safe: less_safe::SPOTS.iter().chain(mixed::SPOTS).map(talk).collect(),
            dice: Dice::new(2026),
        }
    }

    /// One person's pins.
    fn listen(&mut self, gathering: &Gathering) -> Vec<Pin> {
        let Self { boundary, safe, less_safe, dice } = self;
        let mut pins = Vec::new();
        for talks in [safe, less_safe] {
            let count = gathering.fewest + dice.below(gathering.most + 1 - gathering.fewest);
            for talk in choose(talks, count, dice) {
                pins.push(talk.pin(gathering, boundary, dice));
            }
        }
        pins
    }
}

/// Picks different spots; the more is told about one, the more people name it.
fn choose<'t>(talks: &'t mut [Talk], count: usize, dice: &mut Dice) -> Vec<&'t mut Talk> {
    let mut left: Vec<&mut Talk> = talks.iter_mut().collect();
    let mut chosen = Vec::new();
    for _ in 0..count.min(left.len()) {
        let weights: usize = left.iter().map(|talk| talk.spot.told.len()).sum();
        let mut draw = dice.below(weights);
        let named = left.iter().position(|talk| {
            let reached = draw < talk.spot.told.len();
            draw = draw.saturating_sub(talk.spot.told.len());
            reached
        });
        chosen.extend(named.map(|named| left.swap_remove(named)));
    }
    chosen
}

impl Talk {
    fn pin(&mut self, gathering: &Gathering, boundary: &Polygon, dice: &mut Dice) -> Pin {
        let at = self.place(boundary, dice);
        let (lon, lat) = (round7(at.x), round7(at.y));
        let said = if dice.chance(gathering.talkative) { self.say(gathering, dice) } else { None };
        // Without words the pin is like what others say there.
        let like = said.unwrap_or_else(|| {
            let own: Vec<&Told> = self.spot.told.iter().filter(|told| told.basis == Basis::Own).collect();
            *own[dice.below(own.len())]
        });
        let check = match like.check {
            _ if said.is_none() => Check::WithGathering,
            check => check,
        };
        Pin {
            lon,
            lat,
            feeling: self.spot.feeling,
            intensity: dice.chance(0.85).then(|| if dice.chance(0.2) { 1 } else { 2 + i64::from(dice.chance(0.4)) }),
            radius_m: self.spot.radius_m,
            when: like.when,
            themes: like.themes,
            effect: like.effect,
            basis: like.basis,
            comment: said.map(|told| told.comment),
            check,
        }
    }

    /// The next remark nobody made yet; hearsay belongs to the interviews and comes first there.
    fn say(&mut self, gathering: &Gathering, dice: &mut Dice) -> Option<Told> {
        let fitting = |basis: Basis| move |told: &(usize, &Told)| told.1.basis == basis;
        let heard = self.unsaid.iter().enumerate().find(fitting(Basis::Heard)).filter(|_| gathering.hearsay);
        let own = self.unsaid.iter().enumerate().filter(fitting(Basis::Own)).map(|(i, _)| i).collect::<Vec<_>>();
        let at = heard.map(|(i, _)| i).or_else(|| (!own.is_empty()).then(|| own[dice.below(own.len())]))?;
        Some(self.unsaid.remove(at))
    }

    fn place(&self, boundary: &Polygon, dice: &mut Dice) -> Coord {
        let walk = Walk::new(&self.line);
        let stray = -self.spot.stray_m..self.spot.stray_m;
        for _ in 0..20 {
            let at = walk.beside(dice.share() * walk.length_m(), dice.between(&stray));
            let at = quarter::lon_lat(at);
            if boundary.contains(&at) {
                return at;
            }
        }
        quarter::lon_lat(walk.point(walk.length_m() / 2.0))
    }
}

#[cfg(test)]
mod tests;
