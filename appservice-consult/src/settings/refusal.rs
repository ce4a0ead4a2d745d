//! Changes that the rules of a brand allow and the desk does not, because of what was there already.

use consilium_config::Brand;
use consilium_config::brand::{Rule, Section};
use sea_query::{Expr, ExprTrait, Iden, IntoIden, Query};
use serde_json::Value;

use super::error::SettingsError;
use crate::api::types::FieldError;
use crate::ids::QueueId;
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
/// Errors: `QueueInUse`, `Invalid`, `Store`.
pub(super) async fn check(
    session: &mut Session,
    tenant: &Tenant,
    section: &Section,
    (before, after): (&Brand, &Brand),
) -> Result<(), SettingsError> {
    match section {
        Section::Queue(id) => check_queue(session, tenant, id, (before, after)).await,
        Section::Rule(id) => check_tags(session, after.rule(id)).await,
        Section::Queues
        | Section::Holidays
        | Section::Texts
        | Section::Contacts
        | Section::Conclusion(_)
        | Section::Questionnaire(_)
        | Section::Rules => Ok(()),
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
        errors.push(FieldError::new(field, message));
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
    if errors.is_empty() { Ok(()) } else { Err(SettingsError::Invalid(errors)) }
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
            Err(SettingsError::Invalid(vec![FieldError::new("circle", message)]))
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
