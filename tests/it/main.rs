//! Everything over HTTP, on SQLite and on PostgreSQL.

mod support;

mod gatherings;
mod people;
mod pins;
