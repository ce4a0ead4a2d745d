//! Messages: throughput, latency, processor time and disk of a send.

use std::time::{Duration, Instant};

use anyhow::Result;
use tokio::task::JoinSet;

use super::Options;
use crate::{client::Client, report::Figure, server::Server, stats::Times};

/// Targets of one send scenario.
struct Targets {
    per_second: f64,
    p50_ms: Option<f64>,
    p99_ms: Option<f64>,
    cpu_ms: Option<f64>,
}

pub async fn eight_rooms(options: Options) -> Result<Vec<Figure>> {
    let targets = Targets { per_second: 1_400.0, p50_ms: Some(6.0), p99_ms: None, cpu_ms: Some(0.7) };
    over_rooms(options, 8, targets).await
}

pub async fn sixty_four_rooms(options: Options) -> Result<Vec<Figure>> {
    let targets = Targets { per_second: 4_000.0, p50_ms: None, p99_ms: Some(40.0), cpu_ms: None };
    over_rooms(options, 64, targets).await
}

pub async fn one_room(options: Options) -> Result<Vec<Figure>> {
    let server = Server::start(&options)?;
    let mut senders = server.users("sender", 8).await?;
    let room = senders[0].create_room().await?;
    let names: Vec<String> = senders.iter().map(|sender| sender.user_id.clone()).collect();
    for name in &names[1..] {
        senders[0].invite(&room, name).await?;
    }
    for sender in &mut senders[1..] {
        sender.join(&room).await?;
    }
    let work = senders.into_iter().map(|sender| (sender, room.clone())).collect();
    let targets = Targets { per_second: 1_000.0, p50_ms: Some(7.0), p99_ms: Some(20.0), cpu_ms: None };
    measure(&server, work, &options, &targets).await
}

async fn over_rooms(options: Options, count: usize, targets: Targets) -> Result<Vec<Figure>> {
    let server = Server::start(&options)?;
    let mut work = Vec::with_capacity(count);
    for mut sender in server.users("sender", count).await? {
        let room = sender.create_room().await?;
        work.push((sender, room));
    }
    measure(&server, work, &options, &targets).await
}

#[expect(clippy::cast_precision_loss, reason = "counts of a run are far below 2^52")]
async fn measure(
    server: &Server,
    work: Vec<(Client, String)>,
    options: &Options,
    targets: &Targets,
) -> Result<Vec<Figure>> {
    send_for(work_again(&work).await?, Duration::from_secs(1)).await?;
    let cpu_before = server.cpu_seconds()?;
    let syncs_before = server.counter("consilium_store_syncs_total").await?;
    let begun = Instant::now();
    let mut times = send_for(work, Duration::from_secs(options.seconds)).await?;
    let elapsed = begun.elapsed().as_secs_f64();
    let sent = times.len() as f64;
    let cpu_ms = (server.cpu_seconds()? - cpu_before) * 1_000.0 / sent;
    let syncs = server.counter("consilium_store_syncs_total").await? - syncs_before;
    let mut figures = vec![Figure::at_least("throughput", sent / elapsed, "sends/s", targets.per_second)];
    let p50 = times.percentile_ms(0.5);
    let p99 = times.percentile_ms(0.99);
    figures.push(judged("p50", p50, "ms", targets.p50_ms));
    figures.push(judged("p99", p99, "ms", targets.p99_ms));
    figures.push(judged("processor time", cpu_ms, "ms/send", targets.cpu_ms));
    figures.push(Figure::reported("sends for a disk sync", if syncs > 0.0 { sent / syncs } else { 0.0 }, "sends"));
    Ok(figures)
}

fn judged(name: &'static str, value: f64, unit: &'static str, target: Option<f64>) -> Figure {
    match target {
        Some(target) => Figure::at_most(name, value, unit, target),
        None => Figure::reported(name, value, unit),
    }
}

async fn work_again(work: &[(Client, String)]) -> Result<Vec<(Client, String)>> {
    let mut again = Vec::with_capacity(work.len());
    for (client, room) in work {
        again.push((client.again().await?, room.clone()));
    }
    Ok(again)
}

/// Each sender sends one message after another until the time is over.
async fn send_for(work: Vec<(Client, String)>, duration: Duration) -> Result<Times> {
    let mut senders = JoinSet::new();
    let end = Instant::now() + duration;
    for (mut client, room) in work {
        senders.spawn(async move {
            let mut times = Times::default();
            while Instant::now() < end {
                times.push(client.say(&room).await?.time);
            }
            anyhow::Ok(times)
        });
    }
    let mut all = Times::default();
    while let Some(times) = senders.join_next().await {
        all.extend(times??);
    }
    Ok(all)
}

/// Bytes on disk for a message event, everything that it brings included.
#[expect(clippy::cast_precision_loss, reason = "file sizes of a run are far below 2^52")]
pub async fn disk(options: Options) -> Result<Vec<Figure>> {
    let server = Server::start(&options)?;
    let mut work = Vec::new();
    for mut sender in server.users("sender", 8).await? {
        let room = sender.create_room().await?;
        work.push((sender, room));
    }
    let server = server.restart(&options)?;
    let before = server.disk_bytes()?;
    let mut moved = Vec::new();
    for (client, room) in work {
        moved.push((client.at(server.address).await?, room));
    }
    let sent = send_for(moved, Duration::from_secs(options.seconds.max(5))).await?.len() as f64;
    let server = server.restart(&options)?;
    let bytes = server.disk_bytes()?.saturating_sub(before) as f64;
    Ok(vec![Figure::at_most("bytes for a message event", bytes / sent, "B", 1_500.0)])
}
