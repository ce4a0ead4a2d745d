//! An operator says what he is ready for. When he goes, what he leads goes by the rules of its queues, as he was shown and chose.

use std::sync::Arc;

use super::error::LeavingError;
use super::plan::{Planned, plan};
use super::rule;
use crate::actor::Actor;
use crate::api::types::{FieldError, HandOver, LeavingChoice, OperatorStatus, StatusChange};
use crate::consultation::transition::{Circumstances, apply};
use crate::consultation::{Command, ConsultationError, Record, Right, Target};
use crate::ids::OperatorId;
use crate::operator::{self, Member};
use crate::tenant::Tenant;
use consilium_config::brand::OnLeave;

/// What one who goes has chosen is done before anybody looks who is gone.
pub(super) const LOCK: &str = "leaving";
/// Longest note for who goes on with it: as that of a transfer. Unit: characters.
const NOTE_CHARACTERS_MAX: usize = 4_000;

/// Whether who chooses this status goes.
pub(super) fn is_leaving(status: OperatorStatus) -> bool {
    match status {
        OperatorStatus::GoingOff | OperatorStatus::Offline => true,
        OperatorStatus::Online | OperatorStatus::TransferOnly | OperatorStatus::Away | OperatorStatus::Break => false,
    }
}

/// An operator says what he is ready for. First he is gone, so that he is given nothing new; then what he leads goes. A crash in between leaves it to `due.rs`.
///
/// Errors: `Invalid`, `Operator`, `Consultation`, `Store`.
pub async fn set_status(
    tenant: &Tenant,
    id: &OperatorId,
    mut change: StatusChange,
) -> Result<Arc<Member>, LeavingError> {
    let wishes = std::mem::take(&mut change.hand_over);
    if !is_leaving(change.status) {
        if !wishes.is_empty() {
            return Err(invalid("only who goes off hands on what he leads"));
        }
        return Ok(operator::set_status(tenant, id, change).await?);
    }
    let _turn = tenant.locks.lock(LOCK).await;
    let mut reading = tenant.store.read().await?;
    let planned = plan(&mut reading, tenant, id).await?;
    drop(reading);
    let decided = decided(&planned, &wishes)?;
    let member = operator::set_status(tenant, id, change).await?;
    for Decided { record, to, note } in decided {
        hand_on(tenant, record, to, note).await?;
    }
    Ok(member)
}

struct Decided<'a> {
    record: &'a Record,
    to: Target,
    note: Option<&'a str>,
}

/// Where each goes. Wishes about what he does not lead any more are too late, and count for nothing.
fn decided<'a>(planned: &'a [Planned], wishes: &'a [HandOver]) -> Result<Vec<Decided<'a>>, LeavingError> {
    let mut decided = Vec::new();
    for one in planned {
        let wish = wishes.iter().find(|wish| wish.consultation_id == one.record.id);
        let note = wish.and_then(|wish| wish.note.as_deref()).map(str::trim).filter(|note| !note.is_empty());
        if note.is_some_and(|note| note.chars().count() > NOTE_CHARACTERS_MAX) {
            return Err(invalid("a note has at most 4000 characters"));
        }
        let choices = one.choices();
        let usual = choices.first().copied().unwrap_or(LeavingChoice::Keep);
        let choice = wish.map_or(usual, |wish| wish.choice);
        // The colleague whom he was shown may have no room any more: then it waits in the queue.
        let to_nobody = choice == LeavingChoice::Colleague && one.rule != OnLeave::BackToQueue;
        if !choices.contains(&choice) && !to_nobody && !one.in_call {
            return Err(invalid("the queue's rule does not let him choose this"));
        }
        // Nobody is torn out of a call: its queue's rule is looked at again when the call is over.
        let to = rule::target(choice, &one.record.state.queue, one.colleague.as_ref()).filter(|_| !one.in_call);
        decided.extend(to.map(|to| Decided { record: &one.record, to, note }));
    }
    Ok(decided)
}

fn invalid(message: &str) -> LeavingError {
    LeavingError::Invalid(FieldError::new("hand_over", message))
}

/// Hands on what somebody led who goes; whether it was still his.
///
/// Errors: `Contended`, `NotFound`, `Store`.
pub(super) async fn hand_on(
    tenant: &Tenant,
    record: &Record,
    to: Target,
    note: Option<&str>,
) -> Result<bool, ConsultationError> {
    let Some(team) = record.state.phase.team() else { return Ok(false) };
    let command = Command::Transfer { by: team.lead.clone(), right: Right::Lead, to };
    match apply(tenant, &record.id, &command, Circumstances { actor: &Actor::System, note, by_macro: None }).await {
        Ok(_) => Ok(true),
        // Somebody was faster.
        Err(ConsultationError::Refused(_)) => Ok(false),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::{Decided, HandOver, LeavingChoice, OnLeave, Planned, Target, decided};
    use crate::consultation::record::Facts;
    use crate::consultation::{Record, State};
    use crate::time::Time;

    fn planned(id: &str, rule: OnLeave, colleague: Option<&str>) -> Planned {
        let state = State::requested("general".into(), None, Time::from_millis(0));
        let record = Record {
            id: id.into(),
            version: 1,
            conversation: "v".into(),
            patient: "p".into(),
            person: None,
            request_id: String::new(),
            language: None,
            state,
            queue_order: 0,
            members: Vec::new(),
            end_reason: None,
            transfer_note: None,
            facts: Facts::default(),
            sealed: None,
            terms: None,
            erased_at: None,
        };
        Planned { record, rule, colleague: colleague.map(Into::into), in_call: false }
    }

    fn wish(id: &str, choice: LeavingChoice, note: Option<&str>) -> HandOver {
        HandOver { consultation_id: id.into(), choice, note: note.map(str::to_owned) }
    }

    fn targets(decided: Vec<Decided<'_>>) -> Vec<(String, Target)> {
        decided.into_iter().map(|one| (one.record.id.to_string(), one.to)).collect()
    }

    #[test]
    fn without_a_wish_the_rule_decides() {
        let all = [
            planned("finish", OnLeave::Finish, Some("sokolov")),
            planned("back", OnLeave::BackToQueue, Some("sokolov")),
            planned("colleague", OnLeave::Colleague, Some("sokolov")),
            planned("nobody", OnLeave::Colleague, None),
            Planned { in_call: true, ..planned("talks", OnLeave::BackToQueue, None) },
        ];
        let queue = || Target::Queue("general".into());
        let expected = [
            ("back".to_owned(), queue()),
            ("colleague".to_owned(), Target::Operator("sokolov".into())),
            ("nobody".to_owned(), queue()),
        ];
        assert_eq!(targets(decided(&all, &[]).unwrap()), expected);
    }

    #[test]
    fn a_wish_counts_where_the_rule_lets_him_choose() {
        let all = [planned("finish", OnLeave::Finish, Some("sokolov"))];
        let wishes = [
            wish("finish", LeavingChoice::Colleague, Some(" Look at the tooth. ")),
            wish("gone", LeavingChoice::Keep, None),
        ];
        let decided_now = decided(&all, &wishes).unwrap();
        assert_eq!(decided_now[0].note, Some("Look at the tooth."));
        assert_eq!(targets(decided_now), [("finish".to_owned(), Target::Operator("sokolov".into()))]);
        for (rule, choice) in [
            (OnLeave::BackToQueue, LeavingChoice::Keep),
            (OnLeave::BackToQueue, LeavingChoice::Colleague),
            (OnLeave::Colleague, LeavingChoice::Keep),
        ] {
            let all = [planned("c", rule, Some("sokolov"))];
            assert!(decided(&all, &[wish("c", choice, None)]).is_err(), "{rule:?} {choice:?}");
        }
    }

    #[test]
    fn a_colleague_who_has_no_room_any_more_is_the_queue_and_a_book_is_no_note() {
        let all = [planned("c", OnLeave::Colleague, None)];
        let wishes = [wish("c", LeavingChoice::Colleague, None)];
        assert_eq!(targets(decided(&all, &wishes).unwrap()), [("c".to_owned(), Target::Queue("general".into()))]);
        let book = "a".repeat(4_001);
        assert!(decided(&all, &[wish("c", LeavingChoice::Queue, Some(&book))]).is_err());
    }
}
