//! Joins the pieces of a line that tiles cut.

use std::collections::HashMap;

use geo::{Coord, LineString};

/// Ends nearer than this are one, in millimetres.
const NEAR_MM: f64 = 0.12;

type Cell = (i64, i64);

/// Joins lines that meet end to end where no third one does.
pub(super) fn join(lines: Vec<LineString<f64>>) -> Vec<LineString<f64>> {
    if lines.len() < 2 {
        return lines;
    }
    let mut ends: HashMap<Cell, Vec<(usize, Coord<f64>)>> = HashMap::new();
    for (at, line) in lines.iter().enumerate() {
        for end in [line.0[0], line.0[line.0.len() - 1]] {
            ends.entry(cell(end)).or_default().push((at, end));
        }
    }
    let meeting = |end: Coord<f64>| -> Vec<usize> {
        let (x, y) = cell(end);
        let cells = (-1..=1).flat_map(|dx| (-1..=1).map(move |dy| (x + dx, y + dy)));
        let near = cells.filter_map(|cell| ends.get(&cell)).flatten();
        near.filter(|(_, other)| (other.x - end.x).hypot(other.y - end.y) < NEAR_MM).map(|(at, _)| *at).collect()
    };
    let mut left: Vec<Option<LineString<f64>>> = lines.into_iter().map(Some).collect();
    let mut joined = Vec::new();
    for at in 0..left.len() {
        let Some(LineString(mut line)) = left[at].take() else { continue };
        for _ in 0..2 {
            // Grows at its end; turned round once, so that it grows at both.
            loop {
                let end = line[line.len() - 1];
                let ways = meeting(end);
                if ways.len() != 2 {
                    break;
                }
                let Some(LineString(mut more)) = ways.iter().find_map(|way| left[*way].take()) else { break };
                let gap = |other: Coord<f64>| (other.x - end.x).hypot(other.y - end.y);
                if gap(more[0]) > gap(more[more.len() - 1]) {
                    more.reverse();
                }
                line.extend(more.into_iter().skip(1));
            }
            line.reverse();
        }
        joined.push(LineString::new(line));
    }
    joined
}

#[expect(clippy::cast_possible_truncation, reason = "millimetres of a sheet")]
fn cell(at: Coord<f64>) -> Cell {
    ((at.x / NEAR_MM).round() as i64, (at.y / NEAR_MM).round() as i64)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(points: &[(f64, f64)]) -> LineString<f64> {
        points.iter().copied().collect()
    }

    #[test]
    fn pieces_that_meet_are_one_whichever_way_they_run() {
        let pieces = vec![
            line(&[(10.0, 0.0), (20.05, 0.0)]),
            line(&[(10.0, 0.04), (0.0, 0.0)]),
            line(&[(30.0, 0.0), (20.0, 0.0)]),
        ];
        let joined = join(pieces);
        assert_eq!(joined.len(), 1);
        assert_eq!(joined[0].0.len(), 4);
    }

    #[test]
    fn where_three_meet_none_goes_on() {
        let star =
            vec![line(&[(0.0, 0.0), (5.0, 0.0)]), line(&[(0.0, 0.0), (-5.0, 0.0)]), line(&[(0.0, 0.0), (0.0, 5.0)])];
        assert_eq!(join(star).len(), 3);
        let ring = vec![line(&[(0.0, 0.0), (5.0, 0.0), (5.0, 5.0)]), line(&[(5.0, 5.0), (0.0, 5.0), (0.0, 0.0)])];
        assert_eq!(join(ring).len(), 1);
    }
}
