//! What supervisors do with keys: make, rename, limit, revoke.

use std::sync::Arc;

use serde_json::{Value, json};

use super::error::ApiKeyError;
use super::registry::Key;
use super::token::{self, NewToken};
use super::{scope, store};
use crate::actor::Actor;
use crate::api::types::{ApiKey, ApiKeyChange, ApiKeySecret, ApiKeys, ApiScope, NewApiKey};
use crate::audit;
use crate::ids::ApiKeyId;
use crate::letters;
use crate::store::{StoreError, Writing};
use crate::tenant::Tenant;
use crate::time::Time;
use crate::words::Word;

/// Keys in use. A clinic connects a handful of systems.
const IN_USE_MAX: usize = 50;
/// Keys that were ever made: their names are kept, because the audit log shows them.
const EVER_MAX: usize = 2_000;
/// Revoked keys that are listed, the latest.
const REVOKED_SHOWN: usize = 100;
/// Longest name. Unit: characters.
const NAME_CHARACTERS_MAX: usize = 60;
const LOCK: &str = "api keys";

fn shown(key: &Key) -> ApiKey {
    ApiKey {
        id: key.id.clone(),
        name: key.name.clone(),
        beginning: token::beginning(&key.handle),
        scopes: key.scopes.clone(),
        created_at: key.created_at,
        expires_at: key.expires_at,
        revoked_at: key.revoked_at,
        last_used_at: key.used.as_ref().map(|used| used.at),
        last_used_from: key.used.as_ref().map(|used| used.from.clone()),
    }
}

/// The keys that are not revoked, oldest first; then the revoked ones, the latest first.
pub fn list(tenant: &Tenant) -> ApiKeys {
    let (kept, mut revoked): (Vec<_>, Vec<_>) =
        tenant.api_keys.all().into_iter().partition(|key| key.revoked_at.is_none());
    revoked.sort_by_key(|key| std::cmp::Reverse(key.revoked_at));
    let keys = kept.iter().chain(revoked.iter().take(REVOKED_SHOWN)).map(|key| shown(key)).collect();
    ApiKeys { keys, scope_types: ApiScope::WORDS.iter().map(|(scope, _)| *scope).collect() }
}

/// Makes a key, which is shown this once.
///
/// Errors: `Invalid`, `NameTaken`, `TooMany`, `Store`.
pub async fn create(tenant: &Tenant, new: NewApiKey, actor: &Actor) -> Result<ApiKeySecret, ApiKeyError> {
    let now = tenant.context.now();
    let drawn = NewToken::draw(&tenant.context);
    let key = Key {
        id: tenant.context.new_id().into(),
        name: checked_name(&new.name)?,
        secret_hash: token::hash(&tenant.key, &drawn.token),
        handle: drawn.handle,
        scopes: checked_scopes(&new.scopes)?,
        created_at: now,
        expires_at: checked_end(new.expires_at, now)?,
        revoked_at: None,
        used: None,
    };
    let _one_by_one = tenant.locks.lock(LOCK).await;
    let all = tenant.api_keys.all();
    let in_use = all.iter().filter(|key| key.revoked_at.is_none()).count();
    if in_use >= IN_USE_MAX || all.len() >= EVER_MAX {
        return Err(ApiKeyError::TooMany);
    }
    let mut writing = tenant.store.write().await?;
    named(store::insert(&mut writing, &key).await)?;
    note(&mut writing, tenant, actor, "api_key.created", &key.id, detail(&key)).await?;
    writing.commit().await?;
    let answer = ApiKeySecret { key: shown(&key), token: drawn.token };
    tenant.api_keys.put(key);
    Ok(answer)
}

/// Renames or limits a key; what is left out stays.
///
/// Errors: `NotFound`, `Revoked`, `Invalid`, `NameTaken`, `Store`.
pub async fn change(
    tenant: &Tenant,
    id: &ApiKeyId,
    change: ApiKeyChange,
    actor: &Actor,
) -> Result<ApiKey, ApiKeyError> {
    let _one_by_one = tenant.locks.lock(LOCK).await;
    let mut key = Arc::unwrap_or_clone(tenant.api_keys.by_id(id).ok_or(ApiKeyError::NotFound)?);
    if key.revoked_at.is_some() {
        return Err(ApiKeyError::Revoked);
    }
    if let Some(name) = change.name {
        key.name = checked_name(&name)?;
    }
    if let Some(scopes) = change.scopes {
        key.scopes = checked_scopes(&scopes)?;
    }
    if let Some(expires_at) = change.expires_at {
        key.expires_at = checked_end(expires_at, tenant.context.now())?;
    }
    settle(tenant, &key, "api_key.changed", actor).await
}

/// Revokes a key: from now on it opens nothing. One that is revoked already stays so.
///
/// Errors: `NotFound`, `Store`.
pub async fn revoke(tenant: &Tenant, id: &ApiKeyId, actor: &Actor) -> Result<ApiKey, ApiKeyError> {
    let _one_by_one = tenant.locks.lock(LOCK).await;
    let mut key = Arc::unwrap_or_clone(tenant.api_keys.by_id(id).ok_or(ApiKeyError::NotFound)?);
    if key.revoked_at.is_some() {
        return Ok(shown(&key));
    }
    key.revoked_at = Some(tenant.context.now());
    settle(tenant, &key, "api_key.revoked", actor).await
}

/// Writes what was decided, then enters it.
async fn settle(tenant: &Tenant, key: &Key, action: &'static str, actor: &Actor) -> Result<ApiKey, ApiKeyError> {
    let mut writing = tenant.store.write().await?;
    named(store::update(&mut writing, key).await)?;
    note(&mut writing, tenant, actor, action, &key.id, detail(key)).await?;
    writing.commit().await?;
    tenant.api_keys.change(&key.id, |entry| {
        entry.name.clone_from(&key.name);
        entry.scopes.clone_from(&key.scopes);
        (entry.expires_at, entry.revoked_at) = (key.expires_at, key.revoked_at);
    });
    Ok(shown(key))
}

/// The one constraint that a write of a key can break is that of its name.
fn named(written: Result<(), StoreError>) -> Result<(), ApiKeyError> {
    written.map_err(|error| match error {
        StoreError::Constraint(_) => ApiKeyError::NameTaken,
        other => ApiKeyError::Store(other),
    })
}

fn detail(key: &Key) -> Value {
    let scopes: Vec<&str> = key.scopes.iter().map(|scope| scope.word()).collect();
    json!({ "name": key.name, "scopes": scopes, "expires_at": key.expires_at })
}

async fn note(
    writing: &mut Writing,
    tenant: &Tenant,
    actor: &Actor,
    action: &'static str,
    id: &ApiKeyId,
    detail: Value,
) -> Result<(), StoreError> {
    let subject = audit::Subject { kind: "api_key", id: id.as_str() };
    let entry = audit::Entry { at: tenant.context.now(), actor, action, subject, detail };
    audit::append(writing, &tenant.key, entry).await
}

fn checked_name(text: &str) -> Result<String, ApiKeyError> {
    let name = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() || name.chars().count() > NAME_CHARACTERS_MAX || letters::has_control(&name) {
        return Err(ApiKeyError::invalid("name", "a name has 1 to 60 characters"));
    }
    Ok(name)
}

fn checked_scopes(scopes: &[ApiScope]) -> Result<Vec<ApiScope>, ApiKeyError> {
    let chosen = scope::in_order(scopes);
    if chosen.is_empty() { Err(ApiKeyError::invalid("scopes", "at least one")) } else { Ok(chosen) }
}

fn checked_end(expires_at: Option<Time>, now: Time) -> Result<Option<Time>, ApiKeyError> {
    if expires_at.is_some_and(|expires| expires <= now) {
        return Err(ApiKeyError::invalid("expires_at", "a time to come"));
    }
    Ok(expires_at)
}
