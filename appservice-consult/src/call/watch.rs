//! Who must not be in a call is taken out, and again when he comes back.
//!
//! A token cannot be taken back, and the media server gives a fresh one of ten minutes to whoever has joined. So who was taken out is looked for each
//! second as long as such a token lives. When the homeserver does not say, nobody is judged, and he is looked at again.
//!
//! Nor does a token say for ever who speaks: whose part has changed, or who comes by a token of before, is made to speak or to be silent where he is.

use std::collections::BTreeMap;

use futures_util::future::join_all;

use super::admit::{belongs, may_stay};
use super::error::CallError;
use super::identity::staff_media_rooms;
use super::media::{Someone, Voice};
use super::open::Open;
use super::rooms;
use super::state::Side;
use super::store::{self, Record};
use super::ticket::{Calls, unavailable};
use crate::ids::{RoomId, UserId};
use crate::store::{StoreError, Writing};
use crate::tenant::Tenant;
use crate::time::Time;

/// How long who was taken out is looked for: a refreshed token lives ten minutes, and a minute of leeway. Unit: seconds.
const WATCH_SECONDS: i64 = 11 * 60;
/// Tokens are at most so old when their user is looked for. Unit: seconds.
const TOKENS_SECONDS: i64 = WATCH_SECONDS;
/// Rooms that are looked at at once: a thousand calls that begin together must not make one another wait.
const ROOMS_AT_ONCE: usize = 16;

/// Somebody has left a Matrix room, or was put out of it.
pub async fn left_room(writing: &mut Writing, tenant: &Tenant, room: &str, user: &UserId) -> Result<(), StoreError> {
    look_for(writing, tenant, user, Some(room)).await
}

/// Somebody's devices changed: one may have been signed out.
pub async fn devices_changed(writing: &mut Writing, tenant: &Tenant, user: &UserId) -> Result<(), StoreError> {
    look_for(writing, tenant, user, None).await
}

/// Asks for a look at all of staff who are in a call: the part of one of them may have changed.
pub(super) async fn look_at_staff(writing: &mut Writing, tenant: &Tenant, call: &Record) -> Result<(), StoreError> {
    let Some(calls) = &tenant.calls else { return Ok(()) };
    let until = tenant.context.now().plus_seconds(super::record::FIRST_LOOK_SECONDS);
    for span in store::spans_of(writing, &call.id).await? {
        if span.left_at.is_none() && span.side == Side::Staff {
            rooms::watch(writing, &call.media_room, &span.identity, until).await?;
        }
    }
    calls.wake.notify_one();
    Ok(())
}

/// Asks for a look at all identities of an account that can be in a call.
async fn look_for(writing: &mut Writing, tenant: &Tenant, user: &UserId, room: Option<&str>) -> Result<(), StoreError> {
    let Some(calls) = &tenant.calls else { return Ok(()) };
    let now = tenant.context.now();
    let staff = staff_media_rooms(tenant);
    let members = rooms::members_of(writing, user, now.plus_seconds(-TOKENS_SECONDS), &staff).await?;
    for member in &members {
        if room.is_some() {
            let stands = rooms::load(writing, &member.media_room).await?;
            if stands.is_none_or(|stands| Some(stands.room.as_str()) != room) {
                continue;
            }
        }
        let until = now.plus_seconds(super::record::FIRST_LOOK_SECONDS);
        rooms::watch(writing, &member.media_room, &member.identity, until).await?;
    }
    if !members.is_empty() {
        calls.wake.notify_one();
    }
    Ok(())
}

/// Puts on the list who takes part in an open call and is not allowed to any more by the service's own books.
pub(super) async fn dismiss(tenant: &Tenant, calls: &[Open]) -> Result<(), CallError> {
    let mut dismissed = Vec::new();
    for open in calls {
        let stay = open.spans.iter().filter(|span| span.left_at.is_none());
        let go = stay.filter(|span| !belongs(tenant, open, &span.user));
        dismissed.extend(go.map(|span| (&open.call.media_room, &span.identity)));
    }
    if dismissed.is_empty() {
        return Ok(());
    }
    let until = tenant.context.now().plus_seconds(WATCH_SECONDS);
    let mut writing = tenant.store.write().await?;
    for (media_room, identity) in dismissed {
        rooms::watch(&mut writing, media_room, identity, until).await?;
    }
    Ok(writing.commit().await?)
}

/// Looks at everybody on the list.
pub(super) async fn check(tenant: &Tenant, calls: &Calls) -> Result<(), CallError> {
    let mut reading = tenant.store.read().await?;
    let mut by_room: BTreeMap<String, Vec<(String, Time)>> = BTreeMap::new();
    for (media_room, identity, until) in rooms::watched(&mut reading).await? {
        by_room.entry(media_room).or_default().push((identity, until));
    }
    drop(reading);
    let by_room: Vec<_> = by_room.iter().collect();
    for some in by_room.chunks(ROOMS_AT_ONCE) {
        let checked: Vec<_> = some.iter().map(|(room, watched)| check_room(tenant, calls, room, watched)).collect();
        join_all(checked).await.into_iter().collect::<Result<(), CallError>>()?;
    }
    Ok(())
}

async fn check_room(
    tenant: &Tenant,
    calls: &Calls,
    media_room: &str,
    watched: &[(String, Time)],
) -> Result<(), CallError> {
    let mut reading = tenant.store.read().await?;
    let stands = rooms::load(&mut reading, media_room).await?;
    drop(reading);
    let now = tenant.context.now();
    let presence = calls.noted(now, calls.media.presence(media_room).await).map_err(unavailable)?;
    let people = presence.map(|presence| presence.people).unwrap_or_default();
    for (identity, until) in watched {
        let verdict = match (&stands, people.iter().find(|who| who.identity == *identity)) {
            (_, None) => Verdict::Away,
            (Some(stands), Some(who)) => judge(tenant, &stands.room, media_room, who).await,
            (None, Some(_)) => Verdict::Refused,
        };
        settle(tenant, calls, media_room, (identity, *until), verdict).await?;
    }
    Ok(())
}

/// What a look at somebody says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Away,
    Allowed,
    /// He may be there, and has to speak, or to be silent, which he does not yet.
    AllowedAs(Voice),
    Refused,
    Unknown,
}

async fn judge(tenant: &Tenant, room: &RoomId, media_room: &str, who: &Someone) -> Verdict {
    let member = async {
        let mut reading = tenant.store.read().await?;
        rooms::member(&mut reading, media_room, &who.identity).await
    };
    let judged = match member.await {
        Ok(member) => may_stay(tenant, room, member.as_ref()).await,
        Err(error) => Err(error.into()),
    };
    match judged {
        // He has not answered yet.
        Ok(Some(_)) if who.waits() => Verdict::Allowed,
        Ok(Some(voice)) if who.voice.is_some_and(|has| has != voice) => Verdict::AllowedAs(voice),
        Ok(Some(_)) => Verdict::Allowed,
        Ok(None) => Verdict::Refused,
        Err(error) => {
            tracing::warn!(error = %crate::api::problem::chain(&error), "it cannot be said whether somebody may be in a call");
            Verdict::Unknown
        }
    }
}

async fn settle(
    tenant: &Tenant,
    calls: &Calls,
    media_room: &str,
    (identity, until): (&str, Time),
    verdict: Verdict,
) -> Result<(), CallError> {
    let now = tenant.context.now();
    if verdict == Verdict::Refused {
        tracing::info!(media.room = %media_room, "somebody who may not be in a call is taken out");
        calls.noted(now, calls.media.remove(media_room, identity).await).map_err(unavailable)?;
    }
    if let Verdict::AllowedAs(voice) = verdict {
        tracing::info!(media.room = %media_room, ?voice, "somebody in a call has another part in it");
        if voice == Voice::Speaks {
            let mut writing = tenant.store.write().await?;
            store::speaks(&mut writing, media_room, identity).await?;
            writing.commit().await?;
        }
        // He stays on the list: the next look finds it done.
        let told = calls.noted(now, calls.media.let_speak(media_room, identity, voice).await);
        return told.map(drop).map_err(unavailable);
    }
    let is_first_look = until.seconds_since(now) <= super::record::FIRST_LOOK_SECONDS;
    let mut writing = tenant.store.write().await?;
    match verdict {
        // The watch goes on from now.
        Verdict::Refused if is_first_look => {
            rooms::watch(&mut writing, media_room, identity, now.plus_seconds(WATCH_SECONDS)).await?;
        }
        Verdict::Allowed if is_first_look => rooms::unwatch(&mut writing, media_room, identity, until).await?,
        Verdict::Away | Verdict::Refused | Verdict::Allowed if until <= now => {
            rooms::unwatch(&mut writing, media_room, identity, until).await?;
        }
        _ => return Ok(()),
    }
    Ok(writing.commit().await?)
}
