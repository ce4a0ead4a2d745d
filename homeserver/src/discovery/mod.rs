//! What clients ask before they know anything: versions and well-known addresses.

use axum::{Json, response::IntoResponse};
use serde_json::json;

use crate::{
    http::{error::ApiError, host::Here},
    rtc,
    tenant::Tenant,
};

/// Versions of the specification whose endpoints, as far as they exist here, behave as it says.
const VERSIONS: [&str; 19] = [
    "v1.1", "v1.2", "v1.3", "v1.4", "v1.5", "v1.6", "v1.7", "v1.8", "v1.9", "v1.10", "v1.11", "v1.12", "v1.13",
    "v1.14", "v1.15", "v1.16", "v1.17", "v1.18", "v1.19",
];

/// `GET /_matrix/client/versions` · [spec](https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientversions)
pub async fn versions() -> impl IntoResponse {
    Json(json!({
        "versions": VERSIONS,
        "unstable_features": {
            "fi.mau.msc2659.stable": true,
            "org.matrix.msc2285.stable": true,
            "org.matrix.msc2409": true,
            "org.matrix.msc3202": true,
            "org.matrix.msc3773": true,
            "org.matrix.msc3391": true,
            "org.matrix.msc3916.stable": true,
            "org.matrix.msc4140": true,
            "org.matrix.msc4143": true,
            "org.matrix.msc4190": true,
            "org.matrix.msc4203": true,
            "org.matrix.msc4222": true,
            "org.matrix.msc4354": true,
            "uk.tcpip.msc4133": true,
            "uk.tcpip.msc4133.stable": true,
        },
    }))
}

/// `GET /.well-known/matrix/client` · [spec](https://spec.matrix.org/v1.19/client-server-api/#getwell-knownmatrixclient)
pub async fn well_known_client(Here(tenant): Here<Tenant>) -> Result<impl IntoResponse, ApiError> {
    let Some(public_url) = &tenant.config.public_url else {
        return Err(ApiError::not_found("This service has no public address."));
    };
    let mut known = json!({ "m.homeserver": { "base_url": public_url } });
    if let Some(foci) = rtc::foci(&tenant) {
        known[rtc::FOCI] = foci;
    }
    Ok(Json(known))
}
