//! HTTP of rooms: what is asked, in the requester's name; no decisions.

pub mod create;
pub mod history;
pub mod members;
pub mod membership;
pub mod relations;
pub mod send;
pub mod state;

use axum::{extract::FromRequestParts, http::request::Parts, response::Response};
use ruma::{EventId, OwnedRoomId, RoomId};

pub use crate::http::Asked;

use super::{RoomError, Rooms, history::Access};
use crate::{
    http::{
        ApiError, Requester,
        matrix::{json_bytes, path_arguments},
    },
    ids::RoomKey,
};
use consilium_store::View;

/// The room of the path, and what follows it there.
#[derive(Clone, Debug)]
pub struct RoomPath {
    pub room: OwnedRoomId,
    rest: Vec<String>,
}

impl<S: Send + Sync> FromRequestParts<S> for RoomPath {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let mut arguments = path_arguments(parts, state).await?.into_iter();
        let room = RoomId::parse(arguments.next().unwrap_or_default())
            .map_err(|_| ApiError::invalid_param("The path has no room id."))?;
        Ok(Self { room, rest: arguments.collect() })
    }
}

impl RoomPath {
    /// The argument at `place` behind the room; empty when the path has none there.
    pub fn argument(&self, place: usize) -> &str {
        self.rest.get(place).map_or("", String::as_str)
    }

    /// The event id at `place` behind the room.
    pub fn event(&self, place: usize) -> Result<ruma::OwnedEventId, ApiError> {
        EventId::parse(self.argument(place)).map_err(|_| ApiError::invalid_param("The path has no event id."))
    }

    /// The room's key. Errors: forbidden, as for a room that the requester is not in.
    pub async fn key(&self, rooms: &Rooms, view: &dyn View) -> Result<RoomKey, ApiError> {
        Ok(rooms.key(view, &self.room).await?.ok_or(RoomError::NotInRoom)?)
    }

    /// The room, as the requester may read it.
    pub async fn open<'a>(
        &self,
        rooms: &'a Rooms,
        view: &'a dyn View,
        requester: &Requester,
    ) -> Result<Access<'a>, ApiError> {
        let key = self.key(rooms, view).await?;
        Ok(Access::open(&rooms.base, view, key, requester).await?)
    }
}

/// A filter in a query: JSON in a string.
pub fn filter_of(text: Option<&str>) -> Result<super::event_filter::EventFilter, ApiError> {
    match text {
        Some(text) => serde_json::from_str(text)
            .map_err(|error| ApiError::invalid_param(format!("The filter is not one: {error}"))),
        None => Ok(super::event_filter::EventFilter::default()),
    }
}

/// `200` with `value` as JSON.
pub fn json(value: &impl serde::Serialize) -> Result<Response, ApiError> {
    Ok(json_bytes(serde_json::to_vec(value).map_err(ApiError::internal)?))
}

/// `200 {"event_id": …}`
pub fn sent(event_id: &EventId) -> Result<Response, ApiError> {
    json(&serde_json::json!({ "event_id": event_id }))
}
