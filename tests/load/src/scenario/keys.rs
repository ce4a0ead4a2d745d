//! One-time keys: uploads of 50 and claims, none handed out twice.

use std::collections::HashSet;

use anyhow::{Context, Result};
use http::Method;
use serde_json::{Map, Value, json};

use super::Options;
use crate::{
    client::{Client, unique},
    report::Figure,
    server::Server,
    stats::Times,
};

const UPLOADS: usize = 40;
const KEYS: usize = 50;

pub async fn one_time_keys(options: Options) -> Result<Vec<Figure>> {
    let server = Server::start(&options)?;
    let mut owner = server.user("owner").await?;
    let mut claimer = server.user("claimer").await?;
    let (mut uploads, mut claims) = (Times::default(), Times::default());
    let mut seen = HashSet::new();
    for _ in 0..UPLOADS {
        let body = json!({ "one_time_keys": fifty_keys() });
        uploads.push(owner.timed(Method::POST, "/_matrix/client/v3/keys/upload", &body).await?.time);
        // As many as came: a device may have a limited number.
        for _ in 0..KEYS {
            let answer = claim(&mut claimer, &owner).await?;
            claims.push(answer.time);
            let body = answer.json()?;
            let keys = body["one_time_keys"][&owner.user_id][&owner.device_id].as_object().context("no key")?;
            let id = keys.keys().next().context("no key")?;
            anyhow::ensure!(seen.insert(id.clone()), "key {id} was handed out twice");
        }
    }
    Ok(vec![
        Figure::at_most("upload of 50, p50", uploads.percentile_ms(0.5), "ms", 5.0),
        Figure::at_most("claim, p50", claims.percentile_ms(0.5), "ms", 5.0),
    ])
}

/// Fifty keys of the algorithm `curve25519`, which carries no signature; the server does not look into them.
fn fifty_keys() -> Map<String, Value> {
    (0..KEYS)
        .map(|_| {
            let number = unique();
            (format!("curve25519:AAA{number}"), Value::String(format!("{number:043}")))
        })
        .collect()
}

async fn claim(claimer: &mut Client, owner: &Client) -> Result<crate::client::Answer> {
    let device = json!({ owner.device_id.as_str(): "curve25519" });
    let body = json!({ "one_time_keys": { owner.user_id.as_str(): device } });
    claimer.timed(Method::POST, "/_matrix/client/v3/keys/claim", &body).await
}
