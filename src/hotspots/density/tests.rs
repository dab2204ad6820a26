use super::*;
use crate::pins::{Basis, Feeling};
use geo::{Contains, Point, polygon};
use proptest::prelude::*;

fn spot(participant: u32, x: f64, y: f64) -> Spot {
    Spot::own(participant, x, y, Feeling::Unsafe)
}

fn square(half_m: f64) -> MultiPolygon<f64> {
    box_of(-half_m, -half_m, half_m, half_m)
}

fn box_of(west: f64, south: f64, east: f64, north: f64) -> MultiPolygon<f64> {
    MultiPolygon::new(vec![polygon![
        (x: west, y: south), (x: east, y: south), (x: east, y: north), (x: west, y: north)
    ]])
}

fn pin(x: f64, y: f64, weight: f64) -> Weighted {
    #[expect(clippy::cast_possible_truncation, reason = "test data")]
    Weighted { x: x as f32, y: y as f32, weight: weight as f32 }
}

fn integral(window: &Window, density: &Density) -> f64 {
    let cols = window.grid.cols + 2 * PAD;
    let cell_km2 = (window.grid.cell_m / 1000.0).powi(2);
    let cover = |cell: usize| window.cover[(cell / window.grid.cols + PAD) * cols + cell % window.grid.cols + PAD];
    density.per_km2.iter().enumerate().map(|(cell, d)| f64::from(*d) * f64::from(cover(cell)) * cell_km2).sum()
}

/// The formula, pin by pin, with the edge factor of a box as a product of error functions.
fn exact(x: f64, y: f64, pins: &[Weighted], sigma_m: f64, [west, south, east, north]: [f64; 4]) -> f64 {
    let part = |from: f64, to: f64, at: f64| {
        let phi = |v: f64| 0.5 * libm::erfc(-v / sigma_m / std::f64::consts::SQRT_2);
        phi(to - at) - phi(from - at)
    };
    let one = |p: &Weighted| {
        let (px, py) = (f64::from(p.x), f64::from(p.y));
        let k = (-((px - x).powi(2) + (py - y).powi(2)) / (2.0 * sigma_m * sigma_m)).exp()
            / (2.0 * std::f64::consts::PI * sigma_m * sigma_m);
        f64::from(p.weight) * k / (part(west, east, px) * part(south, north, py))
    };
    pins.iter().map(one).sum::<f64>() * 1e6
}

#[test]
fn the_edge_factor_is_one_a_half_and_a_quarter() {
    // The edges run through centres of cells.
    let grid = Grid { west: -2012.5, north: 2012.5, cols: 161, rows: 161, cell_m: 25.0 };
    let window = Window::on(grid, &square(2000.0), 100.0);
    let at = |col: usize, row: usize| f64::from(window.edge_factor(row * 161 + col));
    assert!((at(80, 80) - 1.0).abs() < 1e-4, "{}", at(80, 80));
    for (col, row) in [(0, 80), (160, 80), (80, 0), (80, 160)] {
        assert!((at(col, row) - 0.5).abs() < 0.005, "{}", at(col, row));
    }
    for (col, row) in [(0, 0), (160, 0), (0, 160), (160, 160)] {
        assert!((at(col, row) - 0.25).abs() < 0.005, "{}", at(col, row));
    }
}

#[test]
fn it_is_within_a_hundredth_of_the_peak_of_the_exact_sum() {
    let mut seed = 7_u64;
    let mut random = move || {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as f64 / (1_u64 << 31) as f64
    };
    let busy: Vec<(f64, f64, f64)> =
        (0..8).map(|_| (random() * 4000.0 - 2000.0, random() * 3000.0 - 1500.0, 10.0 + random() * 200.0)).collect();
    let bounds = [-2000.0, -1500.0, 2000.0, 1500.0];
    let mut pins: Vec<Weighted> = (0..3000)
        .map(|i| {
            let (cx, cy, spread) = busy[i % 8];
            let mut around = |c: f64| c + ((0..6).map(|_| random()).sum::<f64>() - 3.0) * spread;
            let (x, y) = (around(cx).clamp(-2000.0, 2000.0), around(cy).clamp(-1500.0, 1500.0));
            pin(x, y, 0.2 + random())
        })
        .collect();
    let [west, south, east, north] = bounds;
    for sigma_m in [50.0, 75.0, 150.0, 400.0] {
        let window = Window::new(&box_of(west, south, east, north), sigma_m);
        for few in [3000, 1] {
            pins.truncate(few);
            let density = window.density(&pins);
            let peak = density.per_km2.iter().copied().fold(0.0, f32::max);
            for cell in (0..window.grid.len()).step_by(if few == 1 { 11 } else { 97 }) {
                let (x, y) = window.grid.centre(cell);
                let exact = exact(x, y, &pins, sigma_m, bounds);
                let error = (f64::from(density.per_km2[cell]) - exact).abs() / f64::from(peak);
                assert!(error < 0.01, "{sigma_m} m, {few} pins at {x} {y}: {} {exact}", density.per_km2[cell]);
            }
        }
        pins.extend((0..2999).map(|i| {
            let (cx, cy, _) = busy[i % 8];
            pin((cx + (i % 71) as f64 * 7.0).clamp(-2000.0, 2000.0), (cy + (i % 53) as f64 * 9.0).min(1500.0), 1.0)
        }));
    }
}

#[test]
fn a_pin_anywhere_in_a_cell_is_a_gaussian() {
    let window = Window::new(&square(1000.0), 75.0);
    for step in 0..25 {
        let (x, y) = (f64::from(step % 5) * 6.25, f64::from(step / 5) * 6.25);
        let density = window.density(&[pin(x, y, 1.0)]);
        let peak = 1e6 / (2.0 * std::f64::consts::PI * 75.0 * 75.0);
        for (cell, found) in density.per_km2.iter().enumerate() {
            let (cx, cy) = window.grid.centre(cell);
            let exact = peak * (-((cx - x).powi(2) + (cy - y).powi(2)) / (2.0 * 75.0 * 75.0)).exp();
            assert!((f64::from(*found) - exact).abs() < 0.003 * peak, "{found} {exact}");
        }
    }
}

#[test]
fn people_weigh_by_how_many_pins_they_have() {
    let mut spots: Vec<Spot> = (0..4).map(|i| spot(1, f64::from(i) * 100.0, 0.0)).collect();
    spots.push(spot(1, 10.0, 0.0));
    spots.push(spot(2, 0.0, 0.0));
    spots.push(Spot { basis: Basis::Heard, ..spot(3, 0.0, 0.0) });
    spots.push(Spot { feeling: Feeling::Safe, ..spot(2, 900.0, 0.0) });
    let sum = |gamma| weighted(&spots, Spot::says_unsafe, gamma).iter().map(|w| w.weight).sum::<f32>();
    assert!((sum(0.0) - 5.0).abs() < 1e-6 && (sum(0.5) - 3.0).abs() < 1e-6 && (sum(1.0) - 2.0).abs() < 1e-6);
    assert!((sum(f64::NAN) - 3.0).abs() < 1e-6 && (sum(-3.0) - 5.0).abs() < 1e-6 && (sum(9.0) - 2.0).abs() < 1e-6);
}

#[test]
fn nothing_one_person_and_one_spot_have_clear_answers() {
    for sigma_m in [25.0, 150.0, 1000.0, 10_000.0] {
        let window = Window::new(&square(600.0), sigma_m);
        let none = window.density(&[]);
        assert!(none.per_km2.iter().all(|d| *d == 0.0) && none.weight.abs() < 1e-12 && none.left_out.abs() < 1e-12);
        let talkative: Vec<Spot> =
            (0..200_000_u32).map(|i| spot(1, f64::from(i % 1000) - 500.0, f64::from(i / 1000) - 100.0)).collect();
        for pins in [weighted(&talkative, |_| true, 1.0), vec![pin(0.0, 0.0, 1.0); 5000], vec![pin(600.0, -600.0, 1.0)]]
        {
            let density = window.density(&pins);
            let sum: f64 = pins.iter().map(|w| f64::from(w.weight)).sum();
            assert!(density.per_km2.iter().all(|d| d.is_finite() && *d >= 0.0));
            assert!((density.weight / sum - 1.0).abs() < 1e-3, "{} {sum}", density.weight);
            assert!((integral(&window, &density) / sum - 1.0).abs() < 2e-3, "{sigma_m}");
        }
    }
    let outside = Window::new(&square(600.0), 100.0).density(&[pin(700.0, 0.0, 2.0), pin(1e9, f64::NAN, 1.0)]);
    assert!(outside.per_km2.iter().all(|d| *d == 0.0) && (outside.left_out - 3.0).abs() < 1e-6);
    // A boundary thinner than a cell, and one that is only a line.
    for shape in [box_of(3.0, -500.0, 9.0, 500.0), box_of(3.0, -500.0, 3.0, 500.0), MultiPolygon::new(vec![])] {
        let density = Window::new(&shape, 100.0).density(&[pin(6.0, 0.0, 1.0)]);
        assert!(density.per_km2.iter().all(|d| d.is_finite()));
    }
}

#[test]
fn many_pins_are_the_sum_of_their_parts() {
    let window = Window::new(&square(1000.0), 75.0);
    let all: Vec<Weighted> =
        (0..MANY).map(|i| pin((i % 1999) as f64 - 999.0, (i % 1777) as f64 - 888.0, 1.0)).collect();
    let (few, rest) = all.split_at(MANY / 3);
    let parts = [few, rest].map(|pins| window.density(pins));
    let whole = window.density(&all);
    let sums = parts[0].per_km2.iter().zip(&parts[1].per_km2).map(|(a, b)| a + b);
    assert!(sums.zip(&whole.per_km2).all(|(sum, found)| (sum - found).abs() <= 1e-3 * sum.max(1.0)));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn the_integral_over_the_boundary_is_the_sum_of_weights(
        places in prop::collection::vec((-900.0..900.0_f64, -900.0..900.0_f64, 0.1..2.0_f64), 1..60),
        sigma_m in 50.0..300.0_f64, corner in -700.0..700.0_f64,
    ) {
        let shape = MultiPolygon::new(vec![polygon![
            exterior: [(x: -900., y: -900.), (x: 900., y: -800.), (x: 700., y: 850.), (x: corner, y: corner), (x: -850., y: 700.)],
            interiors: [[(x: -600., y: -600.), (x: -300., y: -600.), (x: -400., y: -350.)]],
        ]]);
        let window = Window::new(&shape, sigma_m);
        let inside = |(x, y, _): &(f64, f64, f64)| shape.contains(&Point::new(*x, *y));
        let pins: Vec<Weighted> = places.iter().filter(|p| inside(p)).map(|(x, y, w)| pin(*x, *y, *w)).collect();
        let density = window.density(&pins);
        let sum: f64 = pins.iter().map(|w| f64::from(w.weight)).sum();
        prop_assert!((density.weight - sum).abs() < 1e-3 * sum.max(1.0));
        let integral = integral(&window, &density);
        prop_assert!((integral - sum).abs() < 2e-3 * sum.max(1.0), "{integral} {sum}");
    }
}
