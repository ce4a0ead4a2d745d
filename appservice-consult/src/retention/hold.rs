//! Legal holds: placed and lifted by supervisors, on a record or on all records of a patient, those to come too.

use std::collections::{HashMap, HashSet};

use sea_query::{Cond, Expr, ExprTrait, Func, Order, Query, SelectStatement, UnionType};
use serde_json::json;

use super::{RetentionError, reason};
use crate::actor::Actor;
use crate::api::types::HoldView;
use crate::audit;
use crate::consultation::found::Named;
use crate::consultation::{Record, record};
use crate::ids::{ConsultationId, HoldId, OperatorId, PatientId};
use crate::page::{self, Keyed, Listed, Slice};
use crate::patient;
use crate::store::tables::{Consultation, LegalHold as Table};
use crate::store::{Row, Session, StoreError, Writing};
use crate::tenant::Tenant;
use crate::tenant_key;
use crate::time::Time;
use crate::webhook;

/// Holds on one record or patient at a time: as many matters as a court has about one, and far fewer than a slip of a script makes.
const HOLDS_MAX: i64 = 20;

/// A hold.
#[derive(Debug, Clone)]
pub struct Hold {
    /// Its id.
    pub id: HoldId,
    /// Whose records.
    pub patient: PatientId,
    /// The one record; none: all of the patient.
    pub consultation: Option<ConsultationId>,
    /// Why.
    pub reason: String,
    /// Since when.
    pub placed_at: Time,
    /// By whom.
    pub placed_by: OperatorId,
    /// That it was lifted.
    pub lifted: Option<Lifted>,
}

/// The end of a hold.
#[derive(Debug, Clone)]
pub struct Lifted {
    /// When.
    pub at: Time,
    /// By whom.
    pub by: OperatorId,
    /// Why.
    pub reason: String,
}

/// On what a hold is put.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// One consultation's records.
    Record(ConsultationId),
    /// All records of a patient, in every account on his card.
    Patient(PatientId),
}

fn select() -> SelectStatement {
    let mut select = Query::select();
    select.columns([
        Table::Id,
        Table::PatientId,
        Table::ConsultationId,
        Table::Reason,
        Table::PlacedAt,
        Table::PlacedBy,
        Table::LiftedAt,
        Table::LiftedBy,
        Table::LiftReason,
    ]);
    select.from(Table::Table);
    select
}

fn sealed_at<'a>(column: &'static str, row: &'a str) -> tenant_key::Place<'a> {
    tenant_key::Place { table: "legal_hold", column, row }
}

fn read(tenant: &Tenant, row: &Row) -> Result<Hold, StoreError> {
    let id = row.text(Table::Id)?;
    let lifted = match (row.time_or_null(Table::LiftedAt)?, row.bytes_or_null(Table::LiftReason)?) {
        (Some(at), Some(why)) => Some(Lifted {
            at,
            by: row.id(Table::LiftedBy)?,
            reason: reason::opened(tenant, sealed_at("lift_reason", &id), &why)?,
        }),
        _ => None,
    };
    Ok(Hold {
        reason: reason::opened(tenant, sealed_at("reason", &id), &row.bytes(Table::Reason)?)?,
        patient: row.id(Table::PatientId)?,
        consultation: row.id_or_null(Table::ConsultationId)?,
        placed_at: row.time(Table::PlacedAt)?,
        placed_by: row.id(Table::PlacedBy)?,
        lifted,
        id: id.into(),
    })
}

async fn load(session: &mut Session, tenant: &Tenant, id: &HoldId) -> Result<Option<Hold>, StoreError> {
    let mut select = select();
    select.and_where(Expr::col(Table::Id).eq(id.as_str()));
    session.fetch_one(&select).await?.map(|row| read(tenant, &row)).transpose()
}

/// A member of staff who places or lifts.
#[derive(Debug, Clone, Copy)]
pub struct By<'a> {
    /// His record.
    pub id: &'a OperatorId,
    /// The same, for the audit log.
    pub actor: &'a Actor,
}

/// Puts a hold on something. The flag says whether it was put now; the same `request_id` gives the same hold.
pub async fn place(
    tenant: &Tenant,
    on: &Place,
    why: &str,
    request_id: &str,
    by: By<'_>,
) -> Result<(Hold, bool), RetentionError> {
    let why = reason::checked(why)?;
    let mut writing = tenant.store.write().await?;
    let (patient, consultation) = target(&mut writing, tenant, on).await?;
    let mut known = select();
    known.and_where(Expr::col(Table::PlacedBy).eq(by.id.as_str()));
    known.and_where(Expr::col(Table::RequestId).eq(request_id));
    if let Some(row) = writing.fetch_one(&known).await? {
        let before = read(tenant, &row)?;
        let is_same = before.patient == patient && before.consultation == consultation;
        return if is_same { Ok((before, false)) } else { Err(RetentionError::RequestUsed) };
    }
    if count_on(&mut writing, &patient, consultation.as_ref()).await? >= HOLDS_MAX {
        return Err(RetentionError::TooMany);
    }
    let hold = Hold {
        id: tenant.context.new_id().into(),
        patient,
        consultation,
        reason: why.to_owned(),
        placed_at: tenant.context.now(),
        placed_by: by.id.clone(),
        lifted: None,
    };
    insert(&mut writing, tenant, &hold, request_id).await?;
    remember(&mut writing, tenant, &hold, by.actor, "hold.placed").await?;
    if hold.consultation.is_none() {
        place_on_others(&mut writing, tenant, &hold, request_id, by.actor).await?;
    }
    writing.commit().await?;
    Ok((hold, true))
}

/// A human's hold is on each of his accounts by itself: it stays there when they are shown apart again.
async fn place_on_others(
    writing: &mut Writing,
    tenant: &Tenant,
    hold: &Hold,
    request_id: &str,
    actor: &Actor,
) -> Result<(), StoreError> {
    for part in tenant.patients.parts_of(&hold.patient) {
        let same = Hold { id: tenant.context.new_id().into(), patient: part.patient, ..hold.clone() };
        insert(writing, tenant, &same, &format!("{request_id} {}", same.patient)).await?;
        remember(writing, tenant, &same, actor, "hold.placed").await?;
    }
    Ok(())
}

/// Whose records a hold is put on, and on which.
async fn target(
    writing: &mut Writing,
    tenant: &Tenant,
    on: &Place,
) -> Result<(PatientId, Option<ConsultationId>), RetentionError> {
    match on {
        Place::Record(id) => {
            let record = record::load(writing, id).await?.ok_or(RetentionError::NotFound)?;
            if record.erased_at.is_some() {
                return Err(RetentionError::Archive(crate::archive::ArchiveError::Erased));
            }
            Ok((record.patient, Some(record.id)))
        }
        Place::Patient(id) => {
            let card = tenant.patients.leading_of(id);
            patient::load(writing, &tenant.key, &card).await?.ok_or(RetentionError::NotFound)?;
            Ok((card, None))
        }
    }
}

async fn count_on(
    session: &mut Session,
    patient: &PatientId,
    consultation: Option<&ConsultationId>,
) -> Result<i64, StoreError> {
    let on = match consultation {
        Some(id) => Expr::col(Table::ConsultationId).eq(id.as_str()),
        None => Expr::col(Table::ConsultationId).is_null(),
    };
    let mut count = Query::select();
    count.expr(Func::count(Expr::col(Table::Id))).from(Table::Table);
    count.and_where(Expr::col(Table::LiftedAt).is_null());
    count.and_where(Expr::col(Table::PatientId).eq(patient.as_str())).and_where(on);
    session.fetch_one(&count).await?.map_or(Ok(0), |row| row.first_number())
}

async fn insert(writing: &mut Writing, tenant: &Tenant, hold: &Hold, request_id: &str) -> Result<(), StoreError> {
    let mut insert = Query::insert();
    insert.into_table(Table::Table).columns([
        Table::Id,
        Table::PatientId,
        Table::ConsultationId,
        Table::RequestId,
        Table::Reason,
        Table::PlacedAt,
        Table::PlacedBy,
    ]);
    insert.values_panic([
        hold.id.as_str().into(),
        hold.patient.as_str().into(),
        hold.consultation.as_ref().map(ConsultationId::as_str).into(),
        request_id.into(),
        reason::sealed(tenant, sealed_at("reason", hold.id.as_str()), &hold.reason).into(),
        hold.placed_at.as_millis().into(),
        hold.placed_by.as_str().into(),
    ]);
    writing.execute(&insert).await.map(drop)
}

/// Lifts a hold. What it held stands in the list of what goes for a day again before it does.
pub async fn lift(tenant: &Tenant, id: &HoldId, why: &str, by: By<'_>) -> Result<Hold, RetentionError> {
    let why = reason::checked(why)?;
    let mut writing = tenant.store.write().await?;
    let before = load(&mut writing, tenant, id).await?.ok_or(RetentionError::NotFound)?;
    if before.lifted.is_some() {
        return Err(RetentionError::Lifted);
    }
    let lifted = Lifted { at: tenant.context.now(), by: by.id.clone(), reason: why.to_owned() };
    let mut update = Query::update();
    update.table(Table::Table).values([
        (Table::LiftedAt, lifted.at.as_millis().into()),
        (Table::LiftedBy, lifted.by.as_str().into()),
        (Table::LiftReason, reason::sealed(tenant, sealed_at("lift_reason", id.as_str()), why).into()),
    ]);
    writing.execute(update.and_where(Expr::col(Table::Id).eq(id.as_str()))).await?;
    let mut anew = Query::update();
    anew.table(Consultation::Table).value(Consultation::EraseListedAt, None::<i64>);
    anew.and_where(Expr::col(Consultation::PatientId).eq(before.patient.as_str()));
    anew.and_where(Expr::col(Consultation::EraseListedAt).is_not_null());
    if let Some(consultation) = &before.consultation {
        anew.and_where(Expr::col(Consultation::Id).eq(consultation.as_str()));
    }
    writing.execute(&anew).await?;
    let hold = Hold { lifted: Some(lifted), ..before };
    remember(&mut writing, tenant, &hold, by.actor, "hold.lifted").await?;
    writing.commit().await?;
    Ok(hold)
}

async fn remember(
    writing: &mut Writing,
    tenant: &Tenant,
    hold: &Hold,
    actor: &Actor,
    action: &'static str,
) -> Result<(), StoreError> {
    let subject = match &hold.consultation {
        Some(id) => audit::Subject { kind: "archive", id: id.as_str() },
        None => audit::Subject { kind: "patient", id: hold.patient.as_str() },
    };
    webhook::enqueue(writing, tenant, vec![webhook::of_hold(hold)]).await?;
    let detail = json!({ "hold": hold.id, "patient": hold.patient });
    let entry = audit::Entry { at: tenant.context.now(), actor, action, subject, detail };
    audit::append(writing, &tenant.key, entry).await
}

const NEWEST: Keyed<Hold, Table> = Keyed {
    list: "holds",
    columns: &[Table::PlacedAt],
    id: Table::Id,
    order: Order::Desc,
    key_of: |hold| (vec![hold.placed_at.as_millis()], hold.id.as_str()),
};

/// One page of holds, the last that was placed first; `patient`: of every account on his card.
pub async fn list(
    session: &mut Session,
    tenant: &Tenant,
    patient: Option<&PatientId>,
    slice: Slice<'_, HoldView>,
) -> Result<Listed<Hold>, RetentionError> {
    let stands = match slice.sort {
        HoldView::Active => Expr::col(Table::LiftedAt).is_null(),
        HoldView::Lifted => Expr::col(Table::LiftedAt).is_not_null(),
    };
    let accounts = patient.map(|patient| tenant.patients.accounts_of(patient));
    let of = accounts.map(|ids| Expr::col(Table::PatientId).is_in(ids.iter().map(PatientId::as_str)));
    let condition = Cond::all().add(stands).add_option(of);
    let mut matching = Query::select();
    matching.from(Table::Table).cond_where(condition.clone());
    let total = page::count(session, matching).await?;
    let mut select = select();
    select.cond_where(condition);
    NEWEST.narrow(&mut select, slice.limit, slice.cursor)?;
    let rows = session.fetch_all(&select).await?;
    let holds = rows.iter().map(|row| read(tenant, row)).collect::<Result<Vec<_>, _>>()?;
    Ok(NEWEST.page(holds, slice.limit, total))
}

/// Whether something holds a consultation, as a condition on its row.
pub(super) fn holds_it() -> Expr {
    let of = |column: Consultation| (Consultation::Table, column);
    let hold = |column: Table| Expr::col((Table::Table, column));
    let mut holds = Query::select();
    holds.expr(Expr::val(1_i64)).from(Table::Table);
    holds.and_where(hold(Table::LiftedAt).is_null());
    holds.and_where(hold(Table::PatientId).equals(of(Consultation::PatientId)));
    let all = hold(Table::ConsultationId).is_null();
    holds.cond_where(Cond::any().add(all).add(hold(Table::ConsultationId).equals(of(Consultation::Id))));
    Expr::exists(holds)
}

/// What holds some consultations, the first that was placed first. One that nothing holds is not in it.
pub async fn held_of(
    session: &mut Session,
    tenant: &Tenant,
    records: &[Record],
) -> Result<HashMap<ConsultationId, Vec<Hold>>, StoreError> {
    let patients: HashSet<&str> = records.iter().map(|record| record.patient.as_str()).collect();
    if patients.is_empty() {
        return Ok(HashMap::new());
    }
    let mut select = select();
    select.and_where(Expr::col(Table::LiftedAt).is_null()).and_where(Expr::col(Table::PatientId).is_in(patients));
    select.order_by(Table::PlacedAt, Order::Asc).order_by(Table::Id, Order::Asc);
    let rows = session.fetch_all(&select).await?;
    let holds = rows.iter().map(|row| read(tenant, row)).collect::<Result<Vec<_>, _>>()?;
    let of = |record: &Record| {
        let on = |hold: &&Hold| {
            hold.patient == record.patient && hold.consultation.as_ref().is_none_or(|id| *id == record.id)
        };
        holds.iter().filter(on).cloned().collect::<Vec<_>>()
    };
    let held = records.iter().map(|record| (record.id.clone(), of(record)));
    Ok(held.filter(|(_, holds)| !holds.is_empty()).collect())
}

/// Whether something holds a consultation.
pub async fn is_held(session: &mut Session, tenant: &Tenant, record: &Record) -> Result<bool, StoreError> {
    Ok(!held_of(session, tenant, std::slice::from_ref(record)).await?.is_empty())
}

/// Whether a hold is on all records of a patient.
pub async fn is_patient_held(session: &mut Session, patient: &PatientId) -> Result<bool, StoreError> {
    Ok(count_on(session, patient, None).await? > 0)
}

/// Whether all records of a patient are held, as a condition on a row that has his id in this column.
pub fn patient_is_held(patient: Expr) -> Expr {
    let mut holds = Query::select();
    holds.column(Table::PatientId).from(Table::Table);
    holds.and_where(Expr::col(Table::LiftedAt).is_null()).and_where(Expr::col(Table::ConsultationId).is_null());
    patient.in_subquery(holds)
}

/// Consultations that are held, themselves or with all of their patient: few, as a part of a larger statement.
pub fn held_records() -> Named {
    let mut ids = Query::select();
    ids.column(Table::ConsultationId).from(Table::Table);
    ids.and_where(Expr::col(Table::LiftedAt).is_null()).and_where(Expr::col(Table::ConsultationId).is_not_null());
    let mut of_patients = Query::select();
    of_patients.column(Consultation::Id).from(Consultation::Table);
    of_patients.and_where(patient_is_held(Expr::col(Consultation::PatientId)));
    ids.union(UnionType::Distinct, of_patients);
    let column = |column: Consultation| Expr::col((Consultation::Table, column));
    Named { ids, here: record_is_held(column(Consultation::Id), column(Consultation::PatientId)) }
}

/// Whether a record is held, itself or with all of its patient, as a condition on a row that has both ids in these columns.
pub fn record_is_held(consultation: Expr, patient: Expr) -> Expr {
    let mut holds = Query::select();
    holds.column(Table::ConsultationId).from(Table::Table);
    holds.and_where(Expr::col(Table::LiftedAt).is_null()).and_where(Expr::col(Table::ConsultationId).is_not_null());
    consultation.in_subquery(holds).or(patient_is_held(patient))
}
