//! Patients by what their cards say and by when they came last. Cards are encrypted at rest, so what SQL finds is narrowed and sorted in memory.
//!
//! Costs follow the patients of the span, in all of a page's calls: about a millisecond for a thousand.

use std::collections::{HashMap, HashSet};

use sea_query::{Expr, ExprTrait, Query};

use super::directory::fold;
use super::service::PatientError;
use super::visits;
use crate::api::types::{PatientQuery, PatientSort};
use crate::field;
use crate::ids::PatientId;
use crate::operator::Member;
use crate::page::{self, Total};
use crate::store::tables::Patient as Table;
use crate::store::{Session, StoreError};
use crate::tenant::Tenant;

const LIST: &str = "patients-narrowed";
const DAY_SECONDS: i64 = 86_400;

/// Who stands on a page.
pub(super) struct Narrowed {
    pub(super) ids: Vec<PatientId>,
    pub(super) next_cursor: Option<String>,
    pub(super) total: Total,
}

/// A place in the order: a number from the end or the folded name, then the id.
type Place = (i64, String, PatientId);

/// What is asked for.
#[derive(Clone, Copy)]
pub(super) struct Asked<'a> {
    pub(super) query: &'a PatientQuery,
    pub(super) field: Option<&'a field::Wanted>,
    /// Who counts only what he sees of consultations; `None`: all of them.
    pub(super) seen_by: Option<&'a Member>,
}

/// One page of whom the query means; `found`: of these only.
pub(super) async fn slice(
    tenant: &Tenant,
    session: &mut Session,
    asked: Asked<'_>,
    found: Option<&[PatientId]>,
) -> Result<Narrowed, PatientError> {
    let query = asked.query;
    let after = page::read_cursor::<Place>(LIST, query.cursor.as_deref())?;
    let limit = page::limit(query.limit);
    let mut places = places(tenant, session, asked, found).await?;
    let total = Total::of(places.len());
    places.retain(|place| after.as_ref().is_none_or(|after| place > after));
    places.sort_unstable();
    let more = places.len() > limit;
    places.truncate(limit);
    let next_cursor = places.last().filter(|_| more).map(|last| page::cursor(LIST, last));
    Ok(Narrowed { ids: places.into_iter().map(|(.., id)| id).collect(), next_cursor, total })
}

async fn places(
    tenant: &Tenant,
    session: &mut Session,
    Asked { query, field, seen_by }: Asked<'_>,
    found: Option<&[PatientId]>,
) -> Result<Vec<Place>, StoreError> {
    let found: Option<HashSet<&PatientId>> = found.map(|ids| ids.iter().collect());
    let sort = query.sort.unwrap_or_default();
    let since = query.days.map(|days| tenant.context.now().plus_seconds(-i64::from(days) * DAY_SECONDS));
    let seen = match seen_by {
        Some(member) => Some(visits::all_seen(session, tenant, member).await?),
        None => None,
    };
    let mut select = Query::select();
    select.columns([Table::Id, Table::CreatedAt, Table::LastConsultationAt, Table::Consultations]).from(Table::Table);
    select.and_where(Expr::col(Table::DeletedAt).is_null());
    // Whoever sees a consultation of that time is of a card that had one.
    if let Some(since) = since {
        select.and_where(Expr::col(Table::LastConsultationAt).gte(since.as_millis()));
    }
    // A card stands where the first of its accounts would.
    let mut numbers: HashMap<PatientId, i64> = HashMap::new();
    for row in session.fetch_all(&select).await? {
        let number = match sort {
            PatientSort::Name => 0,
            PatientSort::Newest => row.number(Table::CreatedAt)?,
            PatientSort::LastConsultation => row.number(Table::LastConsultationAt)?,
            PatientSort::Consultations => row.number(Table::Consultations)?,
        };
        let highest = numbers.entry(tenant.patients.leading_of(&row.id(Table::Id)?)).or_insert(number);
        *highest = Ord::max(number, *highest);
    }
    let mut places = Vec::new();
    for (id, mut number) in numbers {
        if found.as_ref().is_some_and(|found| !found.contains(&id)) {
            continue;
        }
        if let Some(seen) = &seen {
            let visits = seen.get(&id).copied().unwrap_or_default();
            if since.is_some_and(|since| visits.last_at.is_none_or(|last| last < since)) {
                continue;
            }
            number = visits.number(sort).unwrap_or(number);
        }
        let Some((_, card)) = tenant.patients.shown(&id) else { continue };
        let is_other_sex = query.sex.is_some_and(|sex| card.sex != Some(sex));
        if is_other_sex || field.is_some_and(|wanted| !wanted.is_in(&card.fields)) {
            continue;
        }
        let name = if sort == PatientSort::Name { fold(&card.name) } else { String::new() };
        places.push((number.saturating_neg(), name, id));
    }
    Ok(places)
}
