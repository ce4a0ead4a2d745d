//! What a process says of itself to the command line: build, addresses, limits, which stores are open.
//!
//! Deliberately absent: anything of people; judging any of it (`cli/doctor/`).

use std::net::SocketAddr;
use std::sync::Arc;

use axum::extract::State;
use axum::routing::get;
use axum::{Json, Router};
use consilium_config::brand::PublicApp;
use consilium_homeserver::Server;
use nix::sys::resource::{Resource, getrlimit};
use serde::{Deserialize, Serialize};

use crate::web;

/// Where a process answers the world; nowhere: it was started for one command at the command line.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Faces {
    /// APIs and patients' app.
    pub public: Option<SocketAddr>,
    /// Console.
    pub console: Option<SocketAddr>,
}

/// What a process says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Status {
    /// Version of its build.
    pub version: String,
    /// Its id.
    pub pid: u32,
    /// Where it answers.
    pub faces: Faces,
    /// Files and connections that it may have open at once; `None`: the system does not say.
    pub open_files_max: Option<u64>,
    /// Which apps it holds.
    pub apps: BuiltApps,
    /// The homeserver's store of each tenant.
    pub stores: Vec<StoreStatus>,
}

/// Which apps a binary holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct BuiltApps {
    /// The patients' app.
    pub patient: bool,
    /// The console.
    pub console: bool,
}

/// The homeserver's store of a tenant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoreStatus {
    /// The tenant's slug.
    pub tenant: String,
    /// Why it is not open; `None`: it is.
    pub trouble: Option<String>,
}

impl BuiltApps {
    /// Those of this binary.
    pub fn here() -> Self {
        Self { patient: web::is_built(PublicApp::Patient), console: web::is_built(PublicApp::Console) }
    }
}

/// `GET /status`.
pub(super) fn router(server: Arc<Server>, faces: Faces) -> Router {
    Router::new().route("/status", get(status)).with_state((server, faces))
}

/// An error with its causes; one that the text names already is not named again.
fn whole(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    for cause in std::iter::successors(error.source(), |cause| cause.source()) {
        let cause = cause.to_string();
        if !text.contains(&cause) {
            text = format!("{text}: {cause}");
        }
    }
    text
}

async fn status(State((server, faces)): State<(Arc<Server>, Faces)>) -> Json<Status> {
    let slugs: Vec<String> = server.config().tenants.iter().map(|tenant| tenant.slug.clone()).collect();
    let mut stores = Vec::with_capacity(slugs.len());
    for tenant in slugs {
        // One that could not be opened at the start is tried again.
        let trouble = server.tenant(&tenant).await.err().map(|error| whole(&error));
        stores.push(StoreStatus { tenant, trouble });
    }
    Json(Status {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        pid: std::process::id(),
        faces,
        open_files_max: getrlimit(Resource::RLIMIT_NOFILE).ok().map(|(soft, _)| soft),
        apps: BuiltApps::here(),
        stores,
    })
}
