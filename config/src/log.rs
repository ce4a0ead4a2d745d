//! Section `[log]`: the log. It never holds content, tokens, names, phone numbers or health data, whatever the level.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The log, on standard error.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Log {
    /// What is written: a level (`error`, `warn`, `info`, `debug`, `trace`) or a filter for each module, such as `info,consilium_homeserver::sync=debug`.
    /// `info,consilium_homeserver::http::trail=debug` adds a line for each request to the homeserver. Default: `info`.
    pub filter: String,
    /// Form of a line. Default: `json`.
    pub format: LogFormat,
}

impl Default for Log {
    fn default() -> Self {
        Self { filter: "info".to_owned(), format: LogFormat::Json }
    }
}

/// Form of a log line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum LogFormat {
    /// One JSON object a line, for machines.
    Json,
    /// Text, for people at a terminal.
    Text,
}
