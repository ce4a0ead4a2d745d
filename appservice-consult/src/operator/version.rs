//! What was changed of members of staff in the console: rows that are added and never written over.

use sea_query::{Expr, ExprTrait, Order, Query};

use super::profile::Profile;
use crate::ids::OperatorId;
use crate::store::tables::OperatorVersion as Table;
use crate::store::{Row, Session, StoreError, Writing};
use crate::time::Time;

/// A version of a member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// From 1, without gaps.
    pub version: i64,
    /// When.
    pub at: Time,
    /// By whom.
    pub by: OperatorId,
    /// What stood until then.
    pub before: Profile,
    /// What stands since then.
    pub content: Profile,
    /// The version whose content it has again; 0: that before the first.
    pub restores: Option<i64>,
}

const COLUMNS: [Table; 6] = [Table::Version, Table::At, Table::ById, Table::Before, Table::Content, Table::Restores];

fn read(row: &Row) -> Result<Version, StoreError> {
    let profile = |column: Table, name: &str| {
        let text = row.text(column)?;
        serde_json::from_str(&text).map_err(|_| StoreError::unknown_value("profile", name))
    };
    Ok(Version {
        version: row.number(Table::Version)?,
        at: row.time(Table::At)?,
        by: row.id(Table::ById)?,
        before: profile(Table::Before, "before")?,
        content: profile(Table::Content, "content")?,
        restores: row.number_or_null(Table::Restores)?,
    })
}

/// Versions of a member older than `before`, newest first, at most `limit`.
pub async fn history(
    session: &mut Session,
    id: &OperatorId,
    before: Option<i64>,
    limit: u64,
) -> Result<Vec<Version>, StoreError> {
    let mut select = Query::select();
    select.columns(COLUMNS).from(Table::Table).and_where(Expr::col(Table::OperatorId).eq(id.as_str()));
    if let Some(before) = before {
        select.and_where(Expr::col(Table::Version).lt(before));
    }
    select.order_by(Table::Version, Order::Desc).limit(limit);
    session.fetch_all(&select).await?.iter().map(read).collect()
}

/// What a member was in a version; 0: before the first.
pub(super) async fn profile_of(
    session: &mut Session,
    id: &OperatorId,
    version: i64,
) -> Result<Option<Profile>, StoreError> {
    let mut select = Query::select();
    select.columns(COLUMNS).from(Table::Table).and_where(Expr::col(Table::OperatorId).eq(id.as_str()));
    select.and_where(Expr::col(Table::Version).eq(Ord::max(version, 1)));
    let found = session.fetch_one(&select).await?.as_ref().map(read).transpose()?;
    Ok(found.map(|found| if version == 0 { found.before } else { found.content }))
}

/// Adds a version.
pub(super) async fn insert(writing: &mut Writing, id: &OperatorId, version: &Version) -> Result<(), StoreError> {
    let text = |profile: &Profile| serde_json::to_string(profile).expect("a profile has only string keys");
    let mut insert = Query::insert();
    insert.into_table(Table::Table).columns([
        Table::OperatorId,
        Table::Version,
        Table::At,
        Table::ById,
        Table::Before,
        Table::Content,
        Table::Restores,
    ]);
    insert.values_panic([
        id.as_str().into(),
        version.version.into(),
        version.at.as_millis().into(),
        version.by.as_str().into(),
        text(&version.before).into(),
        text(&version.content).into(),
        version.restores.into(),
    ]);
    writing.execute(&insert).await.map(drop)
}
