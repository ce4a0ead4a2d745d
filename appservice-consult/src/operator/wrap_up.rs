//! Wrap-up: for a while after a call its operator is offered nothing, so that he can write down what was said. He may end it himself.
//!
//! Derived from the times in calls and the queue's setting, so that a late event of the media server is right as soon as it comes.

use std::collections::HashMap;
use std::sync::Arc;

use consilium_config::brand::RoutingStrategy;

use super::service::{OperatorError, commit};
use super::staff::Member;
use super::store;
use crate::call;
use crate::change::{self, Kind};
use crate::ids::OperatorId;
use crate::store::{Session, StoreError};
use crate::tenant::Tenant;
use crate::time::Time;

/// Who winds up after a call now, and until when.
pub async fn wrapping(session: &mut Session, tenant: &Tenant) -> Result<HashMap<OperatorId, Time>, StoreError> {
    let now = tenant.context.now();
    let brand = tenant.brand();
    let queues = &brand.queues;
    let longest = queues.iter().map(|queue| i64::from(queue.routing.wrap_up_seconds)).max().unwrap_or(0);
    let is_routed = queues.iter().any(|queue| queue.routing.strategy != RoutingStrategy::Manual);
    let mut wrapping = HashMap::new();
    // Where everybody picks by hand there is nothing to be kept from.
    if longest == 0 || !is_routed {
        return Ok(wrapping);
    }
    for left in call::staff_left(session, now.plus_seconds(-longest)).await? {
        let Some(member) = tenant.staff.by_user(&left.user) else { continue };
        let seconds = brand.queue(left.queue.as_str()).map_or(0, |queue| queue.routing.wrap_up_seconds);
        let until = left.at.plus_seconds(i64::from(seconds));
        if until > now && member.wrapped_up_at.is_none_or(|ended| ended < left.at) {
            let known = wrapping.entry(member.id.clone()).or_insert(until);
            *known = until.max(*known);
        }
    }
    Ok(wrapping)
}

/// He is ready for the next one.
pub async fn end(tenant: &Tenant, id: &OperatorId) -> Result<Arc<Member>, OperatorError> {
    let mut writing = tenant.store.write().await?;
    let before = tenant.staff.by_id(id).ok_or(OperatorError::NotFound)?;
    let now = tenant.context.now();
    let after = Member { wrapped_up_at: Some(now), ..Member::clone(&before) };
    store::store_wrapped_up(&mut writing, id, now).await?;
    change::append(&mut writing, now, Kind::Operator, id.as_str(), None).await?;
    commit(tenant, writing, Some(before), after).await
}
