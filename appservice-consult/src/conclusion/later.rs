//! Signatures that somebody else makes: asked for until they come or are refused. What is to be signed is kept first, so that neither a crash nor a provider that
//! is gone for a week loses it.
//!
//! Deliberately absent: giving up. A change of the draft takes it back, a refusal ends it, and nothing else does.

use std::sync::Arc;
use std::time::Duration;

use futures_util::{StreamExt, stream};
use serde_json::json;
use tokio_util::sync::CancellationToken;

use super::access::Writer;
use super::error::ConclusionError;
use super::pending::{self, Pending, Standing};
use super::record;
use super::sign::{self, Frozen};
use super::signature::{Signature, SignatureError};
use crate::actor::Actor;
use crate::api::problem::chain;
use crate::audit;
use crate::change::{self, Kind};
use crate::ids::ConsultationId;
use crate::store::{StoreError, Writing};
use crate::tenant::Tenant;

/// Between two looks at what is due.
const LOOK: Duration = Duration::from_secs(5);
/// What is asked for in one look, and how much of it at once: a provider is often one machine.
const DUE_MAX: u64 = 40;
const AT_ONCE: usize = 4;
/// Pause after the first attempt that came to nothing; each is twice the one before. Unit: seconds.
const PAUSE_FIRST_SECONDS: i64 = 30;
/// Longest pause: when the provider is back, nobody waits longer. Unit: seconds.
const PAUSE_MAX_SECONDS: i64 = 3_600;

/// Whether what is due alone is asked for, or at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum When {
    Due,
    AtOnce,
}

/// The pause after so many attempts. Unit: seconds.
fn pause_seconds(attempts: i64) -> i64 {
    let doublings = u32::try_from((attempts - 1).clamp(0, 16)).unwrap_or(0);
    PAUSE_FIRST_SECONDS.saturating_mul(2_i64.saturating_pow(doublings)).min(PAUSE_MAX_SECONDS)
}

/// Keeps what is to be signed, over the draft that was read. Whoever pressed asks for it at once; after a crash in between, the worker does. What waits already, because
/// of a press at the same moment, stays what is asked for: one text is signed once.
///
/// Errors: `Changed` where somebody saved meanwhile.
pub(super) async fn begin(tenant: &Tenant, frozen: &Frozen, by: Writer<'_>) -> Result<(), ConclusionError> {
    let now = tenant.context.now();
    let mut writing = tenant.store.write().await?;
    let id = &frozen.consultation;
    let record = record::load(&mut writing, &tenant.key, id).await?.ok_or(ConclusionError::NotFound)?;
    if record.draft_version != frozen.draft_version {
        return Err(ConclusionError::Changed { by: record.draft_by });
    }
    if pending::load(&mut writing, &tenant.key, id).await?.is_some_and(|before| before.waits_for(frozen.draft_version))
    {
        return Ok(());
    }
    let pending = Pending {
        consultation: id.clone(),
        request: tenant.context.new_id(),
        version: frozen.version,
        draft_version: frozen.draft_version,
        asked_at: frozen.at,
        asked_by: by.member.id.clone(),
        hash: frozen.hash.clone(),
        content: frozen.content.clone(),
        reason: frozen.reason.clone(),
        attempts: 0,
        standing: Standing::Waiting { next_at: now.plus_seconds(PAUSE_FIRST_SECONDS) },
    };
    pending::put(&mut writing, tenant, &pending).await?;
    tell(&mut writing, tenant, (&pending, by.actor), "conclusion.signature_asked").await?;
    Ok(writing.commit().await?)
}

/// Takes back what waits, because the draft changes; nothing where nothing waits.
pub(super) async fn withdraw(
    writing: &mut Writing,
    tenant: &Tenant,
    pending: Option<&Pending>,
    by: Writer<'_>,
) -> Result<(), StoreError> {
    let Some(pending) = pending else { return Ok(()) };
    pending::forget(writing, &pending.consultation).await?;
    tell(writing, tenant, (pending, by.actor), "conclusion.signature_withdrawn").await
}

/// Asks for the signature that a consultation's conclusion waits for, if it does. Two never ask at once.
pub(super) async fn ask(tenant: &Tenant, id: &ConsultationId, when: When) -> Result<(), ConclusionError> {
    let _turn = tenant.locks.lock(&format!("signature/{id}")).await;
    let mut reading = tenant.store.read().await?;
    let pending = pending::load(&mut reading, &tenant.key, id).await?;
    let record = record::load(&mut reading, &tenant.key, id).await?;
    drop(reading);
    let (Some(pending), Some(record)) = (pending, record) else { return Ok(()) };
    let Some(next_at) = pending.next_at() else { return Ok(()) };
    if when == When::Due && next_at > tenant.context.now() {
        return Ok(());
    }
    let Some(member) = tenant.staff.by_id(&pending.asked_by) else {
        return refused(tenant, &pending, "Who pressed is no member of staff any more.").await;
    };
    let (id, user_id, role) = (member.id.clone(), member.user_id.clone(), member.role);
    let actor = Actor::Staff { id, user_id, role };
    let by = Writer { member: &member, actor: &actor };
    let frozen = Frozen::of(&pending, record.number.unwrap_or_default());
    match tenant.signer.sign(frozen.to_sign(&member)).await {
        Ok(signature) => came(tenant, &frozen, signature, by).await,
        Err(SignatureError::Unavailable(why)) => {
            tracing::warn!(consultation.id = %pending.consultation, %why, "a signature is asked for again later");
            put_off(tenant, &pending).await
        }
        Err(SignatureError::Refused(why)) => refused(tenant, &pending, &why).await,
    }
}

/// It has come. What was taken back meanwhile, or has gone with its record, needs it no more.
async fn came(tenant: &Tenant, frozen: &Frozen, signature: Signature, by: Writer<'_>) -> Result<(), ConclusionError> {
    match sign::keep(tenant, frozen, signature, by).await {
        Err(ConclusionError::Changed { .. } | ConclusionError::NotFound) => Ok(()),
        kept => kept,
    }
}

async fn put_off(tenant: &Tenant, pending: &Pending) -> Result<(), ConclusionError> {
    let next_at = tenant.context.now().plus_seconds(pause_seconds(pending.attempts + 1));
    let mut writing = tenant.store.write().await?;
    if pending::put_off(&mut writing, pending, next_at).await? {
        let id = pending.consultation.as_str();
        change::append(&mut writing, tenant.context.now(), Kind::Conclusion, id, None).await?;
        writing.commit().await?;
    }
    Ok(())
}

async fn refused(tenant: &Tenant, pending: &Pending, why: &str) -> Result<(), ConclusionError> {
    let mut writing = tenant.store.write().await?;
    if pending::refuse(&mut writing, tenant, pending, why).await? {
        tell(&mut writing, tenant, (pending, &Actor::System), "conclusion.signature_refused").await?;
        writing.commit().await?;
    }
    Ok(())
}

/// The audit log, and the consoles that show it. What was said to a refusal stands in neither.
async fn tell(
    writing: &mut Writing,
    tenant: &Tenant,
    (pending, actor): (&Pending, &Actor),
    action: &str,
) -> Result<(), StoreError> {
    let (at, id) = (tenant.context.now(), pending.consultation.as_str());
    let entry = audit::Entry {
        at,
        actor,
        action,
        subject: audit::Subject { kind: "consultation", id },
        detail: json!({ "version": pending.version, "hash": pending.hash, "request": pending.request }),
    };
    audit::append(writing, &tenant.key, entry).await?;
    change::append(writing, at, Kind::Conclusion, id, None).await
}

/// Asks for everything that is due.
pub async fn ask_due(tenant: &Tenant) -> Result<(), ConclusionError> {
    let mut reading = tenant.store.read().await?;
    let due = pending::due(&mut reading, tenant.context.now(), DUE_MAX).await?;
    drop(reading);
    stream::iter(due)
        .for_each_concurrent(AT_ONCE, |id| async move {
            if let Err(error) = ask(tenant, &id, When::Due).await {
                tracing::error!(consultation.id = %id, error = %chain(&error), "a signature could not be asked for");
            }
        })
        .await;
    Ok(())
}

/// Asks again and again until it is told to stop. What is on its way then is asked for after the next start, under the same id.
pub async fn run(tenant: Arc<Tenant>, stop: CancellationToken) {
    let mut looks = tokio::time::interval(LOOK);
    looks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        let look = async {
            looks.tick().await;
            ask_due(&tenant).await
        };
        let looked = tokio::select! {
            () = stop.cancelled() => return,
            looked = look => looked,
        };
        if let Err(error) = looked {
            tracing::error!(error = %chain(&error), "what waits for a signature cannot be read");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{PAUSE_MAX_SECONDS, pause_seconds};

    #[test]
    fn pauses_double_up_to_an_hour_and_never_end() {
        let pauses: Vec<i64> = (1..=9).map(pause_seconds).collect();
        assert_eq!(pauses, [30, 60, 120, 240, 480, 960, 1_920, 3_600, 3_600]);
        assert_eq!(pause_seconds(i64::MAX), PAUSE_MAX_SECONDS);
    }
}
