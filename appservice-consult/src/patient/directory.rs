//! The tenant's patients by name, in memory: names are encrypted at rest, so SQL can neither search nor sort them.
//!
//! About 300 bytes for a patient. Read at start, kept true after each commit that changes a card.

use std::collections::{BTreeSet, HashMap};
use std::ops::Bound;
use std::sync::Arc;

use parking_lot::RwLock;

use super::card::Card;
use crate::ids::{PatientId, UserId};

/// A patient, as lists of consultations show him.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Id of the record.
    pub id: PatientId,
    /// The account.
    pub user_id: UserId,
    /// The card.
    pub card: Card,
}

/// All patients of a tenant.
#[derive(Debug, Default)]
pub struct Directory {
    names: RwLock<Names>,
}

#[derive(Debug, Default)]
struct Names {
    by_id: HashMap<PatientId, Arc<Entry>>,
    by_user: HashMap<UserId, PatientId>,
    by_name: BTreeSet<(String, PatientId)>,
    leaving: HashMap<UserId, PatientId>,
}

/// A name as it is searched and sorted: lower case, `ё` as `е`, single spaces.
pub fn fold(text: &str) -> String {
    let lower = text.to_lowercase().replace('ё', "е");
    lower.split_whitespace().collect::<Vec<_>>().join(" ")
}

impl Directory {
    /// Puts a patient in, or in the place of his former entry.
    pub fn put(&self, entry: Entry) {
        let mut names = self.names.write();
        if let Some(former) = names.by_id.get(&entry.id).cloned() {
            names.by_name.remove(&(fold(&former.card.name), former.id.clone()));
        }
        names.by_name.insert((fold(&entry.card.name), entry.id.clone()));
        names.by_user.insert(entry.user_id.clone(), entry.id.clone());
        names.by_id.insert(entry.id.clone(), Arc::new(entry));
    }

    /// Takes out one whose account is being deleted; that it was his is remembered until [`Directory::forget`].
    pub fn depart(&self, id: &PatientId, user_id: &UserId) {
        let mut names = self.names.write();
        if let Some(former) = names.by_id.remove(id) {
            names.by_name.remove(&(fold(&former.card.name), former.id.clone()));
        }
        names.by_user.remove(user_id);
        names.leaving.insert(user_id.clone(), id.clone());
    }

    /// The account of that patient is nobody's any more.
    pub fn forget(&self, id: &PatientId) {
        self.names.write().leaving.retain(|_, leaving| leaving != id);
    }

    /// Whether that account is being deleted.
    pub fn is_leaving(&self, user_id: &UserId) -> bool {
        self.names.read().leaving.contains_key(user_id)
    }

    /// The patient whose account is being deleted.
    pub fn leaving(&self, user_id: &UserId) -> Option<PatientId> {
        self.names.read().leaving.get(user_id).cloned()
    }

    /// The patient of that id.
    pub fn by_id(&self, id: &PatientId) -> Option<Arc<Entry>> {
        self.names.read().by_id.get(id).cloned()
    }

    /// The patient of that account.
    pub fn by_user(&self, user_id: &UserId) -> Option<Arc<Entry>> {
        let names = self.names.read();
        names.by_user.get(user_id).and_then(|id| names.by_id.get(id)).cloned()
    }

    /// Patients whose name has each word of `text` in it, by name, at most `limit`.
    pub fn search(&self, text: &str, limit: usize) -> Vec<PatientId> {
        let text = fold(text);
        let words: Vec<&str> = text.split(' ').collect();
        let names = self.names.read();
        let found = names.by_name.iter().filter(|(name, _)| words.iter().all(|word| name.contains(word)));
        found.map(|(_, id)| id.clone()).take(limit).collect()
    }

    /// At most `limit` patients by name, from `from` on, that one included.
    pub fn from_name(&self, from: Option<&(String, PatientId)>, limit: usize) -> Vec<(String, PatientId)> {
        let names = self.names.read();
        let start = from.map_or(Bound::Unbounded, Bound::Included);
        names.by_name.range::<(String, PatientId), _>((start, Bound::Unbounded)).take(limit).cloned().collect()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.names.read().by_id.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

#[cfg(test)]
mod tests {
    use super::{Directory, Entry};
    use crate::patient::Card;

    fn entry(id: &str, name: &str) -> Entry {
        Entry {
            id: id.into(),
            user_id: format!("@{id}:hs.test").as_str().into(),
            card: Card { name: name.into(), ..Card::default() },
        }
    }

    #[test]
    fn names_are_found_by_any_part_in_any_case() {
        let directory = Directory::default();
        directory.put(entry("1", "Алёна Петрова"));
        directory.put(entry("2", "Пётр Алексеев"));
        assert_eq!(directory.search("алена", 9), ["1".into()]);
        assert_eq!(directory.search("ПЕТР", 9), ["1".into(), "2".into()]);
        assert_eq!(directory.search("петрова ал", 9), ["1".into()]);
        assert!(directory.search("x", 9).is_empty());
    }

    #[test]
    fn one_who_leaves_is_found_by_his_account_alone_until_it_is_forgotten() {
        let directory = Directory::default();
        directory.put(entry("1", "Anna"));
        let user = "@1:hs.test".into();
        directory.depart(&"1".into(), &user);
        assert!(directory.by_user(&user).is_none() && directory.by_id(&"1".into()).is_none());
        assert!(directory.search("anna", 9).is_empty() && directory.is_empty());
        assert_eq!((directory.is_leaving(&user), directory.leaving(&user)), (true, Some("1".into())));
        directory.forget(&"1".into());
        assert!(!directory.is_leaving(&user));
    }

    #[test]
    fn a_changed_name_leaves_no_trace_of_the_former() {
        let directory = Directory::default();
        directory.put(entry("1", "Anna"));
        directory.put(entry("1", "Berta"));
        assert!(directory.search("anna", 9).is_empty());
        assert_eq!((directory.len(), directory.search("berta", 9)), (1, vec!["1".into()]));
    }
}
