//! One look of a tenant at a time, beside everything else. What it found is kept in memory: a restart forgets it, and it can be looked again. Whatever becomes of a look,
//! it has an end: one that dies, or whose time is over, has failed.

use std::sync::Arc;
use std::time::Duration;

use parking_lot::Mutex;
use serde_json::json;

use super::{Doctor, DoctorError};
use crate::actor::Actor;
use crate::api::problem::chain;
use crate::api::types::{DoctorFinding, DoctorLevel};
use crate::audit::{self, Entry, Subject};
use crate::context::Context;
use crate::ids::OperatorId;
use crate::store::StoreError;
use crate::tenant::Tenant;
use crate::time::Time;

/// What is asked over the network has limits of its own, far below this one. After it nobody waits any more.
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
    /// Which it is of those since the service started: what an earlier one finds late is none of it.
    look: u64,
    /// When it was begun, by the clock that nobody sets.
    began: Duration,
}

impl Examination {
    /// Whether it runs; one whose time is over has failed, whatever became of it.
    fn runs(&mut self, context: &Context) -> bool {
        if self.end.is_none() && context.elapsed().saturating_sub(self.began) > EXAMINATION_MAX {
            self.end = Some((context.now(), Outcome::Failed));
        }
        self.end.is_none()
    }
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
    pub fn latest(&self, context: &Context) -> Option<Examination> {
        let mut latest = self.latest.lock();
        let examination = latest.as_mut()?;
        examination.runs(context);
        Some(examination.clone())
    }

    /// Whether anybody waits for what that look finds.
    fn waits_for(&self, look: u64, context: &Context) -> bool {
        self.latest.lock().as_mut().is_some_and(|latest| latest.look == look && latest.runs(context))
    }

    fn ended(&self, look: u64, at: Time, outcome: Outcome) {
        let mut latest = self.latest.lock();
        if let Some(examination) = latest.as_mut().filter(|latest| latest.look == look && latest.end.is_none()) {
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
        let context = &tenant.context;
        if let Some(before) = latest.as_mut()
            && before.runs(context)
        {
            return Ok(before.clone());
        }
        let look = latest.as_ref().map_or(0, |before| before.look) + 1;
        let (started_at, began) = (context.now(), context.elapsed());
        latest.insert(Examination { by, started_at, end: None, look, began }).clone()
    };
    tokio::spawn(run(Arc::clone(tenant), doctor, actor, examination.look));
    Ok(examination)
}

async fn run(tenant: Arc<Tenant>, doctor: Arc<dyn Doctor>, actor: Actor, number: u64) {
    // In a task of its own: what dies there is the end of the look, and of nothing else.
    let looking = tokio::spawn({
        let tenant = Arc::clone(&tenant);
        async move { look(&tenant, &*doctor).await }
    });
    let outcome = looking.await.unwrap_or_else(|error| {
        tracing::error!(error = %error, "a look at the installation died");
        Outcome::Failed
    });
    if !tenant.practice.waits_for(number, &tenant.context) {
        return;
    }
    let outcome = match note(&tenant, &actor, &outcome).await {
        Ok(()) => outcome,
        Err(error) => {
            tracing::error!(error = %chain(&error), "that the installation was looked at could not be noted");
            Outcome::Failed
        }
    };
    tenant.practice.ended(number, tenant.context.now(), outcome);
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
