//! The demo: a quarter that does not exist.

mod curve;
mod dice;
mod ground;
mod houses;
mod landmarks;
pub mod quarter;
mod streets;
mod surroundings;
