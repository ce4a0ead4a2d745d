//! The picture of the desk as it stands in the database: what waits in queues that ask by themselves, and who could be asked.

use std::collections::HashMap;
use std::sync::Arc;

use consilium_config::brand::{Queue, RoutingStrategy};
use sea_query::{Expr, ExprTrait, Order, Query};

use super::model::{Agent, Overflow, Readiness, Rule, Rules, Strategy, Waiting};
use crate::api::types::{OperatorStatus, Phase};
use crate::call;
use crate::consultation::count::{self, Counted};
use crate::consultation::record::stage;
use crate::ids::{ConsultationId, OperatorId, QueueId};
use crate::operator::{self, Member};
use crate::queue;
use crate::store::tables::{Consultation as Table, ConsultationCount as Counts, Operator, PassedOffer};
use crate::store::{Row, Session, StoreError};
use crate::tenant::Tenant;
use crate::time::Time;

/// Waiting consultations that one round looks at: more than the queues of a large brand have room for, so that what nobody can take hides nothing behind it.
const WAITING_MAX: u64 = 10_000;

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
    /// The desk now. Cheap where nothing waits, or nobody has room: then nothing more is looked at.
    pub async fn load(session: &mut Session, tenant: &Tenant, now: Time) -> Result<Self, StoreError> {
        let rules = rules(tenant, now);
        if !is_any_waiting(session).await? {
            return Ok(Self::default());
        }
        let agents = agents(session, tenant, &rules).await?;
        if agents.iter().all(|agent| agent.readiness == Readiness::Nothing || agent.load >= agent.capacity) {
            return Ok(Self::default());
        }
        let ask_again = |queue: &Queue| i64::from(queue.routing.ask_again_seconds);
        let brand = tenant.brand();
        let longest = brand.queues.iter().map(ask_again).max().unwrap_or(0);
        let mut passed = passed(session, now.plus_seconds(-longest)).await?;
        let mut waiting = waiting(session, &rules).await?;
        for one in &mut waiting {
            let Some(queue) = brand.queue(one.consultation.queue.as_str()) else { continue };
            let since = now.plus_seconds(-ask_again(queue));
            let left = passed.remove(&one.consultation.id).unwrap_or_default().into_iter();
            let lately = left.chain(one.handed_on.take()).filter(|(_, at)| *at > since);
            one.consultation.passed = lately.map(|(operator, _)| operator).collect();
            one.consultation.language = one.consultation.language.take().filter(|_| queue.routing.by_language);
        }
        Ok(Self { waiting: waiting.into_iter().map(|one| one.consultation).collect(), agents, rules })
    }
}

/// What waits, and who handed it on, when: he is not asked for what he gave away.
struct Found {
    consultation: Waiting,
    handed_on: Option<(OperatorId, Time)>,
}

async fn is_any_waiting(session: &mut Session) -> Result<bool, StoreError> {
    let counted = Counted { stage: Some(stage(Phase::Queued)), queue: None, lead: None };
    Ok(count::count(session, counted).await? > 0)
}

/// The rules of all queues, as they stand now.
pub(super) fn rules(tenant: &Tenant, now: Time) -> Rules {
    let brand = tenant.brand();
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
            is_open: queue::calendar(&brand, queue).is_open(now),
        };
        (QueueId::from(queue.id.as_str()), rule)
    };
    brand.queues.iter().map(of).collect()
}

/// What waits in open queues and is offered to nobody: in queues that ask, or handed to somebody by name.
async fn waiting(session: &mut Session, rules: &Rules) -> Result<Vec<Found>, StoreError> {
    let open = || rules.iter().filter(|(_, rule)| rule.is_open);
    let asking = open().filter(|(_, rule)| rule.strategy != Strategy::Manual).map(|(queue, _)| queue.as_str());
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
        Table::TransferAt,
        Table::PreviousOperatorId,
    ]);
    select.from(Table::Table).and_where(Expr::col(Table::Stage).eq(stage(Phase::Queued)));
    select.and_where(Expr::col(Table::QueueId).is_in(open().map(|(queue, _)| queue.as_str())));
    select.and_where(Expr::col(Table::OfferedTo).is_null()).and_where(is_asked);
    select
        .order_by(Table::QueueOrder, Order::Asc)
        .order_by(Table::RequestedAt, Order::Asc)
        .order_by(Table::Id, Order::Asc)
        .limit(WAITING_MAX);
    session.fetch_all(&select).await?.iter().map(read).collect()
}

fn read(row: &Row) -> Result<Found, StoreError> {
    let previous = row.id_or_null(Table::PreviousOperatorId)?;
    // Who led it last either had the patient before, or has handed him on.
    let (last_lead, handed_on) = match row.time_or_null(Table::TransferAt)? {
        None => (previous, None),
        Some(at) => (None, previous.map(|operator| (operator, at))),
    };
    let consultation = Waiting {
        id: row.id(Table::Id)?,
        queue: row.id(Table::QueueId)?,
        order: row.number(Table::QueueOrder)?,
        requested_at: row.time(Table::RequestedAt)?,
        since: row.time(Table::PhaseSince)?,
        language: row.text_or_null(Table::Language)?,
        handed_to: row.id_or_null(Table::TransferTo)?,
        last_lead,
        passed: Vec::new(),
    };
    Ok(Found { consultation, handed_on })
}

/// What is offered, and to whom.
pub(super) async fn offered(session: &mut Session) -> Result<Vec<(ConsultationId, OperatorId)>, StoreError> {
    let mut select = Query::select();
    select
        .columns([Table::Id, Table::OfferedTo])
        .from(Table::Table)
        .and_where(Expr::col(Table::OfferedTo).is_not_null());
    let rows = session.fetch_all(&select).await?;
    rows.iter().map(|row| Ok((row.id(Table::Id)?, row.id(Table::OfferedTo)?))).collect()
}

/// Who let an offer of what pass after a time, and when.
async fn passed(
    session: &mut Session,
    after: Time,
) -> Result<HashMap<ConsultationId, Vec<(OperatorId, Time)>>, StoreError> {
    let mut select = Query::select();
    select.columns([PassedOffer::ConsultationId, PassedOffer::OperatorId, PassedOffer::At]).from(PassedOffer::Table);
    select.and_where(Expr::col(PassedOffer::At).gt(after.as_millis()));
    let mut passed: HashMap<ConsultationId, Vec<(OperatorId, Time)>> = HashMap::new();
    for row in session.fetch_all(&select).await? {
        let operators = passed.entry(row.id(PassedOffer::ConsultationId)?).or_default();
        operators.push((row.id(PassedOffer::OperatorId)?, row.time(PassedOffer::At)?));
    }
    Ok(passed)
}

/// All operators, with what each has and is ready for.
pub(super) async fn agents(session: &mut Session, tenant: &Tenant, rules: &Rules) -> Result<Vec<Agent>, StoreError> {
    let given = given(session).await?;
    let load = load(session, tenant, rules).await?;
    let talking = call::staff_in_calls(session).await?;
    let wrapping = operator::wrapping(session, tenant).await?;
    let is_busy = |member: &Member| talking.contains(&member.user_id) || wrapping.contains_key(&member.id);
    let agent = |member: Arc<Member>| Agent {
        readiness: if is_busy(&member) { Readiness::Nothing } else { readiness(member.status) },
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

/// What each has: what he leads and is not on hold, and what he is asked to take. Where the queue says so, what is answered takes less until its patient writes.
async fn load(session: &mut Session, tenant: &Tenant, rules: &Rules) -> Result<HashMap<OperatorId, u32>, StoreError> {
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
    let lighter = lighter(tenant);
    for (lead, queue) in idle(session, &lighter).await? {
        if let (Some(sum), Some(less)) = (load.get_mut(&lead), lighter.get(&queue)) {
            *sum = sum.saturating_sub(*less);
        }
    }
    Ok(load)
}

/// How much less idle consultations of each queue take than others; queues in which they take as much are not among them.
fn lighter(tenant: &Tenant) -> HashMap<QueueId, u32> {
    let less = |queue: &Queue| {
        let less = queue.routing.weight.saturating_sub(queue.routing.idle_weight?);
        (less > 0).then(|| (QueueId::from(queue.id.as_str()), less))
    };
    tenant.brand().queues.iter().filter_map(less).collect()
}

/// Who leads what is answered and whose patient has written nothing since, in these queues.
async fn idle(session: &mut Session, queues: &HashMap<QueueId, u32>) -> Result<Vec<(OperatorId, QueueId)>, StoreError> {
    if queues.is_empty() {
        return Ok(Vec::new());
    }
    let mut select = Query::select();
    select.columns([Table::LeadId, Table::QueueId]).from(Table::Table);
    select.and_where(Expr::col(Table::Stage).eq(stage(Phase::Active)));
    select.and_where(Expr::col(Table::QueueId).is_in(queues.keys().map(QueueId::as_str)));
    select.and_where(Expr::col(Table::FirstAnswerAt).is_not_null());
    select.and_where(Expr::col(Table::UnansweredSince).is_null());
    let rows = session.fetch_all(&select).await?;
    rows.iter().map(|row| Ok((row.id(Table::LeadId)?, row.id(Table::QueueId)?))).collect()
}
