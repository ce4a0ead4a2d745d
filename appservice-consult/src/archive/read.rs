//! Reading the archive back: lists, and one consultation opened. Opening is an audit entry.

use sea_query::{Cond, Expr, ExprTrait, Func, Order, Query};
use serde_json::json;

use super::append::proof_of;
use super::record::{self, Content, Position};
use super::store::RecordRow;
use super::transcript::transcript;
use super::{ArchiveError, days, store};
use crate::actor::Actor;
use crate::api::types::{
    Answered, ArchiveSort, ArchivedCall, ArchivedConclusion, ArchivedFile, ArchivedPerson, Chain, TranscriptEntry,
};
use crate::audit;
use crate::consultation::count::{self, Counted};
use crate::consultation::found::{Found, LOOKED_UP_MAX, Named};
use crate::consultation::list::load_in_order;
use crate::consultation::record as consultations;
use crate::field;
use crate::ids::{ConsultationId, OperatorId, PatientId, QueueId, TagId};
use crate::page::{self, Listed, Slice, Total};
use crate::rating;
use crate::retention;
use crate::store::tables::{Consultation, Participant};
use crate::store::{Session, StoreError};
use crate::tag;
use crate::tenant::Tenant;
use crate::tenant_key::TenantKey;
use crate::time::Time;

const LIST: &str = "archive";
const LIST_FROM_OLDEST: &str = "archive-oldest";

/// Which sealed consultations.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Only of this queue.
    pub queue: Option<QueueId>,
    /// Only those in which he took part.
    pub participant: Option<OperatorId>,
    /// Only of these patients.
    pub patients: Option<Vec<PatientId>>,
    /// Only those with this in a field of the brand's own.
    pub field: Option<field::Wanted>,
    /// Sealed at or after.
    pub from: Option<Time>,
    /// Sealed before.
    pub to: Option<Time>,
    /// Only those with this tag.
    pub tag: Option<TagId>,
    /// Only those that were given at most so many stars.
    pub stars_max: Option<i64>,
    /// Only those with a signed conclusion, or without.
    pub conclusion: Option<bool>,
    /// Only those that are held, or that are not.
    pub held: Option<bool>,
    /// Only those with files, or without.
    pub files: Option<bool>,
}

impl Filter {
    /// Whether it narrows by more than queue and operator, for which there are counts.
    fn is_fine(&self) -> bool {
        let by_time = self.from.is_some() || self.to.is_some();
        let by_what_it_has =
            self.tag.is_some() || self.stars_max.is_some() || self.conclusion.is_some() || self.field.is_some();
        self.patients.is_some() || by_time || by_what_it_has || self.held.is_some() || self.files.is_some()
    }

    /// Whether it asks for what nothing holds, of a queue or of all, and for no more.
    fn asks_what_is_free(&self) -> bool {
        let else_coarse = !Self { held: None, ..self.clone() }.is_fine();
        self.held == Some(false) && self.participant.is_none() && else_coarse
    }
}

/// One page of sealed consultations, in the order of the chain or backwards.
pub async fn list(
    tenant: &Tenant,
    session: &mut Session,
    filter: &Filter,
    slice: Slice<'_, ArchiveSort>,
) -> Result<Listed<consultations::Record>, ArchiveError> {
    let Slice { limit, cursor, .. } = slice;
    let (name, order) = match slice.sort {
        ArchiveSort::Newest => (LIST, Order::Desc),
        ArchiveSort::Oldest => (LIST_FROM_OLDEST, Order::Asc),
    };
    let last = page::read_cursor::<i64>(name, cursor)?;
    let took_part = match &filter.participant {
        Some(operator) => count_of_participant(session, operator).await?,
        None => 0,
    };
    let found = found(tenant, session, filter, took_part).await?;
    let total = total(session, filter, took_part, &found).await?;
    let days = days::as_places(session, filter.from, filter.to).await?;
    let mut select = found.rows();
    select.column(Consultation::Id).cond_where(days);
    if let Some(last) = last {
        let sequence = Expr::col(Consultation::SealedSequence);
        select.and_where(if order == Order::Desc { sequence.lt(last) } else { sequence.gt(last) });
    }
    select.order_by(Consultation::SealedSequence, order).limit(limit as u64 + 1);
    let rows = session.fetch_all(&select).await?;
    let more = rows.len() > limit;
    let ids = rows.iter().take(limit).map(|row| row.text(Consultation::Id)).collect::<Result<Vec<_>, _>>()?;
    let records = load_in_order(session, &ids.iter().map(String::as_str).collect::<Vec<_>>()).await?;
    let last = records.last().and_then(|record| record.sealed).filter(|_| more);
    Ok(Listed { next_cursor: last.map(|last| page::cursor(name, &last.sequence)), records, total })
}

/// Sealed consultations in which an operator took part.
async fn count_of_participant(session: &mut Session, operator: &OperatorId) -> Result<i64, StoreError> {
    let mut select = Query::select();
    select.expr(Func::count_distinct(Expr::col(Participant::SealedSequence))).from(Participant::Table);
    select.and_where(Expr::col(Participant::OperatorId).eq(operator.as_str()));
    session.fetch_one(&select).await?.map_or(Ok(0), |row| row.first_number())
}

/// From the kept counts or the operator's own number where they say it; else counted, up to a bound.
async fn total(session: &mut Session, filter: &Filter, took_part: i64, found: &Found) -> Result<Total, StoreError> {
    if !filter.is_fine() {
        match (&filter.participant, &filter.queue) {
            (None, queue) => return Ok(Total::exactly(sealed(session, queue.as_ref()).await?)),
            (Some(_), None) => return Ok(Total::exactly(took_part)),
            (Some(_), Some(_)) => {}
        }
    }
    if filter.asks_what_is_free() {
        // Nearly all are free: those that are held are counted.
        let mut held = Found::by(of_queue(filter));
        held.named(session, retention::held_records()).await?;
        let held = held.count(session).await?;
        if !held.at_least {
            let all = sealed(session, filter.queue.as_ref()).await?;
            return Ok(Total::exactly(all.saturating_sub(held.rows)));
        }
    }
    let mut found = found.clone();
    found.add(days::as_times(filter.from, filter.to));
    found.count(session).await
}

/// Sealed consultations, of a queue or of all.
async fn sealed(session: &mut Session, queue: Option<&QueueId>) -> Result<i64, StoreError> {
    count::count(session, Counted { stage: Some(count::SEALED), queue, lead: None }).await
}

fn of_queue(filter: &Filter) -> Cond {
    Cond::all()
        .add(Expr::col(Consultation::SealedSequence).is_not_null())
        .add_option(filter.queue.as_ref().map(|queue| Expr::col(Consultation::QueueId).eq(queue.as_str())))
}

/// The rows that a filter means, whenever they were sealed.
async fn found(tenant: &Tenant, session: &mut Session, filter: &Filter, took_part: i64) -> Result<Found, StoreError> {
    let mut found = Found::by(of_queue(filter));
    if let Some(patients) = &filter.patients {
        found.of_patients(patients);
    }
    if let Some(operator) = &filter.participant {
        found.named_by(participation(operator), took_part <= i64::from(LOOKED_UP_MAX));
    }
    let named = [
        (filter.held == Some(true)).then(retention::held_records),
        filter.field.as_ref().map(|wanted| field::consultations_with(&tenant.key, wanted)),
        filter.tag.as_ref().map(tag::consultations_with),
        filter.stars_max.map(rating::with_at_most),
    ];
    for named in named.into_iter().flatten() {
        found.named(session, named).await?;
    }
    if let Some(condition) = many(filter) {
        found.add(condition);
    }
    Ok(found)
}

/// The part of a filter that few rows match, for which nothing is kept but the rows themselves; `None`: it has none.
pub fn few(key: &TenantKey, filter: &Filter) -> Option<Cond> {
    let patients = filter.patients.as_ref();
    let with = filter.field.as_ref().map(|wanted| field::consultations_with(key, wanted).ids);
    let condition = Cond::all()
        .add_option(patients.map(|ids| Expr::col(Consultation::PatientId).is_in(ids.iter().map(PatientId::as_str))))
        .add_option(with.map(|with| Expr::col(Consultation::Id).in_subquery(with)))
        .add_option(
            filter.stars_max.map(|stars| Expr::col(Consultation::Id).in_subquery(rating::with_at_most(stars).ids)),
        )
        .add_option(filter.held.filter(|held| *held).map(is_held));
    (!condition.is_empty()).then_some(condition)
}

/// The part that many rows match, to be asked of some that are known; `None`: it has none.
pub fn many(filter: &Filter) -> Option<Cond> {
    let condition = Cond::all()
        .add_option(filter.conclusion.map(has_conclusion))
        .add_option(filter.files.map(has_files))
        .add_option(filter.held.filter(|held| !held).map(is_held));
    (!condition.is_empty()).then_some(condition)
}

fn has_conclusion(yes: bool) -> Expr {
    Expr::col(Consultation::Concluded).eq(i64::from(yes))
}

fn has_files(yes: bool) -> Expr {
    let files = Expr::col(Consultation::SealedFiles);
    if yes { files.gt(0_i64) } else { files.eq(0_i64) }
}

fn is_held(yes: bool) -> Expr {
    let held = retention::record_is_held(Expr::col(Consultation::Id), Expr::col(Consultation::PatientId));
    if yes { held } else { held.not() }
}

/// Where an operator took part, of what is sealed.
fn participation(operator: &OperatorId) -> Named {
    let mut his = Query::select();
    his.distinct().column(Participant::ConsultationId).from(Participant::Table);
    his.and_where(Expr::col(Participant::OperatorId).eq(operator.as_str()));
    his.and_where(Expr::col(Participant::SealedSequence).is_not_null());
    Named::by(his, Expr::col((Participant::Table, Participant::ConsultationId)))
}

/// A sealed consultation, opened.
pub struct Opened {
    /// The consultation.
    pub record: consultations::Record,
    /// What was said, in all its records.
    pub transcript: Vec<TranscriptEntry>,
    /// What was sent.
    pub files: Vec<ArchivedFile>,
    /// The calls, in all its records.
    pub calls: Vec<ArchivedCall>,
    /// The conclusions that were signed, in all its records.
    pub conclusions: Vec<ArchivedConclusion>,
    /// What the patient answered when he asked.
    pub answers: Option<Answered>,
    /// Whose health it was about, as it was sealed.
    pub person: Option<ArchivedPerson>,
    /// Proof of the last record.
    pub chain: Chain,
}

/// How much of a sealed consultation somebody may read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Share {
    /// All of it.
    Whole,
    /// What was said up to the moment when he left it.
    Until(Time),
}

impl Share {
    /// What an operator may read: nothing where he took no part, all where he was there at the end, else what he could hear.
    pub fn of_operator(record: &consultations::Record, operator: &OperatorId) -> Option<Self> {
        // Members stand in the order they joined: this is his last time in it.
        let last = record.members.iter().rfind(|member| member.operator == *operator)?;
        let was_there_at_the_end = |left_at| record.state.ended_at.is_some_and(|ended_at| left_at >= ended_at);
        Some(last.left_at.filter(|left_at| !was_there_at_the_end(*left_at)).map_or(Self::Whole, Self::Until))
    }

    /// Cuts what does not belong to it. An edited text is taken away: when it was edited is not in the record.
    pub fn cut(self, opened: &mut Content) {
        let Self::Until(left_at) = self else { return };
        let Content { transcript, files, calls, conclusions, .. } = opened;
        calls.retain(|call| call.ended_at <= left_at);
        conclusions.retain(|conclusion| conclusion.signed_at <= left_at);
        transcript.retain(|entry| entry.sent_at <= left_at);
        for entry in transcript.iter_mut() {
            entry.reactions.retain(|reaction| reaction.sent_at <= left_at);
        }
        for entry in transcript.iter_mut().filter(|entry| entry.edited) {
            entry.body.clear();
            entry.file = None;
        }
        *files = transcript.iter().filter_map(|entry| entry.file.clone()).collect();
    }
}

/// What is made of a record for who reads it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// The record itself.
    Record,
    /// Resources of FHIR.
    Fhir,
}

impl Form {
    /// What the audit says of a reading.
    fn detail(self, sequence: i64) -> serde_json::Value {
        match self {
            Self::Record => json!({ "sequence": sequence }),
            Self::Fhir => json!({ "sequence": sequence, "form": "fhir" }),
        }
    }
}

/// All that the records of a consultation say.
async fn all_of(
    session: &mut Session,
    tenant: &Tenant,
    id: &ConsultationId,
    rows: &[RecordRow],
) -> Result<Content, ArchiveError> {
    let mut all = Content::of(id.clone(), Vec::new(), Vec::new());
    for row in rows {
        let position = Position { tenant: &tenant.server_name, sequence: row.sequence, subject: &row.subject.bound() };
        let sealed = store::sealed(session, row).await?;
        let Content { transcript, files, calls, conclusions, answers, person, .. } =
            record::open(&tenant.archive.keys, position, &sealed)?;
        all.transcript.extend(transcript);
        all.files.extend(files);
        all.calls.extend(calls);
        all.conclusions.extend(conclusions);
        all.answers = all.answers.or(answers);
        all.person = all.person.or(person);
    }
    Ok(all)
}

/// All that was sealed of a consultation.
#[derive(Debug, Clone)]
pub struct Whole {
    /// The place of its first record in the chain.
    pub first: i64,
    /// When that was sealed.
    pub first_sealed_at: Time,
    /// What its records say.
    pub content: Content,
}

/// All that was sealed of a consultation, for the search index and for who records the reading himself.
///
/// Errors: `NotFound`, `Erased`, `NoIdentity`, `DoesNotOpen`, `Store`.
pub async fn whole(session: &mut Session, tenant: &Tenant, id: &ConsultationId) -> Result<Whole, ArchiveError> {
    let rows = store::of_consultation(session, id).await?;
    let first = rows.first().ok_or(ArchiveError::NotFound)?;
    let (first, first_sealed_at) = (first.sequence, Time::from_millis(first.sealed_at));
    Ok(Whole { first, first_sealed_at, content: all_of(session, tenant, id, &rows).await? })
}

/// What was said in a consultation as far as it is known: sealed, and behind it what waits to be. For who has recorded the reading himself.
///
/// Errors: `Erased`, `NoIdentity`, `DoesNotOpen`, `Store`.
pub async fn said_in(
    session: &mut Session,
    tenant: &Tenant,
    id: &ConsultationId,
) -> Result<Vec<TranscriptEntry>, ArchiveError> {
    let rows = store::of_consultation(session, id).await?;
    let mut said = all_of(session, tenant, id, &rows).await?.transcript;
    let waiting = store::messages(session, &tenant.key, id).await?;
    said.extend(transcript(&waiting, |user| tenant.name_of(user)));
    Ok(said)
}

/// Opens a sealed consultation for who may read it; `share` decides how much. The reading is recorded before anything is given out.
pub async fn open(
    tenant: &Tenant,
    id: &ConsultationId,
    actor: &Actor,
    form: Form,
    share: impl FnOnce(&consultations::Record) -> Option<Share>,
) -> Result<Opened, ArchiveError> {
    let mut writing = tenant.store.write().await?;
    let record = consultations::load(&mut writing, id).await?.filter(|record| record.sealed.is_some());
    let record = record.ok_or(ArchiveError::NotFound)?;
    let share = share(&record).ok_or(ArchiveError::NotFound)?;
    let rows = store::of_consultation(&mut writing, id).await?;
    let last = rows.last().ok_or(ArchiveError::NotFound)?;
    let mut all = all_of(&mut writing, tenant, id, &rows).await?;
    share.cut(&mut all);
    let chain = proof_of(&mut writing, tenant, last).await?;
    let entry = audit::Entry {
        at: tenant.context.now(),
        actor,
        action: "archive.read",
        subject: audit::Subject { kind: "archive", id: id.as_str() },
        detail: form.detail(last.sequence),
    };
    audit::append(&mut writing, &tenant.key, entry).await?;
    writing.commit().await?;
    let Content { transcript, files, calls, conclusions, answers, person, .. } = all;
    Ok(Opened { record, transcript, files, calls, conclusions, answers, person, chain })
}

#[cfg(test)]
mod tests {
    use super::{Content, Share};
    use crate::api::types::{ArchivedCall, CallKind, CallOutcome, Sender, SenderKind};
    use crate::time::Time;

    fn call(ended_at: i64) -> ArchivedCall {
        ArchivedCall {
            id: format!("k{ended_at}").into(),
            kind: CallKind::Audio,
            caller: Sender { user_id: "@a:x".into(), name: "A".to_owned(), kind: SenderKind::Operator },
            started_at: Time::from_millis(0),
            answered_at: None,
            ended_at: Time::from_millis(ended_at),
            outcome: CallOutcome::Missed,
            decline_reason: None,
            talked_seconds: 0,
        }
    }

    #[test]
    fn who_left_reads_of_no_call_that_ended_afterwards() {
        let mut content = Content::of("c1".into(), Vec::new(), vec![call(5), call(15)]);
        Share::Until(Time::from_millis(10)).cut(&mut content);
        assert_eq!(content.calls, [call(5)]);
        Share::Whole.cut(&mut content);
        assert_eq!(content.calls.len(), 1);
    }
}
