//! Makes tiles from what the indexes know, and keeps them.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, OnceLock, PoisonError, Weak};

use tokio::task::spawn_blocking;

use super::bands::Band;
use super::cache::{Cache, Key, MOST_BYTES, Scope, Tile};
use super::{Address, Layer, bands, pins, surface};
use crate::error::{Error, Kind, Result};
use crate::hotspots::findings::{Findings, Question};
use crate::hotspots::indexes::{Indexes, Kept};
use crate::hotspots::{MIN_PEOPLE, MIN_PINS};
use crate::id::Id;

/// What a pin's place may be off by where it is drawn: four decimals are eleven metres.
const ROUNDED_M: f64 = 12.0;
/// Beyond so many sigma even ten million people together add less than a millionth of a person.
const REACH_SIGMAS: f64 = 8.0;
/// So many findings have their bands kept.
const BANDS: usize = 4;

/// The tiles that were asked for lately, and what they are cut from.
#[derive(Debug)]
pub struct Tiles {
    cache: Mutex<Cache>,
    bands: Mutex<VecDeque<(Weak<Findings>, Drawn)>>,
}

/// Bands, drawn once by whoever asks first.
type Drawn = Arc<OnceLock<Vec<Band>>>;

impl Default for Tiles {
    fn default() -> Self {
        Self { cache: Mutex::new(Cache::new(MOST_BYTES)), bands: Mutex::default() }
    }
}

impl Tiles {
    /// How many tiles were made since the start.
    pub fn made(&self) -> u64 {
        self.cache.lock().unwrap_or_else(PoisonError::into_inner).made()
    }

    fn bands(&self, findings: &Arc<Findings>) -> Drawn {
        let mut kept = self.bands.lock().unwrap_or_else(PoisonError::into_inner);
        let of = Arc::downgrade(findings);
        if let Some((_, bands)) = kept.iter().find(|(other, _)| other.ptr_eq(&of)) {
            return bands.clone();
        }
        if kept.len() == BANDS {
            kept.pop_front();
        }
        let bands = Drawn::default();
        kept.push_back((of, bands.clone()));
        bands
    }
}

impl Indexes {
    /// A tile of what the pins say now.
    pub async fn tile(&self, neighbourhood: &Id, question: Question, layer: Layer, at: Address) -> Result<Arc<Tile>> {
        let (kept, revision) = self.fresh(neighbourhood).await?;
        let key = Key { neighbourhood: neighbourhood.clone(), question, layer, address: at };
        let known = {
            let touched = kept.touched.lock().unwrap_or_else(PoisonError::into_inner);
            self.tiles.cache.lock().unwrap_or_else(PoisonError::into_inner).find(&key, revision, &touched)
        };
        if let Some(tile) = known {
            return Ok(tile);
        }
        let (tile, scope) = match layer {
            Layer::Pins => pins_tile(&kept, &key).await?,
            Layer::Surface => self.surface_tile(&key).await?,
            Layer::Hexes => return Err(unknown_layer()),
        };
        let mut cache = self.tiles.cache.lock().unwrap_or_else(PoisonError::into_inner);
        cache.keep(key, revision, scope, tile.clone());
        Ok(tile)
    }

    /// How many tiles were made since the start, none twice that need not be.
    pub fn tiles_made(&self) -> u64 {
        self.tiles.made()
    }

    async fn surface_tile(&self, key: &Key) -> Result<(Arc<Tile>, Scope)> {
        let (findings, _) = self.find(&key.neighbourhood, key.question.clone()).await?;
        let drawn = self.tiles.bands(&findings);
        let (sigma_m, address) = (key.question.sigma_m, key.address);
        let selection = &key.question.selection;
        let is_plain = selection.who_fields() == 0 && !selection.names_times();
        spawn_blocking(move || {
            let bands = drawn.get_or_init(|| {
                let surface = findings.surface.as_ref();
                surface.map(|surface| bands(surface, &findings.shape, &findings.plane)).unwrap_or_default()
            });
            let reach_m = REACH_SIGMAS * sigma_m + 2.0 * findings.method.cell_m;
            let voices = findings.method.voices;
            let spare = if is_plain && findings.method.refused.is_none() {
                (voices.people - MIN_PEOPLE as usize).min(voices.pins - MIN_PINS)
            } else {
                0
            };
            let scope = Scope { bounds: grown(address.bounds_m(&findings.plane), reach_m), spare };
            (Arc::new(Tile::new(surface(bands, address))), scope)
        })
        .await
        .map_err(Error::internal)
    }
}

async fn pins_tile(kept: &Kept, key: &Key) -> Result<(Arc<Tile>, Scope)> {
    let index = kept.index.clone().read_owned().await;
    let (selection, address) = (key.question.selection.clone(), key.address);
    let make = move || {
        let index = index.as_ref()?;
        let speaks = (!selection.means_everyone()).then(|| index.speaks(&selection));
        let tile = Tile::new(pins(index.dots(), &selection, speaks.as_deref(), address));
        let bounds = grown(address.bounds_m(index.plane()), ROUNDED_M);
        Some((Arc::new(tile), Scope { bounds, spare: usize::MAX }))
    };
    spawn_blocking(make).await.map_err(Error::internal)?.ok_or_else(|| Error::not_found("neighbourhood"))
}

fn grown([west, south, east, north]: [f64; 4], by_m: f64) -> [f64; 4] {
    [west - by_m, south - by_m, east + by_m, north + by_m]
}

/// The error for a layer that there is not.
pub(super) fn unknown_layer() -> Error {
    let known: Vec<&str> = Layer::ALL.iter().map(|layer| layer.code()).collect();
    Error::new(Kind::NotFound, "not_found", format!("there is no such layer; there are {}", known.join(", ")))
        .with_field("layer")
}
