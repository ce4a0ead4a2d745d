//! What the service is started with. Reading files and environment is the binary's part; here are plain values.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use consilium_appservice::{Namespace, Namespaces, Registration, Secret};
use consilium_config::{Brand, Cidr};
use zeroize::Zeroizing;

use crate::api::types::NewOperator;
use crate::archive::KeyFiles;
use crate::call::CallsConfig;
use crate::doctor::Doctor;
use crate::webhook::Reach;

/// Localpart of the application service's own user; the keeper is another, a user of the namespace (`keeper.md`: some homeservers serve the sender no sync).
pub(crate) const SENDER: &str = "consilium-consult";
/// The keeper's first device.
pub(crate) const KEEPER_DEVICE: &str = "KEEPER1";
/// The database in the tenant's folder.
pub(crate) const DATABASE: &str = "consult.db";
/// Folders of a tenant.
const KEEPER_FOLDER: &str = "keeper";
const SECRETS: &str = "secrets";

/// The consultation service of one process.
#[derive(Debug, Clone)]
pub struct ConsultConfig {
    /// The tenants that it serves.
    pub tenants: Vec<TenantConfig>,
    /// Slug of the tenant that answers hosts that belong to none; `None`: they get 404.
    pub default_tenant: Option<String>,
    /// How long a checked access token is believed. Unit: seconds, at most 10.
    pub token_cache_seconds: u64,
    /// A console silent this long makes its operator away. Unit: seconds.
    pub operator_away_after_seconds: i64,
    /// Changes kept for a stream that comes back. Unit: changes for each tenant.
    pub event_backlog: i64,
    /// How long what is personal of a call-back is kept after its end; 0: for ever. Unit: days.
    pub callback_keep_days: u32,
    /// How long a mention in a note opens the conversation's notes to the colleague whom it names. Unit: hours.
    pub note_mention_hours: u32,
    /// How far webhooks reach.
    pub webhook_reach: Reach,
    /// Reverse proxies whose `X-Forwarded-For` counts.
    pub trusted_proxies: Vec<Cidr>,
    /// Calls; `None`: no media server is connected.
    pub calls: Option<CallsConfig>,
    /// Looks at the installation for its administrators; `None`: nobody does.
    pub doctor: Option<Arc<dyn Doctor>>,
}

/// One tenant.
#[derive(Debug, Clone)]
pub struct TenantConfig {
    /// Short name.
    pub slug: String,
    /// Matrix server name.
    pub server_name: String,
    /// `Host` names of the API, with or without a port.
    pub hosts: Vec<String>,
    /// The tenant's public origin, where clients reach homeserver and service, such as `https://clinic.example`.
    pub public_url: String,
    /// Base address of the homeserver over loopback, such as `http://127.0.0.1:8008`.
    pub homeserver_url: String,
    /// Token of this service at the homeserver.
    pub as_token: Secret,
    /// Token of the homeserver at this service.
    pub hs_token: Secret,
    /// Localpart of the keeper.
    pub keeper_localpart: String,
    /// The tenant's folder: `consult.db`, `archive.heads`, `keeper/`, `secrets/`.
    pub data_folder: PathBuf,
    /// Content of `keeper.key`, which lies outside the folder and its backups.
    pub keeper_key: Zeroizing<[u8; 32]>,
    /// Queues, circles, languages, names.
    pub brand: Brand,
    /// Web origins of the tenant's apps, exactly as browsers write them.
    pub api_origins: Vec<String>,
    /// Rooms where members of staff may call each other.
    pub staff_rooms: Vec<String>,
    /// Whoever makes signatures of conclusions; `None`: the service notes who signed.
    pub signer: Option<SignerConfig>,
    /// Whoever keeps the heads of archive and audit log; `None`: nobody is sent them.
    pub notary: Option<NotaryConfig>,
    /// Members of staff that are made at start where they are absent: the demo's.
    pub staff: Vec<NewOperator>,
}

/// An address of the partner's that the service asks something.
#[derive(Debug, Clone)]
pub struct OutwardConfig {
    /// The address.
    pub url: String,
    /// Key of the requests' signatures.
    pub key: Secret,
    /// How long an answer may take.
    pub answers_within: Duration,
}

/// Whoever makes signatures of conclusions.
#[derive(Debug, Clone)]
pub struct SignerConfig {
    /// Where he is.
    pub outward: OutwardConfig,
    /// Whether he is given the content, besides its hash.
    pub sends_content: bool,
}

/// Whoever keeps the heads of archive and audit log.
#[derive(Debug, Clone)]
pub struct NotaryConfig {
    /// Where he is.
    pub outward: OutwardConfig,
    /// How often he is given them.
    pub every: Duration,
}

impl TenantConfig {
    /// The keeper's user id.
    pub fn keeper_user_id(&self) -> String {
        format!("@{}:{}", self.keeper_localpart, self.server_name)
    }

    /// What the homeserver has to be told; `url` is where this service's application-service listener answers.
    pub fn registration(&self, url: &str) -> Registration {
        Registration {
            id: SENDER.to_owned(),
            url: Some(url.to_owned()),
            as_token: self.as_token.clone(),
            hs_token: self.hs_token.clone(),
            sender_localpart: SENDER.to_owned(),
            namespaces: Namespaces {
                users: Namespace::exact_users(&[&self.keeper_localpart, SENDER], &self.server_name),
                ..Namespaces::default()
            },
            rate_limited: false,
            receive_ephemeral: true,
            push_ephemeral: true,
            encryption: true,
            device_management: true,
            proxy_prefix: Some("rtc/livekit".to_owned()),
            proxy_url: Some(url.to_owned()),
        }
    }

    /// Whether a tenant's folder holds what only its `keeper.key` opens.
    pub fn has_sealed_data(data_folder: &Path) -> bool {
        data_folder.join(KEEPER_FOLDER).exists() || KeyFiles::in_folder(&data_folder.join(SECRETS)).signing_key.exists()
    }

    pub(crate) fn database(&self) -> PathBuf {
        self.data_folder.join(DATABASE)
    }

    pub(crate) fn anchor(&self) -> PathBuf {
        self.data_folder.join("archive.heads")
    }

    pub(crate) fn secrets(&self) -> PathBuf {
        self.data_folder.join(SECRETS)
    }

    pub(crate) fn keeper_folder(&self) -> PathBuf {
        self.data_folder.join(KEEPER_FOLDER)
    }
}
