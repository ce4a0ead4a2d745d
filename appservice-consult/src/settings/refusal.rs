//! Changes that the rules of a brand allow and the desk does not, because of what was there already.

use std::collections::HashSet;

use consilium_config::Brand;
use consilium_config::brand::{Rule, Section};
use sea_query::{Expr, ExprTrait, Iden, IntoIden, Query};
use serde_json::Value;

use super::error::SettingsError;
use super::former;
use crate::api::types::FieldError;
use crate::ids::QueueId;
use crate::operator;
use crate::retention;
use crate::store::tables::{Callback, Consultation};
use crate::store::{Session, StoreError};
use crate::tag;
use crate::tenant::Tenant;

/// Refuses to remove what others name, before the rules of a brand refuse it by a field that is not the section's.
///
/// Errors: `QuestionnaireInUse`.
pub(super) fn check_named(brand: &Brand, section: &Section, content: Option<&Value>) -> Result<(), SettingsError> {
    let (Section::Questionnaire(id), None) = (section, content) else { return Ok(()) };
    let asking = brand.queues.iter().filter(|queue| queue.questionnaire.as_ref() == Some(id));
    let queues: Vec<String> = asking.map(|queue| queue.id.clone()).collect();
    if queues.is_empty() { Ok(()) } else { Err(SettingsError::QuestionnaireInUse { queues }) }
}

/// Refuses what would take the ground from under patients.
///
/// Errors: `QueueInUse`, `Invalid`, `VersionTaken`, `Store`.
pub(super) async fn check(
    session: &mut Session,
    tenant: &Tenant,
    section: &Section,
    (before, after): (&Brand, &Brand),
) -> Result<(), SettingsError> {
    match section {
        Section::Queue(id) => check_queue(session, tenant, id, (before, after)).await,
        Section::Rule(id) => check_tags(session, after.rule(id)).await,
        Section::CallbackForm => {
            invalid(check_form(before, after))?;
            former::check(session, tenant, section, (before, after)).await
        }
        Section::Legal => {
            invalid(check_legal(&tenant.folder, before, after))?;
            former::check(session, tenant, section, (before, after)).await
        }
        Section::Retention => check_classes(session, before, after).await,
        Section::Statuses => check_statuses(session, before, after).await,
        Section::Queues
        | Section::Holidays
        | Section::Texts
        | Section::Contacts
        | Section::Consents
        | Section::Conclusion(_)
        | Section::Questionnaire(_)
        | Section::Rules
        | Section::Fields => Ok(()),
    }
}

/// Refuses a rule that names tags which the desk has not, or puts on what is out of use. Only a change is looked at: a tag may be archived later.
pub(crate) async fn check_tags(session: &mut Session, rule: Option<&Rule>) -> Result<(), SettingsError> {
    let Some(rule) = rule else { return Ok(()) };
    let tags = tag::list(session).await?;
    let is_known = |id: &String| tags.iter().any(|tag| tag.id.as_str() == id);
    let is_in_use = |id: &String| tags.iter().any(|tag| tag.id.as_str() == id && tag.archived_at.is_none());
    let mut errors = Vec::new();
    let mut refuse = |field: &str, message: &str| {
        errors.push(FieldError::new(field, message).code("unknown_tag"));
    };
    if !rule.conditions.tags.iter().all(is_known) {
        refuse("conditions.tags", "Ids of the desk's tags.");
    }
    if !rule.actions.remove_tags.iter().all(is_known) {
        refuse("actions.remove_tags", "Ids of the desk's tags.");
    }
    if !rule.actions.add_tags.iter().all(is_in_use) {
        refuse("actions.add_tags", "Ids of tags in use.");
    }
    invalid(errors)
}

fn invalid(errors: Vec<FieldError>) -> Result<(), SettingsError> {
    if errors.is_empty() { Ok(()) } else { Err(SettingsError::Invalid(errors)) }
}

/// Another text under the same version: what somebody agreed to could not be told from it.
fn same_version(field: impl Into<String>) -> FieldError {
    FieldError::new(field, "The text is another one: give it a version of its own.").code("same_version")
}

fn check_form(before: &Brand, after: &Brand) -> Vec<FieldError> {
    let (Some(was), Some(is)) = (&before.callback_form, &after.callback_form) else { return Vec::new() };
    let is_same = was.consent != is.consent && was.consent_version == is.consent_version;
    if is_same { vec![same_version("form.consent_version")] } else { Vec::new() }
}

/// A document may say its text itself, or go on with files that the folder names; a changed text has a version of its own.
fn check_legal(folder: &Brand, before: &Brand, after: &Brand) -> Vec<FieldError> {
    let files: HashSet<&str> =
        folder.legal.iter().flat_map(|document| document.files.iter().map(|(_, file)| file)).collect();
    let mut errors = Vec::new();
    for is in &after.legal {
        if is.files.iter().any(|(_, file)| !files.contains(file)) {
            let message = "Only files that the brand folder names can be shown: write the text here instead.";
            errors.push(FieldError::new(format!("documents.{}.files", is.id), message).code("not_in_folder"));
        }
        let was = before.legal.iter().find(|was| was.id == is.id && was.version == is.version);
        if was.is_some_and(|was| was.texts != is.texts || was.files != is.files) {
            errors.push(same_version(format!("documents.{}.version", is.id)));
        }
    }
    errors
}

/// Whether what a section names of the folder is still there.
pub(super) fn fits_folder(folder: &Brand, section: &Section, brand: &Brand) -> bool {
    *section != Section::Legal || check_legal(folder, brand, brand).is_empty()
}

/// A class stays while records are kept by it: they remember its name.
async fn check_classes(session: &mut Session, before: &Brand, after: &Brand) -> Result<(), SettingsError> {
    let mut errors = Vec::new();
    for was in before.retention.iter().filter(|was| after.retention.iter().all(|is| is.id != was.id)) {
        if retention::standing(session, &was.id).await?.records > 0 {
            let message = format!("Records are kept by `{}`: it stays until the last of them has gone.", was.id);
            errors.push(FieldError::new("classes", message).code("class_in_use").with("name", &was.id));
        }
    }
    invalid(errors)
}

/// A status that was ever chosen stays, and stays a kind of the same: the history of statuses names it.
async fn check_statuses(session: &mut Session, before: &Brand, after: &Brand) -> Result<(), SettingsError> {
    let mut errors = Vec::new();
    for was in &before.statuses {
        let is = after.status(&was.id);
        if is.is_some_and(|is| is.of == was.of) || !operator::was_chosen(session, &was.id).await? {
            continue;
        }
        errors.push(match is {
            None => FieldError::new("statuses", format!("`{}` was chosen before: retire it instead.", was.id))
                .code("status_in_use")
                .with("name", &was.id),
            Some(_) => {
                FieldError::new(format!("statuses.{}.of", was.id), "It was chosen before, as a kind of another.")
                    .code("status_kind_fixed")
            }
        });
    }
    invalid(errors)
}

async fn check_queue(
    session: &mut Session,
    tenant: &Tenant,
    id: &str,
    (before, after): (&Brand, &Brand),
) -> Result<(), SettingsError> {
    let Some(was) = before.queue(id) else { return Ok(()) };
    match after.queue(id) {
        None if was_visited(session, id).await? || is_served(tenant, id) => Err(SettingsError::QueueInUse),
        Some(is) if is.circle != was.circle && was_visited(session, id).await? => {
            let message = "Patients have been here: their history cannot move to another circle.".to_owned();
            Err(SettingsError::Invalid(vec![FieldError::new("circle", message).code("circle_fixed")]))
        }
        _ => Ok(()),
    }
}

/// Whether somebody ever asked for something in the queue: its history names it.
async fn was_visited(session: &mut Session, id: &str) -> Result<bool, StoreError> {
    Ok(stands_in(session, Consultation::Table, Consultation::QueueId, id).await?
        || stands_in(session, Callback::Table, Callback::QueueId, id).await?)
}

async fn stands_in(
    session: &mut Session,
    table: impl Iden + 'static,
    column: impl Iden + Copy + 'static,
    id: &str,
) -> Result<bool, StoreError> {
    let mut select = Query::select();
    select.column(column).from(table.into_iden()).and_where(Expr::col(column).eq(id)).limit(1);
    Ok(session.fetch_one(&select).await?.is_some())
}

fn is_served(tenant: &Tenant, id: &str) -> bool {
    let id = QueueId::from(id);
    tenant.staff.all().iter().any(|member| member.queues.contains(&id))
}
