//! The rows of the desk's rooms. How far a dialogue is lies sealed.

use sea_query::{Expr, ExprTrait, OnConflict, Query, SelectStatement};

use super::model::Memory;
use crate::ids::{PatientId, RoomId, UserId};
use crate::store::tables::{Patient, PlainDesk as Table};
use crate::store::{Row, Session, StoreError, Writing};
use crate::tenant::Tenant;
use crate::tenant_key::Place;
use crate::time::Time;

/// A dialogue that rested so long begins anew: what was answered then is not how somebody is today. Unit: seconds.
const MEMORY_SECONDS: i64 = 7 * 24 * 3_600;

/// A desk's room.
#[derive(Debug, Clone, PartialEq)]
pub struct DeskRoom {
    /// Whose.
    pub patient: PatientId,
    /// His account.
    pub patient_user: UserId,
    /// Which room.
    pub room: RoomId,
    /// Whether what is said there is encrypted.
    pub is_encrypted: bool,
    /// In which language it answers.
    pub language: String,
    /// When the first words were said; none: not yet.
    pub greeted_at: Option<Time>,
    /// When it was said last that the room is not encrypted.
    pub hinted_at: Option<Time>,
    /// How far the dialogue is.
    pub memory: Memory,
}

fn place(patient: &PatientId) -> Place<'_> {
    Place { table: "plain_desk", column: "memory", row: patient.as_str() }
}

fn select() -> SelectStatement {
    let mut select = Query::select();
    for column in [
        Table::PatientId,
        Table::RoomId,
        Table::Encrypted,
        Table::Language,
        Table::GreetedAt,
        Table::HintedAt,
        Table::Memory,
        Table::MemoryAt,
    ] {
        select.column((Table::Table, column));
    }
    select.column((Patient::Table, Patient::UserId)).from(Table::Table);
    select
        .inner_join(Patient::Table, Expr::col((Patient::Table, Patient::Id)).equals((Table::Table, Table::PatientId)));
    select
}

/// What does not open is a defect or a manipulation: an error.
fn read(row: &Row, tenant: &Tenant) -> Result<DeskRoom, StoreError> {
    let patient: PatientId = row.id(Table::PatientId)?;
    let since = tenant.context.now().plus_seconds(-MEMORY_SECONDS);
    let is_fresh = row.time_or_null(Table::MemoryAt)?.is_some_and(|at| at > since);
    let memory = match row.bytes_or_null(Table::Memory)?.filter(|_| is_fresh) {
        Some(sealed) => opened(tenant, &patient, &sealed)?,
        None => Memory::default(),
    };
    Ok(DeskRoom {
        patient_user: row.id(Patient::UserId)?,
        room: row.id(Table::RoomId)?,
        is_encrypted: row.number(Table::Encrypted)? == 1,
        language: row.text(Table::Language)?,
        greeted_at: row.time_or_null(Table::GreetedAt)?,
        hinted_at: row.time_or_null(Table::HintedAt)?,
        memory,
        patient,
    })
}

fn opened(tenant: &Tenant, patient: &PatientId, sealed: &[u8]) -> Result<Memory, StoreError> {
    let broken =
        |source: Box<dyn std::error::Error + Send + Sync>| StoreError::Column { column: "memory".to_owned(), source };
    let plain = tenant.key.open(place(patient), sealed).map_err(|error| broken(error.into()))?;
    serde_json::from_slice(&plain).map_err(|error| broken(error.into()))
}

/// The desk that has this room.
pub(super) async fn by_room(
    session: &mut Session,
    tenant: &Tenant,
    room: &str,
) -> Result<Option<DeskRoom>, StoreError> {
    let mut select = select();
    select.and_where(Expr::col((Table::Table, Table::RoomId)).eq(room));
    session.fetch_one(&select).await?.map(|row| read(&row, tenant)).transpose()
}

/// The desk of a patient.
pub(super) async fn of_patient(
    session: &mut Session,
    tenant: &Tenant,
    patient: &PatientId,
) -> Result<Option<DeskRoom>, StoreError> {
    let mut select = select();
    select.and_where(Expr::col((Table::Table, Table::PatientId)).eq(patient.as_str()));
    session.fetch_one(&select).await?.map(|row| read(&row, tenant)).transpose()
}

/// The room in which a patient speaks to the desk, if he does, and in which language.
pub async fn room_of(session: &mut Session, patient: &PatientId) -> Result<Option<(RoomId, String)>, StoreError> {
    let mut select = Query::select();
    select.columns([Table::RoomId, Table::Language]).from(Table::Table);
    select.and_where(Expr::col(Table::PatientId).eq(patient.as_str()));
    let row = session.fetch_one(&select).await?;
    row.map(|row| Ok((row.id(Table::RoomId)?, row.text(Table::Language)?))).transpose()
}

/// The desk of a patient is in this room from now on; how far the dialogue is stays.
pub(super) async fn put(
    writing: &mut Writing,
    patient: &PatientId,
    room: &RoomId,
    (language, at): (&str, Time),
) -> Result<(), StoreError> {
    let mut insert = Query::insert();
    insert.into_table(Table::Table).columns([
        Table::PatientId,
        Table::RoomId,
        Table::Encrypted,
        Table::Language,
        Table::OpenedAt,
        Table::GreetedAt,
        Table::HintedAt,
    ]);
    insert.values_panic([
        patient.as_str().into(),
        room.as_str().into(),
        0_i64.into(),
        language.into(),
        at.as_millis().into(),
        None::<i64>.into(),
        None::<i64>.into(),
    ]);
    let anew = [Table::RoomId, Table::Encrypted, Table::OpenedAt, Table::GreetedAt, Table::HintedAt];
    insert.on_conflict(OnConflict::column(Table::PatientId).update_columns(anew).to_owned());
    writing.execute(&insert).await.map(drop)
}

/// What is known of the room: whether it is encrypted, when it was greeted and told that it is not.
pub(super) async fn note_room(writing: &mut Writing, desk: &DeskRoom) -> Result<(), StoreError> {
    let mut update = Query::update();
    update.table(Table::Table).values([
        (Table::Encrypted, i64::from(desk.is_encrypted).into()),
        (Table::GreetedAt, desk.greeted_at.map(Time::as_millis).into()),
        (Table::HintedAt, desk.hinted_at.map(Time::as_millis).into()),
    ]);
    update.and_where(Expr::col(Table::PatientId).eq(desk.patient.as_str()));
    writing.execute(&update).await.map(drop)
}

/// How far the dialogue is, and in which language it goes on.
pub(super) async fn note_dialogue(writing: &mut Writing, tenant: &Tenant, desk: &DeskRoom) -> Result<(), StoreError> {
    let plain = serde_json::to_vec(&desk.memory).expect("a memory has only string keys and finite numbers");
    let sealed = tenant.key.seal(&tenant.context, place(&desk.patient), &plain);
    let mut update = Query::update();
    update.table(Table::Table).values([
        (Table::Language, desk.language.as_str().into()),
        (Table::Memory, sealed.into()),
        (Table::MemoryAt, tenant.context.now().as_millis().into()),
    ]);
    update.and_where(Expr::col(Table::PatientId).eq(desk.patient.as_str()));
    writing.execute(&update).await.map(drop)
}

/// The room is the desk's no more. Returns whether it was.
pub(super) async fn remove(writing: &mut Writing, room: &str) -> Result<bool, StoreError> {
    let mut delete = Query::delete();
    delete.from_table(Table::Table).and_where(Expr::col(Table::RoomId).eq(room));
    Ok(writing.execute(&delete).await? > 0)
}

/// Forgets how far dialogues were that rested for long.
pub async fn forget_old(writing: &mut Writing, now: Time) -> Result<(), StoreError> {
    let mut update = Query::update();
    update.table(Table::Table).value(Table::Memory, None::<Vec<u8>>).value(Table::MemoryAt, None::<i64>);
    update.and_where(Expr::col(Table::MemoryAt).lte(now.plus_seconds(-MEMORY_SECONDS).as_millis()));
    writing.execute(&update).await.map(drop)
}
