//! Which tenant a request is for (by its `Host`), and which address it comes from.

use std::{
    net::{IpAddr, SocketAddr},
    sync::Arc,
};

use axum::{
    extract::{ConnectInfo, FromRequestParts, MatchedPath, Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use consilium_config::{client_address, limited_network};
use http::{HeaderMap, StatusCode, header, request::Parts};
use ruma::api::error::ErrorKind;

use super::{error::ApiError, limits::BodyBytesMax, rate_limit::carries_secret, trail::Trail};
use crate::{
    server::{Server, ServerConfig},
    tenant::Tenant,
};

/// Finds the tenant by the `Host` header and puts it, and the client's address, into the request's extensions.
pub async fn resolve(State(server): State<Arc<Server>>, mut request: Request, next: Next) -> Response {
    let Some(_admitted) = server.admit() else {
        return ApiError::unavailable("The server stops.").into_response();
    };
    let Some(slot) = server.slot_of_host(host_of(&request)) else {
        return ApiError::not_found("No service has this host name.").into_response();
    };
    Trail::tenant(request.extensions(), slot.slug());
    let tenant = match slot.open(&server).await {
        Ok(tenant) => tenant,
        Err(error) => {
            tracing::error!(tenant.id = slot.slug(), error = %error, "a tenant cannot be opened");
            return ApiError::unavailable("This service cannot be opened at the moment.").into_response();
        }
    };
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    let address = ClientAddress::of(server.config(), peer, request.headers());
    let path = request.extensions().get::<MatchedPath>().map(MatchedPath::as_str);
    if !request.headers().contains_key(header::AUTHORIZATION)
        && !path.is_some_and(|path| carries_secret(request.method(), path))
        && let Err(error) = tenant.limits.check_address(address)
    {
        return error.into_response();
    }
    request.extensions_mut().insert(BodyBytesMax(server.config().http.body_bytes_max));
    request.extensions_mut().insert(address);
    request.extensions_mut().insert(tenant);
    next.run(request).await
}

/// Host name and port as the client wrote them, lower case: `Host` (HTTP/1.1) or `:authority` (HTTP/2).
fn host_of(request: &Request) -> String {
    let header = request.headers().get(header::HOST).and_then(|value| value.to_str().ok());
    let host = header.or_else(|| request.uri().authority().map(http::uri::Authority::as_str)).unwrap_or_default();
    host.to_ascii_lowercase()
}

/// Where the request comes from: the peer, or what a trusted proxy says about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ClientAddress(pub IpAddr);

impl ClientAddress {
    fn of(config: &ServerConfig, peer: Option<IpAddr>, headers: &HeaderMap) -> Self {
        let forwarded = headers.get_all("x-forwarded-for").iter().filter_map(|value| value.to_str().ok());
        Self(client_address(&config.http.trusted_proxies, peer, forwarded))
    }

    /// The address by which limits count: the whole of an IPv4 address, the /64 of an IPv6 one.
    pub fn network(self) -> IpAddr {
        limited_network(self.0)
    }

    pub fn is_loopback(self) -> bool {
        self.0.is_loopback()
    }
}

impl<S: Send + Sync> FromRequestParts<S> for ClientAddress {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        Ok(*parts.extensions.get::<Self>().ok_or_else(unresolved)?)
    }
}

/// A feature's service, as a tenant holds it.
pub trait Service: Send + Sync + 'static {
    fn of(tenant: &Tenant) -> &Arc<Self>;
}

/// The tenant's instance of a service: `Here(accounts): Here<Accounts>`.
#[derive(Debug)]
pub struct Here<T>(pub Arc<T>);

impl<T: Service, S: Send + Sync> FromRequestParts<S> for Here<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        Ok(Self(Arc::clone(T::of(tenant_of(parts)?))))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Here<Tenant> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        Ok(Self(Arc::clone(tenant_of(parts)?)))
    }
}

pub(super) fn tenant_of(parts: &Parts) -> Result<&Arc<Tenant>, ApiError> {
    parts.extensions.get::<Arc<Tenant>>().ok_or_else(unresolved)
}

fn unresolved() -> ApiError {
    ApiError::new(StatusCode::NOT_FOUND, ErrorKind::NotFound, "No service has this host name.")
}

#[cfg(test)]
mod tests {
    use std::net::IpAddr;

    use super::ClientAddress;

    #[test]
    fn version_6_addresses_count_by_their_network() {
        let one = ClientAddress("2001:db8:1:2:3::4".parse::<IpAddr>().expect("an address"));
        let other = ClientAddress("2001:db8:1:2:ffff::9".parse::<IpAddr>().expect("an address"));
        assert_eq!(one.network(), other.network());
    }
}
