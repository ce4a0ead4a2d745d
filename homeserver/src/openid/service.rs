//! [`OpenIds`]: making OpenID tokens, and whose they are.

use std::{sync::Arc, time::Duration};

use consilium_store::{Batch, CommitError, Direction, StoreError, Versioned};
use ruma::OwnedUserId;
use serde::{Deserialize, Serialize};

use crate::{
    account::{Accounts, hash_token},
    context::Context,
    http::host::Service,
    ids::{Ids, UserKey},
    keyspaces::{OPENID_ENDS, OPENID_TOKENS},
    tenant::Tenant,
    writer::{Touched, Writer},
};

/// How long a token works.
pub const LIFE: Duration = Duration::from_hours(1);
/// Letters of a token: 240 bits.
const TOKEN_LENGTH: usize = 40;
/// Tokens that are tidied in one batch.
const TIDIED_PAGE: usize = 1_000;

/// A token; its key is its hash.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenIdToken {
    pub user: u64,
    pub until_ms: u64,
}

impl Versioned for OpenIdToken {
    const VERSION: u8 = 1;
}

/// Why a token cannot be made or looked up.
#[derive(Debug, thiserror::Error)]
pub enum OpenIdError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Commit(#[from] CommitError),
}

/// The OpenID tokens of a tenant.
#[derive(Debug)]
pub struct OpenIds {
    writer: Writer,
    context: Context,
    ids: Arc<Ids>,
}

impl Service for OpenIds {
    fn of(tenant: &Tenant) -> &Arc<Self> {
        &tenant.openids
    }
}

impl OpenIds {
    pub fn new(writer: Writer, context: Context, ids: Arc<Ids>) -> Self {
        Self { writer, context, ids }
    }

    /// A token that says who `user` is, for [`LIFE`].
    pub async fn make(&self, user: UserKey) -> Result<String, OpenIdError> {
        let token = format!("cot_{}", self.context.random_token(TOKEN_LENGTH));
        let life_ms = u64::try_from(LIFE.as_millis()).unwrap_or(u64::MAX);
        let (hash, until_ms) = (hash_token(&token), self.context.now_ms().saturating_add(life_ms));
        let mut batch = Batch::new();
        OPENID_TOKENS.put(&mut batch, &hash, &OpenIdToken { user: user.0, until_ms });
        OPENID_ENDS.put(&mut batch, &(until_ms, hash), &());
        self.writer.commit(batch, Touched::default()).await?;
        Ok(token)
    }

    /// Who `token` is about; `None` when it is not known, its time is over, or the account has ended or is locked.
    pub async fn user(&self, accounts: &Accounts, token: &str) -> Result<Option<OwnedUserId>, OpenIdError> {
        let view = self.writer.view();
        let found = OPENID_TOKENS.get(&*view, &hash_token(token)).await?;
        let Some(found) = found.filter(|found| found.until_ms > self.context.now_ms()) else { return Ok(None) };
        let user = UserKey(found.user);
        let account = accounts.account(&*view, user).await?;
        if account.is_none_or(|account| account.deactivated) || accounts.is_locked(&*view, user).await? {
            return Ok(None);
        }
        Ok(Some(self.ids.user_id(&*view, user).await?))
    }

    /// Forgets the tokens whose time is over.
    pub async fn trim(&self) -> Result<(), OpenIdError> {
        let end = (self.context.now_ms().saturating_add(1),);
        loop {
            let view = self.writer.view();
            let rows = OPENID_ENDS.scan_range(&*view, &(0_u64,), &end, TIDIED_PAGE, Direction::Forward).await?;
            if rows.is_empty() {
                return Ok(());
            }
            let mut batch = Batch::new();
            for (key, ()) in rows {
                OPENID_TOKENS.delete(&mut batch, &key.1);
                OPENID_ENDS.delete(&mut batch, &key);
            }
            self.writer.commit(batch, Touched::default()).await?;
        }
    }
}
