//! Giving the secret out, and giving it up.

use serde_json::json;

use super::store::{self, KeptBy, Release};
use crate::actor::Actor;
use crate::audit;
use crate::change::{self, Kind};
use crate::patient::Entry;
use crate::store::{StoreError, Writing};
use crate::tenant::Tenant;
use crate::time::Time;
use consilium_keeper::{BackupSecret, Custody as Kept, KeeperError, SecretWish};

/// How long after a sign-in the secret may be asked for: a slow network and a slow phone included. Unit: milliseconds.
const FRESH_MS: u64 = 10 * 60 * 1_000;

/// How the caller came in.
#[derive(Debug)]
pub struct SignIn<'a> {
    /// When he gave a proof, as the homeserver says; none where it does not say.
    pub at: Option<Time>,
    /// The device that he signed in on.
    pub device_id: Option<&'a str>,
    /// What the device calls itself.
    pub device_name: Option<&'a str>,
}

/// Why nothing was released or given up.
#[derive(Debug, thiserror::Error)]
pub enum CustodyError {
    /// The sign-in is too long ago, or nobody knows when it was: sign in again.
    #[error("the sign-in is not fresh")]
    Stale,
    /// The keeper cannot do it now.
    #[error("the keeper cannot do it now")]
    Keeper(#[from] KeeperError),
    /// The store failed.
    #[error("the store failed")]
    Store(#[from] StoreError),
}

/// The secret of a patient who has just signed in; `None`: it is in his own hands.
///
/// The entry in the audit log and the notice to his devices are durable before the secret is given.
pub async fn release(
    tenant: &Tenant,
    patient: &Entry,
    sign_in: &SignIn<'_>,
    wish: SecretWish,
) -> Result<Option<BackupSecret>, CustodyError> {
    let now = tenant.context.now();
    let device_id = sign_in.device_id.filter(|_| is_fresh(sign_in.at, now)).ok_or(CustodyError::Stale)?;
    let _turn = tenant.locks.lock(&format!("custody {}", patient.id)).await;
    let kept = tenant.keeper.backup_secret(patient.user_id.as_str(), wish).await?;
    let mut writing = tenant.store.write().await?;
    let Kept::Keeper { secret, is_new } = kept else {
        store::set(&mut writing, &patient.id, KeptBy::Person, now).await?;
        writing.commit().await?;
        return Ok(None);
    };
    let release = Release {
        id: tenant.context.new_id(),
        at: now,
        device_id: device_id.to_owned(),
        device_name: sign_in.device_name.map(str::to_owned),
    };
    store::set(&mut writing, &patient.id, KeptBy::Clinic, now).await?;
    store::add_release(&mut writing, tenant, &patient.id, &release).await?;
    let detail = json!({ "device_id": release.device_id, "made": is_new });
    tell(&mut writing, tenant, patient, "backup_secret.released", detail).await?;
    writing.commit().await?;
    Ok(Some(secret))
}

/// The patient takes the secret into his own hands: the keeper's copy is destroyed. Idempotent.
pub async fn take_over(tenant: &Tenant, patient: &Entry, device_id: Option<&str>) -> Result<(), CustodyError> {
    let _turn = tenant.locks.lock(&format!("custody {}", patient.id)).await;
    tenant.keeper.forget_backup_secret(patient.user_id.as_str()).await?;
    let mut writing = tenant.store.write().await?;
    store::set(&mut writing, &patient.id, KeptBy::Person, tenant.context.now()).await?;
    tell(&mut writing, tenant, patient, "backup_secret.taken_over", json!({ "device_id": device_id })).await?;
    writing.commit().await?;
    Ok(())
}

/// Whether a sign-in was in the last ten minutes. One in the future is a clock that is wrong: not believed either.
pub fn is_fresh(signed_in_at: Option<Time>, now: Time) -> bool {
    signed_in_at.is_some_and(|at| now.as_millis().abs_diff(at.as_millis()) <= FRESH_MS)
}

/// Writes the entry of the audit log, and the row that tells the patient's open streams.
async fn tell(
    writing: &mut Writing,
    tenant: &Tenant,
    patient: &Entry,
    action: &str,
    detail: serde_json::Value,
) -> Result<(), StoreError> {
    let now = tenant.context.now();
    let actor = Actor::Patient { id: patient.id.clone(), user_id: patient.user_id.clone() };
    let subject = audit::Subject { kind: "patient", id: patient.id.as_str() };
    audit::append(writing, &tenant.key, audit::Entry { at: now, actor: &actor, action, subject, detail }).await?;
    change::append(writing, now, Kind::Custody, patient.id.as_str(), Some(patient.user_id.as_str())).await
}

#[cfg(test)]
mod tests {
    use super::{FRESH_MS, is_fresh};
    use crate::time::Time;

    #[test]
    fn only_a_known_time_of_the_last_ten_minutes_is_fresh() {
        let now = 1_700_000_000_000;
        let fresh = |at: Option<i64>| is_fresh(at.map(Time::from_millis), Time::from_millis(now));
        let ten_minutes = i64::try_from(FRESH_MS).expect("it is small");
        assert!(fresh(Some(now)) && fresh(Some(now - ten_minutes)));
        for at in
            [None, Some(now - ten_minutes - 1), Some(now + ten_minutes + 1), Some(0), Some(i64::MIN), Some(i64::MAX)]
        {
            assert!(!fresh(at), "{at:?}");
        }
    }
}
