//! A message in the desk's room, and a command in a conversation: what is decided is done in the transaction that takes the message.

use std::collections::VecDeque;

use super::heard::Heard;
use super::in_talk::{self, Around, Standing};
use super::model::{Deed, emergency};
use super::say::{lane, say_later};
use super::store::{self, DeskRoom};
use super::words::{Words, link};
use super::{choice, look};
use crate::actor::Actor;
use crate::api::types::RateConsultation;
use crate::consent::{self, Evidence};
use crate::consultation::transition::{self, Circumstances};
use crate::consultation::{Command, ConsultationError, Record, record};
use crate::conversation::Conversation;
use crate::ids::ConsultationId;
use crate::intake::Said;
use crate::person::Treated;
use crate::rating::{self, RatingError};
use crate::store::Writing;
use crate::tenant::Tenant;

/// So often at most it is said that a room is not encrypted, however much somebody writes. Unit: seconds.
const HINT_AGAIN_SECONDS: i64 = 10 * 60;
/// What is recorded of a message whose sender is not who it says.
const WRONG_SENDER: &str = "wrong_sender";

/// Whether a message may ask for something: it came encrypted, from whom it names. A homeserver could write any other one.
fn is_believed(said: &Said) -> bool {
    said.trust.as_deref().is_some_and(|trust| trust != WRONG_SENDER)
}

/// A message in a room that is no conversation: where it is a desk's, it is answered.
pub async fn at_desk(writing: &mut Writing, tenant: &Tenant, said: &Said) -> Result<(), ConsultationError> {
    let Some(mut desk) = store::by_room(writing, tenant, &said.room).await? else { return Ok(()) };
    let is_patients = said.sender == desk.patient_user && !tenant.patients.is_leaving(&said.sender);
    let Some(heard) = said.content.as_ref().filter(|_| is_patients).and_then(Heard::of) else { return Ok(()) };
    if desk.greeted_at.is_none() {
        // The keeper is on its way in, and says first what can be written.
        return Ok(());
    }
    if !desk.is_encrypted || !is_believed(said) {
        return hint(writing, tenant, desk).await;
    }
    let lane = lane(&desk.patient_user);
    let turn = look::decided(writing, tenant, &desk, Some(&heard)).await?;
    desk.memory.stage = turn.stage;
    for text in &turn.says {
        say_later(writing, tenant, (lane.as_str(), &desk.room), text).await?;
    }
    let mut deeds = VecDeque::from(turn.deeds);
    while let Some(deed) = deeds.pop_front() {
        if let Deed::Speak(language) = deed {
            desk.language = language;
            let again = look::decided(writing, tenant, &desk, None).await?;
            desk.memory.stage = again.stage;
            for text in &again.says {
                say_later(writing, tenant, (lane.as_str(), &desk.room), text).await?;
            }
            deeds.extend(again.deeds);
        } else {
            do_at_desk(writing, tenant, (&desk, said), &deed).await?;
        }
    }
    Ok(store::note_dialogue(writing, tenant, &desk).await?)
}

/// Nothing is talked about here; how to go on is said, and not each time.
async fn hint(writing: &mut Writing, tenant: &Tenant, desk: DeskRoom) -> Result<(), ConsultationError> {
    let now = tenant.context.now();
    if desk.hinted_at.is_some_and(|told| now.seconds_since(told) < HINT_AGAIN_SECONDS) {
        return Ok(());
    }
    let words = Words { language: &desk.language };
    say_later(writing, tenant, (lane(&desk.patient_user).as_str(), &desk.room), words.not_encrypted()).await?;
    Ok(store::note_room(writing, &DeskRoom { hinted_at: Some(now), ..desk.clone() }).await?)
}

/// A deed, and what is said of it at the desk; the conversation is told by the step itself.
async fn do_at_desk(
    writing: &mut Writing,
    tenant: &Tenant,
    (desk, said): (&DeskRoom, &Said),
    deed: &Deed,
) -> Result<(), ConsultationError> {
    let words = Words { language: &desk.language };
    let text = match (carry_out(writing, tenant, (desk, said), deed).await?, deed) {
        (Done::NotYet, _) => words.finishes_soon(),
        (Done::Now, Deed::Cancel(_)) => words.withdrawn(),
        (Done::Now, Deed::Finish(_)) => words.finished(),
        (Done::Now, Deed::Agree(_) | Deed::Prepare(_) | Deed::Rate(..) | Deed::Speak(_)) => return Ok(()),
    };
    Ok(say_later(writing, tenant, (lane(&desk.patient_user).as_str(), &desk.room), text).await?)
}

/// What became of a deed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Done {
    /// It is done.
    Now,
    /// An operator has to do something first.
    NotYet,
}

async fn carry_out(
    writing: &mut Writing,
    tenant: &Tenant,
    (desk, said): (&DeskRoom, &Said),
    deed: &Deed,
) -> Result<Done, ConsultationError> {
    let actor = Actor::Patient { id: desk.patient.clone(), user_id: desk.patient_user.clone() };
    match deed {
        Deed::Agree(given) => {
            let by = Evidence { actor: &actor, device_id: said.device.as_deref() };
            consent::give_within(writing, tenant, Treated::himself(&desk.patient), given, by).await?;
        }
        Deed::Prepare(queue) => choice::prepare_later(writing, tenant, desk, queue).await?,
        Deed::Cancel(id) => step(writing, tenant, (id, &Command::Cancel), &actor).await?,
        Deed::Finish(id) => match step(writing, tenant, (id, &Command::Finish), &actor).await {
            Err(ConsultationError::ConclusionMissing | ConsultationError::FieldsMissing(_)) => return Ok(Done::NotYet),
            other => other?,
        },
        Deed::Rate(id, stars) => {
            // What he said in words, in an app, stays.
            let before = rating::of_consultations(writing, &[id.as_str()]).await?.remove(id);
            let comment = before.map(|before| before.comment(tenant)).transpose()?.flatten();
            let wanted = RateConsultation { stars: *stars, comment };
            match rating::rate_within(writing, tenant, id, (&desk.patient, &wanted), &actor).await {
                Ok(_) => {}
                Err(RatingError::Store(error)) => return Err(error.into()),
                Err(error) => tracing::warn!(consultation.id = %id, error = %error, "a rating was not taken"),
            }
        }
        Deed::Speak(_) => {}
    }
    Ok(Done::Now)
}

async fn step(
    writing: &mut Writing,
    tenant: &Tenant,
    (id, command): (&ConsultationId, &Command),
    actor: &Actor,
) -> Result<(), ConsultationError> {
    let circumstances = Circumstances { actor, note: None, by_macro: None };
    let after = transition::apply_within(writing, tenant, id, command, circumstances).await?;
    after.map(drop).ok_or(ConsultationError::Contended)
}

/// Whether a patient's message in a conversation is a command, which is then done: it is no message. Only of who speaks to the desk.
pub async fn obeyed(
    writing: &mut Writing,
    tenant: &Tenant,
    conversation: &Conversation,
    said: &Said,
) -> Result<bool, ConsultationError> {
    let heard = said.content.as_ref().filter(|_| is_believed(said)).and_then(Heard::of);
    let Some(heard) = heard.filter(|heard| heard.command().is_some() || heard.number().is_some()) else {
        return Ok(false);
    };
    let Some(desk) = store::of_patient(writing, tenant, &conversation.patient).await? else { return Ok(false) };
    let brand = tenant.brand();
    let latest = record::load_latest(writing, &conversation.id).await?;
    let open = match &latest {
        Some(latest) => look::open(writing, tenant, (conversation, latest), &desk.language).await?,
        None => None,
    };
    let rated = latest.as_ref().filter(|latest| can_be_rated(tenant, latest)).map(|latest| &latest.id);
    let standing = match &open {
        Some(open) => Standing::Open(open),
        None => Standing::Over { rated, chosen: choice::is_of(&brand, &desk, conversation) },
    };
    let (words, way) = (Words { language: &desk.language }, link(desk.room.as_str(), &tenant.server_name));
    let around = Around { words, emergency: emergency(&brand, &desk.language), desk: &way };
    let Some(reply) = in_talk::reply(&heard, standing, around) else { return Ok(false) };
    if reply.drops_choice {
        choice::drop_choice(writing, tenant, &desk).await?;
    }
    let done = match &reply.deed {
        Some(deed) => carry_out(writing, tenant, (&desk, said), deed).await?,
        None => Done::Now,
    };
    let text = if done == Done::NotYet { Some(words.finishes_soon()) } else { reply.says.as_deref() };
    if let (Some(text), Some(room)) = (text, &conversation.room) {
        say_later(writing, tenant, (conversation.id.as_str(), room), text).await?;
    }
    Ok(true)
}

fn can_be_rated(tenant: &Tenant, record: &Record) -> bool {
    let is_rated = tenant.brand().queue(record.state.queue.as_str()).is_some_and(|queue| queue.rating);
    rating::open_until(record, is_rated).is_some_and(|until| tenant.context.now() < until)
}
