//! Whether a hotspot can be chance: the within-participant permutation test.
