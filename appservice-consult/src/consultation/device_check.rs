//! What a patient's device did when he tested it: on the queue card, so that whoever takes the consultation knows whether a call is worth trying.
//!
//! The latest of each consultation, while it is open; no history of it, and no record. It is said by the patient's own app, and proves nothing.

use std::collections::HashMap;

use sea_query::{Expr, ExprTrait, OnConflict, Query};

use super::command::Refusal;
use super::error::ConsultationError;
use super::record;
use crate::api::types::{DeviceCheck, DeviceConnection, DeviceState, FieldError, NewDeviceCheck};
use crate::change::{self, Kind};
use crate::ids::ConsultationId;
use crate::store::tables::DeviceCheck as Table;
use crate::store::{Session, StoreError, Writing};
use crate::tenant::Tenant;
use crate::words::Word;

/// Up to this they talk as in one room. Unit: milliseconds.
const GOOD_MS: u32 = 300;
/// Up to this they can talk. Unit: milliseconds.
const FAIR_MS: u32 = 800;
/// Slower than this is no answer but a time-out. Unit: milliseconds.
const ROUND_TRIP_MS_MAX: u32 = 60_000;

/// Keeps what a test said. Desks that show the consultation hear of it.
///
/// Errors: `NotFound`, `Refused` where it is over, `Answers` where it cannot be so, `Store`.
pub async fn keep(
    tenant: &Tenant,
    id: &ConsultationId,
    new: &NewDeviceCheck,
) -> Result<DeviceCheck, ConsultationError> {
    if new.round_trip_ms.is_some_and(|time| time > ROUND_TRIP_MS_MAX) {
        return Err(ConsultationError::Answers(vec![FieldError::new("round_trip_ms", "At most 60000.")]));
    }
    let mut writing = tenant.store.write().await?;
    let record = record::load(&mut writing, id).await?.ok_or(ConsultationError::NotFound)?;
    if !record.state.phase.is_open() {
        return Err(Refusal::WrongPhase(record.state.phase.name()).into());
    }
    let check = DeviceCheck {
        checked_at: tenant.context.now(),
        microphone: new.microphone,
        camera: new.camera,
        connection: new.round_trip_ms.map(connection),
        round_trip_ms: new.round_trip_ms,
    };
    write(&mut writing, id, &check).await?;
    change::append(&mut writing, check.checked_at, Kind::Consultation, id.as_str(), None).await?;
    writing.commit().await?;
    Ok(check)
}

fn connection(round_trip_ms: u32) -> DeviceConnection {
    if round_trip_ms <= GOOD_MS {
        DeviceConnection::Good
    } else if round_trip_ms <= FAIR_MS {
        DeviceConnection::Fair
    } else {
        DeviceConnection::Poor
    }
}

async fn write(writing: &mut Writing, id: &ConsultationId, check: &DeviceCheck) -> Result<(), StoreError> {
    let mut insert = Query::insert();
    insert.into_table(Table::Table).columns([
        Table::ConsultationId,
        Table::CheckedAt,
        Table::Microphone,
        Table::Camera,
        Table::RoundTripMs,
    ]);
    insert.values_panic([
        id.as_str().into(),
        check.checked_at.as_millis().into(),
        check.microphone.word().into(),
        check.camera.map(Word::word).into(),
        check.round_trip_ms.map(i64::from).into(),
    ]);
    let mut instead = OnConflict::column(Table::ConsultationId);
    instead.update_columns([Table::CheckedAt, Table::Microphone, Table::Camera, Table::RoundTripMs]);
    insert.on_conflict(instead);
    writing.execute(&insert).await.map(drop)
}

/// The latest tests of these consultations.
pub async fn of_consultations(
    session: &mut Session,
    ids: &[&str],
) -> Result<HashMap<ConsultationId, DeviceCheck>, StoreError> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let mut select = Query::select();
    select.columns([Table::ConsultationId, Table::CheckedAt, Table::Microphone, Table::Camera, Table::RoundTripMs]);
    select.from(Table::Table).and_where(Expr::col(Table::ConsultationId).is_in(ids.iter().copied()));
    let mut found = HashMap::new();
    for row in session.fetch_all(&select).await? {
        let round_trip_ms = row.number_or_null(Table::RoundTripMs)?.and_then(|time| u32::try_from(time).ok());
        let check = DeviceCheck {
            checked_at: row.time(Table::CheckedAt)?,
            microphone: DeviceState::from_word(&row.text(Table::Microphone)?)?,
            camera: row.text_or_null(Table::Camera)?.as_deref().map(DeviceState::from_word).transpose()?,
            connection: round_trip_ms.map(connection),
            round_trip_ms,
        };
        found.insert(row.id(Table::ConsultationId)?, check);
    }
    Ok(found)
}

/// Takes it away, as a part of the erasure of a consultation.
pub async fn erase_consultation(writing: &mut Writing, id: &ConsultationId) -> Result<(), StoreError> {
    let mut delete = Query::delete();
    delete.from_table(Table::Table).and_where(Expr::col(Table::ConsultationId).eq(id.as_str()));
    writing.execute(&delete).await.map(drop)
}

#[cfg(test)]
mod tests {
    use super::connection;
    use crate::api::types::DeviceConnection;

    #[test]
    fn a_way_is_as_good_as_it_is_fast() {
        for (time, is) in [
            (0, DeviceConnection::Good),
            (300, DeviceConnection::Good),
            (301, DeviceConnection::Fair),
            (800, DeviceConnection::Fair),
            (801, DeviceConnection::Poor),
            (60_000, DeviceConnection::Poor),
        ] {
            assert_eq!(connection(time), is, "{time}");
        }
    }
}
