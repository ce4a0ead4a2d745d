//! What a patient at the desk is told of the steps of his consultation, beside what every room is told: his place, that somebody is asked to come, a pause, and
//! how to rate what is over. Our apps show the same in their own way.

use jiff::tz::TimeZone;

use super::look;
use super::model::Place;
use super::say::{content, say_later};
use super::store::{self, DeskRoom};
use super::words::Words;
use crate::consultation::{Action, Effect, Notice, Phase, Record, record};
use crate::conversation;
use crate::ids::{ConsultationId, RoomId};
use crate::outbox::{self, Task};
use crate::rating;
use crate::store::{StoreError, Writing};
use crate::tenant::Tenant;
use crate::time::Time;

/// Whether a patient is told something beside what every room is told.
fn is_told(effect: &Effect) -> bool {
    matches!(
        effect,
        Effect::Say(Notice::Queued | Notice::Reopened | Notice::Transferred | Notice::Closed)
            | Effect::Record(Action::Offered | Action::Held | Action::Resumed)
    )
}

/// Has a patient who speaks to the desk told what follows from a step, after what every room is told of it.
pub async fn follow(
    writing: &mut Writing,
    tenant: &Tenant,
    after: &Record,
    room: &RoomId,
    effects: &[Effect],
) -> Result<(), StoreError> {
    if !effects.iter().any(is_told) {
        return Ok(());
    }
    let Some(desk) = store::of_patient(writing, tenant, &after.patient).await? else { return Ok(()) };
    for effect in effects.iter().filter(|effect| is_told(effect)) {
        let text = match effect {
            Effect::Say(Notice::Closed) => how_was_it(tenant, &desk, after),
            Effect::Say(_) => {
                let task = Task::SayPlace { room: room.clone(), consultation: after.id.clone() };
                outbox::append(writing, after.conversation.as_str(), &task, tenant.context.now()).await?;
                None
            }
            Effect::Record(Action::Offered) => offered(writing, tenant, &desk, after).await?,
            Effect::Record(Action::Held) => Some(held(tenant, &desk, after)),
            _ => Some(Words { language: &desk.language }.resumed(&lead(tenant, after))),
        };
        if let Some(text) = text {
            say_later(writing, tenant, (after.conversation.as_str(), room), &text).await?;
        }
    }
    Ok(())
}

fn lead(tenant: &Tenant, record: &Record) -> String {
    let lead = record.state.phase.team().and_then(|team| tenant.staff.by_id(&team.lead));
    lead.map(|member| member.name.clone()).unwrap_or_default()
}

fn how_was_it(tenant: &Tenant, desk: &DeskRoom, record: &Record) -> Option<String> {
    let is_rated = tenant.brand().queue(record.state.queue.as_str()).is_some_and(|queue| queue.rating);
    rating::open_until(record, is_rated).map(|_| Words { language: &desk.language }.how_was_it().to_owned())
}

/// That somebody is asked to come: once in each wait, however many are asked one after another.
async fn offered(
    writing: &mut Writing,
    tenant: &Tenant,
    desk: &DeskRoom,
    record: &Record,
) -> Result<Option<String>, StoreError> {
    let wait = Some((record.id.clone(), record.state.phase_since));
    if desk.memory.offer_told == wait {
        return Ok(None);
    }
    let mut told = desk.clone();
    told.memory.offer_told = wait;
    store::note_dialogue(writing, tenant, &told).await?;
    Ok(Some(Words { language: &desk.language }.offered().to_owned()))
}

fn held(tenant: &Tenant, desk: &DeskRoom, record: &Record) -> String {
    let words = Words { language: &desk.language };
    let until = match record.state.phase {
        Phase::OnHold { until: Some(until), .. } => Some(clock(until, &tenant.zone())),
        _ => None,
    };
    let paused = words.place(&Place::OnHold { operator: lead(tenant, record) });
    until.map_or_else(|| paused.clone(), |until| format!("{paused} {}", words.until(&until)))
}

/// A time on the clock of the brand.
fn clock(at: Time, zone: &TimeZone) -> String {
    zone.to_datetime(at.timestamp()).strftime("%d.%m %H:%M").to_string()
}

/// Says the place of what waits, as it is when it is said; of what waits no more, nothing.
pub async fn say_place(
    tenant: &Tenant,
    room: &RoomId,
    consultation: &ConsultationId,
) -> Result<Option<serde_json::Value>, StoreError> {
    let mut reading = tenant.store.read().await?;
    let Some(record) = record::load(&mut reading, consultation).await? else { return Ok(None) };
    let Some(conversation) = conversation::by_room(&mut reading, room.as_str()).await? else { return Ok(None) };
    let Some((_, language)) = store::room_of(&mut reading, &record.patient).await? else { return Ok(None) };
    let open = look::open(&mut reading, tenant, (&conversation, &record), &language).await?;
    let waiting = open.filter(|open| matches!(open.place, Place::Waiting { .. }));
    Ok(waiting.map(|open| content(&Words { language: &language }.place(&open.place))))
}
