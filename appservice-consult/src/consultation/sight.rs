//! How much of a consultation a member of staff sees: the one place that says so, for lists, details, notes, calls, call-backs' consultations and the stream.
//! Pure, and once more as a condition of SQL, for lists.
//!
//! Supervisors see everything. An operator sees what waits in a queue that he serves, or is offered or handed to him; what he takes part in; and what he took
//! part in, as far as the archive opens it to him; while that waits in a queue that he does not serve, that he handed it on and no more: how it waits is for those
//! who may take it. A colleague who mentions him in a note lends him the row for a time. Of everything else he is told that
//! there is none. So circles hold: whoever serves the dentist's queue does not learn that the psychologist's has a patient.

use std::sync::Arc;

use sea_query::{Cond, Expr, ExprTrait, Query, SelectStatement, UnionType};

use super::record::{Record, STAGE_ENDED};
use super::state::{Phase, State};
use crate::archive::Share;
use crate::ids::{OperatorId, QueueId};
use crate::operator::Member;
use crate::store::tables::{Consultation as Table, Mention, Participant};
use crate::time::Time;

/// How much he sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Sight {
    /// Its row, while somebody else is asked to take it or by a mention: neither what the patient answered nor what staff wrote.
    Row,
    /// That it was handed on, and what was there up to then, while it waits in a queue that he does not serve: not how it waits there.
    HandedOn(Time),
    /// What was there up to the moment when he left it.
    Until(Time),
    /// All of it.
    Whole,
}

impl Sight {
    /// Whether what staff wrote at that time is within it.
    pub fn reaches(self, at: Time) -> bool {
        match self {
            Self::Row => false,
            Self::HandedOn(left_at) | Self::Until(left_at) => at <= left_at,
            Self::Whole => true,
        }
    }

    /// Whether the patient's answers are within it. After the end they stand in the record, which is read in the archive.
    pub fn reads_answers(self, phase: &Phase) -> bool {
        self == Self::Whole && phase.is_open()
    }
}

/// How much of a consultation a member of staff sees; `None`: for him there is none.
pub fn of(member: &Member, record: &Record) -> Option<Sight> {
    let share = Share::of_operator(record, &member.id);
    let is_whole = member.role.supervises() || share == Some(Share::Whole) || may_take(member, &record.state);
    match share {
        _ if is_whole => Some(Sight::Whole),
        Some(Share::Until(left_at)) if waits_elsewhere(member, &record.state) => Some(Sight::HandedOn(left_at)),
        Some(Share::Until(left_at)) => Some(Sight::Until(left_at)),
        Some(Share::Whole) | None => waits_for(member, &record.state).then_some(Sight::Row),
    }
}

/// What a mention in the conversation's notes lends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lent {
    /// He is not mentioned, or not any more.
    Nothing,
    /// The row of what is open there, where the notes stand.
    Row,
}

/// As [`of`], with what is lent to him.
pub fn with_lent(member: &Member, record: &Record, lent: Lent) -> Option<Sight> {
    let row = lent == Lent::Row && record.state.phase.is_open();
    of(member, record).or(row.then_some(Sight::Row))
}

/// Whether it waits, and he may take it as it stands: in a queue that he serves, handed to him by name, or offered to him.
pub fn may_take(member: &Member, state: &State) -> bool {
    match &state.phase {
        Phase::Queued => waits_for(member, state),
        Phase::Offered { operator, .. } => *operator == member.id,
        Phase::Active { .. } | Phase::OnHold { .. } | Phase::Archived | Phase::Cancelled | Phase::Abandoned => false,
    }
}

fn waits_for(member: &Member, state: &State) -> bool {
    let handed_to = state.transfer.as_ref().and_then(|transfer| transfer.to.as_ref());
    state.phase.is_waiting() && (member.serves(&state.queue) || handed_to == Some(&member.id))
}

fn waits_elsewhere(member: &Member, state: &State) -> bool {
    state.phase.is_waiting() && !waits_for(member, state)
}

/// Whether he may be told that it is there, and so why he cannot do with it what he asks for: who serves its queue saw it wait, and hears who was faster.
pub fn knows(member: &Member, record: &Record) -> bool {
    of(member, record).is_some() || member.serves(&record.state.queue)
}

/// How a list finds its rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Walk {
    /// By something else, in its own order: each is looked at.
    EachRow,
    /// All that have ended: his own are looked up.
    Ended,
    /// Everything: what he sees is looked up.
    Everything,
}

impl Walk {
    /// The walk of a list of one stage, or of all.
    pub fn over(stage: Option<i64>) -> Self {
        match stage {
            Some(STAGE_ENDED) => Self::Ended,
            Some(_) => Self::EachRow,
            None => Self::Everything,
        }
    }
}

/// Whose sight narrows a list, and when: what is lent ends.
#[derive(Debug, Clone)]
pub struct Reader {
    /// Whose. Supervisors' narrows nothing.
    pub member: Arc<Member>,
    /// When.
    pub now: Time,
}

/// As [`with_lent`] has it of one, as a condition on rows of consultations.
pub fn condition(Reader { member, now }: &Reader) -> Cond {
    of_his_own(member).add(lent_to(member, *now))
}

/// The same as ids to look up, once each, in a column `consultation_id`; `None`: each row is asked.
pub(super) fn looked_up(Reader { member, now }: &Reader, walk: Walk) -> Option<SelectStatement> {
    match walk {
        Walk::EachRow => None,
        Walk::Ended => {
            let mut once = took_part(&member.id);
            once.distinct();
            Some(once)
        }
        Walk::Everything => {
            let mut all = ids(member);
            let mut lent = Query::select();
            lent.column(Table::Id).from(Table::Table).cond_where(lent_to(member, *now));
            all.union(UnionType::Distinct, lent);
            Some(all)
        }
    }
}

/// Of which he sees something of his own right, as a condition on rows. For supervisors there is none.
pub fn of_his_own(member: &Member) -> Cond {
    Cond::any().add(waiting_for(member)).add(took_part_in(member))
}

/// The ids of all consultations of which he sees something of his own right. For supervisors there is none.
pub fn ids(member: &Member) -> SelectStatement {
    let mut waiting = Query::select();
    waiting.column(Table::Id).from(Table::Table).cond_where(waiting_for(member));
    let mut ids = took_part(&member.id);
    ids.union(UnionType::Distinct, waiting);
    ids
}

/// Whether he takes or took part, as a condition on one row.
pub(super) fn took_part_in(member: &Member) -> Expr {
    Expr::exists(took_part_here(&member.id))
}

fn waiting_for(member: &Member) -> Cond {
    let column = |column: Table| Expr::col((Table::Table, column));
    let served = column(Table::QueueId).is_in(member.queues.iter().map(QueueId::as_str));
    let his = Cond::any()
        .add(served)
        .add(column(Table::OfferedTo).eq(member.id.as_str()))
        .add(column(Table::TransferTo).eq(member.id.as_str()));
    Cond::all().add(column(Table::Stage).eq(0_i64)).add(his)
}

fn lent_to(member: &Member, now: Time) -> Cond {
    let mut conversations = Query::select();
    conversations.column(Mention::ConversationId).from(Mention::Table);
    conversations.and_where(Expr::col(Mention::OperatorId).eq(member.id.as_str()));
    conversations.and_where(Expr::col(Mention::Until).gt(now.as_millis()));
    Cond::all()
        .add(Expr::col((Table::Table, Table::Stage)).lt(STAGE_ENDED))
        .add(Expr::col((Table::Table, Table::ConversationId)).in_subquery(conversations))
}

fn took_part(operator: &OperatorId) -> SelectStatement {
    let mut select = Query::select();
    select.column(Participant::ConsultationId).from(Participant::Table);
    select.and_where(Expr::col(Participant::OperatorId).eq(operator.as_str()));
    select
}

fn took_part_here(operator: &OperatorId) -> SelectStatement {
    let here = Expr::col((Participant::Table, Participant::ConsultationId)).equals((Table::Table, Table::Id));
    let mut select = Query::select();
    select.expr(Expr::val(1_i64)).from(Participant::Table).and_where(here);
    select.and_where(Expr::col(Participant::OperatorId).eq(operator.as_str()));
    select
}

#[cfg(test)]
#[path = "sight_test.rs"]
mod tests;
