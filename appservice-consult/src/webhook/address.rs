//! Which addresses the service may be sent to by a URL that a supervisor typed: without this rule it could be made to speak to its own network.
//!
//! The rule is asked of the address that a connection is made to, after the name was resolved, and of a literal in the URL, which is not resolved at all.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// How far webhooks reach.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// Public addresses.
    Public,
    /// Also this machine and private networks: for development, and where the partner's system is in the same rack.
    Private,
}

impl Reach {
    /// Whether a connection to `address` may be made. Link-local addresses never: clouds answer their machines' credentials there.
    pub fn allows(self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        is_public(address) || (self == Self::Private && is_private(address))
    }
}

/// This machine and private networks.
pub fn is_private(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => v4.is_loopback() || v4.is_private() || is_shared(v4),
        IpAddr::V6(v6) => v6.is_loopback() || v6.is_unique_local(),
    }
}

fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => is_public_v4(v4),
        IpAddr::V6(v6) => is_public_v6(v6),
    }
}

/// What the IANA registry of special-purpose addresses leaves.
fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let is_special = a == 0
        || address.is_loopback()
        || address.is_private()
        || is_shared(address)
        || address.is_link_local()
        || (a, b, c) == (192, 0, 0)
        || (a, b, c) == (192, 88, 99)
        || (a == 198 && (18..=19).contains(&b))
        || address.is_documentation()
        || a >= 224;
    !is_special
}

/// Carrier-grade NAT.
fn is_shared(address: Ipv4Addr) -> bool {
    let [a, b, ..] = address.octets();
    a == 100 && (64..=127).contains(&b)
}

/// Global unicast without what carries an IPv4 address in it, is for documentation, or is special otherwise.
fn is_public_v6(address: Ipv6Addr) -> bool {
    let [a, b, ..] = address.segments();
    let is_global = a & 0xe000 == 0x2000;
    let is_special = (a == 0x2001 && (b < 0x0200 || b == 0x0db8)) || a == 0x2002 || (a == 0x3fff && b < 0x1000);
    is_global && !is_special
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::Reach;

    fn allowed(reach: Reach, addresses: &[&str]) -> Vec<String> {
        let found = addresses.iter().filter(|address| reach.allows(address.parse().unwrap()));
        found.map(|address| (*address).to_owned()).collect()
    }

    const PUBLIC: [&str; 5] = ["93.184.216.34", "1.1.1.1", "2606:4700::1111", "2a00:1450::8a", "::ffff:8.8.8.8"];
    const PRIVATE: [&str; 10] = [
        "127.0.0.1",
        "127.9.9.9",
        "10.0.0.1",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.1.1",
        "100.64.0.1",
        "::1",
        "fd00::1",
        "::ffff:127.0.0.1",
    ];
    const NEVER: [&str; 20] = [
        "0.0.0.0",
        "0.1.2.3",
        "169.254.169.254",
        "192.0.0.8",
        "192.0.2.1",
        "192.88.99.1",
        "198.18.0.1",
        "198.51.100.1",
        "203.0.113.1",
        "224.0.0.1",
        "255.255.255.255",
        "::",
        "fe80::1",
        "ff02::1",
        "2001::1",
        "2001:db8::1",
        "2002:7f00:1::",
        "64:ff9b::7f00:1",
        "::ffff:169.254.169.254",
        "fec0::1",
    ];

    #[test]
    fn only_public_addresses_are_reached() {
        assert_eq!(allowed(Reach::Public, &PUBLIC), PUBLIC);
        assert_eq!(allowed(Reach::Public, &PRIVATE), [""; 0]);
        assert_eq!(allowed(Reach::Public, &NEVER), [""; 0]);
    }

    #[test]
    fn private_ones_only_where_that_is_configured_and_link_local_ones_never() {
        assert_eq!(allowed(Reach::Private, &PUBLIC), PUBLIC);
        assert_eq!(allowed(Reach::Private, &PRIVATE), PRIVATE);
        assert_eq!(allowed(Reach::Private, &NEVER), [""; 0]);
    }
}
