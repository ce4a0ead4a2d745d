//! `kill -9` in the middle of a conversation, fifty times. The keeper runs in a process of its own that writes down each
//! answer before it acknowledges, as the consultation service does.

use std::{
    collections::BTreeMap,
    io::{BufRead as _, BufReader, Write as _},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::Arc,
    time::Duration,
};

use anyhow::{Context as _, Result, ensure};
use axum::{
    Router,
    body::Bytes,
    extract::{Path as UrlPath, State},
    http::StatusCode,
    routing::put,
};
use consilium_keeper::{Keeper, KeeperError, KeeperEvent, Transaction};
use serde_json::{Value, json};

use crate::world::{World, config, context};

const KILLS: u64 = 50;
const HOMESERVER: &str = "KEEPER_CRASH_TEST_HOMESERVER";
const FOLDER: &str = "KEEPER_CRASH_TEST_FOLDER";
const LEDGER: &str = "KEEPER_CRASH_TEST_LEDGER";

#[tokio::test(flavor = "multi_thread")]
async fn fifty_kills_lose_no_key_and_no_message() -> Result<()> {
    let world = World::start().await?;
    let mut patient = world.user("anna").await?;
    let room = world.conversation(&mut patient).await?;
    let one = patient.say(&room, "warm-up").await?;
    world.keeper_reads(&[one]).await?;
    world.stop_keeper().await;
    let work = tempfile::tempdir()?;
    let ledger = work.path().join("ledger.jsonl");

    let mut said = Vec::new();
    for kill in 0..KILLS {
        let mut child = KeeperProcess::start(&world, &ledger)?;
        world.send_transactions_to(Some(child.address.clone()));
        for number in 0..2 {
            if number == 0 {
                patient.rotate(&room).await?;
            }
            said.push(patient.say(&room, &format!("message {kill}.{number}")).await?);
        }
        // From «before anything» to «after the answer»: a transaction takes some 10 to 60 ms here.
        tokio::time::sleep(Duration::from_millis(kill * 13 % 71)).await;
        child.kill()?;
    }
    let child = KeeperProcess::start(&world, &ledger)?;
    world.send_transactions_to(Some(child.address.clone()));
    let last = patient.say(&room, "the end").await?;
    said.push(last.clone());
    until_written(&ledger, &last).await?;
    drop(child);
    world.send_transactions_to(None);

    let written = read_ledger(&ledger)?;
    for event in &said {
        ensure!(written.get(event).is_some_and(Option::is_some), "{event} is written and was readable");
    }
    let keeper = world.start_keeper().await?;
    assert_eq!(keeper.waiting(&room).await?, []);
    let operator = world.user("petrova").await?;
    let given = keeper.hand_over(keeper.history(&room).await?, operator.user_id()).await?;
    let sessions = patient.sessions(&room).await?;
    assert_eq!(given.sessions, sessions.len(), "every session of the room is in the keeper's store");
    Ok(())
}

/// The process: does nothing when it is run as an ordinary test.
#[test]
fn keeper_process() -> Result<()> {
    let (Ok(homeserver), Ok(folder), Ok(ledger)) =
        (std::env::var(HOMESERVER), std::env::var(FOLDER), std::env::var(LEDGER))
    else {
        return Ok(());
    };
    crate::world::install_tls();
    tokio::runtime::Runtime::new()?.block_on(serve(&homeserver, folder.into(), ledger.into()))
}

async fn serve(homeserver: &str, folder: PathBuf, ledger: PathBuf) -> Result<()> {
    let keeper = Keeper::start(config(homeserver, folder), context()).await?;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("\nADDRESS http://{}", listener.local_addr()?);
    std::io::stdout().flush()?;
    let app = Router::new()
        .route("/_matrix/app/v1/transactions/{txn_id}", put(take))
        .with_state(Arc::new((keeper, tokio::sync::Mutex::new(ledger))));
    Ok(axum::serve(listener, app).await?)
}

type Desk = Arc<(Keeper, tokio::sync::Mutex<PathBuf>)>;

async fn take(State(desk): State<Desk>, UrlPath(txn_id): UrlPath<String>, body: Bytes) -> (StatusCode, &'static str) {
    match write_down(&desk, &txn_id, &body).await {
        Ok(()) => (StatusCode::OK, "{}"),
        Err(error) => {
            eprintln!("{error:?}");
            (StatusCode::INTERNAL_SERVER_ERROR, "{}")
        }
    }
}

/// One line for each transaction, synced before it is acknowledged.
async fn write_down(desk: &Desk, txn_id: &str, body: &[u8]) -> Result<()> {
    let (keeper, ledger) = &**desk;
    let ledger = ledger.lock().await;
    let answer = keeper.receive(Transaction::parse(txn_id, body).map_err(|error: KeeperError| error)?).await?;
    let mut events: Vec<Value> = Vec::new();
    for event in answer.events {
        match event {
            KeeperEvent::Plain(_) => {}
            KeeperEvent::Decrypted(decrypted) => {
                events.push(json!([decrypted.event["event_id"], decrypted.event["content"]["body"]]));
            }
            KeeperEvent::Waiting(waiting) => events.push(json!([waiting.event_id, null])),
        }
    }
    let late = answer.late.iter();
    events.extend(late.map(|decrypted| json!([decrypted.event["event_id"], decrypted.event["content"]["body"]])));
    let mut file = std::fs::OpenOptions::new().create(true).append(true).open(&*ledger)?;
    file.write_all(format!("{}\n", json!({ "txn": txn_id, "events": events })).as_bytes())?;
    Ok(file.sync_data()?)
}

struct KeeperProcess {
    child: Child,
    address: String,
}

impl KeeperProcess {
    fn start(world: &World, ledger: &Path) -> Result<Self> {
        let mut child = Command::new(std::env::current_exe()?)
            .args(["--exact", "crash::keeper_process", "--nocapture", "--test-threads=1"])
            .env(HOMESERVER, world.url())
            .env(FOLDER, world.keeper_folder())
            .env(LEDGER, ledger)
            .stdout(Stdio::piped())
            .spawn()?;
        let output = BufReader::new(child.stdout.take().context("its output")?);
        let address = output
            .lines()
            .map_while(std::result::Result::ok)
            .find_map(|line| line.strip_prefix("ADDRESS ").map(str::to_owned));
        Ok(Self { child, address: address.context("the process tells its address")? })
    }

    fn kill(&mut self) -> Result<()> {
        self.child.kill()?;
        self.child.wait()?;
        Ok(())
    }
}

impl Drop for KeeperProcess {
    fn drop(&mut self) {
        if let Err(error) = self.kill() {
            eprintln!("the keeper's process cannot be ended: {error}");
        }
    }
}

/// Event → body as it was read at last, or `None` while it waits. A half-written last line belongs to no acknowledged
/// transaction.
fn read_ledger(ledger: &Path) -> Result<BTreeMap<String, Option<String>>> {
    let mut written: BTreeMap<String, Option<String>> = BTreeMap::new();
    for line in std::fs::read_to_string(ledger)?.lines() {
        let Ok(entry) = serde_json::from_str::<Value>(line) else { continue };
        for event in entry["events"].as_array().into_iter().flatten() {
            let id = event[0].as_str().unwrap_or_default().to_owned();
            let body = event[1].as_str().map(str::to_owned);
            let known = written.entry(id).or_default();
            ensure!(known.is_none() || body.is_none() || *known == body, "the same event reads the same: {line}");
            *known = body.or_else(|| known.take());
        }
    }
    Ok(written)
}

async fn until_written(ledger: &Path, event: &str) -> Result<()> {
    for _ in 0..1000 {
        if ledger.exists() && read_ledger(ledger)?.contains_key(event) {
            return Ok(());
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    anyhow::bail!("the last message was never written down")
}
