//! The consultations behind a number: found by the same rule that counted them.

use super::error::ReportError;
use super::figures::{counts, key};
use super::period::Period;
use super::service::filter;
use super::store;
use crate::api::types::BehindQuery;
use crate::consultation::{self, Record};
use crate::page::{self, Listed};
use crate::store::Session;
use crate::tenant::Tenant;

const LIST: &str = "behind";

/// One page of them, newest first.
///
/// Errors: those of [`super::report`], and `BadCursor`.
pub async fn behind(
    session: &mut Session,
    tenant: &Tenant,
    query: &BehindQuery,
) -> Result<Listed<Record>, ReportError> {
    let period = Period::new(query.from, query.to, tenant.zone())?;
    let filter = filter(tenant, query.queue.as_ref(), query.operator.as_ref())?;
    let after = page::read_cursor::<(i64, String)>(LIST, query.cursor.as_deref())?;
    let (group, figure) = (query.group.unwrap_or_default(), query.figure.unwrap_or_default());
    let facts = store::consultations(session, &period, &filter, tenant.context.now()).await?;
    let is_in_row = |one: &super::facts::Consultation| {
        let row = || key(&period, group, one.requested_at, Some(&one.queue), one.operator.as_ref());
        query.key.as_ref().is_none_or(|wanted| row() == *wanted)
    };
    let mut places: Vec<(i64, String)> = facts
        .iter()
        .filter(|one| counts(figure, one) && is_in_row(one))
        .map(|one| (one.requested_at.as_millis(), one.id.to_string()))
        .collect();
    let total = i64::try_from(places.len()).unwrap_or(i64::MAX);
    places.sort_unstable_by(|one, two| two.cmp(one));
    let limit = page::limit(query.limit);
    let mut places: Vec<_> =
        places.into_iter().filter(|place| after.as_ref().is_none_or(|after| place < after)).take(limit + 1).collect();
    let more = places.len() > limit;
    places.truncate(limit);
    let ids: Vec<&str> = places.iter().map(|(_, id)| id.as_str()).collect();
    let records = consultation::list::load_in_order(session, &ids).await?;
    let next_cursor = places.last().filter(|_| more).map(|last| page::cursor(LIST, last));
    Ok(Listed { records, next_cursor, total })
}
