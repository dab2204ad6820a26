//! The tile archives in a folder: found, mapped into memory, chosen from, read.

use std::collections::{BTreeMap, HashMap};
use std::fs::Metadata;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::{Duration, Instant, SystemTime};

use futures_util::FutureExt;
use geo::{Area, Coord, Rect};
use pmtiles::{AsyncPmTilesReader, Compression, HashMapCache, MmapBackend, PmtError, PmtResult, TileCoord, TileType};
use serde_json::Value;

use super::names::NameCache;
use super::paths::{self, Paths};
use super::setting::is_archive_name;
use super::{ArchiveMap, Basemap, Resolved, Schema, bounds};
use crate::error::{Error, Result};

/// How long the list of files is trusted before the folder is looked at again.
const LOOK_AGAIN: Duration = Duration::from_secs(2);
const LONGEST_ATTRIBUTION: usize = 300;

/// The archives (`*.pmtiles`) in a folder; a file that appears, changes or goes is noticed within seconds.
#[derive(Debug)]
pub struct Archives {
    folder: PathBuf,
    found: RwLock<Found>,
    looked: Mutex<Option<Instant>>,
}

#[derive(Debug, Default)]
struct Found {
    archives: BTreeMap<String, Arc<Archive>>,
    /// Files that are no archives, as they were when that was found out and logged.
    left_out: HashMap<PathBuf, Stamp>,
}

impl Archives {
    /// The archives in a folder; a folder that cannot be read is an error.
    pub fn open(folder: &Path) -> Result<Self> {
        std::fs::read_dir(folder)?;
        let archives = Self { folder: folder.to_owned(), found: RwLock::default(), looked: Mutex::new(None) };
        archives.look(Duration::ZERO);
        Ok(archives)
    }

    /// Every archive, by name.
    pub fn all(&self) -> Vec<Arc<Archive>> {
        self.look(Duration::ZERO);
        self.read(|found| found.archives.values().cloned().collect())
    }

    /// The archive of that name.
    pub fn get(&self, name: &str) -> Option<Arc<Archive>> {
        self.look(LOOK_AGAIN);
        self.read(|found| found.archives.get(name).cloned())
    }

    /// The archive that covers most of a box (west, south, east, north); of those, the one with the most detail, then
    /// the smallest.
    pub fn best(&self, [west, south, east, north]: [f64; 4]) -> Option<Arc<Archive>> {
        self.look(LOOK_AGAIN);
        let bbox = Rect::new(Coord { x: west, y: south }, Coord { x: east, y: north });
        let share = |archive: &Archive| {
            let shared = bounds::overlap(archive.bounds, bbox).map_or(0.0, |shared| shared.unsigned_area());
            shared / bbox.unsigned_area()
        };
        let better = |a: &Archive, b: &Archive| {
            // Boxes that differ by rounding only cover the same.
            let (share_a, share_b) = ((share(a) * 1e6).round(), (share(b) * 1e6).round());
            share_a
                .total_cmp(&share_b)
                .then(a.max_zoom.cmp(&b.max_zoom))
                .then(b.bounds.unsigned_area().total_cmp(&a.bounds.unsigned_area()))
                .then_with(|| b.name.cmp(&a.name))
        };
        self.read(|found| {
            found.archives.values().filter(|archive| share(archive) > 0.0).max_by(|a, b| better(a, b)).cloned()
        })
    }

    /// The map to draw for a setting and the box around a boundary; a named archive that is gone gives no archive.
    pub fn resolve(&self, setting: &Basemap, bbox: [f64; 4]) -> Resolved {
        match setting.clone() {
            Basemap::Raster { tiles, attribution, max_zoom } => Resolved::Raster { tiles, attribution, max_zoom },
            Basemap::Style { url } => Resolved::Style { url },
            Basemap::Archive { archive } => {
                let archive = match archive {
                    Some(name) => self.get(&name),
                    None => self.best(bbox),
                };
                Resolved::Archive(archive.map(|archive| archive.map()).unwrap_or_default())
            }
        }
    }

    fn read<T>(&self, see: impl FnOnce(&Found) -> T) -> T {
        see(&self.found.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Looks at the folder if the last look is older than that.
    fn look(&self, older_than: Duration) {
        let mut looked = self.looked.lock().unwrap_or_else(PoisonError::into_inner);
        if looked.is_some_and(|looked| looked.elapsed() < older_than) {
            return;
        }
        let files = files(&self.folder);
        let (known, left_out) = self.read(|found| (found.archives.clone(), found.left_out.clone()));
        let mut now = Found::default();
        for (path, stamp) in files {
            if left_out.get(&path) == Some(&stamp) {
                now.left_out.insert(path, stamp);
                continue;
            }
            let name = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
            if let Some(archive) = known.get(&name).filter(|archive| archive.stamp == stamp) {
                now.archives.insert(name, Arc::clone(archive));
                continue;
            }
            match Archive::open(&path, &name, stamp) {
                Ok(archive) => {
                    now.archives.insert(name, Arc::new(archive));
                }
                Err(error) => {
                    tracing::warn!("a basemap is left out: {error}");
                    now.left_out.insert(path, stamp);
                }
            }
        }
        *self.found.write().unwrap_or_else(PoisonError::into_inner) = now;
        *looked = Some(Instant::now());
    }
}

fn files(folder: &Path) -> Vec<(PathBuf, Stamp)> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let paths = entries.filter_map(|entry| Some(entry.ok()?.path()));
    let archives = paths.filter(|path| path.extension().is_some_and(|extension| extension == "pmtiles"));
    archives
        .filter_map(|path| {
            let facts = std::fs::metadata(&path).ok().filter(Metadata::is_file)?;
            Some((path, Stamp { modified: facts.modified().ok(), length: facts.len() }))
        })
        .collect()
}

/// What tells one state of a file from another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stamp {
    modified: Option<SystemTime>,
    length: u64,
}

/// An opened archive of vector tiles.
pub struct Archive {
    /// The file's name without `.pmtiles`.
    pub name: String,
    /// How its layers are called.
    pub schema: Schema,
    /// The shallowest zoom with tiles.
    pub min_zoom: u8,
    /// The deepest zoom with tiles.
    pub max_zoom: u8,
    /// What it covers, in lon, lat.
    pub bounds: Rect<f64>,
    /// Whom to thank, in plain text.
    pub attribution: String,
    pub(super) names: NameCache,
    gzip: bool,
    path: PathBuf,
    stamp: Stamp,
    reader: AsyncPmTilesReader<MmapBackend, HashMapCache>,
}

impl std::fmt::Debug for Archive {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Archive").field("name", &self.name).field("schema", &self.schema).finish_non_exhaustive()
    }
}

/// A tile as it stands in the archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tile {
    /// The vector tile.
    pub bytes: Vec<u8>,
    /// Whether the bytes are compressed.
    pub gzip: bool,
}

impl Archive {
    fn open(path: &Path, name: &str, stamp: Stamp) -> Result<Self> {
        let wrong = |reason: &str| Error::invalid(path.display().to_string(), reason);
        if !is_archive_name(name) {
            return Err(wrong("its name has more than letters, digits, - _ and ."));
        }
        let broken = |error: PmtError| wrong(&format!("is no PMTiles archive: {error}"));
        let mapped = map(path).map_err(|error| wrong(&format!("cannot be read: {error}")))?;
        let reader =
            now(AsyncPmTilesReader::try_from_cached_source(mapped, HashMapCache::default())).map_err(broken)?;
        let header = reader.get_header();
        if header.tile_type != TileType::Mvt {
            return Err(wrong("holds pictures, not vector tiles"));
        }
        let gzip = match header.tile_compression {
            Compression::Gzip => true,
            Compression::None => false,
            _ => return Err(wrong("its tiles are compressed in another way than gzip")),
        };
        let corner = |x: f64, y: f64| Coord { x: x.clamp(-180.0, 180.0), y: y.clamp(-90.0, 90.0) };
        let bounds = Rect::new(
            corner(header.min_longitude, header.min_latitude),
            corner(header.max_longitude, header.max_latitude),
        );
        bounds::check("bounds", bounds).map_err(|_| wrong("does not say what it covers"))?;
        let (min_zoom, max_zoom) = (header.min_zoom, header.max_zoom);
        if min_zoom > max_zoom || max_zoom > 22 {
            return Err(wrong("does not say which zooms it has"));
        }
        let metadata: Value = serde_json::from_str(&now(reader.get_metadata()).map_err(broken)?)
            .map_err(|_| wrong("what it says of itself is not JSON"))?;
        let schema = schema(&metadata).ok_or_else(|| wrong("has layers that are none of the known schemas"))?;
        let attribution =
            metadata.get("attribution").and_then(Value::as_str).map(plain).filter(|text| !text.is_empty());
        let attribution = attribution.unwrap_or_else(|| "© OpenStreetMap".to_owned());
        let name = name.to_owned();
        Ok(Self {
            name,
            schema,
            min_zoom,
            max_zoom,
            bounds,
            attribution,
            names: NameCache::default(),
            gzip,
            path: path.to_owned(),
            stamp,
            reader,
        })
    }

    /// What pages need to draw it.
    #[must_use]
    pub fn map(&self) -> ArchiveMap {
        ArchiveMap {
            archive: Some(self.name.clone()),
            schema: Some(self.schema),
            tiles: Some(format!("/basemap/{}/{{z}}/{{x}}/{{y}}.mvt", self.name)),
            min_zoom: Some(self.min_zoom),
            max_zoom: Some(self.max_zoom),
            bounds: Some(bounds::to_array(self.bounds)),
            attribution: Some(self.attribution.clone()),
        }
    }

    /// A tile, or none where the archive has nothing; a place that no tile has is an error.
    pub fn tile(&self, z: u8, x: u32, y: u32) -> Result<Option<Tile>> {
        let place = TileCoord::new(z, x, y).map_err(|_| Error::not_found("tile"))?;
        if !(self.min_zoom..=self.max_zoom).contains(&z) {
            return Ok(None);
        }
        let bytes = now(self.reader.get_tile(place)).map_err(Error::internal)?;
        Ok(bytes.map(|bytes| Tile { bytes: bytes.to_vec(), gzip: self.gzip }))
    }

    /// The ways one can walk that have a position in the box; none where the archive came without them.
    pub fn paths(&self, bbox: Rect<f64>) -> Result<Option<Paths>> {
        paths::read(&self.path, bbox)
    }

    /// A mark that changes when the archive's file does.
    #[must_use]
    pub fn version(&self) -> String {
        let since = self.stamp.modified.and_then(|time| time.duration_since(SystemTime::UNIX_EPOCH).ok());
        format!("{:x}-{:x}", since.unwrap_or_default().as_nanos(), self.stamp.length)
    }
}

/// Maps a file into memory. Whoever replaces an archive renames the new one over it: a mapped file that shrinks ends the
/// process.
fn map(path: &Path) -> PmtResult<MmapBackend> {
    // The library opens files through tokio, and this may be asked for on one of tokio's own threads.
    std::thread::scope(|scope| {
        let opening = scope
            .spawn(|| tokio::runtime::Builder::new_current_thread().build()?.block_on(MmapBackend::try_from(path)));
        opening.join().unwrap_or_else(|_| Err(PmtError::UnableToOpenMmapFile))
    })
}

/// What a future of this reader gives; its backend never waits, so it is ready at once.
fn now<T>(future: impl Future<Output = PmtResult<T>>) -> PmtResult<T> {
    future.now_or_never().unwrap_or_else(|| Err(std::io::Error::other("the archive's reader waits").into()))
}

fn schema(metadata: &Value) -> Option<Schema> {
    // Archives made from MBTiles keep their layers in a text of JSON within the JSON.
    let nested = metadata.get("json").and_then(Value::as_str).and_then(|text| serde_json::from_str::<Value>(text).ok());
    let layers = metadata.get("vector_layers").or_else(|| nested.as_ref()?.get("vector_layers"))?.as_array()?;
    let has = |name: &str| layers.iter().any(|layer| layer.get("id").and_then(Value::as_str) == Some(name));
    if metadata.get("schema").and_then(Value::as_str) == Some(Schema::Buurtsignaal.code()) && has("street") {
        Some(Schema::Buurtsignaal)
    } else if has("transportation") {
        Some(Schema::OpenMapTiles)
    } else if has("streets") || has("street_labels") {
        Some(Schema::Shortbread)
    } else {
        None
    }
}

/// A text that may hold HTML, as plain text.
fn plain(html: &str) -> String {
    let mut text = String::new();
    let mut within = false;
    for c in html.chars() {
        match c {
            '<' => within = true,
            '>' => within = false,
            c if !within => text.push(if c.is_control() { ' ' } else { c }),
            _ => {}
        }
    }
    for (entity, c) in
        [("&copy;", "©"), ("&nbsp;", " "), ("&quot;", "\""), ("&#39;", "'"), ("&lt;", ""), ("&gt;", ""), ("&amp;", "&")]
    {
        text = text.replace(entity, c);
    }
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    text.chars().take(LONGEST_ATTRIBUTION).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_schema_is_told_by_the_layers() {
        let of = |mark: Option<&str>, layers: &[&str]| {
            let layers: Vec<Value> = layers.iter().map(|id| json!({"id": id})).collect();
            schema(&json!({"schema": mark, "vector_layers": layers}))
        };
        assert_eq!(of(Some("buurtsignaal"), &["street", "water"]), Some(Schema::Buurtsignaal));
        assert_eq!(of(None, &["water", "transportation"]), Some(Schema::OpenMapTiles));
        assert_eq!(of(None, &["street_labels"]), Some(Schema::Shortbread));
        assert_eq!(of(None, &["street"]), None);
        let nested = json!({"json": r#"{"vector_layers":[{"id":"transportation"}]}"#});
        assert_eq!(schema(&nested), Some(Schema::OpenMapTiles));
        assert_eq!(schema(&json!({})), None);
    }

    #[test]
    fn an_attribution_loses_its_html() {
        let html = r#"<a href="https://osm.org/copyright">&copy; OpenStreetMap</a>  contributors &amp; friends"#;
        assert_eq!(plain(html), "© OpenStreetMap contributors & friends");
        let nasty = plain(r#"a <b title=">"><img src=x onerror=y> c &lt;script&gt;"#);
        assert!(!nasty.contains(['<', '>']), "{nasty}");
        assert_eq!(plain(&"ë".repeat(999)).chars().count(), LONGEST_ATTRIBUTION);
    }
}
