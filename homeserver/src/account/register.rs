//! Making accounts: names, who may, and the account with its first session in one batch.

use consilium_store::{Batch, CommitError};
use ruma::{OwnedUserId, UserId};

use super::{
    Accounts,
    error::AccountError,
    login::{NewSession, SignedIn},
    records::Account,
};
use crate::{
    appservice::AppserviceId,
    http::auth::UserClass,
    ids::UserKey,
    keyspaces::ACCOUNTS,
    writer::{COMMIT_ATTEMPTS, Touched},
};

/// Letters of a localpart that the server chooses: it names nobody.
const RANDOM_LOCALPART_LENGTH: usize = 16;

/// An account to be made.
#[derive(Clone, Debug)]
pub struct NewAccount {
    pub user: OwnedUserId,
    pub password: Option<String>,
    pub class: UserClass,
    pub admin: bool,
    pub appservice: Option<AppserviceId>,
}

/// Who asks for a user name.
#[derive(Clone, Debug)]
pub enum Applicant {
    Anybody,
    Appservice(AppserviceId),
}

impl Accounts {
    /// The user id for a wanted name, or for a random one: valid, free, and allowed to `applicant`.
    ///
    /// Errors: `InvalidUsername`, `Exclusive`, `OutsideNamespace`, `UserInUse`.
    pub async fn free_user(&self, username: Option<&str>, applicant: &Applicant) -> Result<OwnedUserId, AccountError> {
        let localpart = match username {
            Some(name) => name.to_lowercase(),
            None => self.parts.context.random_token(RANDOM_LOCALPART_LENGTH).to_lowercase(),
        };
        let user = UserId::parse_with_server_name(localpart, &self.parts.server_name)
            .ok()
            .filter(|user| user.validate_strict().is_ok())
            .ok_or(AccountError::InvalidUsername)?;
        match applicant {
            Applicant::Anybody if self.parts.appservices.is_exclusive(&user) => return Err(AccountError::Exclusive),
            Applicant::Appservice(id) if !self.parts.appservices.may_act_as(id, &user) => {
                return Err(AccountError::OutsideNamespace);
            }
            Applicant::Appservice(_) | Applicant::Anybody => {}
        }
        let view = self.parts.writer.view();
        let taken = match self.parts.ids.user(&*view, &user).await? {
            Some(key) => self.account(&*view, key).await?.is_some(),
            None => false,
        };
        if taken { Err(AccountError::UserInUse) } else { Ok(user) }
    }

    /// Makes the account, and signs it in when a session is given; both in one batch.
    pub async fn register(
        &self,
        new: NewAccount,
        session: Option<NewSession>,
    ) -> Result<(UserKey, Option<SignedIn>), AccountError> {
        let password = match new.password {
            Some(password) => Some(self.passwords.hash(password).await?),
            None => None,
        };
        let account = Account {
            created_ms: self.parts.context.now_ms(),
            password,
            class: new.class,
            admin: new.admin,
            deactivated: false,
            appservice: new.appservice.map(|id| id.0.to_string()),
        };
        for _ in 0..COMMIT_ATTEMPTS {
            let view = self.parts.writer.view();
            let mut batch = Batch::new();
            let key = self.parts.ids.user_or_new(&*view, &new.user, &mut batch).await?;
            if self.account(&*view, key).await?.is_some() {
                return Err(AccountError::UserInUse);
            }
            ACCOUNTS.guard_absent(&mut batch, &key.0);
            ACCOUNTS.put_versioned(&mut batch, &key.0, &account);
            let signed_in = match &session {
                Some(session) => Some(self.add_session(&*view, (key, &new.user), session, &mut batch).await?),
                None => None,
            };
            match self.parts.writer.commit(batch, Touched::user(key)).await {
                Ok(_) => return Ok((key, signed_in.map(|(signed_in, _)| signed_in))),
                Err(CommitError::Conflict { .. }) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Err(AccountError::Busy)
    }
}
