//! Beginning a consultation: once for each request of a client, at most one open in a conversation.

use sea_query::{Expr, ExprTrait, Query};
use serde_json::{Value, json};

use consilium_config::brand::{Brand, Queue, RuleEvent};

use super::command::{Action, Command, Effect, Notice, TakeRight};
use super::count::Counted;
use super::error::ConsultationError;
use super::machine::step;
use super::record::{self, Facts, Record, stage};
use super::state::State;
use super::transition::{Circumstances, Step, Transition, store_step};
use super::{count, effects, order, sla};
use crate::actor::Actor;
use crate::api::types::{FieldError, QuestionAnswer};
use crate::audit;
use crate::change::{self, Kind};
use crate::consent::{self, Agreed};
use crate::conversation::{self, Conversation};
use crate::ids::{OperatorId, PatientId, PersonId, QueueId, RoomId};
use crate::outbox::{self, Task};
use crate::patient;
use crate::person::{self, Treated};
use crate::questionnaire::{self, Given, RED_FLAG_PRIORITY};
use crate::rules;
use crate::store::tables::Consultation as Table;
use crate::store::{Session, StoreError, Writing};
use crate::tenant::Tenant;
use crate::webhook;
use crate::words::Word;

/// Whether a request made the consultation or had made it before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It was made now.
    Made,
    /// The same request had made it.
    Known,
}

/// What is asked for.
pub struct Request<'a> {
    /// In which queue.
    pub queue_id: &'a QueueId,
    /// Whose health it is about; `None`: the patient's own.
    pub person: Option<&'a PersonId>,
    /// The idempotency key; unique for the patient.
    pub request_id: String,
    /// What the patient speaks; `None`: as in his consultation before.
    pub language: Option<&'a str>,
    /// What the queue asks of him; `None`: his client cannot ask.
    pub answers: Option<Vec<QuestionAnswer>>,
    /// What he agrees to with it.
    pub agreed: Agreed,
}

/// A patient asks for a consultation, or a partner's system for him.
///
/// Errors: `NoSuchQueue`, `NoSuchPerson`, `Answers`, `AlreadyOpen`, `QueueFull`, `Consent`, `Homeserver`, `Store`.
pub async fn request(
    tenant: &Tenant,
    patient: &PatientId,
    request: Request<'_>,
    actor: &Actor,
) -> Result<(Record, Outcome), ConsultationError> {
    let Request { queue_id, person, request_id, language, answers, agreed } = request;
    let brand = tenant.brand();
    let queue = brand.queue(queue_id.as_str()).filter(|queue| !queue.retired);
    let queue = queue.ok_or(ConsultationError::NoSuchQueue)?;
    let given = answers.map(|answers| given(&brand, queue, answers)).transpose()?;
    let _only_one = tenant.locks.lock(patient.as_str()).await;
    let mut writing = tenant.store.write().await?;
    if let Some(known) = by_request(&mut writing, patient, &request_id).await? {
        return Ok((known, Outcome::Known));
    }
    if let Some(id) = person {
        person::for_request(&mut writing, tenant, patient, id).await?.ok_or(ConsultationError::NoSuchPerson)?;
    }
    let conversation = conversation::ensure(&mut writing, tenant, patient, &queue.circle).await?;
    if let Some(open) = record::load_open(&mut writing, &conversation.id).await? {
        ask_in(&mut writing, tenant, &conversation).await?;
        writing.commit().await?;
        return Err(ConsultationError::AlreadyOpen(open.id, open.state.phase.name()));
    }
    let waiting = Counted { stage: Some(0), queue: Some(queue_id), lead: None };
    if count::count(&mut writing, waiting).await? >= i64::from(queue.capacity) {
        return Err(ConsultationError::QueueFull);
    }
    consent::give_with(&mut writing, tenant, Treated { patient, person }, &agreed, actor).await?;
    writing.commit().await?;
    let had_room = conversation.room.is_some();
    let conversation = conversation::ensure_room(tenant, conversation).await?;
    let mut writing = tenant.store.write().await?;
    let opening = Opening { conversation: &conversation, queue, person, request_id, language, given, actor };
    let record = opening.write(&mut writing, tenant).await?;
    if had_room {
        ask_in(&mut writing, tenant, &conversation).await?;
    }
    writing.commit().await?;
    Ok((record, Outcome::Made))
}

/// The patient is asked into his room, which he may have left or been put out of; one who is there stays.
async fn ask_in(writing: &mut Writing, tenant: &Tenant, conversation: &Conversation) -> Result<(), StoreError> {
    let Some(room) = conversation.room.clone() else { return Ok(()) };
    let invite = Task::Invite { room, user: conversation.patient_user.clone() };
    outbox::append(writing, conversation.id.as_str(), &invite, tenant.context.now()).await
}

/// Answers to what the queue asks, if they can be kept.
fn given<'a>(brand: &'a Brand, queue: &Queue, answers: Vec<QuestionAnswer>) -> Result<Given<'a>, ConsultationError> {
    let nothing = || FieldError::new("answers", "this service asks nothing");
    let questionnaire = brand.questionnaire(queue).ok_or_else(|| ConsultationError::Answers(vec![nothing()]))?;
    let answers = questionnaire::checked(questionnaire, answers).map_err(ConsultationError::Answers)?;
    Ok(Given { questionnaire, answers })
}

/// A consultation that begins in a conversation that has its room.
pub struct Opening<'a> {
    /// Where.
    pub conversation: &'a Conversation,
    /// In which queue.
    pub queue: &'a Queue,
    /// Whose health it is about; `None`: the patient's own.
    pub person: Option<&'a PersonId>,
    /// The idempotency key; unique for the patient.
    pub request_id: String,
    /// What the patient speaks; `None`: as in his consultation before.
    pub language: Option<&'a str>,
    /// What he answered to what the queue asks.
    pub given: Option<Given<'a>>,
    /// Who asks.
    pub actor: &'a Actor,
}

impl Opening<'_> {
    /// Writes it into the transaction: row, history, audit, counts, outbox, changes, and what the desk's rules do then.
    pub async fn write(self, writing: &mut Writing, tenant: &Tenant) -> Result<Record, ConsultationError> {
        let mut events = vec![RuleEvent::ConsultationRequested];
        events.extend(self.has_red_flag().then_some(RuleEvent::ConsultationRedFlag));
        let record = self.write_alone(writing, tenant).await?;
        Box::pin(rules::after_step(writing, tenant, record, &events, None)).await
    }

    fn has_red_flag(&self) -> bool {
        let is_flagged = |given: &Given<'_>| questionnaire::has_red_flag(given.questionnaire, &given.answers);
        self.given.as_ref().is_some_and(is_flagged)
    }

    async fn write_alone(self, writing: &mut Writing, tenant: &Tenant) -> Result<Record, ConsultationError> {
        let room: RoomId = self.conversation.room.clone().ok_or(ConsultationError::NotFound)?;
        let now = tenant.context.now();
        let before = record::load_latest(writing, &self.conversation.id).await?;
        let spoken = before.as_ref().and_then(|before| before.language.clone());
        let previous_lead = before.and_then(|before| before.state.last_lead);
        let mut state = State::requested(QueueId::from(self.queue.id.as_str()), previous_lead, now);
        if self.has_red_flag() {
            state.priority = RED_FLAG_PRIORITY;
        }
        let record = Record {
            id: tenant.context.new_id().into(),
            version: 1,
            conversation: self.conversation.id.clone(),
            patient: self.conversation.patient.clone(),
            person: self.person.cloned(),
            request_id: self.request_id,
            language: self.language.map(str::to_owned).or(spoken),
            queue_order: order::queue_order(state.priority, Some(self.queue)),
            state,
            members: Vec::new(),
            end_reason: None,
            transfer_note: None,
            facts: Facts::default(),
            sealed: None,
            terms: None,
            erased_at: None,
        };
        insert(writing, &record, &tenant.brand(), self.queue).await?;
        if let Some(given) = &self.given {
            questionnaire::keep(writing, tenant, &record.id, given, now).await?;
        }
        count::add(writing, &record.state).await?;
        patient::count_consultation(writing, &record.patient, now).await?;
        patient::note_row(writing, tenant, &record.patient, now).await?;
        let circumstances = Circumstances { actor: self.actor, note: None, by_macro: None };
        let (action, queue) = (Action::Requested, &record.state.queue);
        store_step(writing, tenant, &record.id, Step { version: 1, at: now, action, queue, circumstances }).await?;
        let entry = audit::Entry {
            at: now,
            actor: self.actor,
            action: "consultation.requested",
            subject: audit::Subject { kind: "consultation", id: record.id.as_str() },
            detail: requested(&record),
        };
        audit::append(writing, &tenant.key, entry).await?;
        effects::enqueue(writing, tenant, &record, &room, &[Effect::Announce, Effect::Say(Notice::Queued)]).await?;
        let patient = self.conversation.patient_user.as_str();
        change::append(writing, now, Kind::Consultation, record.id.as_str(), Some(patient)).await?;
        change::append(writing, now, Kind::Queue, record.state.queue.as_str(), None).await?;
        let told = webhook::of_consultation(None, &record, [Action::Requested.as_str()], now);
        webhook::enqueue(writing, tenant, told).await?;
        Ok(record)
    }

    /// As [`Opening::write`], and taken by `lead` in the same breath: nobody else can be faster.
    ///
    /// Errors: `AlreadyOpen`, `Store`.
    pub async fn write_led(
        self,
        writing: &mut Writing,
        tenant: &Tenant,
        lead: &OperatorId,
    ) -> Result<Record, ConsultationError> {
        if let Some(open) = record::load_open(writing, &self.conversation.id).await? {
            return Err(ConsultationError::AlreadyOpen(open.id, open.state.phase.name()));
        }
        let circumstances = Circumstances { actor: self.actor, note: None, by_macro: None };
        let before = self.write(writing, tenant).await?;
        let now = before.time_of_next_step(tenant.context.now());
        let take = Command::Take { operator: lead.clone(), right: TakeRight::Queue };
        let (state, effects) = step(&before.state, &take, now)?;
        let facts = before.facts.clone();
        let taken = Transition { before: &before, state, facts, effects: &effects, circumstances, now };
        taken.write(writing, tenant).await?.ok_or(ConsultationError::Contended)
    }
}

/// What the audit says of a request.
fn requested(record: &Record) -> Value {
    let mut detail = json!({ "queue": record.state.queue, "priority": record.state.priority });
    if let Some(person) = &record.person {
        detail["person"] = json!(person);
    }
    detail
}

async fn insert(writing: &mut Writing, record: &Record, brand: &Brand, queue: &Queue) -> Result<(), StoreError> {
    let state = &record.state;
    let promises = sla::deadlines(state, brand, Some(queue));
    let is_promised = |promise| i64::from(promises.iter().any(|deadline| deadline.promise == promise));
    let mut insert = Query::insert();
    insert.into_table(Table::Table).columns([
        Table::Id,
        Table::Version,
        Table::ConversationId,
        Table::PatientId,
        Table::PersonId,
        Table::RequestId,
        Table::QueueId,
        Table::Phase,
        Table::Stage,
        Table::PhaseSince,
        Table::DueAt,
        Table::SlaDueAt,
        Table::WaitPromised,
        Table::ResponsePromised,
        Table::ResolutionPromised,
        Table::Priority,
        Table::QueueOrder,
        Table::RequestedAt,
        Table::PreviousOperatorId,
        Table::Language,
        Table::MessageCount,
        Table::SealedMessages,
        Table::SealedFiles,
    ]);
    insert.values_panic([
        record.id.as_str().into(),
        record.version.into(),
        record.conversation.as_str().into(),
        record.patient.as_str().into(),
        record.person.as_ref().map(PersonId::as_str).into(),
        record.request_id.as_str().into(),
        state.queue.as_str().into(),
        state.phase.name().word().into(),
        stage(state.phase.name()).into(),
        state.phase_since.as_millis().into(),
        order::due_at(state, Some(queue)).map(crate::time::Time::as_millis).into(),
        sla::due_at(state, brand, Some(queue)).map(crate::time::Time::as_millis).into(),
        is_promised(sla::Promise::Wait).into(),
        is_promised(sla::Promise::FirstResponse).into(),
        is_promised(sla::Promise::Resolution).into(),
        state.priority.into(),
        record.queue_order.into(),
        state.requested_at.as_millis().into(),
        state.previous_lead.as_ref().map(super::super::ids::OperatorId::as_str).into(),
        record.language.as_deref().into(),
        0_i64.into(),
        0_i64.into(),
        0_i64.into(),
    ]);
    writing.execute(&insert).await.map(drop)
}

async fn by_request(
    session: &mut Session,
    patient: &PatientId,
    request_id: &str,
) -> Result<Option<Record>, StoreError> {
    let mut select = record::select();
    select
        .and_where(Expr::col(Table::PatientId).eq(patient.as_str()))
        .and_where(Expr::col(Table::RequestId).eq(request_id));
    Ok(record::load_selected(session, &select).await?.pop())
}
