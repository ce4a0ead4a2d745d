//! Operators take what waits, 200 in a second whether the answers come or not. What follows (invitations, keys, announcements) is carried out beside it.

use std::time::{Duration, Instant};

use anyhow::Result;
use futures_util::{StreamExt, TryStreamExt, future::try_join_all, stream};
use http::Method;
use serde_json::json;

use super::{AT_ONCE, Large, api, ask};
use crate::{client::Client, report::Figure, stats::Times};

/// Operators who take, each with a device that gets keys; takes of each, and the time between two of his: 200 in a second together.
const TAKERS: usize = 40;
const TAKES_OF_EACH: usize = 12;
const EVERY: Duration = Duration::from_millis(200);
const TARGET_MS: f64 = 20.0;

#[expect(clippy::cast_precision_loss, reason = "counts of a few seconds")]
pub(super) async fn take(large: &Large) -> Result<Vec<Figure>> {
    let takers = large.takers.get_or_try_init(|| with_keys(large)).await?;
    let mut waiting = Vec::with_capacity(TAKERS * TAKES_OF_EACH);
    for mut patient in large.patients(TAKERS * TAKES_OF_EACH).await? {
        waiting.push(ask(&mut patient).await?);
    }
    large.until_quiet().await?;
    let (begun, cpu) = (Instant::now(), large.desk.cpu_seconds()?);
    let taking = takers.iter().zip(waiting.chunks(TAKES_OF_EACH)).enumerate().map(|(number, (taker, ids))| {
        let offset = EVERY * u32::try_from(number).unwrap_or(0) / u32::try_from(TAKERS).unwrap_or(1);
        take_in_turn(taker, ids, begun + offset)
    });
    let mut times = Times::merged(try_join_all(taking).await?);
    let (seconds, count) = (begun.elapsed().as_secs_f64(), times.len() as f64);
    large.until_quiet().await?;
    Ok(vec![
        Figure::at_most("p95", times.percentile_ms(0.95), "ms", TARGET_MS),
        Figure::reported("p50", times.percentile_ms(0.5), "ms"),
        Figure::reported("takes", count / seconds, "/s"),
        Figure::reported("all that follows is done after", begun.elapsed().as_secs_f64() - seconds, "s"),
        Figure::reported(
            "processor time of one, with what follows",
            (large.desk.cpu_seconds()? - cpu) * 1e3 / count,
            "ms",
        ),
    ])
}

/// Operators beside those that were filled in, each with a device that has keys as the console makes them: the keeper vouches for whom the service made.
async fn with_keys(large: &Large) -> Result<Vec<Client>> {
    let desk = &large.desk;
    let devices = (0..TAKERS).map(|number| async move {
        let device = desk.operator(&format!("taker{number}")).await?;
        Client::with_token(desk.address, device.access_token()).await
    });
    stream::iter(devices).buffered(AT_ONCE).try_collect().await
}

/// One take after another, each at its time. One that has to wait for the answer before it is late, and that counts.
async fn take_in_turn(taker: &Client, ids: &[String], begins: Instant) -> Result<Times> {
    let (mut connection, mut times, mut due) = (taker.again().await?, Times::default(), begins);
    for id in ids {
        let mut asked_at = due;
        if Instant::now() < due {
            tokio::time::sleep_until(due.into()).await;
            asked_at = Instant::now();
        }
        connection.call(Method::POST, &api(&format!("/consultations/{id}/take")), &json!({})).await?;
        times.push(asked_at.elapsed());
        due += EVERY;
    }
    Ok(times)
}
