//! Proving the audit log: every entry in its place, unchanged, up to the number that the counter says.

use sea_query::{Expr, ExprTrait, Order, Query};

use super::log::{GENESIS, Stored};
use crate::store::tables::Audit;
use crate::store::{Row, Session, StoreError, number};
use crate::tenant_key::TenantKey;

/// Entries read at once.
const BATCH: u64 = 1_000;

/// What is wrong with the log, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AuditFault {
    /// An entry is not there.
    #[error("audit entry {0} is missing")]
    Missing(i64),
    /// An entry is not what was written, or not behind what it was written behind.
    #[error("audit entry {0} was changed or moved")]
    Changed(i64),
    /// Entries at the end are not there.
    #[error("the audit log ends at entry {found} and had {counted}")]
    Cut {
        /// Last entry there.
        found: i64,
        /// Entries that were written.
        counted: i64,
    },
}

/// Checks the whole log. `Ok(Ok(n))`: n entries, all as they were written.
pub async fn verify(session: &mut Session, key: &TenantKey) -> Result<Result<i64, AuditFault>, StoreError> {
    let (mut last, mut previous) = (0, GENESIS.to_owned());
    loop {
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
        select
            .from(Audit::Table)
            .and_where(Expr::col(Audit::Sequence).gt(last))
            .order_by(Audit::Sequence, Order::Asc)
            .limit(BATCH);
        let rows = session.fetch_all(&select).await?;
        if rows.is_empty() {
            break;
        }
        for row in rows {
            let (stored, hash) = read(&row)?;
            if stored.sequence != last + 1 {
                return Ok(Err(AuditFault::Missing(last + 1)));
            }
            if stored.link(key, &previous) != hash {
                return Ok(Err(AuditFault::Changed(stored.sequence)));
            }
            (last, previous) = (stored.sequence, hash);
        }
    }
    let counted = number::last(session, number::AUDIT).await?;
    Ok(if counted == last { Ok(last) } else { Err(AuditFault::Cut { found: last, counted }) })
}

fn read(row: &Row) -> Result<(Stored, String), StoreError> {
    let stored = Stored {
        sequence: row.number(Audit::Sequence)?,
        at: row.number(Audit::At)?,
        actor: row.text(Audit::Actor)?,
        role: row.text(Audit::Role)?,
        action: row.text(Audit::Action)?,
        subject_kind: row.text(Audit::SubjectKind)?,
        subject_id: row.text(Audit::SubjectId)?,
        detail: row.text(Audit::Detail)?,
    };
    Ok((stored, row.text(Audit::Hash)?))
}
