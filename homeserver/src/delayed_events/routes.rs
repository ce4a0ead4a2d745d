//! HTTP of delayed events: scheduling by the paths of ordinary events, looking at one's own, and acting on one whose id is known.

use std::sync::Arc;

use axum::{extract::FromRequestParts, http::request::Parts, response::Response};
use ruma::CanonicalJsonObject;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{
    error::DelayError,
    records::{Cause, Outcome},
    service::{DelayedEvents, Listed},
};
use crate::{
    http::{ApiError, Asked, Body, ClientAddress, Here, NoContent, Requester, matrix::path_arguments},
    room::{
        Rooms,
        routes::{
            RoomPath, json as answer,
            send::{self as sending, Massaged, Stickiness},
            state as states,
        },
    },
    tenant::Tenant,
};

/// The delay that a request wants for its event.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Delay {
    #[serde(rename = "org.matrix.msc4140.delay")]
    delay_ms: Option<u64>,
    #[serde(rename = "org.matrix.msc4140.parent_delay_id")]
    parent: Option<String>,
}

impl Delay {
    /// Errors: the event is to wait for another one; sent at once it would be worse than refused.
    fn get(self) -> Result<Option<u64>, ApiError> {
        match self.parent {
            Some(_) => Err(ApiError::invalid_param("Delayed events that depend on others are not supported.")),
            None => Ok(self.delay_ms),
        }
    }
}

fn scheduled(id: &str) -> Result<Response, ApiError> {
    answer(&json!({ "delay_id": id }))
}

/// `PUT /_matrix/client/v3/rooms/{roomId}/send/{eventType}/{txnId}`, perhaps with a delay. See [`sending::send`].
pub async fn send(
    Here(tenant): Here<Tenant>,
    requester: Requester,
    path: RoomPath,
    Asked(delay): Asked<Delay>,
    ts: Asked<Massaged>,
    stickiness: Asked<Stickiness>,
    body: Body<CanonicalJsonObject>,
) -> Result<Response, ApiError> {
    let rooms = &tenant.rooms;
    let Some(delay_ms) = delay.get()? else {
        return sending::send(Here(Arc::clone(rooms)), requester, path, ts, stickiness, body).await;
    };
    let kind = path.argument(0);
    let txn = rooms.txn(&requester, &["delay", path.room.as_str(), kind], path.argument(1));
    let draft = sending::message(&requester, kind, body.0, stickiness.0.get()?, rooms.base.context.now())?;
    scheduled(&tenant.delayed_events.schedule(&requester, &path.room, &draft, delay_ms, Some(&txn)).await?)
}

/// `PUT /_matrix/client/v3/rooms/{roomId}/state/{eventType}/{stateKey}`, perhaps with a delay. See [`states::put`].
pub async fn state(
    Here(rooms): Here<Rooms>,
    Here(delayed): Here<DelayedEvents>,
    requester: Requester,
    path: RoomPath,
    Asked(delay): Asked<Delay>,
    ts: Asked<Massaged>,
    body: Body<CanonicalJsonObject>,
) -> Result<Response, ApiError> {
    let Some(delay_ms) = delay.get()? else {
        return states::put(Here(rooms), requester, path, ts, body).await;
    };
    let (key, now) = ((path.argument(0), path.argument(1)), rooms.base.context.now());
    let draft = states::state(&rooms, &requester, key, body.0, now).await?;
    scheduled(&delayed.schedule(&requester, &path.room, &draft, delay_ms, None).await?)
}

#[derive(Debug, Deserialize)]
pub struct Scheduling {
    delay: u64,
    state_key: Option<String>,
    content: CanonicalJsonObject,
}

/// `PUT /_matrix/client/unstable/org.matrix.msc4140/rooms/{roomId}/delayed_event/{eventType}/{txnId}` (MSC4140)
pub async fn schedule(
    Here(rooms): Here<Rooms>,
    Here(delayed): Here<DelayedEvents>,
    requester: Requester,
    path: RoomPath,
    Asked(stickiness): Asked<Stickiness>,
    Body(body): Body<Scheduling>,
) -> Result<Response, ApiError> {
    let (kind, now) = (path.argument(0), rooms.base.context.now());
    let txn = rooms.txn(&requester, &["delayed_event", path.room.as_str(), kind], path.argument(1));
    let draft = match &body.state_key {
        Some(state_key) => states::state(&rooms, &requester, (kind, state_key), body.content, now).await?,
        None => sending::message(&requester, kind, body.content, stickiness.get()?, now)?,
    };
    scheduled(&delayed.schedule(&requester, &path.room, &draft, body.delay, Some(&txn)).await?)
}

/// A delayed event as its owner sees it.
#[derive(Serialize)]
struct Item {
    delay_id: String,
    room_id: String,
    #[serde(rename = "type")]
    kind: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    state_key: Option<String>,
    content: CanonicalJsonObject,
    delay: u64,
    running_since: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    event_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    finalised_ts: Option<u64>,
}

impl Item {
    fn of(listed: &Listed) -> Result<Self, ApiError> {
        let Listed { id, event, schedule } = listed;
        let (event_id, error) = match schedule.end.as_ref().map(|end| &end.outcome) {
            Some(Outcome::Sent { event_id }) => (Some(event_id.clone()), None),
            Some(Outcome::Refused { errcode, error }) => (None, Some(json!({ "errcode": errcode, "error": error }))),
            Some(Outcome::Cancelled) | None => (None, None),
        };
        Ok(Self {
            delay_id: id.clone(),
            room_id: event.room_id.clone(),
            kind: event.kind.clone(),
            state_key: event.state_key.clone(),
            content: event.content()?,
            delay: schedule.delay_ms,
            running_since: schedule.running_since_ms,
            error,
            event_id,
            finalised_ts: schedule.end.as_ref().map(|end| end.at_ms),
        })
    }
}

/// One that has ended, in the form of the proposal's lists; `None` while it is scheduled.
fn finalised(listed: &Listed) -> Result<Option<Value>, ApiError> {
    let Some(end) = &listed.schedule.end else { return Ok(None) };
    let item = Item::of(listed)?;
    let reason = match (&end.outcome, end.cause) {
        (Outcome::Refused { .. }, _) => "error",
        (_, Cause::Action) => "action",
        (_, Cause::Delay) => "delay",
    };
    let outcome = if item.event_id.is_some() { "send" } else { "cancel" };
    let mut entry = json!({ "outcome": outcome, "reason": reason, "origin_server_ts": end.at_ms });
    if let Some(event_id) = &item.event_id {
        entry["event_id"] = json!(event_id);
    }
    if let Some(error) = &item.error {
        entry["error"] = error.clone();
    }
    entry["delayed_event"] = serde_json::to_value(item).map_err(ApiError::internal)?;
    Ok(Some(entry))
}

#[derive(Debug, Default, Deserialize)]
pub struct Wanted {
    status: Option<Status>,
    #[serde(default)]
    delay_id: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Status {
    Scheduled,
    Finalised,
}

/// `GET /_matrix/client/unstable/org.matrix.msc4140/delayed_events` (MSC4140)
///
/// In both forms that the proposal has had: one list, and one for each status. There is one page: a user has few.
pub async fn list(
    Here(delayed): Here<DelayedEvents>,
    requester: Requester,
    Asked(wanted): Asked<Wanted>,
) -> Result<Response, ApiError> {
    let mut all = delayed.list(requester.user_key).await?;
    all.retain(|one| wanted.delay_id.is_empty() || wanted.delay_id.contains(&one.id));
    let (ended, open): (Vec<_>, Vec<_>) = all.into_iter().partition(|one| one.schedule.end.is_some());
    let items = |list: &[Listed]| list.iter().map(Item::of).collect::<Result<Vec<_>, _>>();
    let shown = if wanted.status == Some(Status::Finalised) { items(&ended)? } else { items(&open)? };
    let mut body = json!({ "delayed_events": shown });
    if wanted.status != Some(Status::Finalised) {
        body["scheduled"] = body["delayed_events"].clone();
    }
    if wanted.status != Some(Status::Scheduled) {
        let mut entries = Vec::with_capacity(ended.len());
        for one in &ended {
            entries.extend(finalised(one)?);
        }
        body["finalised"] = Value::Array(entries);
    }
    answer(&body)
}

/// The delay id of the path, and what follows it there.
#[derive(Clone, Debug)]
pub struct Target {
    id: String,
    action: Option<String>,
}

impl<S: Send + Sync> FromRequestParts<S> for Target {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let mut arguments = path_arguments(parts, state).await?.into_iter();
        Ok(Self { id: arguments.next().unwrap_or_default(), action: arguments.next() })
    }
}

/// `GET /_matrix/client/unstable/org.matrix.msc4140/delayed_events/{delayId}` (MSC4140)
pub async fn get(
    Here(delayed): Here<DelayedEvents>,
    requester: Requester,
    target: Target,
) -> Result<Response, ApiError> {
    answer(&Item::of(&delayed.get(requester.user_key, &target.id).await?)?)
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Action {
    Restart,
    Send,
    Cancel,
}

impl Action {
    fn of(name: &str) -> Option<Self> {
        Some(match name {
            "restart" => Self::Restart,
            "send" => Self::Send,
            "cancel" => Self::Cancel,
            _ => return None,
        })
    }

    /// Devices restart every few seconds, and services for many of them: only an id that is not known counts for the address.
    async fn act(self, tenant: &Tenant, address: ClientAddress, id: &str) -> Result<NoContent, ApiError> {
        let delayed = &tenant.delayed_events;
        let done = match self {
            Self::Restart => delayed.restart(id).await,
            Self::Send => delayed.send(id).await,
            Self::Cancel => delayed.cancel(id).await,
        };
        if matches!(done, Err(DelayError::NotFound)) {
            tenant.limits.check_address(address)?;
        }
        Ok(done.map(|()| NoContent)?)
    }
}

/// `POST /_matrix/client/unstable/org.matrix.msc4140/delayed_events/{delayId}/{action}` (MSC4140)
///
/// Without a token: the id is the secret. A body is not looked at.
pub async fn act(Here(tenant): Here<Tenant>, address: ClientAddress, target: Target) -> Result<NoContent, ApiError> {
    let Some(action) = target.action.as_deref().and_then(Action::of) else {
        tenant.limits.check_address(address)?;
        return Err(ApiError::unrecognized());
    };
    action.act(&tenant, address, &target.id).await
}

#[derive(Debug, Deserialize)]
pub struct Acting {
    action: Option<String>,
}

impl Acting {
    fn get(self) -> Result<Action, ApiError> {
        let name = self.action.ok_or_else(|| ApiError::missing_param("The action is missing."))?;
        Action::of(&name).ok_or_else(|| ApiError::invalid_param("The action is restart, send or cancel."))
    }
}

/// `POST /_matrix/client/unstable/org.matrix.msc4140/delayed_events/{delayId}` (MSC4140 as it was)
pub async fn act_by_body(
    Here(tenant): Here<Tenant>,
    address: ClientAddress,
    target: Target,
    body: Result<Body<Acting>, ApiError>,
) -> Result<NoContent, ApiError> {
    match body.and_then(|Body(body)| body.get()) {
        Ok(action) => action.act(&tenant, address, &target.id).await,
        Err(error) => {
            tenant.limits.check_address(address)?;
            Err(error)
        }
    }
}
