//! One look of a tenant at a time, beside everything else. What it found is kept in memory: a restart forgets it, and it can be looked again.

use std::sync::Arc;
use std::time::Duration;

use parking_lot::Mutex;
use serde_json::json;

use super::{Doctor, DoctorError};
use crate::actor::Actor;
use crate::api::problem::chain;
use crate::api::types::{DoctorFinding, DoctorLevel};
use crate::audit::{self, Entry, Subject};
use crate::ids::OperatorId;
use crate::store::StoreError;
use crate::tenant::Tenant;
use crate::time::Time;

/// What is asked over the network has limits of its own, far below this one.
const EXAMINATION_MAX: Duration = Duration::from_mins(3);

/// What came out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// These were looked at.
    Found(Vec<DoctorFinding>),
    /// It came to no end.
    Failed,
}

/// The look that was asked for last.
#[derive(Debug, Clone)]
pub struct Examination {
    /// Who asked.
    pub by: OperatorId,
    /// When.
    pub started_at: Time,
    /// When it ended, and how; `None`: it runs.
    pub end: Option<(Time, Outcome)>,
}

/// Who looks at a tenant's installation, and what was found last.
#[derive(Debug)]
pub struct Practice {
    doctor: Option<Arc<dyn Doctor>>,
    latest: Mutex<Option<Examination>>,
}

impl Practice {
    /// Without one, nobody looks.
    pub fn of(doctor: Option<Arc<dyn Doctor>>) -> Self {
        Self { doctor, latest: Mutex::new(None) }
    }

    /// The latest look; `None`: none since the service started.
    pub fn latest(&self) -> Option<Examination> {
        self.latest.lock().clone()
    }

    fn ended(&self, at: Time, outcome: Outcome) {
        if let Some(examination) = self.latest.lock().as_mut() {
            examination.end = Some((at, outcome));
        }
    }
}

/// Begins a look, unless one runs: then that one is joined.
///
/// Errors: `Absent`.
pub fn begin(tenant: &Arc<Tenant>, by: OperatorId, actor: Actor) -> Result<Examination, DoctorError> {
    let doctor = tenant.practice.doctor.clone().ok_or(DoctorError::Absent)?;
    let examination = {
        let mut latest = tenant.practice.latest.lock();
        if let Some(running) = latest.as_ref().filter(|examination| examination.end.is_none()) {
            return Ok(running.clone());
        }
        latest.insert(Examination { by, started_at: tenant.context.now(), end: None }).clone()
    };
    tokio::spawn(run(Arc::clone(tenant), doctor, actor));
    Ok(examination)
}

async fn run(tenant: Arc<Tenant>, doctor: Arc<dyn Doctor>, actor: Actor) {
    let outcome = look(&tenant, &*doctor).await;
    let outcome = match note(&tenant, &actor, &outcome).await {
        Ok(()) => outcome,
        Err(error) => {
            tracing::error!(error = %chain(&error), "that the installation was looked at could not be noted");
            Outcome::Failed
        }
    };
    tenant.practice.ended(tenant.context.now(), outcome);
}

async fn look(tenant: &Tenant, doctor: &dyn Doctor) -> Outcome {
    match tokio::time::timeout(EXAMINATION_MAX, doctor.examine(&tenant.slug)).await {
        Ok(Ok(findings)) => Outcome::Found(findings),
        Ok(Err(error)) => {
            tracing::error!(error = %chain(&error), "the installation could not be looked at");
            Outcome::Failed
        }
        Err(_) => {
            tracing::error!("a look at the installation came to no end");
            Outcome::Failed
        }
    }
}

/// That somebody looked, and how many things are wrong: what they are is no part of the log.
async fn note(tenant: &Tenant, actor: &Actor, outcome: &Outcome) -> Result<(), StoreError> {
    let Outcome::Found(findings) = outcome else { return Ok(()) };
    let count = |level| findings.iter().filter(|finding| finding.level == level).count();
    let detail = json!({ "broken": count(DoctorLevel::Broken), "warnings": count(DoctorLevel::Warning) });
    let subject = Subject { kind: "list", id: "doctor" };
    let mut writing = tenant.store.write().await?;
    let entry = Entry { at: tenant.context.now(), actor, action: "doctor.examined", subject, detail };
    audit::append(&mut writing, &tenant.key, entry).await?;
    writing.commit().await
}
