//! The pins of one neighbourhood in memory, by place and by id, as lean as can be.
//!
//! An R-tree finds pins near a spot; ids are kept as 128-bit numbers, participants and gatherings once each. A pin takes
//! some 200 bytes in all. The surfaces asked for lately live on with it, so that a new pin costs what it covers.

mod living;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use geo::MultiPolygon;
use h3o::{CellIndex, Resolution};
use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};

use super::canvas::Canvas;
use super::hexes::Columns;
use super::layers::Layers;
use super::tiles::dots::{Dot, Dots, Place, place};
use super::{Footprint, Spot, Voices, theme_bits, when_bits};
use crate::gatherings::Who;
use crate::geometry::{Boundary, Plane};
use crate::id::Id;
use crate::pins::Pin;
use crate::pins::selection::Selection;

/// Where a pin lies, and its place in the list.
type Leaf = GeomWithData<[f64; 2], u32>;
/// The box around a line or area, and its place in the list.
type Sheath = GeomWithData<Rectangle<[f64; 2]>, u32>;

/// Behind the last pin of a participant.
const NONE: u32 = u32::MAX;

/// Every pin of a neighbourhood on its plane.
#[derive(Debug)]
pub struct Index {
    plane: Plane,
    shape: MultiPolygon<f64>,
    spots: Vec<Option<Spot>>,
    hexagons: Columns,
    /// The next pin of the same participant, by place.
    next: Vec<u32>,
    free: Vec<u32>,
    places: HashMap<u128, u32>,
    /// The points.
    tree: RTree<Leaf>,
    /// The lines and areas.
    shapes: RTree<Sheath>,
    dots: Dots,
    /// Where each pin of the list is drawn.
    drawn: Vec<Place>,
    /// The boxes of the pins that changed since they were last taken.
    touched: Vec<[f64; 4]>,
    /// The ids under which those stand who agreed with a pin, by the id of a pin to which others said anything.
    voted: HashMap<u128, Vec<u128>>,
    people: Vec<Voice>,
    people_numbers: HashMap<u128, u32>,
    gatherings: Vec<Occasion>,
    gathering_numbers: HashMap<u128, u32>,
    /// Those asked for last stand last.
    canvases: Mutex<Vec<Canvas>>,
    layers: OnceLock<Layers>,
}

/// A participant as a selection sees them.
#[derive(Debug)]
struct Voice {
    gathering: u32,
    who: Who,
    /// The place of one of their pins; the list of the next ones leads to the others.
    first: u32,
}

/// A gathering as a selection sees it.
#[derive(Debug)]
struct Occasion {
    id: Id,
    round: String,
    held_on: String,
}

impl Occasion {
    fn fits(&self, selection: &Selection) -> bool {
        selection.fits_gathering(&self.id, &self.round, &self.held_on)
    }
}

/// The pins that a selection means, and what is known of where they come from.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Selected {
    /// The pins.
    pub spots: Vec<Spot>,
    /// Their places in the index's list.
    places: Vec<u32>,
    /// How many gatherings they come from.
    pub gatherings: usize,
    /// The date of the first of these gatherings.
    pub first_day: Option<String>,
    /// The date of the last of these gatherings.
    pub last_day: Option<String>,
}

impl Selected {
    /// How many speak.
    #[must_use]
    pub fn voices(&self) -> Voices {
        Voices::of(&self.spots)
    }
}

impl Index {
    /// An empty index on the plane of a boundary.
    #[must_use]
    pub fn new(boundary: &Boundary) -> Self {
        let plane = Plane::of(boundary);
        Self {
            plane,
            shape: boundary.on(&plane),
            spots: Vec::new(),
            hexagons: Columns::default(),
            next: Vec::new(),
            free: Vec::new(),
            places: HashMap::new(),
            tree: RTree::new(),
            shapes: RTree::new(),
            dots: Dots::default(),
            drawn: Vec::new(),
            touched: Vec::new(),
            voted: HashMap::new(),
            people: Vec::new(),
            people_numbers: HashMap::new(),
            gatherings: Vec::new(),
            gathering_numbers: HashMap::new(),
            canvases: Mutex::default(),
            layers: OnceLock::new(),
        }
    }

    /// The plane that the spots are on.
    #[must_use]
    pub fn plane(&self) -> &Plane {
        &self.plane
    }

    /// The boundary on that plane.
    #[must_use]
    pub fn shape(&self) -> &MultiPolygon<f64> {
        &self.shape
    }

    /// How many pins there are, and how many agree with one.
    #[must_use]
    pub fn len(&self) -> usize {
        self.places.len()
    }

    /// Whether others said anything to the pin of this id.
    #[must_use]
    pub fn is_voted_on(&self, pin: &Id) -> bool {
        self.voted.contains_key(&number(pin))
    }

    /// Whether there is no pin.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// Fills an empty index with many pins at once, faster than one by one.
    pub fn fill(&mut self, pins: &[Pin]) {
        for pin in pins {
            let at = self.place(pin);
            if let Some(dot) = self.dot(at) {
                self.dots.add(dot);
            }
        }
    }

    /// Builds the tree of the pins that [`Index::fill`] took in.
    pub fn finish(&mut self) {
        let all = || self.spots.iter().zip(0..).filter_map(|(spot, at)| Some((spot.as_ref()?, at)));
        let points = all().filter(|(spot, _)| spot.footprint.is_none()).map(|(spot, at)| leaf(spot, at));
        let shapes = all().filter(|(spot, _)| spot.footprint.is_some()).map(|(spot, at)| sheath(spot, at));
        (self.tree, self.shapes) = (RTree::bulk_load(points.collect()), RTree::bulk_load(shapes.collect()));
        self.dots.sort();
    }

    /// Adds a pin, or replaces the one of that id.
    pub fn put(&mut self, pin: &Pin) {
        self.remove(&pin.id);
        let at = self.place(pin);
        if let Some(spot) = &self.spots[at as usize] {
            match spot.footprint {
                None => self.tree.insert(leaf(spot, at)),
                Some(_) => self.shapes.insert(sheath(spot, at)),
            }
            self.touched.push(spot.bounds());
        }
        if let Some(dot) = self.dot(at) {
            self.dots.insert(dot);
        }
    }

    /// Puts those who now agree with a pin in the place of those who did; from then on the pin is one that is voted on.
    pub fn put_agreements(&mut self, pin: &Id, now: &[Pin]) {
        for before in self.voted.remove(&number(pin)).unwrap_or_default() {
            self.take_out(before);
        }
        if self.places.contains_key(&number(pin)) {
            self.voted.insert(number(pin), Vec::new());
        }
        for agreement in now {
            self.put(agreement);
        }
    }

    /// Takes a pin out; says whether it was there.
    pub fn remove(&mut self, id: &Id) -> bool {
        self.take_out(number(id))
    }

    fn take_out(&mut self, number: u128) -> bool {
        let Some(at) = self.places.remove(&number) else { return false };
        if let Some(dot) = self.dot(at) {
            self.dots.remove(dot);
        }
        let Some(spot) = self.spots[at as usize].clone() else { return false };
        match spot.footprint {
            None => self.tree.remove(&leaf(&spot, at)).is_some(),
            Some(_) => self.shapes.remove(&sheath(&spot, at)).is_some(),
        };
        self.repaint(&spot, Canvas::went, |index| {
            index.unlink(&spot, at);
            index.spots[at as usize] = None;
        });
        self.uncount(&spot);
        self.free.push(at);
        self.touched.push(spot.bounds());
        true
    }

    /// Stores the round and date that a gathering now has.
    pub fn put_gathering(&mut self, id: &Id, round: &str, held_on: &str) {
        let at = self.gathering(id, round, held_on);
        let gathering = &mut self.gatherings[at as usize];
        if gathering.round != round || gathering.held_on != held_on {
            let now = Occasion { id: id.clone(), round: round.to_owned(), held_on: held_on.to_owned() };
            let before = std::mem::replace(gathering, now);
            let fits = |canvas: &Canvas, of: &Occasion| of.fits(&canvas.question.selection);
            let canvases = self.canvases.get_mut().unwrap_or_else(PoisonError::into_inner);
            canvases.retain(|canvas| fits(canvas, &before) == fits(canvas, gathering));
            self.touched.push([f64::NEG_INFINITY, f64::NEG_INFINITY, f64::INFINITY, f64::INFINITY]);
        }
    }

    /// The boxes, in metres, of the pins that changed one by one since this was last asked: west, south, east, north.
    pub fn take_touched(&mut self) -> Vec<[f64; 4]> {
        std::mem::take(&mut self.touched)
    }

    /// The pins as tiles draw them.
    #[must_use]
    pub fn dots(&self) -> &Dots {
        &self.dots
    }

    /// Whether a selection means the pins of each participant, by the participant's number.
    #[must_use]
    pub fn speaks(&self, selection: &Selection) -> Vec<bool> {
        let fits: Vec<bool> = self.gatherings.iter().map(|g| g.fits(selection)).collect();
        self.people.iter().map(|p| fits[p.gathering as usize] && selection.fits_who(&p.who)).collect()
    }

    /// The pins that a selection means.
    #[must_use]
    pub fn select(&self, selection: &Selection) -> Selected {
        let speaks = self.speaks(selection);
        let is_meant = |s: &&Spot| {
            speaks[s.participant as usize]
                && selection.fits_told(s.feeling, s.basis, |theme| s.has_theme(theme), |when| s.has_when(when))
        };
        let meant =
            self.spots.iter().zip(0..).filter_map(|(spot, place)| Some((spot.as_ref().filter(is_meant)?, place)));
        let (spots, places): (Vec<Spot>, Vec<u32>) = meant.map(|(spot, place)| (spot.clone(), place)).unzip();
        let mut seen = vec![false; self.gatherings.len()];
        for spot in &spots {
            seen[self.people[spot.participant as usize].gathering as usize] = true;
        }
        let days = || self.gatherings.iter().zip(&seen).filter(|(_, seen)| **seen).map(|(g, _)| &g.held_on);
        let (gatherings, first_day, last_day) = (days().count(), days().min().cloned(), days().max().cloned());
        Selected { spots, places, gatherings, first_day, last_day }
    }

    /// The hexagon of each pin that was selected, in their order. The first question at a resolution looks up all pins.
    #[must_use]
    pub fn hexagons(&self, selected: &Selected, resolution: Resolution) -> Vec<CellIndex> {
        let position = |place: usize| self.spots[place].as_ref().map(|spot| self.plane.to_lonlat(spot.x, spot.y));
        let column = self.hexagons.column(resolution, self.spots.len(), position);
        selected.places.iter().map(|place| column[*place as usize]).collect()
    }

    /// What a participant told about themselves.
    #[must_use]
    pub fn who(&self, participant: u32) -> Who {
        self.people.get(participant as usize).map(|voice| voice.who).unwrap_or_default()
    }

    /// The pins within some metres of a spot of the plane, in no order; of a line or area its nearest part.
    pub fn near(&self, x: f64, y: f64, within_m: f64) -> impl Iterator<Item = &Spot> {
        let points = self.tree.locate_within_distance([x, y], within_m * within_m).map(|leaf| leaf.data);
        let window = AABB::from_corners([x - within_m, y - within_m], [x + within_m, y + within_m]);
        let shapes = self.shapes.locate_in_envelope_intersecting(window).map(|sheath| sheath.data);
        let is_near = move |spot: &&Spot| spot.footprint.is_none() || spot.distance_m(x, y) <= within_m;
        points.chain(shapes).filter_map(|at| self.spots.get(at as usize)?.as_ref()).filter(is_near)
    }

    /// How many distinct participants have an own pin within some metres of a spot of the plane.
    #[must_use]
    pub fn people_near(&self, x: f64, y: f64, within_m: f64) -> usize {
        let mut people: Vec<u32> = self.near(x, y, within_m).filter(|s| s.is_own()).map(|s| s.participant).collect();
        people.sort_unstable();
        people.dedup();
        people.len()
    }

    /// Writes a pin into the list and gives its place there; the tree does not know it yet.
    fn place(&mut self, pin: &Pin) -> u32 {
        let gathering = self.gathering(&pin.gathering, &pin.round, &pin.held_on);
        let participant = self.participant(&pin.told.participant, gathering, pin.who);
        let (x, y) = self.plane.to_m(pin.lon, pin.lat);
        let told = &pin.told;
        let spot = Spot {
            x,
            y,
            participant,
            feeling: told.feeling,
            basis: told.basis,
            effect: told.effect,
            themes: theme_bits(&told.themes),
            when: when_bits(&told.when),
            agreed: pin.agreed,
            footprint: pin.shape.as_ref().and_then(|shape| Footprint::of(shape, &self.plane)).map(Arc::new),
        };
        let at = self.free.pop().unwrap_or_else(|| {
            self.spots.push(None);
            self.drawn.push([0; 2]);
            self.next.push(NONE);
            count(self.spots.len() - 1)
        });
        self.hexagons.put(at as usize, pin.lon, pin.lat);
        self.drawn[at as usize] = place(pin.lon, pin.lat);
        let id = number(&pin.id);
        self.places.insert(id, at);
        if pin.agreed {
            // Its id is that of the pin mixed with that of the participant.
            let agreed = self.voted.entry(id ^ number(&told.participant)).or_default();
            if !agreed.contains(&id) {
                agreed.push(id);
            }
        }
        self.repaint(&spot, Canvas::came, |index| {
            let first = &mut index.people[participant as usize].first;
            index.next[at as usize] = std::mem::replace(first, at);
            index.spots[at as usize] = Some(spot.clone());
        });
        self.count(&spot);
        at
    }

    /// What is drawn of the pin at a place of the list; an agreement is drawn by the pin that it agrees with.
    fn dot(&self, at: u32) -> Option<Dot> {
        let spot = self.spots[at as usize].as_ref().filter(|spot| !spot.agreed);
        spot.map(|spot| Dot::new(self.drawn[at as usize], spot))
    }

    fn participant(&mut self, id: &Id, gathering: u32, who: Who) -> u32 {
        let at = *self.people_numbers.entry(number(id)).or_insert(count(self.people.len()));
        match self.people.get_mut(at as usize) {
            None => self.people.push(Voice { gathering, who, first: NONE }),
            Some(known) if (known.gathering, known.who) == (gathering, who) => {}
            Some(known) => {
                // Another age may mean other selections. It is rare: surfaces that ask who speaks are made anew.
                let is_moved = known.gathering != gathering;
                let before = std::mem::replace(&mut known.who, who);
                known.gathering = gathering;
                let fits = |canvas: &Canvas, who: &Who| canvas.question.selection.fits_who(who);
                let canvases = self.canvases.get_mut().unwrap_or_else(PoisonError::into_inner);
                canvases.retain(|canvas| !is_moved && fits(canvas, &before) == fits(canvas, &who));
            }
        }
        at
    }

    fn gathering(&mut self, id: &Id, round: &str, held_on: &str) -> u32 {
        let at = *self.gathering_numbers.entry(number(id)).or_insert(count(self.gatherings.len()));
        if at as usize == self.gatherings.len() {
            self.gatherings.push(Occasion { id: id.clone(), round: round.to_owned(), held_on: held_on.to_owned() });
        }
        at
    }
}

fn leaf(spot: &Spot, at: u32) -> Leaf {
    Leaf::new([spot.x, spot.y], at)
}

fn sheath(spot: &Spot, at: u32) -> Sheath {
    let [west, south, east, north] = spot.bounds();
    Sheath::new(Rectangle::from_corners([west, south], [east, north]), at)
}

/// The UUID as a number; an id is always one.
fn number(id: &Id) -> u128 {
    uuid::Uuid::try_parse(id.as_str()).map(|uuid| uuid.as_u128()).unwrap_or_default()
}

/// Four thousand million pins are the most.
fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests;
