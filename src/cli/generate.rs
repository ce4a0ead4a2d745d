//! `consilium gen`: writes the files that are generated from the types. `make gen` calls it.

use std::path::PathBuf;

use anyhow::Context as _;
use clap::{Args, Subcommand};
use consilium_config::reference;

/// What can be generated.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Example files, JSON Schemas and REFERENCE.md of the configuration.
    Config(Target),
    /// The consultation API's OpenAPI document, for the apps.
    Openapi(Target),
}

/// Where to write.
#[derive(Debug, Args)]
pub struct Target {
    /// Root of the repository.
    #[arg(long, default_value = ".", value_name = "FOLDER")]
    root: PathBuf,
}

impl Target {
    fn write(&self, path: &str, content: &str) -> anyhow::Result<()> {
        let path = self.root.join(path);
        std::fs::write(&path, content).with_context(|| format!("{} cannot be written", path.display()))
    }
}

impl Command {
    /// Does what was asked.
    pub fn run(self) -> anyhow::Result<()> {
        match self {
            Self::Config(target) => reference::files()
                .iter()
                .try_for_each(|file| target.write(&format!("config/{}", file.path), &file.content)),
            Self::Openapi(target) => target.write("clients/kit/api/openapi.json", &consilium_consult::openapi_json()),
        }
    }
}
