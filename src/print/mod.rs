//! Paper: maps, sheets and posters as PDF, and pictures of maps.

pub mod answers;
pub mod api;
pub mod kit;
pub mod letters;
pub mod map;
pub mod picture;
pub mod posters;
mod qr;
pub mod renderer;
pub mod scene;
pub mod shapes;
pub mod sheet;
