//! The streets of the quarter: hand-placed points, smoothed, with their ends tied to the streets they meet.

use geo::{BoundingRect, Closest, ClosestPoint, Coord, Intersects, LineString, Point, Rect, Vector2DOps};

use super::curve::{At, smooth};
use super::houses::Built::{self, Flats, Old, Open, Row, Shops, Villas};
use super::surroundings;

/// A street as the table below gives it: name, class, what is built along it, the points it runs through.
pub(super) type Drawn = (&'static str, &'static str, Built, &'static [At]);

/// A street on the plane.
pub(super) struct Street {
    pub(super) name: Option<&'static str>,
    pub(super) class: &'static str,
    pub(super) tunnel: bool,
    pub(super) built: Built,
    pub(super) line: LineString,
}

impl Street {
    /// From the middle of the street to the front of a house, without front garden.
    pub(super) fn half_m(&self) -> f64 {
        match self.class {
            "secondary" => 9.5,
            "tertiary" => 7.5,
            "minor" if self.built == Old => 4.6,
            "minor" => 6.0,
            "pedestrian" => 5.0,
            "service" | "track" => 4.0,
            "path" => 2.5,
            _ => 2.0,
        }
    }
}

/// An end this close to another street is meant to meet it.
const MEET_M: f64 = 24.0;

/// Every street of the map, the quarter's first.
pub(super) fn streets() -> Vec<Street> {
    let mut streets: Vec<Street> = QUARTER
        .iter()
        .chain(surroundings::STREETS)
        .map(|&(name, class, built, points)| Street {
            name: (!name.is_empty()).then_some(name),
            class,
            tunnel: false,
            built,
            line: smooth(points),
        })
        .collect();
    for i in 0..streets.len() {
        let last = streets[i].line.0.len() - 1;
        for end in [0, last] {
            if let Some(meeting) = meeting(&streets, i, streets[i].line[end]) {
                streets[i].line.0[end] = meeting;
            }
        }
    }
    for &(name, class, tunnel, points) in UNDER_THE_RAILWAY {
        let name = (!name.is_empty()).then_some(name);
        streets.push(Street { name, class, tunnel, built: Open, line: smooth(points) });
    }
    streets
}

fn meeting(streets: &[Street], own: usize, end: Coord) -> Option<Coord> {
    let nearest = |street: &Street| match street.line.closest_point(&Point(end)) {
        Closest::SinglePoint(at) | Closest::Intersection(at) => Some(at.0),
        Closest::Indeterminate => None,
    };
    let near = Rect::new(end - Coord { x: MEET_M, y: MEET_M }, end + Coord { x: MEET_M, y: MEET_M });
    let reaches = |street: &Street| street.line.bounding_rect().is_some_and(|around| around.intersects(&near));
    let others = streets.iter().enumerate().filter(|&(i, street)| i != own && reaches(street));
    others
        .filter_map(|(_, street)| nearest(street))
        .map(|at| ((at - end).magnitude(), at))
        .filter(|&(away, _)| away < MEET_M)
        .min_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, at)| at)
}

/// The two ways under the railway: whether this part lies in the tunnel, and its points.
const UNDER_THE_RAILWAY: &[(&str, &str, bool, &[At])] = &[
    ("Tunnelstraat", "minor", false, &[(-138.0, -338.0), (-141.0, -352.0), (-145.0, -374.0)]),
    ("Tunnelstraat", "minor", true, &[(-145.0, -374.0), (-149.0, -396.0), (-154.0, -417.0)]),
    ("Tunnelstraat", "minor", false, &[(-154.0, -417.0), (-160.0, -434.0), (-170.0, -455.0)]),
    ("", "path", true, &[(245.0, -288.0), (252.0, -315.0), (260.0, -356.0)]),
];

#[rustfmt::skip]
const QUARTER: &[Drawn] = &[
    // the through road
    ("Vaartsesteenweg", "secondary", Row, &[(1800.0, -830.0), (1250.0, -590.0), (900.0, -370.0), (700.0, -190.0), (560.0, 20.0), (420.0, 150.0), (280.0, 260.0), (150.0, 350.0), (40.0, 425.0), (-20.0, 500.0)]),
    ("Noordersteenweg", "secondary", Row, &[(-20.0, 500.0), (-45.0, 620.0), (-30.0, 850.0), (40.0, 1100.0), (150.0, 1600.0)]),
    // the ring around the old core
    ("Westervest", "tertiary", Row, &[(-330.0, -10.0), (-362.0, 75.0), (-345.0, 190.0), (-265.0, 290.0)]),
    ("Noordervest", "tertiary", Row, &[(-265.0, 290.0), (-130.0, 325.0), (10.0, 280.0)]),
    ("Oostervest", "tertiary", Row, &[(10.0, 280.0), (75.0, 170.0), (45.0, 30.0)]),
    ("Zuidervest", "tertiary", Row, &[(45.0, 30.0), (-70.0, -55.0), (-230.0, -65.0), (-330.0, -10.0)]),
    // the old core
    ("Lakenstraat", "pedestrian", Shops, &[(-80.0, 118.0), (-5.0, 150.0), (73.0, 172.0)]),
    ("Kerkstraat", "minor", Old, &[(-158.0, 152.0), (-205.0, 188.0), (-280.0, 205.0), (-345.0, 190.0)]),
    ("Sluisstraat", "minor", Old, &[(-118.0, 160.0), (-142.0, 230.0), (-132.0, 325.0), (-165.0, 400.0), (-180.0, 449.0)]),
    ("Stadhuisstraat", "pedestrian", Shops, &[(-92.0, 88.0), (-52.0, 35.0), (-12.0, -14.0)]),
    ("Weverstraat", "minor", Old, &[(-155.0, 95.0), (-170.0, 30.0), (-158.0, -64.0)]),
    ("Begijnenstraat", "minor", Old, &[(-258.0, 108.0), (-300.0, 75.0), (-360.0, 62.0)]),
    ("Smedenstraat", "minor", Old, &[(-208.0, 188.0), (-196.0, 245.0), (-215.0, 306.0)]),
    ("Potterstraat", "minor", Old, &[(-10.0, 148.0), (-38.0, 220.0), (-45.0, 308.0)]),
    ("Bakkersstraat", "minor", Old, &[(-172.0, 35.0), (-240.0, 18.0), (-335.0, 2.0)]),
    ("Gildestraat", "minor", Old, &[(-170.0, 22.0), (-100.0, 5.0), (-46.0, 27.0)]),
    ("Kloosterstraat", "minor", Old, &[(-52.0, 35.0), (-5.0, 75.0), (65.0, 82.0)]),
    ("", "pedestrian", Old, &[(-160.0, 154.0), (-92.0, 161.0), (-78.0, 120.0)]),
    ("", "pedestrian", Old, &[(-78.0, 120.0), (-96.0, 86.0), (-168.0, 100.0)]),
    ("", "pedestrian", Old, &[(-205.0, 180.0), (-253.0, 175.0), (-258.0, 93.0), (-168.0, 100.0)]),
    ("Botergang", "path", Open, &[(-95.0, 165.0), (-62.0, 205.0), (-36.0, 215.0)]),
    ("Vlasgang", "path", Open, &[(-142.0, 232.0), (-170.0, 248.0), (-196.0, 246.0)]),
    ("Lindegang", "minor", Old, &[(-240.0, 18.0), (-252.0, -28.0)]),
    ("Kosterspad", "path", Open, &[(-258.0, 108.0), (-262.0, 150.0), (-240.0, 196.0)]),
    // between the core and the canal
    ("Sluiskaai", "minor", Row, &[(-740.0, 58.0), (-700.0, 105.0), (-570.0, 248.0), (-387.0, 383.0), (-144.0, 456.0), (-30.0, 470.0)]),
    ("Schippersstraat", "minor", Row, &[(-150.0, 378.0), (-250.0, 365.0), (-345.0, 305.0), (-430.0, 245.0), (-520.0, 190.0)]),
    ("Molenstraat", "tertiary", Row, &[(-358.0, 92.0), (-480.0, 88.0), (-600.0, 98.0), (-690.0, 150.0), (-800.0, 270.0)]),
    ("Ankerstraat", "minor", Row, &[(-490.0, 88.0), (-520.0, 190.0), (-560.0, 255.0)]),
    ("Kapiteinstraat", "minor", Row, &[(-430.0, 88.0), (-425.0, 170.0), (-430.0, 245.0), (-465.0, 330.0)]),
    ("Bootmansstraat", "minor", Row, &[(-345.0, 186.0), (-425.0, 172.0), (-512.0, 165.0)]),
    ("Touwslagersstraat", "minor", Row, &[(-255.0, 292.0), (-262.0, 365.0), (-278.0, 425.0)]),
    ("Kalfaatstraat", "minor", Row, &[(-338.0, 205.0), (-355.0, 300.0), (-368.0, 390.0)]),
    ("Zandstraat", "minor", Row, &[(10.0, 280.0), (55.0, 330.0), (100.0, 385.0)]),
    ("Sasstraat", "minor", Row, &[(-60.0, 318.0), (-55.0, 390.0), (-70.0, 462.0)]),
    ("Veerstraat", "minor", Row, &[(-148.0, 378.0), (-58.0, 382.0), (55.0, 410.0)]),
    ("Ankerpad", "path", Open, &[(-600.0, 98.0), (-610.0, 150.0), (-628.0, 188.0)]),
    // south of the core, down to the railway
    ("Stationsstraat", "tertiary", Row, &[(-12.0, -14.0), (35.0, -100.0), (110.0, -172.0), (190.0, -215.0)]),
    ("Tunnelstraat", "minor", Row, &[(-158.0, -64.0), (-150.0, -180.0), (-134.0, -290.0), (-138.0, -338.0)]),
    ("Parklaan", "tertiary", Row, &[(-330.0, -10.0), (-352.0, -120.0), (-345.0, -230.0), (-300.0, -330.0), (-285.0, -380.0)]),
    ("Spoorstraat", "minor", Row, &[(-290.0, -380.0), (-138.0, -338.0), (0.0, -302.0), (130.0, -268.0), (182.0, -250.0)]),
    ("Katoenstraat", "minor", Row, &[(-350.0, -130.0), (-250.0, -140.0), (-152.0, -150.0), (-50.0, -138.0), (40.0, -108.0)]),
    ("Spinnersstraat", "minor", Row, &[(-345.0, -228.0), (-250.0, -222.0), (-142.0, -232.0), (-40.0, -225.0), (60.0, -200.0), (98.0, -162.0)]),
    ("Garenstraat", "minor", Row, &[(-250.0, -64.0), (-252.0, -140.0), (-248.0, -222.0), (-225.0, -300.0), (-215.0, -360.0)]),
    ("Vlasstraat", "minor", Row, &[(-62.0, -52.0), (-52.0, -138.0), (-42.0, -225.0), (-30.0, -308.0)]),
    ("Linnenstraat", "minor", Row, &[(60.0, -200.0), (72.0, -282.0)]),
    ("Kantstraat", "minor", Row, &[(-102.0, -58.0), (-100.0, -145.0), (-92.0, -230.0)]),
    // the station and the east
    ("Stationsplein", "pedestrian", Open, &[(190.0, -215.0), (235.0, -232.0), (300.0, -215.0)]),
    ("Stationslaan", "tertiary", Row, &[(300.0, -215.0), (338.0, -100.0), (375.0, 20.0), (430.0, 140.0)]),
    ("Perronstraat", "minor", Flats, &[(182.0, -250.0), (188.0, -232.0), (190.0, -215.0)]),
    ("Spoorlaan", "minor", Row, &[(305.0, -208.0), (430.0, -205.0), (560.0, -170.0), (660.0, -130.0)]),
    ("Berkenstraat", "minor", Row, &[(62.0, 95.0), (150.0, 85.0), (250.0, 55.0), (378.0, 25.0)]),
    ("Eikenstraat", "minor", Row, &[(105.0, -168.0), (160.0, -80.0), (190.0, 0.0), (200.0, 70.0)]),
    ("Olmstraat", "minor", Row, &[(185.0, -10.0), (270.0, -30.0), (352.0, -55.0)]),
    ("Essenstraat", "minor", Row, &[(60.0, -128.0), (90.0, -40.0), (105.0, 90.0)]),
    ("Lijsterbesstraat", "minor", Row, &[(150.0, -95.0), (230.0, -110.0), (330.0, -125.0)]),
    ("Schoolstraat", "minor", Row, &[(195.0, 72.0), (222.0, 140.0), (228.0, 228.0)]),
    ("Nieuwstraat", "tertiary", Shops, &[(73.0, 172.0), (150.0, 208.0), (228.0, 228.0), (300.0, 245.0)]),
    ("Zandhof", "minor", Row, &[(36.0, 305.0), (100.0, 330.0), (168.0, 300.0), (190.0, 220.0)]),
    ("Meidoornstraat", "minor", Row, &[(105.0, 90.0), (125.0, 140.0), (140.0, 205.0)]),
    ("Populierenstraat", "minor", Row, &[(352.0, -55.0), (450.0, -45.0), (550.0, 35.0)]),
    ("Wilgenstraat", "minor", Row, &[(455.0, -42.0), (440.0, -130.0), (428.0, -205.0)]),
    ("Elzenstraat", "minor", Row, &[(447.0, -95.0), (530.0, -90.0), (600.0, -45.0)]),
    ("Sparrenhof", "minor", Row, &[(540.0, -90.0), (535.0, -135.0)]),
    // the north-east, around the old mill
    ("Spinnerijlaan", "tertiary", Row, &[(215.0, 307.0), (290.0, 372.0), (400.0, 398.0), (520.0, 408.0), (650.0, 430.0), (765.0, 455.0)]),
    ("Dokstraat", "minor", Row, &[(278.0, 365.0), (268.0, 440.0), (258.0, 502.0)]),
    ("Kolenkaai", "minor", Row, &[(-20.0, 473.0), (70.0, 483.0), (153.0, 490.0), (290.0, 507.0)]),
    ("Spinnerijkaai", "pedestrian", Open, &[(290.0, 507.0), (360.0, 516.0), (485.0, 531.0), (620.0, 562.0), (796.0, 608.0)]),
    ("Haringkaai", "minor", Row, &[(140.0, 356.0), (150.0, 420.0), (153.0, 490.0)]),
    ("Fabrieksstraat", "minor", Open, &[(520.0, 408.0), (515.0, 470.0), (505.0, 535.0)]),
    ("Bobijnstraat", "minor", Row, &[(430.0, 142.0), (482.0, 220.0), (500.0, 300.0), (508.0, 408.0)]),
    ("Getouwstraat", "minor", Row, &[(500.0, 300.0), (410.0, 305.0), (340.0, 330.0), (315.0, 382.0)]),
    ("Spoelstraat", "minor", Row, &[(280.0, 262.0), (340.0, 330.0)]),
    ("Weefhof", "minor", Row, &[(488.0, 240.0), (430.0, 245.0), (385.0, 232.0)]),
    ("Oosterlaan", "tertiary", Row, &[(610.0, -50.0), (690.0, 60.0), (722.0, 190.0), (742.0, 320.0), (765.0, 455.0), (796.0, 608.0)]),
    ("Kaardersstraat", "minor", Row, &[(500.0, 300.0), (600.0, 292.0), (740.0, 305.0)]),
    ("Twijnstraat", "minor", Row, &[(470.0, 200.0), (590.0, 178.0), (722.0, 185.0)]),
    ("Haspelstraat", "minor", Row, &[(588.0, 178.0), (602.0, 292.0), (612.0, 424.0)]),
    ("Ververijstraat", "minor", Row, &[(548.0, 38.0), (590.0, 105.0), (588.0, 178.0)]),
    ("Blekerijstraat", "minor", Row, &[(590.0, 105.0), (650.0, 90.0), (700.0, 85.0)]),
    ("Wolpad", "path", Open, &[(670.0, 180.0), (672.0, 240.0), (668.0, 298.0)]),
    ("Naaldstraat", "minor", Row, &[(672.0, 298.0), (680.0, 370.0), (685.0, 436.0)]),
    // around the park
    ("Beukendreef", "minor", Villas, &[(-600.0, 98.0), (-690.0, -20.0), (-722.0, -170.0), (-665.0, -320.0), (-545.0, -430.0), (-430.0, -405.0), (-295.0, -355.0)]),
    ("Zwanenlaan", "minor", Villas, &[(-690.0, -20.0), (-775.0, -35.0), (-850.0, -105.0), (-835.0, -205.0), (-718.0, -190.0)]),
    ("Eendenhof", "minor", Villas, &[(-838.0, -90.0), (-880.0, -60.0), (-905.0, -95.0)]),
    ("Reigerlaan", "minor", Villas, &[(-722.0, -170.0), (-800.0, -290.0), (-780.0, -400.0), (-640.0, -350.0)]),
    // south of the railway
    ("Zuidspoorlaan", "tertiary", Row, &[(-700.0, -640.0), (-480.0, -535.0), (-170.0, -455.0), (150.0, -387.0), (420.0, -332.0), (640.0, -268.0), (765.0, -245.0)]),
    ("Hooglandlaan", "tertiary", Villas, &[(-170.0, -455.0), (-190.0, -560.0), (-172.0, -680.0), (-120.0, -810.0), (-60.0, -1000.0), (0.0, -1600.0)]),
    ("Kastanjelaan", "minor", Open, &[(-188.0, -560.0), (-60.0, -552.0), (70.0, -520.0), (160.0, -470.0), (165.0, -385.0)]),
    ("Hazelaarlaan", "minor", Villas, &[(-165.0, -700.0), (0.0, -690.0), (150.0, -645.0), (255.0, -565.0), (290.0, -460.0), (275.0, -362.0)]),
    ("Notelaarhof", "service", Open, &[(-45.0, -552.0), (-35.0, -620.0), (-20.0, -690.0)]),
    ("Amandelhof", "service", Open, &[(75.0, -518.0), (100.0, -585.0), (120.0, -655.0)]),
    ("Sportlaan", "minor", Row, &[(290.0, -460.0), (420.0, -445.0), (560.0, -390.0), (690.0, -260.0)]),
    ("Cederstraat", "minor", Row, &[(425.0, -445.0), (440.0, -390.0), (430.0, -330.0)]),
    ("Laurierstraat", "minor", Row, &[(560.0, -390.0), (545.0, -340.0), (540.0, -296.0)]),
    ("Stiltestraat", "minor", Villas, &[(560.0, -390.0), (615.0, -500.0), (600.0, -640.0), (640.0, -800.0)]),
    ("Hoveniersstraat", "minor", Villas, &[(-480.0, -535.0), (-505.0, -640.0), (-425.0, -725.0), (-300.0, -745.0), (-165.0, -705.0)]),
    ("Merellaan", "minor", Villas, &[(-300.0, -745.0), (-310.0, -810.0), (-240.0, -850.0), (-110.0, -835.0)]),
    ("Vinkenhof", "minor", Villas, &[(-430.0, -722.0), (-450.0, -790.0), (-400.0, -830.0)]),
    ("Tuinpad", "path", Open, &[(-480.0, -560.0), (-340.0, -580.0), (-188.0, -572.0)]),
    // footpaths in the park, the cemetery and elsewhere
    ("Vijverpad", "path", Open, &[(-342.0, -60.0), (-400.0, -62.0), (-430.0, -95.0), (-428.0, -170.0), (-480.0, -205.0), (-530.0, -185.0), (-560.0, -130.0), (-555.0, -80.0), (-500.0, -45.0), (-440.0, -58.0), (-400.0, -62.0)]),
    ("", "path", Open, &[(-470.0, 88.0), (-480.0, 30.0), (-455.0, -20.0), (-440.0, -58.0)]),
    ("", "path", Open, &[(-590.0, 96.0), (-545.0, 60.0), (-490.0, 5.0), (-455.0, -20.0), (-380.0, 20.0), (-352.0, 45.0)]),
    ("Bospad", "path", Open, &[(-428.0, -170.0), (-395.0, -235.0), (-400.0, -300.0), (-385.0, -390.0)]),
    ("", "path", Open, &[(-480.0, -205.0), (-495.0, -270.0), (-530.0, -330.0), (-545.0, -425.0)]),
    ("", "path", Open, &[(-348.0, -200.0), (-395.0, -235.0), (-480.0, -240.0), (-560.0, -220.0), (-610.0, -160.0), (-720.0, -150.0)]),
    ("", "path", Open, &[(-560.0, -130.0), (-610.0, -100.0), (-640.0, -20.0), (-625.0, 60.0)]),
    ("", "path", Open, &[(462.0, -490.0), (515.0, -520.0), (582.0, -545.0)]),
    ("", "path", Open, &[(540.0, -434.0), (515.0, -520.0), (500.0, -645.0)]),
    ("", "path", Open, &[(456.0, -580.0), (508.0, -590.0), (572.0, -610.0)]),
    ("", "path", Open, &[(-340.0, -500.0), (-338.0, -580.0), (-345.0, -720.0)]),
    ("", "service", Open, &[(300.0, -455.0), (305.0, -520.0), (300.0, -570.0), (345.0, -578.0)]),
    ("", "service", Open, &[(312.0, -207.0), (326.0, -222.0), (400.0, -226.0), (468.0, -206.0)]),
    ("Sastrap", "steps", Open, &[(-206.0, 440.0), (-209.0, 452.0)]),
    ("", "path", Open, &[(-128.0, -575.0), (-60.0, -622.0), (-20.0, -608.0), (60.0, -602.0), (140.0, -560.0), (205.0, -548.0), (262.0, -548.0)]),
];
