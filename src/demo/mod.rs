//! The demo: a quarter that does not exist, and what its people said about it.
//!
//! It stands at the edge of the house and writes through the stores, as the handlers do.

mod curve;
mod dice;
mod ground;
mod houses;
mod landmarks;
mod paths;
mod promises;
pub mod quarter;
mod seed;
mod streets;
mod surroundings;
pub mod voices;
mod walk;

pub use seed::{ACCOUNTS, Account, Seeded, seed};
