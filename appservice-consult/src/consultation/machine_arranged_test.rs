//! What supervisors and rules do with what waits: where, for whom, and how urgently.

use super::*;

fn assign(by: &str, right: Right, to: Target) -> Command {
    Command::Assign { by: operator(by), right, to }
}

fn to_queue(queue: &str) -> Target {
    Target::Queue(queue.into())
}

fn prioritize(urgency: Urgency) -> Command {
    Command::Prioritize { right: Right::Supervisor, urgency }
}

pub(super) fn rows() -> Vec<Row> {
    use Name::{Abandoned, Active, Archived, Cancelled, OnHold, Queued};
    let of_what_waits = |queued: Outcome| [queued, wrong(Active), wrong(OnHold)];
    let ended = || [wrong(Archived), wrong(Cancelled), wrong(Abandoned)];
    let waits = || of_what_waits(Outcome::To(Queued));
    let refused = || of_what_waits(Outcome::No(Refusal::NotSupervisor));
    vec![
        row(assign("boss", Right::Supervisor, to_queue("dental")), waits(), ended()),
        row(assign("boss", Right::Supervisor, Target::Operator(operator("other"))), waits(), ended()),
        row(assign("other", Right::Lead, to_queue("dental")), refused(), ended()),
        row(prioritize(Urgency::More), waits(), ended()),
        row(prioritize(Urgency::Less), waits(), ended()),
        row(Command::Prioritize { right: Right::Lead, urgency: Urgency::More }, refused(), ended()),
    ]
}

pub(super) fn any_command() -> impl Strategy<Value = Command> {
    let target = prop_oneof![
        any_operator().prop_map(Target::Operator),
        any::<bool>().prop_map(|one| to_queue(if one { "x" } else { "z" }))
    ];
    let urgency = any::<bool>().prop_map(|more| if more { Urgency::More } else { Urgency::Less });
    prop_oneof![
        (any_operator(), any_right(), target).prop_map(|(by, right, to)| Command::Assign { by, right, to }),
        (any_right(), urgency).prop_map(|(right, urgency)| Command::Prioritize { right, urgency }),
    ]
}

/// Whether a command put it elsewhere in the line, or gave it to somebody by name.
pub(super) fn is_arranged(command: &Command, before: &State, after: &State) -> bool {
    let arranges = matches!(
        command,
        Command::Raise { .. } | Command::Move { .. } | Command::Assign { .. } | Command::Prioritize { .. }
    );
    let place = |state: &State| (state.queue.clone(), state.priority, state.transfer.clone());
    arranges && place(before) != place(after)
}

#[test]
fn a_supervisor_gives_what_waits_to_a_colleague_or_a_queue_and_it_goes_on_waiting() {
    let asked = Phase::Offered { operator: operator("lead"), until: at(100) };
    let queued = State { phase: asked, ..in_phase(Name::Queued) };
    let (named, effects) =
        step(&queued, &assign("boss", Right::Supervisor, Target::Operator(operator("other"))), at(20)).unwrap();
    assert_eq!((&named.phase, effects), (&Phase::Queued, vec![Effect::Record(Action::Assigned)]));
    assert_eq!(named.phase_since, queued.phase_since, "it goes on waiting");
    let transfer = named.transfer.clone().unwrap();
    assert_eq!((transfer.from, transfer.to), (operator("boss"), Some(operator("other"))));
    let again = assign("boss", Right::Supervisor, Target::Operator(operator("other")));
    assert_eq!(step(&named, &again, at(21)), Ok((named.clone(), Vec::new())));
    let (moved, effects) = step(&named, &assign("boss", Right::Supervisor, to_queue("dental")), at(22)).unwrap();
    assert_eq!((moved.queue.as_str(), effects), ("dental", vec![Effect::Record(Action::Moved)]));
    assert_eq!(moved.transfer.and_then(|transfer| transfer.to), None, "it is anybody's of the queue");
    let (free, effects) = step(&named, &assign("boss", Right::Supervisor, to_queue("general")), at(23)).unwrap();
    assert_eq!(effects, [Effect::Record(Action::Assigned)]);
    assert_eq!(free.transfer.and_then(|transfer| transfer.to), None);
}

#[test]
fn a_supervisor_raises_by_steps_and_lowers_to_what_is_ordinary() {
    let priority = |before: i64, urgency: Urgency| {
        let state = State { priority: before, ..in_phase(Name::Queued) };
        step(&state, &prioritize(urgency), at(20)).map(|(next, effects)| (next.priority, effects)).unwrap()
    };
    let recorded = |action| vec![Effect::Record(action)];
    assert_eq!(priority(0, Urgency::More), (1, recorded(Action::Raised)));
    assert_eq!(priority(2, Urgency::Less), (1, recorded(Action::Lowered)));
    for (stays, urgency) in [(0, Urgency::Less), (-3, Urgency::Less), (100, Urgency::More), (130, Urgency::More)] {
        assert_eq!(priority(stays, urgency), (stays, Vec::new()));
    }
    for phase in PHASES.into_iter().filter(|phase| *phase != Name::Queued) {
        assert_eq!(step(&in_phase(phase), &prioritize(Urgency::More), at(20)), Err(Refusal::WrongPhase(phase)));
    }
}
