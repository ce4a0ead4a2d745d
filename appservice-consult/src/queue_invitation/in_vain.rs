//! That nobody came: told to who asked until he has read it, also where his console was closed or loaded anew meanwhile.

use super::error::QueueInvitationError as Error;
use super::record::{self, Record};
use super::service::By;
use crate::change::{self, Kind};
use crate::consultation::record as consultations;
use crate::ids::{OperatorId, QueueInvitationId};
use crate::store::{Session, StoreError};
use crate::tenant::Tenant;
use crate::time::Time;

/// How long it is told: as long as somebody is at work. Unit: seconds.
const TOLD_SECONDS: i64 = 12 * 3_600;

/// What he has still to read, oldest first. Nothing of a consultation that nobody leads any more, nor what he has asked for anew meanwhile: neither needs him.
pub async fn unseen(session: &mut Session, operator: &OperatorId, now: Time) -> Result<Vec<Record>, StoreError> {
    let mut told = Vec::new();
    for one in record::unseen_of(session, operator, now.plus_seconds(-TOLD_SECONDS), now).await? {
        let consultation = consultations::load(session, &one.consultation).await?;
        let is_led = consultation.is_some_and(|consultation| consultation.state.phase.team().is_some());
        if is_led && !was_asked_anew(session, &one).await? {
            told.push(one);
        }
    }
    Ok(told)
}

async fn was_asked_anew(session: &mut Session, one: &Record) -> Result<bool, StoreError> {
    let all = record::of_consultation(session, &one.consultation).await?;
    let is_later = |other: &Record| (other.made_at, other.id.as_str()) > (one.made_at, one.id.as_str());
    Ok(all.iter().any(|other| other.queue == one.queue && is_later(other)))
}

/// He has read it; his other windows hear that too. What does not end in vain is nothing to read.
///
/// Errors: `NotFound`, `Store`.
pub async fn see(tenant: &Tenant, id: &QueueInvitationId, by: By<'_>) -> Result<Record, Error> {
    let mut writing = tenant.store.write().await?;
    let now = tenant.context.now();
    let before = record::load(&mut writing, id).await?.filter(|record| record.by == by.member.id);
    let before = before.ok_or(Error::NotFound)?;
    if !before.is_in_vain(now) || !record::see(&mut writing, id, now).await? {
        return Ok(before);
    }
    let user = by.member.user_id.as_str();
    change::append(&mut writing, now, Kind::QueueInvitation, id.as_str(), Some(user)).await?;
    writing.commit().await?;
    Ok(Record { seen_at: Some(now), ..before })
}
