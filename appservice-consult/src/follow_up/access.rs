//! Who may see a follow-up, and so do with it what is to be done. Pure.

use super::record::Record;
use crate::operator::Member;

/// Whose it is, who made it, who serves its queue, and supervisors.
pub fn may_see(member: &Member, record: &Record) -> bool {
    member.role.supervises()
        || record.state.operator.as_ref() == Some(&member.id)
        || record.created_by == member.id
        || member.serves(&record.state.queue)
}
