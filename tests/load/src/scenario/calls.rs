//! Calls over a real livekit-server: how soon the other side rings, how many tokens are given, how fast what the media server tells becomes records.
//!
//! Absent: media. From an answer to the first picture is measured in a browser, by `tests/e2e`.

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result, ensure};
use base64::{
    Engine,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use bytes::Bytes;
use consilium_keeper::test_client::TestClient;
use futures_util::future::try_join_all;
use http::{Method, Request};
use livekit_api::access_token::AccessToken;
use rand::{SeedableRng, rngs::StdRng, seq::SliceRandom};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::{
    Options,
    consultation::{ask, until_invited},
};
use crate::{
    client::{Client, text, unique},
    desk::{Desk, Hooks},
    events::Events,
    report::Figure,
    stats::Times,
};

/// Calls of which the ring is timed: fewer requests than an account may send at once.
const RINGS: usize = 40;
/// Clients that ask for tokens at once, and the patients of each, who ask in turn: an account may send 40 requests in a second.
const ASKING: usize = 64;
const ACCOUNTS_OF_EACH: usize = 4;
/// Calls whose events are told, each event twice.
const CALLS: i64 = 1_000;
/// The media server's connections, and the pause between two calls that it tells of.
const TELLING: usize = 16;
const EACH_MS: i64 = 60_000;
/// How long records may take to be right.
const PATIENCE: Duration = Duration::from_mins(1);
const LOOK_EVERY: Duration = Duration::from_millis(50);
const SLOT: &str = "m.call#ROOM";
const TOKENS: &str = "/_matrix/client/unstable/io.element.msc4195/rtc/livekit/get_token";

/// An open consultation whose patient is in its room.
pub(crate) struct Talk {
    pub(crate) patient: TestClient,
    id: String,
    pub(crate) room: String,
}

impl Talk {
    pub(crate) async fn asked(desk: &Desk, name: &str) -> Result<Self> {
        let mut patient = desk.patient(name).await?;
        patient.sync().await?;
        let asked = ask(&reqwest::Client::new(), &desk.api(), patient.access_token()).await?;
        let (id, room) = (text(&asked, "id")?, text(&asked, "room_id")?);
        until_invited(&mut patient, &room).await?;
        patient.join(&room).await?;
        Ok(Self { patient, id, room })
    }

    async fn taken_by(&self, desk: &Desk, operator: &mut TestClient) -> Result<()> {
        let mut client = Client::signed_in(desk.address, operator.access_token()).await?;
        client.call(Method::POST, &format!("/_consilium/v1/consultations/{}/take", self.id), &json!({})).await?;
        until_invited(operator, &self.room).await?;
        operator.join(&self.room).await?;
        Ok(())
    }

    /// What a device asks a token with.
    async fn token_request(&self, client: &mut Client) -> Result<Value> {
        let path = "/_matrix/client/unstable/org.matrix.msc4143/rtc/transports";
        let transports = client.call(Method::GET, path, &Value::Null).await?;
        Ok(json!({
            "url": transports["rtc_transports"][0]["url"],
            "room_id": self.room,
            "slot_id": SLOT,
            "member": { "id": format!("member{}", unique()), "claimed_device_id": client.device_id },
        }))
    }
}

/// From the operator's button to the patient's app, by its open stream.
pub async fn ring(options: Options) -> Result<Vec<Figure>> {
    let desk = Desk::with_calls(&options).await?;
    let mut operator = desk.operator("operator").await?;
    let talk = Talk::asked(&desk, "patient").await?;
    talk.taken_by(&desk, &mut operator).await?;
    let mut console = Client::signed_in(desk.address, operator.access_token()).await?;
    let mut app = Events::open(&desk, talk.patient.access_token()).await?;
    let mut times = Times::default();
    for _ in 0..RINGS {
        let begun = Instant::now();
        let (path, body) = (format!("/_consilium/v1/consultations/{}/calls", talk.id), json!({ "kind": "video" }));
        let press = console.call(Method::POST, &path, &body);
        let (pressed, rung) = tokio::join!(press, app.until("call", "\"ringing\""));
        times.push(rung? - begun);
        let id = text(&pressed?["call"], "id")?;
        console.call(Method::POST, &format!("/_consilium/v1/calls/{id}/cancel"), &json!({})).await?;
        app.until("call", "\"ended\"").await?;
    }
    Ok(vec![
        Figure::at_most("p50", times.percentile_ms(0.5), "ms", 400.0),
        Figure::at_most("p95", times.percentile_ms(0.95), "ms", 400.0),
    ])
}

/// Tokens in a second, asked of the homeserver as `MatrixRTC` clients do: it checks who asks and passes the request on.
#[expect(clippy::cast_precision_loss, reason = "counts of a few seconds")]
pub async fn tokens(options: Options) -> Result<Vec<Figure>> {
    let desk = Desk::with_calls(&options).await?;
    let mut asking = Vec::with_capacity(ASKING * ACCOUNTS_OF_EACH);
    for index in 0..ASKING * ACCOUNTS_OF_EACH {
        let talk = Talk::asked(&desk, &format!("patient{index}")).await?;
        let mut client = Client::signed_in(desk.address, talk.patient.access_token()).await?;
        let body = talk.token_request(&mut client).await?;
        asking.push((client, body));
    }
    let (begun, cpu) = (Instant::now(), desk.cpu_seconds()?);
    let until = begun + Duration::from_secs(options.seconds);
    let loops = asking.chunks_mut(ACCOUNTS_OF_EACH).map(async |accounts| {
        let mut times = Times::default();
        for turn in 0.. {
            if Instant::now() >= until {
                break;
            }
            let (client, body) = &mut accounts[turn % ACCOUNTS_OF_EACH];
            times.push(client.timed(Method::POST, TOKENS, body).await?.time);
        }
        anyhow::Ok(times)
    });
    let mut times = Times::merged(try_join_all(loops).await?);
    let (seconds, count) = (begun.elapsed().as_secs_f64(), times.len() as f64);
    Ok(vec![
        Figure::at_least("tokens", count / seconds, "/s", 1_500.0),
        Figure::reported("p50", times.percentile_ms(0.5), "ms"),
        Figure::reported("processor time of one", (desk.cpu_seconds()? - cpu) * 1e3 / count, "ms"),
    ])
}

/// The events of a thousand calls, shuffled, each told twice.
pub async fn events(options: Options) -> Result<Vec<Figure>> {
    let desk = Desk::with_calls(&options).await?;
    let hooks = desk.hooks()?;
    let mut operator = desk.operator("operator").await?;
    let talk = Talk::asked(&desk, "patient").await?;
    talk.taken_by(&desk, &mut operator).await?;
    let mut console = Client::signed_in(desk.address, operator.access_token()).await?;
    let mut app = Client::signed_in(desk.address, talk.patient.access_token()).await?;
    let (room, staff) = member(&talk, &mut console).await?;
    let (_, patient) = member(&talk, &mut app).await?;
    let begins = now_ms()? - CALLS * EACH_MS - 600_000;
    let told = |number| events_of(number, &room, [&staff, &patient], begins + number * EACH_MS);
    let mut bodies: Vec<String> = (0..CALLS).flat_map(told).collect();
    bodies.extend(bodies.clone());
    // The same disorder in each run.
    bodies.shuffle(&mut StdRng::seed_from_u64(1));
    let letters = bodies.into_iter().map(|body| hooks.letter(body)).collect::<Result<Vec<_>>>()?;
    let mut servers = Vec::with_capacity(TELLING);
    for _ in 0..TELLING {
        servers.push(Client::connect(hooks.address).await?);
    }
    let (begun, cpu) = (Instant::now(), desk.cpu_seconds()?);
    let share = letters.len().div_ceil(TELLING);
    try_join_all(servers.iter_mut().zip(letters.chunks(share)).map(async |(server, letters)| {
        for letter in letters {
            let answer = server.exchange(letter.clone()).await?;
            ensure!(answer.status.is_success(), "a webhook: {}", answer.status);
        }
        Ok(())
    }))
    .await?;
    let (told_in, used) = (begun.elapsed().as_secs_f64(), desk.cpu_seconds()? - cpu);
    until_right(&mut console).await?;
    Ok(vec![
        Figure::at_most("all told", told_in, "s", 2.0),
        Figure::reported("processor time", used, "s"),
        Figure::reported("all records right", begun.elapsed().as_secs_f64(), "s"),
    ])
}

/// The media server's name of the conversation's room, and who the device is there.
async fn member(talk: &Talk, client: &mut Client) -> Result<(String, String)> {
    let body = talk.token_request(client).await?;
    let jwt = text(&client.call(Method::POST, TOKENS, &body).await?, "jwt")?;
    let claims = jwt.split('.').nth(1).context("a token has three parts")?;
    let claims: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(claims)?)?;
    Ok((text(&claims["video"], "room")?, text(&claims, "sub")?))
}

/// Until every call is there, over, with both sides' time in it as it was told.
async fn until_right(console: &mut Client) -> Result<()> {
    let deadline = Instant::now() + PATIENCE;
    loop {
        let wrong = wrong_records(console).await?;
        if wrong.is_empty() {
            return Ok(());
        }
        ensure!(Instant::now() < deadline, "{} records are wrong, such as {}", wrong.len(), wrong[0]);
        tokio::time::sleep(LOOK_EVERY).await;
    }
}

async fn wrong_records(console: &mut Client) -> Result<Vec<Value>> {
    let (mut wrong, mut talked, mut cursor) = (Vec::new(), 0, String::new());
    loop {
        let path = format!("/_consilium/v1/calls?limit=200{cursor}");
        let page = console.call(Method::GET, &path, &Value::Null).await?;
        if page["total"] != CALLS {
            return Ok(vec![page["total"].clone()]);
        }
        for call in page["items"].as_array().context("a page has items")? {
            talked += call["talked_seconds"].as_i64().context("a call has a length")?;
            if call["state"] != "ended" || call["outcome"] != "completed" {
                wrong.push(call.clone());
            }
        }
        match page["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => break,
        }
    }
    let whole: i64 = (0..CALLS).map(length_of).sum();
    if wrong.is_empty() && (talked - whole).abs() > CALLS {
        wrong.push(json!({ "talked": talked, "told": whole }));
    }
    Ok(wrong)
}

/// How long both sides are in a call. Unit: seconds.
fn length_of(number: i64) -> i64 {
    30 + number % 20
}

/// All that the media server tells of one call.
fn events_of(number: i64, room: &str, [staff, patient]: [&str; 2], begins_ms: i64) -> Vec<String> {
    let room_sid = format!("RM_load_{number}");
    let at = |seconds: i64| begins_ms + seconds * 1_000;
    let leaves = 10 + length_of(number);
    let event = |kind: &str, at_ms: i64, who: Option<(&str, &str, i64)>| {
        let mut event = json!({
            "event": kind,
            "id": format!("EV_{number}_{kind}_{}", who.map_or("", |(sid, _, _)| sid)),
            "room": { "sid": room_sid, "name": room },
            "createdAt": (at_ms / 1_000).to_string(),
        });
        if let Some((sid, identity, joined_ms)) = who {
            event["participant"] = json!({
                "sid": format!("PA_{sid}_{number}"), "identity": identity, "state": "ACTIVE",
                "joinedAt": (joined_ms / 1_000).to_string(), "joinedAtMs": joined_ms.to_string(),
                "disconnectReason": "CLIENT_INITIATED",
            });
        }
        event.to_string()
    };
    let (caller, answering) = (Some(("staff", staff, at(1))), Some(("patient", patient, at(10))));
    vec![
        event("room_started", at(0), None),
        event("participant_joined", at(1), caller),
        event("participant_joined", at(10), answering),
        event("participant_left", at(leaves), answering),
        event("participant_left", at(leaves + 2), caller),
        event("room_finished", at(leaves + 7), None),
    ]
}

#[expect(clippy::disallowed_methods, reason = "the media server's clock")]
fn now_ms() -> Result<i64> {
    Ok(i64::try_from(SystemTime::now().duration_since(UNIX_EPOCH)?.as_millis())?)
}

impl Hooks {
    /// The request by which the media server tells of an event.
    fn letter(&self, body: String) -> Result<Request<http_body_util::Full<Bytes>>> {
        let digest = STANDARD.encode(Sha256::digest(&body));
        let signature = AccessToken::with_api_key(&self.key, &self.secret).with_sha256(&digest).to_jwt()?;
        let request = Request::post("/webhook")
            .header("host", self.address.to_string())
            .header("content-type", "application/webhook+json")
            .header("authorization", signature);
        Ok(request.body(Bytes::from(body).into())?)
    }
}
