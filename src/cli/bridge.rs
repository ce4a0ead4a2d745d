//! `consilium bridge crm …`: bridges to other systems. Each is a process of its own, on the same machine as the rest or on another.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, bail};
use axum::Router;
use clap::{Args, Subcommand};
use consilium_crm::{Bridge, Config, Store, SystemClock, rehearsal};
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::cli::signals;
use crate::lease::Lease;
use crate::listen::{self, Limits};
use crate::{logging, metrics};

/// Connections at once: Consilium opens four, a CRM and a scraper a few more.
const CONNECTIONS_MAX: usize = 256;
/// How long a client may take to send a request's head.
const HEAD_TIMEOUT: Duration = Duration::from_secs(10);
/// How long running requests may take once the end has come: a webhook is answered within twelve seconds.
const STOP_GRACE: Duration = Duration::from_secs(15);

/// Which bridge.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// To a CRM, by a mapping file: what happens at the desk becomes requests of its REST API, and what happens there comes back.
    #[command(subcommand)]
    Crm(Crm),
}

/// What can be done with the bridge to a CRM.
#[derive(Debug, Subcommand)]
pub enum Crm {
    /// Prints a ready mapping with comments, to begin with.
    Example,
    /// Checks the mapping and shows what it would send for made-up events. Sends nothing, and needs no secret.
    Check(Mapping),
    /// Runs the bridge until SIGINT or SIGTERM.
    Serve(Mapping),
    /// Lists what was given up, and how it is sent again.
    Dead(Mapping),
    /// Lets something that came from the CRM by a poll, and was given up, be done at the next round.
    Again(Again),
    /// Forgets everything of a patient: for whoever was erased in Consilium and in the CRM.
    Forget(Forget),
}

/// The mapping file.
#[derive(Debug, Args)]
pub struct Mapping {
    /// The mapping file.
    #[arg(long, short, env = "CONSILIUM_CRM_CONFIG", default_value = "crm.toml", value_name = "FILE")]
    config: PathBuf,
}

/// Something that was given up.
#[derive(Debug, Args)]
pub struct Again {
    #[command(flatten)]
    mapping: Mapping,
    /// Its id, as `dead` lists it.
    id: String,
}

/// A patient.
#[derive(Debug, Args)]
pub struct Forget {
    #[command(flatten)]
    mapping: Mapping,
    /// Consilium's id of his card: `patient_id` of events.
    patient: String,
}

impl Command {
    /// Does what was asked.
    pub async fn run(self) -> anyhow::Result<()> {
        let Self::Crm(command) = self;
        match command {
            Crm::Example => {
                print!("{}", consilium_crm::EXAMPLE);
                Ok(())
            }
            Crm::Check(mapping) => check(&mapping.load()?),
            Crm::Serve(mapping) => serve(mapping.load()?).await,
            Crm::Dead(mapping) => dead(&mapping.load()?).await,
            Crm::Again(again) => again.run().await,
            Crm::Forget(forget) => forget.run().await,
        }
    }
}

impl Mapping {
    fn load(&self) -> anyhow::Result<Config> {
        Config::load(&self.config).with_context(|| self.config.display().to_string())
    }
}

fn check(config: &Config) -> anyhow::Result<()> {
    let rehearsal = rehearsal::rehearse(config);
    print!("{}", rehearsal.story);
    if !rehearsal.failures.is_empty() {
        bail!("the mapping would give up:\n  - {}", rehearsal.failures.join("\n  - "));
    }
    for problem in consilium_crm::missing_secrets(config) {
        println!("not here yet: {problem}");
    }
    println!("The mapping is in order.");
    Ok(())
}

async fn serve(config: Config) -> anyhow::Result<()> {
    logging::start(&config.log)?;
    let _lease = Lease::take(&config.data_dir)?;
    let (address, metrics_address) = (config.listen, config.metrics_listen);
    let bridge = Bridge::open(config, Arc::new(SystemClock))?;
    let (stop, tasks) = (CancellationToken::new(), TaskTracker::new());
    if let Some(address) = metrics_address {
        listen_on(&tasks, "metrics_listen", address, metrics::start()?, &stop).await?;
    }
    listen_on(&tasks, "listen", address, bridge.router(), &stop).await?;
    let signals = signals::listen()?;
    tracing::info!(%address, "the bridge to the CRM is ready");
    let ended = stop.clone();
    tokio::join!(bridge.run(stop.clone()), async move {
        signals.wait().await;
        ended.cancel();
    });
    tasks.close();
    tasks.wait().await;
    bridge.finish().await;
    Ok(())
}

async fn listen_on(
    tasks: &TaskTracker,
    key: &str,
    address: std::net::SocketAddr,
    router: Router,
    stop: &CancellationToken,
) -> anyhow::Result<()> {
    let listener = tokio::net::TcpListener::bind(address).await;
    let listener = listener.with_context(|| format!("{key}: {address} cannot be listened on; choose another port"))?;
    let limits = Limits {
        connections: Arc::new(Semaphore::new(CONNECTIONS_MAX)),
        head_timeout: HEAD_TIMEOUT,
        stop_grace: STOP_GRACE,
    };
    tasks.spawn(listen::serve(listener, router, limits, stop.clone()));
    Ok(())
}

/// The store of a bridge that has run; beside a running one too.
fn open_store(config: &Config) -> anyhow::Result<Store> {
    if !config.data_dir.is_dir() {
        bail!("data_dir: {} is not there; has this bridge ever run?", config.data_dir.display());
    }
    Store::open(&config.data_dir).context("data_dir: the store cannot be opened")
}

async fn dead(config: &Config) -> anyhow::Result<()> {
    let dead = open_store(config)?.dead_events().await?;
    if dead.is_empty() {
        println!("Nothing was given up.");
        return Ok(());
    }
    for event in &dead {
        let at = jiff::Timestamp::from_second(event.at).map(|at| at.to_string()).unwrap_or_default();
        let status = event.status.map(|status| format!(" ({status})")).unwrap_or_default();
        println!("{at}  {}  {}  {}: {}{status}", event.id, event.kind, event.step, event.reason);
    }
    println!(
        "\nMend what is at fault, then send again: events (msg_…) in the console under Integrations, in the webhook's log; \
         what a poll found by `consilium bridge crm again ID`; what the CRM called for by the CRM."
    );
    Ok(())
}

impl Again {
    async fn run(self) -> anyhow::Result<()> {
        let store = open_store(&self.mapping.load()?)?;
        if !store.again(self.id.clone()).await? {
            bail!("nothing was given up under `{}`; `consilium bridge crm dead` lists what was", self.id);
        }
        println!("It is done when it comes again: at the poll's next round.");
        Ok(())
    }
}

impl Forget {
    async fn run(self) -> anyhow::Result<()> {
        let rows = open_store(&self.mapping.load()?)?.forget_patient(self.patient).await?;
        println!("Forgotten: {rows} rows.");
        Ok(())
    }
}
