//! Tags that the brand folder brings.

use super::content::Content;
use super::service::{TAGS_MAX, TagError, checked, is_free, remember};
use super::store::{self, Record};
use crate::actor::Actor;
use crate::ids::TagId;
use crate::operator::FOLDER_AUTHOR;
use crate::store::Writing;
use crate::tenant::Tenant;

/// Makes a tag as the folder says, or writes it anew; without a content it is archived. Gives its version.
pub async fn from_folder(
    writing: &mut Writing,
    tenant: &Tenant,
    id: &TagId,
    content: Option<Content>,
) -> Result<i64, TagError> {
    let all = store::load_all(writing).await?;
    let before = all.iter().find(|tag| tag.id == *id);
    let now = tenant.context.now();
    let archived_at = content.is_none().then_some(now);
    let content = match (content, before) {
        (Some(content), _) => checked(tenant, content)?,
        (None, Some(before)) => before.content.clone(),
        (None, None) => return Err(TagError::NotFound),
    };
    let version = before.map_or(1, |before| before.version + 1);
    let record =
        Record { id: id.clone(), version, content, archived_at, changed_at: now, changed_by: FOLDER_AUTHOR.into() };
    is_free(&all, &record)?;
    let action = if before.is_none() {
        if all.len() >= TAGS_MAX {
            return Err(TagError::Full);
        }
        store::insert(writing, &record).await?;
        "tag.created"
    } else {
        if !store::update(writing, &record).await? {
            return Err(TagError::Changed);
        }
        "tag.changed"
    };
    remember(writing, tenant, &record, &Actor::System, action).await?;
    Ok(version)
}
