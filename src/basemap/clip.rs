//! Cuts lines and polygons to a box.

use geo::{Area, BooleanOps, BoundingRect, Coord, Intersects, LineString, MultiPolygon, Polygon, Rect};

/// The pieces of a line inside a box, in the line's direction (Liang–Barsky).
pub(crate) fn line(line: &LineString<f64>, rect: &Rect<f64>) -> Vec<LineString<f64>> {
    let Some(around) = line.bounding_rect() else { return Vec::new() };
    if inside(&around, rect) {
        return vec![line.clone()];
    }
    if !around.intersects(rect) {
        return Vec::new();
    }
    let mut pieces = Vec::new();
    let mut piece: Vec<Coord<f64>> = Vec::new();
    for segment in line.lines() {
        let Some((from, to)) = segment_inside(segment.start, segment.end, rect) else {
            end_piece(&mut piece, &mut pieces);
            continue;
        };
        if piece.last() != Some(&from) {
            end_piece(&mut piece, &mut pieces);
            piece.push(from);
        }
        if from != to {
            piece.push(to);
        }
    }
    end_piece(&mut piece, &mut pieces);
    pieces
}

fn end_piece(piece: &mut Vec<Coord<f64>>, pieces: &mut Vec<LineString<f64>>) {
    let points = std::mem::take(piece);
    if points.len() > 1 {
        pieces.push(LineString::new(points));
    }
}

fn segment_inside(from: Coord<f64>, to: Coord<f64>, rect: &Rect<f64>) -> Option<(Coord<f64>, Coord<f64>)> {
    let (dx, dy) = (to.x - from.x, to.y - from.y);
    let (mut enter, mut leave) = (0.0_f64, 1.0_f64);
    let edges = [
        (-dx, from.x - rect.min().x),
        (dx, rect.max().x - from.x),
        (-dy, from.y - rect.min().y),
        (dy, rect.max().y - from.y),
    ];
    for (direction, distance) in edges {
        if direction == 0.0 {
            if distance < 0.0 {
                return None;
            }
        } else if direction < 0.0 {
            enter = enter.max(distance / direction);
        } else {
            leave = leave.min(distance / direction);
        }
    }
    let at = |t: f64| Coord { x: from.x + t * dx, y: from.y + t * dy };
    let start = if enter > 0.0 { at(enter) } else { from };
    let end = if leave < 1.0 { at(leave) } else { to };
    (enter <= leave).then_some((start, end))
}

/// The part of a polygon inside a box.
///
/// Each ring is cut edge by edge (Sutherland–Hodgman), which is fast however long the ring is. That leaves pieces tied
/// together along the box's edges; only what was really cut is then taken apart with an overlay.
pub fn polygon(polygon: &Polygon<f64>, rect: &Rect<f64>) -> MultiPolygon<f64> {
    let Some(around) = polygon.bounding_rect() else { return MultiPolygon::new(Vec::new()) };
    if inside(&around, rect) {
        return MultiPolygon::new(vec![polygon.clone()]);
    }
    if !around.intersects(rect) {
        return MultiPolygon::new(Vec::new());
    }
    let cut = |line: &LineString<f64>| Some(ring(&line.0, rect)).filter(|ring| ring.len() >= 3).map(LineString::new);
    let Some(exterior) = cut(polygon.exterior()) else { return MultiPolygon::new(Vec::new()) };
    let tied = Polygon::new(exterior, polygon.interiors().iter().filter_map(cut).collect());
    let whole = (rect.width() * rect.height()).abs();
    if tied.interiors().is_empty() && tied.unsigned_area() >= whole {
        return MultiPolygon::new(vec![rect.to_polygon()]);
    }
    tied.intersection(&rect.to_polygon())
}

fn ring(points: &[Coord<f64>], rect: &Rect<f64>) -> Vec<Coord<f64>> {
    let mut ring = points.to_vec();
    if ring.first() == ring.last() {
        ring.pop();
    }
    let (min, max) = (rect.min(), rect.max());
    let at_x =
        |x: f64| move |a: Coord<f64>, b: Coord<f64>| Coord { x, y: a.y + (b.y - a.y) * ((x - a.x) / (b.x - a.x)) };
    let at_y =
        |y: f64| move |a: Coord<f64>, b: Coord<f64>| Coord { x: a.x + (b.x - a.x) * ((y - a.y) / (b.y - a.y)), y };
    ring = half_plane(&ring, |c| c.x >= min.x, at_x(min.x));
    ring = half_plane(&ring, |c| c.x <= max.x, at_x(max.x));
    ring = half_plane(&ring, |c| c.y >= min.y, at_y(min.y));
    half_plane(&ring, |c| c.y <= max.y, at_y(max.y))
}

fn half_plane(
    ring: &[Coord<f64>],
    within: impl Fn(Coord<f64>) -> bool,
    crossing: impl Fn(Coord<f64>, Coord<f64>) -> Coord<f64>,
) -> Vec<Coord<f64>> {
    let mut kept = Vec::with_capacity(ring.len() + 4);
    let Some(mut before) = ring.last().copied() else { return kept };
    for &point in ring {
        if within(point) != within(before) {
            kept.push(crossing(before, point));
        }
        if within(point) {
            kept.push(point);
        }
        before = point;
    }
    kept
}

fn inside(inner: &Rect<f64>, outer: &Rect<f64>) -> bool {
    inner.min().x >= outer.min().x
        && inner.min().y >= outer.min().y
        && inner.max().x <= outer.max().x
        && inner.max().y <= outer.max().y
}

#[cfg(test)]
mod tests {
    use geo::{Contains, Distance, Euclidean, Length, Point};
    use proptest::prelude::*;

    use super::*;

    fn the_box() -> Rect<f64> {
        Rect::new(Coord { x: 0.0, y: 0.0 }, Coord { x: 10.0, y: 10.0 })
    }

    /// A ring around (5, 5) whose radius changes at every corner: concave, and in and out of the box many times.
    fn star(radii: &[f64]) -> LineString<f64> {
        let step = std::f64::consts::TAU / radii.len() as f64;
        let corner = |(at, radius): (usize, &f64)| {
            let (sin, cos) = (step * at as f64).sin_cos();
            Coord { x: 5.0 + radius * cos, y: 5.0 + radius * sin }
        };
        let mut ring: LineString<f64> = radii.iter().enumerate().map(corner).collect();
        ring.close();
        ring
    }

    proptest! {
        #[test]
        fn the_polygon_is_cut_as_an_overlay_cuts_it(
            radii in prop::collection::vec(1.0..14.0f64, 5..40), hole in 0.1..0.9f64,
        ) {
            let inner: Vec<f64> = radii.iter().map(|radius| radius * hole).collect();
            let star = Polygon::new(star(&radii), vec![star(&inner)]);
            let made = polygon(&star, &the_box());
            let expected = star.intersection(&the_box().to_polygon()).unsigned_area();
            prop_assert!((made.unsigned_area() - expected).abs() < 1e-6, "{} {expected}", made.unsigned_area());
            if let Some(around) = made.bounding_rect() {
                prop_assert!(the_box().contains(&around.center()));
                prop_assert!(around.width() < 10.0 + 1e-6 && around.height() < 10.0 + 1e-6);
            }
        }

        #[test]
        fn a_spot_is_in_the_piece_if_it_was_in_the_whole(
            radii in prop::collection::vec(1.0..14.0f64, 5..30), spots in prop::collection::vec((0.01..9.99f64, 0.01..9.99f64), 20),
        ) {
            let star = Polygon::new(star(&radii), Vec::new());
            let made = polygon(&star, &the_box());
            for (x, y) in spots {
                let spot = Point::new(x, y);
                let near_edge = star.exterior().lines().any(|edge| Euclidean.distance(&spot, &edge) < 1e-6);
                prop_assert!(near_edge || made.contains(&spot) == star.contains(&spot));
            }
        }

        #[test]
        fn the_line_keeps_its_length_inside(points in prop::collection::vec((-5.0..15.0f64, -5.0..15.0f64), 2..20)) {
            let whole: LineString<f64> = points.into();
            let made: f64 = line(&whole, &the_box()).iter().map(|piece| Euclidean.length(piece)).sum();
            // Brute force: tiny steps along the line, counted when their middle is inside.
            let mut expected = 0.0;
            for edge in whole.lines() {
                let steps = 4000;
                let length = Euclidean.length(&edge) / f64::from(steps);
                for step in 0..steps {
                    let t = (f64::from(step) + 0.5) / f64::from(steps);
                    let at = edge.start + edge.delta() * t;
                    if the_box().intersects(&at) {
                        expected += length;
                    }
                }
            }
            prop_assert!((made - expected).abs() < 0.02 * whole.0.len() as f64, "{made} {expected}");
        }
    }

    #[test]
    fn what_the_box_takes_apart_is_in_parts() {
        // A comb with its back outside the box.
        let comb = [(12.0, 1.0), (1.0, 1.0), (1.0, 3.0), (11.0, 3.0), (11.0, 5.0), (1.0, 5.0), (1.0, 7.0), (12.0, 7.0)];
        let made = polygon(&Polygon::new(comb.to_vec().into(), Vec::new()), &the_box());
        let mut areas: Vec<f64> = made.iter().map(Area::unsigned_area).collect();
        areas.sort_by(f64::total_cmp);
        assert!(areas.len() == 2 && areas.iter().all(|area| (area - 18.0).abs() < 1e-6), "{areas:?}");
    }

    #[test]
    fn outside_and_all_around() {
        let far = Polygon::new(LineString::from(vec![(20.0, 0.0), (30.0, 0.0), (30.0, 9.0), (20.0, 0.0)]), Vec::new());
        assert!(polygon(&far, &the_box()).0.is_empty());
        assert!(line(far.exterior(), &the_box()).is_empty());
        let all = Rect::new(Coord { x: -9.0, y: -9.0 }, Coord { x: 19.0, y: 19.0 }).to_polygon();
        assert_eq!(polygon(&all, &the_box()).bounding_rect(), Some(the_box()));
        assert!((polygon(&all, &the_box()).unsigned_area() - 100.0).abs() < 1e-9);
        // A bend that only looks as if it came near: its box overlaps, it does not.
        let bend = LineString::from(vec![(-5.0, 9.0), (1.0, 15.0)]);
        assert!(line(&bend, &the_box()).is_empty());
    }
}
