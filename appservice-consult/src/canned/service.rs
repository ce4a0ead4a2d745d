//! What is done with canned replies: everybody uses the shared ones and his own; supervisors keep the shared ones.

use serde_json::json;

use super::content::Content;
use super::store::{self, Action, Record, Version};
use crate::actor::Actor;
use crate::api::types::{CannedScope, DeskFile, FieldError};
use crate::audit;
use crate::change::{self, Kind};
use crate::desk_file;
use crate::ids::{CannedId, DeskFileId, OperatorId, QueueId, UserId};
use crate::operator::Member;
use crate::store::{Session, StoreError, Writing};
use crate::tenant::Tenant;

/// Shared replies of a tenant: the console has all of them in memory, to find them while one types.
pub(super) const SHARED_MAX: i64 = 500;
/// Own replies of one operator.
const PERSONAL_MAX: i64 = 200;

/// A failure, or a refusal.
#[derive(Debug, thiserror::Error)]
pub enum CannedError {
    /// There is none of that id, or it is another's own.
    #[error("no such canned reply")]
    NotFound,
    /// Only supervisors keep what is shared.
    #[error("only supervisors keep shared replies")]
    NotSupervisor,
    /// Fields that cannot be so.
    #[error("a canned reply is not valid")]
    Invalid(Vec<FieldError>),
    /// Another reply has the shortcut.
    #[error("the shortcut is taken")]
    ShortcutTaken,
    /// There are as many as there may be.
    #[error("there are too many canned replies")]
    Full,
    /// Somebody changed it meanwhile.
    #[error("it was changed meanwhile")]
    Changed,
    /// The store failed.
    #[error("the store failed")]
    Store(#[from] StoreError),
}

/// Who keeps replies.
#[derive(Debug, Clone, Copy)]
pub struct Editor<'a> {
    /// Who.
    pub member: &'a Member,
    /// The same, for the audit log.
    pub actor: &'a Actor,
}

impl Editor<'_> {
    /// Whether he may change what belongs to that owner; another's own is as if it were not there.
    fn may_keep(&self, owner: Option<&OperatorId>) -> Result<(), CannedError> {
        match owner {
            Some(owner) if *owner != self.member.id => Err(CannedError::NotFound),
            None if !self.member.role.supervises() => Err(CannedError::NotSupervisor),
            _ => Ok(()),
        }
    }
}

/// What an operator may use.
pub async fn list(session: &mut Session, member: &Member) -> Result<Vec<Record>, StoreError> {
    store::of(session, &member.id).await
}

/// What everybody may use, besides what that author has for himself.
pub async fn shared(session: &mut Session, author: &OperatorId) -> Result<Vec<Record>, StoreError> {
    store::of(session, author).await
}

/// A reply as a listener of the stream may see it: shared, or his own; none when it was removed.
pub async fn of_listener(
    session: &mut Session,
    tenant: &Tenant,
    id: &CannedId,
    listener: &UserId,
) -> Result<Option<Record>, StoreError> {
    let record = store::load(session, id).await?.filter(|record| record.removed_at.is_none());
    let is_his = |owner: &OperatorId| tenant.staff.by_user(listener).is_some_and(|member| member.id == *owner);
    Ok(record.filter(|record| record.owner.as_ref().is_none_or(is_his)))
}

/// Makes a reply.
pub async fn create(
    tenant: &Tenant,
    scope: CannedScope,
    content: Content,
    by: Editor<'_>,
) -> Result<Record, CannedError> {
    let owner = (scope == CannedScope::Personal).then(|| by.member.id.clone());
    by.may_keep(owner.as_ref())?;
    let mut writing = tenant.store.write().await?;
    let content = checked(&mut writing, tenant, content).await?;
    let most = if owner.is_some() { PERSONAL_MAX } else { SHARED_MAX };
    if store::count(&mut writing, owner.as_ref()).await? >= most {
        return Err(CannedError::Full);
    }
    let record = Record {
        id: tenant.context.new_id().into(),
        version: 1,
        owner,
        content,
        changed_at: tenant.context.now(),
        changed_by: by.member.id.clone(),
        removed_at: None,
    };
    store::insert(&mut writing, &record).await.map_err(shortcut_taken)?;
    remember(&mut writing, tenant, &record, Action::Created, by).await?;
    writing.commit().await?;
    Ok(record)
}

/// What somebody wants a reply to be.
#[derive(Debug)]
pub struct Change {
    /// The version that he changed.
    pub version: i64,
    /// What it is to be.
    pub content: Content,
    /// Whether its files are those of `content`, or stay.
    pub files: Files,
}

/// What becomes of a reply's files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Files {
    /// They are named.
    Named,
    /// They stay as they are: who changes the reply says nothing of them.
    Stay,
}

/// Writes a reply anew over the version that was changed.
pub async fn change(tenant: &Tenant, id: &CannedId, change: Change, by: Editor<'_>) -> Result<Record, CannedError> {
    let mut writing = tenant.store.write().await?;
    let before = kept(&mut writing, id, by).await?;
    let Change { version, content, files } = change;
    let content = match files {
        Files::Named => checked(&mut writing, tenant, content).await?,
        Files::Stay => {
            let content = Content { files: before.content.files.clone(), ..content };
            checked_against(tenant, content, &before.content.files)?
        }
    };
    if before.version != version {
        return Err(CannedError::Changed);
    }
    if before.content == content {
        return Ok(before);
    }
    let after = next(tenant, before, by);
    let after = Record { content, ..after };
    write(&mut writing, tenant, &after, Action::Changed, by).await?;
    writing.commit().await?;
    Ok(after)
}

/// Removes a reply; its history stays.
pub async fn remove(tenant: &Tenant, id: &CannedId, by: Editor<'_>) -> Result<(), CannedError> {
    let mut writing = tenant.store.write().await?;
    let before = kept(&mut writing, id, by).await?;
    let after = next(tenant, before, by);
    let after = Record { removed_at: Some(after.changed_at), ..after };
    write(&mut writing, tenant, &after, Action::Removed, by).await?;
    writing.commit().await?;
    Ok(())
}

/// Who changed what and when, newest first; of a removed one too.
pub async fn versions(session: &mut Session, id: &CannedId, member: &Member) -> Result<Vec<Version>, CannedError> {
    let record = store::load(session, id).await?.ok_or(CannedError::NotFound)?;
    if record.owner.as_ref().is_some_and(|owner| *owner != member.id) {
        return Err(CannedError::NotFound);
    }
    Ok(store::versions(session, id).await?)
}

async fn kept(session: &mut Session, id: &CannedId, by: Editor<'_>) -> Result<Record, CannedError> {
    let found = store::load(session, id).await?.filter(|record| record.removed_at.is_none());
    let record = found.ok_or(CannedError::NotFound)?;
    by.may_keep(record.owner.as_ref())?;
    Ok(record)
}

fn next(tenant: &Tenant, before: Record, by: Editor<'_>) -> Record {
    let version = before.version + 1;
    Record { version, changed_at: tenant.context.now(), changed_by: by.member.id.clone(), ..before }
}

async fn write(
    writing: &mut Writing,
    tenant: &Tenant,
    after: &Record,
    action: Action,
    by: Editor<'_>,
) -> Result<(), CannedError> {
    if !store::update(writing, after).await.map_err(shortcut_taken)? {
        return Err(CannedError::Changed);
    }
    Ok(remember(writing, tenant, after, action, by).await?)
}

pub(super) async fn checked(session: &mut Session, tenant: &Tenant, content: Content) -> Result<Content, CannedError> {
    let files = if tenant.brand().features.attachments { desk_file::all(session).await? } else { Vec::new() };
    checked_against(tenant, content, &files)
}

/// The content in its one form; these files and no others may go with it.
fn checked_against(tenant: &Tenant, content: Content, files: &[DeskFile]) -> Result<Content, CannedError> {
    let brand = tenant.brand();
    let is_queue = |queue: &QueueId| brand.queue(queue.as_str()).is_some();
    let file = |id: &DeskFileId| files.iter().find(|file| file.id == *id).cloned();
    content.checked(&brand.languages, is_queue, file).map_err(CannedError::Invalid)
}

fn shortcut_taken(error: StoreError) -> CannedError {
    match error {
        StoreError::Constraint(_) => CannedError::ShortcutTaken,
        other => other.into(),
    }
}

async fn remember(
    writing: &mut Writing,
    tenant: &Tenant,
    record: &Record,
    action: Action,
    by: Editor<'_>,
) -> Result<(), StoreError> {
    keep_version(writing, tenant, record, action, by.actor).await?;
    let audience = record.owner.as_ref().map(|_| by.member.user_id.as_str());
    change::append(writing, record.changed_at, Kind::Canned, record.id.as_str(), audience).await
}

/// Keeps the version, and notes who made it.
async fn keep_version(
    writing: &mut Writing,
    tenant: &Tenant,
    record: &Record,
    action: Action,
    actor: &Actor,
) -> Result<(), StoreError> {
    store::keep(writing, record, action).await?;
    let at = record.changed_at;
    desk_file::settle(writing, at).await?;
    let files: Vec<&DeskFileId> = record.content.files.iter().map(|file| &file.id).collect();
    let Record { version, owner, content, .. } = record;
    let detail = json!({ "version": version, "owner": owner, "language": content.language, "files": files });
    let subject = audit::Subject { kind: "canned", id: record.id.as_str() };
    let word = format!("canned.{}", action.as_str());
    audit::append(writing, &tenant.key, audit::Entry { at, actor, action: &word, subject, detail }).await
}

/// As [`remember`], of a shared reply that no member of staff changed.
pub(super) async fn note_down(
    writing: &mut Writing,
    tenant: &Tenant,
    record: &Record,
    action: Action,
    actor: &Actor,
) -> Result<(), StoreError> {
    keep_version(writing, tenant, record, action, actor).await?;
    change::append(writing, record.changed_at, Kind::Canned, record.id.as_str(), None).await
}
