//! What analysts take home.

pub mod api;
pub mod geojson;
pub mod packed;
pub mod store;
