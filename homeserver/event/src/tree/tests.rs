//! The tree against an ordinary map.

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use proptest::prelude::*;

use super::{Change, Missing, Node, NodeHash, Nodes, build, decode, diff, encode, entries, get, hash_of, set};

#[derive(Default)]
struct Stored(HashMap<NodeHash, Arc<Node>>);

impl Nodes for Stored {
    fn node(&self, hash: NodeHash) -> Option<Arc<Node>> {
        self.0.get(&hash).cloned()
    }
}

impl Stored {
    fn set(&mut self, root: NodeHash, key: u64, value: u64) -> NodeHash {
        let (root, written) = set(self, root, key, value).expect("all nodes are there");
        self.0.extend(written);
        root
    }
}

/// Keys as ids are given out: mostly small, sometimes anything.
fn key() -> impl Strategy<Value = u64> {
    prop_oneof![4 => 0..300_u64, 1 => any::<u64>()]
}

proptest! {
    #[test]
    fn the_tree_answers_like_a_map(writes in prop::collection::vec((key(), 0..50_u64), 0..400)) {
        let mut stored = Stored::default();
        let (mut root, mut map) = (NodeHash::EMPTY, BTreeMap::new());
        for (key, value) in &writes {
            root = stored.set(root, *key, *value);
            map.insert(*key, *value);
        }
        for (key, value) in &map {
            prop_assert_eq!(get(&stored, root, *key), Ok(Some(*value)));
        }
        prop_assert_eq!(get(&stored, root, 1 << 40), Ok(map.get(&(1 << 40)).copied()));
        let all: BTreeMap<u64, u64> = entries(&stored, root).expect("complete").into_iter().collect();
        prop_assert_eq!(&all, &map);
        prop_assert_eq!(build(map).0, root, "the same entries give the same root in every order");
    }

    #[test]
    fn a_difference_is_what_differs(
        first in prop::collection::btree_map(key(), 0..50_u64, 0..200),
        writes in prop::collection::btree_map(key(), 0..50_u64, 0..40),
    ) {
        let mut stored = Stored::default();
        let (before, nodes) = build(first.clone());
        stored.0.extend(nodes);
        let (mut after, mut second) = (before, first.clone());
        for (key, value) in &writes {
            after = stored.set(after, *key, *value);
            second.insert(*key, *value);
        }
        let expected: Vec<Change> = second
            .iter()
            .filter(|(key, value)| first.get(key) != Some(value))
            .map(|(key, value)| Change { key: *key, before: first.get(key).copied(), after: Some(*value) })
            .collect();
        prop_assert_eq!(diff(&stored, before, after), Ok(expected.clone()));
        let turned: Vec<Change> =
            expected.into_iter().map(|change| Change { before: change.after, after: change.before, ..change }).collect();
        prop_assert_eq!(diff(&stored, after, before), Ok(turned));
    }

    #[test]
    fn a_node_is_read_back_as_it_was_written(all in prop::collection::btree_map(any::<u64>(), any::<u64>(), 0..100)) {
        for (hash, node) in build(all).1 {
            let bytes = encode(&node);
            prop_assert_eq!(hash_of(&bytes), hash);
            prop_assert_eq!(decode(&bytes), Some((*node).clone()));
            prop_assert_ne!(decode(&bytes[..bytes.len() - 1]), Some((*node).clone()));
        }
    }
}

#[test]
fn what_is_not_there_is_named() {
    let (root, nodes) = build((0..100).map(|key| (key, key)));
    let mut stored = Stored::default();
    assert_eq!(entries(&stored, root), Err(Missing(vec![root])));
    assert_eq!(get(&stored, root, 3), Err(Missing(vec![root])));
    stored.0.insert(root, nodes.iter().find(|(hash, _)| *hash == root).expect("the root is new").1.clone());
    let Err(Missing(next)) = entries(&stored, root) else { panic!("the second level is not there yet") };
    assert!(next.len() > 1, "a whole level is named at once");
}

#[test]
fn one_change_in_a_large_state_writes_few_nodes() {
    let (root, nodes) = build((0..100_000).map(|key| (key, key)));
    let mut stored = Stored::default();
    stored.0.extend(nodes);
    let (_, written) = set(&stored, root, 50_000, 7).expect("complete");
    assert!(written.len() <= 5, "{} nodes", written.len());
    let bytes: usize = written.iter().map(|(_, node)| encode(node).len()).sum();
    assert!(bytes < 1_300, "{bytes} bytes");
}
