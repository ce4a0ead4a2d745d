//! When records were sealed, as a list asks for it: by time where rows are counted, and by the place in the chain where they are shown in its order, so that no page
//! walks from an end of the archive to its days.

use sea_query::{Cond, Expr, ExprTrait, Order, Query, SelectStatement};

use crate::places::first_since;
use crate::store::tables::Consultation as Table;
use crate::store::{Session, StoreError, number};
use crate::time::Time;

/// By so much a machine's clock may have been set back, and each record of a day is still found.
const SET_BACK_SECONDS: i64 = 86_400;

/// Sealed at or after, and before. Found by an index of times.
pub(super) fn as_times(from: Option<Time>, to: Option<Time>) -> Cond {
    let at = || Expr::col(Table::SealedAt);
    Cond::all().add_option(from.map(|from| at().gte(from.as_millis()))).add_option(to.map(|to| at().lt(to.as_millis())))
}

/// The same, found by places in the chain that no such record is outside of.
pub(super) async fn as_places(session: &mut Session, from: Option<Time>, to: Option<Time>) -> Result<Cond, StoreError> {
    if from.is_none() && to.is_none() {
        return Ok(Cond::all());
    }
    let behind_all = number::last(session, number::ARCHIVE).await?.saturating_add(1);
    // With something added to it no index of times is taken, which has not the list's order.
    let at = || Expr::col(Table::SealedAt).add(0_i64);
    let mut condition = Cond::all();
    if let Some(from) = from {
        let first = first_since(session, from.plus_seconds(-SET_BACK_SECONDS), behind_all, sealed_from).await?;
        condition = condition.add(Expr::col(Table::SealedSequence).gte(first)).add(at().gte(from.as_millis()));
    }
    if let Some(to) = to {
        let end = first_since(session, to.plus_seconds(SET_BACK_SECONDS), behind_all, sealed_from).await?;
        condition = condition.add(Expr::col(Table::SealedSequence).lt(end)).add(at().lt(to.as_millis()));
    }
    Ok(condition)
}

/// When the record at a place was sealed, or the next one of a consultation.
fn sealed_from(sequence: i64) -> SelectStatement {
    let mut select = Query::select();
    select.column(Table::SealedAt).from(Table::Table).and_where(Expr::col(Table::SealedSequence).gte(sequence));
    select.order_by(Table::SealedSequence, Order::Asc).limit(1);
    select
}
