//! Versions of texts that people agree to: what a version once said it says for ever, so that what somebody agreed to can be told from every other text.

use consilium_config::Brand;
use consilium_config::brand::{LegalDocument, Localized, Section};

use super::error::SettingsError;
use super::store;
use crate::api::types::FieldError;
use crate::store::Session;
use crate::tenant::Tenant;

/// Versions of a section that are read at once: each may be a megabyte of law.
const BATCH: u64 = 20;

/// A text under its version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Text<'a> {
    of: &'a str,
    version: &'a str,
    texts: Option<&'a Localized>,
    files: Option<&'a Localized>,
}

impl Text<'_> {
    fn is_version_of(&self, other: &Text<'_>) -> bool {
        self.of == other.of && self.version.trim() == other.version.trim()
    }

    fn says_the_same_as(&self, other: &Text<'_>) -> bool {
        self.texts == other.texts && self.files == other.files
    }
}

/// What was found of a version that is wanted.
#[derive(Debug, Clone, Copy, Default)]
struct Found {
    same: bool,
    another: bool,
}

/// Texts of a section that have versions.
fn texts_of<'a>(brand: &'a Brand, section: &Section) -> Vec<Text<'a>> {
    match section {
        Section::Legal => {
            let text = |document: &'a LegalDocument| Text {
                of: &document.id,
                version: &document.version,
                texts: document.texts.as_ref(),
                files: Some(&document.files),
            };
            brand.legal.iter().map(text).collect()
        }
        Section::CallbackForm => {
            let form = brand.callback_form.as_ref();
            let text = form.map(|form| Text {
                of: "form",
                version: &form.consent_version,
                texts: Some(&form.consent),
                files: None,
            });
            text.into_iter().collect()
        }
        _ => Vec::new(),
    }
}

/// Where a form shows what is wrong with a text's version.
fn field_of(section: &Section, text: &Text<'_>) -> String {
    match section {
        Section::CallbackForm => "form.consent_version".to_owned(),
        _ => format!("documents.{}.version", text.of),
    }
}

/// Refuses a version that stood for another text, in the console or in the brand folder. One that says again what it said may come back.
///
/// Errors: `VersionTaken`, `Store`.
pub(super) async fn check(
    session: &mut Session,
    tenant: &Tenant,
    section: &Section,
    (before, after): (&Brand, &Brand),
) -> Result<(), SettingsError> {
    let known = texts_of(before, section);
    let wanted: Vec<Text<'_>> = texts_of(after, section).into_iter().filter(|text| !known.contains(text)).collect();
    if wanted.is_empty() {
        return Ok(());
    }
    let mut found = vec![Found::default(); wanted.len()];
    note(&wanted, &mut found, &texts_of(&tenant.folder, section));
    let mut older = None;
    loop {
        let versions = store::history(session, section, older, BATCH).await?;
        let Some(last) = versions.last() else { break };
        older = Some(last.version);
        for content in versions.iter().flat_map(|version| [&version.content, &version.folder]).flatten() {
            // What cannot be read any more says nothing to anybody.
            let Ok(then) = after.with(section, Some(content)) else { continue };
            note(&wanted, &mut found, &texts_of(&then, section));
        }
    }
    let is_taken = |found: &Found| found.another && !found.same;
    let taken = wanted.iter().zip(&found).filter(|(_, found)| is_taken(found));
    let errors: Vec<FieldError> = taken.map(|(text, _)| refused(section, text)).collect();
    if errors.is_empty() { Ok(()) } else { Err(SettingsError::VersionTaken(errors)) }
}

fn note(wanted: &[Text<'_>], found: &mut [Found], then: &[Text<'_>]) {
    for (text, found) in wanted.iter().zip(found) {
        for was in then.iter().filter(|was| was.is_version_of(text)) {
            if was.says_the_same_as(text) {
                found.same = true;
            } else {
                found.another = true;
            }
        }
    }
}

fn refused(section: &Section, text: &Text<'_>) -> FieldError {
    let version = text.version.trim();
    let message = format!("Version `{version}` exists with another text: give this one a version of its own.");
    FieldError::new(field_of(section, text), message).code("version_taken").with("version", version)
}
