//! What is done with invitations: somebody asks, accepts, declines, takes back.

use serde_json::{Value, json};

use super::error::QueueInvitationError as Error;
use super::record::{self, Invitee, Record};
use super::rule;
use crate::actor::Actor;
use crate::api::types::{OperatorRole, ParticipantRole, QueueInvitationState as State};
use crate::audit;
use crate::change::{self, Kind};
use crate::consultation::transition::{self, Circumstances};
use crate::consultation::{Command, ConsultationError, Duty, Guest, Refusal, Right, record as consultations};
use crate::ids::{ConsultationId, OperatorId, QueueId, QueueInvitationId};
use crate::operator::Member;
use crate::store::{StoreError, Writing};
use crate::tenant::Tenant;
use crate::webhook;

/// Who does something.
#[derive(Debug, Clone, Copy)]
pub struct By<'a> {
    /// Who.
    pub member: &'a Member,
    /// The same, for the audit log.
    pub actor: &'a Actor,
}

impl By<'_> {
    fn right(self) -> Right {
        right_of(self.member)
    }
}

fn right_of(member: &Member) -> Right {
    match member.role {
        OperatorRole::Operator => Right::Lead,
        OperatorRole::Supervisor | OperatorRole::Administrator => Right::Supervisor,
    }
}

/// Who is wanted.
#[derive(Debug, Clone)]
pub struct Wish {
    /// Whose operators.
    pub queue: QueueId,
    /// As what.
    pub role: ParticipantRole,
}

/// Asks all who serve a queue and are there. Where they are asked already, that one is it.
///
/// Errors: `NoSuchQueue`, `NobodyThere`, `Consultation`, `Store`.
pub async fn ask(tenant: &Tenant, into: &ConsultationId, wish: Wish, by: By<'_>) -> Result<Record, Error> {
    let Wish { queue, role } = wish;
    let mut writing = tenant.store.write().await?;
    let now = tenant.context.now();
    let consultation = consultations::load(&mut writing, into).await?.ok_or(ConsultationError::NotFound)?;
    let team = rule::may_ask(&consultation.state, &by.member.id, by.right())?;
    tenant.brand().queue(queue.as_str()).filter(|queue| !queue.retired).ok_or(Error::NoSuchQueue)?;
    if let Some(before) = record::open_of(&mut writing, into, &queue).await? {
        if before.state_at(now) == State::Open {
            return Ok(before);
        }
        end(&mut writing, tenant, &before, (State::Expired, None), &Actor::System).await?;
    }
    let there = rule::there(tenant.staff.all(), &queue, team, &by.member.id);
    if there.is_empty() {
        return Err(Error::NobodyThere);
    }
    let invitee = |member: &std::sync::Arc<Member>| Invitee { operator: member.id.clone(), declined_at: None };
    let record = Record {
        id: tenant.context.new_id().into(),
        consultation: into.clone(),
        queue,
        role,
        by: by.member.id.clone(),
        made_at: now,
        expires_at: now.plus_seconds(rule::STANDS_SECONDS),
        state: State::Open,
        accepted_by: None,
        seen_at: None,
        asked: there.iter().map(invitee).collect(),
    };
    record::insert(&mut writing, &record).await?;
    remember(&mut writing, tenant, &record, by.actor, "made").await?;
    writing.commit().await?;
    Ok(record)
}

/// Comes in, first of all who were asked. Who came by it already is there already.
///
/// Errors: `NotFound`, `Taken`, `Over`, `Consultation`, `Store`.
pub async fn accept(tenant: &Tenant, id: &QueueInvitationId, by: By<'_>) -> Result<ConsultationId, Error> {
    let mut writing = tenant.store.write().await?;
    let record = asked(&mut writing, id, &by.member.id).await?;
    match (record.state_at(tenant.context.now()), record.accepted_by.clone()) {
        (State::Open, _) => {}
        (_, Some(first)) if first == by.member.id => return Ok(record.consultation),
        (_, Some(first)) => return Err(Error::Taken(first)),
        (became, None) => return Err(Error::Over(became)),
    }
    let is_in = match let_in(&mut writing, tenant, &record, by.member).await {
        // Who asked leads it no more: his word opens nothing.
        Err(Error::Consultation(ConsultationError::Refused(Refusal::NotLead | Refusal::WrongPhase(_)))) => false,
        other => other?,
    };
    let became = if is_in { (State::Accepted, Some(&by.member.id)) } else { (State::Over, None) };
    let was_open = end(&mut writing, tenant, &record, became, by.actor).await?;
    if !was_open {
        return Err(ConsultationError::Contended.into());
    }
    writing.commit().await?;
    if is_in { Ok(record.consultation) } else { Err(Error::Over(State::Over)) }
}

/// As if who asked had asked him by name, now. `false`: who asked works here no more.
async fn let_in(writing: &mut Writing, tenant: &Tenant, record: &Record, guest: &Member) -> Result<bool, Error> {
    let Some(host) = tenant.staff.present(&record.by) else { return Ok(false) };
    let guest = Guest { operator: guest.id.clone(), role: record.role, duty: Duty::On };
    let command = Command::Invite { by: host.id.clone(), right: right_of(&host), guest };
    let actor = Actor::Staff { id: host.id.clone(), user_id: host.user_id.clone(), role: host.role };
    let circumstances = Circumstances { actor: &actor, note: None, by_macro: None };
    let after = transition::apply_within(writing, tenant, &record.consultation, &command, circumstances).await?;
    after.map(|_| true).ok_or_else(|| ConsultationError::Contended.into())
}

/// Does not come; where nobody is left who might, it is over.
///
/// Errors: `NotFound`, `Store`.
pub async fn decline(tenant: &Tenant, id: &QueueInvitationId, by: By<'_>) -> Result<Record, Error> {
    let mut writing = tenant.store.write().await?;
    let before = asked(&mut writing, id, &by.member.id).await?;
    let now = tenant.context.now();
    let is_open = before.state_at(now) == State::Open;
    if !is_open || !record::decline(&mut writing, id, &by.member.id, now).await? {
        return Ok(before);
    }
    let after = asked(&mut writing, id, &by.member.id).await?;
    remember(&mut writing, tenant, &after, by.actor, "refused").await?;
    if after.asked.iter().all(|invitee| invitee.declined_at.is_some()) {
        end(&mut writing, tenant, &after, (State::Declined, None), by.actor).await?;
    }
    let after = asked(&mut writing, id, &by.member.id).await?;
    writing.commit().await?;
    Ok(after)
}

/// Asks no more: who asked, who leads the consultation, or a supervisor.
///
/// Errors: `NotFound`, `Consultation`, `Store`.
pub async fn take_back(
    tenant: &Tenant,
    from: &ConsultationId,
    id: &QueueInvitationId,
    by: By<'_>,
) -> Result<Record, Error> {
    let mut writing = tenant.store.write().await?;
    let record = record::load(&mut writing, id).await?.filter(|record| record.consultation == *from);
    let record = record.ok_or(Error::NotFound)?;
    let consultation = consultations::load(&mut writing, from).await?.ok_or(Error::NotFound)?;
    let leads = consultation.state.phase.team().is_some_and(|team| team.lead == by.member.id);
    if by.right() == Right::Lead && !leads && record.by != by.member.id {
        return Err(Refusal::NotLead.into());
    }
    let became = match record.state_at(tenant.context.now()) {
        State::Expired => State::Expired,
        _ => State::TakenBack,
    };
    if end(&mut writing, tenant, &record, (became, None), by.actor).await? {
        writing.commit().await?;
        return Ok(Record { state: became, ..record });
    }
    Ok(record)
}

/// One that asks this operator; every other is answered like an absent one.
async fn asked(writing: &mut Writing, id: &QueueInvitationId, operator: &OperatorId) -> Result<Record, Error> {
    let record = record::load(writing, id).await?;
    record.filter(|record| record.asks(operator)).ok_or(Error::NotFound)
}

/// Writes down what became of it, if it was open, and tells everybody whom it concerns.
pub(super) async fn end(
    writing: &mut Writing,
    tenant: &Tenant,
    record: &Record,
    became: (State, Option<&OperatorId>),
    actor: &Actor,
) -> Result<bool, StoreError> {
    if !record::end(writing, &record.id, became, tenant.context.now()).await? {
        return Ok(false);
    }
    let how = match became.0 {
        State::Open | State::Over => "over",
        State::Accepted => "accepted",
        State::Declined => "declined",
        State::Expired => "expired",
        State::TakenBack => "taken_back",
    };
    let (state, accepted_by) = became;
    let after = Record { state, accepted_by: accepted_by.cloned(), ..record.clone() };
    remember(writing, tenant, &after, actor, how).await?;
    Ok(true)
}

/// The entry in the audit log, what partners are told, and a word to who asked and to all who were asked.
async fn remember(
    writing: &mut Writing,
    tenant: &Tenant,
    record: &Record,
    actor: &Actor,
    what: &str,
) -> Result<(), StoreError> {
    let at = tenant.context.now();
    let subject = audit::Subject { kind: "consultation", id: record.consultation.as_str() };
    let action = format!("queue_invitation.{what}");
    audit::append(writing, &tenant.key, audit::Entry { at, actor, action: &action, subject, detail: detail(record) })
        .await?;
    let by = match actor {
        Actor::Staff { id, .. } => Some(id),
        Actor::Patient { .. } | Actor::Partner { .. } | Actor::System => None,
    };
    if let Some(of) = consultations::load(writing, &record.consultation).await? {
        let told = webhook::of_queue_invitation(record, &of, what, by, at);
        webhook::enqueue(writing, tenant, told.into_iter().collect()).await?;
    }
    let mut concerned: Vec<&OperatorId> = record.asked.iter().map(|invitee| &invitee.operator).collect();
    concerned.push(&record.by);
    for operator in concerned {
        let Some(member) = tenant.staff.present(operator) else { continue };
        change::append(writing, at, Kind::QueueInvitation, record.id.as_str(), Some(member.user_id.as_str())).await?;
    }
    Ok(())
}

fn detail(record: &Record) -> Value {
    json!({
        "invitation": record.id,
        "queue": record.queue,
        "role": record.role,
        "by": record.by,
        "asked": record.asked.len(),
    })
}
