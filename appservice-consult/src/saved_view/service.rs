//! What is done with views: made, changed, shared, removed and taken back, put in order.

use std::collections::HashMap;

use serde_json::json;

use super::content::{self, Content};
use super::store::{self, Record};
use crate::actor::Actor;
use crate::api::types::{FieldError, SavedViewSection, SavedViewSharing};
use crate::audit;
use crate::change::{self, Kind};
use crate::ids::{OperatorId, QueueId, SavedViewId, UserId};
use crate::operator::Member;
use crate::store::{Session, StoreError, Writing};
use crate::tenant::Tenant;
use crate::time::Time;
use crate::words::Word;

/// Views of one owner: more are no help to find one.
const OWN_MAX: usize = 50;
/// Views that are shared in a tenant: they stand in everybody's list of sections.
const SHARED_MAX: usize = 100;
/// Views that anybody sees.
pub const VIEWS_MAX: usize = OWN_MAX + SHARED_MAX;
/// How long what was removed can be taken back. Unit: seconds.
const TAKEN_BACK_SECONDS: i64 = 86_400;

/// A failure, or a refusal.
#[derive(Debug, thiserror::Error)]
pub enum SavedViewError {
    /// There is none of that id for him.
    #[error("no such view")]
    NotFound,
    /// It is a colleague's.
    #[error("the view is a colleague's")]
    NotYours,
    /// Only supervisors share.
    #[error("sharing is for supervisors")]
    NotSupervisor,
    /// Fields that cannot be so.
    #[error("a view is not valid")]
    Invalid(Vec<FieldError>),
    /// Another one of his has the name.
    #[error("the name is taken")]
    NameTaken,
    /// He has as many as he may, or as many are shared as may be.
    #[error("there are too many views")]
    Full,
    /// Somebody changed it meanwhile.
    #[error("it was changed meanwhile")]
    Changed,
    /// The store failed.
    #[error("the store failed")]
    Store(#[from] StoreError),
}

/// Who keeps views.
#[derive(Debug, Clone, Copy)]
pub struct Editor<'a> {
    /// Who.
    pub member: &'a Member,
    /// The same, for the audit log.
    pub actor: &'a Actor,
}

/// Whether a view is there after a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It is.
    Kept,
    /// It was removed, and can be taken back for a day.
    Removed,
}

/// What is wanted of a view.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// The version that was changed.
    pub version: i64,
    /// Which list.
    pub section: SavedViewSection,
    /// What it is to be.
    pub content: Content,
    /// Who else is to see it.
    pub sharing: SavedViewSharing,
    /// Whether it is to be there.
    pub is: Standing,
}

/// Whether a member of staff sees a view.
fn sees(member: &Member, record: &Record) -> bool {
    let is_supervisor = member.role.supervises();
    record.owner == member.id
        || match &record.sharing {
            SavedViewSharing::Nobody => false,
            SavedViewSharing::Everybody => true,
            SavedViewSharing::Queues { queue_ids } => is_supervisor || queue_ids.iter().any(|id| member.serves(id)),
        }
}

/// What a member of staff sees, in his order: what he has put in none stands behind, oldest first.
pub async fn list(session: &mut Session, tenant: &Tenant, member: &Member) -> Result<Vec<Record>, StoreError> {
    let mut records = store::around(session, &tenant.key, &member.id).await?;
    records.retain(|record| sees(member, record));
    let order = store::order_of(session, &member.id).await?;
    let places: HashMap<&SavedViewId, usize> = order.iter().zip(0..).collect();
    records.sort_by_key(|record| places.get(&record.id).copied().unwrap_or(usize::MAX));
    Ok(records)
}

/// A view as a listener of the stream may see it; none where he does not, or where it was removed.
pub async fn of_listener(
    session: &mut Session,
    tenant: &Tenant,
    id: &SavedViewId,
    listener: &UserId,
) -> Result<Option<Record>, StoreError> {
    let Some(member) = tenant.staff.by_user(listener) else { return Ok(None) };
    let record = store::load(session, &tenant.key, id).await?;
    Ok(record.filter(|record| record.removed_at.is_none() && sees(&member, record)))
}

/// Makes a view.
pub async fn create(
    tenant: &Tenant,
    section: SavedViewSection,
    content: Content,
    sharing: SavedViewSharing,
    by: Editor<'_>,
) -> Result<Record, SavedViewError> {
    let content = content.checked(section).map_err(SavedViewError::Invalid)?;
    may_share(tenant, &SavedViewSharing::Nobody, &sharing, by)?;
    let mut writing = tenant.store.write().await?;
    let now = tenant.context.now();
    store::forget_removed(&mut writing, now.plus_seconds(-TAKEN_BACK_SECONDS)).await?;
    let record = Record {
        id: tenant.context.new_id().into(),
        version: 1,
        owner: by.member.id.clone(),
        section,
        content,
        sharing,
        created_at: now,
        changed_at: now,
        removed_at: None,
    };
    has_room(&mut writing, tenant, &record).await?;
    store::insert(&mut writing, tenant, &record).await?;
    remember(&mut writing, tenant, None, &record, by).await?;
    writing.commit().await?;
    Ok(record)
}

/// Writes a view anew over the version that was changed; shares it, removes it, or takes it back.
pub async fn change(
    tenant: &Tenant,
    id: &SavedViewId,
    wanted: Wanted,
    by: Editor<'_>,
) -> Result<Record, SavedViewError> {
    let Wanted { version, section, content, sharing, is } = wanted;
    let mut writing = tenant.store.write().await?;
    // What was removed is there for its owner alone.
    let is_there =
        |record: &Record| sees(by.member, record) && (record.removed_at.is_none() || record.owner == by.member.id);
    let found = store::load(&mut writing, &tenant.key, id).await?.filter(is_there);
    let before = found.ok_or(SavedViewError::NotFound)?;
    // What stays as it was is not looked at: the list may have had a filter that it has no more.
    let is_same = (section, &content) == (before.section, &before.content);
    let content = if is_same { content } else { content.checked(section).map_err(SavedViewError::Invalid)? };
    let now = tenant.context.now();
    let removed_at = (is == Standing::Removed).then(|| before.removed_at.unwrap_or(now));
    let version_after = before.version + 1;
    let after =
        Record { version: version_after, section, content, sharing, changed_at: now, removed_at, ..before.clone() };
    may_change(&before, &after, by)?;
    may_share(tenant, &before.sharing, &after.sharing, by)?;
    if before.version != version {
        return Err(SavedViewError::Changed);
    }
    let as_it_was = Record { version: before.version, changed_at: before.changed_at, ..after.clone() };
    if as_it_was == before {
        return Ok(before);
    }
    if after.removed_at.is_none() {
        has_room(&mut writing, tenant, &after).await?;
    }
    if !store::update(&mut writing, tenant, &after).await? {
        return Err(SavedViewError::Changed);
    }
    remember(&mut writing, tenant, Some(&before), &after, by).await?;
    writing.commit().await?;
    Ok(after)
}

/// His order of all that he sees; what is not there for him is left out.
pub async fn arrange(tenant: &Tenant, ids: Vec<SavedViewId>, member: &Member) -> Result<Vec<Record>, SavedViewError> {
    if ids.len() > VIEWS_MAX {
        let message = format!("At most {VIEWS_MAX} views.");
        return Err(SavedViewError::Invalid(vec![FieldError::new("view_ids", message)]));
    }
    let mut writing = tenant.store.write().await?;
    let seen = list(&mut writing, tenant, member).await?;
    let mut order: Vec<SavedViewId> = Vec::new();
    for id in ids {
        if seen.iter().any(|record| record.id == id) && !order.contains(&id) {
            order.push(id);
        }
    }
    store::put_order(&mut writing, &member.id, &order).await?;
    let (at, user) = (tenant.context.now(), member.user_id.as_str());
    change::append(&mut writing, at, Kind::ViewOrder, member.id.as_str(), Some(user)).await?;
    let records = list(&mut writing, tenant, member).await?;
    writing.commit().await?;
    Ok(records)
}

/// In which order an operator has them.
pub async fn arrangement(session: &mut Session, operator: &OperatorId) -> Result<Vec<SavedViewId>, StoreError> {
    store::order_of(session, operator).await
}

/// The owner may do everything; a supervisor may end the sharing of a colleague's, and nothing else.
fn may_change(before: &Record, after: &Record, by: Editor<'_>) -> Result<(), SavedViewError> {
    let ends_sharing = after.sharing == SavedViewSharing::Nobody
        && (after.section, &after.content, after.removed_at) == (before.section, &before.content, before.removed_at);
    let may_end = by.member.role.supervises() && ends_sharing;
    if before.owner == by.member.id || may_end { Ok(()) } else { Err(SavedViewError::NotYours) }
}

/// Whether sharing may become so. What stays as it was is not looked at: its queues may be gone.
fn may_share(
    tenant: &Tenant,
    before: &SavedViewSharing,
    after: &SavedViewSharing,
    by: Editor<'_>,
) -> Result<(), SavedViewError> {
    if *after == SavedViewSharing::Nobody || before == after {
        return Ok(());
    }
    if !by.member.role.supervises() {
        return Err(SavedViewError::NotSupervisor);
    }
    let brand = tenant.brand();
    let is_queue = |queue: &QueueId| brand.queue(queue.as_str()).is_some();
    content::can_be_shared(after, is_queue).map_err(|error| SavedViewError::Invalid(vec![error]))
}

/// Whether there is room for it, and no other of its owner has its name.
async fn has_room(writing: &mut Writing, tenant: &Tenant, record: &Record) -> Result<(), SavedViewError> {
    let mut others = store::around(writing, &tenant.key, &record.owner).await?;
    others.retain(|other| other.id != record.id);
    let of_owner = || others.iter().filter(|other| other.owner == record.owner);
    if of_owner().any(|other| other.content.reads_like(&record.content)) {
        return Err(SavedViewError::NameTaken);
    }
    let is_full = record.is_shared() && others.iter().filter(|other| other.is_shared()).count() >= SHARED_MAX;
    if is_full || of_owner().count() >= OWN_MAX { Err(SavedViewError::Full) } else { Ok(()) }
}

/// The audit's word for what was done with a shared view; none: it is, and was, nobody else's affair.
fn action(before: Option<&Record>, after: &Record) -> Option<&'static str> {
    let was_shared = before.is_some_and(|before| before.is_shared() && before.removed_at.is_none());
    match (was_shared, after.is_shared()) {
        (false, false) => None,
        (false, true) if after.removed_at.is_some() => None,
        (false, true) => Some("view.shared"),
        (true, false) => Some("view.unshared"),
        (true, true) if after.removed_at.is_some() => Some("view.removed"),
        (true, true) => Some("view.changed"),
    }
}

async fn remember(
    writing: &mut Writing,
    tenant: &Tenant,
    before: Option<&Record>,
    after: &Record,
    by: Editor<'_>,
) -> Result<(), StoreError> {
    let at: Time = after.changed_at;
    let shared = action(before, after);
    if let Some(action) = shared {
        let subject = audit::Subject { kind: "view", id: after.id.as_str() };
        let detail = json!({ "version": after.version, "section": after.section.word(), "sharing": after.sharing });
        let entry = audit::Entry { at, actor: by.actor, action, subject, detail };
        audit::append(writing, &tenant.key, entry).await?;
    }
    let owner = tenant.staff.by_id(&after.owner);
    let audience = owner.filter(|_| shared.is_none()).map(|owner| owner.user_id.as_str().to_owned());
    change::append(writing, at, Kind::View, after.id.as_str(), audience.as_deref()).await
}

#[cfg(test)]
mod tests {
    use super::action;
    use crate::api::types::{SavedViewSection, SavedViewSharing};
    use crate::saved_view::{Content, Record};
    use crate::time::Time;

    fn record(sharing: SavedViewSharing, removed_at: Option<i64>) -> Record {
        let at = Time::from_millis(1);
        Record {
            id: "v".into(),
            version: 1,
            owner: "o".into(),
            section: SavedViewSection::Waiting,
            content: Content { name: "A".to_owned(), query: String::new(), order: None },
            sharing,
            created_at: at,
            changed_at: at,
            removed_at: removed_at.map(Time::from_millis),
        }
    }

    #[test]
    fn the_audit_knows_of_what_others_see_or_saw_and_of_nothing_else() {
        use SavedViewSharing::{Everybody, Nobody};
        let (own, shared) = (record(Nobody, None), record(Everybody, None));
        let removed = record(Everybody, Some(2));
        assert_eq!(action(None, &own), None);
        assert_eq!(action(Some(&own), &record(Nobody, Some(2))), None);
        assert_eq!(action(None, &shared), Some("view.shared"));
        assert_eq!(action(Some(&own), &shared), Some("view.shared"));
        assert_eq!(action(Some(&shared), &shared), Some("view.changed"));
        assert_eq!(action(Some(&shared), &own), Some("view.unshared"));
        assert_eq!(action(Some(&shared), &removed), Some("view.removed"));
        assert_eq!(action(Some(&removed), &shared), Some("view.shared"));
    }
}
