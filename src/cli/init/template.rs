//! The brand folder that an installation begins with: the shape of the demonstration's, with nobody and nothing invented. Pure.
//!
//! What a lawyer has to confirm, and pictures that are to be replaced, carry a mark (`config/src/brand/draft.rs`): `consilium doctor` and the console's
//! checklist find it as long as it stands.

use std::path::Path;

use super::answers::{Admission, Answers};
use super::plan::{File, Readers};
use crate::web;

/// Countries of the European Union, ISO 3166-1.
const UNION: [&str; 27] = [
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT", "LU", "LV",
    "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
];

/// How wide a letter of the logo is, at most; and what stands before the first. Unit: pixels of the picture.
const LETTER_WIDTH: usize = 19;
const MARK_WIDTH: usize = 76;

/// What kind of text a value is written into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Toml,
    Markup,
}

/// A file of the template: its name, its text, its form.
static FILES: [(&str, &str, Form); 6] = [
    ("brand.toml", include_str!("template/brand.toml"), Form::Toml),
    ("icon.svg", include_str!("template/icon.svg"), Form::Markup),
    ("legal/privacy.en.html", include_str!("template/legal/privacy.en.html"), Form::Markup),
    ("legal/privacy.ru.html", include_str!("template/legal/privacy.ru.html"), Form::Markup),
    ("legal/terms.en.html", include_str!("template/legal/terms.en.html"), Form::Markup),
    ("legal/terms.ru.html", include_str!("template/legal/terms.ru.html"), Form::Markup),
];

/// The logo: its name, and the colours of mark, ground and letters.
static LOGOS: [(&str, [&str; 3]); 2] =
    [("logo.svg", ["#0b6e5f", "#ffffff", "#14302b"]), ("logo-dark.svg", ["#7fd1c2", "#14302b", "#eef4f2"])];
const LOGO: &str = include_str!("template/logo.svg");

/// The files of the brand of these answers, below the folder of the installation.
pub fn files(answers: &Answers) -> Vec<File> {
    let folder = Path::new("brands").join(answers.brand_id.as_str());
    let file = |name: &str, content| File { path: folder.join(name), content, readers: Readers::All };
    let plain = FILES.iter().map(|(name, text, form)| file(name, fill(text, *form, &|key| value(answers, key))));
    let logos = LOGOS.iter().map(|(name, colors)| {
        file(name, fill(LOGO, Form::Markup, &|key| color(*colors, key).or_else(|| value(answers, key))))
    });
    plain.chain(logos).collect()
}

fn color([mark, ground, ink]: [&'static str; 3], key: &str) -> Option<String> {
    match key {
        "mark" => Some(mark.to_owned()),
        "ground" => Some(ground.to_owned()),
        "ink" => Some(ink.to_owned()),
        _ => None,
    }
}

/// What stands for a key of the template.
fn value(answers: &Answers, key: &str) -> Option<String> {
    Some(match key {
        "name" => answers.name.clone(),
        "id" => answers.brand_id.to_string(),
        "first" => answers.language.as_str().to_owned(),
        "second" => answers.language.other().as_str().to_owned(),
        "country" => answers.country.clone(),
        "time_zone" => answers.time_zone.clone(),
        "currency" => answers.currency.clone(),
        "legal_profile" => legal_profile(&answers.country).to_owned(),
        "registration" => (answers.registration == Admission::Open).to_string(),
        "calls" => answers.calls.is_some().to_string(),
        "email" => answers.email.clone().unwrap_or_default(),
        "has_email" => if answers.email.is_some() { "" } else { "# " }.to_owned(),
        "width" => (MARK_WIDTH + LETTER_WIDTH * answers.name.chars().count()).to_string(),
        _ => return None,
    })
}

/// The law that a brand of this country keeps, as `brand.toml` names it.
fn legal_profile(country: &str) -> &'static str {
    match country {
        "RU" => "ru",
        country if UNION.contains(&country) => "eu",
        _ => "none",
    }
}

/// The template with every `{{key}}` replaced, in one pass: what a value holds is never taken for a key.
fn fill(template: &str, form: Form, value: &dyn Fn(&str) -> Option<String>) -> String {
    let mut text = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, after)) = rest.split_once("{{") {
        let (key, after) = after.split_once("}}").expect("a key of the template ends");
        text.push_str(before);
        text.push_str(&escaped(&value(key).expect("the template has known keys only"), form));
        rest = after;
    }
    text + rest
}

/// A value as a text of that form holds it. It has no control characters: the answers were checked.
fn escaped(value: &str, form: Form) -> String {
    match form {
        Form::Toml => value.replace('\\', "\\\\").replace('"', "\\\""),
        Form::Markup => web::escape(value),
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use consilium_config::Brand;
    use consilium_config::brand::{DRAFT, PLACEHOLDER};

    use super::files;
    use crate::cli::init::testing::answers_of;

    /// The brand of these answers, from a folder.
    fn brand(words: &[&str]) -> (tempfile::TempDir, Brand) {
        let answers = answers_of(&[&["given", "--public", "https://yew.example"], words].concat());
        let folder = tempfile::tempdir().unwrap();
        for file in files(&answers) {
            let path = folder.path().join(&file.path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, file.content).unwrap();
        }
        let brand = Brand::load(&folder.path().join("brands/yew")).unwrap_or_else(|error| panic!("{error}"));
        (folder, brand)
    }

    #[test]
    fn every_country_and_language_begins_with_a_brand_that_is_accepted() {
        for (language, country, profile) in [("ru", "RU", "ru"), ("en", "DE", "eu"), ("en", "GB", "none")] {
            let (_folder, brand) = brand(&["--name", "Yew", "--language", language, "--country", country]);
            assert_eq!((brand.default_language.as_str(), brand.legal_profile.as_str()), (language, profile));
            assert_eq!(brand.languages.len(), 2);
            assert!(!brand.features.registration && !brand.features.calls);
        }
    }

    #[test]
    fn a_name_of_any_letters_stands_as_it_was_given() {
        for name in ["Yew & \"Sons\" <ltd> \\ co", "Клиника «Тис»", "{{id}} \"\"\" '''"] {
            let (folder, brand) = brand(&["--name", name]);
            assert_eq!(brand.name.get("ru", "en"), name);
            let text = brand.consents[0].text.get("en", "en");
            assert!(text.contains(&format!("A specialist of {name} advises")), "{text}");
            let logo = std::fs::read_to_string(folder.path().join("brands/yew/logo.svg")).unwrap();
            assert!(!logo.contains("<ltd>"), "{logo}");
        }
    }

    #[test]
    fn what_a_lawyer_has_to_confirm_is_marked_where_no_patient_sees_it() {
        let (folder, brand) = brand(&["--name", "Yew"]);
        for name in ["brand.toml", "legal/privacy.ru.html", "legal/terms.en.html"] {
            assert!(std::fs::read_to_string(folder.path().join("brands/yew").join(name)).unwrap().contains(DRAFT));
        }
        assert!(!serde_json::to_string(&brand).unwrap().contains(DRAFT));
    }

    #[test]
    fn pictures_that_are_to_be_replaced_are_marked() {
        let (folder, brand) = brand(&["--name", "Yew"]);
        assert_eq!(brand.placeholders(), ["logo.svg", "logo-dark.svg", "icon.svg"]);
        let icon = folder.path().join("brands/yew/icon.svg");
        let drawn = std::fs::read_to_string(&icon).unwrap().replace(PLACEHOLDER, "our own");
        std::fs::write(&icon, drawn).unwrap();
        assert_eq!(brand.placeholders(), ["logo.svg", "logo-dark.svg"]);
        assert!(brand.drafts().contains(&"brand.toml".to_owned()));
    }

    #[test]
    fn the_administrators_e_mail_is_the_brands() {
        let (_folder, brand) = brand(&["--name", "Yew", "--email", "olga@yew.example"]);
        assert_eq!(brand.contacts.email.as_deref(), Some("olga@yew.example"));
        let (_folder, brand) = self::brand(&["--name", "Yew"]);
        assert_eq!(brand.contacts.email, None);
    }

    #[test]
    fn open_registration_is_open_in_the_app_too() {
        let (_folder, brand) = brand(&["--name", "Yew", "--registration", "open"]);
        assert!(brand.features.registration);
    }
}
