//! The consultation machine: one pure, total function. No clock, no randomness, no I/O.
//!
//! What is the same press again (taking what one leads, resuming what runs) succeeds and changes nothing, so that a retry after a lost answer is harmless.

use super::command::{Action, Command, Duty, Effect, Guest, Line, Notice, Refusal, Right, TakeRight, Target, Urgency};
use super::sla::{Deadline, Promise};
use super::state::{Mark, Participant, Phase, State, Team, Transfer};
use crate::api::types::TransferCause;
use crate::ids::{OperatorId, QueueId};
use crate::time::Time;

/// Operators in one consultation, the lead among them. A council of more is no talk that a patient follows, and each of them reads the history.
pub const TEAM_MAX: usize = 8;

/// As far as supervisors raise what waits, step by step; a rule and red flags may go beyond it.
const RAISED_MAX: i64 = 100;

/// The next state and what follows, or why not.
type Step = Result<(State, Vec<Effect>), Refusal>;

/// What `command` makes of `state` at `now`.
pub fn step(state: &State, command: &Command, now: Time) -> Step {
    match command {
        Command::Take { operator, right } => take(state, operator, *right, now),
        Command::Offer { operator, until } => offer(state, operator, *until, now),
        Command::Pass { operator } => pass(state, operator),
        Command::Hold { by, until } => hold(state, by, *until, now),
        Command::Resume { by } => resume(state, by, now),
        Command::Transfer { by, right, to } => transfer(state, by, *right, to, now),
        Command::Assign { by, right, to } => assign(state, by, *right, to, now),
        Command::Prioritize { right, urgency } => prioritize(state, *right, *urgency),
        Command::TakeOver { by, from } => take_over(state, by, from, now),
        Command::Invite { by, right, guest } => invite(state, by, *right, guest, now),
        Command::Dismiss { by, right, operator } => dismiss(state, by, *right, operator),
        Command::Close { by, right } => close(state, by, *right, now),
        Command::Finish => finish(state, now),
        Command::Cancel => cancel(state, now),
        Command::ChangeAnswers { urgency } => change_answers(state, *urgency),
        Command::CorrectPerson { by, right } => correct_person(state, by, *right),
        Command::PatientMessage { said_at, .. } if was_said_before_the_end(state, *said_at) => Ok(unchanged(state)),
        Command::PatientMessage { grace_seconds, .. } => patient_message(state, *grace_seconds, now),
        Command::OperatorMessage { operator } => Ok((operator_message(state, operator, now), Vec::new())),
        Command::TimeOut { abandon_after_seconds } => time_out(state, *abandon_after_seconds, now),
        Command::Orphaned { lead, line } => orphaned(state, lead, *line, now),
        Command::Silence { since, close_after_seconds, line } => {
            silence(state, *since, *close_after_seconds, *line, now)
        }
        Command::Promises { deadlines } => promises(state, deadlines, now),
        Command::Raise { to } => raise(state, *to),
        Command::Move { to } => move_to(state, to),
    }
}

fn take(state: &State, operator: &OperatorId, right: TakeRight, now: Time) -> Step {
    match &state.phase {
        Phase::Queued => {}
        Phase::Offered { operator: asked, .. } if asked == operator => {}
        Phase::Offered { operator: asked, .. } => return Err(Refusal::OfferedTo { operator: asked.clone() }),
        Phase::Active { team } | Phase::OnHold { team, .. } if team.lead == *operator => return Ok(unchanged(state)),
        Phase::Active { team } | Phase::OnHold { team, .. } => return Err(Refusal::Taken { by: team.lead.clone() }),
        Phase::Archived | Phase::Cancelled | Phase::Abandoned => return wrong_phase(state),
    }
    let is_asked = matches!(state.phase, Phase::Offered { .. });
    let handed_to_him = state.transfer.as_ref().is_some_and(|transfer| transfer.to.as_ref() == Some(operator));
    if right == TakeRight::ByNameOnly && !handed_to_him && !is_asked {
        return Err(Refusal::NotYourQueue);
    }
    let mut next = moved(state, Phase::Active { team: Team::of(operator.clone(), now) }, now);
    next.taken_at = Some(now);
    next.first_taken_at = state.first_taken_at.or(Some(now));
    if state.last_lead.is_some() {
        next.previous_lead.clone_from(&state.last_lead);
    }
    next.last_lead = Some(operator.clone());
    let effects = vec![
        Effect::Record(Action::Taken),
        Effect::HandOver(operator.clone()),
        Effect::Invite(operator.clone()),
        Effect::Announce,
        Effect::Say(Notice::Taken),
    ];
    Ok((next, effects))
}

fn offer(state: &State, operator: &OperatorId, until: Time, now: Time) -> Step {
    match &state.phase {
        Phase::Queued => {}
        Phase::Offered { operator: asked, .. } if asked == operator => return Ok(unchanged(state)),
        Phase::Offered { operator: asked, .. } => return Err(Refusal::OfferedTo { operator: asked.clone() }),
        _ => return wrong_phase(state),
    }
    if until <= now {
        return Err(Refusal::UntilInThePast);
    }
    let phase = Phase::Offered { operator: operator.clone(), until };
    Ok((State { phase, ..state.clone() }, vec![Effect::Record(Action::Offered)]))
}

fn pass(state: &State, operator: &OperatorId) -> Step {
    match &state.phase {
        Phase::Offered { operator: asked, .. } if asked == operator => Ok(waits_on(state, Action::Passed)),
        Phase::Offered { operator: asked, .. } => Err(Refusal::OfferedTo { operator: asked.clone() }),
        // It lapsed, or was passed, already.
        Phase::Queued => Ok(unchanged(state)),
        _ => wrong_phase(state),
    }
}

/// Back among those that wait, at the place it had.
fn waits_on(state: &State, action: Action) -> (State, Vec<Effect>) {
    (State { phase: Phase::Queued, ..state.clone() }, vec![Effect::Record(action)])
}

fn hold(state: &State, by: &OperatorId, until: Option<Time>, now: Time) -> Step {
    let (Phase::Active { team } | Phase::OnHold { team, .. }) = &state.phase else { return wrong_phase(state) };
    if team.lead != *by {
        return Err(Refusal::NotLead);
    }
    if until.is_some_and(|until| until <= now) {
        return Err(Refusal::UntilInThePast);
    }
    let held = Phase::OnHold { team: team.clone(), until };
    if state.phase == held {
        return Ok(unchanged(state));
    }
    Ok((moved(state, held, now), vec![Effect::Record(Action::Held), Effect::Announce]))
}

fn resume(state: &State, by: &OperatorId, now: Time) -> Step {
    let (Phase::Active { team } | Phase::OnHold { team, .. }) = &state.phase else { return wrong_phase(state) };
    if team.lead != *by {
        return Err(Refusal::NotLead);
    }
    if matches!(state.phase, Phase::Active { .. }) {
        return Ok(unchanged(state));
    }
    Ok(resumed(state, team, now))
}

fn resumed(state: &State, team: &Team, now: Time) -> (State, Vec<Effect>) {
    let next = moved(state, Phase::Active { team: team.clone() }, now);
    (next, vec![Effect::Record(Action::Resumed), Effect::Announce])
}

fn transfer(state: &State, by: &OperatorId, right: Right, to: &Target, now: Time) -> Step {
    let team = team_for(state, by, right)?;
    if let Target::Operator(colleague) = to
        && team.other(colleague).is_some()
    {
        let (mut next, effects) = led_by(state, team, colleague, Action::Transferred, now);
        let to = Some(colleague.clone());
        next.transfer = Some(Transfer { from: by.clone(), to, at: now, cause: TransferCause::Handed });
        return Ok((next, effects));
    }
    let mut next = back_in_queue(state, team, now);
    match to {
        Target::Operator(colleague) if *colleague == team.lead => return Err(Refusal::ToTheLead),
        Target::Operator(_) => {}
        Target::Queue(queue) => next.queue = queue.clone(),
    }
    let colleague = match to {
        Target::Operator(colleague) => Some(colleague.clone()),
        Target::Queue(_) => None,
    };
    next.transfer = Some(Transfer { from: by.clone(), to: colleague, at: now, cause: TransferCause::Handed });
    let mut effects = vec![Effect::Record(Action::Transferred)];
    effects.extend(removal_of(team));
    effects.extend([Effect::Say(Notice::Transferred), Effect::Announce]);
    Ok((next, effects))
}

/// Who led it waits for nobody: it does, before those that are as old.
fn back_in_queue(state: &State, team: &Team, now: Time) -> State {
    let mut next = moved(state, Phase::Queued, now);
    next.priority = state.priority.saturating_add(1);
    next.marks.wait = Mark::None;
    next.taken_at = None;
    next.previous_lead = Some(team.lead.clone());
    next
}

/// What its lead put aside until a time is missed by nobody before. What waits already, or again, goes on waiting.
fn orphaned(state: &State, lead: &OperatorId, line: Line, now: Time) -> Step {
    let (Phase::Active { team } | Phase::OnHold { team, .. }) = &state.phase else {
        return if state.phase.is_waiting() { Ok(unchanged(state)) } else { wrong_phase(state) };
    };
    if team.lead != *lead {
        return Err(Refusal::Taken { by: team.lead.clone() });
    }
    let is_put_aside = matches!(state.phase, Phase::OnHold { until: Some(until), .. } if until > now);
    if line == Line::Busy || is_put_aside {
        return Err(Refusal::NotDue);
    }
    let mut next = back_in_queue(state, team, now);
    next.transfer = Some(Transfer { from: lead.clone(), to: None, at: now, cause: TransferCause::Lost });
    let mut effects = vec![Effect::Record(Action::Returned)];
    effects.extend(removal_of(team));
    effects.extend([Effect::Say(Notice::Returned), Effect::Announce]);
    Ok((next, effects))
}

fn invite(state: &State, by: &OperatorId, right: Right, guest: &Guest, now: Time) -> Step {
    let team = team_for(state, by, right)?;
    let Guest { operator, role, duty } = guest;
    if team.lead == *operator {
        return Err(Refusal::IsLead);
    }
    let before = team.other(operator);
    if before.is_some_and(|before| before.role == *role) {
        return Ok(unchanged(state));
    }
    if before.is_none() && *duty == Duty::Off {
        return Err(Refusal::OffDuty);
    }
    if before.is_none() && team.members().len() >= TEAM_MAX {
        return Err(Refusal::TeamFull);
    }
    let mut others = without(team, operator);
    others.push(Participant { operator: operator.clone(), role: *role, joined_at: now, invited_by: Some(by.clone()) });
    let after = Team { others, ..team.clone() };
    let mut effects = vec![Effect::Record(Action::Invited)];
    effects.extend(before.is_none().then(|| Effect::HandOver(operator.clone())));
    // Before he can come.
    effects.extend(levels_between(team, Some(&after)));
    effects.extend(before.is_none().then(|| Effect::Invite(operator.clone())));
    effects.push(Effect::Announce);
    effects.extend(before.is_none().then(|| Effect::SayOf(Notice::Joined, operator.clone())));
    Ok((with_team(state, after), effects))
}

/// A colleague may go by himself; the lead sends whom he likes.
fn dismiss(state: &State, by: &OperatorId, right: Right, operator: &OperatorId) -> Step {
    let leaves = by == operator;
    let team = team_for(state, by, if leaves { Right::Supervisor } else { right })?;
    if team.lead == *operator {
        return Err(Refusal::IsLead);
    }
    if !team.has(operator) {
        return Ok(unchanged(state));
    }
    let after = Team { others: without(team, operator), ..team.clone() };
    let mut effects =
        vec![Effect::Record(if leaves { Action::Left } else { Action::Dismissed }), Effect::Remove(operator.clone())];
    // After he has gone.
    effects.extend(levels_between(team, Some(&after)));
    effects.extend([Effect::Announce, Effect::SayOf(Notice::Left, operator.clone())]);
    Ok((with_team(state, after), effects))
}

/// What the room's levels need between two teams: nothing while the same people observe.
fn levels_between(before: &Team, after: Option<&Team>) -> Option<Effect> {
    let stays = |observer: &OperatorId| after.is_some_and(|after| after.observes(observer));
    let has_gone = before.observers().any(|observer| !stays(observer));
    let has_come = after.is_some_and(|after| after.observers().any(|observer| !before.observes(observer)));
    (has_gone || has_come).then_some(Effect::Levels)
}

fn without(team: &Team, operator: &OperatorId) -> Vec<Participant> {
    team.others.iter().filter(|other| other.operator != *operator).cloned().collect()
}

/// The same phase with another team: neither phase nor hold begins anew.
fn with_team(state: &State, team: Team) -> State {
    let phase = match &state.phase {
        Phase::OnHold { until, .. } => Phase::OnHold { team, until: *until },
        _ => Phase::Active { team },
    };
    State { phase, ..state.clone() }
}

/// Guarded as taking is: of several who take over from the same lead exactly one does.
fn take_over(state: &State, by: &OperatorId, from: &OperatorId, now: Time) -> Step {
    let team = state.phase.team().ok_or(Refusal::WrongPhase(state.phase.name()))?;
    if team.lead == *by {
        return Ok(unchanged(state));
    }
    if team.lead != *from {
        return Err(Refusal::Taken { by: team.lead.clone() });
    }
    Ok(led_by(state, team, by, Action::TakenOver, now))
}

/// Somebody else leads it from now on, and the lead goes: nobody waits, a hold stays one, and a call that is on goes on.
fn led_by(state: &State, team: &Team, colleague: &OperatorId, how: Action, now: Time) -> (State, Vec<Effect>) {
    let gone = &team.lead;
    let comes = team.other(colleague).is_none();
    let after = Team { lead: colleague.clone(), lead_since: now, others: without(team, colleague) };
    let levels = levels_between(team, Some(&after));
    let next = State {
        taken_at: Some(now),
        silence_warned_at: None,
        previous_lead: Some(gone.clone()),
        last_lead: Some(colleague.clone()),
        ..with_team(state, after)
    };
    let mut effects = vec![Effect::Record(how)];
    effects.extend(comes.then(|| Effect::HandOver(colleague.clone())));
    effects.push(Effect::Remove(gone.clone()));
    effects.extend(levels);
    effects.extend(comes.then(|| Effect::Invite(colleague.clone())));
    effects.extend([Effect::Announce, Effect::Say(Notice::Taken)]);
    (next, effects)
}

fn close(state: &State, by: &OperatorId, right: Right, now: Time) -> Step {
    Ok(closed(state, team_for(state, by, right)?, now))
}

/// What the patient ends stands as what its lead closes: history and audit say who it was.
fn finish(state: &State, now: Time) -> Step {
    match &state.phase {
        Phase::Active { team } | Phase::OnHold { team, .. } => Ok(closed(state, team, now)),
        Phase::Archived => Ok(unchanged(state)),
        Phase::Queued | Phase::Offered { .. } | Phase::Cancelled | Phase::Abandoned => wrong_phase(state),
    }
}

fn closed(state: &State, team: &Team, now: Time) -> (State, Vec<Effect>) {
    let mut effects = vec![Effect::Record(Action::Closed)];
    effects.extend(removal_of(team));
    effects.extend([Effect::Say(Notice::Closed), Effect::Announce, Effect::Seal]);
    (ended(state, Phase::Archived, now), effects)
}

fn cancel(state: &State, now: Time) -> Step {
    match state.phase {
        Phase::Queued | Phase::Offered { .. } => {}
        Phase::Cancelled => return Ok(unchanged(state)),
        _ => return wrong_phase(state),
    }
    let effects =
        vec![Effect::Record(Action::Cancelled), Effect::Say(Notice::Cancelled), Effect::Announce, Effect::Seal];
    Ok((ended(state, Phase::Cancelled, now), effects))
}

/// Who has read the answers in a consultation he leads is not left with others. The place follows from the priority, the wait goes on.
fn change_answers(state: &State, urgency: i64) -> Step {
    if !state.phase.is_waiting() {
        return wrong_phase(state);
    }
    let priority = state.priority.saturating_add(urgency);
    Ok((State { priority, ..state.clone() }, vec![Effect::Record(Action::AnswersChanged)]))
}

/// While nobody leads it only a supervisor has to do with it.
fn correct_person(state: &State, by: &OperatorId, right: Right) -> Step {
    if !state.phase.is_waiting() {
        team_for(state, by, right)?;
    }
    if state.phase.is_waiting() && right == Right::Lead {
        return Err(Refusal::NotLead);
    }
    let effects = vec![Effect::Record(Action::PersonCorrected), Effect::Say(Notice::PersonCorrected)];
    Ok((state.clone(), effects))
}

/// Whether a message belongs to what is over, though it comes later.
pub fn was_said_before_the_end(state: &State, said_at: Time) -> bool {
    !state.phase.is_open() && state.ended_at.is_some_and(|ended_at| said_at <= ended_at)
}

fn patient_message(state: &State, grace_seconds: i64, now: Time) -> Step {
    let Some(ended_at) = state.ended_at.filter(|_| !state.phase.is_open()) else {
        let mut next = state.clone();
        next.unanswered_since = state.unanswered_since.or(Some(now));
        next.silence_warned_at = None;
        return Ok((next, Vec::new()));
    };
    if now.seconds_since(ended_at) > grace_seconds {
        return Err(Refusal::Over);
    }
    let mut next = moved(state, Phase::Queued, now);
    next.ended_at = None;
    next.taken_at = None;
    next.transfer = None;
    next.reopened_at = Some(now);
    next.marks.wait = Mark::None;
    next.marks.resolution = Mark::None;
    next.unanswered_since = Some(now);
    next.priority = state.priority.saturating_add(1);
    if state.last_lead.is_some() {
        next.previous_lead.clone_from(&state.last_lead);
    }
    Ok((next, vec![Effect::Record(Action::Reopened), Effect::Announce, Effect::Say(Notice::Reopened)]))
}

/// A message of one who is not (any more) in it changes nothing.
fn operator_message(state: &State, operator: &OperatorId, now: Time) -> State {
    let mut next = state.clone();
    if state.phase.team().is_some_and(|team| team.has(operator)) {
        next.first_answer_at = state.first_answer_at.or(Some(now));
        next.unanswered_since = None;
        next.silence_warned_at = None;
    }
    next
}

/// The desk has answered and the patient says nothing: he is asked once, and what he is asked about is closed when the rest of the time has passed too. Who waits
/// for an answer is not silent, and what is put aside is not missed.
fn silence(state: &State, since: Time, close_after_seconds: i64, line: Line, now: Time) -> Step {
    let Phase::Active { team } = &state.phase else { return Err(Refusal::NotDue) };
    let waits_for_desk = state.unanswered_since.is_some() || state.first_answer_at.is_none();
    if waits_for_desk || line == Line::Busy {
        return Err(Refusal::NotDue);
    }
    let rest = close_after_seconds / 4;
    let silent_since = since.max(state.phase_since).max(team.lead_since);
    match state.silence_warned_at {
        None if now.seconds_since(silent_since) >= close_after_seconds - rest => {
            let next = State { silence_warned_at: Some(now), ..state.clone() };
            Ok((next, vec![Effect::Record(Action::SilenceWarned), Effect::Say(Notice::StillThere)]))
        }
        Some(warned_at) if now.seconds_since(warned_at) >= rest => {
            let mut effects = vec![Effect::Record(Action::Closed)];
            effects.extend(removal_of(team));
            effects.extend([Effect::Say(Notice::ClosedSilent), Effect::Announce, Effect::Seal]);
            Ok((ended(state, Phase::Archived, now), effects))
        }
        _ => Err(Refusal::NotDue),
    }
}

fn time_out(state: &State, abandon_after_seconds: i64, now: Time) -> Step {
    match &state.phase {
        Phase::Queued if now.seconds_since(state.phase_since) >= abandon_after_seconds => {
            let effects =
                vec![Effect::Record(Action::Abandoned), Effect::Say(Notice::Abandoned), Effect::Announce, Effect::Seal];
            Ok((ended(state, Phase::Abandoned, now), effects))
        }
        Phase::Offered { until, .. } if now >= *until => Ok(waits_on(state, Action::OfferLapsed)),
        Phase::OnHold { team, until: Some(until) } if now >= *until => Ok(resumed(state, team, now)),
        _ => Err(Refusal::NotDue),
    }
}

/// One mark of one promise: each is a step of its own in the history.
fn promises(state: &State, deadlines: &[Deadline], now: Time) -> Step {
    let running = deadlines.iter().filter(|deadline| state.is_promised(deadline.promise));
    let due = running.filter_map(|deadline| {
        let (mark, at) = deadline.next(state.marks)?;
        (now >= at).then_some((at, deadline.promise, mark))
    });
    let (_, promise, mark) = due.min().ok_or(Refusal::NotDue)?;
    let action = match (promise, mark) {
        (Promise::Wait, Mark::Broken) => Action::WaitBroken,
        (Promise::Wait, _) => Action::WaitWarning,
        (Promise::FirstResponse, Mark::Broken) => Action::ResponseBroken,
        (Promise::FirstResponse, _) => Action::ResponseWarning,
        (Promise::Resolution, Mark::Broken) => Action::ResolutionBroken,
        (Promise::Resolution, _) => Action::ResolutionWarning,
    };
    Ok((State { marks: state.marks.with(promise, mark), ..state.clone() }, vec![Effect::Record(action)]))
}

/// What is higher already stays: a rule never takes a place away.
fn raise(state: &State, to: i64) -> Step {
    if !state.phase.is_waiting() {
        return wrong_phase(state);
    }
    if state.priority >= to {
        return Ok(unchanged(state));
    }
    Ok((State { priority: to, ..state.clone() }, vec![Effect::Record(Action::Raised)]))
}

/// It goes on waiting since when it waited, and what was said of its promises stays said; whoever is asked to take it is asked no more.
fn move_to(state: &State, queue: &QueueId) -> Step {
    if !state.phase.is_waiting() {
        return wrong_phase(state);
    }
    if state.queue == *queue {
        return Ok(unchanged(state));
    }
    let next = State { phase: Phase::Queued, queue: queue.clone(), ..state.clone() };
    Ok((next, vec![Effect::Record(Action::Moved)]))
}

/// It goes on waiting since when it waited; whoever is asked to take it is asked no more.
fn assign(state: &State, by: &OperatorId, right: Right, to: &Target, now: Time) -> Step {
    must_be_arranged(state, right)?;
    let (queue, colleague) = match to {
        Target::Queue(queue) => (queue, None),
        Target::Operator(colleague) => (&state.queue, Some(colleague.clone())),
    };
    let stands = state.transfer.as_ref().and_then(|transfer| transfer.to.as_ref());
    if *queue == state.queue && stands == colleague.as_ref() {
        return Ok(unchanged(state));
    }
    let action = if *queue == state.queue { Action::Assigned } else { Action::Moved };
    let transfer = Transfer { from: by.clone(), to: colleague, at: now, cause: TransferCause::Handed };
    let next = State { phase: Phase::Queued, queue: queue.clone(), transfer: Some(transfer), ..state.clone() };
    Ok((next, vec![Effect::Record(action)]))
}

/// One step up or down; nothing goes after what is ordinary, and what stands higher than a supervisor raises stays there.
fn prioritize(state: &State, right: Right, urgency: Urgency) -> Step {
    must_be_arranged(state, right)?;
    let (priority, action) = match urgency {
        Urgency::More => (state.priority.saturating_add(1).min(RAISED_MAX).max(state.priority), Action::Raised),
        Urgency::Less => (state.priority.saturating_sub(1).max(0).min(state.priority), Action::Lowered),
    };
    if priority == state.priority {
        return Ok(unchanged(state));
    }
    Ok((State { priority, ..state.clone() }, vec![Effect::Record(action)]))
}

/// What nobody leads yet supervisors put in order.
fn must_be_arranged(state: &State, right: Right) -> Result<(), Refusal> {
    if !state.phase.is_waiting() {
        return Err(Refusal::WrongPhase(state.phase.name()));
    }
    if right == Right::Lead { Err(Refusal::NotSupervisor) } else { Ok(()) }
}

/// The team, if `by` may end or hand on what it does.
fn team_for<'a>(state: &'a State, by: &OperatorId, right: Right) -> Result<&'a Team, Refusal> {
    let team = state.phase.team().ok_or(Refusal::WrongPhase(state.phase.name()))?;
    if right == Right::Lead && team.lead != *by {
        return Err(Refusal::NotLead);
    }
    Ok(team)
}

/// Everybody out of the room, and then nobody of them is kept from writing there any more.
fn removal_of(team: &Team) -> impl Iterator<Item = Effect> + use<> {
    let removed = team.members().into_iter().map(|member| Effect::Remove(member.operator));
    removed.chain(levels_between(team, None))
}

fn moved(state: &State, phase: Phase, now: Time) -> State {
    State { phase, phase_since: now, silence_warned_at: None, ..state.clone() }
}

fn ended(state: &State, phase: Phase, now: Time) -> State {
    State { ended_at: Some(now), unanswered_since: None, ..moved(state, phase, now) }
}

fn unchanged(state: &State) -> (State, Vec<Effect>) {
    (state.clone(), Vec::new())
}

fn wrong_phase(state: &State) -> Step {
    Err(Refusal::WrongPhase(state.phase.name()))
}

#[cfg(test)]
#[path = "machine_test.rs"]
mod tests;
