//! Vector tiles of hexes, contours and pins.
