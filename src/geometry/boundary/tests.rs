use super::*;
use geo::{Area, Validation};
use proptest::prelude::*;

fn square(w: f64, s: f64, e: f64, n: f64) -> Value {
    json!([[w, s], [e, s], [e, n], [w, n], [w, s]])
}

#[expect(clippy::needless_pass_by_value, reason = "reads better at the call")]
fn polygon(rings: Value) -> Value {
    json!({"type": "Polygon", "coordinates": rings})
}

fn reason(value: &Value) -> String {
    let error = Boundary::parse(value).unwrap_err();
    assert_eq!(error.field.as_deref(), Some("boundary"));
    assert!(!error.reason.contains("4.3"), "positions stay out of errors: {}", error.reason);
    error.reason
}

#[test]
fn it_reads_every_wrapping() {
    let bare = polygon(json!([square(4.3, 50.8, 4.4, 50.9)]));
    let feature = json!({"type": "Feature", "properties": null, "geometry": bare});
    let one = Boundary::parse(&bare).unwrap();
    assert_eq!(Boundary::parse(&feature).unwrap(), one);
    assert_eq!(Boundary::parse(&json!({"type": "FeatureCollection", "features": [feature]})).unwrap(), one);
    let multi = json!({"type": "MultiPolygon", "coordinates": [[square(4.3, 50.8, 4.4, 50.9)]]});
    assert_eq!(Boundary::parse(&multi).unwrap(), one);
    assert_eq!(one.to_geojson(), bare);
    assert!(one.bbox().iter().zip([4.3, 50.8, 4.4, 50.9]).all(|(a, b)| (a - b).abs() < 1e-12));
    assert!((one.centre().0 - 4.35).abs() < 1e-9 && (one.centre().1 - 50.85).abs() < 1e-9);
    assert!((one.area_m2() / 78.3e6 - 1.0).abs() < 0.01, "{}", one.area_m2());
}

#[test]
fn it_mends_what_can_be_mended() {
    // Clockwise, open, with an altitude, a repeated position and far too many decimals.
    let drawn = json!([[4.3, 50.8, 12.0], [4.3, 50.9], [4.3, 50.9], [4.4, 50.900_000_000_4], [4.4, 50.8]]);
    let boundary = Boundary::parse(&polygon(json!([drawn]))).unwrap();
    let ring = boundary.polygons().0[0].exterior().clone();
    assert_eq!(ring.0.len(), 5);
    assert!(ring.is_closed());
    assert!(boundary.polygons().signed_area() > 0.0);
    assert_eq!(boundary.to_geojson()["coordinates"][0].as_array().unwrap().len(), 5);
}

#[test]
fn holes_are_outside_and_the_edge_is_inside() {
    let boundary =
        Boundary::parse(&polygon(json!([square(4.0, 50.0, 4.2, 50.2), square(4.05, 50.05, 4.1, 50.1)]))).unwrap();
    assert!(boundary.contains(4.01, 50.01) && boundary.contains(4.0, 50.1) && boundary.contains(4.05, 50.07));
    assert!(!boundary.contains(4.07, 50.07) && !boundary.contains(4.3, 50.1) && !boundary.contains(f64::NAN, 50.1));
    // RFC 7946: the outside runs anticlockwise, holes clockwise.
    let signed = |ring: &LineString<f64>| Polygon::new(ring.clone(), vec![]).signed_area();
    let shape = &boundary.polygons().0[0];
    assert!(signed(shape.exterior()) > 0.0 && signed(&shape.interiors()[0]) < 0.0);
}

#[test]
fn errors_say_what_and_which_ring() {
    let good = square(4.3, 50.8, 4.4, 50.9);
    for (value, why) in [
        (json!(null), "must be a GeoJSON"),
        (json!({"type": "Point", "coordinates": [4, 50]}), "must be a GeoJSON"),
        (json!({"type": "Feature", "geometry": null}), "must hold a Polygon"),
        (json!({"type": "FeatureCollection", "features": []}), "exactly one feature, it has 0"),
        (json!({"type": "FeatureCollection", "features": [1, 2]}), "exactly one feature, it has 2"),
        (polygon(json!([])), "is empty"),
        (json!({"type": "MultiPolygon", "coordinates": []}), "is empty"),
        (json!({"type": "MultiPolygon", "coordinates": [[]]}), "is empty"),
        (polygon(json!(7)), "no list of coordinates"),
        (polygon(json!([[]])), "ring 1 has fewer than 4"),
        (polygon(json!([[[4.3, 50.8], [4.4, 50.8], [4.3, 50.8]]])), "ring 1 has fewer than 4"),
        (polygon(json!([good, [[4.31, 50.81], ["x", 50.8]]])), "ring 2 has a position 2 that is not two numbers"),
        (polygon(json!([[[50.8, 100.3], [50.9, 100.3], [50.9, 100.4]]])), "longitude comes first"),
        (polygon(json!([[[149_000, 169_000], [149_500, 169_000], [149_500, 169_500]]])), "national grid"),
        (polygon(json!([[[4.3, 50.8], [4.35, 50.85], [4.4, 50.9]]])), "ring 1 has no area"),
        (polygon(json!([[[4.3, 50.8], [4.4, 50.9], [4.4, 50.8], [4.3, 50.9]]])), "the outer ring crosses"),
        (polygon(json!([square(4.3, 50.0, 5.9, 50.9)])), "5,000 km² is the most"),
        (
            json!({"type": "MultiPolygon", "coordinates": [[square(4.3, 50.8, 4.4, 50.9)], [square(-69.0, 12.1, -68.9, 12.2)]]}),
            "reaches more than 150 km",
        ),
        (
            json!({"type": "MultiPolygon", "coordinates": [[good], [square(4.35, 50.85, 4.5, 50.95)]]}),
            "the outer ring of polygon 1 and the outer ring of polygon 2 cross",
        ),
    ] {
        let reason = reason(&value);
        assert!(reason.contains(why), "{why}: {reason}");
    }
}

#[test]
fn a_boundary_as_long_as_may_be_is_read_quickly_and_a_longer_one_refused() {
    let circle = |n: usize| -> Value {
        (0..n)
            .map(|i| (i as f64 / n as f64 * std::f64::consts::TAU).sin_cos())
            .map(|(sin, cos)| json!([4.3 + 0.2 * cos, 50.8 + 0.2 * sin]))
            .collect()
    };
    assert!(Boundary::parse(&polygon(json!([circle(MAX_VERTICES)]))).is_ok());
    assert!(reason(&polygon(json!([circle(MAX_VERTICES + 1)]))).contains("50,000 positions"));
}

#[test]
fn on_the_plane_it_keeps_its_area() {
    let rings = json!([square(4.0, 50.0, 4.4, 50.3), square(4.05, 50.05, 4.1, 50.1)]);
    let boundary = Boundary::parse(&polygon(rings)).unwrap();
    let shape = boundary.on(&Plane::of(&boundary));
    assert!((shape.signed_area() / boundary.area_m2() - 1.0).abs() < 1e-5);
    assert!(shape.is_valid());
}

#[test]
fn rounding_does_not_make_a_shape_unsound() {
    use crate::geometry::sound;
    // Two corners a millimetre apart would become one, and the ring touch itself.
    let eight = geo::wkt!(MULTIPOLYGON(((4. 50., 4.1 50., 4.050_000_010_000_001 50.05, 4.1 50.1, 4. 50.1, 4.049_999_990_000_001 50.05, 4. 50.))));
    let pinched =
        geo::wkt!(MULTIPOLYGON(((4. 50., 4.1 50., 4.050_000_01 50.05, 4.1 50.1, 4. 50.1, 4.050_000_00 50.05, 4. 50.))));
    let crumb = geo::wkt!(MULTIPOLYGON(((4. 50., 4.000_000_01 50., 4. 50.000_000_01, 4. 50.))));
    for shape in [eight, pinched] {
        let sound = sound(&shape).unwrap();
        assert!(sound.is_valid());
        assert!((sound.unsigned_area() / shape.unsigned_area() - 1.0).abs() < 1e-5);
    }
    assert_eq!(sound(&crumb), None);
}

proptest! {
    #[test]
    fn what_is_accepted_is_valid_and_reads_back_the_same(
        points in prop::collection::vec((4.30_f64..4.34, 50.80_f64..50.84), 3..7),
    ) {
        let ring: Vec<_> = points.iter().map(|(x, y)| json!([x, y])).collect();
        if let Ok(boundary) = Boundary::parse(&polygon(json!([ring]))) {
            prop_assert!(boundary.polygons().is_valid());
            prop_assert!(boundary.polygons().signed_area() > 0.0);
            prop_assert_eq!(Boundary::parse(&boundary.to_geojson()).unwrap(), boundary);
        }
    }

    #[test]
    fn contains_agrees_with_the_plane(dx in -900.0..900.0_f64, dy in -900.0..900.0_f64) {
        // A circle of 600 m, drawn in metres: a point is inside when it is nearer than the edge.
        let plane = Plane::at(4.35, 50.85);
        let ring: Vec<_> = (0..360)
            .map(|d| f64::from(d).to_radians().sin_cos())
            .map(|(sin, cos)| plane.to_lonlat(600.0 * cos, 600.0 * sin))
            .map(|(lon, lat)| json!([lon, lat]))
            .collect();
        let boundary = Boundary::parse(&polygon(json!([ring]))).unwrap();
        let (lon, lat) = plane.to_lonlat(dx, dy);
        let d = dx.hypot(dy);
        prop_assume!((d - 600.0).abs() > 0.5);
        prop_assert_eq!(boundary.contains(lon, lat), d < 600.0);
        prop_assert!((boundary.area_m2() - std::f64::consts::PI * 360_000.0).abs() < 100.0);
    }
}
