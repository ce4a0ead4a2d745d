//! Reads a brand folder: `brand.toml`, and its own legal profiles.

use std::path::{Path, PathBuf};

use thiserror::Error;

use super::{Brand, law};
use crate::check::Problem;

/// Why a brand folder was refused.
#[derive(Debug, Error)]
pub enum BrandError {
    /// `brand.toml` is absent or cannot be read.
    #[error("{path} cannot be read: name a folder that holds brand.toml")]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// A legal profile of the folder cannot be read.
    #[error("{path} cannot be read: it has to hold legal profiles, as files that end in .toml")]
    Profile {
        /// The file or folder.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// `brand.toml`, or a legal profile, has the wrong shape: an unknown key, a wrong value, a syntax error.
    #[error("{path} is refused: {source}")]
    Parse {
        /// The file.
        path: PathBuf,
        /// Where and why.
        #[source]
        source: Box<toml::de::Error>,
    },
    /// `brand.toml` contradicts itself or its folder.
    #[error("{path} is refused:{}", crate::check::list(problems))]
    Refused {
        /// The file.
        path: PathBuf,
        /// Everything that is wrong.
        problems: Vec<Problem>,
    },
}

impl Brand {
    /// Reads and checks `<folder>/brand.toml`, with the legal profiles beside it.
    pub fn load(folder: &Path) -> Result<Self, BrandError> {
        let path = folder.join("brand.toml");
        let text = std::fs::read_to_string(&path).map_err(|source| BrandError::Read { path: path.clone(), source })?;
        let mut brand: Self = match toml::from_str(&text) {
            Ok(brand) => brand,
            Err(source) => return Err(BrandError::Parse { path, source: Box::new(source) }),
        };
        folder.clone_into(&mut brand.folder);
        brand.legal_profiles = law::read(folder)?;
        let problems = brand.problems();
        if problems.is_empty() { Ok(brand) } else { Err(BrandError::Refused { path, problems }) }
    }
}
