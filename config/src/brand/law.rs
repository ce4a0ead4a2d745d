//! Legal profiles: what the law of a country demands of a brand. Each is a file: some come with the program (`config/legal-profiles/`), a brand adds its own in
//! `legal-profiles/` of its folder.
//!
//! What one group of subjects holds may stand in one consent; what different groups hold stands apart. Whether the texts are good is for the partner's lawyer to
//! say.
//!
//! Deliberately absent: changing a profile that comes with the program. Whoever keeps another law gives his a name of its own, so that `ru` is the same everywhere.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use serde::Deserialize;

use super::load::BrandError;
use super::{Brand, ConsentSubject, Localized};
use crate::check::{Findings, is_slug};

/// Where a brand's own profiles lie in its folder.
pub const LEGAL_PROFILES: &str = "legal-profiles";
/// The profile that demands nothing.
const NO_LAW: &str = "none";
/// A brand keeps one law, and may have a few at hand.
const PROFILES_MAX: usize = 20;
/// Acts and articles stand in a line or two. Unit: characters.
const SOURCE_CHARACTERS_MAX: usize = 400;
/// A name stands in a menu. Unit: characters.
const NAME_CHARACTERS_MAX: usize = 80;

/// Those that come with the program, in the order of the menu.
static BUILT_IN: LazyLock<Vec<LegalProfile>> = LazyLock::new(|| {
    [
        (NO_LAW, include_str!("../../legal-profiles/none.toml")),
        ("ru", include_str!("../../legal-profiles/ru.toml")),
        ("eu", include_str!("../../legal-profiles/eu.toml")),
    ]
    .map(|(id, text)| named(id, text).expect("a profile that comes with the program is read by a test"))
    .into()
});

/// What the law of a country demands.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LegalProfile {
    /// The file's name without its ending, by which `legal_profile` names it.
    #[serde(skip)]
    pub id: String,
    /// Its name, by language.
    pub name: Localized,
    /// The acts that it follows, by language. Default: it says none.
    #[serde(default)]
    pub source: Option<Localized>,
    /// What required consents have to cover, by what may stand in one consent. Default: nothing.
    #[serde(default)]
    pub consents: Vec<ConsentGroup>,
    /// Ids of the legal documents that there have to be. Default: none.
    #[serde(default)]
    pub documents: Vec<String>,
}

/// What may stand in one consent.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConsentGroup {
    /// The subjects.
    pub covers: Vec<ConsentSubject>,
}

impl LegalProfile {
    /// Everything that required consents have to cover.
    pub(super) fn subjects(&self) -> impl Iterator<Item = ConsentSubject> {
        self.consents.iter().flat_map(|group| group.covers.iter().copied())
    }

    /// Whether it wants consents of their own for some of these.
    pub(super) fn keeps_apart(&self, subjects: &[ConsentSubject]) -> bool {
        let touched = |group: &&ConsentGroup| group.covers.iter().any(|subject| subjects.contains(subject));
        self.consents.iter().filter(touched).count() > 1
    }
}

/// What a brand says that names no profile.
pub(super) fn none() -> String {
    NO_LAW.to_owned()
}

fn named(id: &str, text: &str) -> Result<LegalProfile, toml::de::Error> {
    Ok(LegalProfile { id: id.to_owned(), ..toml::from_str(text)? })
}

/// The profiles in a brand's folder, by their names.
pub(super) fn read(brand: &Path) -> Result<Vec<LegalProfile>, BrandError> {
    let folder = brand.join(LEGAL_PROFILES);
    let entries = match std::fs::read_dir(&folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(source) => return Err(BrandError::Profile { path: folder, source }),
    };
    let files: Result<Vec<PathBuf>, std::io::Error> = entries.map(|entry| Ok(entry?.path())).collect();
    let mut files = files.map_err(|source| BrandError::Profile { path: folder, source })?;
    files.retain(|file| file.extension().is_some_and(|ending| ending == "toml"));
    files.sort();
    files.into_iter().map(read_one).collect()
}

fn read_one(path: PathBuf) -> Result<LegalProfile, BrandError> {
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(source) => return Err(BrandError::Profile { path, source }),
    };
    let id = path.file_stem().map(|id| id.to_string_lossy().into_owned()).unwrap_or_default();
    named(&id, &text).map_err(|source| BrandError::Parse { path, source: Box::new(source) })
}

impl Brand {
    /// The profiles that `legal_profile` can name: those that come with the program, then the brand's own.
    pub fn laws(&self) -> impl Iterator<Item = &LegalProfile> {
        BUILT_IN.iter().chain(&self.legal_profiles)
    }

    /// The profile that it keeps; `None`: it names one that there is not.
    pub fn law(&self) -> Option<&LegalProfile> {
        self.laws().find(|profile| profile.id == self.legal_profile)
    }

    /// Whether it says which law it keeps.
    pub fn names_law(&self) -> bool {
        self.legal_profile != NO_LAW
    }

    /// Whether the brand does what its profile demands.
    pub(super) fn check_law(&self, found: &mut Findings) {
        let Some(profile) = self.law() else {
            let known: Vec<_> = self.laws().map(|profile| format!("`{}`", profile.id)).collect();
            let what = format!("there is no legal profile `{}`", self.legal_profile);
            let file = format!("{LEGAL_PROFILES}/{}.toml", self.legal_profile);
            let remedy = format!("Name one of {}, or add {file} to the brand folder.", known.join(", "));
            found.refuse("legal_profile", what, remedy).code("no_legal_profile").with("name", &self.legal_profile);
            return;
        };
        self.check_demanded_consents(profile, found);
        for document in profile.documents.iter().filter(|id| self.legal.iter().all(|document| document.id != **id)) {
            let what = format!("`{}` demands a legal document `{document}`", profile.id);
            let remedy = format!("Add [[legal]] with `id = \"{document}\"`.");
            found.refuse("legal_profile", what, remedy).code("profile_document").with("document", document);
        }
    }

    /// Whether its own profiles can be kept at all.
    pub(super) fn check_own_laws(&self, found: &mut Findings) {
        let mut ids: BTreeSet<&str> = BUILT_IN.iter().map(|profile| profile.id.as_str()).collect();
        for profile in &self.legal_profiles {
            let file = format!("{LEGAL_PROFILES}/{}.toml", profile.id);
            if !is_slug(&profile.id) {
                found.add(&file, "its name is not a short name", "Use 1 to 32 of a-z, 0-9 and -, a letter first.");
            } else if !ids.insert(&profile.id) {
                let what = format!("`{}` comes with the program", profile.id);
                found.add(&file, what, "Give yours a name of its own, and name it in `legal_profile`.");
            }
            self.check_own_law(&file, profile, found);
        }
        if self.legal_profiles.len() > PROFILES_MAX {
            let what = format!("there are more than {PROFILES_MAX} profiles");
            found.add(LEGAL_PROFILES, what, "Keep those that the brand may go by.");
        }
    }

    fn check_own_law(&self, file: &str, profile: &LegalProfile, found: &mut Findings) {
        let key = |name: &str| format!("{file}: {name}");
        self.check_localized(&key("name"), &profile.name, found);
        Self::check_length(&key("name"), &profile.name, NAME_CHARACTERS_MAX, found);
        if let Some(source) = &profile.source {
            self.check_localized(&key("source"), source, found);
            Self::check_length(&key("source"), source, SOURCE_CHARACTERS_MAX, found);
        }
        if profile.consents.iter().any(|group| group.covers.is_empty()) {
            let remedy = "Name what it covers, or remove the group.";
            found.add(&key("consents.covers"), "a group covers nothing", remedy);
        }
        let mut subjects = BTreeSet::new();
        for subject in profile.subjects().filter(|subject| !subjects.insert(*subject)) {
            let what = format!("`{}` is demanded twice", subject.as_str());
            found.add(&key("consents.covers"), what, "A subject belongs to one group: name it in one.");
        }
        let mut documents = BTreeSet::new();
        for document in &profile.documents {
            if !is_slug(document) || !documents.insert(document) {
                let what = format!("`{document}` is no id of a document, or stands twice");
                found.add(&key("documents"), what, "Name ids of [[legal]], each once.");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{BUILT_IN, NAME_CHARACTERS_MAX, SOURCE_CHARACTERS_MAX};
    use crate::brand::Localized;

    /// Whether the apps' languages and no others have a text, each of a length that a brand's own may have.
    fn is_complete(text: &Localized, most: usize) -> bool {
        let languages: Vec<&str> = text.iter().map(|(language, _)| language).collect();
        let fits = |text: &str| (1..=most).contains(&text.trim().chars().count());
        languages == ["en", "ru"] && text.iter().all(|(_, text)| fits(text))
    }

    #[test]
    fn what_comes_with_the_program_keeps_the_rules_of_a_brands_own() {
        assert_eq!(BUILT_IN.iter().map(|profile| profile.id.as_str()).collect::<Vec<_>>(), ["none", "ru", "eu"]);
        for profile in BUILT_IN.iter() {
            let mut subjects: Vec<_> = profile.subjects().collect();
            subjects.sort();
            subjects.dedup();
            assert_eq!(subjects.len(), profile.subjects().count(), "{}: a subject is demanded once", profile.id);
            assert!(profile.consents.iter().all(|group| !group.covers.is_empty()), "{}", profile.id);
            assert!(is_complete(&profile.name, NAME_CHARACTERS_MAX), "{}: its name", profile.id);
            let source = profile.source.as_ref();
            let names_acts =
                source.map_or(profile.consents.is_empty(), |source| is_complete(source, SOURCE_CHARACTERS_MAX));
            assert!(names_acts, "{}: what demands something says by which acts", profile.id);
        }
    }
}
