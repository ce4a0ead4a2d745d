//! Rules over plain values: what matches and why, and that neither their order nor their effects make another one match.

use consilium_config::brand::{Rule, RuleActions, RuleConditions, RuleEvent, RuleHours};
use proptest::collection::vec;
use proptest::prelude::*;

use super::{Facts, findings, looked_at, matches, plan};
use crate::api::types::RuleCondition;

fn facts() -> Facts {
    Facts {
        queue: "dental".into(),
        tags: vec!["pain".into(), "child".into()],
        language: Some("ru".to_owned()),
        is_within_hours: false,
        has_red_flag: true,
        is_returning: false,
        waited_seconds: 600,
        silent_seconds: None,
    }
}

fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

fn nothing() -> RuleConditions {
    RuleConditions::default()
}

#[test]
fn of_a_list_any_value_will_do_and_everything_that_is_asked_has_to_hold() {
    let facts = facts();
    let cases = [
        (nothing(), true),
        (RuleConditions { queues: words(&["general", "dental"]), ..nothing() }, true),
        (RuleConditions { queues: words(&["general"]), ..nothing() }, false),
        (RuleConditions { tags: words(&["urgent", "child"]), ..nothing() }, true),
        (RuleConditions { tags: words(&["urgent"]), ..nothing() }, false),
        (RuleConditions { languages: words(&["en", "ru"]), ..nothing() }, true),
        (RuleConditions { hours: Some(RuleHours::Outside), ..nothing() }, true),
        (RuleConditions { hours: Some(RuleHours::Within), ..nothing() }, false),
        (RuleConditions { red_flag: Some(true), ..nothing() }, true),
        (RuleConditions { red_flag: Some(false), ..nothing() }, false),
        (RuleConditions { returning: Some(false), ..nothing() }, true),
        (RuleConditions { waited_minutes: Some(10), ..nothing() }, true),
        (RuleConditions { waited_minutes: Some(11), ..nothing() }, false),
        (RuleConditions { silent_minutes: Some(1), ..nothing() }, false),
        (RuleConditions { queues: words(&["dental"]), red_flag: Some(false), ..nothing() }, false),
    ];
    for (conditions, expected) in cases {
        assert_eq!(matches(&conditions, &facts), expected, "{conditions:?}");
    }
}

#[test]
fn who_spoke_no_language_has_none_that_is_asked_for() {
    let facts = Facts { language: None, ..facts() };
    assert!(!matches(&RuleConditions { languages: words(&["ru"]), ..nothing() }, &facts));
}

#[test]
fn a_silence_is_measured_where_one_ended() {
    let facts = Facts { silent_seconds: Some(3_600), ..facts() };
    assert!(matches(&RuleConditions { silent_minutes: Some(60), ..nothing() }, &facts));
    assert!(!matches(&RuleConditions { silent_minutes: Some(61), ..nothing() }, &facts));
}

#[test]
fn each_condition_says_what_there_was() {
    let conditions = RuleConditions {
        queues: words(&["general"]),
        hours: Some(RuleHours::Outside),
        waited_minutes: Some(5),
        ..nothing()
    };
    let told: Vec<_> =
        findings(&conditions, &facts()).into_iter().map(|one| (one.condition, one.holds, one.found)).collect();
    assert_eq!(
        told,
        [
            (RuleCondition::Queues, false, words(&["dental"])),
            (RuleCondition::Hours, true, words(&["outside"])),
            (RuleCondition::WaitedMinutes, true, words(&["10"])),
        ]
    );
}

fn rule(id: usize, on: bool, event: RuleEvent, conditions: RuleConditions, moves: bool) -> Rule {
    let actions = RuleActions {
        move_to: moves.then(|| "general".to_owned()),
        add_tags: words(&["pain"]),
        ..RuleActions::default()
    };
    Rule { id: format!("r{id}"), name: [("en", "A rule")].into(), on, event, conditions, actions }
}

#[test]
fn only_the_first_of_several_moves() {
    let asked = RuleEvent::ConsultationRequested;
    let rules: Vec<Rule> = [false, true, true]
        .into_iter()
        .enumerate()
        .map(|(id, moves)| rule(id, true, asked, nothing(), moves))
        .collect();
    let may_move: Vec<bool> = plan(&rules, &[asked], &facts()).iter().map(|one| one.may_move).collect();
    assert_eq!(may_move, [true, true, false]);
}

fn any_event() -> impl Strategy<Value = RuleEvent> {
    (0..RuleEvent::WORDS.len()).prop_map(|place| RuleEvent::WORDS[place].0)
}

fn any_conditions() -> impl Strategy<Value = RuleConditions> {
    let queues = vec(prop_oneof![Just("dental".to_owned()), Just("general".to_owned())], 0..3);
    let tags = vec(prop_oneof![Just("pain".to_owned()), Just("urgent".to_owned())], 0..3);
    let asked = (any::<Option<bool>>(), any::<Option<bool>>(), proptest::option::of(1_u32..30));
    (queues, tags, asked).prop_map(|(queues, tags, (red_flag, returning, waited_minutes))| RuleConditions {
        queues,
        tags,
        red_flag,
        returning,
        waited_minutes,
        ..RuleConditions::default()
    })
}

fn any_rules() -> impl Strategy<Value = Vec<Rule>> {
    let one = (any::<bool>(), any_event(), any_conditions(), any::<bool>());
    vec(one, 0..12).prop_map(|all| {
        let numbered = all.into_iter().enumerate();
        numbered.map(|(id, (on, event, conditions, moves))| rule(id, on, event, conditions, moves)).collect()
    })
}

fn any_facts() -> impl Strategy<Value = Facts> {
    (any::<bool>(), any::<bool>(), any::<bool>(), 0_i64..3_000).prop_map(|(is_dental, flag, returning, waited)| Facts {
        queue: if is_dental { "dental" } else { "general" }.into(),
        has_red_flag: flag,
        is_returning: returning,
        waited_seconds: waited,
        ..facts()
    })
}

proptest! {
    #[test]
    fn what_is_done_is_the_same_each_time_and_in_the_order_of_the_list(
        rules in any_rules(), events in vec(any_event(), 0..4), facts in any_facts()
    ) {
        let planned = plan(&rules, &events, &facts);
        prop_assert_eq!(&planned, &plan(&rules, &events, &facts));
        let places: Vec<usize> =
            planned.iter().filter_map(|one| rules.iter().position(|rule| rule.id == one.rule.id)).collect();
        prop_assert_eq!(places.len(), planned.len());
        prop_assert!(places.is_sorted_by(|one, next| one < next), "{:?}", places);
        prop_assert!(planned.iter().filter(|one| one.may_move && one.rule.actions.move_to.is_some()).count() <= 1);
    }

    #[test]
    fn no_rule_makes_another_one_match_or_keeps_it_from_it(
        rules in any_rules(), events in vec(any_event(), 0..4), facts in any_facts(), gone in any::<prop::sample::Index>()
    ) {
        prop_assume!(!rules.is_empty());
        let gone = gone.index(rules.len());
        let mut fewer = rules.clone();
        let removed = fewer.remove(gone);
        let ids = |rules: &[Rule]| plan(rules, &events, &facts).iter().map(|one| one.rule.id.clone()).collect::<Vec<_>>();
        let mut expected = ids(&rules);
        expected.retain(|id| *id != removed.id);
        prop_assert_eq!(ids(&fewer), expected);
    }

    #[test]
    fn a_rule_that_is_off_or_waits_for_something_else_does_nothing(
        rules in any_rules(), events in vec(any_event(), 0..4), facts in any_facts()
    ) {
        for one in plan(&rules, &events, &facts) {
            prop_assert!(one.rule.on && events.contains(&one.rule.event) && matches(&one.rule.conditions, &facts));
        }
        let silent: Vec<&Rule> = looked_at(&rules, &[]);
        prop_assert!(silent.is_empty());
    }
}
