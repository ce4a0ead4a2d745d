//! Where calls go: what the server tells clients of its media server, from its configuration.
//!
//! Source: MSC4143 and MSC4195; `rtc_foci` of the well-known document for older clients. Absent: tokens for the media server, which a service gives.

use axum::{Json, response::IntoResponse};
use serde_json::{Value, json};

use crate::{
    http::{Here, Requester},
    tenant::Tenant,
};

/// Key of the well-known document.
pub const FOCI: &str = "org.matrix.msc4143.rtc_foci";

/// `GET /_matrix/client/v1/rtc/transports` and its unstable path (MSC4143)
pub async fn transports(Here(tenant): Here<Tenant>, _: Requester) -> impl IntoResponse {
    let rtc = tenant.config.rtc.iter();
    // `url` for clients of MSC4195, the other for those of before.
    let livekit = rtc.map(
        |rtc| json!({ "type": "livekit", "url": rtc.livekit_url, "livekit_service_url": rtc.livekit_service_url }),
    );
    Json(json!({ "rtc_transports": livekit.collect::<Vec<_>>() }))
}

/// What older clients look for in the well-known document; `None` where there is no media server.
pub fn foci(tenant: &Tenant) -> Option<Value> {
    let rtc = tenant.config.rtc.as_ref()?;
    Some(json!([{ "type": "livekit", "livekit_service_url": rtc.livekit_service_url }]))
}
