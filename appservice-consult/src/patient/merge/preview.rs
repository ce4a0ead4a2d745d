//! Two cards side by side, and what stands against merging them.

use sea_query::{Expr, ExprTrait, Func, IntoColumnRef, IntoTableRef, Query, SelectStatement};
use serde_json::json;

use super::super::card::Card;
use super::super::dismissed::{self, Dismissed};
use super::super::store::{self as patients, PatientRecord};
use super::error::MergeError;
use super::standing::{Part, shown};
use super::{field, own_field, store};
use crate::actor::Actor;
use crate::api::types::{CardField, MergeCounts, MergeObstacle};
use crate::audit;
use crate::consultation::record::STAGE_ENDED;
use crate::ids::{MergeId, PatientId};
use crate::store::tables::{Callback, Consent, Consultation, LegalHold, Note, Person};
use crate::store::{Session, StoreError, Writing};
use crate::tenant::Tenant;

/// Accounts on one card: somebody who forgot his password nine times; more is a slip.
const ACCOUNTS_MAX: usize = 10;

/// One of two cards.
#[derive(Debug)]
pub struct Side {
    /// Its record, with the card as it is shown.
    pub record: PatientRecord,
    /// What is under it.
    pub counts: MergeCounts,
}

/// Two cards side by side.
#[derive(Debug)]
pub struct Preview {
    /// The one that would stay in lists.
    pub leading: Side,
    /// The one that would be shown on it.
    pub merged: Side,
    /// Fields in which they differ.
    pub differing: Vec<CardField>,
    /// Of these, those in which only the one that would go says something.
    pub suggested: Vec<CardField>,
    /// The same of the brand's own fields: those in which they differ.
    pub differing_fields: Vec<String>,
    /// Of these, those in which only the one that would go says something.
    pub suggested_fields: Vec<String>,
    /// That somebody said they are two people's. Nothing stands against merging them all the same.
    pub dismissed: Option<Dismissed>,
    /// What stands against it.
    pub obstacle: Option<MergeObstacle>,
    /// Both cards in a word: another one as soon as something on them is another.
    pub seen: String,
}

/// A card with every account on it, out of one snapshot.
pub(super) struct Whole {
    pub(super) record: PatientRecord,
    /// As the desk sees it.
    pub(super) shown: Card,
    others: Vec<PatientRecord>,
    parts: Vec<Part>,
    is_shown_elsewhere: bool,
}

impl Whole {
    pub(super) async fn load(session: &mut Session, tenant: &Tenant, id: &PatientId) -> Result<Self, MergeError> {
        let record = patients::load(session, &tenant.key, id).await?.ok_or(MergeError::NotFound)?;
        let (mut others, mut parts, mut is_shown_elsewhere) = (Vec::new(), Vec::new(), false);
        for merge in store::standing_of(session, tenant, id).await? {
            if merge.leading != *id {
                is_shown_elsewhere = true;
                continue;
            }
            others.push(patients::load(session, &tenant.key, &merge.part.patient).await?.ok_or(MergeError::NotFound)?);
            parts.push(merge.part);
        }
        let shown = shown(&record.card, parts.iter().zip(others.iter().map(|other| &other.card)));
        Ok(Self { record, shown, others, parts, is_shown_elsewhere })
    }

    fn records(&self) -> impl Iterator<Item = &PatientRecord> {
        std::iter::once(&self.record).chain(&self.others)
    }

    fn accounts(&self) -> Vec<PatientId> {
        self.records().map(|record| record.id.clone()).collect()
    }

    fn is_deleted(&self, tenant: &Tenant) -> bool {
        self.records().any(|record| record.deleted_at.is_some() || tenant.patients.is_leaving(&record.user_id))
    }

    fn is_staffs(&self, tenant: &Tenant) -> bool {
        self.records().any(|record| tenant.staff.by_user(&record.user_id).is_some())
    }

    async fn side(self, session: &mut Session) -> Result<Side, StoreError> {
        let counts = counts(session, &self.accounts()).await?;
        Ok(Side { record: PatientRecord { card: self.shown, ..self.record }, counts })
    }
}

/// What stands against showing the second card on the first.
pub(super) fn obstacle(tenant: &Tenant, leading: &Whole, merged: &Whole) -> Option<MergeObstacle> {
    let both = [leading, merged];
    if both.iter().any(|whole| whole.is_shown_elsewhere) {
        Some(MergeObstacle::AlreadyMerged)
    } else if both.iter().any(|whole| whole.is_deleted(tenant)) {
        Some(MergeObstacle::Deleted)
    } else if both.iter().any(|whole| whole.is_staffs(tenant)) {
        Some(MergeObstacle::Staff)
    } else if !merged.parts.is_empty() {
        Some(MergeObstacle::LeadsOthers)
    } else if leading.parts.len() + 1 >= ACCOUNTS_MAX {
        Some(MergeObstacle::Full)
    } else {
        None
    }
}

/// Both cards in a word, which says nothing of them to who has no key.
pub(super) fn seen(tenant: &Tenant, leading: &Whole, merged: &Whole) -> String {
    let parts = |whole: &Whole| whole.parts.iter().map(|part| part.merge.clone()).collect::<Vec<MergeId>>();
    let of = |whole: &Whole| json!([whole.record.id, whole.shown, parts(whole)]);
    hex::encode(tenant.key.index("merge preview", &json!([of(leading), of(merged)]).to_string()))
}

/// Both cards, for a supervisor who looks at them. It is a reading of either.
///
/// Errors: `Same`, `NotFound`, `Store`.
pub async fn preview(
    tenant: &Tenant,
    leading: &PatientId,
    merged: &PatientId,
    actor: &Actor,
) -> Result<Preview, MergeError> {
    if leading == merged {
        return Err(MergeError::Same);
    }
    let mut writing = tenant.store.write().await?;
    let (one, other) =
        (Whole::load(&mut writing, tenant, leading).await?, Whole::load(&mut writing, tenant, merged).await?);
    let (obstacle, seen) = (obstacle(tenant, &one, &other), seen(tenant, &one, &other));
    let (differing, suggested) = (field::differing(&one.shown, &other.shown), field::gained(&one.shown, &other.shown));
    let brand = tenant.brand();
    let differing_fields = own_field::differing(&brand.fields.patient, &one.shown, &other.shown);
    let suggested_fields = own_field::gained(&brand.fields.patient, &one.shown, &other.shown);
    let dismissed = dismissed::between(&mut writing, tenant, leading, merged).await?;
    for (id, with) in [(leading, merged), (merged, leading)] {
        note_reading(&mut writing, tenant, id, with, actor).await?;
    }
    let (leading, merged) = (one.side(&mut writing).await?, other.side(&mut writing).await?);
    writing.commit().await?;
    Ok(Preview { leading, merged, differing, suggested, differing_fields, suggested_fields, dismissed, obstacle, seen })
}

async fn note_reading(
    writing: &mut Writing,
    tenant: &Tenant,
    id: &PatientId,
    with: &PatientId,
    actor: &Actor,
) -> Result<(), StoreError> {
    let subject = audit::Subject { kind: "patient", id: id.as_str() };
    let (at, detail) = (tenant.context.now(), json!({ "beside": with }));
    let entry = audit::Entry { at, actor, action: "patient.read", subject, detail };
    audit::append(writing, &tenant.key, entry).await
}

/// How much there is under these accounts.
async fn counts(session: &mut Session, accounts: &[PatientId]) -> Result<MergeCounts, StoreError> {
    let talks = |only| count(Consultation::Table, Consultation::PatientId, accounts, only);
    let open = Expr::col(Consultation::Stage).lt(STAGE_ENDED);
    let is_there = Expr::col(Person::RemovedAt).is_null();
    let says = Expr::col(Note::DeletedAt).is_null();
    let holds = Expr::col(LegalHold::LiftedAt).is_null();
    let mut files = Query::select();
    files.expr(Func::sum(Expr::col(Consultation::SealedFiles))).from(Consultation::Table);
    files.and_where(Expr::col(Consultation::PatientId).is_in(accounts.iter().map(PatientId::as_str)));
    Ok(MergeCounts {
        accounts: i64::try_from(accounts.len()).unwrap_or(i64::MAX),
        consultations: number(session, &talks(None)).await?,
        open_consultations: number(session, &talks(Some(open))).await?,
        callbacks: number(session, &count(Callback::Table, Callback::PatientId, accounts, None)).await?,
        persons: number(session, &count(Person::Table, Person::PatientId, accounts, Some(is_there))).await?,
        consents: number(session, &count(Consent::Table, Consent::PatientId, accounts, None)).await?,
        notes: number(session, &count(Note::Table, Note::PatientId, accounts, Some(says))).await?,
        files: number(session, &files).await?,
        holds: number(session, &count(LegalHold::Table, LegalHold::PatientId, accounts, Some(holds))).await?,
    })
}

/// How many rows of a table are these patients'.
fn count(
    table: impl IntoTableRef,
    patient: impl IntoColumnRef + Copy,
    accounts: &[PatientId],
    only: Option<Expr>,
) -> SelectStatement {
    let mut count = Query::select();
    count.expr(Func::count(Expr::col(patient))).from(table);
    count.and_where(Expr::col(patient).is_in(accounts.iter().map(PatientId::as_str)));
    if let Some(only) = only {
        count.and_where(only);
    }
    count
}

async fn number(session: &mut Session, select: &SelectStatement) -> Result<i64, StoreError> {
    session.fetch_one(select).await?.map_or(Ok(0), |row| row.first_number())
}
