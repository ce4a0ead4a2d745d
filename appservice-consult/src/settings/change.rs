//! Making a version: checked by the rules of a folder, written once, and in force when it is durable.

use std::sync::Arc;

use consilium_config::brand::Section;
use consilium_config::{Brand, Problem};
use serde_json::{Value, json};
use tokio::sync::OwnedMutexGuard;

use super::difference::{Difference, differences};
use super::effect::{self, Effect};
use super::error::SettingsError;
use super::store::{self, Version};
use super::{due, refusal};
use crate::actor::Actor;
use crate::api::types::FieldError;
use crate::audit;
use crate::change::{self, Kind};
use crate::ids::OperatorId;
use crate::letters;
use crate::store::{StoreError, Writing};
use crate::tenant::Tenant;
use crate::time::Time;

/// Changes pass one after the other: each is checked against all that holds.
const LOCK: &str = "settings";
/// Longest note on a change. Unit: characters.
const NOTE_CHARACTERS_MAX: usize = 300;

/// What is to become of a section.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// This is its content; `None`: it is removed.
    Write(Option<Value>),
    /// It says again what it said in a version; 0: what the brand folder says.
    Restore(i64),
}

/// What somebody wants changed.
#[derive(Debug, Clone, PartialEq)]
pub struct Wish {
    /// The version that he saw; 0: none was made in the console.
    pub based_on: i64,
    /// What is to become of it.
    pub change: Change,
    /// Why, if he says it.
    pub note: Option<String>,
}

/// What came of it.
#[derive(Debug)]
pub struct Changed {
    /// The newest version; `None`: the section says what the folder says, and always did.
    pub version: Option<Version>,
}

/// How a content would do.
#[derive(Debug)]
pub struct Checked {
    /// The brand with it; `None`: it cannot be.
    pub brand: Option<Brand>,
    /// What is wrong, by field.
    pub errors: Vec<FieldError>,
    /// What it would change.
    pub differences: Vec<Difference>,
    /// What that would come to for people and records.
    pub effects: Vec<Effect>,
}

/// Makes a further version of a section. What says the same as before makes none.
///
/// Errors: `NotFound`, `Changed` with who was faster, `Invalid`, `VersionTaken`, `QueueInUse`, `QuestionnaireInUse`, `Store`.
pub async fn change(
    tenant: &Tenant,
    section: &Section,
    wish: Wish,
    by: &OperatorId,
    actor: &Actor,
) -> Result<Changed, SettingsError> {
    let note = wish.note.as_deref().map(checked_note).transpose()?.flatten();
    let turn = tenant.locks.lock(LOCK).await;
    let mut writing = tenant.store.write().await?;
    let newest = store::newest_of(&mut writing, section).await?;
    let known = newest.as_ref().map_or(0, |version| version.version);
    if known != wish.based_on {
        return Err(SettingsError::Changed { by: newest.map(|version| version.by) });
    }
    let (content, restores) = wanted(&mut writing, tenant, section, wish.change).await?;
    let before = tenant.brand();
    let was = before.content(section);
    if was.is_none() && content.is_none() {
        return Err(SettingsError::NotFound);
    }
    refusal::check_named(&before, section, content.as_ref())?;
    let after = before.changed(section, content.as_ref()).map_err(|problems| invalid(&problems))?;
    refusal::check(&mut writing, tenant, section, (&before, &after)).await?;
    let is = after.content(section);
    let says = newest.as_ref().map(|version| before.normal(section, version.content.as_ref()));
    // A newest version that was set aside says something else than what holds: then even that is news.
    if is == was && says.is_none_or(|says| says == was) {
        return Ok(Changed { version: newest });
    }
    let version = Version {
        section: section.to_string(),
        version: known + 1,
        at: tenant.context.now(),
        by: by.clone(),
        content: is.clone(),
        folder: tenant.folder.content(section),
        restores,
        note,
    };
    store::insert(&mut writing, &version).await?;
    remember(&mut writing, tenant, &version, &differences(was.as_ref(), is.as_ref()), actor).await?;
    if *section == Section::Statuses {
        tell_of_statuses(&mut writing, tenant, version.at).await?;
    }
    for queue in due::set_anew(&mut writing, &before, &after).await? {
        change::append(&mut writing, version.at, Kind::Queue, &queue, None).await?;
    }
    commit(tenant, writing, after, turn).await?;
    Ok(Changed { version: Some(version) })
}

/// How a content would do, without making anything of it.
pub async fn check(tenant: &Tenant, section: &Section, content: Option<&Value>) -> Result<Checked, SettingsError> {
    let before = tenant.brand();
    let was = before.content(section);
    refusal::check_named(&before, section, content)?;
    let after = match before.changed(section, content) {
        Ok(after) => after,
        Err(problems) => {
            return Ok(Checked {
                brand: None,
                errors: problems.iter().map(FieldError::from).collect(),
                differences: differences(was.as_ref(), content),
                effects: Vec::new(),
            });
        }
    };
    let mut reading = tenant.store.read_at_length().await?;
    let errors = match refusal::check(&mut reading, tenant, section, (&before, &after)).await {
        Ok(()) => Vec::new(),
        Err(SettingsError::Invalid(errors) | SettingsError::VersionTaken(errors)) => errors,
        Err(other) => return Err(other),
    };
    let differences = differences(was.as_ref(), after.content(section).as_ref());
    let effects = effect::effects(&mut reading, tenant, section, (&before, &after)).await?;
    Ok(Checked { brand: errors.is_empty().then_some(after), errors, differences, effects })
}

/// The content that is wanted, and the version that it is of.
async fn wanted(
    writing: &mut Writing,
    tenant: &Tenant,
    section: &Section,
    change: Change,
) -> Result<(Option<Value>, Option<i64>), SettingsError> {
    match change {
        Change::Write(content) => Ok((content, None)),
        Change::Restore(0) => Ok((tenant.folder.content(section), Some(0))),
        Change::Restore(number) => {
            let version = store::version(writing, section, number).await?.ok_or(SettingsError::NotFound)?;
            Ok((version.content, Some(number)))
        }
    }
}

async fn remember(
    writing: &mut Writing,
    tenant: &Tenant,
    version: &Version,
    differences: &[Difference],
    actor: &Actor,
) -> Result<(), StoreError> {
    let action = match (&version.content, version.restores) {
        (_, Some(_)) => "settings.restored",
        (None, None) => "settings.removed",
        (Some(_), None) => "settings.changed",
    };
    let fields: Vec<&str> = differences.iter().map(|difference| difference.field.as_str()).collect();
    let detail = json!({ "version": version.version, "restores": version.restores, "fields": fields });
    let subject = audit::Subject { kind: "settings", id: &version.section };
    audit::append(writing, &tenant.key, audit::Entry { at: version.at, actor, action, subject, detail }).await?;
    change::append(writing, version.at, Kind::Settings, &version.section, None).await
}

/// Whoever has a status of the brand's own is shown by its name and colour of now.
async fn tell_of_statuses(writing: &mut Writing, tenant: &Tenant, at: Time) -> Result<(), StoreError> {
    for member in tenant.staff.all().iter().filter(|member| member.status_kind.is_some()) {
        change::append(writing, at, Kind::Operator, member.id.as_str(), None).await?;
    }
    Ok(())
}

/// Makes it durable and puts it in force. Who is woken by the commit reads the new settings; when nothing could be written, the old ones hold again. Goes on when
/// the caller has gone, and lets nobody else change settings meanwhile.
async fn commit(tenant: &Tenant, writing: Writing, after: Brand, turn: OwnedMutexGuard<()>) -> Result<(), StoreError> {
    let (current, before) = (tenant.current.clone(), tenant.brand());
    let committing = tokio::spawn(async move {
        let _turn = turn;
        current.set(Arc::new(after));
        let committed = writing.commit().await;
        if committed.is_err() {
            current.set(before);
        }
        committed
    });
    committing.await.map_err(StoreError::thread_died)?
}

fn checked_note(note: &str) -> Result<Option<String>, SettingsError> {
    let note = note.split_whitespace().collect::<Vec<_>>().join(" ");
    if note.chars().count() > NOTE_CHARACTERS_MAX || letters::has_control(&note) {
        let message = format!("At most {NOTE_CHARACTERS_MAX} characters.");
        let wrong = FieldError::new("note", message).code("too_long_all").with("most", NOTE_CHARACTERS_MAX);
        return Err(SettingsError::Invalid(vec![wrong]));
    }
    Ok(Some(note).filter(|note| !note.is_empty()))
}

fn invalid(problems: &[Problem]) -> SettingsError {
    SettingsError::Invalid(problems.iter().map(FieldError::from).collect())
}
