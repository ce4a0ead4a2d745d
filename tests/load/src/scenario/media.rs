//! Media of 10 MiB: up, down, and whether the server's memory stays flat.

use anyhow::{Context, Result};
use bytes::Bytes;
use http::Method;
use rand::RngCore;
use serde_json::Value;

use super::Options;
use crate::{client::text, report::Figure, server::Server, stats::Times};

const SIZE_BYTES: usize = 10 * 1_024 * 1_024;
const ROUNDS: usize = 20;

pub async fn ten_mib(options: Options) -> Result<Vec<Figure>> {
    let server = Server::start(&options)?;
    let mut client = server.user("owner").await?;
    let mut bytes = vec![0; SIZE_BYTES];
    filler().fill_bytes(&mut bytes);
    let mut before = 0.0;
    let (mut up, mut down) = (Times::default(), Times::default());
    for round in 0..ROUNDS {
        bytes[0] = u8::try_from(round).context("few rounds")?;
        let body = Bytes::from(bytes.clone());
        let answer =
            client.request(Method::POST, "/_matrix/media/v3/upload", "application/octet-stream", body.clone()).await?;
        up.push(answer.time);
        let uri = text(&answer.json()?, "content_uri")?;
        let media = uri.strip_prefix("mxc://").context("not a content URI")?;
        let path = format!("/_matrix/client/v1/media/download/{media}");
        let answer = client.timed(Method::GET, &path, &Value::Null).await?;
        anyhow::ensure!(answer.body == body, "the media came back changed");
        down.push(answer.time);
        if round == 0 {
            // From here on it must stay flat: the first round brought code and buffers into memory.
            before = server.resident_mib()?;
        }
    }
    let grown = server.resident_mib()? - before;
    Ok(vec![
        Figure::at_most("up, p50", up.percentile_ms(0.5), "ms", 20.0),
        Figure::at_most("down, p50", down.percentile_ms(0.5), "ms", 8.0),
        Figure::at_most("memory grown", grown, "MiB", 10.0),
    ])
}

#[expect(clippy::disallowed_methods, reason = "bytes that nothing can compress; which ones is no matter")]
fn filler() -> impl RngCore {
    rand::rng()
}
