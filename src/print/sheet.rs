//! Sets a sheet: a template of the house, filled with data, becomes a tagged PDF with its fonts in it.
//!
//! What people wrote only ever comes in as data (`data.json`), never as markup.

use std::sync::LazyLock;

use serde_json::Value;
use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Duration, Smart};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};
use typst_layout::PagedDocument;
use typst_pdf::PdfOptions;

use super::letters::{CUTS, printable};
use crate::error::{Error, Result};

/// A sheet to be set.
#[derive(Debug, Clone)]
pub struct Sheet {
    /// The file of the template, such as `walk.typ`.
    pub template: &'static str,
    /// What it is filled with.
    pub data: Value,
    /// Drawings by the names that the template calls them (SVG).
    pub drawings: Vec<(String, String)>,
}

const TEMPLATES: &[(&str, &str)] = &[
    ("look.typ", include_str!("sheets/look.typ")),
    ("kit.typ", include_str!("sheets/kit.typ")),
    ("walk.typ", include_str!("sheets/walk.typ")),
    ("card.typ", include_str!("sheets/card.typ")),
    ("form.typ", include_str!("sheets/form.typ")),
    ("debrief.typ", include_str!("sheets/debrief.typ")),
    ("poster.typ", include_str!("sheets/poster.typ")),
    ("summary.typ", include_str!("sheets/summary.typ")),
    ("answer.typ", include_str!("sheets/answer.typ")),
];

struct Press {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
}

static PRESS: LazyLock<Press> = LazyLock::new(|| {
    let fonts: Vec<Font> = CUTS.iter().filter_map(|cut| Font::new(Bytes::new(cut.file), 0)).collect();
    Press { library: LazyHash::new(Library::default()), book: LazyHash::new(FontBook::from_fonts(&fonts)), fonts }
});

/// One sheet with all that its template may read.
struct OnPress<'a> {
    sheet: &'a Sheet,
    main: FileId,
    data: Bytes,
}

fn file(name: &str) -> Option<FileId> {
    Some(FileId::new(RootedPath::new(VirtualRoot::Project, VirtualPath::new(name).ok()?)))
}

fn name(id: FileId) -> String {
    id.get().vpath().get_without_slash().to_owned()
}

impl World for OnPress<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &PRESS.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &PRESS.book
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        let name = name(id);
        let found = TEMPLATES.iter().find(|(template, _)| *template == name);
        let (_, text) = found.ok_or_else(|| FileError::NotFound(name.into()))?;
        Ok(Source::new(id, (*text).to_owned()))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let name = name(id);
        if name == "data.json" {
            return Ok(self.data.clone());
        }
        let found = self.sheet.drawings.iter().find(|(drawing, _)| *drawing == name);
        let (_, svg) = found.ok_or_else(|| FileError::NotFound(name.into()))?;
        Ok(Bytes::from_string(svg.clone()))
    }

    fn font(&self, index: usize) -> Option<Font> {
        PRESS.fonts.get(index).cloned()
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}

/// Sets a sheet as PDF.
pub fn pdf(sheet: &Sheet) -> Result<Vec<u8>> {
    let wrong = |errors: &[SourceDiagnostic]| {
        let told: Vec<&str> = errors.iter().map(|error| error.message.as_str()).collect();
        Error::internal(format!("{} cannot be set: {}", sheet.template, told.join("; ")))
    };
    let data = serde_json::to_vec(&shown(sheet.data.clone())).map_err(Error::internal)?;
    let main = file(sheet.template).ok_or_else(|| Error::internal("a template without a name"))?;
    let world = OnPress { sheet, main, data: Bytes::new(data) };
    let set = typst::compile::<PagedDocument>(&world).output;
    let made = set.and_then(|document| {
        let options = PdfOptions { creator: Smart::Custom(Some("Buurtsignaal".to_owned())), ..PdfOptions::default() };
        typst_pdf::pdf(&document, &options)
    });
    // What is remembered of a sheet is of no use to the next one.
    comemo::evict(0);
    made.map(without_suspects).map_err(|errors| wrong(&errors))
}

/// Blanks out `/Suspects false`, which is what a file without it says too: Debian's poppler calls the word an error.
fn without_suspects(mut pdf: Vec<u8>) -> Vec<u8> {
    const WORDS: &[u8] = b"/Suspects false";
    if let Some(at) = pdf.windows(WORDS.len()).rposition(|words| words == WORDS) {
        pdf[at..at + WORDS.len()].fill(b' ');
    }
    pdf
}

/// Every text of the data as the fonts can show it.
fn shown(data: Value) -> Value {
    match data {
        Value::String(text) => Value::String(printable(&text)),
        Value::Array(all) => Value::Array(all.into_iter().map(shown).collect()),
        Value::Object(all) => Value::Object(all.into_iter().map(|(key, value)| (key, shown(value))).collect()),
        other => other,
    }
}
