//! Whether rules match: plain values in, plain values out. No clock, no store.

use consilium_config::brand::{Rule, RuleConditions, RuleEvent, RuleHours};

use crate::api::types::RuleCondition;
use crate::ids::{QueueId, TagId};

/// What a rule is judged by, as it was before any rule acted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// Where it is.
    pub queue: QueueId,
    /// What it has.
    pub tags: Vec<TagId>,
    /// What the patient asked in, if he said.
    pub language: Option<String>,
    /// Whether its queue works.
    pub is_within_hours: bool,
    /// Whether an answer has a red flag.
    pub has_red_flag: bool,
    /// Whether the patient was here before.
    pub is_returning: bool,
    /// How long he has waited for the first operator, or had waited when one came. Unit: seconds.
    pub waited_seconds: i64,
    /// How long nobody wrote before he did; `None`: that is not what happened.
    pub silent_seconds: Option<i64>,
}

/// What became of one condition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Which.
    pub condition: RuleCondition,
    /// Whether it holds.
    pub holds: bool,
    /// What there was: ids, a language, a word, or minutes.
    pub found: Vec<String>,
}

/// A rule that matches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Planned<'a> {
    /// Which.
    pub rule: &'a Rule,
    /// Whether it may move what it matches: of several only the first does, so that nothing is sent from queue to queue in one step.
    pub may_move: bool,
}

/// Rules that are on and wait for one of the events, in their order.
pub fn looked_at<'a>(rules: &'a [Rule], events: &[RuleEvent]) -> Vec<&'a Rule> {
    rules.iter().filter(|rule| rule.on && events.contains(&rule.event)).collect()
}

/// What is done, in this order. Each rule at most once, whatever the others do.
pub fn plan<'a>(rules: &'a [Rule], events: &[RuleEvent], facts: &Facts) -> Vec<Planned<'a>> {
    let mut has_moved = false;
    let matching = looked_at(rules, events).into_iter().filter(|rule| matches(&rule.conditions, facts));
    matching
        .map(|rule| {
            let may_move = !has_moved;
            has_moved |= rule.actions.move_to.is_some();
            Planned { rule, may_move }
        })
        .collect()
}

/// Whether everything that is asked holds.
pub fn matches(conditions: &RuleConditions, facts: &Facts) -> bool {
    findings(conditions, facts).iter().all(|finding| finding.holds)
}

/// What became of each condition that is asked, in the order of the fields.
pub fn findings(conditions: &RuleConditions, facts: &Facts) -> Vec<Finding> {
    let RuleConditions { queues, tags, languages, hours, red_flag, returning, waited_minutes, silent_minutes } =
        conditions;
    let mut found = Vec::new();
    let mut note = |condition, holds, words: Vec<String>| found.push(Finding { condition, holds, found: words });
    if !queues.is_empty() {
        let holds = queues.iter().any(|queue| queue == facts.queue.as_str());
        note(RuleCondition::Queues, holds, vec![facts.queue.to_string()]);
    }
    if !tags.is_empty() {
        let holds = facts.tags.iter().any(|tag| tags.iter().any(|wanted| wanted == tag.as_str()));
        note(RuleCondition::Tags, holds, facts.tags.iter().map(ToString::to_string).collect());
    }
    if !languages.is_empty() {
        let holds = facts.language.as_ref().is_some_and(|language| languages.contains(language));
        note(RuleCondition::Languages, holds, facts.language.iter().cloned().collect());
    }
    if let Some(hours) = hours {
        let (is, word) =
            if facts.is_within_hours { (RuleHours::Within, "within") } else { (RuleHours::Outside, "outside") };
        note(RuleCondition::Hours, is == *hours, vec![word.to_owned()]);
    }
    for (condition, asked, is) in [
        (RuleCondition::RedFlag, red_flag, facts.has_red_flag),
        (RuleCondition::Returning, returning, facts.is_returning),
    ] {
        if let Some(asked) = asked {
            note(condition, is == *asked, vec![is.to_string()]);
        }
    }
    if let Some(minutes) = waited_minutes {
        let waited = facts.waited_seconds;
        note(RuleCondition::WaitedMinutes, is_as_long(waited, *minutes), vec![(waited / 60).to_string()]);
    }
    if let Some(minutes) = silent_minutes {
        let holds = facts.silent_seconds.is_some_and(|silent| is_as_long(silent, *minutes));
        note(RuleCondition::SilentMinutes, holds, facts.silent_seconds.iter().map(|s| (s / 60).to_string()).collect());
    }
    found
}

fn is_as_long(seconds: i64, minutes: u32) -> bool {
    seconds >= i64::from(minutes) * 60
}

#[cfg(test)]
#[path = "verdict_test.rs"]
mod tests;
