//! An app's open stream of changes.

use std::{
    pin::Pin,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, ensure};
use bytes::Bytes;
use futures_util::{Stream, StreamExt};

use crate::desk::Desk;

/// How long an event is waited for.
const PATIENCE: Duration = Duration::from_secs(20);

pub struct Events {
    pieces: Pin<Box<dyn Stream<Item = reqwest::Result<Bytes>> + Send>>,
}

impl Events {
    /// The stream of the account that `token` is of.
    pub async fn open(desk: &Desk, token: &str) -> Result<Self> {
        let stream = reqwest::Client::new().get(desk.api() + "/events").bearer_auth(token).send().await?;
        ensure!(stream.status().is_success(), "the stream: {}", stream.status());
        Ok(Self { pieces: Box::pin(stream.bytes_stream()) })
    }

    /// Until an event of that kind that holds `part` has come whole; when it had.
    pub async fn until(&mut self, kind: &str, part: &str) -> Result<Instant> {
        let head = format!("event: {kind}");
        let waiting = async {
            let mut read = String::new();
            while let Some(piece) = self.pieces.next().await {
                read.push_str(&String::from_utf8_lossy(&piece?));
                if read.contains(&head) && read.contains(part) && read.ends_with("\n\n") {
                    return anyhow::Ok(Instant::now());
                }
            }
            anyhow::bail!("the stream ended after: {read}")
        };
        tokio::time::timeout(PATIENCE, waiting).await.with_context(|| format!("no {kind} with {part}"))?
    }
}
