//! What holds: the brand folder under the newest version of each section that was changed in the console.

use consilium_config::brand::Section;
use consilium_config::{Brand, Problem};

use super::refusal;
use super::store::{self, Version};
use crate::store::{Session, StoreError};

/// What holds at a start.
#[derive(Debug)]
pub struct Effective {
    /// The brand.
    pub brand: Brand,
    /// Sections whose newest version cannot stand over this folder; there the folder holds.
    pub set_aside: Vec<String>,
}

/// The folder's brand under what was changed in the console.
pub async fn effective(session: &mut Session, folder: &Brand) -> Result<Effective, StoreError> {
    let effective = lay_over(folder, store::newest(session).await?);
    for section in &effective.set_aside {
        tracing::error!(
            section,
            "what was set in the console does not fit the brand folder any more: the folder holds"
        );
    }
    Ok(effective)
}

/// Lays the versions over the folder. One that contradicts what the folder says now is set aside, and only that one: a new folder never stops the service.
fn lay_over(folder: &Brand, versions: Vec<Version>) -> Effective {
    let mut set_aside = Vec::new();
    let mut laid: Vec<(Section, Version)> = Vec::new();
    for version in versions {
        match version.section.parse() {
            Ok(section) => laid.push((section, version)),
            // Of a later release.
            Err(_) => set_aside.push(version.section),
        }
    }
    // An order comes when everything that it orders is there.
    laid.sort_by_key(|(section, _)| matches!(section, Section::Queues | Section::Rules));
    loop {
        let (brand, refused) = written(folder, &laid);
        let refused = refused.or_else(|| blamed(&brand, &laid));
        let Some(place) = refused else { return Effective { brand, set_aside } };
        set_aside.push(laid.remove(place).1.section);
    }
}

/// The folder under the versions, and the first that cannot be read, or shows files that the folder has no more.
fn written(folder: &Brand, laid: &[(Section, Version)]) -> (Brand, Option<usize>) {
    let mut brand = folder.clone();
    for (place, (section, version)) in laid.iter().enumerate() {
        match brand.with(section, version.content.as_ref()) {
            Ok(next) if refusal::fits_folder(folder, section, &next) => brand = next,
            Ok(_) | Err(_) => return (brand, Some(place)),
        }
    }
    (brand, None)
}

/// The version that a contradiction is laid to: one that holds the field, else one that removed something, which others may name, else the last one.
fn blamed(brand: &Brand, laid: &[(Section, Version)]) -> Option<usize> {
    let problems = brand.settings_problems();
    let first: &Problem = problems.first()?;
    let holds = laid.iter().rposition(|(section, _)| section.field(&first.key).is_some());
    let removed = || laid.iter().rposition(|(_, version)| version.content.is_none());
    holds.or_else(removed).or_else(|| laid.len().checked_sub(1))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use std::path::Path;

    use consilium_config::Brand;
    use serde_json::{Value, json};

    use super::{Version, lay_over};
    use crate::time::Time;

    fn folder() -> Brand {
        Brand::load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../config/brands/demo-clinic")).unwrap()
    }

    fn version(section: &str, content: Value) -> Version {
        let content = Some(content).filter(|content| !content.is_null());
        let (at, by) = (Time::from_millis(0), "o".into());
        Version { section: section.to_owned(), version: 1, at, by, content, folder: None, restores: None, note: None }
    }

    #[test]
    fn the_newest_versions_stand_over_the_folder_and_the_order_comes_last() {
        let folder = folder();
        let mut queue = folder.content(&"queue.therapist".parse().unwrap()).unwrap();
        queue["priority"] = json!(7);
        let order = json!({ "order": ["evening", "psychologist", "paediatrician", "therapist"] });
        let versions =
            vec![version("queues", order), version("queue.therapist", queue.clone()), version("queue.evening", queue)];
        let effective = lay_over(&folder, versions);
        assert!(effective.set_aside.is_empty());
        assert_eq!(effective.brand.queue("therapist").unwrap().priority, 7);
        let order: Vec<_> = effective.brand.queues.iter().map(|queue| queue.id.as_str()).collect();
        assert_eq!(order, ["evening", "psychologist", "paediatrician", "therapist"]);
    }

    #[test]
    fn a_removal_of_what_a_new_folder_names_is_set_aside_and_nothing_else() {
        let folder = folder();
        let mut queue = folder.content(&"queue.therapist".parse().unwrap()).unwrap();
        queue["priority"] = json!(7);
        let versions = vec![
            version("queue.therapist", queue),
            version("questionnaire.child", Value::Null),
            version("texts", folder.content(&"texts".parse().unwrap()).unwrap()),
        ];
        let effective = lay_over(&folder, versions);
        assert_eq!(effective.set_aside, ["questionnaire.child"]);
        assert_eq!(
            (effective.brand.questionnaires.len(), effective.brand.queue("therapist").unwrap().priority),
            (1, 7)
        );
    }

    #[test]
    fn a_document_whose_file_the_folder_has_no_more_is_set_aside() {
        let mut folder = folder();
        let legal = folder.content(&"legal".parse().unwrap()).unwrap();
        let versions = || vec![version("legal", legal.clone())];
        assert!(lay_over(&folder, versions()).set_aside.is_empty());
        folder.legal.retain(|document| document.id != "privacy");
        let effective = lay_over(&folder, versions());
        assert_eq!((effective.set_aside, effective.brand.legal), (vec!["legal".to_owned()], folder.legal));
    }

    #[test]
    fn what_does_not_fit_a_new_folder_is_set_aside_and_nothing_else() {
        let mut folder = folder();
        let mut queue = folder.content(&"queue.therapist".parse().unwrap()).unwrap();
        queue["retention"] = json!("talk");
        let contacts = json!({ "phone": "+74950000009" });
        let versions = || {
            vec![
                version("queue.therapist", queue.clone()),
                version("contacts", contacts.clone()),
                version("colours", json!({})),
                version("holidays", json!({ "wrong": 1 })),
            ]
        };
        let effective = lay_over(&folder, versions());
        assert_eq!(effective.set_aside, ["colours", "holidays"]);
        folder.retention.retain(|class| class.id != "talk");
        folder.queues.iter_mut().for_each(|queue| queue.retention = None);
        let effective = lay_over(&folder, versions());
        assert_eq!(effective.set_aside, ["colours", "holidays", "queue.therapist"]);
        assert_eq!(effective.brand.contacts.phone.as_deref(), Some("+74950000009"));
        assert!(effective.brand.problems().is_empty());
    }
}
