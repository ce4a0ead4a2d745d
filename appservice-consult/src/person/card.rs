//! A person's card: the part of a patient's that says who somebody is, and what the account holder is to him.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::api::types::{FieldError, NewPerson, PatientChange, PersonChange, Relationship};
use crate::patient::{Card, CardError};

/// What is known of a person. Never in the open at rest.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Kept {
    /// Name, birth date, sex; the rest of it stays empty: he is reached through the account.
    #[serde(flatten)]
    pub card: Card,
    /// What the account holder is to him.
    pub relationship: Relationship,
}

impl Kept {
    /// The card of a new person, if every field of it can be so. `today` bounds birth dates.
    pub(super) fn of(new: NewPerson, today: Date) -> Result<Self, CardError> {
        let change = PersonChange {
            name: Some(new.name),
            birth_date: Some(new.birth_date),
            sex: Some(new.sex),
            relationship: None,
            active: None,
        };
        Self { card: Card::default(), relationship: new.relationship }.changed(change, today)
    }

    /// The card with a change. A birth date is not taken away: advice depends on how old somebody is.
    pub(super) fn changed(&self, change: PersonChange, today: Date) -> Result<Self, CardError> {
        if change.birth_date.as_ref().is_some_and(|date| date.trim().is_empty()) {
            let message = "a date looks like 1980-12-31".to_owned();
            return Err(CardError(vec![FieldError::new("birth_date", message)]));
        }
        let relationship = change.relationship.unwrap_or(self.relationship);
        let change = PatientChange {
            name: change.name,
            birth_date: change.birth_date.map(Some),
            sex: change.sex,
            ..PatientChange::default()
        };
        Ok(Self { card: self.card.changed(change, today)?, relationship })
    }

    /// Names of the fields that differ; their content stays out of the audit.
    pub(super) fn difference(&self, after: &Self) -> Vec<&'static str> {
        let fields = [
            ("name", self.card.name != after.card.name),
            ("birth_date", self.card.birth_date != after.card.birth_date),
            ("sex", self.card.sex != after.card.sex),
            ("relationship", self.relationship != after.relationship),
        ];
        fields.into_iter().filter(|(_, differs)| *differs).map(|(name, _)| name).collect()
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use jiff::civil::date;
    use serde_json::json;

    use super::Kept;
    use crate::api::types::{NewPerson, PersonChange};

    fn masha() -> Kept {
        let new = json!({
            "name": " Masha ", "birth_date": "2020-05-01", "relationship": "PRN",
            "request_id": "7b1f6a52-1111-4222-8333-444455556666",
        });
        Kept::of(serde_json::from_value::<NewPerson>(new).unwrap(), date(2026, 1, 1)).unwrap()
    }

    fn change(json: serde_json::Value) -> PersonChange {
        serde_json::from_value(json).unwrap()
    }

    #[test]
    fn the_persisted_form_reads_back() {
        let kept = masha();
        let text = serde_json::to_string(&kept).unwrap();
        assert_eq!(serde_json::from_str::<Kept>(&text).unwrap(), kept);
        let before = r#"{"name":"Masha","birth_date":"2020-05-01","relationship":"PRN"}"#;
        assert_eq!(serde_json::from_str::<Kept>(before).unwrap(), kept);
    }

    #[test]
    fn what_is_left_out_stays_and_what_differs_is_named_without_its_content() {
        let (before, today) = (masha(), date(2026, 1, 1));
        let after = before.changed(change(json!({ "name": "Maria", "relationship": "GUARD" })), today).unwrap();
        assert_eq!(before.difference(&after), ["name", "relationship"]);
        assert_eq!(after.card.birth_date, before.card.birth_date);
        assert!(before.difference(&before.clone()).is_empty());
    }

    #[test]
    fn nobody_is_without_a_name_or_a_birth_date() {
        let today = date(2026, 1, 1);
        for (wrong, field) in [
            (json!({ "name": " " }), "name"),
            (json!({ "birth_date": "" }), "birth_date"),
            (json!({ "birth_date": "2026-01-02" }), "birth_date"),
            (json!({ "birth_date": "last spring" }), "birth_date"),
        ] {
            let errors = masha().changed(change(wrong), today).unwrap_err().0;
            assert_eq!(errors.iter().map(|error| error.field.as_str()).collect::<Vec<_>>(), [field]);
        }
    }
}
