//! Writes one layer as a vector tile (Mapbox Vector Tile specification 2.1), straight into one buffer.

/// The units along a tile's edge.
pub const EXTENT: u32 = 4096;

/// The most bytes that a point feature takes: ten tags of five bytes, two coordinates of five, and what is around them.
const POINT_BYTES: usize = 72;

/// A layer being written: features as they come, values once each.
#[derive(Debug)]
pub struct Sheet {
    name: &'static str,
    keys: &'static [&'static str],
    features: Vec<u8>,
    values: Vec<u8>,
    value_count: u32,
    /// The geometry of the feature at hand, kept for its memory.
    geometry: Vec<u8>,
}

/// A place in a tile's units, from its north-western corner to the east and to the south.
pub type Unit = [i32; 2];

impl Sheet {
    /// An empty layer of this name; a feature tells its properties by the places of these keys.
    #[must_use]
    pub fn new(name: &'static str, keys: &'static [&'static str]) -> Self {
        Self { name, keys, features: Vec::new(), values: Vec::new(), value_count: 0, geometry: Vec::new() }
    }

    /// Adds a text that properties may have; gives its place.
    pub fn text(&mut self, text: &str) -> u32 {
        let mut value = Vec::with_capacity(text.len() + 4);
        bytes_field(&mut value, 1, text.as_bytes());
        self.value(&value)
    }

    /// Adds a whole number that properties may have; gives its place.
    pub fn number(&mut self, number: u64) -> u32 {
        let mut value = Vec::with_capacity(12);
        varint(&mut value, 5 << 3);
        varint(&mut value, number);
        self.value(&value)
    }

    fn value(&mut self, value: &[u8]) -> u32 {
        bytes_field(&mut self.values, 4, value);
        self.value_count += 1;
        self.value_count - 1
    }

    /// Adds a point; `tags` are places of keys and values in turn, at most five pairs.
    pub fn point(&mut self, tags: &[u32], [x, y]: Unit) {
        let mut out = Short::default();
        let mut packed = Short::default();
        tags.iter().take(10).for_each(|tag| packed.varint(*tag));
        out.field(2, &packed);
        out.varint(3 << 3);
        out.varint(1);
        packed.length = 0;
        packed.varint(command(MOVE, 1));
        packed.varint(zigzag(x));
        packed.varint(zigzag(y));
        out.field(4, &packed);
        varint(&mut self.features, 2 << 3 | LENGTHS);
        varint(&mut self.features, out.length as u64);
        self.features.extend_from_slice(&out.bytes[..out.length]);
    }

    /// Adds polygons as one feature: each is its rings, the outline first, none closed, wound as the format asks (an
    /// outline's area is positive where y points south).
    pub fn polygons(&mut self, tags: &[u32], polygons: &[Vec<Vec<Unit>>]) {
        self.geometry.clear();
        let mut at = [0, 0];
        for ring in polygons.iter().flatten() {
            let [first, rest @ ..] = &ring[..] else { continue };
            varint(&mut self.geometry, u64::from(command(MOVE, 1)));
            step(&mut self.geometry, &mut at, *first);
            varint(&mut self.geometry, u64::from(command(LINE, rest.len())));
            for to in rest {
                step(&mut self.geometry, &mut at, *to);
            }
            varint(&mut self.geometry, u64::from(command(CLOSE, 1)));
        }
        if self.geometry.is_empty() {
            return;
        }
        let mut feature = Vec::with_capacity(self.geometry.len() + 32);
        let mut packed = Vec::with_capacity(16);
        for tag in tags {
            varint(&mut packed, u64::from(*tag));
        }
        bytes_field(&mut feature, 2, &packed);
        varint(&mut feature, 3 << 3);
        varint(&mut feature, 3);
        bytes_field(&mut feature, 4, &self.geometry);
        bytes_field(&mut self.features, 2, &feature);
    }

    /// The tile with this one layer; no bytes at all where there is no feature.
    #[must_use]
    pub fn finish(self) -> Vec<u8> {
        if self.features.is_empty() {
            return Vec::new();
        }
        let mut head = Vec::with_capacity(32);
        varint(&mut head, 15 << 3);
        varint(&mut head, 2);
        bytes_field(&mut head, 1, self.name.as_bytes());
        let mut tail = Vec::with_capacity(self.values.len() + 64);
        self.keys.iter().for_each(|key| bytes_field(&mut tail, 3, key.as_bytes()));
        tail.extend_from_slice(&self.values);
        varint(&mut tail, 5 << 3);
        varint(&mut tail, u64::from(EXTENT));
        let length = head.len() + self.features.len() + tail.len();
        let mut tile = Vec::with_capacity(length + 8);
        varint(&mut tile, 3 << 3 | LENGTHS);
        varint(&mut tile, length as u64);
        tile.extend_from_slice(&head);
        tile.extend_from_slice(&self.features);
        tile.extend_from_slice(&tail);
        tile
    }
}

/// The wire type of whatever tells its length first.
const LENGTHS: u64 = 2;

/// What a geometry's command does.
const MOVE: u32 = 1;
const LINE: u32 = 2;
const CLOSE: u32 = 7;

fn command(what: u32, times: usize) -> u32 {
    what | u32::try_from(times).unwrap_or(u32::MAX) << 3
}

fn step(out: &mut Vec<u8>, at: &mut Unit, to: Unit) {
    varint(out, u64::from(zigzag(to[0] - at[0])));
    varint(out, u64::from(zigzag(to[1] - at[1])));
    *at = to;
}

/// Small numbers of either sign as small numbers.
fn zigzag(v: i32) -> u32 {
    (v << 1 ^ v >> 31).cast_unsigned()
}

fn varint(out: &mut Vec<u8>, mut v: u64) {
    while v >= 0x80 {
        out.push(low(v) | 0x80);
        v >>= 7;
    }
    out.push(low(v));
}

fn low(v: u64) -> u8 {
    v.to_le_bytes()[0] & 0x7f
}

fn bytes_field(out: &mut Vec<u8>, field: u64, bytes: &[u8]) {
    varint(out, field << 3 | LENGTHS);
    varint(out, bytes.len() as u64);
    out.extend_from_slice(bytes);
}

/// A few bytes that need no memory of their own.
struct Short {
    bytes: [u8; POINT_BYTES],
    length: usize,
}

impl Default for Short {
    fn default() -> Self {
        Self { bytes: [0; POINT_BYTES], length: 0 }
    }
}

impl Short {
    fn push(&mut self, byte: u8) {
        self.bytes[self.length] = byte;
        self.length += 1;
    }

    fn varint(&mut self, v: u32) {
        let mut v = u64::from(v);
        while v >= 0x80 {
            self.push(low(v) | 0x80);
            v >>= 7;
        }
        self.push(low(v));
    }

    fn field(&mut self, field: u32, of: &Self) {
        self.varint(field << 3 | 2);
        self.push(low(of.length as u64));
        self.bytes[self.length..self.length + of.length].copy_from_slice(&of.bytes[..of.length]);
        self.length += of.length;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo::Geometry;
    use mvt_reader::Reader;
    use mvt_reader::feature::Value;
    use proptest::prelude::*;

    #[test]
    fn nothing_is_no_bytes() {
        assert!(Sheet::new("pins", &["feeling"]).finish().is_empty());
    }

    #[test]
    fn the_example_of_the_specification_is_drawn_to_the_byte() {
        let mut sheet = Sheet::new("points", &["hello"]);
        let world = sheet.text("world");
        sheet.point(&[0, world], [25, 17]);
        // Specification 2.1, 4.3.5.1: a point at (25, 17) is 9 50 34.
        let tile = sheet.finish();
        assert!(tile.windows(5).any(|part| part == [0x22, 3, 9, 50, 34]), "{tile:?}");
    }

    #[test]
    fn polygons_are_read_back_with_their_holes() {
        let mut sheet = Sheet::new("surface", &["side", "people"]);
        let (side, people) = (sheet.text("unsafe"), sheet.number(300));
        let outline = vec![[0, 0], [10, 0], [10, 10], [0, 10]];
        let hole = vec![[2, 2], [2, 4], [4, 4], [4, 2]];
        sheet.polygons(&[0, side, 1, people], &[vec![outline, hole], vec![vec![[20, 20], [30, 20], [20, 30]]]]);
        let reader = Reader::new(sheet.finish()).unwrap();
        assert_eq!(reader.get_layer_names().unwrap(), ["surface"]);
        let features = reader.get_features(0).unwrap();
        let Geometry::MultiPolygon(shape) = &features[0].geometry else { panic!("{:?}", features[0].geometry) };
        assert_eq!(shape.0.iter().map(|p| p.interiors().len()).collect::<Vec<_>>(), [1, 0]);
        let told = features[0].properties.as_ref().unwrap();
        assert_eq!(told["side"], Value::String("unsafe".into()));
        assert_eq!(told["people"], Value::UInt(300));
    }

    proptest! {
        #[test]
        fn points_are_read_back_as_they_were(
            points in prop::collection::vec((any::<i16>(), any::<i16>(), 0_usize..300), 1..40),
        ) {
            let mut sheet = Sheet::new("pins", &["when"]);
            let words: Vec<u32> = (0..300).map(|n| sheet.text(&format!("word {n}"))).collect();
            for (x, y, word) in &points {
                sheet.point(&[0, words[*word]], [i32::from(*x), i32::from(*y)]);
            }
            let features = Reader::new(sheet.finish()).unwrap().get_features(0).unwrap();
            prop_assert_eq!(features.len(), points.len());
            for (feature, (x, y, word)) in features.iter().zip(points) {
                let at = match &feature.geometry {
                    Geometry::Point(at) => at.0,
                    Geometry::MultiPoint(all) => all.0[0].0,
                    other => panic!("{other:?}"),
                };
                prop_assert_eq!((at.x, at.y), (f32::from(x), f32::from(y)));
                prop_assert_eq!(&feature.properties.as_ref().unwrap()["when"], &Value::String(format!("word {word}")));
            }
        }
    }
}
