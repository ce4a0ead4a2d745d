//! What any MatrixRTC client asks for: tokens, and that its delayed leave is taken care of.
//!
//! Two ways lead here. Browsers come straight, with an `OpenID` token that is checked with this tenant's own homeserver and no other (`/sfu/get` for
//! memberships by state event, `/get_token` for sticky ones). Newer clients ask their homeserver, which has checked who they are and passes the request on
//! with its own token (MSC4195 over MSC4512). Errors are Matrix errors.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, post};
use axum::{Json, Router};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::caller::host;
use super::problem::{chain, shared_chain};
use super::served::{Served, Tenants};
use super::types::CallTrouble;
use crate::call::{self, CallError, Delegation, Device, HookError, Membership, SLOT, Ticket};
use crate::ids::UserId;
use crate::tenant::Tenant;
use consilium_appservice::Secret;

/// Where browsers find these (`livekit_service_url` is the origin with this).
pub const RTC_PREFIX: &str = "/_consilium/livekit";
/// Largest body: an honest one has a few hundred bytes.
const BODY_BYTES_MAX: usize = 16 * 1024;
/// Largest event of the media server: it describes each track of a participant.
const EVENT_BYTES_MAX: usize = 256 * 1024;
/// Longest text in a body.
const TEXT_BYTES_MAX: usize = 1_024;
/// Who asks, as the homeserver says.
const USER_HEADER: &str = "x-matrix-user-identifier";

/// An answer that is not a success.
#[derive(Debug)]
struct Refused {
    status: StatusCode,
    errcode: &'static str,
    error: &'static str,
}

impl Refused {
    fn new(status: StatusCode, errcode: &'static str, error: &'static str) -> Self {
        Self { status, errcode, error }
    }

    fn bad_json(error: &'static str) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "M_BAD_JSON", error)
    }

    fn bad_param(error: &'static str) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "M_INVALID_PARAM", error)
    }

    fn forbidden(error: &'static str) -> Self {
        Self::new(StatusCode::FORBIDDEN, "M_FORBIDDEN", error)
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        (self.status, Json(json!({ "errcode": self.errcode, "error": self.error }))).into_response()
    }
}

impl From<CallError> for Refused {
    fn from(error: CallError) -> Self {
        match error {
            CallError::NotFound
            | CallError::NotAllowed
            | CallError::Observes
            | CallError::Refused(_)
            | CallError::InAnotherCall(_) => Self::forbidden("You may not call in this room now."),
            CallError::ForeignDevice => Self::forbidden("This is no device of yours."),
            CallError::Unavailable(_) => {
                Self::new(StatusCode::SERVICE_UNAVAILABLE, "M_UNKNOWN", "Calls are unavailable now.")
            }
            CallError::Homeserver(_) | CallError::Store(_) | CallError::Cursor(_) => {
                tracing::error!(error = %chain(&error), "a token could not be given");
                Self::new(StatusCode::SERVICE_UNAVAILABLE, "M_UNKNOWN", "Try again.")
            }
        }
    }
}

/// The routes for browsers, below [`RTC_PREFIX`].
pub(super) fn browser_routes() -> Router<Tenants> {
    let open = |handler: MethodRouter<Tenants>| handler.options(|| async { StatusCode::NO_CONTENT });
    Router::new()
        .route("/sfu/get", open(post(sfu_get)))
        .route("/get_token", open(post(get_token)))
        .fallback(|| async { Refused::new(StatusCode::NOT_FOUND, "M_UNRECOGNIZED", "Unrecognized request.") })
        .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
        .layer(axum::middleware::map_response(for_any_origin))
}

/// Any page may ask: who asks is proven by the token in the body, and nothing is remembered in cookies.
async fn for_any_origin(mut response: Response) -> Response {
    const ALLOW: [(HeaderName, &str); 4] = [
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
        (header::ACCESS_CONTROL_ALLOW_METHODS, "POST, OPTIONS"),
        (header::ACCESS_CONTROL_ALLOW_HEADERS, "content-type, authorization, accept"),
        (header::ACCESS_CONTROL_MAX_AGE, "86400"),
    ];
    for (name, value) in ALLOW {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

/// An `OpenID` token of the homeserver.
#[derive(Deserialize)]
struct OpenId {
    access_token: String,
    matrix_server_name: String,
}

/// A delayed leave that may come with a token request.
#[derive(Deserialize)]
struct Delay {
    #[serde(rename = "delay_id")]
    id: Option<String>,
    #[serde(rename = "delay_timeout")]
    timeout: Option<i64>,
    #[serde(rename = "delay_cs_api_url")]
    homeserver: Option<String>,
}

#[derive(Deserialize)]
struct SfuGet {
    room: String,
    openid_token: OpenId,
    device_id: String,
    #[serde(flatten)]
    delay: Delay,
}

#[derive(Deserialize)]
struct GetToken {
    room_id: String,
    slot_id: String,
    openid_token: OpenId,
    member: ClaimedMember,
    #[serde(flatten)]
    delay: Delay,
}

#[derive(Deserialize)]
struct ClaimedMember {
    id: String,
    claimed_user_id: String,
    claimed_device_id: String,
}

/// `POST /sfu/get`: for memberships by state event. It names no slot, and means the room's.
async fn sfu_get(
    State(tenants): State<Tenants>,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Json<Value>, Refused> {
    let served = served(&tenants, &uri, &headers)?;
    let request: SfuGet = read(&body)?;
    let user = openid_user(served, &request.openid_token).await?;
    let device = Device { user, device: request.device_id, membership: Membership::State };
    let ticket = ticket(served, &request.room, device, request.delay).await?;
    Ok(Json(json!({ "url": ticket.url, "jwt": ticket.jwt })))
}

/// `POST /get_token`: for sticky memberships.
async fn get_token(
    State(tenants): State<Tenants>,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Json<Value>, Refused> {
    let served = served(&tenants, &uri, &headers)?;
    let request: GetToken = read(&body)?;
    must_be_the_slot(&request.slot_id)?;
    let user = openid_user(served, &request.openid_token).await?;
    if request.member.claimed_user_id != user.as_str() {
        return Err(Refused::forbidden("The member is somebody else."));
    }
    let membership = Membership::Sticky { member_id: request.member.id };
    let device = Device { user, device: request.member.claimed_device_id, membership };
    let ticket = ticket(served, &request.room_id, device, request.delay).await?;
    Ok(Json(json!({ "url": ticket.url, "jwt": ticket.jwt })))
}

fn served<'a>(tenants: &'a Tenants, uri: &Uri, headers: &HeaderMap) -> Result<&'a Arc<Served>, Refused> {
    let found = host(uri, headers).and_then(|host| tenants.by_host(host));
    found.ok_or_else(|| Refused::new(StatusCode::NOT_FOUND, "M_NOT_FOUND", "No service lives at this address."))
}

fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, Refused> {
    match serde_json::from_slice(body) {
        Ok(read) => Ok(read),
        Err(error) if error.is_data() => Err(Refused::bad_json("A field is missing or of the wrong kind.")),
        Err(_) => Err(Refused::new(StatusCode::BAD_REQUEST, "M_NOT_JSON", "The body is not JSON.")),
    }
}

fn must_be_the_slot(slot_id: &str) -> Result<(), Refused> {
    if slot_id == SLOT { Ok(()) } else { Err(Refused::bad_param("There is no such slot.")) }
}

/// Whose token it is. The server that the token names is compared, never asked.
async fn openid_user(served: &Served, openid: &OpenId) -> Result<UserId, Refused> {
    let unknown = || Refused::new(StatusCode::UNAUTHORIZED, "M_UNAUTHORIZED", "The OpenID token is not valid.");
    if openid.matrix_server_name != served.tenant.server_name || openid.access_token.len() > TEXT_BYTES_MAX {
        return Err(unknown());
    }
    let user = served.openid_user(&openid.access_token).await.map_err(|error| {
        tracing::warn!(error = %shared_chain(&error), "an OpenID token could not be checked");
        Refused::new(StatusCode::SERVICE_UNAVAILABLE, "M_UNKNOWN", "Try again.")
    })?;
    let user = UserId::from(user.ok_or_else(unknown)?);
    must_be_slow(served, &user)?;
    Ok(user)
}

/// The limit of the account, shared with the rest of the API.
fn must_be_slow(served: &Served, user: &UserId) -> Result<(), Refused> {
    served
        .limit
        .check(user)
        .map_err(|_| Refused::new(StatusCode::TOO_MANY_REQUESTS, "M_LIMIT_EXCEEDED", "Too many requests."))
}

/// The token, and the delayed leave that came with the request.
async fn ticket(served: &Served, room: &str, device: Device, delay: Delay) -> Result<Ticket, Refused> {
    let tenant = &served.tenant;
    must_be_short([room, &device.device])?;
    if let Membership::Sticky { member_id } = &device.membership {
        must_be_short([member_id.as_str(), ""])?;
    }
    let delay = checked(tenant, delay)?;
    let ticket = call::token(tenant, room, &device).await?;
    if let Some((delay_id, delay_ms)) = delay {
        let delegation = Delegation { room: room.into(), identity: ticket.identity.clone(), delay_id, delay_ms };
        call::delegate(tenant, &delegation).await?;
    }
    Ok(ticket)
}

fn must_be_short(texts: [&str; 2]) -> Result<(), Refused> {
    if texts.iter().all(|text| text.len() <= TEXT_BYTES_MAX && !text.contains('\0')) {
        Ok(())
    } else {
        Err(Refused::bad_json("A text is too long."))
    }
}

/// A delayed leave of this homeserver: another one's is not ours to send, and its address not ours to ask.
fn checked(tenant: &Tenant, delay: Delay) -> Result<Option<(String, Option<i64>)>, Refused> {
    let Some(delay_id) = delay.id else { return Ok(None) };
    let ours = tenant.calls.as_ref().map(|calls| calls.public_url.as_str());
    let theirs = delay.homeserver.as_deref().map(|url| url.trim_end_matches('/'));
    if theirs.is_some() && theirs != ours {
        return Err(Refused::bad_param("`delay_cs_api_url` is not this homeserver."));
    }
    if delay_id.is_empty() || delay_id.len() > TEXT_BYTES_MAX {
        return Err(Refused::bad_param("`delay_id` is not the id of a delayed event."));
    }
    if delay.timeout.is_some_and(|timeout| timeout < 1_000) {
        return Err(Refused::bad_param("`delay_timeout` is too short."));
    }
    Ok(Some((delay_id, delay.timeout)))
}

/// Services by the token that their homeserver shows.
type Proxied = Arc<[(Secret, Arc<Served>)]>;

/// The routes that homeservers pass on, in their stable and unstable forms.
pub(crate) fn proxied_router(services: Vec<(Secret, Arc<Served>)>) -> Router {
    let services: Proxied = services.into();
    let mut router = Router::new();
    for version in ["v1", "unstable/{feature}", "unstable"] {
        let path = |what: &str| format!("/_matrix/client/{version}/rtc/livekit/{what}");
        router = router.route(&path("get_token"), post(proxied_token));
        router = router.route(&path("delegate_delayed_leave"), post(proxied_leave));
    }
    router.layer(DefaultBodyLimit::max(BODY_BYTES_MAX)).with_state(services)
}

/// As matrix-js-sdk writes it (`member`), or as ruma does (`member_id`).
#[derive(Deserialize)]
struct ProxiedRequest {
    url: String,
    room_id: String,
    slot_id: String,
    member: Option<ProxiedMember>,
    member_id: Option<String>,
    delay_id: Option<String>,
    delay_timeout: Option<i64>,
}

#[derive(Deserialize)]
struct ProxiedMember {
    id: String,
    claimed_device_id: String,
}

async fn proxied_token(
    State(services): State<Proxied>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Json<Value>, Refused> {
    let (served, device, request) = proxied(&services, &headers, &body).await?;
    let delay = Delay { id: None, timeout: None, homeserver: None };
    let ticket = ticket(&served, &request.room_id, device, delay).await?;
    Ok(Json(json!({ "jwt": ticket.jwt })))
}

async fn proxied_leave(
    State(services): State<Proxied>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Json<Value>, Refused> {
    let (served, device, request) = proxied(&services, &headers, &body).await?;
    let tenant = &served.tenant;
    let delay_id = request.delay_id.ok_or_else(|| Refused::bad_json("`delay_id` is missing."))?;
    if request.delay_timeout.is_some_and(|timeout| timeout < call::DELAY_MS_MIN) {
        return Err(Refused::bad_json("The delay must be at least an hour."));
    }
    let delay = Delay { id: Some(delay_id), timeout: request.delay_timeout, homeserver: None };
    let Some((delay_id, delay_ms)) = checked(tenant, delay)? else { return Ok(Json(json!({}))) };
    call::must_be_theirs(tenant, &request.room_id, &device).await?;
    let identity = device.membership.identity(&device.user, &device.device);
    let delegation = Delegation { room: request.room_id.as_str().into(), identity, delay_id, delay_ms };
    call::delegate(tenant, &delegation).await?;
    Ok(Json(json!({})))
}

/// Who asks, of which service, for which device.
async fn proxied(
    services: &Proxied,
    headers: &HeaderMap,
    body: &[u8],
) -> Result<(Arc<Served>, Device, ProxiedRequest), Refused> {
    let shown = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let token = shown.and_then(|value| value.strip_prefix("Bearer "));
    let token = token.ok_or_else(|| Refused::new(StatusCode::UNAUTHORIZED, "M_UNAUTHORIZED", "Missing token."))?;
    let found = services.iter().rfind(|(hs_token, _)| hs_token.is(token));
    let served = Arc::clone(&found.ok_or_else(|| Refused::forbidden("Bad token."))?.1);
    let user = headers.get(USER_HEADER).and_then(|value| value.to_str().ok());
    let user = user.ok_or_else(|| Refused::new(StatusCode::UNAUTHORIZED, "M_UNAUTHORIZED", "Nobody asks."))?;
    let user = UserId::from(user);
    must_be_slow(&served, &user)?;
    let request: ProxiedRequest = read(body)?;
    must_be_the_slot(&request.slot_id)?;
    let calls = served.tenant.calls.as_ref();
    let calls = calls.ok_or_else(|| Refused::from(CallError::Unavailable(CallTrouble::NotConnected)))?;
    if request.url.trim_end_matches('/') != calls.url.trim_end_matches('/') {
        return Err(Refused::bad_param("`url` is not this media server."));
    }
    let (member_id, device) = claimed(&served.tenant, &user, &request).await?;
    let membership =
        if member_id == format!("{user}:{device}") { Membership::State } else { Membership::Sticky { member_id } };
    Ok((served, Device { user, device, membership }, request))
}

/// The member's id and device. Where a body names no device, the id may hold it, or the account has just one.
async fn claimed(tenant: &Tenant, user: &UserId, request: &ProxiedRequest) -> Result<(String, String), Refused> {
    if let Some(member) = &request.member {
        return Ok((member.id.clone(), member.claimed_device_id.clone()));
    }
    let member_id = request.member_id.clone().ok_or_else(|| Refused::bad_json("`member` is missing."))?;
    if let Some(device) = member_id.strip_prefix(user.as_str()).and_then(|rest| rest.strip_prefix(':')) {
        let device = device.to_owned();
        return Ok((member_id, device));
    }
    let devices = tenant.keeper_acts().devices_of(user.as_str()).await.map_err(CallError::from)?;
    match devices.as_slice() {
        [only] => Ok((member_id, only.clone())),
        _ => Err(Refused::bad_json("`member.claimed_device_id` is missing.")),
    }
}

/// `POST /webhook`: what the media server tells of all tenants' rooms.
pub(crate) fn webhook_router(tenants: Vec<Arc<Tenant>>) -> Router {
    let tenants: Arc<[Arc<Tenant>]> = tenants.into();
    Router::new().route("/webhook", post(webhook)).layer(DefaultBodyLimit::max(EVENT_BYTES_MAX)).with_state(tenants)
}

/// The body is taken raw: the signature is over its bytes.
async fn webhook(State(tenants): State<Arc<[Arc<Tenant>]>>, headers: HeaderMap, body: Bytes) -> StatusCode {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if kind.split(';').next().map(str::trim) != Some("application/webhook+json") {
        return StatusCode::UNSUPPORTED_MEDIA_TYPE;
    }
    let signature = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()).unwrap_or_default();
    match call::hear(&tenants, &body, signature).await {
        Ok(()) => StatusCode::OK,
        Err(HookError::NotSigned) => {
            tracing::warn!("an event that the media server has not signed was refused");
            StatusCode::UNAUTHORIZED
        }
        // The media server sends it again after an error of ours, never after one of its own.
        Err(HookError::Later) => StatusCode::SERVICE_UNAVAILABLE,
    }
}
