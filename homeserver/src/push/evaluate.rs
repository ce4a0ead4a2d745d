//! What an event does to the unread counts of a room's members. Pure.

use std::sync::Arc;

use futures_util::FutureExt;
use ruma::{
    OwnedUserId, UInt, UserId,
    push::{Action, FlattenedJson, PushConditionPowerLevelsCtx, PushConditionRoomCtx, Ruleset},
    serde::Raw,
};

use crate::{
    ids::UserKey,
    room::{now::RoomNow, rows::Notice},
};

/// A member whose own rules are asked.
#[derive(Clone, Debug)]
pub struct Candidate {
    pub user: UserKey,
    pub user_id: OwnedUserId,
    pub rules: Arc<Ruleset>,
}

/// What the event is to a member who is not mentioned and has the predefined rules; and the candidates for whom it is something
/// else. The sender is never notified.
pub fn judge(
    room: &mut RoomNow,
    event_json: &[u8],
    sender: UserKey,
    candidates: &[Candidate],
    predefined: &Ruleset,
) -> (Notice, Vec<(UserKey, Notice)>) {
    let Ok(raw) = serde_json::from_slice::<Raw<serde_json::Value>>(event_json) else {
        return (Notice::None, Vec::new());
    };
    let event = FlattenedJson::from_raw(&raw);
    let power: PushConditionPowerLevelsCtx = (*room.power()).clone().into();
    let mut context = PushConditionRoomCtx::new(
        room.id().to_owned(),
        UInt::new_saturating(room.head.rest.joined),
        nobody(),
        String::new(),
    )
    .with_power_levels(power);
    let notice = notice(predefined, &event, &context);
    let mut personal = Vec::new();
    for candidate in candidates.iter().filter(|candidate| candidate.user != sender) {
        context.user_id.clone_from(&candidate.user_id);
        let own = self::notice(&candidate.rules, &event, &context);
        if own != notice {
            personal.push((candidate.user, own));
        }
    }
    (notice, personal)
}

/// A user id that no event mentions and nobody has.
pub fn nobody() -> OwnedUserId {
    UserId::parse("@:-").unwrap_or_else(|_| ruma::owned_user_id!("@-:invalid"))
}

fn notice(rules: &Ruleset, event: &FlattenedJson, context: &PushConditionRoomCtx) -> Notice {
    // Conditions are asynchronous only for thread subscriptions, which this server does not have.
    let applies = |rule: &ruma::push::AnyPushRuleRef<'_>| rule.applies(event, context).now_or_never().unwrap_or(false);
    match rules.iter().find(applies) {
        Some(rule) if rule.actions().iter().any(Action::is_highlight) => Notice::Highlight,
        Some(rule) if rule.triggers_notification() => Notice::Notify,
        _ => Notice::None,
    }
}
