//! Start with data, and the memory of an idle server.

use anyhow::Result;
use std::time::Duration;

use super::Options;
use crate::{report::Figure, server::Server};

pub async fn start_and_idle(options: Options) -> Result<Vec<Figure>> {
    let server = Server::start(&options)?;
    let mut user = server.user("owner").await?;
    for _ in 0..20 {
        let room = user.create_room().await?;
        for _ in 0..100 {
            user.say(&room).await?;
        }
    }
    let server = server.restart(&options)?;
    tokio::time::sleep(Duration::from_secs(2)).await;
    Ok(vec![
        Figure::at_most("start with data", server.started_in.as_secs_f64() * 1_000.0, "ms", 100.0),
        Figure::at_most("idle memory of dev", server.resident_mib()?, "MiB", 40.0),
    ])
}
