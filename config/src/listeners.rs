//! Section `[listeners]`: the addresses that the process listens on.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Addresses that the process listens on.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Listeners {
    /// Matrix API, consultation API and patient app. Unit: address:port, port 0 takes a free one. Default: `127.0.0.1:8008`.
    #[schemars(with = "String")]
    pub public: SocketAddr,
    /// Operator console, an origin of its own. Without it the console is served on `public` to the tenants' console hosts.
    /// Unit: address:port. Default: `127.0.0.1:8009`; an empty text means none.
    #[serde(deserialize_with = "empty_is_none")]
    #[schemars(with = "String")]
    pub console: Option<SocketAddr>,
    /// How long a stopping process lets running requests end. Unit: seconds. Default: 10.
    pub stop_grace_seconds: u64,
}

impl Default for Listeners {
    fn default() -> Self {
        let loopback = IpAddr::V4(Ipv4Addr::LOCALHOST);
        Self {
            public: SocketAddr::new(loopback, 8008),
            console: Some(SocketAddr::new(loopback, 8009)),
            stop_grace_seconds: 10,
        }
    }
}

/// Reads an address, or none from an empty text.
pub(crate) fn empty_is_none<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<SocketAddr>, D::Error> {
    let text = String::deserialize(deserializer)?;
    if text.is_empty() {
        return Ok(None);
    }
    text.parse().map(Some).map_err(|_| {
        serde::de::Error::custom(format!("`{text}` is not an address with a port, such as 127.0.0.1:8009"))
    })
}
