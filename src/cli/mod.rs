//! The command line: what can be said, and which file does it.

mod archive;
mod bridge;
mod demo;
mod dev;
mod doctor;
mod generate;
mod init;
mod media_server;
mod serve;
mod signals;
mod tenant;
mod user;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};

/// A white-label consultation messenger on Matrix: homeserver, consultation service and web apps in one binary.
#[derive(Debug, Parser)]
#[command(version, propagate_version = true)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Runs everything, or the parts that the configuration names, until SIGINT or SIGTERM.
    Serve(ConfigFile),
    /// Begins an installation of a partner's own: configuration, brand, the keeper's key, the first supervisor.
    Init(Box<init::Arguments>),
    /// Looks at an installation and says in words what is well, what is not, and what to do; ends with 0, with 1 after warnings, with 2 where it is broken.
    Doctor(doctor::Arguments),
    /// Runs a bare homeserver for people who develop Matrix clients: open registration, no rate limits, loopback only.
    Dev(dev::Arguments),
    /// Tenants of an installation.
    #[command(subcommand)]
    Tenant(tenant::Command),
    /// Accounts, and who of them works for the partner.
    #[command(subcommand)]
    User(user::Command),
    /// The archive of closed consultations.
    #[command(subcommand)]
    Archive(archive::Command),
    /// Bridges to other systems, each a process of its own.
    #[command(subcommand)]
    Bridge(bridge::Command),
    /// Runs the whole system with a demonstration brand and made-up people, for trying it out.
    Demo(demo::Arguments),
    /// Writes the files that are generated from the types.
    #[command(subcommand)]
    Gen(generate::Command),
}

/// The configuration file.
#[derive(Debug, Args)]
struct ConfigFile {
    /// The configuration file.
    #[arg(long, short, env = "CONSILIUM_CONFIG", default_value = "consilium.toml", value_name = "FILE")]
    config: PathBuf,
}

impl Arguments {
    /// Does what was asked, and gives what the process ends with.
    pub async fn run(self) -> anyhow::Result<ExitCode> {
        match self.command {
            Command::Doctor(arguments) => return doctor::run(arguments).await,
            Command::Serve(file) => serve::run(&file.config).await?,
            Command::Init(arguments) => init::run(*arguments).await?,
            Command::Dev(arguments) => dev::run(arguments).await?,
            Command::Tenant(command) => command.run()?,
            Command::User(command) => command.run().await?,
            Command::Archive(command) => command.run().await?,
            Command::Bridge(command) => command.run().await?,
            Command::Demo(arguments) => demo::run(arguments).await?,
            Command::Gen(command) => command.run()?,
        }
        Ok(ExitCode::SUCCESS)
    }
}
