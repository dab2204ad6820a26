//! Makes tiles from what the indexes know, and keeps them.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, OnceLock, PoisonError, Weak};

use tokio::task::spawn_blocking;

use super::bands::Band;
use super::cache::{Cache, Key, MOST_BYTES, Scope, Tile};
use super::hexagons::{Hexagon, hexagons, hexes, resolution};
use super::{Address, Layer, bands, counts, pins, surface};
use crate::error::{Error, Kind, Result};
use crate::hotspots::findings::{Findings, Question};
use crate::hotspots::hexes::Hexes;
use crate::hotspots::indexes::{Indexes, Kept};
use crate::hotspots::{MIN_PEOPLE, MIN_PINS, Voices};
use crate::id::Id;

/// What a pin's place may be off by where it is drawn: four decimals are eleven metres.
const ROUNDED_M: f64 = 12.0;
/// Beyond so many sigma even ten million people together add less than a millionth of a person.
const REACH_SIGMAS: f64 = 8.0;
/// Of so many findings is kept what tiles are cut from.
const DRAWN: usize = 4;

/// The tiles that were asked for lately, and what they are cut from.
#[derive(Debug)]
pub struct Tiles {
    cache: Mutex<Cache>,
    drawn: Mutex<VecDeque<(Weak<Findings>, Arc<Drawn>)>>,
}

/// So many sizes of hexagons there are.
const HEX_SIZES: usize = 4;

/// What tiles are cut from, each drawn once by whoever asks first.
#[derive(Debug, Default)]
struct Drawn {
    bands: OnceLock<Vec<Band>>,
    hexagons: [OnceLock<Vec<Hexagon>>; HEX_SIZES],
}

impl Default for Tiles {
    fn default() -> Self {
        Self { cache: Mutex::new(Cache::new(MOST_BYTES)), drawn: Mutex::default() }
    }
}

impl Tiles {
    /// How many tiles were made since the start.
    pub fn made(&self) -> u64 {
        self.cache.lock().unwrap_or_else(PoisonError::into_inner).made()
    }

    fn drawn(&self, findings: &Arc<Findings>) -> Arc<Drawn> {
        let mut kept = self.drawn.lock().unwrap_or_else(PoisonError::into_inner);
        let of = Arc::downgrade(findings);
        if let Some((_, drawn)) = kept.iter().find(|(other, _)| other.ptr_eq(&of)) {
            return drawn.clone();
        }
        kept.retain(|(other, _)| other.strong_count() > 0);
        if kept.len() == DRAWN {
            kept.pop_front();
        }
        let drawn = Arc::<Drawn>::default();
        kept.push_back((of, drawn.clone()));
        drawn
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
            Layer::Hexes => self.hexes_tile(&kept, &key).await?,
            Layer::Counts => counts_tile(&kept, &key).await?,
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
        let drawn = self.tiles.drawn(&findings);
        let spare = spare(&findings, &key.question);
        let (sigma_m, address) = (key.question.sigma_m, key.address);
        spawn_blocking(move || {
            let bands = drawn.bands.get_or_init(|| {
                let surface = findings.surface.as_ref();
                surface.map(|surface| bands(surface, &findings.shape, &findings.plane)).unwrap_or_default()
            });
            let reach_m = REACH_SIGMAS * sigma_m + 2.0 * findings.method.cell_m;
            let scope = Scope { bounds: grown(address.bounds_m(&findings.plane), reach_m), spare };
            (Arc::new(Tile::new(surface(bands, address))), scope)
        })
        .await
        .map_err(Error::internal)
    }

    async fn hexes_tile(&self, kept: &Kept, key: &Key) -> Result<(Arc<Tile>, Scope)> {
        let (findings, _) = self.find(&key.neighbourhood, key.question.clone()).await?;
        let drawn = self.tiles.drawn(&findings);
        let index = kept.index.clone().read_owned().await;
        let (question, address) = (key.question.clone(), key.address);
        spawn_blocking(move || {
            let resolution = resolution(address.zoom());
            let drawn = drawn.hexagons[usize::from(u8::from(resolution)) % HEX_SIZES].get_or_init(|| match &*index {
                Some(index) if findings.surface.is_some() => {
                    let selected = index.select(&question.selection);
                    let cells = index.hexagons(&selected, resolution);
                    hexagons(&Hexes::of(&selected.spots, &cells, resolution, &findings.plane))
                }
                _ => Vec::new(),
            });
            // A pin's hexagon reaches at most twice its edge beyond the pin.
            let reach_m = 2.2 * resolution.edge_length_m();
            let bounds = grown(address.bounds_m(&findings.plane), reach_m);
            let scope = Scope { bounds, spare: spare(&findings, &question) };
            (Arc::new(Tile::new(hexes(drawn, address))), scope)
        })
        .await
        .map_err(Error::internal)
    }
}

/// How many pins elsewhere may change before there could be too few people for a map, or for the first time enough.
fn spare(findings: &Findings, question: &Question) -> usize {
    let selection = &question.selection;
    if findings.surface.is_none() || selection.who_fields() > 0 || selection.names_times() {
        return 0;
    }
    beyond_enough(&findings.method.voices)
}

/// How many pins may go before there could be too few voices for a map; none where there already are.
fn beyond_enough(voices: &Voices) -> usize {
    voices.people.saturating_sub(MIN_PEOPLE as usize).min(voices.pins.saturating_sub(MIN_PINS))
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

async fn counts_tile(kept: &Kept, key: &Key) -> Result<(Arc<Tile>, Scope)> {
    let index = kept.index.clone().read_owned().await;
    let address = key.address;
    let make = move || {
        let index = index.as_ref()?;
        let layers = index.layers();
        let voices = layers.voices();
        let tile = if voices.enough() { counts(layers, address) } else { Vec::new() };
        let bounds = address.bounds_m(index.plane());
        Some((Arc::new(Tile::new(tile)), Scope { bounds, spare: beyond_enough(&voices) }))
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
