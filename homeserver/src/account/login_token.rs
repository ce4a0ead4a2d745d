//! Tokens of `m.login.token`: short-lived, each signs in once.

use consilium_store::{Batch, CommitError, Direction, limits::RANGE_ROWS_MAX};

use super::{
    Accounts,
    error::AccountError,
    records::{LoginToken, hash_token},
};
use crate::{ids::UserKey, keyspaces::LOGIN_TOKENS, writer::Touched};

const TOKEN_LENGTH: usize = 40;
/// How long a login token works.
pub const LOGIN_TOKEN_LIFE_MS: u64 = 2 * 60 * 1_000;

impl Accounts {
    /// A token that signs `user` in once, within [`LOGIN_TOKEN_LIFE_MS`].
    pub async fn new_login_token(&self, user: UserKey) -> Result<String, AccountError> {
        let token = format!("clt_{}", self.parts.context.random_token(TOKEN_LENGTH));
        let expires_ms = self.parts.context.now_ms() + LOGIN_TOKEN_LIFE_MS;
        let mut batch = Batch::new();
        LOGIN_TOKENS.put_versioned(&mut batch, &hash_token(&token), &LoginToken { user: user.0, expires_ms });
        self.parts.writer.commit(batch, Touched::default()).await?;
        Ok(token)
    }

    /// Deletes login tokens that expired unused.
    pub async fn trim_login_tokens(&self) -> Result<(), AccountError> {
        let view = self.parts.writer.view();
        let now_ms = self.parts.context.now_ms();
        let rows = LOGIN_TOKENS.scan_versioned(&*view, &(), RANGE_ROWS_MAX, Direction::Forward).await?;
        let mut batch = Batch::new();
        for (hash, ..) in rows.iter().filter(|(_, _, token)| token.expires_ms <= now_ms) {
            LOGIN_TOKENS.delete(&mut batch, hash);
        }
        if !batch.is_empty() {
            self.parts.writer.commit(batch, Touched::default()).await?;
        }
        Ok(())
    }

    /// Spends a login token; gives the user that it signs in.
    pub async fn spend_login_token(&self, token: &str) -> Result<UserKey, AccountError> {
        let hash = hash_token(token);
        let view = self.parts.writer.view();
        let found = LOGIN_TOKENS.get_versioned(&*view, &hash).await?;
        let Some((version, row)) = found else { return Err(AccountError::BadLoginToken) };
        let mut batch = Batch::new();
        LOGIN_TOKENS.guard_equals(&mut batch, &hash, version);
        LOGIN_TOKENS.delete(&mut batch, &hash);
        match self.parts.writer.commit(batch, Touched::default()).await {
            Ok(_) if row.expires_ms > self.parts.context.now_ms() => Ok(UserKey(row.user)),
            Ok(_) | Err(CommitError::Conflict { .. }) => Err(AccountError::BadLoginToken),
            Err(error) => Err(error.into()),
        }
    }
}
