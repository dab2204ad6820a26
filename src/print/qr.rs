//! QR codes as a drawing.

use std::fmt::Write;

use fast_qr::qr::QRBuilder;

/// The code of an address: squares in ink on nothing, with the white margin that readers need. An address that no code
/// can hold gives an empty drawing.
#[must_use]
pub fn qr(address: &str) -> String {
    let code = QRBuilder::new(address).build();
    let (side, d) = code.map(|code| squares(&code)).unwrap_or_default();
    let whole = side + 4;
    format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="-2 -2 {whole} {whole}" shape-rendering="crispEdges"><rect x="-2" y="-2" width="{whole}" height="{whole}" fill="#fff"/><path d="{d}" fill="#1b2530"/></svg>"##
    )
}

/// The modules of a code as runs along its rows.
fn squares(code: &fast_qr::QRCode) -> (usize, String) {
    let side = code.size;
    let mut d = String::new();
    for row in 0..side {
        let dark = |col: usize| col < side && code[row][col].value();
        let mut col = 0;
        while col < side {
            let from = col;
            while dark(col) {
                col += 1;
            }
            if col > from {
                let run = col - from;
                // Writing to a text cannot fail.
                let _ = write!(d, "M{from} {row}h{run}v1h-{run}z");
            }
            col += 1;
        }
    }
    (side, d)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_has_its_three_corners() {
        let svg = qr("https://example.org/walk#code=BRM42K");
        assert!(svg.contains("M0 0h7v1h-7z") && svg.contains("M0 6h7v1h-7z"));
        assert!(!qr(&"x".repeat(9000)).contains("h7"));
    }
}
