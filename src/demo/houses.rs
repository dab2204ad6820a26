//! Houses in rows along the streets: fronts of varied width, party walls, extensions and sheds in the gardens.

use std::ops::Range;

use geo::{Area, BoundingRect, Coord, Distance, Euclidean, Intersects, Line, LineString, LinesIter, Polygon, Scale};
use rstar::{AABB, RTree, RTreeObject};

use super::curve::Walk;
use super::dice::Dice;
use super::streets::Street;

/// What is built along a street.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Built {
    /// Narrow, deep, crooked: the streets around the church.
    Old,
    /// Terraced houses of the mill's time.
    Row,
    /// Wide fronts and deep shops, wall to wall.
    Shops,
    /// Flats above shops.
    Flats,
    /// Houses that stand free in their garden.
    Villas,
    /// Nothing in rows; what stands there is drawn by hand.
    Open,
}

/// How houses of a kind are measured, in metres and shares.
struct Measures {
    front: Range<f64>,
    depth: Range<f64>,
    garden: Range<f64>,
    gap: Range<f64>,
    gaps: f64,
    extensions: f64,
}

impl Built {
    #[rustfmt::skip]
    fn measures(self) -> Option<Measures> {
        let (front, depth, garden, gap, gaps, extensions) = match self {
            Self::Old => (4.8..9.5, 8.5..15.0, 0.0..0.01, 2.5..7.0, 0.05, 0.4),
            Self::Row => (5.2..7.6, 9.0..12.0, 0.0..0.01, 3.0..9.0, 0.035, 0.6),
            Self::Shops => (6.0..10.0, 13.0..22.0, 0.0..0.01, 2.5..4.0, 0.02, 0.35),
            Self::Flats => (14.0..22.0, 12.0..15.0, 0.0..0.01, 3.0..6.0, 0.1, 0.0),
            Self::Villas => (9.0..14.0, 8.5..12.5, 4.0..9.0, 4.0..10.0, 1.0, 0.3),
            Self::Open => return None,
        };
        Some(Measures { front, depth, garden, gap, gaps, extensions })
    }
}

/// The town as it fills up: what a new house must keep clear of.
pub(super) struct Town {
    houses: RTree<Boxed<Polygon>>,
    kept_free: RTree<Boxed<Polygon>>,
    edges: RTree<Boxed<Line>>,
    lines: RTree<Boxed<(Line, f64)>>,
}

struct Boxed<T> {
    thing: T,
    envelope: AABB<[f64; 2]>,
}

impl<T> RTreeObject for Boxed<T> {
    type Envelope = AABB<[f64; 2]>;

    fn envelope(&self) -> Self::Envelope {
        self.envelope
    }
}

fn envelope(shape: &impl BoundingRect<f64, Output: Into<Option<geo::Rect>>>, margin_m: f64) -> AABB<[f64; 2]> {
    let rect: Option<geo::Rect> = shape.bounding_rect().into();
    let (min, max) = rect.map_or_else(Default::default, |rect| (rect.min(), rect.max()));
    AABB::from_corners([min.x - margin_m, min.y - margin_m], [max.x + margin_m, max.y + margin_m])
}

fn boxed(polygon: Polygon) -> Boxed<Polygon> {
    Boxed { envelope: envelope(&polygon, 0.0), thing: polygon }
}

impl Town {
    /// Begins with the streets, other lines and ground that stay free of rows, and the buildings drawn by hand.
    pub(super) fn new(
        streets: &[Street],
        corridors: &[(LineString, f64)],
        kept_free: Vec<Polygon>,
        landmarks: Vec<Polygon>,
    ) -> Self {
        let streets = streets.iter().map(|street| (&street.line, street.half_m()));
        let lines = streets.chain(corridors.iter().map(|(line, half_m)| (line, *half_m)));
        let pieces = lines.flat_map(|(line, half_m)| {
            line.lines().map(move |line| Boxed { envelope: envelope(&line, half_m), thing: (line, half_m) })
        });
        Self {
            houses: RTree::bulk_load(landmarks.into_iter().map(boxed).collect()),
            edges: RTree::bulk_load(
                kept_free
                    .iter()
                    .flat_map(LinesIter::lines_iter)
                    .map(|line| Boxed { envelope: envelope(&line, 0.0), thing: line })
                    .collect(),
            ),
            kept_free: RTree::bulk_load(kept_free.into_iter().map(boxed).collect()),
            lines: RTree::bulk_load(pieces.collect()),
        }
    }

    /// Builds along every street, in their order: the corner belongs to the street that comes first.
    pub(super) fn build(&mut self, streets: &[Street], dice: &mut Dice) {
        let mut gardens = Vec::new();
        for street in streets {
            let Some(measures) = street.built.measures() else { continue };
            for side in [1.0, -1.0] {
                self.build_side(street, &measures, side, dice, &mut gardens);
            }
        }
        for (back, inward) in gardens {
            let (long, wide) = (dice.between(&(2.5..6.0)), dice.between(&(2.4..4.5)));
            let shed = quad(back + inward * dice.between(&(7.0..15.0)), turned(inward) * wide, inward * long);
            if self.is_free(&shed) {
                self.houses.insert(boxed(shed));
            }
        }
    }

    /// Every building, landmarks included.
    pub(super) fn into_buildings(self) -> impl Iterator<Item = Polygon> {
        let mut buildings: Vec<Polygon> = self.houses.into_iter().map(|house| house.thing).collect();
        let corner = |building: &Polygon| building.exterior()[0];
        buildings.sort_by(|a, b| corner(a).x.total_cmp(&corner(b).x).then(corner(a).y.total_cmp(&corner(b).y)));
        buildings.into_iter()
    }

    fn build_side(
        &mut self,
        street: &Street,
        measures: &Measures,
        side: f64,
        dice: &mut Dice,
        gardens: &mut Vec<(Coord, Coord)>,
    ) {
        let walk = Walk::new(&street.line);
        let mut along = 0.0;
        while along < walk.length_m() {
            let front = dice.between(&measures.front);
            let depth = dice.between(&measures.depth);
            let forward = street.half_m() + dice.between(&measures.garden);
            let extension = dice.chance(measures.extensions).then(|| (dice.between(&(2.5..6.0)), dice.chance(0.5)));
            let house = [(1.0, extension), (1.0, None), (0.72, None)].into_iter().find_map(|(share, extension)| {
                let house = house(&walk, along, front, side * forward, side * depth * share, extension)?;
                self.is_free(&house).then_some(house)
            });
            let Some(house) = house else {
                along += 1.5;
                continue;
            };
            self.houses.insert(boxed(house));
            along += front;
            let inward = walk.left(along) * side;
            if dice.chance(0.16) {
                gardens.push((walk.point(along) + inward * (forward + depth), inward));
            }
            if dice.chance(measures.gaps) {
                along += dice.between(&measures.gap);
            }
        }
    }

    fn is_free(&self, house: &Polygon) -> bool {
        let shrunk = house.scale(0.97);
        let near = envelope(house, 0.0);
        let on_line = |near: &Boxed<(Line, f64)>| {
            let (line, half_m) = near.thing;
            Euclidean.distance(&line, &shrunk) < half_m - 0.4
        };
        !self.lines.locate_in_envelope_intersecting(near).any(on_line)
            && !self.edges.locate_in_envelope_intersecting(near).any(|edge| edge.thing.intersects(&shrunk))
            && !self.houses.locate_in_envelope_intersecting(near).any(|other| other.thing.intersects(&shrunk))
            && !self
                .kept_free
                .locate_in_envelope_intersecting(near)
                .any(|area| area.thing.intersects(&house.exterior()[0]))
    }
}

/// A house between two party walls, with an extension behind one half of it.
fn house(
    walk: &Walk<'_>,
    along: f64,
    front: f64,
    forward: f64,
    depth: f64,
    extension: Option<(f64, bool)>,
) -> Option<Polygon> {
    let (a, b) = (along, along + front);
    let deep = forward + depth;
    let [front_a, front_b, back_a, back_b] =
        [(a, forward), (b, forward), (a, deep), (b, deep)].map(|(along, left)| walk.beside(along, left));
    let (wide, back) = (Euclidean.distance(front_a, front_b), Euclidean.distance(back_a, back_b));
    if wide < 0.6 * front || back < 3.0 || back > 1.4 * wide {
        return None;
    }
    let mut ring = vec![front_a, front_b, back_b];
    if let Some((longer, at_start)) = extension {
        let middle = (back_a + back_b) * 0.5;
        let out = (back_a - front_a) * (longer / depth.abs());
        ring.extend(if at_start { [middle, middle + out, back_a + out] } else { [back_b + out, middle + out, middle] });
        if !at_start {
            ring.remove(2);
        }
    }
    if !matches!(extension, Some((_, true))) {
        ring.push(back_a);
    }
    ring.push(front_a);
    let house = Polygon::new(LineString::new(ring), vec![]);
    (house.unsigned_area() > 15.0).then_some(house)
}

fn quad(corner: Coord, across: Coord, along: Coord) -> Polygon {
    let ring = vec![corner, corner + across, corner + across + along, corner + along, corner];
    Polygon::new(LineString::new(ring), vec![])
}

fn turned(vector: Coord) -> Coord {
    Coord { x: -vector.y, y: vector.x }
}
