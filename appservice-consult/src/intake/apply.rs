//! Facts, written into the transaction that takes them.

use consilium_config::brand::{Brand, Queue, RuleEvent};

use super::messages::{self, Belongs};
use super::reactions;
use super::read::{Fact, Said};
use crate::actor::Actor;
use crate::api::types::SenderKind;
use crate::archive::replaced;
use crate::call;
use crate::callback;
use crate::consent;
use crate::consultation::open::Opening;
use crate::consultation::record::{self, Facts, Record};
use crate::consultation::transition::{Circumstances, Transition};
use crate::consultation::{Command, ConsultationError, Refusal, order, step, team, was_said_before_the_end};
use crate::conversation::{self, Conversation};
use crate::follow_up;
use crate::ids::UserId;
use crate::operator;
use crate::outbox::{self, Task};
use crate::plain::{self, Chosen};
use crate::questionnaire::{self, Given};
use crate::rules;
use crate::store::{StoreError, Writing};
use crate::tenant::Tenant;
use crate::time::Time;

/// Writes one fact.
pub(super) async fn apply(writing: &mut Writing, tenant: &Tenant, fact: &Fact) -> Result<(), ConsultationError> {
    match fact {
        Fact::Message(said) => message(writing, tenant, said).await,
        Fact::Late(said) => late(writing, tenant, said).await,
        Fact::Reacted(said) => Ok(reacted(writing, tenant, said).await?),
        Fact::Redacted { event_id, .. } => {
            reactions::take_back(writing, event_id).await?;
            Ok(messages::redact(writing, event_id).await?)
        }
        Fact::Invited { room, user, by } => Ok(plain::invited(writing, tenant, room, (user, by)).await?),
        Fact::Encrypted { room } => Ok(plain::encrypted(writing, tenant, room).await?),
        Fact::Joined { room, user } => Ok(joined(writing, tenant, room, user).await?),
        Fact::Left { room, user } => {
            plain::left(writing, tenant, room, user).await?;
            Ok(call::left_room(writing, tenant, room, user).await?)
        }
        Fact::DevicesChanged { user } => Ok(devices_changed(writing, tenant, user).await?),
        Fact::Announced { .. } => Ok(()),
    }
}

/// Who a sender is in a conversation; `None`: nobody whose words belong to it.
fn sender_kind(tenant: &Tenant, conversation: &Conversation, sender: &UserId) -> Option<SenderKind> {
    if *sender == conversation.patient_user {
        Some(SenderKind::Patient)
    } else if sender.as_str() == tenant.keeper.user_id() {
        Some(SenderKind::System)
    } else {
        tenant.staff.by_user(sender).map(|_| SenderKind::Operator)
    }
}

/// Whether the patient's account is being deleted, or has been: nothing begins for him, and nothing new is kept.
fn is_gone(tenant: &Tenant, conversation: &Conversation) -> bool {
    tenant.patients.by_id(&conversation.patient).is_none()
}

async fn message(writing: &mut Writing, tenant: &Tenant, said: &Said) -> Result<(), ConsultationError> {
    let Some(conversation) = conversation::by_room(writing, &said.room).await? else {
        return plain::at_desk(writing, tenant, said).await;
    };
    let Some(kind) = sender_kind(tenant, &conversation, &said.sender) else { return Ok(()) };
    if is_gone(tenant, &conversation) {
        return Ok(());
    }
    if kind == SenderKind::Patient && plain::obeyed(writing, tenant, &conversation, said).await? {
        return Ok(());
    }
    let is_edit = said.content.as_ref().is_some_and(|content| replaced(content).is_some());
    let consultation = match kind {
        SenderKind::Patient if !is_edit => patient_said(writing, tenant, &conversation, said).await?,
        SenderKind::Operator if !is_edit => operator_said(writing, tenant, &conversation, said).await?,
        _ => record::load_latest(writing, &conversation.id).await?,
    };
    let Some(consultation) = consultation else { return Ok(()) };
    let is_over = !consultation.state.phase.is_open();
    // What staff planned to write is said by the service too, and is words of people.
    let is_notice = kind == SenderKind::System && !said.content.as_ref().is_some_and(follow_up::is_message);
    if is_over && is_notice && consultation.sealed.is_some_and(|sealed| Some(sealed.at) >= consultation.state.ended_at)
    {
        return Ok(());
    }
    let belongs = Belongs { conversation: &conversation.id, consultation: &consultation.id, sender_kind: kind };
    messages::keep(writing, tenant, said, belongs).await?;
    // A notice goes with the record that is to come; where that came first, by clocks that were set, nothing else would take it up.
    if is_over && (!is_notice || consultation.sealed.is_some()) {
        seal_again(writing, tenant, &conversation, &consultation).await?;
    }
    Ok(())
}

/// A sign under a message of what is open. It says nothing: it begins nothing, counts nowhere, and wakes nobody who went silent.
async fn reacted(writing: &mut Writing, tenant: &Tenant, said: &Said) -> Result<(), StoreError> {
    let Some(reaction) = said.content.as_ref().and_then(reactions::reaction) else { return Ok(()) };
    let Some(conversation) = conversation::by_room(writing, &said.room).await? else { return Ok(()) };
    let kind = sender_kind(tenant, &conversation, &said.sender).filter(|kind| *kind != SenderKind::System);
    let Some(sender_kind) = kind.filter(|_| !is_gone(tenant, &conversation)) else { return Ok(()) };
    let Some(latest) = record::load_latest(writing, &conversation.id).await? else { return Ok(()) };
    if !latest.state.phase.is_open() {
        return Ok(());
    }
    let belongs = Belongs { conversation: &conversation.id, consultation: &latest.id, sender_kind };
    reactions::keep(writing, tenant, said, reaction, belongs).await
}

/// A patient's message: counts in the open consultation, begins one in the service that he chose at the desk, re-opens the last one within its queue's grace, or
/// begins a new one. `None`: nothing may begin for him before he has agreed to it, and he is told so.
async fn patient_said(
    writing: &mut Writing,
    tenant: &Tenant,
    conversation: &Conversation,
    said: &Said,
) -> Result<Option<Record>, ConsultationError> {
    let actor = Actor::Patient { id: conversation.patient.clone(), user_id: conversation.patient_user.clone() };
    let latest = record::load_latest(writing, &conversation.id).await?;
    let belongs = |latest: &Record| {
        latest.state.phase.is_open() || was_said_before_the_end(&latest.state, said_at(tenant, latest, said))
    };
    let is_known = latest.as_ref().is_some_and(belongs);
    if !is_known && consent::remind(writing, tenant, conversation).await? {
        return Ok(None);
    }
    let chosen = if is_known { None } else { plain::take_choice(writing, tenant, conversation).await? };
    if let Some(chosen) = chosen {
        return begun_as_chosen(writing, tenant, (conversation, said), chosen, &actor).await.map(Some);
    }
    if let Some(latest) = latest {
        let brand = tenant.brand();
        let queue = brand.queue(latest.state.queue.as_str());
        // What was erased is not opened again.
        let grace_seconds = queue.filter(|_| latest.erased_at.is_none()).map_or(0, order::grace_seconds);
        let command = Command::PatientMessage { grace_seconds, said_at: said_at(tenant, &latest, said) };
        match counted(writing, tenant, &latest, &command, said, &actor).await {
            Err(ConsultationError::Refused(Refusal::Over)) => {}
            other => return other.map(Some),
        }
    }
    let latest = record::load_latest(writing, &conversation.id).await?;
    let brand = tenant.brand();
    let queue = queue_for(&brand, conversation, latest.as_ref()).ok_or(ConsultationError::NoSuchQueue)?;
    let request_id = format!("message {}", said.event_id);
    let opened = Opening { conversation, queue, person: None, request_id, language: None, given: None, actor: &actor }
        .write(writing, tenant)
        .await?;
    let begins = Command::PatientMessage { grace_seconds: 0, said_at: said.sent_at };
    counted(writing, tenant, &opened, &begins, said, &actor).await.map(Some)
}

/// A consultation in the service that was chosen at the desk, with what was answered there. Answers that the service does not ask for any more are left out.
async fn begun_as_chosen(
    writing: &mut Writing,
    tenant: &Tenant,
    (conversation, said): (&Conversation, &Said),
    chosen: Chosen,
    actor: &Actor,
) -> Result<Record, ConsultationError> {
    let Chosen { queue, answers, language } = chosen;
    let brand = tenant.brand();
    let queue = brand.queue(queue.as_str()).ok_or(ConsultationError::NoSuchQueue)?;
    let given = brand.questionnaire(queue).and_then(|questionnaire| {
        let answers = questionnaire::checked(questionnaire, answers).ok()?;
        Some(Given { questionnaire, answers })
    });
    let request_id = format!("message {}", said.event_id);
    let language = Some(language.as_str());
    let opened = Opening { conversation, queue, person: None, request_id, language, given, actor }
        .write(writing, tenant)
        .await?;
    let begins = Command::PatientMessage { grace_seconds: 0, said_at: said.sent_at };
    counted(writing, tenant, &opened, &begins, said, actor).await
}

/// When a message was written, for whether it belongs to what is over. What comes after the announcement of the end was written after it, whatever the
/// homeserver's clock says.
fn said_at(tenant: &Tenant, latest: &Record, said: &Said) -> Time {
    if tenant.last_words.is_heard(&latest.id, latest.state.phase_since) { tenant.context.now() } else { said.sent_at }
}

/// The last consultation's queue, or the first of the circle that takes something where the brand has it no more.
fn queue_for<'a>(brand: &'a Brand, conversation: &Conversation, latest: Option<&Record>) -> Option<&'a Queue> {
    let takes = |queue: &&Queue| !queue.retired;
    let last = latest.and_then(|latest| brand.queue(latest.state.queue.as_str())).filter(takes);
    let in_circle = |queue: &&Queue| takes(queue) && queue.circle == conversation.circle.as_str();
    last.or_else(|| brand.queues.iter().find(in_circle)).or_else(|| brand.queues.iter().find(takes))
}

async fn operator_said(
    writing: &mut Writing,
    tenant: &Tenant,
    conversation: &Conversation,
    said: &Said,
) -> Result<Option<Record>, ConsultationError> {
    let Some(latest) = record::load_latest(writing, &conversation.id).await? else { return Ok(None) };
    let Some(member) = tenant.staff.by_user(&said.sender) else { return Ok(None) };
    // Who writes in another client than the console is not lost either.
    tenant.heartbeats.beat(&member.id, tenant.context.now());
    let command = Command::OperatorMessage { operator: member.id.clone() };
    let actor = Actor::Staff { id: member.id.clone(), user_id: member.user_id.clone(), role: member.role };
    counted(writing, tenant, &latest, &command, said, &actor).await.map(Some)
}

/// A step of the machine that a message makes, with the message counted.
async fn counted(
    writing: &mut Writing,
    tenant: &Tenant,
    before: &Record,
    command: &Command,
    said: &Said,
    actor: &Actor,
) -> Result<Record, ConsultationError> {
    let now = before.time_of_next_step(tenant.context.now());
    let (state, effects) = step(&before.state, command, now)?;
    let facts = Facts {
        message_count: before.facts.message_count + 1,
        first_event: before.facts.first_event.clone().or_else(|| Some(said.event_id.clone())),
        last_event: Some(said.event_id.clone()),
        last_message_at: Some(now),
    };
    let circumstances = Circumstances { actor, note: None, by_macro: None };
    let transition = Transition { before, state, facts, effects: &effects, circumstances, now };
    let after = transition.write(writing, tenant).await?.ok_or(ConsultationError::Contended)?;
    match silence_before(before, command, now) {
        Some(seconds) => {
            let events = [RuleEvent::ConsultationSilenceEnded];
            Box::pin(rules::after_step(writing, tenant, after, &events, Some(seconds))).await
        }
        None => Ok(after),
    }
}

/// How long nobody wrote before a patient did, in what is open. Unit: seconds. `None`: that is not what happened.
fn silence_before(before: &Record, command: &Command, now: Time) -> Option<i64> {
    let is_patients = matches!(command, Command::PatientMessage { .. }) && before.state.phase.is_open();
    before.facts.last_message_at.filter(|_| is_patients).map(|last| now.seconds_since(last))
}

/// A message whose key came late: it is completed where it waits, or sealed as a supplement where the record is closed already.
async fn late(writing: &mut Writing, tenant: &Tenant, said: &Said) -> Result<(), ConsultationError> {
    if messages::complete(writing, tenant, said).await? {
        return Ok(());
    }
    let Some(conversation) = conversation::by_room(writing, &said.room).await? else {
        return plain::at_desk(writing, tenant, said).await;
    };
    let Some(kind) = sender_kind(tenant, &conversation, &said.sender) else { return Ok(()) };
    if is_gone(tenant, &conversation) {
        return Ok(());
    }
    let Some(consultation) = record::load_at(writing, &conversation.id, said.sent_at).await? else { return Ok(()) };
    let belongs = Belongs { conversation: &conversation.id, consultation: &consultation.id, sender_kind: kind };
    messages::keep(writing, tenant, said, belongs).await?;
    if !consultation.state.phase.is_open() {
        seal_again(writing, tenant, &conversation, &consultation).await?;
    }
    Ok(())
}

/// What came after the end is sealed as a further record of the same consultation.
async fn seal_again(
    writing: &mut Writing,
    tenant: &Tenant,
    conversation: &Conversation,
    record: &Record,
) -> Result<(), StoreError> {
    let task = Task::Seal { consultation: record.id.clone(), announced: record.state.phase_since };
    outbox::append(writing, conversation.id.as_str(), &task, tenant.context.now()).await
}

/// A member who has come gets the keys that his devices lack.
async fn joined(writing: &mut Writing, tenant: &Tenant, room: &str, user: &UserId) -> Result<(), StoreError> {
    if user.as_str() == tenant.keeper.user_id() {
        return Ok(());
    }
    let Some(conversation) = conversation::by_room(writing, room).await? else {
        return plain::company(writing, tenant, room, user).await;
    };
    complete_keys(writing, tenant, &conversation, user).await
}

async fn complete_keys(
    writing: &mut Writing,
    tenant: &Tenant,
    conversation: &Conversation,
    user: &UserId,
) -> Result<(), StoreError> {
    let Some(room) = conversation.room.clone() else { return Ok(()) };
    let task = Task::Complete { conversation: conversation.id.clone(), room, user: user.clone() };
    outbox::append(writing, conversation.id.as_str(), &task, tenant.context.now()).await
}

/// A member's new device gets the keys of the conversations that he is in; an operator's identity is signed once he has one.
async fn devices_changed(writing: &mut Writing, tenant: &Tenant, user: &UserId) -> Result<(), StoreError> {
    call::devices_changed(writing, tenant, user).await?;
    if let Some(member) = tenant.staff.by_user(user) {
        operator::trust_later(writing, tenant, user).await?;
        for consultation in team::consultations_with(writing, &member.id).await? {
            let Some(record) = record::load(writing, &consultation).await? else { continue };
            if let Some(conversation) = conversation::load(writing, &record.conversation).await? {
                complete_keys(writing, tenant, &conversation, user).await?;
            }
        }
        for conversation in callback::held_by(writing, &member.id).await? {
            if let Some(conversation) = conversation::load(writing, &conversation).await? {
                complete_keys(writing, tenant, &conversation, user).await?;
            }
        }
    } else if let Some(patient) = tenant.patients.by_user(user) {
        for conversation in conversation::by_patient(writing, &patient.id).await? {
            complete_keys(writing, tenant, &conversation, user).await?;
        }
    }
    Ok(())
}
