//! Tokens that were checked, so that a request does not read the store for them.
//!
//! A check that read the store before a revocation must not put its result here after it: [`Ticket`] notices that.

use std::sync::Arc;

use moka::sync::Cache;
use parking_lot::RwLock;
use ruma::{OwnedDeviceId, OwnedUserId};

use super::records::TokenHash;
use crate::{http::auth::UserClass, ids::UserKey};

/// Sessions remembered: more users than one machine serves at a time.
const SESSIONS_MAX: u64 = 50_000;

/// What an access token stands for.
#[derive(Clone, Debug)]
pub struct Session {
    pub user: OwnedUserId,
    pub user_key: UserKey,
    pub device: OwnedDeviceId,
    pub class: UserClass,
    pub expires_ms: Option<u64>,
}

/// Taken before the store is read.
#[derive(Clone, Copy, Debug)]
pub struct Ticket(u64);

#[derive(Debug)]
pub struct SessionCache {
    sessions: Cache<TokenHash, Arc<Session>>,
    revocations: RwLock<u64>,
}

impl SessionCache {
    pub fn new() -> Self {
        Self { sessions: Cache::new(SESSIONS_MAX), revocations: RwLock::new(0) }
    }

    pub fn get(&self, hash: &TokenHash) -> Option<Arc<Session>> {
        self.sessions.get(hash)
    }

    pub fn ticket(&self) -> Ticket {
        Ticket(*self.revocations.read())
    }

    /// Remembers `session`, unless something was revoked since `ticket`.
    pub fn insert(&self, ticket: Ticket, hash: TokenHash, session: Arc<Session>) {
        let revocations = self.revocations.read();
        if *revocations == ticket.0 {
            self.sessions.insert(hash, session);
        }
    }

    /// Forgets tokens; called after the commit that revoked them and before the request is answered.
    pub fn revoke(&self, hashes: &[TokenHash]) {
        let mut revocations = self.revocations.write();
        *revocations += 1;
        for hash in hashes {
            self.sessions.invalidate(hash);
        }
    }

    /// Forgets everything, after a change that concerns tokens that are not listed, such as a user's class.
    pub fn revoke_all(&self) {
        let mut revocations = self.revocations.write();
        *revocations += 1;
        self.sessions.invalidate_all();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use ruma::{device_id, user_id};

    use super::{Session, SessionCache};
    use crate::{http::auth::UserClass, ids::UserKey};

    fn session() -> Arc<Session> {
        Arc::new(Session {
            user: user_id!("@a:hs.test").to_owned(),
            user_key: UserKey(1),
            device: device_id!("D").to_owned(),
            class: UserClass::Member,
            expires_ms: None,
        })
    }

    #[test]
    fn a_check_that_began_before_a_revocation_is_not_remembered() {
        let cache = SessionCache::new();
        let ticket = cache.ticket();
        cache.revoke(&[[1; 32]]);
        cache.insert(ticket, [1; 32], session());
        assert!(cache.get(&[1; 32]).is_none());
        cache.insert(cache.ticket(), [1; 32], session());
        assert!(cache.get(&[1; 32]).is_some());
        cache.revoke(&[[1; 32]]);
        assert!(cache.get(&[1; 32]).is_none());
    }
}
