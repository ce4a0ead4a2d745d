//! `consilium user create|list|lock|unlock`: accounts, and who of them works for the partner. Beside a running system, or without one.

use std::collections::BTreeMap;
use std::io::{BufRead, IsTerminal, Write};

use anyhow::{Context as _, bail};
use clap::{Args, Subcommand, ValueEnum};
use consilium_config::{Config, TenantSlug};

use super::ConfigFile;
use crate::control::{Control, Made, NewAccount, UserClass};
use crate::staff::{self, NewMember, StaffRole};

/// Length of a password that nobody chose: 20 letters and digits are 119 bits.
pub const PASSWORD_LENGTH: usize = 20;

/// What can be done with accounts.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Makes an account; the password is the first line of standard input, an empty one asks for a random password.
    Create(Create),
    /// Prints the accounts, one a line: user id, role, since when.
    List(List),
    /// Locks an account: nothing can be done with it until it is unlocked, and who is in a call is taken out of it. Nothing is lost.
    Lock(Named),
    /// Unlocks an account; its sessions go on.
    Unlock(Named),
}

/// An account that is there.
#[derive(Debug, Args)]
pub struct Named {
    #[command(flatten)]
    file: ConfigFile,
    /// The user id, or its part before the colon.
    name: String,
    /// Tenant; may be left out where there is one only, or a default.
    #[arg(long, value_name = "SLUG")]
    tenant: Option<TenantSlug>,
}

/// A new account.
#[derive(Debug, Args)]
pub struct Create {
    #[command(flatten)]
    file: ConfigFile,
    /// The part of the user id before the colon.
    localpart: String,
    /// Tenant; may be left out where there is one only, or a default.
    #[arg(long, value_name = "SLUG")]
    tenant: Option<TenantSlug>,
    /// What the person is. `operator`, `supervisor` and `administrator` work for the partner; the first supervisor of all administers too.
    #[arg(long, value_enum, default_value_t = Role::Patient)]
    role: Role,
    /// Name to show.
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// Profession or post of a member of staff.
    #[arg(long, value_name = "TITLE")]
    title: Option<String>,
    /// Queue that a member of staff serves; may be given several times. Default: all.
    #[arg(long = "queue", value_name = "ID")]
    queues: Vec<String>,
    /// Makes a server administrator.
    #[arg(long)]
    admin: bool,
    /// The account is to try things out: it goes, with all that it did, when a supervisor removes the demonstration in the console.
    #[arg(long, conflicts_with = "admin")]
    demo: bool,
}

/// Which accounts.
#[derive(Debug, Args)]
pub struct List {
    #[command(flatten)]
    file: ConfigFile,
    /// Tenant; may be left out where there is one only, or a default.
    #[arg(long, value_name = "SLUG")]
    tenant: Option<TenantSlug>,
}

/// What a person is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Role {
    Patient,
    Operator,
    Supervisor,
    Administrator,
}

impl Command {
    /// Does what was asked.
    pub async fn run(self) -> anyhow::Result<()> {
        match self {
            Self::Create(create) => create.run().await,
            Self::List(list) => list.run().await,
            Self::Lock(named) => named.set_locked(true).await,
            Self::Unlock(named) => named.set_locked(false).await,
        }
    }
}

/// The tenant that is meant.
pub fn choose(config: &Config, asked: Option<TenantSlug>) -> anyhow::Result<TenantSlug> {
    let known = || config.tenants.keys().map(TenantSlug::as_str).collect::<Vec<_>>().join(", ");
    match asked.or_else(|| config.default_tenant.clone()) {
        Some(slug) if config.tenants.contains_key(&slug) => Ok(slug),
        Some(slug) => bail!("there is no tenant `{slug}`: use one of {}", known()),
        None => match config.tenants.keys().collect::<Vec<_>>().as_slice() {
            [only] => Ok((*only).clone()),
            _ => bail!("there are several tenants: say --tenant, one of {}", known()),
        },
    }
}

impl Create {
    async fn run(self) -> anyhow::Result<()> {
        let config = Config::load(&self.file.config)?;
        let slug = choose(&config, self.tenant.clone())?;
        if self.demo {
            staff::check_demo(&config, &slug)?;
        }
        if self.role != Role::Patient {
            staff::check_queues(&config, &slug, &self.queues)?;
        }
        let (password, chosen) = match read_password()? {
            password if password.is_empty() => {
                (consilium_homeserver::Context::system().random_token(PASSWORD_LENGTH), false)
            }
            password => (password, true),
        };
        let new = NewAccount {
            localpart: self.localpart.clone(),
            password,
            display_name: self.name.clone(),
            class: match self.role {
                Role::Patient if config.tenants[&slug].brand.is_some() => UserClass::Patient,
                Role::Patient => UserClass::Member,
                Role::Operator | Role::Supervisor | Role::Administrator => UserClass::Staff,
            },
            admin: self.admin,
        };
        let control = Control::open(&config).await?;
        let made = control.create_account(&slug, &new).await;
        control.close().await;
        let user_id = match made? {
            Made::New(account) => account.user_id,
            Made::Exists => bail!("the name `{}` is taken: choose another", self.localpart),
        };
        if self.demo {
            let marked = staff::mark_demo(&config, &slug, &user_id).await;
            marked.with_context(|| {
                format!(
                    "the account {user_id} is made, but it is not marked as one to try things out: delete it by hand"
                )
            })?;
        }
        self.join_staff(&config, &slug, &user_id).await?;
        let mut out = std::io::stdout().lock();
        if chosen {
            writeln!(out, "{user_id}")?;
        } else {
            writeln!(out, "{user_id}\npassword: {}", new.password)?;
        }
        Ok(())
    }

    async fn join_staff(&self, config: &Config, slug: &TenantSlug, user_id: &str) -> anyhow::Result<()> {
        let role = match self.role {
            Role::Patient => return Ok(()),
            Role::Operator => StaffRole::Operator,
            Role::Supervisor => StaffRole::Supervisor,
            Role::Administrator => StaffRole::Administrator,
        };
        let member = NewMember {
            user_id: user_id.to_owned(),
            name: self.name.clone().unwrap_or_else(|| self.localpart.clone()),
            title: self.title.clone(),
            role,
            queues: self.queues.clone(),
        };
        let joined = staff::create(config, slug, member).await;
        joined.with_context(|| format!("the account {user_id} is made, but it is no member of staff yet"))?;
        Ok(())
    }
}

impl Named {
    async fn set_locked(self, locked: bool) -> anyhow::Result<()> {
        let config = Config::load(&self.file.config)?;
        let slug = choose(&config, self.tenant)?;
        let control = Control::open(&config).await?;
        let done = control.set_locked(&slug, &self.name, locked).await;
        control.close().await;
        writeln!(std::io::stdout().lock(), "{} is {}", done?, if locked { "locked" } else { "unlocked" })?;
        Ok(())
    }
}

impl List {
    async fn run(self) -> anyhow::Result<()> {
        let config = Config::load(&self.file.config)?;
        let slug = choose(&config, self.tenant)?;
        let control = Control::open(&config).await?;
        let accounts = control.accounts(&slug).await;
        control.close().await;
        let roles = staff::roles(&config, &slug).await?;
        // A tenant without a brand has no desk, and nothing to try out.
        let is_desk = config.tenants[&slug].brand.is_some();
        let demo = if is_desk { staff::demo_accounts(&config, &slug).await? } else { BTreeMap::new() };
        let mut out = std::io::stdout().lock();
        for account in accounts? {
            let role = roles.get(&account.user_id).map_or(
                match account.class {
                    UserClass::Member => "member",
                    UserClass::Patient => "patient",
                    UserClass::Staff => "staff",
                    UserClass::Service => "service",
                },
                |role| role,
            );
            let since =
                i64::try_from(account.created_ms).ok().and_then(|ms| jiff::Timestamp::from_millisecond(ms).ok());
            let since = since.map_or_else(|| "-".to_owned(), |since| since.strftime("%Y-%m-%d").to_string());
            let marks = [
                (account.admin, " admin"),
                (demo.contains_key(&account.user_id), " demo"),
                (account.deactivated, " deactivated"),
                (account.locked, " locked"),
            ];
            let marks: String = marks.into_iter().filter(|(set, _)| *set).map(|(_, mark)| mark).collect();
            writeln!(out, "{}\t{role}{marks}\t{since}", account.user_id)?;
        }
        Ok(())
    }
}

/// The first line of standard input.
fn read_password() -> anyhow::Result<String> {
    let stdin = std::io::stdin();
    if stdin.is_terminal() {
        eprint!("Password (you see what you type; empty: a random one): ");
    }
    let mut line = String::new();
    stdin.lock().read_line(&mut line).context("standard input cannot be read")?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}
