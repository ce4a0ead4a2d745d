//! What administrators do with the accounts of others: locks; and what an application service does at its person's word: the beginning of one, its end, and that
//! of its sign-ins.

use axum::{Json, extract::Path};
use ruma::{
    OwnedDeviceId, OwnedUserId,
    api::client::admin::{is_user_locked, lock_user},
};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    account::{Account, Accounts, Content, EndedBy},
    errands::Errands,
    http::{ApiError, Asked, Body, Here, Matrix, Requester, auth::UserClass},
    ids::UserKey,
    tenant::Tenant,
};

/// `GET /_matrix/client/v1/admin/lock/{userId}` · [spec](https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv1adminlockuserid)
///
/// Ours: application services may ask too. One that acts for a user outside, as for who is in a call, has to know.
pub async fn is_locked(
    Here(tenant): Here<Tenant>,
    Here(accounts): Here<Accounts>,
    requester: Requester,
    Matrix(request): Matrix<is_user_locked::v1::Request>,
) -> Result<Matrix<is_user_locked::v1::Response>, ApiError> {
    let is_service = requester.appservice.is_some();
    if !is_service {
        must_be_admin(&tenant, &requester).await?;
    }
    let (user, account) = found(&tenant, request.user_id).await?;
    if account.admin && !is_service {
        return Err(ApiError::forbidden("This is another administrator."));
    }
    let locked = accounts.is_locked(&*tenant.store.view(), user).await?;
    Ok(Matrix(is_user_locked::v1::Response::new(locked)))
}

/// `PUT /_matrix/client/v1/admin/lock/{userId}` · [spec](https://spec.matrix.org/v1.19/client-server-api/#put_matrixclientv1adminlockuserid)
pub async fn lock(
    Here(tenant): Here<Tenant>,
    Here(accounts): Here<Accounts>,
    requester: Requester,
    Matrix(request): Matrix<lock_user::v1::Request>,
) -> Result<Matrix<lock_user::v1::Response>, ApiError> {
    must_be_admin(&tenant, &requester).await?;
    let (user, account) = found(&tenant, request.user_id).await?;
    if account.admin {
        return Err(ApiError::forbidden("An administrator's account is not locked by this endpoint."));
    }
    accounts.set_locked(user, request.locked).await?;
    Ok(Matrix(lock_user::v1::Response::new(request.locked)))
}

/// An account for somebody who comes later.
#[derive(Deserialize)]
pub struct Provided {
    /// The name that it shows from now on.
    displayname: Option<String>,
    /// Its first password; left out: nobody signs in with it yet.
    password: Option<String>,
}

/// `PUT /_matrix/client/unstable/chat.consilium/accounts/{userId}`: ours, because the specification lets an application service make accounts in its own
/// namespace alone.
///
/// For application services: one that has invited a person makes his account, and sets the password that he chose. Both may be asked for again. An account that
/// somebody uses already is not touched: `M_USER_IN_USE`.
pub async fn provide_account(
    Here(tenant): Here<Tenant>,
    Here(accounts): Here<Accounts>,
    requester: Requester,
    Path(user): Path<String>,
    Body(provided): Body<Provided>,
) -> Result<Json<Value>, ApiError> {
    if requester.appservice.is_none() {
        return Err(ApiError::forbidden("Only application services make accounts for others."));
    }
    let user = local(&accounts, user)?;
    let key = accounts.provide(&user, provided.password).await?;
    if let Some(name) = provided.displayname.filter(|name| !name.is_empty()) {
        tenant.profiles.set_display_name(key, Some(&name)).await?;
    }
    Ok(Json(json!({ "user_id": user })))
}

/// How an account ends.
#[derive(Debug, Deserialize)]
pub struct Ending {
    /// Whether what it said stays for those who come later, as the words of somebody who worked here do. Default: false.
    #[serde(default)]
    keep_content: bool,
}

/// `DELETE /_matrix/client/unstable/chat.consilium/accounts/{userId}`: ours, because the specification lets only the person himself end his account.
///
/// For application services alone: one that has a person's own word for it erases what the account left, as `deactivate` with `erase` does, unless it says
/// `keep_content=true`. An account that has ended is not found any more. Administrators' accounts are not ended by it.
pub async fn end_account(
    Here(tenant): Here<Tenant>,
    Here(accounts): Here<Accounts>,
    Here(errands): Here<Errands>,
    requester: Requester,
    Path(user): Path<String>,
    Asked(ending): Asked<Ending>,
) -> Result<Json<Value>, ApiError> {
    if requester.appservice.is_none() {
        return Err(ApiError::forbidden("Only application services end the accounts of others."));
    }
    let user = OwnedUserId::try_from(user).map_err(|_| ApiError::invalid_param("This is no user id."))?;
    let (key, account) = found(&tenant, user).await?;
    if account.admin {
        return Err(ApiError::forbidden("An administrator's account is not ended by this endpoint."));
    }
    let content = if ending.keep_content { Content::Keep } else { Content::Erase };
    accounts.deactivate(key, content).await?;
    errands.settle(key).await;
    Ok(Json(json!({})))
}

/// `GET /_matrix/client/unstable/chat.consilium/accounts/{userId}/devices`: ours, because the specification shows devices to their owner alone.
///
/// For application services alone, as [`end_account`] is: where an account of its people is signed in, and when each was used.
pub async fn devices_of_account(
    Here(tenant): Here<Tenant>,
    Here(accounts): Here<Accounts>,
    requester: Requester,
    Path(user): Path<String>,
) -> Result<Json<Value>, ApiError> {
    let key = of_service(&tenant, &requester, user).await?;
    let devices = accounts.seen_devices(&*tenant.store.view(), key).await?;
    let devices: Vec<Value> = devices
        .into_iter()
        .map(|device| {
            json!({
                "device_id": device.info.id, "display_name": device.info.display_name,
                "signed_in_ts": device.signed_in_ms, "last_seen_ts": device.seen_ms,
            })
        })
        .collect();
    Ok(Json(json!({ "devices": devices })))
}

/// Which sign-ins of an account end.
#[derive(Debug, Deserialize)]
pub struct SignOut {
    /// These; absent: all.
    devices: Option<Vec<OwnedDeviceId>>,
    /// Whether the person asked for it, which whoever is signed out is told.
    asked: bool,
}

/// `POST /_matrix/client/unstable/chat.consilium/accounts/{userId}/sign_out`: ours, for a device that its owner lost.
///
/// For application services alone. Devices that are not there (any more) are passed over.
pub async fn sign_out_account(
    Here(tenant): Here<Tenant>,
    Here(accounts): Here<Accounts>,
    requester: Requester,
    Path(user): Path<String>,
    Body(SignOut { devices, asked }): Body<SignOut>,
) -> Result<Json<Value>, ApiError> {
    let key = of_service(&tenant, &requester, user).await?;
    let ids = if let Some(ids) = devices {
        ids
    } else {
        let all = accounts.devices(&*tenant.store.view(), key).await?;
        all.into_iter().map(|device| device.id).collect()
    };
    let by = if asked { EndedBy::ServiceAsked } else { EndedBy::Service };
    accounts.end_devices(key, &ids, by).await?;
    Ok(Json(json!({})))
}

/// The account of a person that an application service asks about: not an administrator's, and no user of a service.
async fn of_service(tenant: &Tenant, requester: &Requester, user: String) -> Result<UserKey, ApiError> {
    if requester.appservice.is_none() {
        return Err(ApiError::forbidden("Only application services see and end the sign-ins of others."));
    }
    let user = OwnedUserId::try_from(user).map_err(|_| ApiError::invalid_param("This is no user id."))?;
    let (key, account) = found(tenant, user).await?;
    if account.admin || account.class == UserClass::Service {
        return Err(ApiError::forbidden("The sign-ins of this account are not ended by this endpoint."));
    }
    Ok(key)
}

fn local(accounts: &Accounts, user: String) -> Result<OwnedUserId, ApiError> {
    let user = OwnedUserId::try_from(user).map_err(|_| ApiError::invalid_param("This is no user id."))?;
    if user.server_name() == accounts.server_name() {
        Ok(user)
    } else {
        Err(ApiError::invalid_param("The user does not belong to this server."))
    }
}

/// Checked before anything is looked up, so that nobody else learns who has an account.
async fn must_be_admin(tenant: &Tenant, requester: &Requester) -> Result<(), ApiError> {
    let account = tenant.accounts.account(&*tenant.store.view(), requester.user_key).await?;
    match account {
        Some(account) if account.admin && requester.appservice.is_none() => Ok(()),
        _ => Err(ApiError::forbidden("You are not an administrator of this server.")),
    }
}

async fn found(tenant: &Tenant, user: OwnedUserId) -> Result<(UserKey, Account), ApiError> {
    if user.server_name() != tenant.accounts.server_name() {
        return Err(ApiError::invalid_param("The user does not belong to this server."));
    }
    let active = tenant.accounts.active(&*tenant.store.view(), &user).await?;
    active.ok_or_else(|| ApiError::not_found("There is no such user."))
}
