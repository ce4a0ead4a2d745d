//! Reading stored events: by number, by id, many at once.

use consilium_event::pdu::event_id_bytes;
use consilium_store::{Direction, StoreError, View};
use ruma::{
    EventId, OwnedEventId,
    serde::{Base64, base64::UrlSafe},
};

use super::rows::StoredEvent;
use crate::{
    ids::{EventKey, RoomKey},
    keyspaces,
};

/// The event of number `seq`. Errors: `Corrupt` when there is none, for numbers come from other rows.
pub async fn event(view: &dyn View, room: RoomKey, seq: u64) -> Result<StoredEvent, StoreError> {
    keyspaces::EVENTS.get(view, &(room, seq)).await?.ok_or_else(|| missing(room, seq))
}

/// Events in the order of `seqs`. Numbers close together, as those of a page are, cost one scan.
pub async fn events(view: &dyn View, room: RoomKey, seqs: &[u64]) -> Result<Vec<StoredEvent>, StoreError> {
    let (Some(first), Some(last)) = (seqs.iter().min(), seqs.iter().max()) else { return Ok(Vec::new()) };
    let spread = last - first + 1;
    if seqs.len() > 4 && spread <= 2 * seqs.len() as u64 {
        return dense(view, room, seqs, *first, *last).await;
    }
    let keys: Vec<(RoomKey, u64)> = seqs.iter().map(|seq| (room, *seq)).collect();
    let found = keyspaces::EVENTS.get_many(view, &keys).await?;
    seqs.iter().zip(found).map(|(seq, event)| event.ok_or_else(|| missing(room, *seq))).collect()
}

async fn dense(
    view: &dyn View,
    room: RoomKey,
    seqs: &[u64],
    first: u64,
    last: u64,
) -> Result<Vec<StoredEvent>, StoreError> {
    let limit = usize::try_from(last - first + 1).unwrap_or(usize::MAX);
    let rows = keyspaces::EVENTS.scan_range(view, &(room, first), &(room, last + 1), limit, Direction::Forward).await?;
    seqs.iter()
        .map(|seq| {
            let place = rows.binary_search_by_key(seq, |((_, at), _)| *at).map_err(|_| missing(room, *seq))?;
            Ok(rows[place].1.clone())
        })
        .collect()
}

/// Where the event with this id is.
pub async fn find(view: &dyn View, event_id: &EventId) -> Result<Option<EventKey>, StoreError> {
    let found = keyspaces::EVENT_IDS.get(view, &event_id_bytes(event_id)).await?;
    Ok(found.map(|row| EventKey { room: row.room, seq: row.seq }))
}

/// The number of the event with this id in `room`.
pub async fn find_in(view: &dyn View, room: RoomKey, event_id: &EventId) -> Result<Option<u64>, StoreError> {
    Ok(find(view, event_id).await?.filter(|key| key.room == room).map(|key| key.seq))
}

/// The event id that [`event_id_bytes`] shortened.
pub fn event_id(bytes: &[u8]) -> Result<OwnedEventId, StoreError> {
    let text = match <[u8; 32]>::try_from(bytes) {
        Ok(hash) => format!("${}", Base64::<UrlSafe, _>::new(hash).encode()),
        Err(_) => String::from_utf8_lossy(bytes).into_owned(),
    };
    EventId::parse(text)
        .map_err(|error| StoreError::Corrupt { table: keyspaces::EVENTS.table.name, reason: error.to_string() })
}

fn missing(room: RoomKey, seq: u64) -> StoreError {
    StoreError::Corrupt { table: keyspaces::EVENTS.table.name, reason: format!("no event {seq} of room {}", room.0) }
}
