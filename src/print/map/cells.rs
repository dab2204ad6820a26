//! The ground as square cells of polygons, for a renderer that fills polygons and nothing else.

use geo::{Area, BoundingRect, Coord, Intersects, LineString, Polygon, Rect};
use mvt::{GeomEncoder, GeomType, Tile};

use super::curve::Curve;
use super::ground::{Coat, Paint};
use super::view::View;
use crate::error::{Error, Result};

/// So many cells each way at most.
const MOST: u16 = 64;
/// Units to the side of a cell.
const EXTENT: f64 = 4096.0;

/// A ground cut into cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cells {
    /// The colours of the layers, the bare ground first.
    pub colours: Vec<&'static str>,
    /// Cells from west to east and from north to south.
    pub across: usize,
    /// The vector tile of each cell, row by row: its layers are called by the place of their colour.
    pub tiles: Vec<Vec<u8>>,
}

/// Cuts coats of paint into cells of so many millimetres.
pub(super) fn cut(view: &View, ground: &'static str, coats: &[Coat<'_>], side_mm: f64) -> Result<Cells> {
    let colours = std::iter::once(ground).chain(coats.iter().map(|coat| coat.colour)).collect();
    let layers: Vec<Vec<Polygon<f64>>> = coats.iter().map(polygons).collect();
    let boxes: Vec<Vec<Option<Rect<f64>>>> =
        layers.iter().map(|layer| layer.iter().map(Polygon::bounding_rect).collect()).collect();
    let count = |length: f64| (1..MOST).find(|n| f64::from(*n) * side_mm >= length - 1e-6).unwrap_or(MOST);
    let (across, down) = (count(view.width_mm), count(view.height_mm));
    let mut tiles = Vec::new();
    for row in 0..down {
        for col in 0..across {
            let corner = Coord { x: f64::from(col) * side_mm, y: f64::from(row) * side_mm };
            let cell = Rect::new(corner, corner + Coord { x: side_mm, y: side_mm });
            let mut tile = Tile::new(4096);
            let whole = cell.to_polygon();
            add(&mut tile, 0, std::iter::once(&whole), &cell)?;
            for (at, (layer, boxes)) in layers.iter().zip(&boxes).enumerate() {
                let seen =
                    layer.iter().zip(boxes).filter(|(_, around)| around.is_some_and(|around| around.intersects(&cell)));
                add(&mut tile, at + 1, seen.map(|(polygon, _)| polygon), &cell)?;
            }
            tiles.push(tile.to_bytes().map_err(Error::internal)?);
        }
    }
    Ok(Cells { colours, across: usize::from(across), tiles })
}

fn add<'a>(
    tile: &mut Tile,
    name: usize,
    polygons: impl Iterator<Item = &'a Polygon<f64>>,
    cell: &Rect<f64>,
) -> Result<()> {
    let mut layer = tile.create_layer(&name.to_string());
    for polygon in polygons {
        let mut encoder = GeomEncoder::<i32>::new(GeomType::Polygon);
        let Some(outside) = ring(polygon.exterior(), cell, true) else { continue };
        let holes = polygon.interiors().iter().filter_map(|hole| ring(hole, cell, false));
        let mut end = None;
        for mut ring in std::iter::once(outside).chain(holes) {
            // The encoder leaves out the step to a ring that begins where the last one ended.
            if end == Some(ring[0]) {
                ring.rotate_left(1);
            }
            end = ring.last().copied();
            for (x, y) in ring {
                encoder.add_point(x, y).map_err(Error::internal)?;
            }
            encoder.complete_geom().map_err(Error::internal)?;
        }
        layer = layer.into_feature(encoder.encode().map_err(Error::internal)?).into_layer();
    }
    if layer.num_features() > 0 {
        tile.add_layer(layer).map_err(Error::internal)?;
    }
    Ok(())
}

/// A ring in the units of a cell, not closed, wound as the format asks; none where nothing is left of it.
#[expect(clippy::cast_possible_truncation, reason = "units of a sheet of paper")]
fn ring(line: &LineString<f64>, cell: &Rect<f64>, outside: bool) -> Option<Vec<(i32, i32)>> {
    let unit = |v: f64, from: f64| ((v - from) / cell.width() * EXTENT).round().clamp(-1e6, 1e6) as i32;
    let spot = |at: &Coord<f64>| (unit(at.x, cell.min().x), unit(at.y, cell.min().y));
    let mut ring: Vec<(i32, i32)> = line.0.iter().map(spot).collect();
    ring.dedup();
    if ring.len() > 1 && ring.first() == ring.last() {
        ring.pop();
    }
    let wide = |(x, y): (i32, i32)| (i64::from(x), i64::from(y));
    let next = ring.iter().cycle().skip(1);
    let area: i64 = ring.iter().zip(next).map(|(a, b)| (wide(*a), wide(*b))).map(|(a, b)| a.0 * b.1 - b.0 * a.1).sum();
    if ring.len() < 3 || area == 0 {
        return None;
    }
    if (area > 0) != outside {
        ring.reverse();
    }
    Some(ring)
}

/// The polygons of a coat: areas as they are, lines as a box for each straight part and a disc at each corner.
fn polygons(coat: &Coat<'_>) -> Vec<Polygon<f64>> {
    match &coat.paint {
        Paint::Areas(areas) => {
            areas.iter().filter(|area| area.unsigned_area() > 0.0).map(|area| (*area).clone()).collect()
        }
        Paint::Lines(lines, width, None) => lines.iter().flat_map(|line| widened(&line.0, width / 2.0, true)).collect(),
        Paint::Lines(lines, width, Some(dashes)) => lines
            .iter()
            .flat_map(|line| dashed(line, *dashes))
            .flat_map(|dash| widened(&dash, width / 2.0, false))
            .collect(),
    }
}

fn dashed(line: &LineString<f64>, [on, off]: [f64; 2]) -> Vec<Vec<Coord<f64>>> {
    let curve = Curve::of(line);
    let mut dashes = Vec::new();
    let mut way = 0.0;
    while way < curve.length() {
        let end = (way + on).min(curve.length());
        dashes.push(vec![curve.at(way), curve.at(f64::midpoint(way, end)), curve.at(end)]);
        way += on + off;
    }
    dashes
}

fn widened(line: &[Coord<f64>], half: f64, round: bool) -> Vec<Polygon<f64>> {
    let mut polygons = Vec::new();
    for pair in line.windows(2) {
        let (a, b) = (pair[0], pair[1]);
        let length = (b.x - a.x).hypot(b.y - a.y);
        if length < 1e-6 {
            continue;
        }
        let aside = Coord { x: -(b.y - a.y) / length * half, y: (b.x - a.x) / length * half };
        polygons.push(Polygon::new(vec![a + aside, b + aside, b - aside, a - aside].into(), Vec::new()));
    }
    // A disc of less than a hundredth of a millimetre is nowhere to be seen.
    if round && half > 0.1 {
        polygons.extend(line.iter().map(|at| {
            let turn = |n: u32| f64::from(n) / 12.0 * std::f64::consts::TAU;
            let rim = (0..12).map(|n| Coord { x: at.x + half * turn(n).cos(), y: at.y + half * turn(n).sin() });
            Polygon::new(rim.collect(), Vec::new())
        }));
    }
    polygons
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_boxes_and_discs_of_its_width() {
        let line: LineString<f64> = vec![(0.0, 0.0), (10.0, 0.0), (10.0, 5.0)].into();
        let coat = Coat { colour: "#fff", paint: Paint::Lines(vec![line], 2.0, None) };
        let made = polygons(&coat);
        assert_eq!(made.len(), 2 + 3);
        assert!((made[0].unsigned_area() - 20.0).abs() < 1e-9 && (made[1].unsigned_area() - 10.0).abs() < 1e-9);
    }

    #[test]
    fn a_view_is_cut_into_cells_whose_layers_are_in_order() {
        let view = View::at((4.0, 51.0), 5_000.0, [150.0, 90.0], 1.0);
        let area = Rect::new(Coord { x: 10.0, y: 10.0 }, Coord { x: 20.0, y: 20.0 }).to_polygon();
        let coats = [Coat { colour: "#00f", paint: Paint::Areas(vec![&area]) }];
        let cells = cut(&view, "#fff", &coats, 100.0).unwrap();
        assert_eq!((cells.across, cells.tiles.len(), cells.colours), (2, 2, vec!["#fff", "#00f"]));
        let layers = |tile: &Vec<u8>| mvt_reader::Reader::new(tile.clone()).unwrap().get_layer_names().unwrap();
        assert_eq!(
            (layers(&cells.tiles[0]), layers(&cells.tiles[1])),
            (vec!["0".to_owned(), "1".to_owned()], vec!["0".to_owned()])
        );
    }
}
