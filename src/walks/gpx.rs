//! A walk as GPX 1.1, for any app that shows the way.
//!
//! The file ends up with whoever wrote the app: it holds numbers, neutral names and the way, never what anybody said or
//! feels.

use std::fmt::Write as _;

use super::Walk;
use super::plan::Plan;

/// Writes the waypoints, then the route through them, then the track along the streets, as the schema orders them.
#[must_use]
pub fn write(walk: &Walk, plan: &Plan) -> String {
    let mut gpx = String::from(concat!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n",
        "<gpx version=\"1.1\" creator=\"Buurtsignaal\" xmlns=\"http://www.topografix.com/GPX/1/1\" ",
        "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" ",
        "xsi:schemaLocation=\"http://www.topografix.com/GPX/1/1 http://www.topografix.com/GPX/1/1/gpx.xsd\">\n",
    ));
    let name = escaped(&walk.name);
    let _ = writeln!(gpx, "  <metadata><name>{name}</name></metadata>");
    let point = |gpx: &mut String, kind: &str, [lon, lat]: [f64; 2], inner: &str| {
        let _ = writeln!(gpx, "  <{kind} lat=\"{lat:.7}\" lon=\"{lon:.7}\">{inner}</{kind}>");
    };
    let label = |number: usize, name: &str| format!("<name>{}</name>", escaped(&format!("{number} – {name}")));
    for (number, stop) in (1..).zip(&walk.stops) {
        point(&mut gpx, "wpt", stop.point, &label(number, &stop.name));
    }
    if walk.stops.len() > 1 {
        let _ = writeln!(gpx, "  <rte>\n  <name>{name}</name>");
        let back = walk.stops.first().filter(|_| walk.round_trip).map(|stop| (1, stop));
        for (number, stop) in (1..).zip(&walk.stops).chain(back) {
            point(&mut gpx, "rtept", stop.point, &label(number, &stop.name));
        }
        gpx.push_str("  </rte>\n");
    }
    let lines = plan.route.lines();
    if !lines.is_empty() {
        let _ = writeln!(gpx, "  <trk>\n  <name>{name}</name>");
        for line in lines {
            gpx.push_str("  <trkseg>\n");
            for at in line {
                let _ = writeln!(gpx, "  <trkpt lat=\"{:.7}\" lon=\"{:.7}\"/>", at[1], at[0]);
            }
            gpx.push_str("  </trkseg>\n");
        }
        gpx.push_str("  </trk>\n");
    }
    gpx.push_str("</gpx>\n");
    gpx
}

/// A text as XML has it: what XML cannot hold is left out.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\u{fffe}' | '\u{ffff}' => {}
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}
