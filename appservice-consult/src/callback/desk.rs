//! What people do with a call-back that is ordered: each a command of the machine, with the times that it needs.

use super::command::{Canceller, Command, Right, TakeRight};
use super::due;
use super::error::CallbackError;
use super::machine::step;
use super::record::{self, Record};
use super::state::When;
use super::transition::{Circumstances, apply};
use crate::actor::Actor;
use crate::api::types::{
    AgainLaterRequest, CallKind, CallbackMeans, CallbackWindowRequest, FinishCallback, MoveCallback, NoAnswerRequest,
    OperatorRole,
};
use crate::call::{self, Device, Started};
use crate::consultation::open::Opening;
use crate::consultation::{self, ConsultationError};
use crate::conversation;
use crate::ids::{CallbackId, PatientId};
use crate::operator::Member;
use crate::tenant::Tenant;
use crate::time::Time;

/// An operator or supervisor who acts.
#[derive(Clone, Copy)]
pub struct Desk<'a> {
    /// The tenant.
    pub tenant: &'a Tenant,
    /// Who acts.
    pub member: &'a Member,
    /// The same, as history and audit record him.
    pub actor: &'a Actor,
}

impl Desk<'_> {
    fn right(self) -> Right {
        match self.member.role {
            OperatorRole::Operator => Right::Holder,
            OperatorRole::Supervisor | OperatorRole::Administrator => Right::Supervisor,
        }
    }

    async fn command(
        self,
        id: &CallbackId,
        note: Option<&str>,
        command: impl Fn(&Record) -> Command,
    ) -> Result<Record, CallbackError> {
        let circumstances = Circumstances::of(self.actor).with_note(note);
        apply(self.tenant, id, circumstances, |record, _| Ok(command(record))).await
    }

    /// Takes it; of several who press at once exactly one gets it.
    pub async fn take(self, id: &CallbackId) -> Result<Record, CallbackError> {
        let right = |record: &Record| {
            let serves = self.right() == Right::Supervisor || self.member.serves(&record.queue);
            if serves { TakeRight::Queue } else { TakeRight::None }
        };
        let take = |record: &Record| Command::Take { operator: self.member.id.clone(), right: right(record) };
        self.command(id, None, take).await
    }

    /// Gives it back.
    pub async fn release(self, id: &CallbackId, note: Option<&str>) -> Result<Record, CallbackError> {
        self.command(id, note, |_| Command::Release { by: self.member.id.clone(), right: self.right() }).await
    }

    /// Calls by telephone.
    pub async fn telephone(self, id: &CallbackId) -> Result<Record, CallbackError> {
        let call = |_: &Record| Command::Call { by: self.member.id.clone(), means: CallbackMeans::Telephone };
        self.command(id, None, call).await
    }

    /// Calls in the app; where a call is open in the conversation, joins it.
    pub async fn call(
        self,
        id: &CallbackId,
        kind: CallKind,
        device: &Device,
    ) -> Result<(Record, Started), CallbackError> {
        let mut reading = self.tenant.store.read().await?;
        let record = record::load(&mut reading, &self.tenant.key, id).await?.ok_or(CallbackError::NotFound)?;
        drop(reading);
        let conversation = record.conversation.ok_or(CallbackError::NoConversation)?;
        let command = Command::Call { by: self.member.id.clone(), means: CallbackMeans::App };
        // The machine first: whether he may is its question. The call that comes of it is written down after.
        step(&record.state, &command, self.tenant.context.now())?;
        let started = call::start_back(self.tenant, &conversation, kind, device, self.actor).await?;
        let circumstances = Circumstances { call: Some(&started.call.id), ..Circumstances::of(self.actor) };
        Ok((apply(self.tenant, id, circumstances, |_, _| Ok(command.clone())).await?, started))
    }

    /// Begins a consultation in the call-back's queue, which he leads at once. A call that is on in the conversation is part of it from then on.
    ///
    /// Errors: `NotFound`, `Refused`, `NoConversation`, `Conversation` (one is open already, the queue is gone), `Store`.
    pub async fn consult(self, id: &CallbackId) -> Result<consultation::Record, CallbackError> {
        let tenant = self.tenant;
        let mut reading = tenant.store.read().await?;
        let patient = record::load(&mut reading, &tenant.key, id).await?.ok_or(CallbackError::NotFound)?.patient;
        drop(reading);
        let _only_one = tenant.locks.lock(patient.as_ref().map_or(id.as_str(), PatientId::as_str)).await;
        let mut writing = tenant.store.write().await?;
        let record = record::load(&mut writing, &tenant.key, id).await?.ok_or(CallbackError::NotFound)?;
        step(&record.state, &Command::Consult { by: self.member.id.clone() }, tenant.context.now())?;
        let conversation = record.conversation.ok_or(CallbackError::NoConversation)?;
        let conversation = conversation::load(&mut writing, &conversation).await?.ok_or(CallbackError::NotFound)?;
        let brand = tenant.brand();
        let queue = brand.queue(record.queue.as_str());
        let queue = queue.ok_or(CallbackError::Conversation(ConsultationError::NoSuchQueue))?;
        // Several may come of one call-back, one after the other.
        let request_id = format!("callback {id} {}", tenant.context.new_id());
        let opening = Opening {
            conversation: &conversation,
            queue,
            person: record.person.as_ref(),
            request_id,
            language: record.details.language.as_deref(),
            given: None,
            actor: self.actor,
        };
        let led =
            opening.write_led(&mut writing, tenant, &self.member.id).await.map_err(CallbackError::Conversation)?;
        if let Some(room) = &conversation.room {
            call::join_consultation(&mut writing, tenant, room, &led.id).await?;
        }
        writing.commit().await?;
        Ok(led)
    }

    /// Nobody answered.
    pub async fn no_answer(
        self,
        id: &CallbackId,
        request: &NoAnswerRequest,
        note: Option<&str>,
    ) -> Result<Record, CallbackError> {
        let circumstances = Circumstances::of(self.actor).with_note(note);
        let decide = |record: &Record, now| {
            let brand = self.tenant.brand();
            let queue = brand.queue(record.queue.as_str());
            let again_at = request.again_at.unwrap_or_else(|| due::retry_at(&brand, queue, now));
            let due_at = due::retry_due_at(again_at, &brand, queue);
            Ok(Command::NoAnswer { by: self.member.id.clone(), right: self.right(), again_at, due_at })
        };
        apply(self.tenant, id, circumstances, decide).await
    }

    /// The patient was reached and wants another time.
    pub async fn again_later(
        self,
        id: &CallbackId,
        request: &AgainLaterRequest,
        note: Option<&str>,
    ) -> Result<Record, CallbackError> {
        let zone = named_zone(self.tenant, request.time_zone.as_deref())?;
        let circumstances =
            Circumstances { time_zone: zone.as_deref(), ..Circumstances::of(self.actor).with_note(note) };
        let decide = |record: &Record, now| {
            let (when, due_at) = moved(self.tenant, record, request.window.as_ref(), zone.as_deref(), now)?;
            Ok(Command::AgainLater { by: self.member.id.clone(), right: self.right(), when, due_at })
        };
        apply(self.tenant, id, circumstances, decide).await
    }

    /// Finishes it.
    pub async fn finish(
        self,
        id: &CallbackId,
        request: &FinishCallback,
        note: Option<&str>,
    ) -> Result<Record, CallbackError> {
        let finish =
            |_: &Record| Command::Finish { by: self.member.id.clone(), right: self.right(), outcome: request.outcome };
        self.command(id, note, finish).await
    }

    /// Withdraws it.
    pub async fn cancel(self, id: &CallbackId, note: Option<&str>) -> Result<Record, CallbackError> {
        let canceller = Canceller::Staff { by: self.member.id.clone(), right: self.right() };
        self.command(id, note, |_| Command::Cancel(canceller.clone())).await
    }

    /// Writes something down.
    pub async fn note(self, id: &CallbackId, note: &str) -> Result<Record, CallbackError> {
        self.command(id, Some(note), |_| Command::Note).await
    }
}

/// A patient withdraws his own.
pub async fn cancel(tenant: &Tenant, id: &CallbackId, actor: &Actor) -> Result<Record, CallbackError> {
    apply(tenant, id, Circumstances::of(actor), |_, _| Ok(Command::Cancel(Canceller::Patient))).await
}

/// A patient moves his own.
pub async fn move_to(
    tenant: &Tenant,
    id: &CallbackId,
    request: &MoveCallback,
    actor: &Actor,
) -> Result<Record, CallbackError> {
    let zone = named_zone(tenant, request.time_zone.as_deref())?;
    let circumstances = Circumstances { time_zone: zone.as_deref(), ..Circumstances::of(actor) };
    let decide = |record: &Record, now| {
        let (when, due_at) = moved(tenant, record, request.window.as_ref(), zone.as_deref(), now)?;
        // What an operator has agreed upon with the patient is his own promise; what a patient wishes is the queue's.
        let brand = tenant.brand();
        due::must_be_worked(when, &brand, brand.queue(record.queue.as_str()), now)?;
        Ok(Command::Move { when, due_at })
    };
    apply(tenant, id, circumstances, decide).await
}

/// A time zone that was named anew, as IANA writes it.
fn named_zone(tenant: &Tenant, name: Option<&str>) -> Result<Option<String>, CallbackError> {
    Ok(name.map(|name| due::zone_of(Some(name), &tenant.brand())).transpose()?.map(|(_, name)| name))
}

/// Another time to be called, and by when that has to have happened.
fn moved(
    tenant: &Tenant,
    record: &Record,
    window: Option<&CallbackWindowRequest>,
    zone: Option<&str>,
    now: Time,
) -> Result<(When, Time), CallbackError> {
    let brand = tenant.brand();
    let (zone, _) = due::zone_of(Some(zone.unwrap_or(&record.time_zone)), &brand)?;
    let when = due::when_of(window, &zone, now)?;
    let queue = brand.queue(record.queue.as_str());
    Ok((when, due::due_at(when, &brand, queue, now)))
}
