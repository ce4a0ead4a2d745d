//! `/register`, its availability check and token check, and registration by a shared secret.

use axum::{
    Json,
    response::{IntoResponse, Response},
};
use ruma::api::client::account::{
    check_registration_token_validity, get_username_availability,
    register::{self, LoginType, RegistrationKind},
};
use serde::Deserialize;
use serde_json::json;
use subtle::ConstantTimeEq;

use crate::{
    account::{
        AccountError, Accounts, Applicant, NewAccount, NewSession, SignedIn,
        shared_secret::Signed,
        uia::{Ask, Purpose, Stage},
    },
    appservice::AppserviceId,
    http::{ApiError, Body, Caller, ClientAddress, Here, Matrix, auth::UserClass},
    tenant::Tenant,
};

/// `POST /_matrix/client/v3/register` · [spec](https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3register)
pub async fn register(
    Here(tenant): Here<Tenant>,
    Here(accounts): Here<Accounts>,
    address: ClientAddress,
    caller: Caller,
    Matrix(request): Matrix<register::v3::Request>,
) -> Result<Matrix<register::v3::Response>, ApiError> {
    if request.kind == RegistrationKind::Guest {
        return Err(AccountError::NoGuests.into());
    }
    if matches!(request.login_type, Some(LoginType::ApplicationService)) {
        return register_by_appservice(&accounts, caller, request).await;
    }
    let flows = accounts.registration_flows();
    if flows.is_empty() {
        return Err(AccountError::RegistrationClosed.into());
    }
    let user = accounts.free_user(request.username.as_deref(), &Applicant::Anybody).await?;
    if request.auth.is_some() {
        tenant.limits.check_registration(address)?;
    }
    let ask = Ask { purpose: Purpose::Register, user: None, flows, address };
    accounts.authorize(ask, request.auth.as_ref()).await?;
    let session = (!request.inhibit_login).then(|| new_session(&request));
    let new = NewAccount { user, password: request.password, class: UserClass::Member, admin: false, appservice: None };
    registered(&accounts, new, session).await
}

/// Application services make accounts in their namespaces without further proof.
async fn register_by_appservice(
    accounts: &Accounts,
    caller: Caller,
    request: register::v3::Request,
) -> Result<Matrix<register::v3::Response>, ApiError> {
    let appservice = caller.appservice()?;
    let Some(username) = &request.username else {
        return Err(ApiError::missing_param("username is needed."));
    };
    if appservice.registration.device_creation && !request.inhibit_login {
        return Err(super::session::appservice_login_unsupported());
    }
    let user = accounts.free_user(Some(username), &Applicant::Appservice(appservice.id.clone())).await?;
    let session = (!request.inhibit_login).then(|| new_session(&request));
    let id: Option<AppserviceId> = Some(appservice.id.clone());
    let new = NewAccount { user, password: request.password, class: UserClass::Service, admin: false, appservice: id };
    registered(accounts, new, session).await
}

fn new_session(request: &register::v3::Request) -> NewSession {
    NewSession {
        device: request.device_id.clone(),
        display_name: request.initial_device_display_name.clone(),
        refreshable: request.refresh_token,
    }
}

async fn registered(
    accounts: &Accounts,
    new: NewAccount,
    session: Option<NewSession>,
) -> Result<Matrix<register::v3::Response>, ApiError> {
    let mut response = register::v3::Response::new(new.user.clone());
    let (_, signed_in) = accounts.register(new, session).await?;
    if let Some(SignedIn { device, tokens, .. }) = signed_in {
        response.device_id = Some(device);
        response.access_token = Some(tokens.access);
        response.refresh_token = tokens.refresh;
        response.expires_in = tokens.expires_in_ms.map(std::time::Duration::from_millis);
    }
    Ok(Matrix(response))
}

/// `GET /_matrix/client/v3/register/available` · [spec](https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3registeravailable)
pub async fn available(
    Here(accounts): Here<Accounts>,
    Matrix(request): Matrix<get_username_availability::v3::Request>,
) -> Result<Matrix<get_username_availability::v3::Response>, ApiError> {
    accounts.free_user(Some(&request.username), &Applicant::Anybody).await?;
    Ok(Matrix(get_username_availability::v3::Response::new(true)))
}

/// `GET …/register/m.login.registration_token/validity` ·
/// [spec](https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv1registermloginregistration_tokenvalidity)
pub async fn token_validity(
    Here(tenant): Here<Tenant>,
    address: ClientAddress,
    Matrix(request): Matrix<check_registration_token_validity::v1::Request>,
) -> Result<Matrix<check_registration_token_validity::v1::Response>, ApiError> {
    let tokens = &tenant.config.registration.tokens;
    if tokens.is_empty() {
        return Err(AccountError::RegistrationClosed.into());
    }
    tenant.limits.check_registration(address)?;
    let valid = tokens.iter().any(|token| token.expose().as_bytes().ct_eq(request.token.as_bytes()).into());
    Ok(Matrix(check_registration_token_validity::v1::Response::new(valid)))
}

/// Body of the shared-secret registration.
#[derive(Debug, Deserialize)]
pub struct SharedSecretBody {
    nonce: String,
    username: String,
    displayname: Option<String>,
    password: String,
    #[serde(default)]
    admin: bool,
    user_type: Option<String>,
    mac: String,
}

/// `GET /_synapse/admin/v1/register`: a nonce. Only from loopback, and only where a secret is set.
pub async fn nonce(
    Here(tenant): Here<Tenant>,
    Here(accounts): Here<Accounts>,
    address: ClientAddress,
) -> Result<Response, ApiError> {
    shared_secret_of(&tenant, address)?;
    Ok(Json(json!({ "nonce": accounts.new_nonce() })).into_response())
}

/// `POST /_synapse/admin/v1/register`: an account for who knows the secret.
pub async fn register_by_shared_secret(
    Here(tenant): Here<Tenant>,
    Here(accounts): Here<Accounts>,
    address: ClientAddress,
    Body(body): Body<SharedSecretBody>,
) -> Result<Response, ApiError> {
    let secret = shared_secret_of(&tenant, address)?;
    let signed = Signed {
        nonce: &body.nonce,
        username: &body.username,
        password: &body.password,
        admin: body.admin,
        user_type: body.user_type.as_deref(),
    };
    accounts.check_shared_secret(secret, signed, &body.mac)?;
    let user = accounts.free_user(Some(&body.username), &Applicant::Anybody).await?;
    let new = NewAccount {
        user: user.clone(),
        password: Some(body.password),
        class: UserClass::Member,
        admin: body.admin,
        appservice: None,
    };
    let (key, signed_in) = accounts.register(new, Some(NewSession::default())).await?;
    if let Some(name) = body.displayname.filter(|name| !name.is_empty()) {
        tenant.profiles.set_display_name(key, Some(&name)).await?;
    }
    let SignedIn { device, tokens, .. } =
        signed_in.ok_or_else(|| ApiError::internal("a session was asked for and not made"))?;
    Ok(Json(json!({
        "access_token": tokens.access,
        "user_id": user,
        "home_server": accounts.server_name(),
        "device_id": device,
    }))
    .into_response())
}

fn shared_secret_of(tenant: &Tenant, address: ClientAddress) -> Result<&str, ApiError> {
    match &tenant.config.registration.shared_secret {
        Some(secret) if address.is_loopback() => Ok(secret.expose()),
        _ => Err(ApiError::unrecognized()),
    }
}

impl Accounts {
    /// What registration asks for; none: it is closed.
    fn registration_flows(&self) -> Vec<Vec<Stage>> {
        let mut flows = Vec::new();
        if self.parts.registration.open {
            flows.push(vec![Stage::Dummy]);
        }
        if !self.parts.registration.tokens.is_empty() {
            flows.push(vec![Stage::RegistrationToken]);
        }
        flows
    }
}
