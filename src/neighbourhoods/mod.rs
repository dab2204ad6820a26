//! The area under study: name, boundary, languages, themes, basemap.

pub mod themes;
