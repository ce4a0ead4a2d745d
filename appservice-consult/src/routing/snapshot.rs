//! The picture of the desk as it stands in the database: what waits in queues that ask by themselves, and who could be asked.

use std::collections::HashMap;
use std::sync::Arc;

use consilium_config::brand::{Queue, RoutingStrategy};
use sea_query::{Expr, ExprTrait, Order, Query};

use super::model::{Agent, Overflow, Readiness, Rule, Rules, Strategy, Waiting};
use crate::api::types::{OperatorStatus, Phase};
use crate::call;
use crate::callback;
use crate::consultation::record::stage;
use crate::ids::{ConsultationId, OperatorId, QueueId};
use crate::operator::Member;
use crate::store::tables::{Consultation as Table, ConsultationCount as Counts, Operator, PassedOffer};
use crate::store::{Row, Session, StoreError};
use crate::tenant::Tenant;
use crate::time::Time;

/// Waiting consultations that one round looks at; the next ones come up when these are offered.
const WAITING_MAX: u64 = 2_000;

/// What one round decides from.
#[derive(Debug, Default)]
pub struct Snapshot {
    /// What waits and is offered to nobody.
    pub waiting: Vec<Waiting>,
    /// All operators.
    pub agents: Vec<Agent>,
    /// The queues.
    pub rules: Rules,
}

impl Snapshot {
    /// The desk now. Cheap where nothing waits: then nobody is looked at.
    pub async fn load(session: &mut Session, tenant: &Tenant, now: Time) -> Result<Self, StoreError> {
        let rules = rules(tenant, now);
        let mut waiting = waiting(session, &rules).await?;
        if waiting.is_empty() {
            return Ok(Self::default());
        }
        let mut passed = passed(session).await?;
        for one in &mut waiting {
            let Some(queue) = tenant.brand.queue(one.queue.as_str()) else { continue };
            let since = now.plus_seconds(-i64::from(queue.routing.ask_again_seconds));
            let lately = passed.remove(&one.id).unwrap_or_default().into_iter().filter(|(_, at)| *at > since);
            one.passed = lately.map(|(operator, _)| operator).collect();
            one.language = one.language.take().filter(|_| queue.routing.by_language);
        }
        let agents = agents(session, tenant, &rules).await?;
        Ok(Self { waiting, agents, rules })
    }
}

fn rules(tenant: &Tenant, now: Time) -> Rules {
    let of = |queue: &Queue| {
        let routing = &queue.routing;
        let rule = Rule {
            strategy: match routing.strategy {
                RoutingStrategy::Manual => Strategy::Manual,
                RoutingStrategy::RoundRobin => Strategy::RoundRobin,
                RoutingStrategy::LeastLoaded => Strategy::LeastLoaded,
            },
            weight: routing.weight,
            skills: routing.skills.clone(),
            is_sticky: routing.sticky,
            overflow: routing.overflow.as_ref().map(|overflow| Overflow {
                to: overflow.queue.as_str().into(),
                after_seconds: i64::from(overflow.after_minutes) * 60,
            }),
            is_open: callback::calendar(&tenant.brand, queue).is_open(now),
        };
        (QueueId::from(queue.id.as_str()), rule)
    };
    tenant.brand.queues.iter().map(of).collect()
}

/// What waits and is offered to nobody, in queues that ask, or was handed to somebody by name.
async fn waiting(session: &mut Session, rules: &Rules) -> Result<Vec<Waiting>, StoreError> {
    let asking = rules.iter().filter(|(_, rule)| rule.strategy != Strategy::Manual).map(|(queue, _)| queue.as_str());
    let is_asked = Expr::col(Table::QueueId).is_in(asking).or(Expr::col(Table::TransferTo).is_not_null());
    let mut select = Query::select();
    select.columns([
        Table::Id,
        Table::QueueId,
        Table::QueueOrder,
        Table::RequestedAt,
        Table::PhaseSince,
        Table::Language,
        Table::TransferTo,
        Table::PreviousOperatorId,
    ]);
    select.from(Table::Table).and_where(Expr::col(Table::Stage).eq(stage(Phase::Queued)));
    select.and_where(Expr::col(Table::OfferedTo).is_null()).and_where(is_asked);
    select
        .order_by(Table::QueueOrder, Order::Asc)
        .order_by(Table::RequestedAt, Order::Asc)
        .order_by(Table::Id, Order::Asc)
        .limit(WAITING_MAX);
    let one = |row: &Row| {
        Ok(Waiting {
            id: row.id(Table::Id)?,
            queue: row.id(Table::QueueId)?,
            order: row.number(Table::QueueOrder)?,
            requested_at: row.time(Table::RequestedAt)?,
            since: row.time(Table::PhaseSince)?,
            language: row.text_or_null(Table::Language)?,
            handed_to: row.id_or_null(Table::TransferTo)?,
            last_lead: row.id_or_null(Table::PreviousOperatorId)?,
            passed: Vec::new(),
        })
    };
    session.fetch_all(&select).await?.iter().map(one).collect()
}

/// Who let an offer of what pass, and when.
async fn passed(session: &mut Session) -> Result<HashMap<ConsultationId, Vec<(OperatorId, Time)>>, StoreError> {
    let mut select = Query::select();
    select.columns([PassedOffer::ConsultationId, PassedOffer::OperatorId, PassedOffer::At]).from(PassedOffer::Table);
    let mut passed: HashMap<ConsultationId, Vec<(OperatorId, Time)>> = HashMap::new();
    for row in session.fetch_all(&select).await? {
        let operators = passed.entry(row.id(PassedOffer::ConsultationId)?).or_default();
        operators.push((row.id(PassedOffer::OperatorId)?, row.time(PassedOffer::At)?));
    }
    Ok(passed)
}

async fn agents(session: &mut Session, tenant: &Tenant, rules: &Rules) -> Result<Vec<Agent>, StoreError> {
    let given = given(session).await?;
    let load = load(session, rules).await?;
    let talking = call::staff_in_calls(session).await?;
    let agent = |member: Arc<Member>| Agent {
        readiness: if talking.contains(&member.user_id) { Readiness::Nothing } else { readiness(member.status) },
        capacity: member.capacity,
        load: load.get(&member.id).copied().unwrap_or(0),
        given_at: given.get(&member.id).copied(),
        queues: member.queues.clone(),
        skills: member.skills.clone(),
        languages: member.languages.clone(),
        id: member.id.clone(),
    };
    Ok(tenant.staff.all().into_iter().map(agent).collect())
}

fn readiness(status: OperatorStatus) -> Readiness {
    match status {
        OperatorStatus::Online => Readiness::All,
        OperatorStatus::TransferOnly => Readiness::ByName,
        OperatorStatus::Away | OperatorStatus::Break | OperatorStatus::GoingOff | OperatorStatus::Offline => {
            Readiness::Nothing
        }
    }
}

/// When each was last given something.
async fn given(session: &mut Session) -> Result<HashMap<OperatorId, Time>, StoreError> {
    let mut select = Query::select();
    select.columns([Operator::Id, Operator::GivenAt]).from(Operator::Table);
    select.and_where(Expr::col(Operator::GivenAt).is_not_null());
    let rows = session.fetch_all(&select).await?;
    rows.iter().map(|row| Ok((row.id(Operator::Id)?, row.time(Operator::GivenAt)?))).collect()
}

/// What each has: what he leads and is not on hold, and what he is asked to take.
async fn load(session: &mut Session, rules: &Rules) -> Result<HashMap<OperatorId, u32>, StoreError> {
    let mut led = Query::select();
    led.columns([Counts::QueueId, Counts::LeadId, Counts::N]).from(Counts::Table);
    led.and_where(Expr::col(Counts::Stage).eq(stage(Phase::Active))).and_where(Expr::col(Counts::N).gt(0_i64));
    let mut asked = Query::select();
    asked.columns([Table::QueueId, Table::OfferedTo]).from(Table::Table);
    asked.and_where(Expr::col(Table::OfferedTo).is_not_null());
    let mut load: HashMap<OperatorId, u32> = HashMap::new();
    let mut add = |operator: OperatorId, queue: QueueId, number: i64| {
        let weight = rules.get(&queue).map_or(1, |rule| rule.weight);
        let sum = load.entry(operator).or_default();
        *sum = sum.saturating_add(weight.saturating_mul(u32::try_from(number).unwrap_or(u32::MAX)));
    };
    for row in session.fetch_all(&led).await? {
        add(row.id(Counts::LeadId)?, row.id(Counts::QueueId)?, row.number(Counts::N)?);
    }
    for row in session.fetch_all(&asked).await? {
        add(row.id(Table::OfferedTo)?, row.id(Table::QueueId)?, 1);
    }
    Ok(load)
}
