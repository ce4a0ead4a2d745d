//! Whether a removal begins: by a supervisor of the partner's own, who typed the brand's name.

use consilium_config::Brand;
use serde_json::json;

use super::error::DemoError;
use super::mark;
use super::store::{self, Removal};
use crate::actor::Actor;
use crate::audit;
use crate::change::{self, Kind};
use crate::ids::{OperatorId, UserId};
use crate::tenant::Tenant;

/// What may be typed to confirm: the brand's name in any of its languages.
pub fn names(brand: &Brand) -> impl Iterator<Item = &str> {
    brand.name.iter().map(|(_, name)| name)
}

/// Begins a removal. One that is under way stays as it is, and is given.
///
/// Errors: `NotConfirmed`, `Yourself`, `Nothing`, `Store`.
pub async fn begin(
    tenant: &Tenant,
    (by, user): (&OperatorId, &UserId),
    typed: &str,
    actor: &Actor,
) -> Result<Removal, DemoError> {
    let typed = typed.trim();
    if typed.is_empty() || !names(&tenant.brand()).any(|name| name.trim() == typed) {
        return Err(DemoError::NotConfirmed);
    }
    let mut writing = tenant.store.write().await?;
    if mark::is_account(&mut writing, user).await? {
        return Err(DemoError::Yourself);
    }
    if let Some(under_way) = store::under_way(&mut writing).await? {
        return Ok(under_way);
    }
    let accounts = store::active(&mut writing).await?;
    if accounts.is_empty() {
        return Err(DemoError::Nothing);
    }
    let now = tenant.context.now();
    let removal = Removal {
        id: tenant.context.new_id(),
        begun_at: now,
        by: by.clone(),
        accounts: i64::try_from(accounts.len()).unwrap_or(i64::MAX),
        finished: None,
    };
    store::insert(&mut writing, &removal).await?;
    let subject = audit::Subject { kind: "demo", id: &removal.id };
    let detail = json!({ "accounts": accounts.iter().map(|account| account.user.as_str()).collect::<Vec<_>>() });
    let entry = audit::Entry { at: now, actor, action: "demo.removal_begun", subject, detail };
    audit::append(&mut writing, &tenant.key, entry).await?;
    change::append(&mut writing, now, Kind::Setup, "demo", None).await?;
    writing.commit().await?;
    Ok(removal)
}
