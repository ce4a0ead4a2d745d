//! Patients by what their cards say and by when they came last. Cards are encrypted at rest, so SQL finds what came when, and the names in memory what is meant.
//!
//! Few are looked up and sorted. Of many the list's own order is walked, a batch at a time, and each is asked: because there are many, a page is met soon. Which of both
//! it is makes no difference to the order, so that a list goes on over pages where patients come and go meanwhile.

use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};

use sea_query::{Expr, ExprTrait, Order, Query, SelectStatement};

use super::card::Card;
use super::directory::fold;
use super::merge;
use super::service::PatientError;
use super::visits::{self, Visits};
use crate::api::types::{PatientQuery, PatientSort};
use crate::field;
use crate::ids::PatientId;
use crate::operator::Member;
use crate::page::{self, COUNTED_MAX, Total};
use crate::store::tables::Patient as Table;
use crate::store::{Row, Session, StoreError};
use crate::tenant::Tenant;
use crate::time::Time;

const LIST: &str = "patients-narrowed";
const DAY_SECONDS: i64 = 86_400;
/// Up to so many are looked up and sorted.
const FEW: usize = 2_000;
/// Rows that are read at once on a walk, and ids that are asked for in one statement.
const AT_ONCE: usize = 500;

/// Who stands on a page.
pub(super) struct Narrowed {
    pub(super) ids: Vec<PatientId>,
    pub(super) next_cursor: Option<String>,
    pub(super) total: Total,
}

/// A place in the order: a number, the folded name where that is the order, the id.
type Place = (i64, String, PatientId);

/// What is asked for.
#[derive(Clone, Copy)]
pub(super) struct Asked<'a> {
    pub(super) query: &'a PatientQuery,
    pub(super) field: Option<&'a field::Wanted>,
    /// Who counts only what he sees of consultations; `None`: all of them.
    pub(super) seen_by: Option<&'a Member>,
}

/// The same, with what decides of one card.
struct Wish<'a> {
    asked: Asked<'a>,
    sort: PatientSort,
    /// Who came at or after.
    since: Option<Time>,
    /// Only of these.
    found: Option<HashSet<&'a PatientId>>,
    /// What is seen of consultations, by card; `None`: what the cards' rows keep.
    seen: Option<HashMap<PatientId, Visits>>,
}

impl Wish<'_> {
    fn is_meant(&self, id: &PatientId, card: &Card) -> bool {
        let is_other_sex = self.asked.query.sex.is_some_and(|sex| card.sex != Some(sex));
        let is_found = self.found.as_ref().is_none_or(|found| found.contains(id));
        is_found && !is_other_sex && self.asked.field.is_none_or(|wanted| wanted.is_in(&card.fields))
    }

    /// Where a row stands; `None`: it is none of those that are meant.
    fn place(&self, tenant: &Tenant, row: &PatientRow) -> Option<Place> {
        let (id, card) = tenant.patients.shown(&row.id)?;
        let mut visits = row.visits;
        if let Some(seen) = &self.seen {
            visits = seen.get(&id).copied().unwrap_or_default();
        }
        let came = self.since.is_none_or(|since| visits.last_at.is_some_and(|last| last >= since));
        if !came || !self.is_meant(&id, &card) {
            return None;
        }
        let name = if self.sort == PatientSort::Name { fold(&card.name) } else { String::new() };
        let number = match self.sort {
            PatientSort::Name => 0,
            PatientSort::Newest => row.created_at,
            PatientSort::LastConsultation | PatientSort::Consultations => visits.number(self.sort).unwrap_or(0),
        };
        Some((number, name, id))
    }

    fn order(&self, one: &Place, other: &Place) -> Ordering {
        match self.sort {
            PatientSort::Name => (&one.1, &one.2).cmp(&(&other.1, &other.2)),
            _ => (other.0, &other.2).cmp(&(one.0, &one.2)),
        }
    }
}

/// What a patient's row has in the open.
struct PatientRow {
    id: PatientId,
    created_at: i64,
    visits: Visits,
}

/// One page of whom the query means; `found`: of these only.
pub(super) async fn slice(
    tenant: &Tenant,
    session: &mut Session,
    asked: Asked<'_>,
    found: Option<&[PatientId]>,
) -> Result<Narrowed, PatientError> {
    let after = page::read_cursor::<Place>(LIST, asked.query.cursor.as_deref())?;
    let limit = page::limit(asked.query.limit);
    let now = tenant.context.now();
    let since = asked.query.days.map(|days| now.plus_seconds(-i64::from(days) * DAY_SECONDS));
    let sort = asked.query.sort.unwrap_or_default();
    let by_visits = since.is_some() || Visits::default().number(sort).is_some();
    let seen = match asked.seen_by.filter(|_| by_visits) {
        Some(member) => Some(visits::all_seen(session, tenant, member).await?),
        None => None,
    };
    let found = found.map(|ids| ids.iter().collect());
    let wish = Wish { asked, sort, since, found, seen };
    let (count, few) = candidates(tenant, session, &wish).await?;
    let (mut places, total) = match few {
        Some(ids) => {
            let places = among(tenant, session, &wish, &ids).await?;
            let total = Total::of(places.len());
            (places, total)
        }
        None => (along(tenant, session, &wish, (after.as_ref(), limit)).await?, count),
    };
    places.retain(|place| after.as_ref().is_none_or(|after| wish.order(place, after) == Ordering::Greater));
    places.sort_unstable_by(|one, other| wish.order(one, other));
    let more = places.len() > limit;
    places.truncate(limit);
    let next_cursor = places.last().filter(|_| more).map(|last| page::cursor(LIST, last));
    Ok(Narrowed { ids: places.into_iter().map(|(.., id)| id).collect(), next_cursor, total })
}

/// How many there are, and all who may be meant, where they are few.
async fn candidates(
    tenant: &Tenant,
    session: &mut Session,
    wish: &Wish<'_>,
) -> Result<(Total, Option<Vec<PatientId>>), StoreError> {
    // What somebody sees, and an order by it, is of his own cards; and whoever came in a time, is in the rows.
    let seen = wish.seen.as_ref().filter(|_| wish.since.is_some());
    if let Some(seen) = seen {
        return Ok((Total::of(seen.len()), Some(seen.keys().cloned().collect())));
    }
    if let Some(since) = wish.since {
        let came = came_since(session, since).await?;
        let at_least = came.len() > COUNTED_MAX as usize;
        if came.len() <= FEW {
            return Ok((Total::of(came.len()), Some(came)));
        }
        let meant = came.iter().filter(|id| {
            let shown = tenant.patients.shown(id).filter(|(leading, _)| leading == *id);
            shown.is_some_and(|(id, card)| wish.is_meant(&id, &card))
        });
        return Ok((Total { at_least, ..Total::of(meant.count()) }, None));
    }
    let (count, few) = tenant.patients.meant(|id, card| wish.is_meant(id, card), FEW);
    Ok((Total::of(count), (count <= FEW).then_some(few)))
}

/// Who came at or after a time, the last first, as far as they are counted.
async fn came_since(session: &mut Session, since: Time) -> Result<Vec<PatientId>, StoreError> {
    let mut select = Query::select();
    select.column(Table::Id).from(Table::Table).and_where(Expr::col(Table::DeletedAt).is_null());
    select.and_where(Expr::col(Table::LastConsultationAt).gte(since.as_millis()));
    select.order_by(Table::LastConsultationAt, Order::Desc).order_by(Table::Id, Order::Desc);
    select.limit(u64::from(COUNTED_MAX) + 1);
    session.fetch_all(&select).await?.iter().map(|row| row.id(Table::Id)).collect()
}

fn select() -> SelectStatement {
    let mut select = Query::select();
    select.columns([Table::Id, Table::CreatedAt, Table::LastConsultationAt, Table::Consultations]).from(Table::Table);
    select.and_where(Expr::col(Table::DeletedAt).is_null());
    select
}

fn read(row: &Row) -> Result<PatientRow, StoreError> {
    let last = row.number(Table::LastConsultationAt)?;
    let visits =
        Visits { count: row.number(Table::Consultations)?, last_at: (last > 0).then(|| Time::from_millis(last)) };
    Ok(PatientRow { id: row.id(Table::Id)?, created_at: row.number(Table::CreatedAt)?, visits })
}

/// The places of those of these cards that are meant. Each stands where its own row says, which keeps the counts of all accounts on it.
async fn among(
    tenant: &Tenant,
    session: &mut Session,
    wish: &Wish<'_>,
    cards: &[PatientId],
) -> Result<Vec<Place>, StoreError> {
    let mut leading: Vec<PatientId> = cards.iter().map(|id| tenant.patients.leading_of(id)).collect();
    leading.sort_unstable();
    leading.dedup();
    let mut places = Vec::new();
    for some in leading.chunks(AT_ONCE) {
        let mut select = select();
        select.and_where(Expr::col(Table::Id).is_in(some.iter().map(PatientId::as_str)));
        for row in session.fetch_all(&select).await? {
            places.extend(wish.place(tenant, &read(&row)?));
        }
    }
    Ok(places)
}

/// The places of one page, and one more, of many: the order is walked.
async fn along(
    tenant: &Tenant,
    session: &mut Session,
    wish: &Wish<'_>,
    (after, limit): (Option<&Place>, usize),
) -> Result<Vec<Place>, StoreError> {
    let column = match wish.sort {
        PatientSort::Name => return along_names(tenant, session, wish, (after, limit)).await,
        PatientSort::Newest => Table::CreatedAt,
        PatientSort::LastConsultation => Table::LastConsultationAt,
        PatientSort::Consultations => Table::Consultations,
    };
    if let (Some(seen), Some(_)) = (&wish.seen, Visits::default().number(wish.sort)) {
        let is_meant = |id: &PatientId| tenant.patients.shown(id).is_some_and(|(id, card)| wish.is_meant(&id, &card));
        let after = after.map(|(number, _, id)| (*number, id.clone()));
        let walk = visits::Walk { seen, sort: wish.sort, after, limit };
        let places = walk.places(session, is_meant).await?;
        return Ok(places.into_iter().map(|(number, id)| (number, String::new(), id)).collect());
    }
    let mut last = after.map(|(number, _, id)| (*number, id.clone()));
    let mut places = Vec::new();
    while places.len() <= limit {
        let mut select = select();
        select.and_where(Expr::col(Table::Id).not_in_subquery(merge::standing_ids()));
        if let Some((number, id)) = &last {
            let key = Expr::tuple([Expr::col(column), Expr::col(Table::Id)]);
            select.and_where(key.lt(Expr::tuple([Expr::val(*number), Expr::val(id.as_str())])));
        }
        select.order_by(column, Order::Desc).order_by(Table::Id, Order::Desc).limit(AT_ONCE as u64);
        let rows = session.fetch_all(&select).await?;
        for row in &rows {
            places.extend(wish.place(tenant, &read(row)?));
        }
        match rows.last().filter(|_| rows.len() == AT_ONCE) {
            Some(row) => last = Some((row.number(column)?, row.id(Table::Id)?)),
            None => break,
        }
    }
    Ok(places)
}

async fn along_names(
    tenant: &Tenant,
    session: &mut Session,
    wish: &Wish<'_>,
    (after, limit): (Option<&Place>, usize),
) -> Result<Vec<Place>, StoreError> {
    let mut from = after.map(|(_, name, id)| (name.clone(), id.clone()));
    let mut places = Vec::new();
    while places.len() <= limit + 1 {
        let mut names = tenant.patients.from_name(from.as_ref(), AT_ONCE + 1);
        let next = (names.len() > AT_ONCE).then(|| names.pop()).flatten();
        let ids: Vec<PatientId> = names.into_iter().map(|(_, id)| id).collect();
        places.extend(among(tenant, session, wish, &ids).await?);
        match next {
            Some(next) => from = Some(next),
            None => break,
        }
    }
    Ok(places)
}
