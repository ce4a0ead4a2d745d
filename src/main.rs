//! The one binary: `consilium serve | init | doctor | dev | tenant | user | archive | bridge | demo | gen`.
//!
//! What lives here: the allocator, the provider of TLS, the runtime, and the way from a command to its file in `cli/`.
//! `system.rs` builds and stops everything, `shell.rs` decides by path and host who answers, `web/` serves the apps.

mod backups;
mod cli;
mod consult;
mod control;
mod homeserver;
mod lease;
mod listen;
mod logging;
mod metrics;
mod shell;
mod staff;
mod system;
mod upgrade;
mod web;

use std::process::ExitCode;
use std::time::Duration;

use clap::Parser;

#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

fn main() -> ExitCode {
    // Several crates look for the process's one provider: it must stand before any of them does.
    if rustls::crypto::ring::default_provider().install_default().is_err() {
        eprintln!("consilium: another TLS provider was installed first; this is a defect of the build");
        return ExitCode::FAILURE;
    }
    match run(cli::Arguments::parse()) {
        Ok(code) => code,
        Err(error) => {
            // The whole chain, each cause once: it names what is wrong and the remedy.
            eprintln!("consilium: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Threads for blocking work end when there was none for so long: an idle one keeps its stack and what it had allocated.
const BLOCKING_THREADS_KEPT: Duration = Duration::from_secs(3);

fn run(arguments: cli::Arguments) -> anyhow::Result<ExitCode> {
    let mut runtime = tokio::runtime::Builder::new_multi_thread();
    let runtime = runtime.enable_all().thread_keep_alive(BLOCKING_THREADS_KEPT).build()?;
    let outcome = runtime.block_on(arguments.run());
    // Blocking work that hangs must not keep the process from ending.
    runtime.shutdown_timeout(Duration::from_secs(5));
    outcome
}
