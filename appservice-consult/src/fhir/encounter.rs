//! `Encounter`: the consultation as a visit, from the moment when the patient asked to its end. Pure.

use serde_json::{Value, json};

use super::gather::Source;
use super::people::People;
use crate::api::types::{ParticipantRole, Phase};
use crate::consultation::Action;
use crate::consultation::team::Member;
use crate::time::Time;
use crate::words::Word;

const ACT_CODE: &str = "http://terminology.hl7.org/CodeSystem/v3-ActCode";
const PARTICIPATION: &str = "http://terminology.hl7.org/CodeSystem/v3-ParticipationType";

/// A status of the visit and since when it has it.
type Since = (&'static str, Time);

pub(super) fn encounter(source: &Source, people: &People<'_>) -> Value {
    let visit = &source.visit;
    let names = &source.names;
    let statuses = statuses(&visit.steps);
    let in_progress = seconds_in_progress(&statuses);
    let (code, name) = &visit.service;
    json!({
        "resourceType": "Encounter",
        "id": people.encounter().id,
        "identifier": [names.identifier("consultation", visit.id.as_str())],
        "status": status_of(visit.phase),
        "statusHistory": past(&statuses),
        "class": { "system": ACT_CODE, "code": "VR", "display": "virtual" },
        "serviceType": { "coding": [names.coding("service", code, name)], "text": name },
        "subject": people.patient().reference(),
        "participant": participants(source, people),
        "period": { "start": visit.requested_at, "end": visit.ended_at },
        "length": {
            "value": in_progress, "unit": "s", "system": "http://unitsofmeasure.org", "code": "s",
        },
        "serviceProvider": people.clinic().reference(),
    })
}

/// Those of staff in the order they joined; before them who acts for the patient.
fn participants(source: &Source, people: &People<'_>) -> Vec<Value> {
    let acting = people.acting().map(|acting| {
        let role = source.names.coding("participant-role", "representative", "representative");
        json!({ "type": [{ "coding": [role] }], "individual": acting.reference() })
    });
    let staff = source.visit.members.iter().map(|member| participant(source, people, member));
    acting.into_iter().chain(staff).collect()
}

fn participant(source: &Source, people: &People<'_>, member: &Member) -> Value {
    let (code, display) = match member.role {
        ParticipantRole::Lead => ("PPRF", "primary performer"),
        ParticipantRole::Consultant => ("CON", "consultant"),
        ParticipantRole::Observer | ParticipantRole::Trainee => ("PART", "Participation"),
    };
    let role = member.role.word();
    json!({
        "type": [{
            "coding": [
                { "system": PARTICIPATION, "code": code, "display": display },
                source.names.coding("participant-role", role, role),
            ],
        }],
        "period": { "start": member.joined_at, "end": member.left_at.or(source.visit.ended_at) },
        "individual": people.professional(&member.operator, "").reference(),
    })
}

fn status_of(phase: Phase) -> &'static str {
    match phase {
        Phase::Queued => "arrived",
        Phase::Active => "in-progress",
        Phase::OnHold => "onleave",
        Phase::Archived => "finished",
        Phase::Cancelled | Phase::Abandoned => "cancelled",
    }
}

/// The status that a step of the history leads to; `None`: it stays as it was.
fn status_after(action: &str) -> Option<&'static str> {
    const LEADS: [(Action, &str); 11] = [
        (Action::Requested, "arrived"),
        (Action::Taken, "in-progress"),
        (Action::TakenOver, "in-progress"),
        (Action::Held, "onleave"),
        (Action::Resumed, "in-progress"),
        (Action::Transferred, "arrived"),
        (Action::Returned, "arrived"),
        (Action::Closed, "finished"),
        (Action::Cancelled, "cancelled"),
        (Action::Abandoned, "cancelled"),
        (Action::Reopened, "arrived"),
    ];
    LEADS.iter().find(|(known, _)| known.as_str() == action).map(|(_, status)| *status)
}

/// The statuses that followed each other; two of the same are one.
fn statuses(steps: &[(Time, String)]) -> Vec<Since> {
    let mut statuses: Vec<Since> = Vec::new();
    for (at, action) in steps {
        let Some(status) = status_after(action) else { continue };
        if statuses.last().is_none_or(|(last, _)| *last != status) {
            statuses.push((status, *at));
        }
    }
    statuses
}

/// Those that are over: each until the next one began. The last is the visit's own.
fn past(statuses: &[Since]) -> Vec<Value> {
    let pairs = statuses.iter().zip(statuses.iter().skip(1));
    pairs.map(|((status, from), (_, to))| json!({ "status": status, "period": { "start": from, "end": to } })).collect()
}

/// How long somebody was there for the patient: without waits and holds. Unit: seconds.
fn seconds_in_progress(statuses: &[Since]) -> i64 {
    let pairs = statuses.iter().zip(statuses.iter().skip(1)).filter(|((status, _), _)| *status == "in-progress");
    pairs.map(|((_, from), (_, to))| to.seconds_since(*from)).sum()
}

#[cfg(test)]
mod tests {
    use super::{past, seconds_in_progress, statuses};
    use crate::time::Time;
    use serde_json::json;

    fn at(second: i64) -> Time {
        Time::from_millis(1_700_000_000_000).plus_seconds(second)
    }

    #[test]
    fn phases_follow_each_other_and_holds_are_no_work() {
        let steps = [
            (0, "requested"),
            (1, "offered"),
            (5, "taken"),
            (6, "invited"),
            (10, "held"),
            (40, "resumed"),
            (45, "taken_over"),
            (60, "closed"),
            (70, "reopened"),
            (80, "taken"),
            (90, "closed"),
        ];
        let statuses = statuses(&steps.map(|(second, action)| (at(second), action.to_owned())));
        let past = past(&statuses);
        let names: Vec<_> = past.iter().map(|one| one["status"].as_str().unwrap_or_default()).collect();
        assert_eq!(names, ["arrived", "in-progress", "onleave", "in-progress", "finished", "arrived", "in-progress"]);
        assert_eq!(past[1]["period"], json!({ "start": at(5), "end": at(10) }));
        assert_eq!(seconds_in_progress(&statuses), 5 + 20 + 10);
    }
}
