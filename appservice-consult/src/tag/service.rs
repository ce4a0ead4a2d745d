//! What is done with tags: supervisors make them, all members of staff put them on consultations and take them off.

use serde_json::json;

use super::content::Content;
use super::store::{self, Record};
use crate::actor::Actor;
use crate::api::types::FieldError;
use crate::audit;
use crate::change::{self, Kind};
use crate::consultation::record as consultations;
use crate::ids::{ConsultationId, OperatorId, TagId};
use crate::search;
use crate::store::{Session, StoreError, Writing};
use crate::tenant::Tenant;
use crate::webhook;

/// Tags of a tenant, archived ones too: a list of more finds nothing.
pub(super) const TAGS_MAX: usize = 500;
/// Tags on one consultation.
const ON_ONE_MAX: i64 = 20;

/// A failure, or a refusal.
#[derive(Debug, thiserror::Error)]
pub enum TagError {
    /// There is no such tag or consultation.
    #[error("no such tag")]
    NotFound,
    /// A field cannot be so.
    #[error("a tag is not valid")]
    Invalid(FieldError),
    /// Another one in use has a name of it.
    #[error("another tag has this name")]
    NameTaken,
    /// It is out of use.
    #[error("the tag is archived")]
    Archived,
    /// There are as many as there may be.
    #[error("there are too many tags")]
    Full,
    /// Somebody changed it meanwhile.
    #[error("it was changed meanwhile")]
    Changed,
    /// The store failed.
    #[error("the store failed")]
    Store(#[from] StoreError),
}

/// All tags, archived ones too.
pub async fn list(session: &mut Session) -> Result<Vec<Record>, StoreError> {
    store::load_all(session).await
}

/// Makes a tag.
pub async fn create(tenant: &Tenant, content: Content, by: &OperatorId, actor: &Actor) -> Result<Record, TagError> {
    let content = checked(tenant, content)?;
    let mut writing = tenant.store.write().await?;
    let all = store::load_all(&mut writing).await?;
    if all.len() >= TAGS_MAX {
        return Err(TagError::Full);
    }
    let record = Record {
        id: tenant.context.new_id().into(),
        version: 1,
        content,
        archived_at: None,
        changed_at: tenant.context.now(),
        changed_by: by.clone(),
    };
    is_free(&all, &record)?;
    store::insert(&mut writing, &record).await?;
    remember(&mut writing, tenant, &record, actor, "tag.created").await?;
    writing.commit().await?;
    Ok(record)
}

/// Whether a tag is in use after a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It can be put on.
    InUse,
    /// It stays where it is, and goes nowhere else.
    Archived,
}

/// What is wanted of a tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// The version that was changed.
    pub version: i64,
    /// What it is to be.
    pub content: Content,
    /// Whether it is to be in use.
    pub is: Standing,
}

/// Writes a tag anew over the version that was changed; archives it, or takes it back into use.
pub async fn change(
    tenant: &Tenant,
    id: &TagId,
    wanted: Wanted,
    by: &OperatorId,
    actor: &Actor,
) -> Result<Record, TagError> {
    let Wanted { version, content, is } = wanted;
    let content = checked(tenant, content)?;
    let mut writing = tenant.store.write().await?;
    let all = store::load_all(&mut writing).await?;
    let before = all.iter().find(|tag| tag.id == *id).ok_or(TagError::NotFound)?;
    if before.version != version {
        return Err(TagError::Changed);
    }
    let now = tenant.context.now();
    let archived_at = (is == Standing::Archived).then(|| before.archived_at.unwrap_or(now));
    if before.content == content && before.archived_at == archived_at {
        return Ok(before.clone());
    }
    let (id, version) = (id.clone(), version + 1);
    let after = Record { id, version, content, archived_at, changed_at: now, changed_by: by.clone() };
    is_free(&all, &after)?;
    if !store::update(&mut writing, &after).await? {
        return Err(TagError::Changed);
    }
    remember(&mut writing, tenant, &after, actor, "tag.changed").await?;
    writing.commit().await?;
    Ok(after)
}

/// Which consultation's tags change, and by whom.
#[derive(Clone, Copy)]
pub struct Change<'a> {
    /// Whose books.
    pub tenant: &'a Tenant,
    /// Which.
    pub consultation: &'a ConsultationId,
    /// Who.
    pub by: &'a OperatorId,
    /// The same, for the audit log.
    pub actor: &'a Actor,
    /// The macro that does it for him, by its title.
    pub by_macro: Option<&'a str>,
    /// The rule that does it, by its id.
    pub by_rule: Option<&'a str>,
}

/// Puts a tag on a consultation; one that is there stays.
pub async fn add(change: Change<'_>, tag: &TagId) -> Result<(), TagError> {
    let mut writing = change.tenant.store.write().await?;
    put_on(&mut writing, change, tag).await?;
    Ok(writing.commit().await?)
}

/// As [`add`], in a transaction that does more. Returns whether it was not there; what is refused has written nothing.
pub async fn put_on(writing: &mut Writing, change: Change<'_>, tag: &TagId) -> Result<bool, TagError> {
    let Change { tenant, consultation, .. } = change;
    let known = store::load(writing, tag).await?.ok_or(TagError::NotFound)?;
    consultations::load(writing, consultation).await?.ok_or(TagError::NotFound)?;
    if store::is_on(writing, consultation, tag).await? {
        return Ok(false);
    }
    if known.archived_at.is_some() {
        return Err(TagError::Archived);
    }
    if store::count_on(writing, consultation).await? >= ON_ONE_MAX {
        return Err(TagError::Full);
    }
    store::put_on(writing, consultation, tag, change.by, tenant.context.now()).await?;
    told(writing, change, tag, "consultation.tagged").await?;
    Ok(true)
}

/// Takes a tag off a consultation; one that is not there stays away.
pub async fn remove(change: Change<'_>, tag: &TagId) -> Result<(), TagError> {
    let mut writing = change.tenant.store.write().await?;
    take_off(&mut writing, change, tag).await?;
    Ok(writing.commit().await?)
}

/// As [`remove`], in a transaction that does more. Returns whether it was there.
pub async fn take_off(writing: &mut Writing, change: Change<'_>, tag: &TagId) -> Result<bool, TagError> {
    consultations::load(writing, change.consultation).await?.ok_or(TagError::NotFound)?;
    store::load(writing, tag).await?.ok_or(TagError::NotFound)?;
    let was_there = store::take_off(writing, change.consultation, tag).await?;
    if was_there {
        told(writing, change, tag, "consultation.untagged").await?;
    }
    Ok(was_there)
}

/// The consultation's change is for staff alone: without an audience its patient is told nothing.
async fn told(writing: &mut Writing, change: Change<'_>, tag: &TagId, action: &str) -> Result<(), StoreError> {
    let Change { tenant, consultation, actor, by_macro, by_rule, .. } = change;
    search::later(writing, tenant, consultation).await?;
    let at = tenant.context.now();
    let subject = audit::Subject { kind: "consultation", id: consultation.as_str() };
    let mut detail = json!({ "tag": tag });
    if let Some(title) = by_macro {
        detail["macro"] = json!(title);
    }
    if let Some(rule) = by_rule {
        detail["rule"] = json!(rule);
    }
    audit::append(writing, &tenant.key, audit::Entry { at, actor, action, subject, detail }).await?;
    if let Some(of) = consultations::load(writing, consultation).await? {
        let step = action.strip_prefix("consultation.").unwrap_or(action);
        webhook::enqueue(writing, tenant, webhook::of_tag(&of, step, tag, at).into_iter().collect()).await?;
    }
    change::append(writing, at, Kind::Consultation, consultation.as_str(), None).await
}

pub(super) fn checked(tenant: &Tenant, content: Content) -> Result<Content, TagError> {
    let brand = &tenant.brand();
    content.checked(&brand.languages, &brand.default_language).map_err(TagError::Invalid)
}

/// Whether no other tag in use reads like it.
pub(super) fn is_free(all: &[Record], record: &Record) -> Result<(), TagError> {
    let is_other = |tag: &&Record| tag.id != record.id && tag.archived_at.is_none();
    let is_taken = all.iter().filter(is_other).any(|tag| record.content.reads_like(&tag.content));
    if is_taken && record.archived_at.is_none() { Err(TagError::NameTaken) } else { Ok(()) }
}

pub(super) async fn remember(
    writing: &mut Writing,
    tenant: &Tenant,
    record: &Record,
    actor: &Actor,
    action: &str,
) -> Result<(), StoreError> {
    let at = tenant.context.now();
    let detail = json!({
        "version": record.version,
        "names": record.content.names,
        "color": record.content.color,
        "archived": record.archived_at.is_some(),
    });
    let subject = audit::Subject { kind: "tag", id: record.id.as_str() };
    audit::append(writing, &tenant.key, audit::Entry { at, actor, action, subject, detail }).await?;
    change::append(writing, at, Kind::Tag, record.id.as_str(), None).await
}
