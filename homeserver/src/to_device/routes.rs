//! HTTP of send-to-device.

use axum::{extract::FromRequestParts, http::request::Parts};
use serde::Deserialize;

use super::service::{Messages, ToDevice};
use crate::{
    account::Accounts,
    http::{ApiError, Body, Here, NoContent, Requester, matrix::path_arguments},
};

/// Event type and transaction id of the path.
#[derive(Clone, Debug)]
pub struct Target {
    kind: String,
    txn_id: String,
}

impl<S: Send + Sync> FromRequestParts<S> for Target {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let mut arguments = path_arguments(parts, state).await?.into_iter();
        let (Some(kind), Some(txn_id)) = (arguments.next(), arguments.next()) else {
            return Err(ApiError::unrecognized());
        };
        Ok(Self { kind, txn_id })
    }
}

#[derive(Debug, Deserialize)]
pub struct SendBody {
    messages: Messages,
}

/// `PUT /_matrix/client/v3/sendToDevice/{eventType}/{txnId}` ·
/// [spec](https://spec.matrix.org/v1.19/client-server-api/#put_matrixclientv3sendtodeviceeventtypetxnid)
pub async fn send(
    Here(to_device): Here<ToDevice>,
    Here(accounts): Here<Accounts>,
    requester: Requester,
    target: Target,
    Body(body): Body<SendBody>,
) -> Result<NoContent, ApiError> {
    for content in body.messages.values().flat_map(std::collections::BTreeMap::values) {
        if !content.get().starts_with('{') {
            return Err(ApiError::bad_json("The content of a message must be an object."));
        }
    }
    to_device.send(&accounts, &requester, &target.kind, &target.txn_id, &body.messages).await?;
    Ok(NoContent)
}
