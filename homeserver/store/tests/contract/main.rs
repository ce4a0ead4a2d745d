//! The contract of the store, one suite run against each engine: `memory::…` and `rocks::…`.
//!
//! What only the engine on disk promises (locks, forms, failing disks) is in `tests/rocks.rs`.
#![expect(clippy::unwrap_used, reason = "tests")]

mod batches;
mod concurrency;
mod guards;
mod model;
mod views;

use std::{path::Path, sync::Arc};

use consilium_store::{
    Access, Engine, MemoryEngine, OpenOptions, Position, RocksEngine, SharedLimits, SharedResources, Table, View,
};

pub(crate) const POINTS: Table = Table { name: "points", access: Access::Point };
/// Keys begin with the tag and a u64.
pub(crate) const SCANS: Table = Table { name: "scans", access: Access::Scan { prefix_bytes: 9 } };
pub(crate) const COUNTERS: Table = Table { name: "counters", access: Access::Counter };
pub(crate) const TABLES: [Table; 3] = [POINTS, SCANS, COUNTERS];

/// One open store of either engine.
pub(crate) struct Store {
    engine: Arc<dyn Engine>,
    /// Of the engine on disk; removed with the store.
    folder: Option<tempfile::TempDir>,
}

impl Store {
    pub(crate) fn memory() -> Self {
        Self { engine: Arc::new(MemoryEngine::new(&TABLES)), folder: None }
    }

    pub(crate) fn rocks() -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self { engine: open_rocks(folder.path()), folder: Some(folder) }
    }

    /// Closes and opens again what is on disk; the one in memory has nothing to come back from and stays.
    pub(crate) async fn reopen(&mut self) {
        if let Some(folder) = &self.folder {
            self.engine.close().await;
            self.engine = Arc::new(MemoryEngine::new(&[]));
            self.engine = open_rocks(folder.path());
        }
    }

    pub(crate) fn view(&self) -> Arc<dyn View> {
        self.engine.view()
    }
}

impl std::ops::Deref for Store {
    type Target = dyn Engine;

    fn deref(&self) -> &Self::Target {
        &*self.engine
    }
}

fn open_rocks(folder: &Path) -> Arc<dyn Engine> {
    let shared = SharedResources::new(SharedLimits::default());
    Arc::new(RocksEngine::open_blocking(folder, &TABLES, &shared, OpenOptions::named("test")).unwrap())
}

pub(crate) fn position(number: u64) -> Position {
    Position(number)
}

/// Each function once for each engine.
macro_rules! on_each_engine {
    ($($file:ident: $($case:ident)*;)*) => {
        mod memory {
            $(mod $file {
                $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn $case() {
                    crate::$file::$case(crate::Store::memory()).await;
                })*
            })*
        }
        mod rocks {
            $(mod $file {
                $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn $case() {
                    crate::$file::$case(crate::Store::rocks()).await;
                })*
            })*
        }
    };
}

on_each_engine! {
    batches:
        a_committed_batch_is_read_back
        later_operations_see_earlier_ones
        stamps_carry_the_position_of_their_commit
        stamped_rows_are_read_in_the_order_of_their_commits
        a_prefix_is_deleted_with_what_the_batch_put_there
        a_long_range_is_deleted_as_a_short_one
        counters_add_up
        a_batch_over_a_limit_is_refused_whole
        a_table_that_was_not_listed_is_refused
        positions_go_on_after_a_reopening
        a_closed_store_takes_no_batches_and_is_still_read;
    guards:
        an_absent_guard_holds_once
        a_version_guard_holds_until_the_value_is_written_again
        a_version_guard_fails_on_what_is_deleted_or_never_was
        an_epoch_guard_follows_the_lease
        a_refused_batch_leaves_nothing_and_takes_no_position
        guards_look_at_the_store_before_their_own_batch
        the_first_guard_that_fails_is_named;
    views:
        a_view_sees_nothing_that_comes_later
        ranges_keep_order_bounds_limits_and_direction
        long_ranges_come_whole_in_both_directions
        an_empty_range_has_no_rows
        many_keys_are_answered_in_their_order
        a_value_of_another_form_is_reported_as_corrupt
        typed_rows_come_back_as_they_went;
    concurrency:
        concurrent_batches_get_gap_free_positions_in_the_order_they_become_visible
        of_many_guarded_writers_exactly_one_wins_each_round
        submitted_batches_keep_their_order
        counters_lose_nothing_among_concurrent_adders;
}
