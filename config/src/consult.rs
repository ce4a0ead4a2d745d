//! Section `[consult]`: the consultation service, an application service in the same process.

use std::path::PathBuf;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The consultation service.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Consult {
    /// Whether it runs in this process. Off leaves a bare homeserver. Default: true.
    pub enabled: bool,
    /// File that encrypts all secrets of the keeper: outside `data_dir` and its backups; mode 0600; made at the first start when it is absent.
    /// Whoever has the data and not this file reads no conversation; whoever loses it loses the archive. Unit: path. Default: none, it must be given.
    #[schemars(example = &"/etc/consilium/keeper.key")]
    pub keeper_key_file: Option<PathBuf>,
    /// Localpart of the keeper, the service's own user and creator of every conversation. It cannot change once rooms exist. Default: `keeper`.
    pub keeper_localpart: String,
    /// How long a checked access token is believed. Unit: seconds, at most 10. Default: 10.
    pub token_cache_seconds: u64,
    /// An operator's console that sent no heartbeat this long makes the operator away. Unit: seconds. Default: 90.
    pub operator_away_after_seconds: u64,
    /// Events kept for a console that comes back and resumes its stream. Unit: events for each tenant. Default: 10000.
    pub event_backlog: usize,
    /// How long name, telephone number, reason and notes of a call-back are kept after it has ended; then they are erased, also those of the form without an
    /// account, and the key of its sealed record is destroyed: the archive's chain stays provable, the record cannot be read any more.
    /// 0: they are never erased. Unit: days. Default: 365.
    pub callback_keep_days: u32,
    /// How long a mention in a note opens the notes of a conversation to the colleague whom it names, and who could not read them otherwise.
    /// Unit: hours, at least 1. Default: 24.
    pub note_mention_hours: u32,
    /// Whether webhooks may go to this machine and to private networks, and there also without encryption (`http://`). Off, a supervisor cannot make the service
    /// speak to anything but public addresses, whatever a name leads to. Link-local addresses are never spoken to. Default: false.
    pub webhooks_to_private_addresses: bool,
}

impl Default for Consult {
    fn default() -> Self {
        Self {
            enabled: true,
            keeper_key_file: None,
            keeper_localpart: "keeper".to_owned(),
            token_cache_seconds: 10,
            operator_away_after_seconds: 90,
            event_backlog: 10_000,
            callback_keep_days: 365,
            note_mention_hours: 24,
            webhooks_to_private_addresses: false,
        }
    }
}
