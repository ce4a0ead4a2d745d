//! The configuration as the consultation service wants it, and the secrets that it and the homeserver share.
//!
//! The service is an ordinary application service over loopback HTTP, also inside one process. Its tokens are made for each tenant at the first start, in
//! `tenants/<slug>/secrets/consult.json` (mode 0600).

use std::io::Write;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, bail};
use consilium_appservice::Secret;
use consilium_config::{self as config, Brand, Calls, Config, TenantSlug};
use consilium_consult::call::{CallsConfig, LiveKit};
use consilium_consult::config::{NotaryConfig, OutwardConfig, SignerConfig};
use consilium_consult::doctor::Doctor;
use consilium_consult::webhook::Reach;
use consilium_consult::{ConsultConfig, TenantConfig, key_file};
use consilium_homeserver::Context;
use consilium_homeserver::appservice::Registration;
use serde::{Deserialize, Serialize};

/// Length of a token: 43 letters and digits are 255 bits.
const TOKEN_LENGTH: usize = 43;

/// A notary writes two hashes down.
const NOTARY_ANSWERS_WITHIN: Duration = Duration::from_secs(20);

/// Tokens by which homeserver and service know one another.
#[derive(Serialize, Deserialize)]
struct Tokens {
    as_token: Secret,
    hs_token: Secret,
}

/// What the service of one tenant is told; `homeserver_url` is where that tenant's homeserver answers over loopback.
pub fn tenant_config(
    config: &Config,
    slug: &TenantSlug,
    brand: &Brand,
    homeserver_url: String,
    context: &Context,
) -> anyhow::Result<TenantConfig> {
    let tenant = &config.tenants[slug];
    let folder = config.tenant_dir(slug);
    let tokens = read_or_make_tokens(&folder.join("secrets"), context)?;
    let key_path = config.consult.keeper_key_file.as_deref().context("consult.keeper_key_file is missing")?;
    must_fit_the_data(config, key_path)?;
    let keeper_key = key_file::read_or_make(key_path, &consilium_consult::Context::system())?;
    let origins = [Some(&tenant.origins.public), tenant.origins.console.as_ref()];
    let hosts =
        tenant.hosts.iter().cloned().chain([tenant.origins.public.host().to_owned(), tenant.server_name.clone()]);
    Ok(TenantConfig {
        slug: slug.to_string(),
        server_name: tenant.server_name.clone(),
        hosts: hosts.collect(),
        public_url: tenant.origins.public.to_string(),
        homeserver_url,
        as_token: tokens.as_token,
        hs_token: tokens.hs_token,
        keeper_localpart: config.consult.keeper_localpart.clone(),
        data_folder: folder,
        keeper_key,
        brand: brand.clone(),
        api_origins: origins.into_iter().flatten().map(ToString::to_string).collect(),
        staff_rooms: tenant.staff_rooms.clone(),
        signer: signer_config(&tenant.signer),
        notary: notary_config(&tenant.notary),
        staff: Vec::new(),
    })
}

/// What the service is told about itself.
pub fn service_config(config: &Config, tenants: Vec<TenantConfig>, doctor: Option<Arc<dyn Doctor>>) -> ConsultConfig {
    let bounded = |value: u64| i64::try_from(value).unwrap_or(i64::MAX);
    ConsultConfig {
        tenants,
        default_tenant: config.default_tenant.as_ref().map(ToString::to_string),
        token_cache_seconds: config.consult.token_cache_seconds,
        operator_away_after_seconds: bounded(config.consult.operator_away_after_seconds),
        event_backlog: i64::try_from(config.consult.event_backlog).unwrap_or(i64::MAX),
        callback_keep_days: config.consult.callback_keep_days,
        note_mention_hours: config.consult.note_mention_hours,
        webhook_reach: if config.consult.webhooks_to_private_addresses { Reach::Private } else { Reach::Public },
        trusted_proxies: config.http.trusted_proxies.clone(),
        calls: calls_config(&config.calls),
        doctor,
    }
}

/// Whoever makes signatures; `None` where nobody else does.
fn signer_config(signer: &config::Signer) -> Option<SignerConfig> {
    let outward = outward(signer.url.as_ref(), signer.key.as_ref(), Duration::from_secs(signer.timeout_seconds))?;
    Some(SignerConfig { outward, sends_content: signer.send_content })
}

/// Whoever is given heads; `None` where nobody is.
fn notary_config(notary: &config::Notary) -> Option<NotaryConfig> {
    let outward = outward(notary.url.as_ref(), notary.key.as_ref(), NOTARY_ANSWERS_WITHIN)?;
    Some(NotaryConfig { outward, every: Duration::from_secs(notary.every_hours * 3_600) })
}

fn outward(url: Option<&String>, key: Option<&config::Secret>, answers_within: Duration) -> Option<OutwardConfig> {
    Some(OutwardConfig { url: url?.clone(), key: Secret::new(key?.expose()), answers_within })
}

/// The media server; `None` where none is configured.
fn calls_config(calls: &Calls) -> Option<CallsConfig> {
    let (url, key, secret) = (calls.livekit_url.as_ref()?, calls.api_key.as_ref()?, calls.api_secret.as_ref()?);
    let api_url = calls.livekit_api_url.as_ref().unwrap_or(url);
    Some(CallsConfig {
        media: Arc::new(LiveKit::new(api_url, key, secret.expose())),
        url: url.clone(),
        ring_seconds: i64::try_from(calls.ring_seconds).unwrap_or(i64::MAX),
    })
}

/// The service's registration as the homeserver reads it: by the format of registration files, which both know.
pub fn registration(tenant: &TenantConfig) -> anyhow::Result<Registration> {
    let ours = tenant.registration(&tenant.homeserver_url);
    let text = serde_json::to_string(&ours).context("a registration is JSON")?;
    Registration::parse(&text).context("the homeserver refuses the consultation service's registration")
}

/// A key is made for new data only: beside data that were written with an absent one, a new key would open nothing and stand in the way of the right one.
fn must_fit_the_data(config: &Config, key_path: &Path) -> anyhow::Result<()> {
    if key_path.exists() {
        return Ok(());
    }
    let has_data = |slug: &&TenantSlug| TenantConfig::has_sealed_data(&config.tenant_dir(slug));
    if let Some(slug) = config.tenants.keys().find(has_data) {
        bail!(
            "consult.keeper_key_file: {} is not there, and the data of tenant `{slug}` were written with it; put it back. \
             Without it no conversation and no archive can be read; nothing was changed",
            key_path.display()
        );
    }
    Ok(())
}

fn read_or_make_tokens(secrets: &Path, context: &Context) -> anyhow::Result<Tokens> {
    let path = secrets.join("consult.json");
    let failed = || format!("{} cannot be read or made", path.display());
    match std::fs::read(&path) {
        Ok(text) => serde_json::from_slice(&text).with_context(failed),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            let token = || Secret::new(context.random_token(TOKEN_LENGTH));
            let tokens = Tokens { as_token: token(), hs_token: token() };
            write_new(secrets, &path, &serde_json::to_vec(&tokens)?).with_context(failed)?;
            Ok(tokens)
        }
        Err(error) => Err(error).with_context(failed),
    }
}

fn write_new(folder: &Path, path: &Path, content: &[u8]) -> std::io::Result<()> {
    std::fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    let mut file = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    file.write_all(content)?;
    file.sync_all()
}
