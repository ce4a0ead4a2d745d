//! The parts of an answer that are the user's or the device's own. Their data belongs to the features that are asked here.

use bytes::Bytes;
use consilium_store::{Position, StoreError};
use serde_json::{json, value::RawValue};

use super::{
    answer::{Answer, Json},
    ask::Ask,
    filter,
};
use crate::{account_data::Datum, keys::Keys, keyspaces, push::Rules, to_device::ToDevice};

/// To-device messages of one answer; the rest comes with the next. More than one commit ever writes to one device.
const TO_DEVICE_MAX: usize = 500;

/// Account data that belongs to no room.
pub fn account_data(ask: &Ask<'_>, answer: &mut Answer) {
    let is_wanted =
        |datum: &&Datum| datum.room.is_none() && filter::wants_account_data(&ask.filter.account_data, &datum.kind);
    answer.account_data.events = ask.data.iter().filter(is_wanted).map(account_data_event).collect();
}

/// The user's push rules: account data that the server keeps itself.
pub async fn push_rules(rules: &Rules, ask: &Ask<'_>, answer: &mut Answer) -> Result<(), StoreError> {
    if filter::wants_account_data(&ask.filter.account_data, "m.push_rules") {
        let event = rules.event(ask.view, ask.user, ask.user_id, ask.position()).await?;
        answer.account_data.events.extend(event);
    }
    Ok(())
}

/// An entry as the event that clients get.
pub fn account_data_event(datum: &Datum) -> Json {
    let content = serde_json::from_slice::<&RawValue>(&datum.content).ok();
    let event = json!({ "type": datum.kind, "content": content });
    serde_json::value::to_raw_value(&event).expect("a string and JSON are JSON")
}

/// Messages to the device since the token; the place up to which they are sent now.
pub async fn to_device(service: &ToDevice, ask: &Ask<'_>, answer: &mut Answer) -> Result<Position, StoreError> {
    let until = ask.view.position();
    let Some(device) = ask.device else { return Ok(until) };
    let from = ask.since.map(|since| since.to_device).unwrap_or_default();
    let mut messages = service.since(ask.view, ask.user, device, (from, until), TO_DEVICE_MAX + 1).await?;
    let mut sent = until;
    if messages.len() > TO_DEVICE_MAX {
        // The next answer begins behind a commit: one that does not fit whole is left to it.
        let (cut, _) = messages[TO_DEVICE_MAX];
        messages.retain(|(position, _)| *position < cut);
        sent = Position(cut.0 - 1);
    }
    let json = |(_, bytes): (Position, Bytes)| serde_json::from_slice(&bytes).map_err(|error| corrupt(&error));
    answer.to_device.events = messages.into_iter().map(json).collect::<Result<_, _>>()?;
    Ok(sent)
}

fn corrupt(error: &serde_json::Error) -> StoreError {
    StoreError::Corrupt { table: keyspaces::TO_DEVICE.table.name, reason: error.to_string() }
}

/// Users whose keys changed, and those with whom no room is shared any more.
pub async fn device_lists(service: &Keys, ask: &Ask<'_>, answer: &mut Answer) -> Result<(), StoreError> {
    let Some(since) = ask.position() else { return Ok(()) };
    let changed = service.changed_users(ask.view, ask.user, (since, ask.view.position())).await?;
    answer.device_lists.changed = changed.changed;
    answer.device_lists.left = changed.left;
    Ok(())
}

/// One-time keys that are left of the device, and its fallback keys that were not used.
pub async fn key_counts(service: &Keys, ask: &Ask<'_>, answer: &mut Answer) -> Result<(), StoreError> {
    let Some(device) = ask.device else { return Ok(()) };
    let counts = service.counts(ask.view, ask.user, device).await?;
    answer.device_one_time_keys_count = counts.one_time_keys;
    answer.device_unused_fallback_key_types = counts.unused_fallback_keys;
    Ok(())
}
