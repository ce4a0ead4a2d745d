//! Persons whom patients act for.

use super::Presenter;
use crate::api::types::{ArchivedPerson, Person, PersonRef};
use crate::ids::PersonId;
use crate::person::{Entry, PersonRecord};

impl Presenter<'_> {
    /// A person as his account holder and his card at the desk show him.
    pub fn person(&self, record: PersonRecord) -> Person {
        let card = record.kept.card;
        Person {
            id: record.id,
            age: card.age(self.tenant.today()),
            name: card.name,
            birth_date: card.birth_date.map(|date| date.to_string()),
            sex: card.sex,
            relationship: record.kept.relationship,
            active: record.removed_at.is_none(),
            consultations: record.consultations,
            created_at: record.created_at,
        }
    }

    /// Whom a consultation is about.
    pub(super) fn person_ref(&self, id: &PersonId) -> PersonRef {
        let entry = self.tenant.persons.by_id(id);
        let kept = entry.as_ref().map(|entry| &entry.kept);
        PersonRef {
            id: id.clone(),
            name: kept.map_or_else(|| self.nobody(), |kept| kept.card.name.clone()),
            age: kept.and_then(|kept| kept.card.age(self.tenant.today())),
            sex: kept.and_then(|kept| kept.card.sex),
            relationship: kept.map(|kept| kept.relationship),
        }
    }
}

/// A person as he is sealed with a consultation.
pub fn archived_person(entry: &Entry) -> ArchivedPerson {
    let Entry { id, kept, .. } = entry;
    ArchivedPerson {
        id: id.clone(),
        name: kept.card.name.clone(),
        birth_date: kept.card.birth_date.map(|date| date.to_string()),
        sex: kept.card.sex,
        relationship: kept.relationship,
    }
}
