//! Everything over HTTP, on SQLite and on PostgreSQL.

mod support;

mod durability;
mod gatherings;
mod live;
mod people;
mod pins;
