//! What is behind a number: found by the same rule that counted it.

use super::error::ReportError;
use super::facts::{Call, Callback, Consultation};
use super::figures::{About, about, counts, counts_call, counts_callback, key, length};
use super::period::Period;
use super::service::{filter, zone};
use super::store::{self, Filter};
use crate::api::types::{BehindQuery, ReportFigure};
use crate::page::{self, Listed, Total};
use crate::store::Session;
use crate::tenant::Tenant;
use crate::{call, callback, consultation};

/// Lists by time, and lists by length: a cursor of one is none of the other.
const NEWEST: &str = "behind";
const LONGEST: &str = "behind-longest";

/// One page of what a figure counts.
#[derive(Debug)]
pub enum Behind {
    /// Consultations.
    Consultations(Listed<consultation::Record>),
    /// Calls.
    Calls(Listed<call::Record>),
    /// Call-backs.
    Callbacks(Listed<callback::Record>),
}

/// One page of it: newest first, or of a length the longest first.
///
/// Errors: those of [`super::report`], and `BadCursor`.
pub async fn behind(session: &mut Session, tenant: &Tenant, query: &BehindQuery) -> Result<Behind, ReportError> {
    let filter = filter(tenant, query.queue.as_ref(), query.operator.as_ref())?;
    let (_, zone) = zone(tenant, query.queue.as_ref());
    let period = Period::new(query.from, query.to, zone)?;
    let figure = query.figure.unwrap_or_default();
    let asked = Asked { query, period, filter, figure };
    let places = asked.places(session, tenant).await?;
    let page = places.page(query)?;
    let ids: Vec<&str> = page.places.iter().map(|(_, id)| id.as_str()).collect();
    let (next_cursor, total) = (page.next_cursor.clone(), page.total);
    Ok(match about(figure) {
        About::Consultations => {
            let records = consultation::list::load_in_order(session, &ids).await?;
            Behind::Consultations(Listed { records, next_cursor, total })
        }
        About::Calls => {
            let records = in_order(call::load_some(session, &ids).await?, &ids, |call| call.id.as_str());
            Behind::Calls(Listed { records, next_cursor, total })
        }
        About::Callbacks => {
            let found = callback::load_some(session, &tenant.key, &ids).await?;
            Behind::Callbacks(Listed { records: in_order(found, &ids, |one| one.id.as_str()), next_cursor, total })
        }
    })
}

/// Which figure, of which row of which report.
struct Asked<'a> {
    query: &'a BehindQuery,
    period: Period,
    filter: Filter,
    figure: ReportFigure,
}

impl Asked<'_> {
    async fn places(&self, session: &mut Session, tenant: &Tenant) -> Result<Places, ReportError> {
        let (now, period, filter, figure) = (tenant.context.now(), &self.period, &self.filter, self.figure);
        let places = match about(figure) {
            About::Consultations => {
                let facts = store::consultations(session, period, filter, now).await?;
                let found = facts.iter().filter(|one| counts(figure, one) && self.has(one));
                let place = |one: &Consultation| length(figure, one).unwrap_or(one.requested_at.as_millis());
                found.map(|one| (place(one), one.id.to_string())).collect()
            }
            About::Calls => {
                let facts = store::calls(session, tenant, period, filter).await?;
                let found = facts.iter().filter(|one| counts_call(figure, one) && self.has_call(one));
                found.map(|one| (one.started_at.as_millis(), one.id.to_string())).collect()
            }
            About::Callbacks => {
                let facts = store::callbacks(session, period, filter, now).await?;
                let found = facts.iter().filter(|one| counts_callback(figure, one) && self.has_callback(one));
                found.map(|one| (one.due_at.as_millis(), one.id.to_string())).collect()
            }
        };
        Ok(Places { list: if is_length(figure) { LONGEST } else { NEWEST }, places })
    }

    fn is_row(&self, key: impl FnOnce() -> String) -> bool {
        self.query.key.as_ref().is_none_or(|wanted| key() == *wanted)
    }

    fn has(&self, one: &Consultation) -> bool {
        let group = self.query.group.unwrap_or_default();
        self.is_row(|| key(&self.period, group, one.requested_at, Some(&one.queue), one.operator.as_ref()))
    }

    fn has_call(&self, one: &Call) -> bool {
        let group = self.query.group.unwrap_or_default();
        self.is_row(|| key(&self.period, group, one.started_at, one.queue.as_ref(), one.operator.as_ref()))
    }

    fn has_callback(&self, one: &Callback) -> bool {
        let group = self.query.group.unwrap_or_default();
        self.is_row(|| key(&self.period, group, one.due_at, Some(&one.queue), one.operator.as_ref()))
    }
}

fn is_length(figure: ReportFigure) -> bool {
    use ReportFigure::{FirstResponse, Handling, Resolution, Wait};
    matches!(figure, Wait | FirstResponse | Handling | Resolution)
}

/// All that a figure counts: what it is sorted by, the greatest first, and which it is.
struct Places {
    list: &'static str,
    places: Vec<(i64, String)>,
}

/// Those of one page.
struct Page {
    places: Vec<(i64, String)>,
    next_cursor: Option<String>,
    total: Total,
}

impl Places {
    fn page(mut self, query: &BehindQuery) -> Result<Page, ReportError> {
        let after = page::read_cursor::<(i64, String)>(self.list, query.cursor.as_deref())?;
        let total = Total::of(self.places.len());
        self.places.sort_unstable_by(|one, two| two.cmp(one));
        let limit = page::limit(query.limit);
        let behind = self.places.into_iter().filter(|place| after.as_ref().is_none_or(|after| place < after));
        let mut places: Vec<_> = behind.take(limit + 1).collect();
        let more = places.len() > limit;
        places.truncate(limit);
        let next_cursor = places.last().filter(|_| more).map(|last| page::cursor(self.list, last));
        Ok(Page { places, next_cursor, total })
    }
}

/// Records as their ids stand.
fn in_order<T>(mut records: Vec<T>, ids: &[&str], id: impl Fn(&T) -> &str) -> Vec<T> {
    records.sort_by_key(|record| ids.iter().position(|known| *known == id(record)));
    records
}
