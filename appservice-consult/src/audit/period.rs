//! Where in the log a time is. Entries are numbered without gaps in the order they were written, so a time is found in a few looks at the numbers, and the log needs
//! no index of times. Where the machine's clock was set back, entries stand in the order they were written all the same.

use sea_query::{Expr, ExprTrait, Order, Query};

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
        Some(from) => first_since(session, from, behind_all).await?,
        None => 1,
    };
    let end = match to {
        Some(to) => first_since(session, to, behind_all).await?,
        None => behind_all,
    };
    Ok(Span { first, end })
}

/// Number of the first entry that was written then or later; `behind_all` where there is none.
async fn first_since(session: &mut Session, at: Time, behind_all: i64) -> Result<i64, StoreError> {
    let (mut low, mut high) = (1, behind_all);
    while low < high {
        let middle = low + (high - low) / 2;
        match written_at(session, middle).await? {
            Some(written) if written < at => low = middle + 1,
            _ => high = middle,
        }
    }
    Ok(low)
}

/// When the entry of that number was written, or of the next one there is.
async fn written_at(session: &mut Session, sequence: i64) -> Result<Option<Time>, StoreError> {
    let mut select = Query::select();
    select.column(Audit::At).from(Audit::Table);
    select.and_where(Expr::col(Audit::Sequence).gte(sequence)).order_by(Audit::Sequence, Order::Asc).limit(1);
    session.fetch_one(&select).await?.map(|row| row.time(Audit::At)).transpose()
}
