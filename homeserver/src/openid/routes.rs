//! HTTP of OpenID tokens.

use axum::{Json, response::IntoResponse};
use ruma::{api::client::account::request_openid_token::v3, authentication::TokenType};
use serde::Deserialize;
use serde_json::json;

use super::service::{LIFE, OpenIdError, OpenIds};
use crate::{
    http::{ApiError, Asked, ClientAddress, Here, Requester, matrix::Matrix},
    tenant::Tenant,
};

impl From<OpenIdError> for ApiError {
    fn from(error: OpenIdError) -> Self {
        match error {
            OpenIdError::Store(source) => source.into(),
            OpenIdError::Commit(source) => source.into(),
        }
    }
}

/// `POST /_matrix/client/v3/user/{userId}/openid/request_token` ·
/// [spec](https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3useruseridopenidrequest_token)
pub async fn request_token(
    Here(tenant): Here<Tenant>,
    Here(tokens): Here<OpenIds>,
    requester: Requester,
    Matrix(request): Matrix<v3::Request>,
) -> Result<Matrix<v3::Response>, ApiError> {
    requester.must_be(&request.user_id)?;
    let token = tokens.make(requester.user_key).await?;
    let server_name = tenant.server_name().to_owned();
    Ok(Matrix(v3::Response::new(token, TokenType::Bearer, server_name, LIFE)))
}

#[derive(Debug, Deserialize)]
pub struct Token {
    access_token: Option<String>,
}

/// `GET /_matrix/federation/v1/openid/userinfo` ·
/// [spec](https://spec.matrix.org/v1.19/server-server-api/#get_matrixfederationv1openiduserinfo)
///
/// Services ask for each of their users from one address: only wrong tokens count there.
pub async fn user_info(
    Here(tenant): Here<Tenant>,
    Here(tokens): Here<OpenIds>,
    address: ClientAddress,
    Asked(Token { access_token }): Asked<Token>,
) -> Result<impl IntoResponse, ApiError> {
    let user = match &access_token {
        Some(token) => tokens.user(&tenant.accounts, token).await?,
        None => None,
    };
    match (user, access_token) {
        (Some(user), _) => Ok(Json(json!({ "sub": user }))),
        (None, token) => {
            tenant.limits.check_address(address)?;
            Err(if token.is_some() { ApiError::unknown_token(false) } else { ApiError::missing_token() })
        }
    }
}
