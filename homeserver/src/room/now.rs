//! [`RoomNow`]: a room as its writer has it in memory: where it stands, who is in it, and the state that decides about events.
//!
//! It runs ahead of the store by the batches that are being committed. Everything of those is held here until they are.

use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

use consilium_event::{
    Membership, Pdu, RoomRules, StateKey,
    tree::{self, NodeHash},
};
use consilium_store::{Direction, StoreError, View};
use ruma::{
    OwnedEventId, OwnedRoomId, OwnedUserId, RoomId, RoomVersionId,
    events::{
        StateEventType,
        room::power_levels::{RoomPowerLevels, RoomPowerLevelsEventContent, RoomPowerLevelsSource},
    },
    push::Ruleset,
    state_res::events::RoomCreateEvent,
};

use super::{
    base::Base,
    nodes::FreshNodes,
    read,
    rows::{Bundle, HeadRest, MemberRow, RoomHead, RoomInfo},
};
use crate::{
    ids::{RoomKey, UserKey},
    keyspaces,
};

/// An event of the current state.
#[derive(Clone, Debug)]
pub struct StateEvent {
    pub seq: u64,
    pub pdu: Arc<Pdu>,
}

/// A member whose push rules are not the predefined ones.
#[derive(Clone, Debug)]
pub struct Deviating {
    pub user: UserKey,
    pub user_id: OwnedUserId,
    pub rules: Arc<Ruleset>,
}

/// Entries of state that are kept in memory when nothing is under way; the rest is read again when it is needed.
const STATE_KEPT_MAX: usize = 2_000;

/// See the head of this file.
pub struct RoomNow {
    pub key: RoomKey,
    /// Unknown only until the create event is built, in a version whose room id is that event's hash.
    pub id: Option<OwnedRoomId>,
    pub rules: RoomRules,
    pub head: RoomHead,
    pub extremity_ids: Vec<OwnedEventId>,
    /// Everybody who ever had to do with the room.
    pub members: HashMap<UserKey, MemberRow>,
    pub fresh_nodes: FreshNodes,
    pub bundles: HashMap<u64, Bundle>,
    pub deviating: Vec<Deviating>,
    /// What [`crate::push::Rules::generation`] was when `deviating` was read; `None` when members joined since.
    pub deviating_as_of: Option<u64>,
    state: HashMap<StateKey, Option<StateEvent>>,
    power: Option<Arc<RoomPowerLevels>>,
}

impl RoomNow {
    /// A room that has no event yet.
    pub fn new(key: RoomKey, id: Option<OwnedRoomId>, rules: RoomRules) -> Self {
        let rest = HeadRest {
            next_order: 1,
            depth: 0,
            extremities: Vec::new(),
            root: NodeHash::EMPTY,
            joined: 0,
            invited: 0,
            last_ts_ms: 0,
        };
        Self {
            key,
            id,
            rules,
            head: RoomHead { next_seq: 1, rest },
            extremity_ids: Vec::new(),
            members: HashMap::new(),
            fresh_nodes: HashMap::new(),
            bundles: HashMap::new(),
            deviating: Vec::new(),
            deviating_as_of: None,
            state: HashMap::new(),
            power: None,
        }
    }

    /// Reads where the room stands; `None` when there is no such room.
    pub async fn load(base: &Base, view: &dyn View, key: RoomKey) -> Result<Option<Self>, StoreError> {
        let Some((_, head)) = keyspaces::ROOM_HEADS.get_versioned(view, &key).await? else { return Ok(None) };
        let Some(info) = keyspaces::ROOM_INFO.get(view, &key).await? else { return Ok(None) };
        let mut room = Self::new(key, Some(base.ids.room_id(view, key).await?), rules_of(&info)?);
        for seq in &head.rest.extremities {
            room.extremity_ids.push(read::event_id(&read::event(view, key, *seq).await?.meta.id)?);
        }
        room.head = head;
        room.members = members(view, key).await?;
        Ok(Some(room))
    }

    /// The room's id. Only a room whose create event is not built yet has none, and that is known to nobody else.
    pub fn id(&self) -> &RoomId {
        self.id.as_deref().expect("the create event is the first that is built")
    }

    /// The current state event at `key`, which [`RoomNow::read_state`] has read, or the writer set.
    pub fn state(&self, key: &StateKey) -> Option<&StateEvent> {
        self.state.get(key).and_then(Option::as_ref)
    }

    pub fn single(&self, kind: StateEventType) -> Option<&StateEvent> {
        self.state(&StateKey::single(kind))
    }

    /// Reads the state event at `key` unless it is known already.
    pub async fn read_state(&mut self, base: &Base, view: &dyn View, key: &StateKey) -> Result<(), StoreError> {
        if self.state.contains_key(key) {
            return Ok(());
        }
        let found = self.find_state(base, view, key).await?;
        self.state.insert(key.clone(), found);
        Ok(())
    }

    async fn find_state(&self, base: &Base, view: &dyn View, key: &StateKey) -> Result<Option<StateEvent>, StoreError> {
        let Some(id) = base.ids.state_key(view, key).await? else { return Ok(None) };
        let root = self.head.rest.root;
        let seq = base.nodes.ask(view, self.key, Some(&self.fresh_nodes), |nodes| tree::get(nodes, root, id.0)).await?;
        let Some(seq) = seq else { return Ok(None) };
        let stored = read::event(view, self.key, seq).await?;
        let pdu = Pdu::from_json(read::event_id(&stored.meta.id)?, &stored.json)
            .map_err(|error| StoreError::Corrupt { table: keyspaces::EVENTS.table.name, reason: error.to_string() })?;
        Ok(Some(StateEvent { seq, pdu: Arc::new(pdu) }))
    }

    /// Sets a state event that was just appended, or took another form by a redaction.
    pub fn set_state(&mut self, key: StateKey, event: StateEvent) {
        if matches!(key.kind, StateEventType::RoomPowerLevels | StateEventType::RoomCreate) {
            self.power = None;
        }
        self.state.insert(key, Some(event));
    }

    /// Replaces the event of number `seq`, when it is part of the known state.
    pub fn replace_state(&mut self, seq: u64, pdu: &Arc<Pdu>) {
        for event in self.state.values_mut().flatten().filter(|event| event.seq == seq) {
            event.pdu = Arc::clone(pdu);
            self.power = None;
        }
    }

    /// Power levels by the state that is known: create event and power levels must have been read.
    pub fn power(&mut self) -> Arc<RoomPowerLevels> {
        if let Some(power) = &self.power {
            return Arc::clone(power);
        }
        let content = self.single(StateEventType::RoomPowerLevels).and_then(|event| event.pdu.content_as());
        let source = content.map_or(RoomPowerLevelsSource::None, |content: RoomPowerLevelsEventContent| {
            RoomPowerLevelsSource::Original(content)
        });
        let creators: BTreeSet<OwnedUserId> = self.creators();
        let power = Arc::new(RoomPowerLevels::new(source, &self.rules.rules.authorization, creators));
        self.power = Some(Arc::clone(&power));
        power
    }

    fn creators(&self) -> BTreeSet<OwnedUserId> {
        self.single(StateEventType::RoomCreate)
            .and_then(|event| RoomCreateEvent::new(&*event.pdu).creators(&self.rules.rules.authorization).ok())
            .map(|creators| creators.into_iter().collect())
            .unwrap_or_default()
    }

    pub fn membership(&self, user: UserKey) -> Membership {
        self.members.get(&user).map_or(Membership::Leave, |row| row.membership)
    }

    /// Whether the user has, or had, anything to do with the room.
    pub fn knows(&self, user: UserKey) -> bool {
        self.members.contains_key(&user)
    }

    pub fn joined(&self) -> impl Iterator<Item = UserKey> {
        self.members.iter().filter(|(_, row)| row.membership == Membership::Join).map(|(user, _)| *user)
    }

    /// Forgets what can be read again. Only when nothing is under way.
    pub fn trim(&mut self) {
        self.fresh_nodes.clear();
        self.bundles.clear();
        if self.state.len() > STATE_KEPT_MAX {
            self.state.retain(|key, _| key.key.is_empty());
        }
    }
}

pub fn rules_of(info: &RoomInfo) -> Result<RoomRules, StoreError> {
    RoomVersionId::try_from(info.version.as_str()).ok().as_ref().and_then(RoomRules::of).ok_or_else(|| {
        StoreError::Corrupt {
            table: keyspaces::ROOM_INFO.table.name,
            reason: format!("room version {} is not known to this build", info.version),
        }
    })
}

/// Everybody who ever had to do with the room.
async fn members(view: &dyn View, key: RoomKey) -> Result<HashMap<UserKey, MemberRow>, StoreError> {
    let mut members = HashMap::new();
    let mut from = 0;
    loop {
        let rows = keyspaces::ROOM_MEMBERS
            .scan_range(
                view,
                &(key, UserKey(from)),
                &(RoomKey(key.0 + 1),),
                consilium_store::limits::RANGE_ROWS_MAX,
                Direction::Forward,
            )
            .await?;
        let Some(((_, last), _)) = rows.last() else { return Ok(members) };
        from = last.0 + 1;
        members.extend(rows.into_iter().map(|((_, user), row)| (user, row)));
    }
}

/// Rows that one look for members reads.
const MEMBERS_PAGE: usize = 200;

/// The first `limit` people, the user `but` left out, whose membership is `wanted`, in the order in which their users came to this server.
pub async fn first_members(
    view: &dyn View,
    key: RoomKey,
    but: UserKey,
    limit: usize,
    wanted: impl Fn(Membership) -> bool + Send + Sync,
) -> Result<Vec<UserKey>, StoreError> {
    let mut found = Vec::new();
    let mut from = 0;
    loop {
        let bounds = ((key, UserKey(from)), (RoomKey(key.0 + 1),));
        let rows =
            keyspaces::ROOM_MEMBERS.scan_range(view, &bounds.0, &bounds.1, MEMBERS_PAGE, Direction::Forward).await?;
        let fits = rows.iter().filter(|((_, user), row)| *user != but && wanted(row.membership));
        found.extend(fits.map(|((_, user), _)| *user).take(limit - found.len()));
        match rows.last() {
            Some(((_, last), _)) if rows.len() == MEMBERS_PAGE && found.len() < limit => from = last.0 + 1,
            _ => return Ok(found),
        }
    }
}
