//! Writes small OpenStreetMap extracts (.osm.pbf) by hand, so that tests know every node in them.

#![allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "numbers as the format packs them")]

use std::collections::BTreeMap;
use std::io::Write;

/// An extract in the making; every list becomes one block of the file.
#[derive(Default)]
pub struct Extract {
    /// West, south, east, north, written to the header if there is one.
    pub bounds: Option<[f64; 4]>,
    /// Number, lon, lat, tags.
    pub nodes: Vec<(i64, f64, f64, Tags)>,
    /// Number, nodes, tags.
    pub ways: Vec<(i64, Vec<i64>, Tags)>,
    /// Number, ways with their roles, tags.
    pub relations: Vec<(i64, Vec<Member>, Tags)>,
}

/// A way of a relation and its role.
pub type Member = (i64, &'static str);

pub type Tags = Vec<(&'static str, &'static str)>;

impl Extract {
    /// The file's bytes.
    pub fn bytes(&self) -> Vec<u8> {
        let mut file = Vec::new();
        let mut header = Message::default();
        if let Some([west, south, east, north]) = self.bounds {
            let mut bbox = Message::default();
            for (field, degrees) in [(1, west), (2, east), (3, north), (4, south)] {
                bbox.zigzag(field, (degrees * 1e9).round() as i64);
            }
            header.bytes(1, &bbox.0);
        }
        header.bytes(4, b"OsmSchema-V0.6");
        header.bytes(4, b"DenseNodes");
        blob(&mut file, "OSMHeader", &header.0);
        for nodes in self.nodes.chunks(8000) {
            blob(&mut file, "OSMData", &dense(nodes));
        }
        for ways in self.ways.chunks(8000) {
            blob(
                &mut file,
                "OSMData",
                &block(3, ways, |(id, nodes, tags), strings| {
                    let mut way = element(*id, tags, strings);
                    way.packed(8, deltas(nodes.iter().copied()).map(zigzag));
                    way
                }),
            );
        }
        for relations in self.relations.chunks(8000) {
            blob(
                &mut file,
                "OSMData",
                &block(4, relations, |(id, members, tags), strings| {
                    let mut relation = element(*id, tags, strings);
                    relation
                        .packed(8, members.iter().map(|(_, role)| strings.at(role)).collect::<Vec<_>>().into_iter());
                    relation.packed(9, deltas(members.iter().map(|(way, _)| *way)).map(zigzag));
                    relation.packed(10, members.iter().map(|_| 1));
                    relation
                }),
            );
        }
        file
    }
}

/// Dense nodes in one block, with the granularity the format has when it says nothing: 100 nanodegrees.
fn dense(nodes: &[(i64, f64, f64, Tags)]) -> Vec<u8> {
    let mut strings = Strings::default();
    let fine = |degrees: f64| (degrees * 1e7).round() as i64;
    let mut message = Message::default();
    message.packed(1, deltas(nodes.iter().map(|node| node.0)).map(zigzag));
    message.packed(8, deltas(nodes.iter().map(|node| fine(node.2))).map(zigzag));
    message.packed(9, deltas(nodes.iter().map(|node| fine(node.1))).map(zigzag));
    let mut keys_and_values = Vec::new();
    for (.., tags) in nodes {
        for (key, value) in tags {
            keys_and_values.extend([strings.at(key), strings.at(value)]);
        }
        keys_and_values.push(0);
    }
    message.packed(10, keys_and_values.into_iter());
    let mut group = Message::default();
    group.bytes(2, &message.0);
    strings.block(&[group])
}

fn block<T>(field: u64, elements: &[T], mut write: impl FnMut(&T, &mut Strings) -> Message) -> Vec<u8> {
    let mut strings = Strings::default();
    let mut group = Message::default();
    for element in elements {
        group.bytes(field, &write(element, &mut strings).0);
    }
    strings.block(&[group])
}

fn element(id: i64, tags: &Tags, strings: &mut Strings) -> Message {
    let mut message = Message::default();
    message.number(1, id as u64);
    message.packed(2, tags.iter().map(|(key, _)| strings.at(key)).collect::<Vec<_>>().into_iter());
    message.packed(3, tags.iter().map(|(_, value)| strings.at(value)).collect::<Vec<_>>().into_iter());
    message
}

fn deltas(numbers: impl Iterator<Item = i64>) -> impl Iterator<Item = i64> {
    numbers.scan(0, |before, number| Some(number - std::mem::replace(before, number)))
}

fn zigzag(number: i64) -> u64 {
    ((number << 1) ^ (number >> 63)) as u64
}

/// One framed, compressed part of the file.
pub fn blob(file: &mut Vec<u8>, kind: &str, content: &[u8]) {
    let mut deflate = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    deflate.write_all(content).unwrap();
    let mut body = Message::default();
    body.number(2, content.len() as u64);
    body.bytes(3, &deflate.finish().unwrap());
    let mut header = Message::default();
    header.bytes(1, kind.as_bytes());
    header.number(3, body.0.len() as u64);
    file.extend((header.0.len() as u32).to_be_bytes());
    file.extend(header.0);
    file.extend(body.0);
}

/// The texts of a block; number 0 is empty, as the format wants it.
#[derive(Default)]
struct Strings(BTreeMap<String, u64>);

impl Strings {
    fn at(&mut self, text: &str) -> u64 {
        let next = self.0.len() as u64 + 1;
        *self.0.entry(text.to_owned()).or_insert(next)
    }

    fn block(self, groups: &[Message]) -> Vec<u8> {
        let mut sorted: Vec<(u64, String)> = self.0.into_iter().map(|(text, at)| (at, text)).collect();
        sorted.sort_unstable();
        let mut table = Message::default();
        table.bytes(1, b"");
        for (_, text) in &sorted {
            table.bytes(1, text.as_bytes());
        }
        let mut block = Message::default();
        block.bytes(1, &table.0);
        for group in groups {
            block.bytes(2, &group.0);
        }
        block.0
    }
}

/// A protocol buffer message, field after field.
#[derive(Default)]
struct Message(Vec<u8>);

impl Message {
    fn varint(&mut self, mut number: u64) {
        while number >= 0x80 {
            self.0.push(number as u8 | 0x80);
            number >>= 7;
        }
        self.0.push(number as u8);
    }

    fn number(&mut self, field: u64, number: u64) {
        self.varint(field << 3);
        self.varint(number);
    }

    fn zigzag(&mut self, field: u64, number: i64) {
        self.number(field, zigzag(number));
    }

    fn bytes(&mut self, field: u64, bytes: &[u8]) {
        self.varint(field << 3 | 2);
        self.varint(bytes.len() as u64);
        self.0.extend(bytes);
    }

    fn packed(&mut self, field: u64, numbers: impl Iterator<Item = u64>) {
        let mut packed = Self::default();
        for number in numbers {
            packed.varint(number);
        }
        self.bytes(field, &packed.0);
    }
}
