//! In which order stops are visited: exactly the shortest of up to twelve, nearly so of more.

/// What it costs to walk between two stops; none where there is no way.
pub type Table = [Vec<Option<u32>>];

/// How a walk runs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Shape {
    /// Whether it ends where it starts.
    pub round: bool,
    /// Whether the first stop stays the first.
    pub first: bool,
    /// Whether the last stop stays the last.
    pub last: bool,
}

/// So many stops are put in order exactly.
const EXACT: usize = 12;
/// What a way counts that does not exist: more than any walk is long, so that as few as possible are needed.
const NO_WAY: u64 = 1 << 40;

fn cost(table: &Table, from: usize, to: usize) -> u64 {
    table[from][to].map_or(NO_WAY, u64::from)
}

/// What a whole order costs; missing ways count more than any walk is long.
#[must_use]
pub fn total(table: &Table, order: &[usize], round: bool) -> u64 {
    let steps: u64 = order.windows(2).map(|pair| cost(table, pair[0], pair[1])).sum();
    match (order.first(), order.last()) {
        (Some(&first), Some(&last)) if round && order.len() > 1 => steps + cost(table, last, first),
        _ => steps,
    }
}

/// The order of all stops that costs least: of equals, the one nearest to how they stand.
#[must_use]
pub fn shortest(table: &Table, shape: Shape) -> Vec<usize> {
    let count = table.len();
    if count < 3 {
        return (0..count).collect();
    }
    // A round has no first stop: it may as well start with the one that is first now.
    let shape = if shape.round { Shape { round: true, first: true, last: false } } else { shape };
    let found = if count <= EXACT { exact(table, shape) } else { nearly(table, shape) };
    let as_it_is: Vec<usize> = (0..count).collect();
    let mut turned = found.clone();
    if shape.round {
        turned[1..].reverse();
    } else if !shape.first && !shape.last {
        turned.reverse();
    }
    let is = |order: &[usize]| total(table, order, shape.round);
    if is(&as_it_is) <= is(&found) {
        as_it_is
    } else if turned < found {
        turned
    } else {
        found
    }
}

/// Held and Karp, *A dynamic programming approach to sequencing problems*, 1962: the best way through each set of stops
/// that ends at each of them.
fn exact(table: &Table, shape: Shape) -> Vec<usize> {
    let count = table.len();
    let all = (1_usize << count) - 1;
    let mut best = vec![u64::MAX; (all + 1) * count];
    let mut before = vec![usize::MAX; (all + 1) * count];
    for start in 0..count {
        if !shape.first || start == 0 {
            best[(1 << start) * count + start] = 0;
        }
    }
    for set in 1..=all {
        for last in (0..count).filter(|last| set >> last & 1 == 1) {
            let so_far = best[set * count + last];
            if so_far == u64::MAX {
                continue;
            }
            for next in (0..count).filter(|next| set >> next & 1 == 0) {
                let slot = (set | 1 << next) * count + next;
                let whole = so_far + cost(table, last, next);
                if whole < best[slot] {
                    best[slot] = whole;
                    before[slot] = last;
                }
            }
        }
    }
    let back = |end: usize| if shape.round { cost(table, end, 0) } else { 0 };
    let ends = (0..count).filter(|end| !shape.last || *end == count - 1);
    let end = ends.min_by_key(|end| best[all * count + end].saturating_add(back(*end)));
    let mut order = Vec::with_capacity(count);
    let (mut set, mut at) = (all, end.unwrap_or(0));
    while at != usize::MAX {
        order.push(at);
        let earlier = before[set * count + at];
        set &= !(1 << at);
        at = earlier;
    }
    order.reverse();
    order
}

/// From each stop the nearest next, made better by turning and moving pieces as long as that helps; the best of all starts.
fn nearly(table: &Table, shape: Shape) -> Vec<usize> {
    let starts = if shape.first { 0..1 } else { 0..table.len() - usize::from(shape.last) };
    let tours = starts.map(|start| better(table, shape, nearest_next(table, shape, start)));
    tours.min_by_key(|order| total(table, order, shape.round)).unwrap_or_default()
}

fn nearest_next(table: &Table, shape: Shape, start: usize) -> Vec<usize> {
    let kept = shape.last.then(|| table.len() - 1);
    let mut left: Vec<usize> = (0..table.len()).filter(|stop| *stop != start && Some(*stop) != kept).collect();
    let mut order = vec![start];
    let mut at = start;
    while let Some(next) = (0..left.len()).min_by_key(|next| cost(table, at, left[*next])) {
        at = left.remove(next);
        order.push(at);
    }
    order.extend(kept);
    order
}

fn better(table: &Table, shape: Shape, mut order: Vec<usize>) -> Vec<usize> {
    let count = order.len();
    let fits = |order: &[usize]| (!shape.first || order[0] == 0) && (!shape.last || order[count - 1] == count - 1);
    let mut least = total(table, &order, shape.round);
    loop {
        let mut found = None;
        for from in 0..count {
            for to in from + 1..count {
                let mut turned = order.clone();
                turned[from..=to].reverse();
                let mut forth = order.clone();
                forth[from..=to].rotate_left(1);
                let mut back = order.clone();
                back[from..=to].rotate_right(1);
                for tried in [turned, forth, back] {
                    let whole = total(table, &tried, shape.round);
                    if whole < least && fits(&tried) {
                        least = whole;
                        found = Some(tried);
                    }
                }
            }
        }
        match found {
            Some(next) => order = next,
            None => return order,
        }
    }
}

#[cfg(test)]
mod tests;
