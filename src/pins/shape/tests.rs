use geo::{Contains, Point};
use serde_json::{Value, json};

use super::*;

fn boundary() -> Boundary {
    // A box of about 2 by 2 km with a bay in its north.
    let ring = json!([
        [3.70, 51.05],
        [3.73, 51.05],
        [3.73, 51.07],
        [3.72, 51.07],
        [3.72, 51.065],
        [3.71, 51.065],
        [3.71, 51.07],
        [3.70, 51.07],
        [3.70, 51.05]
    ]);
    Boundary::parse(&json!({"type": "Polygon", "coordinates": [ring]})).unwrap()
}

fn read(kind: &str, coordinates: &Value) -> Result<Shape, String> {
    serde_json::from_value(json!({"type": kind, "coordinates": coordinates})).map_err(|e| e.to_string())
}

fn check(kind: &str, coordinates: &Value) -> Result<Shape> {
    read(kind, coordinates).unwrap().check(&boundary())
}

#[test]
fn what_is_put_comes_back_the_same() {
    for (kind, coordinates) in [
        ("Point", json!([3.715, 51.06])),
        ("LineString", json!([[3.705, 51.06], [3.71, 51.062], [3.705, 51.06]])),
        ("LineString", json!([[3.705, 51.068], [3.725, 51.068]])),
        ("Polygon", json!([[[3.705, 51.06], [3.71, 51.06], [3.708, 51.062], [3.705, 51.06]]])),
    ] {
        let shape = check(kind, &coordinates).unwrap();
        assert_eq!(serde_json::to_value(&shape).unwrap(), json!({"type": kind, "coordinates": coordinates}));
        assert_eq!(serde_json::from_str::<Shape>(&serde_json::to_string(&shape).unwrap()).unwrap(), shape);
    }
}

#[test]
fn coordinates_must_be_those_of_their_type() {
    for (kind, coordinates, why) in [
        ("Point", json!([[3.7, 51.06]]), "a Point are two numbers"),
        ("Point", json!([3.7, 51.06, 12.0]), "a Point are two numbers"),
        ("LineString", json!([3.7, 51.06]), "a LineString are a list of positions"),
        ("LineString", json!([[3.7, 51.06], [3.7]]), "a LineString are a list of positions"),
        ("Polygon", json!([[3.7, 51.06], [3.71, 51.06]]), "a Polygon are a list of rings"),
        ("MultiPoint", json!([]), "unknown variant"),
        ("Point", json!("here"), "did not match"),
    ] {
        let error = read(kind, &coordinates).unwrap_err();
        assert!(error.contains(why), "{kind}: {error}");
    }
}

#[test]
fn bad_lines_and_areas_are_refused_by_field_and_reason() {
    let square = |m: f64| {
        let (w, s) = (3.715, 51.06);
        let (e, n) = (w + m / 70_000.0, s + m / 111_000.0);
        json!([[[w, s], [e, s], [e, n], [w, n], [w, s]]])
    };
    let many = |n: u32| (0..n).map(|i| json!([3.7 + f64::from(i) * 1e-4, 51.06])).collect::<Value>();
    assert!(check("Polygon", &square(30.0)).is_ok() && check("Polygon", &square(480.0)).is_ok());
    assert!(check("LineString", &many(100)).is_ok());
    for (kind, coordinates, field, why) in [
        ("Point", json!([5.0, 51.0]), "geometry", "outside the neighbourhood"),
        ("LineString", json!([]), "geometry.coordinates", "2 to 100"),
        ("LineString", json!([[3.71, 51.06]]), "geometry.coordinates", "2 to 100"),
        ("LineString", json!([[3.71, 51.06], [3.71, 51.06]]), "geometry.coordinates", "2 to 100"),
        ("LineString", json!([[3.71, 51.06], [3.71, 51.0601]]), "geometry.coordinates", "this one 11 m"),
        (
            "LineString",
            json!([[3.70, 51.05], [3.73, 51.05], [3.70, 51.05], [3.73, 51.05]]),
            "geometry.coordinates",
            "5 km",
        ),
        ("LineString", json!([[3.71, 51.06], [3.8, 51.06]]), "geometry.coordinates[1]", "every corner must lie inside"),
        ("LineString", json!([[51.06, 103.71], [3.71, 51.06]]), "geometry.coordinates[0]", "longitude comes first"),
        ("LineString", many(102), "geometry.coordinates", "more than 100"),
        ("LineString", many(101), "geometry.coordinates", "2 to 100"),
        ("Polygon", json!([]), "geometry.coordinates[0]", "3 to 100"),
        ("Polygon", json!([[]]), "geometry.coordinates[0]", "3 to 100"),
        ("Polygon", json!([[[3.71, 51.06], [3.72, 51.06], [3.715, 51.062]]]), "geometry.coordinates[0]", "not closed"),
        ("Polygon", json!([[[3.71, 51.06], [3.72, 51.06], [3.71, 51.06]]]), "geometry.coordinates[0]", "3 to 100"),
        (
            "Polygon",
            json!([[[3.71, 51.06], [3.72, 51.062], [3.72, 51.06], [3.71, 51.062], [3.71, 51.06]]]),
            "geometry.coordinates[0]",
            "crosses or touches itself",
        ),
        ("Polygon", square(15.0), "geometry.coordinates[0]", "400 m² to 25 ha"),
        ("Polygon", square(520.0), "geometry.coordinates[0]", "400 m² to 25 ha"),
        ("Polygon", json!([square(100.0)[0], square(30.0)[0]]), "geometry.coordinates", "no holes"),
        (
            "Polygon",
            json!([[[3.715, 51.06], [3.72, 51.06], [3.715, 51.067], [3.715, 51.06]]]),
            "geometry.coordinates[0][2]",
            "every corner must lie inside",
        ),
    ] {
        let error = check(kind, &coordinates).unwrap_err();
        assert_eq!(error.field.as_deref(), Some(field), "{coordinates} {}", error.reason);
        assert!(error.reason.contains(why), "{coordinates}: {}", error.reason);
    }
    for bad in [f64::NAN, f64::INFINITY] {
        let line = Shape::LineString { coordinates: vec![[3.71, 51.06], [bad, 51.06]] };
        assert!(line.check(&boundary()).unwrap_err().reason.contains("finite"));
    }
}

#[test]
fn the_middle_lies_on_the_shape() {
    let line = read("LineString", &json!([[3.70, 51.05], [3.71, 51.05], [3.71, 51.07]])).unwrap();
    let [lon, lat] = line.middle();
    // 700 m east, 2,225 m north: halfway is 762 m up the second edge.
    assert!((lon - 3.71).abs() < 1e-9 && (lat - 51.0569).abs() < 1e-4, "{lon} {lat}");
    let hook = read("Polygon", &json!([[[0, 0], [9, 0], [9, 1], [1, 1], [1, 9], [0, 9], [0, 0]]])).unwrap();
    let [lon, lat] = hook.middle();
    assert!(Polygon::new(hook.ring().unwrap(), vec![]).contains(&Point::new(lon, lat)));
}
