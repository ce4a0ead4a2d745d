//! Login, refresh, logout, whoami.

use std::time::Duration;

use axum::{Json, response::IntoResponse};
use http::StatusCode;
use ruma::{
    OwnedDeviceId, OwnedUserId,
    api::{
        client::session::{get_login_token, login, logout, logout_all, refresh_token},
        error::ErrorKind,
    },
};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::{
    account::{
        AccountError, Accounts, NewSession, SignedIn,
        login_token::LOGIN_TOKEN_LIFE_MS,
        uia::{Ask, Purpose, Stage},
    },
    http::{ApiError, Body, Caller, ClientAddress, Here, Matrix, Requester},
    ids::UserKey,
    tenant::Tenant,
};

/// `GET /_matrix/client/v3/login` · [spec](https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3login)
pub async fn flows(Here(tenant): Here<Tenant>) -> impl IntoResponse {
    let mut flows =
        vec![json!({ "type": "m.login.password" }), json!({ "type": "m.login.token", "get_login_token": true })];
    if !tenant.appservices.all().is_empty() {
        flows.push(json!({ "type": "m.login.application_service" }));
    }
    Json(json!({ "flows": flows }))
}

/// Body of a login: what the specification has now, and `user` of older clients.
#[derive(Debug, Deserialize)]
pub struct LoginBody {
    #[serde(rename = "type")]
    kind: String,
    identifier: Option<Identifier>,
    user: Option<String>,
    password: Option<String>,
    token: Option<String>,
    device_id: Option<OwnedDeviceId>,
    initial_device_display_name: Option<String>,
    #[serde(default)]
    refresh_token: bool,
}

#[derive(Debug, Deserialize)]
struct Identifier {
    #[serde(rename = "type")]
    kind: String,
    user: Option<String>,
}

impl LoginBody {
    /// The local user that the body names; one that cannot exist is answered as one that does not.
    fn user(&self, accounts: &Accounts) -> Result<OwnedUserId, ApiError> {
        let name = match &self.identifier {
            Some(identifier) if identifier.kind == "m.id.user" => identifier.user.as_deref(),
            Some(_) => {
                return Err(ApiError::bad_request(
                    ErrorKind::Unknown,
                    "This type of user identifier is not supported.",
                ));
            }
            None => self.user.as_deref(),
        };
        let name = name.ok_or_else(|| ApiError::missing_param("The user is missing."))?;
        accounts.local_user(name).ok_or_else(|| AccountError::WrongPassword.into())
    }
}

/// `POST /_matrix/client/v3/login` · [spec](https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3login)
pub async fn login(
    Here(tenant): Here<Tenant>,
    Here(accounts): Here<Accounts>,
    address: ClientAddress,
    caller: Caller,
    Body(body): Body<LoginBody>,
) -> Result<Matrix<login::v3::Response>, ApiError> {
    let (key, user) = match body.kind.as_str() {
        "m.login.password" => by_password(&tenant, &accounts, address, &body).await?,
        "m.login.token" => by_token(&tenant, &accounts, address, &body).await?,
        "m.login.application_service" => by_appservice(&tenant, &accounts, caller, &body).await?,
        _ => return Err(ApiError::bad_request(ErrorKind::Unknown, "This type of login is not offered.")),
    };
    if accounts.is_locked(&*tenant.store.view(), key).await? {
        return Err(AccountError::Locked.into());
    }
    let session = NewSession {
        device: body.device_id,
        display_name: body.initial_device_display_name,
        refreshable: body.refresh_token,
    };
    let SignedIn { user, device, tokens } = accounts.sign_in((key, &user), &session).await?;
    let mut response = login::v3::Response::new(user, tokens.access, device);
    response.refresh_token = tokens.refresh;
    response.expires_in = tokens.expires_in_ms.map(Duration::from_millis);
    Ok(Matrix(response))
}

async fn by_password(
    tenant: &Tenant,
    accounts: &Accounts,
    address: ClientAddress,
    body: &LoginBody,
) -> Result<(UserKey, OwnedUserId), ApiError> {
    let password = body.password.clone().ok_or_else(|| ApiError::missing_param("The password is missing."))?;
    let user = body.user(accounts)?;
    tenant.limits.check_login(address, Some(user.as_str()))?;
    let (key, _) = accounts.check_password(&user, password).await?;
    Ok((key, user))
}

async fn by_token(
    tenant: &Tenant,
    accounts: &Accounts,
    address: ClientAddress,
    body: &LoginBody,
) -> Result<(UserKey, OwnedUserId), ApiError> {
    let token = body.token.as_deref().ok_or_else(|| ApiError::missing_param("The token is missing."))?;
    tenant.limits.check_login(address, None)?;
    let key = accounts.spend_login_token(token).await?;
    let user = tenant.ids.user_id(&*tenant.store.view(), key).await?;
    Ok((key, user))
}

async fn by_appservice(
    tenant: &Tenant,
    accounts: &Accounts,
    caller: Caller,
    body: &LoginBody,
) -> Result<(UserKey, OwnedUserId), ApiError> {
    let appservice = caller.appservice()?;
    if appservice.registration.device_creation {
        return Err(appservice_login_unsupported());
    }
    let user = match (&body.identifier, &body.user) {
        (None, None) => appservice.sender.clone(),
        _ => body.user(accounts)?,
    };
    if !appservice.owns(&user) {
        return Err(AccountError::OutsideNamespace.into());
    }
    let active = accounts.active(&*tenant.store.view(), &user).await?;
    let (key, _) = active.ok_or(AccountError::WrongPassword)?;
    Ok((key, user))
}

/// Source: MSC4190: an application service that makes its devices itself gets no access tokens.
pub(super) fn appservice_login_unsupported() -> ApiError {
    ApiError::bad_request(
        ErrorKind::AppserviceLoginUnsupported,
        "This application service makes devices by PUT /devices; it cannot log in.",
    )
}

/// `POST /_matrix/client/v1/login/get_token` · [spec](https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv1loginget_token)
pub async fn login_token(
    Here(accounts): Here<Accounts>,
    address: ClientAddress,
    requester: Requester,
    Matrix(request): Matrix<get_login_token::v1::Request>,
) -> Result<Matrix<get_login_token::v1::Response>, ApiError> {
    let (user, flows) = (Some(requester.user.clone()), vec![vec![Stage::Password]]);
    let ask = Ask { purpose: Purpose::LoginToken, user, flows, address };
    accounts.authorize(ask, request.auth.as_ref()).await?;
    let token = accounts.new_login_token(requester.user_key).await?;
    let life = Duration::from_millis(LOGIN_TOKEN_LIFE_MS);
    Ok(Matrix(get_login_token::v1::Response::new(life, token)))
}

/// `POST /_matrix/client/v3/refresh` · [spec](https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3refresh)
pub async fn refresh(
    Here(accounts): Here<Accounts>,
    Matrix(request): Matrix<refresh_token::v3::Request>,
) -> Result<Matrix<refresh_token::v3::Response>, ApiError> {
    let tokens = match accounts.refresh(&request.refresh_token).await {
        Err(AccountError::BadRefreshToken) => {
            let ended = accounts.ended_by(&request.refresh_token).await?;
            return Err(ended.map_or_else(|| AccountError::BadRefreshToken.into(), ApiError::from));
        }
        tokens => tokens?,
    };
    let mut response = refresh_token::v3::Response::new(tokens.access);
    response.refresh_token = tokens.refresh;
    response.expires_in_ms = tokens.expires_in_ms.map(Duration::from_millis);
    Ok(Matrix(response))
}

/// `POST /_matrix/client/v3/logout` · [spec](https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3logout)
pub async fn logout(
    Here(accounts): Here<Accounts>,
    requester: Requester,
) -> Result<Matrix<logout::v3::Response>, ApiError> {
    if let Some(device) = requester.device {
        accounts.delete_devices(requester.user_key, &[device]).await?;
    }
    Ok(Matrix(logout::v3::Response::new()))
}

/// `POST /_matrix/client/v3/logout/all` · [spec](https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3logoutall)
pub async fn logout_all(
    Here(accounts): Here<Accounts>,
    requester: Requester,
) -> Result<Matrix<logout_all::v3::Response>, ApiError> {
    accounts.delete_other_devices(requester.user_key, None).await?;
    Ok(Matrix(logout_all::v3::Response::new()))
}

/// `GET /_matrix/client/v3/account/whoami` · [spec](https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3accountwhoami)
///
/// Ours: `chat.consilium.signed_in_at` (milliseconds since 1970) says when the session was opened by a proof, so that what wants a
/// fresh sign-in can be told it; a refresh does not move it. Absent for application services, which never sign in.
pub async fn whoami(Here(tenant): Here<Tenant>, requester: Requester) -> Result<Json<WhoAmI>, ApiError> {
    let signed_in_at = match &requester.device {
        Some(device) if requester.appservice.is_none() => {
            let view = tenant.store.view();
            tenant.accounts.signed_in_ms(&*view, requester.user_key, device).await?
        }
        _ => None,
    };
    Ok(Json(WhoAmI { user_id: requester.user, device_id: requester.device, signed_in_at }))
}

/// The specification's answer, and when the session was opened.
#[derive(Debug, Serialize)]
pub struct WhoAmI {
    user_id: OwnedUserId,
    #[serde(skip_serializing_if = "Option::is_none")]
    device_id: Option<OwnedDeviceId>,
    #[serde(rename = "chat.consilium.signed_in_at", skip_serializing_if = "Option::is_none")]
    signed_in_at: Option<u64>,
}

/// 201 where a `PUT` made something, 200 where it was there.
pub(super) fn created(created: bool) -> StatusCode {
    if created { StatusCode::CREATED } else { StatusCode::OK }
}
