//! Paper and pictures of maps.

use std::io::Write;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use buurtsignaal::basemap::archive::Archive;
use buurtsignaal::demo;
use buurtsignaal::print::map::{self, Contents, Halt, Leg, Look, Theme, View};
use buurtsignaal::print::picture::{Picture, rasterised};
use buurtsignaal::print::renderer::{Renderer, cell};
use serde_json::json;

use crate::support::{Database, TestApp};

/// A debug build on a busy machine takes its time.
const PATIENCE: Duration = Duration::from_mins(3);
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
    assert_eq!((fact(&facts, "Title"), fact(&facts, "Tagged")), (title.to_owned(), "yes".to_owned()));
    for font in read_by("pdffonts", &["PDF"], pdf).lines().skip(2) {
        assert!(font.contains(" yes yes yes "), "embedded, a subset, with its letters: {font}");
    }
    read_by("pdftoppm", &["-r", "20", "PDF"], pdf);
    fact(&facts, "Pages").parse().unwrap()
}

/// One line of what pdfinfo says.
fn fact(facts: &str, name: &str) -> String {
    let line = facts.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
    line.unwrap_or_else(|| panic!("{name} in {facts}")).trim().to_owned()
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

/// A walk of so many stops in the quarter, as the server keeps it.
async fn planned(app: &mut TestApp, stops: usize) -> (String, String) {
    let seeded = demo::seed(&app.app).await.unwrap();
    app.sign_in(&seeded.people[0].id).await;
    let quarter = format!("/api/neighbourhoods/{}", seeded.neighbourhood.slug);
    let (lon, lat) = seeded.neighbourhood.boundary.centre();
    let kinds = ["meeting", "contested", "unsafe", "safe", "chosen"];
    let stop = |n: usize| {
        let turn = std::f64::consts::TAU * n as f64 / stops as f64;
        let point = [lon + 0.0035 * turn.cos(), lat + 0.002 * turn.sin()];
        json!({"name": format!("Plek {n} #strong[x] 🙂"), "point": point, "kind": kinds[n % kinds.len()], "shelter": n == 2})
    };
    let stops: Vec<_> = (0..stops).map(stop).collect();
    let walk = json!({"name": "Wandeling na school", "day": "2026-11-25", "start": "16:05", "leader": "Nadia", "phone": "014 88 00 00",
        "roles": {"scribe": "Tom #emph[y]", "timekeeper": "Jan Willem van der Meersch-Vandenbroucke van de buurtwerking Sluiskwartier, met de rode jas en de fluit om zijn nek hm"},
        "round_trip": true, "minutes_per_stop": 4, "override": true, "rules": "Honden aan de lijn.", "stops": stops,
        "recce_day": "2026-11-20", "recce_found": "Werken aan de brug."});
    let made = app.post(&format!("{quarter}/walks"), walk).await.expect(201);
    (quarter, made["id"].as_str().unwrap().to_owned())
}

#[tokio::test]
async fn a_kit_is_one_sound_pdf_whose_words_can_be_copied() {
    let mut app = TestApp::start(Database::sqlite()).await;
    let (quarter, walk) = planned(&mut app, 6).await;
    let (status, kit) = app.get_bytes(&format!("{quarter}/walks/{walk}/kit.pdf")).await;
    assert_eq!(status, 200, "{}", String::from_utf8_lossy(&kit));
    // Two pages for the leader, one of cards, one form for each stop, one to look back.
    assert_eq!(check_pdf(&kit, "Wandeling na school – Alles voor de wandeling"), 2 + 1 + 6 + 1);
    let letters = letters(&kit);
    for words in [
        "Plek5#strong[x]",
        "Waarkijkenwenaar?",
        "Nadia,014880000",
        "1:",
        "Geenfoto’s",
        "Woensdag25november2026",
        "what_unsafe",
        "Hondenaandelijn.",
        "Verkendopvrijdag20november2026Werkenaandebrug.",
        "minderveilig·overdekt",
        "Slechtweer?Alleenstop1,3",
        "BegeleiderNadiaSchrijverTom#emph[y]Fotograaf",
        "JanWillemvanderMeersch",
    ] {
        assert!(letters.contains(words), "{words} in {letters}");
    }
    let headers = app.get_headers(&format!("{quarter}/walks/{walk}/kit.pdf?lang=en")).await;
    assert_eq!(headers["content-type"], "application/pdf");
    assert_eq!(headers["content-disposition"], "inline; filename=\"kit-sluiskwartier-2026-11-25.pdf\"");
}

#[tokio::test]
async fn each_sheet_stands_alone_in_each_language_and_with_many_stops() {
    let mut app = TestApp::start(Database::sqlite()).await;
    let (quarter, walk) = planned(&mut app, 12).await;
    for (file, lang, pages, words) in [
        ("sheet", "fr", 2, "Querregarde-t-on"),
        ("sheet", "en", 2, "Whatdowelookat?"),
        ("card", "fr", 1, "pasdemauvaiseréponse"),
        ("form", "en", 12, "Canfar"),
        ("debrief", "de", 1, "GemeinsamzurückBlicken"),
    ] {
        let (status, made) = app.get_bytes(&format!("{quarter}/walks/{walk}/{file}.pdf?lang={lang}")).await;
        assert_eq!(status, 200, "{}", String::from_utf8_lossy(&made));
        let title = read_by("pdfinfo", &["PDF"], &made);
        assert!(title.contains("Wandeling na school – "), "{title}");
        let letters = letters(&made).to_lowercase();
        assert_eq!(pages, fact(&title, "Pages").parse::<usize>().unwrap(), "{file} {lang}");
        if file != "form" && lang != "fr" {
            assert!(letters.contains(&words.to_lowercase()), "{words} in {letters}");
        }
    }
    for wrong in ["ticket.pdf", "kit.doc", "kit.pdf?lang=xx"] {
        let (status, _) = app.get_bytes(&format!("{quarter}/walks/{walk}/{wrong}")).await;
        assert!(status == 404 || status == 422, "{wrong}: {status}");
    }
}

#[tokio::test]
async fn a_picture_of_a_selection_has_its_size_and_says_what_is_wrong() {
    let mut app = TestApp::start(Database::sqlite()).await;
    let seeded = demo::seed(&app.app).await.unwrap();
    app.sign_in(&seeded.people[0].id).await;
    let quarter = format!("/api/neighbourhoods/{}/picture.png", seeded.neighbourhood.slug);
    let mut pictures = Vec::new();
    for query in ["layer=none", "layer=hotspots", "layer=surface", "layer=surface&theme=dark&when=dark"] {
        let (status, png) = app.get_bytes(&format!("{quarter}?{query}&width=640&height=360")).await;
        assert_eq!(status, 200, "{}", String::from_utf8_lossy(&png));
        assert_eq!(image::load_from_memory(&png).unwrap().to_rgb8().dimensions(), (640, 360));
        pictures.push(png);
    }
    assert!(pictures.windows(2).all(|pair| pair[0] != pair[1]));

    // Whoever has a picture is not sent it again, until it would be another one.
    let small = format!("{quarter}?width=320&height=200");
    let (_, mark) = app.get_known(&small, None).await;
    assert_eq!(app.get_known(&small, Some(&mark)).await, (reqwest::StatusCode::NOT_MODIFIED, mark.clone()));
    for other in ["&theme=dark", "&layer=none", "&when=dark"] {
        let (status, another) = app.get_known(&format!("{small}{other}"), Some(&mark)).await;
        assert_eq!(status, 200, "{other}");
        assert_ne!(another, mark, "{other}");
    }
    for (query, field) in [
        ("width=9000", "width"),
        ("layer=heat", "layer"),
        ("bbox=1,2", "bbox"),
        ("colour=red", "colour"),
        ("theme=pink", "theme"),
    ] {
        assert_eq!(app.get(&format!("{quarter}?{query}")).await.field(400), field);
    }
}

#[tokio::test]
async fn every_station_has_a_poster_with_its_words_source_and_code() {
    let mut app = TestApp::start(Database::sqlite()).await;
    let seeded = demo::seed(&app.app).await.unwrap();
    app.sign_in(&seeded.people[0].id).await;
    let quarter = format!("/api/neighbourhoods/{}", seeded.neighbourhood.slug);
    let kinds = ["who", "safe", "unsafe", "contested", "when", "why", "differences", "words", "figures", "actions"];
    let figure =
        json!({"label": "kapotte lampen gemeld", "value": "34", "period": "2025", "source": "Dienst openbaar domein"});
    let station = |kind: &str| match kind {
        "figures" => json!({"kind": kind, "figures": [figure]}),
        kind => json!({"kind": kind}),
    };
    let stations: Vec<_> = kinds.into_iter().map(station).collect();
    let walk = json!({"name": "Datawandeling", "day": "2026-12-15", "languages": ["nl", "fr"], "stations": stations});
    let made = app.post(&format!("{quarter}/data-walks"), walk).await.expect(201);
    let here = format!("{quarter}/data-walks/{}", made["id"].as_str().unwrap());

    let (status, posters) = app.get_bytes(&format!("{here}/posters.pdf")).await;
    assert_eq!(status, 200, "{}", String::from_utf8_lossy(&posters));
    assert_eq!(check_pdf(&posters, "Datawandeling – Datawandeling"), kinds.len());
    let copied = letters(&posters);
    for words in [
        "Waarvoelenweonsveilig?",
        "Hoewetenwedat?",
        "Watwetenweniet?",
        "plakofschrijfhier",
        "Datawandeling·Sluiskwartier·15december2026",
        "Dienstopenbaardomein",
    ] {
        assert!(copied.contains(words), "{words} in {copied}");
    }
    assert!(
        copied.contains("januari2027") && !copied.contains("2027-"),
        "a promised date as people write it: {copied}"
    );
    for (paper, station, size) in [("a2", 2, "1190.55 x 1683.78 pts"), ("a1", 3, "1683.78 x 2383.94 pts (A1)")] {
        let (status, poster) =
            app.get_bytes(&format!("{here}/posters.pdf?paper={paper}&station={station}&lang=fr")).await;
        assert_eq!(status, 200);
        assert_eq!(check_pdf(&poster, "Datawandeling – Balade des données"), 1);
        let facts = read_by("pdfinfo", &["PDF"], &poster);
        assert!(fact(&facts, "Page size").starts_with(size), "{facts}");
    }
    let (status, summary) = app.get_bytes(&format!("{here}/summary.pdf")).await;
    assert_eq!(status, 200);
    assert!(read_by("qpdf", &["--check", "PDF"], &summary).contains("No syntax"));
    for wrong in ["posters.pdf?paper=a9", "posters.pdf?station=77", "posters.pdf?lang=xx"] {
        let (status, _) = app.get_bytes(&format!("{here}/{wrong}")).await;
        assert!(status == 404 || status == 422, "{wrong}: {status}");
    }
}

#[tokio::test]
async fn a_ground_drawn_by_the_renderer_is_the_one_of_the_vector_layers() {
    let Some(program) = std::env::var_os("BUURTSIGNAAL_RENDER") else {
        panic!("BUURTSIGNAAL_RENDER must name the built program of render/")
    };
    let (_app, archive, centre) = quarter().await;
    let bbox = [centre.0 - 0.004, centre.1 - 0.002, centre.0 + 0.004, centre.1 + 0.002];
    let size = [1200, 640];
    let view = Picture::view(bbox, size);
    let contents = around(centre);
    let renderer = Renderer::new(Some(program.into()), PATIENCE);
    let nobody = Renderer::new(Some("/nowhere/at/all".into()), PATIENCE);
    for theme in [Theme::Light, Theme::Dark] {
        let cells = map::cells(&archive, &view, theme, f64::from(cell(size)) * 25.4 / 96.0).unwrap();
        assert_eq!(cells.tiles.len(), 4);
        assert!(
            renderer.draw(&cells, size).is_some(),
            "the renderer draws nothing: does it find a Vulkan driver (Debian's mesa-vulkan-drivers)?"
        );
        let drawn = |renderer: &Renderer| {
            let picture = Picture {
                archive: Some(&archive),
                view: &view,
                contents: &contents,
                theme,
                north: "N",
                size,
                renderer,
            };
            image::load_from_memory(&picture.png(&picture.top().unwrap()).unwrap()).unwrap().to_rgb8()
        };
        let (by_it, by_us) = (drawn(&renderer), drawn(&nobody));
        let golden = format!("{}/tests/reference/ground-{}.png", env!("CARGO_MANIFEST_DIR"), theme.code());
        let golden = image::open(golden).unwrap().to_rgb8();
        for picture in [&by_it, &by_us] {
            let small = image::imageops::thumbnail(picture, golden.width(), golden.height());
            let apart = apart(&small, &golden);
            assert!(apart < 4.0, "{apart} of 255 from the picture that was looked at");
        }
        let apart = apart(&by_it, &by_us);
        assert!(apart < 3.0, "{apart} of 255 apart");
    }
}

/// How far two pictures of one size are from each other: the mean over all pixels and colours.
fn apart(one: &image::RgbImage, other: &image::RgbImage) -> f64 {
    let sum: u64 = one.as_raw().iter().zip(other.as_raw()).map(|(a, b)| u64::from(a.abs_diff(*b))).sum();
    sum as f64 / one.as_raw().len() as f64
}

#[tokio::test]
async fn a_published_answer_is_a_poster_with_its_words_and_a_map_for_its_page() {
    let mut app = TestApp::start(Database::sqlite()).await;
    let seeded = demo::seed(&app.app).await.unwrap();
    app.sign_in(&seeded.people[0].id).await;
    let quarter = format!("/api/neighbourhoods/{}", seeded.neighbourhood.slug);
    let (lon, lat) = seeded.neighbourhood.boundary.centre();
    let spot = json!({"name": "Spoorbrug", "geometry": {"type": "Point", "coordinates": [lon, lat]}});
    let place = app.post(&format!("{quarter}/places"), spot).await.expect(201)["id"].as_str().unwrap().to_owned();
    let here = format!("{quarter}/places/{place}/answer");
    let (status, _) = app.get_bytes(&format!("{here}.pdf")).await;
    assert_eq!(status, 404, "nothing is published yet");

    let words = json!({"said": "Het is hier donker.", "did": "Twee lampen hersteld.", "will_not": "Geen camera: dat helpt niet.",
        "you_can": "Meld een lamp.", "next_check": "2027-03-01", "lang": "nl"});
    app.send(reqwest::Method::PUT, &here, Some(&words)).await.expect(200);
    let published =
        app.post(&format!("{here}/publish"), json!({"approved_by": "Sara Willems, schepen"})).await.expect(201);
    let (status, poster) = app.get_bytes(&format!("{here}.pdf?paper=a2")).await;
    assert_eq!(status, 200, "{}", String::from_utf8_lossy(&poster));
    assert_eq!(check_pdf(&poster, "Spoorbrug – Jullie zeiden, wij deden"), 1);
    let copied = letters(&poster);
    for words in
        ["Hetishierdonker.", "Tweelampenhersteld.", "Geencamera:dathelptniet.", "Meldeenlamp.", "maandag1maart2027"]
    {
        assert!(copied.contains(words), "{words} in {copied}");
    }
    let slug = published["slug"].as_str().unwrap();
    app.sign_out();
    let (status, map) = app.get_bytes(&format!("/answers/{slug}/map.png")).await;
    assert_eq!(status, 200);
    assert_eq!(image::load_from_memory(&map).unwrap().to_rgb8().dimensions(), (800, 600));
    assert_eq!(app.get_bytes("/answers/nothing/map.png").await.0, 404);
}
