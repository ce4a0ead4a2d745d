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

/// A log that is as it was written, up to an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Whole {
    /// Its last entry that was looked at.
    pub entries: i64,
    /// That entry's hash: who keeps it elsewhere can prove the log up to there.
    pub head: String,
}

/// A check under way. Entries are only ever appended, so each step may have a snapshot of its own.
pub(super) struct Check {
    last: i64,
    previous: String,
}

impl Check {
    /// Before the first entry.
    pub(super) fn begin() -> Self {
        Self { last: 0, previous: GENESIS.to_owned() }
    }

    /// What is proved so far.
    pub(super) fn so_far(&self) -> Whole {
        Whole { entries: self.last, head: self.previous.clone() }
    }

    /// Looks at the next entries, at most [`BATCH`]. `Ok(Ok(false))`: there are no more, and none is missing at the end.
    pub(super) async fn go_on(
        &mut self,
        session: &mut Session,
        key: &TenantKey,
    ) -> Result<Result<bool, AuditFault>, StoreError> {
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
            .and_where(Expr::col(Audit::Sequence).gt(self.last))
            .order_by(Audit::Sequence, Order::Asc)
            .limit(BATCH);
        let rows = session.fetch_all(&select).await?;
        if rows.is_empty() {
            let counted = number::last(session, number::AUDIT).await?;
            let cut = AuditFault::Cut { found: self.last, counted };
            return Ok(if counted == self.last { Ok(false) } else { Err(cut) });
        }
        for row in rows {
            let (stored, hash) = read(&row)?;
            if stored.sequence != self.last + 1 {
                return Ok(Err(AuditFault::Missing(self.last + 1)));
            }
            if stored.link(key, &self.previous) != hash {
                return Ok(Err(AuditFault::Changed(stored.sequence)));
            }
            (self.last, self.previous) = (stored.sequence, hash);
        }
        Ok(Ok(true))
    }
}

/// Checks the whole log. `Ok(Ok(n))`: n entries, all as they were written.
pub async fn verify(session: &mut Session, key: &TenantKey) -> Result<Result<i64, AuditFault>, StoreError> {
    let mut check = Check::begin();
    loop {
        match check.go_on(session, key).await? {
            Ok(true) => {}
            Ok(false) => return Ok(Ok(check.so_far().entries)),
            Err(fault) => return Ok(Err(fault)),
        }
    }
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
