//! What one answer is made for: who asks, from where, and what of it.

use consilium_store::{Position, View};
use ruma::{DeviceId, UserId, api::client::filter::FilterDefinition};

use super::token::SyncToken;
use crate::{
    account_data::{Datum, Ignored},
    http::auth::Requester,
    ids::UserKey,
};

/// Which state of a room the client wants, and under which name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum StateForm {
    /// Before the timeline: `state`.
    #[default]
    Before,
    /// After it: `state_after`.
    After,
    /// The same by its name before it was stable (MSC4222), which clients of today still ask by.
    UnstableAfter,
}

/// One answer's question. Everything is read from `view`.
#[derive(Clone, Copy)]
pub struct Ask<'a> {
    pub view: &'a dyn View,
    pub requester: &'a Requester,
    pub user: UserKey,
    pub user_id: &'a UserId,
    pub device: Option<&'a DeviceId>,
    /// `None`: the client has nothing yet.
    pub since: Option<SyncToken>,
    /// The client has the rooms but wants their whole state.
    pub full_state: bool,
    pub state_form: StateForm,
    pub filter: &'a FilterDefinition,
    /// Whom the user ignores.
    pub ignored: &'a Ignored,
    /// Account data that changed since the token, all of it without one.
    pub data: &'a [Datum],
}

impl Ask<'_> {
    pub fn position(&self) -> Option<Position> {
        self.since.map(|since| since.position)
    }

    /// Whether an invitation of that time is shown: a new one, or all when everything is asked for.
    pub fn is_shown(&self, began: Position) -> bool {
        self.full_state || self.is_new(began)
    }

    /// Whether a room whose membership began at `began` is new for the client.
    pub fn is_new(&self, began: Position) -> bool {
        self.since.is_none_or(|since| began > since.position)
    }
}
