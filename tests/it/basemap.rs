//! From an OpenStreetMap extract to the tiles and names that pages show.

mod town;

use std::collections::BTreeSet;
use std::io::Read;
use std::path::Path;

use buurtsignaal::basemap::archive::Archives;
use buurtsignaal::basemap::{self, Basemap, Layer, Resolved, Schema, Step, osm, parse_bounds, tiles};
use geo::{BoundingRect, Contains, Coord, Geometry, Point, Rect};

use crate::pbf::{Extract, blob};
use crate::support::on_both;
use town::{Folder, import, lon_lat, open, place, shown, town};

#[test]
fn a_town_is_drawn_with_its_names_classes_and_holes() {
    let folder = Folder::new();
    let mut town = town();
    town.0.bounds = Some([4.3, 50.8, 4.4, 50.9]);
    let summary = import(&folder, &town.0.bytes(), None).unwrap();
    assert_eq!(summary.missing_nodes, 3);
    assert_eq!(folder.names(), BTreeSet::from(["town.osm.pbf", "town.paths", "town.pmtiles"].map(str::to_owned)));
    let archive = open(&folder, "town");
    assert_eq!(archive.schema, Schema::Buurtsignaal);
    assert_eq!((archive.min_zoom, archive.max_zoom), (10, 15));
    assert_eq!(archive.attribution, "© OpenStreetMap");

    let all = shown(&archive, summary.bounds, 15);
    let on = |layer: &str, class: &str, x: f64, y: f64| {
        all.iter().any(|one| one.is(layer, class) && one.shape.contains(&lon_lat(x, y)))
    };
    // The wood is ground all around its clearing, also where two members meet; the pond around its island.
    for (x, y, inside) in
        [(110.0, 110.0, true), (150.0, 150.0, true), (105.0, 155.0, true), (130.0, 130.0, false), (99.0, 99.0, false)]
    {
        assert_eq!(on("landuse", "wood", x, y), inside, "wood at {x}, {y}");
    }
    for (x, y, inside) in [(55.0, 105.0, true), (65.0, 115.0, false)] {
        assert_eq!(on("water", "lake", x, y), inside, "pond at {x}, {y}");
    }
    assert!(on("landuse", "school", 10.0, 60.0) && on("building", "building", 6.0, 6.0));
    assert!(!all.iter().any(|one| one.class == "farm"), "half an edge encloses nothing");
    // A thing near the edge of a tile stands on the next one too; but no building is where only its corners were.
    let house = Rect::new(lon_lat(4.9, 4.9).0, lon_lat(7.1, 7.1).0);
    let buildings = || all.iter().filter(|one| one.layer == "building");
    assert!(buildings().all(|one| house.contains(&one.shape.bounding_rect().unwrap())) && buildings().count() > 0);

    let named = |name: &str| all.iter().filter(|one| one.name.as_deref() == Some(name)).collect::<Vec<_>>();
    let street = named("Kerkstraat");
    assert!(street.iter().all(|one| one.is("street", "minor") && !one.tunnel));
    assert!(street.iter().all(|one| matches!(one.shape, Geometry::LineString(_))), "the two ways are one line");
    assert!(named("Vóórpad").iter().all(|one| one.is("street", "path") && one.tunnel));
    assert!(named("Spookweg").is_empty());
    assert!(named("Kerk").iter().all(|one| one.is("place", "stop")) && named("Kerk").len() == 2);
    assert!(named("Kerkdorp").len() == 1 && named("Kerkdorp")[0].is("locality", "village"));
    let school = named("École Œuvre");
    assert!(school.len() == 1 && school[0].is("place", "school"));
    let wall = Rect::new(lon_lat(0.0, 50.0).0, lon_lat(20.0, 70.0).0);
    assert!(wall.contains(&school[0].shape.bounding_rect().unwrap().center()));

    // From far away only the large and the named remain.
    let far = shown(&archive, summary.bounds, 11);
    let layers: BTreeSet<&str> = far.iter().map(|one| one.layer.as_str()).collect();
    assert_eq!(layers, BTreeSet::from(["landuse", "locality", "water"]));
}

#[test]
fn every_way_of_reading_the_same_town_gives_the_same_bytes() {
    let folder = Folder::new();
    let bytes = town().0.bytes();
    import(&folder, &bytes, None).unwrap();
    let first = std::fs::read(folder.path("town.pmtiles")).unwrap();
    let mut steps = Vec::new();
    basemap::import(
        &folder.path("town.osm.pbf"),
        None,
        &folder.path("town.pmtiles"),
        "© OpenStreetMap",
        &mut |progress| {
            assert!(progress.done <= progress.total);
            steps.push((progress.step, progress.done == progress.total));
        },
    )
    .unwrap();
    assert_eq!(std::fs::read(folder.path("town.pmtiles")).unwrap(), first);
    for step in Step::ALL {
        assert!(steps.contains(&(*step, true)), "{step:?} comes to its end");
    }
}

#[test]
fn a_box_cuts_the_town() {
    let folder = Folder::new();
    // Through the wood and its clearing, and along Kerkstraat, of which no node lies inside.
    let bytes = town().0.bytes();
    let bbox = Rect::new(lon_lat(105.0, 90.0).0, lon_lat(130.0, 170.0).0);
    let summary = import(&folder, &bytes, Some(bbox)).unwrap();
    assert_eq!(summary.bounds, bbox);
    let all = shown(&open(&folder, "town"), bbox, 15);
    assert!(all.iter().all(|one| one.is("landuse", "wood")), "{all:?}");
    // The same wood stands on each tile it touches, so areas cannot be added up; spots can be asked for.
    let wood = |x: f64, y: f64| all.iter().any(|one| one.shape.contains(&lon_lat(x, y)));
    assert!(
        wood(106.0, 130.0) && wood(125.0, 105.0) && !wood(125.0, 130.0) && !wood(103.0, 130.0) && !wood(135.0, 105.0)
    );

    let bbox = Rect::new(lon_lat(12.0, -5.0).0, lon_lat(18.0, 5.0).0);
    import(&folder, &bytes, Some(bbox)).unwrap();
    let all = shown(&open(&folder, "town"), bbox, 15);
    let street = all.iter().find(|one| one.layer == "street").unwrap();
    assert_eq!(street.name.as_deref(), Some("Kerkstraat"));
    let reach = street.shape.bounding_rect().unwrap();
    assert!((reach.width() - 6e-4).abs() < 2e-5, "{reach:?}");
}

#[track_caller]
fn fails(folder: &Folder, bytes: &[u8], bbox: Option<Rect<f64>>, why: &str) {
    let error = import(folder, bytes, bbox).unwrap_err();
    assert!(error.to_string().contains(why), "{error}");
    assert!(error.field.as_deref().is_some_and(|field| field == "bbox" || field.ends_with("town.osm.pbf")), "{error}");
    assert_eq!(folder.names(), BTreeSet::from(["town.osm.pbf".to_owned()]), "nothing is left behind");
}

#[test]
fn what_is_no_extract_is_said_to_be_none_and_nothing_is_written() {
    let folder = Folder::new();
    let bytes = town().0.bytes();
    fails(&folder, b"", None, "is empty");
    fails(&folder, b"x", None, "not an OpenStreetMap extract");
    fails(&folder, b"<?xml version=\"1.0\"?><osm version=\"0.6\"></osm>", None, "not an OpenStreetMap extract");
    fails(&folder, b"PK\x03\x04 a zip of something", None, "not an OpenStreetMap extract");
    fails(&folder, &[0; 5000], None, "not an OpenStreetMap extract");
    fails(&folder, &bytes[bytes.len() / 3..], None, "not an OpenStreetMap extract");
    fails(&folder, &[&bytes[..], b"abc"].concat(), None, "ends too early");
    for cut in (1..bytes.len()).step_by(7) {
        // Cut between two blocks it is a whole file of less; anywhere else it is cut off.
        match import(&folder, &bytes[..cut], None) {
            Ok(_) => {
                for file in ["town.pmtiles", "town.paths"] {
                    std::fs::remove_file(folder.path(file)).unwrap();
                }
            }
            Err(error) => {
                assert!(error.field.as_deref().is_some_and(|field| field.ends_with("town.osm.pbf")), "{error}");
                assert_eq!(folder.names().len(), 1);
            }
        }
    }
    fails(&folder, &bytes[..bytes.len() - 1], None, "ends too early");
    fails(&folder, &Extract::default().bytes(), None, "nothing to draw");
    fails(&folder, &bytes, parse_bounds("bbox", "10,40,11,41").ok(), "it covers 4.3500,50.8499,");
    let nan = Rect::new(Coord { x: f64::NAN, y: 50.0 }, Coord { x: 5.0, y: 51.0 });
    fails(&folder, &bytes, Some(nan), "finite");
    let mut needing = Vec::new();
    blob(&mut needing, "OSMHeader", b"\x22\x0eOsmSchema-V0.6\x22\x0bHistoricalX");
    fails(&folder, &needing, None, "HistoricalX");

    let error =
        basemap::import(&folder.path("none.osm.pbf"), None, &folder.path("a.pmtiles"), "", &mut |_| {}).unwrap_err();
    assert!(error.to_string().contains("none.osm.pbf: cannot be read"), "{error}");
    let error = basemap::import(&folder.0, None, &folder.path("a.pmtiles"), "", &mut |_| {}).unwrap_err();
    assert!(error.to_string().contains("is a folder"), "{error}");
    let out = folder.path("no/such/a.pmtiles");
    let error = basemap::import(&folder.path("town.osm.pbf"), None, &out, "", &mut |_| {}).unwrap_err();
    assert!(error.to_string().contains("there is no folder"), "{error}");
}

#[test]
fn damage_anywhere_never_brings_the_program_down() {
    let folder = Folder::new();
    let bytes = town().0.bytes();
    let mut refused = 0;
    for at in 0..bytes.len() {
        let mut damaged = bytes.clone();
        damaged[at] ^= 1 << (at % 8);
        if import(&folder, &damaged, None).is_err() {
            refused += 1;
        }
    }
    // The rest of the damage is in what nobody reads, or makes another town.
    assert!(refused > bytes.len() / 2, "{refused} of {}", bytes.len());
}

/// A layer with one thing: its name, the thing's tags, and whether it is a line.
type One<'a> = (&'a str, &'a [(&'a str, &'a str)], bool);

/// Writes an archive in another schema: layers of named things at zoom 14, under one tile.
fn foreign(path: &Path, layers: &[One<'_>], at: Point<f64>, attribution: &str) {
    let mut tile = mvt::Tile::new(4096);
    for (name, tags, line) in layers {
        let layer = tile.create_layer(name);
        let kind = if *line { mvt::GeomType::Linestring } else { mvt::GeomType::Point };
        let mut geometry = mvt::GeomEncoder::<i32>::new(kind);
        geometry.add_point(1000, 1000).unwrap();
        if *line {
            geometry.add_point(3000, 1000).unwrap();
        }
        let mut feature = layer.into_feature(geometry.encode().unwrap());
        tags.iter().for_each(|(key, value)| feature.add_tag_string(key, value));
        tile.add_layer(feature.into_layer()).unwrap();
    }
    let (x, y) = place(at, 14);
    let ids: Vec<_> = layers.iter().map(|(name, ..)| serde_json::json!({"id": name, "fields": {}})).collect();
    let metadata = serde_json::json!({"vector_layers": ids, "attribution": attribution});
    let mut writer = pmtiles::PmTilesWriter::new(pmtiles::TileType::Mvt)
        .tile_compression(pmtiles::Compression::None)
        .min_zoom(0)
        .max_zoom(14)
        .bounds(at.x() - 0.02, at.y() - 0.02, at.x() + 0.02, at.y() + 0.02)
        .metadata(metadata.to_string())
        .create(std::fs::File::create(path).unwrap())
        .unwrap();
    writer.add_tile(pmtiles::TileCoord::new(14, x, y).unwrap(), &tile.to_bytes().unwrap()).unwrap();
    writer.finalize().unwrap();
}

const OPENMAPTILES: &[One<'_>] = &[
    ("transportation", &[("class", "minor")], true),
    ("transportation_name", &[("class", "minor"), ("name", "Beekstraat")], true),
    ("poi", &[("class", "place_of_worship"), ("name", "Sint-Jan")], false),
    ("place", &[("class", "village"), ("name:latin", "Beek")], false),
];

const SHORTBREAD: &[One<'_>] = &[
    ("streets", &[("kind", "residential")], true),
    ("street_labels", &[("kind", "residential"), ("name", "Beekstraat")], true),
    ("pois", &[("amenity", "place_of_worship"), ("name", "Sint-Jan")], false),
    ("place_labels", &[("kind", "village"), ("name", "Beek")], false),
];

#[test]
fn names_are_found_in_every_schema() {
    let folder = Folder::new();
    let (here, there) = (lon_lat(0.0, 0.0), Point::new(5.5, 52.1));
    foreign(&folder.path("omt.pmtiles"), OPENMAPTILES, here, "<a href='x'>&copy; Gemeente</a>");
    foreign(&folder.path("short.pmtiles"), SHORTBREAD, there, "");
    let archives = Archives::open(&folder.0).unwrap();
    for (name, schema, at) in [("omt", Schema::OpenMapTiles, here), ("short", Schema::Shortbread, there)] {
        let archive = archives.get(name).unwrap();
        assert_eq!(archive.schema, schema);
        let names = archive.names(None).unwrap();
        let found =
            |question: &str| names.search(question, None, 9).into_iter().map(|n| (n.name, n.kind)).collect::<Vec<_>>();
        assert_eq!(found("BÉEK"), [("Beek".to_owned(), "village"), ("Beekstraat".to_owned(), "street")]);
        assert_eq!(found("jan"), [("Sint-Jan".to_owned(), "church")]);
        let places = names.places(None, 9);
        assert_eq!(places.len(), 1);
        // The tile begins west and north of the point; the church is a quarter of the tile in.
        assert!((places[0].lon - at.x()).abs() < 0.022 && (places[0].lat - at.y()).abs() < 0.022, "{places:?}");
    }
    assert_eq!(archives.get("omt").unwrap().attribution, "© Gemeente");
    assert_eq!(archives.get("short").unwrap().attribution, "© OpenStreetMap");
}

#[test]
fn the_best_archive_is_the_one_that_covers_most() {
    let folder = Folder::new();
    import(&folder, &town().0.bytes(), None).unwrap();
    foreign(&folder.path("wide.pmtiles"), OPENMAPTILES, lon_lat(100.0, 100.0), "");
    let archives = Archives::open(&folder.0).unwrap();
    let best = |west: f64, south: f64, east: f64, north: f64| {
        let (min, max) = (lon_lat(west, south), lon_lat(east, north));
        let map = archives.resolve(&Basemap::default(), [min.x(), min.y(), max.x(), max.y()]);
        let Resolved::Archive(map) = map else { panic!("{map:?}") };
        map.archive
    };
    assert_eq!(best(10.0, 10.0, 90.0, 90.0).as_deref(), Some("town"), "both cover it, one is deeper");
    assert_eq!(best(-80.0, -80.0, 250.0, 250.0).as_deref(), Some("wide"));
    assert_eq!(best(9000.0, 9000.0, 9010.0, 9010.0), None);
    let named = |name: &str| archives.resolve(&Basemap::Archive { archive: Some(name.into()) }, [0.0; 4]);
    assert!(matches!(named("wide"), Resolved::Archive(map) if map.schema == Some(Schema::OpenMapTiles)));
    assert!(matches!(named("gone"), Resolved::Archive(map) if map.archive.is_none()));
}

#[test]
fn a_broken_archive_is_left_out_and_a_new_one_comes_in() {
    let folder = Folder::new();
    import(&folder, &town().0.bytes(), None).unwrap();
    let good = std::fs::read(folder.path("town.pmtiles")).unwrap();
    let archives = Archives::open(&folder.0).unwrap();
    let names = || archives.all().iter().map(|archive| archive.name.clone()).collect::<Vec<_>>();
    for cut in [0, 1, 50, 127, 200, 16_000, 16_400] {
        std::fs::write(folder.path("half.pmtiles"), &good[..cut]).unwrap();
        assert_eq!(names(), ["town"], "cut at {cut}");
    }
    std::fs::write(folder.path("half.pmtiles"), [&good[..7], &vec![255; 20_000]].concat()).unwrap();
    std::fs::write(folder.path("no name.pmtiles"), &good).unwrap();
    std::fs::create_dir(folder.path("folder.pmtiles")).unwrap();
    assert_eq!(names(), ["town"]);
    std::fs::write(folder.path("new.pmtiles"), &good).unwrap();
    assert_eq!(names(), ["new", "town"]);

    // Replaced while it is open: who holds the old one reads on, and the new one, cut short, is left out.
    let archive = archives.get("new").unwrap();
    std::fs::write(folder.path("cut"), &good[..16_500]).unwrap();
    std::fs::rename(folder.path("cut"), folder.path("new.pmtiles")).unwrap();
    let (x, y) = place(lon_lat(0.0, 0.0), 15);
    assert!(archive.tile(15, x, y).unwrap().is_some());
    assert_eq!(archive.tile(15, 0, 0).unwrap(), None);
    assert!(archive.tile(15, 1 << 15, 0).is_err());
    assert_eq!(names(), ["town"]);
}

#[test]
fn damage_in_an_archive_costs_names_and_nothing_else() {
    let folder = Folder::new();
    foreign(&folder.path("omt.pmtiles"), OPENMAPTILES, lon_lat(0.0, 0.0), "");
    let good = std::fs::read(folder.path("omt.pmtiles")).unwrap();
    let (mut left, mut all) = (0, 0);
    // The header and the tile, bit by bit; between them is room.
    for at in (0..200).chain(16_384..good.len()) {
        let mut damaged = good.clone();
        damaged[at] ^= 1 << (at % 8);
        std::fs::write(folder.path("omt.pmtiles"), &damaged).unwrap();
        all += 1;
        let Some(archive) = Archives::open(&folder.0).unwrap().get("omt") else { continue };
        left += archive.names(None).map_or(0, |names| usize::from(names.len() == 3));
    }
    assert!(left > 0 && left < all, "{left} of {all}");
}

#[test]
fn a_street_is_one_name_and_the_nearest_name_is_what_people_would_say() {
    let folder = Folder::new();
    import(&folder, &town().0.bytes(), None).unwrap();
    let archive = open(&folder, "town");
    let names = archive.names(None).unwrap();
    let found =
        |question: &str| names.search(question, None, 9).into_iter().map(|n| (n.name, n.kind)).collect::<Vec<_>>();
    let of =
        |list: &[(&str, &'static str)]| list.iter().map(|(name, kind)| ((*name).to_owned(), *kind)).collect::<Vec<_>>();
    // The two stops of one name are one; what is called exactly so comes first, streets before the rest.
    assert_eq!(found("kerk"), of(&[("Kerk", "stop"), ("Kerkstraat", "street"), ("Kerkdorp", "village")]));
    assert_eq!(found("voorpad"), of(&[("Vóórpad", "street")]));
    assert_eq!(found("oeuvre"), of(&[("École Œuvre", "school")]));
    assert_eq!(found("straat"), of(&[("Kerkstraat", "street")]));
    assert_eq!(names.search("kerk", None, 1).len(), 1);
    let street = &names.search("Kerkstraat", None, 1)[0];
    let line = geo::Line::new(lon_lat(0.0, 0.0).0, lon_lat(20.0, 0.0).0);
    assert!((street.lat - line.start.y).abs() < 3e-5 && (line.start.x..line.end.x).contains(&street.lon), "{street:?}");
    // In a box around its end the street is shown there.
    let end = Rect::new(lon_lat(27.0, -1.0).0, lon_lat(33.0, 5.0).0);
    let street = &names.search("Kerkstraat", Some(end), 1)[0];
    assert!(end.contains(&Point::new(street.lon, street.lat)) && names.search("Vóórpad", Some(end), 1).is_empty());
    let places: Vec<_> = names.places(None, 9).into_iter().map(|name| name.name).collect();
    assert_eq!(places, ["École Œuvre", "Kerk"]);

    let nearest = |x: f64, y: f64, within_m: f64| {
        let at = lon_lat(x, y);
        names.nearest(at.x(), at.y(), within_m).map(|name| name.name)
    };
    assert_eq!(nearest(14.0, 3.0, 200.0).as_deref(), Some("Kerk"));
    assert_eq!(nearest(28.0, 2.0, 200.0).as_deref(), Some("Kerkstraat"), "the stop is 90 m off");
    assert_eq!(nearest(21.0, 25.0, 200.0).as_deref(), Some("Vóórpad"));
    assert_eq!(nearest(130.0, 60.0, 200.0), None);
}

#[test]
fn a_region_is_searched_in_parts() {
    let folder = Folder::new();
    import(&folder, &town().0.bytes(), None).unwrap();
    let extract = osm::read(&folder.path("town.osm.pbf"), None, &mut |_| {}).unwrap();
    let region = parse_bounds("bbox", "4.0,50.5,6.0,52.0").unwrap();
    let info = tiles::Info { name: "region", attribution: "© OpenStreetMap" };
    tiles::write(extract.features, region, &info, &folder.path("region.pmtiles")).unwrap();
    let archive = open(&folder, "region");
    assert_eq!(archive.names(None).unwrap_err().field.as_deref(), Some("bbox"));
    assert_eq!(archive.names(Some(region)).unwrap_err().field.as_deref(), Some("bbox"));
    let names = archive.names(parse_bounds("bbox", "4.34,50.84,4.36,50.86").ok()).unwrap();
    assert_eq!(names.search("kerkstraat", None, 9).len(), 1);
}

#[test]
fn every_layer_is_told_of_in_the_archive() {
    let folder = Folder::new();
    import(&folder, &town().0.bytes(), None).unwrap();
    let bytes = std::fs::read(folder.path("town.pmtiles")).unwrap();
    let number = |at: usize| usize::try_from(u64::from_le_bytes(bytes[at..at + 8].try_into().unwrap())).unwrap();
    let mut metadata = String::new();
    let (from, length) = (number(24), number(32));
    flate2::read::GzDecoder::new(&bytes[from..from + length]).read_to_string(&mut metadata).unwrap();
    let metadata: serde_json::Value = serde_json::from_str(&metadata).unwrap();
    assert_eq!((&metadata["schema"], &metadata["name"]), (&"buurtsignaal".into(), &"town".into()));
    let layers: Vec<_> =
        metadata["vector_layers"].as_array().unwrap().iter().map(|layer| layer["id"].clone()).collect();
    assert_eq!(layers, Layer::ALL.iter().map(|layer| layer.code()).collect::<Vec<_>>());
}

#[tokio::test]
async fn pages_get_tiles_and_names() {
    on_both(async |mut app| {
        let folder = Folder::new();
        import(&folder, &town().0.bytes(), None).unwrap();
        let basemaps = app.app.settings.basemaps();
        std::fs::copy(folder.path("town.pmtiles"), basemaps.join("town.pmtiles")).unwrap();
        std::fs::write(basemaps.join("broken.pmtiles"), b"not at all").unwrap();

        assert_eq!(app.get("/basemap/archives").await.problem(401), "not_signed_in");
        app.sign_in_new("lotte@example.org", true).await;
        let list = app.get("/basemap/archives").await.expect(200);
        assert_eq!(list.as_array().unwrap().len(), 1);
        let map = &list[0];
        assert_eq!(
            (&map["kind"], &map["archive"], &map["schema"]),
            (&"archive".into(), &"town".into(), &"buurtsignaal".into())
        );
        assert_eq!(map["tiles"], "/basemap/town/{z}/{x}/{y}.mvt");
        assert_eq!(
            (&map["min_zoom"], &map["max_zoom"], &map["attribution"]),
            (&10.into(), &15.into(), &"© OpenStreetMap".into())
        );
        app.sign_out();

        let (x, y) = place(lon_lat(5.0, 5.0), 15);
        let tile = format!("/basemap/town/15/{x}/{y}.mvt");
        let ask = async |path: &str, headers: &[(&str, &str)]| {
            let request = app.browser.get(format!("{}{path}", app.address));
            headers.iter().fold(request, |request, (name, value)| request.header(*name, *value)).send().await.unwrap()
        };
        let packed = ask(&tile, &[("accept-encoding", "br, gzip")]).await;
        assert_eq!(packed.status(), 200);
        let header = |response: &reqwest::Response, name: &str| response.headers()[name].to_str().unwrap().to_owned();
        assert_eq!(header(&packed, "content-type"), "application/vnd.mapbox-vector-tile");
        assert_eq!(header(&packed, "content-encoding"), "gzip");
        assert!(header(&packed, "cache-control").starts_with("public, max-age="));
        let mark = header(&packed, "etag");
        let packed = packed.bytes().await.unwrap();
        let mut unpacked = Vec::new();
        flate2::read::GzDecoder::new(&packed[..]).read_to_end(&mut unpacked).unwrap();
        for refusing in ["identity", "gzip;q=0", "br"] {
            let plain = ask(&tile, &[("accept-encoding", refusing)]).await;
            assert!(!plain.headers().contains_key("content-encoding"), "{refusing}");
            assert_ne!(header(&plain, "etag"), mark);
            assert_eq!(plain.bytes().await.unwrap(), unpacked);
        }
        let known = ask(&tile, &[("accept-encoding", "gzip"), ("if-none-match", &mark)]).await;
        assert_eq!((known.status().as_u16(), header(&known, "etag")), (304, mark));
        assert!(known.bytes().await.unwrap().is_empty());
        assert_eq!(ask(&tile, &[("accept-encoding", "gzip"), ("if-none-match", "\"old\"")]).await.status(), 200);
        assert_eq!(ask("/basemap/town/15/0/0.mvt", &[]).await.status(), 204);
        assert_eq!(ask("/basemap/town/3/0/0.mvt", &[]).await.status(), 204);
        for wrong in [
            "/basemap/nowhere/15/0/0.mvt",
            "/basemap/broken/15/0/0.mvt",
            "/basemap/town/15/99999/0.mvt",
            "/basemap/town/15/0/0",
            "/basemap/town/15/0/0.png",
            "/basemap/town/x/0/0.mvt",
            "/basemap/town/99/0/0.mvt",
            "/basemap/..%2Ftown/15/0/0.mvt",
            "/basemap/town.pmtiles/15/0/0.mvt",
            "/basemap/nowhere/names",
        ] {
            assert_eq!(app.get(wrong).await.problem(404), "not_found", "{wrong}");
        }

        let found = app.get("/basemap/town/names?q=KERKs").await.expect(200);
        assert_eq!((&found[0]["name"], &found[0]["kind"]), (&"Kerkstraat".into(), &"street".into()));
        assert!(found[0]["lon"].is_f64() && found[0]["lat"].is_f64());
        let places = app.get("/basemap/town/names?bbox=4.349,50.849,4.353,50.852").await.expect(200);
        assert_eq!(places.as_array().unwrap().len(), 1, "{places}");
        let everything =
            app.get("/basemap/town/names?all=true&limit=5000&bbox=4.349,50.849,4.353,50.852").await.expect(200);
        let kinds: Vec<_> = everything.as_array().unwrap().iter().map(|name| name["kind"].as_str().unwrap()).collect();
        assert!(kinds.contains(&"street") && kinds.len() > places.as_array().unwrap().len(), "{kinds:?}");
        assert_eq!(app.get("/basemap/town/names?limit=5000").await.field(400), "limit");
        assert_eq!(app.get("/basemap/town/names?q=kerk&limit=2").await.expect(200).as_array().unwrap().len(), 2);
        assert_eq!(app.get("/basemap/town/names?bbox=NaN,1,2,3").await.field(400), "bbox");
        assert_eq!(app.get("/basemap/town/names?limit=0").await.field(400), "limit");
        assert_eq!(app.get(&format!("/basemap/town/names?q={}", "k".repeat(101))).await.field(400), "q");
    })
    .await;
}
