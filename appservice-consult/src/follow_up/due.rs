//! What becomes of follow-ups because time passes, or because an owner leaves his queue. What they send to patients leaves here, and is said by `send.rs`.

use sea_query::{Expr, ExprTrait, Order, Query};

use super::record::{self, Record, STAGE_OPEN};
use super::send;
use super::service::write;
use super::state::{Happened, Owner, Refusal};
use crate::actor::Actor;
use crate::ids::{FollowUpId, OperatorId};
use crate::operator::{Member, is_at_work};
use crate::store::tables::FollowUp as Table;
use crate::store::{StoreError, Writing};
use crate::tenant::Tenant;
use crate::time::Time;

/// Follow-ups looked at in one round.
const BATCH: u64 = 200;

/// Lets time pass for every follow-up that the timer has to look at; returns how many came due or became their queue's.
pub async fn run_due(tenant: &Tenant) -> Result<usize, StoreError> {
    let mut moved = 0;
    for id in to_look_at(tenant).await? {
        moved += usize::from(look_at(tenant, &id).await?);
    }
    Ok(moved)
}

async fn look_at(tenant: &Tenant, id: &FollowUpId) -> Result<bool, StoreError> {
    let mut writing = tenant.store.write().await?;
    let Some(before) = record::load(&mut writing, &tenant.key, id).await? else { return Ok(false) };
    let (state, happened) = match before.state.at(tenant.context.now(), owner(tenant, &before)) {
        Ok(stepped) => stepped,
        // Somebody did something with it meanwhile.
        Err(Refusal::NotDue | Refusal::Over | Refusal::BadTime) => return Ok(false),
    };
    let after = Record { version: before.version + i64::from(happened != Happened::Nothing), state, ..before };
    let is_written = match happened {
        Happened::CameDue => {
            let after = send::leave(&mut writing, tenant, after).await?;
            write(&mut writing, tenant, &after, (&Actor::System, "follow_up.due")).await?
        }
        Happened::HandedOn => write(&mut writing, tenant, &after, (&Actor::System, "follow_up.handed_on")).await?,
        Happened::Nothing => {
            look_later(&mut writing, &after).await?;
            true
        }
    };
    // Where somebody was faster nothing is kept, a message on its way neither: the next round looks again.
    if is_written {
        writing.commit().await?;
    }
    Ok(is_written && happened != Happened::Nothing)
}

fn owner(tenant: &Tenant, record: &Record) -> Owner {
    let member = record.state.operator.as_ref().and_then(|id| tenant.staff.by_id(id));
    if member.is_some_and(|member| is_at_work(member.status)) { Owner::There } else { Owner::Away }
}

/// Nothing happened: who reads it need not know that it was looked at.
async fn look_later(writing: &mut Writing, after: &Record) -> Result<(), StoreError> {
    let mut update = Query::update();
    update.table(Table::Table).value(Table::NextAt, after.state.next_at.map(Time::as_millis));
    update.and_where(Expr::col(Table::Id).eq(after.id.as_str()));
    update.and_where(Expr::col(Table::Version).eq(after.version));
    writing.execute(&update).await.map(drop)
}

async fn to_look_at(tenant: &Tenant) -> Result<Vec<FollowUpId>, StoreError> {
    let now = tenant.context.now().as_millis();
    let mut select = Query::select();
    select.column(Table::Id).from(Table::Table).and_where(Expr::col(Table::NextAt).lte(now));
    select.order_by(Table::NextAt, Order::Asc).limit(BATCH);
    let mut reading = tenant.store.read().await?;
    reading.fetch_all(&select).await?.iter().map(|row| row.id(Table::Id)).collect()
}

/// Makes open follow-ups of queues that an operator does not serve any more their queues' own. Part of the change that takes him out of them.
pub async fn leave_queues(
    writing: &mut Writing,
    tenant: &Tenant,
    (before, after): (&Member, &Member),
    actor: &Actor,
) -> Result<(), StoreError> {
    for record in owned(writing, tenant, &after.id).await? {
        let queue = &record.state.queue;
        let stays = after.role.supervises() || after.serves(queue) || !before.serves(queue);
        if stays {
            continue;
        }
        // It is open: it was asked for so.
        let Ok(state) = record.state.handed_to(None, queue.clone(), tenant.context.now()) else { continue };
        let handed = Record { version: record.version + 1, state, ..record };
        write(writing, tenant, &handed, (actor, "follow_up.handed_on")).await?;
    }
    Ok(())
}

async fn owned(writing: &mut Writing, tenant: &Tenant, id: &OperatorId) -> Result<Vec<Record>, StoreError> {
    let mut select = record::select();
    select.and_where(Expr::col(Table::OperatorId).eq(id.as_str()));
    select.and_where(Expr::col(Table::Stage).eq(STAGE_OPEN));
    record::load_selected(writing, &tenant.key, &select).await
}
