//! Where people feel so.
