//! The configuration as the homeserver wants it.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::Context as _;
use consilium_config::{Config, ContactPolicy, RegistrationPolicy, RoomVersion, Tenant, TenantSlug};
use consilium_homeserver::appservice::Registration;
use consilium_homeserver::policy::{Contact, Policy};
use consilium_homeserver::{EngineKind, RegistrationConfig, RtcConfig, ServerConfig, TenantConfig};

/// Everything that the homeserver is told. `ours` gives each tenant's own application services beside those of its files.
pub fn server_config(
    config: &Config,
    mut ours: impl FnMut(&TenantSlug) -> Vec<Registration>,
) -> anyhow::Result<ServerConfig> {
    let tenants = config.tenants.iter().map(|(slug, tenant)| tenant_config(slug, tenant, ours(slug)));
    Ok(ServerConfig {
        data_dir: config.data_dir.clone(),
        engine: EngineKind::RocksDb,
        default_tenant: config.default_tenant.as_ref().map(ToString::to_string),
        http: config.http.clone(),
        media: config.media.clone(),
        rate_limits: config.rate_limits.clone(),
        tenants: tenants.collect::<anyhow::Result<_>>()?,
    })
}

fn tenant_config(slug: &TenantSlug, tenant: &Tenant, ours: Vec<Registration>) -> anyhow::Result<TenantConfig> {
    let key = format!("tenants.{slug}");
    let server_name = tenant.server_name.as_str().try_into();
    let server_name = server_name.with_context(|| format!("{key}.server_name: `{}` is refused", tenant.server_name))?;
    let mut appservices = ours;
    for path in &tenant.appservices.registration_files {
        appservices.push(read_registration(path).with_context(|| format!("{key}.appservices.registration_files"))?);
    }
    let hosts = tenant.hosts.iter().map(String::as_str).chain([tenant.origins.public.host(), &tenant.server_name]);
    let hosts: BTreeSet<String> = hosts.map(str::to_ascii_lowercase).collect();
    Ok(TenantConfig {
        slug: slug.to_string(),
        server_name,
        hosts: hosts.into_iter().collect(),
        public_url: Some(tenant.origins.public.to_string()),
        registration: RegistrationConfig {
            open: tenant.registration.policy == RegistrationPolicy::Open,
            tokens: tenant.registration.tokens.clone(),
            shared_secret: tenant.registration.shared_secret.clone(),
        },
        default_room_version: room_version(tenant.default_room_version),
        appservices,
        policy: Policy {
            contact: match tenant.contact_policy() {
                ContactPolicy::Open => Contact::Open,
                ContactPolicy::Closed => Contact::Closed,
            },
        },
        rtc: tenant.rtc.addresses().map(|(livekit_url, livekit_service_url)| RtcConfig {
            livekit_url: livekit_url.to_owned(),
            livekit_service_url: livekit_service_url.to_owned(),
        }),
    })
}

fn room_version(version: RoomVersion) -> ruma::RoomVersionId {
    match version {
        RoomVersion::V10 => ruma::RoomVersionId::V10,
        RoomVersion::V11 => ruma::RoomVersionId::V11,
        RoomVersion::V12 => ruma::RoomVersionId::V12,
    }
}

/// Reads one registration file.
fn read_registration(path: &Path) -> anyhow::Result<Registration> {
    let text = std::fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))?;
    Registration::parse(&text).with_context(|| format!("{} is refused", path.display()))
}
