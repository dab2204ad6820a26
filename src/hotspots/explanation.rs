//! Why people differ about a contested place: by time, by group, by theme, or truly mixed.
