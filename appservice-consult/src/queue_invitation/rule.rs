//! Who may ask, and who is asked. Pure.

use std::sync::Arc;

use crate::consultation::{Refusal, Right, State, TEAM_MAX, Team};
use crate::ids::{OperatorId, QueueId};
use crate::operator::{Member, is_on_duty};

/// How long it stands: who is there looks up within it, and a patient waits no longer for somebody to come.
pub(super) const STANDS_SECONDS: i64 = 120;

/// The team that somebody is asked into, if `by` may ask.
///
/// Errors: `WrongPhase`, `NotLead`, `TeamFull`.
pub(super) fn may_ask<'a>(state: &'a State, by: &OperatorId, right: Right) -> Result<&'a Team, Refusal> {
    let team = state.phase.team().ok_or(Refusal::WrongPhase(state.phase.name()))?;
    if right == Right::Lead && team.lead != *by {
        return Err(Refusal::NotLead);
    }
    if team.members().len() >= TEAM_MAX { Err(Refusal::TeamFull) } else { Ok(team) }
}

/// Those who serve the queue and can come now: neither who is in it nor who asks.
pub(super) fn there(members: Vec<Arc<Member>>, queue: &QueueId, team: &Team, by: &OperatorId) -> Vec<Arc<Member>> {
    let comes = |member: &Arc<Member>| {
        member.serves(queue) && is_on_duty(member.status) && !team.has(&member.id) && member.id != *by
    };
    members.into_iter().filter(comes).collect()
}
