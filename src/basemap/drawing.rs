//! Draws one vector tile: simplified, cut, on whole units, wound as the format asks, lines joined.

use std::collections::HashMap;

use geo::{Coord, Geometry, LineString, MapCoords, Polygon, Rect, Simplify};
use mvt::{GeomEncoder, GeomType, Tile};

use super::tiles::{BUFFER, EXTENT, MAX_ZOOM};
use super::{Feature, Layer, clip};

type Spot = (i32, i32);

/// What features share when they become one: class, name, tunnel.
type Label<'a> = (&'static str, Option<&'a str>, bool);

#[derive(Default)]
struct Shapes {
    points: Vec<Spot>,
    lines: Vec<Vec<Spot>>,
    /// Each polygon is its rings, the outline first, none closed.
    polygons: Vec<Vec<Vec<Spot>>>,
}

/// A tile being drawn.
pub(super) struct Drawing<'a> {
    zoom: u8,
    x: u32,
    y: u32,
    /// Per layer the labels in the order they came, each with its shapes.
    layers: Vec<Vec<(Label<'a>, Shapes)>>,
    lines: HashMap<(Layer, Label<'a>), usize>,
}

impl<'a> Drawing<'a> {
    pub fn new(zoom: u8, x: u32, y: u32) -> Self {
        Self { zoom, x, y, layers: Layer::ALL.iter().map(|_| Vec::new()).collect(), lines: HashMap::new() }
    }

    /// Adds a feature whose shape is in the square of the world.
    pub fn add(&mut self, feature: &'a Feature) {
        let mut shapes = Shapes::default();
        self.shape(&feature.geometry, &mut shapes);
        let Some(layer) = Layer::ALL.iter().position(|layer| *layer == feature.layer) else { return };
        let label: Label<'a> = (feature.class, feature.name.as_deref(), feature.tunnel);
        if !shapes.lines.is_empty() {
            // Lines with one label become one feature, so that the pieces of a street can be joined.
            let slots = &mut self.layers[layer];
            let slot = *self.lines.entry((feature.layer, label)).or_insert_with(|| {
                slots.push((label, Shapes::default()));
                slots.len() - 1
            });
            slots[slot].1.lines.append(&mut shapes.lines);
        }
        if !shapes.points.is_empty() || !shapes.polygons.is_empty() {
            self.layers[layer].push((label, shapes));
        }
    }

    fn shape(&self, geometry: &Geometry<f64>, shapes: &mut Shapes) {
        match geometry {
            Geometry::Point(point) => self.point(point.0, shapes),
            Geometry::MultiPoint(points) => points.iter().for_each(|point| self.point(point.0, shapes)),
            Geometry::Line(line) => self.line(&LineString::from(*line), shapes),
            Geometry::LineString(line) => self.line(line, shapes),
            Geometry::MultiLineString(lines) => lines.iter().for_each(|line| self.line(line, shapes)),
            Geometry::Polygon(polygon) => self.polygon(polygon, shapes),
            Geometry::MultiPolygon(polygons) => polygons.iter().for_each(|polygon| self.polygon(polygon, shapes)),
            Geometry::Rect(rect) => self.polygon(&rect.to_polygon(), shapes),
            Geometry::Triangle(triangle) => self.polygon(&triangle.to_polygon(), shapes),
            Geometry::GeometryCollection(all) => all.iter().for_each(|geometry| self.shape(geometry, shapes)),
        }
    }

    /// From the square of the world to this tile's units.
    fn units(&self, at: Coord<f64>) -> Coord<f64> {
        let side = f64::from(1_u32 << self.zoom);
        let extent = f64::from(EXTENT);
        Coord { x: (at.x * side - f64::from(self.x)) * extent, y: (at.y * side - f64::from(self.y)) * extent }
    }

    /// How far a line may stray from its true course, in units.
    fn tolerance(&self) -> f64 {
        if self.zoom == MAX_ZOOM { 0.7 } else { 3.0 }
    }

    fn point(&self, at: Coord<f64>, shapes: &mut Shapes) {
        let at = self.units(at);
        // Without a buffer: a name stands on the tile its point is on, once.
        let on = 0.0..f64::from(EXTENT);
        if on.contains(&at.x) && on.contains(&at.y) {
            shapes.points.push(whole(at));
        }
    }

    fn line(&self, line: &LineString<f64>, shapes: &mut Shapes) {
        let line = line.map_coords(|at| self.units(at)).simplify(self.tolerance());
        for piece in clip::line(&line, &frame()) {
            let mut spots: Vec<Spot> = piece.0.into_iter().map(whole).collect();
            spots.dedup();
            if spots.len() > 1 {
                shapes.lines.push(spots);
            }
        }
    }

    fn polygon(&self, polygon: &Polygon<f64>, shapes: &mut Shapes) {
        let polygon = polygon.map_coords(|at| self.units(at)).simplify(self.tolerance());
        for piece in clip::polygon(&polygon, &frame()) {
            let (exterior, interiors) = piece.into_inner();
            let Some(outline) = ring(&exterior, true) else { continue };
            let mut rings = vec![outline];
            rings.extend(interiors.iter().filter_map(|interior| ring(interior, false)));
            shapes.polygons.push(rings);
        }
    }

    /// The tile's bytes, not compressed; none if nothing is on it.
    pub fn encode(self) -> Result<Option<Vec<u8>>, mvt::Error> {
        let mut tile = Tile::new(EXTENT);
        for (layer, drawn) in Layer::ALL.iter().zip(self.layers) {
            let mut encoded = tile.create_layer(layer.code());
            for ((class, name, tunnel), mut shapes) in drawn {
                shapes.lines = join(shapes.lines);
                for geometry in geometries(shapes)? {
                    let mut feature = encoded.into_feature(geometry);
                    feature.add_tag_string("class", class);
                    if let Some(name) = name {
                        feature.add_tag_string("name", name);
                    }
                    if tunnel {
                        feature.add_tag_bool("tunnel", true);
                    }
                    encoded = feature.into_layer();
                }
            }
            if encoded.num_features() > 0 {
                tile.add_layer(encoded)?;
            }
        }
        if tile.num_layers() == 0 { Ok(None) } else { tile.to_bytes().map(Some) }
    }
}

fn frame() -> Rect<f64> {
    let (buffer, extent) = (f64::from(BUFFER), f64::from(EXTENT));
    Rect::new(Coord { x: -buffer, y: -buffer }, Coord { x: extent + buffer, y: extent + buffer })
}

#[expect(clippy::cast_possible_truncation, reason = "a tile's units, cut to its frame")]
fn whole(at: Coord<f64>) -> Spot {
    (at.x.round() as i32, at.y.round() as i32)
}

/// A ring on whole units, not closed, wound as the format asks: outlines clockwise on the screen, holes the other way.
/// None if nothing of it is left.
fn ring(line: &LineString<f64>, outline: bool) -> Option<Vec<Spot>> {
    let mut spots: Vec<Spot> = line.0.iter().copied().map(whole).collect();
    spots.dedup();
    if spots.len() > 1 && spots.first() == spots.last() {
        spots.pop();
    }
    let area = twice_area(&spots);
    if spots.len() < 3 || area == 0 {
        return None;
    }
    if (area > 0) != outline {
        spots.reverse();
    }
    Some(spots)
}

/// Twice the signed area (shoelace); more than 0 is clockwise on the screen, where y points down.
fn twice_area(ring: &[Spot]) -> i64 {
    let next = ring.iter().cycle().skip(1);
    ring.iter().zip(next).map(|(a, b)| i64::from(a.0) * i64::from(b.1) - i64::from(b.0) * i64::from(a.1)).sum()
}

/// Joins lines that meet end to end where no third one does, so that a name can run along the whole street.
fn join(lines: Vec<Vec<Spot>>) -> Vec<Vec<Spot>> {
    if lines.len() < 2 {
        return lines;
    }
    let mut ends: HashMap<Spot, Vec<usize>> = HashMap::new();
    for (at, line) in lines.iter().enumerate() {
        for end in [line[0], line[line.len() - 1]] {
            ends.entry(end).or_default().push(at);
        }
    }
    let mut left: Vec<Option<Vec<Spot>>> = lines.into_iter().map(Some).collect();
    let mut joined = Vec::new();
    for at in 0..left.len() {
        let Some(mut line) = left[at].take() else { continue };
        for _ in 0..2 {
            // Grows at its end; turned round once, so that it grows at both.
            while let Some(next) = line.last().and_then(|end| ends.get(end)).filter(|ways| ways.len() == 2) {
                let Some(mut more) = next.iter().find_map(|way| left[*way].take()) else { break };
                if Some(&more[0]) != line.last() {
                    more.reverse();
                }
                line.extend(more.into_iter().skip(1));
            }
            line.reverse();
        }
        joined.push(line);
    }
    joined
}

fn geometries(shapes: Shapes) -> Result<Vec<mvt::GeomData>, mvt::Error> {
    let mut made = Vec::new();
    if !shapes.points.is_empty() {
        let mut encoder = GeomEncoder::<i32>::new(GeomType::Point);
        for (x, y) in shapes.points {
            encoder.add_point(x, y)?;
        }
        made.push(encoder.encode()?);
    }
    // The encoder leaves out the step to a part that begins where the last one ended; such a part is turned, or, if
    // that does not help, begins a feature of its own.
    let mut end = None;
    let mut encoder = GeomEncoder::<i32>::new(GeomType::Linestring);
    for mut line in shapes.lines {
        if end == Some(line[0]) {
            line.reverse();
        }
        if end == Some(line[0]) {
            let full = std::mem::replace(&mut encoder, GeomEncoder::new(GeomType::Linestring));
            made.push(full.encode()?);
        }
        end = line.last().copied();
        for (x, y) in line {
            encoder.add_point(x, y)?;
        }
        encoder.complete_geom()?;
    }
    if end.is_some() {
        made.push(encoder.encode()?);
    }
    let mut end = None;
    let mut encoder = GeomEncoder::<i32>::new(GeomType::Polygon);
    for mut ring in shapes.polygons.into_iter().flatten() {
        if end == Some(ring[0]) {
            ring.rotate_left(1);
        }
        end = ring.last().copied();
        for (x, y) in ring {
            encoder.add_point(x, y)?;
        }
        encoder.complete_geom()?;
    }
    if end.is_some() {
        made.push(encoder.encode()?);
    }
    Ok(made)
}

#[cfg(test)]
mod tests {
    use geo::{Area, Contains, Euclidean, Length, Point};
    use mvt_reader::Reader;
    use proptest::prelude::*;

    use super::*;

    /// The tile drawn on, at the deepest zoom.
    const PLACE: (u32, u32) = (16_000, 11_000);

    fn world(x: f64, y: f64) -> Coord<f64> {
        let side = f64::from(1_u32 << MAX_ZOOM) * f64::from(EXTENT);
        Coord { x: f64::from(PLACE.0 * EXTENT) / side + x / side, y: f64::from(PLACE.1 * EXTENT) / side + y / side }
    }

    fn feature(layer: Layer, name: Option<&str>, geometry: Geometry<f64>) -> Feature {
        Feature { layer, class: "minor", name: name.map(str::to_owned), tunnel: false, geometry }
    }

    /// The shapes that a reader of another hand finds on the tile.
    fn read(features: &[Feature]) -> Vec<Geometry<f64>> {
        let mut drawing = Drawing::new(MAX_ZOOM, PLACE.0, PLACE.1);
        for feature in features {
            drawing.add(feature);
        }
        let Some(bytes) = drawing.encode().unwrap() else { return Vec::new() };
        let reader = Reader::new(bytes).unwrap();
        let layers = reader.get_layer_metadata().unwrap().into_iter();
        let features = layers.flat_map(|layer| reader.get_features_as::<f64>(layer.layer_index).unwrap());
        features.map(|feature| feature.geometry).collect()
    }

    fn rings(points: &[(f64, f64)]) -> LineString<f64> {
        points.iter().map(|(x, y)| world(*x, *y)).collect()
    }

    proptest! {
        /// A street cut into ways, in any order and direction, is one line again, and as long.
        #[test]
        fn a_street_in_pieces_is_one_line(
            steps in prop::collection::vec((20.0..200.0f64, -200.0..200.0f64), 2..12),
            order in Just((0..12).collect::<Vec<usize>>()).prop_shuffle(),
            turned in prop::collection::vec(any::<bool>(), 12),
        ) {
            let mut at = (100.0, 2000.0);
            let mut points = vec![at];
            for (x, y) in steps {
                at = (at.0 + x, (at.1 + y).clamp(100.0, 4000.0));
                points.push((at.0.round(), at.1.round()));
            }
            let whole: LineString<f64> = points.iter().copied().map(Coord::from).collect();
            let mut pieces: Vec<Feature> = Vec::new();
            for at in order.into_iter().filter(|at| at + 1 < points.len()) {
                let mut piece = vec![points[at], points[at + 1]];
                if turned[at] {
                    piece.reverse();
                }
                pieces.push(feature(Layer::Street, Some("Kerkstraat"), rings(&piece).into()));
            }
            let found = read(&pieces);
            prop_assert_eq!(found.len(), 1);
            let Geometry::LineString(line) = &found[0] else { panic!("{found:?}") };
            prop_assert!((Euclidean.length(line) - Euclidean.length(&whole)).abs() < 2.0);
        }

        /// Whatever parts a feature has, a reader finds them again: nothing merged, turned inside out or lost.
        #[test]
        fn parts_stay_apart(corners in prop::collection::vec((0..40i32, 0..40i32), 1..8)) {
            let corners: std::collections::BTreeSet<(i32, i32)> = corners.into_iter().collect();
            let squares = corners.iter().map(|(x, y)| {
                let (x, y) = (f64::from(*x) * 100.0, f64::from(*y) * 100.0);
                // Squares touch in corners and share edges; each has a hole.
                let ring = |from: f64, to: f64| rings(&[(x + from, y + from), (x + to, y + from), (x + to, y + to), (x + from, y + to)]);
                Polygon::new(ring(0.0, 100.0), vec![ring(25.0, 75.0)])
            });
            let found = read(&[feature(Layer::Landuse, None, Geometry::MultiPolygon(squares.collect()))]);
            let all = geo::GeometryCollection::from(found);
            prop_assert!((all.signed_area().abs() - 7500.0 * corners.len() as f64).abs() < 1e-6);
            for (x, y) in &corners {
                let spot = |off: i32| Point::new(f64::from(x * 100 + off), f64::from(y * 100 + off));
                prop_assert!(all.contains(&spot(10)) && !all.contains(&spot(50)));
            }
        }
    }

    #[test]
    fn where_three_streets_meet_none_is_joined() {
        let arm = |x: f64, y: f64| feature(Layer::Street, None, rings(&[(2000.0, 2000.0), (x, y)]).into());
        let found = read(&[arm(0.0, 0.0), arm(4000.0, 0.0), arm(2000.0, 4000.0)]);
        let lines: usize = found
            .iter()
            .map(|one| match one {
                Geometry::LineString(_) => 1,
                Geometry::MultiLineString(lines) => lines.0.len(),
                other => panic!("{other:?}"),
            })
            .sum();
        assert_eq!(lines, 3);
    }

    #[test]
    fn a_part_that_begins_where_the_last_one_ended_is_a_part_of_its_own() {
        let decode = |shapes: Shapes| {
            let tile = Tile::new(EXTENT);
            let mut layer = tile.create_layer("x");
            for geometry in geometries(shapes).unwrap() {
                layer = layer.into_feature(geometry).into_layer();
            }
            let mut tile = tile;
            tile.add_layer(layer).unwrap();
            let features = Reader::new(tile.to_bytes().unwrap()).unwrap().get_features_as::<f64>(0).unwrap();
            geo::GeometryCollection::from(features.into_iter().map(|one| one.geometry).collect::<Vec<_>>())
        };
        let first = vec![(0, 0), (100, 0), (100, 100), (0, 100)];
        let second = vec![(0, 100), (100, 100), (100, 200), (0, 200)];
        let both = decode(Shapes { polygons: vec![vec![first], vec![second]], ..Shapes::default() });
        assert!((both.signed_area().abs() - 20_000.0).abs() < 1e-6);

        let arm = vec![(0, 0), (100, 0)];
        let more = vec![(100, 0), (200, 0)];
        let ring = vec![(100, 0), (150, 50), (100, 50), (100, 0)];
        let all = decode(Shapes { lines: vec![arm, ring, more], ..Shapes::default() });
        let parts = all.iter().map(|one| match one {
            Geometry::LineString(_) => 1,
            Geometry::MultiLineString(lines) => lines.0.len(),
            other => panic!("{other:?}"),
        });
        assert_eq!(parts.sum::<usize>(), 3);
    }

    #[test]
    fn outlines_turn_clockwise_on_the_screen() {
        // The format's own rule: the shoelace formula on the tile's coordinates is above 0 for an outline.
        let square = |from: f64, to: f64| rings(&[(from, from), (from, to), (to, to), (to, from)]);
        for turned in [false, true] {
            let mut polygon = Polygon::new(square(0.0, 400.0), vec![square(100.0, 200.0)]);
            if turned {
                polygon.exterior_mut(|ring| ring.0.reverse());
                polygon.interiors_mut(|rings| rings[0].0.reverse());
            }
            let found = read(&[feature(Layer::Landuse, None, polygon.into())]);
            let Geometry::MultiPolygon(found) = &found[0] else { panic!("{found:?}") };
            assert!(Polygon::new(found.0[0].exterior().clone(), vec![]).signed_area() > 0.0);
            assert!(Polygon::new(found.0[0].interiors()[0].clone(), vec![]).signed_area() < 0.0);
        }
    }

    #[test]
    fn what_is_too_small_or_elsewhere_leaves_no_tile() {
        let speck = rings(&[(10.0, 10.0), (10.2, 10.0), (10.2, 10.2)]);
        assert!(read(&[feature(Layer::Landuse, None, Polygon::new(speck, vec![]).into())]).is_empty());
        assert!(read(&[feature(Layer::Street, None, rings(&[(9000.0, 0.0), (9000.0, 900.0)]).into())]).is_empty());
        assert!(read(&[feature(Layer::Place, Some("x"), Point(world(4096.5, 5.0)).into())]).is_empty());
        assert_eq!(read(&[feature(Layer::Place, Some("x"), Point(world(4095.9, 5.0)).into())]).len(), 1);
    }
}
