//! Section `[doctor]`: what `consilium doctor`, and the same in the console, cannot find out by itself.

use std::path::PathBuf;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a look at the installation cannot find out by itself.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Doctor {
    /// Folder where backups are kept, which whoever runs the service may read: the age of the newest file in it is told. Unit: path.
    /// Default: none, nothing is said of backups but that nobody knows.
    #[schemars(example = &"/srv/backups/consilium")]
    pub backups: Option<PathBuf>,
    /// The media server's own configuration, where it runs on this machine: its ports for media are tried. Unit: path. Default: none.
    #[schemars(example = &"/etc/livekit.yaml")]
    pub livekit_config: Option<PathBuf>,
}
