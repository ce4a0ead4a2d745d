//! `consilium dev`: a bare homeserver for people who develop Matrix clients and for conformance tools.
//!
//! Open registration, rate limits off, so it refuses any address that is not loopback. Standard output carries one line, a JSON object, when it
//! answers: `{"ready":true,"base_url":"http://127.0.0.1:8008","pid":4711}`. Everything else goes to standard error.

use std::collections::BTreeMap;
use std::io::Write;
use std::net::SocketAddr;
use std::path::PathBuf;

use anyhow::{Context as _, bail};
use clap::{Args, ValueEnum};
use consilium_config::{
    Appservices, Calls, Config, Consult, ContactPolicy, Doctor, Http, Listeners, Log, LogFormat, Media, Metrics,
    Notary, Origins, RateLimits, Registration, RegistrationPolicy, RoomVersion, Rtc, Secret, Signer, Tenant,
    TenantSlug, check,
};

use crate::cli::signals;
use crate::logging;
use crate::system::System;

/// What `consilium dev` is told.
#[derive(Debug, Args)]
pub struct Arguments {
    /// Address to listen on; loopback only. Port 0 takes a free one.
    #[arg(long, default_value = "127.0.0.1:8008", value_name = "ADDRESS")]
    listen: SocketAddr,
    /// Folder of the data; made where it is missing.
    #[arg(long, default_value = "consilium-dev", value_name = "FOLDER")]
    data_dir: PathBuf,
    /// Matrix server name.
    #[arg(long, default_value = "hs.test", value_name = "NAME")]
    server_name: String,
    /// Turns on /_synapse/admin/v1/register with this secret.
    #[arg(long, value_name = "SECRET")]
    registration_shared_secret: Option<String>,
    /// Version of rooms that are created without one.
    #[arg(long, default_value = "12", value_enum)]
    default_room_version: Version,
    /// Registration file of an application service; may be given several times.
    #[arg(long, value_name = "FILE")]
    appservice: Vec<PathBuf>,
    /// Address of the Prometheus metrics; loopback only. Without it there are none.
    #[arg(long, value_name = "ADDRESS")]
    metrics_listen: Option<SocketAddr>,
    /// What the log on standard error says: a level, or a filter for each module.
    #[arg(long, env = "CONSILIUM_DEV_LOG", default_value = "warn", value_name = "FILTER")]
    log: String,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Version {
    #[value(name = "10")]
    V10,
    #[value(name = "11")]
    V11,
    #[value(name = "12")]
    V12,
}

/// Runs until a signal.
pub async fn run(arguments: Arguments) -> anyhow::Result<()> {
    refuse_reachable("--listen", Some(arguments.listen))?;
    refuse_reachable("--metrics-listen", arguments.metrics_listen)?;
    let config = config(arguments)?;
    logging::start(&config.log)?;
    let signal = tokio::spawn(signals::listen()?.wait());
    let system = System::start(config, None).await?;
    system.homeserver.tenant(SLUG).await?.context("the tenant of `dev` is configured")?;
    let ready = serde_json::json!({
        "ready": true,
        "base_url": format!("http://{}", system.public),
        "pid": std::process::id(),
    });
    let mut out = std::io::stdout().lock();
    writeln!(out, "{ready}").and_then(|()| out.flush()).context("standard output cannot be written")?;
    drop(out);
    signal.await?;
    system.stop().await;
    Ok(())
}

fn refuse_reachable(option: &str, address: Option<SocketAddr>) -> anyhow::Result<()> {
    match address {
        Some(address) if !address.ip().is_loopback() => bail!(
            "{option} {address}: not a loopback address. Anybody may register here, so it must not be reachable; use 127.0.0.1, or \
             `consilium serve` for a real installation"
        ),
        _ => Ok(()),
    }
}

/// The one tenant of `dev`.
const SLUG: &str = "dev";

fn config(arguments: Arguments) -> anyhow::Result<Config> {
    let slug: TenantSlug = SLUG.parse().map_err(anyhow::Error::msg)?;
    let public = format!("http://{}", arguments.listen).parse().map_err(anyhow::Error::msg)?;
    let tenant = Tenant {
        server_name: arguments.server_name,
        origins: Origins { public, console: None },
        hosts: Vec::new(),
        console_hosts: Vec::new(),
        brand: None,
        registration: Registration {
            policy: RegistrationPolicy::Open,
            tokens: Vec::new(),
            shared_secret: arguments.registration_shared_secret.map(Secret::new),
            shared_secret_file: None,
        },
        contact: Some(ContactPolicy::Open),
        default_room_version: match arguments.default_room_version {
            Version::V10 => RoomVersion::V10,
            Version::V11 => RoomVersion::V11,
            Version::V12 => RoomVersion::V12,
        },
        staff_rooms: Vec::new(),
        appservices: Appservices { registration_files: arguments.appservice },
        rtc: Rtc::default(),
        signer: Signer::default(),
        notary: Notary::default(),
        sticky_calls: false,
    };
    let config = Config {
        data_dir: std::path::absolute(arguments.data_dir)?,
        default_tenant: Some(slug.clone()),
        listeners: Listeners { public: arguments.listen, console: None, stop_grace_seconds: 5 },
        http: Http::default(),
        tenants: BTreeMap::from([(slug, tenant)]),
        rate_limits: RateLimits::off(),
        media: Media::default(),
        calls: Calls::default(),
        consult: Consult { enabled: false, ..Consult::default() },
        doctor: Doctor::default(),
        log: Log { filter: arguments.log, format: LogFormat::Text },
        metrics: Metrics { listen: arguments.metrics_listen },
    };
    let problems = config.problems();
    if problems.is_empty() { Ok(config) } else { bail!("an argument is refused:{}", check::list(&problems)) }
}
