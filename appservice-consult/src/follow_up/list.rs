//! Lists of follow-ups: what comes first on top; of those that are over the latest. Each order follows an index and pages by key.

use sea_query::{Cond, Expr, ExprTrait, Order, Query};

use super::record::{self, Record, STAGE_OPEN};
use super::state::Phase;
use crate::api::types::{FollowUpView, OperatorRole};
use crate::ids::{ConsultationId, OperatorId, PatientId, QueueId};
use crate::operator::Member;
use crate::page::{self, BadCursor, Keyed, Listed, Slice};
use crate::store::tables::FollowUp as Table;
use crate::store::{Session, StoreError};
use crate::tenant::Tenant;

/// Which follow-ups.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Whose time has come, or has not.
    pub due: Option<bool>,
    /// Only this patient's.
    pub patient: Option<PatientId>,
    /// Only this consultation's.
    pub consultation: Option<ConsultationId>,
    /// Only this operator's own.
    pub operator: Option<OperatorId>,
    /// Only of this queue.
    pub queue: Option<QueueId>,
}

/// A list could not be given.
#[derive(Debug, thiserror::Error)]
pub enum ListError {
    /// The cursor is of another list.
    #[error(transparent)]
    Cursor(#[from] BadCursor),
    /// The store failed.
    #[error("the store failed")]
    Store(#[from] StoreError),
}

/// One page of those that a member of staff may see.
pub async fn list(
    tenant: &Tenant,
    session: &mut Session,
    (member, filter): (&Member, &Filter),
    slice: Slice<'_, FollowUpView>,
) -> Result<Listed<Record>, ListError> {
    let condition = condition(member, filter, slice.sort);
    let mut matching = Query::select();
    matching.from(Table::Table).cond_where(condition.clone());
    let total = page::count(session, matching).await?;
    let order = match slice.sort {
        FollowUpView::Mine | FollowUpView::Open => BY_DUE,
        FollowUpView::Ended => BY_END,
    };
    let mut select = record::select();
    select.cond_where(condition);
    order.narrow(&mut select, slice.limit, slice.cursor)?;
    let records = record::load_selected(session, &tenant.key, &select).await?;
    Ok(order.page(records, slice.limit, total))
}

const BY_DUE: Keyed<Record, Table> = Keyed {
    list: "follow-ups-due",
    columns: &[Table::DueAt],
    id: Table::Id,
    order: Order::Asc,
    key_of: |record| (vec![record.state.due_at.as_millis()], record.id.as_str()),
};

const BY_END: Keyed<Record, Table> = Keyed {
    list: "follow-ups-ended",
    columns: &[Table::EndedAt],
    id: Table::Id,
    order: Order::Desc,
    key_of: |record| {
        let at = match record.state.phase {
            Phase::Ended { at, .. } => at.as_millis(),
            Phase::Ahead | Phase::Due { .. } => 0,
        };
        (vec![at], record.id.as_str())
    },
};

fn condition(member: &Member, filter: &Filter, view: FollowUpView) -> Cond {
    let open = Expr::col(Table::Stage).eq(STAGE_OPEN);
    let ended = || Expr::col(Table::EndedAt).is_not_null();
    let since = |is_due: bool| {
        let column = Expr::col(Table::DueSince);
        if is_due { column.is_not_null() } else { column.is_null() }
    };
    Cond::all()
        .add(if view == FollowUpView::Ended { ended() } else { open })
        .add_option((view == FollowUpView::Mine).then(|| mine(member)))
        .add_option((member.role == OperatorRole::Operator).then(|| visible(member)))
        .add_option(filter.due.map(since))
        .add_option(filter.patient.as_ref().map(|id| Expr::col(Table::PatientId).eq(id.as_str())))
        .add_option(filter.consultation.as_ref().map(|id| Expr::col(Table::ConsultationId).eq(id.as_str())))
        .add_option(filter.operator.as_ref().map(|id| Expr::col(Table::OperatorId).eq(id.as_str())))
        .add_option(filter.queue.as_ref().map(|id| Expr::col(Table::QueueId).eq(id.as_str())))
}

fn in_his_queues(member: &Member) -> Expr {
    Expr::col(Table::QueueId).is_in(member.queues.iter().map(QueueId::as_str))
}

/// His own, and what is nobody's own in a queue that he serves.
fn mine(member: &Member) -> Expr {
    let own = Expr::col(Table::OperatorId).eq(member.id.as_str());
    own.or(Expr::col(Table::OperatorId).is_null().and(in_his_queues(member)))
}

/// As `access.rs` has it of one.
fn visible(member: &Member) -> Expr {
    let own = Expr::col(Table::OperatorId).eq(member.id.as_str());
    own.or(Expr::col(Table::CreatedBy).eq(member.id.as_str())).or(in_his_queues(member))
}
