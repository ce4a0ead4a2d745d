//! Reading the log in pages, newest first.

use sea_query::{Cond, Expr, ExprTrait, Order, Query, SelectStatement};

use super::period::{Span, span};
use crate::api::types::{AuditActor, AuditEntry, AuditQuery, AuditRole, AuditSubject, Page};
use crate::page::{self, BadCursor, Total};
use crate::store::tables::Audit;
use crate::store::{Row, Session, StoreError};
use crate::words::Word;

const LIST: &str = "audit";

/// One page of the log. `name_of` gives the name that goes with a user id today.
pub async fn list(
    session: &mut Session,
    query: &AuditQuery,
    name_of: impl Fn(&str) -> String,
) -> Result<Result<Page<AuditEntry>, BadCursor>, StoreError> {
    let before = match page::read_cursor::<i64>(LIST, query.cursor.as_deref()) {
        Ok(before) => before,
        Err(bad) => return Ok(Err(bad)),
    };
    let limit = page::limit(query.limit);
    let span = span(session, query.from, query.to).await?;
    let total = total(session, query, span).await?;
    let rows = session.fetch_all(&select(query, (before, span), limit)).await?;
    let mut items = rows.iter().map(|row| entry(row, &name_of)).collect::<Result<Vec<_>, _>>()?;
    let more = items.len() > limit;
    items.truncate(limit);
    let next_cursor = items.last().filter(|_| more).map(|last| page::cursor(LIST, &last.sequence));
    Ok(Ok(Page::new(items, next_cursor, total)))
}

/// By a period alone the numbers say it; with other filters an index is counted.
async fn total(session: &mut Session, query: &AuditQuery, span: Span) -> Result<Total, StoreError> {
    if query.actor.is_none() && query.action.is_none() && query.subject.is_none() {
        return Ok(Total::exactly(span.length()));
    }
    let mut entries = Query::select();
    entries.from(Audit::Table).cond_where(matching(query, span));
    page::count(session, entries).await
}

fn matching(query: &AuditQuery, span: Span) -> Cond {
    // A bound that takes nothing away only makes the statement another one.
    let is_period = query.from.is_some() || query.to.is_some();
    Cond::all()
        .add_option(is_period.then(|| Expr::col(Audit::Sequence).gte(span.first)))
        .add_option(is_period.then(|| Expr::col(Audit::Sequence).lt(span.end)))
        .add_option(query.actor.as_deref().map(|actor| Expr::col(Audit::Actor).eq(actor)))
        .add_option(query.action.as_deref().map(|action| Expr::col(Audit::Action).eq(action)))
        .add_option(query.subject.as_deref().map(|subject| Expr::col(Audit::SubjectId).eq(subject)))
}

fn select(query: &AuditQuery, (before, span): (Option<i64>, Span), limit: usize) -> SelectStatement {
    let mut select = Query::select();
    select.columns([
        Audit::Sequence,
        Audit::At,
        Audit::Actor,
        Audit::Role,
        Audit::Action,
        Audit::SubjectKind,
        Audit::SubjectId,
        Audit::Detail,
        Audit::Hash,
    ]);
    select.from(Audit::Table).cond_where(matching(query, span));
    if let Some(before) = before {
        select.and_where(Expr::col(Audit::Sequence).lt(before));
    }
    select.order_by(Audit::Sequence, Order::Desc).limit(limit as u64 + 1);
    select
}

fn entry(row: &Row, name_of: impl Fn(&str) -> String) -> Result<AuditEntry, StoreError> {
    let user_id = row.text(Audit::Actor)?;
    let detail = row.text(Audit::Detail)?;
    Ok(AuditEntry {
        sequence: row.number(Audit::Sequence)?,
        at: row.time(Audit::At)?,
        actor: AuditActor { name: name_of(&user_id), user_id, role: AuditRole::from_word(&row.text(Audit::Role)?)? },
        action: row.text(Audit::Action)?,
        subject: AuditSubject { kind: row.text(Audit::SubjectKind)?, id: row.text(Audit::SubjectId)? },
        detail: serde_json::from_str(&detail).unwrap_or(serde_json::Value::Null),
        hash: row.text(Audit::Hash)?,
    })
}
