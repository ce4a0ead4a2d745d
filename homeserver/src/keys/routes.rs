//! HTTP of keys.

use std::collections::BTreeMap;

use axum::{Json, response::IntoResponse};
use ruma::api::client::keys::{claim_keys, get_keys, upload_keys, upload_signing_keys};
use serde_json::json;

use super::{
    cross_signing::NewSigningKeys,
    query::Queried,
    service::Keys,
    signatures::SignedObjects,
    upload::{Upload, with_signed_curve},
};
use crate::{
    account::{
        Accounts,
        uia::{Ask, Purpose, Stage},
    },
    http::{ApiError, Body, ClientAddress, Here, Matrix, NoContent, Requester},
    tenant::Tenant,
};

/// `POST /_matrix/client/v3/keys/upload` · [spec](https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3keysupload)
pub async fn upload(
    Here(keys): Here<Keys>,
    requester: Requester,
    Matrix(request): Matrix<upload_keys::v3::Request>,
) -> Result<impl IntoResponse, ApiError> {
    let device = requester.device()?;
    let upload = Upload {
        device_keys: request.device_keys,
        one_time_keys: request.one_time_keys,
        fallback_keys: request.fallback_keys,
    };
    let counts = keys.upload((requester.user_key, &requester.user), device, &upload).await?;
    Ok(Json(json!({ "one_time_key_counts": with_signed_curve(counts) })))
}

/// `POST /_matrix/client/v3/keys/query` · [spec](https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3keysquery)
pub async fn query(
    Here(tenant): Here<Tenant>,
    Here(keys): Here<Keys>,
    requester: Requester,
    Matrix(request): Matrix<get_keys::v3::Request>,
) -> Result<Json<Queried>, ApiError> {
    let view = tenant.store.view();
    let queried = keys.query(&*view, &tenant.accounts, requester.user_key, &request.device_keys).await?;
    Ok(Json(queried))
}

/// `POST /_matrix/client/v3/keys/claim` · [spec](https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3keysclaim)
pub async fn claim(
    Here(keys): Here<Keys>,
    _: Requester,
    Matrix(request): Matrix<claim_keys::v3::Request>,
) -> Result<impl IntoResponse, ApiError> {
    let claimed = keys.claim(&request.one_time_keys).await?;
    let foreign = request.one_time_keys.keys().map(|user| user.server_name());
    let foreign = foreign.filter(|server| *server != keys.server_name);
    let failures: BTreeMap<String, serde_json::Value> = foreign.map(|server| (server.to_string(), json!({}))).collect();
    Ok(Json(json!({ "one_time_keys": claimed, "failures": failures })))
}

/// `POST /_matrix/client/v3/keys/device_signing/upload` ·
/// [spec](https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3keysdevice_signingupload)
pub async fn upload_signing_keys(
    Here(tenant): Here<Tenant>,
    Here(keys): Here<Keys>,
    Here(accounts): Here<Accounts>,
    address: ClientAddress,
    requester: Requester,
    Matrix(request): Matrix<upload_signing_keys::v3::Request>,
) -> Result<NoContent, ApiError> {
    let view = tenant.store.view();
    let new = NewSigningKeys {
        master: request.master_key,
        self_signing: request.self_signing_key,
        user_signing: request.user_signing_key,
    };
    let devices = accounts.devices(&*view, requester.user_key).await?;
    let user = (requester.user_key, &*requester.user);
    let plan = keys.plan_signing_keys(&*view, user, &devices, &new).await?;
    if plan.needs_proof && requester.appservice.is_none() {
        let (user, flows) = (Some(requester.user.clone()), vec![vec![Stage::Password]]);
        let ask = Ask { purpose: Purpose::UploadSigningKeys, user, flows, address };
        accounts.authorize(ask, request.auth.as_ref()).await?;
    }
    keys.set_signing_keys(requester.user_key, plan).await?;
    Ok(NoContent)
}

/// `POST /_matrix/client/v3/keys/signatures/upload` ·
/// [spec](https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3keyssignaturesupload)
pub async fn upload_signatures(
    Here(keys): Here<Keys>,
    requester: Requester,
    Body(objects): Body<SignedObjects>,
) -> Result<impl IntoResponse, ApiError> {
    let failures = keys.add_signatures((requester.user_key, &requester.user), &objects).await?;
    Ok(Json(json!({ "failures": failures })))
}
