//! The homeserver of these tests: ours, whole, on disk, with the keeper as its application service.

use std::path::Path;

use anyhow::Result;
use consilium_harness::World;
use consilium_homeserver::appservice::Registration;
use serde_json::json;

use crate::world::{AS_TOKEN, HS_TOKEN};

pub struct Homeserver {
    world: World,
}

/// Transactions go to `appservice_url`.
pub async fn start(appservice_url: &str) -> Result<Homeserver> {
    let registration = json!({
        "id": "consult",
        "url": appservice_url,
        "as_token": AS_TOKEN,
        "hs_token": HS_TOKEN,
        "sender_localpart": "_consult",
        "rate_limited": false,
        "receive_ephemeral": true,
        "de.sorunome.msc2409.push_ephemeral": true,
        "org.matrix.msc3202": true,
        "io.element.msc4190": true,
        "namespaces": { "users": [{ "exclusive": true, "regex": "@keeper.*" }] },
    });
    let registration = Registration::parse(&registration.to_string())?;
    Ok(Homeserver { world: World::builder().on_disk().appservice(registration).start().await })
}

impl Homeserver {
    pub fn url(&self) -> &str {
        self.world.base_url()
    }

    pub fn folder(&self) -> &Path {
        self.world.folder()
    }
}
