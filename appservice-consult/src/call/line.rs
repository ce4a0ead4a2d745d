//! Whether the desk talks with a patient now: what must not be torn apart, and what is no silence.

use sea_query::{Expr, ExprTrait, Order, Query};

use super::state::Side;
use crate::api::types::CallState;
use crate::ids::{CallId, ConsultationId};
use crate::store::tables::{Call as Table, CallSpan};
use crate::store::{Session, StoreError};
use crate::time::Time;
use crate::words::Word;

/// The last call of a consultation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LastCall {
    /// Whether somebody of the desk is in its media room. The media server says so, or the look at its rooms.
    pub has_staff: bool,
    /// When it ended; none: it is on, or rings.
    pub ended_at: Option<Time>,
}

/// The last call of a consultation; `None`: there was none.
pub async fn last_call(session: &mut Session, consultation: &ConsultationId) -> Result<Option<LastCall>, StoreError> {
    let mut select = Query::select();
    select.columns([Table::Id, Table::State, Table::EndedAt]).from(Table::Table);
    select.and_where(Expr::col(Table::ConsultationId).eq(consultation.as_str()));
    select.order_by(Table::StartedAt, Order::Desc).order_by(Table::Id, Order::Desc).limit(1);
    let Some(row) = session.fetch_one(&select).await? else { return Ok(None) };
    let is_on = CallState::from_word(&row.text(Table::State)?)? != CallState::Ended;
    let has_staff = is_on && is_staff_in(session, &row.id(Table::Id)?).await?;
    Ok(Some(LastCall { has_staff, ended_at: row.time_or_null(Table::EndedAt)? }))
}

async fn is_staff_in(session: &mut Session, call: &CallId) -> Result<bool, StoreError> {
    let mut select = Query::select();
    select.column(CallSpan::Sid).from(CallSpan::Table).and_where(Expr::col(CallSpan::CallId).eq(call.as_str()));
    select.and_where(Expr::col(CallSpan::Side).eq(Side::Staff.word()));
    select.and_where(Expr::col(CallSpan::LeftAt).is_null()).limit(1);
    Ok(session.fetch_one(&select).await?.is_some())
}
