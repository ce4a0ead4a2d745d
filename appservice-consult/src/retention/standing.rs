//! The records of a class as they stand: how many, how many of them held, when the first and the last goes. A change of the class changes nothing of it.

use sea_query::{Cond, Expr, ExprTrait, Func, Query};

use super::hold;
use crate::store::tables::Consultation as Table;
use crate::store::{Session, StoreError};
use crate::time::Time;

/// The records of a class.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// How many there are.
    pub records: i64,
    /// How many of them are held.
    pub held: i64,
    /// When the first of them goes, as far as nothing holds it.
    pub first_at: Option<Time>,
    /// When the last of them goes.
    pub last_at: Option<Time>,
}

/// The records of a class as they stand.
pub async fn standing(session: &mut Session, class: &str) -> Result<Standing, StoreError> {
    let of_class = || {
        Cond::all()
            .add(Expr::col(Table::RetentionClass).eq(class))
            .add(Expr::col(Table::EraseDueAt).is_not_null())
            .add(Expr::col(Table::ErasedAt).is_null())
    };
    let count = Func::count(Expr::col(Table::Id));
    let (first, last) = (Func::min(Expr::col(Table::EraseDueAt)), Func::max(Expr::col(Table::EraseDueAt)));
    Ok(Standing {
        records: number(session, count.clone().into(), of_class()).await?.unwrap_or(0),
        held: number(session, count.into(), of_class().add(hold::holds_it())).await?.unwrap_or(0),
        first_at: number(session, first.into(), of_class()).await?.map(Time::from_millis),
        last_at: number(session, last.into(), of_class()).await?.map(Time::from_millis),
    })
}

/// Records that were sealed without a class, and are kept for ever until there is one.
pub async fn unclassified(session: &mut Session) -> Result<i64, StoreError> {
    let without = Cond::all()
        .add(Expr::col(Table::SealedSequence).is_not_null())
        .add(Expr::col(Table::RetentionClass).is_null())
        .add(Expr::col(Table::ErasedAt).is_null());
    Ok(number(session, Func::count(Expr::col(Table::Id)).into(), without).await?.unwrap_or(0))
}

async fn number(session: &mut Session, what: Expr, which: Cond) -> Result<Option<i64>, StoreError> {
    let mut select = Query::select();
    select.expr(what).from(Table::Table).cond_where(which);
    session.fetch_one(&select).await?.map_or(Ok(None), |row| row.first_number_or_null())
}
