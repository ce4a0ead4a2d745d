//! Users that an application service makes when somebody first asks for them.
//!
//! Source: Application Service API v1.19 §Querying.

use consilium_store::StoreError;
use ruma::UserId;

use super::service::Accounts;
use crate::appservice::AppserviceId;

impl Accounts {
    /// Asks the services whose namespaces hold `user` to make it, when this server has no such account.
    ///
    /// A service that says no, or does not answer, leaves the user unknown; `asking` is not asked for what it asks.
    pub async fn make_known(&self, asking: Option<&AppserviceId>, user: &UserId) -> Result<(), StoreError> {
        if user.server_name() != self.server_name() || self.is_known(user).await? {
            return Ok(());
        }
        for appservice in self.parts.appservices.all() {
            if asking == Some(&appservice.id) || !appservice.has_in_namespace(user) {
                continue;
            }
            match self.parts.wire.has_user(appservice, user).await {
                Ok(true) => return Ok(()),
                Ok(false) => {}
                Err(error) => {
                    tracing::warn!(appservice.id = %appservice.id.0, error = %error, "a query for a user has no answer");
                }
            }
        }
        Ok(())
    }

    async fn is_known(&self, user: &UserId) -> Result<bool, StoreError> {
        let view = self.parts.writer.view();
        let Some(key) = self.parts.ids.user(&*view, user).await? else { return Ok(false) };
        Ok(self.account(&*view, key).await?.is_some())
    }
}
