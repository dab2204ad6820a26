//! Turns an OpenStreetMap extract into features.
//!
//! The file is read several times so that little has to be held: the relations first, then the ways that are drawn or
//! belong to a relation that is, then the positions of just the nodes those ways run along.

use std::path::Path;

use geo::{
    Coord, Geometry, InteriorPoint, Intersects, LineString, MultiLineString, MultiPolygon, Point, Polygon, Rect,
};
use osmpbf::{PrimitiveGroup, RelMemberType};

use super::classes::{Form, Kind, Outline, Tags, kinds};
use super::multipolygon::{Member, polygons, rings};
use super::paths::{Crossing, Footing, Paths, Position, WalkWay, coord, crossing, footing};
use super::pbf::{Holds, Pbf, wrong};
use super::{Feature, Layer, Progress, Step, bounds, clip};
use crate::error::Result;

/// What an extract holds, ready to draw.
#[derive(Debug)]
pub struct Extract {
    /// The things to draw, in the order of the file.
    pub features: Vec<Feature>,
    /// The ways one can walk; whole, also where they leave the box.
    pub paths: Paths,
    /// The asked box, else what the file says it covers, as far as there are things to draw.
    pub bounds: Rect<f64>,
    /// Nodes that drawn ways refer to and the file does not hold.
    pub missing_nodes: u64,
}

/// How far around the asked box nodes are looked at, in degrees.
///
/// An area whose whole outline stays further away than this is not noticed, even if it covers the box.
const NEAR: f64 = 0.05;

/// Where a node lies until it is seen.
const MISSING: Position = [i32::MAX, i32::MAX];

/// The tags of an element, as far as the map cares.
struct Drawn {
    kinds: Vec<Kind>,
    name: Option<String>,
    tunnel: bool,
    /// What it is on foot; none where one does not walk.
    walked: Option<Footing>,
}

impl Drawn {
    fn new(tags: &Tags<'_>, outline: Outline) -> Self {
        let is_way = matches!(outline, Outline::Open | Outline::Closed);
        let walked = if is_way { footing(tags) } else { None };
        Self { kinds: kinds(tags, outline), name: tags.name(), tunnel: tags.tunnel(), walked }
    }
}

struct Relation {
    drawn: Drawn,
    /// Its ways, with whether each is the edge of a hole.
    ways: Vec<(i64, bool)>,
}

struct Way {
    id: i64,
    /// Where its nodes stand in `Reading::refs`.
    from: usize,
    to: usize,
    drawn: Drawn,
}

/// Everything kept from the file between one pass and the next.
#[derive(Default)]
struct Reading {
    relations: Vec<Relation>,
    /// The nodes near the asked box, sorted; unused without one.
    near: Vec<i64>,
    ways: Vec<Way>,
    refs: Vec<i64>,
    /// The nodes the ways need, sorted, and where each lies.
    needed: Vec<i64>,
    positions: Vec<Position>,
    features: Vec<Feature>,
    paths: Paths,
    seen: Option<Rect<f64>>,
}

/// Reads an extract, as far as it lies in the box if there is one.
///
/// Errors name the file: it is empty, foreign, cut off or damaged, or has nothing to draw there.
pub fn read(path: &Path, bbox: Option<Rect<f64>>, progress: &mut dyn FnMut(Progress)) -> Result<Extract> {
    if let Some(bbox) = bbox {
        bounds::check("bbox", bbox)?;
    }
    let mut pbf = Pbf::open(path)?;
    let mut reading = Reading::default();
    reading.read_relations(&mut pbf, bbox, progress)?;
    reading.read_ways(&mut pbf, bbox, progress)?;
    reading.read_nodes(&mut pbf, bbox, progress)?;
    let missing_nodes = reading.positions.iter().filter(|at| **at == MISSING).count() as u64;
    reading.make_features(bbox);
    let nothing = || match (bbox, reading.seen) {
        (Some(_), Some(seen)) => {
            let [west, south, east, north] = bounds::to_array(seen);
            wrong(path, format!("has nothing to draw in the box; it covers {west:.4},{south:.4},{east:.4},{north:.4}"))
        }
        _ => wrong(path, "has nothing to draw"),
    };
    let drawn = reach(&reading.features).ok_or_else(nothing)?;
    let bounds = bbox.or_else(|| pbf.bounds.and_then(|header| bounds::overlap(header, drawn))).unwrap_or(drawn);
    bounds::check("bounds", bounds).map_err(|_| nothing())?;
    Ok(Extract { features: reading.features, paths: reading.paths, bounds, missing_nodes })
}

fn reach(features: &[Feature]) -> Option<Rect<f64>> {
    use geo::BoundingRect;
    features.iter().filter_map(|feature| feature.geometry.bounding_rect()).reduce(|a, b| {
        let min = Coord { x: a.min().x.min(b.min().x), y: a.min().y.min(b.min().y) };
        let max = Coord { x: a.max().x.max(b.max().x), y: a.max().y.max(b.max().y) };
        Rect::new(min, max)
    })
}

impl Reading {
    fn read_relations(
        &mut self,
        pbf: &mut Pbf,
        bbox: Option<Rect<f64>>,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<()> {
        let around = bbox
            .map(|bbox| Rect::new(bbox.min() - Coord { x: NEAR, y: NEAR }, bbox.max() + Coord { x: NEAR, y: NEAR }));
        let wanted = Holds { nodes: around.is_some(), relations: true, ways: false };
        pbf.visit(wanted, Step::Relations, progress, |group| {
            if let Some(around) = around {
                each_node(group, |id, at, _| {
                    if around.intersects(&coord(at)) {
                        self.near.push(id);
                    }
                });
            }
            for relation in group.relations() {
                let tags: Tags<'_> = relation.tags().collect();
                let multipolygon = tags.get("type") == Some("multipolygon");
                let quarter = tags.get("type") == Some("boundary") && tags.get("place").is_some();
                if !multipolygon && !quarter {
                    continue;
                }
                let members = relation.members().filter(|member| member.member_type == RelMemberType::Way);
                let ways: Vec<(i64, bool)> =
                    members.map(|member| (member.member_id, member.role().is_ok_and(|role| role == "inner"))).collect();
                if !ways.is_empty() {
                    self.relations.push(Relation { drawn: Drawn::new(&tags, Outline::Relation), ways });
                }
            }
        })?;
        self.near.sort_unstable();
        self.near.dedup();
        Ok(())
    }

    fn read_ways(&mut self, pbf: &mut Pbf, bbox: Option<Rect<f64>>, progress: &mut dyn FnMut(Progress)) -> Result<()> {
        let mut members: Vec<i64> =
            self.relations.iter().flat_map(|relation| relation.ways.iter().map(|way| way.0)).collect();
        members.sort_unstable();
        members.dedup();
        self.collect_ways(pbf, progress, |near, id, drawn, nodes| {
            let wanted = !drawn.kinds.is_empty() || drawn.walked.is_some() || members.binary_search(&id).is_ok();
            wanted && (bbox.is_none() || nodes.iter().any(|node| near.binary_search(node).is_ok()))
        })?;
        if bbox.is_some() {
            // Relations with a way near the box need their other ways too; the rest of the relations is let go.
            let ways = &self.ways;
            let held = |way: &(i64, bool)| ways.binary_search_by_key(&way.0, |way| way.id).is_ok();
            self.relations.retain(|relation| relation.ways.iter().any(held));
            let all = self.relations.iter().flat_map(|relation| &relation.ways);
            let mut absent: Vec<i64> = all.filter(|way| !held(way)).map(|way| way.0).collect();
            absent.sort_unstable();
            absent.dedup();
            if !absent.is_empty() {
                self.collect_ways(pbf, progress, |_, id, _, _| absent.binary_search(&id).is_ok())?;
            }
        }
        self.near = Vec::new();
        Ok(())
    }

    fn collect_ways(
        &mut self,
        pbf: &mut Pbf,
        progress: &mut dyn FnMut(Progress),
        wanted: impl Fn(&[i64], i64, &Drawn, &[i64]) -> bool,
    ) -> Result<()> {
        let mut nodes = Vec::new();
        pbf.visit(Holds { ways: true, ..Holds::default() }, Step::Ways, progress, |group| {
            for way in group.ways() {
                nodes.clear();
                nodes.extend(way.refs());
                let outline =
                    if nodes.len() > 3 && nodes.first() == nodes.last() { Outline::Closed } else { Outline::Open };
                let drawn = Drawn::new(&way.tags().collect(), outline);
                if nodes.len() > 1 && wanted(&self.near, way.id(), &drawn, &nodes) {
                    let from = self.refs.len();
                    self.refs.extend(&nodes);
                    self.ways.push(Way { id: way.id(), from, to: self.refs.len(), drawn });
                }
            }
        })?;
        self.ways.sort_by_key(|way| way.id);
        self.ways.dedup_by_key(|way| way.id);
        Ok(())
    }

    fn read_nodes(&mut self, pbf: &mut Pbf, bbox: Option<Rect<f64>>, progress: &mut dyn FnMut(Progress)) -> Result<()> {
        self.needed.clone_from(&self.refs);
        self.needed.sort_unstable();
        self.needed.dedup();
        self.needed.shrink_to_fit();
        self.positions = vec![MISSING; self.needed.len()];
        pbf.visit(Holds { nodes: true, ..Holds::default() }, Step::Nodes, progress, |group| {
            each_node(group, |id, at, tags| {
                let here = coord(at);
                if here.x.abs() > 180.0 || here.y.abs() > 90.0 {
                    return;
                }
                self.seen = Some(self.seen.map_or_else(
                    || Rect::new(here, here),
                    |seen| {
                        let min = Coord { x: seen.min().x.min(here.x), y: seen.min().y.min(here.y) };
                        let max = Coord { x: seen.max().x.max(here.x), y: seen.max().y.max(here.y) };
                        Rect::new(min, max)
                    },
                ));
                if let Ok(slot) = self.needed.binary_search(&id) {
                    self.positions[slot] = at;
                }
                if !tags.is_empty() && bbox.is_none_or(|bbox| bbox.intersects(&here)) {
                    if let Some(lights) = crossing(tags) {
                        self.paths.crossings.push(Crossing { at, lights });
                    }
                    let drawn = Drawn::new(tags, Outline::Point);
                    for kind in &drawn.kinds {
                        self.features.push(feature(kind, &drawn, Geometry::Point(here.into())));
                    }
                }
            });
        })
    }

    fn make_features(&mut self, bbox: Option<Rect<f64>>) {
        let mut features = std::mem::take(&mut self.features);
        let mut replaced = vec![false; self.ways.len()];
        for relation in &self.relations {
            self.draw_relation(relation, bbox, &mut replaced, &mut features);
        }
        for (way, replaced) in self.ways.iter().zip(replaced) {
            if let Some(footing) = way.drawn.walked {
                let line = self.places_of(&self.refs[way.from..way.to]);
                if line.len() > 1 {
                    self.paths.ways.push(WalkWay { footing, line });
                }
            }
            if way.drawn.kinds.is_empty() {
                continue;
            }
            let mut line = self.positions_of(&self.refs[way.from..way.to]);
            let closed = self.refs[way.from] == self.refs[way.to - 1];
            if way.drawn.kinds.iter().any(|kind| kind.form == Form::Line) && line.0.len() > 1 {
                draw_line(&way.drawn, &line, bbox, &mut features);
            }
            if closed && !replaced {
                line.close();
                if line.0.len() > 3 {
                    draw_area(
                        &way.drawn,
                        &MultiPolygon::new(vec![Polygon::new(line, Vec::new())]),
                        bbox,
                        &mut features,
                    );
                }
            }
        }
        self.features = features;
    }

    fn draw_relation(
        &self,
        relation: &Relation,
        bbox: Option<Rect<f64>>,
        replaced: &mut [bool],
        features: &mut Vec<Feature>,
    ) {
        let held: Vec<(usize, bool)> = relation
            .ways
            .iter()
            .filter_map(|(id, inner)| Some((self.ways.binary_search_by_key(id, |way| way.id).ok()?, *inner)))
            .collect();
        // Old multipolygons have their tags on the outer way; that way is then not an area of its own.
        let outer_tells = |(way, inner): &(usize, bool)| {
            !inner && self.ways[*way].drawn.kinds.iter().any(|kind| kind.form == Form::Area)
        };
        let mut drawn = &relation.drawn;
        if drawn.kinds.is_empty() {
            let Some((way, _)) = held.iter().find(|way| outer_tells(way)) else { return };
            drawn = &self.ways[*way].drawn;
            replaced[*way] = true;
        }
        let members: Vec<Member<'_>> = held
            .iter()
            .map(|(way, inner)| Member { nodes: &self.refs[self.ways[*way].from..self.ways[*way].to], inner: *inner })
            .collect();
        let outlines = rings(&members).into_iter().filter_map(|ring| {
            let mut line = self.positions_of(&ring.nodes);
            line.close();
            (line.0.len() > 3).then_some((line, ring.inner))
        });
        draw_area(drawn, &polygons(outlines.collect()), bbox, features);
    }

    /// Where the nodes lie, without those that are missing and without standing still.
    fn positions_of(&self, nodes: &[i64]) -> LineString<f64> {
        LineString::new(self.places_of(nodes).into_iter().map(coord).collect())
    }

    fn places_of(&self, nodes: &[i64]) -> Vec<Position> {
        let found =
            nodes.iter().filter_map(|node| self.needed.binary_search(node).ok()).map(|slot| self.positions[slot]);
        let mut line: Vec<Position> = found.filter(|at| *at != MISSING).collect();
        line.dedup();
        line
    }
}

fn each_node(group: &PrimitiveGroup<'_>, mut see: impl FnMut(i64, Position, &Tags<'_>)) {
    for node in group.dense_nodes() {
        see(node.id(), [node.decimicro_lon(), node.decimicro_lat()], &node.tags().collect());
    }
    for node in group.nodes() {
        see(node.id(), [node.decimicro_lon(), node.decimicro_lat()], &node.tags().collect());
    }
}

fn feature(kind: &Kind, drawn: &Drawn, geometry: Geometry<f64>) -> Feature {
    let named = !matches!(kind.layer, Layer::Building | Layer::Landuse);
    let name = if named { drawn.name.clone() } else { None };
    let tunnel = drawn.tunnel && kind.form == Form::Line;
    Feature { layer: kind.layer, class: kind.class, name, tunnel, geometry }
}

fn draw_line(drawn: &Drawn, line: &LineString<f64>, bbox: Option<Rect<f64>>, features: &mut Vec<Feature>) {
    let mut pieces = bbox.map_or_else(|| vec![line.clone()], |bbox| clip::line(line, &bbox));
    let geometry = match pieces.len() {
        0 => return,
        1 => Geometry::LineString(pieces.remove(0)),
        _ => Geometry::MultiLineString(MultiLineString::new(pieces)),
    };
    for kind in drawn.kinds.iter().filter(|kind| kind.form == Form::Line) {
        features.push(feature(kind, drawn, geometry.clone()));
    }
}

fn draw_area(drawn: &Drawn, areas: &MultiPolygon<f64>, bbox: Option<Rect<f64>>, features: &mut Vec<Feature>) {
    let cut = |bbox: Rect<f64>| areas.iter().flat_map(|area| clip::polygon(area, &bbox)).collect();
    let mut areas: MultiPolygon<f64> = bbox.map_or_else(|| areas.clone(), cut);
    if areas.0.is_empty() {
        return;
    }
    let point: Option<Point<f64>> =
        if drawn.kinds.iter().any(|kind| kind.form == Form::Point) { areas.interior_point() } else { None };
    let geometry =
        if areas.0.len() == 1 { Geometry::Polygon(areas.0.remove(0)) } else { Geometry::MultiPolygon(areas) };
    for kind in &drawn.kinds {
        match kind.form {
            Form::Area => features.push(feature(kind, drawn, geometry.clone())),
            Form::Point => features.extend(point.map(|point| feature(kind, drawn, point.into()))),
            Form::Line => {}
        }
    }
}
