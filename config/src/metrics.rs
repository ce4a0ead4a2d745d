//! Section `[metrics]`: Prometheus metrics at `/metrics` of a listener of their own.

use std::net::SocketAddr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::listeners::empty_is_none;

/// Prometheus metrics.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Metrics {
    /// Where `/metrics` is served; keep it away from the public network. Unit: address:port. Default: empty, not served.
    #[serde(deserialize_with = "empty_is_none")]
    #[schemars(with = "String")]
    pub listen: Option<SocketAddr>,
}
