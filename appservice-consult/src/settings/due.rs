//! What stands in the database because of the settings before: order and deadlines of what is open are set anew, so that a change is felt at once.
//!
//! What was promised to a person by name stays as it is: the time of a call-back, the price of what was asked for, the terms of what is sealed.

use consilium_config::Brand;
use consilium_config::brand::Queue;
use sea_query::{Expr, ExprTrait, Query};

use crate::consultation::record::{self, Record};
use crate::consultation::{order, sla};
use crate::ids::QueueId;
use crate::store::tables::Consultation as Table;
use crate::store::{StoreError, Writing};
use crate::time::Time;

/// Sets anew what is open in the queues whose settings differ; returns those queues.
pub(super) async fn set_anew(writing: &mut Writing, before: &Brand, after: &Brand) -> Result<Vec<String>, StoreError> {
    let is_touched = |queue: &&Queue| {
        let was = before.queue(&queue.id);
        was != Some(queue) || (queue.keeps_holidays && before.holidays != after.holidays)
    };
    let touched: Vec<&Queue> = after.queues.iter().filter(is_touched).collect();
    for queue in &touched {
        for record in record::load_open_of(writing, &QueueId::from(queue.id.as_str())).await? {
            write(writing, &record, after, queue).await?;
        }
    }
    Ok(touched.into_iter().map(|queue| queue.id.clone()).collect())
}

async fn write(writing: &mut Writing, record: &Record, brand: &Brand, queue: &Queue) -> Result<(), StoreError> {
    let state = &record.state;
    let millis = |time: Option<Time>| time.map(Time::as_millis);
    let mut update = Query::update();
    update.table(Table::Table).values([
        (Table::QueueOrder, order::queue_order(state.priority, Some(queue)).into()),
        (Table::DueAt, millis(order::due_at(state, Some(queue))).into()),
        (Table::SlaDueAt, millis(sla::due_at(state, brand, Some(queue))).into()),
    ]);
    for promised in sla::made(state, brand, Some(queue)) {
        update.value(promised, 1_i64);
    }
    update.and_where(Expr::col(Table::Id).eq(record.id.as_str()));
    writing.execute(&update).await.map(drop)
}
