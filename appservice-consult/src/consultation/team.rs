//! Who is and was in a consultation: rows of `participant`.

use std::collections::HashMap;

use sea_query::{Expr, ExprTrait, Order, Query};

use super::state::{Participant, Team};
use crate::api::types::ParticipantRole;
use crate::ids::{ConsultationId, OperatorId};
use crate::store::tables::Participant as Table;
use crate::store::{Session, StoreError, Writing};
use crate::time::Time;
use crate::words::Word;

/// An operator's time in a consultation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Who.
    pub operator: OperatorId,
    /// As what.
    pub role: ParticipantRole,
    /// From.
    pub joined_at: Time,
    /// To; none: still.
    pub left_at: Option<Time>,
    /// Who asked him in; none for a lead.
    pub invited_by: Option<OperatorId>,
}

/// The team that is in it now.
pub fn present(members: &[Member]) -> Option<Team> {
    let now = |member: &&Member| member.left_at.is_none();
    let lead = members.iter().filter(now).find(|member| member.role == ParticipantRole::Lead)?;
    let others = members.iter().filter(now).filter(|member| member.role != ParticipantRole::Lead);
    Some(Team {
        lead: lead.operator.clone(),
        lead_since: lead.joined_at,
        others: others
            .map(|member| Participant {
                operator: member.operator.clone(),
                role: member.role,
                joined_at: member.joined_at,
                invited_by: member.invited_by.clone(),
            })
            .collect(),
    })
}

/// Members of these consultations, by consultation, in the order they joined.
pub async fn load(session: &mut Session, consultations: &[String]) -> Result<HashMap<String, Vec<Member>>, StoreError> {
    let mut members: HashMap<String, Vec<Member>> = HashMap::new();
    if consultations.is_empty() {
        return Ok(members);
    }
    let mut select = Query::select();
    select
        .columns([
            Table::ConsultationId,
            Table::OperatorId,
            Table::Role,
            Table::JoinedAt,
            Table::LeftAt,
            Table::InvitedBy,
        ])
        .from(Table::Table);
    select.and_where(Expr::col(Table::ConsultationId).is_in(consultations.iter().map(String::as_str)));
    select.order_by(Table::Version, Order::Asc);
    for row in session.fetch_all(&select).await? {
        let member = Member {
            operator: row.id(Table::OperatorId)?,
            role: ParticipantRole::from_word(&row.text(Table::Role)?)?,
            joined_at: row.time(Table::JoinedAt)?,
            left_at: row.time_or_null(Table::LeftAt)?,
            invited_by: row.id_or_null(Table::InvitedBy)?,
        };
        members.entry(row.text(Table::ConsultationId)?).or_default().push(member);
    }
    Ok(members)
}

/// Two teams of a consultation, and the version and time of the step between them.
pub struct Difference<'a> {
    /// Who was in it.
    pub before: Option<&'a Team>,
    /// Who is in it.
    pub after: Option<&'a Team>,
    /// The consultation's version after the step.
    pub version: i64,
    /// When.
    pub now: Time,
}

fn members(team: Option<&Team>) -> Vec<Participant> {
    team.map(Team::members).unwrap_or_default()
}

/// Writes who has left and who has come between two teams.
pub async fn store(
    writing: &mut Writing,
    consultation: &ConsultationId,
    difference: Difference<'_>,
) -> Result<(), StoreError> {
    let Difference { before, after, version, now } = difference;
    let (before, after) = (members(before), members(after));
    for gone in before.iter().filter(|member| !after.contains(member)) {
        let mut update = Query::update();
        update.table(Table::Table).value(Table::LeftAt, now.as_millis());
        update.and_where(Expr::col(Table::ConsultationId).eq(consultation.as_str()));
        update
            .and_where(Expr::col(Table::OperatorId).eq(gone.operator.as_str()))
            .and_where(Expr::col(Table::LeftAt).is_null());
        writing.execute(&update).await?;
    }
    for come in after.iter().filter(|member| !before.contains(member)) {
        let mut insert = Query::insert();
        insert.into_table(Table::Table).columns([
            Table::ConsultationId,
            Table::OperatorId,
            Table::Version,
            Table::Role,
            Table::JoinedAt,
            Table::InvitedBy,
        ]);
        insert.values_panic([
            consultation.as_str().into(),
            come.operator.as_str().into(),
            version.into(),
            come.role.word().into(),
            come.joined_at.as_millis().into(),
            come.invited_by.as_ref().map(OperatorId::as_str).into(),
        ]);
        writing.execute(&insert).await?;
    }
    Ok(())
}

/// Consultations that an operator is in now.
pub async fn consultations_with(
    session: &mut Session,
    operator: &OperatorId,
) -> Result<Vec<ConsultationId>, StoreError> {
    let mut select = Query::select();
    select.column(Table::ConsultationId).from(Table::Table);
    select.and_where(Expr::col(Table::OperatorId).eq(operator.as_str())).and_where(Expr::col(Table::LeftAt).is_null());
    session.fetch_all(&select).await?.iter().map(|row| row.id(Table::ConsultationId)).collect()
}
