//! Rows of conversations.

use std::collections::HashMap;

use sea_query::{Expr, ExprTrait, OnConflict, Order, Query, SelectStatement};

use crate::ids::{CircleId, ConversationId, PatientId, RoomId, UserId};
use crate::store::tables::{Conversation as Table, Patient};
use crate::store::{Row, Session, StoreError, Writing};
use crate::tenant::Tenant;

/// A conversation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conversation {
    /// Its id.
    pub id: ConversationId,
    /// Whose.
    pub patient: PatientId,
    /// His account.
    pub patient_user: UserId,
    /// The queues that share its history.
    pub circle: CircleId,
    /// Its room; none while it is being made.
    pub room: Option<RoomId>,
}

fn select() -> SelectStatement {
    let mut select = Query::select();
    select.columns([
        (Table::Table, Table::Id),
        (Table::Table, Table::PatientId),
        (Table::Table, Table::Circle),
        (Table::Table, Table::RoomId),
    ]);
    select.column((Patient::Table, Patient::UserId)).from(Table::Table);
    let same = Expr::col((Patient::Table, Patient::Id)).equals((Table::Table, Table::PatientId));
    select.inner_join(Patient::Table, same);
    select
}

fn read(row: &Row) -> Result<Conversation, StoreError> {
    Ok(Conversation {
        id: row.id(Table::Id)?,
        patient: row.id(Table::PatientId)?,
        patient_user: row.id(Patient::UserId)?,
        circle: row.id(Table::Circle)?,
        room: row.id_or_null(Table::RoomId)?,
    })
}

/// The conversation of that id.
pub async fn load(session: &mut Session, id: &ConversationId) -> Result<Option<Conversation>, StoreError> {
    let mut select = select();
    select.and_where(Expr::col((Table::Table, Table::Id)).eq(id.as_str()));
    session.fetch_one(&select).await?.as_ref().map(read).transpose()
}

/// The conversations of these ids, by id.
pub async fn load_many(
    session: &mut Session,
    ids: &[&str],
) -> Result<HashMap<ConversationId, Conversation>, StoreError> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let mut select = select();
    select.and_where(Expr::col((Table::Table, Table::Id)).is_in(ids.iter().copied()));
    let rows = session.fetch_all(&select).await?;
    rows.iter().map(|row| read(row).map(|conversation| (conversation.id.clone(), conversation))).collect()
}

/// The conversation that has this room.
pub async fn by_room(session: &mut Session, room: &str) -> Result<Option<Conversation>, StoreError> {
    let mut select = select();
    select.and_where(Expr::col((Table::Table, Table::RoomId)).eq(room));
    session.fetch_one(&select).await?.as_ref().map(read).transpose()
}

/// A patient's conversations, oldest first.
pub async fn by_patient(session: &mut Session, patient: &PatientId) -> Result<Vec<Conversation>, StoreError> {
    let mut select = select();
    select.and_where(Expr::col((Table::Table, Table::PatientId)).eq(patient.as_str()));
    select.order_by((Table::Table, Table::CreatedAt), Order::Asc).order_by((Table::Table, Table::Id), Order::Asc);
    session.fetch_all(&select).await?.iter().map(read).collect()
}

/// The conversation of a patient in a circle; its row is made at need, its room is not.
pub async fn ensure(
    writing: &mut Writing,
    tenant: &Tenant,
    patient: &PatientId,
    circle: &str,
) -> Result<Conversation, StoreError> {
    let mut insert = Query::insert();
    insert.into_table(Table::Table).columns([Table::Id, Table::PatientId, Table::Circle, Table::CreatedAt]);
    insert.values_panic([
        tenant.context.new_id().into(),
        patient.as_str().into(),
        circle.into(),
        tenant.context.now().as_millis().into(),
    ]);
    insert.on_conflict(OnConflict::columns([Table::PatientId, Table::Circle]).do_nothing().to_owned());
    writing.execute(&insert).await?;
    let mut select = select();
    select.and_where(Expr::col((Table::Table, Table::PatientId)).eq(patient.as_str()));
    select.and_where(Expr::col((Table::Table, Table::Circle)).eq(circle));
    let row =
        writing.fetch_one(&select).await?.ok_or_else(|| StoreError::unknown_value("patient_id", patient.as_str()))?;
    read(&row)
}

/// Room ids that conversations have already, among these.
pub(super) async fn known_rooms(session: &mut Session, rooms: &[String]) -> Result<Vec<String>, StoreError> {
    let mut select = Query::select();
    select
        .column(Table::RoomId)
        .from(Table::Table)
        .and_where(Expr::col(Table::RoomId).is_in(rooms.iter().map(String::as_str)));
    session.fetch_all(&select).await?.iter().map(|row| row.text(Table::RoomId)).collect()
}

/// Gives a conversation its room.
pub(super) async fn set_room(writing: &mut Writing, id: &ConversationId, room: &str) -> Result<(), StoreError> {
    let mut update = Query::update();
    update.table(Table::Table).value(Table::RoomId, room);
    update.and_where(Expr::col(Table::Id).eq(id.as_str())).and_where(Expr::col(Table::RoomId).is_null());
    writing.execute(&update).await.map(drop)
}
