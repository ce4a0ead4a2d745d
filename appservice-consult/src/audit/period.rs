//! Where in the log a period is: it is a chain without gaps (`places.rs`), so it needs no index of times.

use sea_query::{Expr, ExprTrait, Order, Query, SelectStatement};

use crate::places::first_since;
use crate::store::tables::Audit;
use crate::store::{Session, StoreError, number};
use crate::time::Time;

/// Numbers of a period's entries: from the first, up to and without the second.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) first: i64,
    pub(super) end: i64,
}

impl Span {
    /// How many entries it has.
    pub(super) fn length(self) -> i64 {
        Ord::max(self.end.saturating_sub(self.first), 0)
    }
}

/// The entries from a time up to and without another; where there is none, from the beginning, or up to the end.
pub(super) async fn span(session: &mut Session, from: Option<Time>, to: Option<Time>) -> Result<Span, StoreError> {
    let behind_all = number::last(session, number::AUDIT).await?.saturating_add(1);
    let first = match from {
        Some(from) => first_since(session, from, behind_all, written_from).await?,
        None => 1,
    };
    let end = match to {
        Some(to) => first_since(session, to, behind_all, written_from).await?,
        None => behind_all,
    };
    Ok(Span { first, end })
}

/// When the entry of that number was written, or of the next one there is.
fn written_from(sequence: i64) -> SelectStatement {
    let mut select = Query::select();
    select.column(Audit::At).from(Audit::Table);
    select.and_where(Expr::col(Audit::Sequence).gte(sequence)).order_by(Audit::Sequence, Order::Asc).limit(1);
    select
}
