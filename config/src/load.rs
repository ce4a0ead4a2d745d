//! Reads the configuration: the file, then the environment over it, then the checks.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use figment::Figment;
use figment::error::Kind;
use figment::providers::{Format, Toml};
use thiserror::Error;

use crate::check::{Findings, list};
use crate::{Brand, Config, Problem, Secret, TenantSlug, env};

/// Why a configuration was refused.
#[derive(Debug, Error)]
pub enum ConfigError {
    /// A file is absent or cannot be read.
    #[error("{path}, named by {key}, cannot be read")]
    Read {
        /// Who names it: a key, or the command line.
        key: String,
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// Something in it is wrong.
    #[error("the configuration is refused:{}", list(.0))]
    Refused(Vec<Problem>),
    /// A tenant's brand is wrong.
    #[error("tenants.{slug}.brand: {source}")]
    Brand {
        /// Whose.
        slug: TenantSlug,
        /// Why.
        #[source]
        source: crate::brand::BrandError,
    },
}

impl Config {
    /// Reads and checks the file at `path`, with the environment of this process over it.
    pub fn load(path: &Path) -> Result<Self, ConfigError> {
        let text = read("--config", path)?;
        let base = path.parent().filter(|base| !base.as_os_str().is_empty()).unwrap_or(Path::new("."));
        Self::read(&text, base, std::env::vars())
    }

    /// Reads and checks `text`; relative paths, also those of `environment`, count from `base`.
    pub fn read(
        text: &str,
        base: &Path,
        environment: impl IntoIterator<Item = (String, String)>,
    ) -> Result<Self, ConfigError> {
        // Figment would name no line for a syntax error.
        toml::from_str::<toml::Table>(text).map_err(|error| syntax_error(&error))?;
        let settings = env::settings(environment).map_err(ConfigError::Refused)?;
        let figment = settings.into_iter().fold(Figment::from(Toml::string(text)), Figment::merge);
        let mut config: Self =
            figment.extract().map_err(|errors| ConfigError::Refused(errors.into_iter().map(explain).collect()))?;
        config.resolve_paths(base);
        let problems = config.problems();
        if !problems.is_empty() {
            return Err(ConfigError::Refused(problems));
        }
        config.read_secret_files()?;
        Ok(config)
    }

    /// Reads and checks the brand of every tenant that has one.
    pub fn load_brands(&self) -> Result<BTreeMap<TenantSlug, Brand>, ConfigError> {
        let with_brand = self.tenants.iter().filter_map(|(slug, tenant)| Some((slug, tenant.brand.as_ref()?)));
        with_brand
            .map(|(slug, folder)| match Brand::load(folder) {
                Ok(brand) => Ok((slug.clone(), brand)),
                Err(source) => Err(ConfigError::Brand { slug: slug.clone(), source }),
            })
            .collect()
    }

    fn read_secret_files(&mut self) -> Result<(), ConfigError> {
        for (slug, tenant) in &mut self.tenants {
            if let Some(path) = &tenant.registration.shared_secret_file {
                let key = format!("tenants.{slug}.registration.shared_secret_file");
                tenant.registration.shared_secret = Some(read_secret(&key, path)?);
            }
            if let Some(path) = &tenant.signer.key_file {
                tenant.signer.key = Some(read_outward_key(&format!("tenants.{slug}.signer.key_file"), path)?);
            }
            if let Some(path) = &tenant.notary.key_file {
                tenant.notary.key = Some(read_outward_key(&format!("tenants.{slug}.notary.key_file"), path)?);
            }
        }
        if let Some(path) = &self.calls.api_secret_file {
            self.calls.api_secret = Some(read_secret("calls.api_secret_file", path)?);
        }
        Ok(())
    }
}

/// The secret that a file holds.
fn read_secret(key: &str, path: &Path) -> Result<Secret, ConfigError> {
    let text = read(key, path)?;
    if text.trim().is_empty() {
        let mut found = Findings::default();
        found.add(key, "the file is empty", "Write the secret into it, or remove the key.");
        return Err(ConfigError::Refused(found.into_problems()));
    }
    Ok(Secret::new(text.trim()))
}

/// The key that a file holds, which must be as long as one that the configuration gives.
fn read_outward_key(key: &str, path: &Path) -> Result<Secret, ConfigError> {
    let secret = read_secret(key, path)?;
    let mut found = Findings::default();
    crate::outward::check_length(key, &secret, &mut found);
    let problems = found.into_problems();
    if problems.is_empty() { Ok(secret) } else { Err(ConfigError::Refused(problems)) }
}

fn read(key: &str, path: &Path) -> Result<String, ConfigError> {
    std::fs::read_to_string(path).map_err(|source| ConfigError::Read {
        key: key.to_owned(),
        path: path.to_owned(),
        source,
    })
}

fn syntax_error(error: &toml::de::Error) -> ConfigError {
    let mut found = Findings::default();
    found.add("the file", format!("it is not TOML: {}", error.to_string().trim_end()), "Correct the line.");
    ConfigError::Refused(found.into_problems())
}

/// A finding of the types, in our words.
fn explain(error: figment::Error) -> Problem {
    let mut path = error.path.clone();
    let (what, remedy) = match &error.kind {
        Kind::UnknownField(name, known) => {
            if path.last() != Some(name) {
                path.push(name.clone());
            }
            let remedy = match nearest(name, known) {
                Some(near) => format!("Did you mean `{near}`?"),
                None => format!("Known here: {}.", known.join(", ")),
            };
            ("it is unknown".to_owned(), remedy)
        }
        Kind::MissingField(name) => {
            path.push(name.to_string());
            ("it is missing".to_owned(), "Add it; config/REFERENCE.md says what it means.".to_owned())
        }
        Kind::UnknownVariant(value, known) => {
            (format!("`{value}` is not possible"), format!("Use one of: {}.", known.join(", ")))
        }
        Kind::InvalidType(_, expected) | Kind::InvalidValue(_, expected) => {
            ("the value is of the wrong kind".to_owned(), format!("It must be {expected}."))
        }
        Kind::Message(message) => (message.clone(), "See config/REFERENCE.md.".to_owned()),
        other => (other.to_string(), "See config/REFERENCE.md.".to_owned()),
    };
    let variable = error.metadata.as_ref().filter(|metadata| metadata.name.starts_with(env::PREFIX));
    let key = match variable {
        Some(metadata) => format!("{} (environment variable {})", path.join("."), metadata.name),
        None => path.join("."),
    };
    Problem::new(key, what, remedy)
}

/// The known name that a mistyped one most likely means.
pub(crate) fn nearest<'a>(name: &str, known: &[&'a str]) -> Option<&'a str> {
    let (distance, near) = known.iter().map(|known| (edits(name, known), *known)).min()?;
    (distance <= 1 + name.len() / 4).then_some(near)
}

/// Levenshtein distance.
fn edits(one: &str, two: &str) -> usize {
    let mut row: Vec<usize> = (0..=two.len()).collect();
    for (at, from) in one.bytes().enumerate() {
        let mut diagonal = row[0];
        row[0] = at + 1;
        for (to_at, to) in two.bytes().enumerate() {
            let change = diagonal + usize::from(from != to);
            diagonal = row[to_at + 1];
            row[to_at + 1] = change.min(row[to_at] + 1).min(diagonal + 1);
        }
    }
    row[two.len()]
}
