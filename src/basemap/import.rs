//! From an OpenStreetMap extract to an archive, in one go.

use std::path::Path;

use geo::Rect;

use super::paths::Prepared;
use super::tiles::{self, Info};
use super::{Progress, Summary, osm};
use crate::error::{Error, Result};

/// Reads an extract, as far as it lies in the box if there is one, and writes the archive `out` and beside it the ways one can
/// walk.
///
/// Nothing is written unless all of it succeeds; an error names the file at fault.
pub fn import(
    file: &Path,
    bbox: Option<Rect<f64>>,
    out: &Path,
    attribution: &str,
    progress: &mut dyn FnMut(Progress),
) -> Result<Summary> {
    let at_fault = || out.display().to_string();
    if out.extension().is_none_or(|extension| extension != "pmtiles") {
        return Err(Error::invalid(at_fault(), "must end in .pmtiles"));
    }
    let folder = out.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if !folder.is_dir() {
        return Err(Error::invalid(at_fault(), format!("cannot be written: there is no folder {}", folder.display())));
    }
    let extract = osm::read(file, bbox, progress)?;
    let paths = Prepared::new(&extract.paths, out)?;
    let name = out.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let info = Info { name: &name, attribution };
    let summary = tiles::write_watched(extract.features, extract.bounds, &info, out, progress)?;
    paths.keep()?;
    Ok(Summary { missing_nodes: extract.missing_nodes, ..summary })
}
