//! What must hold after each round, said again in other words than the service's.

use std::collections::BTreeMap;

use consilium_consult::ids::{ConsultationId, OperatorId};
use consilium_consult::routing::{Agent, Match, Readiness, Rules, Waiting};

use super::people::at;

/// Rounds with more that waits than this are looked at one in so many.
const FEW: usize = 25;
const ONE_IN: i64 = 97;

pub fn after_a_round(rules: &Rules, waiting: &[Waiting], agents: &[Agent], matches: &[Match], now: i64) {
    let mut load: BTreeMap<&OperatorId, u32> = agents.iter().map(|agent| (&agent.id, agent.load)).collect();
    let by_id: BTreeMap<&ConsultationId, &Waiting> = waiting.iter().map(|one| (&one.id, one)).collect();
    for one in matches {
        let weight = rules[&by_id[&one.consultation].queue].weight;
        *load.get_mut(&one.operator).unwrap() += weight;
    }
    for agent in agents {
        let (had, has) = (agent.load, load[&agent.id]);
        assert!(has <= agent.capacity.max(had) || had == 0, "{} has {has} of {}", agent.id, agent.capacity);
    }
    if waiting.len() > FEW && now % ONE_IN != 0 {
        return;
    }
    let given: BTreeMap<&ConsultationId, &OperatorId> =
        matches.iter().map(|one| (&one.consultation, &one.operator)).collect();
    for left in waiting.iter().filter(|one| !given.contains_key(&one.id)) {
        let free = agents.iter().find(|agent| could(agent, load[&agent.id], left, rules, now));
        assert!(free.is_none(), "{} waits though {} is free", left.id, free.unwrap().id);
        // Only one that weighs no more could have had the room: else the other fits where it does not.
        let overtook = matches.iter().find(|one| {
            let agent = agents.iter().find(|agent| agent.id == one.operator).unwrap();
            let other = by_id[&one.consultation];
            goes_first(left, other)
                && rules[&left.queue].weight <= rules[&other.queue].weight
                && could(agent, agent.load, left, rules, now)
        });
        assert!(overtook.is_none(), "{} was overtaken", left.id);
    }
}

fn goes_first(one: &Waiting, other: &Waiting) -> bool {
    (one.order, one.requested_at, &one.id) < (other.order, other.requested_at, &other.id)
}

fn could(agent: &Agent, load: u32, one: &Waiting, rules: &Rules, now: i64) -> bool {
    let rule = &rules[&one.queue];
    let waited = at(now).seconds_since(one.since);
    let helps =
        rule.overflow.as_ref().is_some_and(|help| waited >= help.after_seconds && agent.queues.contains(&help.to));
    let speaks = match &one.language {
        Some(language) => agent.languages.is_empty() || agent.languages.contains(language),
        None => true,
    };
    let knows = rule.skills.iter().all(|skill| agent.skills.contains(skill));
    let room = load + rule.weight <= agent.capacity || load == 0;
    rule.is_open
        && agent.readiness == Readiness::All
        && (agent.queues.contains(&one.queue) || helps)
        && speaks
        && knows
        && room
        && !one.passed.contains(&agent.id)
}
