//! The tenant's patients by name, in memory: names are encrypted at rest, so SQL can neither search nor sort them.
//!
//! About 500 bytes for a patient. Read at start, kept true after each commit that changes a card.
//!
//! An entry is an account with its own card. A card may show several (see `merge/`): lists and searches give cards, by any of their names.

use std::collections::{BTreeSet, HashMap};
use std::ops::Bound;
use std::sync::Arc;

use parking_lot::RwLock;

use super::card::Card;
use super::merge::{Part, Standing};
use crate::api::types::{CardField, DuplicateReason};
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
    /// Each card once, under the name that it shows.
    by_name: BTreeSet<(String, PatientId)>,
    /// Names of accounts on a card which it does not show.
    also_named: BTreeSet<(String, PatientId)>,
    /// Numbers of partners' systems, by which two cards may be one human's.
    by_number: BTreeSet<(String, PatientId)>,
    standing: Standing,
    leaving: HashMap<UserId, PatientId>,
}

/// A name as it is searched and sorted: lower case, `ё` as `е`, single spaces.
pub fn fold(text: &str) -> String {
    let lower = text.to_lowercase().replace('ё', "е");
    lower.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A partner's number without what people write in two ways: signs, spaces, capitals.
fn bare(number: &str) -> String {
    number.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// All in a set that stand under a text.
fn under<'a>(set: &'a BTreeSet<(String, PatientId)>, text: &'a str) -> impl Iterator<Item = &'a PatientId> {
    let from = (text.to_owned(), PatientId::from(""));
    set.range(from..).take_while(move |(key, _)| key == text).map(|(_, id)| id)
}

impl Names {
    fn card_of(&self, id: &PatientId) -> Option<&Card> {
        self.by_id.get(id).map(|entry| &entry.card)
    }

    fn shown(&self, leading: &PatientId) -> Option<Card> {
        self.standing.shown(leading, |id| self.card_of(id))
    }

    /// The name that a card shows, and the others by which it is found.
    fn names_of(&self, leading: &PatientId) -> Option<(String, Vec<String>)> {
        if self.standing.parts_of(leading).is_empty() {
            return Some((fold(&self.card_of(leading)?.name), Vec::new()));
        }
        let shown = fold(&self.shown(leading)?.name);
        let accounts = self.standing.accounts_of(leading);
        let own = accounts.iter().filter_map(|id| self.card_of(id)).map(|card| fold(&card.name));
        let others = own.filter(|name| *name != shown).collect();
        Some((shown, others))
    }

    /// Takes a card's names out, before something on it changes.
    fn lift(&mut self, leading: &PatientId) {
        let Some((shown, others)) = self.names_of(leading) else { return };
        self.by_name.remove(&(shown, leading.clone()));
        for other in others {
            self.also_named.remove(&(other, leading.clone()));
        }
    }

    /// Puts them in again.
    fn settle(&mut self, leading: &PatientId) {
        let Some((shown, others)) = self.names_of(leading) else { return };
        self.by_name.insert((shown, leading.clone()));
        self.also_named.extend(others.into_iter().map(|other| (other, leading.clone())));
    }

    /// An account's number of a partner's system, as numbers are compared.
    fn number_of(&self, id: &PatientId) -> Option<(String, PatientId)> {
        let number = bare(self.card_of(id)?.external_id.as_deref()?);
        (!number.is_empty()).then(|| (number, id.clone()))
    }
}

impl Directory {
    /// Puts a patient in, or in the place of his former entry.
    pub fn put(&self, entry: Entry) {
        let mut names = self.names.write();
        let (id, leading) = (entry.id.clone(), names.standing.leading_of(&entry.id).clone());
        names.lift(&leading);
        if let Some(number) = names.number_of(&id) {
            names.by_number.remove(&number);
        }
        names.by_user.insert(entry.user_id.clone(), id.clone());
        names.by_id.insert(id.clone(), Arc::new(entry));
        if let Some(number) = names.number_of(&id) {
            names.by_number.insert(number);
        }
        names.settle(&leading);
    }

    /// Takes out one whose account is being deleted; that it was his is remembered until [`Directory::forget`]. He is on nobody's card any more.
    pub fn depart(&self, id: &PatientId, user_id: &UserId) {
        let mut names = self.names.write();
        names.lift(id);
        if let Some(number) = names.number_of(id) {
            names.by_number.remove(&number);
        }
        names.by_id.remove(id);
        names.by_user.remove(user_id);
        names.leaving.insert(user_id.clone(), id.clone());
    }

    /// The account of that patient is nobody's any more.
    pub fn forget(&self, id: &PatientId) {
        self.names.write().leaving.retain(|_, leaving| leaving != id);
    }

    /// Shows an account on another one's card.
    pub fn join(&self, leading: &PatientId, part: Part) {
        let mut names = self.names.write();
        names.lift(&part.patient);
        names.lift(leading);
        names.standing.join(leading, part);
        names.settle(leading);
    }

    /// Shows it on its own card again.
    pub fn part(&self, merged: &PatientId) {
        let mut names = self.names.write();
        let leading = names.standing.leading_of(merged).clone();
        names.lift(&leading);
        names.standing.part(merged);
        names.settle(&leading);
        names.settle(merged);
    }

    /// All merges anew, as the store has them; in the order they were made.
    pub fn arrange(&self, standing: Vec<(PatientId, Part)>) {
        let parted: Vec<PatientId> = standing.iter().map(|(_, part)| part.patient.clone()).collect();
        for merged in &parted {
            self.part(merged);
        }
        for (leading, part) in standing {
            self.join(&leading, part);
        }
    }

    /// Whether that account is being deleted.
    pub fn is_leaving(&self, user_id: &UserId) -> bool {
        self.names.read().leaving.contains_key(user_id)
    }

    /// The patient whose account is being deleted.
    pub fn leaving(&self, user_id: &UserId) -> Option<PatientId> {
        self.names.read().leaving.get(user_id).cloned()
    }

    /// The patient of that id, by his own account's card: what he himself sees.
    pub fn by_id(&self, id: &PatientId) -> Option<Arc<Entry>> {
        self.names.read().by_id.get(id).cloned()
    }

    /// The patient of that account.
    pub fn by_user(&self, user_id: &UserId) -> Option<Arc<Entry>> {
        let names = self.names.read();
        names.by_user.get(user_id).and_then(|id| names.by_id.get(id)).cloned()
    }

    /// The card that an account is on.
    pub fn leading_of(&self, id: &PatientId) -> PatientId {
        self.names.read().standing.leading_of(id).clone()
    }

    /// All accounts on the card that this one is on; the one that leads first.
    pub fn accounts_of(&self, id: &PatientId) -> Vec<PatientId> {
        self.names.read().standing.accounts_of(id)
    }

    /// All accounts on these cards.
    pub fn accounts_on(&self, cards: &[PatientId]) -> Vec<PatientId> {
        let names = self.names.read();
        cards.iter().flat_map(|id| names.standing.accounts_of(id)).collect()
    }

    /// Accounts that are shown on a card besides its own.
    pub fn parts_of(&self, leading: &PatientId) -> Vec<Part> {
        self.names.read().standing.parts_of(leading).to_vec()
    }

    /// The account whose word a field of a card is.
    pub fn source_of(&self, leading: &PatientId, field: CardField) -> PatientId {
        self.names.read().standing.source_of(leading, field)
    }

    /// The same of one of the brand's own fields.
    pub fn source_of_own(&self, leading: &PatientId, field: &str) -> PatientId {
        self.names.read().standing.source_of_own(leading, field)
    }

    /// The card that an account is on, as the desk sees it.
    pub fn shown(&self, id: &PatientId) -> Option<(PatientId, Card)> {
        let names = self.names.read();
        let leading = names.standing.leading_of(id).clone();
        names.shown(&leading).map(|card| (leading, card))
    }

    /// Names, phone numbers and e-mail addresses of accounts on a card which it does not show.
    pub fn also(&self, leading: &PatientId) -> Vec<String> {
        let names = self.names.read();
        if names.standing.parts_of(leading).is_empty() {
            return Vec::new();
        }
        let told =
            |card: &Card| [Some(card.name.clone()), card.phone.clone(), card.email.clone()].into_iter().flatten();
        let shown: Vec<String> = names.shown(leading).iter().flat_map(told).collect();
        let mut also: Vec<String> = Vec::new();
        let accounts = names.standing.accounts_of(leading);
        for text in accounts.iter().filter_map(|id| names.card_of(id)).flat_map(told) {
            if !shown.contains(&text) && !also.contains(&text) {
                also.push(text);
            }
        }
        also
    }

    /// Cards that show the same name and the same birth date, or have nearly the same number of a partner's system.
    pub fn alike(&self, leading: &PatientId) -> Vec<(PatientId, DuplicateReason)> {
        let names = self.names.read();
        let Some(shown) = names.shown(leading) else { return Vec::new() };
        let mut found: Vec<(PatientId, DuplicateReason)> = Vec::new();
        let mut note = |id: &PatientId, why: DuplicateReason| {
            let card = names.standing.leading_of(id);
            let one = (card.clone(), why);
            if card != leading && !found.contains(&one) {
                found.push(one);
            }
        };
        let name = fold(&shown.name);
        if shown.birth_date.is_some() {
            for id in under(&names.by_name, &name).chain(under(&names.also_named, &name)) {
                if names.shown(id).is_some_and(|other| other.birth_date == shown.birth_date) {
                    note(id, DuplicateReason::NameAndBirthDate);
                }
            }
        }
        for (number, _) in names.standing.accounts_of(leading).iter().filter_map(|id| names.number_of(id)) {
            for id in under(&names.by_number, &number) {
                note(id, DuplicateReason::ExternalId);
            }
        }
        found
    }

    /// Cards that show the same name as one that is not made yet, where the birth dates do not tell them apart, or have nearly the same number of a partner's
    /// system.
    pub fn like(&self, card: &Card) -> Vec<(PatientId, DuplicateReason)> {
        let names = self.names.read();
        let name = fold(&card.name);
        let why = |other: &Card| match (card.birth_date, other.birth_date) {
            (Some(one), Some(another)) => (one == another).then_some(DuplicateReason::NameAndBirthDate),
            _ => Some(DuplicateReason::Name),
        };
        let named = under(&names.by_name, &name).chain(under(&names.also_named, &name));
        let mut found: Vec<(PatientId, DuplicateReason)> =
            named.filter_map(|id| Some((id.clone(), why(&names.shown(id)?)?))).collect();
        let number = card.external_id.as_deref().map(bare).filter(|number| !number.is_empty());
        for id in number.iter().flat_map(|number| under(&names.by_number, number)) {
            found.push((names.standing.leading_of(id).clone(), DuplicateReason::ExternalId));
        }
        found
    }

    /// Cards with each word of `text` in one of their names, by name, at most `limit`; those that show another name stand last.
    pub fn search(&self, text: &str, limit: usize) -> Vec<PatientId> {
        let text = fold(text);
        let words: Vec<&str> = text.split(' ').collect();
        let names = self.names.read();
        let has_all = |name: &str| words.iter().all(|word| name.contains(word));
        let shown = names.by_name.iter().filter(|(name, _)| has_all(name)).map(|(_, id)| id);
        let mut found: Vec<PatientId> = shown.take(limit).cloned().collect();
        for (_, id) in names.also_named.iter().filter(|(name, _)| has_all(name)) {
            if found.len() < limit && !found.contains(id) {
                found.push(id.clone());
            }
        }
        found
    }

    /// At most `limit` cards by name, from `from` on, that one included.
    pub fn from_name(&self, from: Option<&(String, PatientId)>, limit: usize) -> Vec<(String, PatientId)> {
        let names = self.names.read();
        let start = from.map_or(Bound::Unbounded, Bound::Included);
        names.by_name.range::<(String, PatientId), _>((start, Bound::Unbounded)).take(limit).cloned().collect()
    }

    /// How many cards are meant, and at most `most` of them, in no order.
    pub fn meant(&self, is_meant: impl Fn(&PatientId, &Card) -> bool, most: usize) -> (usize, Vec<PatientId>) {
        let names = self.names.read();
        let (mut count, mut some) = (0, Vec::new());
        for (id, entry) in &names.by_id {
            if names.standing.leading_of(id) != id {
                continue;
            }
            let is_alone = names.standing.parts_of(id).is_empty();
            let does = if is_alone {
                is_meant(id, &entry.card)
            } else {
                names.shown(id).is_some_and(|card| is_meant(id, &card))
            };
            if does {
                count += 1;
                if some.len() < most {
                    some.push(id.clone());
                }
            }
        }
        (count, some)
    }

    /// How many cards there are.
    pub fn len(&self) -> usize {
        self.names.read().by_name.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::{Directory, Entry};
    use crate::api::types::{CardField, DuplicateReason};
    use crate::ids::PatientId;
    use crate::patient::Card;
    use crate::patient::merge::Part;

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

    fn part(patient: &str, taken: &[CardField]) -> Part {
        Part { merge: "m".into(), patient: patient.into(), taken: taken.to_vec(), taken_fields: Vec::new() }
    }

    #[test]
    fn a_card_of_two_accounts_is_listed_once_and_found_by_both_names_until_they_are_separate() {
        let directory = Directory::default();
        directory.put(entry("1", "Anna Ivanova"));
        directory.put(entry("2", "Anna Petrova"));
        directory.join(&"1".into(), part("2", &[CardField::Name]));
        let listed: Vec<(String, PatientId)> = vec![("anna petrova".to_owned(), "1".into())];
        assert_eq!((directory.len(), directory.from_name(None, 9)), (1, listed));
        for text in ["ivanova", "petrova", "anna"] {
            assert_eq!(directory.search(text, 9), ["1".into()], "{text}");
        }
        assert_eq!(directory.also(&"1".into()), ["Anna Ivanova"]);
        assert_eq!(
            directory.shown(&"2".into()).map(|(id, card)| (id, card.name)),
            Some(("1".into(), "Anna Petrova".into()))
        );
        assert_eq!(directory.by_id(&"1".into()).map(|own| own.card.name.clone()), Some("Anna Ivanova".into()));
        directory.put(entry("2", "Anna Sidorova"));
        assert!(directory.search("petrova", 9).is_empty());
        directory.part(&"2".into());
        assert_eq!((directory.len(), directory.search("ivanova", 9)), (2, vec!["1".into()]));
        assert_eq!(directory.search("sidorova", 9), ["2".into()]);
        assert!(directory.also(&"1".into()).is_empty() && directory.names.read().also_named.is_empty());
    }

    #[test]
    fn one_who_is_to_be_made_is_like_who_has_his_name_unless_the_birth_dates_differ() {
        let directory = Directory::default();
        for (id, born) in [("1", Some(1980)), ("2", Some(1981)), ("3", None)] {
            let mut entry = entry(id, "Anna Ivanova");
            entry.card.birth_date = born.map(|year| date(year, 1, 2));
            directory.put(entry);
        }
        let mut card = Card { name: "anna  ivanova".into(), birth_date: Some(date(1980, 1, 2)), ..Card::default() };
        let same = |id: &str, why: DuplicateReason| (PatientId::from(id), why);
        let (name, both) = (DuplicateReason::Name, DuplicateReason::NameAndBirthDate);
        assert_eq!(directory.like(&card), [same("1", both), same("3", name)]);
        card.birth_date = None;
        assert_eq!(directory.like(&card), [same("1", name), same("2", name), same("3", name)]);
        card.name = "Anna Petrova".to_owned();
        assert!(directory.like(&card).is_empty());
    }

    #[test]
    fn who_has_the_same_name_and_birth_date_or_nearly_the_same_number_is_alike() {
        let directory = Directory::default();
        let put = |id: &str, name: &str, born: i16, number: Option<&str>| {
            let mut entry = entry(id, name);
            entry.card.birth_date = Some(date(born, 1, 2));
            entry.card.external_id = number.map(str::to_owned);
            directory.put(entry);
        };
        put("1", "Anna Ivanova", 1980, Some("AB-17"));
        put("2", "anna  ivanova", 1980, None);
        put("3", "Anna Ivanova", 1981, Some("ab 17"));
        put("4", "Anna Ivanovа", 1980, Some("--"));
        let same = |id: &str, why: DuplicateReason| (PatientId::from(id), why);
        assert_eq!(
            directory.alike(&"1".into()),
            [same("2", DuplicateReason::NameAndBirthDate), same("3", DuplicateReason::ExternalId)]
        );
        directory.join(&"1".into(), part("2", &[]));
        assert_eq!(directory.alike(&"1".into()), [same("3", DuplicateReason::ExternalId)]);
        assert_eq!(directory.alike(&"3".into()), [same("1", DuplicateReason::ExternalId)]);
    }
}
