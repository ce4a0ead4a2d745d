//! Refresh tokens: each works once; the tokens before stay valid until what they were given up for is used.
//!
//! Source: client-server API v1.19 §Refreshing access tokens.

use consilium_store::{Batch, CommitError};

use super::{
    Accounts,
    error::AccountError,
    login::Tokens,
    records::{AccessToken, Device, RefreshState, RefreshToken, Replaces, TokenHash, hash_token},
};
use crate::{
    ids::UserKey,
    keyspaces::{ACCESS_TOKENS, DEVICES, REFRESH_TOKENS},
    writer::{COMMIT_ATTEMPTS, Touched},
};

/// Spent refresh tokens that a device remembers, to notice that one comes back.
const SPENT_KEPT: usize = 8;

impl Accounts {
    /// New tokens for a refresh token.
    ///
    /// Errors: `Locked`, and the token stays as it is; `BadRefreshToken`; when the token was spent before, its whole session has ended.
    pub async fn refresh(&self, refresh: &str) -> Result<Tokens, AccountError> {
        let hash = hash_token(refresh);
        for _ in 0..COMMIT_ATTEMPTS {
            let view = self.parts.writer.view();
            let token = REFRESH_TOKENS.get(&*view, &hash).await?.ok_or(AccountError::BadRefreshToken)?;
            let row = (token.user, token.device.clone());
            let found = DEVICES.get_versioned(&*view, &row).await?;
            let Some((version, mut device)) = found else { return Err(AccountError::BadRefreshToken) };
            if token.state == RefreshState::Spent {
                tracing::warn!(user.key = token.user, "a spent refresh token came back: its session ends");
                self.delete_devices(UserKey(token.user), &[token.device.into()]).await?;
                return Err(AccountError::BadRefreshToken);
            }
            if self.is_locked(&*view, UserKey(token.user)).await? {
                return Err(AccountError::Locked);
            }
            let access = ACCESS_TOKENS.get(&*view, &token.access).await?;
            if let Some(access) = access.filter(|access| access.replaces.is_some()) {
                // The refresh token is used before the access token that came with it: that is a use, too.
                self.confirm_refresh(token.access, &access).await?;
                continue;
            }
            let mut batch = Batch::new();
            DEVICES.guard_equals(&mut batch, &row, version);
            let revoked = forget_unused_successor(token.state, &mut device, &mut batch);
            let replaces = Replaces { refresh: hash, access: token.access };
            let tokens = self.add_tokens(&row, &mut device, true, Some(replaces), &mut batch);
            let (Some(&access), Some(&refresh)) = (device.access.last(), device.refresh.last()) else {
                return Err(AccountError::BadRefreshToken);
            };
            let state = RefreshState::Exchanged { access, refresh };
            REFRESH_TOKENS.put(&mut batch, &hash, &RefreshToken { state, ..token });
            DEVICES.put_versioned(&mut batch, &row, &device);
            match self.parts.writer.commit(batch, Touched::default()).await {
                Ok(_) => {
                    self.sessions.revoke(&revoked);
                    return Ok(tokens);
                }
                Err(CommitError::Conflict { .. }) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Err(AccountError::Busy)
    }

    /// The access token `hash`, which a refresh gave, is used for the first time: what it replaces is void.
    pub(super) async fn confirm_refresh(&self, hash: TokenHash, token: &AccessToken) -> Result<(), AccountError> {
        let Some(replaces) = &token.replaces else { return Ok(()) };
        let row = (token.user, token.device.clone());
        let view = self.parts.writer.view();
        let found = DEVICES.get_versioned(&*view, &row).await?;
        let Some((version, mut device)) = found else { return Ok(()) };
        let mut batch = Batch::new();
        DEVICES.guard_equals(&mut batch, &row, version);
        ACCESS_TOKENS.put(&mut batch, &hash, &AccessToken { replaces: None, ..token.clone() });
        ACCESS_TOKENS.delete(&mut batch, &replaces.access);
        device.access.retain(|access| *access != replaces.access);
        if let Some(before) = REFRESH_TOKENS.get(&*view, &replaces.refresh).await? {
            let spent = RefreshToken { state: RefreshState::Spent, ..before };
            REFRESH_TOKENS.put(&mut batch, &replaces.refresh, &spent);
        }
        // The last one is usable, those before it are spent.
        while device.refresh.len() > SPENT_KEPT + 1 {
            REFRESH_TOKENS.delete(&mut batch, &device.refresh.remove(0));
        }
        DEVICES.put_versioned(&mut batch, &row, &device);
        match self.parts.writer.commit(batch, Touched::default()).await {
            // A concurrent use did the same, or the device is gone: the caller looks again.
            Ok(_) | Err(CommitError::Conflict { .. }) => {
                self.sessions.revoke(&[replaces.access]);
                Ok(())
            }
            Err(error) => Err(error.into()),
        }
    }
}

/// The answer to the exchange before was lost: what it gave was never used and is void.
fn forget_unused_successor(state: RefreshState, device: &mut Device, batch: &mut Batch) -> Vec<TokenHash> {
    let RefreshState::Exchanged { access, refresh } = state else { return Vec::new() };
    ACCESS_TOKENS.delete(batch, &access);
    REFRESH_TOKENS.delete(batch, &refresh);
    device.access.retain(|hash| *hash != access);
    device.refresh.retain(|hash| *hash != refresh);
    vec![access]
}
