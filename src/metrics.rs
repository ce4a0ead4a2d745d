//! Prometheus metrics: what the process counts, at `/metrics` of a listener of their own. Labels are few and fixed; none names a person, a room or a tenant.
//!
//! | metric | labels | meaning |
//! |---|---|---|
//! | `consilium_http_requests_total` | `part`, `status` (`2xx`…) | requests answered |
//! | `consilium_http_request_seconds` | `part` | time until the response's head; long polls included |
//! | `consilium_http_requests_running` | `part` | requests under way |
//! | `consilium_process_resident_bytes` | | memory that the process holds |
//! | `consilium_build_info` | `version` | 1 |
//! | `consilium_archive_to_index` | | sealed consultations and call-backs that wait to be read into the search index, of all tenants |
//! | `consilium_archive_indexed_total` | | sealed consultations and call-backs that were read into it |
//!
//! The crates add theirs by the `metrics` façade; those of the homeserver's requests are in `homeserver/src/http/trail.rs`.

use std::time::{Duration, Instant};

use ::metrics::{counter, gauge, histogram};
use anyhow::Context as _;
use axum::Router;
use axum::response::Response;
use axum::routing::get;
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};

/// Bounds of the histograms, in seconds: from a cached file to a long poll.
const BUCKETS: [f64; 12] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0, 30.0, 120.0];
/// Histograms are folded this often, so that they stay small when nobody scrapes.
const UPKEEP_EVERY: Duration = Duration::from_secs(10);

/// Begins to count, and gives the router of the metrics' listener. Call once in a process.
pub fn start() -> anyhow::Result<Router> {
    let builder = PrometheusBuilder::new().set_buckets(&BUCKETS).context("the buckets are not empty")?;
    let handle = builder.install_recorder().context("the metrics cannot begin")?;
    gauge!("consilium_build_info", "version" => env!("CARGO_PKG_VERSION")).set(1.0);
    let upkeep = handle.clone();
    tokio::spawn(async move {
        let mut every = tokio::time::interval(UPKEEP_EVERY);
        loop {
            every.tick().await;
            upkeep.run_upkeep();
        }
    });
    Ok(Router::new().route("/metrics", get(async move || render(&handle))))
}

fn render(handle: &PrometheusHandle) -> String {
    if let Some(bytes) = resident_bytes() {
        gauge!("consilium_process_resident_bytes").set(bytes);
    }
    handle.render()
}

/// Resident memory, from `/proc`; `None` elsewhere than on Linux.
fn resident_bytes() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kilobytes: f64 = line.trim().strip_suffix(" kB")?.trim().parse().ok()?;
    Some(kilobytes * 1024.0)
}

/// A request under way: counted until it is answered, or its client is gone.
struct Running(::metrics::Gauge);

impl Running {
    fn new(part: &'static str) -> Self {
        let gauge = gauge!("consilium_http_requests_running", "part" => part);
        gauge.increment(1.0);
        Self(gauge)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.0.decrement(1.0);
    }
}

/// Counts one request of `part` around its answer. What is answered from memory counts with no time.
pub async fn observe(part: &'static str, answer: impl Future<Output = Response>) -> Response {
    let running = Running::new(part);
    let began = Instant::now();
    let response = answer.await;
    drop(running);
    histogram!("consilium_http_request_seconds", "part" => part).record(began.elapsed().as_secs_f64());
    let status = match response.status().as_u16() / 100 {
        1 | 2 => "2xx",
        3 => "3xx",
        4 => "4xx",
        _ => "5xx",
    };
    counter!("consilium_http_requests_total", "part" => part, "status" => status).increment(1);
    response
}
