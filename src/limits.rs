//! How much may come from one sender: a burst at once, then so many a second. Kept in memory only.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use crate::error::{Error, Kind, Result};

/// What a device may send: an outbox that filled up for an evening goes out at once, then two a second.
const OF_DEVICE: Limit = Limit { burst: 400, every_ms: 500 };
/// What may come from one address without a token: a full room that joins at once, then five a second.
const OF_ADDRESS: Limit = Limit { burst: 600, every_ms: 200 };
/// A wrong code or password weighs as much as this many right ones.
const WRONG: i64 = 10;

/// So many at once, and one more each time so many milliseconds have passed.
#[derive(Debug, Clone, Copy)]
struct Limit {
    burst: i64,
    every_ms: i64,
}

/// The limits of every sender of this server.
#[derive(Debug)]
pub struct Limits {
    devices: Senders,
    addresses: Senders,
}

impl Default for Limits {
    fn default() -> Self {
        Self { devices: Senders::new(OF_DEVICE), addresses: Senders::new(OF_ADDRESS) }
    }
}

impl Limits {
    /// Counts one request of a device; an error of kind [`Kind::TooMany`] where it sends too many.
    pub fn device(&self, id: &str, now_ms: i64) -> Result<()> {
        self.devices.take(id, now_ms)
    }

    /// Counts one request from an address; an error of kind [`Kind::TooMany`] where too many come.
    pub fn address(&self, address: IpAddr, now_ms: i64) -> Result<()> {
        self.addresses.take(&network(address), now_ms)
    }

    /// Counts a wrong code, password or token, after the request that brought it was counted.
    pub fn wrong(&self, address: IpAddr, now_ms: i64) {
        self.addresses.add(&network(address), WRONG - 1, now_ms);
    }
}

/// Whom an address stands for: a home has one of IPv4, and a network of 64 bits of IPv6.
fn network(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => format!("{:x}/64", address.to_bits() >> 64),
    }
}

/// The generic cell rate algorithm (ITU-T I.371): for each sender only the moment at which all it sent is paid off.
#[derive(Debug)]
struct Senders {
    limit: Limit,
    known: Mutex<Known>,
}

#[derive(Debug, Default)]
struct Known {
    paid_off_ms: HashMap<String, i64>,
    sweep_at: usize,
}

impl Senders {
    fn new(limit: Limit) -> Self {
        Self { limit, known: Mutex::default() }
    }

    /// Counts one, unless it is too many.
    fn take(&self, sender: &str, now_ms: i64) -> Result<()> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let before_ms = self.owed_ms(&known, sender, now_ms);
        let owed_ms = before_ms + self.limit.every_ms;
        let over_ms = owed_ms - self.most_ms();
        if over_ms > 0 {
            // As it stands at this clock, which may have been put back.
            known.keep(sender, now_ms + before_ms, now_ms);
            let wait_s = u32::try_from((over_ms + 999) / 1000).unwrap_or(u32::MAX);
            return Err(Error::new(Kind::TooMany(wait_s), "too_many", "too many requests, wait a moment"));
        }
        known.keep(sender, now_ms + owed_ms, now_ms);
        Ok(())
    }

    /// Counts so many, whether or not it is too many; never more than a burst is owed.
    fn add(&self, sender: &str, count: i64, now_ms: i64) {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let owed_ms = (self.owed_ms(&known, sender, now_ms) + count * self.limit.every_ms).min(self.most_ms());
        known.keep(sender, now_ms + owed_ms, now_ms);
    }

    /// What a sender has not paid off. Never more than a burst: a clock that was put back locks nobody out.
    fn owed_ms(&self, known: &Known, sender: &str, now_ms: i64) -> i64 {
        let paid_off_ms = known.paid_off_ms.get(sender).copied().unwrap_or(now_ms);
        (paid_off_ms - now_ms).clamp(0, self.most_ms())
    }

    fn most_ms(&self) -> i64 {
        self.limit.burst * self.limit.every_ms
    }
}

impl Known {
    const FEW: usize = 1024;

    /// Remembers a sender, and forgets those who owe nothing whenever there are twice as many as after the last time.
    fn keep(&mut self, sender: &str, paid_off_ms: i64, now_ms: i64) {
        if let Some(known) = self.paid_off_ms.get_mut(sender) {
            *known = paid_off_ms;
            return;
        }
        if self.paid_off_ms.len() >= self.sweep_at.max(Self::FEW) {
            self.paid_off_ms.retain(|_, until_ms| *until_ms > now_ms);
            self.sweep_at = 2 * self.paid_off_ms.len();
        }
        self.paid_off_ms.insert(sender.to_owned(), paid_off_ms);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMIT: Limit = Limit { burst: 10, every_ms: 500 };

    fn taken(senders: &Senders, sender: &str, tries: usize, now_ms: i64) -> usize {
        (0..tries).filter(|_| senders.take(sender, now_ms).is_ok()).count()
    }

    #[test]
    fn a_burst_goes_through_and_then_so_many_a_second() {
        let senders = Senders::new(LIMIT);
        assert_eq!(taken(&senders, "a", 25, 0), 10);
        assert_eq!(taken(&senders, "b", 25, 0), 10, "others go on");
        assert_eq!(taken(&senders, "a", 25, 499), 0);
        assert_eq!(taken(&senders, "a", 25, 1000), 2);
        assert_eq!(taken(&senders, "a", 25, 60_000), 10, "who was quiet has the whole burst again");
    }

    #[test]
    fn who_is_refused_hears_how_long_to_wait() {
        let senders = Senders::new(Limit { burst: 1, every_ms: 2500 });
        senders.take("a", 0).unwrap();
        assert_eq!(senders.take("a", 0).unwrap_err().kind, Kind::TooMany(3));
        assert_eq!(senders.take("a", 2499).unwrap_err().kind, Kind::TooMany(1));
        senders.take("a", 2500).unwrap();
    }

    #[test]
    fn what_is_added_fills_the_burst_at_most_and_a_clock_put_back_locks_nobody_out() {
        let senders = Senders::new(LIMIT);
        senders.add("a", 1000, 1_000_000);
        assert_eq!(taken(&senders, "a", 1, 1_000_000), 0);
        assert_eq!(taken(&senders, "a", 25, 1_005_000), 10);
        assert_eq!(taken(&senders, "a", 25, 500), 0);
        assert_eq!(taken(&senders, "a", 25, 1500), 2);
    }

    #[test]
    fn who_owes_nothing_is_forgotten() {
        let senders = Senders::new(LIMIT);
        for n in 0..100_000_i64 {
            senders.take(&n.to_string(), n * 100).unwrap();
        }
        let known = senders.known.lock().unwrap();
        assert!(known.paid_off_ms.len() <= Known::FEW, "{} are known", known.paid_off_ms.len());
    }

    #[test]
    fn a_network_of_ipv6_is_one_sender_and_an_address_of_ipv4_too() {
        let of = |text: &str| network(text.parse().unwrap());
        assert_eq!(of("2001:db8:1:2::7"), of("2001:db8:1:2:ffff::1"));
        assert_ne!(of("2001:db8:1:2::7"), of("2001:db8:1:3::7"));
        assert_eq!(of("::ffff:192.168.1.5"), of("192.168.1.5"));
    }
}
