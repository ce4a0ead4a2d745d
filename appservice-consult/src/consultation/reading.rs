//! That a member of staff has read what a patient answered, or has carried rows of a list away: an audit entry, as of a record in the archive.
//!
//! A console asks for what it shows again and again, so one entry stands for a while; answers that were changed meanwhile are read anew.

use sea_query::{Expr, ExprTrait, Query};
use serde_json::json;

use super::record::Record;
use crate::actor::Actor;
use crate::audit;
use crate::store::tables::Audit;
use crate::store::{Session, StoreError};
use crate::tenant::Tenant;
use crate::time::Time;

const ACTION: &str = "consultation.answers_read";
/// How long one entry stands for whoever keeps a consultation before him. Unit: seconds.
const STANDS_SECONDS: i64 = 3_600;

/// Records that answers given at `answered_at` are read. To be called before they are given out.
pub async fn remember(tenant: &Tenant, record: &Record, answered_at: Time, actor: &Actor) -> Result<(), StoreError> {
    let now = tenant.context.now();
    let since = answered_at.max(now.plus_seconds(-STANDS_SECONDS));
    let mut reading = tenant.store.read().await?;
    let is_known = was_read(&mut reading, record, since, actor).await?;
    drop(reading);
    if is_known {
        return Ok(());
    }
    let mut writing = tenant.store.write().await?;
    if was_read(&mut writing, record, since, actor).await? {
        // The same console, a moment ago.
        return Ok(());
    }
    let entry = audit::Entry {
        // Answers may be said to be of a moment to come, so that no two are of one.
        at: now.max(answered_at),
        actor,
        action: ACTION,
        subject: audit::Subject { kind: "consultation", id: record.id.as_str() },
        detail: json!({ "patient": record.patient }),
    };
    audit::append(&mut writing, &tenant.key, entry).await?;
    writing.commit().await
}

/// Records that rows are carried away as a table. To be called before they are given out.
pub async fn remember_export(tenant: &Tenant, records: &[Record], actor: &Actor) -> Result<(), StoreError> {
    let at = tenant.context.now();
    let mut writing = tenant.store.write().await?;
    for record in records {
        let subject = audit::Subject { kind: "consultation", id: record.id.as_str() };
        let detail = json!({ "patient": record.patient });
        let entry = audit::Entry { at, actor, action: "consultation.row_exported", subject, detail };
        audit::append(&mut writing, &tenant.key, entry).await?;
    }
    writing.commit().await
}

async fn was_read(session: &mut Session, record: &Record, since: Time, actor: &Actor) -> Result<bool, StoreError> {
    let mut select = Query::select();
    select.column(Audit::Sequence).from(Audit::Table).limit(1);
    select.and_where(Expr::col(Audit::SubjectId).eq(record.id.as_str()));
    select.and_where(Expr::col(Audit::Action).eq(ACTION)).and_where(Expr::col(Audit::Actor).eq(actor.user_id()));
    select.and_where(Expr::col(Audit::At).gte(since.as_millis()));
    Ok(session.fetch_one(&select).await?.is_some())
}
