//! Who of the staff is asked into a call that is on: whoever came into its consultation after it had begun, a colleague who was asked in or the lead who
//! took over. It rings at him as long as any call rings, or until he has been in it; never at who began it.

use super::identity;
use super::span::Span;
use super::store::{self, Record};
use super::watch;
use crate::change::{self, Kind};
use crate::consultation;
use crate::ids::{OperatorId, RoomId, UserId};
use crate::store::{Session, StoreError, Writing};
use crate::tenant::Tenant;
use crate::time::Time;

/// Somebody who is asked into a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// Whom.
    pub user: UserId,
    /// Who asked; none: he leads the consultation now.
    pub by: Option<OperatorId>,
    /// Since when.
    pub since: Time,
}

/// Who is asked into a call now.
pub async fn asked(
    session: &mut Session,
    tenant: &Tenant,
    call: &Record,
    spans: &[Span],
) -> Result<Vec<Asked>, StoreError> {
    let (Some(consultation), Some(calls)) = (&call.consultation, &tenant.calls) else { return Ok(Vec::new()) };
    if !call.state.is_open() {
        return Ok(Vec::new());
    }
    let consultation = consultation::record::load(session, consultation).await?;
    let team = consultation.as_ref().and_then(|consultation| consultation.state.phase.team());
    let now = tenant.context.now();
    let rings = |since: Time| since > call.started_at && now < since.plus_seconds(calls.ring_seconds);
    let members = team.map(consultation::Team::members).unwrap_or_default();
    let newcomers = members.into_iter().filter(|member| rings(member.joined_at)).filter_map(|member| {
        let user = tenant.staff.by_id(&member.operator)?.user_id.clone();
        let has_come = |span: &Span| span.left_at.is_none() || span.joined_at >= member.joined_at;
        let was_there = spans.iter().any(|span| span.user == user && has_come(span));
        (user != call.caller && !was_there).then_some(Asked { user, by: member.invited_by, since: member.joined_at })
    });
    Ok(newcomers.collect())
}

/// The operators of a consultation, or their roles, have changed: the streams are told of the call that is on there, which rings at whoever has come, and who
/// is in it is looked at.
pub(crate) async fn team_changed(writing: &mut Writing, tenant: &Tenant, room: &RoomId) -> Result<(), StoreError> {
    let media_room = identity::media_room(&tenant.key, room);
    let Some(call) = store::open_in(writing, &media_room).await? else { return Ok(()) };
    watch::look_at_staff(writing, tenant, &call).await?;
    let audience = Some(call.patient_user.as_str());
    change::append(writing, tenant.context.now(), Kind::Call, call.id.as_str(), audience).await
}
