//! The log: lines on standard error, JSON or text. What may stand in a line is decided where it is written, never here.

use anyhow::Context as _;
use consilium_config::{Log, LogFormat};
use tracing_subscriber::EnvFilter;

/// Begins to log. Call once.
pub fn start(log: &Log) -> anyhow::Result<()> {
    let filter = EnvFilter::try_new(&log.filter)
        .with_context(|| format!("log.filter: `{}` is not a filter; use a level such as info", log.filter))?;
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    let started = match log.format {
        LogFormat::Json => builder.json().flatten_event(true).with_current_span(true).with_span_list(false).try_init(),
        LogFormat::Text => builder.with_ansi(false).try_init(),
    };
    started.map_err(|error| anyhow::anyhow!("the log cannot begin: {error}"))
}
