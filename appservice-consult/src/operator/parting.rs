//! Somebody is no member of staff any more: he is asked for nothing, serves no queue and is in no list; what he did keeps his name.
//!
//! Deliberately absent: what he has in hand. Consultations leave him by the rules of their queues (`leaving/due.rs`), with the next look; whoever parts him in the
//! name of somebody, as the end of a demonstration, hands them on first.

use serde_json::json;

use super::service::OperatorError;
use super::staff::Member;
use super::store;
use crate::actor::Actor;
use crate::api::types::OperatorStatus;
use crate::audit;
use crate::change::{self, Kind};
use crate::ids::OperatorId;
use crate::tenant::Tenant;
use crate::webhook;

/// Parts a member from the staff; one who was parted stays so.
pub async fn part(tenant: &Tenant, id: &OperatorId, actor: &Actor) -> Result<(), OperatorError> {
    let mut writing = tenant.store.write().await?;
    let Some(before) = tenant.staff.present(id) else {
        return tenant.staff.by_id(id).map(drop).ok_or(OperatorError::NotFound);
    };
    let now = tenant.context.now();
    let after = Member {
        queues: Vec::new(),
        capacity: 0,
        status: OperatorStatus::Offline,
        status_since: store::not_before(now, &before),
        status_reason: None,
        ..Member::clone(&before)
    };
    store::store_status(&mut writing, tenant, &after).await?;
    store::store_parting(&mut writing, id, now).await?;
    let subject = audit::Subject { kind: "operator", id: id.as_str() };
    let detail = json!({ "user_id": after.user_id });
    audit::append(
        &mut writing,
        &tenant.key,
        audit::Entry { at: now, actor, action: "operator.removed", subject, detail },
    )
    .await?;
    change::append(&mut writing, now, Kind::Operator, id.as_str(), None).await?;
    for queue in &before.queues {
        change::append(&mut writing, now, Kind::Queue, queue.as_str(), None).await?;
    }
    webhook::enqueue(&mut writing, tenant, vec![webhook::of_status(&after)]).await?;
    // Under the writer's lock, so that a later change decides on this one.
    tenant.staff.part(after);
    if let Err(error) = writing.commit().await {
        tenant.staff.take_back(Member::clone(&before));
        return Err(error.into());
    }
    Ok(())
}
