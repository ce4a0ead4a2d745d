//! What an event does to the unread counts of a room's members: pure, but for finding the members who have rules of their own.

use std::sync::Arc;

use consilium_event::Membership;
use consilium_store::{StoreError, View};
use futures_util::FutureExt;
use ruma::{
    OwnedUserId, UInt,
    push::{Action, FlattenedJson, PushConditionPowerLevelsCtx, PushConditionRoomCtx, Ruleset},
    serde::Raw,
};

use super::{
    base::Base,
    now::{Deviating, RoomNow},
    rows::Notice,
};
use crate::{ids::UserKey, keyspaces, push};

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
        push::nobody(),
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

fn notice(rules: &Ruleset, event: &FlattenedJson, context: &PushConditionRoomCtx) -> Notice {
    // Conditions are asynchronous only for thread subscriptions, which this server does not have.
    let applies = |rule: &ruma::push::AnyPushRuleRef<'_>| rule.applies(event, context).now_or_never().unwrap_or(false);
    match rules.iter().find(applies) {
        Some(rule) if rule.actions().iter().any(Action::is_highlight) => Notice::Highlight,
        Some(rule) if rule.triggers_notification() => Notice::Notify,
        _ => Notice::None,
    }
}

/// Reads anew which members of the room have rules of their own, where that may have changed.
pub async fn refresh(base: &Base, view: &dyn View, room: &mut RoomNow) -> Result<(), StoreError> {
    let generation = base.push_rules.generation();
    if room.deviating_as_of == Some(generation) {
        return Ok(());
    }
    let joined: Vec<UserKey> =
        room.members.iter().filter(|(_, row)| row.membership == Membership::Join).map(|(user, _)| *user).collect();
    let rows = keyspaces::PUSH_RULES.get_many_versioned(view, &joined).await?;
    room.deviating.clear();
    for (user, row) in joined.into_iter().zip(rows) {
        let Some((_, bytes)) = row else { continue };
        let user_id = base.ids.user_id(view, user).await?;
        let rules = Arc::new(push::parse(&bytes, &user_id)?);
        room.deviating.push(Deviating { user, user_id, rules });
    }
    room.deviating_as_of = Some(generation);
    Ok(())
}
