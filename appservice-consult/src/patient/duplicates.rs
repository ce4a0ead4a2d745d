//! What may be the same human's, as a card that is there or as one that is to be made: cards with the same number to call, address, partner's number, or name and
//! birth date. By indexes alone: a card is read often. Cards of which somebody said that they are two people's (`dismissed.rs`) are left out.

use sea_query::{Expr, ExprTrait, Order, Query};

use super::card::Card;
use super::dismissed;
use super::service::load_in_order;
use super::store::PatientRecord;
use crate::api::types::DuplicateReason;
use crate::ids::PatientId;
use crate::store::tables::Patient as Table;
use crate::store::{Session, StoreError};
use crate::tenant::Tenant;

/// Cards that are named beside one; of more nobody reads any.
const DUPLICATES_MAX: usize = 10;
/// Rows that are looked at for one telephone number or address: a whole ward may have the same.
const ROWS_MAX: u64 = 50;

/// Cards that may be the same human's as this one, with what makes them look so. None that is a member of staff's, or of which it was said that it is another's.
pub async fn duplicates(
    tenant: &Tenant,
    session: &mut Session,
    id: &PatientId,
) -> Result<Vec<(PatientRecord, Vec<DuplicateReason>)>, StoreError> {
    let mut cards = alike(tenant, session, id).await?;
    let others = dismissed::all(session, tenant, id).await?;
    cards.retain(|(card, _)| !others.iter().any(|other| other.card == *card));
    with_records(tenant, session, cards).await
}

/// A card, and what makes it look so.
type Alike = (PatientId, Vec<DuplicateReason>);

/// The cards themselves, of those for which the most speaks.
async fn with_records(
    tenant: &Tenant,
    session: &mut Session,
    mut cards: Vec<Alike>,
) -> Result<Vec<(PatientRecord, Vec<DuplicateReason>)>, StoreError> {
    // What speaks for it twice comes first.
    cards.sort_by_key(|(_, because)| std::cmp::Reverse(because.len()));
    cards.truncate(DUPLICATES_MAX);
    let ids: Vec<PatientId> = cards.iter().map(|(card, _)| card.clone()).collect();
    let records = load_in_order(tenant, session, &ids).await?;
    let because = |id: &PatientId| cards.iter().find(|(card, _)| card == id).map(|(_, because)| because.clone());
    Ok(records.into_iter().filter_map(|record| because(&record.id).map(|because| (record, because))).collect())
}

/// Cards that may be the same human's as one that is not made yet, with what makes them look so.
pub async fn lookalikes(
    tenant: &Tenant,
    session: &mut Session,
    card: &Card,
) -> Result<Vec<(PatientRecord, Vec<DuplicateReason>)>, StoreError> {
    let mut found = contacts_of(tenant, session, &[card]).await?;
    found.extend(tenant.patients.like(card));
    let cards = gathered(found, |card| is_patients(tenant, card));
    with_records(tenant, session, cards).await
}

/// All cards that look like the same human's as this one, whatever was said of them.
pub(super) async fn alike(tenant: &Tenant, session: &mut Session, id: &PatientId) -> Result<Vec<Alike>, StoreError> {
    let leading = tenant.patients.leading_of(id);
    let entries: Vec<_> =
        tenant.patients.accounts_of(&leading).iter().filter_map(|id| tenant.patients.by_id(id)).collect();
    let cards: Vec<&Card> = entries.iter().map(|entry| &entry.card).collect();
    let mut found = contacts_of(tenant, session, &cards).await?;
    found.extend(tenant.patients.alike(&leading));
    Ok(gathered(found, |card| *card != leading && is_patients(tenant, card)))
}

/// Each card that is wanted once, with all that speaks for it.
fn gathered(found: Vec<(PatientId, DuplicateReason)>, is_wanted: impl Fn(&PatientId) -> bool) -> Vec<Alike> {
    let mut cards: Vec<Alike> = Vec::new();
    for (card, why) in found {
        match cards.iter_mut().find(|(known, _)| *known == card) {
            Some((_, because)) if because.contains(&why) => {}
            Some((_, because)) => because.push(why),
            None if is_wanted(&card) => cards.push((card, vec![why])),
            None => {}
        }
    }
    cards
}

/// Whether it is a patient's, and no member of staff's.
fn is_patients(tenant: &Tenant, card: &PatientId) -> bool {
    let entry = tenant.patients.by_id(card);
    entry.is_some_and(|entry| tenant.staff.by_user(&entry.user_id).is_none())
}

async fn contacts_of(
    tenant: &Tenant,
    session: &mut Session,
    cards: &[&Card],
) -> Result<Vec<(PatientId, DuplicateReason)>, StoreError> {
    let (mut phones, mut emails) = (Vec::new(), Vec::new());
    for card in cards {
        let index =
            |column, text: &Option<String>| text.as_deref().map(|text| tenant.key.index(column, &text.to_lowercase()));
        phones.extend(index("phone", &card.phone));
        emails.extend(index("email", &card.email));
    }
    let mut found = Vec::new();
    for (column, values, why) in
        [(Table::PhoneIndex, phones, DuplicateReason::Phone), (Table::EmailIndex, emails, DuplicateReason::Email)]
    {
        if values.is_empty() {
            continue;
        }
        let mut select = Query::select();
        select.column(Table::Id).from(Table::Table).and_where(Expr::col(column).is_in(values));
        select.order_by(Table::Id, Order::Asc).limit(ROWS_MAX);
        for row in session.fetch_all(&select).await? {
            found.push((tenant.patients.leading_of(&row.id(Table::Id)?), why));
        }
    }
    Ok(found)
}
