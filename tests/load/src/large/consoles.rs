//! Open consoles: how soon each shows a change of the queue, what a change costs with few and with many of them, and what the whole system needs for all.
//!
//! A console is an open stream and a heartbeat each half minute, as the app keeps them.

use std::{
    collections::{HashMap, HashSet},
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail, ensure};
use http::Method;
use http_body_util::BodyExt;
use hyper::body::Incoming;
use serde_json::Value;
use tokio::{
    sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel},
    task::JoinSet,
};

use super::{Large, STAFF, api, ask};
use crate::{client::Client, report::Figure, stats::Times};

const FEW: usize = 50;
const MANY: usize = STAFF;
/// Changes that are timed, and the time from one to the next.
const CHANGES: usize = 30;
const EVERY: Duration = Duration::from_millis(100);
const HEARTBEAT: Duration = Duration::from_secs(30);
/// Without a change, to see what consoles cost that only are open.
const STILL: Duration = Duration::from_secs(5);
/// What opening them took is given back to the system by then.
const SETTLED_AFTER: Duration = Duration::from_secs(10);
/// How long a change may be on its way.
const PATIENCE: Duration = Duration::from_secs(20);
/// How an event of a consultation begins, up to its id.
const EVENT: &str = "data: {\"consultation\":{\"id\":\"";
const TARGET_MS: f64 = 300.0;
const TARGET_MB: f64 = 400.0;
/// Ten times the consoles may not cost much more than what is written to each.
const TARGET_TIMES: f64 = 3.0;

/// When a console has shown which consultation first.
type Sighting = (String, Instant);

/// What was seen with some number of consoles.
struct Seen {
    times: Times,
    /// Processor time of a change, with all that follows from it. Unit: seconds.
    change: f64,
    /// Share of a core that is used while nothing changes.
    still: f64,
}

pub(super) async fn changes(large: &Large) -> Result<Vec<Figure>> {
    let few = with_consoles(large, FEW).await?;
    let mut many = with_consoles(large, MANY).await?;
    Ok(vec![
        Figure::at_most("asked to shown, p95", many.times.percentile_ms(0.95), "ms", TARGET_MS),
        Figure::reported("asked to shown, p50", many.times.percentile_ms(0.5), "ms"),
        Figure::reported("processor time of a change, 50 consoles", few.change * 1e3, "ms"),
        Figure::reported("processor time of a change, 500 consoles", many.change * 1e3, "ms"),
        Figure::at_most("cost of a change, 500 consoles against 50", many.change / few.change, "times", TARGET_TIMES),
        Figure::reported("nothing changes, 50 consoles", few.still * 100.0, "% of a core"),
        Figure::reported("nothing changes, 500 consoles", many.still * 100.0, "% of a core"),
    ])
}

/// Patients ask, one each tenth of a second; every console sees each of them.
#[expect(clippy::cast_precision_loss, reason = "a few changes")]
async fn with_consoles(large: &Large, count: usize) -> Result<Seen> {
    let mut patients = large.patients(CHANGES).await?;
    let (_consoles, mut sightings) = open(large, count).await?;
    large.until_quiet().await?;
    let (begun, cpu) = (Instant::now(), large.desk.cpu_seconds()?);
    tokio::time::sleep(STILL).await;
    let still = (large.desk.cpu_seconds()? - cpu) / begun.elapsed().as_secs_f64();
    let (begun, cpu) = (Instant::now(), large.desk.cpu_seconds()?);
    let mut asked = HashMap::new();
    for patient in &mut patients {
        let at = Instant::now();
        asked.insert(ask(patient).await?, at);
        tokio::time::sleep(EVERY.saturating_sub(at.elapsed())).await;
    }
    let times = all_seen(&asked, &mut sightings, CHANGES * count).await?;
    large.until_quiet().await?;
    let change = (large.desk.cpu_seconds()? - cpu - still * begun.elapsed().as_secs_f64()) / CHANGES as f64;
    Ok(Seen { times, change, still })
}

/// From each question to each console that shows it.
async fn all_seen(
    asked: &HashMap<String, Instant>,
    sightings: &mut UnboundedReceiver<Sighting>,
    expected: usize,
) -> Result<Times> {
    let mut times = Times::default();
    let seeing = async {
        while times.len() < expected {
            let (id, at) = sightings.recv().await.context("the consoles are closed")?;
            // Others may have changed too.
            if let Some(begun) = asked.get(&id) {
                times.push(at - *begun);
            }
        }
        anyhow::Ok(())
    };
    let in_time = tokio::time::timeout(PATIENCE, seeing).await;
    ensure!(in_time.is_ok(), "{} of {expected} sightings are missing", expected - times.len());
    in_time??;
    Ok(times)
}

/// Memory of the whole system with every console open.
pub(super) async fn memory(large: &Large) -> Result<Vec<Figure>> {
    let (_consoles, _sightings) = open(large, MANY).await?;
    tokio::time::sleep(SETTLED_AFTER).await;
    Ok(vec![Figure::at_most("memory of the whole system", large.desk.memory_mb()?, "MB", TARGET_MB)])
}

/// Consoles of so many colleagues. They are closed when the set is dropped.
async fn open(large: &Large, count: usize) -> Result<(JoinSet<Result<()>>, UnboundedReceiver<Sighting>)> {
    let (seen, sightings) = unbounded_channel();
    let mut consoles = JoinSet::new();
    for number in 0..count {
        let mut connection = large.colleague(number).await?;
        let stream = connection.stream(&api("/events")).await?;
        // Not all at once: their people came at different times.
        let first_beat = HEARTBEAT * u32::try_from(number)? / u32::try_from(count)?;
        let seen = seen.clone();
        consoles.spawn(async move {
            tokio::try_join!(beat(&connection, first_beat), watch(stream, &seen))?;
            anyhow::Ok(())
        });
    }
    Ok((consoles, sightings))
}

/// Says again and again that the console is alive.
async fn beat(connection: &Client, first: Duration) -> Result<()> {
    tokio::time::sleep(first).await;
    loop {
        let path = api("/operators/me/heartbeat");
        connection.again().await?.timed(Method::POST, &path, &Value::Null).await?;
        tokio::time::sleep(HEARTBEAT).await;
    }
}

/// Reads a stream and tells when a consultation comes for the first time.
async fn watch(mut stream: Incoming, seen: &UnboundedSender<Sighting>) -> Result<()> {
    let (mut text, mut known) = (String::new(), HashSet::new());
    while let Some(frame) = stream.frame().await {
        let at = Instant::now();
        let Ok(piece) = frame?.into_data() else { continue };
        text.push_str(&String::from_utf8_lossy(&piece));
        while let Some(end) = text.find('\n') {
            let line: String = text.drain(..=end).collect();
            let id = line.strip_prefix(EVENT).and_then(|rest| rest.split('"').next());
            if let Some(id) = id.filter(|id| known.insert((*id).to_owned())) {
                // Where nothing is timed nobody listens.
                let _nobody = seen.send((id.to_owned(), at));
            }
        }
    }
    bail!("a stream has ended")
}
