//! Password and deactivation; capabilities.

use axum::{Json, response::IntoResponse};
use ruma::api::client::account::{ThirdPartyIdRemovalStatus, change_password, deactivate};
use serde_json::json;

use crate::{
    account::{
        Accounts, Content,
        uia::{Ask, Purpose, Stage},
    },
    errands::Errands,
    http::{ApiError, ClientAddress, Here, Matrix, Requester},
    tenant::Tenant,
};

/// `POST /_matrix/client/v3/account/password` · [spec](https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3accountpassword)
pub async fn change_password(
    Here(accounts): Here<Accounts>,
    address: ClientAddress,
    requester: Requester,
    Matrix(request): Matrix<change_password::v3::Request>,
) -> Result<Matrix<change_password::v3::Response>, ApiError> {
    let ask = ask(&requester, Purpose::ChangePassword, address);
    accounts.authorize(ask, request.auth.as_ref()).await?;
    accounts.set_password(requester.user_key, request.new_password).await?;
    if request.logout_devices {
        accounts.delete_other_devices(requester.user_key, requester.device.as_deref()).await?;
    }
    Ok(Matrix(change_password::v3::Response::new()))
}

/// `POST /_matrix/client/v3/account/deactivate` · [spec](https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3accountdeactivate)
pub async fn deactivate(
    Here(accounts): Here<Accounts>,
    Here(errands): Here<Errands>,
    address: ClientAddress,
    requester: Requester,
    Matrix(request): Matrix<deactivate::v3::Request>,
) -> Result<Matrix<deactivate::v3::Response>, ApiError> {
    if requester.appservice.is_none() {
        accounts.authorize(ask(&requester, Purpose::Deactivate, address), request.auth.as_ref()).await?;
    }
    let content = if request.erase { Content::Erase } else { Content::Keep };
    accounts.deactivate(requester.user_key, content).await?;
    errands.settle(requester.user_key).await;
    Ok(Matrix(deactivate::v3::Response::new(ThirdPartyIdRemovalStatus::NoSupport)))
}

fn ask(requester: &Requester, purpose: Purpose, address: ClientAddress) -> Ask {
    Ask { purpose, user: Some(requester.user.clone()), flows: vec![vec![Stage::Password]], address }
}

/// `GET /_matrix/client/v3/capabilities` · [spec](https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3capabilities)
pub async fn capabilities(Here(tenant): Here<Tenant>, requester: Requester) -> Result<impl IntoResponse, ApiError> {
    let account = tenant.accounts.account(&*tenant.store.view(), requester.user_key).await?;
    let moderates = requester.appservice.is_none() && account.is_some_and(|account| account.admin);
    Ok(Json(json!({
        "capabilities": {
            "m.change_password": { "enabled": true },
            "m.room_versions": {
                "default": tenant.config.default_room_version,
                "available": { "10": "stable", "11": "stable", "12": "stable" },
            },
            "m.set_displayname": { "enabled": true },
            "m.set_avatar_url": { "enabled": true },
            "m.profile_fields": { "enabled": true },
            "uk.tcpip.msc4133.profile_fields": { "enabled": true },
            "m.3pid_changes": { "enabled": false },
            "m.get_login_token": { "enabled": true },
            "m.forget_forced_upon_leave": { "enabled": false },
            "m.account_moderation": { "lock": moderates, "suspend": false },
        },
    })))
}
