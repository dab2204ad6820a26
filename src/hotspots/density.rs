//! The city-wide density of pins: pins per square kilometre with an edge correction and a weight per person.
