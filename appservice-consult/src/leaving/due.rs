//! Looking for who is gone, and for what he still leads.

use std::collections::BTreeSet;
use std::sync::Arc;

use consilium_config::brand::{OnLeave, Queue};
use sea_query::{Expr, ExprTrait, Order, Query};

use super::depart::{LOCK, hand_on, is_leaving};
use super::error::LeavingError;
use super::plan::{Planned, planned};
use super::rule;
use crate::actor::Actor;
use crate::api::types::{LeavingChoice, OperatorStatus, ParticipantRole};
use crate::call;
use crate::callback;
use crate::consultation::transition::{Circumstances, apply};
use crate::consultation::{Command, ConsultationError, Line, Record, Right, count, record, team};
use crate::ids::{ConsultationId, OperatorId};
use crate::operator::{self, Member};
use crate::store::tables::{Consultation as Table, Operator, Participant};
use crate::store::{Session, StoreError};
use crate::tenant::Tenant;
use crate::time::Time;
use crate::words::Word;

/// Consultations looked at in one round. A desk whose network fails loses all its consoles at once: what is left comes with the next look, a second later.
const BATCH: u64 = 200;

/// Hands on, or back to the queue, what is led by who is gone; returns how many consultations moved.
///
/// Errors: `Operator`, `Consultation`, `Store`.
pub async fn run_due(tenant: &Tenant) -> Result<usize, LeavingError> {
    let _turn = tenant.locks.lock(LOCK).await;
    let mut moved = 0;
    for (consultation, operator) in with_former(tenant).await? {
        moved += usize::from(leave_former(tenant, &consultation, &operator).await?);
    }
    for one in led_by_absent(tenant).await? {
        moved += usize::from(leave_absent(tenant, &one).await?);
    }
    end_days(tenant).await?;
    Ok(moved)
}

/// What those still take part in who are no members of staff any more.
async fn with_former(tenant: &Tenant) -> Result<Vec<(ConsultationId, OperatorId)>, StoreError> {
    let mut select = Query::select();
    select.columns([(Participant::Table, Participant::ConsultationId), (Participant::Table, Participant::OperatorId)]);
    select.from(Participant::Table);
    let same = Expr::col((Operator::Table, Operator::Id)).equals((Participant::Table, Participant::OperatorId));
    select.inner_join(Operator::Table, same);
    select.and_where(Expr::col((Operator::Table, Operator::RemovedAt)).is_not_null());
    select.and_where(Expr::col((Participant::Table, Participant::LeftAt)).is_null()).limit(BATCH);
    let mut reading = tenant.store.read().await?;
    let rows = reading.fetch_all(&select).await?;
    rows.iter().map(|row| Ok((row.id(Participant::ConsultationId)?, row.id(Participant::OperatorId)?))).collect()
}

async fn leave_former(tenant: &Tenant, id: &ConsultationId, operator: &OperatorId) -> Result<bool, LeavingError> {
    let mut reading = tenant.store.read().await?;
    let Some(record) = record::load(&mut reading, id).await? else { return Ok(false) };
    if record.state.phase.team().is_none_or(|team| team.lead != *operator) {
        drop(reading);
        let command = Command::Dismiss { by: operator.clone(), right: Right::Lead, operator: operator.clone() };
        return by_machine(tenant, id, &command).await.map_err(Into::into);
    }
    let planned = planned(&mut reading, tenant, operator, vec![record]).await?;
    drop(reading);
    let Some(one) = planned.first() else { return Ok(false) };
    let to = rule::target_from_former(one.rule, &one.record.state.queue, one.colleague.as_ref());
    Ok(hand_on(tenant, &one.record, to, None).await?)
}

/// What is led by a member who is gone, and how he is.
struct Led {
    record: Record,
    lead: Arc<Member>,
}

/// What those lead who said that they go, or whose consoles are lost. What is on hold until a time is looked at before only where its lead went himself.
async fn led_by_absent(tenant: &Tenant) -> Result<Vec<Led>, StoreError> {
    let (now, brand) = (tenant.context.now(), tenant.brand());
    let mut reading = tenant.store.read().await?;
    let (mut gone, mut off) = (BTreeSet::new(), BTreeSet::new());
    for (queue, lead) in count::leads(&mut reading).await? {
        let Some((queue, member)) = brand.queue(queue.as_str()).zip(tenant.staff.present(&lead)) else { continue };
        if goes_by_rule(queue, &member) {
            off.insert(lead);
        } else if is_lost(tenant, queue, &member, now) {
            gone.insert(lead);
        }
    }
    if gone.is_empty() && off.is_empty() {
        return Ok(Vec::new());
    }
    let records = led_by(&mut reading, &gone, &off, now).await?;
    let led = records.into_iter().filter_map(|record| {
        let lead = tenant.staff.present(&record.state.phase.team()?.lead)?;
        Some(Led { record, lead })
    });
    Ok(led.collect())
}

/// Whether he went himself, and the queue lets nothing stay with him then.
fn goes_by_rule(queue: &Queue, member: &Member) -> bool {
    is_leaving(member.status) && queue.on_leave != OnLeave::Finish
}

/// Whether his console has been lost for as long as the queue lets a patient wait for it.
fn is_lost(tenant: &Tenant, queue: &Queue, member: &Member, now: Time) -> bool {
    let seconds = tenant.away_after_seconds.saturating_add(i64::from(queue.return_after_minutes) * 60);
    queue.return_after_minutes > 0 && tenant.heartbeats.is_silent(&member.id, seconds, now)
}

async fn led_by(
    session: &mut Session,
    gone: &BTreeSet<OperatorId>,
    off: &BTreeSet<OperatorId>,
    now: Time,
) -> Result<Vec<Record>, StoreError> {
    let ids = |operators: &BTreeSet<OperatorId>| -> Vec<String> { operators.iter().map(ToString::to_string).collect() };
    let mut led = Query::select();
    led.column(Participant::ConsultationId).from(Participant::Table);
    led.and_where(Expr::col(Participant::OperatorId).is_in(ids(gone).into_iter().chain(ids(off))));
    led.and_where(Expr::col(Participant::LeftAt).is_null());
    led.and_where(Expr::col(Participant::Role).eq(ParticipantRole::Lead.word()));
    let held = Expr::col(Table::HoldUntil);
    let is_missed = held.clone().is_null().or(held.lte(now.as_millis()));
    let mut select = record::select();
    select.and_where(Expr::col(Table::Id).in_subquery(led));
    select.and_where(is_missed.or(Expr::col(Table::LeadId).is_in(ids(off))));
    select.order_by(Table::PhaseSince, Order::Asc).order_by(Table::Id, Order::Asc).limit(BATCH);
    record::load_selected(session, &select).await
}

async fn leave_absent(tenant: &Tenant, one: &Led) -> Result<bool, LeavingError> {
    let Led { record, lead } = one;
    let (now, brand) = (tenant.context.now(), tenant.brand());
    let Some(queue) = brand.queue(record.state.queue.as_str()) else { return Ok(false) };
    let mut reading = tenant.store.read().await?;
    let has_staff = call::last_call(&mut reading, &record.id).await?.is_some_and(|call| call.has_staff);
    let line = if has_staff { Line::Busy } else { Line::Quiet };
    // What he takes after he went is his own wish.
    let was_his = record.state.phase.team().is_some_and(|team| team.lead_since <= lead.status_since);
    if goes_by_rule(queue, lead) && was_his {
        if line == Line::Busy {
            return Ok(false);
        }
        let planned = planned(&mut reading, tenant, &lead.id, vec![record.clone()]).await?;
        drop(reading);
        return by_rule(tenant, &planned).await;
    }
    drop(reading);
    if !is_lost(tenant, queue, lead, now) {
        return Ok(false);
    }
    Ok(by_machine(tenant, &record.id, &Command::Orphaned { lead: lead.id.clone(), line }).await?)
}

/// As he would have been shown, had he been asked.
async fn by_rule(tenant: &Tenant, planned: &[Planned]) -> Result<bool, LeavingError> {
    let Some(one) = planned.first() else { return Ok(false) };
    let choice = one.choices().first().copied().unwrap_or(LeavingChoice::Keep);
    match rule::target(choice, &one.record.state.queue, one.colleague.as_ref()) {
        Some(to) => Ok(hand_on(tenant, &one.record, to, None).await?),
        None => Ok(false),
    }
}

async fn by_machine(tenant: &Tenant, id: &ConsultationId, command: &Command) -> Result<bool, ConsultationError> {
    let circumstances = Circumstances { actor: &Actor::System, note: None, by_macro: None };
    match apply(tenant, id, command, circumstances).await {
        Ok(_) => Ok(true),
        // It is not due, or somebody was faster.
        Err(ConsultationError::Refused(_)) => Ok(false),
        Err(error) => Err(error),
    }
}

/// Who is going off and has nothing left to finish has gone.
async fn end_days(tenant: &Tenant) -> Result<(), LeavingError> {
    let is_going = |member: &Arc<Member>| member.status == OperatorStatus::GoingOff;
    for member in tenant.staff.all().iter().filter(|member| is_going(member)) {
        let mut reading = tenant.store.read().await?;
        let is_done = team::consultations_with(&mut reading, &member.id).await?.is_empty()
            && callback::held_by(&mut reading, &member.id).await?.is_empty();
        drop(reading);
        if is_done {
            operator::gone_off(tenant, &member.id).await?;
        }
    }
    Ok(())
}
