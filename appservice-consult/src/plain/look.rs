//! The desk as a patient finds it now: its services, what he has to agree to, what is open of his.

use consilium_config::Brand;
use consilium_config::brand::Queue;
use jiff::tz::TimeZone;

use super::dialogue::{prompt, turn};
use super::heard::Heard;
use super::model::{Ask, Choice, Desk, Offered, Open, Place, Turn};
use super::store::DeskRoom;
use super::words::{Words, amount};
use crate::api::types::GivenConsent;
use crate::consent;
use crate::consultation::record;
use crate::consultation::{Phase, Record};
use crate::conversation::{self, Conversation};
use crate::ids::{PatientId, QueueId};
use crate::person::Treated;
use crate::queue;
use crate::store::{Session, StoreError};
use crate::tenant::Tenant;

/// What a message does at the desk as it is now; without one, what is open is asked again.
pub(super) async fn decided(
    session: &mut Session,
    tenant: &Tenant,
    room: &DeskRoom,
    heard: Option<&Heard>,
) -> Result<Turn, StoreError> {
    let (brand, language) = (tenant.brand(), room.language.as_str());
    let choices = choices(session, tenant, &brand, language).await?;
    let missing = missing(session, &brand, &room.patient, language).await?;
    let open = opens(session, tenant, &room.patient, language).await?;
    let desk = Desk {
        brand: &brand,
        words: Words { language },
        choices: &choices,
        missing: &missing,
        open: &open,
        today: tenant.today(),
        app_url: &tenant.public_url,
        server_name: &tenant.server_name,
    };
    let stage = &room.memory.stage;
    Ok(heard.map_or_else(|| prompt(stage, &desk), |heard| turn(stage, heard, &desk)))
}

/// Services that take something new, in the brand's order.
async fn choices(
    session: &mut Session,
    tenant: &Tenant,
    brand: &Brand,
    language: &str,
) -> Result<Vec<Choice>, StoreError> {
    let mut choices = Vec::new();
    for queue in brand.queues.iter().filter(|queue| !queue.retired) {
        let id = QueueId::from(queue.id.as_str());
        let load = queue::load(session, &id).await?;
        let wait = queue::estimate(session, &id, tenant.context.now()).await?;
        let currency = |price: &consilium_config::brand::Price| {
            amount(price.amount_minor, price.currency.as_deref().unwrap_or(&brand.currency))
        };
        choices.push(Choice {
            circle: queue.circle.as_str().into(),
            name: queue.name.get(language, &brand.default_language).to_owned(),
            names: queue.name.iter().map(|(_, name)| name.to_owned()).collect(),
            description: queue.description.get(language, &brand.default_language).to_owned(),
            price: queue.price.as_ref().map(currency),
            wait,
            state: state(tenant, brand, queue, load.counts[0]),
            queue: id,
        });
    }
    Ok(choices)
}

fn state(tenant: &Tenant, brand: &Brand, queue: &Queue, waiting: i64) -> Offered {
    let calendar = queue::calendar(brand, queue);
    let now = tenant.context.now();
    if waiting >= i64::from(queue.capacity) {
        return Offered::Full;
    }
    if !calendar.is_open(now) {
        let zone = TimeZone::get(queue::zone_name(brand, queue)).unwrap_or(TimeZone::UTC);
        let local = calendar.opens_at(now).map(|opens| zone.to_datetime(opens.timestamp()));
        return Offered::Closed { opens: local.map(|local| local.strftime("%d.%m %H:%M").to_string()) };
    }
    if tenant.staff.online(&QueueId::from(queue.id.as_str())) == 0 { Offered::Unattended } else { Offered::Open }
}

/// What a patient has to agree to before anything begins, with the texts in his language.
async fn missing(
    session: &mut Session,
    brand: &Brand,
    patient: &PatientId,
    language: &str,
) -> Result<Vec<Ask>, StoreError> {
    let missing = consent::missing(session, brand, Treated::himself(patient)).await?;
    let ask = |purpose: crate::ids::ConsentPurpose| {
        let shown = consent::offered(brand, brand.consent(purpose.as_str())?, language);
        Some(Ask {
            given: GivenConsent { purpose, hash: shown.hash() },
            title: shown.title,
            summary: shown.summary,
            text: shown.text,
        })
    };
    Ok(missing.into_iter().filter_map(ask).collect())
}

/// What is open of a patient's, in all his conversations.
async fn opens(
    session: &mut Session,
    tenant: &Tenant,
    patient: &PatientId,
    language: &str,
) -> Result<Vec<Open>, StoreError> {
    let mut opens = Vec::new();
    for conversation in conversation::by_patient(session, patient).await? {
        if let Some(record) = record::load_open(session, &conversation.id).await? {
            opens.extend(open(session, tenant, (&conversation, &record), language).await?);
        }
    }
    Ok(opens)
}

/// An open consultation; `None`: it has ended, or its room is still being made.
pub(super) async fn open(
    session: &mut Session,
    tenant: &Tenant,
    (conversation, record): (&Conversation, &Record),
    language: &str,
) -> Result<Option<Open>, StoreError> {
    let brand = tenant.brand();
    let Some(room) = conversation.room.clone() else { return Ok(None) };
    let name = |operator| tenant.staff.by_id(operator).map(|member| member.name.clone()).unwrap_or_default();
    let queue = &record.state.queue;
    let place = match &record.state.phase {
        Phase::Queued | Phase::Offered { .. } => Place::Waiting {
            place: queue::places(session, queue).await?.get(&record.id).copied().unwrap_or(1),
            wait: queue::estimate(session, queue, tenant.context.now()).await?,
        },
        Phase::Active { team } => Place::With { operator: name(&team.lead) },
        Phase::OnHold { team, .. } => Place::OnHold { operator: name(&team.lead) },
        Phase::Archived | Phase::Cancelled | Phase::Abandoned => return Ok(None),
    };
    let service = brand.queue(queue.as_str());
    Ok(Some(Open {
        id: record.id.clone(),
        room,
        circle: conversation.circle.clone(),
        service: service.map_or_else(
            || queue.to_string(),
            |service| service.name.get(language, &brand.default_language).to_owned(),
        ),
        place,
    }))
}
