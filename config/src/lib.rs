//! Typed configuration of an installation and of its brands.
//!
//! What lives here: one small struct for each section of `consilium.toml` ([`Config`]), the brand folder ([`Brand`]) and what of it is public
//! ([`PublicBrand`]), how both are read ([`load`]), the checks that need more than one key ([`check`]), and the generated reference ([`reference`]).
//!
//! Invariants:
//! - An unknown key, a wrong value or a contradictory pair is refused at start; the message names the key and the remedy.
//! - Every setting of the file can also be given by environment variable, `CONSILIUM__SECTION__KEY`.
//! - A secret never prints: it is a [`Secret`], whose `Debug` is `…`.
//!
//! Deliberately absent: reading a setting at the place where it is used, settings of an installation that change while the process runs (sections of a brand do:
//! [`brand::Section`]), defaults outside these structs.

pub mod brand;
mod calls;
pub mod check;
mod consult;
mod doctor;
mod env;
mod http;
pub mod letters;
mod listeners;
pub mod load;
mod log;
mod media;
mod metrics;
mod outward;
mod rate_limits;
pub mod reference;
mod secret;
mod tenant;

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use brand::{Brand, PublicBrand};
pub use calls::Calls;
pub use check::Problem;
pub use consult::Consult;
pub use doctor::Doctor;
pub use http::{Cidr, Http, client_address, limited_network};
pub use listeners::Listeners;
pub use load::ConfigError;
pub use log::{Log, LogFormat};
pub use media::{Media, ThumbnailMethod, ThumbnailSize};
pub use metrics::Metrics;
pub use outward::{Notary, Signer};
pub use rate_limits::{RateLimit, RateLimits};
pub use secret::Secret;
pub use tenant::{
    Appservices, ContactPolicy, Origin, Origins, Registration, RegistrationPolicy, RoomVersion, Rtc, Tenant, TenantSlug,
};

/// Everything that an installation is told: the content of `consilium.toml`.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Folder of all data: `tenants/<slug>/{store,media,consult.db,keeper,secrets/}`. A relative path counts from the file that names it.
    /// Unit: path. Default: `data`.
    #[serde(default = "default_data_dir")]
    #[schemars(example = &"/var/lib/consilium")]
    pub data_dir: PathBuf,
    /// Slug of the tenant that answers requests whose `Host` belongs to no tenant. Default: none, such a request gets 404.
    #[serde(default)]
    #[schemars(example = &"clinic")]
    pub default_tenant: Option<TenantSlug>,
    /// Addresses that the process listens on.
    #[serde(default)]
    pub listeners: Listeners,
    /// Limits and trust of the HTTP side.
    #[serde(default)]
    pub http: Http,
    /// The partners that this installation serves, by slug.
    #[serde(default)]
    pub tenants: BTreeMap<TenantSlug, Tenant>,
    /// How often who may do what.
    #[serde(default)]
    pub rate_limits: RateLimits,
    /// Uploads, downloads and thumbnails.
    #[serde(default)]
    pub media: Media,
    /// The consultation service.
    #[serde(default)]
    pub consult: Consult,
    /// Calls.
    #[serde(default)]
    pub calls: Calls,
    /// What a look at the installation cannot find out by itself.
    #[serde(default)]
    pub doctor: Doctor,
    /// The log.
    #[serde(default)]
    pub log: Log,
    /// Prometheus metrics.
    #[serde(default)]
    pub metrics: Metrics,
}

fn default_data_dir() -> PathBuf {
    PathBuf::from("data")
}

impl Config {
    /// The folder of one tenant's data, `<data_dir>/tenants/<slug>`.
    pub fn tenant_dir(&self, slug: &TenantSlug) -> PathBuf {
        self.data_dir.join("tenants").join(slug.as_str())
    }

    /// The tenant that answers requests for `host` (`name` or `name:port`, any case), with its slug.
    ///
    /// A host with a port is looked up as it stands first, then without the port. Falls back to `default_tenant`; `None` means 404.
    pub fn tenant_by_host(&self, host: &str) -> Option<(&TenantSlug, &Tenant)> {
        let host = host.to_ascii_lowercase();
        let name = without_port(&host);
        self.tenants
            .iter()
            .find(|(_, tenant)| tenant.answers(&host))
            .or_else(|| self.tenants.iter().find(|(_, tenant)| tenant.answers(name)))
            .or_else(|| self.default_tenant.as_ref().and_then(|slug| self.tenants.get_key_value(slug)))
    }

    /// Turns every relative path into one below `base`, the folder of the file that named it.
    pub(crate) fn resolve_paths(&mut self, base: &Path) {
        self.data_dir = below(base, &self.data_dir);
        if let Some(path) = &mut self.consult.keeper_key_file {
            *path = below(base, path);
        }
        if let Some(path) = &mut self.calls.api_secret_file {
            *path = below(base, path);
        }
        for path in [&mut self.doctor.backups, &mut self.doctor.livekit_config].into_iter().flatten() {
            *path = below(base, path);
        }
        for tenant in self.tenants.values_mut() {
            tenant.resolve_paths(base);
        }
    }
}

/// `path` as it counts from `base`, without `.` and `..`, so that "inside" can be told by the text.
pub(crate) fn below(base: &Path, path: &Path) -> PathBuf {
    base.join(path).components().fold(PathBuf::new(), |mut whole, part| {
        match part {
            Component::CurDir => {}
            Component::ParentDir if matches!(whole.components().next_back(), Some(Component::Normal(_))) => {
                whole.pop();
            }
            part => whole.push(part),
        }
        whole
    })
}

/// `host` without its port; an IPv6 address keeps its brackets.
pub(crate) fn without_port(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    }
}
