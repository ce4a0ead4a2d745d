//! `consilium tenant create|list`: the tenants of a configuration file.
//!
//! The file is the only truth about tenants: `create` adds a section to its end, after the whole of it was checked as if it stood there. A running
//! server reads it at its next start.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use clap::{Args, Subcommand};
use consilium_config::brand::Brand;
use consilium_config::{Config, Origin, TenantSlug};

use super::ConfigFile;

/// What can be done with tenants.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Adds a tenant to the configuration file.
    Create(Create),
    /// Prints the tenants, one a line: slug, server name, origin, brand.
    List(ConfigFile),
}

/// A new tenant.
#[derive(Debug, Args)]
pub struct Create {
    #[command(flatten)]
    file: ConfigFile,
    /// Short name: folder, environment variable, log field.
    slug: TenantSlug,
    /// Matrix server name, the part of user ids after the colon; it cannot change later.
    #[arg(long, value_name = "NAME")]
    server_name: String,
    /// Address of patients' app and APIs, such as <https://clinic.example>.
    #[arg(long, value_name = "ORIGIN")]
    public: Origin,
    /// Address of the console.
    #[arg(long, value_name = "ORIGIN")]
    console: Option<Origin>,
    /// Brand folder; a relative path counts from the configuration file.
    #[arg(long, value_name = "FOLDER")]
    brand: Option<PathBuf>,
}

impl Command {
    /// Does what was asked.
    pub fn run(self) -> anyhow::Result<()> {
        match self {
            Self::Create(create) => create.run(),
            Self::List(file) => list(&file.config),
        }
    }
}

fn list(file: &Path) -> anyhow::Result<()> {
    let config = Config::load(file)?;
    let mut out = String::new();
    for (slug, tenant) in &config.tenants {
        let brand = tenant.brand.as_ref().map_or_else(|| "-".to_owned(), |brand| brand.display().to_string());
        let _ = writeln!(out, "{slug}\t{}\t{}\t{brand}", tenant.server_name, tenant.origins.public);
    }
    std::io::stdout().write_all(out.as_bytes()).context("standard output cannot be written")
}

impl Create {
    fn run(self) -> anyhow::Result<()> {
        let file = &self.file.config;
        let before = std::fs::read_to_string(file).with_context(|| format!("{} cannot be read", file.display()))?;
        let base = file.parent().filter(|base| !base.as_os_str().is_empty()).unwrap_or(Path::new("."));
        if toml::from_str::<toml::Table>(&before)?
            .get("tenants")
            .is_some_and(|tenants| tenants.get(self.slug.as_str()).is_some())
        {
            bail!("the tenant `{}` exists already: choose another slug, or edit {}", self.slug, file.display());
        }
        let after = format!("{}{}", before, self.section());
        let config = Config::read(&after, base, std::env::vars())?;
        if let Some(folder) = &config.tenants[&self.slug].brand {
            Brand::load(folder)?;
        }
        replace(file, &after)?;
        println!("added tenant `{}` to {}; it is served after the next start", self.slug, file.display());
        Ok(())
    }

    /// The section as TOML.
    fn section(&self) -> String {
        let text = |text: &str| toml::Value::from(text).to_string();
        let mut section = format!("\n[tenants.{}]\nserver_name = {}\n", self.slug, text(&self.server_name));
        if let Some(brand) = &self.brand {
            let _ = writeln!(section, "brand = {}", text(&brand.to_string_lossy()));
        }
        let _ = write!(section, "\n[tenants.{}.origins]\npublic = {}\n", self.slug, text(self.public.as_str()));
        if let Some(console) = &self.console {
            let _ = writeln!(section, "console = {}", text(console.as_str()));
        }
        section
    }
}

/// Writes the file beside itself and moves it there, so that it is whole at any moment.
fn replace(file: &Path, content: &str) -> anyhow::Result<()> {
    let beside = file.with_extension("toml.new");
    let write = || -> std::io::Result<()> {
        let mut new = std::fs::File::create(&beside)?;
        new.write_all(content.as_bytes())?;
        new.set_permissions(std::fs::metadata(file)?.permissions())?;
        new.sync_all()?;
        std::fs::rename(&beside, file)
    };
    write().with_context(|| format!("{} cannot be written", file.display()))
}
