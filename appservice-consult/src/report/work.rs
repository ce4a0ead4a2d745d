//! The work of operators in a period: when they were on duty, and when in a consultation.

use std::collections::HashMap;

use sea_query::{Expr, ExprTrait, Query, SelectStatement};

use super::facts::Work;
use super::period::Period;
use super::span::{Span, Spans};
use super::store::{Filter, holds, presence, read_steps, select_steps};
use crate::api::types::{OperatorStatus, ParticipantRole};
use crate::consultation::Action;
use crate::ids::{ConsultationId, OperatorId};
use crate::operator::is_at_work;
use crate::store::tables::{ConsultationHistory as History, OperatorStatus as Periods, Participant};
use crate::store::{Session, StoreError};
use crate::time::Time;
use crate::words::Word;

/// What operators did with their time.
pub(super) async fn of(
    session: &mut Session,
    period: &Period,
    filter: &Filter,
    now: Time,
) -> Result<Vec<Work>, StoreError> {
    let mut on_duty = on_duty(session, period, now).await?;
    let active = active(session, period, now).await?;
    let mut work: Vec<Work> = Vec::new();
    for (operator, active) in active {
        let on_duty = Spans::merged(on_duty.remove(&operator).unwrap_or_default());
        work.push(Work { operator, on_duty, active });
    }
    for (operator, spans) in on_duty {
        work.push(Work { operator, on_duty: Spans::merged(spans), active: Vec::new() });
    }
    work.retain(|one| filter.admits(None, Some(&one.operator)));
    Ok(work)
}

async fn on_duty(
    session: &mut Session,
    period: &Period,
    now: Time,
) -> Result<HashMap<OperatorId, Vec<Span>>, StoreError> {
    let mut select = Query::select();
    let columns = [Periods::OperatorId, Periods::Status, Periods::OnDuty, Periods::Since, Periods::Until];
    select.columns(columns).from(Periods::Table);
    select.and_where(Expr::col(Periods::Since).lt(period.to().as_millis()));
    let until = || Expr::col(Periods::Until);
    select.and_where(until().is_null().or(until().gt(period.from().as_millis())));
    let mut on_duty: HashMap<OperatorId, Vec<Span>> = HashMap::new();
    for row in session.fetch_all(&select).await? {
        // One of the brand's own says itself whether it counts.
        let counts = match row.number_or_null(Periods::OnDuty)? {
            Some(counts) => counts == 1,
            None => is_at_work(OperatorStatus::from_word(&row.text(Periods::Status)?)?),
        };
        if counts {
            let span = Span::between(row.time(Periods::Since)?, row.time_or_null(Periods::Until)?.unwrap_or(now));
            on_duty.entry(row.id(Periods::OperatorId)?).or_default().push(span);
        }
    }
    Ok(on_duty)
}

/// When each operator was in a consultation that was not on hold. Who only watches is not.
async fn active(
    session: &mut Session,
    period: &Period,
    now: Time,
) -> Result<HashMap<OperatorId, Vec<Span>>, StoreError> {
    let present = |select: &mut SelectStatement| {
        let (joined_at, left_at) = (Expr::col(Participant::JoinedAt), || Expr::col(Participant::LeftAt));
        select.from(Participant::Table).and_where(joined_at.lt(period.to().as_millis()));
        select.and_where(left_at().is_null().or(left_at().gt(period.from().as_millis())));
        select.and_where(Expr::col(Participant::Role).ne(ParticipantRole::Observer.word()));
    };
    let mut concerned = Query::select();
    present(concerned.column(Participant::ConsultationId));
    // Few ever were on hold: the steps of these alone are read.
    let mut held = Query::select();
    held.column(History::ConsultationId).from(History::Table);
    held.and_where(Expr::col(History::Action).eq(Action::Held.as_str()));
    held.and_where(Expr::col(History::ConsultationId).in_subquery(concerned));
    let mut of_these = select_steps();
    of_these.and_where(Expr::col((History::Table, History::ConsultationId)).in_subquery(held));
    let steps = read_steps(session, &of_these).await?;
    let holds: HashMap<_, _> = steps.into_iter().map(|(id, steps)| (id, holds(&steps, now))).collect();
    let mut select = Query::select();
    present(select.columns([
        Participant::ConsultationId,
        Participant::OperatorId,
        Participant::JoinedAt,
        Participant::LeftAt,
    ]));
    let begun: HashMap<OperatorId, Vec<Span>> = HashMap::new();
    session
        .fold(&select, begun, move |active, row| {
            let span = presence(row, now)?;
            let spans = active.entry(row.id(Participant::OperatorId)?).or_default();
            match holds.get(&row.id::<ConsultationId>(Participant::ConsultationId)?) {
                Some(holds) => spans.extend(Spans::merged([span]).without(holds).each()),
                None => spans.push(span),
            }
            Ok(())
        })
        .await
}
