//! [`Accounts`]: what the other files of this folder work on, and the look-ups that other features ask for.

use std::sync::Arc;

use consilium_store::{Batch, StoreError, View};
use moka::sync::Cache;
use ruma::{OwnedServerName, OwnedUserId, ServerName, UserId};

use super::{
    device_rows::DeviceRows,
    erasure::Erased,
    error::AccountError,
    last_seen::LastSeen,
    password::Passwords,
    records::{Account, TokenHash, hash_token},
    session_cache::{Session, SessionCache},
    shared_secret,
    uia::UiaSessions,
};
use crate::{
    appservice::{Registrations, Wire},
    context::Context,
    errands::Errands,
    http::{auth::UserClass, host::Service, rate_limit::Limits},
    ids::{Ids, UserKey},
    keyspaces::{ACCESS_TOKENS, ACCOUNTS},
    server::RegistrationConfig,
    tenant::Tenant,
    writer::{COMMIT_ATTEMPTS, Touched, Writer},
};

/// What accounts are built of.
pub struct AccountsParts {
    pub server_name: OwnedServerName,
    pub context: Context,
    pub writer: Writer,
    pub ids: Arc<Ids>,
    pub limits: Arc<Limits>,
    pub registration: RegistrationConfig,
    pub appservices: Arc<Registrations>,
    pub wire: Arc<Wire>,
    /// What else is written when devices appear, change or go.
    pub device_rows: Vec<Arc<dyn DeviceRows>>,
    pub errands: Arc<Errands>,
    pub erased: Arc<Erased>,
}

/// Accounts, devices and tokens of a tenant.
pub struct Accounts {
    pub(super) parts: AccountsParts,
    pub(super) passwords: Passwords,
    pub(super) sessions: SessionCache,
    pub(super) uia: UiaSessions,
    pub(super) nonces: Cache<String, ()>,
    pub(super) last_seen: LastSeen,
}

impl std::fmt::Debug for Accounts {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Accounts({})", self.parts.server_name)
    }
}

impl Service for Accounts {
    fn of(tenant: &Tenant) -> &Arc<Self> {
        &tenant.accounts
    }
}

/// Why a token proves nothing.
#[derive(Debug, thiserror::Error)]
pub enum TokenError {
    #[error("the token is not known")]
    Unknown,
    /// The session goes on with a refresh token, or by signing in anew with the same device.
    #[error("the token has expired")]
    Expired,
    /// Whose account is locked may only sign out.
    #[error("the account is locked")]
    Locked(Arc<Session>),
    #[error(transparent)]
    Account(#[from] AccountError),
}

impl Accounts {
    pub fn new(parts: AccountsParts) -> Self {
        Self {
            passwords: Passwords::new(parts.context.clone()),
            sessions: SessionCache::new(),
            uia: UiaSessions::default(),
            nonces: shared_secret::nonces(),
            last_seen: LastSeen::default(),
            parts,
        }
    }

    pub fn server_name(&self) -> &ServerName {
        &self.parts.server_name
    }

    /// The account of `user`; `None` when there is none, as for users that were only named.
    pub async fn account(&self, view: &dyn View, user: UserKey) -> Result<Option<Account>, StoreError> {
        Ok(ACCOUNTS.get_versioned(view, &user.0).await?.map(|(_, account)| account))
    }

    /// The key of `user` when he has an account here that is not deactivated.
    pub async fn active(&self, view: &dyn View, user: &UserId) -> Result<Option<(UserKey, Account)>, StoreError> {
        let Some(key) = self.parts.ids.user(view, user).await? else { return Ok(None) };
        let account = self.account(view, key).await?;
        Ok(account.filter(|account| !account.deactivated).map(|account| (key, account)))
    }

    /// The class of `user`; [`UserClass::Member`] for users without an account here.
    pub async fn class(&self, view: &dyn View, user: UserKey) -> Result<UserClass, StoreError> {
        Ok(self.account(view, user).await?.map(|account| account.class).unwrap_or_default())
    }

    /// The user id that `name` means: a whole user id of this server, or a localpart. In lower case, as registration makes them.
    pub fn local_user(&self, name: &str) -> Option<OwnedUserId> {
        let name = name.to_lowercase();
        let user = if name.starts_with('@') {
            UserId::parse(&name).ok()?
        } else {
            UserId::parse_with_server_name(name, &self.parts.server_name).ok()?
        };
        (user.server_name() == self.parts.server_name).then_some(user)
    }

    /// Who holds `token`. Reads the store only for a token that was not seen lately.
    pub async fn authenticate(&self, token: &str) -> Result<Arc<Session>, TokenError> {
        let hash = hash_token(token);
        let session = match self.sessions.get(&hash) {
            Some(session) => session,
            None => self.check(hash).await?,
        };
        match session.expires_ms {
            Some(expires_ms) if expires_ms <= self.parts.context.now_ms() => Err(TokenError::Expired),
            _ => {
                self.last_seen.note(hash, &session, self.parts.context.now_ms());
                Ok(session)
            }
        }
    }

    async fn check(&self, hash: TokenHash) -> Result<Arc<Session>, TokenError> {
        for _ in 0..COMMIT_ATTEMPTS {
            let ticket = self.sessions.ticket();
            let view = self.parts.writer.view();
            let view = &*view;
            let token = ACCESS_TOKENS.get(view, &hash).await.map_err(AccountError::from)?;
            let Some(token) = token else { return Err(TokenError::Unknown) };
            if token.replaces.is_some() {
                // The first use of what a refresh gave: from now on the tokens before it are void.
                self.confirm_refresh(hash, &token).await?;
                continue;
            }
            let user_key = UserKey(token.user);
            let account = self.account(view, user_key).await.map_err(AccountError::from)?;
            let Some(account) = account.filter(|account| !account.deactivated) else {
                return Err(TokenError::Unknown);
            };
            let session = Arc::new(Session {
                user: self.parts.ids.user_id(view, user_key).await.map_err(AccountError::from)?,
                user_key,
                device: token.device.into(),
                class: account.class,
                expires_ms: token.expires_ms,
            });
            if self.is_locked(view, user_key).await.map_err(AccountError::from)? {
                return Err(TokenError::Locked(session));
            }
            self.sessions.insert(ticket, hash, Arc::clone(&session));
            return Ok(session);
        }
        Err(AccountError::Busy.into())
    }

    /// Sets what administration decides about a user.
    pub async fn set_class(&self, user: UserKey, class: UserClass) -> Result<(), AccountError> {
        self.update_account(user, |account| account.class = class).await?;
        self.sessions.revoke_all();
        Ok(())
    }

    /// Reads, changes and writes an account, again when somebody else changed it meanwhile.
    pub(super) async fn update_account(
        &self,
        user: UserKey,
        change: impl Fn(&mut Account) + Send + Sync,
    ) -> Result<(), AccountError> {
        for _ in 0..COMMIT_ATTEMPTS {
            let view = self.parts.writer.view();
            let found = ACCOUNTS.get_versioned(&*view, &user.0).await?;
            let Some((version, mut account)) = found else { return Err(AccountError::WrongPassword) };
            change(&mut account);
            let mut batch = Batch::new();
            ACCOUNTS.guard_equals(&mut batch, &user.0, version);
            ACCOUNTS.put_versioned(&mut batch, &user.0, &account);
            match self.parts.writer.commit(batch, Touched::user(user)).await {
                Err(consilium_store::CommitError::Conflict { .. }) => {}
                result => return Ok(result.map(drop)?),
            }
        }
        Err(AccountError::Busy)
    }
}
