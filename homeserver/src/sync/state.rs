//! Which state events an answer carries: the difference of two states, less what the client loads lazily.

use std::collections::HashSet;

use consilium_event::{
    StateKey,
    tree::{self, NodeHash},
};
use consilium_store::{StoreError, View};
use ruma::{OwnedUserId, api::client::filter::RoomEventFilter, events::StateEventType};

use super::window::is_wanted;
use crate::{
    ids::{RoomKey, StateId},
    room::{base::Base, read, rows::StoredEvent},
};

/// Which members' events a client wants.
#[derive(Clone, Debug)]
pub enum Members {
    All,
    /// Those of these users only: the senders in the timeline, and whoever else is needed to show the room.
    Of(HashSet<OwnedUserId>),
}

/// State events that the client lacks, with their numbers, by rising number.
pub async fn missing(
    base: &Base,
    view: &dyn View,
    room: RoomKey,
    step: Step,
    members: &Members,
    filter: &RoomEventFilter,
) -> Result<Vec<(u64, StoredEvent)>, StoreError> {
    let mut seqs = Vec::new();
    let mut loaded = HashSet::new();
    for (id, seq) in difference(base, view, room, step).await? {
        let key = base.ids.state_key_of(view, StateId(id)).await?;
        if is_member_needed(members, &key) {
            loaded.insert(key.key);
            seqs.push(seq);
        }
    }
    if let Members::Of(users) = members {
        seqs.extend(unchanged_members(base, view, room, step.after, users, &loaded).await?);
    }
    seqs.sort_unstable();
    let events = read::events(view, room, &seqs).await?;
    Ok(seqs.into_iter().zip(events).filter(|(_, event)| is_wanted(filter, event)).collect())
}

/// From the state that the client has to the one that it shall have.
#[derive(Clone, Copy, Debug)]
pub struct Step {
    /// [`NodeHash::EMPTY`]: the client has nothing of the room.
    pub before: NodeHash,
    pub after: NodeHash,
}

async fn difference(base: &Base, view: &dyn View, room: RoomKey, step: Step) -> Result<Vec<(u64, u64)>, StoreError> {
    if step.before == step.after {
        return Ok(Vec::new());
    }
    if step.before == NodeHash::EMPTY {
        return base.nodes.ask(view, room, None, |nodes| tree::entries(nodes, step.after)).await;
    }
    let changes = base.nodes.diff(view, room, step.before, step.after).await?;
    Ok(changes.into_iter().filter_map(|change| Some((change.key, change.after?))).collect())
}

fn is_member_needed(members: &Members, key: &StateKey) -> bool {
    match members {
        Members::Of(users) if key.kind == StateEventType::RoomMember => {
            users.iter().any(|user| user.as_str() == key.key)
        }
        Members::All | Members::Of(_) => true,
    }
}

/// Member events of `users` that did not change between the two states: a client that loads members lazily may not have them.
async fn unchanged_members(
    base: &Base,
    view: &dyn View,
    room: RoomKey,
    root: NodeHash,
    users: &HashSet<OwnedUserId>,
    loaded: &HashSet<String>,
) -> Result<Vec<u64>, StoreError> {
    let mut seqs = Vec::new();
    for user in users.iter().filter(|user| !loaded.contains(user.as_str())) {
        let Some(id) = base.ids.state_key(view, &StateKey::member(user)).await? else { continue };
        seqs.extend(base.nodes.get(view, room, root, id).await?);
    }
    Ok(seqs)
}
