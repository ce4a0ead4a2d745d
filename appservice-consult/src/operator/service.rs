//! What is done with members of staff.

use std::sync::Arc;

use serde_json::json;

use super::profile::{Profile, checked_text};
use super::rank::Raise;
use super::schedule::Schedule;
use super::staff::Member;
use super::status::{LOST_HEARTBEAT, MISSED_OFFER, base_of, is_at_work, is_lost, is_on_duty};
use super::store::{self, Period};
use super::version::{self, Version};
use crate::actor::Actor;
use crate::api::types::{
    FieldError, NewOperator, OperatorChange, OperatorRestore, OperatorRole, OperatorStatus, PageQuery, StatusChange,
};
use crate::audit;
use crate::change::{self, Kind};
use crate::follow_up;
use crate::ids::{OperatorId, UserId};
use crate::outbox::{self, Task};
use crate::page::{self, BadCursor, Listed, Total};
use crate::store::{StoreError, Writing};
use crate::tenant::Tenant;
use crate::webhook;
use crate::words::Word;
use consilium_keeper::KeeperError;

/// Lane of effects that belong to no conversation.
const STAFF_LANE: &str = "staff";

/// A failure, or a refusal.
#[derive(Debug, thiserror::Error)]
pub enum OperatorError {
    /// There is none of that id.
    #[error("no such operator")]
    NotFound,
    /// The account is a member of staff already.
    #[error("the account is a member of staff already")]
    Exists,
    /// Somebody changed him meanwhile.
    #[error("he was changed meanwhile")]
    Changed {
        /// Who; `None`: it is not a version that there was.
        by: Option<OperatorId>,
    },
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

/// Makes an account a member of staff, and has the keeper sign his identity. The first supervisor whom no colleague makes administers: somebody has to.
pub async fn create(tenant: &Tenant, new: NewOperator, actor: &Actor) -> Result<Arc<Member>, OperatorError> {
    check_user(tenant, &new.user_id)?;
    let user_id = new.user_id.clone();
    let profile = Profile::new(new).checked(&tenant.brand())?;
    let blank = Member {
        id: tenant.context.new_id().into(),
        user_id,
        name: String::new(),
        title: None,
        grade: None,
        role: profile.role,
        queues: Vec::new(),
        skills: Vec::new(),
        languages: Vec::new(),
        capacity: 0,
        schedule: Schedule::default(),
        status: OperatorStatus::Offline,
        status_since: tenant.context.now(),
        status_reason: None,
        status_kind: None,
        wrapped_up_at: None,
    };
    let mut member = profile.put_on(&blank);
    let mut writing = tenant.store.write().await?;
    if tenant.staff.by_user(&member.user_id).is_some() {
        return Err(OperatorError::Exists);
    }
    let own = own_role(tenant, actor);
    let raise = Raise { own, was: None, is: member.role, has_other_administrator: tenant.staff.has_administrator() };
    raise.check()?;
    if own.is_none() && member.role == OperatorRole::Supervisor && !tenant.staff.has_administrator() {
        member.role = OperatorRole::Administrator;
    }
    match store::insert(&mut writing, tenant, &member).await {
        Err(StoreError::Constraint(_)) => return Err(OperatorError::Exists),
        other => other?,
    }
    trust_later(&mut writing, tenant, &member.user_id).await?;
    let mut detail = profile_of(&member);
    detail["user_id"] = json!(member.user_id);
    note(&mut writing, tenant, actor, "operator.created", &member, detail).await?;
    commit(tenant, writing, None, member).await
}

/// The rights of who acts, as they stand in this transaction; `None`: the administrator at the command line, or the service itself. Where nobody administers
/// any more, because the last one is no member now, supervisors do.
fn own_role(tenant: &Tenant, actor: &Actor) -> Option<OperatorRole> {
    match actor {
        Actor::Staff { id, .. } => {
            let role = tenant.staff.by_id(id).map_or(OperatorRole::Operator, |member| member.role);
            let is_next = role == OperatorRole::Supervisor && !tenant.staff.has_administrator();
            Some(if is_next { OperatorRole::Administrator } else { role })
        }
        // Neither comes here; whoever did would have no rights to give.
        Actor::Patient { .. } | Actor::Partner { .. } => Some(OperatorRole::Operator),
        Actor::System => None,
    }
}

/// Has the keeper sign an operator's identity, now or when he has one.
pub async fn trust_later(writing: &mut Writing, tenant: &Tenant, user: &UserId) -> Result<(), StoreError> {
    outbox::append(writing, STAFF_LANE, &Task::Trust { user: user.clone() }, tenant.context.now()).await
}

/// Changes a member of staff. What says the same as before makes no version.
pub async fn change(
    tenant: &Tenant,
    id: &OperatorId,
    change: OperatorChange,
    actor: &Actor,
) -> Result<Arc<Member>, OperatorError> {
    let mut writing = tenant.store.write().await?;
    let before = tenant.staff.present(id).ok_or(OperatorError::NotFound)?;
    let brand = tenant.brand();
    let profile = Profile::of(&before).known_to(&brand).changed(change).checked(&brand)?;
    let member = profile.put_on(&before);
    write(&mut writing, tenant, (&before, &member), None, actor).await?;
    commit(tenant, writing, Some(before), member).await
}

/// Makes a member again what he was in a version, as far as there still is what it names.
pub async fn restore(
    tenant: &Tenant,
    id: &OperatorId,
    restore: OperatorRestore,
    actor: &Actor,
) -> Result<Arc<Member>, OperatorError> {
    let mut writing = tenant.store.write().await?;
    let before = tenant.staff.present(id).ok_or(OperatorError::NotFound)?;
    let newest = version::history(&mut writing, id, None, 1).await?.pop();
    if newest.as_ref().map_or(0, |newest| newest.version) != restore.based_on {
        return Err(OperatorError::Changed { by: newest.map(|newest| newest.by) });
    }
    let profile = version::profile_of(&mut writing, id, restore.version).await?.ok_or(OperatorError::NotFound)?;
    let brand = tenant.brand();
    let member = profile.known_to(&brand).checked(&brand)?.put_on(&before);
    write(&mut writing, tenant, (&before, &member), Some(restore.version), actor).await?;
    commit(tenant, writing, Some(before), member).await
}

/// The rows of a change: the member, the version of him, what audit and streams are told.
async fn write(
    writing: &mut Writing,
    tenant: &Tenant,
    (before, member): (&Member, &Member),
    restores: Option<i64>,
    actor: &Actor,
) -> Result<(), OperatorError> {
    let raise = Raise {
        own: own_role(tenant, actor),
        was: Some(before.role),
        is: member.role,
        has_other_administrator: tenant.staff.has_other_administrator(&member.id),
    };
    raise.check()?;
    let (was, is) = (Profile::of(before), Profile::of(member));
    if was == is {
        return Ok(());
    }
    store::store_person(writing, member).await?;
    follow_up::leave_queues(writing, tenant, (before, member), actor).await?;
    if let Actor::Staff { id: by, .. } = actor {
        let newest = version::history(writing, &member.id, None, 1).await?.pop();
        let number = newest.map_or(0, |newest| newest.version) + 1;
        let at = tenant.context.now();
        let version = Version { version: number, at, by: by.clone(), before: was, content: is, restores };
        version::insert(writing, &member.id, &version).await?;
    }
    let action = if restores.is_some() { "operator.restored" } else { "operator.changed" };
    note(writing, tenant, actor, action, member, profile_of(member)).await?;
    // Queues that he serves no more have one operator less.
    for queue in before.queues.iter().filter(|queue| !member.serves(queue)) {
        change::append(writing, tenant.context.now(), Kind::Queue, queue.as_str(), None).await?;
    }
    Ok(())
}

/// An operator says what he is ready for.
pub async fn set_status(tenant: &Tenant, id: &OperatorId, wish: StatusChange) -> Result<Arc<Member>, OperatorError> {
    let reason = wish.reason.map(|reason| checked_text("reason", &reason)).transpose()?;
    let kind = wish.kind.map(|kind| checked_kind(tenant, wish.status, kind)).transpose()?;
    tenant.heartbeats.beat(id, tenant.context.now());
    store_status(tenant, id, |_| Some(Chosen { status: wish.status, kind, reason })).await
}

fn checked_kind(tenant: &Tenant, status: OperatorStatus, kind: String) -> Result<String, OperatorError> {
    let brand = tenant.brand();
    let known = brand.status(&kind).filter(|known| !known.retired && base_of(known) == status);
    if known.is_some() { Ok(kind) } else { Err(invalid("kind", "one of the statuses of this kind")) }
}

/// A status to be.
struct Chosen {
    status: OperatorStatus,
    kind: Option<String>,
    reason: Option<String>,
}

impl Chosen {
    /// A fixed one.
    fn plain(status: OperatorStatus, reason: Option<&str>) -> Self {
        Self { status, kind: None, reason: reason.map(str::to_owned) }
    }
}

/// An operator let an offer lapse: he is not at his desk, though his console is.
pub async fn missed_offer(tenant: &Tenant, id: &OperatorId) -> Result<(), OperatorError> {
    let away =
        |member: &Member| is_on_duty(member.status).then(|| Chosen::plain(OperatorStatus::Away, Some(MISSED_OFFER)));
    store_status(tenant, id, away).await.map(drop)
}

/// A console is alive. One that had fallen silent gets back the status it had.
pub async fn beat(tenant: &Tenant, id: &OperatorId) -> Result<Arc<Member>, OperatorError> {
    tenant.heartbeats.beat(id, tenant.context.now());
    let member = tenant.staff.by_id(id).ok_or(OperatorError::NotFound)?;
    if !is_lost(member.status, member.status_reason.as_deref()) {
        return Ok(member);
    }
    let before = tenant.heartbeats.take_status_before_silence(id).unwrap_or(OperatorStatus::Online);
    let back =
        |member: &Member| is_lost(member.status, member.status_reason.as_deref()).then(|| Chosen::plain(before, None));
    store_status(tenant, id, back).await
}

/// Makes away who has a status that needs a console and a console that fell silent; returns how many.
pub async fn silence_lost(tenant: &Tenant) -> Result<usize, OperatorError> {
    let (now, after) = (tenant.context.now(), tenant.away_after_seconds);
    let is_silent = |member: &Member| is_at_work(member.status) && tenant.heartbeats.is_silent(&member.id, after, now);
    let mut silenced = 0;
    for member in tenant.staff.all().into_iter().filter(|member| is_silent(member)) {
        tenant.heartbeats.fell_silent(&member.id, member.status);
        let away =
            |member: &Member| is_silent(member).then(|| Chosen::plain(OperatorStatus::Away, Some(LOST_HEARTBEAT)));
        store_status(tenant, &member.id, away).await?;
        silenced += 1;
    }
    Ok(silenced)
}

/// Who is going off has nothing left to finish.
pub async fn gone_off(tenant: &Tenant, id: &OperatorId) -> Result<(), OperatorError> {
    let off = |member: &Member| {
        (member.status == OperatorStatus::GoingOff).then(|| Chosen::plain(OperatorStatus::Offline, None))
    };
    store_status(tenant, id, off).await.map(drop)
}

/// Writes the status that `decide` gives for the member as he stands in the transaction; `None` or the same leaves it.
async fn store_status(
    tenant: &Tenant,
    id: &OperatorId,
    decide: impl FnOnce(&Member) -> Option<Chosen>,
) -> Result<Arc<Member>, OperatorError> {
    let mut writing = tenant.store.write().await?;
    let member = tenant.staff.present(id).ok_or(OperatorError::NotFound)?;
    let Some(Chosen { status, kind, reason }) = decide(&member) else { return Ok(member) };
    if member.status == status && member.status_kind == kind && member.status_reason == reason {
        return Ok(member);
    }
    let status_since = store::not_before(tenant.context.now(), &member);
    let changed = Member { status, status_kind: kind, status_reason: reason, status_since, ..Member::clone(&member) };
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
) -> Result<Listed<Period>, OperatorError> {
    const LIST: &str = "statuses";
    tenant.staff.by_id(id).ok_or(OperatorError::NotFound)?;
    let before = page::read_cursor::<(i64, String)>(LIST, query.cursor.as_deref())?;
    let limit = page::limit(query.limit);
    let mut reading = tenant.store.read_at_length().await?;
    let total = store::count_periods(&mut reading, id).await?;
    let mut periods = store::periods(&mut reading, id, before, limit + 1).await?;
    let more = periods.len() > limit;
    periods.truncate(limit);
    let last = periods.last().filter(|_| more).map(|period| (period.since.as_millis(), period.id.clone()));
    let next_cursor = last.map(|last| page::cursor(LIST, &last));
    Ok(Listed { records: periods, next_cursor, total: Total::exactly(total) })
}

/// What routing goes by, what he may do and when he is on duty, as the audit log tells it.
fn profile_of(member: &Member) -> serde_json::Value {
    json!({
        "role": member.role.word(),
        "queues": member.queues,
        "skills": member.skills,
        "languages": member.languages,
        "capacity": member.capacity,
        "hours": member.schedule.hours,
        "time_zone": member.schedule.time_zone,
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
    OperatorError::Invalid(FieldError::new(field, message))
}

fn check_user(tenant: &Tenant, user_id: &UserId) -> Result<(), OperatorError> {
    let localpart =
        user_id.as_str().strip_prefix('@').and_then(|rest| rest.strip_suffix(&format!(":{}", tenant.server_name)));
    if localpart.is_none_or(str::is_empty) || user_id.as_str() == tenant.keeper.user_id() {
        return Err(invalid("user_id", "a user of this server, such as @petrova:clinic.example"));
    }
    Ok(())
}
