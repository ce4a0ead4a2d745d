//! Labels, dates and ages in the document's language. Russian, and English for every other.

use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::api::types::Sex;
use crate::time::Time;

/// What a document says besides what was written in it.
pub(super) struct Labels {
    pub(super) patient: &'static str,
    pub(super) client: &'static str,
    pub(super) born: &'static str,
    pub(super) acting: &'static str,
    pub(super) service: &'static str,
    pub(super) author: &'static str,
    pub(super) number: &'static str,
    pub(super) version: &'static str,
    pub(super) replaces: &'static str,
    pub(super) reason: &'static str,
    pub(super) draft: &'static str,
    pub(super) draft_line: &'static str,
    pub(super) signed_simply: &'static str,
    pub(super) signed_by_provider: &'static str,
    pub(super) signed_at: &'static str,
    pub(super) hash: &'static str,
    pub(super) asked: &'static str,
    pub(super) logo: &'static str,
}

const RUSSIAN: Labels = Labels {
    patient: "Пациент",
    client: "Клиент",
    born: "Дата рождения",
    acting: "Представитель",
    service: "Обращение",
    author: "Специалист",
    number: "№",
    version: "версия",
    replaces: "заменяет версию",
    reason: "Причина исправления:",
    draft: "ЧЕРНОВИК",
    draft_line: "Черновик, не подписан",
    signed_simply: "Подписано простой электронной подписью",
    signed_by_provider: "Подписано электронной подписью:",
    signed_at: "Дата подписания:",
    hash: "Контрольная сумма содержания (SHA-256):",
    asked: "от",
    logo: "Логотип",
};

const ENGLISH: Labels = Labels {
    patient: "Patient",
    client: "Client",
    born: "Date of birth",
    acting: "Represented by",
    service: "Request",
    author: "Specialist",
    number: "No.",
    version: "version",
    replaces: "replaces version",
    reason: "Reason for the amendment:",
    draft: "DRAFT",
    draft_line: "Draft, not signed",
    signed_simply: "Signed with a simple electronic signature",
    signed_by_provider: "Signed electronically:",
    signed_at: "Signed:",
    hash: "Checksum of the content (SHA-256):",
    asked: "of",
    logo: "Logo",
};

const RUSSIAN_MONTHS: [&str; 12] = [
    "января",
    "февраля",
    "марта",
    "апреля",
    "мая",
    "июня",
    "июля",
    "августа",
    "сентября",
    "октября",
    "ноября",
    "декабря",
];
const ENGLISH_MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Below this age months are said too. Unit: years.
const INFANT_YEARS: i16 = 3;

/// A document's language and time zone.
#[derive(Clone, Copy)]
pub(super) struct Words<'a> {
    pub(super) language: &'a str,
    pub(super) time_zone: &'a str,
}

impl Words<'_> {
    pub(super) fn is_russian(self) -> bool {
        self.language == "ru"
    }

    pub(super) fn labels(self) -> &'static Labels {
        if self.is_russian() { &RUSSIAN } else { &ENGLISH }
    }

    /// `29 ноября 2026 г.`, `29 November 2026`; with no-break spaces.
    pub(super) fn date(self, date: Date) -> String {
        let month = usize::try_from(date.month() - 1).unwrap_or(0);
        if self.is_russian() {
            format!("{}\u{a0}{} {}\u{a0}г.", date.day(), RUSSIAN_MONTHS[month], date.year())
        } else {
            format!("{}\u{a0}{} {}", date.day(), ENGLISH_MONTHS[month], date.year())
        }
    }

    /// The day of a moment, where the document was made.
    pub(super) fn day(self, at: Time) -> Date {
        self.zone().to_datetime(at.timestamp()).date()
    }

    /// Date and time with the offset and the zone's name.
    pub(super) fn moment(self, at: Time) -> String {
        let zone = self.zone();
        let local = zone.to_datetime(at.timestamp());
        let offset = zone.to_offset(at.timestamp()).seconds();
        let (sign, minutes) = (if offset < 0 { '−' } else { '+' }, offset.abs() / 60);
        let offset = match (minutes / 60, minutes % 60) {
            (0, 0) => "UTC".to_owned(),
            (hours, 0) => format!("UTC{sign}{hours}"),
            (hours, rest) => format!("UTC{sign}{hours}:{rest:02}"),
        };
        let time = format!("{:02}:{:02}", local.hour(), local.minute());
        format!("{}, {time} ({offset}, {})", self.date(local.date()), self.time_zone)
    }

    fn zone(self) -> TimeZone {
        TimeZone::get(self.time_zone).unwrap_or(TimeZone::UTC)
    }

    /// How old somebody is on a day: `34 года`, `1 year 2 months`.
    pub(super) fn age(self, born: Date, on: Date) -> Option<String> {
        if born > on {
            return None;
        }
        let had_day = i16::from(on.day() < born.day());
        let months = (on.year() - born.year()) * 12 + i16::from(on.month()) - i16::from(born.month()) - had_day;
        let (years, months) = (months / 12, months % 12);
        let counted_years = self.counted(years, ["год", "года", "лет"], ["year", "years"]);
        let counted_months = self.counted(months, ["месяц", "месяца", "месяцев"], ["month", "months"]);
        Some(match (years, months) {
            (0, _) => counted_months,
            (years, months) if years < INFANT_YEARS && months > 0 => format!("{counted_years} {counted_months}"),
            _ => counted_years,
        })
    }

    fn counted(self, n: i16, russian: [&str; 3], english: [&str; 2]) -> String {
        let word = if self.is_russian() {
            match (n % 10, n % 100) {
                (1, rest) if rest != 11 => russian[0],
                (2..=4, rest) if !(12..=14).contains(&rest) => russian[1],
                _ => russian[2],
            }
        } else {
            english[usize::from(n != 1)]
        };
        format!("{n}\u{a0}{word}")
    }

    pub(super) fn sex(self, sex: Sex) -> Option<&'static str> {
        match (sex, self.is_russian()) {
            (Sex::Female, true) => Some("женский пол"),
            (Sex::Male, true) => Some("мужской пол"),
            (Sex::Female, false) => Some("female"),
            (Sex::Male, false) => Some("male"),
            (Sex::Other, _) => None,
        }
    }

    /// `Страница 1 из 2`.
    pub(super) fn page(self, page: usize, of: usize) -> String {
        if self.is_russian() { format!("Страница {page} из {of}") } else { format!("Page {page} of {of}") }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::Words;
    use crate::time::Time;

    const RU: Words<'static> = Words { language: "ru", time_zone: "Europe/Moscow" };
    const EN: Words<'static> = Words { language: "en", time_zone: "Europe/London" };

    #[test]
    fn a_moment_is_told_with_its_zone() {
        let at = Time::from_millis(1_795_867_200_000);
        assert_eq!(RU.moment(at), "28\u{a0}ноября 2026\u{a0}г., 15:00 (UTC+3, Europe/Moscow)");
        assert_eq!(EN.moment(at), "28\u{a0}November 2026, 12:00 (UTC, Europe/London)");
        let india = Words { language: "en", time_zone: "Asia/Kolkata" };
        assert!(india.moment(at).ends_with("17:30 (UTC+5:30, Asia/Kolkata)"));
    }

    #[test]
    fn an_age_is_counted_as_people_count_it() {
        let today = date(2026, 11, 29);
        for (born, russian, english) in [
            (date(1992, 11, 29), "34\u{a0}года", "34\u{a0}years"),
            (date(1992, 11, 30), "33\u{a0}года", "33\u{a0}years"),
            (date(2015, 1, 1), "11\u{a0}лет", "11\u{a0}years"),
            (date(2005, 1, 1), "21\u{a0}год", "21\u{a0}years"),
            (date(2025, 9, 20), "1\u{a0}год 2\u{a0}месяца", "1\u{a0}year 2\u{a0}months"),
            (date(2026, 11, 1), "0\u{a0}месяцев", "0\u{a0}months"),
        ] {
            assert_eq!(RU.age(born, today).as_deref(), Some(russian));
            assert_eq!(EN.age(born, today).as_deref(), Some(english));
        }
        assert_eq!(RU.age(date(2027, 1, 1), today), None);
    }
}
