//! Buurtsignaal: a participatory safety-perception map.
pub mod basemap;
pub mod error;
pub mod geometry;
pub mod hotspots;
pub mod id;
pub mod neighbourhoods;
pub mod pins;
pub mod time;
pub mod words;
