//! What rules did and would have done, for supervisors.

use super::Presenter;
use crate::api::types::{RuleAlarm, RuleFinding, RuleRun, RuleTried, RuleTriedRow};
use crate::ids::PatientId;
use crate::rules::{self, Finding, Record, Tried, TriedRow};
use crate::store::{Session, StoreError};

impl Presenter<'_> {
    /// Runs, with whose they were.
    pub async fn rule_runs(&self, session: &mut Session, runs: Vec<Record>) -> Result<Vec<RuleRun>, StoreError> {
        let mut patients = rules::patients_of(session, &runs).await?;
        let shown = runs.into_iter().map(|run| {
            let patient = patients.remove(&run.id);
            self.rule_run(run, patient)
        });
        Ok(shown.collect())
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
