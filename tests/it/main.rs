//! Everything over HTTP, on SQLite and on PostgreSQL, and the house that the program is built as.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]
#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_sign_loss,
    reason = "small made-up numbers"
)]
#![allow(
    clippy::type_complexity,
    clippy::large_stack_arrays,
    clippy::print_stderr,
    reason = "read once, by whoever it fails for"
)]

mod access;
mod actions;
mod architecture;
mod attachments;
mod basemap;
mod carry;
mod data_walks;
mod demo;
mod durability;
mod gatherings;
mod hotspots;
mod hub;
mod limits;
mod live;
mod outboxes;
mod pbf;
mod people;
mod pins;
mod places;
mod print;
mod promise;
mod recorders;
mod slip;
mod story;
mod support;
mod tiles;
mod trust;
mod votes;
mod walks;
