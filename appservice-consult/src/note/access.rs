//! Who may read and write the notes of a conversation: notes are content, so it follows the archive's rule and not that of the list of patients.
//!
//! Who takes or took part in one of the conversation's consultations, who could take the one that waits (`consultation/sight.rs`), supervisors, and whom a
//! colleague mentioned, for a time. Circles hold: whoever serves the dentist's queue reads no notes of the psychologist.

use std::collections::{HashMap, HashSet};

use sea_query::{Expr, ExprTrait, Func, Order, Query, SelectStatement};

use super::error::NoteError;
use crate::actor::Actor;
use crate::consultation::sight::Lent;
use crate::consultation::{Record as Consultation, record, sight};
use crate::conversation;
use crate::ids::{ConversationId, OperatorId};
use crate::operator::Member;
use crate::store::tables::{Consultation as Consultations, Mention, Note, Participant};
use crate::store::{Session, StoreError};
use crate::tenant::Tenant;
use crate::time::Time;

/// A member of staff who reads or writes.
#[derive(Debug, Clone, Copy)]
pub struct Writer<'a> {
    /// Who.
    pub member: &'a Member,
    /// The same, for the audit log.
    pub actor: &'a Actor,
    /// The macro that writes for him, by its title.
    pub by_macro: Option<&'a str>,
}

/// Why somebody may.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ground {
    /// He is a supervisor.
    Supervisor,
    /// He takes part in the open consultation, or took part in one before.
    TakesPart,
    /// The open consultation waits, and he may take it.
    MayTake,
    /// A colleague mentioned him.
    Mentioned {
        /// How long that opens the notes.
        until: Time,
    },
}

impl Ground {
    /// The word for it in the audit log.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Supervisor => "supervisor",
            Self::TakesPart => "takes_part",
            Self::MayTake => "may_take",
            Self::Mentioned { .. } => "mentioned",
        }
    }
}

/// What it depends on.
#[derive(Debug, Clone, Copy)]
struct Facts<'a> {
    open: Option<&'a Consultation>,
    took_part: bool,
    mentioned_until: Option<Time>,
}

fn decide(member: &Member, facts: Facts<'_>, now: Time) -> Option<Ground> {
    let may_take = |open: &Consultation| sight::may_take(member, &open.state);
    if member.role.supervises() {
        Some(Ground::Supervisor)
    } else if facts.took_part {
        Some(Ground::TakesPart)
    } else if facts.open.is_some_and(may_take) {
        Some(Ground::MayTake)
    } else {
        facts.mentioned_until.filter(|until| *until > now).map(|until| Ground::Mentioned { until })
    }
}

/// Why a member of staff may read the notes of a conversation; `None`: he may not.
pub(super) async fn ground(
    session: &mut Session,
    conversation: &ConversationId,
    member: &Member,
    now: Time,
) -> Result<Option<Ground>, StoreError> {
    let open = record::load_open(session, conversation).await?;
    let facts = Facts {
        open: open.as_ref(),
        took_part: took_part(session, conversation, &member.id).await?,
        mentioned_until: mentioned_until(session, conversation, &member.id).await?,
    };
    Ok(decide(member, facts, now))
}

/// The same, or the refusal: who serves no queue of the conversation's circle is not told that there is one.
///
/// Errors: `NotFound`, `NotOpen`, `Store`.
pub(super) async fn admitted(
    session: &mut Session,
    tenant: &Tenant,
    id: &ConversationId,
    member: &Member,
) -> Result<Ground, NoteError> {
    if let Some(ground) = ground(session, id, member, tenant.context.now()).await? {
        return Ok(ground);
    }
    let conversation = conversation::load(session, id).await?.ok_or(NoteError::NotFound)?;
    let is_known = conversation::serves(&tenant.brand(), member, &conversation.circle);
    Err(if is_known { NoteError::NotOpen } else { NoteError::NotFound })
}

/// All who may read the notes of a conversation, for whoever asks about many members of staff at once.
#[derive(Debug)]
pub struct Readers {
    open: Option<Consultation>,
    took_part: HashSet<OperatorId>,
    mentions: Mentions,
}

impl Readers {
    /// Those of a conversation.
    pub async fn load(session: &mut Session, conversation: &ConversationId) -> Result<Self, StoreError> {
        let mut parts = Query::select();
        parts.distinct().column(Participant::OperatorId).from(Participant::Table);
        parts.and_where(Expr::col(Participant::ConsultationId).in_subquery(consultations_of(conversation)));
        let took_part = session.fetch_all(&parts).await?;
        Ok(Self {
            open: record::load_open(session, conversation).await?,
            took_part: took_part.iter().map(|row| row.id(Participant::OperatorId)).collect::<Result<_, _>>()?,
            mentions: Mentions::load(session, conversation).await?,
        })
    }

    /// Why a member of staff may; `None`: he may not.
    pub fn ground(&self, member: &Member, now: Time) -> Option<Ground> {
        let facts = Facts {
            open: self.open.as_ref(),
            took_part: self.took_part.contains(&member.id),
            mentioned_until: self.mentions.0.get(&member.id).copied(),
        };
        decide(member, facts, now)
    }
}

/// Who is mentioned in the notes of a conversation, and how long that lends him something.
#[derive(Debug)]
pub struct Mentions(HashMap<OperatorId, Time>);

impl Mentions {
    /// Those of a conversation.
    pub async fn load(session: &mut Session, conversation: &ConversationId) -> Result<Self, StoreError> {
        let mut notes = Query::select();
        notes.column(Note::Id).from(Note::Table);
        notes.and_where(Expr::col(Note::ConversationId).eq(conversation.as_str()));
        let mut select = Query::select();
        select.columns([Mention::OperatorId, Mention::Until]).from(Mention::Table);
        select.and_where(Expr::col(Mention::NoteId).in_subquery(notes)).order_by(Mention::Until, Order::Asc);
        let rows = session.fetch_all(&select).await?;
        let until = rows.iter().map(|row| Ok((row.id(Mention::OperatorId)?, row.time(Mention::Until)?)));
        Ok(Self(until.collect::<Result<_, StoreError>>()?))
    }

    /// What is lent to a member of staff.
    pub fn lent(&self, member: &Member, now: Time) -> Lent {
        if self.0.get(&member.id).is_some_and(|until| *until > now) { Lent::Row } else { Lent::Nothing }
    }
}

/// What is lent to one member of staff.
pub async fn lent(
    session: &mut Session,
    conversation: &ConversationId,
    member: &Member,
    now: Time,
) -> Result<Lent, StoreError> {
    let until = mentioned_until(session, conversation, &member.id).await?;
    Ok(if until.is_some_and(|until| until > now) { Lent::Row } else { Lent::Nothing })
}

fn consultations_of(conversation: &ConversationId) -> SelectStatement {
    let mut select = Query::select();
    select.column(Consultations::Id).from(Consultations::Table);
    select.and_where(Expr::col(Consultations::ConversationId).eq(conversation.as_str()));
    select
}

async fn took_part(
    session: &mut Session,
    conversation: &ConversationId,
    operator: &OperatorId,
) -> Result<bool, StoreError> {
    let mut select = Query::select();
    select.column(Participant::OperatorId).from(Participant::Table).limit(1);
    select.and_where(Expr::col(Participant::OperatorId).eq(operator.as_str()));
    select.and_where(Expr::col(Participant::ConsultationId).in_subquery(consultations_of(conversation)));
    Ok(session.fetch_one(&select).await?.is_some())
}

async fn mentioned_until(
    session: &mut Session,
    conversation: &ConversationId,
    operator: &OperatorId,
) -> Result<Option<Time>, StoreError> {
    let mut select = Query::select();
    select.expr(Func::max(Expr::col(Mention::Until))).from(Mention::Table);
    select.and_where(Expr::col(Mention::OperatorId).eq(operator.as_str()));
    select.and_where(Expr::col(Mention::ConversationId).eq(conversation.as_str()));
    let until = session.fetch_one(&select).await?.map_or(Ok(None), |row| row.first_number_or_null())?;
    Ok(until.map(Time::from_millis))
}

#[cfg(test)]
mod tests {
    use super::{Facts, Ground, decide};
    use crate::api::types::{OperatorRole, OperatorStatus};
    use crate::consultation::record::Facts as Counted;
    use crate::consultation::{Phase, Record, State};
    use crate::operator::{Member, Schedule};
    use crate::time::Time;

    fn member(role: OperatorRole, queue: &str) -> Member {
        Member {
            id: "me".into(),
            user_id: "@me:x".into(),
            name: "Me".into(),
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

    fn consultation(phase: Phase) -> Record {
        let state = State { phase, ..State::requested("dental".into(), None, Time::from_millis(0)) };
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
            members: Vec::new(),
            end_reason: None,
            transfer_note: None,
            facts: Counted::default(),
            sealed: None,
            terms: None,
            erased_at: None,
        }
    }

    #[test]
    fn the_notes_are_open_to_who_has_to_do_with_the_conversation_and_for_a_time_to_who_is_mentioned() {
        let now = Time::from_millis(1_000);
        let (waiting, over) = (consultation(Phase::Queued), consultation(Phase::Archived));
        let (dentist, psychologist) =
            (member(OperatorRole::Operator, "dental"), member(OperatorRole::Operator, "psychology"));
        let nothing = Facts { open: None, took_part: false, mentioned_until: None };
        let later = Time::from_millis(1_001);
        assert_eq!(decide(&dentist, nothing, now), None);
        assert_eq!(decide(&member(OperatorRole::Supervisor, "x"), nothing, now), Some(Ground::Supervisor));
        assert_eq!(decide(&psychologist, Facts { took_part: true, ..nothing }, now), Some(Ground::TakesPart));
        assert_eq!(decide(&dentist, Facts { open: Some(&waiting), ..nothing }, now), Some(Ground::MayTake));
        assert_eq!(decide(&psychologist, Facts { open: Some(&waiting), ..nothing }, now), None);
        let until = Time::from_millis(2_000);
        let offered = |operator: &str| consultation(Phase::Offered { operator: operator.into(), until });
        assert_eq!(decide(&psychologist, Facts { open: Some(&offered("me")), ..nothing }, now), Some(Ground::MayTake));
        assert_eq!(decide(&dentist, Facts { open: Some(&offered("other")), ..nothing }, now), None);
        assert_eq!(decide(&dentist, Facts { open: Some(&over), ..nothing }, now), None);
        let mentioned = Facts { mentioned_until: Some(later), ..nothing };
        assert_eq!(decide(&psychologist, mentioned, now), Some(Ground::Mentioned { until: later }));
        assert_eq!(decide(&psychologist, mentioned, later), None, "the time is over");
    }
}
