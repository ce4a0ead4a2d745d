//! Who would take what somebody leaves: of those who may have it and have room, the one with most room, however the queue asks otherwise.

use std::collections::HashMap;

use super::matching::matched;
use super::model::{Rule, Rules, Strategy, Waiting};
use super::snapshot::{agents, rules};
use crate::consultation::Record;
use crate::ids::{ConsultationId, OperatorId};
use crate::store::{Session, StoreError};
use crate::tenant::Tenant;

/// A colleague for each consultation that `leaver` leads; none for what nobody can take now, as in a queue that does not work.
pub async fn colleagues(
    session: &mut Session,
    tenant: &Tenant,
    leaver: &OperatorId,
    records: &[Record],
) -> Result<HashMap<ConsultationId, OperatorId>, StoreError> {
    let (now, brand) = (tenant.context.now(), tenant.brand());
    let by_room = |rule: Rule| Rule { strategy: Strategy::LeastLoaded, is_sticky: false, overflow: None, ..rule };
    let rules: Rules = rules(tenant, now).into_iter().map(|(queue, rule)| (queue, by_room(rule))).collect();
    let mut agents = agents(session, tenant, &rules).await?;
    agents.retain(|agent| agent.id != *leaver);
    let waiting = |record: &Record| {
        let by_language = brand.queue(record.state.queue.as_str()).is_some_and(|queue| queue.routing.by_language);
        Waiting {
            id: record.id.clone(),
            queue: record.state.queue.clone(),
            order: record.queue_order,
            requested_at: record.state.requested_at,
            since: now,
            language: record.language.clone().filter(|_| by_language),
            handed_to: None,
            last_lead: None,
            passed: Vec::new(),
        }
    };
    let waiting: Vec<Waiting> = records.iter().map(waiting).collect();
    let found = matched(&waiting, &agents, &rules, now);
    Ok(found.into_iter().map(|one| (one.consultation, one.operator)).collect())
}
