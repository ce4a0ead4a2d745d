//! What a patient may do: his own consultations, conversations and card, nobody else's.

use std::sync::Arc;

use crate::actor::Actor;
use crate::api::caller::Checked;
use crate::api::errors::consultation_error;
use crate::api::problem::ApiError;
use crate::api::types::{
    Consultation, ConsultationQuery, ConsultationSort, Conversations, Me, NewConsultation, OperatorRef, OwnChange,
    Page, Role,
};
use crate::consultation::list::{self, Filter, Slice};
use crate::consultation::open::{self, Outcome};
use crate::consultation::record::{self, Record};
use crate::consultation::transition::{self, Circumstances};
use crate::consultation::{Command, ConsultationError};
use crate::conversation;
use crate::ids::ConsultationId;
use crate::page;
use crate::patient::{self, Entry};
use crate::present::Presenter;
use crate::tenant::Tenant;

/// A patient who calls.
pub struct PatientView {
    pub(super) checked: Checked,
    pub(super) patient: Arc<Entry>,
}

impl PatientView {
    pub(in crate::api) fn new(checked: Checked, patient: Arc<Entry>) -> Self {
        Self { checked, patient }
    }

    fn tenant(&self) -> &Tenant {
        &self.checked.served.tenant
    }

    fn presenter(&self) -> Presenter<'_> {
        Presenter::new(self.tenant(), &self.checked.language)
    }

    pub(super) fn actor(&self) -> Actor {
        Actor::Patient { id: self.patient.id.clone(), user_id: self.patient.user_id.clone() }
    }

    /// A patient is not told who was faster: he takes nothing.
    fn failed(error: ConsultationError) -> ApiError {
        consultation_error(error, |id| OperatorRef { id: id.clone(), name: String::new() })
    }

    pub(super) async fn me(&self) -> Result<Me, ApiError> {
        let entry = self.tenant().patients.by_id(&self.patient.id);
        let card = entry.map(|entry| entry.card.clone()).unwrap_or_default();
        Ok(Me {
            user_id: self.patient.user_id.clone(),
            role: Role::Patient,
            name: card.name,
            birth_date: card.birth_date.map(|date| date.to_string()),
            sex: card.sex,
            phone: card.phone,
            email: card.email,
            keeper_user_id: self.tenant().keeper.user_id().into(),
            operator: None,
            conversations: self.conversations().await?.conversations,
        })
    }

    /// Changes his own card.
    pub async fn change_own_card(&self, change: OwnChange) -> Result<Me, ApiError> {
        patient::change(self.tenant(), &self.patient.id, change.into(), &self.actor()).await?;
        self.me().await
    }

    /// His conversations.
    pub async fn conversations(&self) -> Result<Conversations, ApiError> {
        let mut reading = self.tenant().store.read().await?;
        let conversations = conversation::by_patient(&mut reading, &self.patient.id).await?;
        Ok(Conversations { conversations: self.presenter().conversations(&mut reading, conversations).await? })
    }

    /// Asks for a consultation. The flag says whether it was made now.
    pub async fn request_consultation(&self, request: NewConsultation) -> Result<(Consultation, bool), ApiError> {
        let requested = open::request(self.tenant(), &self.patient.id, &request, &self.actor()).await;
        let (record, outcome) = requested.map_err(Self::failed)?;
        Ok((self.shown(&record).await?, outcome == Outcome::Made))
    }

    /// His consultations, newest first.
    pub async fn own_consultations(&self, query: ConsultationQuery) -> Result<Page<Consultation>, ApiError> {
        let filter = Filter { patients: Some(vec![self.patient.id.clone()]), ..Filter::default() };
        let sort = query.sort.filter(|sort| *sort == ConsultationSort::Oldest).unwrap_or(ConsultationSort::Newest);
        let slice = Slice { sort, limit: page::limit(query.limit), cursor: query.cursor.as_deref() };
        let mut reading = self.tenant().store.read_at_length().await?;
        let listed = list::list(self.tenant(), &mut reading, &filter, slice).await.map_err(Self::failed)?;
        let items = self.presenter().consultations(&mut reading, &listed.records).await?;
        Ok(Page { items, next_cursor: listed.next_cursor, total: listed.total })
    }

    /// One of his consultations.
    pub async fn own_consultation(&self, id: &ConsultationId) -> Result<Consultation, ApiError> {
        let record = self.own(id).await?;
        self.shown(&record).await
    }

    /// Withdraws one of his consultations that waits.
    pub async fn cancel(&self, id: &ConsultationId) -> Result<Consultation, ApiError> {
        self.own(id).await?;
        let actor = self.actor();
        let circumstances = Circumstances { actor: &actor, note: None };
        let record =
            transition::apply(self.tenant(), id, &Command::Cancel, circumstances).await.map_err(Self::failed)?;
        self.shown(&record).await
    }

    /// Another patient's consultation is answered like an absent one.
    async fn own(&self, id: &ConsultationId) -> Result<Record, ApiError> {
        let mut reading = self.tenant().store.read().await?;
        let record = record::load(&mut reading, id).await?;
        record.filter(|record| record.patient == self.patient.id).ok_or_else(ApiError::not_found)
    }

    async fn shown(&self, record: &Record) -> Result<Consultation, ApiError> {
        let mut reading = self.tenant().store.read().await?;
        let shown = self.presenter().consultations(&mut reading, std::slice::from_ref(record)).await?.pop();
        shown.ok_or_else(ApiError::not_found)
    }
}
