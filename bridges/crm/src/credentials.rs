//! The values of secrets, read once at the start from where the mapping says they stand.

use std::collections::BTreeMap;

use consilium_appservice::Secret;
use consilium_config::Problem;

use crate::config::{Auth, Config, SecretSource};
use crate::signature::WebhookSecret;

/// Largest secret. Unit: bytes.
const SECRET_BYTES_MAX: usize = 16 * 1024;

/// All secrets of a mapping.
pub(crate) struct Credentials {
    /// Of Consilium's webhook, the present one first.
    pub(crate) webhook: Vec<WebhookSecret>,
    /// Consilium's API key.
    pub(crate) key: Option<Secret>,
    /// The token, password or value for the CRM.
    pub(crate) crm: Option<Secret>,
    /// What proves the CRM's own requests, by name.
    pub(crate) from_crm: BTreeMap<String, Secret>,
}

impl Credentials {
    /// Reads them.
    ///
    /// Errors: each secret that is not there, by its key.
    pub(crate) fn read(config: &Config) -> Result<Self, Vec<Problem>> {
        let mut reader = Reader { problems: Vec::new() };
        let consilium = &config.consilium;
        let mut webhook = vec![reader.webhook("consilium.webhook_secret", &consilium.webhook_secret)];
        if let Some(former) = &consilium.former_webhook_secret {
            webhook.push(reader.webhook("consilium.former_webhook_secret", former));
        }
        let key = consilium.key.as_ref().and_then(|source| reader.secret("consilium.key", source));
        let crm = config.crm.auth.as_ref().and_then(|auth| match auth {
            Auth::Bearer { token } => reader.secret("crm.auth.token", token),
            Auth::Basic { password, .. } => reader.secret("crm.auth.password", password),
            Auth::Header { value, .. } => reader.secret("crm.auth.value", value),
        });
        let named = config.from_crm.iter();
        let from_crm = named.filter_map(|(name, from)| {
            let key = format!("from_crm.{name}.proof.secret");
            Some((name.clone(), reader.secret(&key, &from.proof.secret)?))
        });
        let from_crm = from_crm.collect();
        if !reader.problems.is_empty() {
            return Err(reader.problems);
        }
        Ok(Self { webhook: webhook.into_iter().flatten().collect(), key, crm, from_crm })
    }
}

struct Reader {
    problems: Vec<Problem>,
}

impl Reader {
    fn webhook(&mut self, key: &str, source: &SecretSource) -> Option<WebhookSecret> {
        let secret = self.secret(key, source)?;
        let parsed = WebhookSecret::parse(&secret);
        if parsed.is_none() {
            self.add(key, "it is no webhook secret", "Give the whole text that the console showed, `whsec_` included");
        }
        parsed
    }

    fn secret(&mut self, key: &str, source: &SecretSource) -> Option<Secret> {
        let (text, place) = match (&source.env, &source.file) {
            (Some(name), None) => (std::env::var(name).ok(), format!("environment variable {name}")),
            (None, Some(file)) => (std::fs::read_to_string(file).ok(), format!("file {}", file.display())),
            // `check.rs` has said so.
            _ => return None,
        };
        let Some(text) = text else {
            self.add(key, format!("{place} is not there or cannot be read"), "Put the secret there, and nothing else");
            return None;
        };
        let trimmed = text.trim();
        let is_sound =
            !trimmed.is_empty() && trimmed.len() <= SECRET_BYTES_MAX && !trimmed.chars().any(char::is_control);
        if !is_sound {
            self.add(key, format!("{place} holds no secret"), "Put the secret there, on one line, and nothing else");
            return None;
        }
        Some(Secret::new(trimmed))
    }

    fn add(&mut self, key: &str, what: impl Into<String>, remedy: &str) {
        self.problems.push(Problem::new(key, what, remedy));
    }
}
