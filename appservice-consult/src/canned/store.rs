//! Rows of canned replies and of their versions.

use sea_query::{Expr, ExprTrait, Func, Order, Query, SelectStatement};

use super::content::Content;
use crate::api::types::DeskFile;
use crate::ids::{CannedId, DeskFileId, OperatorId};
use crate::store::tables::{Canned as Table, CannedVersion, Operator};
use crate::store::{Row, Session, StoreError, Writing};
use crate::time::Time;

/// Versions that are shown of one reply.
const VERSIONS_MAX: u64 = 100;
/// The owner of what is shared.
const SHARED: &str = "";

/// A reply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Its id.
    pub id: CannedId,
    /// Raised by each change.
    pub version: i64,
    /// Whose own; none: shared.
    pub owner: Option<OperatorId>,
    /// What it is.
    pub content: Content,
    /// When it was changed last.
    pub changed_at: Time,
    /// By whom.
    pub changed_by: OperatorId,
    /// When it was removed.
    pub removed_at: Option<Time>,
}

/// What was done to a reply.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// It was made.
    Created,
    /// It was written anew.
    Changed,
    /// It was removed.
    Removed,
}

impl Action {
    const ALL: [Self; 3] = [Self::Created, Self::Changed, Self::Removed];

    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Changed => "changed",
            Self::Removed => "removed",
        }
    }

    fn from_word(word: &str) -> Result<Self, StoreError> {
        let found = Self::ALL.into_iter().find(|action| action.as_str() == word);
        found.ok_or_else(|| StoreError::unknown_value("action", word))
    }
}

/// What a reply was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// Its number.
    pub version: i64,
    /// From when.
    pub at: Time,
    /// By whom.
    pub by: OperatorId,
    /// By doing what.
    pub action: Action,
    /// What it was.
    pub content: Content,
}

fn select() -> SelectStatement {
    let mut select = Query::select();
    select.columns([
        Table::Id,
        Table::Version,
        Table::OwnerId,
        Table::Language,
        Table::Shortcut,
        Table::Title,
        Table::Text,
        Table::Queues,
        Table::Files,
        Table::ChangedAt,
        Table::ChangedBy,
        Table::RemovedAt,
    ]);
    select.from(Table::Table);
    select
}

fn read(row: &Row) -> Result<Record, StoreError> {
    let owner = row.text(Table::OwnerId)?;
    Ok(Record {
        id: row.id(Table::Id)?,
        version: row.number(Table::Version)?,
        owner: (owner != SHARED).then(|| owner.into()),
        content: Content {
            title: row.text(Table::Title)?,
            shortcut: row.text(Table::Shortcut)?,
            language: row.text(Table::Language)?,
            queues: parsed("queues", &row.text(Table::Queues)?)?,
            text: row.text(Table::Text)?,
            files: parsed("files", &row.text(Table::Files)?)?,
        },
        changed_at: row.time(Table::ChangedAt)?,
        changed_by: row.id(Table::ChangedBy)?,
        removed_at: row.time_or_null(Table::RemovedAt)?,
    })
}

fn parsed<T: serde::de::DeserializeOwned>(column: &str, json: &str) -> Result<T, StoreError> {
    serde_json::from_str(json).map_err(|error| StoreError::Column { column: column.to_owned(), source: error.into() })
}

fn json(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).expect("a reply is texts and ids")
}

fn owner_word(owner: Option<&OperatorId>) -> &str {
    owner.map_or(SHARED, OperatorId::as_str)
}

/// The reply of that id, removed ones too.
pub async fn load(session: &mut Session, id: &CannedId) -> Result<Option<Record>, StoreError> {
    let mut select = select();
    select.and_where(Expr::col(Table::Id).eq(id.as_str()));
    session.fetch_one(&select).await?.as_ref().map(read).transpose()
}

/// What an operator may use: all that is shared, and his own; by title.
pub(super) async fn of(session: &mut Session, operator: &OperatorId) -> Result<Vec<Record>, StoreError> {
    let mut select = select();
    select.and_where(Expr::col(Table::RemovedAt).is_null());
    select.and_where(Expr::col(Table::OwnerId).is_in([SHARED, operator.as_str()]));
    select.order_by(Table::Title, Order::Asc).order_by(Table::Id, Order::Asc);
    session.fetch_all(&select).await?.iter().map(read).collect()
}

/// Files that replies name: shared ones, and those of who works here.
pub async fn files(session: &mut Session) -> Result<Vec<DeskFileId>, StoreError> {
    let mut present = Query::select();
    present.column(Operator::Id).from(Operator::Table).and_where(Expr::col(Operator::RemovedAt).is_null());
    let is_used = Expr::col(Table::OwnerId).eq(SHARED).or(Expr::col(Table::OwnerId).in_subquery(present));
    let mut select = Query::select();
    select.column(Table::Files).from(Table::Table).and_where(Expr::col(Table::RemovedAt).is_null());
    select.and_where(Expr::col(Table::Files).ne("[]")).and_where(is_used);
    let mut named = Vec::new();
    for row in session.fetch_all(&select).await? {
        let files: Vec<DeskFile> = parsed("files", &row.text(Table::Files)?)?;
        named.extend(files.into_iter().map(|file| file.id));
    }
    Ok(named)
}

/// How many an owner has.
pub(super) async fn count(session: &mut Session, owner: Option<&OperatorId>) -> Result<i64, StoreError> {
    let mut select = Query::select();
    select.expr(Func::count(Expr::col(Table::Id))).from(Table::Table);
    select.and_where(Expr::col(Table::RemovedAt).is_null()).and_where(Expr::col(Table::OwnerId).eq(owner_word(owner)));
    session.fetch_one(&select).await?.map_or(Ok(0), |row| row.first_number())
}

/// Errors: `Constraint` where another has the shortcut.
pub(super) async fn insert(writing: &mut Writing, record: &Record) -> Result<(), StoreError> {
    let content = &record.content;
    let mut insert = Query::insert();
    insert.into_table(Table::Table).columns([
        Table::Id,
        Table::Version,
        Table::OwnerId,
        Table::Language,
        Table::Shortcut,
        Table::Title,
        Table::Text,
        Table::Queues,
        Table::Files,
        Table::ChangedAt,
        Table::ChangedBy,
    ]);
    insert.values_panic([
        record.id.as_str().into(),
        record.version.into(),
        owner_word(record.owner.as_ref()).into(),
        content.language.as_str().into(),
        content.shortcut.as_str().into(),
        content.title.as_str().into(),
        content.text.as_str().into(),
        json(&content.queues).into(),
        json(&content.files).into(),
        record.changed_at.as_millis().into(),
        record.changed_by.as_str().into(),
    ]);
    writing.execute(&insert).await.map(drop)
}

/// Writes over the version before; returns whether it was there. Errors: `Constraint` where another has the shortcut.
pub(super) async fn update(writing: &mut Writing, record: &Record) -> Result<bool, StoreError> {
    let content = &record.content;
    let mut update = Query::update();
    update.table(Table::Table).values([
        (Table::Version, record.version.into()),
        (Table::Language, content.language.as_str().into()),
        (Table::Shortcut, content.shortcut.as_str().into()),
        (Table::Title, content.title.as_str().into()),
        (Table::Text, content.text.as_str().into()),
        (Table::Queues, json(&content.queues).into()),
        (Table::Files, json(&content.files).into()),
        (Table::ChangedAt, record.changed_at.as_millis().into()),
        (Table::ChangedBy, record.changed_by.as_str().into()),
        (Table::RemovedAt, record.removed_at.map(Time::as_millis).into()),
    ]);
    update.and_where(Expr::col(Table::Id).eq(record.id.as_str()));
    update.and_where(Expr::col(Table::Version).eq(record.version - 1));
    Ok(writing.execute(&update).await? == 1)
}

/// Keeps a version.
pub(super) async fn keep(writing: &mut Writing, record: &Record, action: Action) -> Result<(), StoreError> {
    let mut insert = Query::insert();
    insert.into_table(CannedVersion::Table).columns([
        CannedVersion::CannedId,
        CannedVersion::Version,
        CannedVersion::At,
        CannedVersion::ById,
        CannedVersion::Action,
        CannedVersion::Content,
    ]);
    insert.values_panic([
        record.id.as_str().into(),
        record.version.into(),
        record.changed_at.as_millis().into(),
        record.changed_by.as_str().into(),
        action.as_str().into(),
        json(&record.content).into(),
    ]);
    writing.execute(&insert).await.map(drop)
}

/// What a reply was, newest first, the present version too.
pub(super) async fn versions(session: &mut Session, id: &CannedId) -> Result<Vec<Version>, StoreError> {
    let mut select = Query::select();
    select.columns([
        CannedVersion::Version,
        CannedVersion::At,
        CannedVersion::ById,
        CannedVersion::Action,
        CannedVersion::Content,
    ]);
    select.from(CannedVersion::Table).and_where(Expr::col(CannedVersion::CannedId).eq(id.as_str()));
    select.order_by(CannedVersion::Version, Order::Desc).limit(VERSIONS_MAX);
    let rows = session.fetch_all(&select).await?;
    let version = |row: &Row| {
        Ok(Version {
            version: row.number(CannedVersion::Version)?,
            at: row.time(CannedVersion::At)?,
            by: row.id(CannedVersion::ById)?,
            action: Action::from_word(&row.text(CannedVersion::Action)?)?,
            content: parsed("content", &row.text(CannedVersion::Content)?)?,
        })
    };
    rows.iter().map(version).collect()
}
