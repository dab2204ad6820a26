//! Water, railway and the use of the ground: what lies under streets and houses.

use geo::{BooleanOps, Contains, LineString, MultiPolygon, Polygon, Rotate};

use super::curve::{At, band, beside, round, shape, smooth};
use super::dice::Dice;

/// A named piece of ground or water with its class.
pub(super) struct Ground {
    pub(super) class: &'static str,
    pub(super) name: Option<&'static str>,
    pub(super) area: MultiPolygon,
}

const CANAL_HALF_M: f64 = 18.0;
/// How far the quays reach from the middle of the canal.
const QUAY_HALF_M: f64 = 27.0;
/// How far houses keep from the middle of a stream.
const STREAM_HALF_M: f64 = 5.0;
/// How far the railway's bed reaches to either side.
const RAILWAY_HALF_M: f64 = 15.0;

/// The points the canal runs through, from the west.
#[rustfmt::skip]
pub(super) const CANAL: &[At] = &[
    (-1850.0, -460.0), (-1350.0, -260.0), (-1000.0, -90.0), (-760.0, 80.0), (-590.0, 270.0), (-400.0, 410.0),
    (-150.0, 485.0), (150.0, 520.0), (480.0, 560.0), (800.0, 640.0), (1200.0, 730.0), (1850.0, 835.0),
];
/// The points the railway runs through, from the west.
#[rustfmt::skip]
pub(super) const RAILWAY: &[At] = &[
    (-1850.0, -980.0), (-1300.0, -760.0), (-900.0, -600.0), (-500.0, -480.0), (-150.0, -395.0), (150.0, -330.0),
    (400.0, -280.0), (650.0, -205.0), (950.0, -60.0), (1300.0, 130.0), (1850.0, 375.0),
];
#[rustfmt::skip]
const STREAM: &[At] = &[
    (-640.0, -1700.0), (-655.0, -1000.0), (-600.0, -700.0), (-562.0, -500.0), (-545.0, -330.0), (-600.0, -190.0),
    (-575.0, -60.0), (-640.0, 10.0), (-715.0, 50.0), (-765.0, 78.0),
];

/// The railway's tracks: two, and a third and fourth along the platforms.
pub(super) fn tracks() -> Vec<LineString> {
    let middle = smooth(RAILWAY);
    let sidings =
        smooth(&[(20.0, -359.0), (90.0, -336.0), (160.0, -319.0), (330.0, -285.0), (400.0, -271.0), (470.0, -260.0)]);
    vec![beside(&middle, 2.4), beside(&middle, -2.4), sidings.clone(), beside(&sidings, -16.0)]
}

/// The bed of the railway.
pub(super) fn railway_bed() -> MultiPolygon {
    band(&smooth(RAILWAY), RAILWAY_HALF_M)
}

/// Lines that houses keep clear of, and how far from their middle: the canal with its quays, the railway, the streams.
pub(super) fn corridors() -> Vec<(LineString, f64)> {
    let streams = streams().into_iter().map(|(_, _, line)| (line, STREAM_HALF_M));
    [(smooth(CANAL), QUAY_HALF_M), (smooth(RAILWAY), RAILWAY_HALF_M)].into_iter().chain(streams).collect()
}

/// Water with an area.
#[rustfmt::skip]
pub(super) fn water() -> Vec<Ground> {
    let canal = smooth(CANAL);
    let at = |point: At| canal.0.iter().position(|c| (c.x, c.y) == point).unwrap_or(0);
    // The lock lies between two points of the canal, a few steps past (-400, 410).
    let (gate, far_gate) = (at((-400.0, 410.0)) + 2, at((-400.0, 410.0)) + 10);
    let reach = |from: usize, to: usize| LineString::new(canal.0[from..=to].to_vec());
    let lock = reach(gate, far_gate);
    let dock = shape(&[(318.0, 545.0), (354.0, 549.0), (362.0, 425.0), (328.0, 421.0)]).difference(&band(&canal, CANAL_HALF_M));
    let canal_name = Some("Zeevaart");
    let named = |class, name, area| Ground { class, name, area };
    vec![
        named("canal", canal_name, band(&reach(0, gate), CANAL_HALF_M)),
        named("canal", canal_name, band(&reach(far_gate, canal.0.len() - 1), CANAL_HALF_M)),
        named("canal", Some("Zeesluis"), band(&beside(&lock, -9.0), 6.0)),
        named("canal", None, band(&beside(&lock, 12.0), 4.0)),
        named("canal", Some("Spinnerijdok"), dock),
        named("lake", Some("Zwanenvijver"), round(&[(-545.0, -100.0), (-508.0, -66.0), (-460.0, -72.0), (-438.0, -112.0), (-448.0, -160.0), (-485.0, -190.0), (-522.0, -168.0), (-548.0, -138.0)]).into()),
        named("lake", None, round(&[(-470.0, -275.0), (-440.0, -262.0), (-412.0, -280.0), (-425.0, -312.0), (-458.0, -310.0)]).into()),
        named("lake", Some("Broekput"), round(&[(-1120.0, -440.0), (-1060.0, -420.0), (-1030.0, -470.0), (-1070.0, -520.0), (-1130.0, -500.0)]).into()),
    ]
}

/// Water drawn as a line.
#[rustfmt::skip]
pub(super) fn streams() -> Vec<(&'static str, Option<&'static str>, LineString)> {
    vec![
        ("stream", Some("Molenbeek"), smooth(STREAM)),
        ("stream", None, smooth(&[(-1160.0, 1700.0), (-1240.0, 1100.0), (-1150.0, 760.0), (-1200.0, 480.0), (-1120.0, 100.0), (-1030.0, -105.0)])),
        ("stream", None, smooth(&[(1700.0, -1700.0), (1350.0, -1150.0), (1000.0, -1000.0), (700.0, -1250.0), (300.0, -1330.0), (-200.0, -1380.0), (-640.0, -1480.0)])),
    ]
}

/// The allotments' beds and their sheds, in crooked rows.
pub(super) fn allotments() -> (Vec<Polygon>, Vec<Polygon>) {
    let (mut beds, mut sheds, mut dice) = (Vec::new(), Vec::new(), Dice::new(31));
    let plot = |x: f64, y: f64, width: f64, depth: f64| {
        geo::Rect::new((x, y), (x + width, y + depth))
            .to_polygon()
            .rotate_around_point(14.0, geo::point!(x: -340.0, y: -600.0))
    };
    for row in 0..7_u8 {
        for column in 0..20_u8 {
            let (x, y) = (-480.0 + 13.0 * f64::from(column), -700.0 + 26.0 * f64::from(row));
            let bed = plot(x, y, 10.0, dice.between(&(13.0..20.0)));
            let fits = ALLOTMENT_FIELDS.iter().any(|field| shape(field).contains(&bed));
            if fits && dice.chance(0.9) {
                beds.push(bed);
                sheds.push(plot(x + dice.between(&(0.5..6.0)), y + 20.6, dice.between(&(2.2..3.4)), 2.6));
            }
        }
    }
    (beds, sheds)
}

const ALLOTMENT_FIELDS: &[&[At]] = &[
    &[(-446.0, -570.0), (-348.0, -592.0), (-350.0, -700.0), (-405.0, -690.0), (-462.0, -630.0)],
    &[(-332.0, -590.0), (-200.0, -582.0), (-205.0, -680.0), (-300.0, -712.0), (-336.0, -704.0)],
    &[(-440.0, -547.0), (-345.0, -527.0), (-346.0, -572.0), (-450.0, -558.0)],
    &[(-335.0, -525.0), (-200.0, -490.0), (-200.0, -560.0), (-335.0, -568.0)],
];

/// The use of the ground inside the quarter; the flag keeps rows of houses off it.
pub(super) fn landuse() -> Vec<(Ground, bool)> {
    LANDUSE
        .iter()
        .map(|&(class, name, kept_free, points)| {
            let natural = matches!(class, "park" | "wood" | "grass" | "residential");
            let area: Polygon = if natural { round(points) } else { shape(points) };
            (Ground { class, name: (!name.is_empty()).then_some(name), area: area.into() }, kept_free)
        })
        .collect()
}

#[rustfmt::skip]
const LANDUSE: &[(&str, &str, bool, &[At])] = &[
    ("residential", "", false, &[(-740.0, 90.0), (-560.0, 290.0), (-380.0, 420.0), (-140.0, 490.0), (500.0, 560.0), (820.0, 640.0), (1060.0, 640.0), (1230.0, 430.0), (1220.0, 260.0), (1000.0, 30.0), (760.0, -110.0), (1130.0, -250.0), (1130.0, -560.0), (1180.0, -680.0), (900.0, -680.0), (640.0, -760.0), (300.0, -930.0), (-60.0, -880.0), (-330.0, -900.0), (-500.0, -860.0), (-580.0, -680.0), (-800.0, -450.0), (-950.0, -120.0), (-880.0, -20.0)]),
    ("residential", "", true, &[(-172.0, -470.0), (-150.0, -455.0), (0.0, -424.0), (150.0, -392.0), (272.0, -366.0), (284.0, -400.0), (280.0, -470.0), (200.0, -590.0), (60.0, -660.0), (-160.0, -690.0), (-185.0, -560.0)]),
    ("residential", "", false, &[(-690.0, 250.0), (-880.0, 480.0), (-920.0, 780.0), (-760.0, 980.0), (-400.0, 920.0), (-150.0, 1010.0), (40.0, 990.0), (20.0, 540.0), (-400.0, 450.0)]),
    ("residential", "", false, &[(-60.0, 830.0), (200.0, 850.0), (460.0, 930.0), (610.0, 1100.0), (560.0, 1400.0), (460.0, 1300.0), (480.0, 1130.0), (280.0, 1090.0), (100.0, 1290.0), (30.0, 1200.0)]),
    // the park and its corners
    ("park", "Sluispark", true, &[(-600.0, 96.0), (-540.0, 86.0), (-480.0, 85.0), (-370.0, 88.0), (-366.0, 76.0), (-347.0, 30.0), (-333.0, -12.0), (-352.0, -120.0), (-346.0, -230.0), (-305.0, -325.0), (-315.0, -360.0), (-430.0, -404.0), (-545.0, -426.0), (-660.0, -318.0), (-716.0, -170.0), (-682.0, -22.0)]),
    ("wood", "", true, &[(-560.0, -240.0), (-500.0, -260.0), (-480.0, -330.0), (-430.0, -345.0), (-400.0, -372.0), (-540.0, -392.0), (-610.0, -320.0)]),
    ("wood", "", true, &[(-668.0, -80.0), (-628.0, -60.0), (-620.0, -140.0), (-650.0, -220.0), (-680.0, -170.0)]),
    ("playground", "Speeltuin Sluispark", true, &[(-440.0, -10.0), (-400.0, -4.0), (-392.0, -44.0), (-436.0, -48.0)]),
    ("grass", "", true, &[(-590.0, 40.0), (-510.0, 50.0), (-480.0, 0.0), (-530.0, -30.0), (-580.0, -10.0)]),
    ("park", "Begijnhoftuin", true, &[(-318.0, 150.0), (-282.0, 162.0), (-272.0, 122.0), (-302.0, 104.0)]),
    ("park", "Zandstraatpark", true, &[(100.0, 250.0), (145.0, 258.0), (160.0, 296.0), (118.0, 318.0), (88.0, 288.0)]),
    // squares
    ("square", "Marktplein", true, &[(-172.0, 96.0), (-92.0, 80.0), (-72.0, 118.0), (-90.0, 166.0), (-166.0, 158.0)]),
    ("square", "Kerkplein", true, &[(-262.0, 88.0), (-172.0, 96.0), (-166.0, 158.0), (-205.0, 183.0), (-258.0, 180.0)]),
    ("square", "Stationsplein", true, &[(186.0, -272.0), (306.0, -246.0), (304.0, -205.0), (236.0, -196.0), (184.0, -208.0)]),
    ("square", "Sasplein", true, &[(-240.0, 428.0), (-185.0, 446.0), (-178.0, 412.0), (-230.0, 400.0)]),
    ("square", "Hooglandplein", true, &[(70.0, -500.0), (150.0, -462.0), (164.0, -392.0), (88.0, -404.0)]),
    // schools
    ("school", "Basisschool De Zwaluw", true, &[(244.0, 218.0), (300.0, 232.0), (398.0, 150.0), (380.0, 96.0), (290.0, 78.0), (236.0, 120.0)]),
    ("school", "Atheneum Vaartstede", true, &[(512.0, 408.0), (650.0, 430.0), (762.0, 455.0), (784.0, 596.0), (640.0, 560.0), (508.0, 530.0)]),
    ("playground", "", true, &[(252.0, 150.0), (286.0, 158.0), (290.0, 126.0), (256.0, 118.0)]),
    // the mill and other works
    ("commercial", "De Spinnerij", true, &[(368.0, 398.0), (515.0, 408.0), (507.0, 528.0), (372.0, 512.0)]),
    ("parking", "", true, &[(440.0, 420.0), (504.0, 424.0), (502.0, 452.0), (440.0, 448.0)]),
    ("parking", "Parking Station", true, &[(318.0, -262.0), (470.0, -232.0), (478.0, -212.0), (324.0, -216.0)]),
    ("commercial", "", true, &[(-120.0, -232.0), (-55.0, -234.0), (-46.0, -296.0), (-118.0, -312.0)]),
    ("square", "", true, &[(-125.0, -312.0), (-50.0, -300.0), (-40.0, -318.0), (-120.0, -336.0)]),
    ("industrial", "", true, &[(30.0, 570.0), (290.0, 588.0), (300.0, 690.0), (150.0, 664.0), (20.0, 646.0)]),
    ("industrial", "", true, &[(330.0, 590.0), (605.0, 625.0), (610.0, 690.0), (600.0, 750.0), (340.0, 700.0)]),
    ("industrial", "", true, &[(640.0, 645.0), (980.0, 720.0), (1190.0, 785.0), (1180.0, 950.0), (800.0, 810.0), (640.0, 755.0)]),
    ("industrial", "", true, &[(180.0, 705.0), (600.0, 790.0), (780.0, 850.0), (760.0, 930.0), (480.0, 900.0), (180.0, 850.0)]),
    // south of the railway
    ("grass", "", true, &[(-168.0, -576.0), (-60.0, -566.0), (60.0, -540.0), (160.0, -490.0), (262.0, -470.0), (225.0, -570.0), (135.0, -640.0), (0.0, -672.0), (-155.0, -680.0)]),
    ("parking", "", true, &[(-120.0, -474.0), (-20.0, -452.0), (-22.0, -476.0), (-122.0, -500.0)]),
    ("parking", "", true, &[(182.0, -400.0), (258.0, -384.0), (268.0, -440.0), (186.0, -452.0)]),
    ("parking", "", true, &[(-30.0, -668.0), (108.0, -636.0), (104.0, -616.0), (-30.0, -648.0)]),
    ("grass", "Volkstuinen Het Radijsje", true, &[(-470.0, -533.0), (-330.0, -498.0), (-176.0, -460.0), (-188.0, -560.0), (-185.0, -680.0), (-300.0, -722.0), (-415.0, -702.0), (-480.0, -630.0)]),
    ("grass", "", true, &[(292.0, -462.0), (420.0, -447.0), (545.0, -398.0), (590.0, -460.0), (612.0, -520.0), (598.0, -650.0), (520.0, -700.0), (420.0, -715.0), (280.0, -690.0), (288.0, -570.0)]),
    ("pitch", "", true, &[(322.0, -500.0), (422.0, -484.0), (432.0, -548.0), (332.0, -564.0)]),
    ("pitch", "", true, &[(310.0, -590.0), (400.0, -576.0), (409.0, -632.0), (319.0, -646.0)]),
    ("cemetery", "Begraafplaats Ganzendries", true, &[(462.0, -466.0), (552.0, -412.0), (606.0, -505.0), (570.0, -630.0), (470.0, -650.0), (448.0, -560.0)]),
    ("grass", "", true, &[(20.0, -758.0), (250.0, -735.0), (410.0, -765.0), (400.0, -790.0), (250.0, -835.0), (60.0, -822.0)]),
    ("playground", "", true, &[(90.0, -560.0), (125.0, -545.0), (140.0, -575.0), (105.0, -590.0)]),
];
