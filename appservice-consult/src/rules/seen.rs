//! The end of an alarm: a supervisor says that he has seen it, and it is gone for all of them.

use serde_json::json;

use super::store::{self, Record};
use crate::actor::Actor;
use crate::audit;
use crate::change::{self, Kind};
use crate::ids::{OperatorId, RuleRunId};
use crate::store::StoreError;
use crate::tenant::Tenant;

/// Why it cannot be ended.
#[derive(Debug, thiserror::Error)]
pub enum SeenError {
    /// There is no such run, or it alarmed nobody.
    #[error("no such alarm")]
    NotFound,
    /// The store failed.
    #[error("the store failed")]
    Store(#[from] StoreError),
}

/// Takes note of an alarm. Whoever comes second changes nothing, and is told who was first.
pub async fn see(tenant: &Tenant, id: &RuleRunId, by: &OperatorId, actor: &Actor) -> Result<Record, SeenError> {
    let mut writing = tenant.store.write().await?;
    let now = tenant.context.now();
    let is_first = store::mark_seen(&mut writing, id, by, now).await?;
    let run = store::load(&mut writing, id).await?.filter(|run| run.is_alarm).ok_or(SeenError::NotFound)?;
    if is_first {
        let subject = audit::Subject { kind: "rule", id: &run.rule };
        let on = json!({
            "run": run.id, "consultation": run.subject.consultation(), "callback": run.subject.callback(),
        });
        let entry = audit::Entry { at: now, actor, action: "rule.alarm_seen", subject, detail: on };
        audit::append(&mut writing, &tenant.key, entry).await?;
        change::append(&mut writing, now, Kind::Rule, id.as_str(), None).await?;
        writing.commit().await?;
    }
    Ok(run)
}
