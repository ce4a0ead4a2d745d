//! What a queue's rule makes of a consultation whose operator goes, and what it lets him choose. Pure.

use consilium_config::brand::OnLeave;

use crate::api::types::LeavingChoice;
use crate::consultation::Target;
use crate::ids::{OperatorId, QueueId};

/// What he can choose; the first is what happens unless he says otherwise. Never empty.
pub(super) fn choices(rule: OnLeave, colleague: Option<&OperatorId>) -> Vec<LeavingChoice> {
    let to_colleague = colleague.map(|_| LeavingChoice::Colleague);
    match rule {
        OnLeave::Finish => [LeavingChoice::Keep, LeavingChoice::Queue].into_iter().chain(to_colleague).collect(),
        OnLeave::BackToQueue => vec![LeavingChoice::Queue],
        OnLeave::Colleague => to_colleague.into_iter().chain([LeavingChoice::Queue]).collect(),
    }
}

/// Where it goes; `None`: it stays with him. A colleague who is not to be had any more is the queue.
pub(super) fn target(choice: LeavingChoice, queue: &QueueId, colleague: Option<&OperatorId>) -> Option<Target> {
    match (choice, colleague) {
        (LeavingChoice::Keep, _) => None,
        (LeavingChoice::Colleague, Some(colleague)) => Some(Target::Operator(colleague.clone())),
        (LeavingChoice::Colleague, None) | (LeavingChoice::Queue, _) => Some(Target::Queue(queue.clone())),
    }
}

/// Where it goes from somebody with whom nothing can stay.
pub(super) fn target_from_former(rule: OnLeave, queue: &QueueId, colleague: Option<&OperatorId>) -> Target {
    let choice = if rule == OnLeave::Colleague { LeavingChoice::Colleague } else { LeavingChoice::Queue };
    target(choice, queue, colleague).unwrap_or_else(|| Target::Queue(queue.clone()))
}

#[cfg(test)]
mod tests {
    use super::{OnLeave, Target, choices, target, target_from_former};
    use crate::api::types::LeavingChoice::{Colleague, Keep, Queue};
    use crate::ids::{OperatorId, QueueId};

    const RULES: [OnLeave; 3] = [OnLeave::Finish, OnLeave::BackToQueue, OnLeave::Colleague];

    #[test]
    fn what_can_be_chosen_begins_with_what_the_rule_says() {
        let sokolov = OperatorId::from("sokolov");
        let with = RULES.map(|rule| choices(rule, Some(&sokolov)));
        assert_eq!(with, [vec![Keep, Queue, Colleague], vec![Queue], vec![Colleague, Queue]]);
        let without = RULES.map(|rule| choices(rule, None));
        assert_eq!(without, [vec![Keep, Queue], vec![Queue], vec![Queue]]);
    }

    #[test]
    fn where_no_colleague_is_to_be_had_it_waits_in_its_queue() {
        let (queue, sokolov) = (QueueId::from("general"), OperatorId::from("sokolov"));
        let in_queue = || Target::Queue(queue.clone());
        assert_eq!(target(Keep, &queue, Some(&sokolov)), None);
        assert_eq!(target(Colleague, &queue, Some(&sokolov)), Some(Target::Operator(sokolov.clone())));
        assert_eq!(target(Colleague, &queue, None), Some(in_queue()));
        assert_eq!(target(Queue, &queue, Some(&sokolov)), Some(in_queue()));
    }

    #[test]
    fn nothing_stays_with_who_is_no_member_any_more() {
        let (queue, sokolov) = (QueueId::from("general"), OperatorId::from("sokolov"));
        let to = RULES.map(|rule| target_from_former(rule, &queue, Some(&sokolov)));
        let in_queue = || Target::Queue(queue.clone());
        assert_eq!(to, [in_queue(), in_queue(), Target::Operator(sokolov)]);
    }
}
