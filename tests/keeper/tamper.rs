//! A homeserver that lies or fails: it stands between the keeper and the true one, and changes answers.

use std::sync::{Arc, Mutex, PoisonError};

use anyhow::Result;
use axum::{
    Router,
    body::{Body, to_bytes},
    extract::{Request, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use consilium_keeper::{
    Keeper, KeeperConfig, KeeperError,
    test_client::{TestClient, backup_key_pair, false_identity},
};
use serde_json::{Value, json};

use crate::world::{KEEPER, Mischief, World, context};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fault {
    None,
    /// Each answer about the keeper's identity holds another one.
    FalseIdentity,
    /// Requests whose path holds this fail.
    Fails(&'static str),
    /// Requests whose path holds this are carried out, but the answer is lost.
    LosesAnswer(&'static str),
    /// Requests whose path holds this are answered as if they had been carried out, and are not.
    Swallows(&'static str),
}

struct Between {
    homeserver: String,
    fault: Mutex<Fault>,
    identity: Value,
    client: reqwest::Client,
}

impl Between {
    /// Gives also the configuration of a keeper that talks through it.
    async fn start(world: &World) -> Result<(Arc<Self>, KeeperConfig)> {
        let between = Arc::new(Self {
            homeserver: world.url().to_owned(),
            fault: Mutex::new(Fault::None),
            identity: false_identity(KEEPER).await?,
            client: reqwest::Client::new(),
        });
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
        let config = KeeperConfig { homeserver_url: format!("http://{}", listener.local_addr()?), ..world.config() };
        let app = Router::new().fallback(pass).with_state(Arc::clone(&between));
        tokio::spawn(async move { axum::serve(listener, app).await });
        Ok((between, config))
    }

    fn set(&self, fault: Fault) {
        *self.fault.lock().unwrap_or_else(PoisonError::into_inner) = fault;
    }

    fn fault(&self) -> Fault {
        *self.fault.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_false_identity_of_the_keeper_costs_it_nothing() -> Result<()> {
    let world = World::without_keeper().await?;
    let (between, config) = Between::start(&world).await?;
    let keeper = Keeper::start(config.clone(), context()).await?;
    world.appoint(keeper.clone()).await;
    let mut patient = world.user("anna").await?;
    let room = world.conversation(&mut patient).await?;
    let one = patient.say(&room, "one").await?;
    world.keeper_reads(&[one]).await?;
    between.set(Fault::FalseIdentity);
    // Every question about the keeper's own keys is now answered with the false identity.
    keeper.identity(KEEPER).await?;
    world.say(&room, "two").await?;
    let mut operator = world.user("petrova").await?;
    let given = crate::history::take(&world, &room, &mut operator).await?;
    assert_eq!((given.devices, given.sessions), (1, 2), "the keeper still has its own identity to sign with");
    between.set(Fault::None);
    world.stop_keeper().await;
    let again = Keeper::start(config, context()).await?;
    assert_eq!(again.master_key(), keeper.master_key());
    again.close().await;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_that_was_cut_off_is_sent_once_when_it_is_repeated() -> Result<()> {
    let world = World::without_keeper().await?;
    let (between, config) = Between::start(&world).await?;
    let keeper = Keeper::start(config, context()).await?;
    world.appoint(keeper.clone()).await;
    let mut patient = world.user("anna").await?;
    let room = world.conversation(&mut patient).await?;
    let content = json!({ "msgtype": "m.text", "body": "only once" });
    for fault in [
        Fault::Fails("/members"),
        Fault::Fails("/keys/claim"),
        Fault::Fails("/sendToDevice/"),
        Fault::LosesAnswer("/sendToDevice/"),
        Fault::Fails("/send/m.room.encrypted/"),
        Fault::LosesAnswer("/send/m.room.encrypted/"),
    ] {
        between.set(fault);
        let refused = keeper.send(&room, "m.room.message", content.clone(), "txn-1").await;
        assert!(matches!(refused, Err(KeeperError::Refused { status: 502, .. })), "{fault:?}: {refused:?}");
    }
    between.set(Fault::None);
    let sent = keeper.send(&room, "m.room.message", content.clone(), "txn-1").await?;
    let again = keeper.send(&room, "m.room.message", content, "txn-1").await?;
    assert_eq!(sent.event_id, again.event_id);
    patient.sync().await?;
    assert_eq!(patient.texts(&room).await?, [Some("only once".to_owned())]);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_set_up_that_was_cut_off_is_finished_at_the_next_start() -> Result<()> {
    let world = World::without_keeper().await?;
    let (between, config) = Between::start(&world).await?;
    for fault in [
        Fault::Fails("/register"),
        Fault::LosesAnswer("/register"),
        Fault::LosesAnswer("/devices/"),
        Fault::Fails("/keys/upload"),
        Fault::LosesAnswer("/keys/upload"),
        Fault::Fails("/keys/device_signing/upload"),
        Fault::LosesAnswer("/keys/device_signing/upload"),
        Fault::Fails("/keys/signatures/upload"),
        Fault::LosesAnswer("/keys/signatures/upload"),
    ] {
        between.set(fault);
        let refused = Keeper::start(config.clone(), context()).await;
        assert!(matches!(refused, Err(KeeperError::Refused { status: 502, .. })), "{fault:?}: {refused:?}");
    }
    between.set(Fault::None);
    let keeper = Keeper::start(config, context()).await?;
    world.appoint(keeper.clone()).await;
    let patient = world.user("anna").await?;
    assert_eq!(patient.master_key_of(KEEPER).await?.as_deref(), Some(keeper.master_key()));
    hands_on(&world, patient).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_keeper_without_cross_signing_is_refused_at_the_start() -> Result<()> {
    let world = World::without_keeper().await?;
    let (between, config) = Between::start(&world).await?;
    between.set(Fault::Swallows("/keys/signatures/upload"));
    for start in ["the first", "the next"] {
        let refused = Keeper::start(config.clone(), context()).await;
        assert!(matches!(refused, Err(KeeperError::NotCrossSigned)), "{start} start: {refused:?}");
    }
    between.set(Fault::None);
    let keeper = Keeper::start(config, context()).await?;
    world.appoint(keeper).await;
    hands_on(&world, world.user("anna").await?).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restore_that_was_cut_off_is_told_and_done_again() -> Result<()> {
    let world = World::without_keeper().await?;
    let (between, config) = Between::start(&world).await?;
    let keeper = Keeper::start(config.clone(), context()).await?;
    let (master_key, (identity, recipient)) = (keeper.master_key().to_owned(), backup_key_pair());
    let sealed = keeper.export(&recipient).await?;
    keeper.close().await;
    std::fs::remove_dir_all(&config.folder)?;

    between.set(Fault::Fails("/keys/upload"));
    let refused = Keeper::restore(config.clone(), context(), &sealed, &identity).await;
    assert!(matches!(refused, Err(KeeperError::Refused { .. })), "{refused:?}");
    between.set(Fault::None);
    let unfinished = Keeper::start(config.clone(), context()).await;
    assert!(matches!(unfinished, Err(KeeperError::Backup(_))), "{unfinished:?}");
    std::fs::remove_dir_all(&config.folder)?;
    let restored = Keeper::restore(config, context(), &sealed, &identity).await?;
    assert_eq!((restored.device_id(), restored.master_key()), ("KEEPER3", master_key.as_str()));
    restored.close().await;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bundle_that_cannot_be_fetched_now_is_fetched_later() -> Result<()> {
    let world = World::without_keeper().await?;
    let (between, config) = Between::start(&world).await?;
    world.appoint(Keeper::start(config, context()).await?).await;
    let mut patient = world.user("anna").await?;
    let room = world.conversation(&mut patient).await?;
    world.set_mischief(Mischief { drop_to_device: true, ..Mischief::default() });
    let lost = patient.say(&room, "lost").await?;
    world.keeper_waits_for(&lost).await?;
    world.set_mischief(Mischief::default());
    between.set(Fault::Fails("/media/"));
    patient.share_history(&room, KEEPER).await?;
    patient.rotate(&room).await?;
    let next = patient.say(&room, "meanwhile").await?;
    world.keeper_reads(&[next]).await?;
    assert!(world.read_by_keeper(&lost).is_none());
    between.set(Fault::None);
    let last = patient.say(&room, "again").await?;
    world.keeper_reads(&[last, lost]).await?;
    Ok(())
}

/// The keeper reads what a patient says, and hands it on to an operator.
async fn hands_on(world: &World, mut patient: TestClient) -> Result<()> {
    let room = world.conversation(&mut patient).await?;
    let one = patient.say(&room, "one").await?;
    world.keeper_reads(&[one]).await?;
    let mut operator = world.user("petrova").await?;
    assert_eq!(crate::history::take(world, &room, &mut operator).await?.devices, 1);
    Ok(())
}

async fn pass(State(between): State<Arc<Between>>, request: Request) -> Response {
    let path = request.uri().path().to_owned();
    let fault = between.fault();
    let lost = || (StatusCode::BAD_GATEWAY, "{}").into_response();
    match fault {
        Fault::Fails(part) if path.contains(part) => lost(),
        Fault::Swallows(part) if path.contains(part) => (StatusCode::OK, "{}").into_response(),
        Fault::LosesAnswer(part) if path.contains(part) => {
            let _lost_on_the_way = answer(&between, request, fault).await;
            lost()
        }
        _ => answer(&between, request, fault).await.unwrap_or_else(|_| lost()),
    }
}

async fn answer(between: &Between, request: Request, fault: Fault) -> Result<Response> {
    let (parts, body) = request.into_parts();
    let target = parts.uri.path_and_query().map_or("/", |target| target.as_str());
    let mut forwarded = between.client.request(parts.method.clone(), format!("{}{target}", between.homeserver));
    for name in ["authorization", "content-type"] {
        if let Some(value) = parts.headers.get(name) {
            forwarded = forwarded.header(name, value);
        }
    }
    let answer = forwarded.body(to_bytes(body, usize::MAX).await?).send().await?;
    let (status, mut content) = (answer.status(), answer.bytes().await?);
    if fault == Fault::FalseIdentity && parts.uri.path().ends_with("/keys/query") {
        let mut lie: Value = serde_json::from_slice(&content)?;
        for (field, keys) in between.identity.as_object().into_iter().flatten() {
            if lie[field][KEEPER].is_object() {
                lie[field][KEEPER] = keys[KEEPER].clone();
            }
        }
        content = lie.to_string().into();
    }
    Ok((status, Body::from(content)).into_response())
}
