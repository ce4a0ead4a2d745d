//! `consilium doctor`: looks at an installation, and says in words what is well, what is not, and what to do.
//!
//! Each check is a file: `look` gathers plain facts, `judge` decides over them and does nothing else. The order is that of `examine`: what the rest stands on
//! comes first, and what cannot be found out after a fault is left alone rather than named again.
//!
//! | file | looks at |
//! |---|---|
//! | `configuration.rs` `brand.rs` | what was written down |
//! | `folder.rs` `clock.rs` `key.rs` `limits.rs` `apps.rs` `backups.rs` | the machine, the binary, the backups |
//! | `process.rs` `listeners.rs` `database.rs` `notary.rs` | the running process, its addresses, the stores, the schema, the end of the archive, who was given its head |
//! | `origins.rs` `certificate.rs` `media.rs` `media_ports.rs` `media_relay.rs` | what is reached over the network (`outside.rs`) |
//! | `finding.rs` | what all of it comes to: words, JSON, exit code |
//! | `installed.rs` | the same from within the running process, for one tenant, when its administrators ask in the console |
//!
//! Deliberately absent: repairing anything. It writes nothing of its own; where nothing runs, the owner's stores are opened and closed again.

mod apps;
mod backups;
mod brand;
mod certificate;
mod clock;
mod configuration;
mod database;
mod finding;
pub mod folder;
mod installed;
mod key;
mod limits;
mod listeners;
mod media;
mod media_ports;
mod media_relay;
mod notary;
mod origins;
mod outside;
mod process;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context as _;
use clap::Args;
use consilium_config::{Config, Origin, TenantSlug};
use consilium_consult::admin;
use consilium_homeserver::Context;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::ConfigFile;
use crate::control::BuiltApps;
use crate::staff;
use database::Archive;
use finding::Report;
use folder::Access;
use outside::Outside;

pub use installed::Installed;

/// What `consilium doctor` is told.
#[derive(Debug, Args)]
pub struct Arguments {
    #[command(flatten)]
    file: ConfigFile,
    /// Prints JSON, for machines.
    #[arg(long)]
    json: bool,
    /// Folder where backups are kept: the age of the newest file in it is told. Else what `[doctor]` says.
    #[arg(long, value_name = "FOLDER")]
    backups: Option<PathBuf>,
    /// The media server's own configuration, where it runs on this machine: its ports for media are tried. Else what `[doctor]` says.
    #[arg(long, value_name = "FILE")]
    livekit_config: Option<PathBuf>,
}

/// What is said at the command line, else by the section `[doctor]`.
#[derive(Debug, Clone, Copy, Default)]
struct Told<'a> {
    /// Where backups are kept.
    backups: Option<&'a Path>,
    /// The media server's own configuration.
    livekit_config: Option<&'a Path>,
}

impl<'a> Told<'a> {
    /// The same, with what the configuration says where nothing else was said.
    fn or(self, config: &'a consilium_config::Doctor) -> Self {
        Self {
            backups: self.backups.or(config.backups.as_deref()),
            livekit_config: self.livekit_config.or(config.livekit_config.as_deref()),
        }
    }
}

/// Looks, tells, and gives what the process ends with: 0 fine, 1 warnings, 2 broken.
pub async fn run(arguments: Arguments) -> anyhow::Result<ExitCode> {
    let told = Told { backups: arguments.backups.as_deref(), livekit_config: arguments.livekit_config.as_deref() };
    let report = examine(&arguments.file.config, told, &Context::system()).await;
    let text = if arguments.json { report.json()? } else { report.text() };
    std::io::stdout().write_all(text.as_bytes()).context("standard output cannot be written")?;
    Ok(report.exit_code())
}

async fn examine(file: &Path, told: Told<'_>, context: &Context) -> Report {
    let mut report = Report::default();
    match Config::load(file) {
        Ok(config) => {
            report.add(configuration::judge(&configuration::look(file, &config)));
            examine_what_is_named(&config, told, context, &mut report).await;
        }
        Err(error) => report.add([configuration::refused(error)]),
    }
    report
}

/// Looks at everything that a configuration names.
async fn examine_what_is_named(config: &Config, told: Told<'_>, context: &Context, report: &mut Report) {
    let told = told.or(&config.doctor);
    let brands = brands(config, today(context), report);
    let ground = ground(config, report);
    let slugs: Vec<&str> = config.tenants.keys().map(TenantSlug::as_str).collect();

    // Only what belongs to whoever runs this is opened, and only where nothing is known that would keep it shut.
    let may_open = ground.is_firm && brands.are_accepted;
    let state = process::look(config, may_open).await;
    if ground.is_seen {
        let found = process::judge(&state, env!("CARGO_PKG_VERSION"), &slugs);
        let may_read = may_open && process::is_well(&found);
        report.add(found);
        listening(config, &state, report);
        if config.consult.enabled {
            databases(config, may_read, now_ms(context), report).await;
        }
    }

    let outside = Outside::new(context.clone());
    let mut clocks = origins(config, &state, context, &outside, report).await;
    let media = media::look(config, brands.offer_calls, state.serves(), &outside).await;
    clocks.extend(media.clock());
    report.add(media::judge(&media, now_ms(context)));
    report.add(media_ports::judge(&media_ports::look(config, told.livekit_config)));
    // Each machine once: an origin is asked several questions.
    clocks.sort();
    clocks.dedup_by(|one, other| one.0 == other.0);
    report.add(clock::judge(&clock::Facts {
        now_ms: now_ms(context),
        newest_file_ms: clock::newest_file_ms(&config.data_dir, &slugs),
        others: clocks,
    }));
    report.add([limits::judge(&limits::look(config, state.running()))]);
    let apps = state.running().map_or_else(BuiltApps::here, |status| status.apps);
    report.add([apps::judge(apps, config.tenants.values().any(|tenant| tenant.brand.is_some()))]);
    report.add([backups::judge(&crate::backups::look(told.backups, &config.data_dir), now_ms(context))]);
}

fn now_ms(context: &Context) -> i64 {
    i64::try_from(context.now_ms()).unwrap_or(i64::MAX)
}

/// Today, where the clock of the world stands: UTC.
fn today(context: &Context) -> Date {
    Timestamp::from_millisecond(now_ms(context)).unwrap_or(Timestamp::MAX).to_zoned_datetime(TimeZone::UTC).date()
}

/// What the brands come to.
struct Brands {
    are_accepted: bool,
    offer_calls: bool,
}

fn brands(config: &Config, today: Date, report: &mut Report) -> Brands {
    let mut brands = Brands { are_accepted: true, offer_calls: false };
    for (slug, tenant) in &config.tenants {
        let Some(folder) = &tenant.brand else { continue };
        let facts = brand::look(folder, tenant.registration.policy);
        brands.are_accepted &= facts.brand.is_ok();
        brands.offer_calls |= facts.brand.as_ref().is_ok_and(|brand| brand.calls);
        report.add_of(slug, brand::judge(&facts, today));
    }
    brands
}

/// What everything else stands on.
struct Ground {
    /// Whether whoever runs this sees the data, or that there are none.
    is_seen: bool,
    /// Whether the stores can be opened by him and closed again with nothing else to be found: they are his, there is room, and the key is there.
    is_firm: bool,
}

fn ground(config: &Config, report: &mut Report) -> Ground {
    let folder = folder::look(&config.data_dir);
    let key = key::look(config);
    report.add(folder::judge(&folder));
    report.add(key.iter().flat_map(key::judge));
    let is_own = matches!(folder.state, folder::State::There { access: Access::Full, owner: None, .. });
    let has_key = key.is_none_or(|key| matches!(key.state, key::State::There { is_key: true, .. }));
    Ground {
        is_seen: !matches!(
            folder.state,
            folder::State::Closed(_) | folder::State::There { access: Access::Denied, .. }
        ),
        is_firm: is_own && has_key && folder.has_room(),
    }
}

/// Where it listens, or is going to; while a process starts, stops or is stuck nothing is known of that.
fn listening(config: &Config, state: &process::State, report: &mut Report) {
    let faces = match state {
        process::State::Idle(_) => None,
        process::State::Runs(status) if status.faces.public.is_some() => Some(status.faces),
        _ => return,
    };
    report.add(listeners::judge(&listeners::look(config, faces)));
}

/// Schema, archive and notary of each tenant.
async fn databases(config: &Config, may_read: bool, now_ms: i64, report: &mut Report) {
    for (slug, tenant) in &config.tenants {
        let schema = admin::schema(&config.tenant_dir(slug)).await;
        let schema = schema.map_err(|error| format!("{:#}", anyhow::Error::new(error)));
        let is_read = may_read && database::Facts::is_of_this_build(&schema);
        let archive = if is_read {
            match staff::verify_end(config, slug, database::RECORDS).await {
                Ok(Ok(last)) => Archive::Whole(last),
                Ok(Err(fault)) => Archive::Faulty(fault.to_string()),
                Err(error) => Archive::Closed(format!("{error:#}")),
            }
        } else {
            Archive::LeftAlone
        };
        report.add_of(slug, database::judge(&database::Facts { schema, archive }));
        if is_read && tenant.notary.url.is_some() {
            let taken_ms = staff::heads_sent_at(config, slug).await.map_err(|error| format!("{error:#}"));
            let every_hours = i64::try_from(tenant.notary.every_hours).unwrap_or(i64::MAX);
            report.add_of(slug, [notary::judge(&notary::Facts { every_hours, taken_ms }, now_ms)]);
        }
    }
}

/// The addresses of each tenant. Gives the clocks of other machines that answered: whose, and how far ahead.
async fn origins(
    config: &Config,
    state: &process::State,
    context: &Context,
    outside: &Outside,
    report: &mut Report,
) -> Vec<(String, i64)> {
    let mut clocks = Vec::new();
    for (slug, tenant) in &config.tenants {
        let mut tenant = tenant.clone();
        // A port of 0 stands for the one that the running process got.
        if let Some(public) = state.running().and_then(|status| status.faces.public) {
            let console = state.running().and_then(|status| status.faces.console);
            tenant.origins.fill_ports(public.port(), console.map(|console| console.port()));
        }
        let expected = origins::Expected {
            public: tenant.origins.public.clone(),
            console: tenant.origins.console.clone(),
            server_name: tenant.server_name.clone(),
            listeners: [config.listeners.public, config.listeners.console.unwrap_or(config.listeners.public)],
            serves: state.serves(),
            now_ms: now_ms(context),
        };
        let has_service = config.consult.enabled && tenant.brand.is_some();
        let asked = origins::look(&tenant, has_service, outside).await;
        report.add_of(slug, origins::judge(&expected, &asked));
        let is_here = |address: &str| address.parse::<Origin>().is_ok_and(|origin| origin.is_loopback());
        let others = asked.into_iter().filter(|asked| !is_here(&asked.address));
        clocks.extend(others.filter_map(|asked| Some((asked.address, asked.answer.ok()?.ahead_ms?))));
    }
    clocks
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use consilium_homeserver::Context;

    use super::finding::Level;
    use super::{Told, examine};

    #[tokio::test]
    async fn a_configuration_that_is_refused_is_the_only_finding() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("consilium.toml");
        let report = examine(&file, Told::default(), &Context::system()).await;
        assert!(report.worst() == Level::Broken && report.text().contains("cannot be read"), "{}", report.text());
        std::fs::write(&file, "data_dirs = \"x\"").unwrap();
        let report = examine(&file, Told::default(), &Context::system()).await;
        assert!(report.text().contains("Did you mean `data_dir`?"), "{}", report.text());
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is made");
    }
}
