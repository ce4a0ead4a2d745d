//! A dry run: what a rule, kept or not, would have matched among what was there last, and why. Nothing is changed.
//!
//! Times are those of the history. Queue and tags are as they stand now: what they were then is not kept.

use std::collections::HashMap;

use consilium_config::brand::{Rule, RuleEvent};
use sea_query::{Expr, ExprTrait, Iden, Order, Query};

use super::facts::{self, Known, Moment};
use super::store::Subject;
use super::verdict::{Finding, findings};
use crate::callback;
use crate::consultation::{Record, record};
use crate::ids::{CallbackId, PatientId};
use crate::store::tables::{
    Callback as Callbacks, CallbackHistory, ConclusionVersion as Versions, Consultation as Consultations,
    ConsultationHistory as History,
};
use crate::store::{Row, Session, StoreError};
use crate::tenant::Tenant;
use crate::time::Time;

/// What is tried.
#[derive(Debug, Clone, Copy)]
pub struct Attempt<'a> {
    /// The rule; whether it is on does not count.
    pub rule: &'a Rule,
    /// How many of the last consultations, or call-backs, are looked at.
    pub last: u64,
}

/// What came of it.
#[derive(Debug, Default)]
pub struct Tried {
    /// How many were looked at.
    pub looked_at: usize,
    /// Whether what the rule waits for is kept. Silences are not: then nothing can be said.
    pub is_known: bool,
    /// Those to which it happened, newest first.
    pub rows: Vec<TriedRow>,
}

/// One to which it happened.
#[derive(Debug)]
pub struct TriedRow {
    /// Which.
    pub subject: Subject,
    /// Whose; `None`: of a call-back by the form.
    pub patient: Option<PatientId>,
    /// When it happened, for the first time.
    pub at: Time,
    /// What became of each condition.
    pub findings: Vec<Finding>,
}

impl TriedRow {
    /// Whether the rule would have run.
    pub fn matches(&self) -> bool {
        self.findings.iter().all(|finding| finding.holds)
    }
}

/// Tries a rule.
pub async fn attempt(session: &mut Session, tenant: &Tenant, attempt: Attempt<'_>) -> Result<Tried, StoreError> {
    match attempt.rule.event {
        RuleEvent::ConsultationSilenceEnded => Ok(Tried::default()),
        RuleEvent::CallbackOrdered | RuleEvent::CallbackOverdue => on_callbacks(session, tenant, attempt).await,
        RuleEvent::ConsultationRequested
        | RuleEvent::ConsultationRedFlag
        | RuleEvent::ConsultationTaken
        | RuleEvent::ConsultationTransferred
        | RuleEvent::ConsultationWaitWarning
        | RuleEvent::ConsultationWaitBroken
        | RuleEvent::ConsultationResponseWarning
        | RuleEvent::ConsultationResponseBroken
        | RuleEvent::ConsultationResolutionWarning
        | RuleEvent::ConsultationResolutionBroken
        | RuleEvent::ConsultationReopened
        | RuleEvent::ConsultationClosed
        | RuleEvent::ConsultationCancelled
        | RuleEvent::ConsultationAbandoned
        | RuleEvent::ConclusionSigned => on_consultations(session, tenant, attempt).await,
    }
}

async fn on_consultations(session: &mut Session, tenant: &Tenant, attempt: Attempt<'_>) -> Result<Tried, StoreError> {
    let brand = tenant.brand();
    let mut select = record::select();
    select.order_by(Consultations::RequestedAt, Order::Desc).order_by(Consultations::Id, Order::Desc);
    let records = record::load_selected(session, select.limit(attempt.last)).await?;
    let known = Known::of(session, &records).await?;
    let times = times_of(session, attempt.rule.event, &records, &known).await?;
    let mut rows = Vec::new();
    for record in &records {
        let Some(at) = times.get(record.id.as_str()).copied() else { continue };
        let moment = Moment { at, silent_seconds: None };
        let facts = facts::of_consultation(session, &brand, record, &known, moment).await?;
        rows.push(TriedRow {
            subject: Subject::Consultation(record.id.clone()),
            patient: Some(record.patient.clone()),
            at,
            findings: findings(&attempt.rule.conditions, &facts),
        });
    }
    Ok(Tried { looked_at: records.len(), is_known: true, rows })
}

/// When it happened to each of them for the first time, by id.
async fn times_of(
    session: &mut Session,
    event: RuleEvent,
    records: &[Record],
    known: &Known,
) -> Result<HashMap<String, Time>, StoreError> {
    let ids = records.iter().map(|record| record.id.as_str());
    let mut select = Query::select();
    match event {
        RuleEvent::ConsultationRedFlag => {
            let flagged =
                records.iter().filter_map(|record| Some((record.id.to_string(), known.flagged_at(&record.id)?)));
            Ok(flagged.collect())
        }
        RuleEvent::ConclusionSigned => {
            let columns = [Versions::ConsultationId, Versions::SignedAt];
            select.columns(columns).from(Versions::Table).and_where(Expr::col(Versions::Version).eq(1_i64));
            select.and_where(Expr::col(Versions::ConsultationId).is_in(ids));
            times(&session.fetch_all(&select).await?, columns)
        }
        _ => {
            let columns = [History::ConsultationId, History::At];
            select.columns(columns).from(History::Table).and_where(Expr::col(History::Action).eq(action_of(event)));
            select.and_where(Expr::col(History::ConsultationId).is_in(ids));
            times(&session.fetch_all(select.order_by(History::At, Order::Desc)).await?, columns)
        }
    }
}

/// Times by id. Of several the last row stays: sorted from the latest on, what happened first.
fn times<C: Iden + Copy>(rows: &[Row], [id, at]: [C; 2]) -> Result<HashMap<String, Time>, StoreError> {
    rows.iter().map(|row| -> Result<_, StoreError> { Ok((row.text(id)?, row.time(at)?)) }).collect()
}

/// The word of an event in the history of its machine.
fn action_of(event: RuleEvent) -> &'static str {
    event.as_str().split_once('.').map_or("", |(_, action)| action)
}

async fn on_callbacks(session: &mut Session, tenant: &Tenant, attempt: Attempt<'_>) -> Result<Tried, StoreError> {
    let brand = tenant.brand();
    let mut last = Query::select();
    last.column(Callbacks::Id).from(Callbacks::Table);
    last.order_by(Callbacks::RequestedAt, Order::Desc).order_by(Callbacks::Id, Order::Desc).limit(attempt.last);
    let ids = session.fetch_all(&last).await?;
    let ids: Vec<String> = ids.iter().map(|row| row.text(Callbacks::Id)).collect::<Result<_, _>>()?;
    let columns = [CallbackHistory::CallbackId, CallbackHistory::At];
    let mut select = Query::select();
    select.columns(columns).from(CallbackHistory::Table);
    select.and_where(Expr::col(CallbackHistory::Action).eq(action_of(attempt.rule.event)));
    select.and_where(Expr::col(CallbackHistory::CallbackId).is_in(ids.iter().map(String::as_str)));
    let times = times(&session.fetch_all(select.order_by(CallbackHistory::At, Order::Desc)).await?, columns)?;
    let mut rows = Vec::new();
    for id in &ids {
        let Some(at) = times.get(id).copied() else { continue };
        let id = CallbackId::from(id.as_str());
        let Some(found) = callback::load(session, &tenant.key, &id).await? else { continue };
        let facts = facts::of_callback(session, &brand, &found, at).await?;
        let (subject, patient) = (Subject::Callback(id), found.patient);
        rows.push(TriedRow { subject, patient, at, findings: findings(&attempt.rule.conditions, &facts) });
    }
    Ok(Tried { looked_at: ids.len(), is_known: true, rows })
}
