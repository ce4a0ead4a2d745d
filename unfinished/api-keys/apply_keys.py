def sub(p, pairs):
    s=open(p).read()
    for a,b in pairs:
        assert a in s, (p,a)
        s=s.replace(a,b,1)
    open(p,'w').write(s)
sub('src/lib.rs',[("pub mod api;\n","pub mod api;\npub mod api_key;\n"),("//! | `archive/` `audit/`","//! | `api_key/` | keys of partners' systems, and where they lead |\n//! | `archive/` `audit/`")])
sub('src/store/tables.rs',[("/// Where the desk's events are told.","""/// Keys of partners' systems.
#[derive(Clone, Copy, Iden)]
pub enum ApiKey {
    Table,
    Id,
    Name,
    Beginning,
    Hash,
    Scopes,
    CreatedAt,
    ExpiresAt,
    LastUsedAt,
    RevokedAt,
}

/// Where the desk's events are told.""")])
s=open('migrations/0010_webhooks.sql').read()
s+='''
-- Keys by which partners' systems call the API. Only a hash is kept of each.
CREATE TABLE api_key (
    id           TEXT   NOT NULL PRIMARY KEY,
    name         TEXT   NOT NULL,
    beginning    TEXT   NOT NULL,
    hash         BYTEA  NOT NULL UNIQUE,
    scopes       TEXT   NOT NULL, -- JSON list
    created_at   BIGINT NOT NULL,
    expires_at   BIGINT,
    last_used_at BIGINT,
    revoked_at   BIGINT
);
-- The audit log says a key's name: one in use has it alone.
CREATE UNIQUE INDEX api_key_name ON api_key (name) WHERE revoked_at IS NULL;

-- As before; the roles are a list in the program, and a constraint that repeats it would have to be rebuilt with each new one.
CREATE TABLE audit_of_any_role (
    sequence     BIGINT NOT NULL PRIMARY KEY,
    at           BIGINT NOT NULL,
    actor        TEXT   NOT NULL,
    role         TEXT   NOT NULL,
    action       TEXT   NOT NULL,
    subject_kind TEXT   NOT NULL,
    subject_id   TEXT   NOT NULL,
    detail       TEXT   NOT NULL,
    hash         TEXT   NOT NULL
);
INSERT INTO audit_of_any_role (sequence, at, actor, role, action, subject_kind, subject_id, detail, hash)
    SELECT sequence, at, actor, role, action, subject_kind, subject_id, detail, hash FROM audit;
DROP TABLE audit;
ALTER TABLE audit_of_any_role RENAME TO audit;
CREATE INDEX audit_by_actor ON audit (actor, sequence);
CREATE INDEX audit_by_action ON audit (action, sequence);
CREATE INDEX audit_by_subject ON audit (subject_id, sequence);
'''
open('migrations/0010_webhooks.sql','w').write(s)
sub('src/actor.rs',[('''    /// The service itself, by a time-out''','''    /// A partner's system, by a key.
    Key {
        /// Id of the key.
        id: String,
        /// `key:` and the key's name.
        label: String,
    },
    /// The service itself, by a time-out'''),
("            Self::System => \"system\",","            Self::Key { label, .. } => label,\n            Self::System => \"system\","),
("            Self::Staff { id, .. } => Some(id.as_str()),\n            Self::System => None,","            Self::Staff { id, .. } => Some(id.as_str()),\n            Self::Key { id, .. } => Some(id),\n            Self::System => None,"),
("            Self::System => ActorKind::System,","            Self::Key { .. } | Self::System => ActorKind::System,"),
("            Self::System => AuditRole::System,","            Self::Key { .. } => AuditRole::Key,\n            Self::System => AuditRole::System,"),
("    /// Matrix user id; `system` for the service itself.","    /// Matrix user id; `system` for the service itself, `key:` and its name for a key.")])
sub('src/api/types/audit.rs',[("    /// The service itself, or its administrator at the command line.\n    System,","    /// A partner's system, by a key.\n    Key,\n    /// The service itself, or its administrator at the command line.\n    System,"),
("    /// Matrix user id; `system` for the service itself.\n","    /// Matrix user id; `system` for the service itself, `key:` and its name for a key.\n")])
sub('src/words.rs',[('        (Self::Supervisor, "supervisor"),\n        (Self::System, "system"),','        (Self::Supervisor, "supervisor"),\n        (Self::Key, "key"),\n        (Self::System, "system"),')])
sub('src/api/types/mod.rs',[("mod archive;\n","mod api_key;\nmod archive;\n"),("pub use archive::{","pub use api_key::{ApiKey, ApiKeySecret, ApiKeys, ApiScope, NewApiKey};\npub use archive::{")])
sub('src/api/routes/mod.rs',[("pub mod archive;\n","pub mod api_keys;\npub mod archive;\n")])
sub('src/api/views/mod.rs',[("mod call;\n","mod api_key;\nmod call;\n")])
sub('src/api/views/staff.rs',[('''    pub(super) fn actor(&self) -> Actor {
''','''    pub(super) fn actor(&self) -> Actor {
        if let Some(key) = &self.checked.key {
            return Actor::Key { id: key.id.clone(), label: self.checked.user_id.to_string() };
        }
'''),("    fn failed(&self, error: ConsultationError)","    pub(super) fn failed(&self, error: ConsultationError)")])
sub('src/api/views/callback.rs',[("    async fn shown_callback(&self, done:","    pub(super) async fn shown_callback(&self, done:")])
sub('src/api/errors.rs',[("use crate::archive::ArchiveError;\n","use crate::api_key::ApiKeyError;\nuse crate::archive::ArchiveError;\n"),
("impl From<WebhookError> for ApiError {",'''impl From<ApiKeyError> for ApiError {
    fn from(error: ApiKeyError) -> Self {
        match error {
            ApiKeyError::NotFound => ApiError::not_found(),
            ApiKeyError::Invalid(field) => ApiError::invalid_fields(vec![field]),
            ApiKeyError::Exists => ApiError::conflict("Another key has this name."),
            ApiKeyError::TooMany => ApiError::conflict("There are as many keys as there may be."),
            ApiKeyError::Store(source) => source.into(),
        }
    }
}

impl From<WebhookError> for ApiError {''')])
sub('src/api/router.rs',[("use super::routes::{\n    archive,","use super::routes::{\n    api_keys, archive,"),
('''        (Method::GET, "/webhooks", get(''','''        (Method::POST, "/patients/{id}/consultations", post(api_keys::open_consultation_for_patient)),
        (Method::POST, "/patients/{id}/callbacks", post(api_keys::order_callback_for_patient)),
        (Method::GET, "/api-keys", get(api_keys::list_api_keys)),
        (Method::POST, "/api-keys", post(api_keys::create_api_key)),
        (Method::DELETE, "/api-keys/{id}", delete(api_keys::revoke_api_key)),
        (Method::GET, "/webhooks", get(''')])
sub('src/api/openapi.rs',[("use crate::api::routes::{\n    archive,","use crate::api::routes::{\n    api_keys, archive,"),
("        webhooks::list_webhooks,","        api_keys::open_consultation_for_patient, api_keys::order_callback_for_patient,\n        api_keys::list_api_keys, api_keys::create_api_key, api_keys::revoke_api_key,\n        webhooks::list_webhooks,"),
("const REQUESTS: [&str; 28] = [","const REQUESTS: [&str; 29] = ["),('    "WebhookReplay",\n];','    "WebhookReplay",\n    "NewApiKey",\n];'),
('"description": "Access token of the homeserver" }','"description": "Access token of the homeserver, or a key `ck_…` where a route says so" }')])
sub('src/api/caller.rs',[("use axum::extract::{ConnectInfo, FromRequestParts};","use axum::extract::{ConnectInfo, FromRequestParts, MatchedPath};"),
("use super::problem::{ApiError, shared_chain};","use super::problem::{ApiError, shared_chain};\nuse super::router::PREFIX;"),
("use super::types::OperatorRole;","use super::types::{OperatorRole, OperatorStatus};"),
("use super::views::{Caller,","use super::views::{Caller,"),
("use crate::ids::UserId;","use crate::api_key::{self, Key, Needed};\nuse crate::ids::UserId;"),
("    pub(super) device_id: Option<String>,\n}","    pub(super) device_id: Option<String>,\n    /// The key that calls; none: an account.\n    pub(super) key: Option<Arc<Key>>,\n}"),
('''        .ok_or_else(|| ApiError::unauthenticated("Give the access token as `Authorization: Bearer`."))?;
    let who =''','''        .ok_or_else(|| ApiError::unauthenticated("Give the access token as `Authorization: Bearer`."))?;
    if api_key::is_key(token) {
        return check_key(parts, served, token).await;
    }
    let who ='''),
('who.ok_or_else(|| ApiError::unauthenticated("The access token is not valid."))?','who.ok_or_else(unknown)?'),
("        device_id: who.device_id,\n    })\n}\n",'''        device_id: who.device_id,
        key: None,
    })
}

fn unknown() -> ApiError {
    ApiError::unauthenticated("The access token is not valid.")
}

/// A key, on a route that keys may take. Elsewhere it is a token that nobody has.
async fn check_key(parts: &Parts, served: &Arc<Served>, token: &str) -> Result<Checked, ApiError> {
    let matched = parts.extensions.get::<MatchedPath>().and_then(|path| path.as_str().strip_prefix(PREFIX));
    let needed = matched.and_then(|path| api_key::needed(&parts.method, path)).ok_or_else(unknown)?;
    let key = api_key::recognise(&served.tenant, token).await?.ok_or_else(unknown)?;
    let user_id = UserId::from(format!("key:{}", key.name));
    served.limit.check(&user_id)?;
    if let Needed::Scope(scope) = needed
        && !key.scopes.contains(&scope)
    {
        return Err(ApiError::forbidden(format!("This key lacks the scope {}.", scope.word())));
    }
    Ok(Checked {
        served: Arc::clone(served),
        user_id,
        token: token.into(),
        language: language(parts, served),
        signed_in_at: None,
        device_id: None,
        key: Some(Arc::new(key)),
    })
}

/// What a key sees: all that a supervisor does, on the routes that it is let into. It is nobody on the list of staff.
fn member_of_key(tenant: &Tenant, checked: &Checked, key: &Key) -> Member {
    Member {
        id: key.id.as_str().into(),
        user_id: checked.user_id.clone(),
        name: key.name.clone(),
        title: None,
        role: OperatorRole::Supervisor,
        queues: tenant.brand.queues.iter().map(|queue| queue.id.as_str().into()).collect(),
        status: OperatorStatus::Offline,
        status_since: key.created_at,
        status_reason: None,
    }
}
'''),
('''        let tenant = &checked.served.tenant;
        Ok(if let Some(member)''','''        let tenant = &checked.served.tenant;
        if let Some(key) = checked.key.clone() {
            let member = Arc::new(member_of_key(tenant, &checked, &key));
            return Ok(Self::Supervisor(SupervisorView::new(StaffView::new(checked, member))));
        }
        Ok(if let Some(member)'''),
("use crate::time::Time;\n","use crate::time::Time;\nuse crate::words::Word;\n")])
sub('tests/service/roles.rs',[('''    let range = json!''','''    let body = || Some(json!({ "queue_id": "general", "request_id": "7b1f6a52-3333-4222-8333-444455556666" }));
    let range = json!'''),('''        ("GET", "/webhooks", Supervisors, None),
''','''        ("POST", "/patients/{id}/consultations", Staff, body()),
        ("POST", "/patients/{id}/callbacks", Staff, body()),
        ("GET", "/api-keys", Supervisors, None),
        ("POST", "/api-keys", Supervisors, Some(json!({ "name": "CRM", "scopes": ["patients.read"] }))),
        ("DELETE", "/api-keys/{id}", Supervisors, None),
        ("GET", "/webhooks", Supervisors, None),
'''),("fn rows_about_webhooks() -> Vec<Row> {\n    use Gate::Supervisors;","fn rows_about_integrations() -> Vec<Row> {\n    use Gate::{Staff, Supervisors};"),
("rows_about_webhooks()].concat()","rows_about_integrations()].concat()")])
sub('tests/service/main.rs',[("mod support;\n\nmod bad_input;","mod support;\n\nmod api_key;\nmod bad_input;")])
