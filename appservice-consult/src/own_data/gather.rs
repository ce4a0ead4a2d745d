//! What a copy holds, in the shape of `data.json`: read for one consultation at a time.
//!
//! Fields are added, never changed: programs read it.

use std::collections::HashMap;

use consilium_config::Brand;
use consilium_config::brand::FieldType;
use sea_query::{Expr, ExprTrait, Order, Query};
use serde::Serialize;

use super::file::Missing;
use crate::api::types::{
    Answered, ArchivedFile, AuditRole, CallKind, CallOutcome, CallSide, Callback, CallbackSort, ConsentDecision,
    ConsentEntry, FieldValue, Phase, Relationship, SenderKind, Sex, TranscriptEntry, TranscriptKind,
};
use crate::archive::{self, ArchiveError};
use crate::call;
use crate::callback;
use crate::consent;
use crate::consultation::Record;
use crate::field;
use crate::ids::{CallId, ConsultationId, EventId, PatientId, PersonId};
use crate::page::Slice;
use crate::patient::{Bound, PatientRecord};
use crate::person;
use crate::present::{self, Presenter};
use crate::questionnaire::{self, Language};
use crate::rating;
use crate::store::tables::Audit;
use crate::store::{Session, StoreError};
use crate::tenant::Tenant;
use crate::tenant_key::TenantKey;
use crate::time::Time;
use crate::words::Word;

/// Rows of a list that are read at once.
const PAGE: usize = 200;
/// Readings that are listed, the newest: of more nobody reads.
const READINGS_MAX: u64 = 2_000;

/// The patient himself.
#[derive(Debug, Serialize)]
pub struct Profile {
    pub patient_id: PatientId,
    pub account: String,
    pub since: Time,
    pub name: String,
    pub birth_date: Option<String>,
    pub sex: Option<Sex>,
    pub phone: Option<String>,
    pub email: Option<String>,
    pub insurance: Option<String>,
    pub partner_number: Option<String>,
    /// Which numbers stood there, the first one first.
    pub partner_numbers: Vec<PartnerNumber>,
    pub fields: Vec<OwnField>,
}

/// A number by which a partner's system knew him.
#[derive(Debug, Serialize)]
pub struct PartnerNumber {
    /// The number; null: it was taken off.
    pub number: Option<String>,
    pub since: Time,
}

/// What stands in a field of the brand's own on his card.
#[derive(Debug, Serialize)]
pub struct OwnField {
    pub id: String,
    /// What it is called; its id where the brand has it no more.
    pub name: String,
    #[serde(rename = "type")]
    pub kind: Option<FieldType>,
    pub value: FieldValue,
    /// What the chosen option says; null: it is no choice.
    pub chosen: Option<String>,
}

/// Everything that stands in fields of a card, those that the brand has first.
fn own_fields(brand: &Brand, language: Language<'_>, values: &field::Values) -> Vec<OwnField> {
    let known = &brand.fields.patient;
    let named = known.iter().filter_map(|field| {
        let value = values.get(&field.id)?.clone();
        let chosen = field::chosen(field, &value, language);
        Some(OwnField { id: field.id.clone(), name: language.text(&field.name), kind: Some(field.kind), value, chosen })
    });
    let is_known = |id: &String| known.iter().any(|field| field.id == *id);
    let others = values.iter().filter(|(id, _)| !is_known(id)).map(|(id, value)| OwnField {
        id: id.clone(),
        name: id.clone(),
        kind: None,
        value: value.clone(),
        chosen: None,
    });
    named.chain(others).collect()
}

impl From<Bound> for PartnerNumber {
    fn from(bound: Bound) -> Self {
        Self { number: bound.number, since: bound.at }
    }
}

impl Profile {
    pub fn of(tenant: &Tenant, language: &str, record: &PatientRecord) -> Self {
        let (card, brand) = (record.card.clone(), tenant.brand());
        let language = Language { wanted: language, default: &brand.default_language };
        Self {
            fields: own_fields(&brand, language, &card.fields),
            patient_id: record.id.clone(),
            account: record.user_id.to_string(),
            since: record.created_at,
            name: card.name,
            birth_date: card.birth_date.map(|date| date.to_string()),
            sex: card.sex,
            phone: card.phone,
            email: card.email,
            insurance: card.insurance,
            partner_number: card.external_id,
            partner_numbers: card.external_ids.into_iter().map(PartnerNumber::from).collect(),
        }
    }
}

/// A person whom the patient acts for.
#[derive(Debug, Serialize)]
pub struct ActedFor {
    pub id: PersonId,
    pub name: String,
    pub birth_date: Option<String>,
    pub sex: Option<Sex>,
    /// What the patient is to him, as FHIR has it.
    pub relationship: Relationship,
    pub since: Time,
    /// Since when he is hidden.
    pub removed_at: Option<Time>,
}

/// Whom a patient acts for, those who were removed behind the others.
pub async fn persons(session: &mut Session, key: &TenantKey, patient: &PatientId) -> Result<Vec<ActedFor>, StoreError> {
    let all = person::load_of_patient(session, key, patient).await?;
    let kept = all.into_iter().map(|record| ActedFor {
        id: record.id,
        name: record.kept.card.name,
        birth_date: record.kept.card.birth_date.map(|date| date.to_string()),
        sex: record.kept.card.sex,
        relationship: record.kept.relationship,
        since: record.created_at,
        removed_at: record.removed_at,
    });
    Ok(kept.collect())
}

/// Where something lies in the archive, or why it does not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// Path in the archive.
    Path(String),
    /// It is missing.
    Missing(Missing),
}

/// A file of a message.
#[derive(Debug, Serialize)]
pub struct SaidFile {
    pub name: String,
    pub mimetype: Option<String>,
    pub size_bytes: Option<i64>,
    #[serde(flatten)]
    pub place: Option<Place>,
    /// Where it came from, with its key: not for the copy.
    #[serde(skip)]
    pub sent: ArchivedFile,
}

/// A message.
#[derive(Debug, Serialize)]
pub struct Said {
    pub id: EventId,
    pub at: Time,
    pub who: SenderKind,
    pub name: String,
    pub kind: TranscriptKind,
    pub text: String,
    pub edited: bool,
    pub reply_to: Option<EventId>,
    pub file: Option<SaidFile>,
    pub reactions: Vec<SaidSign>,
}

/// A sign under a message.
#[derive(Debug, Serialize)]
pub struct SaidSign {
    pub sign: String,
    pub who: SenderKind,
    pub name: String,
}

impl From<TranscriptEntry> for Said {
    fn from(entry: TranscriptEntry) -> Self {
        Self {
            id: entry.event_id,
            at: entry.sent_at,
            who: entry.sender.kind,
            name: entry.sender.name,
            kind: entry.kind,
            text: entry.body,
            edited: entry.edited,
            reply_to: entry.reply_to,
            file: entry.file.map(|sent| SaidFile {
                name: sent.name.clone(),
                mimetype: sent.mimetype.clone(),
                size_bytes: sent.size_bytes,
                place: None,
                sent,
            }),
            reactions: entry
                .reactions
                .into_iter()
                .map(|reaction| SaidSign { sign: reaction.sign, who: reaction.sender.kind, name: reaction.sender.name })
                .collect(),
        }
    }
}

/// A conclusion that was signed.
#[derive(Debug, Clone, Serialize)]
pub struct Paper {
    pub number: i64,
    pub version: i64,
    pub signed_at: Time,
    #[serde(flatten)]
    pub place: Place,
}

/// What a patient thought of a consultation.
#[derive(Debug, Serialize)]
pub struct Rated {
    pub stars: i64,
    pub comment: Option<String>,
    pub at: Time,
}

/// A person by name.
#[derive(Debug, Serialize)]
pub struct Whom {
    pub id: PersonId,
    pub name: String,
}

/// A consultation.
#[derive(Debug, Serialize)]
pub struct Talk {
    pub id: ConsultationId,
    /// Whom it was about; null: the patient himself.
    pub person: Option<Whom>,
    pub service: String,
    pub phase: Phase,
    pub asked_at: Time,
    pub ended_at: Option<Time>,
    pub with: Vec<String>,
    pub end_reason: Option<String>,
    /// It is not over: more may be said than is here.
    pub is_open: bool,
    pub erased_at: Option<Time>,
    /// Why what was said is not here; null: it is, or it was erased.
    pub missing: Option<Missing>,
    /// What he answered when he asked, in the words in which he was asked; null: nothing, or it was erased.
    pub answers: Option<Answered>,
    pub said: Vec<Said>,
    pub conclusions: Vec<Paper>,
    /// The sealed record as resources of FHIR, which another clinic's system takes in; null: it is not sealed, or was erased.
    pub fhir: Option<Place>,
    pub rating: Option<Rated>,
}

/// Where the files and documents of a copy lie.
#[derive(Debug, Default)]
pub struct Places {
    pub files: HashMap<EventId, Place>,
    pub papers: HashMap<ConsultationId, Vec<Paper>>,
    pub bundles: HashMap<ConsultationId, Place>,
}

/// A consultation with all that was said. What does not open is said to be missing; only a failing store is an error.
pub async fn talk(tenant: &Tenant, language: &str, record: &Record, places: &Places) -> Result<Talk, StoreError> {
    let mut reading = tenant.store.read_at_length().await?;
    let shown = Presenter::new(tenant, language).consultations(&mut reading, std::slice::from_ref(record)).await?.pop();
    let shown = shown.ok_or_else(|| StoreError::unknown_value("id", record.id.as_str()))?;
    let (said, missing) = match archive::said_in(&mut reading, tenant, &record.id).await {
        Ok(said) => (said, None),
        Err(ArchiveError::Erased) => (Vec::new(), None),
        Err(ArchiveError::NoIdentity) => (Vec::new(), Some(Missing::NoKey)),
        Err(ArchiveError::Store(error)) => return Err(error),
        Err(error) => {
            tracing::error!(consultation.id = %record.id, error = %crate::api::problem::chain(&error), "a record does not open");
            (Vec::new(), Some(Missing::Damaged))
        }
    };
    let mut said: Vec<Said> = said.into_iter().map(Said::from).collect();
    for said in &mut said {
        if let Some(file) = &mut said.file {
            file.place = places.files.get(&said.id).cloned();
        }
    }
    let rated = rating::of_consultations(&mut reading, &[record.id.as_str()]).await?.remove(&record.id);
    let rating = match rated {
        Some(rated) => Some(Rated { stars: rated.stars.number(), comment: rated.comment(tenant)?, at: rated.rated_at }),
        None => None,
    };
    Ok(Talk {
        id: shown.id,
        person: shown.person.map(|person| Whom { id: person.id, name: person.name }),
        service: shown.queue.name,
        phase: shown.phase,
        asked_at: shown.requested_at,
        ended_at: shown.ended_at,
        with: record.members.iter().fold(Vec::new(), |mut names, member| {
            let name = tenant.staff.by_id(&member.operator).map(|member| member.name.clone()).unwrap_or_default();
            if !name.is_empty() && !names.contains(&name) {
                names.push(name);
            }
            names
        }),
        end_reason: shown.end_reason,
        is_open: record.state.phase.is_open(),
        erased_at: record.erased_at,
        missing,
        answers: questionnaire::as_asked(&mut reading, tenant, &record.id, record.language.as_deref()).await?,
        said,
        conclusions: places.papers.get(&record.id).cloned().unwrap_or_default(),
        fhir: places.bundles.get(&record.id).cloned(),
        rating,
    })
}

/// All call-backs of a patient, oldest first, as he sees them.
pub async fn callbacks(tenant: &Tenant, language: &str, patient: &PatientId) -> Result<Vec<Callback>, StoreError> {
    let filter = callback::Filter { patients: Some(vec![patient.clone()]), ..callback::Filter::default() };
    let (mut all, mut cursor) = (Vec::new(), None::<String>);
    loop {
        let mut reading = tenant.store.read_at_length().await?;
        let slice = Slice { sort: CallbackSort::Oldest, limit: PAGE, cursor: cursor.as_deref() };
        let listed = match callback::list(tenant, &mut reading, &filter, slice).await {
            Ok(listed) => listed,
            Err(callback::CallbackError::Store(error)) => return Err(error),
            Err(error) => return Err(StoreError::unknown_value("cursor", &error.to_string())),
        };
        all.extend(Presenter::new(tenant, language).callbacks(&mut reading, &listed.records).await?);
        cursor = listed.next_cursor;
        if cursor.is_none() {
            return Ok(all);
        }
    }
}

/// A call.
#[derive(Debug, Serialize)]
pub struct Called {
    pub id: CallId,
    pub consultation_id: Option<ConsultationId>,
    pub kind: CallKind,
    pub by: CallSide,
    pub started_at: Time,
    pub outcome: Option<CallOutcome>,
    pub talked_seconds: i64,
}

/// All calls of a patient, newest first.
pub async fn calls(tenant: &Tenant, patient: &PatientId) -> Result<Vec<Called>, StoreError> {
    let filter = call::Filter { patients: Some(vec![patient.clone()]), ..call::Filter::default() };
    let (mut all, mut cursor) = (Vec::new(), None::<String>);
    loop {
        let mut reading = tenant.store.read_at_length().await?;
        let listed = match call::list(&mut reading, &filter, PAGE, cursor.as_deref()).await {
            Ok(listed) => listed,
            Err(call::CallError::Store(error)) => return Err(error),
            Err(error) => return Err(StoreError::unknown_value("cursor", &error.to_string())),
        };
        all.extend(listed.records.into_iter().map(|call| Called {
            id: call.id,
            consultation_id: call.consultation,
            kind: call.kind,
            by: call.state.caller,
            started_at: call.started_at,
            outcome: call.state.outcome(),
            talked_seconds: call.billable_ms / 1_000,
        }));
        cursor = listed.next_cursor;
        if cursor.is_none() {
            return Ok(all);
        }
    }
}

/// What a patient agreed to and withdrew, for himself and for others, oldest first, each with the text that he was shown.
pub async fn consents(session: &mut Session, patient: &PatientId) -> Result<Vec<ConsentEntry>, StoreError> {
    let ledger = consent::ledger(session, patient).await?;
    Ok(ledger.into_iter().rev().map(present::consent_entry).collect())
}

/// Whether an entry says that the patient agreed.
pub fn is_given(entry: &ConsentEntry) -> bool {
    entry.decision == ConsentDecision::Given
}

/// That somebody read of the patient. Who it was by name is the service's own affair; what he was is not.
#[derive(Debug, Serialize)]
pub struct Read {
    pub at: Time,
    pub role: AuditRole,
    pub what: &'static str,
}

/// What a reading is called here, by its entry in the audit log.
const READINGS: [(&str, &str); 5] = [
    ("patient.read", "card"),
    ("person.read", "person"),
    ("archive.read", "record"),
    ("conclusion.read", "conclusion"),
    ("patient.exported", "copy"),
];

/// Who read the patient's card and those of whom he acts for, records and conclusions, newest first; his own readings are left out.
pub async fn readings(
    session: &mut Session,
    patient: &PatientId,
    consultations: &[Record],
) -> Result<Vec<Read>, StoreError> {
    let mut subjects: Vec<&str> = consultations.iter().map(|record| record.id.as_str()).collect();
    subjects.push(patient.as_str());
    let mut all = Vec::new();
    for subjects in subjects.chunks(PAGE) {
        let mut select = Query::select();
        select.columns([Audit::At, Audit::Role, Audit::Action]).from(Audit::Table);
        select.and_where(Expr::col(Audit::SubjectId).is_in(subjects.iter().copied()));
        select.and_where(Expr::col(Audit::Action).is_in(READINGS.map(|(action, _)| action)));
        select.and_where(Expr::col(Audit::Role).ne(AuditRole::Patient.word()));
        select.order_by(Audit::Sequence, Order::Desc).limit(READINGS_MAX);
        for row in session.fetch_all(&select).await? {
            let action = row.text(Audit::Action)?;
            let what = READINGS.iter().find(|(known, _)| *known == action).map_or("card", |(_, what)| what);
            all.push(Read { at: row.time(Audit::At)?, role: AuditRole::from_word(&row.text(Audit::Role)?)?, what });
        }
    }
    all.sort_by_key(|read| std::cmp::Reverse(read.at));
    all.truncate(usize::try_from(READINGS_MAX).unwrap_or(usize::MAX));
    Ok(all)
}
