//! Accounts that somebody else ended, or whose sign-ins may have ended: what the homeserver said of their tokens before that is not believed any more, however
//! short the time since then.
//!
//! Kept in memory alone: an answer of the homeserver that was got before a start is remembered by nobody after it.

use std::collections::HashMap;

use parking_lot::Mutex;
use tokio::sync::watch;

use crate::ids::UserId;

/// Names that are remembered. Answers are believed for ten seconds; so many accounts do not end in that time.
const REMEMBERED_MAX: usize = 10_000;

/// How many accounts had ended at some moment. It orders what happened without a clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Moment(u64);

/// Who ended, and when among the others.
#[derive(Debug)]
pub struct EndedAccounts {
    ended: Mutex<Ended>,
    told: watch::Sender<Moment>,
}

impl Default for EndedAccounts {
    fn default() -> Self {
        Self { ended: Mutex::default(), told: watch::channel(Moment::default()).0 }
    }
}

#[derive(Debug, Default)]
struct Ended {
    now: Moment,
    by_user: HashMap<UserId, Moment>,
}

impl EndedAccounts {
    /// The moment of a question that is about to be asked.
    pub fn now(&self) -> Moment {
        self.ended.lock().now
    }

    /// An account has ended at the homeserver: what was asked until now is over.
    pub fn note(&self, user: &UserId) {
        let mut ended = self.ended.lock();
        ended.now = Moment(ended.now.0 + 1);
        let now = ended.now;
        if ended.by_user.len() >= REMEMBERED_MAX {
            let oldest = now.0.saturating_sub(REMEMBERED_MAX as u64 / 2);
            ended.by_user.retain(|_, at| at.0 > oldest);
        }
        ended.by_user.insert(user.clone(), now);
        drop(ended);
        self.told.send_replace(now);
    }

    /// Wakes at each end, whosever it is; look with [`EndedAccounts::is_over`] then.
    pub fn subscribe(&self) -> watch::Receiver<Moment> {
        self.told.subscribe()
    }

    /// Whether an answer about that account is over, for it was asked before the account ended.
    pub fn is_over(&self, user: &UserId, asked: Moment) -> bool {
        self.ended.lock().by_user.get(user).is_some_and(|ended| *ended > asked)
    }
}

#[cfg(test)]
mod tests {
    use super::{EndedAccounts, REMEMBERED_MAX};
    use crate::ids::UserId;

    #[test]
    fn what_was_asked_before_the_end_is_over_and_what_is_asked_after_it_holds() {
        let (accounts, anna, boris) = (EndedAccounts::default(), UserId::from("@a:x"), UserId::from("@b:x"));
        let before = accounts.now();
        assert!(!accounts.is_over(&anna, before));
        accounts.note(&anna);
        assert!(accounts.is_over(&anna, before) && !accounts.is_over(&boris, before));
        // Somebody new under the same name.
        let after = accounts.now();
        assert!(!accounts.is_over(&anna, after));
        accounts.note(&anna);
        assert!(accounts.is_over(&anna, after));
    }

    #[test]
    fn a_bounded_number_is_remembered_and_the_newest_among_them() {
        let accounts = EndedAccounts::default();
        let before = accounts.now();
        let name = |index: usize| UserId::from(format!("@{index}:x").as_str());
        for index in 0..=REMEMBERED_MAX {
            accounts.note(&name(index));
        }
        assert!(accounts.ended.lock().by_user.len() < REMEMBERED_MAX);
        assert!(accounts.is_over(&name(REMEMBERED_MAX), before) && !accounts.is_over(&name(0), before));
    }
}
