//! Which members of staff see a call: whoever has been in it, sees something of its consultation (`consultation/sight.rs`), or has the conversation's call-back
//! in his hands. Pure once it is loaded, and once more as a condition of SQL.

use std::collections::HashSet;

use sea_query::{Cond, Expr, ExprTrait, Query, SelectStatement, UnionType};

use super::store::{OPEN, Record, spans_of};
use crate::callback;
use crate::consultation::{self, sight};
use crate::ids::UserId;
use crate::operator::Member;
use crate::store::tables::{Call as Table, CallSpan, Callback};
use crate::store::{Session, StoreError};
use crate::tenant::Tenant;
use crate::words::Word;

/// What it depends on.
#[derive(Debug)]
pub struct Concerned {
    users: HashSet<UserId>,
    consultation: Option<consultation::Record>,
    /// The call-back that is open in its conversation.
    callback: Option<callback::Record>,
}

impl Concerned {
    /// Of a call.
    pub async fn load(session: &mut Session, tenant: &Tenant, call: &Record) -> Result<Self, StoreError> {
        let mut users: HashSet<UserId> = spans_of(session, &call.id).await?.into_iter().map(|span| span.user).collect();
        users.insert(call.caller.clone());
        users.extend(call.answered_by.as_ref().map(|(user, _)| user.clone()));
        let consultation = match &call.consultation {
            Some(id) => consultation::record::load(session, id).await?,
            None => None,
        };
        let callback = if call.state.is_open() {
            callback::load_open(session, &tenant.key, &call.conversation).await?
        } else {
            None
        };
        Ok(Self { users, consultation, callback })
    }

    /// Whether he sees it.
    pub fn sees(&self, member: &Member) -> bool {
        let holder = self.callback.as_ref().and_then(|callback| callback.state.phase.holder());
        member.role.supervises()
            || self.users.contains(&member.user_id)
            || self.consultation.as_ref().is_some_and(|of| sight::of(member, of).is_some())
            || holder == Some(&member.id)
    }

    /// Whether he may be told that there is one, and so why he cannot be in it: who serves the queue.
    pub fn knows(&self, member: &Member) -> bool {
        self.sees(member)
            || self.consultation.as_ref().is_some_and(|of| sight::knows(member, of))
            || self.callback.as_ref().is_some_and(|callback| member.serves(&callback.queue))
    }
}

/// As [`Concerned::sees`] has it of one: each part is looked up by an index, so that no list looks at all calls. For supervisors there is none.
pub(super) fn condition(member: &Member) -> Cond {
    let [mut his, others @ ..] = [made_by(member), of_consultations(member), of_his_callbacks(member), of_held(member)];
    for other in others {
        his.union(UnionType::Distinct, other);
    }
    Cond::all().add(Expr::col((Table::Table, Table::Id)).in_subquery(his))
}

fn calls_where(condition: Cond) -> SelectStatement {
    let mut select = Query::select();
    select.column(Table::Id).from(Table::Table).cond_where(condition);
    select
}

fn column(column: Table) -> Expr {
    Expr::col((Table::Table, column))
}

fn made_by(member: &Member) -> SelectStatement {
    calls_where(Cond::all().add(column(Table::CallerUser).eq(member.user_id.as_str())))
}

fn of_consultations(member: &Member) -> SelectStatement {
    calls_where(Cond::all().add(column(Table::ConsultationId).in_subquery(sight::ids(member))))
}

/// In which he was, with somebody whom he called back.
fn of_his_callbacks(member: &Member) -> SelectStatement {
    let mut patients = callbacks_of(member, Callback::PatientId);
    patients.and_where(Expr::col(Callback::PatientId).is_not_null());
    let mut there = Query::select();
    there.expr(Expr::val(1_i64)).from(CallSpan::Table);
    there.and_where(Expr::col((CallSpan::Table, CallSpan::CallId)).equals((Table::Table, Table::Id)));
    there.and_where(Expr::col((CallSpan::Table, CallSpan::UserId)).eq(member.user_id.as_str()));
    calls_where(Cond::all().add(column(Table::PatientId).in_subquery(patients)).add(Expr::exists(there)))
}

/// That are on where he calls somebody back.
fn of_held(member: &Member) -> SelectStatement {
    let mut conversations = callbacks_of(member, Callback::ConversationId);
    conversations.and_where(Expr::col(Callback::Stage).eq(callback::STAGE_TAKEN));
    conversations.and_where(Expr::col(Callback::ConversationId).is_not_null());
    let is_open = column(Table::State).is_in(OPEN.map(Word::word));
    calls_where(Cond::all().add(is_open).add(column(Table::ConversationId).in_subquery(conversations)))
}

fn callbacks_of(member: &Member, wanted: Callback) -> SelectStatement {
    let mut select = Query::select();
    select.column(wanted).from(Callback::Table);
    select.and_where(Expr::col(Callback::OperatorId).eq(member.id.as_str()));
    select
}
