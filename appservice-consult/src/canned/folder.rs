//! Shared replies that the brand folder brings.

use super::content::Content;
use super::service::{CannedError, SHARED_MAX, checked, note_down};
use super::store::{self, Action, Record};
use crate::actor::Actor;
use crate::ids::{CannedId, OperatorId};
use crate::operator::FOLDER_AUTHOR;
use crate::store::Writing;
use crate::tenant::Tenant;

/// Makes a shared reply as the folder says, or writes it anew; without a content it is removed. Gives its version.
pub async fn from_folder(
    writing: &mut Writing,
    tenant: &Tenant,
    id: &CannedId,
    content: Option<Content>,
) -> Result<i64, CannedError> {
    let by = OperatorId::from(FOLDER_AUTHOR);
    let before = store::load(writing, id).await?;
    let now = tenant.context.now();
    let removed_at = content.is_none().then_some(now);
    let content = match (content, &before) {
        (Some(content), _) => checked(writing, tenant, content).await?,
        (None, Some(before)) => before.content.clone(),
        (None, None) => return Err(CannedError::NotFound),
    };
    let action = match (&before, removed_at) {
        (_, Some(_)) => Action::Removed,
        (Some(_), None) => Action::Changed,
        (None, None) => Action::Created,
    };
    let version = before.as_ref().map_or(1, |before| before.version + 1);
    let record =
        Record { id: id.clone(), version, owner: None, content, changed_at: now, changed_by: by.clone(), removed_at };
    // Nobody has replies of his own under the folder's name: these are the shared ones.
    let shared = store::of(writing, &by).await?;
    let is_same = |other: &Record| {
        (&other.content.language, &other.content.shortcut) == (&record.content.language, &record.content.shortcut)
    };
    if removed_at.is_none() && shared.iter().any(|other| other.id != *id && is_same(other)) {
        return Err(CannedError::ShortcutTaken);
    }
    if before.is_some() {
        if !store::update(writing, &record).await? {
            return Err(CannedError::Changed);
        }
    } else {
        if i64::try_from(shared.len()).unwrap_or(i64::MAX) >= SHARED_MAX {
            return Err(CannedError::Full);
        }
        store::insert(writing, &record).await?;
    }
    note_down(writing, tenant, &record, action, &Actor::System).await?;
    Ok(version)
}
