//! The buildings one knows the quarter by, and its points of orientation.

use geo::{BooleanOps, Coord, MultiPolygon, Polygon, Rotate, coord, point};

use super::curve::At;

/// A building of one or more wings: where its middle lies, how far it is turned (degrees to the left), and for
/// each wing the offset of its middle, width and depth.
type Landmark = (At, f64, &'static [(f64, f64, f64, f64)]);

/// The outlines of the landmarks.
pub(super) fn outlines() -> Vec<Polygon> {
    LANDMARKS.iter().flat_map(|&(middle, turn, wings)| outline(middle, turn, wings)).collect()
}

fn outline((x, y): At, turn: f64, wings: &[(f64, f64, f64, f64)]) -> MultiPolygon {
    let whole = wings.iter().fold(MultiPolygon::empty(), |whole, &(dx, dy, width, depth)| {
        let low: Coord = coord! { x: x + dx - width / 2.0, y: y + dy - depth / 2.0 };
        let high = coord! { x: low.x + width, y: low.y + depth };
        whole.union(&geo::Rect::new(low, high).to_polygon())
    });
    whole.rotate_around_point(turn, point!(x: x, y: y))
}

#[rustfmt::skip]
const LANDMARKS: &[Landmark] = &[
    // church: nave, aisles, transept, tower, choir
    ((-214.0, 132.0), 8.0, &[(0.0, 0.0, 44.0, 18.0), (4.0, 0.0, 12.0, 32.0), (-26.0, 0.0, 11.0, 11.0), (24.0, 0.0, 10.0, 11.0), (14.0, 10.0, 8.0, 5.0)]),
    // town hall with belfry
    ((-128.0, 64.0), -11.0, &[(0.0, 0.0, 40.0, 17.0), (0.0, 6.0, 8.0, 12.0), (-15.0, -10.0, 10.0, 14.0), (15.0, -10.0, 10.0, 14.0)]),
    // library, an L with a reading room
    ((-88.0, -268.0), -8.0, &[(0.0, 8.0, 48.0, 18.0), (-16.0, -12.0, 16.0, 34.0)]),
    // station with canopies over two platforms
    ((245.0, -282.0), 11.5, &[(0.0, 0.0, 36.0, 15.0), (-34.0, -1.0, 32.0, 10.0), (34.0, -1.0, 32.0, 10.0), (0.0, 4.0, 14.0, 14.0)]),
    ((238.0, -306.0), 11.5, &[(0.0, 0.0, 150.0, 4.5)]),
    ((262.0, -317.5), 11.5, &[(0.0, 0.0, 130.0, 4.5)]),
    // bicycle shed and bus shelters
    ((330.0, -240.0), 11.0, &[(0.0, 0.0, 44.0, 8.0)]),
    // primary school, a U around the playground, and its gym
    ((318.0, 148.0), -42.0, &[(0.0, 20.0, 78.0, 13.0), (-32.0, -2.0, 13.0, 40.0), (32.0, 0.0, 13.0, 36.0)]),
    ((292.0, 98.0), -12.0, &[(0.0, 0.0, 26.0, 16.0)]),
    // secondary school
    ((600.0, 492.0), 13.0, &[(0.0, 26.0, 110.0, 15.0), (-47.0, 0.0, 15.0, 60.0), (20.0, 2.0, 14.0, 50.0), (-10.0, -24.0, 70.0, 14.0)]),
    ((716.0, 514.0), 13.0, &[(0.0, 0.0, 40.0, 26.0), (-28.0, 14.0, 24.0, 12.0)]),
    // the spinning mill: halls, engine house, chimney
    ((402.0, 468.0), 6.0, &[(0.0, 14.0, 58.0, 34.0), (-14.0, -22.0, 30.0, 44.0), (34.0, 22.0, 14.0, 20.0)]),
    ((464.0, 486.0), 6.0, &[(0.0, 0.0, 48.0, 40.0), (0.0, 24.0, 20.0, 10.0)]),
    ((444.0, 460.0), 6.0, &[(0.0, 0.0, 4.0, 4.0)]),
    // slabs of flats
    ((-105.0, -600.0), 6.0, &[(0.0, 0.0, 70.0, 12.0), (0.0, 7.0, 8.0, 4.0)]),
    ((-100.0, -645.0), 6.0, &[(0.0, 0.0, 70.0, 12.0), (0.0, 7.0, 8.0, 4.0)]),
    ((30.0, -580.0), 14.0, &[(0.0, 0.0, 72.0, 12.0), (10.0, 7.0, 8.0, 4.0)]),
    ((35.0, -618.0), 14.0, &[(0.0, 0.0, 84.0, 12.0), (-10.0, 7.0, 8.0, 4.0)]),
    ((172.0, -530.0), 42.0, &[(0.0, 0.0, 66.0, 12.0), (8.0, 7.0, 8.0, 4.0)]),
    ((186.0, -578.0), 42.0, &[(0.0, 0.0, 60.0, 12.0), (8.0, 7.0, 8.0, 4.0)]),
    ((232.0, -508.0), 70.0, &[(0.0, 0.0, 48.0, 12.0)]),
    ((-150.0, -515.0), 80.0, &[(0.0, 0.0, 60.0, 13.0)]),
    ((-70.0, -520.0), 12.0, &[(0.0, 0.0, 74.0, 13.0), (-12.0, 8.0, 8.0, 4.0)]),
    ((25.0, -490.0), 16.0, &[(0.0, 0.0, 64.0, 13.0)]),
    // shops and neighbourhood centre at Hooglandplein
    ((54.0, -436.0), 13.0, &[(0.0, 0.0, 62.0, 22.0), (24.0, -16.0, 16.0, 14.0)]),
    ((-5.0, -448.0), 13.0, &[(0.0, 0.0, 22.0, 16.0)]),
    ((375.0, -570.0), -9.0, &[(0.0, 0.0, 36.0, 9.0)]),
    // cemetery chapel
    ((520.0, -540.0), 20.0, &[(0.0, 0.0, 16.0, 9.0), (8.0, 0.0, 7.0, 5.0)]),
    // lock keeper's house and lock office
    ((-247.0, 410.0), 12.0, &[(0.0, 0.0, 11.0, 8.0)]),
    ((-346.0, 433.0), 22.0, &[(0.0, 0.0, 9.0, 5.0)]),
    // park: pavilion, bandstand, toilets
    ((-392.0, -82.0), -10.0, &[(0.0, 0.0, 22.0, 12.0), (6.0, 8.0, 8.0, 6.0)]),
    ((-520.0, 12.0), 22.0, &[(0.0, 0.0, 8.0, 8.0)]),
    // works across the canal
    ((110.0, 612.0), 6.0, &[(0.0, 0.0, 110.0, 48.0), (70.0, 6.0, 40.0, 30.0)]),
    ((245.0, 636.0), 8.0, &[(0.0, 0.0, 60.0, 66.0)]),
    ((400.0, 640.0), 8.0, &[(0.0, 0.0, 90.0, 60.0), (60.0, -8.0, 40.0, 30.0)]),
    ((545.0, 678.0), 9.0, &[(0.0, 0.0, 80.0, 70.0)]),
    ((360.0, 790.0), 11.0, &[(0.0, 0.0, 120.0, 56.0), (90.0, 0.0, 60.0, 40.0)]),
    ((580.0, 850.0), 14.0, &[(0.0, 0.0, 110.0, 50.0)]),
    ((730.0, 730.0), 15.0, &[(0.0, 0.0, 100.0, 60.0), (70.0, 8.0, 40.0, 36.0)]),
    ((940.0, 790.0), 17.0, &[(0.0, 0.0, 140.0, 62.0)]),
    ((1100.0, 850.0), 17.0, &[(0.0, 0.0, 90.0, 70.0)]),
];

/// The points of orientation: kind, name, where.
#[rustfmt::skip]
pub(super) const POINTS: &[(&str, &str, At)] = &[
    ("station", "Station Vaartstede-Sluis", (245.0, -290.0)),
    ("stop", "Vaartstede Station", (205.0, -228.0)),
    ("stop", "Vaartstede Markt", (-100.0, 92.0)),
    ("stop", "Zuidervest", (-120.0, -66.0)),
    ("stop", "Sluisbrug", (-5.0, 462.0)),
    ("stop", "Spinnerij", (470.0, 400.0)),
    ("stop", "Atheneum", (640.0, 430.0)),
    ("stop", "Schoolstraat", (262.0, 270.0)),
    ("stop", "Sluispark", (-345.0, -160.0)),
    ("stop", "Hoogland", (-182.0, -520.0)),
    ("stop", "Begraafplaats", (560.0, -398.0)),
    ("stop", "Molenbrug", (-660.0, 125.0)),
    ("stop", "Oosterlaan", (735.0, 250.0)),
    ("school", "Basisschool De Zwaluw", (318.0, 150.0)),
    ("school", "Atheneum Vaartstede", (605.0, 492.0)),
    ("church", "Sint-Godelievekerk", (-214.0, 132.0)),
    ("town_hall", "Stadhuis", (-128.0, 66.0)),
    ("library", "Bibliotheek De Leeszaal", (-88.0, -262.0)),
    ("culture", "De Spinnerij", (420.0, 480.0)),
    ("culture", "Buurthuis Hoogland", (-5.0, -448.0)),
    ("park", "Sluispark", (-500.0, -215.0)),
    ("playground", "Speeltuin Sluispark", (-416.0, -26.0)),
    ("square", "Marktplein", (-126.0, 124.0)),
    ("square", "Stationsplein", (248.0, -236.0)),
    ("square", "Sasplein", (-208.0, 424.0)),
    ("square", "Hooglandplein", (112.0, -450.0)),
    ("sport", "Voetbalclub Zeevaart", (376.0, -530.0)),
    ("bridge", "Sluisbrug", (-20.0, 502.0)),
    ("bridge", "Molenbrug", (-697.0, 155.0)),
    ("shop", "Supermarkt Hoogland", (54.0, -436.0)),
    ("shop", "Bakkerij Korenbloem", (30.0, 168.0)),
    ("cafe", "Parkpaviljoen", (-392.0, -80.0)),
    ("cafe", "Café De Sluiswachter", (-196.0, 402.0)),
    ("post", "Postpunt Lakenstraat", (-30.0, 130.0)),
    ("police", "Wijkkantoor Stationsstraat", (72.0, -148.0)),
    ("hospital", "Wijkgezondheidscentrum", (-205.0, -236.0)),
];
