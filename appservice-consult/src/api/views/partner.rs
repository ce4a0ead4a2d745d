//! What a partner's system may do: by scope, on patients, consultations and call-backs of its tenant.

use std::marker::PhantomData;
use std::sync::Arc;

use serde::Serialize;

use super::scope::{
    AnyScope, CallbacksOpen, CallbacksRead, ConsultationsOpen, ConsultationsRead, PatientsRead, PatientsWrite, Scope,
};
use super::staff::{sensible, whose};
use super::{Caller, StaffView};
use crate::actor::Actor;
use crate::api::problem::ApiError;
use crate::api::served::Served;
use crate::api::types::{
    ApiScope, CallbackQuery, CallbackSort, CallbackSource, CallbackView, ConsultationQuery, ConsultationSort,
    ConsultationView, CustomFields, OpenCallback, OpenConsultation, OperatorRef, Page, PartnerCallback,
    PartnerConsultation, PartnerPatient, PatientChange, PatientQuery, Queues,
};
use crate::api_key::{self, Claim, Key, RetryKey, Turn};
use crate::callback::problem::callback_error;
use crate::callback::{self, CallbackError};
use crate::consent::Agreed;
use crate::consultation::list::{self, Filter};
use crate::consultation::problem::consultation_error;
use crate::consultation::{ConsultationError, Narrowing, open, record};
use crate::ids::{CallbackId, ConsultationId, OperatorId, PatientId, UserId};
use crate::page::{self, Slice};
use crate::patient::{self, Entry};
use crate::person;
use crate::present::{Presenter, partner_patient, partner_person};
use crate::tenant::Tenant;

/// A partner's system that calls, by a key that is good.
#[derive(Clone)]
pub(in crate::api) struct Partner {
    pub(in crate::api) served: Arc<Served>,
    pub(in crate::api) key: Arc<Key>,
    pub(in crate::api) language: String,
}

/// A partner's system, with a scope that its key has.
pub struct PartnerView<S> {
    partner: Partner,
    scope: PhantomData<S>,
}

/// An account of any role, or a partner's system.
pub enum CallerOr<S> {
    /// An account.
    Account(Caller),
    /// A partner's system.
    Partner(PartnerView<S>),
}

/// A member of staff, or a partner's system.
pub enum StaffOr<S> {
    /// A member of staff.
    Staff(StaffView),
    /// A partner's system.
    Partner(PartnerView<S>),
}

/// The answer to a request that opens something.
pub struct Opened {
    /// JSON of what was opened.
    pub body: String,
    /// Whether an earlier request had this answer already.
    pub is_replay: bool,
}

impl Opened {
    /// The answer that shows something.
    pub(super) fn of(shown: &impl Serialize, is_replay: bool) -> Result<Self, ApiError> {
        Ok(Self { body: serde_json::to_string(shown).map_err(ApiError::internal)?, is_replay })
    }
}

impl<S: Scope> PartnerView<S> {
    /// The view of a key, if it has the scope.
    pub(in crate::api) fn new(partner: Partner) -> Result<Self, ApiError> {
        match S::NEEDED.filter(|scope| !partner.key.may(*scope)) {
            Some(scope) => Err(ApiError::lacks_scope(scope)),
            None => Ok(Self { partner, scope: PhantomData }),
        }
    }

    pub(super) fn tenant(&self) -> &Tenant {
        &self.partner.served.tenant
    }

    pub(super) fn presenter(&self) -> Presenter<'_> {
        Presenter::new(self.tenant(), &self.partner.language)
    }

    pub(super) fn actor(&self) -> Actor {
        self.partner.key.actor()
    }

    fn may_read_patients(&self) -> bool {
        self.partner.key.may(ApiScope::PatientsRead)
    }

    /// The one of that id; another tenant's is answered like an absent one.
    fn patient_of(&self, id: &PatientId) -> Result<Arc<Entry>, ApiError> {
        self.tenant().patients.by_id(id).ok_or_else(ApiError::not_found)
    }

    async fn read_patient(&self, id: &PatientId) -> Result<PartnerPatient, ApiError> {
        // The id of an account that is on another card gives that account, and says which card stands for it.
        let record = if self.tenant().patients.leading_of(id) == *id {
            patient::read_shown(self.tenant(), id, &self.actor()).await?
        } else {
            patient::read_card(self.tenant(), id, &self.actor()).await?
        };
        let mut persons = Vec::new();
        let parts = self.tenant().patients.parts_of(id).into_iter().map(|part| part.patient);
        for account in std::iter::once(id.clone()).chain(parts) {
            persons.extend(person::of_patient(self.tenant(), &account).await?.into_iter().filter_map(partner_person));
        }
        Ok(PartnerPatient { persons: Some(persons), ..partner_patient(self.tenant(), record) })
    }

    /// Counts a request that makes work for people.
    pub(super) fn count_opening(&self) -> Result<(), ApiError> {
        self.partner.served.openings_limit.check(&UserId::from(self.actor().user_id()))
    }

    /// Whose turn it is to open something: nobody's, where the request was answered before. An answer costs an opening all the same.
    async fn turn(&self, path: &str, request: &impl Serialize, retry: Option<&RetryKey>) -> Result<Turn, ApiError> {
        self.count_opening()?;
        let body = serde_json::to_string(request).map_err(ApiError::internal)?;
        Ok(api_key::begin(self.tenant(), &self.partner.key.id, retry, &format!("{path} {body}")).await?)
    }

    /// Keeps the answer of what was opened. A refusal frees the request's name; a failure keeps it, so that the retry goes on with the same thing.
    async fn settled<T: Serialize>(&self, claim: Claim, opened: Result<T, ApiError>) -> Result<Opened, ApiError> {
        match opened {
            Ok(shown) => {
                let body = serde_json::to_string(&shown).map_err(ApiError::internal)?;
                claim.answered(self.tenant(), &body).await?;
                Ok(Opened { body, is_replay: false })
            }
            Err(error) if error.status() < 500 => {
                claim.refused(self.tenant()).await?;
                Err(error)
            }
            Err(error) => Err(error),
        }
    }

    /// A partner's system takes nothing: it is not told who was faster.
    fn consultation_failed(error: ConsultationError) -> ApiError {
        consultation_error(error, unnamed)
    }

    fn callback_failed(error: CallbackError) -> ApiError {
        callback_error(error, unnamed)
    }
}

fn unnamed(id: &OperatorId) -> OperatorRef {
    OperatorRef { id: id.clone(), name: String::new() }
}

impl PartnerView<AnyScope> {
    /// The queues with their load.
    pub async fn queues(&self) -> Result<Queues, ApiError> {
        let mut reading = self.tenant().store.read_at_length().await?;
        Ok(Queues { queues: self.presenter().queues(&mut reading).await? })
    }
}

impl PartnerView<AnyScope> {
    /// The brand's own fields.
    pub fn fields(&self) -> CustomFields {
        self.presenter().fields()
    }
}

impl PartnerView<PatientsRead> {
    /// Patients that match a query. That they were shown is an audit entry.
    pub async fn patients(&self, query: PatientQuery) -> Result<Page<PartnerPatient>, ApiError> {
        let query = sensible(query)?;
        let page = patient::list(self.tenant(), &query, None).await?;
        let by = match &query {
            PatientQuery { user: Some(_), .. } => "user",
            PatientQuery { external_id: Some(_), .. } => "external_id",
            PatientQuery { q: Some(_), .. } => "q",
            PatientQuery { field: Some(_), .. } => "field",
            _ => "all",
        };
        patient::note_listing(self.tenant(), &self.actor(), page.items.len(), by).await?;
        let items = page.items.into_iter().map(|record| partner_patient(self.tenant(), record)).collect();
        Ok(Page { items, next_cursor: page.next_cursor, total: page.total, at_least: page.at_least })
    }

    /// A patient's card; the reading is an audit entry.
    pub async fn patient(&self, id: &PatientId) -> Result<PartnerPatient, ApiError> {
        self.read_patient(id).await
    }
}

impl PartnerView<PatientsWrite> {
    /// Changes a patient's card; shows it to who may read it.
    pub async fn change_patient(
        &self,
        id: &PatientId,
        change: PatientChange,
    ) -> Result<Option<PartnerPatient>, ApiError> {
        if self.tenant().patients.leading_of(id) == *id {
            patient::change_shown(self.tenant(), id, change, &self.actor()).await?;
        } else {
            patient::change(self.tenant(), id, change, &self.actor()).await?;
        }
        Ok(if self.may_read_patients() { Some(self.read_patient(id).await?) } else { None })
    }
}

impl PartnerView<ConsultationsRead> {
    /// Consultations that match a query; by name none is found, for that are patients.
    pub async fn consultations(&self, query: ConsultationQuery) -> Result<Page<PartnerConsultation>, ApiError> {
        by_patient_only(query.q.as_deref())?;
        let query = sensible(query)?;
        let view = query.view.unwrap_or_default();
        if view == ConsultationView::Mine {
            return Err(ApiError::malformed("view", "A key takes part in nothing."));
        }
        if query.field.is_some() {
            return Err(ApiError::malformed("field", "A key is shown no fields of consultations."));
        }
        let narrowing = Narrowing::from(&query);
        let filter = Filter {
            stage: list::stage_of(view),
            queue: query.queue,
            lead: query.operator,
            whose: whose(query.person, query.patient.as_ref())?,
            patients: query.patient.map(|patient| self.tenant().patients.accounts_of(&patient)),
            tag: query.tag,
            narrowing,
            ..Filter::default()
        };
        let sort = query.sort.unwrap_or_else(|| list::usual_order(view));
        if sort == ConsultationSort::Patient {
            return Err(ApiError::malformed("sort", "A key is shown no names: any order but `patient`."));
        }
        let slice = Slice { sort, limit: page::limit(query.limit), cursor: query.cursor.as_deref() };
        let mut reading = self.tenant().store.read_at_length().await?;
        let listed = list::list(self.tenant(), &mut reading, &filter, slice).await;
        let listed = listed.map_err(Self::consultation_failed)?;
        let items = self.presenter().partner_consultations(&mut reading, &listed.records).await?;
        Ok(Page::new(items, listed.next_cursor, listed.total))
    }

    /// One consultation.
    pub async fn consultation(&self, id: &ConsultationId) -> Result<PartnerConsultation, ApiError> {
        let mut reading = self.tenant().store.read().await?;
        let record = record::load(&mut reading, id).await?.ok_or_else(ApiError::not_found)?;
        Ok(self.presenter().partner_consultation(&mut reading, &record).await?)
    }
}

impl PartnerView<ConsultationsOpen> {
    /// Opens a consultation for a patient, or for a person whom he acts for. The service makes the room at need, asks him in and says that his request came; nothing is said in his name.
    pub async fn open_consultation(
        &self,
        id: &PatientId,
        request: &OpenConsultation,
        retry: Option<&RetryKey>,
    ) -> Result<Opened, ApiError> {
        let patient = self.patient_of(id)?;
        match self.turn(&format!("patients/{id}/consultations"), request, retry).await? {
            Turn::Answered(body) => Ok(Opened { body, is_replay: true }),
            Turn::First(claim) => {
                let opened = self.open(&patient, request, claim.request_id()).await;
                self.settled(claim, opened).await
            }
        }
    }

    async fn open(
        &self,
        patient: &Entry,
        request: &OpenConsultation,
        request_id: String,
    ) -> Result<PartnerConsultation, ApiError> {
        let agreed = Agreed::default();
        let asked = open::Request {
            queue_id: &request.queue_id,
            person: request.person_id.as_ref(),
            request_id,
            language: None,
            answers: None,
            agreed,
        };
        let opened = open::request(self.tenant(), &patient.id, asked, &self.actor()).await;
        let (record, _) = opened.map_err(Self::consultation_failed)?;
        let mut reading = self.tenant().store.read().await?;
        Ok(self.presenter().partner_consultation(&mut reading, &record).await?)
    }
}

impl PartnerView<CallbacksRead> {
    /// Call-backs that match a query; by name or number none is found, for that are patients.
    pub async fn callbacks(&self, query: CallbackQuery) -> Result<Page<PartnerCallback>, ApiError> {
        by_patient_only(query.q.as_deref())?;
        let query = sensible(query)?;
        let view = query.view.unwrap_or_default();
        if view == CallbackView::Mine {
            return Err(ApiError::malformed("view", "A key takes part in nothing."));
        }
        let (overdue, due_before) = callback::due_of(&query, self.tenant().context.now());
        let filter = callback::Filter {
            seen_by: None,
            stages: callback::stages_of(view),
            phase: query.phase,
            queue: query.queue,
            operator: query.operator,
            patients: query.patient.map(|patient| self.tenant().patients.accounts_of(&patient)),
            found: None,
            overdue,
            due_before,
            outcome: query.outcome,
            source: query.source,
        };
        let slice = Slice {
            sort: query.sort.unwrap_or(CallbackSort::Newest),
            limit: page::limit(query.limit),
            cursor: query.cursor.as_deref(),
        };
        let mut reading = self.tenant().store.read_at_length().await?;
        let listed = callback::list(self.tenant(), &mut reading, &filter, slice).await;
        let listed = listed.map_err(Self::callback_failed)?;
        let items = listed.records.iter().map(|record| self.presenter().partner_callback(record)).collect();
        Ok(Page::new(items, listed.next_cursor, listed.total))
    }

    /// One call-back.
    pub async fn callback(&self, id: &CallbackId) -> Result<PartnerCallback, ApiError> {
        let mut reading = self.tenant().store.read().await?;
        let record = callback::load(&mut reading, &self.tenant().key, id).await?.ok_or_else(ApiError::not_found)?;
        Ok(self.presenter().partner_callback(&record))
    }
}

impl PartnerView<CallbacksOpen> {
    /// Orders a call-back for a patient.
    pub async fn open_callback(
        &self,
        id: &PatientId,
        request: OpenCallback,
        retry: Option<&RetryKey>,
    ) -> Result<Opened, ApiError> {
        let patient = self.patient_of(id)?;
        match self.turn(&format!("patients/{id}/callbacks"), &request, retry).await? {
            Turn::Answered(body) => Ok(Opened { body, is_replay: true }),
            Turn::First(claim) => {
                let order = callback::Order {
                    wish: request,
                    source: CallbackSource::Partner,
                    request_id: claim.request_id(),
                    agreed: Agreed::default(),
                    language: None,
                };
                let ordered = callback::order(self.tenant(), &patient, order, &self.actor()).await;
                let shown = ordered.map(|(record, _)| self.presenter().partner_callback(&record));
                self.settled(claim, shown.map_err(Self::callback_failed)).await
            }
        }
    }
}

fn by_patient_only(q: Option<&str>) -> Result<(), ApiError> {
    match q {
        Some(_) => Err(ApiError::malformed("q", "A key is shown no names: find the patient, then ask with `patient`.")),
        None => Ok(()),
    }
}
