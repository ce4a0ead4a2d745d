//! What is done with members of staff.

use std::sync::Arc;

use serde_json::json;

use super::staff::Member;
use super::status::{LOST_HEARTBEAT, MISSED_OFFER, is_at_work, is_lost, is_on_duty};
use super::store;
use crate::actor::Actor;
use crate::api::types::{FieldError, NewOperator, OperatorChange, OperatorStatus, Page, PageQuery, StatusPeriod};
use crate::audit;
use crate::change::{self, Kind};
use crate::ids::{OperatorId, QueueId, UserId};
use crate::outbox::{self, Task};
use crate::page::{self, BadCursor};
use crate::store::{StoreError, Writing};
use crate::tenant::Tenant;
use crate::webhook;
use crate::words::Word;
use consilium_keeper::KeeperError;

/// Lane of effects that belong to no conversation.
const STAFF_LANE: &str = "staff";
/// How much a new member can have at once: a chat of most queues counts one.
const CAPACITY: u32 = 4;
const CAPACITY_MAX: u32 = 1_000;
const SKILLS_MAX: usize = 50;
/// Longest name, title and reason. Unit: characters.
const TEXT_CHARACTERS_MAX: usize = 200;

/// A failure, or a refusal.
#[derive(Debug, thiserror::Error)]
pub enum OperatorError {
    /// There is none of that id.
    #[error("no such operator")]
    NotFound,
    /// The account is a member of staff already.
    #[error("the account is a member of staff already")]
    Exists,
    /// A field cannot be so.
    #[error("a field is not valid")]
    Invalid(FieldError),
    /// The cursor is of another list.
    #[error(transparent)]
    Cursor(#[from] BadCursor),
    /// The keeper cannot do it now.
    #[error("the keeper cannot do it now")]
    Keeper(#[from] KeeperError),
    /// The store failed.
    #[error("the store failed")]
    Store(#[from] StoreError),
}

/// Makes an account a member of staff, and has the keeper sign his identity.
pub async fn create(tenant: &Tenant, new: NewOperator, actor: &Actor) -> Result<Arc<Member>, OperatorError> {
    check_user(tenant, &new.user_id)?;
    let member = Member {
        id: tenant.context.new_id().into(),
        name: checked_text("name", &new.name)?,
        title: checked_title(new.title)?,
        role: new.role,
        queues: checked_queues(tenant, new.queues)?,
        skills: checked_skills(new.skills)?,
        languages: checked_languages(tenant, new.languages)?,
        capacity: checked_capacity(new.capacity.unwrap_or(CAPACITY))?,
        user_id: new.user_id,
        status: OperatorStatus::Offline,
        status_since: tenant.context.now(),
        status_reason: None,
        wrapped_up_at: None,
    };
    let mut writing = tenant.store.write().await?;
    if tenant.staff.by_user(&member.user_id).is_some() {
        return Err(OperatorError::Exists);
    }
    match store::insert(&mut writing, tenant, &member).await {
        Err(StoreError::Constraint(_)) => return Err(OperatorError::Exists),
        other => other?,
    }
    trust_later(&mut writing, tenant, &member.user_id).await?;
    let mut detail = profile(&member);
    detail["user_id"] = json!(member.user_id);
    note(&mut writing, tenant, actor, "operator.created", &member, detail).await?;
    commit(tenant, writing, None, member).await
}

/// Has the keeper sign an operator's identity, now or when he has one.
pub async fn trust_later(writing: &mut Writing, tenant: &Tenant, user: &UserId) -> Result<(), StoreError> {
    outbox::append(writing, STAFF_LANE, &Task::Trust { user: user.clone() }, tenant.context.now()).await
}

/// Changes a member of staff.
pub async fn change(
    tenant: &Tenant,
    id: &OperatorId,
    change: OperatorChange,
    actor: &Actor,
) -> Result<Arc<Member>, OperatorError> {
    let mut writing = tenant.store.write().await?;
    let before = tenant.staff.present(id).ok_or(OperatorError::NotFound)?;
    let mut member = Member::clone(&before);
    if let Some(name) = change.name {
        member.name = checked_text("name", &name)?;
    }
    if let Some(title) = change.title {
        member.title = checked_title(title)?;
    }
    member.role = change.role.unwrap_or(member.role);
    if let Some(queues) = change.queues {
        member.queues = checked_queues(tenant, queues)?;
    }
    if let Some(skills) = change.skills {
        member.skills = checked_skills(skills)?;
    }
    if let Some(languages) = change.languages {
        member.languages = checked_languages(tenant, languages)?;
    }
    if let Some(capacity) = change.capacity {
        member.capacity = checked_capacity(capacity)?;
    }
    store::store_person(&mut writing, &member).await?;
    note(&mut writing, tenant, actor, "operator.changed", &member, profile(&member)).await?;
    commit(tenant, writing, Some(before), member).await
}

/// An operator says what he is ready for.
pub async fn set_status(
    tenant: &Tenant,
    id: &OperatorId,
    status: OperatorStatus,
    reason: Option<String>,
) -> Result<Arc<Member>, OperatorError> {
    let reason = reason.map(|reason| checked_text("reason", &reason)).transpose()?;
    tenant.heartbeats.beat(id, tenant.context.now());
    store_status(tenant, id, |_| Some((status, reason))).await
}

/// An operator let an offer lapse: he is not at his desk, though his console is.
pub async fn missed_offer(tenant: &Tenant, id: &OperatorId) -> Result<(), OperatorError> {
    let away = Some((OperatorStatus::Away, Some(MISSED_OFFER.to_owned())));
    store_status(tenant, id, |member| away.filter(|_| is_on_duty(member.status))).await.map(drop)
}

/// A console is alive. One that had fallen silent gets back the status it had.
pub async fn beat(tenant: &Tenant, id: &OperatorId) -> Result<Arc<Member>, OperatorError> {
    tenant.heartbeats.beat(id, tenant.context.now());
    let member = tenant.staff.by_id(id).ok_or(OperatorError::NotFound)?;
    if !is_lost(member.status, member.status_reason.as_deref()) {
        return Ok(member);
    }
    let before = tenant.heartbeats.take_status_before_silence(id).unwrap_or(OperatorStatus::Online);
    store_status(tenant, id, |member| is_lost(member.status, member.status_reason.as_deref()).then_some((before, None)))
        .await
}

/// Makes away who has a status that needs a console and a console that fell silent; returns how many.
pub async fn silence_lost(tenant: &Tenant) -> Result<usize, OperatorError> {
    let (now, after) = (tenant.context.now(), tenant.away_after_seconds);
    let is_silent = |member: &Member| is_at_work(member.status) && tenant.heartbeats.is_silent(&member.id, after, now);
    let mut silenced = 0;
    for member in tenant.staff.all().into_iter().filter(|member| is_silent(member)) {
        tenant.heartbeats.fell_silent(&member.id, member.status);
        let away = |member: &Member| is_silent(member).then(|| (OperatorStatus::Away, Some(LOST_HEARTBEAT.to_owned())));
        store_status(tenant, &member.id, away).await?;
        silenced += 1;
    }
    Ok(silenced)
}

/// Writes the status that `decide` gives for the member as he stands in the transaction; `None` or the same leaves it.
async fn store_status(
    tenant: &Tenant,
    id: &OperatorId,
    decide: impl FnOnce(&Member) -> Option<(OperatorStatus, Option<String>)>,
) -> Result<Arc<Member>, OperatorError> {
    let mut writing = tenant.store.write().await?;
    let member = tenant.staff.present(id).ok_or(OperatorError::NotFound)?;
    let Some((status, reason)) = decide(&member) else { return Ok(member) };
    if member.status == status && member.status_reason == reason {
        return Ok(member);
    }
    let status_since = store::not_before(tenant.context.now(), &member);
    let changed = Member { status, status_reason: reason, status_since, ..Member::clone(&member) };
    store::store_status(&mut writing, tenant, &changed).await?;
    let now = tenant.context.now();
    change::append(&mut writing, now, Kind::Operator, id.as_str(), None).await?;
    webhook::enqueue(&mut writing, tenant, vec![webhook::of_status(&changed)]).await?;
    if (member.status == OperatorStatus::Online) != (status == OperatorStatus::Online) {
        for queue in &changed.queues {
            change::append(&mut writing, now, Kind::Queue, queue.as_str(), None).await?;
        }
    }
    commit(tenant, writing, Some(member), changed).await
}

/// Commits a member's change. Memory follows before the commit, under the writer's lock, so that a later change decides on this one.
pub(super) async fn commit(
    tenant: &Tenant,
    writing: Writing,
    before: Option<Arc<Member>>,
    after: Member,
) -> Result<Arc<Member>, OperatorError> {
    let after = tenant.staff.put(after);
    if let Err(error) = writing.commit().await {
        match before {
            Some(before) => drop(tenant.staff.put(Member::clone(&before))),
            None => tenant.staff.remove(&after.id),
        }
        return Err(error.into());
    }
    Ok(after)
}

/// A supervisor accepts an operator's replaced identity, and the keeper signs it.
pub async fn approve_identity(tenant: &Tenant, id: &OperatorId, actor: &Actor) -> Result<Arc<Member>, OperatorError> {
    let member = tenant.staff.present(id).ok_or(OperatorError::NotFound)?;
    tenant.keeper.approve_identity(member.user_id.as_str()).await?;
    tenant.keeper.trust_operator(member.user_id.as_str()).await?;
    let mut writing = tenant.store.write().await?;
    note(&mut writing, tenant, actor, "identity.approved", &member, json!({ "user_id": member.user_id })).await?;
    writing.commit().await?;
    Ok(member)
}

/// One page of a member's statuses, newest first.
pub async fn status_history(
    tenant: &Tenant,
    id: &OperatorId,
    query: PageQuery,
) -> Result<Page<StatusPeriod>, OperatorError> {
    const LIST: &str = "statuses";
    tenant.staff.by_id(id).ok_or(OperatorError::NotFound)?;
    let before = page::read_cursor::<(i64, String)>(LIST, query.cursor.as_deref())?;
    let limit = page::limit(query.limit);
    let mut reading = tenant.store.read_at_length().await?;
    let total = store::count_periods(&mut reading, id).await?;
    let mut periods = store::periods(&mut reading, id, before, limit + 1).await?;
    let more = periods.len() > limit;
    periods.truncate(limit);
    let last = periods.last().filter(|_| more).map(|(id, period)| (period.since.as_millis(), id.clone()));
    let next_cursor = last.map(|last| page::cursor(LIST, &last));
    Ok(Page { items: periods.into_iter().map(|(_, period)| period).collect(), next_cursor, total })
}

/// What routing goes by, and what he may do, as the audit log tells it.
fn profile(member: &Member) -> serde_json::Value {
    json!({
        "role": member.role.word(),
        "queues": member.queues,
        "skills": member.skills,
        "languages": member.languages,
        "capacity": member.capacity,
    })
}

async fn note(
    writing: &mut Writing,
    tenant: &Tenant,
    actor: &Actor,
    action: &str,
    member: &Member,
    detail: serde_json::Value,
) -> Result<(), StoreError> {
    let now = tenant.context.now();
    let subject = audit::Subject { kind: "operator", id: member.id.as_str() };
    audit::append(writing, &tenant.key, audit::Entry { at: now, actor, action, subject, detail }).await?;
    change::append(writing, now, Kind::Operator, member.id.as_str(), None).await?;
    for queue in &member.queues {
        change::append(writing, now, Kind::Queue, queue.as_str(), None).await?;
    }
    Ok(())
}

fn invalid(field: &str, message: &str) -> OperatorError {
    OperatorError::Invalid(FieldError { field: field.to_owned(), message: message.to_owned() })
}

fn check_user(tenant: &Tenant, user_id: &UserId) -> Result<(), OperatorError> {
    let localpart =
        user_id.as_str().strip_prefix('@').and_then(|rest| rest.strip_suffix(&format!(":{}", tenant.server_name)));
    if localpart.is_none_or(str::is_empty) || user_id.as_str() == tenant.keeper.user_id() {
        return Err(invalid("user_id", "a user of this server, such as @petrova:clinic.example"));
    }
    Ok(())
}

fn checked_text(field: &str, text: &str) -> Result<String, OperatorError> {
    let text = text.trim();
    if text.is_empty() || text.chars().count() > TEXT_CHARACTERS_MAX || text.chars().any(char::is_control) {
        return Err(invalid(field, "1 to 200 characters"));
    }
    Ok(text.to_owned())
}

fn checked_title(title: Option<String>) -> Result<Option<String>, OperatorError> {
    title.filter(|title| !title.trim().is_empty()).map(|title| checked_text("title", &title)).transpose()
}

fn checked_skills(skills: Vec<String>) -> Result<Vec<String>, OperatorError> {
    if skills.len() > SKILLS_MAX {
        return Err(invalid("skills", "at most 50"));
    }
    let mut skills = skills.iter().map(|skill| checked_text("skills", skill)).collect::<Result<Vec<_>, _>>()?;
    skills.sort();
    skills.dedup();
    Ok(skills)
}

fn checked_languages(tenant: &Tenant, mut languages: Vec<String>) -> Result<Vec<String>, OperatorError> {
    languages.sort();
    languages.dedup();
    let brand = tenant.brand();
    if languages.iter().any(|language| !brand.languages.contains(language)) {
        return Err(invalid("languages", "languages of this brand"));
    }
    Ok(languages)
}

fn checked_capacity(capacity: u32) -> Result<u32, OperatorError> {
    if capacity <= CAPACITY_MAX { Ok(capacity) } else { Err(invalid("capacity", "0 to 1000")) }
}

fn checked_queues(tenant: &Tenant, mut queues: Vec<QueueId>) -> Result<Vec<QueueId>, OperatorError> {
    queues.sort();
    queues.dedup();
    let brand = tenant.brand();
    if queues.iter().any(|queue| brand.queue(queue.as_str()).is_none()) {
        return Err(invalid("queues", "ids of this brand's queues"));
    }
    Ok(queues)
}
