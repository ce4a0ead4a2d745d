//! What the lists of consoles show of a card: telling them that it is something else, and what it is now.

use sea_query::{Expr, ExprTrait, Query};

use super::service::load_in_order;
use super::store::PatientRecord;
use crate::change::{self, Kind};
use crate::consultation::record::STAGE_ENDED;
use crate::ids::PatientId;
use crate::store::tables::Consultation;
use crate::store::{Session, StoreError, Writing};
use crate::tenant::Tenant;
use crate::time::Time;

/// Notes that the row of an account's card changed: its own, and that of the card it is on.
pub async fn note_row(writing: &mut Writing, tenant: &Tenant, account: &PatientId, at: Time) -> Result<(), StoreError> {
    let leading = tenant.patients.leading_of(account);
    change::append(writing, at, Kind::Patient, account.as_str(), None).await?;
    if leading != *account {
        change::append(writing, at, Kind::Patient, leading.as_str(), None).await?;
    }
    Ok(())
}

/// Notes that open consultations of these accounts are shown under another name, age or sex.
pub(super) async fn note_open(writing: &mut Writing, accounts: &[PatientId], at: Time) -> Result<(), StoreError> {
    let mut open = Query::select();
    open.column(Consultation::Id).from(Consultation::Table);
    open.and_where(Expr::col(Consultation::PatientId).is_in(accounts.iter().map(PatientId::as_str)));
    open.and_where(Expr::col(Consultation::Stage).lt(STAGE_ENDED));
    for row in writing.fetch_all(&open).await? {
        change::append(writing, at, Kind::Consultation, &row.text(Consultation::Id)?, None).await?;
    }
    Ok(())
}

/// The card of that id as lists have it, and what else it is found by; `None`: it is in no list, for it is shown on another card or its account is deleted.
pub async fn listed(
    session: &mut Session,
    tenant: &Tenant,
    id: &PatientId,
) -> Result<Option<(PatientRecord, Vec<String>)>, StoreError> {
    if tenant.patients.leading_of(id) != *id {
        return Ok(None);
    }
    let record = load_in_order(tenant, session, std::slice::from_ref(id)).await?.pop();
    let standing = record.filter(|record| record.deleted_at.is_none());
    Ok(standing.map(|record| (record, tenant.patients.also(id))))
}
