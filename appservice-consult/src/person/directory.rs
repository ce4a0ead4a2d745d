//! The tenant's persons by name, in memory, as patients are: their cards are encrypted at rest, so SQL cannot search them.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use parking_lot::RwLock;

use super::card::Kept;
use crate::ids::{PatientId, PersonId};
use crate::patient::fold;

/// A person, as lists of consultations show him.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Id of the record.
    pub id: PersonId,
    /// Who acts for him.
    pub patient: PatientId,
    /// The card.
    pub kept: Kept,
}

/// All persons of a tenant.
#[derive(Debug, Default)]
pub struct Directory {
    names: RwLock<Names>,
}

#[derive(Debug, Default)]
struct Names {
    by_id: HashMap<PersonId, Arc<Entry>>,
    by_name: BTreeMap<(String, PersonId), PatientId>,
}

impl Names {
    fn take_out(&mut self, id: &PersonId) {
        if let Some(former) = self.by_id.remove(id) {
            self.by_name.remove(&(fold(&former.kept.card.name), former.id.clone()));
        }
    }
}

impl Directory {
    /// Puts a person in, or in the place of his former entry.
    pub fn put(&self, entry: Entry) {
        let mut names = self.names.write();
        names.take_out(&entry.id);
        names.by_name.insert((fold(&entry.kept.card.name), entry.id.clone()), entry.patient.clone());
        names.by_id.insert(entry.id.clone(), Arc::new(entry));
    }

    /// Takes one out.
    pub fn forget(&self, id: &PersonId) {
        self.names.write().take_out(id);
    }

    /// The person of that id.
    pub fn by_id(&self, id: &PersonId) -> Option<Arc<Entry>> {
        self.names.read().by_id.get(id).cloned()
    }

    /// Who acts for persons whose name has each word of `text` in it, by their names, at most `limit` of them, each once.
    pub fn search(&self, text: &str, limit: usize) -> Vec<PatientId> {
        let text = fold(text);
        let words: Vec<&str> = text.split(' ').collect();
        let names = self.names.read();
        let found = names.by_name.iter().filter(|((name, _), _)| words.iter().all(|word| name.contains(word)));
        let mut patients: Vec<PatientId> = Vec::new();
        for (_, patient) in found {
            if patients.len() >= limit {
                break;
            }
            if !patients.contains(patient) {
                patients.push(patient.clone());
            }
        }
        patients
    }
}

#[cfg(test)]
mod tests {
    use super::{Directory, Entry};
    use crate::api::types::Relationship;
    use crate::patient::Card;
    use crate::person::Kept;

    fn entry(id: &str, patient: &str, name: &str) -> Entry {
        let card = Card { name: name.to_owned(), ..Card::default() };
        Entry { id: id.into(), patient: patient.into(), kept: Kept { card, relationship: Relationship::Parent } }
    }

    #[test]
    fn a_name_leads_to_who_acts_for_him_and_each_is_found_once() {
        let directory = Directory::default();
        directory.put(entry("1", "anna", "Маша Петрова"));
        directory.put(entry("2", "anna", "Пётр Петров"));
        directory.put(entry("3", "boris", "Маша Иванова"));
        assert_eq!(directory.search("петр", 9), ["anna".into()]);
        assert_eq!(directory.search("МАША", 9), ["boris".into(), "anna".into()]);
        assert_eq!(directory.search("маша", 1).len(), 1);
    }

    #[test]
    fn a_changed_name_and_a_person_who_is_gone_leave_no_trace() {
        let directory = Directory::default();
        directory.put(entry("1", "anna", "Маша"));
        directory.put(entry("1", "anna", "Мария"));
        assert!(directory.search("маша", 9).is_empty());
        directory.forget(&"1".into());
        assert!(directory.search("мария", 9).is_empty() && directory.by_id(&"1".into()).is_none());
    }
}
