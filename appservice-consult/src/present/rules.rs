//! What rules did and would have done, for supervisors.

use std::collections::HashMap;

use sea_query::{Expr, ExprTrait, Iden, IntoIden, Query};

use super::Presenter;
use crate::api::types::{RuleAlarm, RuleFinding, RuleRun, RuleTried, RuleTriedRow};
use crate::ids::{CallbackId, ConsultationId, PatientId};
use crate::rules::{Finding, Record, Subject, Tried, TriedRow};
use crate::store::tables::{Callback, Consultation};
use crate::store::{Session, StoreError};

impl Presenter<'_> {
    /// Runs, with whose they were.
    pub async fn rule_runs(&self, session: &mut Session, runs: Vec<Record>) -> Result<Vec<RuleRun>, StoreError> {
        let consultations: Vec<&str> =
            runs.iter().filter_map(|run| run.subject.consultation()).map(ConsultationId::as_str).collect();
        let callbacks: Vec<&str> =
            runs.iter().filter_map(|run| run.subject.callback()).map(CallbackId::as_str).collect();
        let of_consultations =
            patients(session, Consultation::Table, (Consultation::Id, Consultation::PatientId), &consultations).await?;
        let of_callbacks = patients(session, Callback::Table, (Callback::Id, Callback::PatientId), &callbacks).await?;
        let patient = |subject: &Subject| match subject {
            Subject::Consultation(id) => of_consultations.get(id.as_str()).cloned(),
            Subject::Callback(id) => of_callbacks.get(id.as_str()).cloned(),
        };
        Ok(runs
            .into_iter()
            .map(|run| {
                let patient = patient(&run.subject);
                self.rule_run(run, patient)
            })
            .collect())
    }

    fn rule_run(&self, run: Record, patient: Option<PatientId>) -> RuleRun {
        let brand = self.tenant.brand();
        let rule_name = brand.rule(&run.rule).map_or_else(|| run.rule.clone(), |rule| self.text(&rule.name));
        let alarm = run.is_alarm.then(|| RuleAlarm {
            seen_at: run.seen.as_ref().map(|(at, _)| *at),
            seen_by: run.seen.as_ref().map(|(_, by)| self.operator_ref(by)),
        });
        RuleRun {
            id: run.id,
            at: run.at,
            rule_id: run.rule,
            rule_name,
            rule_version: run.version,
            event: run.event,
            consultation_id: run.subject.consultation().cloned(),
            callback_id: run.subject.callback().cloned(),
            patient: patient.map(|id| self.patient_ref(&id)),
            done: run.done,
            alarm,
        }
    }

    /// What a rule would have matched.
    pub fn rule_tried(&self, tried: Tried) -> RuleTried {
        RuleTried {
            is_known: tried.is_known,
            looked_at: tried.looked_at,
            matched: tried.rows.iter().filter(|row| row.matches()).count(),
            rows: tried.rows.into_iter().map(|row| self.rule_tried_row(row)).collect(),
        }
    }

    fn rule_tried_row(&self, row: TriedRow) -> RuleTriedRow {
        let finding = |Finding { condition, holds, found }| RuleFinding { condition, holds, found };
        RuleTriedRow {
            consultation_id: row.subject.consultation().cloned(),
            callback_id: row.subject.callback().cloned(),
            patient: row.patient.as_ref().map(|id| self.patient_ref(id)),
            at: row.at,
            matches: row.matches(),
            findings: row.findings.into_iter().map(finding).collect(),
        }
    }
}

/// Whose these rows of a table are, by their ids.
async fn patients<C: Iden + Copy + 'static>(
    session: &mut Session,
    table: C,
    (id, patient): (C, C),
    ids: &[&str],
) -> Result<HashMap<String, PatientId>, StoreError> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let mut select = Query::select();
    select.columns([id, patient]).from(table.into_iden()).and_where(Expr::col(id).is_in(ids.iter().copied()));
    let mut patients = HashMap::new();
    for row in session.fetch_all(&select).await? {
        if let Some(patient) = row.id_or_null(patient)? {
            patients.insert(row.text(id)?, patient);
        }
    }
    Ok(patients)
}
