//! Where the machine can be reached in the room: its name and its addresses on local networks.

use std::net::Ipv4Addr;

use crate::hub::authority::{Names, is_local};

/// Networks between programs on the same machine, by the beginning of their names.
const INSIDE: [&str; 7] = ["docker", "br-", "veth", "virbr", "lxc", "vboxnet", "vmnet"];

/// The names of this machine as they stand now; this machine's own address is always the last.
pub fn names() -> Names {
    let found = if_addrs::get_if_addrs().unwrap_or_default();
    let reachable = found.into_iter().filter_map(|one| match one.ip() {
        std::net::IpAddr::V4(address) => Some((one.name, address)),
        std::net::IpAddr::V6(_) => None,
    });
    let host = gethostname::gethostname().to_string_lossy().into_owned();
    Names { host: host_of(&host), addresses: in_order(reachable) }
}

/// The name by which a machine answers on a local network.
fn host_of(name: &str) -> String {
    let first = name.split('.').next().unwrap_or_default().to_lowercase();
    let plain: String = first.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').take(63).collect();
    let plain = plain.trim_matches('-');
    format!("{}.local", if plain.is_empty() { "buurtsignaal" } else { plain })
}

/// Local addresses, the one that a room most likely shares first.
fn in_order(found: impl Iterator<Item = (String, Ipv4Addr)>) -> Vec<Ipv4Addr> {
    let likely = |address: Ipv4Addr| match address.octets() {
        [192, 168, ..] => 0,
        [10, ..] => 1,
        [172, ..] => 2,
        _ => 3,
    };
    let mut addresses: Vec<Ipv4Addr> = found
        .filter(|(name, address)| {
            is_local(*address) && !address.is_loopback() && !INSIDE.iter().any(|inside| name.starts_with(inside))
        })
        .map(|(_, address)| address)
        .collect();
    addresses.sort_by_key(|address| (likely(*address), *address));
    addresses.dedup();
    addresses.push(Ipv4Addr::LOCALHOST);
    addresses
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_that_a_room_shares_comes_first_and_a_public_one_never() {
        let found = [
            ("lo", [127, 0, 0, 1]),
            ("docker0", [172, 17, 0, 1]),
            ("eth0", [10, 3, 0, 9]),
            ("wlan0", [192, 168, 1, 7]),
            ("wwan0", [81, 82, 83, 84]),
        ];
        let found = found.into_iter().map(|(name, address)| (name.to_owned(), Ipv4Addr::from(address)));
        let addresses: Vec<String> = in_order(found).iter().map(ToString::to_string).collect();
        assert_eq!(addresses, ["192.168.1.7", "10.3.0.9", "127.0.0.1"]);
    }

    #[test]
    fn a_machine_is_called_by_its_first_name() {
        assert_eq!(host_of("Laptop-Anna.example.org"), "laptop-anna.local");
        assert_eq!(host_of("--"), "buurtsignaal.local");
    }
}
