//! What a tag may be. Pure.

use std::collections::BTreeMap;

use crate::api::types::{FieldError, TagColor};
use crate::letters;

/// Longest name. Unit: characters; it stands in a row of a list.
const NAME_CHARACTERS_MAX: usize = 40;

/// What a tag is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Content {
    /// Its name by language; always in the brand's default language.
    pub names: BTreeMap<String, String>,
    /// Its colour.
    pub color: TagColor,
}

impl Content {
    /// The content in its one form: names with single spaces; a language without a name has none.
    pub fn checked(mut self, languages: &[String], default_language: &str) -> Result<Self, FieldError> {
        let single = |name: &String| name.split_whitespace().collect::<Vec<_>>().join(" ");
        self.names = self.names.iter().map(|(language, name)| (language.clone(), single(name))).collect();
        self.names.retain(|_, name| !name.is_empty());
        let is_name = |name: &String| name.chars().count() <= NAME_CHARACTERS_MAX && !letters::has_control(name);
        if !self.names.keys().all(|language| languages.contains(language)) || !self.names.values().all(is_name) {
            return Err(field("a name in the brand's languages, of at most 40 characters"));
        }
        if !self.names.contains_key(default_language) {
            return Err(field("a name in the brand's default language"));
        }
        Ok(self)
    }

    /// Whether a tag of this name would be taken for that one.
    pub fn reads_like(&self, other: &Self) -> bool {
        let same = |(language, name): (&String, &String)| {
            other.names.get(language).is_some_and(|other| other.to_lowercase() == name.to_lowercase())
        };
        self.names.iter().any(same)
    }

    /// The name in a language; in the default language where it has none.
    pub fn name(&self, language: &str, default_language: &str) -> &str {
        let name = self.names.get(language).or_else(|| self.names.get(default_language));
        name.map(String::as_str).unwrap_or_default()
    }
}

fn field(message: &str) -> FieldError {
    FieldError::new("names", message)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::Content;
    use crate::api::types::TagColor;

    fn content(names: &[(&str, &str)]) -> Content {
        let names = names.iter().map(|(language, name)| ((*language).to_owned(), (*name).to_owned())).collect();
        Content { names, color: TagColor::Info }
    }

    fn checked(names: &[(&str, &str)]) -> Option<Content> {
        content(names).checked(&["ru".to_owned(), "en".to_owned()], "ru").ok()
    }

    #[test]
    fn a_tag_has_a_name_in_the_default_language_and_may_have_more() {
        let tag = checked(&[("ru", " Аллергия  на пыль "), ("en", "  ")]).unwrap();
        assert_eq!((tag.name("en", "ru"), tag.names.len()), ("Аллергия на пыль", 1));
        assert_eq!(checked(&[("ru", "Да"), ("en", "Yes")]).unwrap().name("en", "ru"), "Yes");
        for wrong in [&[("en", "Only")] as &[_], &[("ru", "a"), ("de", "b")], &[("ru", " ")], &[("ru", "a\u{0}")]] {
            assert_eq!(checked(wrong), None, "{wrong:?}");
        }
        assert_eq!(checked(&[("ru", &"я".repeat(41))]), None);
    }

    #[test]
    fn two_tags_read_alike_when_they_share_a_name_in_a_language() {
        let tag = content(&[("ru", "Боль"), ("en", "Pain")]);
        assert!(tag.reads_like(&content(&[("ru", "боль")])) && !tag.reads_like(&content(&[("ru", "Pain")])));
    }
}
