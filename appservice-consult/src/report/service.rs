//! Reports and the wallboard, as supervisors ask for them.

use jiff::tz::TimeZone;

use super::error::ReportError;
use super::facts::Facts;
use super::period::Period;
use super::store::{self, Filter};
use crate::api::types::{
    OperatorStatus, Report, ReportFigures, ReportGroup, ReportQuery, ReportRow, StatusCount, Wallboard, WallboardQueue,
};
use crate::call;
use crate::ids::{OperatorId, QueueId};
use crate::present::Presenter;
use crate::queue;
use crate::store::{Session, StoreError};
use crate::tenant::Tenant;
use crate::words::Word;

/// A report on a period.
///
/// Errors: `Backwards`, `TooLong`, `UnknownQueue`, `UnknownOperator`, `Store`.
pub async fn report(
    session: &mut Session,
    tenant: &Tenant,
    presenter: Presenter<'_>,
    query: &ReportQuery,
) -> Result<Report, ReportError> {
    let filter = filter(tenant, query.queue.as_ref(), query.operator.as_ref())?;
    let (time_zone, zone) = zone(tenant, query.queue.as_ref());
    let period = Period::new(query.from, query.to, zone)?;
    let facts = store::facts(session, tenant, &period, &filter).await?;
    let group = query.group.unwrap_or_default();
    let row = |(key, figures): (String, ReportFigures)| ReportRow {
        name: name(tenant, presenter, group, &key),
        key,
        figures,
    };
    let mut rows: Vec<ReportRow> = facts.rows(&period, group).into_iter().map(row).collect();
    if matches!(group, ReportGroup::Queue | ReportGroup::Operator) {
        rows.sort_by_key(|row| (std::cmp::Reverse(row.figures.entered), row.name.clone()));
    }
    let total = facts.total(&period, group);
    Ok(Report { time_zone, group, rows, total })
}

/// Whose days and hours a report is cut by: the clinic's, or those of the one queue that is asked about. By name, and as a value.
pub(super) fn zone(tenant: &Tenant, queue: Option<&QueueId>) -> (String, TimeZone) {
    let brand = tenant.brand();
    let queue = queue.and_then(|queue| brand.queue(queue.as_str()));
    let name = queue.map_or(brand.time_zone.as_str(), |queue| queue::zone_name(&brand, queue));
    (name.to_owned(), TimeZone::get(name).unwrap_or(TimeZone::UTC))
}

/// A filter by what there is.
pub(super) fn filter(
    tenant: &Tenant,
    queue: Option<&QueueId>,
    operator: Option<&OperatorId>,
) -> Result<Filter, ReportError> {
    if queue.is_some_and(|queue| tenant.brand().queue(queue.as_str()).is_none()) {
        return Err(ReportError::UnknownQueue);
    }
    if operator.is_some_and(|operator| tenant.staff.by_id(operator).is_none()) {
        return Err(ReportError::UnknownOperator);
    }
    Ok(Filter { queue: queue.cloned(), operator: operator.cloned() })
}

fn name(tenant: &Tenant, presenter: Presenter<'_>, group: ReportGroup, key: &str) -> Option<String> {
    match group {
        ReportGroup::Queue if !key.is_empty() => Some(presenter.queue_name(&key.into())),
        ReportGroup::Operator => tenant.staff.by_id(&key.into()).map(|member| member.name.clone()),
        ReportGroup::Queue | ReportGroup::Hour | ReportGroup::Day | ReportGroup::Week => None,
    }
}

/// The desk now, and today so far.
pub async fn now(session: &mut Session, tenant: &Tenant, presenter: Presenter<'_>) -> Result<Wallboard, StoreError> {
    let at = tenant.context.now();
    let period = Period::day_of(at, tenant.zone());
    let facts: Facts = store::facts(session, tenant, &period, &Filter::default()).await?;
    let mut today = facts.rows(&period, ReportGroup::Queue);
    let mut queues = Vec::new();
    for queue in presenter.queues(session).await? {
        let today: ReportFigures = today.remove(queue.id.as_str()).unwrap_or_default();
        queues.push(WallboardQueue { queue, today });
    }
    let staff = tenant.staff.all();
    let count = |status: OperatorStatus| staff.iter().filter(|member| member.status == status).count();
    let operators = OperatorStatus::WORDS
        .iter()
        .map(|(status, _)| StatusCount { status: *status, operators: u32::try_from(count(*status)).unwrap_or(0) });
    Ok(Wallboard {
        at,
        queues,
        operators: operators.collect(),
        calls: u32::try_from(call::count_open(session).await?).unwrap_or(0),
        today: facts.total(&period, ReportGroup::Day),
    })
}
