//! Signing in: a proof, then a device with its tokens.

use consilium_store::{Batch, CommitError, Direction, View};
use ruma::{OwnedDeviceId, OwnedUserId, UserId};

use super::{
    Accounts,
    devices::{DEVICE_ID_BYTES_MAX, DEVICES_MAX, DISPLAY_NAME_BYTES_MAX},
    error::AccountError,
    records::{AccessToken, Account, Device, RefreshState, RefreshToken, Replaces, TokenHash, hash_token},
};
use crate::{
    ids::UserKey,
    keyspaces::{ACCESS_TOKENS, DEVICES, REFRESH_TOKENS},
    writer::{COMMIT_ATTEMPTS, Touched},
};

/// Letters and digits of an access or refresh token: about 238 bits.
const TOKEN_LENGTH: usize = 40;
/// Letters of a device id that the server chooses.
const DEVICE_ID_LENGTH: usize = 10;
/// How long an access token that can be refreshed works.
pub const ACCESS_TOKEN_LIFE_MS: u64 = 5 * 60 * 1_000;

/// The session that is wanted.
#[derive(Clone, Debug, Default)]
pub struct NewSession {
    /// A device of the user, known or new; none: the server chooses an id.
    pub device: Option<OwnedDeviceId>,
    pub display_name: Option<String>,
    pub refreshable: bool,
}

/// A session that was opened. The only place that holds tokens in clear.
#[derive(Clone, PartialEq, Eq)]
pub struct SignedIn {
    pub user: OwnedUserId,
    pub device: OwnedDeviceId,
    pub tokens: Tokens,
}

impl std::fmt::Debug for SignedIn {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "SignedIn({}, {}, …)", self.user, self.device)
    }
}

#[derive(Clone, PartialEq, Eq)]
pub struct Tokens {
    pub access: String,
    pub refresh: Option<String>,
    pub expires_in_ms: Option<u64>,
}

impl Accounts {
    /// The account that user name and password prove.
    ///
    /// Errors: `WrongPassword` also when there is no such user; `Deactivated` only to who knows the password that it had.
    pub async fn check_password(&self, user: &UserId, password: String) -> Result<(UserKey, Account), AccountError> {
        let view = self.parts.writer.view();
        let account = match self.parts.ids.user(&*view, user).await? {
            Some(key) => self.account(&*view, key).await?.map(|account| (key, account)),
            None => None,
        };
        let hash = account.as_ref().and_then(|(_, account)| account.password.clone());
        let right = self.passwords.verify(password, hash).await?;
        match account {
            Some((_, account)) if account.deactivated => Err(AccountError::Deactivated),
            Some(found) if right => Ok(found),
            _ => Err(AccountError::WrongPassword),
        }
    }

    /// Opens a session of an account that was proved.
    pub async fn sign_in(
        &self,
        (key, user): (UserKey, &UserId),
        session: &NewSession,
    ) -> Result<SignedIn, AccountError> {
        for _ in 0..COMMIT_ATTEMPTS {
            let view = self.parts.writer.view();
            match self.account(&*view, key).await? {
                Some(account) if !account.deactivated => {}
                _ => return Err(AccountError::Deactivated),
            }
            let mut batch = Batch::new();
            let (signed_in, revoked) = self.add_session(&*view, (key, user), session, &mut batch).await?;
            match self.parts.writer.commit(batch, Touched::user(key)).await {
                Ok(_) => {
                    self.sessions.revoke(&revoked);
                    return Ok(signed_in);
                }
                Err(CommitError::Conflict { .. }) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Err(AccountError::Busy)
    }

    /// Adds the rows of a session to `batch`; gives it and the tokens that the device had and loses.
    pub(super) async fn add_session(
        &self,
        view: &dyn View,
        (key, user): (UserKey, &UserId),
        session: &NewSession,
        batch: &mut Batch,
    ) -> Result<(SignedIn, Vec<TokenHash>), AccountError> {
        let id = match &session.device {
            Some(id) if id.as_str().is_empty() || id.as_str().len() > DEVICE_ID_BYTES_MAX => {
                return Err(AccountError::UnfitDevice);
            }
            Some(id) => id.clone(),
            None => self.parts.context.random_capitals(DEVICE_ID_LENGTH).into(),
        };
        if session.display_name.as_ref().is_some_and(|name| name.len() > DISPLAY_NAME_BYTES_MAX) {
            return Err(AccountError::UnfitDisplayName);
        }
        let row = (key.0, id.to_string());
        let signed_in_ms = self.parts.context.now_ms();
        let mut device = if let Some((version, device)) = DEVICES.get_versioned(view, &row).await? {
            DEVICES.guard_equals(batch, &row, version);
            Device { signed_in_ms, ..device }
        } else {
            if DEVICES.scan_versioned(view, &(key.0,), DEVICES_MAX, Direction::Forward).await?.len() >= DEVICES_MAX {
                return Err(AccountError::TooManyDevices);
            }
            DEVICES.guard_absent(batch, &row);
            for rows in &self.parts.device_rows {
                rows.changed(key, &id, batch);
            }
            Device { display_name: session.display_name.clone(), signed_in_ms, ..Device::default() }
        };
        let revoked = std::mem::take(&mut device.access);
        for hash in &revoked {
            ACCESS_TOKENS.delete(batch, hash);
        }
        for hash in device.refresh.drain(..) {
            REFRESH_TOKENS.delete(batch, &hash);
        }
        let tokens = self.add_tokens(&row, &mut device, session.refreshable, None, batch);
        DEVICES.put_versioned(batch, &row, &device);
        Ok((SignedIn { user: user.to_owned(), device: id, tokens }, revoked))
    }

    /// Makes tokens for a device and lists them in it; the caller writes the device.
    pub(super) fn add_tokens(
        &self,
        (user, id): &(u64, String),
        device: &mut Device,
        refreshable: bool,
        replaces: Option<Replaces>,
        batch: &mut Batch,
    ) -> Tokens {
        let context = &self.parts.context;
        let access = format!("cat_{}", context.random_token(TOKEN_LENGTH));
        let access_hash = hash_token(&access);
        let expires_in_ms = refreshable.then_some(ACCESS_TOKEN_LIFE_MS);
        let token = AccessToken {
            user: *user,
            device: id.clone(),
            expires_ms: expires_in_ms.map(|life| context.now_ms() + life),
            replaces,
        };
        ACCESS_TOKENS.put(batch, &access_hash, &token);
        device.access.push(access_hash);
        let refresh = refreshable.then(|| {
            let refresh = format!("crt_{}", context.random_token(TOKEN_LENGTH));
            let hash = hash_token(&refresh);
            let token =
                RefreshToken { user: *user, device: id.clone(), access: access_hash, state: RefreshState::Fresh };
            REFRESH_TOKENS.put(batch, &hash, &token);
            device.refresh.push(hash);
            refresh
        });
        Tokens { access, refresh, expires_in_ms }
    }
}
