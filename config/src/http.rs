//! Section `[http]`: limits of requests, and whom to believe about the client's address.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Limits and trust of the HTTP side.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Http {
    /// Reverse proxies whose `X-Forwarded-For` counts. Unit: networks in CIDR notation. Default: none, the header is ignored.
    pub trusted_proxies: Vec<Cidr>,
    /// Largest body of a request that is not an upload. Unit: bytes. Default: 1048576.
    pub body_bytes_max: usize,
    /// How long a client may take to send its request. Unit: seconds. Default: 60.
    pub request_timeout_seconds: u64,
    /// Longest wait of a `/sync` that has nothing to say. Unit: seconds. Default: 120.
    pub sync_timeout_seconds_max: u64,
    /// How long an application service may take to answer a transaction or a ping. Unit: seconds. Default: 60.
    pub appservice_timeout_seconds: u64,
    /// Connections open at once. Further ones wait to be accepted. Unit: connections. Default: 10000.
    pub connections_max: usize,
}

impl Default for Http {
    fn default() -> Self {
        Self {
            trusted_proxies: Vec::new(),
            body_bytes_max: 1 << 20,
            request_timeout_seconds: 60,
            sync_timeout_seconds_max: 120,
            appservice_timeout_seconds: 60,
            connections_max: 10_000,
        }
    }
}

/// A network, such as `10.0.0.0/8`; a bare address is a network of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String")]
pub struct Cidr {
    address: IpAddr,
    prefix: u8,
}

impl Cidr {
    /// Whether `address` lies in this network. An IPv4 address mapped into IPv6 counts as IPv4.
    pub fn contains(&self, address: IpAddr) -> bool {
        match (self.address, address.to_canonical()) {
            (IpAddr::V4(network), IpAddr::V4(address)) => {
                let mask = u32::MAX.checked_shl(32 - u32::from(self.prefix)).unwrap_or(0);
                network.to_bits() & mask == address.to_bits() & mask
            }
            (IpAddr::V6(network), IpAddr::V6(address)) => {
                let mask = u128::MAX.checked_shl(128 - u32::from(self.prefix)).unwrap_or(0);
                network.to_bits() & mask == address.to_bits() & mask
            }
            _ => false,
        }
    }
}

impl fmt::Display for Cidr {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}/{}", self.address, self.prefix)
    }
}

impl From<Cidr> for String {
    fn from(cidr: Cidr) -> Self {
        cidr.to_string()
    }
}

impl TryFrom<String> for Cidr {
    type Error = String;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let refused = || format!("`{text}` is not a network such as 10.0.0.0/8 or 127.0.0.1");
        let (address, prefix) =
            text.split_once('/').map_or((text.as_str(), None), |(address, prefix)| (address, Some(prefix)));
        let address: IpAddr = address.parse().map_err(|_| refused())?;
        let longest = if address.is_ipv4() { 32 } else { 128 };
        let prefix = prefix.map_or(Ok(longest), |prefix| prefix.parse().map_err(|_| refused()))?;
        if prefix > longest {
            return Err(refused());
        }
        Ok(Self { address, prefix })
    }
}

/// Where a request comes from: the peer, or what a trusted proxy says about it. `forwarded` are the values of `X-Forwarded-For`, in their order.
pub fn client_address<'a>(
    trusted_proxies: &[Cidr],
    peer: Option<IpAddr>,
    forwarded: impl Iterator<Item = &'a str>,
) -> IpAddr {
    let mut address = peer.unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED)).to_canonical();
    let hops: Vec<IpAddr> =
        forwarded.flat_map(|value| value.split(',')).filter_map(|hop| hop.trim().parse().ok()).collect();
    // From the nearest hop on: each is believed only when the one after it is a trusted proxy.
    for hop in hops.into_iter().rev() {
        if !trusted_proxies.iter().any(|network| network.contains(address)) {
            break;
        }
        address = hop.to_canonical();
    }
    address
}

/// The address by which limits count: the whole of an IPv4 address, the /64 of an IPv6 one.
pub fn limited_network(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn a_hop_is_believed_only_behind_a_trusted_proxy() {
        let proxies = [cidr("10.0.0.0/8")];
        let of = |peer: &str, forwarded: &[&str]| {
            client_address(&proxies, Some(peer.parse().unwrap()), forwarded.iter().copied()).to_string()
        };
        assert_eq!(of("192.0.2.1", &["198.51.100.7"]), "192.0.2.1");
        assert_eq!(of("10.0.0.1", &["198.51.100.7"]), "198.51.100.7");
        assert_eq!(of("10.0.0.1", &["203.0.113.9, 198.51.100.7", "10.0.0.2"]), "198.51.100.7");
        assert_eq!(limited_network("2001:db8:1:2:3:4:5:6".parse().unwrap()).to_string(), "2001:db8:1:2::");
    }

    fn cidr(text: &str) -> Cidr {
        Cidr::try_from(text.to_owned()).unwrap()
    }

    #[test]
    fn a_network_contains_its_addresses_and_no_others() {
        assert!(cidr("10.0.0.0/8").contains("10.200.3.4".parse().unwrap()));
        assert!(!cidr("10.0.0.0/8").contains("11.0.0.1".parse().unwrap()));
        assert!(cidr("0.0.0.0/0").contains("8.8.8.8".parse().unwrap()));
        assert!(cidr("127.0.0.1").contains("::ffff:127.0.0.1".parse().unwrap()));
        assert!(!cidr("127.0.0.1").contains("::1".parse().unwrap()));
        assert!(cidr("2001:db8::/32").contains("2001:db8:1::1".parse().unwrap()));
    }

    #[test]
    fn what_is_no_network_is_refused() {
        for text in ["", "10.0.0.0/33", "::/129", "host", "10.0.0.0/", "10.0.0.0/x"] {
            assert!(Cidr::try_from(text.to_owned()).is_err(), "{text}");
        }
    }
}
