//! What would become of what an operator leads, if he went now.

use consilium_config::brand::OnLeave;
use sea_query::{Expr, ExprTrait, Order};

use super::rule;
use crate::api::types::LeavingChoice;
use crate::call;
use crate::consultation::{Record, record, team};
use crate::ids::{ConsultationId, OperatorId};
use crate::routing;
use crate::store::tables::Consultation as Table;
use crate::store::{Session, StoreError};
use crate::tenant::Tenant;

/// A consultation that he leads.
#[derive(Debug, Clone)]
pub struct Planned {
    /// Which.
    pub record: Record,
    /// What its queue says.
    pub rule: OnLeave,
    /// Who would take it: of those who may and have room the one with most.
    pub colleague: Option<OperatorId>,
    /// Whether somebody of the desk is in a call with its patient: until it is over nothing becomes of it.
    pub in_call: bool,
}

impl Planned {
    /// What he can choose; the first is what happens unless he says otherwise. Never empty.
    pub fn choices(&self) -> Vec<LeavingChoice> {
        let mut choices = rule::choices(self.rule, self.colleague.as_ref());
        if self.in_call {
            choices.truncate(1);
        }
        choices
    }
}

/// All that an operator leads, oldest request first.
pub async fn plan(session: &mut Session, tenant: &Tenant, operator: &OperatorId) -> Result<Vec<Planned>, StoreError> {
    let mut records = in_hand(session, operator).await?;
    records.retain(|record| record.state.phase.team().is_some_and(|team| team.lead == *operator));
    planned(session, tenant, operator, records).await
}

/// The same of some consultations that he leads.
pub(super) async fn planned(
    session: &mut Session,
    tenant: &Tenant,
    operator: &OperatorId,
    records: Vec<Record>,
) -> Result<Vec<Planned>, StoreError> {
    if records.is_empty() {
        return Ok(Vec::new());
    }
    let mut colleagues = routing::colleagues(session, tenant, operator, &records).await?;
    let brand = tenant.brand();
    let mut planned = Vec::new();
    for record in records {
        planned.push(Planned {
            rule: brand.queue(record.state.queue.as_str()).map(|queue| queue.on_leave).unwrap_or_default(),
            colleague: colleagues.remove(&record.id),
            in_call: call::last_call(session, &record.id).await?.is_some_and(|call| call.has_staff),
            record,
        });
    }
    Ok(planned)
}

/// What he takes part in, oldest request first.
async fn in_hand(session: &mut Session, operator: &OperatorId) -> Result<Vec<Record>, StoreError> {
    let ids = team::consultations_with(session, operator).await?;
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut select = record::select();
    select.and_where(Expr::col(Table::Id).is_in(ids.iter().map(ConsultationId::as_str)));
    select.order_by(Table::RequestedAt, Order::Asc).order_by(Table::Id, Order::Asc);
    record::load_selected(session, &select).await
}
