//! How many consultations of a card a member of staff sees, and when the last of them was asked for: the psychologist's are none of the dentist's business, not even
//! as a number. Supervisors see what the card's row keeps of all.

use std::collections::HashMap;

use sea_query::{Alias, Cond, Expr, ExprTrait, Func, Order, Query, SelectStatement};

use super::merge;
use super::service::PatientError;
use super::store::PatientRecord;
use crate::api::types::{PatientQuery, PatientSort};
use crate::consultation::found::Found;
use crate::consultation::{Record, record, sight};
use crate::ids::PatientId;
use crate::operator::Member;
use crate::page::{self, Listed, Total};
use crate::store::tables::{Consultation as Table, Patient};
use crate::store::{Session, StoreError};
use crate::tenant::Tenant;
use crate::time::Time;

/// Cards that are read at once on a walk.
const AT_ONCE: usize = 500;

/// What is said of a card's consultations.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Visits {
    /// How many.
    pub count: i64,
    /// When the last was asked for; none: there is none.
    pub last_at: Option<Time>,
}

impl Visits {
    /// Those of these consultations that he sees.
    pub fn seen_by(member: &Member, consultations: &[Record]) -> Self {
        let seen = consultations.iter().filter(|one| sight::of(member, one).is_some());
        seen.fold(Self::default(), |all, one| all.and(Self { count: 1, last_at: Some(one.state.requested_at) }))
    }

    /// By which a card stands in that order; `None`: not by its consultations.
    pub(super) fn number(self, sort: PatientSort) -> Option<i64> {
        match sort {
            PatientSort::Consultations => Some(self.count),
            PatientSort::LastConsultation => Some(self.last_at.map_or(0, Time::as_millis)),
            PatientSort::Name | PatientSort::Newest => None,
        }
    }

    fn and(self, other: Self) -> Self {
        Self { count: self.count.saturating_add(other.count), last_at: self.last_at.max(other.last_at) }
    }

    /// A card's record that says these.
    pub fn told(self, record: PatientRecord) -> PatientRecord {
        PatientRecord { consultations: self.count, last_consultation_at: self.last_at, ..record }
    }
}

/// Records that say of their cards' consultations what he sees; `None`: he sees all.
pub async fn as_seen(
    session: &mut Session,
    tenant: &Tenant,
    member: Option<&Member>,
    records: Vec<PatientRecord>,
) -> Result<Vec<PatientRecord>, StoreError> {
    let Some(member) = member else { return Ok(records) };
    let cards: Vec<PatientId> = records.iter().map(|record| record.id.clone()).collect();
    let mut theirs = Found::by(sight::of_his_own(member));
    theirs.of_patients(&tenant.patients.accounts_on(&cards));
    let seen = by_card(session, tenant, theirs.rows()).await?;
    let told = |record: PatientRecord| seen.get(&record.id).copied().unwrap_or_default().told(record);
    Ok(records.into_iter().map(told).collect())
}

/// Every card of whose consultations he sees any.
pub(super) async fn all_seen(
    session: &mut Session,
    tenant: &Tenant,
    member: &Member,
) -> Result<HashMap<PatientId, Visits>, StoreError> {
    let mut his = Found::by(Cond::all());
    his.looked_up(sight::ids(member));
    by_card(session, tenant, his.rows()).await
}

/// One page of cards by what he sees of their consultations, the most or the latest first.
pub(super) async fn in_order(
    session: &mut Session,
    tenant: &Tenant,
    member: &Member,
    query: &PatientQuery,
) -> Result<Listed<PatientId>, PatientError> {
    let sort = query.sort.unwrap_or_default();
    let list = if sort == PatientSort::Consultations { "seen-consultations" } else { "seen-last" };
    let after = page::read_cursor::<(i64, PatientId)>(list, query.cursor.as_deref())?;
    let limit = page::limit(query.limit);
    let seen = all_seen(session, tenant, member).await?;
    let walk = Walk { seen: &seen, sort, after, limit };
    let mut places = walk.places(session, |id| tenant.patients.shown(id).is_some()).await?;
    let more = places.len() > limit;
    places.truncate(limit);
    let next_cursor = places.last().filter(|_| more).map(|last| page::cursor(list, last));
    let records = places.into_iter().map(|(_, id)| id).collect();
    Ok(Listed { records, next_cursor, total: Total::of(tenant.patients.len()) })
}

/// A page of that order: cards of whose consultations something is seen; behind them those of which nothing is, from the last id on.
pub(super) struct Walk<'a> {
    pub(super) seen: &'a HashMap<PatientId, Visits>,
    pub(super) sort: PatientSort,
    /// Behind which.
    pub(super) after: Option<(i64, PatientId)>,
    pub(super) limit: usize,
}

impl Walk<'_> {
    /// The places of those that are meant: a page, and one more where another follows.
    pub(super) async fn places(
        self,
        session: &mut Session,
        is_meant: impl Fn(&PatientId) -> bool,
    ) -> Result<Vec<(i64, PatientId)>, StoreError> {
        let Self { seen, sort, after, limit } = self;
        let number = |visits: &Visits| visits.number(sort).unwrap_or(0);
        let mut places: Vec<(i64, PatientId)> = seen.iter().map(|(id, visits)| (number(visits), id.clone())).collect();
        places.retain(|place| after.as_ref().is_none_or(|after| place < after) && is_meant(&place.1));
        places.sort_unstable_by(|one, other| other.cmp(one));
        places.truncate(limit + 1);
        let mut before = after.filter(|(number, _)| *number == 0).map(|(_, id)| id);
        while places.len() <= limit {
            let ids = ids_before(session, before.as_ref(), AT_ONCE).await?;
            before = ids.last().cloned();
            let are_all = ids.len() < AT_ONCE;
            let others = ids.into_iter().filter(|id| !seen.contains_key(id) && is_meant(id));
            places.extend(others.map(|id| (0, id)));
            if are_all {
                break;
            }
        }
        places.truncate(limit + 1);
        Ok(places)
    }
}

/// Ids of cards below one, the greatest first.
async fn ids_before(
    session: &mut Session,
    before: Option<&PatientId>,
    limit: usize,
) -> Result<Vec<PatientId>, StoreError> {
    let mut select = Query::select();
    select.column(Patient::Id).from(Patient::Table).and_where(Expr::col(Patient::DeletedAt).is_null());
    select.and_where(Expr::col(Patient::Id).not_in_subquery(merge::standing_ids()));
    if let Some(before) = before {
        select.and_where(Expr::col(Patient::Id).lt(before.as_str()));
    }
    select.order_by(Patient::Id, Order::Desc).limit(limit as u64);
    session.fetch_all(&select).await?.iter().map(|row| row.id(Patient::Id)).collect()
}

async fn by_card(
    session: &mut Session,
    tenant: &Tenant,
    mut consultations: SelectStatement,
) -> Result<HashMap<PatientId, Visits>, StoreError> {
    let (count, last) = (Alias::new("n"), Alias::new("last"));
    consultations.column(Table::PatientId);
    consultations.expr_as(Func::count(Expr::col((Table::Table, Table::Id))), count.clone());
    consultations.expr_as(Func::max(Expr::col(Table::RequestedAt)), last.clone());
    consultations.group_by_col(Table::PatientId);
    let mut visits: HashMap<PatientId, Visits> = HashMap::new();
    for row in session.fetch_all(&consultations).await? {
        let card = tenant.patients.leading_of(&row.id(Table::PatientId)?);
        let of_account = Visits { count: row.number(count.clone())?, last_at: row.time_or_null(last.clone())? };
        let of_card = visits.entry(card).or_default();
        *of_card = of_card.and(of_account);
    }
    Ok(visits)
}

/// All consultations of a card, to be asked who sees them.
pub async fn consultations_of(
    session: &mut Session,
    tenant: &Tenant,
    card: &PatientId,
) -> Result<Vec<Record>, StoreError> {
    let mut select = record::select();
    let accounts = tenant.patients.accounts_of(card);
    select.and_where(Expr::col(Table::PatientId).is_in(accounts.iter().map(PatientId::as_str)));
    record::load_selected(session, &select).await
}

#[cfg(test)]
mod tests {
    use super::Visits;
    use crate::time::Time;

    #[test]
    fn visits_of_a_cards_accounts_are_its_own() {
        let one = Visits { count: 2, last_at: Some(Time::from_millis(5)) };
        let other = Visits { count: 1, last_at: Some(Time::from_millis(9)) };
        assert_eq!(one.and(other), Visits { count: 3, last_at: Some(Time::from_millis(9)) });
        assert_eq!(one.and(Visits::default()), one);
    }
}
