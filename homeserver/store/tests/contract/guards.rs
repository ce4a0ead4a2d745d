//! What a batch rests on.

use bytes::Bytes;
use consilium_store::{Batch, CommitError, Keyspace, Position};

use crate::{POINTS, SCANS, Store, position};

const HEADS: Keyspace<(u64,), Bytes> = Keyspace::new(POINTS, 1);
const LEASES: Keyspace<(u64,), u64> = Keyspace::new(SCANS, 1);

/// Puts head 1 if the guards hold that `guard` adds.
async fn put_if(store: &Store, guard: impl FnOnce(&mut Batch)) -> Result<Position, CommitError> {
    let mut batch = Batch::new();
    guard(&mut batch);
    HEADS.put_versioned(&mut batch, &(1,), &Bytes::from_static(b"head"));
    store.commit(batch).await
}

const CONFLICT: CommitError = CommitError::Conflict { guard: 0 };

pub(crate) async fn an_absent_guard_holds_once(store: Store) {
    assert_eq!(put_if(&store, |batch| HEADS.guard_absent(batch, &(1,))).await, Ok(position(1)));
    assert_eq!(put_if(&store, |batch| HEADS.guard_absent(batch, &(1,))).await, Err(CONFLICT));
    let mut delete = Batch::new();
    HEADS.delete(&mut delete, &(1,));
    store.commit(delete).await.unwrap();
    assert_eq!(put_if(&store, |batch| HEADS.guard_absent(batch, &(1,))).await, Ok(position(3)));
}

pub(crate) async fn a_version_guard_holds_until_the_value_is_written_again(store: Store) {
    let version = put_if(&store, |_| {}).await.unwrap();
    let next = put_if(&store, |batch| HEADS.guard_equals(batch, &(1,), version)).await.unwrap();
    assert_eq!(put_if(&store, |batch| HEADS.guard_equals(batch, &(1,), version)).await, Err(CONFLICT));
    assert_eq!(put_if(&store, |batch| HEADS.guard_equals(batch, &(1,), next)).await, Ok(position(3)));
}

pub(crate) async fn a_version_guard_fails_on_what_is_deleted_or_never_was(store: Store) {
    assert_eq!(put_if(&store, |batch| HEADS.guard_equals(batch, &(1,), position(0))).await, Err(CONFLICT));
    let version = put_if(&store, |_| {}).await.unwrap();
    let mut delete = Batch::new();
    HEADS.delete(&mut delete, &(1,));
    // Shorter than a version.
    HEADS.put(&mut delete, &(2,), &Bytes::from_static(b"short"));
    store.commit(delete).await.unwrap();
    assert_eq!(put_if(&store, |batch| HEADS.guard_equals(batch, &(1,), version)).await, Err(CONFLICT));
    assert_eq!(put_if(&store, |batch| HEADS.guard_equals(batch, &(2,), version)).await, Err(CONFLICT));
}

pub(crate) async fn an_epoch_guard_follows_the_lease(store: Store) {
    let under = |epoch| put_if(&store, move |batch| LEASES.guard_epoch(batch, &(1,), epoch));
    assert_eq!(under(7).await, Err(CommitError::LeaseLost));
    let mut take = Batch::new();
    LEASES.put_versioned(&mut take, &(1,), &7);
    store.commit(take).await.unwrap();
    assert_eq!(under(7).await, Ok(position(2)));
    let mut take = Batch::new();
    LEASES.put_versioned(&mut take, &(1,), &8);
    store.commit(take).await.unwrap();
    assert_eq!(under(7).await, Err(CommitError::LeaseLost));
    assert_eq!(under(8).await, Ok(position(4)));
}

pub(crate) async fn a_refused_batch_leaves_nothing_and_takes_no_position(store: Store) {
    put_if(&store, |_| {}).await.unwrap();
    let mut refused = Batch::new();
    HEADS.put(&mut refused, &(2,), &Bytes::new());
    HEADS.guard_absent(&mut refused, &(1,));
    HEADS.delete(&mut refused, &(1,));
    assert_eq!(store.commit(refused).await, Err(CONFLICT));
    assert_eq!(store.position(), position(1));
    let found = HEADS.get_many(&*store.view(), &[(1,), (2,)]).await.unwrap();
    assert!(found[0].is_some() && found[1].is_none());
    assert_eq!(put_if(&store, |_| {}).await, Ok(position(2)));
}

pub(crate) async fn guards_look_at_the_store_before_their_own_batch(store: Store) {
    // The batch puts the very key that it wants absent, and deletes the one whose version it names.
    let version = put_if(&store, |_| {}).await.unwrap();
    let mut batch = Batch::new();
    HEADS.put(&mut batch, &(2,), &Bytes::new());
    HEADS.delete(&mut batch, &(1,));
    HEADS.guard_absent(&mut batch, &(2,));
    HEADS.guard_equals(&mut batch, &(1,), version);
    assert_eq!(store.commit(batch).await, Ok(position(2)));
}

pub(crate) async fn the_first_guard_that_fails_is_named(store: Store) {
    put_if(&store, |_| {}).await.unwrap();
    let mut batch = Batch::new();
    HEADS.guard_absent(&mut batch, &(9,));
    HEADS.guard_absent(&mut batch, &(1,));
    LEASES.guard_epoch(&mut batch, &(1,), 1);
    assert_eq!(store.commit(batch).await, Err(CommitError::Conflict { guard: 1 }));
}
