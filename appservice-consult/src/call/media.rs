//! The border with the media server. A trait, because tests put another one there.

use std::fmt;
use std::time::Duration;

use async_trait::async_trait;
use livekit_api::access_token::{AccessToken, TokenVerifier, VideoGrants};
use livekit_api::services::room::{CreateRoomOptions, RoomClient, UpdateParticipantOptions};
use livekit_api::services::{ServerError, ServerErrorCode, ServiceError};
use livekit_api::webhooks::WebhookReceiver;
use livekit_protocol::ParticipantPermission;
use tokio::time::sleep;

/// How long a token lives. The media server allows a minute more, and refreshes it for who has joined.
const TOKEN_TTL: Duration = Duration::from_mins(1);
/// How long the media server keeps a room that nobody came into. A ring is shorter. Unit: seconds.
const EMPTY_TIMEOUT_SECONDS: u32 = 90;
/// How long one request may take: somebody waits for the ring.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(3);
/// How long whoever is just coming is waited for, until he can be told that he is let in; less than who answered waits for an answer.
const PATIENCE: Duration = Duration::from_secs(8);
/// Between two tries.
const BREATH: Duration = Duration::from_millis(100);

/// Why the media server did not do its part.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MediaError {
    /// No answer. Try again.
    #[error("the media server does not answer: {0}")]
    Unreachable(String),
    /// It said no.
    #[error("the media server refused: {0}")]
    Refused(String),
}

/// An event without the media server's signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the event is not signed by the media server")]
pub struct NotSigned;

/// Whether somebody is seen and heard in a media room. Who is in the call sees and hears.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Voice {
    /// It rings at him, and his way is made beforehand: he sees and hears nothing, sends nothing, and nobody sees him there. He is not in the call.
    Waits,
    /// He sends media and data.
    Speaks,
    /// He sends nothing: he observes.
    Listens,
}

impl Voice {
    fn speaks(self) -> bool {
        self == Self::Speaks
    }

    fn waits(self) -> bool {
        self == Self::Waits
    }
}

/// Somebody in a media room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Someone {
    /// The connection's id.
    pub sid: String,
    /// Who.
    pub identity: String,
    /// Since when, by the media server's clock; 0: unknown.
    pub joined_ms: i64,
    /// `DisconnectReason`, of who has left.
    pub reason: i32,
    /// What the media server lets him; `None`: it does not say.
    pub voice: Option<Voice>,
}

impl Someone {
    /// Whether it only rings at him.
    pub fn waits(&self) -> bool {
        self.voice.is_some_and(Voice::waits)
    }
}

/// A media room with who is in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Presence {
    /// Id of this life of the room.
    pub sid: String,
    /// When this life began, by the media server's clock.
    pub created_ms: i64,
    /// Who is there.
    pub people: Vec<Someone>,
}

/// What kind of event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HeardKind {
    /// Somebody came.
    Joined,
    /// Somebody left.
    Left,
    /// The room is gone.
    Finished,
    /// Something that we do not need.
    Other,
}

/// A signed event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heard {
    /// Its id; a repetition has the same.
    pub id: String,
    /// What.
    pub kind: HeardKind,
    /// In which room.
    pub room: String,
    /// Id of this life of the room.
    pub room_sid: String,
    /// When this life began.
    pub room_created_ms: i64,
    /// When, in whole seconds, by the media server's clock. Unit: milliseconds.
    pub at_ms: i64,
    /// Who.
    pub who: Option<Someone>,
}

/// What the service asks of the media server.
#[async_trait]
pub trait MediaServer: Send + Sync + fmt::Debug {
    /// Makes a room, or finds it made; returns the id of its life.
    async fn open(&self, room: &str) -> Result<String, MediaError>;
    /// Ends a room for everybody and for every token. One that is absent is done.
    async fn close(&self, room: &str) -> Result<(), MediaError>;
    /// Takes somebody out. One who is absent is done.
    async fn remove(&self, room: &str, identity: &str) -> Result<(), MediaError>;
    /// Who is in a room; `None`: there is no such room.
    async fn presence(&self, room: &str) -> Result<Option<Presence>, MediaError>;
    /// Lets somebody who is there speak, or takes it from him, with all that he sends; returns him. `None`: he is not there. Refused where he cannot be told.
    async fn let_speak(&self, room: &str, identity: &str, voice: Voice) -> Result<Option<Someone>, MediaError>;
    /// A token to join one room as one identity, and for nothing else.
    fn token(&self, room: &str, identity: &str, voice: Voice) -> Result<String, MediaError>;
    /// Reads an event: `body` exactly as it came, `authorization` the header's value.
    fn read(&self, body: &[u8], authorization: &str) -> Result<Heard, NotSigned>;
}

/// A LiveKit server or cluster.
pub struct LiveKit {
    rooms: RoomClient,
    webhooks: WebhookReceiver,
    api_key: String,
    api_secret: String,
    patience: Duration,
}

impl LiveKit {
    /// The server at `url` (http or ws), with an API key of it.
    pub fn new(url: &str, api_key: &str, api_secret: &str) -> Self {
        let rooms = RoomClient::with_api_key(url, api_key, api_secret).with_failover(false);
        Self {
            rooms: rooms.with_request_timeout(REQUEST_TIMEOUT),
            webhooks: WebhookReceiver::new(TokenVerifier::with_api_key(api_key, api_secret)),
            api_key: api_key.to_owned(),
            api_secret: api_secret.to_owned(),
            patience: PATIENCE,
        }
    }

    /// The same, that waits so long for whoever is just coming and cannot be told anything yet.
    #[must_use]
    pub fn with_patience(self, patience: Duration) -> Self {
        Self { patience, ..self }
    }

    /// The same, that waits so long for the answer to one request.
    #[must_use]
    pub fn with_request_timeout(self, timeout: Duration) -> Self {
        Self { rooms: self.rooms.with_request_timeout(timeout), ..self }
    }
}

impl fmt::Debug for LiveKit {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("LiveKit")
    }
}

fn failed(error: ServiceError) -> MediaError {
    match error {
        error if is_unheard(&error) => MediaError::Unreachable(error.to_string()),
        ServiceError::Twirp(ServerError::Request(source)) => MediaError::Unreachable(source.to_string()),
        other => MediaError::Refused(other.to_string()),
    }
}

/// The media server is there, and none of its parts has heard what it was asked.
fn is_unheard(error: &ServiceError) -> bool {
    matches!(error, ServiceError::Twirp(ServerError::Twirp(code)) if code.code == ServerErrorCode::UNAVAILABLE)
}

/// It did not answer in time.
fn is_late(error: &ServiceError) -> bool {
    matches!(error, ServiceError::Twirp(ServerError::Request(source)) if source.is_timeout())
}

fn is_absent(error: &ServiceError) -> bool {
    matches!(error, ServiceError::Twirp(ServerError::Twirp(code)) if code.code == ServerErrorCode::NOT_FOUND)
}

fn done(result: Result<(), ServiceError>) -> Result<(), MediaError> {
    match result {
        Err(error) if !is_absent(&error) => Err(failed(error)),
        _ => Ok(()),
    }
}

/// Milliseconds of a point that the media server gives in both units.
fn millis(in_millis: i64, in_seconds: i64) -> i64 {
    if in_millis > 0 { in_millis } else { in_seconds.saturating_mul(1_000) }
}

fn someone(info: livekit_protocol::ParticipantInfo) -> Someone {
    Someone {
        joined_ms: millis(info.joined_at_ms, info.joined_at),
        reason: info.disconnect_reason,
        voice: info.permission.map(|permission| {
            let speaks = permission.can_publish || permission.can_publish_data;
            if !permission.can_subscribe {
                Voice::Waits
            } else if speaks {
                Voice::Speaks
            } else {
                Voice::Listens
            }
        }),
        sid: info.sid,
        identity: info.identity,
    }
}

#[async_trait]
impl MediaServer for LiveKit {
    async fn open(&self, room: &str) -> Result<String, MediaError> {
        let options = CreateRoomOptions { empty_timeout: EMPTY_TIMEOUT_SECONDS, ..CreateRoomOptions::default() };
        self.rooms.create_room(room, options).await.map(|room| room.sid).map_err(failed)
    }

    async fn close(&self, room: &str) -> Result<(), MediaError> {
        done(self.rooms.delete_room(room).await)
    }

    async fn remove(&self, room: &str, identity: &str) -> Result<(), MediaError> {
        done(self.rooms.remove_participant(room, identity).await)
    }

    async fn presence(&self, room: &str) -> Result<Option<Presence>, MediaError> {
        let Some(found) = self.rooms.list_rooms(vec![room.to_owned()]).await.map_err(failed)?.pop() else {
            return Ok(None);
        };
        let people = match self.rooms.list_participants(room).await {
            Err(error) if is_absent(&error) => return Ok(None),
            other => other.map_err(failed)?,
        };
        Ok(Some(Presence {
            created_ms: millis(found.creation_time_ms, found.creation_time),
            sid: found.sid,
            people: people.into_iter().map(someone).collect(),
        }))
    }

    async fn let_speak(&self, room: &str, identity: &str, voice: Voice) -> Result<Option<Someone>, MediaError> {
        let permission = ParticipantPermission {
            can_publish: voice.speaks(),
            can_subscribe: !voice.waits(),
            can_publish_data: voice.speaks(),
            hidden: voice.waits(),
            ..ParticipantPermission::default()
        };
        let tell = || {
            let permission = Some(permission.clone());
            let options = UpdateParticipantOptions { permission, ..UpdateParticipantOptions::default() };
            self.rooms.update_participant(room, identity, options)
        };
        // Who is just coming stands in the media server's list a moment before he can be told anything. It looks for him about as long as a request is waited for,
        // so that either may end first.
        let patience = sleep(self.patience);
        tokio::pin!(patience);
        let told = loop {
            match tell().await {
                Err(error) if is_unheard(&error) || is_late(&error) => tokio::select! {
                    () = &mut patience => break Err(error),
                    () = sleep(BREATH) => {}
                },
                told => break told,
            }
        };
        match told {
            Err(error) if is_absent(&error) => Ok(None),
            // He alone cannot be told anything: for everybody else the media server is there.
            Err(error) if is_unheard(&error) => Err(MediaError::Refused(error.to_string())),
            other => other.map(someone).map(Some).map_err(failed),
        }
    }

    fn token(&self, room: &str, identity: &str, voice: Voice) -> Result<String, MediaError> {
        let grants = VideoGrants {
            room_join: true,
            room: room.to_owned(),
            can_publish: Some(voice.speaks()),
            can_subscribe: Some(!voice.waits()),
            can_publish_data: Some(voice.speaks()),
            hidden: voice.waits(),
            ..VideoGrants::default()
        };
        let token = AccessToken::with_api_key(&self.api_key, &self.api_secret).with_ttl(TOKEN_TTL);
        let token = token.with_identity(identity).with_grants(grants).to_jwt();
        token.map_err(|error| MediaError::Refused(error.to_string()))
    }

    fn read(&self, body: &[u8], authorization: &str) -> Result<Heard, NotSigned> {
        let body = std::str::from_utf8(body).map_err(|_| NotSigned)?;
        let event = self.webhooks.receive(body, authorization).map_err(|_| NotSigned)?;
        let room = event.room.unwrap_or_default();
        Ok(Heard {
            id: event.id,
            kind: match event.event.as_str() {
                "participant_joined" => HeardKind::Joined,
                "participant_left" | "participant_connection_aborted" => HeardKind::Left,
                "room_finished" => HeardKind::Finished,
                _ => HeardKind::Other,
            },
            room_created_ms: millis(room.creation_time_ms, room.creation_time),
            room: room.name,
            room_sid: room.sid,
            at_ms: event.created_at.saturating_mul(1_000),
            who: event.participant.map(someone),
        })
    }
}
