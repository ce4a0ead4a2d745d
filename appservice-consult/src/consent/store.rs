//! The rows of the ledger, and of the texts that were agreed to.

use sea_query::{Alias, Expr, ExprTrait, Func, IntoIden, JoinType, OnConflict, Order, Query, SelectStatement};

use super::text::Shown;
use crate::ids::{ConsentPurpose, ConversationId, PatientId, PersonId};
use crate::person::Treated;
use crate::store::tables::{Consent as Table, ConsentReminder as Reminder, ConsentText as Text};
use crate::store::{Row, Session, StoreError, Writing};
use crate::time::Time;
use crate::words::Word;

/// What was decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// He agreed.
    Given,
    /// He withdrew it.
    Withdrawn,
}

/// A row of the ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// To what.
    pub purpose: ConsentPurpose,
    /// About whom; none: about the account holder, who decides in either case.
    pub person: Option<PersonId>,
    /// The how-manieth of its purpose in the patient's ledger, whomever it is about, from 1.
    pub version: i64,
    /// What was decided.
    pub decision: Decision,
    /// Hash of the text that was shown.
    pub text_hash: String,
    /// When.
    pub at: Time,
    /// On which session.
    pub device_id: Option<String>,
    /// The text.
    pub shown: Shown,
}

fn select() -> SelectStatement {
    let mut select = Query::select();
    for column in
        [Table::Purpose, Table::PersonId, Table::Version, Table::Decision, Table::TextHash, Table::At, Table::DeviceId]
    {
        select.column((Table::Table, column));
    }
    for column in [Text::Language, Text::Title, Text::Summary, Text::Text] {
        select.column((Text::Table, column));
    }
    select.from(Table::Table);
    select.inner_join(Text::Table, Expr::col((Text::Table, Text::Hash)).equals((Table::Table, Table::TextHash)));
    select
}

fn read(row: &Row) -> Result<Entry, StoreError> {
    Ok(Entry {
        purpose: row.id(Table::Purpose)?,
        person: row.id_or_null(Table::PersonId)?,
        version: row.number(Table::Version)?,
        decision: Decision::from_word(&row.text(Table::Decision)?)?,
        text_hash: row.text(Table::TextHash)?,
        at: row.time(Table::At)?,
        device_id: row.text_or_null(Table::DeviceId)?,
        shown: Shown {
            language: row.text(Text::Language)?,
            title: row.text(Text::Title)?,
            summary: row.text(Text::Summary)?,
            text: row.text(Text::Text)?,
        },
    })
}

/// Rows that are read of a ledger, the newest: of more nobody reads.
const LEDGER_MAX: u64 = 2_000;

/// What a patient gave and withdrew, for himself and for others, newest first, at most 2000.
pub async fn ledger(session: &mut Session, patient: &PatientId) -> Result<Vec<Entry>, StoreError> {
    newest_first(session, patient, select()).await
}

/// What of it is about one of them.
pub async fn ledger_about(session: &mut Session, treated: Treated<'_>) -> Result<Vec<Entry>, StoreError> {
    let mut select = select();
    select.and_where(is_about(treated));
    newest_first(session, treated.patient, select).await
}

/// The same as it was at that moment, with what was decided in it.
pub async fn ledger_until(session: &mut Session, treated: Treated<'_>, until: Time) -> Result<Vec<Entry>, StoreError> {
    let mut select = select();
    select.and_where(is_about(treated)).and_where(Expr::col((Table::Table, Table::At)).lte(until.as_millis()));
    newest_first(session, treated.patient, select).await
}

fn is_about(treated: Treated<'_>) -> Expr {
    let person = Expr::col((Table::Table, Table::PersonId));
    match treated.person {
        Some(id) => person.eq(id.as_str()),
        None => person.is_null(),
    }
}

async fn newest_first(
    session: &mut Session,
    patient: &PatientId,
    mut select: SelectStatement,
) -> Result<Vec<Entry>, StoreError> {
    select.and_where(Expr::col((Table::Table, Table::PatientId)).eq(patient.as_str()));
    select.order_by((Table::Table, Table::At), Order::Desc).order_by((Table::Table, Table::Version), Order::Desc);
    select.order_by((Table::Table, Table::Purpose), Order::Asc).limit(LEDGER_MAX);
    session.fetch_all(&select).await?.iter().map(read).collect()
}

/// What was done last about somebody with each purpose.
pub(super) async fn latest(session: &mut Session, treated: Treated<'_>) -> Result<Vec<Entry>, StoreError> {
    let patient = treated.patient.as_str();
    let mut newest = Query::select();
    newest.column(Table::Purpose).expr(Func::max(Expr::col(Table::Version))).from(Table::Table);
    newest.and_where(Expr::col(Table::PatientId).eq(patient)).and_where(is_about(treated));
    newest.group_by_col(Table::Purpose);
    let mut select = select();
    select.and_where(Expr::col((Table::Table, Table::PatientId)).eq(patient));
    let row = Expr::tuple([Expr::col((Table::Table, Table::Purpose)), Expr::col((Table::Table, Table::Version))]);
    select.and_where(row.in_subquery(newest));
    session.fetch_all(&select).await?.iter().map(read).collect()
}

/// How many agreements to one of these texts stand: given, and neither withdrawn nor given anew since then.
pub async fn standing(session: &mut Session, purpose: &str, hashes: &[String]) -> Result<i64, StoreError> {
    let newer = Alias::new("newer").into_iden();
    let (of, then) =
        (|column: Table| Expr::col((Table::Table, column)), |column: Table| Expr::col((newer.clone(), column)));
    let same_person = then(Table::PersonId)
        .eq(of(Table::PersonId))
        .or(then(Table::PersonId).is_null().and(of(Table::PersonId).is_null()));
    let follows = then(Table::PatientId)
        .eq(of(Table::PatientId))
        .and(then(Table::Purpose).eq(of(Table::Purpose)))
        .and(same_person)
        .and(then(Table::Version).gt(of(Table::Version)));
    let mut select = Query::select();
    select.expr(Func::count(of(Table::Version))).from(Table::Table);
    select.join_as(JoinType::LeftJoin, Table::Table, newer.clone(), follows);
    select.and_where(then(Table::Version).is_null()).and_where(of(Table::Purpose).eq(purpose));
    select.and_where(of(Table::Decision).eq(Decision::Given.word()));
    select.and_where(of(Table::TextHash).is_in(hashes.iter().map(String::as_str)));
    session.fetch_one(&select).await?.map_or(Ok(0), |row| row.first_number())
}

/// The number of the next row of a purpose in a patient's ledger.
pub(super) async fn next_version(
    session: &mut Session,
    patient: &PatientId,
    purpose: &ConsentPurpose,
) -> Result<i64, StoreError> {
    let mut select = Query::select();
    select.expr(Func::max(Expr::col(Table::Version))).from(Table::Table);
    select.and_where(Expr::col(Table::PatientId).eq(patient.as_str()));
    select.and_where(Expr::col(Table::Purpose).eq(purpose.as_str()));
    Ok(session.fetch_one(&select).await?.map_or(Ok(0), |row| row.first_number())? + 1)
}

/// Writes a row, and its text where nobody agreed to it before.
pub(super) async fn append(writing: &mut Writing, patient: &PatientId, entry: &Entry) -> Result<(), StoreError> {
    let shown = &entry.shown;
    let mut text = Query::insert();
    text.into_table(Text::Table).columns([
        Text::Hash,
        Text::Language,
        Text::Title,
        Text::Summary,
        Text::Text,
        Text::FirstAt,
    ]);
    text.values_panic([
        entry.text_hash.as_str().into(),
        shown.language.as_str().into(),
        shown.title.as_str().into(),
        shown.summary.as_str().into(),
        shown.text.as_str().into(),
        entry.at.as_millis().into(),
    ]);
    writing.execute(text.on_conflict(OnConflict::column(Text::Hash).do_nothing().to_owned())).await?;
    let mut insert = Query::insert();
    insert.into_table(Table::Table).columns([
        Table::PatientId,
        Table::PersonId,
        Table::Purpose,
        Table::Version,
        Table::Decision,
        Table::TextHash,
        Table::At,
        Table::DeviceId,
    ]);
    insert.values_panic([
        patient.as_str().into(),
        entry.person.as_ref().map(PersonId::as_str).into(),
        entry.purpose.as_str().into(),
        entry.version.into(),
        entry.decision.word().into(),
        entry.text_hash.as_str().into(),
        entry.at.as_millis().into(),
        entry.device_id.as_deref().into(),
    ]);
    writing.execute(&insert).await.map(drop)
}

/// Takes away on which sessions a patient decided, with his account. The entries stay: they show that what was done was allowed.
pub async fn forget_devices(writing: &mut Writing, patient: &PatientId) -> Result<(), StoreError> {
    let mut update = Query::update();
    update.table(Table::Table).value(Table::DeviceId, None::<String>);
    writing.execute(update.and_where(Expr::col(Table::PatientId).eq(patient.as_str()))).await.map(drop)
}

/// When a conversation was told last that consents are missing.
pub(super) async fn reminded_at(session: &mut Session, id: &ConversationId) -> Result<Option<Time>, StoreError> {
    let mut select = Query::select();
    select.column(Reminder::At).from(Reminder::Table);
    select.and_where(Expr::col(Reminder::ConversationId).eq(id.as_str()));
    session.fetch_one(&select).await?.map(|row| row.time(Reminder::At)).transpose()
}

/// Notes that it is told now.
pub(super) async fn note_reminder(writing: &mut Writing, id: &ConversationId, at: Time) -> Result<(), StoreError> {
    let mut insert = Query::insert();
    insert.into_table(Reminder::Table).columns([Reminder::ConversationId, Reminder::At]);
    insert.values_panic([id.as_str().into(), at.as_millis().into()]);
    insert.on_conflict(OnConflict::column(Reminder::ConversationId).update_column(Reminder::At).to_owned());
    writing.execute(&insert).await.map(drop)
}
