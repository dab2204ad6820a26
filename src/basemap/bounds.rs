//! Boxes in lon, lat: read from text, checked, written as west, south, east, north.

use geo::{Coord, Rect};

use crate::error::{Error, Result};

/// Reads `west,south,east,north` in degrees; anything else is an error that names the field.
pub fn parse_bounds(field: &str, text: &str) -> Result<Rect<f64>> {
    let parts: Vec<f64> = text
        .split(',')
        .map(|part| part.trim().parse::<f64>())
        .collect::<Result<_, _>>()
        .map_err(|_| Error::bad_request(field, "must be four numbers: west,south,east,north"))?;
    let [west, south, east, north] = parts[..] else {
        return Err(Error::bad_request(field, "must be four numbers: west,south,east,north"));
    };
    // `Rect::new` would quietly swap the corners, so the order is checked here.
    if west >= east || south >= north {
        return Err(Error::bad_request(field, "west must be less than east and south less than north"));
    }
    let bounds = Rect::new(Coord { x: west, y: south }, Coord { x: east, y: north });
    check(field, bounds)?;
    Ok(bounds)
}

/// Refuses a box without an inside, with a number that is none, or off the earth.
pub(super) fn check(field: &str, bounds: Rect<f64>) -> Result<()> {
    let [west, south, east, north] = to_array(bounds);
    if ![west, south, east, north].iter().all(|number| number.is_finite()) {
        return Err(Error::bad_request(field, "every number must be finite"));
    }
    if west < -180.0 || east > 180.0 || south < -90.0 || north > 90.0 {
        return Err(Error::bad_request(field, "lies outside -180,-90,180,90"));
    }
    if west >= east || south >= north {
        return Err(Error::bad_request(field, "has no inside"));
    }
    Ok(())
}

/// The box as `[west, south, east, north]`.
#[must_use]
pub fn to_array(bounds: Rect<f64>) -> [f64; 4] {
    [bounds.min().x, bounds.min().y, bounds.max().x, bounds.max().y]
}

/// The part two boxes share, if it has an inside.
pub(super) fn overlap(a: Rect<f64>, b: Rect<f64>) -> Option<Rect<f64>> {
    let min = Coord { x: a.min().x.max(b.min().x), y: a.min().y.max(b.min().y) };
    let max = Coord { x: a.max().x.min(b.max().x), y: a.max().y.min(b.max().y) };
    (min.x < max.x && min.y < max.y).then(|| Rect::new(min, max))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_only_a_box_on_earth() {
        let bounds = parse_bounds("bbox", " 4.7,51.2 ,4.8,51.3").unwrap();
        assert_eq!(bounds, Rect::new(Coord { x: 4.7, y: 51.2 }, Coord { x: 4.8, y: 51.3 }));
        for wrong in
            ["", "1,2,3", "1,2,3,4,5", "4.8,51.2,4.7,51.3", "NaN,0,1,1", "0,0,inf,1", "0,0,1,91", "a,b,c,d", "1,1,1,2"]
        {
            let error = parse_bounds("bbox", wrong).unwrap_err();
            assert_eq!(error.field.as_deref(), Some("bbox"), "{wrong}");
        }
    }
}
