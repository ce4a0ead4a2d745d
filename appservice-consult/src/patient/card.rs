//! A patient's card: what is on it, what may be on it.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::bound::Bound;
use crate::api::types::{FieldError, OwnChange, PatientChange, Sex};
use crate::field;
use crate::letters;

/// Longest name.
const NAME_CHARACTERS_MAX: usize = 200;
/// Longest phone number: E.164 has 15 digits; people write spaces and brackets.
const PHONE_CHARACTERS_MAX: usize = 32;
/// Longest e-mail address (RFC 5321 §4.5.3.1).
const EMAIL_CHARACTERS_MAX: usize = 254;
/// Longest note of insurance.
const INSURANCE_CHARACTERS_MAX: usize = 500;
/// Longest number of a partner's system.
const EXTERNAL_ID_CHARACTERS_MAX: usize = 100;
/// Oldest age that is believed. Unit: years.
const AGE_MAX: i16 = 130;

/// What is known of a patient. Never in the open at rest.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Card {
    /// Name to show.
    pub name: String,
    /// Birth date.
    #[serde(default)]
    pub birth_date: Option<Date>,
    /// Sex.
    #[serde(default)]
    pub sex: Option<Sex>,
    /// Phone number.
    #[serde(default)]
    pub phone: Option<String>,
    /// E-mail address.
    #[serde(default)]
    pub email: Option<String>,
    /// Policy, as text.
    #[serde(default)]
    pub insurance: Option<String>,
    /// The number by which a partner's system knows him.
    #[serde(default)]
    pub external_id: Option<String>,
    /// Which numbers stood there, the first one first, the present one last.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub external_ids: Vec<Bound>,
    /// What stands in the brand's own fields, those that it has no more too. Who changes them is [`field::changed`]'s business.
    #[serde(default, skip_serializing_if = "field::Values::is_empty")]
    pub fields: field::Values,
}

/// Fields that cannot be so.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the card is not valid")]
pub struct CardError(pub Vec<FieldError>);

impl From<OwnChange> for PatientChange {
    fn from(own: OwnChange) -> Self {
        Self {
            name: own.name,
            birth_date: own.birth_date,
            sex: own.sex,
            phone: own.phone,
            email: own.email,
            insurance: None,
            external_id: None,
            fields: None,
        }
    }
}

impl Card {
    /// The card with a change, if every field of it can be so; the brand's own are not looked at here. `today` bounds birth dates.
    pub fn changed(&self, change: PatientChange, today: Date) -> Result<Self, CardError> {
        let mut errors = Vec::new();
        let mut check = |field: &str, checked: Result<Option<String>, &str>| match checked {
            Ok(value) => value,
            Err(message) => {
                errors.push(FieldError::new(field, message));
                None
            }
        };
        let mut card = self.clone();
        if let Some(name) = change.name {
            card.name = check("name", name_of(&name)).unwrap_or_default();
        }
        if let Some(phone) = change.phone {
            card.phone = check("phone", optional(phone, phone_of));
        }
        if let Some(email) = change.email {
            card.email = check("email", optional(email, email_of));
        }
        if let Some(insurance) = change.insurance {
            card.insurance = check("insurance", optional(insurance, insurance_of));
        }
        if let Some(external_id) = change.external_id {
            card.external_id = check("external_id", optional(external_id, external_id_of));
        }
        if let Some(birth_date) = change.birth_date {
            let text = check("birth_date", optional(birth_date, |text| birth_date_of(text, today)));
            card.birth_date = text.and_then(|text| text.parse().ok());
        }
        if let Some(sex) = change.sex {
            card.sex = sex;
        }
        if errors.is_empty() { Ok(card) } else { Err(CardError(errors)) }
    }

    /// Whole years on that day.
    pub fn age(&self, today: Date) -> Option<i64> {
        let born = self.birth_date?;
        let had_birthday = (today.month(), today.day()) >= (born.month(), born.day());
        Some(i64::from(today.year()) - i64::from(born.year()) - i64::from(!had_birthday))
    }
}

/// An empty text clears as null does.
fn optional(
    text: Option<String>,
    check: impl FnOnce(&str) -> Result<Option<String>, &'static str>,
) -> Result<Option<String>, &'static str> {
    match text.as_deref().map(str::trim) {
        None | Some("") => Ok(None),
        Some(text) => check(text),
    }
}

fn name_of(text: &str) -> Result<Option<String>, &'static str> {
    checked_name(text).map(Some)
}

/// A name with single spaces, if it can be one.
pub fn checked_name(text: &str) -> Result<String, &'static str> {
    let name = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() || name.chars().count() > NAME_CHARACTERS_MAX || letters::has_control(&name) {
        return Err("a name has 1 to 200 characters");
    }
    Ok(name)
}

fn phone_of(text: &str) -> Result<Option<String>, &'static str> {
    checked_phone(text).map(Some)
}

/// A telephone number in its one form, if it can be one.
pub fn checked_phone(text: &str) -> Result<String, &'static str> {
    let is_part = |character: char| character.is_ascii_digit() || " +-()".contains(character);
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    if text.len() > PHONE_CHARACTERS_MAX || !text.chars().all(is_part) || !(5..=15).contains(&digits.len()) {
        return Err("a phone number has 5 to 15 digits, such as +7 495 000-00-00");
    }
    Ok(if text.starts_with('+') { format!("+{digits}") } else { digits })
}

fn email_of(text: &str) -> Result<Option<String>, &'static str> {
    let is_address = text
        .split_once('@')
        .is_some_and(|(local, domain)| !local.is_empty() && domain.contains('.') && !domain.contains('@'));
    if !is_address
        || text.chars().count() > EMAIL_CHARACTERS_MAX
        || text.chars().any(|c| c.is_whitespace() || c.is_control())
    {
        return Err("an e-mail address looks like name@example.org");
    }
    Ok(Some(text.to_owned()))
}

fn insurance_of(text: &str) -> Result<Option<String>, &'static str> {
    if text.chars().count() > INSURANCE_CHARACTERS_MAX {
        return Err("at most 500 characters");
    }
    Ok(Some(text.to_owned()))
}

fn external_id_of(text: &str) -> Result<Option<String>, &'static str> {
    if text.chars().count() > EXTERNAL_ID_CHARACTERS_MAX || letters::has_control(text) {
        return Err("at most 100 characters, in one line");
    }
    Ok(Some(text.to_owned()))
}

fn birth_date_of(text: &str, today: Date) -> Result<Option<String>, &'static str> {
    let date: Date = text.parse().map_err(|_| "a date looks like 1980-12-31")?;
    if date > today || date.year() < today.year() - AGE_MAX {
        return Err("a birth date lies in the last 130 years");
    }
    Ok(Some(date.to_string()))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use jiff::civil::date;

    use super::Card;
    use crate::api::types::PatientChange;

    fn change(json: serde_json::Value) -> PatientChange {
        serde_json::from_value(json).unwrap()
    }

    #[test]
    fn what_is_absent_stays_and_what_is_null_goes() {
        let card =
            Card { name: "Anna".into(), phone: Some("+7495".into()), email: Some("a@b.c".into()), ..Card::default() };
        let changed =
            card.changed(change(serde_json::json!({ "phone": null, "sex": "female" })), date(2026, 1, 1)).unwrap();
        assert_eq!((changed.phone, changed.email, changed.name.as_str()), (None, Some("a@b.c".into()), "Anna"));
    }

    #[test]
    fn every_wrong_field_is_named() {
        let wrong =
            serde_json::json!({ "name": " ", "birth_date": "2090-01-01", "phone": "call me", "email": "nowhere" });
        let errors = Card::default().changed(change(wrong), date(2026, 1, 1)).unwrap_err().0;
        let fields: Vec<_> = errors.iter().map(|error| error.field.as_str()).collect();
        assert_eq!(fields, ["name", "phone", "email", "birth_date"]);
    }

    #[test]
    fn phone_numbers_are_kept_in_one_form() {
        let changed = Card::default()
            .changed(change(serde_json::json!({ "phone": "+7 (495) 000-00-00" })), date(2026, 1, 1))
            .unwrap();
        assert_eq!(changed.phone.as_deref(), Some("+74950000000"));
    }

    #[test]
    fn a_birthday_counts_from_its_day() {
        let card = Card { birth_date: Some(date(2000, 6, 15)), ..Card::default() };
        assert_eq!([card.age(date(2026, 6, 14)), card.age(date(2026, 6, 15))], [Some(25), Some(26)]);
    }
}
