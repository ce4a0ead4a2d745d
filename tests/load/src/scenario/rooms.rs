//! Creating, reading, joining and leaving rooms.

use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use http::Method;
use serde_json::{Value, json};
use tokio::task::JoinSet;

use super::Options;
use crate::{client::text, report::Figure, server::Server, stats::Times};

/// Eight users create private rooms, one after another.
#[expect(clippy::cast_precision_loss, reason = "counts of a run are far below 2^52")]
pub async fn create(options: Options) -> Result<Vec<Figure>> {
    let server = Server::start(&options)?;
    let mut creators = JoinSet::new();
    let begun = Instant::now();
    let end = begun + Duration::from_secs(options.seconds);
    for mut client in server.users("creator", 8).await? {
        creators.spawn(async move {
            let mut times = Times::default();
            while Instant::now() < end {
                let one = Instant::now();
                client.create_room().await?;
                times.push(one.elapsed());
            }
            anyhow::Ok(times)
        });
    }
    let mut all = Times::default();
    while let Some(times) = creators.join_next().await {
        all.extend(times??);
    }
    let rate = all.len() as f64 / begun.elapsed().as_secs_f64();
    Ok(vec![
        Figure::at_least("throughput", rate, "rooms/s", 400.0),
        Figure::at_most("p50", all.percentile_ms(0.5), "ms", 9.0),
    ])
}

/// Pages of 100 events backwards through a room of 2,000.
pub async fn messages(options: Options) -> Result<Vec<Figure>> {
    let server = Server::start(&options)?;
    let mut client = server.user("reader").await?;
    let room = client.create_room().await?;
    for _ in 0..2_000 {
        client.say(&room).await?;
    }
    let mut times = Times::default();
    for _ in 0..10 {
        let mut from = String::new();
        for _ in 0..20 {
            let path = format!("/_matrix/client/v3/rooms/{room}/messages?dir=b&limit=100{from}");
            let answer = client.timed(Method::GET, &path, &Value::Null).await?;
            times.push(answer.time);
            let page = answer.json()?;
            anyhow::ensure!(page["chunk"].as_array().is_some_and(|chunk| chunk.len() == 100), "a page is not whole");
            from = format!("&from={}", text(&page, "end")?);
        }
    }
    Ok(vec![Figure::at_most("p50", times.percentile_ms(0.5), "ms", 1.8)])
}

/// A user joins and leaves a public room that has 1,000 members.
pub async fn big_room(options: Options) -> Result<Vec<Figure>> {
    let server = Server::start(&options)?;
    let mut owner = server.user("owner").await?;
    let body = json!({ "preset": "public_chat" });
    let room = text(&owner.call(Method::POST, "/_matrix/client/v3/createRoom", &body).await?, "room_id")?;
    for mut member in server.users("member", 999).await? {
        member.join(&room).await?;
    }
    let mut visitor = server.user("visitor").await?;
    let (mut joins, mut leaves) = (Times::default(), Times::default());
    for _ in 0..50 {
        joins.push(visitor.join(&room).await?.time);
        let path = format!("/_matrix/client/v3/rooms/{room}/leave");
        leaves.push(visitor.timed(Method::POST, &path, &json!({})).await?.time);
    }
    let path = format!("/_matrix/client/v3/rooms/{room}/joined_members");
    let members = owner.call(Method::GET, &path, &Value::Null).await?;
    let count = members["joined"].as_object().context("no members")?.len();
    anyhow::ensure!(count == 1_000, "{count} members instead of 1,000");
    Ok(vec![
        Figure::at_most("join p50", joins.percentile_ms(0.5), "ms", 12.0),
        Figure::at_most("leave p50", leaves.percentile_ms(0.5), "ms", 12.0),
    ])
}
