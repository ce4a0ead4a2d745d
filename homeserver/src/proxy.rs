//! Requests that an application service answers in the homeserver's place: it claims paths by its registration, the homeserver says who asks.
//!
//! Invariants: the service never sees the user's token, and hears of his id from the homeserver only; nobody gets through who is not signed in; a path
//! that no service claims is like any that does not exist; bodies and times are bounded in both directions.
//!
//! Source: MSC4512. Absent: its federation side.

use axum::{
    body::Body,
    extract::{FromRequestParts, Request},
    response::Response,
};
use http::{HeaderMap, HeaderName, HeaderValue, Uri, header, request::Parts};
use percent_encoding::percent_decode_str;

use crate::{
    appservice::PassedOn,
    http::{
        ApiError, Requester,
        limits::{BodyBytesMax, collect},
    },
    tenant::Tenant,
};

/// Who asks, as the service is told.
const USER: HeaderName = HeaderName::from_static("x-matrix-user-identifier");

/// Headers of a request that are not the service's: of the connection, the user's secrets, and what only the homeserver may say.
const KEPT: [HeaderName; 9] = [
    header::HOST,
    header::CONTENT_LENGTH,
    header::AUTHORIZATION,
    header::COOKIE,
    header::ACCEPT_ENCODING,
    header::EXPECT,
    header::FORWARDED,
    USER,
    HeaderName::from_static("x-matrix-origin"),
];
/// Headers of an answer that are not the service's to say: cross-origin rules are the router's, and there are no cookies.
const NOT_ANSWERED: [HeaderName; 7] = [
    header::CONTENT_LENGTH,
    header::SET_COOKIE,
    header::ACCESS_CONTROL_ALLOW_ORIGIN,
    header::ACCESS_CONTROL_ALLOW_HEADERS,
    header::ACCESS_CONTROL_ALLOW_METHODS,
    header::ACCESS_CONTROL_ALLOW_CREDENTIALS,
    header::ACCESS_CONTROL_EXPOSE_HEADERS,
];
/// Source: RFC 9110 §7.6.1.
const HOP_BY_HOP: [&str; 9] = [
    "connection",
    "keep-alive",
    "proxy-authenticate",
    "proxy-authorization",
    "proxy-connection",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

/// Every request that no route is mounted for: a service's, or nobody's.
pub async fn pass_on(request: Request) -> Result<Response, ApiError> {
    let (mut parts, body) = request.into_parts();
    let tenant = parts.extensions.get::<std::sync::Arc<Tenant>>().cloned().ok_or_else(ApiError::unrecognized)?;
    let path = claimable(parts.uri.path()).ok_or_else(ApiError::unrecognized)?;
    let Some(appservice) = tenant.appservices.proxy_of(path).cloned() else { return Err(ApiError::unrecognized()) };
    let requester = Requester::from_request_parts(&mut parts, &()).await?;
    let body = collect(body, BodyBytesMax::of(&parts.extensions)).await?;
    let passed_on =
        PassedOn { target: target(&parts.uri), headers: headers(&parts, &requester)?, method: parts.method, body };
    let answer = tenant.wire.pass_on(&appservice, passed_on).await?;
    let mut response = Response::new(Body::from(answer.body));
    *response.status_mut() = answer.status;
    *response.headers_mut() = without(&answer.headers, &NOT_ANSWERED);
    Ok(response)
}

/// What follows `/_matrix/client/v1/` or `/_matrix/client/unstable/<any>/`; `None` for other paths, and for those that climb.
fn claimable(path: &str) -> Option<&str> {
    let rest = path.strip_prefix("/_matrix/client/")?;
    let (version, rest) = rest.split_once('/')?;
    let rest = match version {
        "unstable" => rest.split_once('/')?.1,
        version if version.starts_with('v') => rest,
        _ => return None,
    };
    let climbs = |segment: &str| {
        let decoded = percent_decode_str(segment).collect::<Vec<u8>>();
        decoded == b"." || decoded == b".." || decoded.iter().any(|byte| b"/\\".contains(byte))
    };
    (!path.split('/').any(climbs)).then_some(rest)
}

/// Path and query as the service gets them: without what proves or names the user.
fn target(uri: &Uri) -> String {
    let mut target = uri.path().to_owned();
    let is_secret = |pair: &&str| {
        let name = pair.split('=').next().unwrap_or_default();
        let name = percent_decode_str(name).decode_utf8_lossy();
        ["access_token", "user_id", "device_id", "org.matrix.msc3202.device_id"].contains(&&*name)
    };
    let pairs = uri.query().unwrap_or_default().split('&');
    let pairs: Vec<&str> = pairs.filter(|pair| !pair.is_empty() && !is_secret(pair)).collect();
    if !pairs.is_empty() {
        target.push('?');
        target.push_str(&pairs.join("&"));
    }
    target
}

fn headers(parts: &Parts, requester: &Requester) -> Result<HeaderMap, ApiError> {
    let mut headers = without(&parts.headers, &KEPT);
    let user = HeaderValue::from_str(requester.user.as_str()).map_err(ApiError::internal)?;
    headers.insert(USER, user);
    Ok(headers)
}

/// The headers without `unwanted` ones and those of the connection, which may name further ones.
fn without(headers: &HeaderMap, unwanted: &[HeaderName]) -> HeaderMap {
    let named = headers.get_all(header::CONNECTION).into_iter().filter_map(|value| value.to_str().ok());
    let named: Vec<String> = named.flat_map(|names| names.split(',')).map(|name| name.trim().to_lowercase()).collect();
    let is_wanted = |name: &HeaderName| {
        let is_of_connection = HOP_BY_HOP.contains(&name.as_str()) || named.iter().any(|named| named == name.as_str());
        !is_of_connection && !unwanted.contains(name)
    };
    let wanted = headers.iter().filter(|(name, _)| is_wanted(name));
    wanted.map(|(name, value)| (name.clone(), value.clone())).collect()
}

#[cfg(test)]
mod tests {
    use http::{HeaderMap, HeaderValue, Uri, header};

    use super::{KEPT, claimable, target, without};

    #[test]
    fn what_follows_the_version_can_be_claimed() {
        assert_eq!(claimable("/_matrix/client/v1/rtc/livekit/get_token"), Some("rtc/livekit/get_token"));
        assert_eq!(claimable("/_matrix/client/unstable/io.element.msc4195/rtc/livekit/x"), Some("rtc/livekit/x"));
        for path in [
            "/_matrix/client/unstable/rtc",
            "/_matrix/client/rtc/livekit/x",
            "/_matrix/federation/v1/rtc/livekit/x",
            "/_matrix/client/v1/rtc/livekit/../../admin",
            "/_matrix/client/v1/rtc/livekit/%2e%2e/admin",
            "/_matrix/client/v1/rtc/livekit/.%2E/admin",
            "/_matrix/client/v1/rtc/livekit/a%2f..%2fb",
            "/_matrix/client/v1/rtc/livekit/a%5c..",
            "/x",
        ] {
            assert_eq!(claimable(path), None, "{path}");
        }
    }

    #[test]
    fn the_token_is_cut_out_of_the_query() {
        let cut = |query: &str| target(&format!("/a?{query}").parse::<Uri>().expect("an address"));
        assert_eq!(cut("x=1&access_token=secret&y=2"), "/a?x=1&y=2");
        assert_eq!(cut("access%5Ftoken=secret"), "/a");
        assert_eq!(cut("user_id=%40a%3Ab&z"), "/a?z");
    }

    #[test]
    fn headers_of_the_connection_and_of_the_user_stay_behind() {
        let mut headers = HeaderMap::new();
        for (name, value) in [
            ("connection", "close, X-Hop"),
            ("x-hop", "1"),
            ("te", "trailers"),
            ("authorization", "Bearer s"),
            ("x-a", "1"),
        ] {
            headers.append(name, HeaderValue::from_static(value));
        }
        headers.append("x-matrix-user-identifier", HeaderValue::from_static("@admin:hs.test"));
        headers.append(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
        let left = without(&headers, &KEPT);
        let mut names: Vec<&str> = left.keys().map(header::HeaderName::as_str).collect();
        names.sort_unstable();
        assert_eq!(names, ["content-type", "x-a"]);
    }
}
