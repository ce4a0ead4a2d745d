//! What administrators do with the accounts of others: locks.

use ruma::{
    OwnedUserId,
    api::client::admin::{is_user_locked, lock_user},
};

use crate::{
    account::{Account, Accounts},
    http::{ApiError, Here, Matrix, Requester},
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
