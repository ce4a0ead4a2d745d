//! Events as clients get them: stored bytes spliced into the client's form, with `unsigned` for the requester.
//!
//! Source: client-server API v1.19 §Room event format, §Server-side aggregation of relationships, §Stripped state.

use std::{borrow::Cow, collections::HashMap};

use consilium_event::{StateKey, build::STICKY, redact::redact};
use consilium_store::{Direction, StoreError, View};
use ruma::{RoomId, UserId, api::client::filter::EventFormat, events::StateEventType};
use serde::Deserialize;
use serde_json::value::RawValue;

use super::{
    base::Base,
    now::rules_of,
    read,
    rows::{Bundle, RelationKind, StoredEvent, device_tag},
    sight::Reader,
    sticky,
};
use crate::{
    http::auth::Requester,
    ids::{RoomKey, UserKey},
    keyspaces,
};

/// An event that is JSON already.
pub type Json = Box<RawValue>;

/// Children of a thread that are looked through for a reader who does not see the latest.
const CHILDREN_READ_MAX: usize = 1_000;

/// Bundles between the first and the last event of a page.
const BUNDLES_READ_MAX: usize = 2_000;

/// Who gets the events, and in which form.
pub struct Audience<'a> {
    pub base: &'a Base,
    pub view: &'a dyn View,
    pub room: RoomKey,
    /// Named in each event, except in `/sync`, where the room is the key of the object around it.
    pub room_id: Option<&'a RoomId>,
    pub user: UserKey,
    /// See [`device_tag`].
    pub device: Option<u64>,
    pub form: Form,
}

/// `event_format` of a filter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Form {
    #[default]
    Client,
    Federation,
}

impl Form {
    pub fn of(format: &EventFormat) -> Self {
        match format {
            EventFormat::Federation => Self::Federation,
            // A format that is not known is the one that everybody knows.
            _ => Self::Client,
        }
    }
}

/// The fields of a stored event, not parsed further.
#[derive(Deserialize)]
struct Fields<'a> {
    #[serde(borrow)]
    content: &'a RawValue,
    #[serde(borrow)]
    origin_server_ts: &'a RawValue,
    #[serde(borrow)]
    sender: &'a RawValue,
    #[serde(borrow, default)]
    state_key: Option<&'a RawValue>,
    #[serde(borrow, rename = "type")]
    kind: &'a RawValue,
    #[serde(borrow, default)]
    redacts: Option<&'a RawValue>,
    #[serde(borrow, default, rename = "msc4354_sticky")]
    sticky: Option<&'a RawValue>,
}

#[derive(Deserialize)]
struct Sticky {
    duration_ms: u64,
}

#[derive(Deserialize)]
struct Redacts<'a> {
    #[serde(borrow, default)]
    redacts: Option<&'a RawValue>,
}

/// What stands in `unsigned` beside the age, as JSON.
#[derive(Default)]
struct Unsigned {
    membership: Option<&'static str>,
    prev_content: Option<String>,
    prev_sender: Option<String>,
    replaces_state: Option<String>,
    redacted_because: Option<String>,
    relations: Option<String>,
}

impl<'a> Audience<'a> {
    pub fn of(
        base: &'a Base,
        view: &'a dyn View,
        room: RoomKey,
        room_id: Option<&'a RoomId>,
        requester: &Requester,
    ) -> Self {
        let device = requester.device.as_ref().map(|device| device_tag(device.as_str()));
        Self { base, view, room, room_id, user: requester.user_key, device, form: Form::Client }
    }

    /// The events in their order, each with its `unsigned`. `reader` tells the membership at the time of each.
    pub async fn events(&self, reader: &mut Reader<'_>, events: &[StoredEvent]) -> Result<Vec<Json>, StoreError> {
        let events = &*self.without_erased(reader, events).await?;
        let mut relations = self.relations(reader, events).await?;
        let replaced = self.replaced(events).await?;
        let redactions = self.redactions(events).await?;
        let mut written = Vec::with_capacity(events.len());
        for event in events {
            let mut unsigned = Unsigned {
                membership: Some(reader.membership_at(event).await?.name()),
                redacted_because: event.meta.redacted_by.and_then(|seq| redactions.get(&seq).cloned()),
                relations: relations.remove(&event.meta.seq),
                ..Unsigned::default()
            };
            if let Some(before) = event.meta.replaces.and_then(|seq| replaced.get(&seq)) {
                let fields = fields(before)?;
                unsigned.prev_content = Some(fields.content.get().to_owned());
                unsigned.prev_sender = Some(fields.sender.get().to_owned());
                unsigned.replaces_state = Some(read::event_id(&before.meta.id)?.to_string());
            }
            written.push(self.write(event, unsigned)?);
        }
        Ok(written)
    }

    /// The events, those of erased users redacted where the reader came later. Source: see [`crate::account::Erased`].
    ///
    /// State stays: a room whose encryption or name were gone for some of its members would be another room to them.
    async fn without_erased<'e>(
        &self,
        reader: &mut Reader<'_>,
        events: &'e [StoredEvent],
    ) -> Result<Cow<'e, [StoredEvent]>, StoreError> {
        let mut shown = Cow::Borrowed(events);
        for (index, event) in events.iter().enumerate() {
            let Some(erased_at) = self.base.erased.at(event.meta.sender) else { continue };
            let may_be_redacted = event.meta.state_id.is_none() && event.meta.redacted_by.is_none();
            if may_be_redacted && !reader.saw_before(event, erased_at).await? {
                shown.to_mut()[index] = self.redacted(event).await?;
            }
        }
        Ok(shown)
    }

    /// The event as a redaction would leave it.
    async fn redacted(&self, event: &StoredEvent) -> Result<StoredEvent, StoreError> {
        let info = keyspaces::ROOM_INFO.get(self.view, &self.room).await?;
        let rules = rules_of(&info.ok_or_else(|| corrupt("a room has no info".into()))?)?;
        let json = redact(&event.json, &rules).map_err(|error| corrupt(error.to_string()))?;
        Ok(StoredEvent { meta: event.meta.clone(), json: json.into() })
    }

    /// One event.
    pub async fn event(&self, reader: &mut Reader<'_>, event: &StoredEvent) -> Result<Json, StoreError> {
        let mut written = self.events(reader, std::slice::from_ref(event)).await?;
        Ok(written.remove(0))
    }

    /// The state events that were replaced, by number.
    async fn replaced(&self, events: &[StoredEvent]) -> Result<HashMap<u64, StoredEvent>, StoreError> {
        let seqs: Vec<u64> = events.iter().filter_map(|event| event.meta.replaces).collect();
        let read = read::events(self.view, self.room, &seqs).await?;
        Ok(seqs.into_iter().zip(read).collect())
    }

    /// The redactions of the events that were redacted, by number.
    async fn redactions(&self, events: &[StoredEvent]) -> Result<HashMap<u64, String>, StoreError> {
        let seqs: Vec<u64> = events.iter().filter_map(|event| event.meta.redacted_by).collect();
        let read = read::events(self.view, self.room, &seqs).await?;
        seqs.into_iter()
            .zip(read)
            .map(|(seq, redaction)| Ok((seq, self.write(&redaction, Unsigned::default())?.get().to_owned())))
            .collect()
    }

    /// `m.relations` by the number of its event.
    async fn relations(
        &self,
        reader: &mut Reader<'_>,
        events: &[StoredEvent],
    ) -> Result<HashMap<u64, String>, StoreError> {
        let mut relations = HashMap::new();
        for (event, bundle) in self.bundles(events).await? {
            if let Some(text) = self.bundled(reader, event, &bundle).await? {
                relations.insert(event.meta.seq, text);
            }
        }
        Ok(relations)
    }

    /// Bundles of the events that have one; state has none. Those of a page lie together, and one scan finds them.
    async fn bundles<'e>(&self, events: &'e [StoredEvent]) -> Result<Vec<(&'e StoredEvent, Bundle)>, StoreError> {
        let events: HashMap<u64, &StoredEvent> =
            events.iter().filter(|event| event.meta.state_id.is_none()).map(|event| (event.meta.seq, event)).collect();
        let (Some(first), Some(last)) = (events.keys().min(), events.keys().max()) else { return Ok(Vec::new()) };
        let (start, end) = ((self.room, *first), (self.room, last + 1));
        let rows = keyspaces::BUNDLES.scan_range(self.view, &start, &end, BUNDLES_READ_MAX, Direction::Forward).await?;
        Ok(rows.into_iter().filter_map(|((_, seq), bundle)| events.get(&seq).map(|event| (*event, bundle))).collect())
    }

    async fn bundled(
        &self,
        reader: &mut Reader<'_>,
        event: &StoredEvent,
        bundle: &Bundle,
    ) -> Result<Option<String>, StoreError> {
        let mut parts = Vec::new();
        if let Some(edit) = self.edit_of(reader, event, bundle).await? {
            parts.push(format!(r#""m.replace":{edit}"#));
        }
        if let Some((latest, count)) = self.thread_of(reader, event, bundle).await? {
            let latest = self.with_edit(reader, &latest).await?;
            let took_part =
                keyspaces::THREAD_SENDERS.get(self.view, &(self.room, event.meta.seq, self.user)).await?.is_some()
                    || event.meta.sender == self.user;
            parts.push(format!(
                r#""m.thread":{{"latest_event":{latest},"count":{count},"current_user_participated":{took_part}}}"#
            ));
        }
        if !bundle.references.is_empty() {
            let children = read::events(self.view, self.room, &bundle.references).await?;
            let mut ids = Vec::with_capacity(children.len());
            for child in &children {
                if !reader.sees(child).await? {
                    continue;
                }
                ids.push(format!(r#"{{"event_id":"{}"}}"#, read::event_id(&child.meta.id)?));
            }
            if !ids.is_empty() {
                parts.push(format!(r#""m.reference":{{"chunk":[{}]}}"#, ids.join(",")));
            }
        }
        Ok((!parts.is_empty()).then(|| format!("{{{}}}", parts.join(","))))
    }

    /// The latest event of the thread below `event` that the reader sees, and how many he sees: of who has gone, not all.
    async fn thread_of(
        &self,
        reader: &mut Reader<'_>,
        event: &StoredEvent,
        bundle: &Bundle,
    ) -> Result<Option<(StoredEvent, u64)>, StoreError> {
        let Some(thread) = &bundle.thread else { return Ok(None) };
        let latest = read::event(self.view, self.room, thread.latest).await?;
        if reader.sees(&latest).await? {
            return Ok(Some((latest, thread.count)));
        }
        let parent = (self.room, event.meta.seq);
        let rows = keyspaces::RELATED.scan(self.view, &parent, CHILDREN_READ_MAX, Direction::Forward).await?;
        let (mut latest, mut count) = (None, 0);
        for (_, row) in rows.into_iter().filter(|(_, row)| row.kind == RelationKind::Thread) {
            let child = read::event(self.view, self.room, row.seq).await?;
            if reader.sees(&child).await? {
                (latest, count) = (Some(child), count + 1);
            }
        }
        Ok(latest.map(|latest| (latest, count)))
    }

    /// The edit of an event that was not redacted, when the reader sees it: who has gone does not get what was edited afterwards.
    async fn edit_of(
        &self,
        reader: &mut Reader<'_>,
        event: &StoredEvent,
        bundle: &Bundle,
    ) -> Result<Option<Json>, StoreError> {
        match &bundle.edit {
            Some((seq, _, _)) if event.meta.redacted_by.is_none() => {
                let edit = read::event(self.view, self.room, *seq).await?;
                if !reader.sees(&edit).await? {
                    return Ok(None);
                }
                let edit = &self.without_erased(reader, std::slice::from_ref(&edit)).await?[0];
                self.write(edit, Unsigned::default()).map(Some)
            }
            _ => Ok(None),
        }
    }

    /// The latest event of a thread, with its own edit.
    async fn with_edit(&self, reader: &mut Reader<'_>, event: &StoredEvent) -> Result<Json, StoreError> {
        let bundle = keyspaces::BUNDLES.get(self.view, &(self.room, event.meta.seq)).await?.unwrap_or_default();
        let edit = self.edit_of(reader, event, &bundle).await?;
        let event = &self.without_erased(reader, std::slice::from_ref(event)).await?[0];
        let unsigned = Unsigned {
            membership: Some(reader.membership_at(event).await?.name()),
            relations: edit.map(|edit| format!(r#"{{"m.replace":{edit}}}"#)),
            ..Unsigned::default()
        };
        self.write(event, unsigned)
    }

    fn write(&self, event: &StoredEvent, unsigned: Unsigned) -> Result<Json, StoreError> {
        let mut out = String::with_capacity(event.json.len() + 256);
        let id = read::event_id(&event.meta.id)?;
        let fields = fields(event)?;
        match self.form {
            Form::Client => self.write_client(&fields, id.as_str(), &mut out),
            Form::Federation => {
                let json = std::str::from_utf8(&event.json).map_err(|error| corrupt(error.to_string()))?;
                out.push_str(json.strip_suffix('}').unwrap_or(json));
            }
        }
        self.write_unsigned(event, &fields, unsigned, &mut out);
        out.push('}');
        RawValue::from_string(out).map_err(|error| corrupt(error.to_string()))
    }

    /// Everything but `unsigned`, without the last brace.
    fn write_client(&self, fields: &Fields<'_>, id: &str, out: &mut String) {
        field(out, '{', "content", &compatible(fields));
        field(out, ',', "event_id", &quoted(id));
        if let Some(sticky) = fields.sticky {
            field(out, ',', STICKY, sticky.get());
        }
        field(out, ',', "origin_server_ts", fields.origin_server_ts.get());
        if fields.kind.get() == REDACTION
            && let Some(redacts) = redacted_id(fields)
        {
            field(out, ',', "redacts", redacts);
        }
        if let Some(room_id) = self.room_id {
            field(out, ',', "room_id", &quoted(room_id.as_str()));
        }
        field(out, ',', "sender", fields.sender.get());
        if let Some(state_key) = fields.state_key {
            field(out, ',', "state_key", state_key.get());
        }
        field(out, ',', "type", fields.kind.get());
    }

    fn write_unsigned(&self, event: &StoredEvent, fields: &Fields<'_>, unsigned: Unsigned, out: &mut String) {
        let now_ms = self.base.context.now_ms();
        let age = now_ms.saturating_sub(event.meta.ts_ms);
        out.push_str(r#","unsigned":{"age":"#);
        out.push_str(&age.to_string());
        let sent_as = event.meta.sent_as.as_ref().filter(|_| event.meta.sender == self.user);
        if let Some(sent_as) = sent_as.filter(|sent_as| Some(sent_as.device) == self.device) {
            field(out, ',', "transaction_id", &quoted(&sent_as.txn_id));
        }
        if let Some(left) = sticks_for(fields, event.meta.ts_ms, now_ms) {
            field(out, ',', "msc4354_sticky_duration_ttl_ms", &left.to_string());
        }
        if let Some(membership) = unsigned.membership {
            field(out, ',', "membership", &quoted(membership));
        }
        if let Some(id) = unsigned.replaces_state {
            field(out, ',', "replaces_state", &quoted(&id));
        }
        let json = [
            ("prev_content", unsigned.prev_content),
            ("prev_sender", unsigned.prev_sender),
            ("redacted_because", unsigned.redacted_because),
            ("m.relations", unsigned.relations),
        ];
        for (name, value) in json {
            if let Some(value) = value {
                field(out, ',', name, &value);
            }
        }
        out.push('}');
    }
}

/// How long the event still sticks, in milliseconds; `None` unless it does.
fn sticks_for(fields: &Fields<'_>, sent_ms: u64, now_ms: u64) -> Option<u64> {
    let sticky: Sticky = serde_json::from_str(fields.sticky?.get()).ok()?;
    sticky::remaining_ms(sent_ms, sticky.duration_ms, now_ms)
}

fn field(out: &mut String, before: char, name: &str, json: &str) {
    out.push(before);
    out.push('"');
    out.push_str(name);
    out.push_str("\":");
    out.push_str(json);
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

fn fields(event: &StoredEvent) -> Result<Fields<'_>, StoreError> {
    serde_json::from_slice(&event.json).map_err(|error| corrupt(error.to_string()))
}

/// The content; of a redaction with its target, which older room versions keep beside it.
fn compatible<'a>(fields: &Fields<'a>) -> Cow<'a, str> {
    let content = fields.content.get();
    let Some(redacts) = fields.redacts.filter(|_| fields.kind.get() == REDACTION) else { return content.into() };
    match content.strip_prefix('{') {
        Some("}") => format!(r#"{{"redacts":{redacts}}}"#).into(),
        Some(rest) if !content.contains(r#""redacts""#) => format!(r#"{{"redacts":{redacts},{rest}"#).into(),
        _ => content.into(),
    }
}

const REDACTION: &str = r#""m.room.redaction""#;

/// What a redaction names: at the top level, or in its content since room version 11.
fn redacted_id<'a>(fields: &Fields<'a>) -> Option<&'a str> {
    if let Some(redacts) = fields.redacts {
        return Some(redacts.get());
    }
    serde_json::from_str::<Redacts<'a>>(fields.content.get()).ok()?.redacts.map(RawValue::get)
}

fn corrupt(reason: String) -> StoreError {
    StoreError::Corrupt { table: keyspaces::EVENTS.table.name, reason }
}

/// Events for `/sync`: without their room's id.
pub async fn sync_events(
    base: &Base,
    view: &dyn View,
    room: RoomKey,
    requester: &Requester,
    form: Form,
    events: &[StoredEvent],
) -> Result<Vec<Json>, StoreError> {
    if events.is_empty() {
        return Ok(Vec::new());
    }
    let mut reader = Reader::of_member(base, view, room, requester.user_key, &requester.user).await?;
    let audience = Audience { form, ..Audience::of(base, view, room, None, requester) };
    audience.events(&mut reader, events).await
}

/// Which of the events the user may see.
pub async fn visible(
    base: &Base,
    view: &dyn View,
    room: RoomKey,
    user: UserKey,
    user_id: &UserId,
    events: &[StoredEvent],
) -> Result<Vec<bool>, StoreError> {
    let mut reader = Reader::of_member(base, view, room, user, user_id).await?;
    let mut seen = Vec::with_capacity(events.len());
    for event in events {
        seen.push(reader.sees(event).await?);
    }
    Ok(seen)
}

/// A place in a room's history, between the event at `order` and the one before it.
pub fn history_token(order: i64) -> impl std::fmt::Display {
    super::history::Place(order)
}

/// What somebody who is invited, or knocks, is told of the room.
const STRIPPED: [StateEventType; 9] = [
    StateEventType::RoomCreate,
    StateEventType::RoomName,
    StateEventType::RoomAvatar,
    StateEventType::RoomTopic,
    StateEventType::RoomJoinRules,
    StateEventType::RoomCanonicalAlias,
    StateEventType::RoomEncryption,
    StateEventType::RoomHistoryVisibility,
    StateEventType::RoomTombstone,
];

/// The state that somebody invited or knocking is shown, as it was at his member event `member_seq`, and that event.
pub async fn stripped_state(
    base: &Base,
    view: &dyn View,
    room: RoomKey,
    member_seq: u64,
) -> Result<Vec<Json>, StoreError> {
    let member = read::event(view, room, member_seq).await?;
    let mut seqs = Vec::new();
    let inviter = StateKey::member(&base.ids.user_id(view, member.meta.sender).await?);
    for key in STRIPPED.into_iter().map(StateKey::single).chain([inviter]) {
        let Some(id) = base.ids.state_key(view, &key).await? else { continue };
        seqs.extend(base.nodes.get(view, room, member.meta.root, id).await?);
    }
    seqs.retain(|seq| *seq != member_seq);
    let mut events = read::events(view, room, &seqs).await?;
    events.push(member);
    events.iter().map(stripped).collect()
}

/// Type, state key, content and sender: all that a stripped event has.
fn stripped(event: &StoredEvent) -> Result<Json, StoreError> {
    let fields = fields(event)?;
    let mut out = String::with_capacity(event.json.len());
    field(&mut out, '{', "content", fields.content.get());
    field(&mut out, ',', "sender", fields.sender.get());
    field(&mut out, ',', "state_key", fields.state_key.map_or("\"\"", RawValue::get));
    field(&mut out, ',', "type", fields.kind.get());
    out.push('}');
    RawValue::from_string(out).map_err(|error| corrupt(error.to_string()))
}

/// The content of a stored event.
pub fn content(event: &StoredEvent) -> Result<Json, StoreError> {
    RawValue::from_string(fields(event)?.content.get().to_owned()).map_err(|error| corrupt(error.to_string()))
}
