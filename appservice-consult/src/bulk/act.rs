//! What an act does to one consultation.

use sha2::{Digest, Sha256};
use uuid::{Builder, Uuid};

use super::request::{self, BulkError};
use super::store::{self, Kept};
use crate::actor::Actor;
use crate::api::types::{BulkAct, PriorityStep, TransferTarget};
use crate::consultation::transition::{self, Circumstances};
use crate::consultation::{
    Command, ConsultationError, Right, Target, Urgency, record as consultations, transfer_target,
};
use crate::ids::{ConsultationId, TagId};
use crate::macros::{self, Runner};
use crate::operator::Member;
use crate::store::Writing;
use crate::tag;
use crate::tenant::Tenant;

/// What became of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It was done.
    Done,
    /// It stood so already.
    Unchanged,
}

/// What is wanted.
#[derive(Debug, Clone, Copy)]
pub struct Wish<'a> {
    /// Of each.
    pub act: &'a BulkAct,
    /// The client's idempotency key.
    pub request_id: Uuid,
}

impl Wish<'_> {
    /// Whether it can be done to anything at all.
    ///
    /// Errors: `NoteMissing`, `NoteTooLong`, `Writes`, `Tag`, `Macro`, `Store`.
    pub async fn is_possible(self, tenant: &Tenant) -> Result<(), BulkError> {
        request::possible(tenant, self.act).await
    }
}

/// Who wants it.
#[derive(Debug, Clone, Copy)]
pub struct By<'a> {
    /// Who.
    pub member: &'a Member,
    /// The same, for the audit log.
    pub actor: &'a Actor,
    /// By what right he acts on what he does not lead.
    pub right: Right,
}

/// Does it to one, or says why not. A request that did it already does nothing more.
///
/// Errors: `OtherRequest`, `Tag`, `Macro`, `Consultation`, `Store`.
pub async fn act_on(tenant: &Tenant, id: &ConsultationId, wish: Wish<'_>, by: By<'_>) -> Result<Outcome, BulkError> {
    if let BulkAct::Macro { macro_id, version } = wish.act {
        let request_id = of_row(wish.request_id, id);
        let run = macros::Wish { consultation: id, id: macro_id, version: *version, request_id };
        macros::run(tenant, run, Runner { member: by.member, actor: by.actor }).await?;
        return Ok(Outcome::Done);
    }
    let act = named(wish.act);
    let request_id = wish.request_id.to_string();
    let kept = Kept { operator: &by.member.id, request_id: &request_id, consultation: id, act: &act };
    let mut writing = tenant.store.write().await?;
    if let Some((before, outcome)) = store::done(&mut writing, &kept).await? {
        return if before == act { Ok(outcome) } else { Err(BulkError::OtherRequest) };
    }
    let outcome = Doing { tenant, id, by }.act(&mut writing, wish.act).await?;
    store::keep(&mut writing, &kept, outcome, tenant.context.now()).await?;
    writing.commit().await?;
    Ok(outcome)
}

/// One row while it is acted on.
#[derive(Clone, Copy)]
struct Doing<'a> {
    tenant: &'a Tenant,
    id: &'a ConsultationId,
    by: By<'a>,
}

impl Doing<'_> {
    async fn act(self, writing: &mut Writing, act: &BulkAct) -> Result<Outcome, BulkError> {
        match act {
            BulkAct::Assign { to, note } => self.assign(writing, to, note.trim()).await,
            BulkAct::Priority { step } => {
                let urgency = match step {
                    PriorityStep::Raise => Urgency::More,
                    PriorityStep::Lower => Urgency::Less,
                };
                self.step(writing, &Command::Prioritize { right: self.by.right, urgency }, None).await
            }
            BulkAct::AddTag { tag_id } => self.tag(writing, tag_id, Side::On).await,
            BulkAct::RemoveTag { tag_id } => self.tag(writing, tag_id, Side::Off).await,
            // They run in a transaction of their own.
            BulkAct::Macro { .. } => Ok(Outcome::Unchanged),
        }
    }

    /// What waits is arranged by a supervisor; what somebody leads is handed on as by hand.
    async fn assign(self, writing: &mut Writing, to: &TransferTarget, note: &str) -> Result<Outcome, BulkError> {
        let record = consultations::load(writing, self.id).await?.ok_or(ConsultationError::NotFound)?;
        let to = match to {
            TransferTarget::Operator { operator_id } => {
                self.tenant.staff.present(operator_id).ok_or(ConsultationError::NoSuchOperator)?;
                Target::Operator(operator_id.clone())
            }
            TransferTarget::Queue { queue_id } => {
                transfer_target(writing, self.tenant, &record, queue_id.clone()).await?
            }
        };
        let (by, right) = (self.by.member.id.clone(), self.by.right);
        let command = if record.state.phase.is_waiting() {
            Command::Assign { by, right, to }
        } else {
            Command::Transfer { by, right, to }
        };
        self.step(writing, &command, Some(note)).await
    }

    async fn step(self, writing: &mut Writing, command: &Command, note: Option<&str>) -> Result<Outcome, BulkError> {
        let before = consultations::load(writing, self.id).await?.ok_or(ConsultationError::NotFound)?;
        let circumstances = Circumstances { actor: self.by.actor, note, by_macro: None };
        let after = transition::apply_within(writing, self.tenant, self.id, command, circumstances).await?;
        let after = after.ok_or(ConsultationError::Contended)?;
        Ok(if after.version == before.version { Outcome::Unchanged } else { Outcome::Done })
    }

    async fn tag(self, writing: &mut Writing, tag: &TagId, side: Side) -> Result<Outcome, BulkError> {
        let change = tag::Change {
            tenant: self.tenant,
            consultation: self.id,
            by: &self.by.member.id,
            actor: self.by.actor,
            by_macro: None,
            by_rule: None,
        };
        let has_changed = match side {
            Side::On => tag::put_on(writing, change, tag).await?,
            Side::Off => tag::take_off(writing, change, tag).await?,
        };
        Ok(if has_changed { Outcome::Done } else { Outcome::Unchanged })
    }
}

/// Whether a tag is put on or taken off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    On,
    Off,
}

/// What was asked for, as it is kept: without what was written.
fn named(act: &BulkAct) -> String {
    match act {
        BulkAct::Assign { to: TransferTarget::Queue { queue_id }, .. } => format!("assign queue {queue_id}"),
        BulkAct::Assign { to: TransferTarget::Operator { operator_id }, .. } => {
            format!("assign operator {operator_id}")
        }
        BulkAct::Priority { step: PriorityStep::Raise } => "raise".to_owned(),
        BulkAct::Priority { step: PriorityStep::Lower } => "lower".to_owned(),
        BulkAct::AddTag { tag_id } => format!("add tag {tag_id}"),
        BulkAct::RemoveTag { tag_id } => format!("remove tag {tag_id}"),
        BulkAct::Macro { macro_id, version } => format!("macro {macro_id} {version}"),
    }
}

/// The idempotency key of one row's run: the same for the same request, another for each row.
fn of_row(request_id: Uuid, id: &ConsultationId) -> Uuid {
    let digest = Sha256::new().chain_update(request_id.as_bytes()).chain_update(id.as_str()).finalize();
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest[..16]);
    Builder::from_random_bytes(bytes).into_uuid()
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::{named, of_row};
    use crate::api::types::{BulkAct, PriorityStep, TransferTarget};

    #[test]
    fn each_row_of_a_request_has_a_key_of_its_own_and_a_retry_the_same() {
        let (one, other) = (Uuid::from_u128(1), Uuid::from_u128(2));
        assert_eq!(of_row(one, &"a".into()), of_row(one, &"a".into()));
        assert_ne!(of_row(one, &"a".into()), of_row(one, &"b".into()));
        assert_ne!(of_row(one, &"a".into()), of_row(other, &"a".into()));
    }

    #[test]
    fn what_is_kept_tells_acts_apart_and_holds_no_note() {
        let assign = |queue: &str, note: &str| {
            let to = TransferTarget::Queue { queue_id: queue.into() };
            named(&BulkAct::Assign { to, note: note.to_owned() })
        };
        assert_eq!(assign("dental", "Toothache"), assign("dental", "Pain"));
        assert_ne!(assign("dental", ""), assign("general", ""));
        assert_ne!(
            named(&BulkAct::Priority { step: PriorityStep::Raise }),
            named(&BulkAct::Priority { step: PriorityStep::Lower })
        );
    }
}
