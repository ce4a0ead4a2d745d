//! What is shown to a patient who may agree to it, and the hash by which it is known for ever.

use consilium_config::brand::{Brand, Consent};
use sha2::{Digest, Sha256};

/// A text in one language, as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// BCP 47.
    pub language: String,
    /// What is agreed to, beside the tick.
    pub title: String,
    /// The gist.
    pub summary: String,
    /// The whole of it.
    pub text: String,
}

impl Shown {
    /// SHA-256 of title, summary and text with an empty line between them: anybody can compute it from what he was shown.
    pub fn hash(&self) -> String {
        hex::encode(Sha256::digest(format!("{}\n\n{}\n\n{}", self.title, self.summary, self.text)))
    }
}

/// The text of a consent in a language of the brand.
pub fn offered(brand: &Brand, consent: &Consent, language: &str) -> Shown {
    let is_known = brand.languages.iter().any(|known| known == language);
    let language = if is_known { language } else { brand.default_language.as_str() };
    let of = |text: &consilium_config::brand::Localized| text.get(language, &brand.default_language).trim().to_owned();
    Shown {
        language: language.to_owned(),
        title: of(&consent.title),
        summary: of(&consent.summary),
        text: of(&consent.text),
    }
}

/// The hashes of a consent's text, in the order of the brand's languages.
pub fn hashes(brand: &Brand, consent: &Consent) -> Vec<String> {
    brand.languages.iter().map(|language| offered(brand, consent, language).hash()).collect()
}

/// The text with this hash, in whichever language of the brand.
pub(super) fn by_hash(brand: &Brand, consent: &Consent, hash: &str) -> Option<Shown> {
    brand.languages.iter().map(|language| offered(brand, consent, language)).find(|shown| shown.hash() == hash)
}

#[cfg(test)]
mod tests {
    use super::Shown;

    #[test]
    fn whoever_has_what_was_shown_finds_its_hash() {
        let part = |text: &str| text.to_owned();
        let shown =
            Shown { language: part("en"), title: part("I agree"), summary: part("To it."), text: part("All of it.") };
        // printf 'I agree\n\nTo it.\n\nAll of it.' | sha256sum
        assert_eq!(shown.hash(), "8a64640686910e2b997ffb725f4823892af81fdf8f59719feeb71d9596915e5e");
        assert_ne!(Shown { title: part("I disagree"), ..shown.clone() }.hash(), shown.hash());
    }
}
