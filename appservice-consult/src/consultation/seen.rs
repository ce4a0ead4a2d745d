//! How a list of what one operator sees finds its rows and says how many there are: by him while they are few, else in the list's order; never by counting all
//! that there is.

use sea_query::{Cond, Expr, ExprTrait, Func, Query, SelectStatement};

use super::found::LOOKED_UP_MAX;
use super::record::STAGE_ENDED;
use super::sight::{self, Reader, Walk};
use crate::ids::OperatorId;
use crate::store::tables::{Consultation as Table, Participant};
use crate::store::{Session, StoreError};

/// How a list of one stage, or of all, finds its rows.
pub(super) async fn walk(session: &mut Session, reader: &Reader, stage: Option<i64>) -> Result<Walk, StoreError> {
    let walk = Walk::over(stage);
    if walk == Walk::EachRow || took_part(session, &reader.member.id).await? <= i64::from(LOOKED_UP_MAX) {
        Ok(walk)
    } else {
        Ok(Walk::EachRow)
    }
}

/// How many of a stage, or of all, he sees.
pub(super) async fn total(session: &mut Session, reader: &Reader, stage: Option<i64>) -> Result<i64, StoreError> {
    let member = &reader.member;
    let seen = || sight::condition(reader);
    let open = || Cond::all().add(Expr::col(Table::Stage).lt(STAGE_ENDED));
    match stage {
        Some(STAGE_ENDED) => {
            let open = count(session, open().add(sight::took_part_in(member))).await?;
            Ok(took_part(session, &member.id).await?.saturating_sub(open))
        }
        Some(stage) => count(session, Cond::all().add(Expr::col(Table::Stage).eq(stage)).add(seen())).await,
        None => {
            let others = open().add(seen()).add(sight::took_part_in(member).not());
            Ok(took_part(session, &member.id).await?.saturating_add(count(session, others).await?))
        }
    }
}

async fn count(session: &mut Session, condition: Cond) -> Result<i64, StoreError> {
    let mut select = Query::select();
    select.expr(Func::count(Expr::col(Table::Id))).from(Table::Table).cond_where(condition);
    first(session, &select).await
}

/// Consultations in which he takes or took part: of those in the archive an index knows it.
async fn took_part(session: &mut Session, operator: &OperatorId) -> Result<i64, StoreError> {
    let part = |column: Participant| Expr::col((Participant::Table, column));
    let his = || part(Participant::OperatorId).eq(operator.as_str());
    let mut sealed = Query::select();
    sealed.expr(Func::count_distinct(part(Participant::SealedSequence))).from(Participant::Table).and_where(his());
    // One that was opened again has been counted: it has a record.
    let mut others = Query::select();
    others.expr(Func::count_distinct(part(Participant::ConsultationId))).from(Participant::Table);
    let same = part(Participant::ConsultationId).equals((Table::Table, Table::Id));
    others.inner_join(Table::Table, same).and_where(his()).and_where(part(Participant::SealedSequence).is_null());
    others.and_where(Expr::col((Table::Table, Table::SealedSequence)).is_null());
    Ok(first(session, &sealed).await?.saturating_add(first(session, &others).await?))
}

async fn first(session: &mut Session, select: &SelectStatement) -> Result<i64, StoreError> {
    session.fetch_one(select).await?.map_or(Ok(0), |row| row.first_number())
}
