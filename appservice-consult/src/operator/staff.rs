//! All members of staff of a tenant, in memory: a few hundred, needed for every name that is shown and every role that is checked.

use std::collections::HashMap;
use std::sync::Arc;

use parking_lot::RwLock;

use super::schedule::Schedule;
use crate::api::types::{OperatorRole, OperatorStatus};
use crate::ids::{OperatorId, QueueId, UserId};
use crate::time::Time;

/// A member of staff.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Id of the record.
    pub id: OperatorId,
    /// The account.
    pub user_id: UserId,
    /// Name to show.
    pub name: String,
    /// Profession or post.
    pub title: Option<String>,
    /// Grade, such as a category or a degree.
    pub grade: Option<String>,
    /// Rights.
    pub role: OperatorRole,
    /// Queues that he serves.
    pub queues: Vec<QueueId>,
    /// What he can do, in the desk's words.
    pub skills: Vec<String>,
    /// What he speaks, as the brand names languages; none: whatever patients do.
    pub languages: Vec<String>,
    /// How much he can have at once, in weights of queues; 0: nothing is offered to him.
    pub capacity: u32,
    /// When he is on duty.
    pub schedule: Schedule,
    /// What he is ready for.
    pub status: OperatorStatus,
    /// Since when.
    pub status_since: Time,
    /// Which of the brand's own statuses it is.
    pub status_kind: Option<String>,
    /// Why.
    pub status_reason: Option<String>,
    /// When he last ended the wrap-up after a call himself.
    pub wrapped_up_at: Option<Time>,
}

impl Member {
    /// Whether he serves this queue.
    pub fn serves(&self, queue: &QueueId) -> bool {
        self.queues.contains(queue)
    }
}

/// The members of staff.
#[derive(Debug, Default)]
pub struct Staff {
    members: RwLock<Members>,
}

#[derive(Debug, Default)]
struct Members {
    by_id: HashMap<OperatorId, Arc<Member>>,
    by_user: HashMap<UserId, Arc<Member>>,
    /// Those who are no members any more: their names stand beside what they did.
    former: HashMap<OperatorId, Arc<Member>>,
}

impl Staff {
    /// Puts a member in, or in the place of his former entry.
    pub fn put(&self, member: Member) -> Arc<Member> {
        let member = Arc::new(member);
        let mut members = self.members.write();
        members.by_user.insert(member.user_id.clone(), Arc::clone(&member));
        members.by_id.insert(member.id.clone(), Arc::clone(&member));
        member
    }

    /// Takes a member out whose record was not kept after all.
    pub fn remove(&self, id: &OperatorId) {
        let mut members = self.members.write();
        if let Some(member) = members.by_id.remove(id) {
            members.by_user.remove(&member.user_id);
        }
    }

    /// Puts somebody among those who are no members any more.
    pub fn part(&self, member: Member) -> Arc<Member> {
        let member = Arc::new(member);
        let mut members = self.members.write();
        members.by_id.remove(&member.id);
        members.by_user.remove(&member.user_id);
        members.former.insert(member.id.clone(), Arc::clone(&member));
        member
    }

    /// Takes somebody back whose parting was not kept after all.
    pub fn take_back(&self, member: Member) {
        self.members.write().former.remove(&member.id);
        self.put(member);
    }

    /// Who is or was the member of that id: for names beside what he did.
    pub fn by_id(&self, id: &OperatorId) -> Option<Arc<Member>> {
        let members = self.members.read();
        members.by_id.get(id).or_else(|| members.former.get(id)).cloned()
    }

    /// The member of that id who is one today: for whatever is going to be asked of him.
    pub fn present(&self, id: &OperatorId) -> Option<Arc<Member>> {
        self.members.read().by_id.get(id).cloned()
    }

    /// Whose account it was, of those who are no members any more.
    pub fn parted(&self, user_id: &UserId) -> Option<Arc<Member>> {
        self.members.read().former.values().find(|member| member.user_id == *user_id).cloned()
    }

    /// The member with that account.
    pub fn by_user(&self, user_id: &UserId) -> Option<Arc<Member>> {
        self.members.read().by_user.get(user_id).cloned()
    }

    /// All, by name.
    pub fn all(&self) -> Vec<Arc<Member>> {
        let mut all: Vec<_> = self.members.read().by_id.values().cloned().collect();
        all.sort_by(|a, b| (a.name.to_lowercase(), &a.id).cmp(&(b.name.to_lowercase(), &b.id)));
        all
    }

    /// Whether somebody else than him is an administrator.
    pub fn has_other_administrator(&self, id: &OperatorId) -> bool {
        let members = self.members.read();
        members.by_id.values().any(|member| member.role == OperatorRole::Administrator && member.id != *id)
    }

    /// Whether somebody is an administrator.
    pub fn has_administrator(&self) -> bool {
        self.members.read().by_id.values().any(|member| member.role == OperatorRole::Administrator)
    }

    /// All, and those who are no members any more.
    pub fn all_ever(&self) -> Vec<Arc<Member>> {
        let former: Vec<_> = self.members.read().former.values().cloned().collect();
        self.all().into_iter().chain(former).collect()
    }

    /// Operators of a queue who are online.
    pub fn online(&self, queue: &QueueId) -> u32 {
        let members = self.members.read();
        let online =
            members.by_id.values().filter(|member| member.status == OperatorStatus::Online && member.serves(queue));
        u32::try_from(online.count()).unwrap_or(u32::MAX)
    }
}
