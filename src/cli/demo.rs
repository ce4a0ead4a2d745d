//! `consilium demo`: the whole system with a demonstration brand and invented people, on this machine only. `make run` builds and calls it.
//!
//! Everything it makes is in two folders: `--folder` (configuration, passwords, data) and `--keys` (the keeper's key). Deleting both deletes the
//! demonstration. The configuration is written anew at each start.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::net::SocketAddr;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context as _, bail};
use clap::Args;
use consilium_config::brand::{Brand, PublicApp};
use consilium_config::{Config, TenantSlug};
use consilium_homeserver::Context;
use serde::Deserialize;

use super::doctor::Installed;
use super::media_server::{MediaServer, Plan};
use super::signals::{self, Signals};
use super::user;
use crate::control::{Control, Made, NewAccount, UserClass};
use crate::staff::{self, NewMember, StaffRole};
use crate::system::System;
use crate::{logging, web};

/// What `consilium demo` is told.
#[derive(Debug, Args)]
pub struct Arguments {
    /// Folder of configuration, passwords and data; made where it is missing.
    #[arg(long, default_value = "consilium-demo", value_name = "FOLDER")]
    folder: PathBuf,
    /// Folder of the keeper's key, outside of `--folder`.
    #[arg(long, default_value = "consilium-demo-keys", value_name = "FOLDER")]
    keys: PathBuf,
    /// Brand folder, with `brand.toml` and `demo.toml` in it.
    #[arg(long, value_name = "FOLDER")]
    brand: PathBuf,
    /// The media server for calls, a livekit-server; it is started and stopped with the demonstration. Without it calls are unavailable.
    #[arg(long, value_name = "FILE")]
    livekit: Option<PathBuf>,
    /// Builds the media server where it is missing, called with the name of the file to write. The demonstration runs meanwhile, and says when calls work.
    #[arg(long, value_name = "SCRIPT", requires = "livekit")]
    livekit_build: Option<PathBuf>,
    /// Address of the patients' app and the APIs; loopback only.
    #[arg(long, default_value = "127.0.0.1:8008", value_name = "ADDRESS")]
    public: SocketAddr,
    /// Address of the console; loopback only.
    #[arg(long, default_value = "127.0.0.1:8009", value_name = "ADDRESS")]
    console: SocketAddr,
}

/// Invented people.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct People {
    people: Vec<Person>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Person {
    localpart: String,
    role: Role,
    name: String,
    title: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Role {
    Patient,
    Operator,
    Supervisor,
    Administrator,
}

/// Runs until a signal.
pub async fn run(arguments: Arguments) -> anyhow::Result<()> {
    if !arguments.public.ip().is_loopback() || !arguments.console.ip().is_loopback() {
        bail!(
            "a demonstration is for this machine only: use loopback addresses, or `consilium serve` for a real installation"
        );
    }
    let brand = Brand::load(&std::path::absolute(&arguments.brand)?)?;
    let people = people(&brand)?;
    let folder = std::path::absolute(&arguments.folder)?;
    std::fs::create_dir_all(&folder).with_context(|| format!("{} cannot be made", folder.display()))?;
    let passwords = passwords(&folder, &people)?;
    let plan = arguments.livekit.as_deref().map(|binary| Plan::make(binary, &folder)).transpose()?;
    let comes = plan.as_ref().filter(|plan| !plan.is_built()).zip(arguments.livekit_build.as_deref());
    let mut media = match &plan {
        Some(plan) if comes.is_none() => Some(plan.start().await?),
        _ => None,
    };
    let file = write_config(&folder, &brand, &arguments, plan.as_ref())?;
    let config = Config::load(&file)?;
    logging::start(&config.log)?;

    let slug: TenantSlug = brand.id.parse().map_err(anyhow::Error::msg)?;
    let doctor = Arc::new(Installed::new(&file, &config)?);
    let system = System::start(config.clone(), Some(doctor)).await?;
    let gone = match settle(&config, &slug, &people, &passwords).await {
        Ok(gone) => gone,
        Err(error) => {
            system.stop().await;
            return Err(error.context("the demonstration's people cannot be made"));
        }
    };
    let signals = signals::listen()?;
    let people: Vec<Person> = people.into_iter().filter(|person| !gone.contains(&person.localpart)).collect();
    print(&brand, &config, &system, &people, &passwords, comes.is_some())?;
    match comes {
        Some((plan, script)) => media = build_meanwhile(plan, script, signals).await,
        None => signals.wait().await,
    }
    println!("\nStopping.");
    system.stop().await;
    if let Some(media) = media {
        media.stop().await;
    }
    Ok(())
}

/// Builds the media server and starts it while the system runs, says how that went, and returns at a signal with what runs then.
async fn build_meanwhile(plan: &Plan, script: &Path, signals: Signals) -> Option<MediaServer> {
    let stop = signals.wait();
    tokio::pin!(stop);
    let start = async {
        plan.build(script).await?;
        plan.start().await
    };
    let media = tokio::select! {
        () = &mut stop => return None,
        started = start => started,
    };
    match &media {
        Ok(_) => println!("\nCalls work now: the media server is built."),
        Err(error) => println!("\nCalls stay unavailable: the media server did not come. {error:#}."),
    }
    stop.await;
    media.ok()
}

fn people(brand: &Brand) -> anyhow::Result<Vec<Person>> {
    let path = brand.folder.join("demo.toml");
    let text = std::fs::read_to_string(&path).with_context(|| format!("{} cannot be read", path.display()))?;
    let people: People = toml::from_str(&text).with_context(|| format!("{} is refused", path.display()))?;
    Ok(people.people)
}

/// Passwords by name: those of the first run, and new ones for people who are new. Written before the accounts are made, so that none is lost.
fn passwords(folder: &Path, people: &[Person]) -> anyhow::Result<BTreeMap<String, String>> {
    let path = folder.join("passwords.json");
    let failed = || format!("{} cannot be read or written", path.display());
    let mut passwords: BTreeMap<String, String> = match std::fs::read(&path) {
        Ok(text) => serde_json::from_slice(&text).with_context(failed)?,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => BTreeMap::new(),
        Err(error) => return Err(error).with_context(failed),
    };
    let context = Context::system();
    for person in people {
        passwords.entry(person.localpart.clone()).or_insert_with(|| context.random_token(user::PASSWORD_LENGTH));
    }
    let write = || -> std::io::Result<()> {
        let mut file = std::fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&path)?;
        file.write_all(&serde_json::to_vec_pretty(&passwords)?)?;
        file.sync_all()
    };
    write().with_context(failed)?;
    Ok(passwords)
}

fn write_config(folder: &Path, brand: &Brand, arguments: &Arguments, media: Option<&Plan>) -> anyhow::Result<PathBuf> {
    let text = |text: &str| toml::Value::from(text).to_string();
    let keys = std::path::absolute(&arguments.keys)?;
    let config = format!(
        "# The demonstration. Written anew by `consilium demo` at each start; copy it to begin an installation of your own.\n\
         data_dir = \"data\"\n\
         default_tenant = {slug}\n\n\
         [listeners]\npublic = \"{public}\"\nconsole = \"{console}\"\n\n\
         [consult]\nkeeper_key_file = {key}\n\n\
         [log]\nfilter = \"warn\"\nformat = \"text\"\n\n\
         [tenants.{id}]\nserver_name = \"{id}.localhost\"\nbrand = {folder}\n\n\
         [tenants.{id}.origins]\npublic = \"http://{public}\"\nconsole = \"http://{console}\"\n\n\
         [tenants.{id}.registration]\npolicy = \"{policy}\"\n",
        id = brand.id,
        slug = text(&brand.id),
        public = arguments.public,
        console = arguments.console,
        key = text(&keys.join("keeper.key").to_string_lossy()),
        folder = text(&brand.folder.to_string_lossy()),
        policy = if brand.features.registration { "open" } else { "closed" },
    );
    let config = config + media.map(Plan::settings).unwrap_or_default().as_str();
    let file = folder.join("consilium.toml");
    std::fs::write(&file, config).with_context(|| format!("{} cannot be written", file.display()))?;
    Ok(file)
}

/// Makes the people who are not there yet. Gives the names of those who were removed in the console: they stay so.
async fn settle(
    config: &Config,
    slug: &TenantSlug,
    people: &[Person],
    passwords: &BTreeMap<String, String>,
) -> anyhow::Result<BTreeSet<String>> {
    let gone = gone(config, slug).await?;
    let control = Control::open(config).await?;
    let server_name = &config.tenants[slug].server_name;
    for person in people.iter().filter(|person| !gone.contains(&person.localpart)) {
        let new = NewAccount {
            localpart: person.localpart.clone(),
            password: passwords[&person.localpart].clone(),
            display_name: Some(person.name.clone()),
            class: if person.role == Role::Patient { UserClass::Patient } else { UserClass::Staff },
            admin: false,
        };
        // Who is there already keeps his password of the first run.
        if let Made::New(account) = control.create_account(slug, &new).await? {
            staff::mark_demo(config, slug, &account.user_id).await?;
        }
        let role = match person.role {
            Role::Patient => continue,
            Role::Operator => StaffRole::Operator,
            Role::Supervisor => StaffRole::Supervisor,
            Role::Administrator => StaffRole::Administrator,
        };
        let user_id = format!("@{}:{server_name}", person.localpart);
        let (name, title) = (person.name.clone(), person.title.clone());
        staff::create(config, slug, NewMember { user_id, name, title, role, queues: Vec::new() }).await?;
    }
    control.close().await;
    Ok(gone)
}

/// Names of those who were removed in the console.
async fn gone(config: &Config, slug: &TenantSlug) -> anyhow::Result<BTreeSet<String>> {
    let server_name = &config.tenants[slug].server_name;
    let localpart =
        |user_id: &str| user_id.strip_prefix('@')?.strip_suffix(&format!(":{server_name}")).map(str::to_owned);
    let accounts = staff::demo_accounts(config, slug).await?;
    Ok(accounts.iter().filter(|(_, has_ended)| **has_ended).filter_map(|(user, _)| localpart(user)).collect())
}

fn print(
    brand: &Brand,
    config: &Config,
    system: &System,
    people: &[Person],
    passwords: &BTreeMap<String, String>,
    calls_come: bool,
) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    let name = brand.name.get(&brand.default_language, &brand.default_language);
    writeln!(out, "\nConsilium runs as {name} ({}).\n", brand.id)?;
    writeln!(out, "  Patients' app   http://{}", system.public)?;
    if let Some(console) = system.console {
        writeln!(out, "  Console         http://{console}")?;
    }
    writeln!(out, "  APIs            http://{0}/_matrix/  http://{0}/_consilium/v1/openapi.json\n", system.public)?;
    if people.is_empty() {
        writeln!(out, "  The invented people were removed in the console: sign in with an account of your own.")?;
    } else {
        writeln!(out, "  Sign in as      user        password")?;
    }
    for person in people {
        let role = match person.role {
            Role::Patient => "patient",
            Role::Operator => "operator",
            Role::Supervisor => "supervisor",
            Role::Administrator => "administrator",
        };
        writeln!(out, "  {role:<14}  {:<10}  {}", person.localpart, passwords[&person.localpart])?;
    }
    writeln!(out, "\nNot available, and why:")?;
    for (app, what) in [(PublicApp::Patient, "patients' app"), (PublicApp::Console, "console")] {
        if !web::is_built(app) {
            writeln!(out, "  {what}: this binary was built without it; `make build` builds it")?;
        }
    }
    if config.calls.livekit_url.is_none() {
        writeln!(out, "  calls: no media server; `make run` builds one where Go is there, and --livekit names one")?;
    } else if calls_come {
        writeln!(
            out,
            "  calls: the media server is still being built, for two to five minutes; a line here says when they work"
        )?;
    }
    out.write_all(ABSENT.as_bytes())?;
    let key = config.consult.keeper_key_file.as_deref().unwrap_or(Path::new("-"));
    writeln!(
        out,
        "\nData: {}. The key that opens it: {}.\nCtrl-C stops everything.",
        config.data_dir.display(),
        key.display()
    )?;
    out.flush()?;
    Ok(())
}

/// What the product does not do yet.
const ABSENT: &str = "  \
  sign-in by code: no SMS or e-mail provider is connected; passwords stand in for codes
  notifications to a closed app: push is not built yet
  payments: prices are shown, nothing is paid
  other Matrix servers: federation is not built yet
";
