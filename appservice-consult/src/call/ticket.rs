//! Tokens, and the room before the token: the media server makes no room by itself, so a room that was deleted stays away whatever tokens are around.

use std::sync::Arc;
use std::time::Duration;

use moka::sync::Cache;
use parking_lot::Mutex;
use tokio::sync::{Notify, mpsc};

use super::admit::{Device, is_signed_in, may_call, voice};
use super::error::CallError;
use super::identity;
use super::inbox::{INBOX_MAX, Letter};
use super::media::{MediaError, MediaServer, Voice};
use super::rooms::{self, MediaRoom, Member};
use super::state::{Phase, Side};
use super::store::{self, Record};
use crate::api::types::CallTrouble;
use crate::ids::RoomId;
use crate::store::Writing;
use crate::tenant::Tenant;
use crate::tenant_key::TenantKey;
use crate::time::Time;

/// A room that was opened is not opened again so long; the media server keeps an empty one longer.
const OPENED_FOR: Duration = Duration::from_secs(20);
/// A device that was found is not looked for again so long, when a token is asked for. Its join is checked without this.
const DEVICE_FOR: Duration = Duration::from_secs(10);
/// Who an identity is stays so; he is forgotten with his call.
const MEMBER_FOR: Duration = Duration::from_hours(1);
/// An event that was written down is known without the database so long: the media server repeats one for a quarter of a minute.
const HEARD_FOR: Duration = Duration::from_mins(5);
/// A room that never is: asking for it shows whether the media server answers.
const NO_ROOM: &str = "consilium-health";
/// Rooms and devices that are remembered.
const REMEMBERED: u64 = 20_000;
/// A token's identity is written down again when the last time is so long ago. Unit: seconds.
const WRITTEN_FOR_SECONDS: i64 = 3_600;

/// Calls of one process.
#[derive(Debug, Clone)]
pub struct CallsConfig {
    /// The media server as the service reaches it.
    pub media: Arc<dyn MediaServer>,
    /// Its address as browsers reach it, `wss://…`.
    pub url: String,
    /// How long it rings. Unit: seconds.
    pub ring_seconds: i64,
}

/// Calls of one tenant.
#[derive(Debug)]
pub struct Calls {
    /// The media server.
    pub media: Arc<dyn MediaServer>,
    /// Its address as browsers reach it.
    pub url: String,
    /// Where other clients ask for tokens (`livekit_service_url`).
    pub service_url: String,
    /// The homeserver's address as clients reach it.
    pub public_url: String,
    /// How long it rings. Unit: seconds.
    pub ring_seconds: i64,
    /// What all media rooms of this tenant begin with.
    pub(super) mark: String,
    /// Wakes who looks at calls.
    pub(super) wake: Notify,
    pub(super) inbox: mpsc::Sender<Letter>,
    pub(super) letters: Mutex<Option<mpsc::Receiver<Letter>>>,
    health: Mutex<Health>,
    opened: Cache<String, String>,
    devices: Cache<(String, String), ()>,
    /// Who identities are, by media room and identity.
    pub(super) members: Cache<(String, String), Member>,
    /// Ids of events that are written down.
    pub(super) heard: Cache<String, ()>,
}

/// How the media server has answered.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Health {
    /// Since when it does not answer.
    pub(super) down_since: Option<Time>,
    /// When it last answered.
    pub(super) last_ok: Option<Time>,
    /// When it last did not.
    pub(super) last_failure: Option<Time>,
    /// When it last fell silent; until then its calls were proven.
    pub(super) down_at: Option<Time>,
    /// When calls were last compared with its list.
    pub(super) last_compared: Option<Time>,
}

/// What a device needs to join.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ticket {
    /// Address of the media server.
    pub url: String,
    /// The token.
    pub jwt: String,
    /// Who the device is there.
    pub identity: String,
    /// The Matrix room.
    pub room: RoomId,
}

impl Calls {
    /// Calls of a tenant whose homeserver clients reach at `public_url`.
    pub fn new(config: &CallsConfig, key: &TenantKey, public_url: &str) -> Self {
        let (inbox, letters) = mpsc::channel(INBOX_MAX);
        let cache = |time: Duration| Cache::builder().max_capacity(REMEMBERED).time_to_live(time);
        Self {
            media: Arc::clone(&config.media),
            url: config.url.clone(),
            service_url: format!("{public_url}{}", crate::api::RTC_PREFIX),
            public_url: public_url.to_owned(),
            ring_seconds: config.ring_seconds,
            mark: identity::mark(key),
            wake: Notify::new(),
            inbox,
            letters: Mutex::new(Some(letters)),
            health: Mutex::default(),
            opened: cache(OPENED_FOR).build(),
            devices: Cache::builder().max_capacity(REMEMBERED).time_to_live(DEVICE_FOR).build(),
            members: Cache::builder().max_capacity(REMEMBERED).time_to_live(MEMBER_FOR).build(),
            heard: Cache::builder().max_capacity(REMEMBERED).time_to_live(HEARD_FOR).build(),
        }
    }

    /// Why calls are unavailable now; `None`: they are available.
    pub fn trouble(&self) -> Option<CallTrouble> {
        self.health().down_since.map(|_| CallTrouble::NoAnswer)
    }

    pub(super) fn health(&self) -> Health {
        *self.health.lock()
    }

    /// Remembers whether the media server has answered.
    pub(super) fn noted<T>(&self, now: Time, answer: Result<T, MediaError>) -> Result<T, MediaError> {
        let mut health = self.health.lock();
        if let Err(error @ MediaError::Unreachable(_)) = &answer {
            health.last_failure = Some(now);
            if health.down_since.is_none() {
                tracing::error!(%error, "calls are unavailable");
                health.down_since = Some(now);
                health.down_at = health.last_ok.or(Some(now));
            }
        } else {
            if health.down_since.take().is_some() {
                tracing::info!("the media server answers again");
            }
            health.last_ok = Some(now);
        }
        answer
    }

    /// Asks the media server for a sign of life.
    pub(super) async fn feel_the_pulse(&self, now: Time) {
        let _noted = self.noted(now, self.media.presence(NO_ROOM).await);
    }

    /// Whether the media server answers now.
    pub async fn answers(&self, now: Time) -> bool {
        self.feel_the_pulse(now).await;
        self.trouble().is_none()
    }

    /// Remembers when calls were compared with the media server's list.
    pub(super) fn compared(&self, now: Time) {
        self.health.lock().last_compared = Some(now);
    }

    /// A room that was deleted has to be opened again.
    pub(super) fn forget_room(&self, media_room: &str) {
        self.opened.invalidate(media_room);
    }
}

/// The tenant's calls, if they are available. A media server that was down is tried at once: somebody waits who has just pressed a button.
pub(super) async fn available(tenant: &Tenant) -> Result<&Calls, CallError> {
    let calls = tenant.calls.as_ref().ok_or(CallError::Unavailable(CallTrouble::NotConnected))?;
    if calls.trouble().is_some() {
        calls.feel_the_pulse(tenant.context.now()).await;
    }
    match calls.trouble() {
        Some(trouble) => Err(CallError::Unavailable(trouble)),
        None => Ok(calls),
    }
}

/// A token for a device that may call in a room; its media room is there when this returns.
///
/// Errors: `Observes`, `Unavailable`, `Store`.
pub async fn join(tenant: &Tenant, room: &RoomId, device: &Device) -> Result<Ticket, CallError> {
    let media_room = identity::media_room(&tenant.key, room);
    let _turn = tenant.locks.lock(&media_room).await;
    Ok(join_in_turn(tenant, room, device, &media_room).await?.0)
}

/// A token for a device whose account may call in a room; the device is looked for at the homeserver.
///
/// Errors: `ForeignDevice`, and those of [`join`] and [`super::admit`].
pub async fn token(tenant: &Tenant, room: &str, device: &Device) -> Result<Ticket, CallError> {
    let room = must_be_theirs(tenant, room, device).await?;
    join(tenant, &room, device).await
}

/// The room where a device's account may call, once the device is known to be the account's.
///
/// Errors: as [`token`].
pub async fn must_be_theirs(tenant: &Tenant, room: &str, device: &Device) -> Result<RoomId, CallError> {
    let calls = available(tenant).await?;
    let (room, _) = may_call(tenant, room, &device.user).await?;
    let key = (device.user.to_string(), device.device.clone());
    if calls.devices.get(&key).is_none() {
        if !is_signed_in(tenant, &device.user, &device.device).await? {
            return Err(CallError::ForeignDevice);
        }
        calls.devices.insert(key, ());
    }
    Ok(room)
}

/// As [`join`], under the media room's lock; also the id of the room's life.
pub(super) async fn join_in_turn(
    tenant: &Tenant,
    room: &RoomId,
    device: &Device,
    media_room: &str,
) -> Result<(Ticket, String), CallError> {
    let mut reading = tenant.store.read().await?;
    let voice = voice(&mut reading, tenant, room.as_str(), &device.user).await?;
    if voice == Voice::Listens && !is_for_observers(store::open_in(&mut reading, media_room).await?.as_ref()) {
        return Err(CallError::Observes);
    }
    drop(reading);
    ticket_as(tenant, room, device, media_room, voice).await
}

/// As [`join_in_turn`], for what a device may do there.
pub(super) async fn ticket_as(
    tenant: &Tenant,
    room: &RoomId,
    device: &Device,
    media_room: &str,
    voice: Voice,
) -> Result<(Ticket, String), CallError> {
    let calls = available(tenant).await?;
    let identity = device.membership.identity(&device.user, &device.device);
    let member = Member {
        media_room: media_room.to_owned(),
        identity: identity.clone(),
        user: device.user.clone(),
        device: device.device.clone(),
    };
    let sid = open_room(tenant, calls, room, member).await?;
    let now = tenant.context.now();
    let jwt = calls.noted(now, calls.media.token(media_room, &identity, voice)).map_err(unavailable)?;
    Ok((Ticket { url: calls.url.clone(), jwt, identity, room: room.clone() }, sid))
}

/// Whether an observer may come into what is open: others are there, or will be. A patient who rings is not answered by who cannot speak.
fn is_for_observers(call: Option<&Record>) -> bool {
    call.is_some_and(|call| match call.state.phase {
        Phase::Ringing { .. } => call.state.caller == Side::Staff,
        Phase::Answered { .. } => true,
        Phase::Ended { .. } => false,
    })
}

/// Opens the media room and writes down who the identity is; both only at need.
async fn open_room(tenant: &Tenant, calls: &Calls, room: &RoomId, member: Member) -> Result<String, CallError> {
    let now = tenant.context.now();
    let media_room = member.media_room.as_str();
    let mut reading = tenant.store.read().await?;
    let stands = rooms::load(&mut reading, media_room).await?;
    let is_known = rooms::is_known(&mut reading, &member, now.plus_seconds(-WRITTEN_FOR_SECONDS)).await?;
    drop(reading);
    let alive = stands.as_ref().filter(|stands| !stands.is_over);
    if let Some(stands) = alive.filter(|stands| is_known && calls.opened.get(media_room).as_ref() == Some(&stands.sid))
    {
        return Ok(stands.sid.clone());
    }
    if stands.is_some() && alive.is_none() {
        // What is left of a call that has ended must not become the next one.
        calls.noted(now, calls.media.close(media_room).await).map_err(unavailable)?;
    }
    let sid = calls.noted(now, calls.media.open(media_room).await).map_err(unavailable)?;
    let mut writing = tenant.store.write().await?;
    write_room(&mut writing, room, &member, &sid, now).await?;
    writing.commit().await?;
    calls.opened.insert(media_room.to_owned(), sid.clone());
    Ok(sid)
}

async fn write_room(
    writing: &mut Writing,
    room: &RoomId,
    member: &Member,
    sid: &str,
    now: Time,
) -> Result<(), CallError> {
    let stands = MediaRoom { room: room.clone(), sid: sid.to_owned(), is_over: false };
    rooms::put(writing, &member.media_room, &stands).await?;
    rooms::put_member(writing, member, now).await?;
    if let Some(open) = store::open_in(writing, &member.media_room).await? {
        rooms::put_session(writing, sid, &open.id, now).await?;
    }
    Ok(())
}

pub(super) fn unavailable(error: MediaError) -> CallError {
    tracing::warn!(%error, "a call could not be served");
    CallError::Unavailable(CallTrouble::NoAnswer)
}
