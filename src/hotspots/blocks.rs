//! Cells a few at a time: so that what is known of them stays near the processor, and two threads can share the work.

use std::sync::atomic::{AtomicUsize, Ordering};

use super::grid::Grid;
use super::watch::Watch;

/// Cells of a block: a patch of 200 by 100 m at cells of 25 m.
pub(super) const LANES: usize = 32;
/// A number for each cell of a block. Single precision: at most a millionth of a person is lost, where a share is told
/// from another by a hundredth.
pub(super) type Lane = [f32; LANES];

/// Threads at work: a neighbourhood's test never takes more of the machine.
const THREADS: usize = 2;

/// Puts cells in the order of patches, so that few people reach the cells of one block.
pub(super) fn in_patches(grid: &Grid, mut cells: Vec<usize>) -> Vec<usize> {
    cells.sort_unstable_by_key(|cell| (cell / grid.cols / 4, cell % grid.cols, cell / grid.cols));
    cells
}

/// Takes every block of the cells into one of two sums, each on a thread of its own; none when cancelled. Progress is
/// told up to 99 percent.
pub(super) fn in_blocks<T: Send>(
    cells: &[usize],
    watch: &Watch,
    empty: impl Fn() -> T + Sync,
    take: impl Fn(&mut T, &[usize]) + Sync,
) -> Option<Vec<T>> {
    let blocks: Vec<&[usize]> = cells.chunks(LANES).collect();
    let next = AtomicUsize::new(0);
    let work = |tells: bool| {
        let mut sum = empty();
        while !watch.is_cancelled() {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(cells) = blocks.get(at) else { break };
            if tells {
                watch.tell(0.99 * at as f64 / blocks.len() as f64);
            }
            take(&mut sum, cells);
        }
        sum
    };
    let sums = std::thread::scope(|scope| {
        let others: Vec<_> = (1..THREADS).map(|_| scope.spawn(|| work(false))).collect();
        let mut sums = vec![work(true)];
        sums.extend(others.into_iter().map(|one| one.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))));
        sums
    });
    (!watch.is_cancelled()).then_some(sums)
}
