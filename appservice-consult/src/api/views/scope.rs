//! What a partner's key needs for a route, as a type: a handler that asks for `PartnerView<PatientsRead>` is reached by keys with that scope alone, and finds only
//! its methods.

use crate::api::types::ApiScope;

/// A scope as a type.
pub trait Scope: Send + Sync + 'static {
    /// What has to be written on the key; `None`: any key will do.
    const NEEDED: Option<ApiScope>;
}

/// Any key.
pub struct AnyScope;
/// `patients:read`
pub struct PatientsRead;
/// `patients:write`
pub struct PatientsWrite;
/// `patients:invite`
pub struct PatientsInvite;
/// `consultations:read`
pub struct ConsultationsRead;
/// `records:read`
pub struct RecordsRead;
/// `consultations:open`
pub struct ConsultationsOpen;
/// `callbacks:read`
pub struct CallbacksRead;
/// `callbacks:open`
pub struct CallbacksOpen;

impl Scope for AnyScope {
    const NEEDED: Option<ApiScope> = None;
}

impl Scope for PatientsRead {
    const NEEDED: Option<ApiScope> = Some(ApiScope::PatientsRead);
}

impl Scope for PatientsWrite {
    const NEEDED: Option<ApiScope> = Some(ApiScope::PatientsWrite);
}

impl Scope for PatientsInvite {
    const NEEDED: Option<ApiScope> = Some(ApiScope::PatientsInvite);
}

impl Scope for ConsultationsRead {
    const NEEDED: Option<ApiScope> = Some(ApiScope::ConsultationsRead);
}

impl Scope for RecordsRead {
    const NEEDED: Option<ApiScope> = Some(ApiScope::RecordsRead);
}

impl Scope for ConsultationsOpen {
    const NEEDED: Option<ApiScope> = Some(ApiScope::ConsultationsOpen);
}

impl Scope for CallbacksRead {
    const NEEDED: Option<ApiScope> = Some(ApiScope::CallbacksRead);
}

impl Scope for CallbacksOpen {
    const NEEDED: Option<ApiScope> = Some(ApiScope::CallbacksOpen);
}
