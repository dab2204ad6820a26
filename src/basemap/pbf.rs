//! Reads the blocks of an .osm.pbf file, again and again, and says plainly what is wrong with a file that is none.

use std::fs::File;
use std::io::{BufReader, SeekFrom};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use geo::{Coord, Rect};
use osmpbf::{BlobDecode, BlobReader, BlobType, ByteOffset, PrimitiveGroup};

use super::{Progress, Step, bounds};
use crate::error::{Error, Result};

/// Which elements a block holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Holds {
    pub nodes: bool,
    pub ways: bool,
    pub relations: bool,
}

impl Holds {
    fn any_of(self, other: Self) -> bool {
        (self.nodes && other.nodes) || (self.ways && other.ways) || (self.relations && other.relations)
    }
}

struct Block {
    start: u64,
    end: u64,
    /// Known once the block has been decoded for the first time.
    holds: Option<Holds>,
}

/// An .osm.pbf file whose framing has been checked to its last byte.
pub(super) struct Pbf {
    path: PathBuf,
    reader: BlobReader<BufReader<File>>,
    blocks: Vec<Block>,
    /// What the file says it covers.
    pub bounds: Option<Rect<f64>>,
}

/// An error that names the file.
pub(super) fn wrong(path: &Path, reason: impl Into<String>) -> Error {
    Error::invalid(path.display().to_string(), reason).with_slug("invalid_extract")
}

const FOREIGN: &str = "is not an OpenStreetMap extract (.osm.pbf)";

impl Pbf {
    /// Opens a file and walks its blocks; empty, foreign and truncated files end here.
    pub fn open(path: &Path) -> Result<Self> {
        let unreadable = |error: std::io::Error| wrong(path, format!("cannot be read: {error}"));
        let file = File::open(path).map_err(unreadable)?;
        let facts = file.metadata().map_err(unreadable)?;
        if facts.is_dir() {
            return Err(wrong(path, "is a folder"));
        }
        let length = facts.len();
        if length == 0 {
            return Err(wrong(path, "is empty"));
        }
        let foreign = |_| wrong(path, FOREIGN);
        let mut reader = BlobReader::new_seekable(BufReader::new(file)).map_err(foreign)?;
        let mut blocks = Vec::new();
        let mut start = 0;
        loop {
            let (header, _) = match reader.next_header_skip_blob() {
                None => break,
                Some(Ok(skipped)) => skipped,
                Some(Err(_)) if blocks.is_empty() => return Err(wrong(path, FOREIGN)),
                Some(Err(_)) => return Err(wrong(path, format!("is damaged near byte {start}"))),
            };
            if blocks.is_empty() && header.blob_type() != BlobType::OsmHeader {
                return Err(wrong(path, FOREIGN));
            }
            let end = reader.seek_raw(SeekFrom::Current(0)).map_err(foreign)?;
            if header.get_blob_size() < 0 || end <= start {
                return Err(wrong(path, format!("is damaged near byte {start}")));
            }
            if end > length {
                return Err(wrong(path, format!("ends too early: byte {end} should be there, it has {length}")));
            }
            let holds = (header.blob_type() != BlobType::OsmData).then(Holds::default);
            blocks.push(Block { start, end, holds });
            start = end;
        }
        if blocks.is_empty() {
            return Err(wrong(path, FOREIGN));
        }
        if start != length {
            return Err(wrong(
                path,
                format!("ends too early: {} bytes begin a block that is not there", length - start),
            ));
        }
        let mut pbf = Self { path: path.to_owned(), reader, blocks, bounds: None };
        pbf.read_header()?;
        Ok(pbf)
    }

    fn read_header(&mut self) -> Result<()> {
        let blob = self.reader.blob_from_offset(ByteOffset(0)).map_err(|_| wrong(&self.path, FOREIGN))?;
        let header = blob.to_headerblock().map_err(|_| wrong(&self.path, FOREIGN))?;
        for feature in header.required_features() {
            if feature != "OsmSchema-V0.6" && feature != "DenseNodes" {
                let feature: String = feature.chars().take(40).collect();
                return Err(wrong(&self.path, format!("needs {feature:?}, which this program cannot read")));
            }
        }
        self.bounds = header
            .bbox()
            .map(|bbox| Rect::new(Coord { x: bbox.left, y: bbox.bottom }, Coord { x: bbox.right, y: bbox.top }))
            .filter(|rect| bounds::check("header", *rect).is_ok());
        Ok(())
    }

    /// Shows every group of the blocks that hold what is wanted, in the order of the file.
    pub fn visit(
        &mut self,
        wanted: Holds,
        step: Step,
        progress: &mut dyn FnMut(Progress),
        mut see: impl FnMut(&PrimitiveGroup<'_>),
    ) -> Result<()> {
        let total = self.blocks.last().map_or(0, |block| block.end);
        for block in &mut self.blocks {
            progress(Progress { step, done: block.start, total });
            if block.holds.is_some_and(|holds| !holds.any_of(wanted)) {
                continue;
            }
            let damaged = || wrong(&self.path, format!("is damaged near byte {}", block.start));
            let blob = self.reader.blob_from_offset(ByteOffset(block.start)).map_err(|_| damaged())?;
            let BlobDecode::OsmData(data) = blob.decode().map_err(|_| damaged())? else { continue };
            let mut holds = Holds::default();
            // The decoder panics on a few kinds of nonsense, such as an unknown sort of member.
            catch_unwind(AssertUnwindSafe(|| {
                for group in data.groups() {
                    holds.nodes |= group.nodes().len() > 0 || group.dense_nodes().len() > 0;
                    holds.ways |= group.ways().len() > 0;
                    holds.relations |= group.relations().len() > 0;
                    see(&group);
                }
            }))
            .map_err(|_| damaged())?;
            block.holds = Some(holds);
        }
        progress(Progress { step, done: total, total });
        Ok(())
    }
}
