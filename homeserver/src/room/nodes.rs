//! The nodes of room states: read from the store when a question about a tree needs them, and kept by their name.

use std::{collections::HashMap, sync::Arc};

use bytes::Bytes;
use consilium_event::tree::{self, Change, Missing, NewNode, Node, NodeHash, Nodes};
use consilium_store::{Batch, StoreError, View};
use moka::sync::Cache;

use crate::{
    ids::{RoomKey, StateId},
    keyspaces,
};

/// Entries and children of nodes that are kept, of all rooms of a tenant together; one takes about 16 bytes.
const CACHED_ENTRIES_MAX: u64 = 500_000;

/// Nodes that are not committed yet, of one room.
pub type FreshNodes = HashMap<NodeHash, Arc<Node>>;

/// The nodes of one tenant's rooms. A node never changes, so what is kept is always right.
pub struct StateNodes {
    cache: Cache<(RoomKey, NodeHash), Arc<Node>>,
}

impl Default for StateNodes {
    fn default() -> Self {
        let weight = |_: &(RoomKey, NodeHash), node: &Arc<Node>| match &**node {
            Node::Leaf(entries) => u32::try_from(entries.len()).unwrap_or(u32::MAX),
            Node::Branch(children) => u32::try_from(children.len()).unwrap_or(u32::MAX),
        };
        Self { cache: Cache::builder().weigher(weight).max_capacity(CACHED_ENTRIES_MAX).build() }
    }
}

/// What one question has at hand.
pub struct AtHand<'a> {
    room: RoomKey,
    fresh: Option<&'a FreshNodes>,
    read: FreshNodes,
    cache: &'a Cache<(RoomKey, NodeHash), Arc<Node>>,
}

impl Nodes for AtHand<'_> {
    fn node(&self, hash: NodeHash) -> Option<Arc<Node>> {
        self.fresh
            .and_then(|fresh| fresh.get(&hash).cloned())
            .or_else(|| self.read.get(&hash).cloned())
            .or_else(|| self.cache.get(&(self.room, hash)))
    }
}

impl StateNodes {
    /// Answers `question` about trees of `room`, reading what it misses. `fresh` holds nodes that no view has yet.
    pub async fn ask<T>(
        &self,
        view: &dyn View,
        room: RoomKey,
        fresh: Option<&FreshNodes>,
        question: impl Fn(&AtHand<'_>) -> Result<T, Missing> + Send,
    ) -> Result<T, StoreError> {
        let mut at_hand = AtHand { room, fresh, read: HashMap::new(), cache: &self.cache };
        loop {
            match question(&at_hand) {
                Ok(answer) => return Ok(answer),
                Err(Missing(hashes)) => self.read(view, &mut at_hand, hashes).await?,
            }
        }
    }

    async fn read(&self, view: &dyn View, at_hand: &mut AtHand<'_>, hashes: Vec<NodeHash>) -> Result<(), StoreError> {
        let keys: Vec<_> = hashes.iter().map(|hash| (at_hand.room, hash.0)).collect();
        let found = keyspaces::STATE_NODES.get_many(view, &keys).await?;
        for (hash, bytes) in hashes.into_iter().zip(found) {
            let node = bytes.as_deref().and_then(tree::decode).map(Arc::new).ok_or_else(|| missing(hash))?;
            self.cache.insert((at_hand.room, hash), Arc::clone(&node));
            at_hand.read.insert(hash, node);
        }
        Ok(())
    }

    /// The number of the event at `id` in the state `root`.
    pub async fn get(
        &self,
        view: &dyn View,
        room: RoomKey,
        root: NodeHash,
        id: StateId,
    ) -> Result<Option<u64>, StoreError> {
        self.ask(view, room, None, |nodes| tree::get(nodes, root, id.0)).await
    }

    /// Numbers of all events of the state `root`, in their own order.
    pub async fn all(&self, view: &dyn View, room: RoomKey, root: NodeHash) -> Result<Vec<u64>, StoreError> {
        let entries = self.ask(view, room, None, |nodes| tree::entries(nodes, root)).await?;
        let mut seqs: Vec<u64> = entries.into_iter().map(|(_, seq)| seq).collect();
        seqs.sort_unstable();
        Ok(seqs)
    }

    /// What differs between two states.
    pub async fn diff(
        &self,
        view: &dyn View,
        room: RoomKey,
        before: NodeHash,
        after: NodeHash,
    ) -> Result<Vec<Change>, StoreError> {
        self.ask(view, room, None, |nodes| tree::diff(nodes, before, after)).await
    }

    /// Keeps nodes that were committed.
    pub fn keep(&self, room: RoomKey, nodes: impl IntoIterator<Item = NewNode>) {
        for (hash, node) in nodes {
            self.cache.insert((room, hash), node);
        }
    }
}

/// Adds the rows of new nodes.
pub fn put_nodes(batch: &mut Batch, room: RoomKey, nodes: &[NewNode]) {
    for (hash, node) in nodes {
        keyspaces::STATE_NODES.put(batch, &(room, hash.0), &Bytes::from(tree::encode(node)));
    }
}

fn missing(hash: NodeHash) -> StoreError {
    StoreError::Corrupt {
        table: keyspaces::STATE_NODES.table.name,
        reason: format!("no readable node {:02x?}", &hash.0[..4]),
    }
}
