//! Drawing by lot, the same on every machine: a permuted congruential generator (O'Neill, 2014) from a seed.

use rand::{Rng, SeedableRng};
use rand_pcg::Pcg64Mcg;

/// A row of draws that depends on its seed alone.
pub(super) struct Draws(Pcg64Mcg);

impl Draws {
    /// Starts the row of a seed.
    pub fn new(seed: u64) -> Self {
        Self(Pcg64Mcg::seed_from_u64(seed))
    }

    /// One of the numbers below `n`, each as likely to one part in a thousand million.
    #[expect(clippy::cast_possible_truncation, reason = "below n, which is a usize")]
    pub fn below(&mut self, n: usize) -> usize {
        let wide = u128::from(self.0.next_u64()) * n as u128;
        (wide >> 64) as usize
    }

    /// Heads or tails.
    pub fn coin(&mut self) -> bool {
        self.0.next_u64() >> 63 == 1
    }

    /// Sets `k` of the first `n` bits, every choice as likely (Floyd's algorithm; Bentley, Programming Pearls, 1987).
    pub fn choose(&mut self, k: usize, n: usize, bits: &mut [u64]) {
        bits.fill(0);
        for last in n - k..n {
            let one = self.below(last + 1);
            set(bits, if is_set(bits, one) { last } else { one });
        }
    }
}

/// Sets a bit.
pub(super) fn set(bits: &mut [u64], at: usize) {
    bits[at / 64] |= 1 << (at % 64);
}

/// Whether a bit is set.
pub(super) fn is_set(bits: &[u64], at: usize) -> bool {
    bits[at / 64] >> (at % 64) & 1 == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_choice_is_as_likely() {
        let mut draws = Draws::new(1);
        let mut seen = std::collections::HashMap::new();
        for _ in 0..20_000 {
            let mut bits = [0];
            draws.choose(2, 5, &mut bits);
            *seen.entry(bits[0]).or_insert(0) += 1;
        }
        assert_eq!(seen.len(), 10);
        assert!(seen.iter().all(|(bits, times)| bits.count_ones() == 2 && (1800..2200).contains(times)), "{seen:?}");
    }

    #[test]
    fn all_or_none_can_be_chosen_of_many() {
        let mut draws = Draws::new(2);
        let mut bits = [0_u64; 3];
        draws.choose(130, 130, &mut bits);
        assert_eq!(bits, [u64::MAX, u64::MAX, 3]);
        draws.choose(0, 130, &mut bits);
        assert_eq!(bits, [0; 3]);
        let heads = (0..1000).filter(|_| draws.coin()).count();
        assert!((440..560).contains(&heads), "{heads}");
    }
}
