//! Looking at all that there is of a patient: what stands in the way of the end of his account, what goes with it, what stays.

use sea_query::{Expr, ExprTrait, Func, Query};

use crate::api::types::CallState;
use crate::callback;
use crate::consultation::{Phase, Record, record};
use crate::demo;
use crate::ids::{CallbackId, ConsultationId, PatientId};
use crate::patient::PatientRecord;
use crate::retention::{self, Fate};
use crate::store::tables::{Call, Consultation as Table, Message};
use crate::store::{Session, StoreError};
use crate::tenant::Tenant;
use crate::words::Word;

/// What has to be ended first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Obstacle {
    /// A consultation is open.
    Consultation(ConsultationId, crate::api::types::Phase),
    /// A call is on.
    Call,
    /// A call-back is ordered.
    Callback(CallbackId),
    /// What was said last is on its way into the archive.
    Sealing,
    /// The account is a member of staff's.
    Staff,
}

/// What there is of a patient.
#[derive(Debug)]
pub struct Survey {
    /// What has to be ended first; none: it can begin.
    pub obstacle: Option<Obstacle>,
    /// His consultations whose content is there, oldest first, with what becomes of each.
    pub records: Vec<(Record, Fate)>,
}

impl Survey {
    /// How many consultations lose their content.
    pub fn goes(&self) -> usize {
        self.records.iter().filter(|(_, fate)| *fate == Fate::Goes).count()
    }
}

/// Looks at what there is of a patient now.
pub async fn survey(session: &mut Session, tenant: &Tenant, patient: &PatientRecord) -> Result<Survey, StoreError> {
    let all = record::load_of_patient(session, &patient.id).await?;
    let held = retention::held_of(session, tenant, &all).await?;
    let obstacle = obstacle(session, tenant, patient, &all).await?;
    let brand = tenant.brand();
    let is_demo = demo::is_patient(session, &patient.id).await?;
    let there = all.into_iter().filter(|record| record.erased_at.is_none());
    let records = there.map(|record| {
        // No class keeps what was invented.
        let terms = record.terms.as_ref().filter(|_| !is_demo);
        let fate = retention::fate(&brand, terms, held.contains_key(&record.id));
        (record, fate)
    });
    Ok(Survey { obstacle, records: records.collect() })
}

async fn obstacle(
    session: &mut Session,
    tenant: &Tenant,
    patient: &PatientRecord,
    all: &[Record],
) -> Result<Option<Obstacle>, StoreError> {
    if tenant.staff.by_user(&patient.user_id).is_some() {
        return Ok(Some(Obstacle::Staff));
    }
    if let Some(open) = all.iter().find(|record| record.state.phase.is_open()) {
        return Ok(Some(Obstacle::Consultation(open.id.clone(), open.state.phase.name())));
    }
    if is_in_call(session, &patient.id).await? {
        return Ok(Some(Obstacle::Call));
    }
    if let Some(id) = callback::open_of_patient(session, &patient.id).await? {
        return Ok(Some(Obstacle::Callback(id)));
    }
    let waits = all.iter().any(|record| record.state.phase == Phase::Archived && record.sealed.is_none());
    Ok((waits || has_unsealed(session, &patient.id).await?).then_some(Obstacle::Sealing))
}

async fn is_in_call(session: &mut Session, patient: &PatientId) -> Result<bool, StoreError> {
    let mut count = Query::select();
    count.expr(Func::count(Expr::col(Call::Id))).from(Call::Table);
    count.and_where(Expr::col(Call::PatientId).eq(patient.as_str()));
    count.and_where(Expr::col(Call::State).ne(CallState::Ended.word()));
    Ok(session.fetch_one(&count).await?.map_or(Ok(0), |row| row.first_number())? > 0)
}

/// Whether something that was said waits to be sealed.
pub(super) async fn has_unsealed(session: &mut Session, patient: &PatientId) -> Result<bool, StoreError> {
    let mut theirs = Query::select();
    theirs.column(Table::Id).from(Table::Table).and_where(Expr::col(Table::PatientId).eq(patient.as_str()));
    let mut count = Query::select();
    count.expr(Func::count(Expr::col(Message::EventId))).from(Message::Table);
    count.and_where(Expr::col(Message::ConsultationId).in_subquery(theirs));
    Ok(session.fetch_one(&count).await?.map_or(Ok(0), |row| row.first_number())? > 0)
}
