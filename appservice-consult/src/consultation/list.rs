//! Lists of consultations: filters, orders, pages. Every order but one follows an index and pages by key, never by offset.
//!
//! The one is the order by patient's name: names are encrypted at rest, so it walks the tenant's names in memory (`by_patient`). `found.rs` says how rows are found.

use std::collections::HashMap;

use sea_query::{Alias, Cond, Expr, ExprTrait, Func, Order, Query};

use super::count::{self, Counted};
use super::error::ConsultationError;
use super::found::Found;
use super::narrowing::{self, Narrowing};
use super::record::{self, Record};
use super::seen;
use super::sight::{self, Reader, Walk};
use crate::api::types::{ConsultationSort, ConsultationView};
use crate::field;
use crate::ids::{ConsultationId, OperatorId, PatientId, PersonId, QueueId, TagId};
use crate::page::{self, BadCursor, Keyed, Listed, Slice, Total};
use crate::patient::fold;
use crate::store::tables::Consultation as Table;
use crate::store::{Session, StoreError};
use crate::tag;
use crate::tenant::Tenant;

/// Up to so many consultations are sorted by name in memory at once.
const SORTED_MAX: i64 = 5_000;
/// Patients whose consultations are looked up at first when there are more, and at most: each time twice as many.
const PATIENTS_AT_FIRST: usize = 16;
const PATIENTS_AT_MOST: usize = 500;

/// Which consultations.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Only those of which he sees something; none: whoever asks sees all.
    pub seen_by: Option<Reader>,
    /// Only in this stage.
    pub stage: Option<i64>,
    /// Only of this queue.
    pub queue: Option<QueueId>,
    /// Only those that he leads or led last.
    pub lead: Option<OperatorId>,
    /// Only of these patients.
    pub patients: Option<Vec<PatientId>>,
    /// Only those whose health it is about.
    pub whose: Option<Whose>,
    /// Only those that he is in, or that were handed to him by name.
    pub concerning: Option<OperatorId>,
    /// Only those with this tag.
    pub tag: Option<TagId>,
    /// Only those with this in a field of the brand's own.
    pub field: Option<field::Wanted>,
    /// What else the query says.
    pub narrowing: Narrowing,
}

impl Filter {
    /// A column that says where a consultation stands. Beside one operator it is looked at and not looked up: what he leads is short, and in an index in the
    /// lists' order, while the database's statistics, which are of samples, may call a whole queue shorter.
    fn column(&self, column: Table) -> Expr {
        let value = || Expr::col(column);
        if self.lead.is_some() { Func::coalesce([value(), value()]).into() } else { value() }
    }

    /// How what its reader sees is found. Patients and what concerns him are few rows.
    async fn walk(&self, session: &mut Session, reader: &Reader) -> Result<Walk, StoreError> {
        if self.patients.is_some() || self.concerning.is_some() {
            return Ok(Walk::EachRow);
        }
        seen::walk(session, reader, self.stage).await
    }
}

/// Whose health consultations are about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whose {
    /// The patients' own.
    Own,
    /// A person's whom a patient acts for.
    Person(PersonId),
}

impl Whose {
    /// As a query names it: an id, or `self`, which is none.
    pub fn named(person: PersonId) -> Self {
        if person.as_str() == "self" { Self::Own } else { Self::Person(person) }
    }

    fn condition(&self) -> Expr {
        let person = Expr::col(Table::PersonId);
        match self {
            Self::Own => person.is_null(),
            Self::Person(id) => person.eq(id.as_str()),
        }
    }
}

/// The stage that a view shows; `None`: more than one.
pub fn stage_of(view: ConsultationView) -> Option<i64> {
    match view {
        ConsultationView::Waiting => Some(0),
        ConsultationView::Active => Some(1),
        ConsultationView::OnHold => Some(2),
        ConsultationView::Ended => Some(record::STAGE_ENDED),
        ConsultationView::Mine | ConsultationView::All => None,
    }
}

/// The order of a view where nobody asks for another.
pub fn usual_order(view: ConsultationView) -> ConsultationSort {
    if view == ConsultationView::Waiting { ConsultationSort::Waiting } else { ConsultationSort::Newest }
}

/// One page.
pub async fn list(
    tenant: &Tenant,
    session: &mut Session,
    filter: &Filter,
    slice: Slice<'_, ConsultationSort>,
) -> Result<Listed<Record>, ConsultationError> {
    let found = found(tenant, session, filter).await?;
    let total = total(session, filter, &found).await?;
    match slice.sort {
        ConsultationSort::Patient => by_patient(tenant, session, &found, slice, total).await,
        ConsultationSort::Waiting => by_key(session, &found, &BY_WAITING, slice, total).await,
        ConsultationSort::Oldest => by_key(session, &found, &BY_REQUEST, slice, total).await,
        ConsultationSort::Newest => {
            let newest = Keyed { list: "newest", order: Order::Desc, ..BY_REQUEST };
            by_key(session, &found, &newest, slice, total).await
        }
        ConsultationSort::Sla => by_rank(session, &found, ("sla", narrowing::by_promise()), slice, total).await,
        ConsultationSort::Unanswered => {
            by_rank(session, &found, ("unanswered", narrowing::by_unanswered()), slice, total).await
        }
    }
}

/// The rows that a filter means; what concerns an operator is looked up first, it is a short list of ids.
async fn found(tenant: &Tenant, session: &mut Session, filter: &Filter) -> Result<Found, StoreError> {
    // Each phase of what has ended is of that stage alone, and has an index of its own.
    let says_phase = filter.stage == Some(record::STAGE_ENDED) && filter.narrowing.names_a_phase();
    let stage = filter.stage.filter(|_| !says_phase);
    let mut found = Found::by(
        Cond::all()
            .add_option(filter.lead.as_ref().map(|lead| Expr::col(Table::LeadId).eq(lead.as_str())))
            .add_option(stage.map(|stage| filter.column(Table::Stage).eq(stage)))
            .add_option(filter.queue.as_ref().map(|queue| filter.column(Table::QueueId).eq(queue.as_str())))
            .add_option(filter.whose.as_ref().map(Whose::condition)),
    );
    if let Some(patients) = &filter.patients {
        found.of_patients(patients);
    }
    if let Some(reader) = &filter.seen_by {
        let walk = filter.walk(session, reader).await?;
        match sight::looked_up(reader, walk) {
            Some(ids) => found.looked_up(ids),
            None => found.add(sight::condition(reader)),
        }
    }
    if let Some(tag) = &filter.tag {
        found.named(session, tag::consultations_with(tag)).await?;
    }
    if let Some(wanted) = &filter.field {
        found.named(session, field::consultations_with(&tenant.key, wanted)).await?;
    }
    if !filter.narrowing.is_none() {
        found.add(filter.narrowing.condition());
    }
    if let Some(operator) = &filter.concerning {
        let ids = concerning(session, operator).await?;
        found.add(Expr::col(Table::Id).is_in(ids.iter().map(ConsultationId::as_str)));
    }
    Ok(found)
}

/// From the kept counts where they say it; else counted over an index, up to a bound.
async fn total(session: &mut Session, filter: &Filter, found: &Found) -> Result<Total, StoreError> {
    let is_coarse = filter.patients.is_none() && filter.whose.is_none() && filter.concerning.is_none();
    let by_what_it_has = filter.tag.is_some() || filter.field.is_some() || !filter.narrowing.is_none();
    let counted = Counted { stage: filter.stage, queue: filter.queue.as_ref(), lead: filter.lead.as_ref() };
    match &filter.seen_by {
        _ if !is_coarse || by_what_it_has => {
            let among = count::count(session, counted).await?;
            return found.count_among(session, among).await;
        }
        None => return Ok(Total::exactly(count::count(session, counted).await?)),
        Some(reader) if filter.queue.is_none() && filter.lead.is_none() => {
            return Ok(Total::exactly(seen::total(session, reader, filter.stage).await?));
        }
        Some(_) => {}
    }
    found.count(session).await
}

/// Consultations that an operator is in, and waiting ones that were handed to him.
async fn concerning(session: &mut Session, operator: &OperatorId) -> Result<Vec<ConsultationId>, StoreError> {
    let mut ids = super::team::consultations_with(session, operator).await?;
    let mut handed = Query::select();
    handed.column(Table::Id).from(Table::Table).and_where(Expr::col(Table::Stage).eq(0_i64));
    handed.and_where(Expr::col(Table::TransferTo).eq(operator.as_str()));
    for row in session.fetch_all(&handed).await? {
        ids.push(row.id(Table::Id)?);
    }
    Ok(ids)
}

const BY_WAITING: Keyed<Record, Table> = Keyed {
    list: "waiting",
    columns: &[Table::QueueOrder, Table::RequestedAt],
    id: Table::Id,
    order: Order::Asc,
    key_of: |record| (vec![record.queue_order, record.state.requested_at.as_millis()], record.id.as_str()),
};

const BY_REQUEST: Keyed<Record, Table> = Keyed {
    list: "oldest",
    columns: &[Table::RequestedAt],
    id: Table::Id,
    order: Order::Asc,
    key_of: |record| (vec![record.state.requested_at.as_millis()], record.id.as_str()),
};

async fn by_key(
    session: &mut Session,
    found: &Found,
    order: &Keyed<Record, Table>,
    slice: Slice<'_, ConsultationSort>,
    total: Total,
) -> Result<Listed<Record>, ConsultationError> {
    // Ids first, over an index alone; then the rows of one page.
    let mut select = found.rows();
    select.column(Table::Id);
    order.narrow(&mut select, slice.limit, slice.cursor)?;
    let rows = session.fetch_all(&select).await?;
    let ids = rows.iter().map(|row| row.text(Table::Id)).collect::<Result<Vec<_>, _>>()?;
    let records = load_in_order(session, &ids.iter().map(String::as_str).collect::<Vec<_>>()).await?;
    Ok(order.page(records, slice.limit, total))
}

/// By numbers that are computed, then by request; no index has them, so it is for what is open alone (`list_query.rs`).
async fn by_rank(
    session: &mut Session,
    found: &Found,
    (list, mut keys): (&str, Vec<Expr>),
    slice: Slice<'_, ConsultationSort>,
    total: Total,
) -> Result<Listed<Record>, ConsultationError> {
    let named = |number: usize| Alias::new(format!("key_{number}"));
    keys.push(Expr::col(Table::RequestedAt));
    let mut select = found.rows();
    select.column(Table::Id);
    if let Some((values, id)) = page::read_cursor::<(Vec<i64>, String)>(list, slice.cursor)? {
        if values.len() != keys.len() {
            return Err(BadCursor.into());
        }
        let key = Expr::tuple(keys.iter().cloned().chain([Expr::col(Table::Id)]));
        select.and_where(key.gt(Expr::tuple(values.into_iter().map(Expr::val).chain([Expr::val(id)]))));
    }
    for (number, key) in keys.iter().enumerate() {
        select.expr_as(key.clone(), named(number)).order_by_expr(key.clone(), Order::Asc);
    }
    select.order_by(Table::Id, Order::Asc).limit(slice.limit as u64 + 1);
    let mut rows = session.fetch_all(&select).await?;
    let more = rows.len() > slice.limit;
    rows.truncate(slice.limit);
    let next_cursor = match rows.last().filter(|_| more) {
        Some(last) => {
            let values = (0..keys.len()).map(|number| last.number(named(number))).collect::<Result<Vec<_>, _>>()?;
            Some(page::cursor(list, &(values, last.text(Table::Id)?)))
        }
        None => None,
    };
    let ids = rows.iter().map(|row| row.text(Table::Id)).collect::<Result<Vec<_>, _>>()?;
    let records = load_in_order(session, &ids.iter().map(String::as_str).collect::<Vec<_>>()).await?;
    Ok(Listed { records, next_cursor, total })
}

/// A place in the order by name: folded name, patient, request time from the end, id.
type NamePlace = (String, PatientId, i64, String);

/// By the patient's name, then newest first.
async fn by_patient(
    tenant: &Tenant,
    session: &mut Session,
    found: &Found,
    slice: Slice<'_, ConsultationSort>,
    total: Total,
) -> Result<Listed<Record>, ConsultationError> {
    const LIST: &str = "patient";
    let after = page::read_cursor::<NamePlace>(LIST, slice.cursor)?;
    let mut places = Vec::new();
    if total.exceeds(SORTED_MAX) {
        let mut from = after.as_ref().map(|(name, patient, ..)| (name.clone(), patient.clone()));
        let mut at_once = PATIENTS_AT_FIRST;
        while places.len() <= slice.limit {
            let mut names = tenant.patients.from_name(from.as_ref(), at_once + 1);
            from = (names.len() > at_once).then(|| names.pop()).flatten();
            let cards: Vec<PatientId> = names.into_iter().map(|(_, id)| id).collect();
            let mut theirs = found.clone();
            theirs.of_patients(&tenant.patients.accounts_on(&cards));
            places.extend(named(tenant, light_rows(session, &theirs).await?, after.as_ref()));
            if from.is_none() {
                break;
            }
            at_once = PATIENTS_AT_MOST.min(at_once * 2);
        }
    } else {
        places = named(tenant, light_rows(session, found).await?, after.as_ref());
    }
    let more = places.len() > slice.limit;
    places.truncate(slice.limit);
    let next_cursor = places.last().filter(|_| more).map(|last| page::cursor(LIST, last));
    let ids: Vec<&str> = places.iter().map(|(.., id)| id.as_str()).collect();
    Ok(Listed { records: load_in_order(session, &ids).await?, next_cursor, total })
}

/// Ids of what matches, with what the order by name needs.
async fn light_rows(session: &mut Session, found: &Found) -> Result<Vec<(PatientId, i64, String)>, StoreError> {
    let mut select = found.rows();
    select.columns([Table::PatientId, Table::RequestedAt, Table::Id]);
    let rows = session.fetch_all(&select).await?;
    rows.iter()
        .map(|row| Ok((row.id(Table::PatientId)?, row.number(Table::RequestedAt)?, row.text(Table::Id)?)))
        .collect()
}

/// Places in the order by the name on the card, sorted, behind `after`.
fn named(tenant: &Tenant, rows: Vec<(PatientId, i64, String)>, after: Option<&NamePlace>) -> Vec<NamePlace> {
    let place = |(patient, at, id): (PatientId, i64, String)| {
        let (card, name) =
            tenant.patients.shown(&patient).map_or((patient, String::new()), |(id, card)| (id, fold(&card.name)));
        (name, card, at.saturating_neg(), id)
    };
    let mut places: Vec<NamePlace> =
        rows.into_iter().map(place).filter(|place| after.is_none_or(|after| place > after)).collect();
    places.sort_unstable();
    places
}

/// The consultations of these ids, in this order.
pub async fn load_in_order(session: &mut Session, ids: &[&str]) -> Result<Vec<Record>, StoreError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut select = record::select();
    select.and_where(Expr::col(Table::Id).is_in(ids.iter().copied()));
    let mut records = record::load_selected(session, &select).await?;
    let places: HashMap<&str, usize> = ids.iter().copied().zip(0..).collect();
    records.sort_by_key(|record| places.get(record.id.as_str()).copied());
    Ok(records)
}
