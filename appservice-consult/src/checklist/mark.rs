//! What people said is done: who, and when. Taking it back is audited as saying it is.

use sea_query::{Expr, ExprTrait, OnConflict, Query};
use serde_json::json;

use super::item::Item;
use crate::actor::Actor;
use crate::audit;
use crate::change::{self, Kind};
use crate::ids::OperatorId;
use crate::store::tables::ChecklistMark as Table;
use crate::store::{Session, StoreError, Writing};
use crate::tenant::Tenant;
use crate::time::Time;
use crate::words::Word;

/// Who said so, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// When.
    pub at: Time,
    /// Who.
    pub by: OperatorId,
}

/// A failure, or a refusal.
#[derive(Debug, thiserror::Error)]
pub enum MarkError {
    /// The service sees by itself whether it is done.
    #[error("it is seen, and not said")]
    IsSeen,
    /// The store failed.
    #[error("the store failed")]
    Store(#[from] StoreError),
}

/// All that was said.
pub async fn marks(session: &mut Session) -> Result<Vec<(Item, Mark)>, StoreError> {
    let mut select = Query::select();
    select.columns([Table::Item, Table::At, Table::ById]).from(Table::Table);
    let mut marks = Vec::new();
    for row in session.fetch_all(&select).await? {
        // One of another version of this program is nobody's here.
        if let Ok(item) = Item::from_word(&row.text(Table::Item)?) {
            marks.push((item, Mark { at: row.time(Table::At)?, by: row.id(Table::ById)? }));
        }
    }
    Ok(marks)
}

/// Says that an item is done. Who said so first stays.
///
/// Errors: `IsSeen`, `Store`.
pub async fn mark(tenant: &Tenant, item: Item, by: &OperatorId, actor: &Actor) -> Result<(), MarkError> {
    must_be_said(tenant, item)?;
    let now = tenant.context.now();
    let mut insert = Query::insert();
    insert.into_table(Table::Table).columns([Table::Item, Table::At, Table::ById]);
    insert.values_panic([item.word().into(), now.as_millis().into(), by.as_str().into()]);
    insert.on_conflict(OnConflict::column(Table::Item).do_nothing().to_owned());
    let mut writing = tenant.store.write().await?;
    if writing.execute(&insert).await? == 0 {
        return Ok(());
    }
    note(&mut writing, tenant, actor, "checklist.marked", item).await?;
    Ok(writing.commit().await?)
}

/// Takes it back; what was not said stays so.
///
/// Errors: `IsSeen`, `Store`.
pub async fn unmark(tenant: &Tenant, item: Item, actor: &Actor) -> Result<(), MarkError> {
    must_be_said(tenant, item)?;
    let mut delete = Query::delete();
    delete.from_table(Table::Table).and_where(Expr::col(Table::Item).eq(item.word()));
    let mut writing = tenant.store.write().await?;
    if writing.execute(&delete).await? == 0 {
        return Ok(());
    }
    note(&mut writing, tenant, actor, "checklist.unmarked", item).await?;
    Ok(writing.commit().await?)
}

fn must_be_said(tenant: &Tenant, item: Item) -> Result<(), MarkError> {
    if item.is_said(tenant.brand().names_law()) { Ok(()) } else { Err(MarkError::IsSeen) }
}

async fn note(
    writing: &mut Writing,
    tenant: &Tenant,
    actor: &Actor,
    action: &str,
    item: Item,
) -> Result<(), StoreError> {
    let now = tenant.context.now();
    let subject = audit::Subject { kind: "checklist", id: item.word() };
    audit::append(writing, &tenant.key, audit::Entry { at: now, actor, action, subject, detail: json!({}) }).await?;
    change::append(writing, now, Kind::Setup, "checklist", None).await
}
