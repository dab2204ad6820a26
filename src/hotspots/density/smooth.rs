//! Smoothing of cells by a kernel that falls apart into one along the rows and one along the columns.

/// Smooths rows of `cols` cells in place; what lies beyond the edge is zero. `taps` is one side of the kernel from its
/// middle on. The cost is that of cells times taps.
pub fn smooth(cells: &mut Vec<f32>, cols: usize, taps: &[f32]) {
    let Some((middle, sides)) = taps.split_first() else { return };
    if cols == 0 || cells.is_empty() {
        return;
    }
    let rows = cells.len() / cols;
    let far = sides.len();
    let mut wide = vec![0.0_f32; cols + 2 * far];
    for row in cells.chunks_exact_mut(cols) {
        wide[far..far + cols].copy_from_slice(row);
        for cell in row.iter_mut() {
            *cell *= middle;
        }
        for (tap, away) in sides.iter().zip(1..) {
            add(row, &wide[far - away..], &wide[far + away..], *tap);
        }
    }
    let zeros = vec![0.0_f32; cols];
    let mut smoothed = Vec::with_capacity(cells.len());
    for row in 0..rows {
        let at = |row: Option<usize>| {
            row.filter(|row| *row < rows).map_or(&zeros[..], |row| &cells[row * cols..(row + 1) * cols])
        };
        smoothed.extend(at(Some(row)).iter().map(|cell| cell * middle));
        let sum = &mut smoothed[row * cols..];
        for (tap, away) in sides.iter().zip(1..) {
            let (above, below) = (row.checked_sub(away), Some(row + away));
            if above.is_some() || below < Some(rows) {
                add(sum, at(above), at(below), *tap);
            }
        }
    }
    *cells = smoothed;
}

/// Adds two rows times a tap to a sum.
fn add(sum: &mut [f32], a: &[f32], b: &[f32], tap: f32) {
    for ((sum, a), b) in sum.iter_mut().zip(a).zip(b) {
        *sum += tap * (a + b);
    }
}
