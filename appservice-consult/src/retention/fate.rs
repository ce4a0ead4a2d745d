//! What becomes of a record when its patient's account is deleted. Pure.

use consilium_config::Brand;

use super::terms::Terms;

/// What becomes of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// It is erased.
    Goes,
    /// A legal hold keeps it, however long it lasts.
    Held,
    /// It stays sealed until its time is over.
    Kept(Terms),
}

/// The fate of a record with these terms. A class that the brand has no more is kept: what it was for is not known here.
pub fn fate(brand: &Brand, terms: Option<&Terms>, is_held: bool) -> Fate {
    if is_held {
        return Fate::Held;
    }
    let goes = |terms: &&Terms| {
        brand.retention.iter().find(|class| class.id == terms.class).is_some_and(|class| class.erase_on_request)
    };
    terms.filter(|terms| !goes(terms)).map_or(Fate::Goes, |terms| Fate::Kept(terms.clone()))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::{Fate, fate};
    use crate::retention::Terms;
    use crate::time::Time;

    #[test]
    fn what_the_law_asks_for_stays_and_what_is_held_stays_whatever_its_class() {
        let toml = include_str!("../../tests/service/support/brand.toml");
        let class = "[[retention]]\nid = 'soon'\nname = { en = 's', ru = 's' }\nkeep_days = 1\nerase_on_request = true\n\
                     [[retention]]\nid = 'law'\nname = { en = 'l', ru = 'l' }\nkeep_years = 25\n";
        let brand = toml::from_str(&format!("{toml}\n{class}")).unwrap();
        let terms = |class: &str| Terms { class: class.to_owned(), due_at: Time::from_millis(1), listed_at: None };
        assert_eq!(fate(&brand, None, false), Fate::Goes);
        assert_eq!(fate(&brand, Some(&terms("soon")), false), Fate::Goes);
        for class in ["law", "nobody knows it any more"] {
            assert_eq!(fate(&brand, Some(&terms(class)), false), Fate::Kept(terms(class)));
        }
        for class in [None, Some(terms("soon")), Some(terms("law"))] {
            assert_eq!(fate(&brand, class.as_ref(), true), Fate::Held);
        }
    }
}
