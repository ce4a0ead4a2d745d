//! Role × relation × phase, as a table.

use super::{Lent, Sight, knows, may_take, of, with_lent};
use crate::api::types::{OperatorRole, OperatorStatus, ParticipantRole};
use crate::consultation::record::Facts;
use crate::consultation::state::Participant;
use crate::consultation::team::Member as Part;
use crate::consultation::{Phase, Record, State, Team, Transfer};
use crate::operator::{Member, Schedule};
use crate::time::Time;

fn at(second: i64) -> Time {
    Time::from_millis(second * 1_000)
}

/// What somebody has to do with the consultation of the dentist's queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Relation {
    /// He serves another queue.
    Stranger,
    /// He serves its queue.
    Serves,
    /// It is handed to him by name.
    Handed,
    /// It is, or was, offered to him.
    Asked,
    /// He leads it, or led it to its end.
    Leads,
    /// He was asked in, and was there to its end.
    Invited,
    /// He left it.
    Left,
}

const RELATIONS: [Relation; 7] = [
    Relation::Stranger,
    Relation::Serves,
    Relation::Handed,
    Relation::Asked,
    Relation::Leads,
    Relation::Invited,
    Relation::Left,
];

fn member(role: OperatorRole, relation: Relation) -> Member {
    let queue = if relation == Relation::Serves { "dental" } else { "psychology" };
    Member {
        id: "me".into(),
        user_id: "@me:x".into(),
        name: "Me".to_owned(),
        title: None,
        grade: None,
        role,
        queues: vec![queue.into()],
        skills: Vec::new(),
        languages: Vec::new(),
        capacity: 3,
        schedule: Schedule::default(),
        status: OperatorStatus::Online,
        status_since: at(0),
        status_reason: None,
        status_kind: None,
        wrapped_up_at: None,
    }
}

fn consultation(phase: Phase, relation: Relation) -> Record {
    let ended_at = (!phase.is_open()).then(|| at(9));
    let handed_to = (relation == Relation::Handed).then(|| "me".into());
    let part = |left_at| Part {
        operator: "me".into(),
        role: ParticipantRole::Consultant,
        joined_at: at(2),
        left_at,
        invited_by: None,
    };
    let members = match relation {
        Relation::Leads | Relation::Invited if phase.team().is_some() || ended_at.is_some() => vec![part(ended_at)],
        Relation::Leads | Relation::Invited | Relation::Left => vec![part(Some(at(5)))],
        Relation::Stranger | Relation::Serves | Relation::Handed | Relation::Asked => Vec::new(),
    };
    let state = State {
        phase,
        ended_at,
        transfer: Some(Transfer {
            from: "other".into(),
            to: handed_to,
            at: at(1),
            cause: crate::api::types::TransferCause::Handed,
        }),
        ..State::requested("dental".into(), None, at(0))
    };
    Record {
        id: "c".into(),
        version: 1,
        conversation: "k".into(),
        patient: "p".into(),
        person: None,
        request_id: "r".into(),
        language: None,
        state,
        queue_order: 0,
        members,
        end_reason: None,
        transfer_note: None,
        facts: Facts::default(),
        sealed: None,
        terms: None,
        erased_at: None,
    }
}

fn team(relation: Relation) -> Team {
    match relation {
        Relation::Leads => Team::of("me".into(), at(2)),
        Relation::Invited => {
            let me = Participant {
                operator: "me".into(),
                role: ParticipantRole::Consultant,
                joined_at: at(2),
                invited_by: Some("lead".into()),
            };
            Team { others: vec![me], ..Team::of("lead".into(), at(1)) }
        }
        _ => Team::of("lead".into(), at(1)),
    }
}

/// Queued; offered to a colleague, or to him; active; on hold; archived; cancelled; abandoned.
fn phases(relation: Relation) -> [Phase; 7] {
    let asked = if relation == Relation::Asked { "me" } else { "colleague" };
    [
        Phase::Queued,
        Phase::Offered { operator: asked.into(), until: at(20) },
        Phase::Active { team: team(relation) },
        Phase::OnHold { team: team(relation), until: None },
        Phase::Archived,
        Phase::Cancelled,
        Phase::Abandoned,
    ]
}

#[test]
fn an_operator_sees_what_he_may_take_and_what_he_takes_or_took_part_in() {
    const NO: Option<Sight> = None;
    const ROW: Option<Sight> = Some(Sight::Row);
    const ALL: Option<Sight> = Some(Sight::Whole);
    let cut = Some(Sight::Until(at(5)));
    let on = Some(Sight::HandedOn(at(5)));
    for relation in RELATIONS {
        let wanted = match relation {
            Relation::Stranger => [NO; 7],
            Relation::Serves | Relation::Handed => [ALL, ROW, NO, NO, NO, NO, NO],
            Relation::Asked => [NO, ALL, NO, NO, NO, NO, NO],
            Relation::Leads | Relation::Invited => [on, on, ALL, ALL, ALL, ALL, ALL],
            Relation::Left => [on, on, cut, cut, cut, cut, cut],
        };
        let me = member(OperatorRole::Operator, relation);
        for (phase, wanted) in phases(relation).into_iter().zip(wanted) {
            let record = consultation(phase, relation);
            assert_eq!(of(&me, &record), wanted, "{relation:?} in {:?}", record.state.phase);
            let is_told = wanted.is_some() || relation == Relation::Serves;
            assert_eq!(knows(&me, &record), is_told, "{relation:?} in {:?}", record.state.phase);
        }
    }
}

#[test]
fn who_handed_it_to_a_queue_that_he_serves_sees_how_it_waits_there() {
    let mut me = member(OperatorRole::Operator, Relation::Left);
    let [queued, offered, ..] = phases(Relation::Left);
    let of_phase = |me: &Member, phase: &Phase| of(me, &consultation(phase.clone(), Relation::Left));
    assert_eq!(of_phase(&me, &queued), Some(Sight::HandedOn(at(5))));
    me.queues.push("dental".into());
    assert_eq!(of_phase(&me, &queued), Some(Sight::Whole), "he may take it again");
    assert_eq!(of_phase(&me, &offered), Some(Sight::Until(at(5))));
}

#[test]
fn a_mention_lends_the_row_of_what_is_open_and_takes_nothing_away() {
    for relation in RELATIONS {
        let me = member(OperatorRole::Operator, relation);
        for phase in phases(relation) {
            let record = consultation(phase, relation);
            let own = of(&me, &record);
            let row = record.state.phase.is_open().then_some(Sight::Row);
            assert_eq!(with_lent(&me, &record, Lent::Row), own.or(row), "{relation:?} in {:?}", record.state.phase);
            assert_eq!(with_lent(&me, &record, Lent::Nothing), own);
        }
    }
}

#[test]
fn supervisors_see_everything() {
    for role in [OperatorRole::Supervisor, OperatorRole::Administrator] {
        for relation in RELATIONS {
            let me = member(role, relation);
            for phase in phases(relation) {
                assert_eq!(of(&me, &consultation(phase, relation)), Some(Sight::Whole), "{role:?} {relation:?}");
            }
        }
    }
}

#[test]
fn who_may_take_it_sees_all_of_it() {
    for relation in RELATIONS {
        let me = member(OperatorRole::Operator, relation);
        for phase in phases(relation) {
            let record = consultation(phase, relation);
            let sees_all = of(&me, &record) == Some(Sight::Whole);
            assert!(!may_take(&me, &record.state) || sees_all, "{relation:?} in {:?}", record.state.phase);
        }
    }
}

#[test]
fn answers_are_read_while_it_is_open_by_who_sees_all_of_it() {
    let [queued, _, active, _, archived, ..] = phases(Relation::Leads);
    let sights = [Sight::Row, Sight::HandedOn(at(5)), Sight::Until(at(5))].map(|sight| (sight, false));
    for (sight, wanted) in sights.into_iter().chain([(Sight::Whole, true)]) {
        assert_eq!((sight.reads_answers(&queued), sight.reads_answers(&active)), (wanted, wanted));
        assert!(!sight.reads_answers(&archived), "they stand in the record");
    }
}

#[test]
fn who_left_reads_what_was_written_before() {
    for sight in [Sight::HandedOn(at(5)), Sight::Until(at(5))] {
        assert!(sight.reaches(at(5)) && !sight.reaches(at(6)));
    }
    assert!(Sight::Whole.reaches(at(6)) && !Sight::Row.reaches(at(0)));
}
