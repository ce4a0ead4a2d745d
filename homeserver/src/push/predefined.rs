//! The predefined rules: those of the specification, and two for calls that name their users.
//!
//! In encrypted rooms neither matches here: clients ask their rules again when they have decrypted the event.
//!
//! Source: client-server API v1.19 §Predefined rules; MSC4075, by the event type that calls of today ring with.

use ruma::{
    UserId,
    power_levels::NotificationPowerLevelsKey,
    push::{
        Action, ConditionalPushRule, ConditionalPushRuleInit, EventMatchConditionData,
        EventPropertyContainsConditionData, EventPropertyIsConditionData, PredefinedOverrideRuleId, PushCondition,
        Ruleset, SenderNotificationPermissionConditionData, Tweak,
    },
};

/// The event that rings.
const NOTIFICATION: &str = "org.matrix.msc4075.rtc.notification";
const FOR_ME: &str = ".org.matrix.msc4075.rule.rtc.invite_for_me";
const FOR_ROOM: &str = ".org.matrix.msc4075.rule.rtc.invite_for_room";

/// The predefined rules of `user`.
pub fn predefined(user: &UserId) -> Ruleset {
    let mut rules = Ruleset::server_default(user);
    // Before the rules of ordinary mentions, which they are special cases of.
    before(&mut rules, &PredefinedOverrideRuleId::IsUserMention, rings(FOR_ME, vec![mentions(user)]));
    before(&mut rules, &PredefinedOverrideRuleId::IsRoomMention, rings(FOR_ROOM, mentions_room()));
    rules
}

fn before(rules: &mut Ruleset, next: &PredefinedOverrideRuleId, rule: ConditionalPushRule) {
    let place = rules.override_.get_index_of(next.as_str()).unwrap_or(rules.override_.len());
    rules.override_.shift_insert(place, rule);
}

fn rings(rule_id: &str, mut conditions: Vec<PushCondition>) -> ConditionalPushRule {
    let is_ring = EventMatchConditionData::new("type".to_owned(), NOTIFICATION.to_owned());
    conditions.insert(0, PushCondition::EventMatch(is_ring));
    ConditionalPushRuleInit {
        actions: vec![Action::Notify, Action::SetTweak(Tweak::Sound("ring".into()))],
        default: true,
        enabled: true,
        rule_id: rule_id.to_owned(),
        conditions,
    }
    .into()
}

fn mentions(user: &UserId) -> PushCondition {
    let key = r"content.m\.mentions.user_ids".to_owned();
    PushCondition::EventPropertyContains(EventPropertyContainsConditionData::new(key, user.as_str().into()))
}

/// The room is mentioned by somebody who may.
fn mentions_room() -> Vec<PushCondition> {
    let key = r"content.m\.mentions.room".to_owned();
    let permission = SenderNotificationPermissionConditionData::new(NotificationPowerLevelsKey::Room);
    vec![
        PushCondition::EventPropertyIs(EventPropertyIsConditionData::new(key, true.into())),
        PushCondition::SenderNotificationPermission(permission),
    ]
}

#[cfg(test)]
mod tests {
    use ruma::user_id;

    use super::predefined;

    #[test]
    fn the_rules_of_calls_stand_before_those_of_mentions() {
        let rules = predefined(user_id!("@alice:hs.test"));
        let ids: Vec<&str> = rules.override_.iter().map(|rule| rule.rule_id.as_str()).collect();
        let place = |id: &str| ids.iter().position(|known| *known == id);
        let all = [
            ".m.rule.master",
            ".m.rule.member_event",
            ".org.matrix.msc4075.rule.rtc.invite_for_me",
            ".m.rule.is_user_mention",
            ".org.matrix.msc4075.rule.rtc.invite_for_room",
            ".m.rule.is_room_mention",
        ];
        assert!(all.map(place).is_sorted() && all.iter().all(|id| place(id).is_some()), "{ids:?}");
    }
}
