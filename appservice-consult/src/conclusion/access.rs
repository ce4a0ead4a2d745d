//! Who reads, writes and signs a consultation's conclusion. Pure.
//!
//! Who takes part writes it together, observers aside; who leads signs. After the end the last lead amends. A supervisor does all of it. Who took part reads
//! what was signed while he was there, as he reads the archive.

use crate::actor::Actor;
use crate::api::types::{OperatorRole, ParticipantRole};
use crate::archive::Share;
use crate::consultation::{Phase, Record};
use crate::operator::Member;
use crate::time::Time;

/// A member of staff who reads, writes or signs.
#[derive(Debug, Clone, Copy)]
pub struct Writer<'a> {
    /// Who.
    pub member: &'a Member,
    /// The same, for the audit log.
    pub actor: &'a Actor,
}

/// Whether a conclusion can be written as the consultation stands.
pub(super) fn is_writable(record: &Record) -> bool {
    record.erased_at.is_none()
        && matches!(record.state.phase, Phase::Active { .. } | Phase::OnHold { .. } | Phase::Archived)
}

/// Whether he may sign, and amend.
pub(super) fn may_sign(record: &Record, member: &Member) -> bool {
    let leads = match record.state.phase.team() {
        Some(team) => team.lead == member.id,
        None => record.state.phase == Phase::Archived && record.state.last_lead.as_ref() == Some(&member.id),
    };
    leads || member.role.supervises()
}

/// Whether he may write what is not signed yet.
pub(super) fn may_write(record: &Record, member: &Member) -> bool {
    let takes_part = record.state.phase.team().and_then(|team| team.other(&member.id));
    may_sign(record, member) || takes_part.is_some_and(|part| part.role != ParticipantRole::Observer)
}

/// Whether he may read what is not signed yet.
pub(super) fn may_read_draft(record: &Record, member: &Member) -> bool {
    may_write(record, member) || share(record, member) == Some(Share::Whole)
}

/// How far back he may read what was signed; `None`: nothing.
pub(super) fn share(record: &Record, member: &Member) -> Option<Share> {
    match member.role {
        OperatorRole::Supervisor | OperatorRole::Administrator => Some(Share::Whole),
        OperatorRole::Operator => Share::of_operator(record, &member.id),
    }
}

/// Whether something that was signed at that time is within a share.
pub(super) fn reaches(share: Share, signed_at: Time) -> bool {
    match share {
        Share::Whole => true,
        Share::Until(left_at) => signed_at <= left_at,
    }
}

#[cfg(test)]
mod tests {
    use super::{is_writable, may_read_draft, may_sign, may_write, reaches, share};
    use crate::api::types::{OperatorRole, OperatorStatus, ParticipantRole};
    use crate::archive::Share;
    use crate::consultation::record::Facts;
    use crate::consultation::state::Participant;
    use crate::consultation::team::Member as Part;
    use crate::consultation::{Phase, Record, State, Team};
    use crate::operator::{Member, Schedule};
    use crate::time::Time;

    fn at(second: i64) -> Time {
        Time::from_millis(second * 1_000)
    }

    fn member(id: &str, role: OperatorRole) -> Member {
        Member {
            id: id.into(),
            user_id: format!("@{id}:x").as_str().into(),
            name: id.to_owned(),
            title: None,
            grade: None,
            role,
            queues: Vec::new(),
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

    fn part(id: &str, role: ParticipantRole, left_at: Option<Time>) -> Part {
        Part { operator: id.into(), role, joined_at: at(1), left_at, invited_by: None }
    }

    /// Led by `lead`; `guest` and `watcher` take part, `gone` left.
    fn consultation(phase: Phase, left_at: Option<Time>) -> Record {
        let mut state = State { phase, ..State::requested("q".into(), None, at(0)) };
        state.last_lead = Some("lead".into());
        state.ended_at = left_at;
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
            members: vec![
                part("lead", ParticipantRole::Lead, left_at),
                part("guest", ParticipantRole::Consultant, left_at),
                part("watcher", ParticipantRole::Observer, left_at),
                part("gone", ParticipantRole::Consultant, Some(at(5))),
            ],
            end_reason: None,
            transfer_note: None,
            facts: Facts::default(),
            sealed: None,
            terms: None,
            erased_at: None,
        }
    }

    fn active() -> Record {
        let other = |id: &str, role| Participant { operator: id.into(), role, joined_at: at(1), invited_by: None };
        let others = vec![other("guest", ParticipantRole::Consultant), other("watcher", ParticipantRole::Observer)];
        consultation(Phase::Active { team: Team { lead: "lead".into(), lead_since: at(1), others } }, None)
    }

    #[test]
    fn who_takes_part_writes_and_who_leads_signs() {
        let (open, over) = (active(), consultation(Phase::Archived, Some(at(9))));
        let rights = |record: &Record, id: &str, role| {
            let member = member(id, role);
            (may_read_draft(record, &member), may_write(record, &member), may_sign(record, &member))
        };
        let operator = OperatorRole::Operator;
        for (id, when_open, when_over) in [
            ("lead", (true, true, true), (true, true, true)),
            ("guest", (true, true, false), (true, false, false)),
            ("watcher", (true, false, false), (true, false, false)),
            ("gone", (false, false, false), (false, false, false)),
            ("stranger", (false, false, false), (false, false, false)),
        ] {
            assert_eq!(rights(&open, id, operator), when_open, "{id} while it is open");
            assert_eq!(rights(&over, id, operator), when_over, "{id} after the end");
        }
        assert_eq!(rights(&open, "any", OperatorRole::Supervisor), (true, true, true));
        assert_eq!(rights(&over, "any", OperatorRole::Supervisor), (true, true, true));
    }

    #[test]
    fn who_left_reads_what_was_signed_before() {
        let share = share(&active(), &member("gone", OperatorRole::Operator));
        assert_eq!(share, Some(Share::Until(at(5))));
        assert!(reaches(Share::Until(at(5)), at(5)) && !reaches(Share::Until(at(5)), at(6)));
        assert!(reaches(Share::Whole, at(6)));
    }

    #[test]
    fn nothing_is_written_of_what_nobody_led() {
        assert!(is_writable(&active()) && is_writable(&consultation(Phase::Archived, Some(at(9)))));
        for phase in [Phase::Queued, Phase::Cancelled, Phase::Abandoned] {
            assert!(!is_writable(&consultation(phase, None)));
        }
    }
}
