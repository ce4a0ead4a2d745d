//! Who calls: host → tenant, token → account, limit, role → view; or token → key of a partner's system, limit, scope → view. The only place that makes views.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Uri, header};

use super::problem::{ApiError, chain, shared_chain};
use super::served::{Believed, Served, Tenants};
use super::types::OperatorRole;
use super::views::{
    AdministratorView, Caller, CallerOr, LeavingView, Partner, PartnerView, PatientView, Scope, StaffOr, StaffView,
    SupervisorView, VisitorView,
};
use crate::api_key;
use crate::ended_accounts::Moment;
use crate::ids::UserId;
use crate::operator::{self, Member};
use crate::patient::{self, PatientError};
use crate::tenant::Tenant;
use crate::time::Time;
use consilium_config::{client_address, limited_network};

/// Longest token that is looked at.
const TOKEN_BYTES_MAX: usize = 4_096;

/// Everything about a request that has been checked.
#[derive(Clone)]
pub(super) struct Checked {
    pub(super) served: Arc<Served>,
    pub(super) user_id: UserId,
    pub(super) token: Arc<str>,
    pub(super) language: String,
    /// When the account gave a proof on its device, as the homeserver says.
    pub(super) signed_in_at: Option<Time>,
    pub(super) device_id: Option<String>,
    /// When the homeserver was asked whose token it is.
    asked: Moment,
}

/// The host that a request is for.
pub(super) fn host<'a>(uri: &'a Uri, headers: &'a HeaderMap) -> Option<&'a str> {
    let from_header = headers.get(header::HOST).and_then(|host| host.to_str().ok());
    from_header.or_else(|| uri.authority().map(axum::http::uri::Authority::as_str))
}

/// Host → tenant, and the token that was given.
fn entrance<'a>(parts: &'a Parts, tenants: &'a Tenants) -> Result<(&'a Arc<Served>, &'a str), ApiError> {
    let served =
        host(&parts.uri, &parts.headers).and_then(|host| tenants.by_host(host)).ok_or_else(ApiError::not_found)?;
    let token = bearer(&parts.headers)
        .ok_or_else(|| ApiError::unauthenticated("Give the access token as `Authorization: Bearer`."))?;
    Ok((served, token))
}

async fn check(parts: &Parts, tenants: &Tenants) -> Result<Checked, ApiError> {
    let (served, token) = entrance(parts, tenants)?;
    if api_key::is_key(token) {
        // First whether it is one: who has none learns nothing of where they lead.
        partner(parts, served, token).await?;
        return Err(ApiError::forbidden("Keys of partners' systems do not lead here."));
    }
    let believed = served.whoami(token).await.map_err(|error| {
        tracing::warn!(error = %shared_chain(&error), "a token could not be checked");
        ApiError::unavailable(&*error)
    })?;
    let Believed { who, asked, .. } =
        believed.ok_or_else(|| ApiError::unauthenticated("The access token is not valid."))?;
    let user_id = UserId::from(who.user_id);
    served.limit.check(&user_id)?;
    if who.is_guest || user_id.as_str() == served.tenant.keeper.user_id() {
        return Err(ApiError::forbidden("This account cannot use the service."));
    }
    Ok(Checked {
        served: Arc::clone(served),
        user_id,
        token: token.into(),
        language: language(parts, served),
        signed_in_at: who.signed_in_at.map(Time::from_millis),
        device_id: who.device_id,
        asked,
    })
}

/// A partner's system, by its key; that it was used is noted.
async fn partner(parts: &Parts, served: &Arc<Served>, token: &str) -> Result<Partner, ApiError> {
    let tenant = &served.tenant;
    let recognised = tenant.api_keys.recognise(&tenant.key, token, tenant.context.now());
    let key = recognised.map_err(|refused| ApiError::unauthenticated(refused.to_string()))?;
    served.keys_limit.check(&UserId::from(key.actor().user_id()))?;
    if let Err(error) = api_key::note_use(tenant, &key, address(parts, served)).await {
        tracing::warn!(error = %chain(&error), "the use of a key could not be noted");
    }
    Ok(Partner { served: Arc::clone(served), key, language: language(parts, served) })
}

fn is_partner(parts: &Parts) -> bool {
    bearer(&parts.headers).is_some_and(api_key::is_key)
}

/// Where a request comes from, as far as trusted proxies say it.
fn address(parts: &Parts, served: &Served) -> IpAddr {
    let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    let forwarded = parts.headers.get_all("x-forwarded-for").iter().filter_map(|value| value.to_str().ok());
    client_address(&served.trusted_proxies, peer, forwarded)
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    let token = token.trim();
    (scheme.eq_ignore_ascii_case("bearer") && (1..=TOKEN_BYTES_MAX).contains(&token.len())).then_some(token)
}

fn language(parts: &Parts, served: &Served) -> String {
    let wanted = parts.headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    served.tenant.brand().language_for(wanted).to_owned()
}

/// A visitor without an account. A page of a site that may not use the form is refused: its browser would not let it read the answer, and the order would
/// stand all the same.
impl FromRequestParts<Tenants> for VisitorView {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, tenants: &Tenants) -> Result<Self, ApiError> {
        let served =
            host(&parts.uri, &parts.headers).and_then(|host| tenants.by_host(host)).ok_or_else(ApiError::not_found)?;
        let origin = parts.headers.get(header::ORIGIN).map(|origin| origin.to_str().unwrap_or_default().to_owned());
        if origin.as_deref().is_some_and(|origin| !served.may_show_form(origin)) {
            return Err(ApiError::forbidden("The form does not belong to this site."));
        }
        Ok(Self {
            language: language(parts, served),
            address: limited_network(address(parts, served)),
            origin,
            served: Arc::clone(served),
        })
    }
}

impl FromRequestParts<Tenants> for Caller {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, tenants: &Tenants) -> Result<Self, ApiError> {
        caller(check(parts, tenants).await?).await
    }
}

/// Who a checked account is here; one that is seen for the first time becomes a patient.
async fn caller(checked: Checked) -> Result<Caller, ApiError> {
    let tenant = &checked.served.tenant;
    Ok(if let Some(member) = member(tenant, &checked.user_id).await? {
        tenant.heartbeats.beat(&member.id, tenant.context.now());
        let role = member.role;
        let staff = StaffView::new(checked, member);
        match role {
            OperatorRole::Operator => Caller::Operator(staff),
            OperatorRole::Supervisor | OperatorRole::Administrator => Caller::Supervisor(SupervisorView::new(staff)),
        }
    } else if tenant.ended_accounts.is_over(&checked.user_id, checked.asked) {
        // It ended after it was asked whose token it is: nobody new begins with that.
        return Err(ApiError::unauthenticated("The account has ended."));
    } else {
        let patient = patient::ensure(tenant, &checked.user_id).await.map_err(|error| match error {
            PatientError::Deleted => ApiError::unauthenticated("The account is being deleted."),
            error => error.into(),
        })?;
        Caller::Patient(PatientView::new(checked, patient))
    })
}

fn patient_alone(caller: Caller) -> Result<PatientView, ApiError> {
    match caller {
        Caller::Patient(patient) => Ok(patient),
        Caller::Operator(_) | Caller::Supervisor(_) => Err(ApiError::forbidden("This is for patients.")),
    }
}

/// The member of staff with that account. Who is unknown altogether may have been made a member a moment ago by the command line: he must not become a patient.
async fn member(tenant: &Tenant, user_id: &UserId) -> Result<Option<Arc<Member>>, ApiError> {
    let member = tenant.staff.by_user(user_id);
    if member.is_some() || tenant.patients.by_user(user_id).is_some() {
        return Ok(member);
    }
    let mut reading = tenant.store.read().await?;
    operator::meet_new(&mut reading, &tenant.staff).await?;
    if tenant.staff.parted(user_id).is_some() {
        return Err(ApiError::unauthenticated("The account has ended."));
    }
    Ok(tenant.staff.by_user(user_id))
}

impl FromRequestParts<Tenants> for PatientView {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, tenants: &Tenants) -> Result<Self, ApiError> {
        patient_alone(Caller::from_request_parts(parts, tenants).await?)
    }
}

impl FromRequestParts<Tenants> for LeavingView {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, tenants: &Tenants) -> Result<Self, ApiError> {
        let checked = check(parts, tenants).await?;
        if let Some(id) = checked.served.tenant.patients.leaving(&checked.user_id) {
            return Ok(Self { checked, id });
        }
        Ok(patient_alone(caller(checked).await?)?.into_leaving())
    }
}

impl FromRequestParts<Tenants> for StaffView {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, tenants: &Tenants) -> Result<Self, ApiError> {
        match Caller::from_request_parts(parts, tenants).await? {
            Caller::Operator(staff) => Ok(staff),
            Caller::Supervisor(supervisor) => Ok(supervisor.into_staff()),
            Caller::Patient(_) => Err(ApiError::forbidden("This is for members of staff.")),
        }
    }
}

impl FromRequestParts<Tenants> for SupervisorView {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, tenants: &Tenants) -> Result<Self, ApiError> {
        match Caller::from_request_parts(parts, tenants).await? {
            Caller::Supervisor(supervisor) => Ok(supervisor),
            Caller::Patient(_) | Caller::Operator(_) => Err(ApiError::forbidden("This is for supervisors.")),
        }
    }
}

impl FromRequestParts<Tenants> for AdministratorView {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, tenants: &Tenants) -> Result<Self, ApiError> {
        let administrator = match Caller::from_request_parts(parts, tenants).await? {
            Caller::Supervisor(supervisor) => Self::of(supervisor),
            Caller::Patient(_) | Caller::Operator(_) => None,
        };
        administrator.ok_or_else(|| ApiError::forbidden("This is for administrators."))
    }
}

impl<S: Scope> FromRequestParts<Tenants> for PartnerView<S> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, tenants: &Tenants) -> Result<Self, ApiError> {
        let (served, token) = entrance(parts, tenants)?;
        if api_key::is_key(token) {
            return Self::new(partner(parts, served, token).await?);
        }
        check(parts, tenants).await?;
        Err(ApiError::forbidden("This is for partners' systems, by a key."))
    }
}

impl<S: Scope> FromRequestParts<Tenants> for CallerOr<S> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, tenants: &Tenants) -> Result<Self, ApiError> {
        if is_partner(parts) {
            return PartnerView::from_request_parts(parts, tenants).await.map(Self::Partner);
        }
        Caller::from_request_parts(parts, tenants).await.map(Self::Account)
    }
}

impl<S: Scope> FromRequestParts<Tenants> for StaffOr<S> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, tenants: &Tenants) -> Result<Self, ApiError> {
        if is_partner(parts) {
            return PartnerView::from_request_parts(parts, tenants).await.map(Self::Partner);
        }
        StaffView::from_request_parts(parts, tenants).await.map(Self::Staff)
    }
}
