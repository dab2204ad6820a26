//! People by hexagon of the H3 grid, and which hexagons stand out.
