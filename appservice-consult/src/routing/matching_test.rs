//! Who is offered what, case by case and as laws that hold for any desk.

use std::collections::HashSet;

use proptest::prelude::*;

use super::matched;
use crate::ids::{ConsultationId, OperatorId, QueueId};
use crate::routing::{Agent, Match, Overflow, Readiness, Rule, Rules, Strategy as Way, Waiting};
use crate::time::Time;

const NOW: i64 = 1_000_000;

fn at(seconds: i64) -> Time {
    Time::from_millis(seconds * 1_000)
}

fn rule(strategy: Way) -> Rule {
    Rule { strategy, weight: 1, skills: Vec::new(), is_sticky: false, overflow: None, is_open: true }
}

fn rules(strategy: Way) -> Rules {
    [("therapist", rule(strategy))].into_iter().map(|(queue, rule)| (queue.into(), rule)).collect()
}

fn waits(id: &str, since: i64) -> Waiting {
    Waiting {
        id: id.into(),
        queue: "therapist".into(),
        order: 0,
        requested_at: at(since),
        since: at(since),
        language: None,
        handed_to: None,
        last_lead: None,
        passed: Vec::new(),
    }
}

fn agent(id: &str) -> Agent {
    Agent {
        id: id.into(),
        queues: vec!["therapist".into()],
        skills: Vec::new(),
        languages: Vec::new(),
        readiness: Readiness::All,
        capacity: 2,
        load: 0,
        given_at: None,
    }
}

fn given(matches: &[Match]) -> Vec<(&str, &str)> {
    matches.iter().map(|one| (one.consultation.as_str(), one.operator.as_str())).collect()
}

/// What one that waits is given to, among operators that differ in one thing.
fn found(waiting: Waiting, agents: &[Agent], rules: &Rules) -> Option<String> {
    matched(&[waiting], agents, rules, at(NOW)).pop().map(|one| one.operator.to_string())
}

#[test]
fn what_asked_first_goes_first_unless_something_is_more_urgent() {
    let urgent = Waiting { order: -1_000, ..waits("urgent", 900) };
    let waiting = [waits("late", 800), waits("early", 100), urgent];
    let matches = matched(&waiting, &[agent("petrova")], &rules(Way::RoundRobin), at(NOW));
    assert_eq!(given(&matches), [("urgent", "petrova"), ("early", "petrova")]);
}

#[test]
fn in_turn_each_gets_one_before_anybody_gets_two() {
    let agents =
        [agent("c"), Agent { given_at: Some(at(10)), ..agent("a") }, Agent { given_at: Some(at(5)), ..agent("b") }];
    let waiting: Vec<Waiting> = (0..6).map(|number| waits(&number.to_string(), number)).collect();
    let matches = matched(&waiting, &agents, &rules(Way::RoundRobin), at(NOW));
    let operators: Vec<&str> = matches.iter().map(|one| one.operator.as_str()).collect();
    assert_eq!(operators, ["c", "b", "a", "c", "b", "a"]);
}

#[test]
fn the_least_loaded_has_most_room_left() {
    let agents = [Agent { capacity: 6, load: 4, ..agent("big") }, Agent { capacity: 4, load: 1, ..agent("small") }];
    assert_eq!(found(waits("1", 0), &agents, &rules(Way::LeastLoaded)).as_deref(), Some("small"));
}

#[test]
fn by_hand_nothing_is_offered_but_what_is_handed_to_somebody() {
    let handed = Waiting { handed_to: Some("petrova".into()), ..waits("1", 0) };
    assert_eq!(found(waits("1", 0), &[agent("petrova")], &rules(Way::Manual)), None);
    assert_eq!(found(handed, &[agent("petrova")], &rules(Way::Manual)).as_deref(), Some("petrova"));
}

#[test]
fn whoever_is_handed_something_gets_it_though_he_serves_other_queues() {
    let other = Agent { queues: vec!["surgeon".into()], readiness: Readiness::ByName, ..agent("sokolov") };
    let handed = Waiting { handed_to: Some("sokolov".into()), ..waits("1", 0) };
    assert_eq!(
        found(handed.clone(), std::slice::from_ref(&other), &rules(Way::RoundRobin)).as_deref(),
        Some("sokolov")
    );
    let away = Agent { readiness: Readiness::Nothing, ..other };
    assert_eq!(found(handed, &[away, agent("petrova")], &rules(Way::RoundRobin)).as_deref(), Some("petrova"));
}

#[test]
fn nobody_is_given_what_he_cannot_do() {
    let demanding = Rule { skills: vec!["children".into()], ..rule(Way::RoundRobin) };
    let rules: Rules = [("therapist".into(), demanding)].into();
    let speaks =
        |language: &str| Agent { languages: vec![language.into()], skills: vec!["children".into()], ..agent("x") };
    let russian = || Waiting { language: Some("ru".into()), ..waits("1", 0) };
    let table: [(&str, Agent, bool); 7] = [
        ("can and speaks", speaks("ru"), true),
        ("speaks another language", speaks("en"), false),
        ("says nothing of languages", Agent { skills: vec!["children".into()], ..agent("x") }, true),
        ("cannot", Agent { languages: vec!["ru".into()], ..agent("x") }, false),
        ("serves another queue", Agent { queues: vec!["surgeon".into()], ..speaks("ru") }, false),
        ("has no room", Agent { load: 2, ..speaks("ru") }, false),
        ("is ready for what comes by name only", Agent { readiness: Readiness::ByName, ..speaks("ru") }, false),
    ];
    for (name, agent, can) in table {
        assert_eq!(found(russian(), &[agent], &rules).is_some(), can, "{name}");
    }
}

#[test]
fn the_last_doctor_goes_first_only_while_he_can() {
    let sticky: Rules = [("therapist".into(), Rule { is_sticky: true, ..rule(Way::RoundRobin) })].into();
    let again = Waiting { last_lead: Some("petrova".into()), ..waits("1", 0) };
    let petrova = Agent { given_at: Some(at(NOW)), load: 1, ..agent("petrova") };
    assert_eq!(found(again.clone(), &[agent("a"), petrova.clone()], &sticky).as_deref(), Some("petrova"));
    let full = Agent { load: 2, ..petrova.clone() };
    assert_eq!(found(again.clone(), &[agent("a"), full], &sticky).as_deref(), Some("a"));
    assert_eq!(found(again, &[agent("a"), petrova], &rules(Way::RoundRobin)).as_deref(), Some("a"));
}

#[test]
fn whoever_let_it_pass_is_not_asked_again_and_a_closed_queue_asks_nobody() {
    let passed = Waiting { passed: vec!["a".into()], ..waits("1", 0) };
    assert_eq!(found(passed.clone(), &[agent("a"), agent("b")], &rules(Way::RoundRobin)).as_deref(), Some("b"));
    assert_eq!(found(passed, &[agent("a")], &rules(Way::RoundRobin)), None);
    let closed: Rules = [("therapist".into(), Rule { is_open: false, ..rule(Way::RoundRobin) })].into();
    assert_eq!(found(waits("1", 0), &[agent("a")], &closed), None);
    let handed = Waiting { handed_to: Some("a".into()), ..waits("1", 0) };
    assert_eq!(found(handed, &[agent("a")], &closed), None, "by name neither");
}

#[test]
fn another_queue_helps_out_after_a_while() {
    let overflow = Some(Overflow { to: "surgeon".into(), after_seconds: 600 });
    let rules: Rules = [("therapist".into(), Rule { overflow, ..rule(Way::RoundRobin) })].into();
    let surgeon = [Agent { queues: vec!["surgeon".into()], ..agent("surgeon") }];
    assert_eq!(found(waits("1", NOW - 599), &surgeon, &rules), None);
    assert_eq!(found(waits("1", NOW - 600), &surgeon, &rules).as_deref(), Some("surgeon"));
}

#[test]
fn one_that_takes_more_than_an_operator_has_room_for_goes_to_an_idle_one() {
    let heavy: Rules = [("therapist".into(), Rule { weight: 5, ..rule(Way::RoundRobin) })].into();
    assert_eq!(found(waits("1", 0), &[agent("idle")], &heavy).as_deref(), Some("idle"));
    assert_eq!(found(waits("1", 0), &[Agent { load: 1, ..agent("busy") }], &heavy), None);
}

const QUEUES: [&str; 3] = ["therapist", "surgeon", "dentist"];
const SKILLS: [&str; 2] = ["children", "surgery"];

fn some_agents() -> impl Strategy<Value = Vec<Agent>> {
    let one = (
        proptest::sample::subsequence(&QUEUES[..], 0..=3),
        proptest::sample::subsequence(&SKILLS[..], 0..=2),
        proptest::sample::subsequence(&["ru", "en"][..], 0..=2),
        prop_oneof![Just(Readiness::All), Just(Readiness::ByName), Just(Readiness::Nothing)],
        (0_u32..4, 0_u32..5, proptest::option::of(0_i64..100)),
    );
    proptest::collection::vec(one, 0..8).prop_map(|agents| {
        let named = agents.into_iter().enumerate();
        named
            .map(|(number, (queues, skills, languages, readiness, (capacity, load, given_at)))| Agent {
                id: OperatorId::from(format!("o{number}")),
                queues: queues.into_iter().map(QueueId::from).collect(),
                skills: skills.into_iter().map(str::to_owned).collect(),
                languages: languages.into_iter().map(str::to_owned).collect(),
                readiness,
                capacity,
                load,
                given_at: given_at.map(at),
            })
            .collect()
    })
}

fn some_waiting() -> impl Strategy<Value = Vec<Waiting>> {
    let operator =
        || proptest::option::weighted(0.2, (0_u32..8).prop_map(|number| OperatorId::from(format!("o{number}"))));
    let one = (
        proptest::sample::select(&QUEUES[..]),
        (-2_i64..2, 0_i64..NOW),
        proptest::option::of(proptest::sample::select(&["ru", "en"][..])),
        operator(),
        operator(),
        proptest::collection::vec((0_u32..8).prop_map(|number| OperatorId::from(format!("o{number}"))), 0..3),
    );
    proptest::collection::vec(one, 0..12).prop_map(|all| {
        let named = all.into_iter().enumerate();
        named
            .map(|(number, (queue, (order, since), language, handed_to, last_lead, passed))| Waiting {
                id: ConsultationId::from(format!("c{number}")),
                queue: queue.into(),
                order,
                requested_at: at(since),
                since: at(since),
                language: language.map(str::to_owned),
                handed_to,
                last_lead,
                passed,
            })
            .collect()
    })
}

fn some_rules() -> impl Strategy<Value = Rules> {
    let one = (
        prop_oneof![Just(Way::Manual), Just(Way::RoundRobin), Just(Way::LeastLoaded)],
        1_u32..3,
        proptest::sample::subsequence(&SKILLS[..], 0..=1),
        any::<bool>(),
        proptest::option::of((proptest::sample::select(&QUEUES[..]), 0_i64..NOW)),
        proptest::bool::weighted(0.8),
    );
    proptest::collection::vec(one, 3).prop_map(|rules| {
        let named = QUEUES.iter().zip(rules);
        named
            .map(|(queue, (strategy, weight, skills, is_sticky, overflow, is_open))| {
                let skills = skills.into_iter().map(str::to_owned).collect();
                let overflow = overflow.map(|(to, after_seconds)| Overflow { to: to.into(), after_seconds });
                (QueueId::from(*queue), Rule { strategy, weight, skills, is_sticky, overflow, is_open })
            })
            .collect()
    })
}

/// The desk after the offers.
fn after(agents: &[Agent], waiting: &[Waiting], rules: &Rules, matches: &[Match]) -> Vec<Agent> {
    let mut agents = agents.to_vec();
    for one in matches {
        let queue = &waiting.iter().find(|waiting| waiting.id == one.consultation).expect("it waited").queue;
        agents.iter_mut().find(|agent| agent.id == one.operator).expect("he was there").load += rules[queue].weight;
    }
    agents
}

proptest! {
    #[test]
    fn whatever_the_desk_nothing_waits_for_a_free_operator_and_nobody_gets_too_much(
        agents in some_agents(), waiting in some_waiting(), rules in some_rules(),
    ) {
        let matches = matched(&waiting, &agents, &rules, at(NOW));
        let mut seen = HashSet::new();
        prop_assert!(matches.iter().all(|one| seen.insert(one.consultation.clone())), "offered twice");
        let then = after(&agents, &waiting, &rules, &matches);
        for (before, after) in agents.iter().zip(&then) {
            let heaviest = rules.values().map(|rule| rule.weight).max().unwrap_or(0);
            let most = if before.load == 0 { before.capacity.max(heaviest) } else { before.capacity.max(before.load) };
            prop_assert!(after.load <= most, "{} has {} of {}", after.id, after.load, after.capacity);
            prop_assert!(before.readiness != Readiness::Nothing || before.load == after.load);
        }
        for left in waiting.iter().filter(|waiting| !seen.contains(&waiting.id)) {
            let again = matched(std::slice::from_ref(left), &then, &rules, at(NOW));
            prop_assert!(again.is_empty(), "{} waits though {} is free", left.id, again[0].operator);
        }
    }

    #[test]
    fn the_order_in_which_things_are_listed_decides_nothing(
        agents in some_agents(), waiting in some_waiting(), rules in some_rules(), turn in 0_usize..8,
    ) {
        let usual = matched(&waiting, &agents, &rules, at(NOW));
        let (mut other_agents, mut other_waiting) = (agents, waiting);
        let (agents_by, waiting_by) = (turn % other_agents.len().max(1), turn % other_waiting.len().max(1));
        other_agents.rotate_left(agents_by);
        other_waiting.rotate_left(waiting_by);
        prop_assert_eq!(usual, matched(&other_waiting, &other_agents, &rules, at(NOW)));
    }
}
