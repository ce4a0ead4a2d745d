//! HTTP of profiles.

use std::collections::BTreeMap;

use axum::{
    extract::FromRequestParts,
    http::request::Parts,
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use http::header;
use ruma::{OwnedUserId, UserId};
use serde_json::value::RawValue;

use super::service::{DISPLAY_NAME, Profiles, is_local};
use crate::{
    account::Accounts,
    errands::Errands,
    http::{
        ApiError, Body, Here, NoContent, Requester,
        matrix::{json_bytes, path_arguments},
    },
    ids::UserKey,
    policy::Contact,
    tenant::Tenant,
};

/// The user of the path, and the field where the path has one.
#[derive(Clone, Debug)]
pub struct Target {
    user: OwnedUserId,
    field: String,
}

impl<S: Send + Sync> FromRequestParts<S> for Target {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let mut arguments = path_arguments(parts, state).await?.into_iter();
        let user = arguments.next().unwrap_or_default();
        let user = UserId::parse(user).map_err(|_| ApiError::invalid_param("The path has no user id."))?;
        Ok(Self { user, field: arguments.next().unwrap_or_default() })
    }
}

/// Who asks, where the policy does not let anybody ask. A profile needs no token on an ordinary homeserver.
#[derive(Debug)]
pub struct Asker(Option<Requester>);

impl<S: Send + Sync> FromRequestParts<S> for Asker {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let Here(tenant) = Here::<Tenant>::from_request_parts(parts, state).await?;
        match tenant.config.policy.contact {
            Contact::Open => {
                // A token that nobody looks at must not lift the limit of those who show none.
                if parts.headers.contains_key(header::AUTHORIZATION)
                    && let Some(address) = parts.extensions.get()
                {
                    tenant.limits.check_address(*address)?;
                }
                Ok(Self(None))
            }
            Contact::Closed => Ok(Self(Some(Requester::from_request_parts(parts, state).await?))),
        }
    }
}

/// `GET /_matrix/client/v3/profile/{userId}` · [spec](https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3profileuserid)
pub async fn get_profile(
    Here(tenant): Here<Tenant>,
    Here(profiles): Here<Profiles>,
    asker: Asker,
    target: Target,
) -> Result<Response, ApiError> {
    let user = known(&tenant, &asker, &target.user).await?;
    let fields = profiles.fields(&*tenant.store.view(), user).await?;
    let fields: BTreeMap<String, Box<RawValue>> =
        fields.into_iter().filter_map(|(name, json)| Some((name, raw(json)?))).collect();
    Ok(axum::Json(fields).into_response())
}

/// `GET …/profile/{userId}/{keyName}` · [spec](https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3profileuseridkeyname)
pub async fn get_field(
    Here(tenant): Here<Tenant>,
    Here(profiles): Here<Profiles>,
    asker: Asker,
    target: Target,
) -> Result<Response, ApiError> {
    let user = known(&tenant, &asker, &target.user).await?;
    let json = profiles.field(&*tenant.store.view(), user, &target.field).await?;
    let value = json.and_then(raw).ok_or_else(|| ApiError::not_found("The profile has no such field."))?;
    let body = serde_json::to_vec(&BTreeMap::from([(target.field, value)])).map_err(ApiError::internal)?;
    Ok(json_bytes(body))
}

/// `PUT …/profile/{userId}/{keyName}` · [spec](https://spec.matrix.org/v1.19/client-server-api/#put_matrixclientv3profileuseridkeyname)
pub async fn put_field(
    Here(tenant): Here<Tenant>,
    Here(profiles): Here<Profiles>,
    Here(errands): Here<Errands>,
    requester: Requester,
    target: Target,
    Body(body): Body<BTreeMap<String, Box<RawValue>>>,
) -> Result<NoContent, ApiError> {
    let user = owner(&tenant, &requester, &target.user).await?;
    let value = body.get(&target.field).ok_or_else(|| ApiError::missing_param("The body lacks the field."))?;
    // Clients that take a name away send null.
    if value.get() == "null" && [DISPLAY_NAME, super::service::AVATAR_URL].contains(&&*target.field) {
        profiles.remove(user, &target.field).await?;
    } else {
        profiles.set(user, &target.field, value).await?;
    }
    errands.settle(user).await;
    Ok(NoContent)
}

/// `DELETE …/profile/{userId}/{keyName}` · [spec](https://spec.matrix.org/v1.19/client-server-api/#delete_matrixclientv3profileuseridkeyname)
pub async fn delete_field(
    Here(tenant): Here<Tenant>,
    Here(profiles): Here<Profiles>,
    Here(errands): Here<Errands>,
    requester: Requester,
    target: Target,
) -> Result<NoContent, ApiError> {
    let user = owner(&tenant, &requester, &target.user).await?;
    profiles.remove(user, &target.field).await?;
    errands.settle(user).await;
    Ok(NoContent)
}

fn raw(json: Bytes) -> Option<Box<RawValue>> {
    RawValue::from_string(String::from_utf8(json.into()).ok()?).ok()
}

/// The user whose profile is looked at. One that may not be looked up is answered like one that is not there.
async fn known(tenant: &Tenant, asker: &Asker, user: &UserId) -> Result<UserKey, ApiError> {
    let absent = || ApiError::not_found("There is no such user.");
    if !is_local(tenant, user) {
        return Err(absent());
    }
    let asking = asker.0.as_ref().and_then(|asker| asker.appservice.as_ref());
    tenant.accounts.make_known(asking, user).await?;
    let view = tenant.store.view();
    let (key, account) = tenant.accounts.active(&*view, user).await?.ok_or_else(absent)?;
    match &asker.0 {
        Some(asker) if asker.user != user && !tenant.config.policy.may_contact(asker.class, account.class) => {
            Err(absent())
        }
        _ => Ok(key),
    }
}

/// Whose profile is changed: one's own, or that of a user of the application service that asks.
async fn owner(tenant: &Tenant, requester: &Requester, user: &UserId) -> Result<UserKey, ApiError> {
    requester.must_be(user)?;
    let accounts: &Accounts = &tenant.accounts;
    let active = accounts.active(&*tenant.store.view(), user).await?;
    active.map(|(key, _)| key).ok_or_else(|| ApiError::not_found("There is no such user."))
}
