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
}

/// Where to write.
#[derive(Debug, Args)]
pub struct Target {
    /// Root of the repository.
    #[arg(long, default_value = ".", value_name = "FOLDER")]
    root: PathBuf,
}

impl Command {
    /// Does what was asked.
    pub fn run(self) -> anyhow::Result<()> {
        match self {
            Self::Config(target) => {
                for file in reference::files() {
                    let path = target.root.join("config").join(file.path);
                    std::fs::write(&path, file.content)
                        .with_context(|| format!("{} cannot be written", path.display()))?;
                }
                Ok(())
            }
        }
    }
}
