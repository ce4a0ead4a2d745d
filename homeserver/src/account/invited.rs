//! Accounts that an application service makes for a person who comes later: without a password at first, and with the one that he chooses when he comes.
//!
//! Each step may be asked for again after a lost answer. What somebody uses already is never touched: an account with another password, one that is no
//! patient's, one that has ended.

use ruma::{OwnedUserId, UserId};

use super::{
    Accounts,
    error::AccountError,
    records::Account,
    register::{Applicant, NewAccount},
};
use crate::{http::auth::UserClass, ids::UserKey};

impl Accounts {
    /// The account of `user`, made where there is none. A password that is given becomes its first; given again, it is the same one.
    ///
    /// Errors: `UserInUse` also where it has a password and none, or another one, is given.
    pub async fn provide(&self, user: &UserId, password: Option<String>) -> Result<UserKey, AccountError> {
        let Some((key, account)) = self.known(user).await? else { return self.make(user.to_owned(), password).await };
        let is_anothers = account.appservice.is_some() || account.class != UserClass::Patient;
        if account.deactivated || account.admin || is_anothers {
            return Err(AccountError::UserInUse);
        }
        let is_right = match (account.password, password) {
            (None, None) => true,
            (None, Some(password)) => self.set_first_password(key, password).await?,
            (Some(hash), Some(password)) => self.passwords.verify(password, Some(hash)).await?,
            (Some(_), None) => false,
        };
        if is_right { Ok(key) } else { Err(AccountError::UserInUse) }
    }

    async fn known(&self, user: &UserId) -> Result<Option<(UserKey, Account)>, AccountError> {
        let view = self.parts.writer.view();
        let Some(key) = self.parts.ids.user(&*view, user).await? else { return Ok(None) };
        Ok(self.account(&*view, key).await?.map(|account| (key, account)))
    }

    async fn make(&self, user: OwnedUserId, password: Option<String>) -> Result<UserKey, AccountError> {
        let user = self.free_user(Some(user.localpart()), &Applicant::Anybody).await?;
        let new = NewAccount { user, password, class: UserClass::Patient, admin: false, appservice: None };
        Ok(self.register(new, None).await?.0)
    }

    /// Whether it is the one that stands now: of several at once the first is.
    async fn set_first_password(&self, key: UserKey, password: String) -> Result<bool, AccountError> {
        let hash = self.passwords.hash(password).await?;
        let set = |account: &mut Account| {
            if account.password.is_none() && !account.deactivated {
                account.password = Some(hash.clone());
            }
        };
        self.update_account(key, set).await?;
        let account = self.account(&*self.parts.writer.view(), key).await?;
        // Each hash has a salt of its own.
        Ok(account.and_then(|account| account.password).is_some_and(|standing| standing == hash))
    }
}
