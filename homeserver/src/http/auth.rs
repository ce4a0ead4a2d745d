//! [`Requester`]: proof of who calls, out of an access token. Masquerading of application services is resolved here.
//!
//! Source: client-server API v1.19 §Using access tokens; Application Service API v1.19 §Identity assertion.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use http::{header, request::Parts};
use ruma::{OwnedDeviceId, OwnedUserId, UserId, api::error::ErrorKind};
use serde::Deserialize;

use super::{error::ApiError, host::tenant_of, rate_limit::Kind, trail::Trail};
use crate::{
    account::TokenError,
    appservice::{Appservice, AppserviceId},
    ids::UserKey,
    tenant::Tenant,
};

/// Who calls: authenticated, not yet allowed anything.
#[derive(Clone, Debug)]
pub struct Requester {
    pub user: OwnedUserId,
    pub user_key: UserKey,
    /// The device of the token, or the one that an application service acts as.
    pub device: Option<OwnedDeviceId>,
    /// The application service that calls as this user.
    pub appservice: Option<AppserviceId>,
    pub class: UserClass,
}

/// The coarse class of a user, set by administration: policy asks it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UserClass {
    /// Nothing is known: an ordinary Matrix user.
    #[default]
    Member,
    /// A client of the partner.
    Patient,
    /// Works for the partner.
    Staff,
    /// A user of an application service.
    Service,
}

impl Requester {
    /// The device, where the endpoint needs one.
    pub fn device(&self) -> Result<&OwnedDeviceId, ApiError> {
        self.device.as_ref().ok_or_else(|| ApiError::missing_param("This endpoint needs a device: give device_id."))
    }

    /// Counts `times` of what one request brings several of, where the requester is limited at all.
    pub fn check_times(&self, tenant: &Tenant, kind: Kind, times: usize) -> Result<(), ApiError> {
        let appservice = self.appservice.as_ref().and_then(|id| tenant.appservices.get(id));
        if appservice.is_some_and(|appservice| !appservice.registration.rate_limited) {
            return Ok(());
        }
        tenant.limits.check_user_times(kind, self.user_key, times)
    }

    /// Refuses endpoints below `/user/{userId}/` of somebody else.
    pub fn must_be(&self, user: &UserId) -> Result<(), ApiError> {
        if self.user == user { Ok(()) } else { Err(ApiError::forbidden("This belongs to another user.")) }
    }
}

/// On endpoints that work for locked accounts too: signing out.
#[derive(Clone, Copy, Debug)]
pub struct AlsoLocked;

impl<S: Send + Sync> FromRequestParts<S> for Requester {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        let tenant = tenant_of(parts)?;
        let token = token_of(parts).ok_or_else(ApiError::missing_token)?;
        let kind = parts.extensions.get::<Kind>().copied().unwrap_or_default();
        if let Some(appservice) = tenant.appservices.by_token(&token) {
            let requester = masquerade(tenant, appservice, parts.uri.query().unwrap_or_default()).await?;
            Trail::user(&parts.extensions, &requester.user);
            if appservice.registration.rate_limited {
                tenant.limits.check_user(kind, requester.user_key)?;
            }
            return Ok(requester);
        }
        let session = match tenant.accounts.authenticate(&token).await {
            Ok(session) => session,
            Err(TokenError::Locked(session)) if parts.extensions.get::<AlsoLocked>().is_some() => session,
            Err(TokenError::Locked(_)) => return Err(ApiError::user_locked()),
            Err(TokenError::Account(error)) => return Err(error.into()),
            Err(error) => {
                // A guessed token costs as much of the address's allowance as a request without one.
                if let Some(address) = parts.extensions.get() {
                    tenant.limits.check_address(*address)?;
                }
                if matches!(error, TokenError::Expired) {
                    return Err(ApiError::unknown_token(true));
                }
                let ended = tenant.accounts.ended_by(&token).await?;
                return Err(ended.map_or_else(|| ApiError::unknown_token(false), ApiError::from));
            }
        };
        Trail::user(&parts.extensions, &session.user);
        tenant.limits.check_user(kind, session.user_key)?;
        Ok(Self {
            user: session.user.clone(),
            user_key: session.user_key,
            device: Some(session.device.clone()),
            appservice: None,
            class: session.class,
        })
    }
}

#[derive(Debug, Default, Deserialize)]
#[expect(clippy::struct_field_names, reason = "the names of the query")]
struct Identity {
    user_id: Option<String>,
    device_id: Option<OwnedDeviceId>,
    #[serde(rename = "org.matrix.msc3202.device_id")]
    unstable_device_id: Option<OwnedDeviceId>,
}

/// The user, and device, that an application service calls as.
async fn masquerade(tenant: &Tenant, appservice: &Appservice, query: &str) -> Result<Requester, ApiError> {
    let identity: Identity = serde_html_form::from_str(query).unwrap_or_default();
    let user = match identity.user_id {
        Some(text) => UserId::parse(text).map_err(|_| ApiError::invalid_param("user_id is not a user id."))?,
        None => appservice.sender.clone(),
    };
    if !appservice.owns(&user) {
        return Err(ApiError::forbidden("The user is outside of the application service's namespaces."));
    }
    let view = tenant.store.view();
    let Some((user_key, account)) = tenant.accounts.active(&*view, &user).await? else {
        return Err(ApiError::forbidden("The application service has not registered this user."));
    };
    let device = identity.device_id.or(identity.unstable_device_id);
    if let Some(device) = &device
        && tenant.accounts.device(&*view, user_key, device).await?.is_none()
    {
        return Err(ApiError::bad_request(ErrorKind::UnknownDevice, "The user has no such device."));
    }
    Ok(Requester { user, user_key, device, appservice: Some(appservice.id.clone()), class: account.class })
}

/// The application service whose token the request carries, where an endpoint is for them too but asks no user.
#[derive(Clone, Debug)]
pub struct Caller {
    pub token: Option<String>,
    pub appservice: Option<Arc<Appservice>>,
}

impl<S: Send + Sync> FromRequestParts<S> for Caller {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        let token = token_of(parts);
        let registrations = &tenant_of(parts)?.appservices;
        let appservice = token.as_deref().and_then(|token| registrations.by_token(token)).cloned();
        Ok(Self { token, appservice })
    }
}

impl Caller {
    /// The application service; errors as the specification has them when there is none.
    pub fn appservice(self) -> Result<Arc<Appservice>, ApiError> {
        match (self.appservice, self.token) {
            (Some(appservice), _) => Ok(appservice),
            (None, Some(_)) => Err(ApiError::unknown_token(false)),
            (None, None) => Err(ApiError::missing_token()),
        }
    }
}

/// `Authorization: Bearer`, or the deprecated query parameter.
fn token_of(parts: &Parts) -> Option<String> {
    #[derive(Deserialize)]
    struct Query {
        access_token: Option<String>,
    }
    if let Some(value) = parts.headers.get(header::AUTHORIZATION) {
        let (scheme, token) = value.to_str().ok()?.split_once(' ')?;
        return scheme
            .eq_ignore_ascii_case("bearer")
            .then(|| token.trim().to_owned())
            .filter(|token| !token.is_empty());
    }
    let query: Query = serde_html_form::from_str(parts.uri.query()?).ok()?;
    query.access_token.filter(|token| !token.is_empty())
}
