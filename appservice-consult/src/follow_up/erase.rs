//! The end of follow-ups with a patient's account, or with the record of a consultation.

use sea_query::{Expr, ExprTrait, Query};

use super::record::{self, Record, STAGE_OPEN};
use super::service::write;
use super::state::Ending;
use crate::actor::Actor;
use crate::ids::{ConsultationId, PatientId};
use crate::store::tables::FollowUp as Table;
use crate::store::{StoreError, Writing};
use crate::tenant::Tenant;

/// Cancels what is open for a patient whose account is being deleted: nobody is to come back to him.
pub async fn cancel_patient(writing: &mut Writing, tenant: &Tenant, patient: &PatientId) -> Result<(), StoreError> {
    let mut select = record::select();
    select.and_where(Expr::col(Table::PatientId).eq(patient.as_str()));
    select.and_where(Expr::col(Table::Stage).eq(STAGE_OPEN));
    for record in record::load_selected(writing, &tenant.key, &select).await? {
        // It is open: it was asked for so.
        let Ok(state) = record.state.ended(Ending::Cancelled, tenant.context.now()) else { continue };
        let over = Record { version: record.version + 1, state, ..record };
        write(writing, tenant, &over, (&Actor::System, "follow_up.cancelled")).await?;
    }
    Ok(())
}

/// Erases all follow-ups on a patient, as a part of his erasure; returns how many there were.
pub async fn erase_patient(writing: &mut Writing, patient: &PatientId) -> Result<u64, StoreError> {
    erase(writing, Expr::col(Table::PatientId).eq(patient.as_str())).await
}

/// Erases the follow-ups on a consultation, as a part of its erasure; returns how many there were.
pub async fn erase_consultation(writing: &mut Writing, consultation: &ConsultationId) -> Result<u64, StoreError> {
    erase(writing, Expr::col(Table::ConsultationId).eq(consultation.as_str())).await
}

async fn erase(writing: &mut Writing, which: Expr) -> Result<u64, StoreError> {
    let mut delete = Query::delete();
    delete.from_table(Table::Table).and_where(which);
    writing.execute(&delete).await
}
