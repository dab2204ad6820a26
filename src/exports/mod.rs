//! What analysts take home.

pub mod api;
pub mod geojson;
