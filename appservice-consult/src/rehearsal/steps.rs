//! How far a rehearsal came, read from what truly happened; and whether one came to its end.

use sea_query::{Expr, ExprTrait, Query};

use super::store::{self, Record};
use crate::consultation::{self, Phase, record};
use crate::demo;
use crate::ids::{OperatorId, UserId};
use crate::store::tables::Consultation as Table;
use crate::store::{Session, StoreError};
use crate::time::Time;

/// Rehearsals looked at for one that passed: the others are attempts of the first days.
const LOOKED_AT_MAX: u64 = 50;

/// How far it came.
#[derive(Debug, Clone, Default)]
pub struct Steps {
    /// What the patient asked for in it; the newest, where he asked again.
    pub consultation: Option<consultation::Record>,
}

impl Steps {
    /// When it was asked for: from then on it stands in its queue.
    pub fn asked_at(&self) -> Option<Time> {
        self.consultation.as_ref().map(|record| record.state.requested_at)
    }

    /// Whether what the patient wrote has come, and the service could read it.
    pub fn is_heard(&self) -> bool {
        self.consultation.as_ref().is_some_and(|record| record.facts.message_count > 0)
    }

    /// When somebody took it.
    pub fn taken_at(&self) -> Option<Time> {
        self.consultation.as_ref().and_then(|record| record.state.first_taken_at)
    }

    /// When it was answered.
    pub fn answered_at(&self) -> Option<Time> {
        self.consultation.as_ref().and_then(|record| record.state.first_answer_at)
    }

    /// When it was closed, rather than withdrawn or given up.
    pub fn closed_at(&self) -> Option<Time> {
        let closed = self.consultation.as_ref().filter(|record| record.state.phase == Phase::Archived);
        closed.and_then(|record| record.state.ended_at)
    }

    /// Whether it came to its end.
    pub fn has_passed(&self) -> bool {
        self.answered_at().is_some() && self.closed_at().is_some()
    }
}

/// How far a rehearsal came.
pub async fn steps(session: &mut Session, rehearsal: &Record) -> Result<Steps, StoreError> {
    let Some((patient, _)) = &rehearsal.joined else { return Ok(Steps::default()) };
    let all = record::load_of_patient(session, patient).await?;
    let during = all.into_iter().filter(|record| {
        let asked = record.state.requested_at;
        asked >= rehearsal.begun_at && rehearsal.ended_at.is_none_or(|ended| asked <= ended)
    });
    Ok(Steps { consultation: during.max_by_key(|record| record.state.requested_at) })
}

/// Whether a rehearsal was played to its end.
pub async fn has_passed(session: &mut Session) -> Result<bool, StoreError> {
    for rehearsal in store::joined(session, LOOKED_AT_MAX).await? {
        if steps(session, &rehearsal).await?.has_passed() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether a supervisor is met by it: he is none of a demonstration's, nobody has played one to its end, he has not skipped it, and no real patient was ever
/// answered here.
pub async fn is_offered(session: &mut Session, operator: &OperatorId, user: &UserId) -> Result<bool, StoreError> {
    let is_invented = demo::is_account(session, user).await?;
    if is_invented || store::has_skipped(session, operator).await? || has_passed(session).await? {
        return Ok(false);
    }
    let mut select = Query::select();
    select.column(Table::Id).from(Table::Table).and_where(Expr::col(Table::FirstAnswerAt).is_not_null());
    select.and_where(Expr::col(Table::PatientId).not_in_subquery(demo::patients())).limit(1);
    Ok(session.fetch_one(&select).await?.is_none())
}
