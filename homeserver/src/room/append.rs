//! Appending an event: pure. Facts in ([`Ready`], [`RoomNow`]), one [`Appended`] out, and the room stands one event further.
//!
//! What happens on a send is the list of [`Projection`]s that `tenant.rs` gives to the room service: each turns an
//! [`Appended`] into its rows, all of one batch.

use std::sync::Arc;

use consilium_event::{
    Draft, Membership, Pdu, Place, Signer, StateKey, StickyMs,
    authorize::{auth_keys, authorize},
    build::{build, room_id_of_create},
    pdu::event_id_bytes,
    tree::{NewNode, NodeHash},
};
use consilium_store::Batch;
use ruma::{OwnedEventId, OwnedUserId};
use serde::Deserialize;

use super::{
    error::RoomError,
    notices::{self, Candidate},
    now::{RoomNow, StateEvent},
    rows::{Bundle, EventMeta, MemberRow, Notice, Relation, RelationKind, SentAs, StoredEvent},
};
use crate::ids::{EventKey, StateId, UserKey};

/// A client's transaction: the same one again gives the same event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Txn {
    /// Of requester's device, path and transaction id.
    pub key: [u8; 16],
    pub user: UserKey,
    /// Day under which it is remembered: see [`super::projections::day_of`].
    pub day: u32,
    pub sent_as: Option<SentAs>,
}

/// A draft with everything that has to be looked up for it.
pub struct Ready {
    pub draft: Draft,
    pub sender: UserKey,
    pub state: Option<ReadyState>,
    pub relation: Option<ReadyRelation>,
    pub redaction: Option<ReadyRedaction>,
    pub candidates: Vec<Candidate>,
    pub txn: Option<Txn>,
    /// Rows that bind new short ids.
    pub new_ids: Batch,
}

/// The change of room state that the draft is.
pub struct ReadyState {
    pub key: StateKey,
    pub id: StateId,
    /// The user of a membership.
    pub target: Option<UserKey>,
    pub replaces: Option<u64>,
    pub root: NodeHash,
    pub nodes: Vec<NewNode>,
}

/// What the draft relates to.
pub struct ReadyRelation {
    pub relation: Relation,
    /// What is bundled with the parent from now on; `None` when this child changes nothing there. The edit's own number, time and
    /// id are put in when the event is built.
    pub bundle: Option<Bundle>,
}

/// What the redaction takes away.
pub struct ReadyRedaction {
    pub seq: u64,
    /// The target as it is stored from now on.
    pub target: StoredEvent,
    /// Its form for the rules, when it is a state event.
    pub pdu: Option<Arc<Pdu>>,
    /// The relation that ends: its parent with what is bundled there afterwards.
    pub unrelated: Option<Unrelated>,
}

pub struct Unrelated {
    pub parent: u64,
    pub order: i64,
    pub bundle: Bundle,
    /// The last event of a user in a thread went away.
    pub left_thread: Option<UserKey>,
}

/// An accepted event with all that follows from it.
pub struct Appended {
    pub key: EventKey,
    pub order: i64,
    pub pdu: Arc<Pdu>,
    pub sender: UserKey,
    pub stored: StoredEvent,
    pub state: Option<(StateId, Vec<NewNode>)>,
    pub member: Option<MemberChange>,
    pub relation: Option<ReadyRelation>,
    pub redaction: Option<ReadyRedaction>,
    pub notice: Notice,
    /// Members for whom `notice` is not right.
    pub personal: Vec<(UserKey, Notice)>,
    pub sticky: Option<StickyMs>,
    pub txn: Option<Txn>,
}

impl Appended {
    pub fn event_id(&self) -> &OwnedEventId {
        &self.pdu.event_id
    }
}

/// A membership that changed, or a member's new name.
#[derive(Clone, Debug)]
pub struct MemberChange {
    pub user: UserKey,
    pub user_id: OwnedUserId,
    pub before: Option<MemberRow>,
    pub after: MemberRow,
}

impl MemberChange {
    /// Whether the user was joined before and is not any more, or the other way round.
    pub fn joins(&self) -> bool {
        self.after.membership == Membership::Join
            && self.before.is_none_or(|before| before.membership != Membership::Join)
    }

    pub fn leaves(&self) -> bool {
        self.after.membership != Membership::Join
            && self.before.is_some_and(|before| before.membership == Membership::Join)
    }
}

/// Something that adds rows for each accepted event. Pure: no I/O, everything it needs is in the arguments.
pub trait Projection: Send + Sync {
    /// Rows for `appended`; `room` stands after it.
    fn rows(&self, appended: &Appended, room: &RoomNow, rows: &mut Batch);
}

/// Authorizes, builds and signs the event, and moves the room on. On an error the room is as it was.
pub fn append(
    room: &mut RoomNow,
    ready: Ready,
    signer: Signer<'_>,
    predefined: &ruma::push::Ruleset,
) -> Result<Appended, RoomError> {
    let auth: Vec<StateEvent> =
        auth_keys(&ready.draft, &room.rules)?.iter().filter_map(|key| room.state(key).cloned()).collect();
    let auth_ids: Vec<OwnedEventId> = auth.iter().map(|event| event.pdu.event_id.clone()).collect();
    let Ready { draft, sender, state, relation, redaction, candidates, txn, .. } = ready;
    let sticky = draft.sticky;
    let place = Place {
        room_id: room.id.as_deref(),
        prev_events: &room.extremity_ids,
        auth_events: &auth_ids,
        depth: room.head.rest.depth + 1,
    };
    let built = build(draft, place, signer, &room.rules)?;
    check(room, &built.pdu, &auth)?;
    if room.id.is_none() {
        room.id = Some(room_id_of_create(&built.pdu.event_id)?);
    }
    let pdu = Arc::new(built.pdu);
    let (key, order) = (EventKey { room: room.key, seq: room.head.next_seq }, room.head.rest.next_order);
    let meta = meta(room, &pdu, sender, state.as_ref(), &auth, order, relation.as_ref(), txn.as_ref());
    let member = state.as_ref().and_then(|state| member_change(room, &pdu, state, key.seq, order));
    let (notice, personal) = notices::judge(room, &built.json, sender, &candidates, predefined);
    let relation = relation.map(|relation| finished(relation, key.seq, &meta));
    advance(room, &pdu, key.seq, state.as_ref(), member.as_ref());
    note(room, relation.as_ref(), redaction.as_ref());
    let state = state.map(|state| (state.id, state.nodes));
    let stored = StoredEvent { meta, json: built.json.into() };
    Ok(Appended { key, order, pdu, sender, stored, state, member, relation, redaction, notice, personal, sticky, txn })
}

fn check(room: &RoomNow, pdu: &Pdu, auth: &[StateEvent]) -> Result<(), RoomError> {
    let create = room.single(ruma::events::StateEventType::RoomCreate);
    let by_id = |id: &OwnedEventId| {
        auth.iter().chain(create).find(|event| event.pdu.event_id == *id).map(|event| Arc::clone(&event.pdu))
    };
    let state = |kind: &ruma::events::StateEventType, key: &str| {
        room.state(&StateKey::new(kind.clone(), key)).map(|event| Arc::clone(&event.pdu))
    };
    Ok(authorize(&room.rules, pdu, state, by_id)?)
}

#[expect(clippy::too_many_arguments, reason = "the parts of one value, each named by its type")]
fn meta(
    room: &RoomNow,
    pdu: &Pdu,
    sender: UserKey,
    state: Option<&ReadyState>,
    auth: &[StateEvent],
    order: i64,
    relation: Option<&ReadyRelation>,
    txn: Option<&Txn>,
) -> EventMeta {
    EventMeta {
        seq: room.head.next_seq,
        id: event_id_bytes(&pdu.event_id),
        order: Some(order),
        sender,
        state_id: state.map(|state| state.id.0),
        replaces: state.and_then(|state| state.replaces),
        depth: pdu.depth,
        ts_ms: pdu.origin_server_ts.get().into(),
        root: state.map_or(room.head.rest.root, |state| state.root),
        root_before: state.map(|_| room.head.rest.root),
        auth: auth.iter().map(|event| event.seq).collect(),
        rejected: false,
        soft_failed: false,
        redacted_by: None,
        relates_to: relation.map(|relation| relation.relation),
        sent_as: txn.and_then(|txn| txn.sent_as.clone()),
    }
}

#[derive(Deserialize)]
struct MembershipContent {
    membership: String,
}

fn member_change(room: &RoomNow, pdu: &Pdu, state: &ReadyState, seq: u64, order: i64) -> Option<MemberChange> {
    let user = state.target?;
    let user_id = OwnedUserId::try_from(state.key.key.as_str()).ok()?;
    let membership = Membership::from_name(&pdu.content_as::<MembershipContent>()?.membership)?;
    let before = room.members.get(&user).copied();
    let since = before.filter(|before| before.membership == membership).map_or(order, |before| before.since);
    let leaves = membership != Membership::Join && before.is_some_and(|before| before.membership == Membership::Join);
    let left_at = if leaves { Some(order) } else { before.and_then(|before| before.left_at) };
    // What was forgotten stays so while the user is away; an invitation, or being joined again, brings the room back.
    let forgotten =
        before.is_some_and(|before| before.forgotten) && matches!(membership, Membership::Leave | Membership::Ban);
    Some(MemberChange { user, user_id, before, after: MemberRow { membership, seq, since, left_at, forgotten } })
}

/// Puts the edit's own number, time and id into the bundle, unless the edit that counted is later.
fn finished(mut ready: ReadyRelation, seq: u64, meta: &EventMeta) -> ReadyRelation {
    let Some(bundle) = &mut ready.bundle else { return ready };
    match ready.relation.kind {
        RelationKind::Replace => {
            let this = (seq, meta.ts_ms, meta.id.clone());
            if bundle.edit.as_ref().is_none_or(|edit| (edit.1, &edit.2) < (this.1, &this.2)) {
                bundle.edit = Some(this);
            }
        }
        RelationKind::Reference => bundle.references.push(seq),
        RelationKind::Thread => {
            if let Some(thread) = &mut bundle.thread {
                thread.latest = seq;
                thread.latest_order = meta.order.unwrap_or_default();
            }
        }
        RelationKind::Annotation | RelationKind::Other => {}
    }
    ready
}

fn advance(room: &mut RoomNow, pdu: &Arc<Pdu>, seq: u64, state: Option<&ReadyState>, member: Option<&MemberChange>) {
    let rest = &mut room.head.rest;
    rest.next_order += 1;
    rest.depth = pdu.depth;
    rest.extremities = vec![seq];
    rest.last_ts_ms = pdu.origin_server_ts.get().into();
    room.head.next_seq = seq + 1;
    room.extremity_ids = vec![pdu.event_id.clone()];
    if let Some(state) = state {
        room.head.rest.root = state.root;
        room.fresh_nodes.extend(state.nodes.iter().cloned());
        room.set_state(state.key.clone(), StateEvent { seq, pdu: Arc::clone(pdu) });
    }
    if let Some(change) = member {
        count(room, change);
        room.members.insert(change.user, change.after);
        if change.joins() {
            room.deviating_as_of = None;
        } else if change.leaves() {
            room.deviating.retain(|member| member.user != change.user);
        }
    }
}

fn count(room: &mut RoomNow, change: &MemberChange) {
    let rest = &mut room.head.rest;
    match change.before.map(|before| before.membership) {
        Some(Membership::Join) => rest.joined -= 1,
        Some(Membership::Invite) => rest.invited -= 1,
        _ => {}
    }
    match change.after.membership {
        Membership::Join => rest.joined += 1,
        Membership::Invite => rest.invited += 1,
        _ => {}
    }
}

/// Keeps in memory what the next events of the room read before this one is committed.
fn note(room: &mut RoomNow, relation: Option<&ReadyRelation>, redaction: Option<&ReadyRedaction>) {
    if let Some(relation) = relation
        && let Some(bundle) = &relation.bundle
    {
        room.bundles.insert(relation.relation.parent, bundle.clone());
    }
    if let Some(redaction) = redaction {
        if let Some(pdu) = &redaction.pdu {
            room.replace_state(redaction.seq, pdu);
        }
        if let Some(unrelated) = &redaction.unrelated {
            room.bundles.insert(unrelated.parent, unrelated.bundle.clone());
        }
    }
}
