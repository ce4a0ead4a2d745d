//! Whether a tenant's brand is accepted, and what of it is still as `consilium init` wrote it.

use std::path::Path;

use consilium_config::Brand;
use consilium_config::brand::{DRAFT, PLACEHOLDER};

use super::finding::Finding;

const CHECK: &str = "brand";

/// What was found.
#[derive(Debug, Clone)]
pub struct Facts {
    /// The brand, or why it is refused.
    pub brand: Result<Accepted, String>,
}

/// A brand that is accepted.
#[derive(Debug, Clone)]
pub struct Accepted {
    pub id: String,
    pub queues: usize,
    /// Whether it offers calls.
    pub calls: bool,
    /// Files whose texts carry the mark of a draft.
    pub drafts: Vec<String>,
    /// Pictures that carry the mark of a placeholder.
    pub placeholders: Vec<String>,
}

/// Reads the folder.
pub fn look(folder: &Path) -> Facts {
    let brand = Brand::load(folder).map_err(|error| error.to_string());
    Facts { brand: brand.map(|brand| accepted(&brand)) }
}

fn accepted(brand: &Brand) -> Accepted {
    Accepted {
        id: brand.id.clone(),
        queues: brand.queues.len(),
        calls: brand.features.calls,
        drafts: brand.drafts(),
        placeholders: brand.placeholders(),
    }
}

/// What it comes to.
pub fn judge(facts: &Facts) -> Vec<Finding> {
    let brand = match &facts.brand {
        Ok(brand) => brand,
        Err(why) => {
            return vec![Finding::broken(CHECK, why, "Correct what is named: the service does not start without it.")];
        }
    };
    let mut found =
        vec![Finding::fine(CHECK, format!("The brand {} is accepted; services: {}.", brand.id, brand.queues))];
    if !brand.drafts.is_empty() {
        let says = format!("These texts are still drafts: {}.", brand.drafts.join(", "));
        let remedy = format!("Have a lawyer check them, then remove the marks `{DRAFT}` from the files.");
        found.push(Finding::hint(CHECK, says, remedy));
    }
    if !brand.placeholders.is_empty() {
        let says = format!("These pictures are still those of `consilium init`: {}.", brand.placeholders.join(", "));
        let remedy = format!("Put your own in their places; a picture that stays loses its mark `{PLACEHOLDER}`.");
        found.push(Finding::hint(CHECK, says, remedy));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::{Accepted, Facts, judge};
    use crate::cli::doctor::finding::Level;

    fn facts(drafts: &[&str]) -> Facts {
        let drafts = drafts.iter().map(|&file| file.to_owned()).collect();
        let accepted = Accepted { id: "yew".to_owned(), queues: 1, calls: false, drafts, placeholders: Vec::new() };
        Facts { brand: Ok(accepted) }
    }

    #[test]
    fn a_refused_brand_is_told_in_its_own_words() {
        let found = judge(&Facts { brand: Err("colors.brand: it is too light".to_owned()) });
        assert_eq!((found[0].level, found[0].says.as_str()), (Level::Broken, "colors.brand: it is too light"));
    }

    #[test]
    fn drafts_are_a_hint_until_their_marks_are_gone() {
        assert_eq!(judge(&facts(&[])).len(), 1);
        let found = judge(&facts(&["brand.toml", "legal/terms.en.html"]));
        assert_eq!(found[1].level, Level::Hint);
        assert!(found[1].says.contains("brand.toml, legal/terms.en.html"));
    }

    #[test]
    fn pictures_of_nobody_are_a_hint() {
        let Facts { brand } = facts(&[]);
        let brand = brand.map(|brand| Accepted { placeholders: vec!["logo.svg".to_owned()], ..brand });
        let found = judge(&Facts { brand });
        assert!(found[1].level == Level::Hint && found[1].says.contains("logo.svg"), "{found:?}");
    }
}
