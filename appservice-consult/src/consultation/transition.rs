//! Applying a command: load, decide, write once.
//!
//! One SQL transaction holds the guarded update of the row, the team, history, audit, counts, the outbox and the change log. The guard is the row's version:
//! of several who act on one state exactly one wins; the others decide anew on what he left.

use consilium_config::brand::RuleEvent;
use sea_query::{Expr, ExprTrait, Query};
use serde_json::json;

use super::command::{Action, Command, Effect, Target};
use super::error::ConsultationError;
use super::machine::step;
use super::record::{self, Facts, Record, stage};
use super::state::{Participant, Phase, State, Team};
use super::{count, effects, offer, order, sla, team};
use crate::actor::Actor;
use crate::audit;
use crate::call;
use crate::change::{self, Kind};
use crate::conclusion;
use crate::conversation;
use crate::field;
use crate::ids::{ConsultationId, OperatorId, QueueId, RoomId};
use crate::rules;
use crate::store::tables::{Consultation as Table, ConsultationHistory};
use crate::store::{Session, StoreError, Writing};
use crate::tenant::Tenant;
use crate::tenant_key::Place;
use crate::time::Time;
use crate::webhook;
use crate::words::Word;

/// How often a step is decided anew when others were faster.
pub(super) const TRIES: usize = 4;

/// What goes into the step's history besides the command.
#[derive(Debug, Clone, Copy)]
pub struct Circumstances<'a> {
    /// Who.
    pub actor: &'a Actor,
    /// What he wrote.
    pub note: Option<&'a str>,
    /// The macro that did it for him, by its title.
    pub by_macro: Option<&'a str>,
}

/// Applies `command` to a consultation and returns it as it stands then.
///
/// Errors: `NotFound`, `Refused`, `ConclusionMissing`, `FieldsMissing`, `Contended`, `Store`.
pub async fn apply(
    tenant: &Tenant,
    id: &ConsultationId,
    command: &Command,
    circumstances: Circumstances<'_>,
) -> Result<Record, ConsultationError> {
    for _ in 0..TRIES {
        let mut writing = tenant.store.write().await?;
        if let Some(after) = apply_within(&mut writing, tenant, id, command, circumstances).await? {
            writing.commit().await?;
            return Ok(after);
        }
    }
    Err(ConsultationError::Contended)
}

/// As [`apply`], in a transaction that does more. `None`: somebody else was faster and nothing was written.
pub async fn apply_within(
    writing: &mut Writing,
    tenant: &Tenant,
    id: &ConsultationId,
    command: &Command,
    circumstances: Circumstances<'_>,
) -> Result<Option<Record>, ConsultationError> {
    let before = record::load(writing, id).await?.ok_or(ConsultationError::NotFound)?;
    let now = before.time_of_next_step(tenant.context.now());
    let (state, effects) = step(&before.state, command, now)?;
    if effects.is_empty() && state == before.state {
        return Ok(Some(before));
    }
    if before.state.phase.is_open() && state.phase == Phase::Archived {
        must_be_complete(writing, tenant, &before).await?;
    }
    let facts = before.facts.clone();
    Transition { before: &before, state, facts, effects: &effects, circumstances, now }.write(writing, tenant).await
}

/// Refuses to close what the queue still asks something for.
///
/// Errors: `ConclusionMissing`, `FieldsMissing`, `Store`.
pub(super) async fn must_be_complete(
    session: &mut Session,
    tenant: &Tenant,
    before: &Record,
) -> Result<(), ConsultationError> {
    if conclusion::is_missing(session, tenant, before).await? {
        return Err(ConsultationError::ConclusionMissing);
    }
    let missing = field::missing(session, tenant, before).await?;
    if missing.is_empty() { Ok(()) } else { Err(ConsultationError::FieldsMissing(missing)) }
}

/// What is handed to a queue: one in use, of the conversation's circle.
///
/// Errors: `NoSuchQueue`, `OtherCircle`, `NotFound`, `Store`.
pub async fn transfer_target(
    session: &mut Session,
    tenant: &Tenant,
    record: &Record,
    queue_id: QueueId,
) -> Result<Target, ConsultationError> {
    let brand = tenant.brand();
    let queue = brand.queue(queue_id.as_str()).filter(|queue| !queue.retired);
    let queue = queue.ok_or(ConsultationError::NoSuchQueue)?;
    let conversation = conversation::load(session, &record.conversation).await?.ok_or(ConsultationError::NotFound)?;
    if conversation.circle.as_str() != queue.circle {
        return Err(ConsultationError::OtherCircle);
    }
    Ok(Target::Queue(queue_id))
}

/// One decided step, to be written.
pub struct Transition<'a> {
    /// What was.
    pub before: &'a Record,
    /// What is now.
    pub state: State,
    /// What is counted now.
    pub facts: Facts,
    /// What follows.
    pub effects: &'a [Effect],
    /// Who and why.
    pub circumstances: Circumstances<'a>,
    /// When.
    pub now: Time,
}

impl Transition<'_> {
    /// Writes the step into the transaction, with what the desk's rules do after it. `None`: somebody else was faster and nothing was written.
    pub async fn write(self, writing: &mut Writing, tenant: &Tenant) -> Result<Option<Record>, ConsultationError> {
        let events: Vec<RuleEvent> = self
            .effects
            .iter()
            .filter_map(|effect| match effect {
                Effect::Record(action) => RuleEvent::of_step("consultation", action.as_str()),
                _ => None,
            })
            .collect();
        let Some(after) = self.write_alone(writing, tenant).await? else { return Ok(None) };
        // On the heap: what rules do is rare, and larger than the step.
        Box::pin(rules::after_step(writing, tenant, after, &events, None)).await.map(Some)
    }

    /// As [`Transition::write`], and no rule is looked at: rules write so themselves.
    pub async fn write_alone(
        self,
        writing: &mut Writing,
        tenant: &Tenant,
    ) -> Result<Option<Record>, ConsultationError> {
        let queue_order = order::queue_order(self.state.priority, tenant.brand().queue(self.state.queue.as_str()));
        let (state, facts) = (self.state.clone(), self.facts.clone());
        let mut after = Record { version: self.before.version + 1, state, queue_order, facts, ..self.before.clone() };
        self.keep_texts(&mut after, tenant);
        if !update(writing, tenant, &after).await? {
            return Ok(None);
        }
        let (was, is) = (&self.before.state, &self.state);
        let version = after.version;
        let difference = team::Difference { before: was.phase.team(), after: is.phase.team(), version, now: self.now };
        let is_same_team = was.phase.team() == is.phase.team();
        team::store(writing, &after.id, difference).await?;
        count::move_between(writing, was, is, after.sealed.is_some()).await?;
        let conversation =
            conversation::load(writing, &after.conversation).await?.ok_or(ConsultationError::NotFound)?;
        let room: RoomId = conversation.room.clone().ok_or(ConsultationError::NotFound)?;
        for effect in self.effects {
            if let Effect::Record(action) = effect {
                self.remember(writing, tenant, &after, *action).await?;
                self.remember_offer(writing, &after, *action).await?;
            }
        }
        effects::enqueue(writing, tenant, &after, &room, self.effects).await?;
        let patient = conversation.patient_user.as_str();
        change::append(writing, self.now, Kind::Consultation, after.id.as_str(), Some(patient)).await?;
        if !is_same_team {
            call::team_changed(writing, tenant, &room).await?;
        }
        for queue in queues_touched(was, is) {
            change::append(writing, self.now, Kind::Queue, queue, None).await?;
        }
        for lead in leads_touched(was, is) {
            change::append(writing, self.now, Kind::Operator, lead.as_str(), None).await?;
        }
        let actions = self.effects.iter().filter_map(|effect| match effect {
            Effect::Record(action) => Some(action.as_str()),
            _ => None,
        });
        let told = webhook::of_consultation(Some(was), &after, actions, self.now);
        webhook::enqueue(writing, tenant, told).await?;
        if !is_same_team {
            let mut teams = team::load(writing, &[after.id.to_string()]).await?;
            after.members = teams.remove(after.id.as_str()).unwrap_or_default();
        }
        Ok(Some(after))
    }

    /// Texts that stand in the row itself: the note of a transfer, the reason of an end.
    fn keep_texts(&self, after: &mut Record, tenant: &Tenant) {
        let sealed = |column| {
            let note = self.circumstances.note.filter(|note| !note.is_empty())?;
            Some(tenant.key.seal(&tenant.context, place(column, after.id.as_str()), note.as_bytes()))
        };
        for effect in self.effects {
            match effect {
                Effect::Record(Action::Transferred | Action::Returned | Action::Assigned) => {
                    after.transfer_note = sealed("transfer_note");
                }
                // A rule that moves it has nothing to say: what was said before stays.
                Effect::Record(Action::Moved) if self.circumstances.note.is_some() => {
                    after.transfer_note = sealed("transfer_note");
                }
                Effect::Record(Action::Closed) => after.end_reason = sealed("end_reason"),
                Effect::Record(Action::Reopened) => (after.end_reason, after.transfer_note) = (None, None),
                _ => {}
            }
        }
    }

    async fn remember(
        &self,
        writing: &mut Writing,
        tenant: &Tenant,
        after: &Record,
        action: Action,
    ) -> Result<(), StoreError> {
        let queue = &after.state.queue;
        let step = Step { version: after.version, at: self.now, action, queue, circumstances: self.circumstances };
        store_step(writing, tenant, &after.id, step).await?;
        let to = after
            .state
            .transfer
            .as_ref()
            .filter(|_| matches!(action, Action::Transferred | Action::Assigned))
            .and_then(|transfer| transfer.to.clone());
        let mut detail = json!({
            "phase": after.state.phase.name().word(),
            "queue": after.state.queue,
            "lead": after.state.phase.team().map(|team| &team.lead),
            "to": to,
        });
        if let Some(colleague) = self.colleague(action) {
            detail["operator"] = json!(colleague.operator);
            detail["role"] = json!(colleague.role);
        }
        if action == Action::PersonCorrected {
            detail["person"] = json!(after.person);
        }
        if let Some(title) = self.circumstances.by_macro {
            detail["macro"] = json!(title);
        }
        let entry = audit::Entry {
            at: self.now,
            actor: self.circumstances.actor,
            action: &format!("consultation.{}", action.as_str()),
            subject: audit::Subject { kind: "consultation", id: after.id.as_str() },
            detail,
        };
        audit::append(writing, &tenant.key, entry).await
    }
}

impl Transition<'_> {
    /// What routing asks by: who was given something when, and who let what pass.
    async fn remember_offer(&self, writing: &mut Writing, after: &Record, action: Action) -> Result<(), StoreError> {
        match (action, &self.before.state.phase, &self.state.phase) {
            (Action::Offered, _, Phase::Offered { operator, .. }) => offer::given(writing, operator, self.now).await,
            (Action::Passed | Action::OfferLapsed, Phase::Offered { operator, .. }, _) => {
                offer::passed(writing, &after.id, operator, self.now).await
            }
            (Action::Taken, _, Phase::Active { team }) => {
                offer::forget(writing, &after.id).await?;
                offer::given(writing, &team.lead, self.now).await
            }
            (Action::Cancelled | Action::Abandoned, ..) => offer::forget(writing, &after.id).await,
            _ => Ok(()),
        }
    }

    /// The colleague whom a step brought, sent, or let go.
    fn colleague(&self, action: Action) -> Option<Participant> {
        let (before, after) = (self.before.state.phase.team(), self.state.phase.team());
        let others = |team: Option<&Team>| team.map(|team| team.others.clone()).unwrap_or_default();
        let (from, to) = match action {
            Action::Invited => (others(after), others(before)),
            Action::Left | Action::Dismissed => (others(before), others(after)),
            _ => return None,
        };
        from.into_iter().find(|colleague| !to.contains(colleague))
    }
}

/// One step of the history.
pub(super) struct Step<'a> {
    pub(super) version: i64,
    pub(super) at: Time,
    pub(super) action: Action,
    /// Where the consultation stood after it.
    pub(super) queue: &'a QueueId,
    pub(super) circumstances: Circumstances<'a>,
}

pub(super) async fn store_step(
    writing: &mut Writing,
    tenant: &Tenant,
    id: &ConsultationId,
    step: Step<'_>,
) -> Result<(), StoreError> {
    let actor = step.circumstances.actor;
    let row = format!("{id}/{}", step.version);
    let note = step.circumstances.note.filter(|note| !note.is_empty());
    let place = Place { table: "consultation_history", column: "note", row: &row };
    let note = note.map(|note| tenant.key.seal(&tenant.context, place, note.as_bytes()));
    let mut insert = Query::insert();
    insert.into_table(ConsultationHistory::Table).columns([
        ConsultationHistory::ConsultationId,
        ConsultationHistory::Version,
        ConsultationHistory::At,
        ConsultationHistory::ActorKind,
        ConsultationHistory::ActorId,
        ConsultationHistory::Action,
        ConsultationHistory::QueueId,
        ConsultationHistory::Note,
    ]);
    insert.values_panic([
        id.as_str().into(),
        step.version.into(),
        step.at.as_millis().into(),
        actor.kind().word().into(),
        actor.record_id().into(),
        step.action.as_str().into(),
        step.queue.as_str().into(),
        note.into(),
    ]);
    writing.execute(&insert).await.map(drop)
}

/// Where a text of a consultation's row is sealed.
pub fn place<'a>(column: &'static str, id: &'a str) -> Place<'a> {
    Place { table: "consultation", column, row: id }
}

/// The one guarded update: it matches the version before, so of several who decided on one state exactly one writes.
async fn update(writing: &mut Writing, tenant: &Tenant, after: &Record) -> Result<bool, StoreError> {
    let state = &after.state;
    let brand = tenant.brand();
    let queue = brand.queue(state.queue.as_str());
    let millis = |time: Option<Time>| time.map(Time::as_millis);
    let hold_until = match &state.phase {
        Phase::OnHold { until, .. } => *until,
        _ => None,
    };
    let (offered_to, offer_until) = match &state.phase {
        Phase::Offered { operator, until } => (Some(operator.as_str()), Some(*until)),
        _ => (None, None),
    };
    let transfer = state.transfer.as_ref();
    let mut update = Query::update();
    update.table(Table::Table).values([
        (Table::Version, after.version.into()),
        (Table::QueueId, state.queue.as_str().into()),
        (Table::Phase, state.phase.name().word().into()),
        (Table::Stage, stage(state.phase.name()).into()),
        (Table::PhaseSince, state.phase_since.as_millis().into()),
        (Table::HoldUntil, millis(hold_until).into()),
        (Table::DueAt, millis(order::due_at(state, queue)).into()),
        (Table::Priority, state.priority.into()),
        (Table::QueueOrder, after.queue_order.into()),
        (Table::TakenAt, millis(state.taken_at).into()),
        (Table::FirstTakenAt, millis(state.first_taken_at).into()),
        (Table::FirstAnswerAt, millis(state.first_answer_at).into()),
        (Table::EndedAt, millis(state.ended_at).into()),
        (Table::EndReason, after.end_reason.clone().into()),
        (Table::LeadId, state.last_lead.as_ref().map(super::super::ids::OperatorId::as_str).into()),
        (Table::PreviousOperatorId, state.previous_lead.as_ref().map(super::super::ids::OperatorId::as_str).into()),
        (Table::TransferFrom, transfer.map(|transfer| transfer.from.as_str()).into()),
        (
            Table::TransferTo,
            transfer.and_then(|transfer| transfer.to.as_ref()).map(super::super::ids::OperatorId::as_str).into(),
        ),
        (Table::TransferAt, transfer.map(|transfer| transfer.at.as_millis()).into()),
        (Table::TransferNote, after.transfer_note.clone().into()),
        (Table::TransferCause, transfer.map(|transfer| transfer.cause.word()).into()),
        (Table::MessageCount, after.facts.message_count.into()),
        (Table::FirstEventId, after.facts.first_event.as_ref().map(super::super::ids::EventId::as_str).into()),
        (Table::LastEventId, after.facts.last_event.as_ref().map(super::super::ids::EventId::as_str).into()),
        (Table::LastMessageAt, millis(after.facts.last_message_at).into()),
        (Table::UnansweredSince, millis(state.unanswered_since).into()),
        (Table::SilenceWarnedAt, millis(state.silence_warned_at).into()),
        (Table::OfferedTo, offered_to.into()),
        (Table::OfferUntil, millis(offer_until).into()),
        (Table::WaitMark, state.marks.wait.word().into()),
        (Table::ResponseMark, state.marks.first_response.word().into()),
        (Table::ResolutionMark, state.marks.resolution.word().into()),
        (Table::ReopenedAt, millis(state.reopened_at).into()),
        (Table::SlaDueAt, millis(sla::due_at(state, &brand, queue)).into()),
    ]);
    for promised in sla::made(state, &brand, queue) {
        update.value(promised, 1_i64);
    }
    update
        .and_where(Expr::col(Table::Id).eq(after.id.as_str()))
        .and_where(Expr::col(Table::Version).eq(after.version - 1));
    Ok(writing.execute(&update).await? == 1)
}

/// Queues whose load a step changed.
fn queues_touched<'a>(was: &'a State, is: &'a State) -> Vec<&'a str> {
    if was.queue != is.queue {
        vec![was.queue.as_str(), is.queue.as_str()]
    } else if was.phase.name() == is.phase.name() {
        Vec::new()
    } else {
        vec![is.queue.as_str()]
    }
}

/// Operators whose number of active consultations a step changed.
fn leads_touched<'a>(was: &'a State, is: &'a State) -> impl Iterator<Item = &'a OperatorId> {
    let active = |state: &'a State| match &state.phase {
        Phase::Active { team } => Some(&team.lead),
        _ => None,
    };
    let (before, after) = (active(was), active(is));
    [before, after].into_iter().flatten().filter(move |_| before != after)
}
