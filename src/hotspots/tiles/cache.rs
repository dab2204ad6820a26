//! Tiles kept as bytes: made once, and again only when a pin changed that they show.

use std::collections::{HashMap, VecDeque};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::Write;
use std::sync::{Arc, OnceLock};

use flate2::Compression;
use flate2::write::GzEncoder;

use super::{Address, Layer};
use crate::hotspots::findings::Question;
use crate::id::Id;

/// The most memory that tiles may take, in bytes.
pub const MOST_BYTES: usize = 64 << 20;
/// So many changes are remembered; what was made before is made again.
const REMEMBERED: usize = 4096;

/// A tile as it is sent.
#[derive(Debug)]
pub struct Tile {
    /// The encoded tile; no bytes where nothing is there.
    pub bytes: Vec<u8>,
    /// A mark of the content: the same bytes have the same mark.
    pub etag: String,
    packed: OnceLock<Vec<u8>>,
}

impl Tile {
    /// Marks an encoded tile.
    #[must_use]
    pub fn new(bytes: Vec<u8>) -> Self {
        let mut hasher = DefaultHasher::new();
        bytes.hash(&mut hasher);
        Self { etag: format!("{:016x}", hasher.finish()), bytes, packed: OnceLock::new() }
    }

    /// The tile as gzip, made when first asked for.
    pub fn packed(&self) -> &[u8] {
        self.packed.get_or_init(|| {
            let mut packer = GzEncoder::new(Vec::new(), Compression::fast());
            // Writing into memory does not fail.
            packer.write_all(&self.bytes).and_then(|()| packer.finish()).unwrap_or_default()
        })
    }

    /// What it takes at most.
    fn weight(&self) -> usize {
        2 * self.bytes.len() + 512
    }
}

/// What a tile is a function of, next to the pins.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Key {
    /// Which neighbourhood.
    pub neighbourhood: Id,
    /// Which pins, and the kernel.
    pub question: Question,
    /// What is shown.
    pub layer: Layer,
    /// Where.
    pub address: Address,
}

/// How a tile depends on pins.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scope {
    /// A pin in this box changes the tile: west, south, east, north, in metres.
    pub bounds: [f64; 4],
    /// So many changes elsewhere may pass before it must be made again, because one more could leave too few people for
    /// a map.
    pub spare: usize,
}

/// Where pins changed since when, of one neighbourhood.
#[derive(Debug, Default)]
pub struct Touched {
    /// Nothing is known of what was before this revision.
    since: u64,
    /// Revision and box of each change, in metres.
    boxes: VecDeque<(u64, [f64; 4])>,
}

impl Touched {
    /// Remembers that pins in a box changed at a revision.
    pub fn add(&mut self, revision: u64, bounds: [f64; 4]) {
        self.boxes.push_back((revision, bounds));
        if self.boxes.len() > REMEMBERED
            && let Some((forgotten, _)) = self.boxes.pop_front()
        {
            self.since = self.since.max(forgotten);
        }
    }

    /// Remembers that anything may have changed at a revision.
    pub fn all(&mut self, revision: u64) {
        self.since = revision;
        self.boxes.clear();
    }

    /// How many changes there were after a revision; none where one of them may be in the box.
    #[must_use]
    pub fn elsewhere(&self, after: u64, [west, south, east, north]: [f64; 4]) -> Option<usize> {
        if after < self.since {
            return None;
        }
        let from = self.boxes.partition_point(|(revision, _)| *revision <= after);
        let later = self.boxes.range(from..);
        let touches = |b: &[f64; 4]| b[0] <= east && b[2] >= west && b[1] <= north && b[3] >= south;
        let count = later.len();
        (!later.into_iter().any(|(_, bounds)| touches(bounds))).then_some(count)
    }
}

#[derive(Debug)]
struct Entry {
    tile: Arc<Tile>,
    /// The revision at which it was last known to be right.
    revision: u64,
    scope: Scope,
    /// When it was last asked for.
    used: u64,
}

/// The tiles of all neighbourhoods that were asked for lately.
#[derive(Debug)]
pub struct Cache {
    most_bytes: usize,
    entries: HashMap<Key, Entry>,
    bytes: usize,
    clock: u64,
    made: u64,
}

impl Cache {
    /// An empty cache of so many bytes at most.
    #[must_use]
    pub fn new(most_bytes: usize) -> Self {
        Self { most_bytes, entries: HashMap::new(), bytes: 0, clock: 0, made: 0 }
    }

    /// How many tiles were made so far.
    #[must_use]
    pub fn made(&self) -> u64 {
        self.made
    }

    /// The tile as it is at a revision; none where it must be made.
    pub fn find(&mut self, key: &Key, revision: u64, touched: &Touched) -> Option<Arc<Tile>> {
        self.clock += 1;
        let entry = self.entries.get_mut(key)?;
        if entry.revision < revision {
            let changes = touched.elsewhere(entry.revision, entry.scope.bounds)?;
            entry.scope.spare = entry.scope.spare.checked_sub(changes)?;
            entry.revision = revision;
        }
        entry.used = self.clock;
        Some(entry.tile.clone())
    }

    /// Keeps a tile that was made at a revision or later.
    pub fn keep(&mut self, key: Key, revision: u64, scope: Scope, tile: Arc<Tile>) {
        self.made += 1;
        self.bytes += tile.weight();
        let entry = Entry { tile, revision, scope, used: self.clock };
        if let Some(before) = self.entries.insert(key, entry) {
            self.bytes -= before.tile.weight();
        }
        if self.bytes > self.most_bytes {
            self.forget();
        }
    }

    /// Lets a quarter go: what was not asked for the longest.
    fn forget(&mut self) {
        let mut by_use: Vec<(u64, usize)> = self.entries.values().map(|e| (e.used, e.tile.weight())).collect();
        by_use.sort_unstable();
        let mut left = self.bytes;
        let mut oldest = 0;
        for (used, weight) in by_use {
            if left <= self.most_bytes / 4 * 3 {
                break;
            }
            left -= weight;
            oldest = used;
        }
        self.entries.retain(|_, entry| entry.used > oldest);
        self.bytes = self.entries.values().map(|entry| entry.tile.weight()).sum();
    }
}
