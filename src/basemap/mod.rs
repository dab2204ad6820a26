//! The map under the pins.
