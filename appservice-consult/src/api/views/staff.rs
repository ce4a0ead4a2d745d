//! What every member of staff may do.

use std::sync::Arc;

use crate::actor::Actor;
use crate::api::caller::Checked;
use crate::api::problem::ApiError;
use crate::api::types::{
    ArchiveQuery, ArchiveRow, CloseRequest, ConsultationDetail, ConsultationQuery, ConsultationRow, ConsultationSort,
    ConsultationView, HoldRequest, InviteRequest, Me, Operator, OperatorRef, OperatorRole, Operators, Page, PageQuery,
    PatientCard, PatientChange, PatientQuery, PatientRow, QueueHours, Queues, Role, StatusKinds, StatusPeriod,
    TakeOverRequest, TransferRequest, TransferTarget,
};
use crate::archive;
use crate::consent;
use crate::consultation::list::{self, Filter, Whose};
use crate::consultation::problem::consultation_error;
use crate::consultation::transition::{self, Circumstances};
use crate::consultation::{
    Command, ConsultationError, Duty, Guest, Narrowing, Right, TakeRight, Target, transfer_target,
};
use crate::conversation;
use crate::field;
use crate::field::problem::no_such_field;
use crate::ids::{ConsultationId, OperatorId, PatientId, PersonId, QueueId};
use crate::list_query::ListQuery;
use crate::operator::{self, Member};
use crate::page::{self, Slice};
use crate::patient::{self, MATCHES_MAX, PatientRecord};
use crate::person::{self, Treated};
use crate::present::{ArchiveReader, Presenter, patient_row};
use crate::store::{Session, StoreError};
use crate::tenant::Tenant;

/// Longest note of a transfer or a close. Unit: characters.
const NOTE_CHARACTERS_MAX: usize = 4_000;
/// Consultations on a patient's card.
const CARD_CONSULTATIONS: usize = 50;
const DAY_SECONDS: i64 = 86_400;

/// A member of staff who calls.
#[derive(Clone)]
pub struct StaffView {
    pub(super) checked: Checked,
    pub(super) member: Arc<Member>,
}

impl StaffView {
    pub(in crate::api) fn new(checked: Checked, member: Arc<Member>) -> Self {
        Self { checked, member }
    }

    pub(super) fn tenant(&self) -> &Tenant {
        &self.checked.served.tenant
    }

    pub(super) fn presenter(&self) -> Presenter<'_> {
        Presenter::new(self.tenant(), &self.checked.language)
    }

    pub(super) fn actor(&self) -> Actor {
        Actor::Staff { id: self.member.id.clone(), user_id: self.member.user_id.clone(), role: self.member.role }
    }

    pub(super) fn failed(&self, error: ConsultationError) -> ApiError {
        let staff = &self.tenant().staff;
        let name = |id: &OperatorId| staff.by_id(id).map(|member| member.name.clone()).unwrap_or_default();
        consultation_error(error, |id| OperatorRef { id: id.clone(), name: name(id) })
    }

    pub(super) fn right(&self) -> Right {
        match self.member.role {
            OperatorRole::Operator => Right::Lead,
            OperatorRole::Supervisor | OperatorRole::Administrator => Right::Supervisor,
        }
    }

    pub(super) async fn me(&self) -> Result<Me, ApiError> {
        Ok(Me {
            user_id: self.member.user_id.clone(),
            role: match self.member.role {
                OperatorRole::Operator => Role::Operator,
                OperatorRole::Supervisor | OperatorRole::Administrator => Role::Supervisor,
            },
            name: self.member.name.clone(),
            birth_date: None,
            sex: None,
            phone: None,
            email: None,
            keeper_user_id: self.tenant().keeper.user_id().into(),
            operator: Some(self.shown_member(&self.member).await?),
            conversations: Vec::new(),
            custody: None,
        })
    }

    /// Consultations that match a query.
    pub async fn consultations(&self, query: ConsultationQuery) -> Result<Page<ConsultationRow>, ApiError> {
        let query = sensible(query)?;
        let view = query.view.unwrap_or_default();
        let narrowing = Narrowing::from(&query);
        let filter = Filter {
            seen_by: self.reader(),
            whose: whose(query.person, query.patient.as_ref())?,
            stage: list::stage_of(view),
            queue: query.queue,
            lead: query.operator,
            patients: self.patients_matching(query.patient, query.q.as_deref()),
            concerning: (view == ConsultationView::Mine).then(|| self.member.id.clone()),
            tag: query.tag,
            field: query.field.as_deref().map(|text| self.wanted_field(text)).transpose()?,
            narrowing,
        };
        let slice = Slice {
            sort: query.sort.unwrap_or_else(|| list::usual_order(view)),
            limit: page::limit(query.limit),
            cursor: query.cursor.as_deref(),
        };
        let mut reading = self.tenant().store.read_at_length().await?;
        let listed =
            list::list(self.tenant(), &mut reading, &filter, slice).await.map_err(|error| self.failed(error))?;
        let items = self.presenter().rows_for(&mut reading, &listed.records, &self.member).await?;
        Ok(Page::new(items, listed.next_cursor, listed.total))
    }

    fn wanted_field(&self, text: &str) -> Result<field::Wanted, ApiError> {
        field::wanted(&self.tenant().brand().fields.consultation, text).ok_or_else(no_such_field)
    }

    /// The accounts that a query names, by the card that they are on, its names, and those of whom they act for; `None`: all.
    fn patients_matching(&self, patient: Option<PatientId>, name: Option<&str>) -> Option<Vec<PatientId>> {
        let name = name.map(str::trim).filter(|name| !name.is_empty());
        let known = &self.tenant().patients;
        match (patient.map(|patient| known.leading_of(&patient)), name) {
            (None, None) => None,
            (Some(card), None) => Some(known.accounts_of(&card)),
            (None, Some(name)) => Some(known.accounts_on(&patient::named(self.tenant(), name, MATCHES_MAX))),
            (Some(card), Some(name)) => {
                let is_found = patient::named(self.tenant(), name, usize::MAX).contains(&card);
                Some(if is_found { known.accounts_of(&card) } else { Vec::new() })
            }
        }
    }

    /// One consultation.
    pub async fn consultation(&self, id: &ConsultationId) -> Result<ConsultationDetail, ApiError> {
        let (record, _) = self.seen(id).await?;
        self.detail(&record).await
    }

    async fn command(
        &self,
        id: &ConsultationId,
        command: Command,
        note: Option<&str>,
    ) -> Result<ConsultationDetail, ApiError> {
        self.known(id).await?;
        let actor = self.actor();
        let circumstances = Circumstances { actor: &actor, note, by_macro: None };
        let applied = transition::apply(self.tenant(), id, &command, circumstances).await;
        self.detail(&applied.map_err(|error| self.failed(error))?).await
    }

    /// Takes a waiting consultation.
    pub async fn take(&self, id: &ConsultationId) -> Result<ConsultationDetail, ApiError> {
        let record = self.known(id).await?;
        let serves = self.member.role.supervises() || self.member.serves(&record.state.queue);
        let right = if serves { TakeRight::Queue } else { TakeRight::ByNameOnly };
        self.command(id, Command::Take { operator: self.member.id.clone(), right }, None).await
    }

    /// Leaves what is offered to him to others.
    pub async fn pass(&self, id: &ConsultationId) -> Result<ConsultationDetail, ApiError> {
        self.command(id, Command::Pass { operator: self.member.id.clone() }, None).await
    }

    /// Puts aside what he leads.
    pub async fn hold(&self, id: &ConsultationId, request: HoldRequest) -> Result<ConsultationDetail, ApiError> {
        self.command(id, Command::Hold { by: self.member.id.clone(), until: request.until }, None).await
    }

    /// Goes on with what he leads.
    pub async fn resume(&self, id: &ConsultationId) -> Result<ConsultationDetail, ApiError> {
        self.command(id, Command::Resume { by: self.member.id.clone() }, None).await
    }

    /// Hands on what he leads; a supervisor anybody's.
    pub async fn transfer(
        &self,
        id: &ConsultationId,
        request: TransferRequest,
    ) -> Result<ConsultationDetail, ApiError> {
        let note = checked_note(&request.note)?;
        if note.is_empty() {
            return Err(ApiError::invalid("note", "Write what the next one has to know."));
        }
        let to = self.target(id, request.to).await?;
        let command = Command::Transfer { by: self.member.id.clone(), right: self.right(), to };
        self.command(id, command, Some(note)).await
    }

    /// Leads it from now on, instead of who leads it. For supervisors.
    pub async fn take_over(
        &self,
        id: &ConsultationId,
        request: TakeOverRequest,
    ) -> Result<ConsultationDetail, ApiError> {
        if !self.member.role.supervises() {
            return Err(ApiError::forbidden("Only a supervisor takes over what a colleague leads."));
        }
        let note = request.note.as_deref().map(checked_note).transpose()?;
        let command = Command::TakeOver { by: self.member.id.clone(), from: request.lead };
        self.command(id, command, note).await
    }

    /// A queue of the conversation's circle, or a colleague.
    async fn target(&self, id: &ConsultationId, to: TransferTarget) -> Result<Target, ApiError> {
        let queue_id = match to {
            TransferTarget::Operator { operator_id } => {
                let known = self.tenant().staff.present(&operator_id);
                return known
                    .map(|_| Target::Operator(operator_id))
                    .ok_or_else(|| self.failed(ConsultationError::NoSuchOperator));
            }
            TransferTarget::Queue { queue_id } => queue_id,
        };
        let record = self.known(id).await?;
        let mut reading = self.tenant().store.read().await?;
        let target = transfer_target(&mut reading, self.tenant(), &record, queue_id).await;
        target.map_err(|error| self.failed(error))
    }

    /// Closes what he leads; a supervisor anybody's.
    pub async fn close(&self, id: &ConsultationId, request: CloseRequest) -> Result<ConsultationDetail, ApiError> {
        let note = request.note.as_deref().map(checked_note).transpose()?;
        self.command(id, Command::Close { by: self.member.id.clone(), right: self.right() }, note).await
    }

    /// Asks a colleague into what he leads; a supervisor into anybody's, himself too.
    pub async fn invite(&self, id: &ConsultationId, request: InviteRequest) -> Result<ConsultationDetail, ApiError> {
        self.known(id).await?;
        let colleague = self.tenant().staff.present(&request.operator_id);
        let colleague = colleague.ok_or_else(|| ApiError::invalid("operator_id", "There is no such operator."))?;
        let comes = colleague.id == self.member.id || operator::is_on_duty(colleague.status);
        let guest = Guest {
            operator: request.operator_id,
            role: request.role.into(),
            duty: if comes { Duty::On } else { Duty::Off },
        };
        self.command(id, Command::Invite { by: self.member.id.clone(), right: self.right(), guest }, None).await
    }

    /// Sends a colleague out of what he leads, or leaves himself; a supervisor sends anybody.
    pub async fn dismiss(&self, id: &ConsultationId, operator: OperatorId) -> Result<ConsultationDetail, ApiError> {
        self.tenant().staff.by_id(&operator).ok_or_else(ApiError::not_found)?;
        self.command(id, Command::Dismiss { by: self.member.id.clone(), right: self.right(), operator }, None).await
    }

    /// The queues with their load.
    pub async fn queues(&self) -> Result<Queues, ApiError> {
        let mut reading = self.tenant().store.read_at_length().await?;
        Ok(Queues { queues: self.presenter().queues(&mut reading).await? })
    }

    /// When a queue works in the days to come.
    pub fn queue_hours(&self, id: &QueueId) -> Result<QueueHours, ApiError> {
        self.presenter().queue_hours(id).ok_or_else(ApiError::not_found)
    }

    /// All members of staff.
    pub async fn operators(&self) -> Result<Operators, ApiError> {
        let members = self.tenant().staff.all();
        let mut reading = self.tenant().store.read().await?;
        let operators = self.presenter().operators(&mut reading, members.iter().map(|member| &**member)).await?;
        Ok(Operators { operators })
    }

    pub(super) async fn shown_member(&self, member: &Member) -> Result<Operator, ApiError> {
        let mut reading = self.tenant().store.read().await?;
        Ok(self.presenter().operator(&mut reading, member).await?)
    }

    /// Statuses: his own, or anyone's for a supervisor.
    pub async fn status_history(&self, id: &OperatorId, page: PageQuery) -> Result<Page<StatusPeriod>, ApiError> {
        if *id != self.member.id && !self.member.role.supervises() {
            return Err(ApiError::forbidden("Only supervisors see the statuses of others."));
        }
        let listed = operator::status_history(self.tenant(), id, page).await?;
        let presenter = self.presenter();
        let items = listed.records.into_iter().map(|period| presenter.status_period(period)).collect();
        Ok(Page::new(items, listed.next_cursor, listed.total))
    }

    /// Statuses of the brand's own that he can choose.
    pub fn status_kinds(&self) -> StatusKinds {
        StatusKinds { statuses: self.presenter().status_kinds() }
    }

    /// He has wound up after a call.
    pub async fn wrapped_up(&self) -> Result<Operator, ApiError> {
        let member = operator::end_wrap_up(self.tenant(), &self.member.id).await?;
        self.shown_member(&member).await
    }

    /// His console is alive.
    pub async fn heartbeat(&self) -> Result<Operator, ApiError> {
        let member = operator::beat(self.tenant(), &self.member.id).await?;
        self.shown_member(&member).await
    }

    /// Patients that match a query.
    pub async fn patients(&self, query: PatientQuery) -> Result<Page<PatientRow>, ApiError> {
        let seen_by = self.narrowing_member();
        let page = patient::list(self.tenant(), &sensible(query)?, seen_by.as_deref()).await?;
        let row = |record: PatientRecord| {
            let also = self.tenant().patients.also(&record.id);
            patient_row(record, also)
        };
        let items = page.items.into_iter().map(row).collect();
        Ok(Page { items, next_cursor: page.next_cursor, total: page.total, at_least: page.at_least })
    }

    /// A card's record with what he sees of its consultations.
    pub(super) async fn told(&self, session: &mut Session, record: PatientRecord) -> Result<PatientRecord, StoreError> {
        let id = record.id.clone();
        let told =
            patient::as_seen(session, self.tenant(), self.narrowing_member().as_deref(), vec![record]).await?.pop();
        told.ok_or_else(|| StoreError::unknown_value("id", id.as_str()))
    }

    /// A patient's card: the one that his account is on, with all accounts on it.
    pub async fn patient_card(&self, id: &PatientId) -> Result<PatientCard, ApiError> {
        let record = patient::read_shown(self.tenant(), id, &self.actor()).await?;
        self.card(record).await
    }

    /// Changes a patient's card.
    pub async fn change_patient(&self, id: &PatientId, change: PatientChange) -> Result<PatientCard, ApiError> {
        let record = patient::change_shown(self.tenant(), id, change, &self.actor()).await?;
        self.card(record).await
    }

    async fn card(&self, record: PatientRecord) -> Result<PatientCard, ApiError> {
        let mut reading = self.tenant().store.read_at_length().await?;
        let record = self.told(&mut reading, record).await?;
        let accounts = self.tenant().patients.accounts_of(&record.id);
        let (mut conversations, mut persons) = (Vec::new(), Vec::new());
        for account in &accounts {
            conversations.extend(conversation::by_patient(&mut reading, account).await?);
            if record.deleted_at.is_none() {
                persons.extend(person::load_of_patient(&mut reading, &self.tenant().key, account).await?);
            }
        }
        persons.sort_by_key(|person| person.removed_at.is_some());
        let conversations = self.seen_conversations(&mut reading, conversations).await?;
        let merged = self.merged_accounts(&mut reading, &record.id).await?;
        let duplicates = self.possible_duplicates(&mut reading, &record.id).await?;
        let dismissed = self.dismissed_duplicates(&mut reading, &record.id).await?;
        let numbered = accounts.clone();
        let filter = Filter { seen_by: self.reader(), patients: Some(accounts), ..Filter::default() };
        let consultations = self.card_consultations(&mut reading, &filter).await?;
        let brand = self.tenant().brand();
        let consents = consent::states(&mut reading, &brand, Treated::himself(&record.id)).await?;
        let (insurance, external_id) = (record.card.insurance.clone(), record.card.external_id.clone());
        let external_ids = self.presenter().external_ids(&numbered);
        let fields = self.presenter().card_fields(&record.card.fields);
        let deleted_at = record.deleted_at;
        let row = patient_row(record, Vec::new());
        Ok(PatientCard {
            id: row.id,
            user_id: row.user_id,
            name: if deleted_at.is_some() { self.presenter().nobody() } else { row.name },
            birth_date: row.birth_date,
            sex: row.sex,
            phone: row.phone,
            email: row.email,
            created_at: row.created_at,
            last_consultation_at: row.last_consultation_at,
            conversations,
            consultations,
            consents: self.presenter().card_consents(&brand, consents),
            merged,
            duplicates,
            dismissed,
            persons: persons.into_iter().map(|person| self.presenter().person(person)).collect(),
            insurance,
            external_id,
            external_ids,
            fields,
            deleted_at,
        })
    }

    /// The latest consultations, as a card shows them.
    pub(super) async fn card_consultations(
        &self,
        session: &mut Session,
        filter: &Filter,
    ) -> Result<Vec<ConsultationRow>, ApiError> {
        let slice = Slice { sort: ConsultationSort::Newest, limit: CARD_CONSULTATIONS, cursor: None };
        let listed = list::list(self.tenant(), session, filter, slice).await.map_err(|error| self.failed(error))?;
        Ok(self.presenter().rows_for(session, &listed.records, &self.member).await?)
    }

    /// Sealed consultations: all for a supervisor, for an operator those in which he took part.
    pub async fn archive(&self, query: ArchiveQuery) -> Result<Page<ArchiveRow>, ApiError> {
        let mut query = sensible(query)?;
        let (sort, limit, cursor) = (query.sort.unwrap_or_default(), page::limit(query.limit), query.cursor.take());
        let filter = self.archive_filter(query)?;
        let slice = Slice { sort, limit, cursor: cursor.as_deref() };
        let mut reading = self.tenant().store.read_at_length().await?;
        let listed = archive::list(self.tenant(), &mut reading, &filter, slice).await?;
        let items =
            self.presenter().archive_rows(&mut reading, &listed.records, ArchiveReader::Staff(&self.member)).await?;
        Ok(Page::new(items, listed.next_cursor, listed.total))
    }

    /// Which sealed consultations a query means, of those that he may see.
    pub(super) fn archive_filter(&self, query: ArchiveQuery) -> Result<archive::Filter, ApiError> {
        let since = |days: u32| self.tenant().context.now().plus_seconds(-i64::from(days) * DAY_SECONDS);
        Ok(archive::Filter {
            queue: query.queue,
            participant: self.participant(query.operator)?,
            patients: self.patients_matching(query.patient, query.q.as_deref()),
            field: query.field.as_deref().map(|text| self.wanted_field(text)).transpose()?,
            from: query.from.or(query.days.map(since)),
            to: query.to,
            tag: query.tag,
            stars_max: query.stars_max,
            conclusion: query.conclusion,
            held: query.held,
            files: query.files,
        })
    }

    /// Whose sealed consultations he sees; `None`: everybody's.
    fn participant(&self, wanted: Option<OperatorId>) -> Result<Option<OperatorId>, ApiError> {
        match self.member.role {
            OperatorRole::Supervisor | OperatorRole::Administrator => Ok(wanted),
            OperatorRole::Operator if wanted.as_ref().is_some_and(|id| *id != self.member.id) => {
                Err(ApiError::forbidden("Only supervisors see consultations of others."))
            }
            OperatorRole::Operator => Ok(Some(self.member.id.clone())),
        }
    }
}

/// The query of a list, unless it contradicts itself.
pub(super) fn sensible<Q: ListQuery>(query: Q) -> Result<Q, ApiError> {
    match query.contradiction() {
        Some(error) => Err(ApiError::malformed(&error.field, error.message)),
        None => Ok(query),
    }
}

/// Whose health a query asks for. The patients' own are many: they are asked for one patient at a time.
pub(super) fn whose(person: Option<PersonId>, patient: Option<&PatientId>) -> Result<Option<Whose>, ApiError> {
    match person.map(Whose::named) {
        Some(Whose::Own) if patient.is_none() => {
            Err(ApiError::malformed("person", "`self` is asked for together with `patient`."))
        }
        whose => Ok(whose),
    }
}

fn checked_note(note: &str) -> Result<&str, ApiError> {
    let note = note.trim();
    if note.chars().count() > NOTE_CHARACTERS_MAX {
        return Err(ApiError::invalid("note", "At most 4000 characters."));
    }
    Ok(note)
}
