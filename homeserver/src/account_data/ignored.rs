//! Whom a user ignores.
//!
//! Source: client-server API v1.19 §Ignoring Users: state events are shown all the same; messages, invitations, receipts and typing are not.

use std::collections::HashSet;

use consilium_store::{StoreError, View};
use ruma::UserId;
use serde::Deserialize;

use super::service::AccountData;
use crate::ids::{Ids, UserKey};

const IGNORED_USER_LIST: &str = "m.ignored_user_list";

/// Users that are ignored by one user, as far as this server knows them.
pub type Ignored = HashSet<UserKey>;

#[derive(Deserialize)]
struct Content {
    ignored_users: serde_json::Map<String, serde_json::Value>,
}

impl AccountData {
    /// A list that is not of the specified form ignores nobody; nobody ignores himself.
    pub async fn ignored(&self, view: &dyn View, ids: &Ids, user: UserKey) -> Result<Ignored, StoreError> {
        let mut ignored = Ignored::new();
        let Some(json) = self.get(view, user, None, IGNORED_USER_LIST).await? else { return Ok(ignored) };
        let Ok(content) = serde_json::from_slice::<Content>(&json) else { return Ok(ignored) };
        for name in content.ignored_users.keys() {
            if let Ok(id) = <&UserId>::try_from(name.as_str()) {
                ignored.extend(ids.user(view, id).await?.filter(|other| *other != user));
            }
        }
        Ok(ignored)
    }
}
