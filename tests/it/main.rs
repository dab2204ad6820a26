//! Everything over HTTP, on SQLite and on PostgreSQL, and the house that the program is built as.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod pbf;
mod support;

mod architecture;
mod basemap;
mod durability;
mod gatherings;
mod live;
mod people;
mod pins;
