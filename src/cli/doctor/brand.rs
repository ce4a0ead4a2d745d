//! Whether a tenant's brand is accepted, what of it is still as `consilium init` wrote it, and whether faults can be reported. What was changed in the console is
//! not looked at.

use std::path::Path;

use consilium_config::brand::{DRAFT, PLACEHOLDER, Security};
use consilium_config::{Brand, RegistrationPolicy};
use jiff::civil::Date;

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
    /// The law that it keeps.
    pub law: String,
    /// Whether it offers calls.
    pub calls: bool,
    /// Whether its app offers to make an account where the configuration lets nobody make one so.
    pub refuses_whom_it_asks_in: bool,
    /// Files whose texts carry the mark of a draft.
    pub drafts: Vec<String>,
    /// Pictures that carry the mark of a placeholder.
    pub placeholders: Vec<String>,
    /// Where faults are reported.
    pub security: Option<Security>,
}

/// Reads the folder; `registration` says who may make an account.
pub fn look(folder: &Path, registration: RegistrationPolicy) -> Facts {
    let brand = Brand::load(folder).map_err(|error| error.to_string());
    Facts { brand: brand.map(|brand| accepted(&brand, registration)) }
}

fn accepted(brand: &Brand, registration: RegistrationPolicy) -> Accepted {
    Accepted {
        id: brand.id.clone(),
        queues: brand.queues.len(),
        law: brand.legal_profile.clone(),
        calls: brand.features.calls,
        refuses_whom_it_asks_in: brand.features.registration && registration != RegistrationPolicy::Open,
        drafts: brand.drafts(),
        placeholders: brand.placeholders(),
        security: brand.contacts.security.clone(),
    }
}

/// What it comes to on a day.
pub fn judge(facts: &Facts, today: Date) -> Vec<Finding> {
    let brand = match &facts.brand {
        Ok(brand) => brand,
        Err(why) => {
            return vec![Finding::broken(CHECK, why, "Correct what is named: the service does not start without it.")];
        }
    };
    let Accepted { id, queues, law, .. } = brand;
    let says = format!("The brand {id} is accepted; services: {queues}, legal profile: {law}.");
    let mut found = vec![Finding::fine(CHECK, says)];
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
    if brand.refuses_whom_it_asks_in {
        let says = "The patients' app offers to make an account, and registration.policy is not `open`: whoever tries is refused.";
        let remedy =
            "Set registration.policy = \"open\" for this tenant, or features.registration = false in brand.toml.";
        found.push(Finding::warning(CHECK, says, remedy));
    }
    found.extend(reports(brand.security.as_ref(), today));
    found
}

/// What `/.well-known/security.txt` says.
fn reports(security: Option<&Security>, today: Date) -> Option<Finding> {
    let Some(security) = security else {
        let says = "Whoever finds a fault in the safety of the service does not read where to report it.";
        let remedy = "Set [contacts.security] in brand.toml, or name an address in the console under Settings, Contacts: \
                      it is served as /.well-known/security.txt.";
        return Some(Finding::hint(CHECK, says, remedy));
    };
    security.has_expired(today).then(|| {
        let says = "The day has gone until which /.well-known/security.txt holds: nobody relies on it any more.";
        Finding::warning(
            CHECK,
            says,
            "Set a later contacts.security.expires, or remove it: then it holds on by itself.",
        )
    })
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use consilium_config::RegistrationPolicy;
    use consilium_config::brand::Security;
    use jiff::civil::{Date, date};

    use super::{Accepted, Facts};
    use crate::cli::doctor::finding::{Finding, Level};

    fn judge(facts: &Facts) -> Vec<Finding> {
        super::judge(facts, date(2026, 11, 30))
    }

    fn security(expires: Option<Date>) -> Security {
        let contacts = vec!["mailto:security@yew.example".to_owned()];
        Security { contacts, expires, languages: Vec::new(), policy: None }
    }

    fn facts(drafts: &[&str]) -> Facts {
        let drafts = drafts.iter().map(|&file| file.to_owned()).collect();
        let (placeholders, security) = (Vec::new(), Some(security(None)));
        let (id, law) = ("yew".to_owned(), "eu".to_owned());
        let (calls, refuses_whom_it_asks_in) = (false, false);
        let accepted = Accepted { id, queues: 1, law, calls, refuses_whom_it_asks_in, drafts, placeholders, security };
        Facts { brand: Ok(accepted) }
    }

    #[test]
    fn a_refused_brand_is_told_in_its_own_words() {
        let found = judge(&Facts { brand: Err("colors.brand: it is too light".to_owned()) });
        assert_eq!((found[0].level, found[0].says.as_str()), (Level::Broken, "colors.brand: it is too light"));
    }

    #[test]
    fn drafts_are_a_hint_until_their_marks_are_gone() {
        let fine = judge(&facts(&[]));
        assert_eq!(fine[0].says, "The brand yew is accepted; services: 1, legal profile: eu.");
        assert_eq!(fine.len(), 1);
        let found = judge(&facts(&["brand.toml", "legal/terms.en.html"]));
        assert_eq!(found[1].level, Level::Hint);
        assert!(found[1].says.contains("brand.toml, legal/terms.en.html"));
    }

    #[test]
    fn an_app_that_asks_people_in_whom_the_server_refuses_is_a_warning() {
        let law = Path::new(env!("CARGO_MANIFEST_DIR")).join("config/brands/demo-law");
        let about = |policy| {
            let found = judge(&super::look(&law, policy));
            found.into_iter().filter(|finding| finding.says.contains("offers to make an account")).collect::<Vec<_>>()
        };
        assert_eq!(about(RegistrationPolicy::Open).len(), 0);
        for policy in [RegistrationPolicy::Closed, RegistrationPolicy::Token] {
            let found = about(policy);
            assert!(found.len() == 1 && found[0].level == Level::Warning, "{found:?}");
        }
    }

    #[test]
    fn pictures_of_nobody_are_a_hint() {
        let Facts { brand } = facts(&[]);
        let brand = brand.map(|brand| Accepted { placeholders: vec!["logo.svg".to_owned()], ..brand });
        let found = judge(&Facts { brand });
        assert!(found[1].level == Level::Hint && found[1].says.contains("logo.svg"), "{found:?}");
    }

    #[test]
    fn nowhere_to_report_a_fault_is_a_hint_and_a_day_that_has_gone_a_warning() {
        let with = |security| {
            let Facts { brand } = facts(&[]);
            judge(&Facts { brand: brand.map(|brand| Accepted { security, ..brand }) })
        };
        let found = with(None);
        assert!(
            found[1].level == Level::Hint
                && found[1].remedy.as_ref().is_some_and(|remedy| remedy.contains("security.txt")),
            "{found:?}"
        );
        assert_eq!(with(Some(security(Some(date(2026, 11, 30))))).len(), 1, "its last day is one on which it holds");
        assert_eq!(with(Some(security(Some(date(2026, 11, 29)))))[1].level, Level::Warning);
    }
}
