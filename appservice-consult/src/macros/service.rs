//! What supervisors do with macros: they make them, write them anew, put them out of use and back.

use std::collections::BTreeSet;

use serde_json::json;

use super::content::{self, Known};
use super::run::StepError;
use super::store::{self, Record};
use crate::actor::Actor;
use crate::api::types::{FieldError, MacroContent, MacroStep};
use crate::audit;
use crate::change::{self, Kind};
use crate::desk_file;
use crate::ids::{DeskFileId, MacroId, OperatorId, QueueId, TagId};
use crate::store::{Session, StoreError, Writing};
use crate::tag;
use crate::tenant::Tenant;

/// Macros of a tenant, archived ones too: the console has all of them in memory, to find them while one types.
pub(super) const MACROS_MAX: usize = 300;

/// A failure, or a refusal.
#[derive(Debug, thiserror::Error)]
pub enum MacroError {
    /// There is no such macro or consultation.
    #[error("no such macro")]
    NotFound,
    /// Fields that cannot be so.
    #[error("a macro is not valid")]
    Invalid(Vec<FieldError>),
    /// Another one in use has the shortcut.
    #[error("the shortcut is taken")]
    ShortcutTaken,
    /// There are as many as there may be.
    #[error("there are too many macros")]
    Full,
    /// Somebody changed it meanwhile, or put it out of use.
    #[error("it was changed meanwhile")]
    Changed,
    /// It is not for the queue of the consultation.
    #[error("the macro is for other queues")]
    OtherQueue,
    /// The request's id stands for another run.
    #[error("the request is another's")]
    OtherRun,
    /// One of its steps cannot be done; none was.
    #[error("the step {step:?} cannot be done")]
    Refused {
        /// Which.
        step: MacroStep,
        /// Why.
        #[source]
        source: StepError,
    },
    /// The store failed.
    #[error("the store failed")]
    Store(#[from] StoreError),
}

/// All macros, archived ones too.
pub async fn list(session: &mut Session) -> Result<Vec<Record>, StoreError> {
    store::load_all(session).await
}

/// What is wanted of a macro.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// The version that was changed.
    pub version: i64,
    /// What it is to be.
    pub content: MacroContent,
    /// Whether it is to be in use.
    pub is: tag::Standing,
}

/// Makes a macro.
pub async fn create(
    tenant: &Tenant,
    content: MacroContent,
    by: &OperatorId,
    actor: &Actor,
) -> Result<Record, MacroError> {
    let mut writing = tenant.store.write().await?;
    let content = checked(&mut writing, tenant, content).await?;
    if store::load_all(&mut writing).await?.len() >= MACROS_MAX {
        return Err(MacroError::Full);
    }
    let record = Record {
        id: tenant.context.new_id().into(),
        version: 1,
        content,
        archived_at: None,
        changed_at: tenant.context.now(),
        changed_by: by.clone(),
    };
    store::insert(&mut writing, &record).await.map_err(shortcut_taken)?;
    remember(&mut writing, tenant, &record, actor, "macro.created").await?;
    writing.commit().await?;
    Ok(record)
}

/// Writes a macro anew over the version that was changed; archives it, or takes it back into use.
///
/// What goes out of use is not looked at: a queue or a tag that it names may be gone too.
pub async fn change(
    tenant: &Tenant,
    id: &MacroId,
    wanted: Wanted,
    by: &OperatorId,
    actor: &Actor,
) -> Result<Record, MacroError> {
    let Wanted { version, content, is } = wanted;
    let mut writing = tenant.store.write().await?;
    let before = store::load(&mut writing, id).await?.ok_or(MacroError::NotFound)?;
    if before.version != version {
        return Err(MacroError::Changed);
    }
    let now = tenant.context.now();
    let archived_at = (is == tag::Standing::Archived).then(|| before.archived_at.unwrap_or(now));
    let goes_as_it_is = archived_at.is_some() && before.content == content;
    let content = if goes_as_it_is { content } else { checked(&mut writing, tenant, content).await? };
    if before.content == content && before.archived_at == archived_at {
        return Ok(before);
    }
    let version = version + 1;
    let after = Record { id: id.clone(), version, content, archived_at, changed_at: now, changed_by: by.clone() };
    if !store::update(&mut writing, &after).await.map_err(shortcut_taken)? {
        return Err(MacroError::Changed);
    }
    remember(&mut writing, tenant, &after, actor, "macro.changed").await?;
    writing.commit().await?;
    Ok(after)
}

pub(super) async fn checked(
    session: &mut Session,
    tenant: &Tenant,
    content: MacroContent,
) -> Result<MacroContent, MacroError> {
    let brand = tenant.brand();
    let tags = tag::list(session).await?;
    let tag = |id: &TagId| tags.iter().find(|tag| tag.id == *id);
    let files = if brand.features.attachments { desk_file::all(session).await? } else { Vec::new() };
    let known = Known {
        languages: &brand.languages,
        default_language: &brand.default_language,
        is_queue: &|id: &QueueId| brand.queue(id.as_str()).is_some(),
        is_in_use: &|id: &QueueId| brand.queue(id.as_str()).is_some_and(|queue| !queue.retired),
        is_tag: &|id: &TagId| tag(id).is_some(),
        can_be_put_on: &|id: &TagId| tag(id).is_some_and(|tag| tag.archived_at.is_none()),
        file: &|id: &DeskFileId| files.iter().find(|file| file.id == *id).cloned(),
        is_colleague: &|id: &OperatorId| tenant.staff.present(id).is_some(),
    };
    content::checked(content, &known).map_err(MacroError::Invalid)
}

fn shortcut_taken(error: StoreError) -> MacroError {
    match error {
        StoreError::Constraint(_) => MacroError::ShortcutTaken,
        other => other.into(),
    }
}

/// Files that macros name, archived ones too.
pub async fn files(session: &mut Session) -> Result<BTreeSet<DeskFileId>, StoreError> {
    Ok(store::load_all(session).await?.into_iter().flat_map(files_of).collect())
}

fn files_of(record: Record) -> impl Iterator<Item = DeskFileId> {
    record.content.files.into_iter().map(|file| file.id)
}

/// The audit log keeps the whole content: it is from where an earlier one is brought back.
pub(super) async fn remember(
    writing: &mut Writing,
    tenant: &Tenant,
    record: &Record,
    actor: &Actor,
    action: &str,
) -> Result<(), StoreError> {
    let at = record.changed_at;
    let detail = json!({
        "version": record.version,
        "content": record.content,
        "archived": record.archived_at.is_some(),
    });
    desk_file::settle(writing, at).await?;
    let subject = audit::Subject { kind: "macro", id: record.id.as_str() };
    audit::append(writing, &tenant.key, audit::Entry { at, actor, action, subject, detail }).await?;
    change::append(writing, at, Kind::Macro, record.id.as_str(), None).await
}
