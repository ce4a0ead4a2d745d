//! Queues: as an offer to patients, as load to staff.

use consilium_config::Brand;
use consilium_config::brand::{Queue as Configured, RoutingStrategy};

use super::Presenter;
use crate::api::types::{CallbackWindow, DayHours, Price, Queue, QueueClosure, QueueHours, Service, WorkingHours};
use crate::callback::{self, Standing};
use crate::ids::QueueId;
use crate::questionnaire;
use crate::queue;
use crate::store::{Session, StoreError};
use crate::tenant::Tenant;
use crate::time::Time;

/// Days after today whose working times are told; a call-back is ordered for one of them.
const DAYS_TOLD: usize = 7;
/// Days of the staff's preview, today among them.
const DAYS_PREVIEWED: usize = 14;

impl Presenter<'_> {
    /// All services of the brand.
    pub async fn services(&self, session: &mut Session) -> Result<Vec<Service>, StoreError> {
        let mut services = Vec::new();
        for queue in self.tenant.brand().queues.iter().filter(|queue| !queue.retired) {
            services.push(self.service(session, queue).await?);
        }
        Ok(services)
    }

    async fn service(&self, session: &mut Session, queue: &Configured) -> Result<Service, StoreError> {
        let id = QueueId::from(queue.id.as_str());
        let brand = &self.tenant.brand();
        let load = queue::load(session, &id).await?;
        let now = self.tenant.context.now();
        let wait = queue::estimate(session, &id, now).await?;
        let operators_online = self.tenant.staff.online(&id);
        let hours = hours(self.tenant, queue);
        let standing = Standing {
            enabled: queue.callback.enabled,
            open: hours.open,
            has_room: load.counts[0] < i64::from(queue.capacity),
            operators_online,
            wait,
            oldest_wait_seconds: load.oldest_waiting_since.map(|since| now.seconds_since(since)),
            long_wait_seconds: i64::from(queue.callback.long_wait_minutes) * 60,
        };
        Ok(Service {
            name: self.text(&queue.name),
            description: self.text(&queue.description),
            icon: queue.icon.clone(),
            open: standing.has_room,
            operators_online,
            wait,
            callback: callback::offer(standing),
            hours,
            price: price(brand, queue),
            questionnaire: brand.questionnaire(queue).map(|asked| questionnaire::asked(asked, self.tongue(brand))),
            languages: if queue.languages.is_empty() { brand.languages.clone() } else { queue.languages.clone() },
            id,
        })
    }

    /// All queues with their load.
    pub async fn queues(&self, session: &mut Session) -> Result<Vec<Queue>, StoreError> {
        let mut queues = Vec::new();
        for queue in &self.tenant.brand().queues {
            queues.extend(self.queue(session, &QueueId::from(queue.id.as_str())).await?);
        }
        Ok(queues)
    }

    /// One queue with its load; `None` where the brand has it no more.
    pub async fn queue(&self, session: &mut Session, id: &QueueId) -> Result<Option<Queue>, StoreError> {
        let brand = self.tenant.brand();
        let Some(queue) = brand.queue(id.as_str()) else { return Ok(None) };
        let load = queue::load(session, id).await?;
        let count = |number: i64| u32::try_from(number).unwrap_or(0);
        let circle = brand.circles.iter().find(|circle| circle.id == queue.circle);
        Ok(Some(Queue {
            id: id.clone(),
            name: self.text(&queue.name),
            circle: queue.circle.as_str().into(),
            price: price(&brand, queue),
            circle_name: circle.map(|circle| self.text(&circle.name)).unwrap_or_default(),
            waiting: count(load.counts[0]),
            active: count(load.counts[1]),
            on_hold: count(load.counts[2]),
            oldest_waiting_since: load.oldest_waiting_since,
            operators_online: self.tenant.staff.online(id),
            is_routed: queue.routing.strategy != RoutingStrategy::Manual,
            retired: queue.retired,
        }))
    }

    /// When a queue works in the days to come; `None` where the brand has none of that id.
    pub fn queue_hours(&self, id: &QueueId) -> Option<QueueHours> {
        self.hours_of(&self.tenant.brand(), id)
    }

    /// The same, of a brand as it would be.
    pub(super) fn hours_of(&self, brand: &Brand, id: &QueueId) -> Option<QueueHours> {
        let configured = brand.queue(id.as_str())?;
        let calendar = queue::calendar(brand, configured);
        let now = self.tenant.context.now();
        let day = |day: queue::Worked<'_>| DayHours {
            date: day.date.to_string(),
            times: windows(day.times),
            holiday: day.holiday.map(|holiday| self.text(&holiday.name)),
            closures: day
                .closures
                .into_iter()
                .map(|(closure, start, end)| QueueClosure { start, end, reason: closure.reason.clone() })
                .collect(),
        };
        Some(QueueHours {
            queue_id: id.clone(),
            time_zone: queue::zone_name(brand, configured).to_owned(),
            open: calendar.is_open(now),
            opens_at: calendar.opens_at(now),
            closes_at: calendar.closes_at(now),
            days: calendar.days(now, DAYS_PREVIEWED).into_iter().map(day).collect(),
        })
    }
}

/// When a queue's operators work, as it stands now.
pub fn hours(tenant: &Tenant, configured: &Configured) -> WorkingHours {
    let brand = tenant.brand();
    let calendar = queue::calendar(&brand, configured);
    let now = tenant.context.now();
    let times = calendar.times(now, DAYS_TOLD);
    WorkingHours {
        time_zone: queue::zone_name(&brand, configured).to_owned(),
        open: calendar.is_open(now),
        opens_at: calendar.opens_at(now),
        times: times.map(windows),
    }
}

pub(super) fn windows(times: Vec<(Time, Time)>) -> Vec<CallbackWindow> {
    times.into_iter().map(|(start, end)| CallbackWindow { start, end }).collect()
}

/// What a consultation of the queue costs; none: nothing.
fn price(brand: &Brand, queue: &Configured) -> Option<Price> {
    let of = queue.price.as_ref()?;
    let currency = of.currency.clone().unwrap_or_else(|| brand.currency.clone());
    Some(Price { amount_minor: of.amount_minor, currency })
}
