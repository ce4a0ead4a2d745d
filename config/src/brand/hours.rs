//! When a queue works: times of the week, the brand's holidays, closures.

use std::fmt;
use std::str::FromStr;

use jiff::civil::{self, Date};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Localized;

/// A time of the week.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ToSchema)]
#[schema(as = HoursSettings)]
#[serde(deny_unknown_fields)]
pub struct Hours {
    /// On these days.
    pub days: Vec<Day>,
    /// From. Unit: time of day, such as `"09:00"`.
    #[schemars(with = "String")]
    #[schema(value_type = String)]
    pub from: civil::Time,
    /// To, later on the same day; `"00:00"` is the day's end. Unit: time of day.
    #[schemars(with = "String")]
    #[schema(value_type = String)]
    pub to: civil::Time,
}

/// Times of a week: a day of one has hardly more than five.
pub const HOURS_MAX: usize = 100;

impl Hours {
    /// Whether it is on some day, and ends later than it begins.
    pub fn is_time(&self) -> bool {
        !self.days.is_empty() && (self.to > self.from || self.to == civil::Time::midnight())
    }
}

/// A day of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ToSchema)]
#[schema(as = Weekday)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "days need no words")]
pub enum Day {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

/// A time in which a queue is closed once, such as a day of training.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ToSchema)]
#[schema(as = ClosureSettings)]
#[serde(deny_unknown_fields)]
pub struct Closure {
    /// From, by the clock of the queue's time zone. Unit: date and time, such as `"2026-12-31T15:00"`.
    #[schemars(with = "String")]
    #[schema(value_type = String)]
    pub from: civil::DateTime,
    /// To, later than that. Unit: date and time.
    #[schemars(with = "String")]
    #[schema(value_type = String)]
    pub to: civil::DateTime,
    /// Why, for the staff. Default: nothing.
    #[serde(default)]
    pub reason: Option<String>,
}

/// A day on which queues do not work.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ToSchema)]
#[schema(as = HolidaySettings)]
#[serde(deny_unknown_fields)]
pub struct Holiday {
    /// Each year, such as `"01-07"`, or once, such as `"2027-03-08"`. Unit: date, in each queue's time zone.
    #[schemars(with = "String")]
    #[schema(value_type = String)]
    pub on: HolidayDate,
    /// Name, by language.
    pub name: Localized,
}

/// When a holiday is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum HolidayDate {
    /// Each year. Unit: month from 1, day from 1.
    Yearly(i8, i8),
    /// Once.
    Once(Date),
}

impl HolidayDate {
    /// Whether it is this day.
    pub fn is(self, day: Date) -> bool {
        match self {
            Self::Yearly(month, of_month) => (day.month(), day.day()) == (month, of_month),
            Self::Once(date) => date == day,
        }
    }
}

/// A text is no day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a holiday is a date: 2027-03-08, or 03-08 for each year")]
pub struct NoDate;

impl FromStr for HolidayDate {
    type Err = NoDate;

    fn from_str(text: &str) -> Result<Self, NoDate> {
        // A leap year, so that 02-29 is a day.
        let (is_yearly, whole) =
            if text.len() == "01-07".len() { (true, format!("2000-{text}")) } else { (false, text.to_owned()) };
        let date: Date = whole.parse().map_err(|_| NoDate)?;
        Ok(if is_yearly { Self::Yearly(date.month(), date.day()) } else { Self::Once(date) })
    }
}

impl TryFrom<String> for HolidayDate {
    type Error = NoDate;

    fn try_from(text: String) -> Result<Self, NoDate> {
        text.parse()
    }
}

impl From<HolidayDate> for String {
    fn from(date: HolidayDate) -> Self {
        date.to_string()
    }
}

impl fmt::Display for HolidayDate {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Yearly(month, day) => write!(formatter, "{month:02}-{day:02}"),
            Self::Once(date) => date.fmt(formatter),
        }
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use jiff::civil::date;

    use super::HolidayDate;

    #[test]
    fn a_holiday_is_each_year_or_once_and_reads_as_it_is_written() {
        let yearly: HolidayDate = "01-07".parse().unwrap();
        assert!(yearly.is(date(2027, 1, 7)) && yearly.is(date(2031, 1, 7)) && !yearly.is(date(2027, 7, 1)));
        let once: HolidayDate = "2027-03-08".parse().unwrap();
        assert!(once.is(date(2027, 3, 8)) && !once.is(date(2028, 3, 8)));
        assert!("02-29".parse::<HolidayDate>().unwrap().is(date(2028, 2, 29)));
        assert_eq!((yearly.to_string(), once.to_string()), ("01-07".to_owned(), "2027-03-08".to_owned()));
        for wrong in ["", "1-7", "13-01", "02-30", "2027-02-29", "8 March"] {
            assert!(wrong.parse::<HolidayDate>().is_err(), "{wrong}");
        }
    }
}
