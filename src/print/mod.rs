//! Paper: maps, sheets and posters as PDF, and pictures of maps.

pub mod letters;
pub mod map;
pub mod picture;
pub mod shapes;
pub mod sheet;
