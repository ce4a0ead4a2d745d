//! What supervisors do with keys, and recognising one.

use serde_json::json;

use super::error::ApiKeyError;
use super::store::{self, Key};
use super::token;
use crate::actor::Actor;
use crate::api::types::{ApiKey, ApiKeySecret, ApiKeys, ApiScope, NewApiKey};
use crate::audit;
use crate::store::{StoreError, Writing};
use crate::tenant::Tenant;
use crate::words::Word;

/// Keys in use.
const KEYS_MAX: i64 = 50;
/// Longest name. Unit: characters.
const NAME_CHARACTERS_MAX: usize = 60;
/// The time of use is written down at most so often. Unit: seconds.
const USE_NOTED_EVERY_SECONDS: i64 = 60;

fn shown(key: Key) -> ApiKey {
    ApiKey {
        id: key.id,
        name: key.name,
        beginning: key.beginning,
        scopes: key.scopes,
        created_at: key.created_at,
        expires_at: key.expires_at,
        last_used_at: key.last_used_at,
        revoked_at: key.revoked_at,
    }
}

/// All keys, those that were revoked too.
pub async fn list(tenant: &Tenant) -> Result<ApiKeys, ApiKeyError> {
    let mut reading = tenant.store.read().await?;
    let keys = store::load_all(&mut reading).await?.into_iter().map(shown).collect();
    Ok(ApiKeys { keys, scope_types: ApiScope::WORDS.iter().map(|(scope, _)| *scope).collect() })
}

/// Makes a key, which is shown this once.
///
/// Errors: `Invalid`, `Exists`, `TooMany`, `Store`.
pub async fn create(tenant: &Tenant, new: NewApiKey, actor: &Actor) -> Result<ApiKeySecret, ApiKeyError> {
    let now = tenant.context.now();
    let secret = token::new(&tenant.context);
    let key = Key {
        id: tenant.context.new_id(),
        name: checked_name(&new.name)?,
        beginning: token::beginning(&secret),
        scopes: checked_scopes(&new.scopes)?,
        created_at: now,
        expires_at: new.expires_at,
        last_used_at: None,
        revoked_at: None,
    };
    if key.expires_at.is_some_and(|expires| expires <= now) {
        return Err(ApiKeyError::invalid("expires_at", "a time to come"));
    }
    let mut writing = tenant.store.write().await?;
    if store::count(&mut writing).await? >= KEYS_MAX {
        return Err(ApiKeyError::TooMany);
    }
    match store::insert(&mut writing, &key, token::hash(&secret)).await {
        Err(StoreError::Constraint(_)) => return Err(ApiKeyError::Exists),
        other => other?,
    }
    note(&mut writing, tenant, actor, "api_key.created", &key).await?;
    writing.commit().await?;
    Ok(ApiKeySecret { key: shown(key), token: secret })
}

/// Revokes a key: from now on it opens nothing. One that is revoked already stays so.
///
/// Errors: `NotFound`, `Store`.
pub async fn revoke(tenant: &Tenant, id: &str, actor: &Actor) -> Result<ApiKey, ApiKeyError> {
    let mut writing = tenant.store.write().await?;
    let mut key = store::load(&mut writing, id).await?.ok_or(ApiKeyError::NotFound)?;
    if key.revoked_at.is_none() {
        let now = tenant.context.now();
        store::revoke(&mut writing, id, now).await?;
        key.revoked_at = Some(now);
        note(&mut writing, tenant, actor, "api_key.revoked", &key).await?;
        writing.commit().await?;
    }
    Ok(shown(key))
}

/// The key of a bearer token, if it opens anything now; notes that it was used.
pub async fn recognise(tenant: &Tenant, bearer: &str) -> Result<Option<Key>, StoreError> {
    let now = tenant.context.now();
    let mut reading = tenant.store.read().await?;
    let found = store::by_hash(&mut reading, &token::hash(bearer)).await?;
    drop(reading);
    let Some(key) = found.filter(|key| key.is_good(now)) else { return Ok(None) };
    if key.last_used_at.is_none_or(|last| now.seconds_since(last) >= USE_NOTED_EVERY_SECONDS) {
        let mut writing = tenant.store.write().await?;
        store::used(&mut writing, &key.id, now).await?;
        writing.commit().await?;
    }
    Ok(Some(key))
}

async fn note(
    writing: &mut Writing,
    tenant: &Tenant,
    actor: &Actor,
    action: &'static str,
    key: &Key,
) -> Result<(), StoreError> {
    let detail = json!({ "name": key.name, "scopes": key.scopes, "expires_at": key.expires_at });
    let subject = audit::Subject { kind: "api_key", id: &key.id };
    let entry = audit::Entry { at: tenant.context.now(), actor, action, subject, detail };
    audit::append(writing, &tenant.key, entry).await
}

fn checked_name(text: &str) -> Result<String, ApiKeyError> {
    let name = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() || name.chars().count() > NAME_CHARACTERS_MAX || name.chars().any(char::is_control) {
        return Err(ApiKeyError::invalid("name", "1 to 60 characters"));
    }
    Ok(name)
}

fn checked_scopes(scopes: &[ApiScope]) -> Result<Vec<ApiScope>, ApiKeyError> {
    let chosen: Vec<_> =
        ApiScope::WORDS.iter().map(|(scope, _)| *scope).filter(|scope| scopes.contains(scope)).collect();
    if chosen.is_empty() { Err(ApiKeyError::invalid("scopes", "at least one")) } else { Ok(chosen) }
}
