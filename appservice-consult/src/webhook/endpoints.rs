//! What supervisors do with endpoints: make, change, try, replace the secret, remove. Each is an audit entry.

use reqwest::Url;
use serde_json::{Value, json};

use super::delivery::{self, New, WAITING};
use super::enqueue::new_id;
use super::error::WebhookError;
use super::occurrence::Occurrence;
use super::send::may_reach;
use super::signature::{FORMER_SECONDS, Secret};
use super::store::{self, Endpoint};
use crate::actor::Actor;
use crate::api::types::{
    NewWebhook, WebhookChange, WebhookEndpoint, WebhookEventType, WebhookField, WebhookOffReason, WebhookSecret,
    Webhooks,
};
use crate::audit;
use crate::change::{self, Kind};
use crate::letters;
use crate::store::{Session, StoreError, Writing};
use crate::tenant::Tenant;
use crate::words::Word;

/// Endpoints of a tenant. Each step of the desk looks at all of them.
const ENDPOINTS_MAX: i64 = 20;
/// Longest URL. Unit: bytes.
const URL_BYTES_MAX: usize = 2_000;
/// Longest description. Unit: characters.
const DESCRIPTION_CHARACTERS_MAX: usize = 200;

/// All endpoints, with what can be chosen for them.
pub async fn list(tenant: &Tenant) -> Result<Webhooks, WebhookError> {
    let mut reading = tenant.store.read_at_length().await?;
    let mut endpoints = Vec::new();
    for endpoint in store::load_all(&mut reading, &tenant.key).await? {
        endpoints.push(shown(&mut reading, tenant, &endpoint).await?);
    }
    let field_types = WebhookField::WORDS.iter().map(|(field, _)| *field).collect();
    Ok(Webhooks { endpoints, event_types: WebhookEventType::choices(), field_types })
}

async fn shown(session: &mut Session, tenant: &Tenant, endpoint: &Endpoint) -> Result<WebhookEndpoint, StoreError> {
    let now = tenant.context.now();
    Ok(WebhookEndpoint {
        id: endpoint.id.clone(),
        url: endpoint.url.clone(),
        description: endpoint.description.clone(),
        events: endpoint.events.clone(),
        fields: endpoint.fields.clone(),
        on: endpoint.off.is_none(),
        off_reason: endpoint.off,
        created_at: endpoint.created_at,
        former_secret_until: endpoint.former.as_ref().map(|(_, until)| *until).filter(|until| now < *until),
        failing_since: endpoint.failing_since,
        waiting: endpoint.backlog,
        dead: delivery::count_dead(session, &endpoint.id).await?,
    })
}

/// Makes an endpoint; its secret is shown this once.
///
/// Errors: `Invalid`, `TooMany`, `Store`.
pub async fn create(tenant: &Tenant, new: NewWebhook, actor: &Actor) -> Result<WebhookSecret, WebhookError> {
    let endpoint = Endpoint {
        id: tenant.context.new_id(),
        url: checked_url(tenant, &new.url)?,
        description: checked_description(&new.description)?,
        events: checked_events(new.events)?,
        fields: checked_fields(new.fields),
        off: None,
        created_at: tenant.context.now(),
        secret: Secret::new(&tenant.context),
        former: None,
        failing_since: None,
        backlog: 0,
    };
    let mut writing = tenant.store.write().await?;
    if store::count(&mut writing).await? >= ENDPOINTS_MAX {
        return Err(WebhookError::TooMany);
    }
    store::insert(&mut writing, tenant, &endpoint).await?;
    note(&mut writing, tenant, actor, "webhook.created", &endpoint.id, detail(&endpoint)).await?;
    let secret = endpoint.secret.shown();
    let endpoint = shown(&mut writing, tenant, &endpoint).await?;
    writing.commit().await?;
    Ok(WebhookSecret { endpoint, secret })
}

/// Changes an endpoint. Switched on again it goes on where it stood.
///
/// Errors: `NotFound`, `Invalid`, `Store`.
pub async fn change(
    tenant: &Tenant,
    id: &str,
    change: WebhookChange,
    actor: &Actor,
) -> Result<WebhookEndpoint, WebhookError> {
    let mut writing = tenant.store.write().await?;
    let mut endpoint = store::load(&mut writing, &tenant.key, id).await?.ok_or(WebhookError::NotFound)?;
    if let Some(url) = change.url {
        endpoint.url = checked_url(tenant, &url)?;
    }
    if let Some(description) = change.description {
        endpoint.description = checked_description(&description)?;
    }
    if let Some(events) = change.events {
        endpoint.events = checked_events(events)?;
    }
    if let Some(fields) = change.fields {
        endpoint.fields = checked_fields(fields);
    }
    match change.on {
        Some(true) if endpoint.off.is_some() => (endpoint.off, endpoint.failing_since) = (None, None),
        Some(false) if endpoint.off.is_none() => endpoint.off = Some(WebhookOffReason::Supervisor),
        _ => {}
    }
    store::update(&mut writing, tenant, &endpoint).await?;
    note(&mut writing, tenant, actor, "webhook.changed", id, detail(&endpoint)).await?;
    let endpoint = shown(&mut writing, tenant, &endpoint).await?;
    writing.touch_webhooks();
    writing.commit().await?;
    Ok(endpoint)
}

/// Removes an endpoint, with what was on its way there.
///
/// Errors: `NotFound`, `Store`.
pub async fn remove(tenant: &Tenant, id: &str, actor: &Actor) -> Result<(), WebhookError> {
    let mut writing = tenant.store.write().await?;
    let endpoint = store::load(&mut writing, &tenant.key, id).await?.ok_or(WebhookError::NotFound)?;
    store::remove(&mut writing, id).await?;
    note(&mut writing, tenant, actor, "webhook.removed", id, detail(&endpoint)).await?;
    Ok(writing.commit().await?)
}

/// Gives an endpoint another secret, which is shown this once; the one before signs too for a day.
///
/// Errors: `NotFound`, `Store`.
pub async fn rotate(tenant: &Tenant, id: &str, actor: &Actor) -> Result<WebhookSecret, WebhookError> {
    let mut writing = tenant.store.write().await?;
    let mut endpoint = store::load(&mut writing, &tenant.key, id).await?.ok_or(WebhookError::NotFound)?;
    let former = std::mem::replace(&mut endpoint.secret, Secret::new(&tenant.context));
    endpoint.former = Some((former, tenant.context.now().plus_seconds(FORMER_SECONDS)));
    store::update(&mut writing, tenant, &endpoint).await?;
    note(&mut writing, tenant, actor, "webhook.secret_replaced", id, json!({})).await?;
    let secret = endpoint.secret.shown();
    let endpoint = shown(&mut writing, tenant, &endpoint).await?;
    writing.commit().await?;
    Ok(WebhookSecret { endpoint, secret })
}

/// Sends an endpoint a test, also while it is off; returns its `webhook-id`.
///
/// Errors: `NotFound`, `Store`.
pub async fn test(tenant: &Tenant, id: &str, actor: &Actor) -> Result<String, WebhookError> {
    let mut writing = tenant.store.write().await?;
    store::load(&mut writing, &tenant.key, id).await?.ok_or(WebhookError::NotFound)?;
    let event_id = new_id(tenant);
    let occurrence = Occurrence {
        kind: WebhookEventType::WebhookTest,
        at: tenant.context.now(),
        lane: event_id.clone(),
        patient: None,
        callback: None,
        data: json!({ "endpoint_id": id }),
    };
    let sequence = delivery::insert_event(&mut writing, &event_id, &occurrence).await?;
    let (lane, kind, due_at) = (occurrence.lane.as_str(), occurrence.kind, occurrence.at);
    let new = New { endpoint: id, sequence, lane, kind, state: WAITING, failure: None, due_at };
    delivery::insert(&mut writing, &new).await?;
    store::move_backlog(&mut writing, id, 1).await?;
    note(&mut writing, tenant, actor, "webhook.tested", id, json!({ "event": event_id })).await?;
    writing.touch_webhooks();
    writing.commit().await?;
    Ok(event_id)
}

/// An audit entry, and a word to the consoles.
pub(super) async fn note(
    writing: &mut Writing,
    tenant: &Tenant,
    actor: &Actor,
    action: &'static str,
    id: &str,
    detail: Value,
) -> Result<(), StoreError> {
    let at = tenant.context.now();
    let entry = audit::Entry { at, actor, action, subject: audit::Subject { kind: "webhook", id }, detail };
    audit::append(writing, &tenant.key, entry).await?;
    change::append(writing, at, Kind::Webhook, id, None).await
}

/// What the audit says of an endpoint: where it leads without what may be a secret in its path, and what personal data leave.
fn detail(endpoint: &Endpoint) -> Value {
    let url = Url::parse(&endpoint.url).ok();
    let host = url.as_ref().and_then(Url::host_str).map(str::to_owned);
    json!({ "host": host, "events": endpoint.events, "fields": endpoint.fields, "on": endpoint.off.is_none() })
}

fn checked_url(tenant: &Tenant, text: &str) -> Result<String, WebhookError> {
    let invalid = |message| WebhookError::invalid("url", message);
    let text = text.trim();
    if text.len() > URL_BYTES_MAX {
        return Err(invalid("at most 2000 characters"));
    }
    let url = Url::parse(text).map_err(|_| invalid("an address such as https://crm.example/hooks/consilium"))?;
    if !url.username().is_empty() || url.password().is_some() || url.fragment().is_some() {
        return Err(invalid("without a user name, a password or a fragment"));
    }
    if url.host_str().is_none() || !may_reach(tenant.webhook_reach, &url) {
        return Err(invalid("https:// and a public address"));
    }
    Ok(url.to_string())
}

fn checked_description(text: &str) -> Result<String, WebhookError> {
    let text = text.trim();
    if text.chars().count() > DESCRIPTION_CHARACTERS_MAX || letters::has_control(text) {
        return Err(WebhookError::invalid("description", "at most 200 characters, in one line"));
    }
    Ok(text.to_owned())
}

fn checked_events(events: Vec<WebhookEventType>) -> Result<Vec<WebhookEventType>, WebhookError> {
    let chosen: Vec<_> = WebhookEventType::choices().into_iter().filter(|event| events.contains(event)).collect();
    if chosen.is_empty() {
        return Err(WebhookError::invalid("events", "at least one"));
    }
    Ok(chosen)
}

fn checked_fields(fields: Vec<WebhookField>) -> Vec<WebhookField> {
    WebhookField::WORDS.iter().map(|(field, _)| *field).filter(|field| fields.contains(field)).collect()
}
