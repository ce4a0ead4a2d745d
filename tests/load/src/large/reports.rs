//! The report of a month, grouped in every way.

use anyhow::{Result, ensure};
use http::Method;
use serde_json::Value;

use super::{Large, api};
use crate::{report::Figure, stats::Times};

/// Each is asked for so often.
const TIMES: usize = 5;
const TARGET_MS: f64 = 1_000.0;
const GROUPS: [&str; 5] = ["hour", "day", "week", "queue", "operator"];

pub(super) async fn month(large: &Large) -> Result<Vec<Figure>> {
    let mut supervisor = large.colleague(0).await?;
    let (from, to) = &large.month;
    let mut figures = Vec::with_capacity(GROUPS.len());
    for group in GROUPS {
        let path = api(&format!("/reports/consultations?from={from}&to={to}&group={group}"));
        let mut times = Times::default();
        for _ in 0..TIMES {
            let answer = supervisor.timed(Method::GET, &path, &Value::Null).await?;
            ensure!(answer.json()?["total"]["entered"].as_i64() > Some(0), "{path} is about nothing");
            times.push(answer.time);
        }
        figures.push(Figure::at_most(format!("by {group}, p95"), times.percentile_ms(0.95), "ms", TARGET_MS));
    }
    Ok(figures)
}
