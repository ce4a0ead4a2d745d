//! The writer of a room: one task, a bounded mailbox, batches committed in order without waiting between them.
//!
//! A request is decided on [`RoomNow`], which runs ahead of the store. When a batch fails, those that were built upon it fail with
//! it (each is guarded by the room head that it expects), and the room is read anew.

use std::{
    collections::{HashMap, VecDeque},
    sync::Arc,
    time::Duration,
};

use consilium_store::{Batch, Commit, CommitError, Position};
use futures_util::{StreamExt, stream::FuturesOrdered};
use ruma::OwnedEventId;
use tokio::sync::{mpsc, oneshot};
use tokio_util::sync::CancellationToken;

use super::{
    append::{Appended, Projection, Txn, append},
    base::Base,
    decide::{Ask, Decision, decide},
    error::RoomError,
    gather,
    now::RoomNow,
    projections::seal,
};
use crate::ids::RoomKey;

/// Requests that wait for one room's writer; one more is answered with `M_LIMIT_EXCEEDED`.
pub const MAILBOX_MAX: usize = 256;
/// Batches of one room that are being committed at the same time.
const UNDER_WAY_MAX: usize = 64;
/// A writer that has nothing to do for this long goes; the next request starts another.
const IDLE: Duration = Duration::from_secs(90);
/// Transactions that are remembered after their commit, for a retry that looked into the store before it.
const RECENT_MAX: usize = 256;

/// What a request gets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sent {
    pub event_id: OwnedEventId,
}

pub type Reply = oneshot::Sender<Result<Sent, RoomError>>;

/// A request to the writer.
pub struct Command {
    pub ask: Ask,
    pub txn: Option<Txn>,
    pub reply: Reply,
}

/// A batch under way.
struct UnderWay {
    event_id: OwnedEventId,
    txn: Option<[u8; 16]>,
    replies: Vec<Reply>,
}

/// See the head of this file.
pub struct Actor {
    key: RoomKey,
    base: Arc<Base>,
    projections: Arc<[Box<dyn Projection>]>,
    room: Option<RoomNow>,
    commits: FuturesOrdered<Commit>,
    under_way: VecDeque<UnderWay>,
    recent: VecDeque<[u8; 16]>,
    recent_ids: HashMap<[u8; 16], OwnedEventId>,
}

/// What asks an idle writer whether it may go: takes it off the list unless somebody just wrote to it.
pub type MayGo = Box<dyn Fn(&mpsc::Receiver<Command>) -> bool + Send>;

impl Actor {
    /// A writer for a room that is stored, or that `room` already is.
    pub fn new(key: RoomKey, base: Arc<Base>, projections: Arc<[Box<dyn Projection>]>, room: Option<RoomNow>) -> Self {
        Self {
            key,
            base,
            projections,
            room,
            commits: FuturesOrdered::new(),
            under_way: VecDeque::new(),
            recent: VecDeque::new(),
            recent_ids: HashMap::new(),
        }
    }

    /// Works until nothing comes for a while, or the tenant stops.
    pub async fn run(mut self, mut mailbox: mpsc::Receiver<Command>, may_go: MayGo, stop: CancellationToken) {
        loop {
            tokio::select! {
                biased;
                Some(result) = self.commits.next() => self.committed(result),
                command = mailbox.recv(), if self.under_way.len() < UNDER_WAY_MAX => match command {
                    Some(command) => self.handle(command).await,
                    None => break,
                },
                () = stop.cancelled() => break,
                () = tokio::time::sleep(IDLE), if self.under_way.is_empty() => if may_go(&mailbox) { return },
            }
        }
        mailbox.close();
        while let Some(result) = self.commits.next().await {
            self.committed(result);
        }
    }

    async fn handle(&mut self, command: Command) {
        let Command { ask, txn, reply } = command;
        if let Some(key) = txn.as_ref().map(|txn| txn.key) {
            if let Some(event_id) = self.recent_ids.get(&key) {
                answer(reply, Ok(Sent { event_id: event_id.clone() }));
                return;
            }
            if let Some(same) = self.under_way.iter_mut().find(|under_way| under_way.txn == Some(key)) {
                same.replies.push(reply);
                return;
            }
        }
        match self.write(ask, txn).await {
            Ok(Written::Submitted) => {
                if let Some(last) = self.under_way.back_mut() {
                    last.replies.push(reply);
                }
            }
            // What is there already may still be on its way to the disk.
            Ok(Written::Already(event_id)) => {
                match self.under_way.iter_mut().find(|batch| batch.event_id == event_id) {
                    Some(batch) => batch.replies.push(reply),
                    None => answer(reply, Ok(Sent { event_id })),
                }
            }
            Err(error) => answer(reply, Err(error)),
        }
    }

    async fn write(&mut self, ask: Ask, txn: Option<Txn>) -> Result<Written, RoomError> {
        if self.room.is_none() {
            self.load().await?;
        }
        let view = self.base.engine.view();
        let Some(room) = &mut self.room else { return Err(RoomError::NotInRoom) };
        let draft = match decide(&self.base, &*view, room, ask).await? {
            Decision::Append(draft) => draft,
            Decision::Already(event_id) => return Ok(Written::Already(event_id)),
        };
        let mut ready = gather::ready(&self.base, &*view, room, draft, txn).await?;
        let mut batch = std::mem::take(&mut ready.new_ids);
        let expected = room.head.next_seq;
        let appended = append(room, ready, self.base.signer(), self.base.push_rules.predefined())?;
        for projection in &*self.projections {
            projection.rows(&appended, room, &mut batch);
        }
        seal(room, Some(expected), &[appended.member.as_ref()], &mut batch);
        self.submit(&appended, batch);
        Ok(Written::Submitted)
    }

    /// Reads the room when nothing is under way that would change it.
    async fn load(&mut self) -> Result<(), RoomError> {
        while let Some(result) = self.commits.next().await {
            self.committed(result);
        }
        self.room = RoomNow::load(&self.base, &*self.base.engine.view(), self.key).await?;
        Ok(())
    }

    fn submit(&mut self, appended: &Appended, batch: Batch) {
        self.commits.push_back(self.base.engine.submit(batch));
        self.under_way.push_back(UnderWay {
            event_id: appended.event_id().clone(),
            txn: appended.txn.as_ref().map(|txn| txn.key),
            replies: Vec::new(),
        });
    }

    /// The oldest batch under way has ended.
    fn committed(&mut self, result: Result<Position, CommitError>) {
        let Some(done) = self.under_way.pop_front() else { return };
        match result {
            Ok(_) => {
                self.base.writer.hint();
                self.remember(&done);
                for reply in done.replies {
                    answer(reply, Ok(Sent { event_id: done.event_id.clone() }));
                }
            }
            Err(error) => {
                tracing::warn!(room.key = self.key.0, error = %error, "a batch of a room was not committed");
                self.room = None;
                for reply in done.replies {
                    answer(reply, Err(RoomError::Commit(same(&error))));
                }
            }
        }
        if self.under_way.is_empty()
            && let Some(room) = &mut self.room
        {
            self.base.nodes.keep(self.key, room.fresh_nodes.drain());
            room.trim();
        }
    }

    fn remember(&mut self, done: &UnderWay) {
        let Some(key) = done.txn else { return };
        self.recent.push_back(key);
        self.recent_ids.insert(key, done.event_id.clone());
        if self.recent.len() > RECENT_MAX
            && let Some(oldest) = self.recent.pop_front()
        {
            self.recent_ids.remove(&oldest);
        }
    }
}

enum Written {
    Submitted,
    Already(OwnedEventId),
}

/// A requester that went away does not need the answer.
fn answer(reply: Reply, result: Result<Sent, RoomError>) {
    let _gone = reply.send(result);
}

/// The same error once more, for each of several requests that wait for one batch.
fn same(error: &CommitError) -> CommitError {
    match error {
        CommitError::Conflict { guard } => CommitError::Conflict { guard: *guard },
        CommitError::LeaseLost => CommitError::LeaseLost,
        CommitError::Unknown => CommitError::Unknown,
        CommitError::Full => CommitError::Full,
        CommitError::Unavailable(reason) => CommitError::Unavailable(reason.clone()),
        CommitError::Invalid(reason) => CommitError::Invalid(reason.clone()),
    }
}
