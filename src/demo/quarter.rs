//! The quarter: Sluiskwartier in Vaartstede, a town that does not exist. Drawn here, nothing copied.

use geo::{Coord, Geometry, LineString, MapCoords, Polygon, Rect};

use crate::basemap::{Feature, Layer};
use crate::geometry::Plane;

use super::curve::{At, round, shape, smooth};
use super::dice::Dice;
use super::houses::Town;
use super::landmarks::{self, POINTS};
use super::streets::{Street, streets};
use super::{ground, surroundings};

/// The name of the demo neighbourhood.
pub const NAME: &str = "Sluiskwartier";

/// Turns metres east and north of the quarter's middle into `lon, lat`.
pub(super) fn lon_lat(at: Coord) -> Coord {
    Plane::at(3.72, 51.06).to_lonlat(at.x, at.y).into()
}

/// How far the map reaches, in `lon, lat`: some 700 m beyond the boundary to every side.
pub fn extent() -> Rect {
    let corner = |x, y| lon_lat(Coord { x, y });
    Rect::new(corner(-1750.0, -1500.0), corner(1750.0, 1500.0))
}

/// The boundary of the neighbourhood, in `lon, lat`.
pub fn boundary() -> Polygon {
    boundary_on_plane().map_coords(lon_lat)
}

/// Everything on the map, in `lon, lat`; the same features in the same order every time.
pub fn features() -> Vec<Feature> {
    let streets = streets();
    let mut drawn = Vec::new();
    let mut draw = |layer, class, name: Option<&str>, tunnel, geometry: Geometry| {
        let name = name.map(str::to_owned);
        drawn.push(Feature { layer, class, name, tunnel, geometry: geometry.map_coords(lon_lat) });
    };
    for &(class, points) in surroundings::FIELDS {
        let outline = if class == "wood" { round(points) } else { shape(points) };
        draw(Layer::Landuse, class, None, false, outline.into());
    }
    for (ground, _) in ground::landuse() {
        draw(Layer::Landuse, ground.class, ground.name, false, ground.area.into());
    }
    let (beds, sheds) = ground::allotments();
    for bed in beds {
        draw(Layer::Landuse, "farm", None, false, bed.into());
    }
    draw(Layer::Landuse, "grass", None, false, ground::railway_bed().into());
    for ground in ground::water() {
        draw(Layer::Water, ground.class, ground.name, false, ground.area.into());
    }
    for (class, name, line) in ground::streams() {
        draw(Layer::Water, class, name, false, line.into());
    }
    for building in buildings(&streets).chain(sheds) {
        draw(Layer::Building, "building", None, false, building.into());
    }
    for street in &streets {
        draw(Layer::Street, street.class, street.name, street.tunnel, street.line.clone().into());
    }
    for line in ground::tracks() {
        draw(Layer::Street, "rail", None, false, line.into());
    }
    for &(kind, name, at) in POINTS {
        draw(Layer::Place, kind, Some(name), false, geo::Point::from(at).into());
    }
    for &(kind, name, at) in LOCALITIES {
        draw(Layer::Locality, kind, Some(name), false, geo::Point::from(at).into());
    }
    drawn
}

const LOCALITIES: &[(&str, &str, At)] = &[
    ("town", "Vaartstede", (-120.0, 130.0)),
    ("neighbourhood", "Hoogland", (60.0, -600.0)),
    ("suburb", "Noorderhaven", (-420.0, 640.0)),
    ("suburb", "Boomgaardwijk", (980.0, 330.0)),
    ("village", "Ganzendries", (330.0, -960.0)),
];

/// Every building on the plane.
fn buildings(streets: &[Street]) -> impl Iterator<Item = Polygon> {
    let free = ground::landuse().into_iter().filter(|(_, kept_free)| *kept_free).flat_map(|(ground, _)| ground.area);
    let water = ground::water().into_iter().flat_map(|ground| ground.area);
    let mut town = Town::new(streets, &ground::corridors(), free.chain(water).collect(), landmarks::outlines());
    town.build(streets, &mut Dice::new(1847));
    town.into_buildings()
}

/// Along the canal, the Oosterlaan and the steenweg, then behind the last gardens in the south and west.
fn boundary_on_plane() -> Polygon {
    let canal = smooth(ground::CANAL);
    let reach = canal.0.iter().copied().filter(|c| c.x > -790.0 && c.x < 800.0);
    let rest: LineString = smooth(BOUNDARY_FROM_CANAL);
    Polygon::new(reach.chain(rest.0).collect(), vec![])
}

#[rustfmt::skip]
const BOUNDARY_FROM_CANAL: &[At] = &[
    (806.0, 600.0), (772.0, 455.0), (750.0, 320.0), (731.0, 180.0), (698.0, 55.0), (660.0, -40.0), (690.0, -130.0),
    (768.0, -235.0), (720.0, -330.0), (640.0, -440.0), (625.0, -560.0), (560.0, -665.0), (420.0, -725.0), (260.0, -700.0), (90.0, -712.0),
    (-90.0, -735.0), (-180.0, -750.0), (-330.0, -775.0), (-440.0, -745.0), (-530.0, -660.0), (-545.0, -560.0), (-560.0, -490.0),
    (-690.0, -390.0), (-748.0, -290.0), (-770.0, -170.0), (-742.0, -40.0), (-748.0, 20.0),
];

#[cfg(test)]
mod tests;
