//! Reads a brand folder.

use std::path::{Path, PathBuf};

use thiserror::Error;

use super::Brand;

/// Why a brand folder was refused.
#[derive(Debug, Error)]
pub enum BrandError {
    /// `brand.toml` is absent or cannot be read.
    #[error("the brand file {path} cannot be read: give the folder that holds brand.toml")]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// `brand.toml` is not a brand.
    #[error("the brand file {path} is refused: {source}")]
    Parse {
        /// The file.
        path: PathBuf,
        /// Where and why.
        #[source]
        source: Box<toml::de::Error>,
    },
}

impl Brand {
    /// Reads and checks `<folder>/brand.toml`.
    pub fn load(folder: &Path) -> Result<Self, BrandError> {
        let path = folder.join("brand.toml");
        let text = std::fs::read_to_string(&path).map_err(|source| BrandError::Read { path: path.clone(), source })?;
        let mut brand: Self =
            toml::from_str(&text).map_err(|source| BrandError::Parse { path, source: Box::new(source) })?;
        folder.clone_into(&mut brand.folder);
        Ok(brand)
    }
}
