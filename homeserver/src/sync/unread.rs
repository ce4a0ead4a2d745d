//! Unread counts: read from the timeline's notices after the user's receipt, corrected where his own rules say otherwise. What was
//! redacted does not count.
//!
//! Source: client-server API v1.19 §Receiving notifications; threads by §Threaded read receipts.

use std::collections::{BTreeMap, HashMap, HashSet};

use consilium_store::{Direction, StoreError, View};

use super::answer::UnreadCounts;
use crate::{
    account_data::Ignored,
    ids::{RoomKey, UserKey},
    keyspaces,
    receipts::Receipts,
    room::{read, rows::Notice},
};

/// Events that are counted at most: a client shows «99+» long before.
const COUNTED_MAX: usize = 1_000;

/// Counts of a room: of its main timeline and, where asked, of each thread.
#[derive(Debug, Default)]
pub struct Unread {
    pub main: UnreadCounts,
    pub threads: BTreeMap<String, UnreadCounts>,
}

/// Whether threads are counted by themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Threads {
    Apart,
    InMain,
}

/// Whose counts, from where at the latest.
#[derive(Clone, Copy, Debug)]
pub struct Reader {
    pub room: RoomKey,
    pub user: UserKey,
    /// Place of the event by which the user joined: what was said before does not count.
    pub joined_at: i64,
}

pub async fn unread(
    view: &dyn View,
    receipts: &Receipts,
    reader: Reader,
    ignored: &Ignored,
    threads: Threads,
) -> Result<Unread, StoreError> {
    let marks = Marks::new(reader.joined_at, receipts.own(view, reader.room, reader.user).await?);
    let start = (reader.room, marks.lowest().saturating_add(1));
    let rows = keyspaces::TIMELINE
        .scan_range_versioned(view, &start, &(reader.room, i64::MAX), COUNTED_MAX, Direction::Forward)
        .await?;
    if rows.is_empty() {
        return Ok(Unread::default());
    }
    let personal = personal(view, reader, marks.lowest()).await?;
    let redacted = redacted(view, reader.room, marks.lowest()).await?;
    let mut unread = Unread::default();
    let mut names: HashMap<u64, String> = HashMap::new();
    for ((_, order), _, entry) in rows {
        let notice = personal.get(&order).copied().unwrap_or(entry.notice);
        let is_nothing = notice == Notice::None || redacted.contains(&order);
        if is_nothing || entry.sender == reader.user || ignored.contains(&entry.sender) {
            continue;
        }
        let thread = match entry.thread {
            Some(root) => Some(thread_name(view, reader.room, root, &mut names).await?),
            None => None,
        };
        if order <= marks.of(thread.as_deref()) {
            continue;
        }
        let counts = match thread {
            Some(thread) if threads == Threads::Apart => unread.threads.entry(thread).or_default(),
            Some(_) | None => &mut unread.main,
        };
        counts.notification_count += 1;
        counts.highlight_count += u64::from(notice == Notice::Highlight);
    }
    Ok(unread)
}

/// How far the user has read: everywhere, and in single threads.
struct Marks {
    everywhere: i64,
    threads: HashMap<String, i64>,
}

impl Marks {
    fn new(joined_at: i64, own: Vec<(String, i64)>) -> Self {
        let mut marks = Self { everywhere: joined_at, threads: HashMap::new() };
        for (thread, order) in own {
            if thread.is_empty() {
                marks.everywhere = marks.everywhere.max(order);
            } else {
                let mark = marks.threads.entry(thread).or_insert(order);
                *mark = (*mark).max(order);
            }
        }
        marks
    }

    /// The main timeline's name in threaded receipts is `main`.
    fn of(&self, thread: Option<&str>) -> i64 {
        let own = self.threads.get(thread.unwrap_or("main")).copied();
        own.map_or(self.everywhere, |own| own.max(self.everywhere))
    }

    /// Nothing up to here is unread anywhere.
    fn lowest(&self) -> i64 {
        self.everywhere
    }
}

async fn personal(view: &dyn View, reader: Reader, after: i64) -> Result<HashMap<i64, Notice>, StoreError> {
    let start = (reader.room, reader.user, after.saturating_add(1));
    let end = (reader.room, reader.user, i64::MAX);
    let rows = keyspaces::PERSONAL_NOTICES.scan_range(view, &start, &end, COUNTED_MAX, Direction::Forward).await?;
    Ok(rows.into_iter().map(|((_, _, order), notice)| (order, notice)).collect())
}

async fn redacted(view: &dyn View, room: RoomKey, after: i64) -> Result<HashSet<i64>, StoreError> {
    let (start, end) = ((room, after.saturating_add(1)), (room, i64::MAX));
    let rows = keyspaces::REDACTED_PLACES.scan_range(view, &start, &end, COUNTED_MAX, Direction::Forward).await?;
    Ok(rows.into_iter().map(|((_, order), ())| order).collect())
}

async fn thread_name(
    view: &dyn View,
    room: RoomKey,
    root: u64,
    names: &mut HashMap<u64, String>,
) -> Result<String, StoreError> {
    if let Some(name) = names.get(&root) {
        return Ok(name.clone());
    }
    let name = read::event_id(&read::event(view, room, root).await?.meta.id)?.to_string();
    names.insert(root, name.clone());
    Ok(name)
}

#[cfg(test)]
mod tests {
    use super::Marks;

    #[test]
    fn a_receipt_without_a_thread_reads_all_threads() {
        let marks = Marks::new(1, vec![(String::new(), 10), ("main".into(), 5), ("$t".into(), 20)]);
        assert_eq!((marks.of(None), marks.of(Some("$t")), marks.of(Some("$other"))), (10, 20, 10));
        assert_eq!(marks.lowest(), 10);
    }
}
