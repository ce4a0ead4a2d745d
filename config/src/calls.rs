//! Section `[calls]`: the LiveKit server or cluster that calls go through. Without it everything else works, and the apps say that calls are unavailable.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Secret;

/// The LiveKit server or cluster that calls go through; media never pass through this process. Its own configuration needs `room.auto_create: false`, and a
/// webhook to `webhook_listen`.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Calls {
    /// Its address as browsers reach it, such as `wss://media.clinic.example`. Unit: URL. Default: none, calls are unavailable.
    pub livekit_url: Option<String>,
    /// Its address as this process reaches it, where that is another. Unit: URL. Default: `livekit_url`.
    pub livekit_api_url: Option<String>,
    /// Name of an API key of it. Default: none, needed with `livekit_url`.
    pub api_key: Option<String>,
    /// Secret of that key. Default: none, this or `api_secret_file` is needed with `livekit_url`.
    pub api_secret: Option<Secret>,
    /// File that holds the secret instead. Unit: path. Default: none.
    pub api_secret_file: Option<PathBuf>,
    /// Where its webhooks are taken, at `/webhook`; events are signed, still keep it where only LiveKit comes. Unit: address:port.
    /// Default: `127.0.0.1:8010`.
    #[schemars(with = "String")]
    pub webhook_listen: SocketAddr,
    /// How long a call rings. Unit: seconds, 5 to 120. Default: 45.
    pub ring_seconds: u64,
}

impl Default for Calls {
    fn default() -> Self {
        Self {
            livekit_url: None,
            livekit_api_url: None,
            api_key: None,
            api_secret: None,
            api_secret_file: None,
            webhook_listen: SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 8010),
            ring_seconds: 45,
        }
    }
}
