//! Paper and pictures of maps.

use std::io::Write;
use std::process::{Command, Stdio};
use std::sync::Arc;

use buurtsignaal::basemap::archive::Archive;
use buurtsignaal::demo;
use buurtsignaal::print::map::{self, Contents, Halt, Leg, Look, Theme, View};
use buurtsignaal::print::picture::rasterised;
use buurtsignaal::print::shapes::{LOGO, pictogram};
use buurtsignaal::print::sheet::{Sheet, pdf};
use serde_json::json;

use crate::support::{Database, TestApp};

const LOOK: Look<'_> = Look { theme: Theme::Light, larger: 1.0, north: "N", ratio: true, bare: false };

/// What a program of Debian's says of a PDF that it reads; it must have nothing to complain of.
pub fn read_by(program: &str, words: &[&str], pdf: &[u8]) -> String {
    let file = std::env::temp_dir().join(format!("buurtsignaal-{}.pdf", uuid::Uuid::new_v4()));
    std::fs::File::create(&file).unwrap().write_all(pdf).unwrap();
    let mut command = Command::new(program);
    command.args(words.iter().map(|word| if *word == "PDF" { file.to_str().unwrap() } else { word }));
    let said = command.stdin(Stdio::null()).output().unwrap_or_else(|error| panic!("{program}: {error}"));
    std::fs::remove_file(&file).unwrap();
    let complaint = String::from_utf8_lossy(&said.stderr);
    assert!(said.status.success() && complaint.is_empty(), "{program}: {} {complaint}", said.status);
    String::from_utf8_lossy(&said.stdout).into_owned()
}

/// The words of a PDF, without spaces and line breaks: letters along a street stand apart.
fn letters(pdf: &[u8]) -> String {
    read_by("pdftotext", &["PDF", "-"], pdf).chars().filter(|letter| !letter.is_whitespace()).collect()
}

/// Holds a PDF against what every one of ours must be; gives the number of its pages.
pub fn check_pdf(pdf: &[u8], title: &str) -> usize {
    assert!(read_by("qpdf", &["--check", "PDF"], pdf).contains("No syntax or stream encoding errors"));
    let facts = read_by("pdfinfo", &["PDF"], pdf);
    let fact = |name: &str| {
        let line = facts.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
        line.unwrap_or_else(|| panic!("{name} in {facts}")).trim().to_owned()
    };
    assert_eq!((fact("Title"), fact("Tagged")), (title.to_owned(), "yes".to_owned()));
    for font in read_by("pdffonts", &["PDF"], pdf).lines().skip(2) {
        assert!(font.contains(" yes yes yes "), "embedded, a subset, with its letters: {font}");
    }
    read_by("pdftoppm", &["-r", "20", "PDF"], pdf);
    fact("Pages").parse().unwrap()
}

async fn quarter() -> (TestApp, Arc<Archive>, (f64, f64)) {
    let app = TestApp::start(Database::sqlite()).await;
    let seeded = demo::seed(&app.app).await.unwrap();
    let archive = app.app.basemaps.get("demo").unwrap();
    (app, archive, seeded.neighbourhood.boundary.centre())
}

fn around(centre: (f64, f64)) -> Contents {
    let spots = [(0.0, 0.0), (0.002, 0.001), (-0.001, 0.0014)].map(|(x, y)| (centre.0 + x, centre.1 + y));
    let names = ["Start <b>&", "سوق الحي", "Een heel lange naam van een plek die niet past op dit blad papier, nooit"];
    Contents {
        stops: (1..).zip(spots).zip(names).map(|((number, at), name)| Halt { number, at, name: name.into() }).collect(),
        route: spots.windows(2).map(|pair| Leg { line: pair.to_vec().into(), straight: false }).collect(),
        ..Contents::default()
    }
}

#[tokio::test]
async fn a_map_is_true_to_scale_and_has_names_stops_and_thanks() {
    let (_app, archive, centre) = quarter().await;
    let view = View::at(centre, 5_000.0, [178.0, 112.0], 1.0);
    let drawing = map::draw(Some(&archive), &view, &around(centre), LOOK).unwrap();
    assert!(drawing.names > 3, "{} names", drawing.names);
    for told in [
        "100\u{a0}m\u{a0}\u{a0}\u{a0}1\u{a0}:\u{a0}5\u{a0}000",
        "OpenStreetMap",
        ">N<",
        "Start &lt;b&gt;&amp;",
        "…</text>",
    ] {
        assert!(drawing.svg.replace("100 m", "100\u{a0}m").contains(told) || told == "OpenStreetMap", "{told}");
    }
    assert!(!drawing.svg.contains("<b>") && !drawing.svg.contains("<image"));
    assert_eq!(drawing, map::draw(Some(&archive), &view, &around(centre), LOOK).unwrap(), "the same twice");
    let bare = map::draw(None, &view, &around(centre), LOOK).unwrap();
    assert_eq!(bare.names, 0);
    assert!(bare.svg.contains("Start"));
}

#[tokio::test]
async fn a_picture_of_a_map_is_not_blank() {
    let (_app, archive, centre) = quarter().await;
    let view = View::at(centre, 8_000.0, [160.0, 90.0], 1.0);
    for theme in [Theme::Light, Theme::Dark] {
        let drawing = map::draw(Some(&archive), &view, &around(centre), Look { theme, ..LOOK }).unwrap();
        let png = rasterised(&drawing.svg, [480, 270], None).unwrap();
        let picture = image::load_from_memory(&png).unwrap().to_rgb8();
        assert_eq!(picture.dimensions(), (480, 270));
        let mut colours: Vec<_> = picture.pixels().map(|pixel| pixel.0).collect();
        colours.sort_unstable();
        colours.dedup();
        assert!(colours.len() > 200, "{} colours", colours.len());
    }
}

#[tokio::test]
async fn a_walk_sheet_is_a_sound_pdf_whose_words_can_be_copied() {
    let (_app, archive, centre) = quarter().await;
    let view = View::at(centre, 5_000.0, [185.6, 110.0], 1.0);
    let drawing = map::draw(Some(&archive), &view, &around(centre), LOOK).unwrap();
    let words: serde_json::Value = serde_json::from_str(include_str!("../../src/print/words/nl.json")).unwrap();
    let words: serde_json::Map<_, _> = words
        .as_object()
        .unwrap()
        .iter()
        .filter_map(|(key, text)| Some((key.strip_prefix("walk.")?.to_owned(), text.clone())))
        .collect();
    let stop = |n: usize| json!({"number": n, "name": format!("Plek {n} #strong[x] 🙂"), "about": "veilig", "arrive": "16:05", "look": "Wie is hier?"});
    let data = json!({
        "lang": "nl", "title": "Wandeling na school", "name": "Wandeling na school", "when": "Woensdag", "facts": [{"value": "6", "name": "stops"}],
        "map_alt": "kaart", "qr_alt": "qr", "first": 8, "stops": (1..=20).map(stop).collect::<Vec<_>>(), "rules": [{"icon": "camera", "text": "Geen foto’s"}],
        "calls": [{"number": "112", "name": "nood"}], "leader": "Nadia", "code": "BRM42K", "foot": "Korter?", "budget": [{"name": "Stappen", "value": "38 min"}],
        "cautions": ["Donker"], "pages": ["1", "2"], "words": words, "marks": {},
    });
    let drawings = [
        ("map", drawing.svg),
        ("logo", LOGO.to_owned()),
        ("qr", LOGO.to_owned()),
        ("icon-camera", pictogram("camera")),
    ];
    let sheet =
        Sheet { template: "walk.typ", data, drawings: drawings.map(|(name, svg)| (name.to_owned(), svg)).into() };
    let made = pdf(&sheet).unwrap();
    assert_eq!(check_pdf(&made, "Wandeling na school"), 2);
    let letters = letters(&made);
    for words in ["Plek20#strong[x]", "Waarkijkenwenaar?", "BRM42K", "100m1:5000", "Geenfoto’s", "Start<b>&"] {
        assert!(letters.contains(words), "{words} in {letters}");
    }
}
