//! What callers of each role may do with call-backs.

use super::staff::sensible;
use super::{Caller, PatientView, StaffView};
use crate::actor::Actor;
use crate::api::problem::ApiError;
use crate::api::types::{
    AgainLaterRequest, Callback, CallbackDetail, CallbackNote, CallbackPage, CallbackQuery, CallbackRecord,
    CallbackSort, CallbackView, ConsultationDetail, FinishCallback, JoinedCall, MoveCallback, NewCallback,
    NewCallbackCall, NewCallbackNote, NoAnswerRequest, OneCallback, OperatorRef, Page,
};
use crate::callback::problem::callback_error;
use crate::callback::{self, CallbackError, Desk, Filter, Found, Outcome, Record};
use crate::ids::{CallbackId, OperatorId};
use crate::operator::Member;
use crate::page::{self, Slice};
use crate::patient::{self, MATCHES_MAX};

/// Longest note of staff. Unit: characters.
const NOTE_CHARACTERS_MAX: usize = 4_000;

impl Caller {
    /// A page of call-backs that he may see.
    pub async fn callbacks(&self, query: CallbackQuery) -> Result<CallbackPage, ApiError> {
        match self {
            Self::Patient(patient) => Ok(CallbackPage::Own(patient.own_callbacks(query).await?)),
            Self::Operator(staff) => staff.callbacks(query).await,
            Self::Supervisor(supervisor) => supervisor.staff().callbacks(query).await,
        }
    }

    /// One call-back; another patient's is answered like an absent one.
    pub async fn callback(&self, id: &CallbackId) -> Result<OneCallback, ApiError> {
        match self {
            Self::Patient(patient) => Ok(OneCallback::Own(Box::new(patient.own_callback(id).await?))),
            Self::Operator(staff) => Ok(OneCallback::Detail(Box::new(staff.callback(id).await?))),
            Self::Supervisor(supervisor) => Ok(OneCallback::Detail(Box::new(supervisor.staff().callback(id).await?))),
        }
    }

    /// Withdraws one.
    pub async fn cancel_callback(&self, id: &CallbackId, request: CallbackNote) -> Result<OneCallback, ApiError> {
        match self {
            Self::Patient(patient) => Ok(OneCallback::Own(Box::new(patient.cancel_callback(id).await?))),
            Self::Operator(staff) => Ok(OneCallback::Detail(Box::new(staff.cancel_callback(id, request).await?))),
            Self::Supervisor(supervisor) => {
                Ok(OneCallback::Detail(Box::new(supervisor.staff().cancel_callback(id, request).await?)))
            }
        }
    }
}

impl PatientView {
    /// A patient is not told who was faster: he takes nothing.
    fn callback_failed(error: CallbackError) -> ApiError {
        callback_error(error, |id| OperatorRef { id: id.clone(), name: String::new() })
    }

    /// Orders a call-back. The flag says whether it was made now.
    pub async fn order_callback(&self, request: NewCallback) -> Result<(Callback, bool), ApiError> {
        let mut order = callback::Order::from(request);
        order.agreed.device_id.clone_from(&self.checked.device_id);
        order.language = Some(self.checked.language.clone());
        let ordered = callback::order(self.tenant(), &self.patient, order, &self.actor()).await;
        let (record, outcome) = ordered.map_err(Self::callback_failed)?;
        Ok((self.shown_callback(&record).await?, outcome == Outcome::Made))
    }

    async fn own_callbacks(&self, query: CallbackQuery) -> Result<Page<Callback>, ApiError> {
        let filter = Filter { patients: Some(vec![self.patient.id.clone()]), phase: query.phase, ..Filter::default() };
        let sort = query.sort.unwrap_or(CallbackSort::Newest);
        let slice = Slice { sort, limit: page::limit(query.limit), cursor: query.cursor.as_deref() };
        let mut reading = self.tenant().store.read_at_length().await?;
        let listed =
            callback::list(self.tenant(), &mut reading, &filter, slice).await.map_err(Self::callback_failed)?;
        let items = self.presenter().callbacks(&mut reading, &listed.records).await?;
        Ok(Page::new(items, listed.next_cursor, listed.total))
    }

    async fn own_callback(&self, id: &CallbackId) -> Result<Callback, ApiError> {
        let record = self.must_be_own_callback(id).await?;
        self.shown_callback(&record).await
    }

    async fn cancel_callback(&self, id: &CallbackId) -> Result<Callback, ApiError> {
        self.must_be_own_callback(id).await?;
        let record = callback::cancel(self.tenant(), id, &self.actor()).await.map_err(Self::callback_failed)?;
        self.shown_callback(&record).await
    }

    /// Moves one of his own to another time.
    pub async fn move_callback(&self, id: &CallbackId, request: MoveCallback) -> Result<Callback, ApiError> {
        self.must_be_own_callback(id).await?;
        let moved = callback::move_to(self.tenant(), id, &request, &self.actor()).await;
        self.shown_callback(&moved.map_err(Self::callback_failed)?).await
    }

    /// Another patient's call-back is answered like an absent one.
    async fn must_be_own_callback(&self, id: &CallbackId) -> Result<Record, ApiError> {
        let mut reading = self.tenant().store.read().await?;
        let record = callback::load(&mut reading, &self.tenant().key, id).await?;
        record.filter(|record| record.patient.as_ref() == Some(&self.patient.id)).ok_or_else(ApiError::not_found)
    }

    async fn shown_callback(&self, record: &Record) -> Result<Callback, ApiError> {
        let mut reading = self.tenant().store.read().await?;
        let shown = self.presenter().callbacks(&mut reading, std::slice::from_ref(record)).await?.pop();
        shown.ok_or_else(ApiError::not_found)
    }
}

impl StaffView {
    pub(super) fn callback_failed(&self, error: CallbackError) -> ApiError {
        let staff = &self.tenant().staff;
        let name = |id: &OperatorId| staff.by_id(id).map(|member| member.name.clone()).unwrap_or_default();
        callback_error(error, |id| OperatorRef { id: id.clone(), name: name(id) })
    }

    async fn callbacks(&self, query: CallbackQuery) -> Result<CallbackPage, ApiError> {
        let query = sensible(query)?;
        let view = query.view.unwrap_or_default();
        let is_open = !matches!(view, CallbackView::Ended | CallbackView::All);
        let in_order = if is_open { CallbackSort::Due } else { CallbackSort::Newest };
        let slice = Slice {
            sort: query.sort.unwrap_or(in_order),
            limit: page::limit(query.limit),
            cursor: query.cursor.as_deref(),
        };
        let filter = self.callback_filter(&query, view);
        let mut reading = self.tenant().store.read_at_length().await?;
        let listed = callback::list(self.tenant(), &mut reading, &filter, slice).await;
        let listed = listed.map_err(|error| self.callback_failed(error))?;
        let items = self.presenter().callback_rows(&mut reading, &listed.records).await?;
        Ok(CallbackPage::Rows(Page::new(items, listed.next_cursor, listed.total)))
    }

    fn callback_filter(&self, query: &CallbackQuery, view: CallbackView) -> Filter {
        let is_mine = view == CallbackView::Mine;
        let (overdue, due_before) = callback::due_of(query, self.tenant().context.now());
        Filter {
            seen_by: self.narrowing_member(),
            stages: callback::stages_of(view),
            phase: query.phase,
            queue: query.queue.clone(),
            operator: if is_mine { Some(self.member.id.clone()) } else { query.operator.clone() },
            patients: query.patient.as_ref().map(|id| self.tenant().patients.accounts_of(id)),
            found: self.found(query.q.as_deref()),
            overdue,
            due_before,
            outcome: query.outcome,
            source: query.source,
        }
    }

    /// Whom a text means; `None`: everybody.
    fn found(&self, text: Option<&str>) -> Option<Found> {
        let text = text.map(str::trim).filter(|text| !text.is_empty())?;
        let cards = patient::named(self.tenant(), text, MATCHES_MAX);
        Some(Found { patients: self.tenant().patients.accounts_on(&cards), phone: patient::checked_phone(text).ok() })
    }

    /// One that `admits` him; every other is answered like an absent one.
    pub(super) async fn admitted(
        &self,
        id: &CallbackId,
        admits: fn(&Member, &Record) -> bool,
    ) -> Result<Record, ApiError> {
        let mut reading = self.tenant().store.read().await?;
        let record = callback::load(&mut reading, &self.tenant().key, id).await?;
        record.filter(|record| admits(&self.member, record)).ok_or_else(ApiError::not_found)
    }

    async fn callback(&self, id: &CallbackId) -> Result<CallbackDetail, ApiError> {
        let record = self.admitted(id, callback::sees).await?;
        let mut reading = self.tenant().store.read().await?;
        Ok(self.presenter().callback_detail(&mut reading, &record).await?)
    }

    async fn shown_callback(&self, done: Result<Record, CallbackError>) -> Result<CallbackDetail, ApiError> {
        let record = done.map_err(|error| self.callback_failed(error))?;
        let mut reading = self.tenant().store.read().await?;
        Ok(self.presenter().callback_detail(&mut reading, &record).await?)
    }

    /// Takes one.
    pub async fn take_callback(&self, id: &CallbackId) -> Result<CallbackDetail, ApiError> {
        self.admitted(id, callback::knows).await?;
        let actor = self.actor();
        self.shown_callback(self.desk(&actor).take(id).await).await
    }

    /// Gives one back.
    pub async fn release_callback(&self, id: &CallbackId, request: CallbackNote) -> Result<CallbackDetail, ApiError> {
        self.admitted(id, callback::knows).await?;
        let (actor, note) = (self.actor(), checked(request.note.as_deref())?);
        self.shown_callback(self.desk(&actor).release(id, note).await).await
    }

    /// Calls by telephone.
    pub async fn telephone_callback(&self, id: &CallbackId) -> Result<CallbackDetail, ApiError> {
        self.admitted(id, callback::knows).await?;
        let actor = self.actor();
        self.shown_callback(self.desk(&actor).telephone(id).await).await
    }

    /// Calls in the app. The flag says whether the call began now.
    pub async fn call_back(&self, id: &CallbackId, request: NewCallbackCall) -> Result<(JoinedCall, bool), ApiError> {
        let caller = Caller::Operator(self.clone());
        let device = caller.device(request.member_id)?;
        self.admitted(id, callback::knows).await?;
        let actor = self.actor();
        let called = self.desk(&actor).call(id, request.kind, &device).await;
        let (_, started) = called.map_err(|error| self.callback_failed(error))?;
        Ok((caller.joined(started.call, started.ticket).await?, started.is_new))
    }

    /// Begins a consultation that he leads.
    pub async fn consult_on_callback(&self, id: &CallbackId) -> Result<ConsultationDetail, ApiError> {
        self.admitted(id, callback::knows).await?;
        let actor = self.actor();
        let begun = self.desk(&actor).consult(id).await;
        self.detail(&begun.map_err(|error| self.callback_failed(error))?).await
    }

    /// Nobody answered.
    pub async fn callback_not_answered(
        &self,
        id: &CallbackId,
        request: NoAnswerRequest,
    ) -> Result<CallbackDetail, ApiError> {
        self.admitted(id, callback::knows).await?;
        let (actor, note) = (self.actor(), checked(request.note.as_deref())?);
        self.shown_callback(self.desk(&actor).no_answer(id, &request, note).await).await
    }

    /// The patient wants another time.
    pub async fn callback_again_later(
        &self,
        id: &CallbackId,
        request: AgainLaterRequest,
    ) -> Result<CallbackDetail, ApiError> {
        self.admitted(id, callback::knows).await?;
        let (actor, note) = (self.actor(), checked(request.note.as_deref())?);
        self.shown_callback(self.desk(&actor).again_later(id, &request, note).await).await
    }

    /// Finishes one.
    pub async fn finish_callback(&self, id: &CallbackId, request: FinishCallback) -> Result<CallbackDetail, ApiError> {
        self.admitted(id, callback::knows).await?;
        let (actor, note) = (self.actor(), checked(request.note.as_deref())?);
        self.shown_callback(self.desk(&actor).finish(id, &request, note).await).await
    }

    async fn cancel_callback(&self, id: &CallbackId, request: CallbackNote) -> Result<CallbackDetail, ApiError> {
        self.admitted(id, callback::knows).await?;
        let (actor, note) = (self.actor(), checked(request.note.as_deref())?);
        self.shown_callback(self.desk(&actor).cancel(id, note).await).await
    }

    /// Writes something down.
    pub async fn note_on_callback(
        &self,
        id: &CallbackId,
        request: NewCallbackNote,
    ) -> Result<CallbackDetail, ApiError> {
        self.admitted(id, callback::sees).await?;
        let (actor, note) = (self.actor(), checked(Some(&request.note))?);
        let note = note.ok_or_else(|| ApiError::invalid("note", "Write something."))?;
        self.shown_callback(self.desk(&actor).note(id, note).await).await
    }

    /// The sealed record: any for a supervisor, for an operator those that he had in his hands last.
    pub async fn callback_record(&self, id: &CallbackId) -> Result<CallbackRecord, ApiError> {
        let may_read = |record: &Record| {
            self.member.role.supervises() || record.state.last_operator.as_ref() == Some(&self.member.id)
        };
        let opened = callback::open(self.tenant(), id, &self.actor(), may_read).await;
        opened.map_err(|error| self.callback_failed(error))
    }

    fn desk<'a>(&'a self, actor: &'a Actor) -> Desk<'a> {
        Desk { tenant: self.tenant(), member: &self.member, actor }
    }
}

/// A note without its edges; an empty one is none.
fn checked(note: Option<&str>) -> Result<Option<&str>, ApiError> {
    let note = note.map(str::trim).filter(|note| !note.is_empty());
    if note.is_some_and(|note| note.chars().count() > NOTE_CHARACTERS_MAX) {
        return Err(ApiError::invalid("note", "At most 4000 characters."));
    }
    Ok(note)
}
