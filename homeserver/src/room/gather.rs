//! What an event needs before it can be appended: looked up here, so that the rules stay pure.
//!
//! On the path of a message everything is in [`RoomNow`] already and nothing is read. What is read comes from a view that may
//! be older than the batches under way; all that those changed is in `RoomNow`, which is asked first.

use std::sync::Arc;

use consilium_event::{Draft, Membership, Pdu, RoomRules, StateKey, authorize::deciding_keys, redact::redact, tree};
use consilium_store::{Batch, Direction, StoreError, View};
use ruma::{
    CanonicalJsonObject, CanonicalJsonValue, EventId, OwnedEventId, UserId,
    events::{StateEventType, TimelineEventType},
};

use super::{
    append::{Ready, ReadyRedaction, ReadyRelation, ReadyState, Txn, Unrelated},
    base::Base,
    error::RoomError,
    notices::{self, Candidate},
    now::RoomNow,
    read,
    rows::{Bundle, REFERENCES_BUNDLED_MAX, RelatedRow, Relation, RelationKind, StoredEvent, ThreadSummary},
};
use crate::{
    ids::{StateId, UserKey},
    keyspaces,
};

/// Children of one event that are looked through at most, when an annotation is checked or a child is redacted.
const CHILDREN_READ_MAX: usize = 10_000;
/// Users that one event can mention: the first so many.
const MENTIONS_MAX: usize = 100;

/// Looks up everything for `draft`.
pub async fn ready(
    base: &Base,
    view: &dyn View,
    room: &mut RoomNow,
    draft: Draft,
    txn: Option<Txn>,
) -> Result<Ready, RoomError> {
    for key in deciding_keys(&draft, &room.rules)? {
        room.read_state(base, view, &key).await?;
    }
    let mut new_ids = Batch::new();
    let sender = base.ids.user_or_new(view, &draft.sender, &mut new_ids).await?;
    let state = match &draft.state_key {
        Some(state_key) => {
            let key = StateKey::new(draft.kind.to_string().into(), state_key);
            Some(ready_state(base, view, room, key, &mut new_ids).await?)
        }
        None => None,
    };
    let relation = match draft.state_key {
        None => ready_relation(view, room, &draft, sender).await?,
        Some(_) => None,
    };
    let redaction = match &draft.redacts {
        Some(target) => ready_redaction(view, room, &draft.sender, target).await?,
        None => None,
    };
    let candidates = candidates(base, view, room, &draft, state.as_ref()).await?;
    Ok(Ready { draft, sender, state, relation, redaction, candidates, txn, new_ids })
}

async fn ready_state(
    base: &Base,
    view: &dyn View,
    room: &mut RoomNow,
    key: StateKey,
    new_ids: &mut Batch,
) -> Result<ReadyState, RoomError> {
    room.read_state(base, view, &key).await?;
    let replaces = room.state(&key).map(|event| event.seq);
    let id: StateId = base.ids.state_key_or_new(view, &key, new_ids).await?;
    let target = match <&UserId>::try_from(key.key.as_str()) {
        Ok(user) if key.kind == StateEventType::RoomMember => Some(base.ids.user_or_new(view, user, new_ids).await?),
        _ => None,
    };
    let (root, seq) = (room.head.rest.root, room.head.next_seq);
    let (root, nodes) =
        base.nodes.ask(view, room.key, Some(&room.fresh_nodes), |nodes| tree::set(nodes, root, id.0, seq)).await?;
    Ok(ReadyState { key, id, target, replaces, root, nodes })
}

/// `m.relates_to` of the content, in the form that relates to one event.
fn relates_to(content: &CanonicalJsonObject) -> Option<(&str, OwnedEventId)> {
    let CanonicalJsonValue::Object(relates_to) = content.get("m.relates_to")? else { return None };
    let kind = relates_to.get("rel_type")?.as_str()?;
    let parent = EventId::parse(relates_to.get("event_id")?.as_str()?).ok()?;
    Some((kind, parent))
}

async fn ready_relation(
    view: &dyn View,
    room: &RoomNow,
    draft: &Draft,
    sender: UserKey,
) -> Result<Option<ReadyRelation>, RoomError> {
    let Some((kind_name, parent_id)) = relates_to(&draft.content) else { return Ok(None) };
    let kind = RelationKind::from_name(kind_name);
    // A parent that is not here may come by federation; then the child is an ordinary event.
    let Some(seq) = read::find_in(view, room.key, &parent_id).await? else { return Ok(None) };
    let parent = read::event(view, room.key, seq).await?;
    check_relation(view, room, kind, &parent, draft, (seq, sender)).await?;
    let bundle = bundle_of(view, room, seq).await?;
    // What replaces nothing, because it is by somebody else or of another type, is a child like any other.
    let is_edit = kind == RelationKind::Replace && edits(&parent, draft, sender)?;
    let kind = if kind == RelationKind::Replace && !is_edit { RelationKind::Other } else { kind };
    let bundle = match kind {
        RelationKind::Replace => Some(bundle),
        RelationKind::Reference => (bundle.references.len() < REFERENCES_BUNDLED_MAX).then_some(bundle),
        RelationKind::Thread => Some(with_one_more(bundle)),
        RelationKind::Annotation | RelationKind::Other => None,
    };
    Ok(Some(ReadyRelation { relation: Relation { parent: seq, kind }, bundle }))
}

fn with_one_more(mut bundle: Bundle) -> Bundle {
    let thread = bundle.thread.get_or_insert(ThreadSummary { count: 0, latest: 0, latest_order: 0 });
    thread.count += 1;
    bundle
}

/// What is bundled with an event now.
async fn bundle_of(view: &dyn View, room: &RoomNow, seq: u64) -> Result<Bundle, StoreError> {
    match room.bundles.get(&seq) {
        Some(bundle) => Ok(bundle.clone()),
        None => Ok(keyspaces::BUNDLES.get(view, &(room.key, seq)).await?.unwrap_or_default()),
    }
}

/// Source: client-server API v1.19 §Forming relationships between events, §Threading, §Annotations.
async fn check_relation(
    view: &dyn View,
    room: &RoomNow,
    kind: RelationKind,
    parent: &StoredEvent,
    draft: &Draft,
    (seq, sender): (u64, UserKey),
) -> Result<(), RoomError> {
    if kind == RelationKind::Thread && parent.meta.relates_to.is_some() {
        return Err(RoomError::InvalidParam("A thread cannot start at an event that relates to another one.".into()));
    }
    if kind == RelationKind::Annotation && annotated(view, room, seq, sender, draft).await? {
        return Err(RoomError::DuplicateAnnotation);
    }
    Ok(())
}

/// Whether the sender has annotated the parent with the same type and key before.
async fn annotated(
    view: &dyn View,
    room: &RoomNow,
    parent: u64,
    sender: UserKey,
    draft: &Draft,
) -> Result<bool, StoreError> {
    let Some(key) = annotation_key(&draft.content) else { return Ok(false) };
    let children = keyspaces::RELATED.scan(view, &(room.key, parent), CHILDREN_READ_MAX, Direction::Forward).await?;
    let own: Vec<u64> = children
        .into_iter()
        .filter(|(_, child)| child.kind == RelationKind::Annotation && child.sender == sender)
        .map(|(_, child)| child.seq)
        .collect();
    let kind = draft.kind.to_string();
    Ok(read::events(view, room.key, &own).await?.iter().any(|event| {
        serde_json::from_slice::<CanonicalJsonObject>(&event.json).is_ok_and(|event| {
            let same_kind = event.get("type").and_then(CanonicalJsonValue::as_str) == Some(&kind);
            let content = event.get("content").and_then(CanonicalJsonValue::as_object);
            same_kind && content.and_then(annotation_key) == Some(key)
        })
    }))
}

fn annotation_key(content: &CanonicalJsonObject) -> Option<&str> {
    content.get("m.relates_to")?.as_object()?.get("key")?.as_str()
}

/// Whether the draft edits the parent: same sender, same type, and the parent is neither state nor an edit.
fn edits(parent: &StoredEvent, draft: &Draft, sender: UserKey) -> Result<bool, StoreError> {
    let meta = &parent.meta;
    let is_edit = meta.relates_to.is_some_and(|relation| relation.kind == RelationKind::Replace);
    if meta.sender != sender || meta.state_id.is_some() || is_edit || meta.redacted_by.is_some() {
        return Ok(false);
    }
    let has_content = draft.content.get("m.new_content").is_some_and(|new| new.as_object().is_some());
    // The new content of an encrypted edit is inside its ciphertext.
    Ok(kind_of(parent)? == draft.kind && (has_content || draft.kind == TimelineEventType::RoomEncrypted))
}

fn kind_of(event: &StoredEvent) -> Result<TimelineEventType, StoreError> {
    #[derive(serde::Deserialize)]
    struct Kind {
        #[serde(rename = "type")]
        kind: TimelineEventType,
    }
    let kind: Kind = serde_json::from_slice(&event.json)
        .map_err(|error| StoreError::Corrupt { table: keyspaces::EVENTS.table.name, reason: error.to_string() })?;
    Ok(kind.kind)
}

/// State that cannot be taken back: a room without it is broken, or opens itself.
const NEVER_REDACTED: [TimelineEventType; 3] =
    [TimelineEventType::RoomCreate, TimelineEventType::RoomEncryption, TimelineEventType::RoomServerAcl];

async fn ready_redaction(
    view: &dyn View,
    room: &mut RoomNow,
    sender: &UserId,
    target: &EventId,
) -> Result<Option<ReadyRedaction>, RoomError> {
    let Some(seq) = read::find_in(view, room.key, target).await? else {
        return Err(RoomError::NotFound("The event to redact is not known."));
    };
    let mut event = read::event(view, room.key, seq).await?;
    let pdu = Pdu::from_json(target.to_owned(), &event.json)
        .map_err(|error| StoreError::Corrupt { table: keyspaces::EVENTS.table.name, reason: error.to_string() })?;
    let power = room.power();
    if pdu.sender != sender && power.for_user(sender) < power.redact {
        return Err(RoomError::denied("You may not redact the events of others."));
    }
    if NEVER_REDACTED.contains(&pdu.kind) {
        return Err(RoomError::denied("An event of this type cannot be redacted."));
    }
    if event.meta.redacted_by.is_some() {
        return Ok(None);
    }
    let unrelated = unrelated(view, room, &event).await?;
    event.meta.redacted_by = Some(room.head.next_seq);
    event.json = redact(&event.json, &room.rules)?.into();
    let pdu = redacted_state(&event, target, &room.rules)?;
    Ok(Some(ReadyRedaction { seq, target: event, pdu, unrelated }))
}

fn redacted_state(event: &StoredEvent, id: &EventId, _: &RoomRules) -> Result<Option<Arc<Pdu>>, StoreError> {
    if event.meta.state_id.is_none() {
        return Ok(None);
    }
    Pdu::from_json(id.to_owned(), &event.json)
        .map(|pdu| Some(Arc::new(pdu)))
        .map_err(|error| StoreError::Corrupt { table: keyspaces::EVENTS.table.name, reason: error.to_string() })
}

/// What is bundled with the parent of `child` once the child is gone.
async fn unrelated(view: &dyn View, room: &RoomNow, child: &StoredEvent) -> Result<Option<Unrelated>, StoreError> {
    let (Some(relation), Some(order)) = (child.meta.relates_to, child.meta.order) else { return Ok(None) };
    let rows =
        keyspaces::RELATED.scan(view, &(room.key, relation.parent), CHILDREN_READ_MAX, Direction::Forward).await?;
    let left: Vec<(i64, RelatedRow)> =
        rows.into_iter().map(|((_, _, at), row)| (at, row)).filter(|(at, _)| *at != order).collect();
    let of_kind = |kind| left.iter().filter(move |(_, row)| row.kind == kind);
    let mut bundle = bundle_of(view, room, relation.parent).await?;
    let mut left_thread = None;
    match relation.kind {
        RelationKind::Replace => bundle.edit = latest_edit(view, room, &left).await?,
        RelationKind::Reference => {
            bundle.references =
                of_kind(RelationKind::Reference).map(|(_, row)| row.seq).take(REFERENCES_BUNDLED_MAX).collect();
        }
        RelationKind::Thread => {
            bundle.thread = of_kind(RelationKind::Thread).next_back().map(|(at, row)| ThreadSummary {
                count: of_kind(RelationKind::Thread).count() as u64,
                latest: row.seq,
                latest_order: *at,
            });
            let sender = child.meta.sender;
            left_thread = of_kind(RelationKind::Thread).all(|(_, row)| row.sender != sender).then_some(sender);
        }
        RelationKind::Annotation | RelationKind::Other => {}
    }
    Ok(Some(Unrelated { parent: relation.parent, order, bundle, left_thread }))
}

async fn latest_edit(
    view: &dyn View,
    room: &RoomNow,
    left: &[(i64, RelatedRow)],
) -> Result<Option<(u64, u64, Vec<u8>)>, StoreError> {
    let seqs: Vec<u64> =
        left.iter().filter(|(_, row)| row.kind == RelationKind::Replace).map(|(_, row)| row.seq).collect();
    let edits = read::events(view, room.key, &seqs).await?;
    Ok(seqs
        .into_iter()
        .zip(edits)
        .map(|(seq, edit)| (seq, edit.meta.ts_ms, edit.meta.id))
        .max_by(|one, other| (one.1, &one.2).cmp(&(other.1, &other.2))))
}

/// Members for whom the predefined rules of somebody who is not mentioned may be wrong.
async fn candidates(
    base: &Base,
    view: &dyn View,
    room: &mut RoomNow,
    draft: &Draft,
    state: Option<&ReadyState>,
) -> Result<Vec<Candidate>, RoomError> {
    notices::refresh(base, view, room).await?;
    let mut candidates: Vec<Candidate> = room
        .deviating
        .iter()
        .map(|member| Candidate {
            user: member.user,
            user_id: member.user_id.clone(),
            rules: Arc::clone(&member.rules),
        })
        .collect();
    for user_id in mentioned(&draft.content) {
        let Some(user) = base.ids.user(view, &user_id).await? else { continue };
        let is_known = candidates.iter().any(|candidate| candidate.user == user);
        if !is_known && room.membership(user) == Membership::Join {
            let rules = base.push_rules.of(view, user, &user_id).await?;
            candidates.push(Candidate { user, user_id, rules });
        }
    }
    // An invitation is about somebody who is not a member yet.
    if let Some((state, user)) = state.and_then(|state| state.target.map(|user| (state, user)))
        && let Ok(user_id) = UserId::parse(state.key.key.as_str())
        && user_id.server_name() == base.server_name
        && !candidates.iter().any(|candidate| candidate.user == user)
    {
        let rules = base.push_rules.of(view, user, &user_id).await?;
        candidates.push(Candidate { user, user_id, rules });
    }
    Ok(candidates)
}

fn mentioned(content: &CanonicalJsonObject) -> Vec<ruma::OwnedUserId> {
    let ids = content.get("m.mentions").and_then(|mentions| mentions.as_object()?.get("user_ids")?.as_array());
    ids.into_iter().flatten().filter_map(|id| UserId::parse(id.as_str()?).ok()).take(MENTIONS_MAX).collect()
}
