//! Which call-backs a member of staff sees: what waits in a queue that he serves, and what he has or had last in his hands; supervisors see all. Pure, and once
//! more as a condition of SQL.

use sea_query::{Cond, Expr, ExprTrait, Query, UnionType};

use super::record::{Record, stage};
use crate::ids::QueueId;
use crate::operator::Member;
use crate::store::tables::Callback as Table;

/// The stage of what waits.
const STAGE_WAITING: i64 = 0;

/// Whether he sees it.
pub fn sees(member: &Member, record: &Record) -> bool {
    let waits = stage(record.state.phase.name()) == STAGE_WAITING;
    member.role.supervises()
        || record.state.last_operator.as_ref() == Some(&member.id)
        || (waits && member.serves(&record.queue))
}

/// Whether he may be told that it is there, and so why he cannot do with it what he asks for: who serves its queue saw it wait, and hears who was faster.
pub fn knows(member: &Member, record: &Record) -> bool {
    sees(member, record) || member.serves(&record.queue)
}

/// As [`sees`] has it of one. For supervisors there is none.
pub(super) fn condition(member: &Member) -> Cond {
    let ids = |condition: Expr| {
        let mut select = Query::select();
        select.column(Table::Id).from(Table::Table).and_where(condition);
        select
    };
    let served = Expr::col(Table::QueueId).is_in(member.queues.iter().map(QueueId::as_str));
    let waits = Expr::col(Table::Stage).eq(STAGE_WAITING);
    // Looked up by an index each, so that no list looks at all call-backs.
    let mut his = ids(Expr::col(Table::OperatorId).eq(member.id.as_str()));
    his.union(UnionType::Distinct, ids(waits.and(served)));
    Cond::all().add(Expr::col((Table::Table, Table::Id)).in_subquery(his))
}

#[cfg(test)]
mod tests {
    use super::{knows, sees};
    use crate::api::types::{CallbackSource, OperatorRole, OperatorStatus};
    use crate::callback::details::Details;
    use crate::callback::{Ending, Phase, Record, State, When};
    use crate::operator::{Member, Schedule};
    use crate::time::Time;

    fn member(role: OperatorRole, queue: &str) -> Member {
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
            status_since: Time::from_millis(0),
            status_reason: None,
            status_kind: None,
            wrapped_up_at: None,
        }
    }

    fn callback(phase: Phase, last_operator: Option<&str>) -> Record {
        let now = Time::from_millis(0);
        let state = State {
            phase,
            last_operator: last_operator.map(Into::into),
            ..State::ordered(When::AsSoonAsPossible, now, now)
        };
        Record {
            id: "b".into(),
            version: 1,
            source: CallbackSource::App,
            patient: None,
            person: None,
            conversation: None,
            request_id: "r".to_owned(),
            queue: "dental".into(),
            state,
            time_zone: "Europe/Moscow".to_owned(),
            details: Details::default(),
            note: None,
            call: None,
            consent: None,
            sealed: None,
            erased_at: None,
        }
    }

    #[test]
    fn an_operator_sees_what_waits_for_him_and_what_he_had_last() {
        let again = Phase::NoAnswer { again_at: Time::from_millis(1) };
        let taken = |by: &str| Phase::Taken { operator: by.into() };
        let over = Phase::Archived(Ending::Cancelled);
        let operator = |queue| member(OperatorRole::Operator, queue);
        for (record, dentist, psychologist) in [
            (callback(Phase::New, None), true, false),
            (callback(again.clone(), Some("other")), true, false),
            (callback(again, Some("me")), true, true),
            (callback(taken("me"), Some("me")), true, true),
            (callback(taken("other"), Some("other")), false, false),
            (callback(over.clone(), Some("me")), true, true),
            (callback(over, Some("other")), false, false),
        ] {
            let phase = &record.state.phase;
            assert_eq!(sees(&operator("dental"), &record), dentist, "{phase:?}");
            assert_eq!(sees(&operator("psychology"), &record), psychologist, "{phase:?}");
            assert!(knows(&operator("dental"), &record), "{phase:?}");
            assert_eq!(knows(&operator("psychology"), &record), psychologist, "{phase:?}");
            assert!(sees(&member(OperatorRole::Supervisor, "psychology"), &record), "{phase:?}");
        }
    }
}
