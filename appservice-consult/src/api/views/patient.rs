//! What a patient may do: his own consultations, conversations and card, nobody else's.

use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::actor::Actor;
use crate::api::caller::Checked;
use crate::api::problem::ApiError;
use crate::api::types::{
    BackupSecret, BackupSecretRequest, ChangeAnswers, Consultation, ConsultationQuery, ConsultationSort, Conversations,
    Custody, CustodyBy, DeviceCheck, Me, NewConsultation, NewDeviceCheck, OperatorRef, OwnAnswers, OwnChange, Page,
    Role,
};
use crate::consent::Agreed;
use crate::consultation::change_answers::{self, Change};
use crate::consultation::device_check;
use crate::consultation::list::{self, Filter, Whose};
use crate::consultation::open::{self, Outcome};
use crate::consultation::problem::consultation_error;
use crate::consultation::record::{self, Record};
use crate::consultation::transition::{self, Circumstances};
use crate::consultation::{Command, ConsultationError};
use crate::conversation;
use crate::custody::{self, SignIn};
use crate::ids::ConsultationId;
use crate::page::{self, Slice};
use crate::patient::{self, Entry};
use crate::present::{self, Presenter};
use crate::tenant::Tenant;
use consilium_keeper::SecretWish;

/// Longest name of a device that is shown to its owner. Unit: characters.
const DEVICE_NAME_MAX: usize = 100;

/// A patient who calls.
pub struct PatientView {
    pub(super) checked: Checked,
    pub(super) patient: Arc<Entry>,
}

impl PatientView {
    pub(in crate::api) fn new(checked: Checked, patient: Arc<Entry>) -> Self {
        Self { checked, patient }
    }

    pub(super) fn tenant(&self) -> &Tenant {
        &self.checked.served.tenant
    }

    pub(super) fn presenter(&self) -> Presenter<'_> {
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
            custody: Some(self.custody().await?),
        })
    }

    async fn custody(&self) -> Result<Custody, ApiError> {
        let mut reading = self.tenant().store.read().await?;
        Ok(present::custody(custody::load(&mut reading, &self.tenant().key, &self.patient.id).await?))
    }

    /// The secret of his key backup, after a fresh sign-in.
    pub async fn backup_secret(&self, request: BackupSecretRequest) -> Result<BackupSecret, ApiError> {
        self.checked.served.secrets_limit.check(&self.patient.user_id)?;
        let device_name = request.device_name.as_deref().map(plain).filter(|name| !name.is_empty());
        if device_name.as_ref().is_some_and(|name| name.chars().count() > DEVICE_NAME_MAX) {
            return Err(ApiError::invalid("device_name", format!("A name has at most {DEVICE_NAME_MAX} characters.")));
        }
        let sign_in = SignIn {
            at: self.checked.signed_in_at,
            device_id: self.checked.device_id.as_deref(),
            device_name: device_name.as_deref(),
        };
        let wish = if request.start_over { SecretWish::StartOver } else { SecretWish::Kept };
        let secret = custody::release(self.tenant(), &self.patient, &sign_in, wish).await?;
        let kept_by = if secret.is_some() { CustodyBy::Clinic } else { CustodyBy::Person };
        Ok(BackupSecret { kept_by, secret: secret.map(|secret| STANDARD.encode(secret.bytes())) })
    }

    /// Takes the secret into his own hands.
    pub async fn take_backup_secret(&self) -> Result<Custody, ApiError> {
        self.checked.served.secrets_limit.check(&self.patient.user_id)?;
        custody::take_over(self.tenant(), &self.patient, self.checked.device_id.as_deref()).await?;
        self.custody().await
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
        let request = open::Request {
            queue_id: &request.queue_id,
            person: request.person_id.as_ref(),
            request_id: request.request_id.to_string(),
            language: Some(&self.checked.language),
            answers: request.answers,
            agreed: Agreed { consents: request.consents, device_id: self.checked.device_id.clone() },
        };
        let requested = open::request(self.tenant(), &self.patient.id, request, &self.actor()).await;
        let (record, outcome) = requested.map_err(Self::failed)?;
        Ok((self.shown(&record).await?, outcome == Outcome::Made))
    }

    /// His consultations, newest first.
    pub async fn own_consultations(&self, query: ConsultationQuery) -> Result<Page<Consultation>, ApiError> {
        let filter = Filter {
            patients: Some(vec![self.patient.id.clone()]),
            whose: query.person.map(Whose::named),
            ..Filter::default()
        };
        let sort = query.sort.filter(|sort| *sort == ConsultationSort::Oldest).unwrap_or(ConsultationSort::Newest);
        let slice = Slice { sort, limit: page::limit(query.limit), cursor: query.cursor.as_deref() };
        let mut reading = self.tenant().store.read_at_length().await?;
        let listed = list::list(self.tenant(), &mut reading, &filter, slice).await.map_err(Self::failed)?;
        let items = self.presenter().consultations(&mut reading, &listed.records).await?;
        Ok(Page::new(items, listed.next_cursor, listed.total))
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
        let circumstances = Circumstances { actor: &actor, note: None, by_macro: None };
        let record =
            transition::apply(self.tenant(), id, &Command::Cancel, circumstances).await.map_err(Self::failed)?;
        self.shown(&record).await
    }

    /// What he answered to what its queue asks.
    pub async fn own_answers(&self, id: &ConsultationId) -> Result<OwnAnswers, ApiError> {
        let record = self.own(id).await?;
        let mut reading = self.tenant().store.read().await?;
        let form = change_answers::form(&mut reading, self.tenant(), &record).await?;
        Ok(self.presenter().own_answers(form))
    }

    /// Answers anew while it waits.
    pub async fn change_answers(&self, id: &ConsultationId, change: ChangeAnswers) -> Result<OwnAnswers, ApiError> {
        self.own(id).await?;
        let ChangeAnswers { answers, based_on } = change;
        let change = Change { answers, based_on };
        let changed = change_answers::change_answers(self.tenant(), id, &change, &self.actor()).await;
        changed.map_err(Self::failed)?;
        self.own_answers(id).await
    }

    /// Has tested his device.
    pub async fn check_devices(&self, id: &ConsultationId, new: &NewDeviceCheck) -> Result<DeviceCheck, ApiError> {
        self.own(id).await?;
        device_check::keep(self.tenant(), id, new).await.map_err(Self::failed)
    }

    /// Another patient's consultation is answered like an absent one.
    pub(super) async fn own(&self, id: &ConsultationId) -> Result<Record, ApiError> {
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

/// A name on one line, without what a terminal or a page would obey.
fn plain(name: &str) -> String {
    name.chars().filter(|letter| !letter.is_control()).collect::<String>().trim().to_owned()
}
