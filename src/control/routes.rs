//! What the control listener answers. Every request carries the token of the file.

use std::sync::Arc;

use axum::extract::{Path, Query, Request, State};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, put};
use axum::{Json, Router};
use consilium_homeserver::account::{AccountError, Applicant};
use consilium_homeserver::http::auth;
use consilium_homeserver::ids::UserKey;
use consilium_homeserver::{Server, Tenant};
use http::{StatusCode, header};
use serde::{Deserialize, Serialize};
use subtle::ConstantTimeEq;

use super::Faces;

/// Accounts in one answer.
const PAGE: usize = 500;

/// The coarse class of an account: what policy asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UserClass {
    Member,
    Patient,
    Staff,
    Service,
}

/// An account to make.
#[derive(Debug, Serialize, Deserialize)]
pub struct NewAccount {
    pub localpart: String,
    pub password: String,
    pub display_name: Option<String>,
    pub class: UserClass,
    pub admin: bool,
}

/// An account that is there.
#[derive(Debug, Serialize, Deserialize)]
pub struct Account {
    pub user_id: String,
    pub class: UserClass,
    pub admin: bool,
    pub deactivated: bool,
    pub locked: bool,
    pub created_ms: u64,
}

/// A page of accounts; `next` asks for the following one.
#[derive(Debug, Serialize, Deserialize)]
pub struct AccountPage {
    pub accounts: Vec<Account>,
    pub next: Option<u64>,
}

/// A refusal, in words for the administrator.
#[derive(Debug)]
struct Refusal(StatusCode, String);

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        (self.0, self.1).into_response()
    }
}

/// The router of the control listener.
pub fn router(server: Arc<Server>, token: String, faces: Faces) -> Router {
    Router::new()
        .route("/tenants/{slug}/accounts", get(list).post(create))
        .route("/tenants/{slug}/accounts/{name}/lock", put(lock))
        .with_state(Arc::clone(&server))
        .merge(super::status::router(server, faces))
        .layer(middleware::from_fn_with_state(Arc::new(token), authorize))
}

async fn authorize(State(token): State<Arc<String>>, request: Request, next: Next) -> Response {
    let given =
        request.headers().get(header::AUTHORIZATION).and_then(|value| value.as_bytes().strip_prefix(b"Bearer "));
    if given.is_some_and(|given| given.ct_eq(token.as_bytes()).into()) {
        next.run(request).await
    } else {
        Refusal(StatusCode::UNAUTHORIZED, "the token of control.json is needed".to_owned()).into_response()
    }
}

async fn tenant(server: &Server, slug: &str) -> Result<Arc<Tenant>, Refusal> {
    match server.tenant(slug).await {
        Ok(Some(tenant)) => Ok(tenant),
        Ok(None) => {
            Err(Refusal(StatusCode::NOT_FOUND, format!("there is no tenant `{slug}`; see `consilium tenant list`")))
        }
        Err(error) => Err(Refusal(StatusCode::SERVICE_UNAVAILABLE, error.to_string())),
    }
}

#[derive(Debug, Deserialize)]
struct After {
    after: Option<u64>,
}

async fn list(
    State(server): State<Arc<Server>>,
    Path(slug): Path<String>,
    Query(After { after }): Query<After>,
) -> Result<Json<AccountPage>, Refusal> {
    let tenant = tenant(&server, &slug).await?;
    let view = tenant.store.view();
    let rows = tenant.accounts.list(&*view, after.map(UserKey), PAGE).await;
    let rows = rows.map_err(|error| Refusal(StatusCode::INTERNAL_SERVER_ERROR, error.to_string()))?;
    let next = rows.last().filter(|_| rows.len() == PAGE).map(|(key, ..)| key.0);
    let mut accounts = Vec::with_capacity(rows.len());
    for (key, user, account) in rows {
        let locked = tenant.accounts.is_locked(&*view, key).await;
        accounts.push(Account {
            user_id: user.to_string(),
            class: class_out(account.class),
            admin: account.admin,
            deactivated: account.deactivated,
            locked: locked.map_err(|error| Refusal(StatusCode::INTERNAL_SERVER_ERROR, error.to_string()))?,
            created_ms: account.created_ms,
        });
    }
    Ok(Json(AccountPage { accounts, next }))
}

/// Locks an account, or unlocks it.
async fn lock(
    State(server): State<Arc<Server>>,
    Path((slug, name)): Path<(String, String)>,
    Json(locked): Json<bool>,
) -> Result<String, Refusal> {
    let tenant = tenant(&server, &slug).await?;
    let absent = || Refusal(StatusCode::NOT_FOUND, format!("there is no account `{name}`; see `consilium user list`"));
    let user = tenant.accounts.local_user(&name).ok_or_else(absent)?;
    let active = tenant.accounts.active(&*tenant.store.view(), &user).await.map_err(AccountError::from);
    let (key, account) = active.map_err(refused)?.ok_or_else(absent)?;
    if account.class == auth::UserClass::Service {
        let why = format!("{user} is a part of the service, and no person");
        return Err(Refusal(StatusCode::BAD_REQUEST, why));
    }
    tenant.accounts.set_locked(key, locked).await.map_err(refused)?;
    Ok(user.to_string())
}

async fn create(
    State(server): State<Arc<Server>>,
    Path(slug): Path<String>,
    Json(new): Json<NewAccount>,
) -> Result<Json<Account>, Refusal> {
    let tenant = tenant(&server, &slug).await?;
    let user = tenant.accounts.free_user(Some(&new.localpart), &Applicant::Anybody).await.map_err(refused)?;
    let account = consilium_homeserver::account::NewAccount {
        user: user.clone(),
        password: Some(new.password),
        class: class_in(new.class),
        admin: new.admin,
        appservice: None,
    };
    let (key, _) = tenant.accounts.register(account, None).await.map_err(refused)?;
    if let Some(name) = new.display_name {
        let named = tenant.profiles.set_display_name(key, Some(&name)).await;
        named.map_err(|error| {
            Refusal(StatusCode::BAD_REQUEST, format!("the account is made, its name is not: {error}"))
        })?;
    }
    let (class, admin) = (new.class, new.admin);
    Ok(Json(Account {
        user_id: user.to_string(),
        class,
        admin,
        deactivated: false,
        locked: false,
        created_ms: tenant.context.now_ms(),
    }))
}

fn refused(error: AccountError) -> Refusal {
    let status = match &error {
        AccountError::UserInUse => StatusCode::CONFLICT,
        AccountError::Store(_) | AccountError::Commit(_) | AccountError::Hash => StatusCode::INTERNAL_SERVER_ERROR,
        _ => StatusCode::BAD_REQUEST,
    };
    Refusal(status, error.to_string())
}

fn class_in(class: UserClass) -> auth::UserClass {
    match class {
        UserClass::Member => auth::UserClass::Member,
        UserClass::Patient => auth::UserClass::Patient,
        UserClass::Staff => auth::UserClass::Staff,
        UserClass::Service => auth::UserClass::Service,
    }
}

fn class_out(class: auth::UserClass) -> UserClass {
    match class {
        auth::UserClass::Member => UserClass::Member,
        auth::UserClass::Patient => UserClass::Patient,
        auth::UserClass::Staff => UserClass::Staff,
        auth::UserClass::Service => UserClass::Service,
    }
}
