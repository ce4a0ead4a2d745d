//! Who is offered what: one pure, total function over a picture of the desk. No clock, no chance: the same picture gives the same offers.
//!
//! What waits is gone through in the order in which it would be taken by hand, and each gets the best operator who is left. So nothing waits while somebody
//! could take it, and nobody is overtaken but by what goes first.

use std::cmp::Reverse;
use std::collections::HashMap;

use super::model::{Agent, Match, Readiness, Rule, Rules, Strategy, Waiting};
use crate::ids::{OperatorId, QueueId};
use crate::time::Time;

/// What is offered to whom at `now`.
pub fn matched(waiting: &[Waiting], agents: &[Agent], rules: &Rules, now: Time) -> Vec<Match> {
    let mut desk = Desk::new(agents, now);
    let mut order: Vec<&Waiting> = waiting.iter().collect();
    order.sort_by(|one, other| {
        (one.order, one.requested_at, &one.id).cmp(&(other.order, other.requested_at, &other.id))
    });
    order.into_iter().filter_map(|waiting| desk.give(waiting, rules)).collect()
}

/// The operators, and what they have been given in this round.
struct Desk<'a> {
    places: Vec<Place<'a>>,
    /// Places of those who serve a queue and had room when last looked at.
    free: HashMap<&'a QueueId, Vec<usize>>,
    by_id: HashMap<&'a OperatorId, usize>,
    turns: usize,
    now: Time,
}

struct Place<'a> {
    agent: &'a Agent,
    load: u32,
    given_at: Option<Time>,
    /// In this round: what was given later is later, though the clock stands.
    turn: usize,
}

impl<'a> Desk<'a> {
    fn new(agents: &'a [Agent], now: Time) -> Self {
        let mut free: HashMap<&QueueId, Vec<usize>> = HashMap::new();
        for (at, agent) in agents.iter().enumerate().filter(|(_, agent)| agent.readiness != Readiness::Nothing) {
            for queue in &agent.queues {
                free.entry(queue).or_default().push(at);
            }
        }
        let place = |agent| Place { agent, load: agent.load, given_at: agent.given_at, turn: 0 };
        let by_id = agents.iter().enumerate().map(|(at, agent)| (&agent.id, at)).collect();
        Self { places: agents.iter().map(place).collect(), free, by_id, turns: 0, now }
    }

    fn give(&mut self, waiting: &Waiting, rules: &Rules) -> Option<Match> {
        let rule = rules.get(&waiting.queue)?;
        let at = self.find(waiting, rule)?;
        self.turns += 1;
        let place = &mut self.places[at];
        place.load += rule.weight;
        (place.given_at, place.turn) = (Some(self.now), self.turns);
        let operator = place.agent.id.clone();
        Some(Match { consultation: waiting.id.clone(), queue: waiting.queue.clone(), operator })
    }

    /// The best place for what waits.
    fn find(&mut self, waiting: &Waiting, rule: &Rule) -> Option<usize> {
        if !rule.is_open {
            return None;
        }
        let named = waiting.handed_to.as_ref().and_then(|operator| self.place_of(operator));
        if let Some(named) = named.filter(|at| self.has_room(*at, rule) && !self.passed(*at, waiting)) {
            return Some(named);
        }
        if rule.strategy == Strategy::Manual {
            return None;
        }
        let candidates = self.candidates(waiting, rule);
        let last = waiting.last_lead.as_ref().filter(|_| rule.is_sticky).and_then(|operator| self.place_of(operator));
        if let Some(last) = last.filter(|last| candidates.contains(last)) {
            return Some(last);
        }
        candidates.into_iter().min_by_key(|at| self.rank(*at, rule.strategy))
    }

    fn candidates(&mut self, waiting: &Waiting, rule: &Rule) -> Vec<usize> {
        let mut queues = vec![&waiting.queue];
        let waits = self.now.seconds_since(waiting.since);
        queues.extend(
            rule.overflow.iter().filter(|overflow| waits >= overflow.after_seconds).map(|overflow| &overflow.to),
        );
        let mut found = Vec::new();
        for queue in queues {
            self.forget_full(queue);
            let serving = self.free.get(queue).map(Vec::as_slice).unwrap_or_default();
            found.extend(serving.iter().copied().filter(|at| self.could_take(*at, waiting, rule)));
        }
        found
    }

    /// Whoever has no room for anything is not looked at again in this round.
    fn forget_full(&mut self, queue: &QueueId) {
        let places = &self.places;
        if let Some(serving) = self.free.get_mut(queue) {
            serving.retain(|at| places[*at].load < places[*at].agent.capacity);
        }
    }

    fn could_take(&self, at: usize, waiting: &Waiting, rule: &Rule) -> bool {
        let agent = self.places[at].agent;
        let speaks = |language: &String| agent.languages.is_empty() || agent.languages.contains(language);
        agent.readiness == Readiness::All
            && self.has_room(at, rule)
            && waiting.language.as_ref().is_none_or(speaks)
            && rule.skills.iter().all(|skill| agent.skills.contains(skill))
            && !self.passed(at, waiting)
    }

    fn has_room(&self, at: usize, rule: &Rule) -> bool {
        let place = &self.places[at];
        // One whose whole capacity is less than what a consultation takes would never be given one.
        let fits = place.load + rule.weight <= place.agent.capacity || (place.load == 0 && place.agent.capacity > 0);
        place.agent.readiness != Readiness::Nothing && fits
    }

    fn passed(&self, at: usize, waiting: &Waiting) -> bool {
        waiting.passed.contains(&self.places[at].agent.id)
    }

    fn place_of(&self, operator: &OperatorId) -> Option<usize> {
        self.by_id.get(operator).copied()
    }

    /// Smaller is better.
    fn rank(&self, at: usize, strategy: Strategy) -> (Reverse<u32>, Option<Time>, usize, &OperatorId) {
        let place = &self.places[at];
        let room = match strategy {
            Strategy::LeastLoaded => place.agent.capacity.saturating_sub(place.load),
            Strategy::RoundRobin | Strategy::Manual => 0,
        };
        (Reverse(room), place.given_at, place.turn, &place.agent.id)
    }
}

#[cfg(test)]
#[path = "matching_test.rs"]
mod tests;
