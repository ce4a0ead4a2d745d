//! Room state as a persistent tree: a content-addressed hash trie from state key id to event number.
//!
//! A node is named by the hash of its bytes and never changes. Setting a key writes the nodes on its path only, so states share
//! what they have in common, and the difference of two states is found by looking only where the hashes differ. The form is
//! canonical: the same entries give the same root, in whatever order they were set.
//!
//! Pure: a function that needs a node which [`Nodes`] does not have answers [`Missing`]; the caller reads it and asks again.
//! Entries are never taken away: room state only replaces.

use std::sync::Arc;

/// A key of the tree: the short id of (type, state key).
pub type Key = u64;
/// A value of the tree: the number of an event in its room.
pub type Value = u64;

/// Most entries that a leaf holds; a set of more becomes a branch. A small room's whole state is one node.
const LEAF_ENTRIES_MAX: usize = 16;
/// Children of a branch: one for each value of four bits of the mixed key.
const FANOUT: usize = 16;
const BITS: u32 = 4;

/// The name of a node: the first 128 bits of the BLAKE3 hash of its bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub struct NodeHash(pub [u8; 16]);

impl NodeHash {
    /// The state without entries. It has no node.
    pub const EMPTY: Self = Self([0; 16]);
}

/// A part of a tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    /// At most [`LEAF_ENTRIES_MAX`] entries, by rising key.
    Leaf(Vec<(Key, Value)>),
    /// The children by four bits of the mixed key; an empty one is [`NodeHash::EMPTY`].
    Branch(Box<[NodeHash; FANOUT]>),
}

/// A node that was made, with its name.
pub type NewNode = (NodeHash, Arc<Node>);

/// Where nodes come from.
pub trait Nodes {
    fn node(&self, hash: NodeHash) -> Option<Arc<Node>>;
}

/// Nodes that must be read before the question can be answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missing(pub Vec<NodeHash>);

/// What differs between two states at a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    pub key: Key,
    pub before: Option<Value>,
    pub after: Option<Value>,
}

/// Spreads consecutive ids over the whole tree. Multiplying by an odd number loses nothing, so two keys part somewhere.
fn mixed(key: Key) -> u64 {
    key.wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

fn slot(key: Key, level: u32) -> usize {
    let shift = u64::BITS - BITS * (level + 1);
    usize::try_from((mixed(key) >> shift) & (FANOUT as u64 - 1)).expect("four bits fit")
}

fn fetch(nodes: &impl Nodes, hash: NodeHash) -> Result<Arc<Node>, Missing> {
    nodes.node(hash).ok_or_else(|| Missing(vec![hash]))
}

/// The event at `key` in the state `root`.
pub fn get(nodes: &impl Nodes, root: NodeHash, key: Key) -> Result<Option<Value>, Missing> {
    let mut hash = root;
    for level in 0.. {
        if hash == NodeHash::EMPTY {
            return Ok(None);
        }
        match &*fetch(nodes, hash)? {
            Node::Leaf(entries) => {
                return Ok(entries.binary_search_by_key(&key, |entry| entry.0).ok().map(|place| entries[place].1));
            }
            Node::Branch(children) => hash = children[slot(key, level)],
        }
    }
    Ok(None)
}

/// The state `root` with `key` set to `value`: its root, and the nodes that are new.
pub fn set(nodes: &impl Nodes, root: NodeHash, key: Key, value: Value) -> Result<(NodeHash, Vec<NewNode>), Missing> {
    let mut written = Vec::new();
    let hash = set_below(nodes, root, 0, (key, value), &mut written)?;
    Ok((hash, written))
}

fn set_below(
    nodes: &impl Nodes,
    hash: NodeHash,
    level: u32,
    entry: (Key, Value),
    written: &mut Vec<NewNode>,
) -> Result<NodeHash, Missing> {
    if hash == NodeHash::EMPTY {
        return Ok(write(Node::Leaf(vec![entry]), written));
    }
    match &*fetch(nodes, hash)? {
        Node::Leaf(entries) => {
            let mut entries = entries.clone();
            match entries.binary_search_by_key(&entry.0, |existing| existing.0) {
                Ok(place) if entries[place].1 == entry.1 => return Ok(hash),
                Ok(place) => entries[place].1 = entry.1,
                Err(place) => entries.insert(place, entry),
            }
            Ok(of_entries(entries, level, written))
        }
        Node::Branch(children) => {
            let slot = slot(entry.0, level);
            let child = set_below(nodes, children[slot], level + 1, entry, written)?;
            if child == children[slot] {
                return Ok(hash);
            }
            let mut children = children.clone();
            children[slot] = child;
            Ok(write(Node::Branch(children), written))
        }
    }
}

/// The canonical node of `entries` (by rising key, all below one slot of the level above).
fn of_entries(entries: Vec<(Key, Value)>, level: u32, written: &mut Vec<NewNode>) -> NodeHash {
    if entries.is_empty() {
        return NodeHash::EMPTY;
    }
    if entries.len() <= LEAF_ENTRIES_MAX {
        return write(Node::Leaf(entries), written);
    }
    let mut slots: [Vec<(Key, Value)>; FANOUT] = Default::default();
    for entry in entries {
        slots[slot(entry.0, level)].push(entry);
    }
    let children = slots.map(|entries| of_entries(entries, level + 1, written));
    write(Node::Branch(Box::new(children)), written)
}

fn write(node: Node, written: &mut Vec<NewNode>) -> NodeHash {
    let hash = hash_of(&encode(&node));
    written.push((hash, Arc::new(node)));
    hash
}

/// Root and nodes of a whole state. A later entry of the same key wins.
pub fn build(entries: impl IntoIterator<Item = (Key, Value)>) -> (NodeHash, Vec<NewNode>) {
    let sorted: std::collections::BTreeMap<Key, Value> = entries.into_iter().collect();
    let mut written = Vec::new();
    let root = of_entries(sorted.into_iter().collect(), 0, &mut written);
    (root, written)
}

/// Everything in the state `root`, in no order that means something. `Missing` names all nodes of the next level at once.
pub fn entries(nodes: &impl Nodes, root: NodeHash) -> Result<Vec<(Key, Value)>, Missing> {
    let (mut found, mut missing) = (Vec::new(), Vec::new());
    collect(nodes, root, &mut found, &mut missing);
    if missing.is_empty() { Ok(found) } else { Err(Missing(missing)) }
}

fn collect(nodes: &impl Nodes, hash: NodeHash, found: &mut Vec<(Key, Value)>, missing: &mut Vec<NodeHash>) {
    if hash == NodeHash::EMPTY {
        return;
    }
    match nodes.node(hash).as_deref() {
        None => missing.push(hash),
        Some(Node::Leaf(entries)) => found.extend_from_slice(entries),
        Some(Node::Branch(children)) => children.iter().for_each(|child| collect(nodes, *child, found, missing)),
    }
}

/// What differs between the states `before` and `after`, by rising key. Looks only below nodes that differ.
pub fn diff(nodes: &impl Nodes, before: NodeHash, after: NodeHash) -> Result<Vec<Change>, Missing> {
    let (mut changes, mut missing) = (Vec::new(), Vec::new());
    diff_below(nodes, before, after, &mut changes, &mut missing);
    if !missing.is_empty() {
        return Err(Missing(missing));
    }
    changes.sort_unstable_by_key(|change: &Change| change.key);
    Ok(changes)
}

fn diff_below(
    nodes: &impl Nodes,
    before: NodeHash,
    after: NodeHash,
    changes: &mut Vec<Change>,
    missing: &mut Vec<NodeHash>,
) {
    if before == after {
        return;
    }
    let read = |hash: NodeHash| if hash == NodeHash::EMPTY { None } else { Some((hash, nodes.node(hash))) };
    let (old, new) = (read(before), read(after));
    let absent = [&old, &new].into_iter().flatten().filter(|(_, node)| node.is_none()).map(|(hash, _)| *hash);
    let before_len = missing.len();
    missing.extend(absent);
    if missing.len() > before_len {
        return;
    }
    let node = |side: Option<(NodeHash, Option<Arc<Node>>)>| side.and_then(|(_, node)| node);
    if let (Some(Node::Branch(old)), Some(Node::Branch(new))) = (node(old).as_deref(), node(new).as_deref()) {
        for (old, new) in old.iter().zip(new.iter()) {
            diff_below(nodes, *old, *new, changes, missing);
        }
    } else {
        // One side is a leaf or nothing: at most a few entries stand against a subtree.
        let (mut old, mut new) = (Vec::new(), Vec::new());
        collect(nodes, before, &mut old, missing);
        collect(nodes, after, &mut new, missing);
        diff_entries(old, new, changes);
    }
}

fn diff_entries(mut old: Vec<(Key, Value)>, mut new: Vec<(Key, Value)>, changes: &mut Vec<Change>) {
    old.sort_unstable();
    new.sort_unstable();
    let (mut old, mut new) = (old.as_slice(), new.as_slice());
    loop {
        match (old.split_first(), new.split_first()) {
            (None, None) => return,
            (Some((&(key, before), rest)), other) if other.is_none_or(|(&(other, _), _)| key < other) => {
                changes.push(Change { key, before: Some(before), after: None });
                old = rest;
            }
            (Some((&(key, before), old_rest)), Some((&(other, after), new_rest))) if key == other => {
                if before != after {
                    changes.push(Change { key, before: Some(before), after: Some(after) });
                }
                (old, new) = (old_rest, new_rest);
            }
            (_, Some((&(key, after), rest))) => {
                changes.push(Change { key, before: None, after: Some(after) });
                new = rest;
            }
            (Some((_, rest)), None) => old = rest,
        }
    }
}

const LEAF: u8 = 1;
const BRANCH: u8 = 2;

/// The bytes of a node: a leaf is its kind and rising (key difference, value) as LEB128 numbers; a branch is its kind, the
/// bitmap of its children and their hashes.
pub fn encode(node: &Node) -> Vec<u8> {
    match node {
        Node::Leaf(entries) => {
            let mut out = vec![LEAF];
            let mut last = 0;
            for (key, value) in entries {
                put_number(key - last, &mut out);
                put_number(*value, &mut out);
                last = *key;
            }
            out
        }
        Node::Branch(children) => {
            let mut bitmap = 0_u16;
            let mut hashes = Vec::new();
            for (slot, child) in children.iter().enumerate().filter(|(_, child)| **child != NodeHash::EMPTY) {
                bitmap |= 1 << slot;
                hashes.extend_from_slice(&child.0);
            }
            let mut out = vec![BRANCH];
            out.extend_from_slice(&bitmap.to_be_bytes());
            out.extend(hashes);
            out
        }
    }
}

/// Reads what [`encode`] wrote; `None` when the bytes are not a node.
pub fn decode(bytes: &[u8]) -> Option<Node> {
    let (&kind, mut rest) = bytes.split_first()?;
    match kind {
        LEAF => {
            let mut entries = Vec::new();
            let mut key = 0_u64;
            while !rest.is_empty() {
                key = key.checked_add(take_number(&mut rest)?)?;
                entries.push((key, take_number(&mut rest)?));
            }
            Some(Node::Leaf(entries))
        }
        BRANCH => {
            let (bitmap, mut hashes) = rest.split_first_chunk::<2>()?;
            let bitmap = u16::from_be_bytes(*bitmap);
            let mut children = [NodeHash::EMPTY; FANOUT];
            for (slot, child) in children.iter_mut().enumerate() {
                if bitmap & (1 << slot) != 0 {
                    let (hash, after) = hashes.split_first_chunk::<16>()?;
                    *child = NodeHash(*hash);
                    hashes = after;
                }
            }
            hashes.is_empty().then(|| Node::Branch(Box::new(children)))
        }
        _ => None,
    }
}

/// The name of a node with these bytes.
pub fn hash_of(bytes: &[u8]) -> NodeHash {
    let hash = blake3::hash(bytes);
    NodeHash(*hash.as_bytes().first_chunk().expect("a hash has 32 bytes"))
}

fn put_number(mut number: u64, out: &mut Vec<u8>) {
    while number >= 0x80 {
        out.push(u8::try_from(number & 0x7F).expect("seven bits fit") | 0x80);
        number >>= 7;
    }
    out.push(u8::try_from(number).expect("below 128"));
}

fn take_number(bytes: &mut &[u8]) -> Option<u64> {
    let mut number = 0_u64;
    for shift in (0..u64::BITS).step_by(7) {
        let (&byte, rest) = bytes.split_first()?;
        *bytes = rest;
        number |= u64::from(byte & 0x7F) << shift;
        if byte & 0x80 == 0 {
            return Some(number);
        }
    }
    None
}

#[cfg(test)]
mod tests;
