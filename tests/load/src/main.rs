//! The benchmark of `make bench`: starts `consilium dev` or the whole system on an empty folder, drives it over loopback HTTP and prints medians.
//!
//! Closed loops of N clients; each scenario runs on a server of its own, `--runs` times, and the median run is reported. What a desk is like after a year of
//! work is measured on one that is filled once (`large/`).
//! The generator shares the two cores with the server, so it speaks plain HTTP/1.1 on one kept-alive connection for each
//! client and parses as little as it can.

mod client;
mod desk;
mod events;
mod large;
mod process;
mod report;
mod scenario;
mod server;
mod stats;

use std::path::PathBuf;

use anyhow::Result;
use clap::Parser;

/// What to run.
#[derive(Debug, Parser)]
struct Arguments {
    /// The binary to measure, as `make -s where` prints it.
    #[arg(long)]
    binary: PathBuf,
    /// A livekit-server; without it the scenarios of calls are left out, and that is said.
    #[arg(long)]
    livekit: Option<PathBuf>,
    /// Runs of each scenario; the median is reported.
    #[arg(long, default_value_t = 3)]
    runs: usize,
    /// Only scenarios whose name contains this.
    #[arg(long, default_value = "")]
    only: String,
    /// Seconds that a throughput scenario sends.
    #[arg(long, default_value_t = 5)]
    seconds: u64,
    /// Consultations of the large desk, a fifth as many patients; fewer are filled in faster.
    #[arg(long, default_value_t = 1_000_000, value_parser = clap::value_parser!(u32).range(large::CONSULTATIONS_MIN..))]
    consultations: u32,
}

#[tokio::main]
async fn main() -> Result<()> {
    let arguments = Arguments::parse();
    install_tls_provider()?;
    let runs = arguments.runs.max(1);
    let options = scenario::Options {
        binary: arguments.binary,
        livekit: arguments.livekit,
        seconds: arguments.seconds,
        consultations: arguments.consultations,
    };
    report::print_head();
    let mut missed = 0;
    for scenario in scenario::all() {
        if !scenario.name.contains(&arguments.only) {
            continue;
        }
        if scenario.needs_livekit && options.livekit.is_none() {
            println!("| {} | not measured: no --livekit | | | | |", scenario.name);
            continue;
        }
        let mut figures = Vec::with_capacity(runs);
        for _ in 0..runs {
            figures.push((scenario.run)(options.clone()).await?);
        }
        missed += report::print(scenario.name, &report::median(figures));
    }
    missed += large::measure_all(&options, runs, &arguments.only).await?;
    println!("\n{missed} figures miss their target.");
    Ok(())
}

/// The HTTP client of the encrypting clients wants one, though everything here is loopback without TLS.
fn install_tls_provider() -> Result<()> {
    rustls::crypto::ring::default_provider().install_default().map_err(|_| anyhow::anyhow!("a TLS provider is set"))
}
