//! Whether a hotspot would be there with other people of the same neighbourhood, or without one of them.
