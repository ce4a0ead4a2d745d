//! [`Requester`]: proof of who calls, out of an access token; masquerading of application services is resolved here.

use ruma::{OwnedDeviceId, OwnedUserId};

use crate::ids::UserKey;

/// Who calls: authenticated, not yet allowed anything.
#[derive(Clone, Debug)]
pub struct Requester {
    pub user: OwnedUserId,
    pub user_key: UserKey,
    /// The device of the token, or the one that an application service acts as.
    pub device: Option<OwnedDeviceId>,
    /// The application service that calls as this user.
    pub appservice: Option<AppserviceId>,
    pub class: UserClass,
}

/// `id` of an application service's registration.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct AppserviceId(pub std::sync::Arc<str>);

/// The coarse class of a user, set by administration: policy asks it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UserClass {
    /// Nothing is known: an ordinary Matrix user.
    #[default]
    Member,
    /// A client of the partner.
    Patient,
    /// Works for the partner.
    Staff,
    /// A user of an application service.
    Service,
}
