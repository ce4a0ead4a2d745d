//! Intake: transactions of a hundred encrypted messages each, as a homeserver pushes them, put to the service's own listener. They never were in a room:
//! what is measured is the service with its keeper, and not the homeserver.

use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail, ensure};
use consilium_consult::Context;
use futures_util::{StreamExt, TryStreamExt, stream};
use http::Method;
use serde_json::{Value, json};

use super::{AT_ONCE, Large};
use crate::{
    client::{Client, text, unique},
    report::Figure,
    scenario::calls::Talk,
};

/// Patients who write, and messages of each: fewer than after which a room's key is a new one.
const PATIENTS: usize = 40;
const MESSAGES: usize = 75;
/// Events of one transaction, as many as a homeserver sends at once.
const EVENTS: usize = 100;
/// The keys of the messages are with the keeper by then.
const KEYS_AFTER: Duration = Duration::from_secs(3);
const TARGET_A_SECOND: f64 = 2_000.0;

#[expect(clippy::cast_precision_loss, reason = "a few thousand events")]
pub(super) async fn events(large: &Large) -> Result<Vec<Figure>> {
    let mark = format!("load{}x", unique());
    let events = encrypted(large, &mark).await?;
    let mut homeserver = homeserver(large).await?;
    large.until_quiet().await?;
    tokio::time::sleep(KEYS_AFTER).await;
    let (begun, cpu) = (Instant::now(), large.desk.cpu_seconds()?);
    for (number, events) in events.chunks(EVENTS).enumerate() {
        let path = format!("/_matrix/app/v1/transactions/{mark}-{number}");
        homeserver.timed(Method::PUT, &path, &json!({ "events": events })).await?;
    }
    let (seconds, used) = (begun.elapsed().as_secs_f64(), large.desk.cpu_seconds()? - cpu);
    must_be_read(large, &mark, events.len())?;
    Ok(vec![
        Figure::at_least("events", events.len() as f64 / seconds, "/s", TARGET_A_SECOND),
        Figure::reported("processor time of one", used * 1e3 / events.len() as f64, "ms"),
    ])
}

/// What patients write, in turn, encrypted for their rooms.
async fn encrypted(large: &Large, mark: &str) -> Result<Vec<Value>> {
    let desk = &large.desk;
    let asking = (0..PATIENTS).map(|_| async move { Talk::asked(desk, &format!("writes{}", unique())).await });
    let mut talks: Vec<Talk> = stream::iter(asking).buffered(AT_ONCE).try_collect().await?;
    for talk in &mut talks {
        talk.patient.sync().await?;
    }
    let at = Context::system().now().as_millis();
    let mut events = Vec::with_capacity(PATIENTS * MESSAGES);
    for _ in 0..MESSAGES {
        for talk in &talks {
            let said = json!({ "msgtype": "m.text", "body": "A sentence of ordinary length, as people write them when they talk." });
            events.push(json!({
                "type": "m.room.encrypted",
                "room_id": talk.room,
                "sender": talk.patient.user_id(),
                "event_id": format!("${mark}{}", events.len()),
                "origin_server_ts": at,
                "content": talk.patient.encrypt(&talk.room, said).await?,
                "unsigned": {},
            }));
        }
    }
    Ok(events)
}

/// A connection to the listener that only the homeserver knows of.
async fn homeserver(large: &Large) -> Result<Client> {
    let file = large.desk.tenant_folder().join("secrets/consult.json");
    let tokens: Value = serde_json::from_slice(&std::fs::read(&file).with_context(|| file.display().to_string())?)?;
    let token = text(&tokens, "hs_token")?;
    for port in large.desk.loopback_ports()? {
        let mut client = Client::with_token(([127, 0, 0, 1], port).into(), &token).await?;
        if client.timed(Method::POST, "/_matrix/app/v1/ping", &json!({})).await.is_ok() {
            return Ok(client);
        }
    }
    bail!("the service has no listener for the homeserver")
}

/// Whether each message was decrypted and kept; one whose key is missing would cost less.
fn must_be_read(large: &Large, mark: &str, count: usize) -> Result<()> {
    let read = "SELECT count(*) FROM message WHERE event_id LIKE '$' || ? || '%' AND state = 'read'";
    let read: usize = large.database()?.query_row(read, [mark], |row| row.get(0))?;
    ensure!(read == count, "{read} of {count} messages were read");
    Ok(())
}
