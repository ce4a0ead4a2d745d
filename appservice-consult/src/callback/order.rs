//! Ordering a call-back: once for each request of a client, at most one open in a conversation.

use consilium_config::brand::{Brand, Queue};

use super::command::{Action, Effect, Notice};
use super::details::{self, Details};
use super::due;
use super::error::CallbackError;
use super::record::{self, Record};
use super::state::{State, When};
use super::transition::{Circumstances, follow};
use crate::actor::Actor;
use crate::api::types::{
    CallbackSource, CallbackWindowRequest, ConsentEvidence, FieldError, NewCallback, OpenCallback,
};
use crate::call;
use crate::consent::{self, Agreed};
use crate::consultation::record as consultations;
use crate::conversation::{self, Conversation};
use crate::ids::{CallId, PatientId, PersonId, QueueId};
use crate::outbox::{self, Task};
use crate::patient::Entry;
use crate::person::{self, Treated};
use crate::store::Writing;
use crate::tenant::Tenant;

/// Whether a request made the call-back or had made it before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It was made now.
    Made,
    /// The same request had made it.
    Known,
}

/// What is ordered for a patient.
pub struct Order {
    /// Where, when, why.
    pub wish: OpenCallback,
    /// How.
    pub source: CallbackSource,
    /// The idempotency key; unique for the patient.
    pub request_id: String,
    /// What he agrees to with it.
    pub agreed: Agreed,
    /// In which of the brand's languages he orders it; none: somebody does it for him.
    pub language: Option<String>,
}

impl From<NewCallback> for Order {
    fn from(new: NewCallback) -> Self {
        let NewCallback { queue_id, person_id, request_id, phone, reason, window, time_zone, consents } = new;
        let wish = OpenCallback { queue_id, person_id, phone, reason, window, time_zone };
        let agreed = Agreed { consents, device_id: None };
        Self { wish, source: CallbackSource::App, request_id: request_id.to_string(), agreed, language: None }
    }
}

/// A patient orders a call-back, or a partner's system for him.
///
/// Errors: `Invalid`, `OutsideHours`, `AlreadyOpen`, `Consent`, `Conversation`, `Store`.
pub async fn order(
    tenant: &Tenant,
    patient: &Entry,
    order: Order,
    actor: &Actor,
) -> Result<(Record, Outcome), CallbackError> {
    let Order { wish: request, source, request_id, agreed, language } = order;
    let brand = tenant.brand();
    let queue = queue_that_takes(&brand, &request.queue_id)?;
    let wish = Wish {
        queue,
        source,
        person: request.person_id,
        details: Details {
            name: None,
            for_name: None,
            phone: phone_of(tenant, &patient.id, request.phone.as_deref())?,
            reason: details::reason(request.reason.as_deref())?,
            language,
        },
        time: WishedTime::read(tenant, queue, request.window.as_ref(), request.time_zone.as_deref())?,
        request_id,
        consent: None,
    };
    place(tenant, &patient.id, wish, Some(&agreed), actor).await
}

/// A patient called and nobody answered: he is called back, once for each call. `None`: a call-back is open already, or the queue takes none.
///
/// Errors: `Conversation`, `Store`.
pub async fn order_for_missed_call(tenant: &Tenant, id: &CallId) -> Result<Option<Record>, CallbackError> {
    let mut reading = tenant.store.read().await?;
    let Some(missed) = call::load(&mut reading, id).await? else { return Ok(None) };
    let consultation = consultations::load_latest(&mut reading, &missed.conversation).await?;
    drop(reading);
    let (queue, about) = consultation.map(|talk| (talk.state.queue, talk.person)).unzip();
    let brand = tenant.brand();
    let Some(queue) = queue.and_then(|queue| queue_that_takes(&brand, &queue).ok()) else { return Ok(None) };
    let wish = Wish {
        queue,
        source: CallbackSource::MissedCall,
        person: about.flatten(),
        details: Details { phone: phone_of(tenant, &missed.patient, None)?, ..Details::default() },
        time: WishedTime { when: When::AsSoonAsPossible, time_zone: tenant.brand().time_zone.clone() },
        request_id: format!("call/{id}"),
        consent: None,
    };
    // He called in what was open: nothing new is begun.
    match place(tenant, &missed.patient, wish, None, &Actor::System).await {
        Ok((record, _)) => Ok(Some(record)),
        Err(CallbackError::AlreadyOpen(_)) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Writes the order of a patient, in the conversation of the queue's circle. `agreed`: it needs his consents, and these come with it.
async fn place(
    tenant: &Tenant,
    patient: &PatientId,
    wish: Wish<'_>,
    agreed: Option<&Agreed>,
    actor: &Actor,
) -> Result<(Record, Outcome), CallbackError> {
    let _only_one = tenant.locks.lock(patient.as_str()).await;
    let mut writing = tenant.store.write().await?;
    if let Some(known) = record::by_request(&mut writing, &tenant.key, patient, &wish.request_id).await? {
        return Ok((known, Outcome::Known));
    }
    // Of a missed call it is whoever the talk was about, also if he was removed since.
    if let Some(id) = wish.person.as_ref().filter(|_| agreed.is_some()) {
        person::for_request(&mut writing, tenant, patient, id).await?.ok_or_else(no_such_person)?;
    }
    let conversation = conversation::ensure(&mut writing, tenant, patient, &wish.queue.circle).await?;
    if let Some(open) = record::load_open(&mut writing, &tenant.key, &conversation.id).await? {
        return Err(CallbackError::AlreadyOpen(open.id));
    }
    if let Some(agreed) = agreed {
        let treated = Treated { patient, person: wish.person.as_ref() };
        consent::give_with(&mut writing, tenant, treated, agreed, actor).await?;
    }
    writing.commit().await?;
    let had_room = conversation.room.is_some();
    let conversation = conversation::ensure_room(tenant, conversation).await.map_err(CallbackError::Conversation)?;
    let mut writing = tenant.store.write().await?;
    if let Some(room) = conversation.room.clone().filter(|_| had_room) {
        let invite = Task::Invite { room, user: conversation.patient_user.clone() };
        outbox::append(&mut writing, conversation.id.as_str(), &invite, tenant.context.now()).await?;
    }
    let record = wish.write(&mut writing, tenant, Some(&conversation), actor).await?;
    writing.commit().await?;
    Ok((record, Outcome::Made))
}

fn no_such_person() -> FieldError {
    FieldError::new("person_id", "There is no such person.")
}

/// The queue, if call-backs can be ordered there.
pub(super) fn queue_that_takes<'a>(brand: &'a Brand, id: &QueueId) -> Result<&'a Queue, FieldError> {
    let queue = brand.queue(id.as_str()).filter(|queue| takes_callbacks(queue));
    queue.ok_or_else(|| FieldError::new("queue_id", "There is no such queue, or it takes no call-backs."))
}

/// Whether call-backs can be ordered in a queue.
pub(super) fn takes_callbacks(queue: &Queue) -> bool {
    queue.callback.enabled && !queue.retired
}

/// The number that was written, else the one of the card.
fn phone_of(tenant: &Tenant, patient: &PatientId, written: Option<&str>) -> Result<Option<String>, FieldError> {
    match written {
        Some(text) => details::phone(text),
        None => Ok(tenant.patients.by_id(patient).and_then(|entry| entry.card.phone.clone())),
    }
}

/// When somebody wants to be called.
pub(super) struct WishedTime {
    pub(super) when: When,
    pub(super) time_zone: String,
}

impl WishedTime {
    /// What was written, if somebody of the queue works then.
    pub(super) fn read(
        tenant: &Tenant,
        queue: &Queue,
        window: Option<&CallbackWindowRequest>,
        zone: Option<&str>,
    ) -> Result<Self, CallbackError> {
        let now = tenant.context.now();
        let (zone, time_zone) = due::zone_of(zone, &tenant.brand())?;
        let when = due::when_of(window, &zone, now)?;
        due::must_be_worked(when, &tenant.brand(), Some(queue), now)?;
        Ok(Self { when, time_zone })
    }
}

/// An order that has been checked.
pub(super) struct Wish<'a> {
    pub(super) queue: &'a Queue,
    pub(super) source: CallbackSource,
    pub(super) person: Option<PersonId>,
    pub(super) details: Details,
    pub(super) time: WishedTime,
    pub(super) request_id: String,
    pub(super) consent: Option<ConsentEvidence>,
}

impl Wish<'_> {
    /// Writes it into the transaction: row, history, audit, outbox, changes.
    pub(super) async fn write(
        self,
        writing: &mut Writing,
        tenant: &Tenant,
        conversation: Option<&Conversation>,
        actor: &Actor,
    ) -> Result<Record, CallbackError> {
        let now = tenant.context.now();
        let due_at = due::due_at(self.time.when, &tenant.brand(), Some(self.queue), now);
        let record = Record {
            id: tenant.context.new_id().into(),
            version: 1,
            source: self.source,
            patient: conversation.map(|conversation| conversation.patient.clone()),
            person: self.person,
            conversation: conversation.map(|conversation| conversation.id.clone()),
            request_id: self.request_id,
            queue: QueueId::from(self.queue.id.as_str()),
            state: State::ordered(self.time.when, due_at, now),
            time_zone: self.time.time_zone,
            details: self.details,
            note: None,
            call: None,
            consent: self.consent,
            sealed: None,
            erased_at: None,
        };
        record::insert(writing, tenant, &record).await?;
        let effects = [Effect::Record(Action::Ordered), Effect::Say(Notice::Ordered)];
        follow(writing, tenant, &record, &effects, Circumstances::of(actor), now).await?;
        Ok(record)
    }
}
