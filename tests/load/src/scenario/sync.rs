//! `/sync`: fan-out to waiting receivers, nothing new, one event, and the first one.

use std::{
    collections::HashMap,
    time::{Duration, Instant},
};

use anyhow::{Context, Result};
use serde_json::Value;
use tokio::{sync::mpsc, task::JoinSet};

use super::Options;
use crate::{
    client::{Client, text},
    report::Figure,
    server::Server,
    stats::Times,
};

const RECEIVERS: usize = 50;
const MESSAGES: usize = 100;

/// One sender, fifty receivers in long polls: the time from the send's start to each receiver's answer.
pub async fn fan_out(options: Options) -> Result<Vec<Figure>> {
    let server = Server::start(&options)?;
    let mut sender = server.user("sender").await?;
    let room = sender.create_room().await?;
    let (seen, mut sightings) = mpsc::unbounded_channel();
    let mut receivers = JoinSet::new();
    for mut receiver in server.users("receiver", RECEIVERS).await? {
        sender.invite(&room, &receiver.user_id).await?;
        receiver.join(&room).await?;
        let (since, _) = receiver.sync_from(None).await?;
        let (room, seen) = (room.clone(), seen.clone());
        receivers.spawn(async move { receive(receiver, since, &room, &seen).await });
    }
    drop(seen);
    let mut sent = HashMap::new();
    let mut order = Vec::new();
    for _ in 0..MESSAGES {
        let begun = Instant::now();
        let event_id = text(&sender.say(&room).await?.json()?, "event_id")?;
        order.push(event_id.clone());
        sent.insert(event_id, begun);
        tokio::time::sleep(Duration::from_millis(30)).await;
    }
    while let Some(received) = receivers.join_next().await {
        anyhow::ensure!(received?? == order, "a receiver lost or reordered messages");
    }
    let mut times = Times::default();
    while let Ok((event_id, at)) = sightings.try_recv() {
        let begun = sent.get(&event_id).context("an event that was not sent")?;
        times.push(Instant::duration_since(&at, *begun));
    }
    Ok(vec![
        Figure::at_most("p50", times.percentile_ms(0.5), "ms", 15.0),
        Figure::at_most("p99", times.percentile_ms(0.99), "ms", 40.0),
    ])
}

type Seen = mpsc::UnboundedSender<(String, Instant)>;

/// Long polls until all messages came; their ids in the order of arrival.
async fn receive(mut receiver: Client, mut since: String, room: &str, seen: &Seen) -> Result<Vec<String>> {
    let mut ids = Vec::with_capacity(MESSAGES);
    let end = Instant::now() + Duration::from_mins(1);
    while ids.len() < MESSAGES && Instant::now() < end {
        let answer = receiver.sync(&format!("timeout=10000&since={since}")).await?;
        let at = Instant::now();
        let body = answer.json()?;
        since = text(&body, "next_batch")?;
        for event in timeline(&body, room) {
            if event["type"] == "m.room.message" {
                let id = text(event, "event_id")?;
                seen.send((id.clone(), at))?;
                ids.push(id);
            }
        }
    }
    Ok(ids)
}

fn timeline<'a>(body: &'a Value, room: &str) -> impl Iterator<Item = &'a Value> {
    body["rooms"]["join"][room]["timeline"]["events"].as_array().into_iter().flatten()
}

/// A user in `rooms` rooms: his first sync, one with nothing new, one with one event.
pub async fn incremental(options: Options, rooms: usize) -> Result<Vec<Figure>> {
    let server = Server::start(&options)?;
    let mut user = server.user("reader").await?;
    let mut writer = server.user("writer").await?;
    let mut names = Vec::with_capacity(rooms);
    for _ in 0..rooms {
        let room = user.create_room().await?;
        user.invite(&room, &writer.user_id).await?;
        writer.join(&room).await?;
        names.push(room);
    }
    let (mut first, mut idle, mut one) = (Times::default(), Times::default(), Times::default());
    for _ in 0..5 {
        let (_, answer) = user.sync_from(None).await?;
        let joined = answer.json()?["rooms"]["join"].as_object().map_or(0, serde_json::Map::len);
        anyhow::ensure!(joined == rooms, "{joined} rooms in the first sync instead of {rooms}");
        first.push(answer.time);
    }
    let (mut since, _) = user.sync_from(None).await?;
    for _ in 0..200 {
        let (next, answer) = user.sync_from(Some(&since)).await?;
        idle.push(answer.time);
        since = next;
    }
    for index in 0..100 {
        let room = &names[index % names.len()];
        writer.say(room).await?;
        let (next, answer) = user.sync_from(Some(&since)).await?;
        anyhow::ensure!(timeline(&answer.json()?, room).count() == 1, "the event is missing");
        one.push(answer.time);
        since = next;
    }
    let mut figures = vec![
        Figure::at_most("nothing new, p50", idle.percentile_ms(0.5), "ms", 0.7),
        Figure::at_most("one event, p50", one.percentile_ms(0.5), "ms", 3.0),
    ];
    let initial = first.percentile_ms(0.5);
    figures.push(if rooms >= 500 {
        Figure::at_most("first sync, p50", initial, "ms", 100.0)
    } else {
        Figure::reported("first sync, p50", initial, "ms")
    });
    Ok(figures)
}
