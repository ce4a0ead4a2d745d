//! The keys of a tenant in memory: a few dozen, asked for with each request of a partner's system; those that were revoked too, whose names the audit log shows.
//!
//! Read at start, kept true after each commit that changes one.

use std::collections::HashMap;
use std::sync::Arc;

use parking_lot::RwLock;

use super::error::Refused;
use super::token;
use crate::actor::Actor;
use crate::api::types::ApiScope;
use crate::ids::{ApiKeyId, UserId};
use crate::tenant_key::TenantKey;
use crate::time::Time;

/// What the audit log writes before a key's id.
const ACTOR: &str = "key:";

/// When a key was last used, and from where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Used {
    /// To a minute.
    pub at: Time,
    /// Network address.
    pub from: String,
}

/// A key, without what opens anything.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// Its id.
    pub id: ApiKeyId,
    /// What it is called.
    pub name: String,
    /// The part by which it is found.
    pub handle: String,
    /// Keyed hash of the whole.
    pub secret_hash: Vec<u8>,
    /// What it may do.
    pub scopes: Vec<ApiScope>,
    /// When it was made.
    pub created_at: Time,
    /// When it ends by itself.
    pub expires_at: Option<Time>,
    /// When it was revoked.
    pub revoked_at: Option<Time>,
    /// Its last use.
    pub used: Option<Used>,
}

impl Key {
    /// Whether it may do this.
    pub fn may(&self, scope: ApiScope) -> bool {
        self.scopes.contains(&scope)
    }

    /// Who acts by it.
    pub fn actor(&self) -> Actor {
        Actor::Partner { key: self.id.clone(), user_id: UserId::from(format!("{ACTOR}{}", self.id)) }
    }

    /// Whether it opens anything now.
    fn opens(&self, now: Time) -> Result<(), Refused> {
        if self.revoked_at.is_some() {
            return Err(Refused::Revoked);
        }
        if self.expires_at.is_some_and(|expires| expires <= now) { Err(Refused::Expired) } else { Ok(()) }
    }
}

/// The id of the key that an actor of the audit log is; `None`: he is none.
pub fn key_of_actor(user_id: &str) -> Option<ApiKeyId> {
    user_id.strip_prefix(ACTOR).map(ApiKeyId::from)
}

/// The keys of a tenant.
#[derive(Debug, Default)]
pub struct Keys {
    keys: RwLock<Found>,
}

#[derive(Debug, Default)]
struct Found {
    by_id: HashMap<ApiKeyId, Arc<Key>>,
    by_handle: HashMap<String, ApiKeyId>,
}

impl Keys {
    /// Puts a key in, or in the place of its former entry.
    pub fn put(&self, key: Key) {
        let mut keys = self.keys.write();
        keys.by_handle.insert(key.handle.clone(), key.id.clone());
        keys.by_id.insert(key.id.clone(), Arc::new(key));
    }

    /// The key of that id.
    pub fn by_id(&self, id: &ApiKeyId) -> Option<Arc<Key>> {
        self.keys.read().by_id.get(id).cloned()
    }

    /// All, those that were revoked too, in the order in which they were made.
    pub fn all(&self) -> Vec<Arc<Key>> {
        let mut all: Vec<_> = self.keys.read().by_id.values().cloned().collect();
        all.sort_by(|a, b| a.id.cmp(&b.id));
        all
    }

    /// The name of a key; empty where there is none of that id.
    pub fn name_of(&self, id: &ApiKeyId) -> String {
        self.by_id(id).map(|key| key.name.clone()).unwrap_or_default()
    }

    /// The key that a token is, if it opens anything now.
    pub fn recognise(&self, tenant_key: &TenantKey, given: &str, now: Time) -> Result<Arc<Key>, Refused> {
        let handle = token::handle_of(given).ok_or(Refused::Unknown)?;
        let found = {
            let keys = self.keys.read();
            keys.by_handle.get(handle).and_then(|id| keys.by_id.get(id)).cloned()
        };
        let key = found.filter(|key| token::fits(tenant_key, given, &key.secret_hash)).ok_or(Refused::Unknown)?;
        key.opens(now).map(|()| key)
    }

    /// Notes a use, unless one was noted since `since`. Returns whether it was.
    pub(super) fn use_at(&self, id: &ApiKeyId, used: &Used, since: Time) -> bool {
        let mut keys = self.keys.write();
        let Some(key) = keys.by_id.get_mut(id) else { return false };
        if key.used.as_ref().is_some_and(|last| last.at > since) {
            return false;
        }
        Arc::make_mut(key).used = Some(used.clone());
        true
    }

    /// Changes an entry, whatever became of its last use meanwhile.
    pub(super) fn change(&self, id: &ApiKeyId, change: impl FnOnce(&mut Key)) {
        if let Some(key) = self.keys.write().by_id.get_mut(id) {
            change(Arc::make_mut(key));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Key, Keys, Refused, Used, key_of_actor};
    use crate::api_key::token::{NewToken, hash};
    use crate::context::Context;
    use crate::tenant_key::TenantKey;
    use crate::time::Time;

    fn now() -> Time {
        Time::from_millis(1_700_000_000_000)
    }

    fn entered(keys: &Keys, tenant_key: &TenantKey, change: impl FnOnce(&mut Key)) -> String {
        let new = NewToken::draw(&Context::system());
        let mut key = Key {
            id: new.handle.as_str().into(),
            name: "CRM".to_owned(),
            secret_hash: hash(tenant_key, &new.token),
            handle: new.handle,
            scopes: Vec::new(),
            created_at: now(),
            expires_at: None,
            revoked_at: None,
            used: None,
        };
        change(&mut key);
        keys.put(key);
        new.token
    }

    #[test]
    fn a_key_opens_until_it_is_revoked_or_over() {
        let (keys, tenant_key) = (Keys::default(), TenantKey::derive(&[7; 32], "a.test"));
        let good = entered(&keys, &tenant_key, |_| {});
        let over = entered(&keys, &tenant_key, |key| key.expires_at = Some(now().plus_seconds(1)));
        let revoked = entered(&keys, &tenant_key, |key| key.revoked_at = Some(now()));
        let is = |token: &str, now| keys.recognise(&tenant_key, token, now).map(|key| key.name.clone());
        assert_eq!(is(&good, now()), Ok("CRM".to_owned()));
        assert!(is(&over, now()).is_ok());
        assert_eq!(is(&over, now().plus_seconds(1)), Err(Refused::Expired));
        assert_eq!(is(&revoked, now()), Err(Refused::Revoked));
    }

    #[test]
    fn a_changed_letter_and_a_foreign_tenant_open_nothing() {
        let (keys, tenant_key) = (Keys::default(), TenantKey::derive(&[7; 32], "a.test"));
        let token = entered(&keys, &tenant_key, |_| {});
        let last = if token.ends_with('A') { "Q" } else { "A" };
        let changed = format!("{}{last}", &token[..token.len() - 1]);
        assert_eq!(keys.recognise(&tenant_key, &changed, now()), Err(Refused::Unknown));
        let other = TenantKey::derive(&[7; 32], "b.test");
        assert_eq!(keys.recognise(&other, &token, now()), Err(Refused::Unknown));
    }

    #[test]
    fn of_many_uses_in_a_minute_one_is_noted() {
        let (keys, tenant_key) = (Keys::default(), TenantKey::derive(&[7; 32], "a.test"));
        entered(&keys, &tenant_key, |key| key.id = "k".into());
        let used = |at| keys.use_at(&"k".into(), &Used { at, from: "::1".to_owned() }, at.plus_seconds(-60));
        let noted: Vec<bool> = [0, 1, 59, 60, 61].map(|second| used(now().plus_seconds(second))).to_vec();
        assert_eq!(noted, [true, false, false, true, false]);
    }

    #[test]
    fn who_acts_by_a_key_is_told_from_accounts() {
        assert_eq!(key_of_actor("key:1"), Some("1".into()));
        assert_eq!(key_of_actor("@key:1"), None);
    }
}
