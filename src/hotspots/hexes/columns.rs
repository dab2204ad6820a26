//! The hexagon of each pin, kept so that no pin is looked up twice.

use std::sync::OnceLock;

use h3o::{CellIndex, LatLng, Resolution};

use super::{RESOLUTIONS, cell_of};

/// The hexagon of every pin of a list at each resolution that somebody asked for. A column is made when it is first asked
/// for and from then on kept as pins come; a neighbourhood that asks for none pays nothing. Eight bytes a pin and column.
#[derive(Debug, Default)]
pub struct Columns {
    columns: [OnceLock<Vec<CellIndex>>; RESOLUTIONS.len()],
}

impl Columns {
    /// Writes the position in degrees of the pin at a place of the list.
    pub fn put(&mut self, place: usize, lon: f64, lat: f64) {
        for (column, resolution) in self.columns.iter_mut().zip(RESOLUTIONS) {
            if let Some(column) = column.get_mut() {
                if column.len() <= place {
                    column.resize(place + 1, nowhere(resolution));
                }
                column[place] = cell_of(lon, lat, resolution);
            }
        }
    }

    /// The hexagons at a resolution by place; `position` tells where the pin of a place is, in degrees, when they are
    /// looked up for the first time.
    pub fn column(
        &self,
        resolution: Resolution,
        places: usize,
        position: impl Fn(usize) -> Option<(f64, f64)> + Sync,
    ) -> &[CellIndex] {
        let at = RESOLUTIONS.iter().position(|known| *known == resolution).unwrap_or_default();
        self.columns[at].get_or_init(|| {
            let cell = |place| position(place).map_or(nowhere(resolution), |(lon, lat)| cell_of(lon, lat, resolution));
            (0..places).map(cell).collect()
        })
    }
}

fn nowhere(resolution: Resolution) -> CellIndex {
    LatLng::default().to_cell(resolution)
}
