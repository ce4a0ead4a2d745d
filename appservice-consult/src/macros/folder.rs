//! Macros that the brand folder brings.

use super::service::{MACROS_MAX, MacroError, checked, remember};
use super::store::{self, Record};
use crate::actor::Actor;
use crate::api::types::MacroContent;
use crate::ids::MacroId;
use crate::operator::FOLDER_AUTHOR;
use crate::store::Writing;
use crate::tenant::Tenant;

/// Makes a macro as the folder says, or writes it anew; without a content it is archived. Gives its version.
pub async fn from_folder(
    writing: &mut Writing,
    tenant: &Tenant,
    id: &MacroId,
    content: Option<MacroContent>,
) -> Result<i64, MacroError> {
    let all = store::load_all(writing).await?;
    let before = all.iter().find(|one| one.id == *id);
    let now = tenant.context.now();
    let archived_at = content.is_none().then_some(now);
    let content = match (content, before) {
        (Some(content), _) => checked(writing, tenant, content).await?,
        (None, Some(before)) => before.content.clone(),
        (None, None) => return Err(MacroError::NotFound),
    };
    let is_taken =
        |other: &Record| other.id != *id && other.archived_at.is_none() && other.content.shortcut == content.shortcut;
    if archived_at.is_none() && all.iter().any(is_taken) {
        return Err(MacroError::ShortcutTaken);
    }
    let version = before.map_or(1, |before| before.version + 1);
    let record =
        Record { id: id.clone(), version, content, archived_at, changed_at: now, changed_by: FOLDER_AUTHOR.into() };
    let action = if before.is_none() {
        if all.len() >= MACROS_MAX {
            return Err(MacroError::Full);
        }
        store::insert(writing, &record).await?;
        "macro.created"
    } else {
        if !store::update(writing, &record).await? {
            return Err(MacroError::Changed);
        }
        "macro.changed"
    };
    remember(writing, tenant, &record, &Actor::System, action).await?;
    Ok(version)
}
