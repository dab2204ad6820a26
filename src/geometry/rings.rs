//! Whether the rings of a drawn shape cross, in O(n log n).
//!
//! The validation of `geo` compares every edge of a ring with every other, which takes seconds for the 50,000 edges
//! a boundary may have; here an R-tree of edges does it. The tests hold the one against the other.

use geo::coordinate_position::CoordPos;
use geo::dimensions::Dimensions;
use geo::line_intersection::{LineIntersection, line_intersection};
use geo::{BoundingRect, Contains, Intersects, Line, LineString, MultiPolygon, Point, Polygon, Rect, Relate};
use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{RTree, RTreeObject};

/// A ring: of which polygon, and 0 for its outside or 1… for a hole.
type Place = (usize, usize);
/// An edge, of which ring and which one of it.
type Edge = GeomWithData<Rectangle<[f64; 2]>, (usize, usize, Line<f64>)>;

/// Says in words which rings cross, touch themselves, overlap or lie outside; no position is told.
pub(super) fn check(shape: &MultiPolygon<f64>) -> Result<(), String> {
    let name = |(polygon, ring): Place| match (ring, shape.0.len()) {
        (0, 1) => "the outer ring".to_owned(),
        (hole, 1) => format!("hole {hole}"),
        (0, _) => format!("the outer ring of polygon {}", polygon + 1),
        (hole, _) => format!("hole {hole} of polygon {}", polygon + 1),
    };
    let touching = meetings(shape).map_err(|(a, b)| {
        if a == b {
            format!("{} crosses or touches itself", name(a))
        } else {
            format!("{} and {} cross", name(a), name(b))
        }
    })?;
    for (p, polygon) in shape.iter().enumerate() {
        let solid: Vec<_> = polygon.interiors().iter().map(|hole| Part::new(hole.clone(), vec![])).collect();
        let outside = Part::new(polygon.exterior().clone(), vec![]);
        for (i, hole) in solid.iter().enumerate() {
            let at = (p, i + 1);
            if !outside.holds(hole, touching.binary_search(&((p, 0), at)).is_ok()) {
                return Err(format!("{} does not lie inside {}", name(at), name((p, 0))));
            }
            for (j, other) in solid.iter().enumerate().skip(i + 1) {
                if hole.overlaps(other, touching.binary_search(&(at, (p, j + 1))).is_ok()) {
                    return Err(format!("{} and {} overlap", name(at), name((p, j + 1))));
                }
            }
        }
    }
    let parts: Vec<_> = shape.iter().map(|p| Part::new(p.exterior().clone(), p.interiors().to_vec())).collect();
    for (i, part) in parts.iter().enumerate() {
        for (j, other) in parts.iter().enumerate().skip(i + 1) {
            let touch = touching.iter().any(|(a, b)| (a.0, b.0) == (i, j));
            if part.overlaps(other, touch) {
                return Err(format!("polygon {} and polygon {} overlap", i + 1, j + 1));
            }
        }
    }
    Ok(())
}

/// A polygon that knows its box, to be compared with others whose edges do not cross its own.
struct Part {
    polygon: Polygon<f64>,
    bbox: Option<Rect<f64>>,
    first: Option<Point<f64>>,
}

impl Part {
    fn new(outside: LineString<f64>, holes: Vec<LineString<f64>>) -> Self {
        let (bbox, first) = (outside.bounding_rect(), outside.0.first().map(|c| Point(*c)));
        Self { polygon: Polygon::new(outside, holes), bbox, first }
    }

    fn holds(&self, other: &Self, touch: bool) -> bool {
        if touch {
            return self.polygon.relate(&other.polygon).is_contains();
        }
        other.first.is_some_and(|first| self.polygon.contains(&first))
    }

    fn overlaps(&self, other: &Self, touch: bool) -> bool {
        let (Some(a), Some(b)) = (self.bbox, other.bbox) else { return false };
        if !a.intersects(&b) {
            return false;
        }
        if touch {
            let matrix = self.polygon.relate(&other.polygon);
            return matrix.get(CoordPos::Inside, CoordPos::Inside) == Dimensions::TwoDimensional;
        }
        self.holds(other, false) || other.holds(self, false)
    }
}

/// Finds the pairs of rings that touch in points only; any other meeting of two edges is an error.
fn meetings(shape: &MultiPolygon<f64>) -> Result<Vec<(Place, Place)>, (Place, Place)> {
    let mut edges = Vec::new();
    let mut lengths = Vec::new();
    for (p, polygon) in shape.iter().enumerate() {
        for (r, ring) in std::iter::once(polygon.exterior()).chain(polygon.interiors()).enumerate() {
            lengths.push(((p, r), ring.0.len().saturating_sub(1)));
            let of = lengths.len() - 1;
            edges.extend(ring.lines().enumerate().map(|(at, line)| {
                GeomWithData::new(Rectangle::from_corners(line.start.into(), line.end.into()), (of, at, line))
            }));
        }
    }
    let tree: RTree<Edge> = RTree::bulk_load(edges);
    let mut touching = Vec::new();
    for edge in &tree {
        let (of, at, line) = edge.data;
        for other in tree.locate_in_envelope_intersecting(edge.envelope()) {
            let (other_of, other_at, other_line) = other.data;
            if (other_of, other_at) <= (of, at) {
                continue;
            }
            let Some(meeting) = line_intersection(line, other_line) else { continue };
            let (ring, length) = lengths[of];
            let is_point = matches!(meeting, LineIntersection::SinglePoint { is_proper: false, .. });
            let are_neighbours = other_at == at + 1 || (at == 0 && other_at + 1 == length);
            if !is_point || (of == other_of && !are_neighbours) {
                return Err((ring, lengths[other_of].0));
            }
            if of != other_of {
                touching.push((ring, lengths[other_of].0));
            }
        }
    }
    touching.sort_unstable();
    touching.dedup();
    Ok(touching)
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo::{Validation, wkt};
    use proptest::prelude::*;

    #[test]
    fn shapes_that_are_sound_pass() {
        for shape in [
            wkt!(MULTIPOLYGON(((0. 0., 9. 0., 9. 9., 0. 9., 0. 0.),(1. 1., 1. 3., 3. 3., 3. 1., 1. 1.)))),
            // A hole that touches the outside in one point, a triangle.
            wkt!(MULTIPOLYGON(((0. 0., 9. 0., 9. 9., 0. 9., 0. 0.),(0. 2., 2. 3., 2. 1., 0. 2.)),((20. 0., 30. 0., 25. 5., 20. 0.)))),
            // An island in a lake, and two squares that share a corner.
            wkt!(MULTIPOLYGON(((0. 0., 9. 0., 9. 9., 0. 9., 0. 0.),(1. 1., 1. 6., 6. 6., 6. 1., 1. 1.)),((2. 2., 4. 2., 4. 4., 2. 4., 2. 2.)),((9. 9., 12. 9., 12. 12., 9. 12., 9. 9.)))),
        ] {
            assert_eq!(check(&shape), Ok(()), "{shape:?}");
            assert!(shape.is_valid());
        }
    }

    #[test]
    fn shapes_that_are_not_are_told_which_ring() {
        for (shape, why) in [
            (wkt!(MULTIPOLYGON(((0. 0., 2. 2., 2. 0., 0. 2., 0. 0.)))), "the outer ring crosses or touches itself"),
            (
                wkt!(MULTIPOLYGON(((0. 0., 4. 0., 4. 4., 4. 0., 0. 4., 0. 0.)))),
                "the outer ring crosses or touches itself",
            ),
            (
                wkt!(MULTIPOLYGON(((0. 0., 9. 0., 9. 9., 0. 9., 0. 0.),(8. 1., 8. 3., 12. 3., 8. 1.)))),
                "the outer ring and hole 1 cross",
            ),
            (
                wkt!(MULTIPOLYGON(((0. 0., 9. 0., 9. 9., 0. 9., 0. 0.),(18. 1., 18. 3., 22. 3., 18. 1.)))),
                "hole 1 does not lie inside the outer ring",
            ),
            (
                wkt!(MULTIPOLYGON(((0. 0., 9. 0., 9. 9., 0. 9., 0. 0.),(1. 1., 1. 8., 8. 8., 8. 1., 1. 1.),(2. 2., 2. 4., 4. 4., 2. 2.)))),
                "hole 1 and hole 2 overlap",
            ),
            (
                wkt!(MULTIPOLYGON(((0. 0., 9. 0., 9. 9., 0. 9., 0. 0.)),((1. 1., 3. 1., 3. 3., 1. 1.)))),
                "polygon 1 and polygon 2 overlap",
            ),
            (
                wkt!(MULTIPOLYGON(((0. 0., 9. 0., 9. 9., 0. 9., 0. 0.)),((9. 0., 12. 0., 12. 9., 9. 9., 9. 0.)))),
                "the outer ring of polygon 1 and the outer ring of polygon 2 cross",
            ),
        ] {
            assert_eq!(check(&shape).unwrap_err(), why);
            assert!(why.contains("itself") || !shape.is_valid());
        }
    }

    proptest! {
        #[test]
        fn it_judges_as_the_slow_validation_does(
            rings in prop::collection::vec(prop::collection::vec((0_i32..12, 0_i32..12), 3..6), 1..3), holes in any::<bool>(),
        ) {
            let rings: Vec<LineString<f64>> = rings
                .iter()
                .map(|r| r.iter().map(|(x, y)| (f64::from(*x), f64::from(*y))).collect::<LineString<f64>>())
                .map(|mut r| { r.close(); r.0.dedup(); r })
                .collect();
            prop_assume!(rings.iter().all(|r| r.0.len() > 3));
            let shape = if holes {
                MultiPolygon::new(vec![Polygon::new(rings[0].clone(), rings[1..].to_vec())])
            } else {
                MultiPolygon::new(rings.iter().map(|r| Polygon::new(r.clone(), vec![])).collect())
            };
            // Never milder; stricter only on rings that touch themselves, which `geo` lets pass.
            prop_assert!(check(&shape).is_err() || shape.is_valid(), "{shape:?}");
            if let Err(why) = check(&shape) {
                prop_assert!(why.contains("itself") || !shape.is_valid(), "{why} {shape:?}");
            }
        }
    }
}
